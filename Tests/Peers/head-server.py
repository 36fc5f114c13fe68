"""An Ethereum node's WebSocket that tells of new blocks, well or badly; the path says how.

    /block              makes a block, and is no WebSocket
    /good               tells each block
    /twice              each head twice
    /binary             all as binary messages
    /early              a head before the subscription's id is told
    /other-chain        the node of chain 2
    /no-subscriptions   eth_subscribe is refused, as geth does over HTTP
    /busy               eth_subscribe is refused for now
    /silent             answers nothing
    /deaf               the subscription stands, and no more is answered
    /asleep             the subscription stands and tells nothing, though the chain grows
    /resting            the subscription stands, and no block comes: the height is told once one was made, the connection closed
                        when it was asked for three times
    /garbage            the subscription stands, then comes what is no JSON
    /stranger           the subscription stands, then comes another subscription's head
    /answer             the subscription stands, then comes an answer to nothing
    /flood              the subscription stands, then heads without end
    /huge               the subscription stands, then a message beyond all bounds
    /close              the subscription stands, a head comes, and the connection is closed
    /404 /503           no WebSocket at all

Prints its port, then `open PATH` for each subscription; ends when its standard input does, or after two minutes.
"""

import asyncio
import http
import json
import os
import signal

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

HEIGHT = [7]
SUBSCRIBERS = set()


def head(number, subscription="0xcd0c3e8af590364c09d0fa6a1210faf5"):
    block = {"number": hex(number), "hash": f"0x{number:064x}", "parentHash": f"0x{number - 1:064x}"}
    params = {"subscription": subscription, "result": block}
    return json.dumps({"jsonrpc": "2.0", "method": "eth_subscription", "params": params})


async def refuse(connection, request):
    status = request.path.strip("/")
    if status == "block":
        await block()
        return connection.respond(http.HTTPStatus.OK, "made\n")
    if status in ("404", "503"):
        return connection.respond(http.HTTPStatus(int(status)), "no\n")
    return None


def answer(name, call):
    result = {"eth_chainId": "0x1", "eth_blockNumber": hex(HEIGHT[0])}.get(call["method"])
    refusals = {
        "no-subscriptions": {"code": -32601, "message": "notifications not supported"},
        "busy": {"code": -32005, "message": "too many subscriptions"},
    }
    if name == "other-chain" and call["method"] == "eth_chainId":
        result = "0x2"
    if call["method"] == "eth_subscribe":
        if name in refusals:
            return {"jsonrpc": "2.0", "id": call["id"], "error": refusals[name]}
        result = "0xcd0c3e8af590364c09d0fa6a1210faf5"
    return {"jsonrpc": "2.0", "id": call["id"], "result": result}


async def misbehave(name, socket):
    if name == "garbage":
        await socket.send("\x00 this is no JSON {")
    elif name == "stranger":
        await socket.send(head(8, "0x1"))
    elif name == "answer":
        await socket.send('{"jsonrpc":"2.0","id":99,"result":"0x1"}')
    elif name == "huge":
        await socket.send("[" * (1 << 20))
    elif name == "flood":
        number = 8
        while True:
            await socket.send(head(number))
            number += 1
    elif name == "close":
        await socket.send(head(8))
        await socket.close(1001, "going")


async def handle(socket):
    name = socket.request.path.strip("/")
    if name == "early":
        await socket.send(head(8))
    isOpen, asked = False, 0
    async for message in socket:
        call = json.loads(message)
        if name == "silent" or name == "deaf" and isOpen:
            continue
        if name == "asleep" and call["method"] == "eth_blockNumber":
            HEIGHT[0] += 1
        if name == "resting" and call["method"] == "eth_blockNumber":
            asked += 1
            while HEIGHT[0] == 7:
                await asyncio.sleep(0.01)
        text = json.dumps(answer(name, call))
        await socket.send(text.encode() if name == "binary" else text)
        if asked == 3:
            await socket.close(1000, "rested")
        if call["method"] == "eth_subscribe":
            isOpen = True
            print("open", socket.request.path, flush=True)
            if name not in ("asleep", "resting"):
                SUBSCRIBERS.add((socket, name))
            await misbehave(name, socket)


async def serving(socket):
    try:
        await handle(socket)
    except ConnectionClosed:
        pass


async def block():
    HEIGHT[0] += 1
    for socket, name in list(SUBSCRIBERS):
        try:
            for _ in range(2 if name == "twice" else 1):
                text = head(HEIGHT[0])
                await socket.send(text.encode() if name == "binary" else text)
        except ConnectionClosed:
            SUBSCRIBERS.discard((socket, name))


async def main():
    options = {"process_request": refuse, "compression": None, "max_size": None}
    options |= {"open_timeout": None, "ping_interval": None, "close_timeout": 1}
    server = await serve(serving, "127.0.0.1", 0, **options)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, lambda: [None for _ in iter(lambda: os.read(0, 4096), b"")])
    os._exit(0)


signal.alarm(120)
asyncio.run(main())
