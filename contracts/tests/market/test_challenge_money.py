"""Who is paid what after a challenge, to the wei, and what becomes of the bonds."""

from __future__ import annotations

import unittest

from .books import (
    BOND_BACK, BURNED, CHECKER_SHARE, COSTS, EXPIRED, LOSERS, NODE_SHARE, OTHER_RESULT, REST, SILENT,
)  # fmt: skip
from .case import UnitCase
from .harness import BURN, ETH, Receipt, actor
from .job import BOND, Job

HALF = BOND // 2


class ChallengePayTests(UnitCase):
    def story(
        self, first: str, second: str, payment: int = 100, more: int = 0
    ) -> tuple[Job, Receipt, Receipt]:
        """A challenged job: settled and paid; the receipts of both."""
        job = self.agreed(first, payment=payment)
        job.challenge(self.carl, (2 * job.n + 1) * job.share + more)
        settled = self.decide(job, second)
        return job, settled, job.distribute()

    def owners(self, *indices: int) -> list[str]:
        """Who owns these nodes."""
        return [self.owner(self.nodes[index]).address for index in indices]

    def paid(self, receipt: Receipt, kind: int) -> list[tuple[str, int]]:
        """What was credited of a kind."""
        return [(to, amount) for to, amount, each in self.payments(receipt) if each == kind]

    def total(self, receipt: Receipt) -> int:
        """All that was credited."""
        return sum(amount for _, amount, _ in self.payments(receipt))

    def test_lost_and_all_checkers_on_the_verdict(self) -> None:
        job, settled, receipt = self.story("AAB", "AAAAAAA", more=4)
        carl, ann = self.carl.address, self.ann.address
        self.assertEqual(
            self.payments(receipt),
            [
                *((owner, 33, NODE_SHARE) for owner in self.owners(0, 1)),
                *((owner, 33, CHECKER_SHARE) for owner in self.owners(*range(3, 10))),
                (carl, 4, BOND_BACK),
                (ann, 34, REST),
            ],
        )
        self.assertEqual(self.total(receipt), 100 + 231 + 4)
        self.assertEqual(
            self.slashed(settled), [(self.nodes[2].address, BOND, BOND, OTHER_RESULT)]
        )
        self.assertEqual(receipt.event("JobCompleted").payment, 100)

    def test_lost_and_some_checkers_on_another_result(self) -> None:
        job, settled, receipt = self.story("AAA", "AAAABB!")
        self.assertEqual(self.paid(receipt, NODE_SHARE), [(o, 33) for o in self.owners(0, 1, 2)])
        self.assertEqual(
            self.paid(receipt, CHECKER_SHARE), [(o, 33) for o in self.owners(3, 4, 5, 6)]
        )
        self.assertEqual(self.paid(receipt, BOND_BACK), [(self.carl.address, 231 - 4 * 33)])
        self.assertEqual(self.paid(receipt, REST), [(self.ann.address, 1)])
        self.assertEqual(self.paid(receipt, COSTS), [])
        self.assertEqual(self.paid(receipt, BURNED), [])
        self.assertEqual(
            self.slashed(settled),
            [(self.nodes[i].address, BOND, BOND, OTHER_RESULT) for i in (7, 8)],
        )
        self.assertEqual(self.credits(self.carl), 231 - 4 * 33)

    def test_lost_and_no_checker_found_anything(self) -> None:
        _, _, receipt = self.story("AAA", "!!!!!!!")
        self.assertEqual(self.paid(receipt, BOND_BACK), [(self.carl.address, 231)])
        self.assertEqual(self.paid(receipt, CHECKER_SHARE), [])
        self.assertEqual(self.paid(receipt, BURNED), [])

    def test_won_with_nobody_right_in_the_first_round(self) -> None:
        job, settled, receipt = self.story("AAA", "BBBBBBB", more=4)
        self.assertEqual(self.paid(receipt, NODE_SHARE), [])
        self.assertEqual(
            self.paid(receipt, CHECKER_SHARE), [(o, 33) for o in self.owners(*range(3, 10))]
        )
        self.assertEqual(self.paid(receipt, BOND_BACK), [(self.carl.address, 4)])
        # The bond paid 231, the escrow has no more than its 100.
        self.assertEqual(self.paid(receipt, COSTS), [(self.carl.address, 100)])
        self.assertEqual(self.paid(receipt, REST), [])
        self.assertEqual(
            self.slashed(settled),
            [(node.address, BOND, BOND - HALF, OTHER_RESULT) for node in self.nodes[:3]],
        )
        self.assertEqual(self.paid(settled, LOSERS), [(self.carl.address, HALF)] * 3)
        self.assertEqual(self.registry.burned(), 3 * (BOND - HALF))
        self.assertEqual(self.credits(self.carl), 4 + 100 + 3 * HALF)

    def test_won_the_escrow_first_pays_who_was_right(self) -> None:
        job, _, receipt = self.story("AAB", "BBBBBBA")
        self.assertTrue(job.verdict.turned)
        self.assertEqual(self.paid(receipt, NODE_SHARE), [(o, 33) for o in self.owners(2)])
        self.assertEqual(
            self.paid(receipt, CHECKER_SHARE), [(o, 33) for o in self.owners(*range(3, 9))]
        )
        self.assertEqual(self.paid(receipt, BOND_BACK), [(self.carl.address, 33)])
        self.assertEqual(self.paid(receipt, COSTS), [(self.carl.address, 67)])
        self.assertEqual(self.paid(receipt, REST), [])

    def test_won_and_the_escrow_has_more_than_the_bond_paid(self) -> None:
        job, settled, receipt = self.story("AA.", "BBB!---", payment=101)
        self.assertTrue(job.verdict.turned)
        self.assertEqual(
            self.payments(receipt),
            [
                *((owner, 33, CHECKER_SHARE) for owner in self.owners(3, 4, 5)),
                (self.carl.address, 231 - 99, BOND_BACK),
                (self.carl.address, 99, COSTS),
                (self.ann.address, 2, REST),
            ],
        )
        # Half of the bonds lost by another result or by silence; a claim without a commitment burns whole.
        self.assertCountEqual(
            self.slashed(settled),
            [
                *((node.address, BOND, BOND - HALF, OTHER_RESULT) for node in self.nodes[:2]),
                (self.nodes[2].address, BOND, BOND, EXPIRED),
                *((node.address, BOND, BOND - HALF, SILENT) for node in self.nodes[7:10]),
            ],
        )
        self.assertEqual(self.paid(settled, LOSERS), [(self.carl.address, HALF)] * 5)
        self.assertEqual(self.credits(self.carl), 231 + 5 * HALF)
        self.assertEqual(self.registry.burned(), 5 * (BOND - HALF) + BOND)

    def test_what_expired_in_the_challenge_burns_whole(self) -> None:
        job = self.agreed("A")
        job.challenge(self.carl)
        job.admit_everybody()
        job.claim(self.nodes[1], ".")
        receipt = job.expire(self.nodes[1], at=job.claim_of(self.nodes[1]).deadline + 1)
        self.assertEqual(self.slashed(receipt), [(self.nodes[1].address, BOND, BOND, EXPIRED)])
        self.decide(job, "BBB")
        self.assertTrue(job.verdict.turned)
        self.assertEqual(self.credits(self.carl), HALF)

    def test_the_bond_of_a_token_s_job_is_wei_all_the_same(self) -> None:
        """Stakes are in ETH, so the challenger's half of them is."""
        token = self.market.deploy("PlainToken")
        for holder in (self.ann, self.carl):
            token.mint(holder, 1000, sender=holder)
            token.approve(self.marketplace, 1000, sender=holder)
        job = self.post(n=1, k=1, token=token.address)
        self.decide(job, "A")
        job.challenge(self.carl)
        self.decide(job, "BBB")
        job.distribute()
        self.assertEqual(self.credits(self.carl), HALF)
        self.assertEqual(self.credits(self.carl, token), 100)
        for checker in self.nodes[1:4]:
            self.assertEqual(self.credits(self.owner(checker), token), 100)

    def test_lost_silent_losers_burn_whole(self) -> None:
        _, settled, receipt = self.story("AA-", "AAAA--.")
        self.assertCountEqual(
            self.slashed(settled),
            [
                (self.nodes[2].address, BOND, BOND, SILENT),
                (self.nodes[7].address, BOND, BOND, SILENT),
                (self.nodes[8].address, BOND, BOND, SILENT),
                (self.nodes[9].address, BOND, BOND, EXPIRED),
            ],
        )
        self.assertEqual(settled.all("PaymentReleased"), [])
        self.assertEqual(self.registry.burned(), 4 * BOND)

    def test_unfilled_costs_the_challenger_one_share(self) -> None:
        job, settled, receipt = self.story("AAB", "BBB", more=4)
        self.assertFalse(job.verdict.filled)
        self.assertEqual(
            self.payments(receipt),
            [
                *((owner, 33, NODE_SHARE) for owner in self.owners(0, 1)),
                (BURN, 33, BURNED),
                (self.carl.address, 235 - 33, BOND_BACK),
                (self.ann.address, 34, REST),
            ],
        )
        self.assertEqual(self.credits(BURN), 33)
        self.assertEqual(settled.all("PaymentReleased"), [])

    def test_filled_once_and_all_its_claims_expired_away(self) -> None:
        """Nobody checked anything: the first verdict stands, the bond comes back whole."""
        job = self.agreed("A")
        job.challenge(self.carl)
        job.admit_everybody()
        for node in self.nodes[1:4]:
            job.claim(node, ".")
        job.wait_until(job.claim_of(self.nodes[3]).deadline + 1)
        for node in self.nodes[1:4]:
            job.expire(node)
        self.assertEqual(job.claimants(1), [])
        job.settle(at=job.claim_deadline + 1)
        self.assertEqual((job.verdict.filled, job.verdict.turned), (True, False))
        self.assertEqual(
            self.payments(job.distribute()),
            [(self.owners(0)[0], 100, NODE_SHARE), (self.carl.address, 300, BOND_BACK)],
        )
        self.assertEqual(self.registry.burned(), 3 * BOND)

    def test_counters_after_a_turn(self) -> None:
        self.story("AA!", "BBBB-.B")
        expected = {0: (1, 0, 0, 1), 2: (0, 0, 1, 0), 3: (1, 1, 0, 0), 7: (0, 0, 1, 1), 8: (0, 0, 1, 1)}
        for index, counters in expected.items():
            self.assertEqual(self.counters(self.nodes[index]), counters)

    def test_a_bond_of_one_wei_burns_its_odd_half(self) -> None:
        for bond, half in ((0, 0), (1, 0), (2, 1), (3, 1)):
            moment = self.chain.snapshot()
            job = self.agreed("A", bond=bond)
            job.challenge(self.carl)
            settled = self.decide(job, "BBB")
            self.assertEqual(
                self.slashed(settled), [(self.nodes[0].address, bond, bond - half, OTHER_RESULT)]
            )
            self.assertEqual(self.credits(self.carl), half)
            self.chain.rollback(moment)

    def test_the_challenger_may_be_the_submitter(self) -> None:
        job = self.agreed("AAA")
        job.challenge(self.ann)
        self.decide(job, "BBBBBBB")
        job.release()
        self.assertEqual(self.credits(self.ann), 100 + 3 * HALF)

    def test_the_challenger_may_be_a_node_that_was_in_the_minority(self) -> None:
        minority = self.nodes[2]
        self.chain.fund(minority, 231)
        job = self.agreed("AAB")
        job.challenge(minority)
        self.decide(job, "BBBBBBB")
        self.assertEqual(self.counters(minority), (1, 1, 0, 0))
        job.distribute()
        self.assertEqual(self.credits(self.owner(minority)), 33)
        self.assertEqual(self.credits(minority), 67 + 2 * HALF)

    def test_everything_can_be_withdrawn(self) -> None:
        _, _, receipt = self.story("AAB", "BBBBBBA", payment=104)
        self.assertEqual(self.total(receipt), 104 + 34 * 7)
        for account in {actor("carl"), *(self.owner(node) for node in self.nodes[2:9])}:
            self.marketplace.withdraw(ETH, sender=account)
        self.assertEqual(self.chain.balance(self.marketplace), self.credits(self.ann))


if __name__ == "__main__":
    unittest.main()
