"""NodeRegistry: who may do what with a node, and where its stake goes."""

from __future__ import annotations

import unittest

from .case import MINIMUM_STAKE, STAKE, UNBONDING, UnitCase
from .harness import ETH, Market, actor
from .job import BOND


class RegisterTests(UnitCase):
    def register(self, value: int = MINIMUM_STAKE, owner: str | None = None) -> object:
        """A new node of Mallory's; Ann owns it unless told."""
        return self.registry.register(
            owner or self.ann.address, "https://m.example", "bafkreim", sender=self.mallory, value=value
        )

    def test_the_sender_becomes_the_operator(self) -> None:
        last = self.registry.lastNumber()
        receipt = self.registry.register(
            self.ann, "https://m.example", "bafkreim", sender=self.mallory, value=MINIMUM_STAKE + 7
        )
        self.assertEqual(receipt.value, last + 1)
        self.assertEqual(self.registry.lastNumber(), last + 1)
        self.assertEqual(self.registry.numberOf(self.mallory), last + 1)
        self.assertEqual(self.registry.ownerOf(last + 1), self.ann.address)
        self.assertEqual(
            self.registry.nodes(last + 1),
            (self.mallory.address, self.ann.address, True, MINIMUM_STAKE + 7, *[0] * 7),
        )
        self.assertEqual(self.registry.freeStake(last + 1), MINIMUM_STAKE + 7)
        self.assertEvent(
            receipt,
            "NodeRegistered",
            number=last + 1,
            operator=self.mallory.address,
            owner=self.ann.address,
            stake=MINIMUM_STAKE + 7,
            endpoint="https://m.example",
            descriptor="bafkreim",
        )

    def test_numbers_begin_at_one(self) -> None:
        market = Market(MINIMUM_STAKE, UNBONDING)
        self.assertEqual(market.registry.lastNumber(), 0)
        self.assertEqual([market.register(actor(name)) for name in ("n1", "n2")], [1, 2])

    def test_a_stake_below_the_minimum_is_refused(self) -> None:
        with self.reverts("stake below the minimum"):
            self.register(MINIMUM_STAKE - 1)
        self.register(MINIMUM_STAKE)

    def test_an_operator_has_one_node_at_a_time(self) -> None:
        with self.reverts("operator has a node"):
            self.market.register(self.nodes[0])
        self.registry.retire(1, sender=self.nodes[0])
        with self.reverts("operator has a node"):
            self.market.register(self.nodes[0])

    def test_an_owner_must_be_named(self) -> None:
        with self.reverts("no owner"):
            self.register(owner=ETH)

    def test_an_owner_may_have_many_nodes_and_may_be_an_operator(self) -> None:
        for name in ("mallory", "eve"):
            self.market.register(actor(name), owner=self.nodes[0])
        self.market.register(actor("self"), owner=actor("self"))

    def test_longest_texts_are_kept_whole(self) -> None:
        receipt = self.registry.register(
            self.ann, "e" * 256, "d" * 128, sender=self.mallory, value=MINIMUM_STAKE
        )
        event = receipt.event("NodeRegistered")
        self.assertEqual((event.endpoint, event.descriptor), ("e" * 256, "d" * 128))

    def test_longer_texts_are_refused(self) -> None:
        for endpoint, descriptor in (("e" * 257, "d"), ("e", "d" * 129)):
            with self.reverts("execution reverted"):
                self.registry.register(
                    self.ann, endpoint, descriptor, sender=self.mallory, value=MINIMUM_STAKE
                )


class StakeTests(UnitCase):
    def test_anyone_adds_to_a_stake(self) -> None:
        receipt = self.registry.addStake(1, sender=self.mallory, value=5)
        self.assertEvent(
            receipt, "StakeAdded", number=1, sender=self.mallory.address, amount=5, stake=STAKE + 5
        )
        self.assertEqual(self.registry.nodes(1).stake, STAKE + 5)
        self.assertEqual(self.registry.freeStake(1), STAKE + 5)

    def test_nothing_is_no_stake(self) -> None:
        with self.reverts("no stake"):
            self.registry.addStake(1, sender=self.mallory)

    def test_no_stake_for_a_node_that_is_not_active(self) -> None:
        for number in (0, 99):
            with self.reverts("not active"):
                self.registry.addStake(number, sender=self.mallory, value=5)
        self.registry.retire(1, sender=self.nodes[0])
        with self.reverts("not active"):
            self.registry.addStake(1, sender=self.mallory, value=5)

    def test_bound_stake_is_not_free(self) -> None:
        job = self.post(n=1, k=1)
        receipt = job.claim(self.nodes[0])
        self.assertEvent(receipt, "StakeBound", number=1, jobId=job.id, amount=BOND)
        node = self.registry.nodes(1)
        self.assertEqual((node.stake, node.bound, node.openClaims), (STAKE, BOND, 1))
        self.assertEqual(self.registry.freeStake(1), STAKE - BOND)


