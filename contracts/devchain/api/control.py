"""Methods that no real node has: making blocks, going back, reorgs, the clock, broken connections."""

from __future__ import annotations

from typing import Any, Protocol

from .. import arguments as read
from .. import shapes
from ..errors import INVALID_PARAMS, ArgumentError, RPCError
from ..jsonrpc import Connection, Registry
from ..node import Node
from ..transactions import Transaction, decode

MAX_BLOCKS = 10_000
END_OF_TIME = 2**63


class Control(Protocol):
    """What these methods ask of the server around the node."""

    def set_automine(self, on: bool) -> None:
        """Blocks come by themselves when a transaction can run, or not."""

    def set_interval(self, seconds: float) -> None:
        """A block every so many seconds; 0 stops that."""

    def drop_connections(self, asking: Connection) -> None:
        """Closes every connection, the asking one after its answer."""

    def set_delay(self, seconds: float) -> None:
        """Holds back every answer and push for so long."""


def _span(value: Any) -> float:
    """A time span that is not negative."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e9:
        raise ArgumentError("not a time span")
    return float(value)


def _mine_options(value: Any) -> tuple[int, int | None]:
    """How many blocks, and the first one's time: a bare timestamp or {"blocks", "timestamp"}."""
    if not isinstance(value, dict):
        return 1, read.seconds(value)
    blocks = read.count(value.get("blocks", 1))
    if blocks > MAX_BLOCKS:
        raise ArgumentError(f"over {MAX_BLOCKS} blocks")
    timestamp = value.get("timestamp")
    return blocks, None if timestamp is None else read.seconds(timestamp)


def register(methods: Registry, node: Node, control: Control) -> None:
    """Adds the methods."""
    method = methods.method
    chain = node.chain

    def transaction(value: Any) -> Transaction:
        """A transaction by its bytes or by the hash of one that is known."""
        raw = read.data(value)
        if len(raw) != 32:
            found = decode(raw)
            found.recover_sender(chain.chain_id)
            return found
        place = chain.find_transaction(raw)
        known = place[0].transactions[place[1]] if place else node.pool.get(raw)
        if known is None:
            raise RPCError(f"transaction 0x{raw.hex()} not found")
        return known

    def transactions(value: Any) -> list[Transaction]:
        if not isinstance(value, list):
            raise read.mismatch(read.kind(value), "[]hexutil.Bytes")
        return [transaction(item) for item in value]

    def hashes(value: Any) -> list[bytes]:
        if not isinstance(value, list):
            raise read.mismatch(read.kind(value), "[]common.Hash")
        return [read.hash32(item) for item in value]

    def branch(value: Any) -> list[list[Transaction]]:
        """The blocks of a new branch, each a list of transactions."""
        if not isinstance(value, list):
            raise read.mismatch(read.kind(value), "[][]hexutil.Bytes")
        return [transactions(item) for item in value]

    def set_timestamp(timestamp: int) -> None:
        earliest = chain.head.header.timestamp
        if timestamp <= earliest:
            raise RPCError(f"timestamp {timestamp} is not after the latest block's {earliest}")
        if timestamp >= END_OF_TIME:
            raise RPCError(f"timestamp {timestamp} is too late")
        node.next_timestamp = timestamp

    @method("evm_mine", _mine_options, optional=1)
    def mine(options: tuple[int, int | None] | None) -> str:
        blocks, timestamp = options or (1, None)
        if timestamp is not None:
            set_timestamp(timestamp)
        for _ in range(blocks):
            node.mine()
        node.wants_block = False
        return "0x0"

    method("evm_snapshot")(lambda: hex(node.snapshot()))
    method("evm_revert", read.uint64)(node.revert)

    @method("evm_increaseTime", read.seconds)
    def increase_time(seconds: int) -> int:
        if node.now() + seconds >= END_OF_TIME:
            raise RPCError(f"{seconds} seconds more are too many")
        node.clock_offset += seconds
        return node.clock_offset

    @method("evm_setNextBlockTimestamp", read.seconds)
    def set_next_timestamp(timestamp: int) -> None:
        set_timestamp(timestamp)

    @method("evm_setAutomine", read.boolean)
    def set_automine(on: bool) -> bool:
        control.set_automine(on)
        return True

    @method("evm_setIntervalMining", _span)
    def set_interval(seconds: float) -> bool:
        control.set_interval(seconds)
        return True

    @method("debug_setHead", read.uint64)
    def set_head(number: int) -> None:
        node.rewind(number)

    @method("dev_reorg", read.count, branch, optional=1)
    def reorg(depth: int, blocks: list[list[Transaction]] | None) -> str:
        return shapes.hexed(node.reorg(depth, blocks or []).hash)

    @method("dev_buildBlock", read.hash32, transactions, optional=1)
    def build_block(parent: bytes, contents: list[Transaction] | None) -> str:
        block = chain.by_hash(parent)
        if block is None:
            raise RPCError("unknown block")
        return shapes.hexed(node.build_on(block, contents or []).hash)

    @method("dev_setHead", read.hash32)
    def adopt(hash: bytes) -> None:
        block = chain.by_hash(hash)
        if block is None:
            raise RPCError("unknown block")
        node.move_head(block)
        node.wants_block = False

    @method("dev_dropPool", hashes, optional=1)
    def drop_pool(named: list[bytes] | None) -> int:
        dropped = node.pool.drop(named)
        node.wants_block = node.wants_block and node.pool.counts()[0] > 0
        return dropped

    @method("dev_forget", read.count)
    def forget(count: int) -> bool:
        node.faults.forgets = count
        return True

    @method("dev_claimKnown", read.count)
    def claim_known(count: int) -> bool:
        node.faults.claims = count
        return True

    @method("dev_limitLogs", read.count, read.count, optional=1)
    def limit_logs(blocks: int, results: int | None) -> bool:
        node.faults.log_blocks, node.faults.log_results = blocks, results or 0
        return True

    @method("dev_dropConnections", wants_connection=True)
    def drop_connections(connection: Connection, params: Any) -> bool:
        if params:
            raise RPCError("too many arguments, want at most 0", INVALID_PARAMS)
        control.drop_connections(connection)
        return True

    @method("dev_setDelay", _span)
    def set_delay(milliseconds: float) -> bool:
        control.set_delay(milliseconds / 1000)
        return True
