"""One WebSocket connection: requests in, answers and subscription pushes out."""

from __future__ import annotations

import asyncio
from typing import Any, Callable

from websockets.exceptions import WebSocketException
from websockets.frames import Frame, Opcode
from websockets.http11 import Request
from websockets.server import ServerProtocol

from .jsonrpc import Connection, Dispatcher, ParseError, dump, parse_failure

MAX_MESSAGE = 32 * 1024 * 1024
MAX_BACKLOG = 64 * 1024 * 1024


class WebSocketConnection(Connection):
    """A connection that stays open. `answered` is called after every request."""

    can_push = True

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        dispatcher: Dispatcher,
        delay: Callable[[], float],
        answered: Callable[[], None],
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._dispatcher = dispatcher
        self._delay = delay
        self._answered = answered
        self._protocol = ServerProtocol(max_size=MAX_MESSAGE)
        self._parts: list[bytes] = []

    async def run(self, head: bytes) -> None:
        """Shakes hands with the request `head`, then serves until either side ends."""
        self._protocol.receive_data(head)
        for event in self._protocol.events_received():
            if isinstance(event, Request):
                self._protocol.send_response(self._protocol.accept(event))
        self._flush()
        while not self._protocol.close_expected() and not self._writer.is_closing():
            received = await self._reader.read(65536)
            if not received:
                self._protocol.receive_eof()
                break
            self._protocol.receive_data(received)
            for event in self._protocol.events_received():
                if isinstance(event, Frame):
                    self._take(event)
            self._flush()

    def push(self, subscription: str, item: Any) -> None:
        params = {"subscription": subscription, "result": item}
        self._send(dump({"jsonrpc": "2.0", "method": "eth_subscription", "params": params}))

    def _take(self, frame: Frame) -> None:
        if frame.opcode not in (Opcode.TEXT, Opcode.BINARY, Opcode.CONT):
            return
        self._parts.append(bytes(frame.data))
        if not frame.fin:
            return
        text = b"".join(self._parts).decode("utf-8", "replace")
        self._parts.clear()
        try:
            answer = self._dispatcher.answer(text, self)
        except ParseError as error:
            self._send(parse_failure(error))
            self._later(self._drop)
            return
        if answer:
            self._send(answer)
        if self.closes_after_answer:
            self._later(self._drop)
        self._answered()

    def _later(self, action: Callable[[], None]) -> None:
        """Acts now, or after the delay that is set."""
        delay = self._delay()
        if delay > 0:
            asyncio.get_running_loop().call_later(delay, action)
        else:
            action()

    def _send(self, text: str) -> None:
        self._later(lambda: self._send_now(text))

    def _send_now(self, text: str) -> None:
        if self._writer.is_closing() or self._protocol.close_expected():
            return
        if self._writer.transport.get_write_buffer_size() > MAX_BACKLOG:
            self._writer.transport.abort()
            return
        try:
            self._protocol.send_text(text.encode())
        except WebSocketException:  # the other side has said goodbye already
            return
        self._flush()

    def _flush(self) -> None:
        for piece in self._protocol.data_to_send():
            try:
                if piece:
                    self._writer.write(piece)
                elif self._writer.can_write_eof():
                    self._writer.write_eof()
            except OSError:  # the other side has gone
                self._writer.transport.abort()

    def _drop(self) -> None:
        """Ends the connection without a close frame, as geth does after text that is no JSON."""
        self._writer.close()
