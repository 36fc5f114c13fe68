"""Claims: who may take a slot, until when, and what becomes of a claim that nothing follows."""

from __future__ import annotations

import unittest

from .case import MINIMUM_STAKE, STAKE, UnitCase
from .harness import actor, digest_of
from .job import BOND, CLAIM, COMMIT


class ClaimTests(UnitCase):
    def test_a_claim_binds_the_bond_and_starts_the_commit_window(self) -> None:
        job = self.post()
        job.admit_everybody()
        receipt = job.claim(self.nodes[1])
        node = self.nodes[1].address
        self.assertEvent(
            receipt,
            "JobClaimed",
            jobId=job.id,
            node=node,
            number=2,
            round=0,
            commitDeadline=receipt.timestamp + COMMIT,
        )
        self.assertEvent(receipt, "StakeBound", number=2, jobId=job.id, amount=BOND)
        self.assertEqual(job.claim_of(self.nodes[1]), (2, 0, receipt.timestamp + COMMIT, True))
        self.assertEqual(job.claimants(0), [node])
        self.assertEqual(self.marketplace.round(job.id, 0).claimed, 1)
        self.assertEqual(self.registry.nodes(2).openClaims, 1)
        self.assertEqual(self.registry.freeStake(2), STAKE - BOND)

    def test_the_claim_deadline_is_the_last_second(self) -> None:
        job = self.post()
        deadline = job.posted.timestamp + CLAIM
        self.assertEqual(job.claim_deadline, deadline)
        job.claim(self.nodes[0], at=deadline)
        with self.reverts("claim deadline passed"):
            job.claim(self.nodes[1], at=deadline + 1)
        self.assertEqual(job.claim_of(self.nodes[0]).deadline, deadline + COMMIT)

    def test_no_more_claims_than_slots(self) -> None:
        for n in (1, 2, 3):
            job = self.post(n=n, k=n, name=f"of {n}")
            job.admit_everybody()
            for node in self.nodes[:n]:
                job.claim(node)
            with self.reverts("no slot free"):
                job.claim(self.nodes[n])

    def test_an_operator_claims_once(self) -> None:
        job = self.post()
        job.admit_everybody()
        job.claim(self.nodes[0])
        with self.reverts("claimed before"):
            job.claim(self.nodes[0])

    def test_a_stranger_and_an_owner_claim_nothing(self) -> None:
        job = self.post()
        job.admit_everybody()
        for sender in (self.mallory, self.ann, self.owner(self.nodes[0])):
            with self.reverts("not a node"):
                job.claim(sender)

    def test_registered_before_the_post(self) -> None:
        before, after = actor("before"), actor("after")
        self.market.register(before)
        job = self.post(n=1, k=1)
        self.market.register(after)
        with self.reverts("registered after the post"):
            job.claim(after)
        job.claim(before)

    def test_in_the_block_of_the_post_the_order_decides(self) -> None:
        before, after = actor("before"), actor("after")
        for each in (before, after):
            self.market.actor(each.name)
        with self.chain.one_block():
            self.market.register(before)
            job = self.post(n=1, k=1)
            self.market.register(after)
        with self.reverts("registered after the post"):
            job.claim(after)
        job.claim(before)

    def test_never_the_submitter(self) -> None:
        operator, owner = actor("operator"), actor("owner")
        self.market.actor("owner")
        self.market.register(operator, owner=owner)
        mine = self.post(n=1, k=1, submitter=operator)
        with self.reverts("the submitter's node"):
            mine.claim(operator)
        owned = self.post(n=1, k=1, submitter=owner)
        with self.reverts("the submitter's node"):
            owned.claim(operator)
        self.post(n=1, k=1).claim(operator)

    def test_the_bond_must_be_free(self) -> None:
        poor = actor("poor")
        number = self.market.register(poor, stake=2 * MINIMUM_STAKE)
        dear = self.post(n=1, k=1, name="dear", bond=2 * MINIMUM_STAKE + 1)
        with self.reverts("not enough free stake"):
            dear.claim(poor)
        first = self.post(n=1, k=1, name="first", bond=MINIMUM_STAKE)
        second = self.post(n=1, k=1, name="second", bond=MINIMUM_STAKE)
        third = self.post(n=1, k=1, name="third", bond=1)
        free = self.post(n=1, k=1, name="free", bond=0)
        first.claim(poor)
        second.claim(poor)
        with self.reverts("not enough free stake"):
            third.claim(poor)
        free.claim(poor)
        self.registry.addStake(number, sender=self.anyone, value=1)
        third.claim(poor)
        self.assertEqual(self.registry.nodes(number).openClaims, 4)

    def test_a_refusal_leaves_no_claim(self) -> None:
        job = self.post(n=1, k=1, bond=STAKE + 1)
        with self.reverts("not enough free stake"):
            job.claim(self.nodes[0])
        self.assertEqual(job.claim_of(self.nodes[0]), (0, 0, 0, False))
        self.assertEqual(job.claimants(0), [])

    def test_a_node_claims_several_jobs(self) -> None:
        jobs = [self.post(n=1, k=1, name=f"job {index}") for index in range(3)]
        for job in jobs:
            job.claim(self.nodes[0])
        self.assertEqual(self.registry.nodes(1).bound, 3 * BOND)

    def test_a_node_that_retired_goes_on_with_its_claim(self) -> None:
        job = self.post(n=1, k=1)
        job.claim(self.nodes[0])
        self.registry.retire(1, sender=self.nodes[0])
        job.commit(self.nodes[0])
        job.open(self.nodes[0])
        job.settle()
        job.release()
        self.assertEqual(self.credits(self.owner(self.nodes[0])), 100)

    def test_an_operator_registered_anew_is_registered_after_the_post(self) -> None:
        node = self.nodes[0]
        job = self.post(n=1, k=1, windows=(20_000, 1, 1, 1))
        since = self.registry.retire(1, sender=node).event("NodeRetired").withdrawableFrom
        self.registry.withdrawStake(1, sender=self.owner(node), at=since)
        self.market.register(node)
        with self.reverts("registered after the post"):
            job.claim(node)

    def test_nothing_is_claimed_of_a_job_that_is_over(self) -> None:
        done = self.agreed("AAA", name="done")
        with self.reverts("no slot free"):
            done.claim(self.nodes[5], at=done.claim_deadline)
        gone = self.post(name="gone")
        gone.refund(at=gone.claim_deadline + 1)
        with self.reverts("closed"):
            gone.claim(self.nodes[5])


