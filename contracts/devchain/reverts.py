"""The reasons that Solidity and Vyper put into reverts: Error(string) and Panic(uint256)."""

from __future__ import annotations

_PANICS = {
    0x00: "generic panic",
    0x01: "assert(false)",
    0x11: "arithmetic underflow or overflow",
    0x12: "division or modulo by zero",
    0x21: "enum overflow",
    0x22: "invalid encoded storage byte array accessed",
    0x31: "out-of-bounds array access; popping on an empty array",
    0x32: "out-of-bounds access of an array or bytesN",
    0x41: "out of memory",
    0x51: "uninitialized function",
}


def revert_reason(output: bytes) -> str | None:
    """The text of Error(string) or Panic(uint256), where the output is one of them."""
    arguments = output[4:]
    if output[:4] == bytes.fromhex("08c379a0"):
        return _string(arguments)
    if output[:4] == bytes.fromhex("4e487b71") and len(arguments) >= 32:
        code = int.from_bytes(arguments[:32], "big")
        return _PANICS.get(code, f"unknown panic code: {code:#x}")
    return None


def _string(arguments: bytes) -> str | None:
    """The one string of ABI-encoded arguments, or nothing where they are no such thing."""
    start = int.from_bytes(arguments[:32], "big")
    if len(arguments) < 64 or start > len(arguments) - 32:
        return None
    length = int.from_bytes(arguments[start : start + 32], "big")
    if length > len(arguments) - start - 32:
        return None
    return arguments[start + 32 : start + 32 + length].decode("utf-8", "replace")
