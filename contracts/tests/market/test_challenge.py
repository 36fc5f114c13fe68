"""The challenge: who may make it, who may judge it, how its round ends, and what the verdict is then."""

from __future__ import annotations

import unittest

from .books import EXPIRED
from .case import UnitCase
from .harness import actor, digest_of
from .job import BOND, CHALLENGE, CLAIM, COMMIT, Job


class MakeTests(UnitCase):
    def test_the_event_and_the_round(self) -> None:
        job = self.agreed("AAB")
        receipt = job.challenge(self.carl, 231 + 4)
        self.assertEvent(
            receipt,
            "ResultChallenged",
            jobId=job.id,
            challenger=self.carl.address,
            evidence="bafkreievidence",
            bond=235,
            slots=7,
            claimDeadline=receipt.timestamp + CLAIM,
        )
        self.assertEqual(job.status, 2)
        self.assertEqual(job.verdict.challenger, self.carl.address)
        self.assertEqual(job.verdict.resultHash, digest_of("A"))
        self.assertEqual(
            self.marketplace.round(job.id, 1),
            (7, receipt.timestamp, receipt.block_number, bytes(32), 0, False),
        )
        self.assertEqual(self.marketplace.jobs(job.id).challengeBond, 235)
        self.assertEqual(self.chain.balance(self.marketplace), 100 + 235)

    def test_the_challenge_deadline_is_the_last_second(self) -> None:
        job = self.agreed("AAB")
        end = job.challenge_deadline
        self.assertEqual(end, self.chain.now - 1 + CHALLENGE)
        moment = self.chain.snapshot()
        with self.reverts("challenge deadline passed"):
            job.challenge(self.carl, at=end + 1)
        self.chain.rollback(moment)
        job.challenge(self.carl, at=end)

    def test_the_bond_is_at_least_2n_plus_1_shares(self) -> None:
        for letters, payment, least in (("A", 100, 300), ("AAB", 100, 231), ("AAAAA", 104, 220)):
            moment = self.chain.snapshot()
            job = self.agreed(letters, payment=payment)
            for amount in (0, least - 1):
                with self.reverts("bond below its shares"):
                    job.challenge(self.carl, amount)
            job.challenge(self.carl, least)
            self.chain.rollback(moment)

    def test_a_top_up_raises_it(self) -> None:
        job = self.post(n=1, k=1)
        job.top_up(11)
        self.decide(job, "A")
        with self.reverts("bond below its shares"):
            job.challenge(self.carl, 332)
        job.challenge(self.carl, 333)

    def test_the_bond_has_130_bits(self) -> None:
        self.chain.fund(self.carl, 2**131)
        job = self.agreed("A")
        with self.reverts("bond too large"):
            job.challenge(self.carl, 2**130 + 1)
        job.challenge(self.carl, 2**130)

    def test_the_largest_payment_can_be_challenged(self) -> None:
        self.chain.fund(self.carl, 2**131)
        self.chain.fund(self.ann, 2**129)
        job = self.agreed("A", payment=2**128 - 1)
        job.challenge(self.carl, 3 * (2**128 - 1))

    def test_the_value_is_the_bond(self) -> None:
        job = self.agreed("A")
        for value in (0, 299, 301):
            with self.reverts("value is not the amount"):
                job.challenge(self.carl, 300, value=value)

    def test_once_and_after_agreement_only(self) -> None:
        job = self.post(n=1, k=1)
        with self.reverts("not agreed, or challenged before"):
            job.challenge(self.carl)
        self.decide(job, "A")
        job.challenge(self.carl)
        for sender in (self.carl, self.dora):
            with self.reverts("not agreed, or challenged before"):
                job.challenge(self.market.actor(sender.name))
        self.decide(job, "AAA")
        with self.reverts("not agreed, or challenged before"):
            job.challenge(self.carl)
        job.release()
        with self.reverts("not agreed, or challenged before"):
            job.challenge(self.carl)

    def test_not_of_a_refunded_or_unknown_job(self) -> None:
        job = self.post()
        job.refund(at=job.claim_deadline + 1)
        with self.reverts("not agreed, or challenged before"):
            job.challenge(self.carl)
        job.id = digest_of("nowhere")
        with self.reverts("not agreed, or challenged before"):
            job.challenge(self.carl)

    def test_by_anyone(self) -> None:
        for sender in (self.ann, self.nodes[0], self.nodes[2], self.nodes[9]):
            moment = self.chain.snapshot()
            job = self.agreed("AAB")
            self.chain.fund(sender, 1000)
            job.challenge(sender)
            self.assertEqual(job.status, 2)
            self.chain.rollback(moment)

    def test_longest_evidence(self) -> None:
        job = self.agreed("A")
        for length, refused in ((129, True), (128, False)):
            arguments = (job.id, "e" * length, 300)
            if refused:
                with self.reverts("execution reverted"):
                    self.consensus.challengeResult(*arguments, sender=self.carl, value=300)
            else:
                self.consensus.challengeResult(*arguments, sender=self.carl, value=300)


