"""A WebSocket server that does as it is told, right or wrong: one connection, step by step.

Prints its port, then each frame that the client sent, then how the connection ended.
Ends with the connection, soon after its standard input, or after two minutes.

    plain               first of all: do not wait for a request
    shake               answer the handshake as RFC 6455 demands
    answer:TEXT         answer it with TEXT; {accept} is put in, \\r and \\n are escapes
    send:HEX            send bytes
    flood:COUNT:HEX     send them so often
    pause:SECONDS       neither read nor write for so long
    frame               wait for one frame, and print it
    half                end our side of the connection
    reset               cut the connection
    close               end the connection
"""

import base64
import hashlib
import os
import signal
import socket
import struct
import sys
import threading
import time


def exact(peer, count):
    data = b""
    while len(data) < count:
        more = peer.recv(count - len(data))
        if not more:
            raise EOFError
        data += more
    return data


def frame(peer):
    first, second = exact(peer, 2)
    length = second & 0x7F
    if length == 126:
        (length,) = struct.unpack(">H", exact(peer, 2))
    elif length == 127:
        (length,) = struct.unpack(">Q", exact(peer, 8))
    key = exact(peer, 4) if second & 0x80 else b"\0\0\0\0"
    payload = bytes(byte ^ key[i % 4] for i, byte in enumerate(exact(peer, length)))
    mask = "masked" if second & 0x80 else "unmasked"
    shown = payload.hex() if length <= 200 else f"{length} bytes"
    return f"{first:02x} {mask} {shown}".strip()


def head(peer):
    data = b""
    while not data.endswith(b"\r\n\r\n"):
        data += exact(peer, 1)
    return data.decode()


def main(steps):
    signal.alarm(120)
    server = socket.create_server(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)

    def end_with_input():
        while os.read(0, 4096):
            pass
        time.sleep(3)
        os._exit(1)

    threading.Thread(target=end_with_input, daemon=True).start()
    peer, _ = server.accept()
    server.close()
    request = "" if steps[:1] == ["plain"] else head(peer)
    fields = dict(line.lower().split(": ", 1) for line in request.split("\r\n")[1:] if line)
    key = [l for l in request.split("\r\n") if l.lower().startswith("sec-websocket-key: ")]
    guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    token = key[0].split(": ", 1)[1] if key else ""
    accept = base64.b64encode(hashlib.sha1((token + guid).encode()).digest()).decode()
    print("request", request.split("\r\n")[0], fields.get("host"), flush=True)
    good = (
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
    )
    try:
        for step in steps:
            word, _, rest = step.partition(":")
            if word == "plain":
                continue
            if word == "shake":
                peer.sendall(good.replace("{accept}", accept).encode())
            elif word == "answer":
                text = rest.replace("\\r", "\r").replace("\\n", "\n").replace("{accept}", accept)
                peer.sendall(text.encode())
            elif word == "send":
                peer.sendall(bytes.fromhex(rest))
            elif word == "flood":
                count, _, data = rest.partition(":")
                block = bytes.fromhex(data) * 1000
                for _ in range(int(count) // 1000):
                    peer.sendall(block)
            elif word == "pause":
                time.sleep(float(rest))
            elif word == "frame":
                print(frame(peer), flush=True)
            elif word == "half":
                peer.shutdown(socket.SHUT_WR)
            elif word == "reset":
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                peer.close()
                print("reset", flush=True)
                return
            elif word == "close":
                peer.close()
                print("closed", flush=True)
                return
            else:
                sys.exit(f"no such step: {step}")
        while True:
            print(frame(peer), flush=True)
    except EOFError:
        print("end", flush=True)
    except OSError as error:
        print(type(error).__name__, flush=True)


main(sys.argv[1:])
