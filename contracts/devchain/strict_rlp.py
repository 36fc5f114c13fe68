"""A strict RLP reader whose errors are those of a Go node.

Refused: integers with leading zeros, a single byte below 0x80 in a long form, sizes in a longer
form than needed, input after the value. Lists are read lazily, item by item.
"""

from __future__ import annotations


class RLPError(Exception):
    """Input that is no canonical RLP, or not of the wanted shape."""


def _item(source: bytes, start: int, end: int) -> tuple[bool, int, int]:
    """The item at `start`: whether it is a list, and the bounds of its content."""
    if start >= end:
        raise RLPError("rlp: value size exceeds available input length")
    first = source[start]
    if first < 0x80:
        return False, start, start + 1
    is_list = first >= 0xC0
    short = 0xC0 if is_list else 0x80
    if first <= short + 55:
        size, content = first - short, start + 1
    else:
        width = first - short - 55
        content = start + 1 + width
        if content > end:
            raise RLPError("rlp: value size exceeds available input length")
        size = int.from_bytes(source[start + 1 : content], "big")
        if size < 56 or source[start + 1] == 0:
            raise RLPError("rlp: non-canonical size information")
    if size > end - content:
        raise RLPError("rlp: value size exceeds available input length")
    if not is_list and size == 1 and source[content] < 0x80:
        raise RLPError("rlp: non-canonical size information")
    return is_list, content, content + size


class ListReader:
    """The items of one list, in order. `name` is the Go type that errors name."""

    def __init__(self, source: bytes, start: int, end: int, name: str) -> None:
        self._source = source
        self._next = start
        self._end = end
        self._name = name

    @classmethod
    def whole(cls, source: bytes, name: str) -> "ListReader":
        """The list that `source` is, from its first byte to its last."""
        is_list, start, end = _item(source, 0, len(source))
        if not is_list:
            raise RLPError(f"rlp: expected input list for {name}")
        if end != len(source):
            raise RLPError("rlp: input contains more than one value")
        return cls(source, start, end, name)

    def _take(self) -> tuple[bool, int, int]:
        if self._next >= self._end:
            raise RLPError(f"rlp: too few elements for {self._name}")
        item = _item(self._source, self._next, self._end)
        self._next = item[2]
        return item

    @property
    def more(self) -> bool:
        """Whether an item is left."""
        return self._next < self._end

    def finish(self) -> None:
        """Checks that no item is left."""
        if self.more:
            raise RLPError(f"rlp: input list has too many elements for {self._name}")

    def bytes(self, field: str) -> bytes:
        """The next item, a string."""
        is_list, start, end = self._take()
        if is_list:
            raise RLPError(
                f"rlp: expected input string or byte for []uint8, decoding into ({self._name}).{field}"
            )
        return self._source[start:end]

    def fixed(self, size: int, field: str, go_type: str, may_be_empty: bool = False) -> bytes:
        """The next item, a string of `size` bytes, or of none where that is allowed."""
        value = self.bytes(field)
        if len(value) != size and not (may_be_empty and not value):
            word = "short" if len(value) < size else "long"
            raise RLPError(
                f"rlp: input string too {word} for {go_type}, decoding into ({self._name}).{field}"
            )
        return value

    def integer(self, field: str, bits: int = 256) -> int:
        """The next item, a big-endian number without leading zeros."""
        is_list, start, end = self._take()
        go_type = "uint64" if bits == 64 else ("uint8" if bits == 8 else "*big.Int")
        if is_list:
            raise RLPError(
                f"rlp: expected input string or byte for {go_type}, decoding into ({self._name}).{field}"
            )
        value = self._source[start:end]
        if value and value[0] == 0:
            raise RLPError(
                f"rlp: non-canonical integer (leading zero bytes) for {go_type}, "
                f"decoding into ({self._name}).{field}"
            )
        if len(value) * 8 > bits:
            raise RLPError(
                f"rlp: input string too long for {go_type}, decoding into ({self._name}).{field}"
            )
        return int.from_bytes(value, "big")

    def list(self, field: str, name: str) -> "ListReader":
        """The next item, a list of things that Go calls `name`."""
        is_list, start, end = self._take()
        if not is_list:
            raise RLPError(
                f"rlp: expected input list for {name}, decoding into ({self._name}).{field}"
            )
        return ListReader(self._source, start, end, name)
