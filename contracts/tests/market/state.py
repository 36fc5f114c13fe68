"""The accounts of the chain in plain dictionaries, with a log of what to put back.

No tries and no RLP: the EVM above is py-evm's, only what lies under it is flat. Any earlier moment can be returned to.
"""

from __future__ import annotations

from typing import Any, Iterable

from eth.constants import EMPTY_SHA3
from eth.vm.execution_context import ExecutionContext
from eth_hash.auto import keccak

from devchain.evm import State

_ABSENT = object()


class Accounts:
    """What py-evm's state asks of its accounts; `record` gives a moment, `discard` goes back to it."""

    def __init__(self, *_: Any) -> None:
        self._balances: dict[bytes, int] = {}
        self._nonces: dict[bytes, int] = {}
        self._code_hashes: dict[bytes, bytes] = {}
        self._codes: dict[bytes, bytes] = {EMPTY_SHA3: b""}
        self._slots: dict[tuple[bytes, int], int] = {}
        self._transient: dict[tuple[bytes, int], bytes] = {}
        self._warm: dict[Any, bool] = {}
        self._originals: dict[tuple[bytes, int], int] = {}
        self._undo: list[tuple[dict[Any, Any], Any, Any]] = []
        self.state_root = b""

    def _put(self, table: dict[Any, Any], key: Any, value: Any) -> None:
        self._undo.append((table, key, table.get(key, _ABSENT)))
        table[key] = value

    # Moments

    def record(self) -> int:
        """This moment."""
        return len(self._undo)

    def discard(self, moment: int) -> None:
        """Puts back all that was changed since."""
        undo = self._undo
        while len(undo) > moment:
            table, key, before = undo.pop()
            if before is _ABSENT:
                del table[key]
            else:
                table[key] = before

    def commit(self, moment: int) -> None:
        """Changes stay, and can still be put back to an earlier moment."""

    def lock_changes(self) -> None:
        """The transaction is over: what the next one finds is original, and cold."""
        self._originals.clear()
        for table in (self._warm, self._transient):
            for key in list(table):
                self._undo.append((table, key, table.pop(key)))

    # Accounts

    def get_balance(self, address: bytes) -> int:
        return self._balances.get(address, 0)

    def set_balance(self, address: bytes, balance: int) -> None:
        assert 0 <= balance < 2**256
        self._put(self._balances, address, balance)

    def get_nonce(self, address: bytes) -> int:
        return self._nonces.get(address, 0)

    def set_nonce(self, address: bytes, nonce: int) -> None:
        self._put(self._nonces, address, nonce)

    def increment_nonce(self, address: bytes) -> None:
        self.set_nonce(address, self.get_nonce(address) + 1)

    def get_code_hash(self, address: bytes) -> bytes:
        return self._code_hashes.get(address, EMPTY_SHA3)

    def get_code(self, address: bytes) -> bytes:
        return self._codes[self._code_hashes.get(address, EMPTY_SHA3)]

    def set_code(self, address: bytes, code: bytes) -> None:
        digest = keccak(code)
        self._codes[digest] = code
        self._put(self._code_hashes, address, digest)

    def delete_code(self, address: bytes) -> None:
        self._put(self._code_hashes, address, EMPTY_SHA3)

    def account_has_code_or_nonce(self, address: bytes) -> bool:
        return self.get_nonce(address) != 0 or self.get_code_hash(address) != EMPTY_SHA3

    def account_is_empty(self, address: bytes) -> bool:
        return not self.account_has_code_or_nonce(address) and not self.get_balance(address)

    def account_exists(self, address: bytes) -> bool:
        return not self.account_is_empty(address)

    def touch_account(self, address: bytes) -> None:
        """Empty accounts are none."""

    def delete_storage(self, address: bytes) -> None:
        for slot in [key for key in self._slots if key[0] == address]:
            self._put(self._slots, slot, 0)

    def delete_account(self, address: bytes) -> None:
        self.delete_storage(address)
        self.set_balance(address, 0)
        self.set_nonce(address, 0)
        self.delete_code(address)

    # Storage

    def get_storage(self, address: bytes, slot: int, from_journal: bool = True) -> int:
        value = self._slots.get((address, slot), 0)
        return value if from_journal else self._originals.get((address, slot), value)

    def set_storage(self, address: bytes, slot: int, value: int) -> None:
        key = (address, slot)
        self._originals.setdefault(key, self._slots.get(key, 0))
        self._put(self._slots, key, value)

    def get_transient(self, address: bytes, slot: int) -> bytes:
        return self._transient.get((address, slot), b"")

    def set_transient(self, address: bytes, slot: int, value: bytes) -> None:
        self._put(self._transient, (address, slot), value)

    def is_address_warm(self, address: bytes) -> bool:
        return address in self._warm

    def mark_address_warm(self, address: bytes) -> None:
        if address not in self._warm:
            self._put(self._warm, address, True)

    def is_storage_warm(self, address: bytes, slot: int) -> bool:
        return (address, slot) in self._warm

    def mark_storage_warm(self, address: bytes, slot: int) -> None:
        if (address, slot) not in self._warm:
            self._put(self._warm, (address, slot), True)

    def storage_of(self, address: bytes) -> dict[int, int]:
        """All slots of a contract that hold something."""
        return {key[1]: value for key, value in self._slots.items() if key[0] == address and value}


class FlatState(State):
    """py-evm's Prague state over `Accounts`; one object serves all blocks."""

    account_db_class = Accounts
    hashes: list[bytes]
    """The hash of each block by number, the one in hand excepted."""

    def enter(self, context: ExecutionContext) -> None:
        """Goes on in the block of that context."""
        self.execution_context = context

    @property
    def accounts(self) -> Accounts:
        return self._account_db

    def snapshot(self) -> tuple[bytes, int]:
        return b"", self._account_db.record()

    def revert(self, snapshot: tuple[bytes, int]) -> None:
        self._account_db.discard(snapshot[1])

    def commit(self, snapshot: tuple[bytes, int]) -> None:
        """Nothing needs to be done."""

    def get_transient_storage(self, address: bytes, slot: int) -> bytes:
        return self._account_db.get_transient(address, slot)

    def set_transient_storage(self, address: bytes, slot: int, value: bytes) -> None:
        self._account_db.set_transient(address, slot, value)

    def clear_transient_storage(self) -> None:
        """`lock_changes` does."""

    def get_ancestor_hash(self, block_number: int) -> bytes:
        if not 1 <= self.block_number - block_number <= 256:
            return b""
        return self.hashes[block_number] if 0 <= block_number < len(self.hashes) else b""


def open_state(chain_id: int, hashes: list[bytes]) -> FlatState:
    """An empty state; `hashes` is read as it grows."""
    state = FlatState(None, context(chain_id, 0, 0, b"\x00" * 32), b"")
    state.hashes = hashes
    return state


def context(chain_id: int, number: int, timestamp: int, mix_hash: bytes) -> ExecutionContext:
    """What contracts see of their block. Gas is free, so that each wei can be accounted for."""
    ancestors: Iterable[bytes] = ()
    return ExecutionContext(
        coinbase=b"\x00" * 20,
        timestamp=timestamp,
        block_number=number,
        difficulty=0,
        mix_hash=mix_hash,
        gas_limit=30_000_000,
        prev_hashes=ancestors,
        chain_id=chain_id,
        base_fee_per_gas=0,
        excess_blob_gas=0,
    )