class UpdateTests(UnitCase):
    def test_operator_and_owner_update(self) -> None:
        node = self.nodes[0]
        for sender in (node, self.owner(node)):
            receipt = self.registry.update(1, "https://new.example", "bafkreinew", sender=sender)
            self.assertEvent(
                receipt,
                "NodeUpdated",
                number=1,
                endpoint="https://new.example",
                descriptor="bafkreinew",
            )

    def test_nobody_else_updates(self) -> None:
        for sender in (self.mallory, self.nodes[1], self.owner(self.nodes[1])):
            with self.reverts("not the node's"):
                self.registry.update(1, "https://evil.example", "bafkrei", sender=sender)

    def test_a_retired_node_is_not_updated(self) -> None:
        self.registry.retire(1, sender=self.nodes[0])
        with self.reverts("not active"):
            self.registry.update(1, "https://new.example", "bafkrei", sender=self.nodes[0])

    def test_a_node_that_never_was_is_not_updated(self) -> None:
        with self.reverts("no such node"):
            self.registry.update(99, "https://new.example", "bafkrei", sender=self.mallory)


class RetireTests(UnitCase):
    def retired(self, number: int = 1) -> int:
        """Retires a node; since when its stake may be withdrawn."""
        receipt = self.registry.retire(number, sender=self.nodes[number - 1])
        return int(receipt.event("NodeRetired").withdrawableFrom)

    def withdraw(self, at: int | None = None, sender: object = None) -> object:
        """The first node's stake."""
        return self.registry.withdrawStake(1, sender=sender or self.owner(self.nodes[0]), at=at)

    def test_operator_and_owner_retire(self) -> None:
        for number, sender in ((1, self.nodes[0]), (2, self.owner(self.nodes[1]))):
            receipt = self.registry.retire(number, sender=sender)
            self.assertEvent(
                receipt,
                "NodeRetired",
                number=number,
                withdrawableFrom=receipt.timestamp + UNBONDING,
            )
            node = self.registry.nodes(number)
            self.assertEqual((node.active, node.retiredAt), (False, receipt.timestamp))

    def test_nobody_else_retires(self) -> None:
        for sender in (self.mallory, self.nodes[1]):
            with self.reverts("not the node's"):
                self.registry.retire(1, sender=sender)
        with self.reverts("no such node"):
            self.registry.retire(99, sender=self.mallory)

    def test_a_node_retires_once(self) -> None:
        self.retired()
        with self.reverts("not active"):
            self.registry.retire(1, sender=self.nodes[0])

    def test_a_retired_node_claims_nothing(self) -> None:
        self.retired()
        job = self.post(n=1, k=1)
        with self.reverts("not active"):
            job.claim(self.nodes[0])

    def test_the_stake_goes_to_the_owner_after_unbonding(self) -> None:
        since = self.retired()
        with self.reverts("still unbonding"):
            self.withdraw(at=since - 1)
        owner = self.owner(self.nodes[0])
        before = self.chain.balance(owner)
        receipt = self.withdraw(at=since)
        self.assertEqual(self.chain.balance(owner), before + STAKE)
        self.assertEvent(receipt, "StakeWithdrawn", number=1, owner=owner.address, amount=STAKE)
        self.assertEqual(self.registry.nodes(1).stake, 0)
        self.assertEqual(self.registry.numberOf(self.nodes[0]), 0)

    def test_the_stake_goes_out_once(self) -> None:
        self.withdraw(at=self.retired())
        with self.reverts("withdrawn before"):
            self.withdraw()

    def test_the_owner_alone_withdraws(self) -> None:
        since = self.retired()
        for sender in (self.nodes[0], self.mallory):
            with self.reverts("not the owner"):
                self.withdraw(sender=sender, at=max(since, self.chain.now))

    def test_an_active_node_keeps_its_stake(self) -> None:
        with self.reverts("not retired"):
            self.withdraw()

    def test_open_claims_hold_the_stake(self) -> None:
        windows = (1000, 2 * UNBONDING, 100, 300)
        job = self.post(n=1, k=1, windows=windows)
        job.claim(self.nodes[0])
        since = self.retired()
        with self.reverts("open claims"):
            self.withdraw(at=since)
        job.commit(self.nodes[0])
        job.open(self.nodes[0])
        job.settle()
        with self.reverts("open claims"):
            self.withdraw()
        job.release()
        self.withdraw()
        self.assertEqual(self.credits(self.owner(self.nodes[0])), 100)

    def test_what_was_slashed_does_not_come_back(self) -> None:
        job = self.post(n=1, k=1)
        deadline = job.claim(self.nodes[0]).event("JobClaimed").commitDeadline
        job.expire(self.nodes[0], at=deadline + 1)
        receipt = self.withdraw(at=self.retired())
        self.assertEqual(receipt.event("StakeWithdrawn").amount, STAKE - BOND)
        self.assertEqual(self.chain.balance(self.registry), STAKE * (len(self.nodes) - 1) + BOND)

    def test_the_operator_is_free_to_register_anew(self) -> None:
        self.withdraw(at=self.retired())
        number = self.market.register(self.nodes[0], owner=self.mallory)
        self.assertEqual(number, len(self.nodes) + 1)
        with self.reverts("withdrawn before"):
            self.withdraw()
        with self.reverts("not the node's"):
            self.registry.retire(number, sender=self.owner(self.nodes[0]))

    def test_without_unbonding_the_stake_is_free_at_once(self) -> None:
        market = Market(MINIMUM_STAKE, 0)
        node = actor("node1")
        number = market.register(node)
        with market.chain.one_block():
            market.registry.retire(number, sender=node)
            market.registry.withdrawStake(number, sender=market.owner(node))
        self.assertEqual(market.chain.balance(market.registry), 0)


if __name__ == "__main__":
    unittest.main()
