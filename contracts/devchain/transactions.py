"""Transactions of types 0, 1, 2 and 4: their bytes, their sender, what they cost before they run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import rlp
from coincurve import PublicKey
from eth_hash.auto import keccak

from .accounts import Account
from .errors import RPCError
from .strict_rlp import ListReader, RLPError

CURVE_ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
TYPE_NAMES = {
    0: "types.LegacyTx",
    1: "types.AccessListTx",
    2: "types.DynamicFeeTx",
    4: "types.SetCodeTx",
}


@dataclass(slots=True, frozen=True)
class Authorization:
    """One entry of an EIP-7702 authorization list, in the form that the EVM reads it."""

    chain_id: int
    address: bytes
    nonce: int
    y_parity: int
    r: int
    s: int

    def validate(self, chain_id: int) -> None:
        """Raises `ValueError` where the entry has to be skipped."""
        if self.chain_id not in (0, chain_id) or self.nonce >= 2**64 - 1:
            raise ValueError("an authorization for another chain, or with the last nonce")
        if not 0 < self.s <= CURVE_ORDER // 2:
            raise ValueError("a malleable signature")

    def authority(self) -> bytes | None:
        """Who signed it, or nothing where the signature recovers nobody."""
        message = b"\x05" + rlp.encode([self.chain_id, self.address, self.nonce])
        try:
            return recover(keccak(message), self.y_parity, self.r, self.s)
        except ValueError:
            return None


AccessList = list[tuple[bytes, list[int]]]


class GasRules:
    """What a transaction, or a call that looks like one, costs before it runs."""

    __slots__ = ()

    to: bytes
    data: bytes
    access_list: AccessList
    authorization_list: list[Authorization]

    @property
    def is_creation(self) -> bool:
        return not self.to

    @property
    def intrinsic_gas(self) -> int:
        """What the EVM takes before it starts; it takes the words of init code by itself."""
        zeros = self.data.count(0)
        gas = 21_000 + 4 * zeros + 16 * (len(self.data) - zeros)
        if not self.to:
            gas += 32_000
        for _, keys in self.access_list:
            gas += 2_400 + 1_900 * len(keys)
        return gas + 25_000 * len(self.authorization_list)

    @property
    def least_gas(self) -> int:
        """The intrinsic gas with the words of init code (EIP-3860)."""
        words = (len(self.data) + 31) // 32 if not self.to else 0
        return self.intrinsic_gas + 2 * words

    @property
    def floor_gas(self) -> int:
        """The least that calldata costs whatever it does (EIP-7623)."""
        zeros = self.data.count(0)
        return 21_000 + 10 * (zeros + 4 * (len(self.data) - zeros))


@dataclass(slots=True)
class Transaction(GasRules):
    """A transaction; its members carry the names under which the EVM reads them.

    A legacy price stands in both fee members. `to` is empty for a creation. `chain_id` is None for a
    legacy transaction without EIP-155. `v` is the parity, and for type 0 the whole v.
    """

    type_id: int
    chain_id: int | None
    nonce: int
    max_priority_fee_per_gas: int
    max_fee_per_gas: int
    gas: int
    to: bytes
    value: int
    data: bytes
    access_list: AccessList = field(default_factory=list)
    authorization_list: list[Authorization] = field(default_factory=list)
    v: int = 0
    r: int = 0
    s: int = 0
    sender: bytes = b""
    raw: bytes = b""
    hash: bytes = b""

    def __repr__(self) -> str:
        return f"Transaction({self.hash.hex()})"

    @property
    def cost(self) -> int:
        """The most that it may take from its sender."""
        return self.gas * self.max_fee_per_gas + self.value

    def tip(self, base_fee: int) -> int:
        """What a unit of gas brings the block's maker; below zero where the cap is under the base fee."""
        return min(self.max_priority_fee_per_gas, self.max_fee_per_gas - base_fee)

    def price(self, base_fee: int) -> int:
        """What a unit of gas costs in a block of this base fee."""
        return min(self.max_priority_fee_per_gas + base_fee, self.max_fee_per_gas)

    def _fields(self) -> list[Any]:
        if self.type_id == 0:
            return [self.nonce, self.max_fee_per_gas, self.gas, self.to, self.value, self.data]
        head: list[Any] = [self.chain_id, self.nonce]
        if self.type_id != 1:
            head.append(self.max_priority_fee_per_gas)
        head += [self.max_fee_per_gas, self.gas, self.to, self.value, self.data]
        head.append([[a, [k.to_bytes(32, "big") for k in keys]] for a, keys in self.access_list])
        if self.type_id == 4:
            head.append(
                [
                    [a.chain_id, a.address, a.nonce, a.y_parity, a.r, a.s]
                    for a in self.authorization_list
                ]
            )
        return head

    def _prefix(self) -> bytes:
        return bytes([self.type_id]) if self.type_id else b""

    def encode(self) -> bytes:
        """The bytes that go over the wire."""
        return self._prefix() + rlp.encode([*self._fields(), self.v, self.r, self.s])

    def signing_hash(self) -> bytes:
        """The digest that its sender signs."""
        fields = self._fields()
        if self.type_id == 0 and self.chain_id is not None:
            fields += [self.chain_id, 0, 0]
        return keccak(self._prefix() + rlp.encode(fields))

    def signed(self, account: Account) -> "Transaction":
        """The same, signed by an account of the node."""
        parity, r, s = account.sign(self.signing_hash())
        v = parity
        if self.type_id == 0:
            v = parity + (27 if self.chain_id is None else 35 + 2 * self.chain_id)
        signed = replace(self, v=v, r=r, s=s, sender=account.address)
        signed.raw = signed.encode()
        signed.hash = keccak(signed.raw)
        return signed

    def recover_sender(self, chain_id: int) -> None:
        """Finds the sender. Raises `RPCError` where the signature is not valid on this chain."""
        if self.chain_id is not None and self.chain_id != chain_id:
            raise RPCError(
                f"invalid sender: invalid chain id for signer: have {self.chain_id} want {chain_id}"
            )
        parity = self.v
        if self.type_id == 0:
            parity = self.v - (27 if self.chain_id is None else 35 + 2 * self.chain_id)
        half = CURVE_ORDER // 2
        if parity not in (0, 1) or not 0 < self.r < CURVE_ORDER or not 0 < self.s <= half:
            raise RPCError("invalid sender: invalid transaction v, r, s values")
        try:
            self.sender = recover(self.signing_hash(), parity, self.r, self.s)
        except ValueError:
            raise RPCError("invalid sender: recovery failed") from None


