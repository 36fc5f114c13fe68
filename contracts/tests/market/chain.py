"""A chain in this process: blocks, time, transactions, and the way back.

There is always one block in hand. A transaction runs in it at its time, `now`, and closes it, and the next block is a
second later, so a transaction sent after `travel_to(t)` runs exactly at t. Calls that change nothing run in the block in
hand too. Within `one_block()` all transactions share a block and a second. Gas costs nothing, signatures are not asked for.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Callable, Iterator

import rlp
from eth_hash.auto import keccak

from devchain.blocks import Log
from devchain.evm import Execution, describe, execute
from devchain.reverts import revert_reason
from devchain.transactions import GasRules

from .state import context, open_state

CHAIN_ID = 1337
GENESIS_TIME = 1_800_000_000
GAS = 30_000_000
FUNDS = 10**27


class Reverted(Exception):
    """A transaction or call that failed: `reason` is its text, or the EVM's own reason where it gave none."""

    def __init__(self, result: Execution) -> None:
        assert result.error is not None
        self.data = result.output
        self.gas_used = result.gas_used
        self.reason = revert_reason(result.output) or describe(result.error)
        super().__init__(self.reason)


@dataclass(slots=True)
class Message(GasRules):
    """A transaction as the EVM reads it."""

    sender: bytes
    to: bytes
    data: bytes
    value: int
    gas: int
    nonce: int = 0
    max_fee_per_gas: int = 0
    max_priority_fee_per_gas: int = 0
    access_list: list[Any] = field(default_factory=list)
    authorization_list: list[Any] = field(default_factory=list)
    type_id: int = 2


@dataclass(frozen=True)
class Event:
    """A decoded event; its arguments can be read as members: `event.jobId`."""

    name: str
    address: str
    args: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        try:
            return self.args[name]
        except KeyError:
            raise AttributeError(f"{self.name} has no {name}") from None


@dataclass(frozen=True)
class Receipt:
    """What a transaction did; `value` is what its function returned, `method` its name as "NodeRegistry.register"."""

    block_number: int
    timestamp: int
    gas_used: int
    output: bytes
    logs: list[Log]
    decode_event: Callable[[Log], Event]
    method: str = ""
    value: Any = None

    @property
    def events(self) -> list[Event]:
        """All events, in order."""
        return [self.decode_event(log) for log in self.logs]

    def all(self, name: str) -> list[Event]:
        """The events of that name."""
        return [event for event in self.events if event.name == name]

    def event(self, name: str) -> Event:
        """The one event of that name."""
        found = self.all(name)
        assert len(found) == 1, f"{len(found)} events {name} in {[e.name for e in self.events]}"
        return found[0]


