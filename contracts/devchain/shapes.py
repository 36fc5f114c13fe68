"""Blocks, transactions, receipts and logs as JSON, their members in geth's order."""

from __future__ import annotations

from typing import Any, Iterator

import rlp
from eth_hash.auto import keccak

from .blocks import (
    EMPTY_REQUESTS,
    EMPTY_TRIE,
    EMPTY_UNCLES,
    ZERO_HASH,
    Block,
    Header,
    Log,
    Receipt,
    bloom,
)
from .transactions import Transaction

Json = dict[str, Any]


def hexed(value: bytes) -> str:
    """Bytes after 0x."""
    return "0x" + value.hex()


def word(value: int) -> str:
    """A number as 32 bytes."""
    return f"0x{value:064x}"


def header(head: Header) -> Json:
    """A header as `newHeads` pushes it."""
    return {
        "parentHash": hexed(head.parent_hash),
        "sha3Uncles": hexed(EMPTY_UNCLES),
        "miner": hexed(head.coinbase),
        "stateRoot": hexed(head.state_root),
        "transactionsRoot": hexed(head.transactions_root),
        "receiptsRoot": hexed(head.receipts_root),
        "logsBloom": hexed(head.bloom),
        "difficulty": "0x0",
        "number": hex(head.number),
        "gasLimit": hex(head.gas_limit),
        "gasUsed": hex(head.gas_used),
        "timestamp": hex(head.timestamp),
        "extraData": hexed(head.extra_data),
        "mixHash": hexed(head.mix_hash),
        "nonce": "0x0000000000000000",
        "baseFeePerGas": hex(head.base_fee),
        "withdrawalsRoot": hexed(EMPTY_TRIE),
        "blobGasUsed": "0x0",
        "excessBlobGas": "0x0",
        "parentBeaconBlockRoot": hexed(ZERO_HASH),
        "requestsHash": hexed(EMPTY_REQUESTS),
        "hash": hexed(head.hash),
    }


def sorted_header(head: Header) -> Json:
    """A header as `eth_getHeaderBy…` answers it."""
    return dict(sorted(header(head).items()))


def block(this: Block, full: bool, is_pending: bool = False) -> Json:
    """A block with its transactions, whole or by hash. A pending one has no hash, miner or nonce."""
    shape = header(this.header)
    if is_pending:
        shape.update(hash=None, miner=None, nonce=None)
        del shape["parentBeaconBlockRoot"]
    # The pending header has an empty string where the 32 bytes of the beacon root will stand.
    shape["size"] = hex(this.size - 32 if is_pending else this.size)
    shape["uncles"] = []
    shape["withdrawals"] = []
    if full:
        shape["transactions"] = [mined(this, index) for index in range(len(this.transactions))]
    else:
        shape["transactions"] = [hexed(t.hash) for t in this.transactions]
    return dict(sorted(shape.items()))


def _access_list(transaction: Transaction) -> list[Json]:
    return [
        {"address": hexed(address), "storageKeys": [word(key) for key in keys]}
        for address, keys in transaction.access_list
    ]


def _authorizations(transaction: Transaction) -> list[Json]:
    return [
        {
            "chainId": hex(entry.chain_id),
            "address": hexed(entry.address),
            "nonce": hex(entry.nonce),
            "yParity": hex(entry.y_parity),
            "r": hex(entry.r),
            "s": hex(entry.s),
        }
        for entry in transaction.authorization_list
    ]


def _transaction(t: Transaction, place: tuple[Block, int] | None, price: int) -> Json:
    shape: Json = {
        "blockHash": hexed(place[0].hash) if place else None,
        "blockNumber": hex(place[0].number) if place else None,
        "from": hexed(t.sender),
        "gas": hex(t.gas),
        "gasPrice": hex(price),
    }
    if t.type_id >= 2:
        shape["maxFeePerGas"] = hex(t.max_fee_per_gas)
        shape["maxPriorityFeePerGas"] = hex(t.max_priority_fee_per_gas)
    shape.update(
        hash=hexed(t.hash),
        input=hexed(t.data),
        nonce=hex(t.nonce),
        to=hexed(t.to) if t.to else None,
        transactionIndex=hex(place[1]) if place else None,
        value=hex(t.value),
        type=hex(t.type_id),
    )
    if t.type_id:
        shape["accessList"] = _access_list(t)
    if t.chain_id is not None:
        shape["chainId"] = hex(t.chain_id)
    if t.type_id == 4:
        shape["authorizationList"] = _authorizations(t)
    shape.update(v=hex(t.v), r=hex(t.r), s=hex(t.s))
    if t.type_id:
        shape["yParity"] = hex(t.v)
    return shape


