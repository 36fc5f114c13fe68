"""The parameters of calls and of transactions that the node completes: reading them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from . import arguments as read
from .errors import ArgumentError, RPCError
from .transactions import AccessList, Authorization


@dataclass
class CallArguments:
    """A call object as it was given; what was left out is None."""

    sender: bytes | None = None
    to: bytes | None = None
    gas: int | None = None
    gas_price: int | None = None
    max_fee_per_gas: int | None = None
    max_priority_fee_per_gas: int | None = None
    value: int | None = None
    nonce: int | None = None
    data: bytes | None = None
    access_list: AccessList | None = None
    authorization_list: list[Authorization] | None = None
    chain_id: int | None = None

    def check_fees(self) -> None:
        """Raises `RPCError` where two ways to give a price are mixed."""
        if self.gas_price is not None and (
            self.max_fee_per_gas is not None or self.max_priority_fee_per_gas is not None
        ):
            raise RPCError("both gasPrice and (maxFeePerGas or maxPriorityFeePerGas) specified")

    def check_chain(self, chain_id: int) -> None:
        """Raises `RPCError` where another chain is named."""
        if self.chain_id is not None and self.chain_id != chain_id:
            raise RPCError(f"chainId does not match node's (have={self.chain_id}, want={chain_id})")


def _access_list(value: Any, name: str) -> AccessList:
    if not isinstance(value, list):
        raise read.mismatch(read.kind(value), "types.AccessList", f"{name}.accessList")
    entries: AccessList = []
    for item in value:
        if not isinstance(item, dict):
            raise read.mismatch(read.kind(item), "types.AccessTuple", f"{name}.accessList")
        keys = item.get("storageKeys") or []
        if not isinstance(keys, list):
            raise read.mismatch(
                read.kind(keys), "[]common.Hash", "AccessTuple.accessList.storageKeys"
            )
        slots = [
            int.from_bytes(read.hash32(key, "AccessTuple.accessList.storageKeys"), "big")
            for key in keys
        ]
        entries.append((read.address(item.get("address"), "AccessTuple.accessList.address"), slots))
    return entries


def _authorizations(value: Any, name: str) -> list[Authorization]:
    if not isinstance(value, list):
        raise read.mismatch(
            read.kind(value), "[]types.SetCodeAuthorization", f"{name}.authorizationList"
        )
    entries = []
    for item in value:
        if not isinstance(item, dict):
            raise read.mismatch(
                read.kind(item), "types.SetCodeAuthorization", f"{name}.authorizationList"
            )
        for member in ("chainId", "address", "nonce", "r", "s"):
            if item.get(member) is None:
                raise ArgumentError(f"missing required field '{member}' for SetCodeAuthorization")
        entries.append(
            Authorization(
                read.big(item["chainId"]),
                read.address(item["address"]),
                read.uint64(item["nonce"]),
                read.uint64(item.get("yParity", "0x0")),
                read.big(item["r"]),
                read.big(item["s"]),
            )
        )
    return entries


def call(value: Any) -> CallArguments:
    """A call object. Members that are not known are passed over, null ones too."""
    if value is None:
        return CallArguments()
    if not isinstance(value, dict):
        raise read.mismatch(read.kind(value), "ethapi.TransactionArgs")
    name = "TransactionArgs"
    readers: dict[str, tuple[str, read.Reader | Any]] = {
        "from": ("sender", read.address),
        "to": ("to", read.address),
        "gas": ("gas", read.uint64),
        "gasPrice": ("gas_price", read.big),
        "maxFeePerGas": ("max_fee_per_gas", read.big),
        "maxPriorityFeePerGas": ("max_priority_fee_per_gas", read.big),
        "value": ("value", read.big),
        "nonce": ("nonce", read.uint64),
        "data": ("data", read.data),
        "chainId": ("chain_id", read.big),
    }
    members = {}
    for member, (attribute, reader) in readers.items():
        if value.get(member) is not None:
            members[attribute] = reader(value[member], f"{name}.{member}")
    if value.get("input") is not None:
        members["data"] = read.data(value["input"], f"{name}.input")
    if value.get("accessList") is not None:
        members["access_list"] = _access_list(value["accessList"], name)
    if value.get("authorizationList") is not None:
        members["authorization_list"] = _authorizations(value["authorizationList"], name)
    return CallArguments(**members)


@dataclass
class AccountOverride:
    """What a call pretends of one account."""

    nonce: int | None = None
    code: bytes | None = None
    balance: int | None = None
    state: dict[int, int] | None = None
    state_diff: dict[int, int] | None = None


def _slots(value: Any, member: str) -> dict[int, int]:
    name = f"OverrideAccount.{member}"
    if not isinstance(value, dict):
        raise read.mismatch(read.kind(value), "map[common.Hash]common.Hash", name)
    return {
        int.from_bytes(read.hash32(key, name), "big"): int.from_bytes(
            read.hash32(slot, name), "big"
        )
        for key, slot in value.items()
    }


def state_overrides(value: Any) -> dict[bytes, AccountOverride]:
    """The state override object: accounts by address."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise read.mismatch(read.kind(value), "override.StateOverride")
    overrides = {}
    for key, members in value.items():
        account = AccountOverride()
        address = read.address(key)
        if not isinstance(members, dict):
            raise read.mismatch(read.kind(members), "override.OverrideAccount")
        if members.get("nonce") is not None:
            account.nonce = read.uint64(members["nonce"], "OverrideAccount.nonce")
        if members.get("code") is not None:
            account.code = read.data(members["code"], "OverrideAccount.code")
        if members.get("balance") is not None:
            account.balance = read.big(members["balance"], "OverrideAccount.balance")
        if members.get("state") is not None:
            account.state = _slots(members["state"], "state")
        if members.get("stateDiff") is not None:
            account.state_diff = _slots(members["stateDiff"], "stateDiff")
        overrides[address] = account
    return overrides


@dataclass
class BlockOverrides:
    """What a call pretends of its block."""

    number: int | None = None
    time: int | None = None
    gas_limit: int | None = None
    coinbase: bytes | None = None
    random: bytes | None = None
    base_fee: int | None = None


def block_overrides(value: Any) -> BlockOverrides:
    """The block override object."""
    overrides = BlockOverrides()
    if value is None:
        return overrides
    if not isinstance(value, dict):
        raise read.mismatch(read.kind(value), "override.BlockOverrides")
    readers: dict[str, tuple[str, Any]] = {
        "number": ("number", read.big),
        "time": ("time", read.uint64),
        "gasLimit": ("gas_limit", read.uint64),
        "feeRecipient": ("coinbase", read.address),
        "prevRandao": ("random", read.hash32),
        "baseFeePerGas": ("base_fee", read.big),
    }
    for member, (attribute, reader) in readers.items():
        if value.get(member) is not None:
            setattr(overrides, attribute, reader(value[member], f"BlockOverrides.{member}"))
    return overrides