class JudgesTests(UnitCase):
    def test_new_nodes_alone(self) -> None:
        job = self.agreed("AA.")
        job.challenge(self.carl)
        job.admit_everybody()
        for node in self.nodes[:3]:
            with self.reverts("claimed before"):
                job.claim(node)
        receipt = job.claim(self.nodes[3])
        event = receipt.event("JobClaimed")
        self.assertEqual((event.round, event.commitDeadline), (1, receipt.timestamp + COMMIT))
        self.assertEqual(job.claim_of(self.nodes[3]).round, 1)
        self.assertEqual(job.claimants(1), [self.nodes[3].address])
        self.assertEqual(len(job.claimants(0)), 3)

    def test_not_even_who_expired_in_the_first_round(self) -> None:
        job = self.post(n=1, k=1)
        job.claim(self.nodes[0])
        job.expire(self.nodes[0], at=job.claim_of(self.nodes[0]).deadline + 1)
        self.decide(job, "A")
        job.challenge(self.carl)
        job.admit_everybody()
        with self.reverts("claimed before"):
            job.claim(self.nodes[0])

    def test_neither_the_submitter_nor_the_challenger(self) -> None:
        hers, his, carl = actor("hers"), actor("his"), actor("carl")
        self.market.register(hers, owner=self.ann)
        self.market.register(his, owner=carl)
        self.market.register(carl)
        job = self.agreed("A")
        job.challenge(carl)
        job.admit_everybody()
        with self.reverts("the submitter's node"):
            job.claim(hers)
        for node in (carl, his):
            with self.reverts("the challenger's node"):
                job.claim(node)

    def test_registered_before_the_post_and_not_only_before_the_challenge(self) -> None:
        job = self.agreed("A")
        late = actor("late")
        self.market.register(late)
        job.challenge(self.carl)
        job.admit_everybody()
        with self.reverts("registered after the post"):
            job.claim(late)

    def test_as_many_as_its_slots_until_its_claim_deadline(self) -> None:
        job = self.agreed("A")
        receipt = job.challenge(self.carl)
        self.assertEqual(job.claim_deadline, receipt.timestamp + CLAIM)
        job.admit_everybody()
        for node in self.nodes[1:4]:
            job.claim(node)
        with self.reverts("no slot free"):
            job.claim(self.nodes[4])
        self.chain.travel_to(job.claim_deadline + 1)
        with self.reverts("claim deadline passed"):
            job.claim(self.nodes[5])

    def test_an_expired_claim_reopens_its_slot(self) -> None:
        job = self.agreed("A")
        job.challenge(self.carl)
        job.admit_everybody()
        for node in self.nodes[1:4]:
            job.claim(node)
        for node in self.nodes[2:4]:
            job.commit(node)
        receipt = job.expire(self.nodes[1], at=job.claim_of(self.nodes[1]).deadline + 1)
        self.assertEqual(receipt.event("ClaimExpired").round, 1)
        self.assertEqual(self.slashed(receipt), [(self.nodes[1].address, BOND, BOND, EXPIRED)])
        job.claim(self.nodes[4])
        job.commit(self.nodes[4])
        for node in self.nodes[2:5]:
            job.open(node)
        job.settle()
        self.assertEqual((job.status, job.verdict.votes), (3, 4))

    def test_a_first_round_s_claim_does_not_expire_in_the_challenge(self) -> None:
        job = self.agreed("AA.")
        job.challenge(self.carl)
        with self.reverts("no live claim"):
            job.expire(self.nodes[2])