def waiting(transaction: Transaction) -> Json:
    """A transaction that is in no block; its price is its cap."""
    return _transaction(transaction, None, transaction.max_fee_per_gas)


def mined(this: Block, index: int) -> Json:
    """A transaction of a block."""
    transaction = this.transactions[index]
    return _transaction(transaction, (this, index), transaction.price(this.header.base_fee))


def unsigned(t: Transaction) -> Json:
    """A filled transaction without a signature, as `eth_fillTransaction` answers it."""
    raw = t.encode()
    shape: Json = {"type": hex(t.type_id)}
    if t.type_id:
        shape["chainId"] = hex(t.chain_id or 0)
    dynamic = t.type_id >= 2
    shape.update(
        nonce=hex(t.nonce),
        to=hexed(t.to) if t.to else None,
        gas=hex(t.gas),
        gasPrice=None if dynamic else hex(t.max_fee_per_gas),
        maxPriorityFeePerGas=hex(t.max_priority_fee_per_gas) if dynamic else None,
        maxFeePerGas=hex(t.max_fee_per_gas) if dynamic else None,
        value=hex(t.value),
        input=hexed(t.data),
    )
    if t.type_id:
        shape["accessList"] = _access_list(t)
    if t.type_id == 4:
        shape["authorizationList"] = _authorizations(t)
    shape.update(v=hex(t.v), r=hex(t.r), s=hex(t.s))
    if t.type_id:
        shape["yParity"] = hex(t.v)
    shape["hash"] = hexed(keccak(raw))
    return {"raw": hexed(raw), "tx": shape}


def log(
    entry: Log, this: Block, transaction_index: int, log_index: int, removed: bool = False
) -> Json:
    """A log with its place in a block."""
    return {
        "address": hexed(entry.address),
        "topics": [hexed(topic) for topic in entry.topics],
        "data": hexed(entry.data),
        "blockNumber": hex(this.number),
        "transactionHash": hexed(this.transactions[transaction_index].hash),
        "transactionIndex": hex(transaction_index),
        "blockHash": hexed(this.hash),
        "blockTimestamp": hex(this.header.timestamp),
        "logIndex": hex(log_index),
        "removed": removed,
    }


def block_logs(this: Block) -> Iterator[tuple[Log, int, int]]:
    """A block's logs, each with the index of its transaction and its own."""
    for transaction_index, outcome in enumerate(this.receipts):
        for offset, entry in enumerate(outcome.logs):
            yield entry, transaction_index, outcome.first_log + offset


def created_address(transaction: Transaction) -> bytes:
    """Where a creation puts its contract."""
    return keccak(rlp.encode([transaction.sender, transaction.nonce]))[12:]


def receipt(this: Block, index: int, is_pending: bool = False) -> Json:
    """A receipt; in a pending block it has no price yet."""
    transaction: Transaction = this.transactions[index]
    outcome: Receipt = this.receipts[index]
    logs = [log(g, this, index, outcome.first_log + at) for at, g in enumerate(outcome.logs)]
    price = transaction.price(this.header.base_fee)
    created = hexed(created_address(transaction)) if transaction.is_creation else None
    return {
        "blockHash": hexed(this.hash),
        "blockNumber": hex(this.number),
        "contractAddress": created,
        "cumulativeGasUsed": hex(outcome.cumulative_gas),
        "effectiveGasPrice": None if is_pending else hex(price),
        "from": hexed(transaction.sender),
        "gasUsed": hex(outcome.gas_used),
        "logs": logs,
        "logsBloom": hexed(bloom(outcome.logs)),
        "status": hex(outcome.status),
        "to": hexed(transaction.to) if transaction.to else None,
        "transactionHash": hexed(transaction.hash),
        "transactionIndex": hex(index),
        "type": hex(transaction.type_id),
    }
