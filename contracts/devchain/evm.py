"""The EVM: py-evm's Prague rules over a state root, without its chain and its mempool."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any, Iterable, Protocol

from eth.db.atomic import AtomicDB
from eth.exceptions import (
    ContractCreationCollision,
    FullStack,
    InsufficientFunds,
    InsufficientStack,
    InvalidInstruction,
    InvalidJumpDestination,
    OutOfBoundsRead,
    OutOfGas,
    ReservedBytesInCode,
    Revert,
    StackDepthLimit,
    VMError,
    WriteProtection,
)
from eth.vm.execution_context import ExecutionContext
from eth.vm.forks.cancun.constants import BEACON_ROOTS_ADDRESS, HISTORY_BUFFER_LENGTH
from eth.vm.forks.prague.computation import PragueComputation
from eth.vm.forks.prague.constants import HISTORY_SERVE_WINDOW, HISTORY_STORAGE_ADDRESS
from eth.vm.forks.prague.opcodes import PRAGUE_OPCODES
from eth.vm.forks.prague.state import PragueState, PragueTransactionExecutor

from .blocks import Header, Log
from .errors import RPCError

DELEGATION = b"\xef\x01\x00"
MAX_INIT_CODE = 49_152
JUMPS = (0x56, 0x57)


class CallLike(Protocol):
    """What the EVM reads of a transaction or of a call that only looks like one."""

    type_id: int
    sender: bytes
    to: bytes
    value: int
    data: bytes
    gas: int
    max_fee_per_gas: int
    max_priority_fee_per_gas: int
    access_list: list[tuple[bytes, list[int]]]
    authorization_list: list[Any]

    @property
    def intrinsic_gas(self) -> int: ...

    @property
    def floor_gas(self) -> int: ...


def _check_time(state: State) -> None:
    """Raises `RPCError` where a call has computed for too long."""
    if state.deadline is not None and time.process_time() > state.deadline:
        raise RPCError("execution aborted (timeout = 5s)")


class _TimedJump:
    """A jump that looks at the clock: every program that runs for long jumps, or calls."""

    def __init__(self, jump: Any) -> None:
        self._jump = jump
        self.mnemonic = jump.mnemonic
        self.gas_cost = jump.gas_cost

    def __call__(self, computation: Any) -> None:
        _check_time(computation.state)
        self._jump(computation)


class _Computation(PragueComputation):
    opcodes = {**PRAGUE_OPCODES, **{jump: _TimedJump(PRAGUE_OPCODES[jump]) for jump in JUMPS}}

    @property
    def is_origin_computation(self) -> bool:
        # The sender of an inner call may be the origin, since EIP-7702 gives accounts code.
        return self.msg.depth == 0

    @classmethod
    def apply_computation(cls, state: Any, message: Any, context: Any, **rest: Any) -> Any:
        _check_time(state)
        return super().apply_computation(state, message, context, **rest)


class _Executor(PragueTransactionExecutor):
    def validate_transaction(self, transaction: Any) -> None:
        """Whoever calls has looked at it already."""


class State(PragueState):
    """The accounts after some block, in which transactions and calls run."""

    computation_class = _Computation
    transaction_executor_class = _Executor
    deadline: float | None = None
    """The process time at which a call is given up; none for what goes into a block."""
    touched: dict[bytes, dict[int, None]] | None = None

    def set_system_contracts(self) -> None:
        """They stand in the genesis state."""

    def mark_address_warm(self, address: bytes) -> None:
        if self.touched is not None:
            self.touched.setdefault(address, {})
        super().mark_address_warm(address)

    def mark_storage_warm(self, address: bytes, slot: int) -> None:
        if self.touched is not None:
            self.touched.setdefault(address, {})[slot] = None
        super().mark_storage_warm(address, slot)


@dataclass(slots=True)
class Execution:
    """What came of running a transaction or a call.

    `peak_gas` is the gas used before refunds, `error` the EVM's reason where it failed.
    """

    gas_used: int
    peak_gas: int
    output: bytes
    error: VMError | None
    logs: list[Log] = field(default_factory=list)

    @property
    def reverted(self) -> bool:
        return isinstance(self.error, Revert)


def open_state(
    database: AtomicDB,
    root: bytes,
    header: Header,
    chain_id: int,
    ancestors: Iterable[bytes],
    base_fee: int | None = None,
) -> State:
    """The state under `root`, seen from within the block of `header`."""
    context = ExecutionContext(
        coinbase=header.coinbase,
        timestamp=header.timestamp,
        block_number=header.number,
        difficulty=0,
        mix_hash=header.mix_hash,
        gas_limit=header.gas_limit,
        prev_hashes=ancestors,
        chain_id=chain_id,
        base_fee_per_gas=header.base_fee if base_fee is None else base_fee,
        excess_blob_gas=0,
    )
    return State(database, context, root)


def start_block(state: State, header: Header) -> None:
    """What the rules do before the first transaction: EIP-2935 and EIP-4788."""
    slot = (header.number - 1) % HISTORY_SERVE_WINDOW
    state.set_storage(HISTORY_STORAGE_ADDRESS, slot, int.from_bytes(header.parent_hash, "big"))
    state.set_storage(
        BEACON_ROOTS_ADDRESS, header.timestamp % HISTORY_BUFFER_LENGTH, header.timestamp
    )
    state.lock_changes()


def execute(state: State, transaction: CallLike) -> Execution:
    """Runs a transaction that was found fit to run, and pays for it."""
    computation = state.apply_transaction(transaction)
    used = transaction.gas - computation.get_gas_remaining()
    refund = _Executor.calculate_gas_refund(computation, used)
    logs = [
        Log(address, tuple(topic.to_bytes(32, "big") for topic in topics), data)
        for address, topics, data in computation.get_log_entries()
    ]
    state.lock_changes()
    return Execution(
        gas_used=used - refund + computation.data_floor_gas,
        peak_gas=max(used, transaction.floor_gas),
        output=computation.output,
        error=None if computation.is_success else computation.error,
        logs=logs,
    )


def may_send(state: State, sender: bytes) -> bool:
    """Whether an account may send transactions: it has no code, or only a delegation (EIP-3607)."""
    code = state.get_code(sender)
    return not code or code.startswith(DELEGATION)


def describe(error: VMError) -> str:
    """The reason in geth's words."""
    text = str(error)
    if isinstance(error, OutOfGas):
        if "code size" in text:
            return "max code size exceeded" if "EIP170" in text else "max initcode size exceeded"
        return (
            "contract creation code storage out of gas" if "contract code" in text else "out of gas"
        )
    if isinstance(error, InvalidInstruction) and "Jump" not in text:
        found = re.search(r"0x([0-9a-f]+)", text)
        code = int(found.group(1), 16) if found else 0xFE
        return (
            "invalid opcode: INVALID"
            if code == 0xFE
            else f"invalid opcode: opcode {code:#x} not defined"
        )
    table: list[tuple[Any, str]] = [
        (Revert, "execution reverted"),
        ((InvalidJumpDestination, InvalidInstruction), "invalid jump destination"),
        (InsufficientStack, "stack underflow"),
        (FullStack, "stack limit reached 1024 (1023)"),
        (WriteProtection, "write protection"),
        (OutOfBoundsRead, "return data out of bounds"),
        (ReservedBytesInCode, "invalid code: must not begin with 0xef"),
        (ContractCreationCollision, "contract address collision"),
        (StackDepthLimit, "max call depth exceeded"),
        (InsufficientFunds, "insufficient balance for transfer"),
    ]
    for kinds, words in table:
        if isinstance(error, kinds):
            return words
    return "execution failed"
