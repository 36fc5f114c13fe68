"""When a challenge's round is filled, and what comes of one that is not."""

from __future__ import annotations

import unittest

from .books import AGREED, COULD_NOT_RUN, EXPIRED, NEUTRAL, NO_VERDICT, OTHER_RESULT, SILENT
from .case import UnitCase
from .harness import digest_of
from .job import BOND, COMMIT, Job


class UnfilledTests(UnitCase):
    def test_the_verdict_stands_and_its_claimants_are_freed(self) -> None:
        job = self.agreed("AAB")
        job.challenge(self.carl)
        job.admit_everybody()
        expired, committed = self.nodes[3], self.nodes[4]
        job.claim(expired)
        job.claim(committed, "B")
        job.commit(committed)
        late = self.nodes[5]
        job.claim(late, at=job.claim_deadline)
        receipt = job.settle(at=job.claim_deadline + 1)
        told = job.verdict
        self.assertEqual((told.status, told.filled, told.turned), (3, False, False))
        self.assertEqual(told.resultHash, digest_of("A"))
        event = receipt.event("JobSettled")
        self.assertEqual((event.round, event.resultHash), (1, digest_of("A")))
        self.assertEqual(
            self.slashed(receipt),
            [
                (expired.address, BOND, BOND, EXPIRED),
                (self.nodes[2].address, BOND, BOND, OTHER_RESULT),
            ],
        )
        self.assertCountEqual(
            self.freed(receipt),
            [(5, BOND, NEUTRAL), (6, BOND, NEUTRAL), (1, BOND, AGREED), (2, BOND, AGREED)],
        )
        with self.reverts("settled before"):
            job.commit(late)

    def test_who_opened_in_a_round_that_did_not_fill_is_freed_whatever_he_found(self) -> None:
        job = self.agreed("AAA")
        job.challenge(self.carl)
        receipt = self.decide(job, "BBBB!-")
        self.assertEqual((job.verdict.filled, job.verdict.resultHash), (False, digest_of("A")))
        self.assertEqual(self.slashed(receipt), [])
        freed = {number: outcome for number, _, outcome in self.freed(receipt)}
        self.assertEqual([freed[number] for number in (1, 2, 3)], [AGREED] * 3)
        self.assertEqual([freed[number] for number in (4, 5, 6, 7)], [NO_VERDICT] * 4)
        self.assertEqual((freed[8], freed[9]), (COULD_NOT_RUN, NEUTRAL))


class FilledTests(UnitCase):
    """A round is filled once all its slots were taken: a claim that expires later cannot veto the challenge."""

    def turned(self, job: Job) -> None:
        """The honest openings counted."""
        job.settle()
        told = job.verdict
        self.assertEqual((told.filled, told.turned), (True, True))
        self.assertEqual(told.resultHash, digest_of("B"))

    def challenged(self, at: int) -> Job:
        """A false verdict, two honest judges who committed, and a colluder who takes the last slot `at` seconds
        before the claim deadline and is silent."""
        job = self.agreed("A")
        job.challenge(self.carl)
        job.admit_everybody()
        for node in self.nodes[1:3]:
            job.claim(node, "B")
            job.commit(node)
        job.claim(self.nodes[3], ".", at=job.claim_deadline - at)
        self.assertTrue(self.marketplace.round(job.id, 1).filled)
        return job

    def opened(self, job: Job) -> None:
        """The two honest judges open."""
        for node in self.nodes[1:3]:
            job.open(node)

    def test_silent_past_the_claim_deadline(self) -> None:
        job = self.challenged(at=0)
        with self.reverts("too early to settle"):
            job.settle(at=job.claim_deadline + COMMIT)
        self.opened(job)
        self.turned(job)

    def test_expired_before_the_claim_deadline_and_left_standing(self) -> None:
        job = self.challenged(at=COMMIT + 50)
        job.wait_until(job.claim_deadline + 1)
        self.opened(job)
        self.turned(job)

    def test_expired_away_at_the_claim_deadline_itself(self) -> None:
        job = self.challenged(at=COMMIT + 1)
        job.expire(self.nodes[3], at=job.claim_deadline)
        self.assertTrue(self.marketplace.round(job.id, 1).filled)
        self.assertEqual(self.marketplace.round(job.id, 1).claimed, 2)
        job.wait_until(job.claim_deadline + 1)
        self.opened(job)
        self.turned(job)

    def test_expired_away_and_replaced(self) -> None:
        job = self.challenged(at=COMMIT + 50)
        job.expire(self.nodes[3], at=job.claim_deadline - 40)
        job.claim(self.nodes[4], "B")
        job.commit(self.nodes[4])
        self.opened(job)
        job.open(self.nodes[4])
        self.turned(job)

    def test_a_slot_lost_before_all_were_taken_leaves_it_unfilled(self) -> None:
        job = self.agreed("A")
        job.challenge(self.carl)
        job.admit_everybody()
        job.claim(self.nodes[1], ".")
        job.claim(self.nodes[2], "B")
        job.commit(self.nodes[2])
        job.expire(self.nodes[1], at=job.claim_of(self.nodes[1]).deadline + 1)
        job.claim(self.nodes[3], "B")
        self.assertFalse(self.marketplace.round(job.id, 1).filled)
        job.settle(at=job.claim_deadline + 1)
        self.assertFalse(job.verdict.filled)

    def test_the_first_round_is_filled_in_the_same_sense(self) -> None:
        job = self.post(n=2)
        job.admit_everybody()
        job.claim(self.nodes[0])
        self.assertFalse(self.marketplace.round(job.id, 0).filled)
        job.claim(self.nodes[1])
        self.assertTrue(self.marketplace.round(job.id, 0).filled)

    def test_who_was_silent_loses_his_bond_and_the_challenger_gets_none_of_it(self) -> None:
        job = self.challenged(at=0)
        job.wait_until(job.claim_deadline + COMMIT + 1)
        self.opened(job)
        receipt = job.settle()
        self.assertEqual(
            self.slashed(receipt),
            [
                (self.nodes[0].address, BOND, BOND - BOND // 2, OTHER_RESULT),
                (self.nodes[3].address, BOND, BOND, EXPIRED),
            ],
        )
        self.assertEqual(self.credits(self.carl), BOND // 2)
        self.assertNotIn(SILENT, [reason for *_, reason in self.slashed(receipt)])


if __name__ == "__main__":
    unittest.main()
