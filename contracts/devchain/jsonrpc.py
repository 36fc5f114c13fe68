"""JSON-RPC 2.0 as geth speaks it: reading requests and batches, calling methods, writing answers."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import dataclass
from typing import Any, Callable

from .arguments import Reader
from .errors import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    INVALID_REQUEST,
    METHOD_NOT_FOUND,
    PARSE_ERROR,
    RESPONSE_TOO_LARGE,
    ArgumentError,
    RPCError,
)

MAX_BATCH = 1000
MAX_BATCH_ANSWER = 25_000_000
MAX_DEPTH = 500
_SPACE = " \t\r\n"
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")
_log = logging.getLogger(__name__)


class ParseError(Exception):
    """Text that is no JSON; the message is that of Go's reader."""


class _Literal(float):
    """A number with a fraction or an exponent, and how it was written."""

    text: str

    def __new__(cls, text: str) -> "_Literal":
        literal = super().__new__(cls, text)
        literal.text = text
        return literal


def _no_constant(name: str) -> Any:
    raise ValueError(name)


_decoder = json.JSONDecoder(parse_float=_Literal, parse_constant=_no_constant)


def parse(text: str) -> Any:
    """The first JSON value of a text; what follows it is not read. Raises `ParseError`."""
    start = len(text) - len(text.lstrip(_SPACE))
    _check_depth(text)
    try:
        return _decoder.raw_decode(text, start)[0]
    except json.JSONDecodeError as error:
        raise ParseError(_go_message(text, error.pos)) from None
    except (ValueError, RecursionError):
        raise ParseError("invalid character in numeric literal") from None


def _check_depth(text: str) -> None:
    """Refuses nesting that no request needs, before a reader that recurses gets to see it."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            raise ParseError("exceeded max depth")


def _go_message(text: str, position: int) -> str:
    """What Go's reader says of a text that fails at `position`."""
    if position >= len(text):
        return "unexpected EOF"
    for literal in ("null", "true", "false"):
        if text[position] == literal[0]:
            for offset, wanted in enumerate(literal):
                at = position + offset
                if at >= len(text):
                    return "unexpected EOF"
                if text[at] != wanted:
                    return f"invalid character '{text[at]}' in literal {literal} (expecting '{wanted}')"
    return f"invalid character '{text[position]}' looking for beginning of value"


@dataclass(slots=True, frozen=True)
class Method:
    """One RPC method: how its parameters are read, how many it needs, and what it does."""

    run: Callable[..., Any]
    readers: tuple[Reader, ...]
    needed: int
    wants_connection: bool = False

    def arguments(self, params: Any) -> list[Any]:
        """The parameters, read. Raises `RPCError` as geth does, the first fault first."""
        if params is None:
            params = []
        if not isinstance(params, list):
            raise RPCError("non-array args", INVALID_PARAMS)
        values = []
        for index, value in enumerate(params):
            if index >= len(self.readers):
                raise RPCError(
                    f"too many arguments, want at most {len(self.readers)}", INVALID_PARAMS
                )
            if value is None and index >= self.needed:
                values.append(None)
                continue
            try:
                values.append(self.readers[index](value))
            except ArgumentError as error:
                raise RPCError(f"invalid argument {index}: {error}", INVALID_PARAMS) from None
        if len(values) < self.needed:
            raise RPCError(f"missing value for required argument {len(values)}", INVALID_PARAMS)
        return values + [None] * (len(self.readers) - len(values))


