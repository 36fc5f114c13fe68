"""Blocks, headers and receipts: their fields, their bytes, their hashes."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Sequence

import rlp
from eth_hash.auto import keccak
from trie import HexaryTrie

from .transactions import Transaction

ZERO_HASH = b"\x00" * 32
ZERO_ADDRESS = b"\x00" * 20
EMPTY_TRIE = keccak(rlp.encode(b""))
EMPTY_UNCLES = keccak(rlp.encode([]))
EMPTY_REQUESTS = bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")

ELASTICITY = 2
BASE_FEE_QUOTIENT = 8
GAS_LIMIT_QUOTIENT = 1024
WANTED_GAS_LIMIT = 45_000_000


@dataclass(slots=True, frozen=True)
class Log:
    """One event of a contract."""

    address: bytes
    topics: tuple[bytes, ...]
    data: bytes


@dataclass(slots=True)
class Receipt:
    """What a transaction did. `gas_used` is its own, `cumulative_gas` counts from the block's start."""

    type_id: int
    status: int
    gas_used: int
    cumulative_gas: int
    logs: list[Log]
    first_log: int = 0

    def encode(self) -> bytes:
        logs = [[log.address, list(log.topics), log.data] for log in self.logs]
        body = rlp.encode([self.status, self.cumulative_gas, bloom(self.logs), logs])
        return (bytes([self.type_id]) if self.type_id else b"") + body


def bloom(logs: Sequence[Log]) -> bytes:
    """The 2048-bit filter over addresses and topics."""
    bits = 0
    for log in logs:
        for item in (log.address, *log.topics):
            digest = keccak(item)
            for at in (0, 2, 4):
                bits |= 1 << (int.from_bytes(digest[at : at + 2], "big") & 2047)
    return bits.to_bytes(256, "big")


def list_root(items: Sequence[bytes]) -> bytes:
    """The root of the trie of a list's items by index."""
    if not items:
        return EMPTY_TRIE
    trie = HexaryTrie({}, prune=True)
    for index, item in enumerate(items):
        trie[rlp.encode(index)] = item
    return trie.root_hash


@dataclass
class Header:
    """A header as of Prague; what never changes on this chain has its constant as default."""

    parent_hash: bytes
    coinbase: bytes
    number: int
    gas_limit: int
    timestamp: int
    base_fee: int
    extra_data: bytes
    mix_hash: bytes
    state_root: bytes = EMPTY_TRIE
    transactions_root: bytes = EMPTY_TRIE
    receipts_root: bytes = EMPTY_TRIE
    bloom: bytes = b"\x00" * 256
    gas_used: int = 0

    def fields(self) -> list[Any]:
        """The members in the order in which they are hashed."""
        return [
            self.parent_hash, EMPTY_UNCLES, self.coinbase, self.state_root, self.transactions_root,
            self.receipts_root, self.bloom, 0, self.number, self.gas_limit, self.gas_used,
            self.timestamp, self.extra_data, self.mix_hash, b"\x00" * 8, self.base_fee,
            EMPTY_TRIE, 0, 0, ZERO_HASH, EMPTY_REQUESTS,
        ]  # fmt: skip

    @classmethod
    def from_fields(cls, items: Sequence[bytes]) -> "Header":
        """A header from the members of its RLP list."""
        number = [int.from_bytes(item, "big") for item in items]
        return cls(
            parent_hash=items[0], coinbase=items[2], state_root=items[3], transactions_root=items[4],
            receipts_root=items[5], bloom=items[6], number=number[8], gas_limit=number[9],
            gas_used=number[10], timestamp=number[11], extra_data=items[12], mix_hash=items[13],
            base_fee=number[15],
        )  # fmt: skip

    @cached_property
    def hash(self) -> bytes:
        return keccak(rlp.encode(self.fields()))

    def next_base_fee(self) -> int:
        """The base fee of a child (EIP-1559)."""
        target = self.gas_limit // ELASTICITY
        if self.gas_used == target:
            return self.base_fee
        if self.gas_used > target:
            delta = self.base_fee * (self.gas_used - target) // target // BASE_FEE_QUOTIENT
            return self.base_fee + max(delta, 1)
        delta = self.base_fee * (target - self.gas_used) // target // BASE_FEE_QUOTIENT
        return max(self.base_fee - delta, 0)

    def next_gas_limit(self) -> int:
        """The gas limit of a child: a step towards the wanted one."""
        step = self.gas_limit // GAS_LIMIT_QUOTIENT - 1
        if self.gas_limit < WANTED_GAS_LIMIT:
            return min(self.gas_limit + step, WANTED_GAS_LIMIT)
        return max(self.gas_limit - step, WANTED_GAS_LIMIT)


@dataclass
class Block:
    """A header, the transactions under it, and what they did."""

    header: Header
    transactions: list[Transaction] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)

    @property
    def hash(self) -> bytes:
        return self.header.hash

    @property
    def number(self) -> int:
        return self.header.number

    @cached_property
    def size(self) -> int:
        """The length of the block's RLP."""
        bodies = [rlp.decode(t.raw) if t.type_id == 0 else t.raw for t in self.transactions]
        return len(rlp.encode([self.header.fields(), bodies, [], []]))

    def seal(self) -> None:
        """Fills the header's roots and sums from the body."""
        header = self.header
        header.transactions_root = list_root([t.raw for t in self.transactions])
        header.receipts_root = list_root([r.encode() for r in self.receipts])
        header.bloom = bloom([log for r in self.receipts for log in r.logs])
        header.gas_used = self.receipts[-1].cumulative_gas if self.receipts else 0
