"""The part of a node that tells the log of one job, honestly or not.

    log-node.py [WORD…]

    cut                 end each connection after a few messages, in one of several ways
    strip:STATUS        answer WebSocket handshakes by this HTTP status (0: end the connection)
    messages            answer plain questions for output with messages, as our own nodes do
    late                let handshakes through only after a few were cut
    flaky               fail every third plain request
    bytes               output that is no UTF-8 is among the rest
    repeat skip count   tell wrong offsets
    early state garbage binary    tell nonsense
    short               forget some text in the last answer

Output grows with each question. Prints its port; ends when its standard input does, or after two minutes.
"""

import asyncio
import base64
import http
import json
import os
import signal
import sys
import urllib.parse

from websockets.asyncio.server import serve
from websockets.datastructures import Headers
from websockets.http11 import Response

JOB = "0123456789abcdef0123456789abcdef"
WORDS = dict(word.partition(":")[::2] for word in sys.argv[1:])
LINES = 300
counts = {"plain": 0, "sockets": 0, "known": 0}


def line(number):
    if "bytes" in WORDS and number % 50 == 7:
        return b"\xff\xc3 %d\n" % number
    return f"line {number} \u00e9\u20ac\U0001f600\n".encode()


PIECES = [("stderr" if n % 3 == 0 else "stdout", line(n)) for n in range(LINES)]


def text(stream, known):
    return b"".join(data for name, data in PIECES[:known] if name == stream).decode(errors="replace")


def message(kind, data, end):
    told = {"type": kind, "message": data.decode(errors="replace"), "offset": end}
    if told["message"].encode() != data:
        told["base64"] = base64.b64encode(data).decode()
    return told


def messages(known, offset):
    """What there is from an offset on: a few messages, cut wherever that is."""
    found, place = [], 0
    for stream, data in PIECES[:known]:
        start, place = place, place + len(data)
        if place > offset and len(found) < 20:
            data = data[max(0, offset - start) :][: 1 + offset % 20]
            offset += len(data)
            found.append(message(stream, data, offset))
            if offset < place:
                break
    return {"messages": found, "offset": offset}


def plain(path, query):
    """The answer to a plain request."""
    counts["plain"] += 1
    if "flaky" in WORDS and counts["plain"] % 3 == 0:
        return 503, "draining"
    if path == f"/status/{JOB}":
        counts["known"] = min(LINES, counts["known"] + 37)
        state = "completed" if counts["known"] == LINES else "running"
        return 200, json.dumps({"job_id": JOB, "status": state, "starts": 1})
    if path == f"/logs/{JOB}":
        known = counts["known"]
        if "messages" in WORDS:
            return 200, json.dumps(messages(known, int(query["offset"])))
        if "short" in WORDS and known == LINES:
            known = 5
        return 200, json.dumps({"stdout": text("stdout", known), "stderr": text("stderr", known)})
    return 404, "no such job"


def answer(connection, request):
    place = urllib.parse.urlsplit(request.path)
    path = place.path
    if "Upgrade" in request.headers and path == f"/logs/{JOB}":
        counts["sockets"] += 1
        if "late" in WORDS and counts["sockets"] < 3:
            connection.transport.abort()
        if "strip" not in WORDS:
            return None
        status = int(WORDS["strip"])
        if status == 0:
            connection.transport.abort()
            return None
        body = "stripped"
    else:
        status, body = plain(path, dict(urllib.parse.parse_qsl(place.query)))
    data = body.encode()
    headers = Headers({"Content-Length": str(len(data)), "Connection": "close"})
    return Response(status, http.HTTPStatus(status).phrase, headers, data)


async def handle(socket):
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(socket.request.path).query))
    offset = int(query["offset"])
    number = counts["sockets"]
    budget = number % 7 + 1 if "cut" in WORDS else 10**9

    async def tell(kind, data, end):
        await socket.send(json.dumps(message(kind, data, end)))

    await tell("status", b"running", offset)
    if "garbage" in WORDS:
        await socket.send('{"type":"stdout","message":7}')
    if "binary" in WORDS:
        await socket.send(b"{}")
    if "state" in WORDS:
        await tell("status", b"dreaming", offset)
    if "early" in WORDS:
        await tell("completion", b"running", offset)
    place = 0
    for index, (stream, data) in enumerate(PIECES):
        start, place = place, place + len(data)
        if place <= offset:
            continue
        data = data[offset - start :]
        # In two, wherever that is.
        half = index % len(data)
        for part in (data[:half], data[half:]):
            if not part:
                continue
            if budget == 0:
                return await end(socket, number)
            budget -= 1
            offset += len(part)
            wrong = index > 100 and {"repeat": -1, "skip": 1}
            shift = next((wrong[word] for word in WORDS if wrong and word in wrong), 0)
            if "count" in WORDS and index > 100:
                part += b"x"
            await tell(stream, part, offset + shift)
    await tell("completion", b"completed", offset)


async def end(socket, number):
    if number % 4 == 0:
        socket.transport.abort()
    elif number % 4 == 1:
        await socket.close(1001, "draining")
    elif number % 4 == 2:
        # Half a frame.
        socket.transport.write(b"\x81\x7e\x01\x00half a mess")
        await asyncio.sleep(0.01)
        socket.transport.abort()
    else:
        socket.transport.write(b"\x81")
        socket.transport.write_eof()
        await asyncio.sleep(0.01)
        socket.transport.abort()


async def main():
    # The alarm below is the only limit of time: a slow reader is no broken one.
    limits = {"open_timeout": None, "ping_interval": None, "close_timeout": None}
    server = await serve(handle, "127.0.0.1", 0, process_request=answer, compression=None, **limits)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, lambda: [None for _ in iter(lambda: os.read(0, 4096), b"")])
    print(json.dumps(counts), flush=True)
    os._exit(0)


signal.alarm(120)
asyncio.run(main())