class VerdictTests(UnitCase):
    def verdict(self, first: str, second: str, expected: str, votes: int) -> None:
        """The verdict after both rounds."""
        moment = self.chain.snapshot()
        job = self.agreed(first)
        before = job.verdict.resultHash
        job.challenge(self.carl)
        receipt = self.decide(job, second)
        told = job.verdict
        self.assertEqual(told.resultHash, digest_of(expected), (first, second))
        self.assertEqual((told.status, told.filled, told.votes), (3, True, votes))
        self.assertEqual(told.turned, told.resultHash != before)
        self.assertEvent(
            receipt,
            "JobSettled",
            jobId=job.id,
            round=1,
            resultHash=told.resultHash,
            votes=votes,
            challengeDeadline=0,
        )
        self.chain.rollback(moment)

    def test_more_than_half_of_all_accepting_openings(self) -> None:
        self.verdict("A", "AAA", "A", 4)
        self.verdict("A", "BBB", "B", 3)
        self.verdict("A", "ABB", "A", 2)  # a draw: the first stands
        self.verdict("A", "ABC", "A", 2)
        self.verdict("A", "BBC", "A", 1)  # 2 of 4
        self.verdict("A", "BB!", "B", 2)
        self.verdict("A", "BB-", "B", 2)
        self.verdict("A", "BB.", "B", 2)
        self.verdict("A", "B!!", "A", 1)
        self.verdict("A", "B..", "A", 1)
        self.verdict("A", "!!!", "A", 1)
        self.verdict("A", "---", "A", 1)
        self.verdict("A", "...", "A", 1)
        self.verdict("A", "BCD", "A", 1)

    def test_of_three(self) -> None:
        self.verdict("AAB", "BBBBAAA", "A", 5)  # 5 of 10
        self.verdict("AAB", "BBBBBAA", "B", 6)
        self.verdict("AAB", "CCCCCCA", "C", 6)
        self.verdict("AAB", "CCCCCAA", "A", 4)  # 5 of 10
        self.verdict("AA-", "CCCCC!!", "C", 5)
        self.verdict("AA.", "CCC....", "C", 3)
        self.verdict("AAA", "CCC....", "A", 3)
        self.verdict("AAA", "CCCC---", "C", 4)


class WhenTests(UnitCase):
    def challenged(self) -> Job:
        """A challenge of one node's result with all its judges in."""
        job = self.agreed("A")
        job.challenge(self.carl)
        job.admit_everybody()
        for node in self.nodes[1:4]:
            job.claim(node, "B")
        return job

    def test_not_before_its_openings_are_in(self) -> None:
        job = self.challenged()
        with self.reverts("too early to settle"):
            job.settle()
        for node in self.nodes[1:4]:
            job.commit(node)
        with self.reverts("too early to settle"):
            job.settle()
        for node in self.nodes[1:3]:
            job.open(node)
        with self.reverts("too early to settle"):
            job.settle(at=job.open_deadline)
        job.settle(at=job.open_deadline + 1)
        self.assertEqual(job.status, 3)

    def test_as_soon_as_all_opened(self) -> None:
        job = self.challenged()
        for node in self.nodes[1:4]:
            job.commit(node)
        for node in self.nodes[1:4]:
            job.open(node)
        self.assertLess(self.chain.now, job.claim_deadline)
        job.settle()
        with self.reverts("settled before"):
            job.settle()

    def test_not_unfilled_before_its_claim_deadline(self) -> None:
        job = self.agreed("A")
        job.challenge(self.carl)
        for time in (self.chain.now, job.claim_deadline):
            with self.reverts("too early to settle"):
                job.settle(at=time)
        job.settle(at=job.claim_deadline + 1)
        self.assertEqual((job.status, job.verdict.filled), (3, False))


if __name__ == "__main__":
    unittest.main()