class Chain:
    """Blocks and accounts. Addresses are lower-case hex here, as eth-abi gives them."""

    def __init__(self, chain_id: int = CHAIN_ID, start: int = GENESIS_TIME) -> None:
        self.chain_id = chain_id
        self.receipts: list[Receipt] = []
        self.decoders: dict[bytes, Callable[[Log], Event]] = {}
        self._hashes = [keccak(b"genesis")]
        self._times = [start - 1]
        self._state = open_state(chain_id, self._hashes)
        self._contents = b""
        self._closes = True
        self._open(start)

    def _open(self, timestamp: int) -> None:
        self.now = timestamp
        self._enter(timestamp)

    def _enter(self, timestamp: int) -> None:
        self._state.enter(context(self.chain_id, self.number, timestamp, self._hashes[-1]))

    # Blocks and time

    @property
    def number(self) -> int:
        """The number of the block in hand."""
        return len(self._hashes)

    def block_hash(self, number: int) -> bytes:
        """The hash of a closed block, however old."""
        return self._hashes[number]

    def mine(self, blocks: int = 1) -> None:
        """Closes the block in hand, and empty ones after it, each a second later."""
        for _ in range(blocks):
            head = b"".join(
                (self._hashes[-1], self.number.to_bytes(8, "big"), self.now.to_bytes(8, "big"))
            )
            self._hashes.append(keccak(head + keccak(self._contents)))
            self._times.append(self.now)
            self._contents = b""
            self.now += 1
        self._open(self.now)

    def travel_to(self, timestamp: int) -> None:
        """The block in hand gets this time."""
        assert timestamp > self._times[-1], f"{timestamp} is past, now is {self.now}"
        if timestamp != self.now:
            assert not self._contents, "the block in hand holds transactions already"
            self._open(timestamp)

    def travel(self, seconds: int) -> None:
        """The block in hand is that much later."""
        self.travel_to(self.now + seconds)

    @contextmanager
    def one_block(self) -> Iterator[None]:
        """All transactions within share a block."""
        assert self._closes
        self._closes = False
        try:
            yield
        finally:
            self._closes = True
            if self._contents:
                self.mine()

    def snapshot(self) -> tuple[int, ...]:
        """This moment, for `rollback`, between blocks; it can be returned to more than once."""
        assert not self._contents
        return self._state.accounts.record(), len(self._hashes), self.now, len(self.receipts)

    def rollback(self, moment: tuple[int, ...]) -> None:
        """Puts everything back to that moment, which must not be later than now."""
        undone, blocks, now, receipts = moment
        self._state.accounts.discard(undone)
        del self._hashes[blocks:], self._times[blocks:], self.receipts[receipts:]
        self._contents = b""
        self._open(now)

    # Accounts

    def balance(self, account: Any) -> int:
        """Wei of an account."""
        return self._state.get_balance(canonical(account))

    def fund(self, account: Any, amount: int = FUNDS) -> None:
        """Adds wei out of nothing."""
        address = canonical(account)
        self._state.set_balance(address, self._state.get_balance(address) + amount)
        self._state.lock_changes()

    def nonce(self, account: Any) -> int:
        """The nonce of an account's next transaction."""
        return self._state.get_nonce(canonical(account))

    def code(self, account: Any) -> bytes:
        """A contract's code."""
        return self._state.get_code(canonical(account))

    def storage(self, account: Any) -> dict[int, int]:
        """All slots of a contract that hold something."""
        return self._state.accounts.storage_of(canonical(account))

    # Transactions

    def transact(
        self,
        sender: Any,
        to: Any,
        data: bytes,
        value: int = 0,
        gas: int = GAS,
        at: int | None = None,
    ) -> Receipt:
        """Runs a transaction, at `at` if given, and closes its block. Raises `Reverted`; the block is closed then too."""
        if at is not None:
            self.travel_to(at)
        message = self._message(sender, to, data, value, gas)
        number, timestamp = self.number, self.now
        result = self.run(message)
        self._contents += rlp.encode([message.sender, message.to, message.value, message.data])
        if self._closes:
            self.mine()
        if result.error is not None:
            raise Reverted(result)
        receipt = Receipt(
            number, timestamp, result.gas_used, result.output, result.logs, self.decode_event
        )
        self.receipts.append(receipt)
        return receipt

    def call(
        self, to: Any, data: bytes, sender: Any = None, value: int = 0, at: int | None = None
    ) -> bytes:
        """What a call would give in the block in hand, or in one at `at`; changes nothing. Raises `Reverted`."""
        moment = self._state.accounts.record()
        if at is not None:
            self._enter(at)
        try:
            result = execute(self._state, self._message(sender, to, data, value, GAS))
        finally:
            self._state.accounts.discard(moment)
            if at is not None:
                self._enter(self.now)
        if result.error is not None:
            raise Reverted(result)
        return result.output

    def create(self, sender: Any, code: bytes, gas: int = GAS) -> tuple[str, Receipt]:
        """Runs init code; the new contract's address."""
        address = next_address(sender, self.nonce(sender))
        receipt = self.transact(sender, b"", code, gas=gas)
        assert self.code(address), "no code at the new address"
        return address, receipt

    def run(self, message: Message) -> Execution:
        """Runs a transaction in the block in hand, and leaves what it did."""
        return execute(self._state, message)

    def decode_event(self, log: Log) -> Event:
        """A log by the ABI of the contract that wrote it."""
        return self.decoders[log.address](log)

    def _message(self, sender: Any, to: Any, data: bytes, value: int, gas: int) -> Message:
        origin = canonical(sender) if sender is not None else b"\x00" * 20
        assert self._state.get_balance(origin) >= value, "the sender has not that much"
        return Message(origin, canonical(to) if to else b"", data, value, gas)


def next_address(sender: Any, nonce: int) -> str:
    """The address of the contract that an account creates with a nonce."""
    return "0x" + keccak(rlp.encode([canonical(sender), nonce]))[12:].hex()


def canonical(account: Any) -> bytes:
    """The 20 bytes of an address, of a hex string, or of whatever has a member `address`."""
    found = getattr(account, "address", account)
    if isinstance(found, str):
        found = bytes.fromhex(found.removeprefix("0x"))
    assert isinstance(found, bytes) and len(found) == 20, f"{account} is no address"
    return found
