"""The pool of transactions that wait for a block, under geth's rules."""

from __future__ import annotations

from typing import Callable, Iterable, Iterator

from .errors import RPCError, TemporaryRefusal
from .evm import MAX_INIT_CODE, State
from .transactions import Transaction

MAX_SIZE = 128 * 1024
MIN_TIP = 1
PRICE_BUMP = 10
MAX_QUEUED_PER_ACCOUNT = 64
MAX_TRANSACTIONS = 5120 + 1024


class Waiting:
    """One sender's transactions by nonce; those below `next` can run one after the other."""

    __slots__ = ("by_nonce", "first", "next", "cost")

    def __init__(self, nonce: int) -> None:
        self.by_nonce: dict[int, Transaction] = {}
        self.first = nonce
        self.next = nonce
        self.cost = 0

    def promote(self) -> list[Transaction]:
        """Moves on over the nonces that are there; the transactions that can run now."""
        promoted = []
        while self.next in self.by_nonce:
            transaction = self.by_nonce[self.next]
            promoted.append(transaction)
            self.cost += transaction.cost
            self.next += 1
        return promoted

    def pending(self) -> Iterator[Transaction]:
        """Those that can run, by nonce."""
        return (self.by_nonce[nonce] for nonce in range(self.first, self.next))

    def queued(self) -> list[Transaction]:
        """Those that wait for an earlier nonce."""
        return [self.by_nonce[nonce] for nonce in sorted(self.by_nonce) if nonce >= self.next]


