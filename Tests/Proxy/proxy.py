#!/usr/bin/env python3
"""A TCP proxy that spoils some of the connections through it: cuts them, delays them, stalls them, corrupts a byte.

    proxy.py --to PORT --cut-down 1000                 end every connection after 1000 bytes from the server
    proxy.py --to PORT --cut-up 500 --connections 2,5-7  only these, counted from 1
    proxy.py --to PORT --cut-down 9000 --overall       the connection that carries the 9000th byte of all, once
    proxy.py --to PORT --cut-down 20000 --seed 7 --chance 0.3  three in ten, each at a random byte before the 20000th

    proxy.py --to PORT --no-upgrade                    take the wish for a WebSocket out of requests

"up" is to the server, "down" from it. Prints its port as a line when it is ready. With --counts FILE it keeps there the
connections and the bytes so far: "CONNECTIONS UP DOWN". Ends after --lifetime.
"""

import argparse
import asyncio
import os
import random
import socket
import struct


class Spoiled(Exception):
    """This connection is to end now."""


class Fault:
    """What happens to the bytes of one direction at one position."""

    def __init__(self, kind, position):
        self.kind, self.position = kind, position


class Proxy:
    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.connections = 0
        self.bytes = {"up": 0, "down": 0}
        self.left = options.times

    def faults(self, number):
        """What one connection suffers, by direction."""
        options = self.options
        if options.connections and number not in options.connections:
            return {}
        if options.seed is not None and self.random.random() >= options.chance:
            return {}
        found = {}
        for direction in ("up", "down"):
            for kind in ("cut", "stall", "corrupt"):
                position = getattr(options, f"{kind}_{direction}")
                if position is not None:
                    if options.seed is not None:
                        position = self.random.randrange(position + 1)
                    found[direction] = Fault(kind, position)
        return found

    async def serve(self, reader, writer):
        self.connections += 1
        faults = self.faults(self.connections)
        writers = [writer]
        try:
            if self.options.delay:
                await asyncio.sleep(self.options.delay)
            if any(fault.kind == "cut" and fault.position == 0 for fault in faults.values()) \
                    and not self.options.overall and self.take():
                raise Spoiled
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.options.to)
            writers.append(up_writer)
            tasks = [
                asyncio.create_task(self.move(reader, up_writer, "up", faults.get("up"))),
                asyncio.create_task(self.move(up_reader, writer, "down", faults.get("down")))]
            done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
            for task in pending:
                task.cancel()
            for task in done:
                task.result()
        except Spoiled:
            for one in writers:
                if self.options.reset:
                    one.get_extra_info("socket").setsockopt(
                        socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                one.transport.abort() if self.options.reset else one.close()
        except OSError:
            pass
        finally:
            self.note()
            for one in writers:
                one.close()

    def take(self):
        """Whether a fault may happen still."""
        if self.left == 0:
            return False
        if self.left:
            self.left -= 1
        return True

    async def move(self, reader, writer, direction, fault):
        done = 0
        while data := await reader.read(1 << 16):
            before = self.bytes[direction] if self.options.overall else done
            if self.options.no_upgrade and direction == "up":
                data = data.replace(b"Upgrade: websocket", b"X-Dropped: somewhere").replace(
                    b"Connection: Upgrade", b"Connection: close")
            done += len(data)
            self.bytes[direction] += len(data)
            self.note()
            place = fault.position - before if fault else -1
            if 0 <= place < len(data) and self.take():
                if fault.kind == "corrupt":
                    data = data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1:]
                else:
                    writer.write(data[:place])
                    await writer.drain()
                    if fault.kind == "stall":
                        await asyncio.sleep(self.options.lifetime)
                    raise Spoiled
            writer.write(data)
            await writer.drain()
        writer.write_eof()

    def note(self):
        if self.options.counts:
            text = f"{self.connections} {self.bytes['up']} {self.bytes['down']}\n"
            with open(self.options.counts + ".new", "w") as file:
                file.write(text)
            os.replace(self.options.counts + ".new", self.options.counts)


def numbers(text):
    """The set of 2,5-7."""
    found = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=int, required=True, help="the server's port on 127.0.0.1")
    for kind in ("cut", "stall", "corrupt"):
        for direction in ("up", "down"):
            parser.add_argument(f"--{kind}-{direction}", type=int, metavar="BYTE")
    parser.add_argument("--no-upgrade", action="store_true", help="let no WebSocket through")
    parser.add_argument("--reset", action="store_true", help="cut by a reset, not by an end")
    parser.add_argument("--delay", type=float, default=0, metavar="SECONDS")
    parser.add_argument("--connections", type=numbers, metavar="LIST")
    parser.add_argument("--overall", action="store_true", help="count over all connections")
    parser.add_argument("--times", type=int, help="spoil so many connections; --overall: 1")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--chance", type=float, default=0.5)
    parser.add_argument("--counts", metavar="FILE")
    parser.add_argument("--lifetime", type=float, default=120, metavar="SECONDS")
    options = parser.parse_args()
    if options.overall and options.times is None:
        options.times = 1
    return options


async def main():
    options = arguments()
    proxy = Proxy(options)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    proxy.note()
    await asyncio.sleep(options.lifetime)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(main())
