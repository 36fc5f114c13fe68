"""The node: its chain, pool, accounts and clock, and how they move together."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass
from typing import Sequence

from eth.db.atomic import AtomicDB

from . import mining
from .accounts import Account
from .arguments import BlockReference
from .blocks import ZERO_HASH, Block
from .chain import Chain, HeadChange, View
from .errors import RPCError, TemporaryRefusal
from .faults import Faults
from .fees import TipOracle
from .pool import Pool
from .storage import Overlay
from .subscriptions import Hub
from .transactions import Transaction, decode

FEE_CAP = 10**18
PENDING_LIFETIME = 2.0
PENDING_LIFETIMES = 3
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Snapshot:
    """What `evm_revert` goes back to."""

    number: int
    hash: bytes
    pool: list[Transaction]
    clock_offset: int
    next_timestamp: int | None


@dataclass(slots=True)
class Pending:
    """A pending block, what it was made from, and until when it may be used although the pool moved."""

    parent: bytes
    version: int
    good_until: float
    view: View


class Node:
    """Everything that the RPC methods work on."""

    def __init__(
        self,
        chain_id: int,
        accounts: Sequence[Account],
        unlocked: int,
        folder: str | None = None,
        allows_unprotected: bool = False,
    ) -> None:
        addresses = [account.address for account in accounts]
        self.chain = Chain(chain_id, addresses, folder)
        self.hub = Hub()
        self.pool = Pool(chain_id, self._became_pending)
        self.accounts = {account.address: account for account in accounts[:unlocked]}
        self.funded = addresses
        self.coinbase = addresses[0] if addresses else b"\x00" * 20
        self.tips = TipOracle()
        self.faults = Faults()
        self.allows_unprotected = allows_unprotected
        self.wants_block = False
        self.clock_offset = 0
        self.next_timestamp: int | None = None
        self._snapshots: dict[int, Snapshot] = {}
        self._snapshots_made = 0
        self._pending: Pending | None = None
        self._reset_pool()

    # Reading

    def view(self, reference: BlockReference) -> View:
        """The state that a parameter names. Raises `RPCError`."""
        if reference.number is not None:
            if reference.number == "pending":
                return self.pending()
            block = self.block_at(reference.number)
            if block is None:
                raise RPCError("header not found")
            return self.chain.view(block)
        if reference.hash is None:
            raise RPCError("invalid arguments; neither block nor hash specified")
        block = self.chain.by_hash(reference.hash)
        if block is None:
            raise RPCError("header for hash not found")
        if reference.canonical and not self.chain.is_canonical(block):
            raise RPCError("hash is not currently canonical")
        return self.chain.view(block)

    def block_at(self, number: int | str) -> Block | None:
        """A canonical block by number or by a tag other than pending. Raises `RPCError`."""
        if number in ("latest", "safe"):
            return self.chain.head
        if number == "earliest":
            return self.chain.genesis
        if number == "finalized":
            if self.chain.finalized is None:
                raise RPCError("finalized block not found")
            return self.chain.by_number(self.chain.finalized)
        assert isinstance(number, int)
        return self.chain.by_number(number)

    def pending(self) -> View:
        """The block that would come next, made anew when the head or the pool has changed.

        One that took long to make may be older than the pool, yet never by more than two seconds.
        """
        head = self.chain.head
        made, timestamp = self._pending, self._timestamp(head)
        start = time.monotonic()
        if made is not None and made.parent == head.hash:
            age = abs(timestamp - made.view.block.header.timestamp)
            if made.version == self.pool.version and age == 0:
                return made.view
            if start < made.good_until and age <= PENDING_LIFETIME:
                return made.view
        database = AtomicDB(Overlay(self.chain.store))
        header = mining.next_header(head.header, self.coinbase, timestamp, ZERO_HASH)
        block = mining.best(self.chain, self.pool, header, database)
        view = View(block, database, is_pending=True)
        now = time.monotonic()
        good_until = now + min(PENDING_LIFETIME, PENDING_LIFETIMES * (now - start))
        self._pending = Pending(head.hash, self.pool.version, good_until, view)
        return view

    def next_nonce(self, sender: bytes) -> int:
        """The nonce after the last transaction of the pool that can run."""
        nonce = self.pool.next_nonce(sender)
        if nonce is not None:
            return nonce
        return self.chain.open(self.chain.view(self.chain.head)).get_nonce(sender)

    def now(self) -> int:
        """The node's clock in seconds."""
        return int(time.time()) + self.clock_offset

    def _timestamp(self, parent: Block) -> int:
        """The next block's time: the one asked for or the clock's, yet after its parent's in any case."""
        wanted = self.now() if self.next_timestamp is None else self.next_timestamp
        return max(wanted, parent.header.timestamp + 1)

    # Transactions

    def submit_raw(self, raw: bytes) -> bytes:
        """Takes a signed transaction; its hash. Raises `RPCError`."""
        return self.submit(decode(raw))

    def submit(self, transaction: Transaction) -> bytes:
        """Takes a signed transaction; its hash, even where the pool refuses it for the time being."""
        fee = transaction.max_fee_per_gas * transaction.gas
        if fee > FEE_CAP:
            raise RPCError(
                f"tx fee ({fee / 1e18:.2f} ether) exceeds the configured cap (1.00 ether)"
            )
        if transaction.chain_id is None and not self.allows_unprotected:
            raise RPCError("only replay-protected (EIP-155) transactions allowed over RPC")
        if self.faults.strikes():
            transaction.recover_sender(self.chain.chain_id)
            return transaction.hash
        try:
            self.pool.add(transaction)
        except TemporaryRefusal:
            pass
        return transaction.hash

    def _became_pending(self, transactions: list[Transaction]) -> None:
        self.wants_block = True
        self.hub.became_pending(transactions)

    # Blocks

    def mine(self) -> Block:
        """Makes the next block from the pool."""
        head = self.chain.head
        timestamp = self._timestamp(head)
        header = mining.next_header(head.header, self.coinbase, timestamp, os.urandom(32))
        block = mining.best(self.chain, self.pool, header, self.chain.database)
        change = self.chain.insert(block)
        if self.next_timestamp is not None:
            self.clock_offset = timestamp - int(time.time())
            self.next_timestamp = None
        self._follow(change)
        return block

    def mine_instantly(self) -> None:
        """Makes blocks until nothing can run: geth's development mode with period 0.

        A fee cap under the base fee makes it mint empty blocks until the fee has fallen, and one more.
        """
        block = self.mine()
        if self.pool.counts()[0]:
            while self.pool.counts()[0]:
                before, block = block, self.mine()
                if not block.transactions and block.header.base_fee == before.header.base_fee:
                    break
            else:
                self.mine()
        self.wants_block = False

    def build_on(self, parent: Block, transactions: list[Transaction]) -> Block:
        """Makes a block on any parent from these transactions and no other; it is kept, not adopted."""
        timestamp = max(self.now(), parent.header.timestamp + 1)
        header = mining.next_header(parent.header, self.coinbase, timestamp, os.urandom(32))
        source = mining.Given(transactions)
        try:
            block = mining.build(self.chain, parent, header, source, self.chain.database)
        except mining.Crashed as crash:
            raise RPCError(str(crash)) from crash
        self.chain.insert(block, adopt=False)
        return block

    def move_head(self, block: Block) -> None:
        """Makes a kept block the head; those of the other branch go back to the pool."""
        self._follow(self.chain.move_head(block))

    def reorg(self, depth: int, blocks: list[list[Transaction]]) -> Block:
        """Replaces the last `depth` blocks by others with these transactions; the new head."""
        parent = self.chain.by_number(self.chain.head.number - depth)
        if parent is None or depth < 1:
            raise RPCError(f"cannot replace {depth} of {self.chain.head.number} blocks")
        for transactions in blocks or [[]]:
            parent = self.build_on(parent, transactions)
        self.move_head(parent)
        self.wants_block = False
        return parent

    def _follow(self, change: HeadChange) -> None:
        if not change.added and not change.removed:
            return
        for block in change.removed:
            _log.info("block %d 0x%s left the chain", block.number, block.hash.hex())
        for block in change.added:
            count = len(block.transactions)
            _log.info("block %d 0x%s: %d transactions", block.number, block.hash.hex(), count)
        again = {t.hash for block in change.added for t in block.transactions}
        returned = [
            t for block in change.removed for t in block.transactions if t.hash not in again
        ]
        self.hub.head_moved(change, self.chain.head)
        self._reset_pool(returned)

    def _reset_pool(self, returned: Sequence[Transaction] = ()) -> None:
        head = self.chain.head
        self.pool.reset(self.chain.open(self.chain.view(head)), head.header.gas_limit, returned)

    # Going back

    def rewind(self, number: int) -> None:
        """Forgets the blocks above a number without a word (debug_setHead)."""
        if number >= self.chain.head.number:
            raise RPCError("not allowed to rewind to a future block")
        self.chain.rewind(number, finalizes=False)
        self._reset_pool()

    def snapshot(self) -> int:
        """Remembers chain, pool and clock; the number to revert by."""
        self._snapshots_made += 1
        head = self.chain.head
        self._snapshots[self._snapshots_made] = Snapshot(
            number=head.number,
            hash=head.hash,
            pool=self.pool.transactions(),
            clock_offset=self.clock_offset,
            next_timestamp=self.next_timestamp,
        )
        return self._snapshots_made

    def revert(self, identity: int) -> bool:
        """Goes back to a snapshot, which is used up with all later ones; false where there is none."""
        found = self._snapshots.get(identity)
        self._snapshots = {i: s for i, s in self._snapshots.items() if i < identity}
        if found is None:
            return False
        block = self.chain.by_number(found.number)
        if block is None or block.hash != found.hash:
            return False
        if block is not self.chain.head:
            self.chain.rewind(found.number, finalizes=True)
        self.clock_offset, self.next_timestamp = found.clock_offset, found.next_timestamp
        state = self.chain.open(self.chain.view(block))
        self.pool.restore(found.pool, state, block.header.gas_limit)
        self.wants_block = False
        return True

    def close(self) -> None:
        """Lets go of the state folder."""
        self.chain.close()
