"""Methods that read accounts: balance, nonce, code, storage, proofs."""

from __future__ import annotations

from typing import Any

from .. import arguments as read
from .. import shapes
from ..errors import RPCError
from ..jsonrpc import Registry
from ..node import Node


def _slot(key: str) -> int:
    """A storage key in any of the forms that are taken: short, odd, without 0x, empty."""
    digits = key[2:] if key[:2] in ("0x", "0X") else key
    if len(digits) > 64:
        raise RPCError("unable to decode storage key: hex string too long, want at most 32 bytes")
    try:
        return int.from_bytes(bytes.fromhex(digits.zfill(len(digits) + len(digits) % 2)), "big")
    except ValueError:
        raise RPCError("unable to decode storage key: hex string invalid") from None


def register(methods: Registry, node: Node) -> None:
    """Adds the methods."""
    method = methods.method

    @method("eth_getBalance", read.address, read.block_reference)
    def balance(address: bytes, reference: read.BlockReference) -> Any:
        return hex(node.chain.open(node.view(reference)).get_balance(address))

    @method("eth_getCode", read.address, read.block_reference)
    def code(address: bytes, reference: read.BlockReference) -> Any:
        return shapes.hexed(node.chain.open(node.view(reference)).get_code(address))

    @method("eth_getStorageAt", read.address, read.text, read.block_reference)
    def storage(address: bytes, key: str, reference: read.BlockReference) -> Any:
        slot = _slot(key)
        return shapes.word(node.chain.open(node.view(reference)).get_storage(address, slot))

    @method("eth_getTransactionCount", read.address, read.block_reference)
    def nonce(address: bytes, reference: read.BlockReference) -> Any:
        if reference.number == "pending":
            return hex(node.next_nonce(address))
        return hex(node.chain.open(node.view(reference)).get_nonce(address))
