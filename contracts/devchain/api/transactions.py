"""Methods that send, complete, sign and look up transactions."""

from __future__ import annotations

from typing import Any

from eth_hash.auto import keccak

from .. import arguments as read
from .. import calls, shapes
from ..accounts import Account
from ..arguments import BlockReference
from ..calls import CallArguments
from ..chain import View
from ..errors import RPCError
from ..jsonrpc import Registry
from ..node import Node
from ..simulation import GAS_CAP, Simulation, estimate_gas
from ..transactions import Transaction


def complete(node: Node, call: CallArguments, view: View, estimates: bool = True) -> Transaction:
    """The transaction that a call object describes, what it leaves out chosen by the node."""
    call.check_fees()
    call.check_chain(node.chain.chain_id)
    if call.to is None and not call.data:
        raise RPCError("contract creation without any data provided")
    base_fee = node.chain.head.header.base_fee
    type_id = 0 if call.gas_price is not None else 2
    tip: int | None
    cap: int | None
    if call.gas_price is not None:
        if call.access_list is not None:
            type_id = 1
        tip = cap = call.gas_price
    else:
        tip = call.max_priority_fee_per_gas
        if tip is None:
            tip = node.tips.suggest(node.chain)
        cap = call.max_fee_per_gas
        if cap is None:
            cap = tip + 2 * base_fee
        if cap == 0:
            raise RPCError("maxFeePerGas must be non-zero")
        if cap < tip:
            raise RPCError(f"maxFeePerGas ({cap:#x}) < maxPriorityFeePerGas ({tip:#x})")
    if call.authorization_list is not None:
        type_id = 4
    sender = call.sender or b"\x00" * 20
    gas = call.gas
    if gas is None:
        gas = GAS_CAP
        if estimates:
            gas = estimate_gas(Simulation(node.chain, view, call))
    return Transaction(
        type_id=type_id,
        chain_id=node.chain.chain_id,
        nonce=node.next_nonce(sender) if call.nonce is None else call.nonce,
        max_priority_fee_per_gas=tip,
        max_fee_per_gas=cap,
        gas=gas,
        to=call.to or b"",
        value=call.value or 0,
        data=call.data or b"",
        access_list=call.access_list or [],
        authorization_list=call.authorization_list or [],
    )


def register(methods: Registry, node: Node) -> None:
    """Adds the methods."""
    method = methods.method

    def account(address: bytes | None) -> Account:
        found = node.accounts.get(address or b"")
        if found is None:
            raise RPCError("unknown account")
        return found

    def completed(call: CallArguments) -> Transaction:
        return complete(node, call, node.view(BlockReference("pending")))

    @method("eth_accounts")
    def accounts() -> Any:
        return [shapes.hexed(address) for address in node.accounts]

    @method("eth_sendRawTransaction", read.data)
    def send_raw(raw: bytes) -> Any:
        return shapes.hexed(node.submit_raw(raw))

    @method("eth_sendTransaction", calls.call)
    def send(call: CallArguments) -> Any:
        signer = account(call.sender)
        return shapes.hexed(node.submit(completed(call).signed(signer)))

    @method("eth_fillTransaction", calls.call)
    def fill(call: CallArguments) -> Any:
        return shapes.unsigned(completed(call))

    @method("eth_signTransaction", calls.call)
    def sign_transaction(call: CallArguments) -> Any:
        signer = account(call.sender)
        transaction = completed(call).signed(signer)
        return shapes.unsigned(transaction)

    @method("eth_sign", read.address, read.data)
    def sign(address: bytes, message: bytes) -> Any:
        signer = account(address)
        prefix = b"\x19Ethereum Signed Message:\n" + str(len(message)).encode()
        parity, r, s = signer.sign(keccak(prefix + message))
        return shapes.hexed(r.to_bytes(32, "big") + s.to_bytes(32, "big") + bytes([27 + parity]))

    @method("eth_getTransactionByHash", read.hash32)
    def by_hash(hash: bytes) -> Any:
        place = node.chain.find_transaction(hash)
        if place is not None:
            return shapes.mined(*place)
        waiting = node.pool.get(hash)
        return None if waiting is None else shapes.waiting(waiting)

    @method("eth_getRawTransactionByHash", read.hash32)
    def raw_by_hash(hash: bytes) -> Any:
        place = node.chain.find_transaction(hash)
        found = place[0].transactions[place[1]] if place else node.pool.get(hash)
        return "0x" if found is None else shapes.hexed(found.raw)

    @method("eth_getTransactionReceipt", read.hash32)
    def receipt(hash: bytes) -> Any:
        place = node.chain.find_transaction(hash)
        return None if place is None else shapes.receipt(*place)
