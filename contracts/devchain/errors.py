"""The errors that a caller of the node is told."""

from __future__ import annotations

from typing import Any

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
SERVER_ERROR = -32000
RESPONSE_TOO_LARGE = -32003
LIMIT_EXCEEDED = -32005
EXECUTION_REVERTED = 3


class RPCError(Exception):
    """An answer with an `error` member: its code, its message, and sometimes data."""

    def __init__(self, message: str, code: int = SERVER_ERROR, data: Any = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.data = data


class ArgumentError(Exception):
    """A parameter that cannot be read; the message says why, in the words of a Go node."""


class TemporaryRefusal(Exception):
    """A transaction that the pool does not take now, though its sender is told its hash."""
