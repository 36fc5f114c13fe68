"""Running calls that change nothing: eth_call, eth_estimateGas, eth_createAccessList."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Any

from .accounts import checksummed
from .blocks import Header
from .calls import AccountOverride, BlockOverrides, CallArguments
from .chain import Chain, View
from .errors import EXECUTION_REVERTED, RPCError
from .evm import MAX_INIT_CODE, Execution, State, describe, execute
from .reverts import revert_reason
from .transactions import AccessList, Authorization, GasRules

GAS_CAP = 50_000_000
TIMEOUT = 5.0
"""Seconds of computing after which a call is given up, or an estimate with all its calls."""
PLAIN_TRANSFER = 21_000
CALL_STIPEND = 2_300
ERROR_RATIO = 0.015


class CallRefused(Exception):
    """A call that could not even start; `is_gas` where more gas would let it."""

    def __init__(self, message: str, is_gas: bool = False) -> None:
        super().__init__(message)
        self.is_gas = is_gas


def failure(result: Execution) -> RPCError:
    """The error answer for a call that ran and failed."""
    assert result.error is not None
    if not result.reverted:
        return RPCError(describe(result.error))
    reason = revert_reason(result.output)
    message = "execution reverted" if reason is None else f"execution reverted: {reason}"
    return RPCError(message, EXECUTION_REVERTED, "0x" + result.output.hex())


@dataclass
class _Call(GasRules):
    """A call in the form in which the EVM reads a transaction."""

    sender: bytes
    to: bytes
    gas: int
    value: int
    data: bytes
    max_fee_per_gas: int
    max_priority_fee_per_gas: int
    access_list: AccessList = field(default_factory=list)
    authorization_list: list[Authorization] = field(default_factory=list)
    type_id: int = 2


class Simulation:
    """A call, the state that it runs on, and what it pretends of both."""

    def __init__(
        self,
        chain: Chain,
        view: View,
        call: CallArguments,
        accounts: dict[bytes, AccountOverride] | None = None,
        block: BlockOverrides | None = None,
    ) -> None:
        call.check_fees()
        call.check_chain(chain.chain_id)
        self._chain = chain
        self._view = view
        self._accounts = accounts or {}
        self.header = _overridden(view.block.header, block)
        self._deadline = time.process_time() + TIMEOUT
        self.call = self._message(call)
        self.gas_given = call.gas

    def _message(self, call: CallArguments) -> _Call:
        tip = call.max_priority_fee_per_gas or 0
        cap = call.max_fee_per_gas or 0
        if call.gas_price is not None:
            tip = cap = call.gas_price
        return _Call(
            sender=call.sender or b"\x00" * 20,
            to=call.to or b"",
            gas=min(call.gas if call.gas is not None else GAS_CAP, GAS_CAP),
            value=call.value or 0,
            data=call.data or b"",
            max_fee_per_gas=cap,
            max_priority_fee_per_gas=tip,
            access_list=call.access_list or [],
            authorization_list=call.authorization_list or [],
            type_id=4 if call.authorization_list else 2,
        )

    def open(self) -> State:
        """The state that the call finds."""
        call = self.call
        is_free = call.max_fee_per_gas == 0 and call.max_priority_fee_per_gas == 0
        state = self._chain.open(self._view, self.header, 0 if is_free else None)
        state.deadline = self._deadline
        for address, override in self._accounts.items():
            _override(state, address, override)
        if self._accounts:
            state.lock_changes()
        return state

    def run(self, gas: int | None = None, state: State | None = None) -> Execution:
        """Runs the call. Raises `CallRefused` where it cannot start, `RPCError` where it takes too long."""
        call = self.call if gas is None else replace(self.call, gas=gas)
        state = state or self.open()
        self._check(call, state)
        if state.get_nonce(call.sender) == 2**64 - 1:
            state.set_nonce(call.sender, 0)
        return execute(state, call)

    def _check(self, call: _Call, state: State) -> None:
        """What a node looks at before it runs a message, in its order."""
        who = f"address {checksummed(call.sender)}"
        cap, tip = call.max_fee_per_gas, call.max_priority_fee_per_gas
        if cap or tip:
            if cap < tip:
                raise CallRefused(
                    f"max priority fee per gas higher than max fee per gas: {who}, "
                    f"maxPriorityFeePerGas: {tip}, maxFeePerGas: {cap}"
                )
            if cap < self.header.base_fee:
                raise CallRefused(
                    f"max fee per gas less than block base fee: {who}, "
                    f"maxFeePerGas: {cap}, baseFee: {self.header.base_fee}"
                )
        if call.authorization_list and not call.to:
            raise CallRefused(
                f"EIP-7702 transaction cannot be used to create contract (sender {who[8:]})"
            )
        balance, want = state.get_balance(call.sender), call.gas * cap + call.value
        if balance < want:
            raise CallRefused(
                f"insufficient funds for gas * price + value: {who} have {balance} want {want}"
            )
        if call.gas < call.least_gas:
            raise CallRefused(
                f"intrinsic gas too low: have {call.gas}, want {call.least_gas}", True
            )
        if call.gas < call.floor_gas:
            raise CallRefused(
                f"insufficient gas for floor data gas cost: have {call.gas}, want {call.floor_gas}",
                True,
            )
        if not call.to and len(call.data) > MAX_INIT_CODE:
            raise CallRefused(
                f"max initcode size exceeded: code size {len(call.data)} limit {MAX_INIT_CODE}"
            )


def _overridden(header: Header, block: BlockOverrides | None) -> Header:
    if block is None:
        return header
    members: dict[str, Any] = {
        "number": block.number,
        "timestamp": block.time,
        "gas_limit": block.gas_limit,
        "coinbase": block.coinbase,
        "mix_hash": block.random,
        "base_fee": block.base_fee,
    }
    return replace(header, **{name: value for name, value in members.items() if value is not None})


def _override(state: State, address: bytes, override: AccountOverride) -> None:
    if override.nonce is not None:
        state.set_nonce(address, override.nonce)
    if override.code is not None:
        state.set_code(address, override.code)
    if override.balance is not None:
        state.set_balance(address, override.balance)
    if override.state is not None and override.state_diff is not None:
        raise RPCError(f"account {checksummed(address)} has both 'state' and 'stateDiff'")
    if override.state is not None:
        state.delete_storage(address)
    for slot, value in (override.state or override.state_diff or {}).items():
        state.set_storage(address, slot, value)


def run_call(simulation: Simulation) -> bytes:
    """What a call returns. Raises `RPCError` where it fails."""
    try:
        result = simulation.run()
    except CallRefused as refusal:
        raise RPCError(f"err: {refusal} (supplied gas {simulation.call.gas})") from None
    if result.error is not None:
        raise failure(result)
    return result.output


def estimate_gas(simulation: Simulation) -> int:
    """The least gas, within 1.5 %, with which a call succeeds. Raises `RPCError`."""
    call = simulation.call
    high = simulation.header.gas_limit
    if simulation.gas_given is not None and simulation.gas_given >= PLAIN_TRANSFER:
        high = simulation.gas_given
    state = simulation.open()
    if call.max_fee_per_gas:
        available = state.get_balance(call.sender)
        if call.value >= available:
            raise RPCError("insufficient funds for transfer")
        high = min(high, (available - call.value) // call.max_fee_per_gas)
    high = min(high, GAS_CAP)

    def run(gas: int) -> Execution | None:
        try:
            return simulation.run(gas)
        except CallRefused as refusal:
            if refusal.is_gas:
                return None
            raise RPCError(f"failed with {gas} gas: {refusal}") from None

    def succeeds(gas: int) -> bool:
        result = run(gas)
        return result is not None and result.error is None

    if not call.data and call.to and not state.get_code(call.to):
        try:
            if succeeds(PLAIN_TRANSFER):
                return PLAIN_TRANSFER
        except RPCError:
            pass  # told below, with the gas that is allowed
    result = run(high)
    if result is None or (result.error is not None and describe(result.error) == "out of gas"):
        raise RPCError(f"gas required exceeds allowance ({high})")
    if result.error is not None:
        raise failure(result)
    low = result.gas_used - 1
    guess = (result.peak_gas + CALL_STIPEND) * 64 // 63
    if guess < high:
        low, high = (low, guess) if succeeds(guess) else (guess, high)
    while low + 1 < high and (high - low) / high >= ERROR_RATIO:
        middle = min((high + low) // 2, low * 2)
        low, high = (low, middle) if succeeds(middle) else (middle, high)
    return high


def access_list(simulation: Simulation, created: bytes) -> tuple[AccessList, Execution]:
    """The list of what a call touches, found by running it until the list stays the same.

    `created` is the address that a creation would get. Raises `CallRefused` or `RPCError`.
    """
    call = simulation.call
    known = call.access_list
    while True:
        state = simulation.open()
        state.touched = {}
        simulation.call = replace(call, access_list=known)
        result = simulation.run(state=state)
        left_out = {call.sender, call.to or created, simulation.header.coinbase}
        left_out.update(state.computation_class.get_precompiles())
        found = {
            address: list(slots)
            for address, slots in state.touched.items()
            if slots or address not in left_out
        }
        for address, slots in call.access_list:
            kept = found.setdefault(address, [])
            kept += [slot for slot in slots if slot not in kept]
        entries = sorted(found.items())
        if _same(entries, known):
            return known, result
        known = entries


def _same(one: AccessList, other: AccessList) -> bool:
    return {a: set(s) for a, s in one} == {a: set(s) for a, s in other} and len(one) == len(other)
