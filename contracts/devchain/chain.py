"""The blocks, which of them are the chain, and the states under them."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Iterator, Sequence

from eth.db.atomic import AtomicDB

from . import records
from .blocks import Block, Header
from .errors import RPCError
from .evm import State, open_state
from .genesis import make_genesis
from .storage import Journal, JournalError, MemoryStore

EPOCH = 32


@dataclass(slots=True)
class View:
    """A block whose state can be read, and the database that holds it."""

    block: Block
    database: AtomicDB
    is_pending: bool = False


@dataclass(slots=True)
class HeadChange:
    """A move of the head: the blocks that left the chain and those that joined it, both ascending."""

    removed: list[Block] = field(default_factory=list)
    added: list[Block] = field(default_factory=list)


class Chain:
    """All blocks by hash, the canonical ones by number, and their transactions."""

    def __init__(self, chain_id: int, accounts: Sequence[bytes], folder: str | None = None) -> None:
        self.chain_id = chain_id
        self.store = MemoryStore()
        self.database = AtomicDB(self.store)
        self._blocks: dict[bytes, Block] = {}
        self._canonical: list[Block] = []
        self._places: dict[bytes, tuple[Block, int]] = {}
        self.finalized: int | None = 0
        self._journal = Journal(folder) if folder is not None else None
        if self._journal is None or not self._load(accounts):
            self._append(records.begin(chain_id, list(accounts)))
            self.insert(make_genesis(self.database, chain_id, accounts))

    # Reading

    @property
    def head(self) -> Block:
        return self._canonical[-1]

    @property
    def genesis(self) -> Block:
        return self._canonical[0]

    def by_number(self, number: int) -> Block | None:
        """The canonical block of that number."""
        return self._canonical[number] if 0 <= number < len(self._canonical) else None

    def by_hash(self, hash: bytes) -> Block | None:
        """A block on the chain or off it."""
        return self._blocks.get(hash)

    def is_canonical(self, block: Block) -> bool:
        """Whether the block is on the chain."""
        return self.by_number(block.number) is block

    def find_transaction(self, hash: bytes) -> tuple[Block, int] | None:
        """The canonical block of a transaction and its index there."""
        return self._places.get(hash)

    def _ancestors(self, hash: bytes) -> Iterator[bytes]:
        block = self._blocks.get(hash)
        while block is not None:
            yield block.hash
            block = self._blocks.get(block.header.parent_hash)

    def open(self, view: View, header: Header | None = None, base_fee: int | None = None) -> State:
        """The state after a view's block, seen from within that block or within the block of `header`."""
        seen_from = header or view.block.header
        ancestors = islice(self._ancestors(seen_from.parent_hash), 256)
        root = view.block.header.state_root
        return open_state(view.database, root, seen_from, self.chain_id, ancestors, base_fee)

    def view(self, block: Block) -> View:
        """The view of a block that is kept."""
        return View(block, self.database)

    # Writing

    def insert(self, block: Block, adopt: bool = True) -> HeadChange:
        """Keeps a block whose state is written; `adopt` makes it the head, whose child it has to be."""
        self._append(records.block(block, adopt, self.store.take_written()))
        return self._insert(block, adopt)

    def _insert(self, block: Block, adopt: bool) -> HeadChange:
        self._blocks[block.hash] = block
        if not adopt:
            return HeadChange()
        self._push(block)
        self.finalized = self._finalized_under(block.number)
        return HeadChange(added=[block])

    def move_head(self, block: Block) -> HeadChange:
        """Makes a kept block the head, on whatever branch it lies. Raises `RPCError`."""
        change = self._move_head(block)
        self._append(records.head(block.hash))
        return change

    def _move_head(self, block: Block) -> HeadChange:
        added: list[Block] = []
        ancestor = block
        while not self.is_canonical(ancestor):
            added.append(ancestor)
            parent = self._blocks.get(ancestor.header.parent_hash)
            if parent is None:
                raise RPCError("unknown ancestor")
            ancestor = parent
        removed = self._pop_above(ancestor.number)
        added.reverse()
        for joined in added:
            self._push(joined)
        self.finalized = self._finalized_under(self.head.number)
        return HeadChange(removed, added)

    def rewind(self, number: int, finalizes: bool) -> None:
        """Goes back to a block and forgets those above it, without a word to anybody.

        `finalizes` leaves the block final that lies an epoch below; else none is until the next block.
        """
        self._rewind(self._canonical[number], finalizes)
        self._append(records.rewind(self.head.hash, finalizes))

    def _rewind(self, block: Block, finalizes: bool) -> None:
        for gone in self._pop_above(block.number):
            self._blocks.pop(gone.hash, None)
        self.finalized = self._finalized_under(block.number) if finalizes else None

    def close(self) -> None:
        """Lets go of the state folder."""
        if self._journal is not None:
            self._journal.close()

    def _push(self, block: Block) -> None:
        self._canonical.append(block)
        for index, transaction in enumerate(block.transactions):
            self._places[transaction.hash] = (block, index)

    def _pop_above(self, number: int) -> list[Block]:
        removed = self._canonical[number + 1 :]
        del self._canonical[number + 1 :]
        for block in removed:
            for transaction in block.transactions:
                self._places.pop(transaction.hash, None)
        return removed

    @staticmethod
    def _finalized_under(number: int) -> int:
        """Each epoch's first block is final for its successors, seen from the parent."""
        parent = max(number - 1, 0)
        return parent if parent % EPOCH == 0 else (parent - 1) // EPOCH * EPOCH

    def _append(self, payload: bytes) -> None:
        """Journals a change. A node that cannot write what it did must not go on: it ends with 74."""
        if self._journal is None:
            return
        try:
            self._journal.append(payload)
        except OSError as error:
            print(f"devchain: error: cannot write the journal: {error.strerror}", file=sys.stderr)
            sys.exit(os.EX_IOERR)

    def _load(self, accounts: Sequence[bytes]) -> bool:
        """Takes up the chain of the journal; false where it holds none. Raises `JournalError`."""
        assert self._journal is not None
        for payload in self._journal.records():
            try:
                self._replay(records.parse(payload), accounts)
            except (ValueError, IndexError, TypeError, RPCError) as error:
                raise JournalError("the journal is damaged: a record makes no sense") from error
        return bool(self._canonical)

    def _replay(self, items: list[Any], accounts: Sequence[bytes]) -> None:
        """Does again what a record tells. Raises `JournalError`, and others where it makes no sense."""
        kind = items[0]
        if kind == records.BEGIN:
            kept = int.from_bytes(items[1], "big")
            if kept != self.chain_id:
                raise JournalError(f"the state folder is of chain {kept}", os.EX_CONFIG)
            if items[2] != list(accounts):
                raise JournalError("the state folder is of other accounts", os.EX_CONFIG)
        elif kind == records.BLOCK:
            self.store.load((key, value) for key, value in items[5])
            self._insert(records.parse_block(items, self.chain_id), adopt=items[4] == b"\x01")
        else:
            block = self._blocks.get(items[1])
            if block is None:
                raise JournalError("the journal names a block that it does not hold")
            if kind == records.HEAD:
                self._move_head(block)
            else:
                self._rewind(block, finalizes=items[2] == b"\x01")