class Pool:
    """Transactions by hash and by sender. `announce` is told of those that become able to run."""

    def __init__(self, chain_id: int, announce: Callable[[list[Transaction]], None]) -> None:
        self._chain_id = chain_id
        self._announce = announce
        self._all: dict[bytes, Transaction] = {}
        self._accounts: dict[bytes, Waiting] = {}
        self._authorities: dict[bytes, int] = {}
        self._order: dict[bytes, int] = {}
        self._arrivals = 0
        self._state: State | None = None
        self._gas_limit = 0
        self.version = 0

    # Reading

    def get(self, hash: bytes) -> Transaction | None:
        """A transaction that waits, whether it can run or not."""
        return self._all.get(hash)

    def arrival(self, transaction: Transaction) -> int:
        """The place of a transaction in the order of coming."""
        return self._order[transaction.hash]

    def senders(self) -> Iterable[tuple[bytes, Waiting]]:
        """Every sender with something in the pool, by address."""
        return sorted(self._accounts.items())

    def of(self, sender: bytes) -> Waiting | None:
        """What waits of one sender."""
        return self._accounts.get(sender)

    def next_nonce(self, sender: bytes) -> int | None:
        """The nonce after those that can run, where any can."""
        waiting = self._accounts.get(sender)
        return waiting.next if waiting is not None and waiting.next > waiting.first else None

    def counts(self) -> tuple[int, int]:
        """How many can run and how many cannot."""
        pending = sum(w.next - w.first for w in self._accounts.values())
        return pending, len(self._all) - pending

    # Adding

    def add(self, transaction: Transaction) -> None:
        """Takes a transaction. Raises `RPCError`, or `TemporaryRefusal` where its sender is not told."""
        if transaction.hash in self._all:
            raise RPCError("already known")
        self._check(transaction)
        state = self._require_state()
        self._check_with_state(transaction, state)
        self._check_delegation(transaction, state)
        waiting = self._accounts.get(transaction.sender)
        old = waiting.by_nonce.get(transaction.nonce) if waiting else None
        if old is not None and not self._outbids(transaction, old):
            raise RPCError("replacement transaction underpriced")
        if old is None and len(self._all) >= MAX_TRANSACTIONS:
            raise RPCError("txpool is full")
        if waiting is None:
            waiting = self._accounts[transaction.sender] = Waiting(
                state.get_nonce(transaction.sender)
            )
        self._enter(waiting, transaction, old)

    def _enter(self, waiting: Waiting, transaction: Transaction, old: Transaction | None) -> None:
        announced = []
        if old is not None:
            self._forget(old)
            if transaction.nonce < waiting.next:
                waiting.cost += transaction.cost - old.cost
                announced.append(transaction)
        self._arrivals += 1
        self._all[transaction.hash] = transaction
        self._order[transaction.hash] = self._arrivals
        waiting.by_nonce[transaction.nonce] = transaction
        for authorization in transaction.authorization_list:
            authority = authorization.authority()
            if authority is not None:
                self._authorities[authority] = self._authorities.get(authority, 0) + 1
        announced += waiting.promote()
        for surplus in waiting.queued()[MAX_QUEUED_PER_ACCOUNT:]:
            self._remove(waiting, surplus)
        self.version += 1
        if announced:
            self._announce(announced)

    @staticmethod
    def _outbids(new: Transaction, old: Transaction) -> bool:
        def bumped(fee: int) -> int:
            return fee * (100 + PRICE_BUMP) // 100

        return (
            new.max_fee_per_gas > old.max_fee_per_gas
            and new.max_priority_fee_per_gas > old.max_priority_fee_per_gas
            and new.max_fee_per_gas >= bumped(old.max_fee_per_gas)
            and new.max_priority_fee_per_gas >= bumped(old.max_priority_fee_per_gas)
        )

    def _check(self, transaction: Transaction) -> None:
        """The rules that need no state, in geth's order."""
        size = len(transaction.raw)
        if size > MAX_SIZE:
            raise RPCError(f"oversized data: transaction size {size}, limit {MAX_SIZE}")
        if transaction.is_creation and len(transaction.data) > MAX_INIT_CODE:
            raise RPCError(
                f"max initcode size exceeded: code size {len(transaction.data)}, limit {MAX_INIT_CODE}"
            )
        if transaction.gas > self._gas_limit:
            raise RPCError("exceeds block gas limit")
        if transaction.max_priority_fee_per_gas > transaction.max_fee_per_gas:
            raise RPCError("max priority fee per gas higher than max fee per gas")
        transaction.recover_sender(self._chain_id)
        gas = transaction.gas
        if gas < transaction.least_gas:
            raise RPCError(
                f"intrinsic gas too low: gas {gas}, minimum needed {transaction.least_gas}"
            )
        if gas < transaction.floor_gas:
            raise RPCError(
                f"insufficient gas for floor data gas cost: gas {gas}, minimum needed {transaction.floor_gas}"
            )
        if transaction.max_priority_fee_per_gas < MIN_TIP:
            raise RPCError(
                "transaction gas price below minimum: gas tip cap "
                f"{transaction.max_priority_fee_per_gas}, minimum needed {MIN_TIP}"
            )
        if transaction.type_id == 4 and not transaction.authorization_list:
            raise RPCError("set code tx must have at least one authorization tuple")

    def _check_with_state(self, transaction: Transaction, state: State) -> None:
        nonce = state.get_nonce(transaction.sender)
        if transaction.nonce < nonce:
            raise RPCError(f"nonce too low: next nonce {nonce}, tx nonce {transaction.nonce}")
        code = state.get_code(transaction.sender)
        if code and not code.startswith(b"\xef\x01\x00"):
            raise RPCError("sender not an eoa: address 0x" + transaction.sender.hex())
        balance = state.get_balance(transaction.sender)
        cost = transaction.cost
        words = f"insufficient funds for gas * price + value: balance {balance}"
        if balance < cost:
            raise RPCError(f"{words}, tx cost {cost}, overshot {cost - balance}")
        waiting = self._accounts.get(transaction.sender)
        if waiting is None:
            return
        if transaction.nonce < waiting.next:
            bump = cost - waiting.by_nonce[transaction.nonce].cost
            label = f"tx bumped {bump}"
        else:
            bump = cost
            label = f"tx cost {cost}"
        over = waiting.cost + bump - balance
        if over > 0:
            raise RPCError(f"{words}, queued cost {waiting.cost}, {label}, overshot {over}")

    def _check_delegation(self, transaction: Transaction, state: State) -> None:
        """An account whose code may change at any time has one transaction in flight (EIP-7702)."""
        sender = transaction.sender
        waiting = self._accounts.get(sender)
        runs = waiting is not None and waiting.next > waiting.first
        if state.get_code(sender) or self._authorities.get(sender):
            if waiting is None or not runs:
                if transaction.nonce != state.get_nonce(sender):
                    raise TemporaryRefusal("gapped-nonce tx from delegated accounts")
            elif not waiting.first <= transaction.nonce < waiting.next:
                raise TemporaryRefusal("in-flight transaction limit reached for delegated accounts")
        for authorization in transaction.authorization_list:
            authority = authorization.authority()
            other = self._accounts.get(authority) if authority is not None else None
            if other is not None and len(other.by_nonce) > 1:
                raise TemporaryRefusal("authority already reserved")

    # Following the chain

    def reset(self, state: State, gas_limit: int, returned: Iterable[Transaction] = ()) -> None:
        """Takes up a new head: drops what ran or cannot be paid, brings back what left the chain."""
        self._state = state
        self._gas_limit = gas_limit
        for sender in list(self._accounts):
            self._revise(sender, state)
        for transaction in returned:
            try:
                self.add(transaction)
            except (RPCError, TemporaryRefusal):
                continue
        self.version += 1

    def _revise(self, sender: bytes, state: State) -> None:
        waiting = self._accounts[sender]
        nonce, balance, next_before = (
            state.get_nonce(sender),
            state.get_balance(sender),
            waiting.next,
        )
        for transaction in list(waiting.by_nonce.values()):
            fits = transaction.cost <= balance and transaction.gas <= self._gas_limit
            if transaction.nonce < nonce or not fits:
                self._remove(waiting, transaction)
        waiting.first = waiting.next = nonce
        waiting.cost = 0
        promoted = [t for t in waiting.promote() if t.nonce >= next_before]
        if not waiting.by_nonce:
            del self._accounts[sender]
        if promoted:
            self._announce(promoted)

    def discard(self, transaction: Transaction) -> None:
        """Forgets a transaction that can never run."""
        self.drop([transaction.hash])

    def drop(self, hashes: Iterable[bytes] | None) -> int:
        """Forgets these, or all where none are named, as far as they wait; how many that were."""
        named = self._all if hashes is None else hashes
        gone = [self._all[hash] for hash in self._all.keys() & set(named)]
        for transaction in gone:
            self._remove(self._accounts[transaction.sender], transaction)
        for sender in {transaction.sender for transaction in gone}:
            self._revise(sender, self._require_state())
        self.version += 1
        return len(gone)

    def transactions(self) -> list[Transaction]:
        """Everything that waits, in the order of coming."""
        return sorted(self._all.values(), key=self.arrival)

    def restore(self, transactions: Iterable[Transaction], state: State, gas_limit: int) -> None:
        """Forgets what waits and takes these instead, as far as they fit the state."""
        self._all.clear()
        self._accounts.clear()
        self._authorities.clear()
        self._order.clear()
        self.reset(state, gas_limit, transactions)

    def _remove(self, waiting: Waiting, transaction: Transaction) -> None:
        del waiting.by_nonce[transaction.nonce]
        self._forget(transaction)

    def _forget(self, transaction: Transaction) -> None:
        del self._all[transaction.hash]
        del self._order[transaction.hash]
        for authorization in transaction.authorization_list:
            authority = authorization.authority()
            if authority is not None:
                left = self._authorities.get(authority, 0) - 1
                if left > 0:
                    self._authorities[authority] = left
                else:
                    self._authorities.pop(authority, None)

    def _require_state(self) -> State:
        assert self._state is not None, "reset comes first"
        return self._state
