"""Methods that run code without changing anything."""

from __future__ import annotations

from typing import Any

from .. import arguments as read
from .. import calls, shapes
from ..calls import CallArguments
from ..errors import RPCError
from ..evm import describe
from ..jsonrpc import Registry
from ..node import Node
from ..simulation import CallRefused, Simulation, access_list, estimate_gas, run_call
from .transactions import complete


def register(methods: Registry, node: Node) -> None:
    """Adds the methods."""
    method = methods.method
    latest = read.LATEST

    def simulation(call: CallArguments, reference: Any, accounts: Any, block: Any) -> Simulation:
        return Simulation(node.chain, node.view(reference or latest), call, accounts, block)

    overriding = (calls.call, read.block_reference, calls.state_overrides, calls.block_overrides)

    @method("eth_call", *overriding, optional=3)
    def call(call: CallArguments, reference: Any, accounts: Any, block: Any) -> str:
        return shapes.hexed(run_call(simulation(call, reference, accounts, block)))

    @method("eth_estimateGas", *overriding, optional=3)
    def estimate(call: CallArguments, reference: Any, accounts: Any, block: Any) -> str:
        return hex(estimate_gas(simulation(call, reference, accounts, block)))

    @method(
        "eth_createAccessList", calls.call, read.block_reference, calls.state_overrides, optional=2
    )
    def create_access_list(call: CallArguments, reference: Any, accounts: Any) -> Any:
        view = node.view(reference or latest)
        transaction = complete(node, call, view, estimates=False)
        filled = CallArguments(
            sender=call.sender,
            to=call.to,
            gas=transaction.gas,
            max_fee_per_gas=transaction.max_fee_per_gas,
            max_priority_fee_per_gas=transaction.max_priority_fee_per_gas,
            value=call.value,
            data=call.data,
            access_list=call.access_list,
        )
        transaction.sender = call.sender or b"\x00" * 20
        try:
            found, result = access_list(
                Simulation(node.chain, view, filled, accounts), shapes.created_address(transaction)
            )
        except CallRefused as refusal:
            digest = shapes.unsigned(transaction)["tx"]["hash"]
            raise RPCError(f"failed to apply transaction: {digest} err: {refusal}") from None
        answer: dict[str, Any] = {
            "accessList": [
                {
                    "address": shapes.hexed(address),
                    "storageKeys": [shapes.word(slot) for slot in slots],
                }
                for address, slots in found
            ]
        }
        if result.error is not None:
            answer["error"] = describe(result.error)
        answer["gasUsed"] = hex(result.gas_used)
        return answer
