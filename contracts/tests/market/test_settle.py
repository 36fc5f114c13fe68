"""The first round's end: agreement, or the payment back; and whose bond is lost."""

from __future__ import annotations

import unittest

from .books import AGREED, COULD_NOT_RUN, EXPIRED, NEUTRAL, NO_VERDICT, OTHER_RESULT, REST, SILENT
from .case import UnitCase
from .harness import ETH, Receipt, digest_of
from .job import BOND, CHALLENGE, OPEN, Job

NONE = bytes(32)


class AgreementTests(UnitCase):
    def test_k_equal_openings_agree(self) -> None:
        job = self.post(n=3, k=2)
        receipt = self.decide(job, "AAB")
        self.assertEvent(
            receipt,
            "JobSettled",
            jobId=job.id,
            round=0,
            resultHash=digest_of("A"),
            votes=2,
            challengeDeadline=receipt.timestamp + CHALLENGE,
        )
        self.assertEqual(len(receipt.events), 1)
        self.assertEqual(
            job.verdict,
            (1, digest_of("A"), receipt.timestamp + CHALLENGE, ETH, False, False, 2),
        )

    def test_all_bonds_stay_bound_until_it_is_final(self) -> None:
        job = self.post(n=5, k=3)
        self.decide(job, "AAAB-")
        for node in self.nodes[:5]:
            self.assertEqual((self.record(node).bound, self.record(node).openClaims), (BOND, 1))
            self.assertEqual(self.counters(node), (0, 0, 0, 0))

    def test_every_majority_of_every_size(self) -> None:
        for n in range(1, 12):
            for k in range(n // 2 + 1, n + 1):
                moment = self.chain.snapshot()
                job = self.post(n, k)
                self.decide(job, "A" * k + "B" * (n - k))
                self.assertEqual((job.status, job.verdict.votes), (1, k))
                self.chain.rollback(moment)
                job = self.post(n, k)
                self.decide(job, "A" * (k - 1) + "B" * (n - k + 1))
                self.assertEqual(job.status, 1 if n - k + 1 >= k else 5)
                self.chain.rollback(moment)

    def test_who_is_asked_first_makes_no_difference(self) -> None:
        for letters in ("AAB", "ABA", "BAA", "-AA", "A-A", "!AA", "AA!", "AA.", ".AA"):
            moment = self.chain.snapshot()
            job = self.post()
            self.decide(job, letters)
            self.assertEqual((job.status, job.verdict.resultHash), (1, digest_of("A")))
            self.chain.rollback(moment)

    def test_with_k_to_n_claims_it_goes_on_with_those(self) -> None:
        job = self.post(n=5, k=3)
        self.decide(job, "AAAB")
        self.assertEqual((job.status, job.verdict.votes), (1, 3))

    def test_an_expired_claim_s_slot_is_filled_by_another(self) -> None:
        job = self.post(n=2, k=2)
        job.admit_everybody()
        job.claim(self.nodes[0])
        job.claim(self.nodes[1])
        job.commit(self.nodes[0])
        job.expire(self.nodes[1], at=job.claim_of(self.nodes[1]).deadline + 1)
        job.claim(self.nodes[2])
        job.commit(self.nodes[2])
        job.open(self.nodes[0])
        job.open(self.nodes[2])
        job.settle()
        receipt = job.release()
        self.assertEqual(self.slashed(receipt), [])
        self.assertEqual(self.freed(receipt), [(1, BOND, AGREED), (3, BOND, AGREED)])

    def test_could_not_run_is_no_vote(self) -> None:
        for letters, status in (("A!!", 5), ("!!!", 5), ("AA!", 1)):
            moment = self.chain.snapshot()
            job = self.post()
            self.decide(job, letters)
            self.assertEqual(job.status, status)
            self.chain.rollback(moment)


class WhenTests(UnitCase):
    def opened(self, letters: str, opens: int) -> Job:
        """A job all of whose nodes committed and some opened."""
        job = self.post(n=len(letters), k=len(letters) // 2 + 1)
        job.admit_everybody()
        for node, letter in zip(self.nodes, letters):
            job.claim(node, letter)
        for node in self.nodes[: len(letters)]:
            job.commit(node)
        for node in self.nodes[:opens]:
            job.open(node)
        return job

    def test_not_before_all_opened_or_the_open_deadline(self) -> None:
        """A quorum alone is not enough: all others may still open."""
        for opens in (0, 1, 2):
            moment = self.chain.snapshot()
            job = self.opened("AAB", opens)
            end = job.open_deadline
            with self.reverts("too early to settle"):
                job.settle()
            with self.reverts("too early to settle"):
                job.settle(at=end)
            job.settle(at=end + 1)
            self.assertEqual(job.status, 1 if opens == 2 else 5)
            self.chain.rollback(moment)

    def test_as_soon_as_all_opened(self) -> None:
        job = self.opened("AAB", 3)
        self.assertLess(self.chain.now, job.claim_deadline)
        job.settle()

    def test_not_before_the_claim_deadline_without_enough_claims(self) -> None:
        job = self.post()
        for time in (self.chain.now, job.claim_deadline):
            with self.reverts("too early to settle"):
                job.settle(at=time)
        job.settle(at=job.claim_deadline + 1)
        self.assertEqual(job.status, 5)

    def test_not_while_k_claims_may_commit(self) -> None:
        job = self.post()
        job.claim(self.nodes[0], at=job.claim_deadline - 9)
        job.claim(self.nodes[1], at=job.claim_deadline)
        first, last = (job.claim_of(node).deadline for node in self.nodes[:2])
        with self.reverts("too early to settle"):
            job.settle(at=job.claim_deadline + 1)
        with self.reverts("too early to settle"):
            job.settle(at=first)
        receipt = job.settle(at=first + 1)
        self.assertLess(receipt.timestamp, last)
        self.assertEqual(self.slashed(receipt), [(self.nodes[0].address, BOND, BOND, EXPIRED)])
        self.assertEqual(self.freed(receipt), [(2, BOND, NEUTRAL)])

    def test_not_while_one_of_k_committed_and_another_may(self) -> None:
        job = self.post(n=3, k=2)
        job.claim(self.nodes[0], at=job.claim_deadline - 9)
        job.commit(self.nodes[0])
        job.claim(self.nodes[1], at=job.claim_deadline)
        last = job.claim_of(self.nodes[1]).deadline
        for time in (job.claim_deadline + 1, last):
            with self.reverts("too early to settle"):
                job.settle(at=time)
        receipt = job.settle(at=last + 1)
        self.assertEqual(job.status, 5)
        self.assertEqual(self.slashed(receipt), [(self.nodes[1].address, BOND, BOND, EXPIRED)])
        self.assertEqual(self.freed(receipt), [(1, BOND, NEUTRAL)])

    def test_once(self) -> None:
        for letters in ("AAB", "ABC"):
            moment = self.chain.snapshot()
            job = self.post()
            self.decide(job, letters)
            with self.reverts("settled before"):
                job.settle()
            with self.reverts("settled before"):
                job.settle(at=self.chain.now + CHALLENGE + OPEN)
            self.chain.rollback(moment)

    def test_by_anyone(self) -> None:
        for sender in (self.mallory, self.ann, self.nodes[2], self.nodes[7]):
            moment = self.chain.snapshot()
            job = self.opened("AAB", 3)
            self.consensus.settle(job.id, sender=sender)
            self.assertEqual(job.status, 1)
            self.chain.rollback(moment)


class PaymentBackTests(UnitCase):
    def given_back(self, job: Job, receipt: Receipt) -> None:
        """All of the payment went back to the submitter, once."""
        self.assertEqual(job.status, 5)
        self.assertEqual(self.payments(receipt), [(self.ann.address, job.payment, REST)])
        self.assertEvent(
            receipt,
            "JobSettled",
            jobId=job.id,
            round=0,
            resultHash=NONE,
            votes=0,
            challengeDeadline=0,
        )
        self.assertEvent(
            receipt,
            "JobCompleted",
            jobId=job.id,
            resultHash=NONE,
            paid=False,
            payment=job.payment,
        )
        self.assertEqual(self.credits(self.ann), job.payment)
        for node in self.nodes:
            self.assertEqual((self.record(node).bound, self.record(node).openClaims), (0, 0))

    def test_nobody_claimed(self) -> None:
        job = self.post()
        self.given_back(job, job.settle(at=job.claim_deadline + 1))

    def test_fewer_than_k_claims_at_the_claim_deadline(self) -> None:
        """At once: even he who has time to commit is freed."""
        job = self.post(n=5, k=3)
        job.claim(self.nodes[0], at=job.claim_deadline - 20)
        job.commit(self.nodes[0])
        job.claim(self.nodes[1], at=job.claim_deadline)
        receipt = job.settle(at=job.claim_deadline + 1)
        self.given_back(job, receipt)
        self.assertEqual(self.freed(receipt), [(1, BOND, NEUTRAL), (2, BOND, NEUTRAL)])
        self.assertEqual(self.slashed(receipt), [])
        self.assertEqual(self.counters(self.nodes[0]), (0, 0, 0, 0))

    def test_fewer_than_k_commitments(self) -> None:
        job = self.post()
        receipt = self.decide(job, "...")
        self.given_back(job, receipt)
        self.assertEqual(
            self.slashed(receipt),
            [(node.address, BOND, BOND, EXPIRED) for node in self.nodes[:3]],
        )
        self.assertEqual(self.registry.burned(), 3 * BOND)

    def test_one_commitment_of_two_is_not_opened_any_more(self) -> None:
        job = self.post()
        job.admit_everybody()
        for node in self.nodes[:3]:
            job.claim(node)
        job.commit(self.nodes[0])
        job.until_opening()
        with self.reverts("too few commitments: settle"):
            job.open(self.nodes[0])
        receipt = job.settle()
        self.given_back(job, receipt)
        self.assertEqual(self.freed(receipt), [(1, BOND, NEUTRAL)])
        self.assertEqual(self.counters(self.nodes[0]), (0, 0, 0, 0))
        self.assertEqual(self.counters(self.nodes[1]), (0, 0, 1, 1))

    def test_fewer_than_k_commitments_are_settled_without_their_openings(self) -> None:
        job = self.post()
        job.admit_everybody()
        job.claim(self.nodes[0])
        job.commit(self.nodes[0])
        receipt = job.settle(at=job.claim_deadline + 1)
        self.given_back(job, receipt)
        self.assertEqual(self.freed(receipt), [(1, BOND, NEUTRAL)])

    def test_no_k_equal_openings(self) -> None:
        job = self.post()
        receipt = self.decide(job, "ABC")
        self.given_back(job, receipt)
        self.assertEqual(self.slashed(receipt), [])
        self.assertEqual(
            self.freed(receipt), [(number, BOND, NO_VERDICT) for number in (1, 2, 3)]
        )
        self.assertEqual(self.counters(self.nodes[0]), (1, 0, 0, 0))

    def test_all_could_not_run(self) -> None:
        job = self.post()
        receipt = self.decide(job, "!!!")
        self.given_back(job, receipt)
        self.assertEqual(
            self.freed(receipt), [(number, BOND, COULD_NOT_RUN) for number in (1, 2, 3)]
        )
        self.assertEqual(self.counters(self.nodes[0]), (0, 0, 1, 0))

    def test_silent_after_a_commitment(self) -> None:
        job = self.post()
        receipt = self.decide(job, "A--")
        self.given_back(job, receipt)
        self.assertEqual(
            self.slashed(receipt),
            [(node.address, BOND, BOND, SILENT) for node in self.nodes[1:3]],
        )
        self.assertEqual(self.counters(self.nodes[1]), (0, 0, 1, 1))

    def test_everything_at_once(self) -> None:
        job = self.post(n=7, k=4)
        receipt = self.decide(job, "AAAB!-.")
        self.given_back(job, receipt)
        self.assertEqual(
            self.slashed(receipt),
            [
                (self.nodes[5].address, BOND, BOND, SILENT),
                (self.nodes[6].address, BOND, BOND, EXPIRED),
            ],
        )
        self.assertEqual(
            self.freed(receipt),
            [*((number, BOND, NO_VERDICT) for number in (1, 2, 3, 4)), (5, BOND, COULD_NOT_RUN)],
        )

    def test_a_share_smaller_than_the_payment_comes_back_whole(self) -> None:
        job = self.post(payment=101)
        job.top_up(1)
        self.given_back(job, job.settle(at=job.claim_deadline + 1))


class LosersTests(UnitCase):
    """Whose bond is lost once an agreement is final."""

    def test_minority_silent_and_expired(self) -> None:
        job = self.post(n=7, k=4)
        self.decide(job, "AAAAB-!")
        receipt = job.release()
        self.assertEqual(
            self.slashed(receipt),
            [
                (self.nodes[4].address, BOND, BOND, OTHER_RESULT),
                (self.nodes[5].address, BOND, BOND, SILENT),
            ],
        )
        self.assertEqual(
            self.freed(receipt),
            [*((number, BOND, AGREED) for number in (1, 2, 3, 4)), (7, BOND, COULD_NOT_RUN)],
        )
        expected = {0: (1, 1, 0, 0), 4: (1, 0, 0, 1), 5: (0, 0, 1, 1), 6: (0, 0, 1, 0)}
        for index, counters in expected.items():
            self.assertEqual(self.counters(self.nodes[index]), counters)
        self.assertEqual(self.registry.burned(), 2 * BOND)

    def test_a_claim_without_a_commitment_burns_when_it_is_final(self) -> None:
        job = self.agreed("AA.")
        self.assertEqual(self.record(self.nodes[2]).bound, BOND)
        with self.reverts("settled before"):
            job.expire(self.nodes[2])
        receipt = job.release()
        self.assertEqual(self.slashed(receipt), [(self.nodes[2].address, BOND, BOND, EXPIRED)])
        self.assertEqual(self.registry.burned(), BOND)

    def test_an_expired_claim_is_slashed_once(self) -> None:
        job = self.post(n=3, k=2)
        job.admit_everybody()
        for node in self.nodes[:3]:
            job.claim(node)
        for node in self.nodes[:2]:
            job.commit(node)
        job.expire(self.nodes[2], at=job.claim_of(self.nodes[2]).deadline + 1)
        job.wait_until(job.claim_deadline + 1)
        for node in self.nodes[:2]:
            job.open(node)
        job.settle()
        receipt = job.release()
        self.assertEqual(self.slashed(receipt), [])
        self.assertEqual(self.registry.burned(), BOND)


if __name__ == "__main__":
    unittest.main()
