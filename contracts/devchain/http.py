"""HTTP/1.1 as far as JSON-RPC needs it: reading requests, writing answers."""

from __future__ import annotations

import asyncio
import ipaddress
from dataclasses import dataclass

MAX_HEAD = 64 * 1024
MAX_BODY = 5 * 1024 * 1024
DISCARD_BYTES = 64 * 1024 * 1024
DISCARD_SECONDS = 10.0
_JSON_TYPES = ("application/json", "application/json-rpc", "application/jsonrequest")
_REASONS = {
    200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    413: "Request Entity Too Large", 415: "Unsupported Media Type", 431: "Request Header Fields Too Large",
}  # fmt: skip


class BadRequest(Exception):
    """A request that is not answered by a method; the connection closes after the answer."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


@dataclass(slots=True)
class Head:
    """A request up to its body."""

    method: str
    target: str
    headers: dict[str, str]
    is_old: bool
    raw: bytes

    @property
    def closes(self) -> bool:
        """Whether the connection ends with the answer."""
        wish = self.headers.get("connection", "").lower()
        return wish == "close" or (self.is_old and wish != "keep-alive")

    @property
    def wants_websocket(self) -> bool:
        return self.headers.get("upgrade", "").lower() == "websocket"

    @property
    def length(self) -> int:
        """The body's length; -1 where it comes in chunks. Raises `BadRequest`."""
        if "transfer-encoding" in self.headers:
            if self.headers["transfer-encoding"].lower() != "chunked":
                raise BadRequest(400, "unsupported transfer encoding\n")
            return -1
        text = self.headers.get("content-length", "0")
        if not text.isascii() or not text.isdigit() or len(text) > 18:
            raise BadRequest(400, "bad content length\n")
        return int(text)


async def read_head(reader: asyncio.StreamReader) -> Head | None:
    """The next request, or nothing at the connection's end. Raises `BadRequest`."""
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    except asyncio.LimitOverrunError:
        raise BadRequest(431, "request header too large\n") from None
    lines = raw.decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or words[2] not in ("HTTP/1.1", "HTTP/1.0"):
        raise BadRequest(400, "malformed HTTP request\n")
    headers: dict[str, str] = {}
    for line in lines[1:-2]:
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            raise BadRequest(400, "malformed HTTP header\n")
        headers[name.lower()] = value.strip()
    return Head(words[0], words[1], headers, words[2] == "HTTP/1.0", raw)


def check(head: Head) -> None:
    """Refuses what a JSON-RPC server does not take, as geth does. Raises `BadRequest`."""
    _check_place(head)
    if is_bare(head) or head.method == "OPTIONS":
        return
    if head.method in ("PUT", "DELETE"):
        raise BadRequest(405, "method not allowed\n")
    if head.length > MAX_BODY:
        raise BadRequest(413, f"content length too large ({head.length}>{MAX_BODY})\n")
    kind = head.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _JSON_TYPES:
        raise BadRequest(415, "invalid content type, only application/json is supported\n")


def check_upgrade(head: Head) -> None:
    """Refuses a WebSocket to what POST refuses, and to pages of other machines. Raises `BadRequest`.

    A browser lets every page open one and only names the page's origin; what is no browser names none.
    """
    _check_place(head)
    origin = head.headers.get("origin")
    if origin is not None and not _is_allowed_origin(origin):
        raise BadRequest(403, "Forbidden\n")


def _check_place(head: Head) -> None:
    """Refuses a request that was meant for another server."""
    if not _is_allowed_host(head.headers.get("host", "")):
        raise BadRequest(403, "invalid host specified\n")
    if head.target.partition("?")[0] != "/":
        raise BadRequest(404, "")


def is_bare(head: Head) -> bool:
    """A GET of nothing at all, which is how some look whether a node is there."""
    return head.method == "GET" and head.length == 0 and "?" not in head.target


def _is_allowed_host(host: str) -> bool:
    """No host, this one, or any address by number: no name of somebody else's (DNS rebinding)."""
    name = _name(host)
    return name in ("", "localhost") or _address(name) is not None


def _is_allowed_origin(origin: str) -> bool:
    """A page that this machine serves, on whatever port."""
    scheme, _, host = origin.lower().partition("://")
    if scheme not in ("http", "https"):
        return False
    name = _name(host)
    address = _address(name)
    return name == "localhost" or (address is not None and address.is_loopback)


def _name(host: str) -> str:
    """A host without its port."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return (host.partition(":")[0] if host.count(":") == 1 else host).lower()


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """An address by number, if it is one."""
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


async def read_body(
    head: Head, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> bytes:
    """The body. Raises `BadRequest`, or `asyncio.IncompleteReadError` where it is cut short."""
    if head.headers.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    if head.length >= 0:
        return await reader.readexactly(head.length)
    body = bytearray()
    while True:
        line = await _line(reader)
        try:
            size = int(line.partition(b";")[0], 16)
        except ValueError:
            raise BadRequest(400, "malformed chunk\n") from None
        if size < 0 or len(body) + size > MAX_BODY:
            raise BadRequest(413, "content too large\n")
        if size == 0:
            while await _line(reader):
                pass
            return bytes(body)
        body += await reader.readexactly(size)
        if await reader.readexactly(2) != b"\r\n":
            raise BadRequest(400, "malformed chunk\n")


async def _line(reader: asyncio.StreamReader) -> bytes:
    try:
        return (await reader.readuntil(b"\r\n"))[:-2]
    except asyncio.LimitOverrunError:
        raise BadRequest(400, "malformed chunk\n") from None


def answer(
    status: int, body: bytes, content_type: str | None, closes: bool, leave_out_body: bool = False
) -> bytes:
    """A whole response."""
    lines = [f"HTTP/1.1 {status} {_REASONS[status]}"]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    lines.append(f"Content-Length: {len(body)}")
    if closes:
        lines.append("Connection: close")
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return head if leave_out_body else head + body


async def discard(head: Head | None, reader: asyncio.StreamReader) -> None:
    """Reads what was refused, so that a sender in full flow gets to see why before the end."""
    left = DISCARD_BYTES
    try:
        if head is not None and head.length >= 0:
            left = min(left, head.length)
    except BadRequest:
        pass  # the length is what was refused
    try:
        async with asyncio.timeout(DISCARD_SECONDS):
            while left > 0 and (piece := await reader.read(min(left, 65536))):
                left -= len(piece)
    except TimeoutError:
        pass


def refusal(error: BadRequest, head: Head | None) -> bytes:
    """The response to a request that is not taken."""
    body = str(error).encode()
    is_head = head is not None and head.method == "HEAD"
    return answer(error.status, body, "text/plain; charset=utf-8" if body else None, True, is_head)
