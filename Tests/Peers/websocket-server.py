"""A well-behaved WebSocket server on the package websockets; the path says what it does.

    websocket-server.py [CERTIFICATE KEY]

Prints its port; ends when its standard input does, or after two minutes.
"""

import asyncio
import http
import os
import signal
import ssl
import sys
import urllib.parse

from websockets.asyncio.server import serve

WORDS = {"404": (404, "no such job\n"), "401": (401, ""), "503": (503, "draining\n")}


def refuse(connection, request):
    place = urllib.parse.urlsplit(request.path)
    name = place.path.strip("/")
    if name in WORDS:
        status, body = WORDS[name]
        answer = connection.respond(http.HTTPStatus(status), body)
        if status == 503:
            answer.headers["Retry-After"] = "7"
        return answer
    if name == "token" and request.headers.get("Authorization") != "Bearer sesame":
        return connection.respond(http.HTTPStatus.FORBIDDEN, "no\n")
    return None


async def handle(socket):
    place = urllib.parse.urlsplit(socket.request.path)
    query = dict(urllib.parse.parse_qsl(place.query))
    name = place.path.strip("/")
    if name == "echo":
        async for message in socket:
            await socket.send(message)
    elif name == "count":
        for number in range(int(query["from"]), int(query["to"])):
            await socket.send(str(number))
    elif name == "fragments":
        await socket.send(["one ", "", "two ", "three"])
        await socket.send([b"\x00", b"\xff" * 70000])
    elif name == "pings":
        for number in range(20):
            await (await socket.ping(str(number)))
            await socket.send(str(number))
    elif name == "big":
        await socket.send(b"x" * int(query["size"]))
    elif name == "close":
        await socket.close(int(query["code"]), query["reason"])
    elif name == "host":
        await socket.send(socket.request.headers["Host"])
        await socket.send(str(socket.request.path))
    elif name == "closed":
        await socket.send("go")
        await socket.wait_closed()
        print(socket.close_code, socket.close_reason, flush=True)
    elif name == "die":
        await socket.send("last words")
        socket.transport.abort()


async def main(arguments):
    context = None
    if arguments:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*arguments)
    options = {"ssl": context, "process_request": refuse, "compression": None, "max_size": None}
    # The alarm below is the only limit of time: a slow reader is no broken one.
    options |= {"open_timeout": None, "ping_interval": None, "close_timeout": None}
    options["select_subprotocol"] = lambda _, offered: "b" if "b" in offered else None
    server = await serve(handle, "127.0.0.1", 0, **options)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, lambda: [None for _ in iter(lambda: os.read(0, 4096), b"")])
    # Handlers have a moment to print what they saw.
    server.close()
    await asyncio.wait([asyncio.ensure_future(server.wait_closed())], timeout=3)
    os._exit(0)


signal.alarm(120)
asyncio.run(main(sys.argv[1:]))
