"""The largest job there can be: 15 nodes, 31 in its challenge. Nothing that anybody must call outgrows a block."""

from __future__ import annotations

import unittest

from .books import LOSERS
from .case import UnitCase
from .harness import Receipt, actor
from .job import BOND, Job

BLOCK = 30_000_000
"""Gas of a block; a call that needed more could never be made."""


class LargestTests(UnitCase):
    def setUp(self) -> None:
        super().setUp()
        self.nodes += [actor(f"more{index}") for index in range(15 + 31 - len(self.nodes))]
        with self.chain.one_block():
            for node in self.nodes[12:]:
                self.market.register(node)

    def challenged(self, first: str) -> Job:
        """A challenge of 15 nodes' agreement."""
        job = self.agreed(first, k=8, payment=1507)
        job.challenge(self.carl)
        return job

    def fits(self, receipt: Receipt) -> None:
        """It leaves room for others in its block."""
        self.assertLess(receipt.gas_used, BLOCK // 3)

    def test_won(self) -> None:
        job = self.challenged("A" * 15)
        settled = self.decide(job, "B" * 31)
        self.assertTrue(job.verdict.turned)
        self.assertEqual(len(settled.all("NodeSlashed")), 15)
        self.assertEqual(
            self.payments(settled), [(self.carl.address, BOND // 2, LOSERS)] * 15
        )
        self.fits(settled)
        receipt = job.distribute()
        self.assertEqual(len(receipt.all("PaymentReleased")), 31 + 1)
        self.assertEqual(self.credits(self.carl), 1507 + 15 * (BOND // 2))
        self.fits(receipt)

    def test_lost(self) -> None:
        job = self.challenged("A" * 15)
        self.fits(self.decide(job, "A" * 31))
        receipt = job.distribute()
        self.assertEqual(len(receipt.all("PaymentReleased")), 15 + 31 + 1)
        self.fits(receipt)

    def test_as_many_results_as_there_can_be(self) -> None:
        """Eight nodes agree, all others find something else each."""
        results = [chr(0x4E00 + index) for index in range(7 + 31)]
        job = self.challenged("A" * 8 + "".join(results[:7]))
        settled = self.decide(job, "".join(results[7:]))
        self.assertFalse(job.verdict.turned)
        self.assertEqual(job.verdict.votes, 8)
        self.assertEqual(len(settled.all("NodeSlashed")), 7 + 31)
        self.fits(settled)

    def test_nobody_commits(self) -> None:
        job = self.post(n=15, k=15)
        receipt = self.decide(job, "." * 15)
        self.assertEqual(len(receipt.all("NodeSlashed")), 15)
        self.fits(receipt)

    def test_the_last_of_31_claims_expires(self) -> None:
        job = self.challenged("A" * 15)
        job.admit_everybody()
        judges = self.nodes[15:46]
        with self.chain.one_block():
            for node in judges:
                job.claim(node)
        end = job.claim_of(judges[0]).deadline
        self.chain.travel_to(end + 1)
        self.fits(job.expire(judges[30]))
        self.fits(job.expire(judges[0]))
        self.assertEqual(job.claimants(1), [node.address for node in judges[1:30]])


if __name__ == "__main__":
    unittest.main()
