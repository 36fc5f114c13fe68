"""The server: HTTP and WebSocket on one port, and the making of blocks."""

from __future__ import annotations

import asyncio
import logging

from . import http
from .api import registry
from .jsonrpc import PARSE_FAILURE, Connection, Dispatcher, ParseError
from .node import Node
from .websocket import WebSocketConnection

_log = logging.getLogger(__name__)


class Server:
    """Serves a node. Blocks come with each transaction, by time, or only when asked for."""

    def __init__(self, node: Node, interval: float, automine: bool) -> None:
        self._node = node
        self._dispatcher = Dispatcher(registry(node, self))
        self._writers: dict[Connection, asyncio.StreamWriter] = {}
        self._delay = 0.0
        self._automine = automine
        self._interval = interval
        self._mining: asyncio.Handle | None = None
        self._ticking: asyncio.Task[None] | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> int:
        """Listens; the port. Raises `OSError`."""
        self._server = await asyncio.start_server(self._serve, host, port, limit=http.MAX_HEAD)
        self.set_interval(self._interval)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """Stops listening and ends every connection."""
        if self._server is not None:
            self._server.close()
        self.set_interval(0)
        if self._mining is not None:
            self._mining.cancel()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # Control

    def set_automine(self, on: bool) -> None:
        self._automine = on
        self._node.wants_block = self._node.pool.counts()[0] > 0
        self._answered()

    def set_interval(self, seconds: float) -> None:
        if self._ticking is not None:
            self._ticking.cancel()
            self._ticking = None
        if seconds > 0:
            self._ticking = asyncio.get_running_loop().create_task(self._tick(seconds))

    def drop_connections(self, asking: Connection) -> None:
        asking.closes_after_answer = True
        spared = self._writers.get(asking)
        for writer in set(self._writers.values()):
            if writer is not spared:
                writer.transport.abort()

    def set_delay(self, seconds: float) -> None:
        self._delay = seconds

    # Blocks

    async def _tick(self, seconds: float) -> None:
        """The first block comes at once, as a timed geth makes one when it starts."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            self._node.mine()
            self._node.wants_block = False
            due = max(due + seconds, loop.time())
            await asyncio.sleep(due - loop.time())

    def _answered(self) -> None:
        """Sees whether a block is due; it is made after the answer has left."""
        if self._automine and self._node.wants_block and self._mining is None:
            self._mining = asyncio.get_running_loop().call_soon(self._mine)

    def _mine(self) -> None:
        self._mining = None
        self._node.mine_instantly()

    # Connections

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        connection = Connection()
        self._writers[connection] = writer
        try:
            while await self._exchange(connection, reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            del self._writers[connection]
            self._tasks.discard(task)
            writer.close()

    async def _exchange(
        self, connection: Connection, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """One request and its answer; whether another may follow."""
        head: http.Head | None = None
        try:
            head = await http.read_head(reader)
            if head is None:
                return False
            if head.wants_websocket:
                http.check_upgrade(head)
                await self._serve_websocket(head, reader, writer)
                return False
            http.check(head)
            body = await http.read_body(head, reader, writer)
        except http.BadRequest as error:
            writer.write(http.refusal(error, head))
            await writer.drain()
            await http.discard(head, reader)
            return False
        text = self._answer(body, connection)
        if self._delay:
            await asyncio.sleep(self._delay)
        closes = head.closes or connection.closes_after_answer
        bare = http.is_bare(head)
        writer.write(http.answer(200, text.encode(), None if bare else "application/json", closes))
        self._answered()
        await writer.drain()
        return not closes

    def _answer(self, body: bytes, connection: Connection) -> str:
        try:
            answer = self._dispatcher.answer(body.decode("utf-8", "replace"), connection)
        except ParseError:
            return PARSE_FAILURE + "\n"
        return answer + "\n" if answer else ""

    async def _serve_websocket(
        self, head: http.Head, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        connection = WebSocketConnection(
            reader, writer, self._dispatcher, lambda: self._delay, self._answered
        )
        self._writers[connection] = writer
        try:
            await connection.run(head.raw)
        finally:
            del self._writers[connection]
            self._node.hub.drop_owner(connection)