class ExpiryTests(UnitCase):
    def test_an_expired_claim_burns_its_bond_and_opens_its_slot(self) -> None:
        job = self.post()
        job.admit_everybody()
        deadline = job.claim(self.nodes[0]).timestamp + COMMIT
        job.claim(self.nodes[1])
        receipt = job.expire(self.nodes[0], at=deadline + 1)
        node = self.nodes[0].address
        self.assertEvent(receipt, "ClaimExpired", jobId=job.id, node=node, round=0)
        self.assertEvent(
            receipt,
            "NodeSlashed",
            number=1,
            jobId=job.id,
            operator=node,
            amount=BOND,
            burned=BOND,
            reason=1,
        )
        self.assertEqual(job.claim_of(self.nodes[0]), (1, 0, deadline, False))
        self.assertEqual(job.claimants(0), [self.nodes[1].address])
        self.assertEqual(self.marketplace.round(job.id, 0).claimed, 1)
        self.assertEqual(self.registry.burned(), BOND)
        self.assertEqual(self.counters(self.nodes[0]), (0, 0, 1, 1))
        for other in self.nodes[2:4]:
            job.claim(other)
        with self.reverts("no slot free"):
            job.claim(self.nodes[4])

    def test_the_slot_is_taken_until_somebody_expires_the_claim(self) -> None:
        job = self.post(n=1, k=1)
        deadline = job.claim(self.nodes[0]).timestamp + COMMIT
        with self.reverts("no slot free"):
            job.claim(self.nodes[1], at=deadline + 1)
        job.expire(self.nodes[0])
        job.claim(self.nodes[1])

    def test_not_before_its_deadline_has_passed(self) -> None:
        job = self.post(n=1, k=1)
        deadline = job.claim(self.nodes[0]).timestamp + COMMIT
        for time in (deadline - 1, deadline):
            with self.reverts("not expired"):
                job.expire(self.nodes[0], at=time)
        job.expire(self.nodes[0], at=deadline + 1)

    def test_once(self) -> None:
        job = self.post()
        job.admit_everybody()
        deadline = job.claim(self.nodes[0]).timestamp + COMMIT
        job.expire(self.nodes[0], at=deadline + 1)
        with self.reverts("no live claim"):
            job.expire(self.nodes[0])
        self.assertEqual(self.registry.burned(), BOND)

    def test_what_was_committed_does_not_expire(self) -> None:
        job = self.post()
        job.admit_everybody()
        deadline = job.claim(self.nodes[0]).timestamp + COMMIT
        job.commit(self.nodes[0], at=deadline)
        with self.reverts("committed"):
            job.expire(self.nodes[0], at=deadline + 1)

    def test_who_claimed_nothing_has_nothing_to_expire(self) -> None:
        job = self.post()
        job.admit_everybody()
        job.claim(self.nodes[0])
        for nobody in (self.nodes[1], self.mallory):
            with self.reverts("no live claim"):
                job.expire(nobody, at=self.chain.now + COMMIT + 1)

    def test_never_claimed_again_by_the_same_node(self) -> None:
        job = self.post(n=1, k=1)
        deadline = job.claim(self.nodes[0]).timestamp + COMMIT
        job.expire(self.nodes[0], at=deadline + 1)
        with self.reverts("claimed before"):
            job.claim(self.nodes[0])

    def test_after_the_claim_deadline_settling_burns_it(self) -> None:
        job = self.post()
        job.admit_everybody()
        job.wait_until(job.claim_deadline - COMMIT)
        job.claim(self.nodes[0])
        with self.reverts("not expired"):
            job.expire(self.nodes[0], at=job.claim_deadline)
        with self.reverts("claim deadline passed: settle burns it"):
            job.expire(self.nodes[0], at=job.claim_deadline + 1)
        receipt = job.settle()
        self.assertEqual(self.slashed(receipt), [(self.nodes[0].address, BOND, BOND, 1)])

    def test_at_the_claim_deadline_itself(self) -> None:
        job = self.post(n=1, k=1)
        job.claim(self.nodes[0], at=job.claim_deadline - COMMIT - 1)
        with self.chain.one_block():
            job.expire(self.nodes[0], at=job.claim_deadline)
            job.claim(self.nodes[1])
        self.assertEqual(job.claimants(0), [self.nodes[1].address])

    def test_a_bond_of_nothing_expires_too(self) -> None:
        job = self.post(n=1, k=1, bond=0)
        deadline = job.claim(self.nodes[0]).timestamp + COMMIT
        receipt = job.expire(self.nodes[0], at=deadline + 1)
        self.assertEqual(self.slashed(receipt), [(self.nodes[0].address, 0, 0, 1)])

    def test_not_once_the_job_is_settled(self) -> None:
        job = self.post()
        job.admit_everybody()
        job.claim(self.nodes[0])
        job.settle(at=job.claim_deadline + 1)
        with self.reverts("settled before"):
            job.expire(self.nodes[0])

    def test_the_last_commit_deadline_is_claim_deadline_and_commit_window(self) -> None:
        job = self.post()
        job.admit_everybody()
        job.claim(self.nodes[0])
        job.commit(self.nodes[0])
        job.claim(self.nodes[1], at=job.claim_deadline - COMMIT - 1)
        job.expire(self.nodes[1], at=job.claim_deadline)
        with self.reverts("claim deadline passed"):
            job.claim(self.nodes[2])

    def test_a_claim_of_one_job_commits_to_no_other(self) -> None:
        job, other = self.post(n=1, k=1), self.post(n=1, k=1, name="other")
        job.claim(self.nodes[0])
        with self.reverts("no live claim"):
            self.proofs.submitProof(other.id, digest_of("c"), sender=self.nodes[0])


if __name__ == "__main__":
    unittest.main()
