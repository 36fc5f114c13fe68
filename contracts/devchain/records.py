"""What the journal's records say, in RLP: the chain's beginning, its blocks, the moves of its head."""

from __future__ import annotations

from typing import Any

import rlp

from .blocks import Block, Header, Log, Receipt
from .errors import RPCError
from .storage import JournalError
from .transactions import decode

BEGIN = b"begin"
BLOCK = b"block"
HEAD = b"head"
REWIND = b"rewind"


def begin(chain_id: int, accounts: list[bytes]) -> bytes:
    """The record that opens a journal."""
    return rlp.encode([BEGIN, chain_id, accounts])


def block(new: Block, adopt: bool, written: dict[bytes, bytes]) -> bytes:
    """A block, its receipts, whether it is the head now, and the state that it wrote."""
    receipts = [
        [
            r.status,
            r.gas_used,
            r.cumulative_gas,
            [[g.address, list(g.topics), g.data] for g in r.logs],
        ]
        for r in new.receipts
    ]
    raw = [transaction.raw for transaction in new.transactions]
    state = [list(pair) for pair in written.items()]
    return rlp.encode([BLOCK, new.header.fields(), raw, receipts, int(adopt), state])


def head(hash: bytes) -> bytes:
    """The head is this block now."""
    return rlp.encode([HEAD, hash])


def rewind(hash: bytes, finalizes: bool) -> bytes:
    """The head is this block now, the blocks above it are forgotten, and one is final below it or none is."""
    return rlp.encode([REWIND, hash, int(finalizes)])


def parse(payload: bytes) -> list[Any]:
    """The items of a record, the first of them its kind. Raises `JournalError`."""
    try:
        items = rlp.decode(payload)
    except rlp.exceptions.RLPException as error:
        raise JournalError("the journal is damaged") from error
    if not isinstance(items, list) or not items:
        raise JournalError("the journal is damaged")
    return items


def parse_block(items: list[Any], chain_id: int) -> Block:
    """The block of a record."""
    try:
        transactions = [decode(raw) for raw in items[2]]
        for transaction in transactions:
            transaction.recover_sender(chain_id)
    except RPCError as error:
        raise JournalError(f"the journal is damaged: {error.message}") from error
    receipts = []
    logs_before = 0
    for transaction, (status, used, total, logs) in zip(transactions, items[3]):
        entries = [Log(address, tuple(topics), data) for address, topics, data in logs]
        numbers = [int.from_bytes(n, "big") for n in (status, used, total)]
        receipts.append(Receipt(transaction.type_id, *numbers, entries, logs_before))
        logs_before += len(entries)
    return Block(Header.from_fields(items[1]), transactions, receipts)
