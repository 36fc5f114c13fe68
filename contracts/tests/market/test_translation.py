"""Translated code against py-evm alone: the same gas, output, logs, storage, to the last transaction that fails."""

from __future__ import annotations

import unittest
from itertools import product
from typing import Any

from eth.db.atomic import AtomicDB
from eth.constants import BLANK_ROOT_HASH

from devchain.blocks import ZERO_HASH, Header
from devchain.evm import Execution, execute, open_state

from .chain import FUNDS, Chain, Message, canonical
from .harness import ETHER, Market, Reverted, actor, deploy
from .opcodes import ARITHMETIC

CALLER = "0x" + "11" * 20
EDGES = (0, 1, 31, 32, 255, 256, 2**255 - 1, 2**255, 2**256 - 1, 0xFEDCBA9876543210 << 100)


class Twin(Chain):
    """A chain whose every transaction runs a second time: on py-evm's own opcodes, accounts and tries."""

    def __init__(self) -> None:
        super().__init__()
        header = Header(ZERO_HASH, b"\x00" * 20, 1, 30_000_000, self.now, 0, b"", ZERO_HASH)
        self.twin = open_state(AtomicDB(), BLANK_ROOT_HASH, header, self.chain_id, [])
        self.ran: list[Any] = []

    def fund(self, account: Any, amount: int = FUNDS) -> None:
        super().fund(account, amount)
        self.twin.delta_balance(canonical(account), amount)
        self.twin.lock_changes()

    def run(self, message: Message) -> Execution:
        context = self._state.execution_context
        context._prev_hashes = list(reversed(self._hashes[-256:]))
        self.twin.execution_context = context
        expected = execute(self.twin, message)
        found = super().run(message)
        assert summary(found) == summary(expected), f"{summary(found)} and {summary(expected)}"
        self.ran.append(type(found.error))
        return found

    def check(self, *contracts: Any) -> None:
        """The same in every slot and balance."""
        for address in map(canonical, contracts):
            assert self.balance(address) == self.twin.get_balance(address)
            assert self.nonce(address) == self.twin.get_nonce(address)
            for slot, value in self.storage(address).items():
                assert value == self.twin.get_storage(address, slot)
            root = self.twin._account_db._get_address_store(address)
            for slot in root.get_accessed_slots():
                assert self.storage(address).get(slot, 0) == self.twin.get_storage(address, slot)

    def place(self, code: str) -> str:
        """A contract of that code, at an address that depends on it."""
        runtime = bytes.fromhex(code)
        init = bytes.fromhex(f"61{len(runtime):04x}80600a3d393df3") + runtime
        return self.create(CALLER, init)[0]


def summary(result: Execution) -> tuple[Any, ...]:
    """What two runs must have in common. The texts of errors are py-evm's own affair."""
    return (
        result.gas_used,
        result.output,
        type(result.error),
        result.logs if not result.error else [],
    )


class TranslationTests(unittest.TestCase):
    def setUp(self) -> None:
        self.chain = Twin()
        self.chain.fund(CALLER)

    def outcome(self, contract: str, gas: int = 200_000, data: bytes = b"") -> bytes | str:
        try:
            return self.chain.transact(CALLER, contract, data, gas=gas).output
        except Reverted as error:
            return error.reason

    def test_arithmetic_at_its_edges(self) -> None:
        seen = set()
        for op, (takes, _) in ARITHMETIC.items():
            for items in product(EDGES, repeat=takes):
                pushes = "".join(f"7f{item:064x}" for item in reversed(items))
                contract = self.chain.place(f"{pushes}{op:02x}5f5260205ff3")
                seen.add(self.outcome(contract, data=bytes(range(40))))
        self.assertGreater(len(seen), 50)

    def test_gas_that_ends_anywhere(self) -> None:
        till = deploy(self.chain, CALLER, "Till", 5)
        till.pay("first", sender=CALLER, value=5)
        data = till.pay.encode("a note")
        spent = self.chain.transact(CALLER, till, data, value=7).gas_used
        reasons = set()
        for gas in range(21_700, spent + 50, 53):
            try:
                self.chain.transact(CALLER, till, data, value=7, gas=gas)
                reasons.add("")
            except Reverted as error:
                reasons.add(error.reason)
        self.assertEqual(reasons, {"", "out of gas"})
        self.chain.check(till, CALLER)

    def test_stacks_and_jumps_that_go_wrong(self) -> None:
        programs = {
            "50": "stack underflow",  # POP of nothing
            "5b5f600056": "stack limit reached 1024 (1023)",  # pushes for ever
            "600556605b": "invalid jump destination",  # into the data of a PUSH
            "600156": "invalid jump destination",
            "5f35600a57005b00005b60ff5f5260205ff3": b"",  # JUMPI not taken
            "600160085760aa5b60bb5f5260205ff3": "invalid jump destination",
            "60016006575b5b60bb5f5260205ff3": (0xBB).to_bytes(32, "big"),  # JUMPDESTs in a row
            "0c": "invalid opcode: opcode 0xc not defined",
            "5860205ff3": b"\x00" * 32,
            "81": "stack underflow",
            "90": "stack underflow",
            "7f01": b"",  # a PUSH that the code's end cuts short
            "5f5ffd": "execution reverted",
            "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff51": "out of gas",
        }
        for code, expected in programs.items():
            with self.subTest(code):
                self.assertEqual(self.outcome(self.chain.place(code)), expected)

    def test_a_loop_in_memory(self) -> None:
        # Writes i at 32·i for i from 10 down to 1, then hashes it all.
        code = "600a5b8080602002526001900380600257506101605f205f5260205ff3"
        self.assertEqual(len(self.outcome(self.chain.place(code))), 32)

    def test_a_whole_job_with_a_challenge(self) -> None:
        chain = self.chain
        market = Market(chain=chain)
        nodes = market.nodes(10)
        job = market.post(actor("ann"))
        with self.assertRaises(Reverted):
            market.settle(job)
        market.run(job, dict(zip(nodes, ("a", "a", "b"))))
        market.challenge(job, market.actor("bob"), 7 * ETHER)
        market.run(job, {node: "b" for node in nodes[3:]})
        market.marketplace.distributeRewards(job, sender=actor("bob"))
        for account in (market.owner(nodes[2]), market.owner(nodes[5]), actor("bob")):
            market.marketplace.withdraw("0x" + "00" * 20, sender=account)
        self.assertGreater(len(chain.ran), 50)
        chain.check(*market.contracts, *nodes, actor("ann"), actor("bob"), market.owner(nodes[2]))


if __name__ == "__main__":
    unittest.main()
