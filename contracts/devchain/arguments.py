"""Readers of JSON-RPC parameters, as strict as geth's and with its messages.

A reader takes a JSON value and gives the Python value, or raises `ArgumentError`. Inside an object
`field` names the member ("TransactionArgs.gas"), since the message then differs.
"""

from __future__ import annotations

from typing import Any, Callable

from .errors import ArgumentError

Reader = Callable[[Any], Any]

_HEX = set("0123456789abcdefABCDEF")
_MAX_INT64 = 2**63 - 1
TAGS = ("earliest", "latest", "pending", "finalized", "safe")


def kind(value: Any) -> str:
    """What JSON calls a value of this type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def mismatch(what: str, go_type: str, field: str | None = None) -> ArgumentError:
    """The error for a JSON value that does not fit the type wanted."""
    if field is None:
        return ArgumentError(f"json: cannot unmarshal {what} into Go value of type {go_type}")
    return ArgumentError(
        f"json: cannot unmarshal {what} into Go struct field {field} of type {go_type}"
    )


def _hex_digits(value: Any, go_type: str, field: str | None) -> str:
    if not isinstance(value, str):
        raise mismatch("non-string", go_type, field)
    if value == "":
        return ""
    if value[:2] not in ("0x", "0X"):
        raise mismatch("hex string without 0x prefix", go_type, field)
    digits = value[2:]
    if len(digits) % 2:
        raise mismatch("hex string of odd length", go_type, field)
    return digits


def data(value: Any, field: str | None = None) -> bytes:
    """Bytes of any length: an even number of digits after 0x; the empty string is no bytes."""
    digits = _hex_digits(value, "hexutil.Bytes", field)
    if not _HEX.issuperset(digits):
        raise mismatch("invalid hex string", "hexutil.Bytes", field)
    return bytes.fromhex(digits)


def _fixed(value: Any, size: int, go_type: str, field: str | None) -> bytes:
    digits = _hex_digits(value, go_type, field)
    if len(digits) != 2 * size:
        raise ArgumentError(f"hex string has length {len(digits)}, want {2 * size} for {go_type}")
    if not _HEX.issuperset(digits):
        raise mismatch("invalid hex string", go_type, field)
    return bytes.fromhex(digits)


def address(value: Any, field: str | None = None) -> bytes:
    """Twenty bytes; upper and lower case are not compared with a checksum."""
    return _fixed(value, 20, "common.Address", field)


def hash32(value: Any, field: str | None = None) -> bytes:
    """Thirty-two bytes."""
    return _fixed(value, 32, "common.Hash", field)


def _quantity_text(text: str, bits: int) -> int:
    """The number of a 0x quantity. Raises `ArgumentError` with the bare reason."""
    if text == "":
        raise ArgumentError("empty hex string")
    if text[:2] not in ("0x", "0X"):
        raise ArgumentError("hex string without 0x prefix")
    digits = text[2:]
    if digits == "":
        raise ArgumentError('hex string "0x"')
    if len(digits) > 1 and digits[0] == "0":
        raise ArgumentError("hex number with leading zero digits")
    if len(digits) * 4 > bits:
        raise ArgumentError(f"hex number > {bits} bits")
    if not _HEX.issuperset(digits):
        raise ArgumentError("invalid hex string")
    return int(digits, 16)


def _quantity(value: Any, bits: int, go_type: str, field: str | None) -> int:
    if not isinstance(value, str):
        raise mismatch("non-string", go_type, field)
    try:
        return _quantity_text(value, bits)
    except ArgumentError as error:
        raise mismatch(str(error), go_type, field) from None


def uint64(value: Any, field: str | None = None) -> int:
    """A 0x quantity of at most 64 bits."""
    return _quantity(value, 64, "hexutil.Uint64", field)


def index(value: Any) -> int:
    """A 0x quantity that counts something."""
    return _quantity(value, 64, "hexutil.Uint", None)


def big(value: Any, field: str | None = None) -> int:
    """A 0x quantity of at most 256 bits."""
    return _quantity(value, 256, "*hexutil.Big", field)


def boolean(value: Any) -> bool:
    """True or false; null is false."""
    if value is None:
        return False
    if not isinstance(value, bool):
        raise mismatch(kind(value), "bool")
    return value


def text(value: Any) -> str:
    """A string; null is the empty one."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise mismatch(kind(value), "string")
    return value


def block_number(value: Any) -> int | str:
    """A block by number or by tag."""
    if isinstance(value, str):
        if value in TAGS:
            return value
        number = _quantity_text(value, 64)
        if number > _MAX_INT64:
            raise ArgumentError("block number larger than int64")
        return number
    raise ArgumentError("hex string without 0x prefix")


class BlockReference:
    """A block by number or tag, or by hash (EIP-1898)."""

    __slots__ = ("number", "hash", "canonical")

    def __init__(
        self, number: int | str | None = None, hash: bytes | None = None, canonical: bool = False
    ) -> None:
        self.number = number
        self.hash = hash
        self.canonical = canonical


LATEST = BlockReference("latest")


def _reference_object(value: dict[str, Any]) -> BlockReference | None:
    """The EIP-1898 object, or nothing where one of its members cannot be read."""
    try:
        number = value.get("blockNumber")
        number = None if number is None else block_number(number)
        hash = value.get("blockHash")
        hash = None if hash is None else hash32(hash)
        canonical = boolean(value.get("requireCanonical"))
    except ArgumentError:
        return None
    if number is not None and hash is not None:
        raise ArgumentError(
            "cannot specify both BlockHash and BlockNumber, choose one or the other"
        )
    return BlockReference(number, hash, canonical)


def block_reference(value: Any) -> BlockReference:
    """A block by number, tag, hash, or EIP-1898 object; null names none."""
    if value is None:
        return BlockReference()
    if isinstance(value, dict):
        reference = _reference_object(value)
        if reference is not None:
            return reference
    if not isinstance(value, str):
        raise mismatch(kind(value), "string")
    if value in TAGS:
        return BlockReference(value)
    if len(value) == 66:
        return BlockReference(hash=hash32(value))
    number = _quantity_text(value, 64)
    if number > _MAX_INT64:
        raise ArgumentError("blocknumber too high")
    return BlockReference(number)


def count(value: Any) -> int:
    """A number, decimal or 0x, in a string or bare."""
    shown = value if isinstance(value, str) else str(value)
    try:
        if isinstance(value, (bool, float)):
            raise ValueError
        number = (
            int(value, 16 if shown[:2] in ("0x", "0X") else 10) if shown == value else int(value)
        )
    except (TypeError, ValueError):
        number = -1
    if not 0 <= number < 2**64:
        raise ArgumentError(f'invalid hex or decimal integer "{shown[:80]}"')
    return number


def percentiles(value: Any) -> list[float]:
    """A list of numbers; null is an empty one."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise mismatch(kind(value), "[]float64")
    for item in value:
        if isinstance(item, bool) or not isinstance(item, (int, float)):
            raise mismatch(kind(item), "float64")
    return [float(item) for item in value]


def seconds(value: Any) -> int:
    """A whole number of seconds, as a JSON number, a decimal string or a 0x quantity."""
    return count(int(value) if isinstance(value, float) and value.is_integer() else value)


def anything(value: Any) -> Any:
    """Any JSON value, as it is."""
    return value
