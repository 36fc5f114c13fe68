"""The flat accounts against py-evm's own: each transaction runs on both, with the same gas, output, logs and storage."""

from __future__ import annotations

import unittest
from itertools import product
from typing import Any

from eth.constants import BLANK_ROOT_HASH
from eth.db.atomic import AtomicDB
from eth.exceptions import Revert

from devchain.blocks import ZERO_ADDRESS, ZERO_HASH, Header
from devchain.evm import Execution, execute, open_state

from .chain import FUNDS, GAS, Chain, Message, canonical
from .contract import deploy
from .harness import ETH, ETHER, Market, Reverted, actor

CALLER = "0x" + "11" * 20


class Twin(Chain):
    """A chain that runs every transaction a second time, over py-evm's accounts and tries."""

    def __init__(self) -> None:
        super().__init__()
        header = Header(ZERO_HASH, ZERO_ADDRESS, 1, GAS, self.now, 0, b"", ZERO_HASH)
        self.twin = open_state(AtomicDB(), BLANK_ROOT_HASH, header, self.chain_id, [])
        self.ran: list[type | None] = []

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
        assert _summary(found) == _summary(expected), f"{found} and {expected}"
        self.ran.append(type(found.error) if found.error else None)
        return found

    def check(self, *accounts: Any) -> None:
        """Balance, nonce, code and every slot that was ever looked at are the same."""
        for address in map(canonical, accounts):
            assert self._state.get_balance(address) == self.twin.get_balance(address)
            assert self._state.get_nonce(address) == self.twin.get_nonce(address)
            assert self._state.get_code(address) == self.twin.get_code(address)
            kept = self.storage(address)
            known = self.twin._account_db._get_address_store(address).get_accessed_slots()
            assert set(kept) <= known
            for slot in known:
                assert kept.get(slot, 0) == self.twin.get_storage(address, slot)


def _summary(result: Execution) -> tuple[Any, ...]:
    return result.gas_used, result.output, type(result.error), result.logs


class StateTests(unittest.TestCase):
    def setUp(self) -> None:
        self.chain = Twin()
        self.chain.fund(CALLER)

    def test_gas_that_ends_anywhere(self) -> None:
        till = deploy(self.chain, CALLER, "Till", 5)
        till.pay("first", sender=CALLER, value=5)
        data = till.pay.encode("a note")
        spent = self.chain.transact(CALLER, till, data, value=7).gas_used
        reasons = set()
        for gas in range(21_700, spent + 100, 97):
            try:
                self.chain.transact(CALLER, till, data, value=7, gas=gas)
                reasons.add("")
            except Reverted as error:
                reasons.add(error.reason)
        self.assertEqual(reasons, {"", "out of gas"})
        self.chain.check(till, CALLER)

    def test_slots_that_are_cleared_set_anew_and_put_back(self) -> None:
        # Writes the first three bytes of its calldata to slot 0 in turn; reverts if the fourth is not zero.
        runtime = bytes.fromhex("".join(f"60{at:02x}355f1a5f55" for at in range(3)))
        runtime += bytes.fromhex("6003355f1a601e57005b5f5ffd")
        init = bytes.fromhex(f"60{len(runtime):02x}8060095f395ff3") + runtime
        contract = self.chain.create(CALLER, init)[0]
        reverted = 0
        for data in product(range(3), range(3), range(3), range(2)):
            try:
                self.chain.transact(CALLER, contract, bytes(data))
            except Reverted:
                reverted += data[3]
            self.chain.check(contract)
        self.assertEqual((reverted, self.chain.storage(contract)), (27, {0: 2}))

    def test_a_whole_job_with_a_challenge(self) -> None:
        chain = self.chain
        market = Market(chain=chain)
        nodes = market.nodes(10)
        ann, bob = market.actor("ann"), market.actor("bob")
        token = market.token("ReentrantToken", [ann, bob])
        token.arm(
            market.marketplace, market.marketplace.withdraw.encode(token), 0, 9, True, sender=ann
        )
        for currency in (ETH, token):
            job = market.post(ann, token=currency)
            with self.assertRaises(Reverted):
                market.settle(job)
            market.run(job, dict(zip(nodes, ("a", "a", "b"))))
            market.challenge(job, bob, 7 * ETHER, currency)
            market.run(job, {node: "b" for node in nodes[3:]})
            market.marketplace.distributeRewards(job, sender=bob)
            for account in (market.owner(nodes[2]), market.owner(nodes[5]), bob):
                market.marketplace.withdraw(currency, sender=account)
        self.assertGreater(len(chain.ran), 90)
        self.assertIn(Revert, chain.ran)
        self.assertGreater(token.tries(), 0)
        owners = [market.owner(node) for node in nodes]
        chain.check(*market.contracts, token, ann, bob, *nodes, *owners)


if __name__ == "__main__":
    unittest.main()
