"""Log queries: reading their criteria, and which logs they match."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from . import arguments as read
from . import shapes
from .blocks import Block, Log
from .chain import Chain
from .errors import ArgumentError, RPCError
from .faults import Faults

MAX_ADDRESSES = 1000
MAX_TOPICS = 4
MAX_TOPIC_CHOICES = 1000


@dataclass
class Criteria:
    """Which logs are wanted. A position of `topics` that is empty takes any topic."""

    block_hash: bytes | None = None
    from_block: int | str | None = None
    to_block: int | str | None = None
    addresses: frozenset[bytes] = frozenset()
    topics: list[frozenset[bytes]] = field(default_factory=list)

    def matches(self, log: Log) -> bool:
        """Whether address and topics are wanted."""
        if self.addresses and log.address not in self.addresses:
            return False
        if len(self.topics) > len(log.topics):
            return False
        return all(not wanted or topic in wanted for wanted, topic in zip(self.topics, log.topics))

    def takes_block(self, number: int) -> bool:
        """Whether a live log of this block is within the bounds."""
        low, high = self.from_block, self.to_block
        return not (
            (isinstance(low, int) and number < low) or (isinstance(high, int) and number > high)
        )


def _decoded(value: str, size: int, what: str) -> bytes:
    try:
        raw = read.data(value)
    except ArgumentError as error:
        raise ArgumentError(
            str(error).replace("json: cannot unmarshal ", "").split(" into ")[0]
        ) from None
    if len(raw) != size:
        raise ArgumentError(
            f"hex has invalid length {len(raw)} after decoding; expected {size} for {what}"
        )
    return raw


def _address(value: Any, place: str) -> bytes:
    if not isinstance(value, str):
        raise ArgumentError(
            "invalid addresses in query" if place == "" else f"non-string address{place}"
        )
    try:
        return _decoded(value, 20, "address")
    except ArgumentError as error:
        raise ArgumentError(f"invalid address{place}: {error}") from None


def _addresses(value: Any) -> frozenset[bytes]:
    if value is None:
        return frozenset()
    if not isinstance(value, list):
        return frozenset([_address(value, "")])
    if len(value) > MAX_ADDRESSES:
        raise ArgumentError("exceed max addresses")
    return frozenset(_address(item, f" at index {index}") for index, item in enumerate(value))


def _topic(value: Any) -> bytes:
    if not isinstance(value, str):
        raise ArgumentError("invalid topic(s)")
    return _decoded(value, 32, "topic")


def _topics(value: Any) -> list[frozenset[bytes]]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise read.mismatch(read.kind(value), "[]interface {}", "input.topics")
    if len(value) > MAX_TOPICS:
        raise ArgumentError("exceed max topics")
    topics: list[frozenset[bytes]] = []
    for item in value:
        if item is None:
            topics.append(frozenset())
        elif isinstance(item, list):
            if len(item) > MAX_TOPIC_CHOICES:
                raise ArgumentError("exceed max topics")
            anything = any(choice is None for choice in item)
            choices = frozenset(_topic(choice) for choice in item if choice is not None)
            topics.append(frozenset() if anything else choices)
        else:
            topics.append(frozenset([_topic(item)]))
    return topics


def criteria(value: Any) -> Criteria:
    """The filter object of a query or subscription; null asks for everything."""
    if value is None:
        return Criteria()
    if not isinstance(value, dict):
        raise read.mismatch(read.kind(value), "filters.input")
    low, high, block_hash = value.get("fromBlock"), value.get("toBlock"), value.get("blockHash")
    low = None if low is None else read.block_number(low)
    high = None if high is None else read.block_number(high)
    if block_hash is not None:
        block_hash = read.hash32(block_hash, "input.blockHash")
        if low is not None or high is not None:
            raise ArgumentError(
                "cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other"
            )
    return Criteria(
        block_hash, low, high, _addresses(value.get("address")), _topics(value.get("topics"))
    )


def of_block(block: Block, wanted: Criteria, removed: bool = False) -> list[dict[str, Any]]:
    """The logs of one block that are wanted."""
    return [
        shapes.log(entry, block, transaction_index, log_index, removed)
        for entry, transaction_index, log_index in shapes.block_logs(block)
        if wanted.matches(entry)
    ]


def _resolve(chain: Chain, bound: int | str | None) -> int:
    if bound == "pending":
        raise RPCError("pending logs are not supported")
    if bound is None or bound in ("latest", "safe"):
        return chain.head.number
    if bound == "earliest":
        return 0
    if bound == "finalized":
        if chain.finalized is None:
            raise RPCError("finalized header not found")
        return chain.finalized
    assert isinstance(bound, int)
    return bound


def query(chain: Chain, wanted: Criteria, faults: Faults) -> list[dict[str, Any]]:
    """The logs on the chain that are wanted; with a block hash, those of that block, on it or off it.

    Raises `RPCError`, also where the answer is over a limit.
    """
    if wanted.block_hash is not None:
        block = chain.by_hash(wanted.block_hash)
        if block is None:
            raise RPCError("unknown block")
        return of_block(block, wanted)
    if "pending" in (wanted.from_block, wanted.to_block):
        raise RPCError("pending logs are not supported")
    low, high = _resolve(chain, wanted.from_block), _resolve(chain, wanted.to_block)
    if low > high or high > chain.head.number:
        raise RPCError("invalid block range params")
    faults.check_range(low, high)
    found = []
    for number in range(low, high + 1):
        block = chain.by_number(number)
        if block is not None and any(receipt.logs for receipt in block.receipts):
            found += of_block(block, wanted)
            faults.check_found(found, low, block)
    return found


def check_live(wanted: Criteria) -> None:
    """Raises `RPCError` where logs cannot be followed within these bounds."""
    if "pending" in (wanted.from_block, wanted.to_block):
        raise RPCError("pending logs are not supported")
    low, high = wanted.from_block, wanted.to_block
    if isinstance(low, int) and isinstance(high, int) and low > high:
        raise RPCError("invalid block range params")