class Registry:
    """The methods by name."""

    def __init__(self) -> None:
        self._methods: dict[str, Method] = {}

    def method(
        self, name: str, *readers: Reader, optional: int = 0, wants_connection: bool = False
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Registers a function; its last `optional` parameters may be left out or null."""

        def register(run: Callable[..., Any]) -> Callable[..., Any]:
            self._methods[name] = Method(run, readers, len(readers) - optional, wants_connection)
            return run

        return register

    def find(self, name: str) -> Method | None:
        """The method of that name."""
        return self._methods.get(name)


class Connection:
    """Where a request came from. Only one that stays open can take subscriptions."""

    can_push = False
    closes_after_answer = False

    def push(self, subscription: str, item: Any) -> None:
        """Sends news of a subscription."""


@dataclass(slots=True)
class _Message:
    is_current: bool = False
    identity: Any = None
    has_identity: bool = False
    method: str = ""
    params: Any = None
    is_answer: bool = False


def _message(value: Any) -> _Message:
    """A request as Go reads it: member names in any case, the later of two equal ones."""
    message = _Message()
    if not isinstance(value, dict):
        return message
    members = {name.lower(): item for name, item in value.items()}
    message.is_current = members.get("jsonrpc") == "2.0"
    if "id" in members:
        message.identity = members["id"]
        message.has_identity = not isinstance(members["id"], (dict, list))
    method = members.get("method")
    message.method = method if isinstance(method, str) else ""
    message.params = members.get("params")
    message.is_answer = message.params is None and ("result" in members or "error" in members)
    return message


def _identity(message: _Message) -> str:
    if not message.has_identity:
        return "null"
    if isinstance(message.identity, _Literal):
        return message.identity.text
    return dump(message.identity)


def dump(value: Any) -> str:
    """Compact JSON."""
    return json.dumps(value, separators=(",", ":"))


def _failed(identity: str, error: RPCError) -> str:
    shape: dict[str, Any] = {"code": error.code, "message": error.message}
    if error.data is not None:
        shape["data"] = error.data
    return f'{{"jsonrpc":"2.0","id":{identity},"error":{dump(shape)}}}'


class Dispatcher:
    """Answers request texts with the methods of a registry."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def answer(self, text: str, connection: Connection) -> str:
        """The answer to a request or a batch; empty where none is due. Raises `ParseError`."""
        if not text.strip(_SPACE):
            return ""
        value = parse(text)
        if not isinstance(value, list):
            return self._one(_message(value), connection) or ""
        if not value:
            return _failed("null", RPCError("empty batch", INVALID_REQUEST))
        messages = [_message(item) for item in value]
        if len(messages) > MAX_BATCH:
            first = next(
                (m for m in messages if m.is_current and m.has_identity and m.method), _Message()
            )
            return f'[{_failed(_identity(first), RPCError("batch too large", INVALID_REQUEST))}]'
        return self._batch(messages, connection)

    def _batch(self, messages: list[_Message], connection: Connection) -> str:
        answers = []
        size = 0
        for message in messages:
            if size > MAX_BATCH_ANSWER and message.has_identity:
                error = RPCError("response too large", RESPONSE_TOO_LARGE)
                answer: str | None = _failed(_identity(message), error)
            else:
                answer = self._one(message, connection)
            if answer is not None:
                answers.append(answer)
                size += len(answer)
        return f'[{",".join(answers)}]' if answers else ""

    def _one(self, message: _Message, connection: Connection) -> str | None:
        is_sound = message.is_current and bool(message.method)
        if is_sound and not message.has_identity and message.identity is None:
            self._run(message, connection)
            return None
        if not is_sound or not message.has_identity:
            if message.is_current and message.has_identity and message.is_answer:
                return None
            return _failed(_identity(message), RPCError("invalid request", INVALID_REQUEST))
        return self._run(message, connection)

    def _run(self, message: _Message, connection: Connection) -> str:
        identity = _identity(message)
        _log.info("%.100r", message.method)
        try:
            result = dump(self._call(message, connection))
        except RPCError as error:
            _log.info("%.100r: %.300r", message.method, error.message)
            return _failed(identity, error)
        except Exception:
            _log.exception("%s failed", message.method)
            return _failed(identity, RPCError("method handler crashed", INTERNAL_ERROR))
        return f'{{"jsonrpc":"2.0","id":{identity},"result":{result}}}'

    def _call(self, message: _Message, connection: Connection) -> Any:
        method = self._registry.find(message.method)
        if method is None:
            namespace, _, name = message.method.partition("_")
            if name == "subscribe":
                raise _unknown_subscription(message, namespace, connection)
            raise RPCError(
                f"the method {message.method} does not exist/is not available", METHOD_NOT_FOUND
            )
        if method.wants_connection:
            return method.run(connection, message.params)
        return method.run(*method.arguments(message.params))


def _unknown_subscription(message: _Message, namespace: str, connection: Connection) -> RPCError:
    if not connection.can_push:
        return RPCError("notifications not supported", METHOD_NOT_FOUND)
    params = message.params
    if not isinstance(params, list) or not params or not isinstance(params[0], str):
        return RPCError("expected subscription name as first argument", INVALID_PARAMS)
    return RPCError(f'no "{params[0]}" subscription in {namespace} namespace', METHOD_NOT_FOUND)


PARSE_FAILURE = _failed("null", RPCError("parse error", PARSE_ERROR))


def parse_failure(error: ParseError) -> str:
    """The answer to text that is no JSON, with the reader's own words."""
    return _failed("null", RPCError(str(error), PARSE_ERROR))
