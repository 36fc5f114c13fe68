"""Methods that read blocks, and those that say which chain and node this is."""

from __future__ import annotations

from typing import Any

from eth_hash.auto import keccak

from .. import arguments as read
from .. import shapes
from ..blocks import Block
from ..errors import RPCError
from ..jsonrpc import Registry
from ..node import Node

CLIENT = "Sandrun/devchain/v1/py-evm"
MODULES = ("debug", "dev", "eth", "evm", "net", "rpc", "txpool", "web3")


def register(methods: Registry, node: Node) -> None:
    """Adds the methods."""
    method = methods.method
    chain = node.chain

    method("web3_clientVersion")(lambda: CLIENT)
    method("web3_sha3", read.data)(lambda data: shapes.hexed(keccak(data)))
    method("net_version")(lambda: str(chain.chain_id))
    method("net_listening")(lambda: True)
    method("net_peerCount")(lambda: "0x0")
    method("rpc_modules")(lambda: {name: "1.0" for name in MODULES})
    method("eth_chainId")(lambda: hex(chain.chain_id))
    method("eth_syncing")(lambda: False)
    method("eth_blockNumber")(lambda: hex(chain.head.number))

    def numbered(number: int | str) -> tuple[Block | None, bool]:
        if number == "pending":
            return node.pending().block, True
        return node.block_at(number), False

    def referenced(reference: read.BlockReference) -> tuple[Block | None, bool]:
        if reference.number is not None:
            return numbered(reference.number)
        if reference.hash is None:
            raise RPCError("invalid arguments; neither block nor hash specified")
        return chain.by_hash(reference.hash), False

    @method("eth_getBlockByNumber", read.block_number, read.boolean)
    def block_by_number(number: int | str, full: bool) -> Any:
        block, is_pending = numbered(number)
        return None if block is None else shapes.block(block, full, is_pending)

    @method("eth_getBlockByHash", read.hash32, read.boolean)
    def block_by_hash(hash: bytes, full: bool) -> Any:
        block = chain.by_hash(hash)
        return None if block is None else shapes.block(block, full)

    @method("eth_getHeaderByNumber", read.block_number)
    def header_by_number(number: int | str) -> Any:
        block, is_pending = numbered(number)
        if block is None:
            return None
        header = shapes.sorted_header(block.header)
        if is_pending:
            header.update(hash=None, miner=None, nonce=None)
        return header

    @method("eth_getHeaderByHash", read.hash32)
    def header_by_hash(hash: bytes) -> Any:
        block = chain.by_hash(hash)
        return None if block is None else shapes.sorted_header(block.header)

    @method("eth_getBlockTransactionCountByNumber", read.block_number)
    def count_by_number(number: int | str) -> Any:
        block, _ = numbered(number)
        return None if block is None else hex(len(block.transactions))

    @method("eth_getBlockTransactionCountByHash", read.hash32)
    def count_by_hash(hash: bytes) -> Any:
        block = chain.by_hash(hash)
        return None if block is None else hex(len(block.transactions))

    @method("eth_getUncleCountByBlockNumber", read.block_number)
    def uncles_by_number(number: int | str) -> Any:
        return None if numbered(number)[0] is None else "0x0"

    @method("eth_getUncleCountByBlockHash", read.hash32)
    def uncles_by_hash(hash: bytes) -> Any:
        return None if chain.by_hash(hash) is None else "0x0"

    method("eth_getUncleByBlockNumberAndIndex", read.block_number, read.index)(
        lambda number, index: None
    )
    method("eth_getUncleByBlockHashAndIndex", read.hash32, read.index)(lambda hash, index: None)

    @method("eth_getTransactionByBlockNumberAndIndex", read.block_number, read.index)
    def transaction_by_number(number: int | str, index: int) -> Any:
        block, _ = numbered(number)
        return (
            None
            if block is None or index >= len(block.transactions)
            else shapes.mined(block, index)
        )

    @method("eth_getTransactionByBlockHashAndIndex", read.hash32, read.index)
    def transaction_by_hash(hash: bytes, index: int) -> Any:
        block = chain.by_hash(hash)
        return (
            None
            if block is None or index >= len(block.transactions)
            else shapes.mined(block, index)
        )

    @method("eth_getBlockReceipts", read.block_reference)
    def receipts(reference: read.BlockReference) -> Any:
        block, is_pending = referenced(reference)
        if block is None:
            return None
        return [
            shapes.receipt(block, index, is_pending) for index in range(len(block.transactions))
        ]
