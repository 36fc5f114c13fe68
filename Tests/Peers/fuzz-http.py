"""Sends a node requests that were spoiled at random: `fuzz-http.py PORT JOB SEED COUNT`.

The seed makes the same requests again; what the node answers does not matter, as long as it lives.
"""

import random
import socket
import struct
import sys
import threading

PORT, JOB, SEED, COUNT = int(sys.argv[1]), sys.argv[2].encode(), int(sys.argv[3]), int(sys.argv[4])
HOST = b"Host: localhost\r\n"
UPGRADE = (
    b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
FORM = (
    b'--x\r\nContent-Disposition: form-data; name="manifest"\r\n\r\n{"colour":1}\r\n'
    b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.py"\r\n\r\nprint(1)\r\n--x--\r\n'
)
# A CAR of one small block: its header, and the block behind its CID.
CAR = bytes.fromhex(
    "3aa265726f6f747381d82a582500015512202cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
    "6776657273696f6e012901551220"
    "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982468656c6c6f"
)


def get(path, *fields, method=b"GET"):
    return method + b" " + path + b" HTTP/1.1\r\n" + HOST + b"".join(fields) + b"\r\n"


def post(path, kind, body):
    return get(path, b"Content-Type: " + kind, b"\r\nContent-Length: %d\r\n" % len(body), method=b"POST") + body


REQUESTS = [
    get(b"/health"),
    get(b"/metrics", method=b"HEAD"),
    get(b"/status/" + JOB),
    get(b"/logs/" + JOB),
    get(b"/logs/" + JOB, UPGRADE) + b"\x81\x80\0\0\0\0\x89\x80\0\0\0\0\x88\x80\0\0\0\0",
    get(b"/stream/" + JOB, UPGRADE),
    get(b"/download/" + JOB),
    get(b"/download/" + JOB + b"/made.txt", b"Range: bytes=1-2\r\n"),
    b"GET /download/" + JOB + b" HTTP/1.0\r\n\r\n",
    post(b"/ipfs", b"application/vnd.ipld.car", CAR),
    post(b"/submit", b"multipart/form-data; boundary=x", FORM),
    post(b"/cancel/" + JOB, b"text/plain", b""),
]


def spoiled(generator):
    data = bytearray(b"".join(generator.choice(REQUESTS) for _ in range(generator.choice([1, 1, 2, 5]))))
    for _ in range(generator.choice([0, 1, 3, 8])):
        place = generator.randrange(len(data) + 1)
        match generator.randrange(4):
            case 0:
                data[place : place + 1] = generator.randbytes(1)
            case 1:
                del data[place : place + generator.randrange(30)]
            case 2:
                data[place:place] = generator.randbytes(generator.randrange(30))
            case 3:
                data[place:place] = data[place : place + 200]
    return bytes(data[: generator.randrange(len(data) + 1)] if generator.random() < 0.3 else data)


def work(seed):
    generator = random.Random(seed)
    for _ in range(COUNT):
        data, step, end = spoiled(generator), generator.choice([50, 1000, 1 << 20]), generator.random()
        try:
            with socket.create_connection(("127.0.0.1", PORT), timeout=10) as connection:
                for start in range(0, len(data), step):
                    connection.sendall(data[start : start + step])
                if end < 0.3:
                    # Gone without a word.
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                else:
                    if end < 0.6:
                        connection.shutdown(socket.SHUT_WR)
                    connection.settimeout(0.2)
                    connection.recv(1 << 16)
        except OSError:
            pass


threads = [threading.Thread(target=work, args=(SEED + index,)) for index in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
