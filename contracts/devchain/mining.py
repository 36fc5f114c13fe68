"""Building blocks: which transactions go in, in what order, and what the header says."""

from __future__ import annotations

import heapq
import logging
from typing import Iterable, Protocol

from eth.db.atomic import AtomicDB

from .blocks import Block, Header, Receipt
from .chain import Chain, View
from .errors import RPCError
from .evm import State, execute, may_send, start_block
from .pool import MIN_TIP, Pool
from .transactions import Transaction

EXTRA_DATA = b"Sandrun, development chain"
LEAST_GAS = 21_000
_log = logging.getLogger(__name__)


def next_header(parent: Header, coinbase: bytes, timestamp: int, mix_hash: bytes) -> Header:
    """The header of a child, its roots not yet known."""
    return Header(
        parent_hash=parent.hash,
        coinbase=coinbase,
        number=parent.number + 1,
        gas_limit=parent.next_gas_limit(),
        timestamp=timestamp,
        base_fee=parent.next_base_fee(),
        extra_data=EXTRA_DATA,
        mix_hash=mix_hash,
    )


class Source(Protocol):
    """Where a builder gets transactions from."""

    def peek(self) -> Transaction | None:
        """The one to try next."""

    def ran(self) -> None:
        """It is in the block."""

    def unfit(self, reason: str) -> None:
        """It cannot go in now, for this reason."""


class BestFirst:
    """The pool's transactions: highest tip first, each sender's by nonce, equals by arrival."""

    def __init__(self, pool: Pool, base_fee: int) -> None:
        self._pool = pool
        self._base_fee = base_fee
        self._heap: list[tuple[int, int, Transaction, Iterable[Transaction]]] = []
        for _, waiting in pool.senders():
            self._push(iter(list(waiting.pending())))

    def _push(self, rest: Iterable[Transaction]) -> None:
        transaction = next(iter(rest), None)
        if transaction is not None:
            tip = transaction.tip(self._base_fee)
            if tip >= MIN_TIP:
                heapq.heappush(
                    self._heap, (-tip, self._pool.arrival(transaction), transaction, rest)
                )

    def peek(self) -> Transaction | None:
        return self._heap[0][2] if self._heap else None

    def ran(self) -> None:
        self._push(heapq.heappop(self._heap)[3])

    def unfit(self, reason: str) -> None:
        heapq.heappop(self._heap)


class Given:
    """A list of transactions, all of which have to go in."""

    def __init__(self, transactions: Iterable[Transaction]) -> None:
        self._left = list(transactions)

    def peek(self) -> Transaction | None:
        return self._left[0] if self._left else None

    def ran(self) -> None:
        self._left.pop(0)

    def unfit(self, reason: str) -> None:
        raise RPCError(f"transaction 0x{self._left[0].hash.hex()} does not fit: {reason}")


def _obstacle(state: State, transaction: Transaction, header: Header, gas_left: int) -> str | None:
    """Why a transaction cannot run now, if it cannot."""
    nonce = state.get_nonce(transaction.sender)
    if transaction.nonce != nonce:
        return f"nonce {transaction.nonce}, next is {nonce}"
    if transaction.gas > gas_left:
        return "gas limit reached"
    if transaction.max_fee_per_gas < header.base_fee:
        return "max fee per gas less than block base fee"
    if transaction.gas < max(transaction.least_gas, transaction.floor_gas):
        return "intrinsic gas too low"
    if state.get_balance(transaction.sender) < transaction.cost:
        return "insufficient funds for gas * price + value"
    return None if may_send(state, transaction.sender) else "sender not an eoa"


class Crashed(Exception):
    """The EVM itself failed on a transaction, which must not be tried again."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(f"the EVM failed on 0x{transaction.hash.hex()}")
        self.transaction = transaction


def best(chain: Chain, pool: Pool, header: Header, database: AtomicDB) -> Block:
    """A block on the head with what the pool offers. What the EVM fails on leaves the pool."""
    while True:
        source = BestFirst(pool, header.base_fee)
        try:
            return build(chain, chain.head, header, source, database)
        except Crashed as crash:
            _log.exception("%s", crash)
            pool.discard(crash.transaction)


def build(chain: Chain, parent: Block, header: Header, source: Source, database: AtomicDB) -> Block:
    """A sealed block on a parent; its state goes to `database`, the block itself nowhere.

    Raises `Crashed`, and `RPCError` where a source insists on what does not fit.
    """
    state = chain.open(View(parent, database), header)
    start_block(state, header)
    block = Block(header)
    gas = logs = 0
    while header.gas_limit - gas >= LEAST_GAS and (transaction := source.peek()) is not None:
        reason = _obstacle(state, transaction, header, header.gas_limit - gas)
        if reason is not None:
            source.unfit(reason)
            continue
        try:
            result = execute(state, transaction)
        except Exception as error:
            raise Crashed(transaction) from error
        gas += result.gas_used
        kept = [] if result.error else result.logs
        status = 0 if result.error else 1
        receipt = Receipt(transaction.type_id, status, result.gas_used, gas, kept, logs)
        logs += len(kept)
        block.transactions.append(transaction)
        block.receipts.append(receipt)
        source.ran()
    if isinstance(source, Given) and source.peek() is not None:
        source.unfit("gas limit reached")
    state.persist()
    header.state_root = state.state_root
    block.seal()
    return block