def recover(digest: bytes, parity: int, r: int, s: int) -> bytes:
    """The address whose key signed a digest. Raises `ValueError` where no key did."""
    if parity not in (0, 1) or not 0 < r < CURVE_ORDER or not 0 < s < CURVE_ORDER:
        raise ValueError("not a signature")
    signature = r.to_bytes(32, "big") + s.to_bytes(32, "big") + bytes([parity])
    try:
        key = PublicKey.from_signature_and_message(signature, digest, hasher=None)
    except Exception as error:  # coincurve raises bare exceptions
        raise ValueError("no key signed this") from error
    return keccak(key.format(compressed=False)[1:])[12:]


def _access_list(items: ListReader) -> AccessList:
    entries: AccessList = []
    while items.more:
        entry = items.list("AccessList", "types.AccessTuple")
        address = entry.fixed(20, "Address", "common.Address")
        slots = entry.list("StorageKeys", "[]common.Hash")
        keys = []
        while slots.more:
            keys.append(int.from_bytes(slots.fixed(32, "StorageKeys", "common.Hash"), "big"))
        entry.finish()
        entries.append((address, keys))
    return entries


def _authorizations(items: ListReader) -> list[Authorization]:
    entries = []
    while items.more:
        entry = items.list("AuthList", "types.SetCodeAuthorization")
        entries.append(
            Authorization(
                entry.integer("ChainID"),
                entry.fixed(20, "Address", "common.Address"),
                entry.integer("Nonce", 64),
                entry.integer("V", 8),
                entry.integer("R"),
                entry.integer("S"),
            )
        )
        entry.finish()
    return entries


def _decode_legacy(raw: bytes) -> Transaction:
    items = ListReader.whole(raw, TYPE_NAMES[0])
    nonce, price, gas = (
        items.integer("Nonce", 64),
        items.integer("GasPrice"),
        items.integer("Gas", 64),
    )
    to = items.fixed(20, "To", "common.Address", may_be_empty=True)
    value, data = items.integer("Value"), items.bytes("Data")
    v, r, s = items.integer("V"), items.integer("R"), items.integer("S")
    items.finish()
    chain_id = None if v in (0, 1, 27, 28) else max(0, (v - 35) // 2)
    return Transaction(0, chain_id, nonce, price, price, gas, to, value, data, v=v, r=r, s=s)


def _decode_typed(raw: bytes, type_id: int) -> Transaction:
    items = ListReader.whole(raw[1:], TYPE_NAMES[type_id])
    chain_id, nonce = items.integer("ChainID"), items.integer("Nonce", 64)
    tip = items.integer("GasTipCap") if type_id != 1 else None
    fee = items.integer("GasPrice" if type_id == 1 else "GasFeeCap")
    gas = items.integer("Gas", 64)
    to = items.fixed(20, "To", "common.Address", may_be_empty=type_id != 4)
    value, data = items.integer("Value"), items.bytes("Data")
    access = _access_list(items.list("AccessList", "types.AccessList"))
    authorizations = []
    if type_id == 4:
        authorizations = _authorizations(items.list("AuthList", "[]types.SetCodeAuthorization"))
    v, r, s = items.integer("V"), items.integer("R"), items.integer("S")
    items.finish()
    tip = fee if tip is None else tip
    return Transaction(
        type_id, chain_id, nonce, tip, fee, gas, to, value, data, access, authorizations, v, r, s
    )


def decode(raw: bytes) -> Transaction:
    """A transaction from its bytes, its sender not yet found. Raises `RPCError`."""
    try:
        if raw[:1] > b"\x7f":
            transaction = _decode_legacy(raw)
        elif len(raw) <= 1:
            raise RPCError("typed transaction too short")
        elif raw[0] == 3:
            blob = ListReader.whole(raw[1:], "types.BlobTx")
            blob.integer("ChainID")  # a list stands here where blobs come along
            raise RPCError("missing sidecar in blob transaction")
        elif raw[0] in TYPE_NAMES and raw[0] != 0:
            transaction = _decode_typed(raw, raw[0])
        else:
            raise RPCError("transaction type not supported")
    except RLPError as error:
        if raw[0] == 3 and "expected input string" in str(error):
            raise RPCError("transaction type not supported") from None
        raise RPCError(str(error)) from None
    transaction.raw = raw
    transaction.hash = keccak(raw)
    return transaction
