"""Methods that read accounts: balance, nonce, code, storage, proofs."""

from __future__ import annotations

from typing import Any

import rlp
from eth_hash.auto import keccak
from trie import HexaryTrie

from .. import arguments as read
from .. import shapes
from ..blocks import EMPTY_TRIE
from ..errors import ArgumentError, RPCError
from ..jsonrpc import Registry
from ..node import Node

MAX_PROOF_KEYS = 1024


def _slot(key: str) -> int:
    """A storage key in any of the forms that are taken: short, odd, without 0x, empty."""
    digits = key[2:] if key[:2] in ("0x", "0X") else key
    if len(digits) > 64:
        raise RPCError("unable to decode storage key: hex string too long, want at most 32 bytes")
    try:
        return int.from_bytes(bytes.fromhex(digits.zfill(len(digits) + len(digits) % 2)), "big")
    except ValueError:
        raise RPCError("unable to decode storage key: hex string invalid") from None


def _keys(value: Any) -> list[str]:
    """A list of storage keys."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise read.mismatch(read.kind(value), "[]string")
    if len(value) > MAX_PROOF_KEYS:
        raise ArgumentError("too many slots (max 1024)")
    return [read.text(item) for item in value]


def _proof(trie: HexaryTrie, key: bytes) -> list[str]:
    """The encoded nodes from the root down to where a key lies or would lie."""
    nodes = trie.get_proof(keccak(key))
    return [shapes.hexed(rlp.encode(node)) for node in nodes if node]


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

    @method("eth_getProof", read.address, _keys, read.block_reference)
    def proof(address: bytes, keys: list[str], reference: read.BlockReference) -> Any:
        slots = [_slot(key) for key in keys]
        view = node.view(reference)
        state = node.chain.open(view)
        accounts = HexaryTrie(view.database, view.block.header.state_root)
        encoded = accounts.get(keccak(address))
        root = rlp.decode(encoded)[2] if encoded else EMPTY_TRIE
        storage = HexaryTrie(view.database, root)
        return {
            "address": shapes.hexed(address),
            "accountProof": _proof(accounts, address),
            "balance": hex(state.get_balance(address)),
            "codeHash": shapes.hexed(state.get_code_hash(address)),
            "nonce": hex(state.get_nonce(address)),
            "storageHash": shapes.hexed(root),
            "storageProof": [
                {
                    "key": key,
                    "value": hex(state.get_storage(address, slot)),
                    "proof": _proof(storage, slot.to_bytes(32, "big")),
                }
                for key, slot in zip(keys, slots)
            ],
        }
