"""ProofVerification: who may commit until when, and from when commitments may be opened."""

from __future__ import annotations

import unittest

from eth_abi import encode
from eth_hash.auto import keccak

from .case import UnitCase
from .harness import digest_of
from .job import CLAIM, COMMIT, OPEN, Job


class CommitTests(UnitCase):
    def claimed(self, n: int = 3) -> Job:
        """A job of which the first node has a claim."""
        job = self.post(n=n, k=n // 2 + 1)
        job.admit_everybody()
        job.claim(self.nodes[0])
        return job

    def test_a_commitment_is_kept(self) -> None:
        job = self.claimed()
        receipt = job.commit(self.nodes[0], "A")
        commitment = job.found(self.nodes[0], "A").commitment
        self.assertEvent(
            receipt,
            "ProofSubmitted",
            jobId=job.id,
            node=self.nodes[0].address,
            round=0,
            commitment=commitment,
        )
        self.assertEqual(self.proofs.commitments(job.id, self.nodes[0]), commitment)
        self.assertEqual(self.proofs.tally(job.id, 0), (1, receipt.timestamp))
        self.assertEqual(self.proofs.tally(job.id, 1), (0, 0))
        self.assertTrue(job.claim_of(self.nodes[0]).live)

    def test_what_a_commitment_is_made_of(self) -> None:
        job, node = self.claimed(), self.nodes[0]
        values = (job.id, node.address, digest_of("A"), "bafyproof", digest_of("salt"))
        expected = keccak(
            encode(["bytes32", "address", "bytes32", "string", "bytes32"], list(values))
        )
        self.assertEqual(self.proofs.commitmentOf(*values), expected)
        self.assertEqual(
            self.proofs.commitmentOf(job.id, node, digest_of("A"), "b" * 128, bytes(32)),
            keccak(
                encode(
                    ["bytes32", "address", "bytes32", "string", "bytes32"],
                    [job.id, node.address, digest_of("A"), "b" * 128, bytes(32)],
                )
            ),
        )

    def test_the_claim_s_deadline_is_the_last_second(self) -> None:
        job = self.claimed()
        deadline = job.claim_of(self.nodes[0]).deadline
        self.assertEqual(deadline, self.chain.now - 1 + COMMIT)
        moment = self.chain.snapshot()
        with self.reverts("commit deadline passed"):
            job.commit(self.nodes[0], at=deadline + 1)
        self.chain.rollback(moment)
        job.commit(self.nodes[0], at=deadline)

    def test_each_claim_has_its_own_deadline(self) -> None:
        job = self.claimed()
        late = job.claim(self.nodes[1], at=job.claim_deadline)
        with self.reverts("commit deadline passed"):
            job.commit(self.nodes[0])
        job.commit(self.nodes[1], at=late.timestamp + COMMIT)

    def test_once(self) -> None:
        job = self.claimed()
        job.commit(self.nodes[0], "A")
        for letter in "AB":
            with self.reverts("committed before"):
                job.commit(self.nodes[0], letter)
        self.assertEqual(self.proofs.tally(job.id, 0).count, 1)

    def test_zero_is_no_commitment(self) -> None:
        job = self.claimed()
        with self.reverts("no commitment"):
            self.proofs.submitProof(job.id, bytes(32), sender=self.nodes[0])

    def test_by_who_claimed_alone(self) -> None:
        job = self.claimed()
        for sender in (self.nodes[1], self.ann, self.mallory, self.owner(self.nodes[0])):
            with self.reverts("no live claim"):
                self.proofs.submitProof(job.id, digest_of("c"), sender=sender)

    def test_not_once_the_claim_expired_away(self) -> None:
        job = self.claimed()
        job.expire(self.nodes[0], at=job.claim_of(self.nodes[0]).deadline + 1)
        with self.reverts("no live claim"):
            job.commit(self.nodes[0])

    def test_a_copied_commitment_may_be_made_and_opens_for_nobody(self) -> None:
        job = self.claimed(n=2)
        job.claim(self.nodes[1])
        job.commit(self.nodes[0], "A")
        copied = job.found(self.nodes[0], "A")
        self.proofs.submitProof(job.id, copied.commitment, sender=self.nodes[1])
        job.open(self.nodes[0])
        for salt in (copied.salt, job.found(self.nodes[1], "A").salt):
            with self.reverts("not what was committed"):
                job.open(self.nodes[1], "A", salt=salt, proofCID=copied.proof_cid)

    def test_not_after_a_refund_that_came_before_its_deadline(self) -> None:
        job = self.post()
        job.admit_everybody()
        job.claim(self.nodes[0], at=job.claim_deadline)
        job.settle(at=job.claim_deadline + 1)
        with self.reverts("settled before"):
            job.commit(self.nodes[0])

    def test_not_after_the_agreement(self) -> None:
        job = self.agreed("AA.")
        with self.reverts("settled before"):
            job.commit(self.nodes[2])

    def test_a_claim_of_the_first_round_commits_nothing_in_the_challenge(self) -> None:
        job = self.agreed("AA.")
        job.challenge(self.carl)
        with self.reverts("no live claim"):
            job.commit(self.nodes[2])
        job.admit_everybody()
        job.claim(self.nodes[3])
        receipt = job.commit(self.nodes[3])
        self.assertEqual(receipt.event("ProofSubmitted").round, 1)
        self.assertEqual(self.proofs.tally(job.id, 1), (1, receipt.timestamp))
        self.assertEqual(self.proofs.tally(job.id, 0).count, 2)


class OpenFromTests(UnitCase):
    def looks(self, job: Job, *expected: tuple[int, int]) -> None:
        """What `openFrom` tells at some times."""
        for time, since in expected:
            self.assertEqual(self.proofs.openFrom(job.id, job.round, at=time), since, time)

    def test_at_once_when_all_slots_committed(self) -> None:
        job = self.post()
        job.admit_everybody()
        for node in self.nodes[:3]:
            job.claim(node)
            self.assertEqual(job.open_from, 0)
            last = job.commit(node)
        self.assertLess(last.timestamp, job.claim_deadline)
        for later in (1, OPEN, CLAIM, 10 * CLAIM):
            self.looks(job, (last.timestamp + later, last.timestamp))

    def test_not_before_the_claim_deadline_while_a_slot_is_free(self) -> None:
        job = self.post()
        job.admit_everybody()
        for node in self.nodes[:2]:
            job.claim(node)
            job.commit(node)
        end = job.claim_deadline
        self.looks(job, (end - 1, 0), (end, 0), (end + 1, end), (end + 5000, end))

    def test_not_before_the_last_commit_deadline(self) -> None:
        job = self.post()
        job.admit_everybody()
        job.claim(self.nodes[0])
        job.commit(self.nodes[0])
        end = job.claim_deadline
        job.claim(self.nodes[1], at=end - 10)
        job.claim(self.nodes[2], at=end)
        self.looks(
            job,
            (end + 1, 0),
            (end - 10 + COMMIT + 1, 0),
            (end + COMMIT, 0),
            (end + COMMIT + 1, end + COMMIT),
            (end + COMMIT + 900, end + COMMIT),
        )

    def test_since_the_last_commitment_where_that_comes_last(self) -> None:
        job = self.post()
        job.claim(self.nodes[0], at=job.claim_deadline - 5)
        job.claim(self.nodes[1], at=job.claim_deadline)
        job.commit(self.nodes[0])
        self.assertEqual(job.open_from, 0)
        last = job.commit(self.nodes[1], at=job.claim_deadline + 50)
        self.looks(job, (last.timestamp + 1, last.timestamp), (last.timestamp + 900, last.timestamp))

    def test_since_the_claim_deadline_where_all_committed_before(self) -> None:
        job = self.post()
        job.admit_everybody()
        for node in self.nodes[:2]:
            job.claim(node)
            job.commit(node)
        end = job.claim_deadline
        job.wait_until(end + 70)
        self.assertEqual(job.open_from, end)

    def test_the_last_of_all_slots_commits_after_the_claim_deadline(self) -> None:
        job = self.post(n=2)
        job.admit_everybody()
        job.claim(self.nodes[0])
        job.commit(self.nodes[0])
        job.claim(self.nodes[1], at=job.claim_deadline)
        last = job.commit(self.nodes[1], at=job.claim_deadline + COMMIT)
        self.assertEqual(job.open_from, last.timestamp)

    def test_a_silent_claim_delays_until_its_deadline_only(self) -> None:
        job = self.post(n=2)
        job.admit_everybody()
        job.claim(self.nodes[0])
        job.commit(self.nodes[0])
        silent = job.claim(self.nodes[1], at=job.claim_deadline - 20).timestamp + COMMIT
        self.looks(job, (silent, 0), (silent + 1, silent))

    def test_an_expired_claim_that_nobody_replaced(self) -> None:
        job = self.post()
        job.admit_everybody()
        for node in self.nodes[:3]:
            job.claim(node)
        for node in self.nodes[:2]:
            job.commit(node)
        deadline = job.claim_of(self.nodes[2]).deadline
        end = job.claim_deadline
        self.looks(job, (deadline + 1, 0), (end, 0), (end + 1, end))
        job.expire(self.nodes[2], at=deadline + 1)
        self.looks(job, (deadline + 2, 0), (end, 0), (end + 1, end))

    def test_an_expired_claim_that_was_replaced(self) -> None:
        job = self.post(n=2)
        job.admit_everybody()
        for node in self.nodes[:2]:
            job.claim(node)
        job.commit(self.nodes[0])
        job.expire(self.nodes[1], at=job.claim_of(self.nodes[1]).deadline + 1)
        job.claim(self.nodes[2])
        last = job.commit(self.nodes[2])
        self.assertEqual(job.open_from, last.timestamp)

    def test_nobody_claimed(self) -> None:
        job = self.post()
        end = job.claim_deadline
        self.looks(job, (end, 0), (end + 1, end))

    def test_it_never_moves_once_it_is_told(self) -> None:
        job = self.post()
        job.admit_everybody()
        for node in self.nodes[:3]:
            job.claim(node)
        for node in self.nodes[:2]:
            job.commit(node)
        job.wait_until(job.claim_deadline + 1)
        since = job.open_from
        self.assertEqual(since, job.claim_deadline)
        job.open(self.nodes[0], at=since + 7)
        self.assertEqual(job.open_from, since)
        job.open(self.nodes[1])
        self.assertEqual(job.open_from, since)
        job.settle()
        self.assertEqual(job.open_from, since)

    def test_the_challenge_counts_for_itself(self) -> None:
        job = self.agreed("AAA")
        first = self.proofs.openFrom(job.id, 0)
        self.assertEqual(self.proofs.openFrom(job.id, 1), 0)
        job.challenge(self.carl)
        self.assertEqual(job.open_from, 0)
        self.play(job, "AAAAAAA")
        self.assertEqual(job.open_from, self.proofs.tally(job.id, 1).last)
        self.assertEqual(self.proofs.openFrom(job.id, 0), first)
        self.assertGreater(job.open_from, first)


if __name__ == "__main__":
    unittest.main()
