"""ConsensusManager: how a commitment is opened."""

from __future__ import annotations

import unittest

from eth_account.messages import encode_typed_data
from eth_account import Account

from .actors import result_digest
from .case import UnitCase
from .harness import digest_of
from .job import OPEN, Job

ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


class OpenTests(UnitCase):
    def committed(self, letters: str = "AAB") -> Job:
        """A job whose nodes all committed to what a letter stands for."""
        job = self.post(n=len(letters), k=len(letters) // 2 + 1)
        job.admit_everybody()
        for node, letter in zip(self.nodes, letters):
            job.claim(node, letter)
        for node in self.nodes[: len(letters)]:
            job.commit(node)
        return job

    def test_an_opening_tells_all(self) -> None:
        job, node = self.committed(), self.nodes[0]
        found = job.found(node)
        receipt = job.open(node)
        self.assertEvent(
            receipt,
            "VoteSubmitted",
            jobId=job.id,
            node=node.address,
            resultHash=found.result_hash,
            accept=True,
            round=0,
            proofCID=found.proof_cid,
            traceRoot=found.trace_root,
            signature=found.signature(self.chain.chain_id, self.consensus),
        )
        self.assertEqual(self.consensus.openings(job.id, node), (True, found.result_hash))
        self.assertEqual(self.consensus.openings(job.id, self.nodes[1]), (False, bytes(32)))

    def test_could_not_run_tells_why(self) -> None:
        job, node = self.committed("A!B"), self.nodes[1]
        event = job.open(node).event("VoteSubmitted")
        self.assertEqual(
            (event.accept, event.resultHash, event.traceRoot, event.proofCID),
            (False, bytes(32), bytes(32), "bafkreireason"),
        )
        self.assertEqual(self.consensus.openings(job.id, node), (True, bytes(32)))

    def test_the_open_deadline_is_the_last_second(self) -> None:
        job = self.committed()
        self.assertEqual(job.open_deadline, self.chain.now - 1 + OPEN)
        job.open(self.nodes[0], at=job.open_deadline)
        with self.reverts("open deadline passed"):
            job.open(self.nodes[1], at=job.open_deadline + 1)

    def test_in_the_second_of_the_last_commitment(self) -> None:
        job = self.post(n=2)
        job.admit_everybody()
        for node in self.nodes[:2]:
            job.claim(node)
        with self.chain.one_block():
            for node in self.nodes[:2]:
                job.commit(node)
            for node in self.nodes[:2]:
                job.open(node)
            job.settle()
        self.assertEqual(job.status, 1)

    def test_not_before_all_slots_committed(self) -> None:
        job = self.post()
        job.admit_everybody()
        for node in self.nodes[:3]:
            job.claim(node)
        for node in self.nodes[:2]:
            job.commit(node)
        with self.reverts("too early to open"):
            job.open(self.nodes[0])
        with self.reverts("too early to open"):
            job.open(self.nodes[0], at=job.claim_of(self.nodes[2]).deadline)
        with self.reverts("too early to open"):
            job.open(self.nodes[0], at=job.claim_deadline)
        job.open(self.nodes[0], at=job.claim_deadline + 1)

    def test_not_before_the_last_deadline_of_a_commitment(self) -> None:
        job = self.post()
        job.admit_everybody()
        for node in self.nodes[:2]:
            job.claim(node)
            job.commit(node)
        deadline = job.claim(self.nodes[2], at=job.claim_deadline).timestamp + job.windows[1]
        with self.reverts("too early to open"):
            job.open(self.nodes[0], at=deadline)
        job.open(self.nodes[0], at=deadline + 1)
        with self.reverts("open deadline passed"):
            job.open(self.nodes[1], at=deadline + OPEN + 1)

    def test_not_where_too_few_committed_for_a_quorum(self) -> None:
        """Nobody shows a result that cannot be paid any more."""
        for commitments in (1, 2, 3):
            moment = self.chain.snapshot()
            job = self.post(n=5, k=3)
            job.admit_everybody()
            for node in self.nodes[:4]:
                job.claim(node)
            for node in self.nodes[:commitments]:
                job.commit(node)
            job.until_opening()
            if commitments < 3:
                with self.reverts("too few commitments: settle"):
                    job.open(self.nodes[0])
                job.settle()
            else:
                job.open(self.nodes[0])
            self.chain.rollback(moment)

    def test_in_a_challenge_however_few_committed(self) -> None:
        job = self.agreed("A")
        job.challenge(self.carl)
        self.decide(job, "B..")
        self.assertEqual(self.consensus.openings(job.id, self.nodes[1]).opened, True)

    def test_once(self) -> None:
        job = self.committed("A!B")
        for node in self.nodes[:2]:
            job.open(node)
            with self.reverts("opened before"):
                job.open(node)

    def test_by_who_committed_alone(self) -> None:
        job = self.committed()
        for sender in (self.mallory, self.nodes[5], self.owner(self.nodes[0])):
            with self.reverts("no commitment"):
                job.open(sender, "A")

    def test_nobody_opens_for_another(self) -> None:
        """What one node found, sent by another that committed to the same."""
        job = self.committed("AAA")
        found = job.found(self.nodes[0])
        arguments = found.arguments(self.chain.chain_id, self.consensus)
        with self.reverts("not what was committed"):
            self.consensus.submitVote(*arguments, sender=self.nodes[1])

    def test_what_was_committed_and_nothing_else(self) -> None:
        job, node = self.committed(), self.nodes[0]
        for change in (
            {"proofCID": "bafkreiother"},
            {"proofCID": ""},
            {"salt": digest_of("another salt")},
            {"salt": bytes(32)},
            {"resultHash": digest_of("B")},
        ):
            with self.reverts("not what was committed"):
                job.open(node, **change)
        with self.reverts("not what was committed"):
            job.open(node, "B")
        with self.reverts("not what was committed"):
            job.open(node, "!")
        job.open(node)

    def test_accept_goes_with_a_result(self) -> None:
        job = self.committed("A!B")
        reason = "accept needs a result hash, and it alone"
        with self.reverts(reason):
            job.open(self.nodes[0], accept=False)
        with self.reverts(reason):
            job.open(self.nodes[0], resultHash=bytes(32))
        with self.reverts(reason):
            job.open(self.nodes[1], accept=True)
        with self.reverts(reason):
            job.open(self.nodes[1], resultHash=digest_of("A"))

    def test_no_trace_without_a_result(self) -> None:
        job = self.committed("A!B")
        with self.reverts("no trace without a result"):
            job.open(self.nodes[1], traceRoot=digest_of("trace"))

    def test_the_claim_of_another_round_opens_nothing(self) -> None:
        job = self.agreed("AA-")
        job.challenge(self.carl)
        with self.reverts("no commitment"):
            job.open(self.nodes[2], "A")
        self.play(job, "AAAAAAA")
        with self.reverts("no commitment"):
            job.open(self.nodes[2], "A")

    def test_not_once_the_round_is_settled(self) -> None:
        job = self.agreed("AA-")
        with self.reverts("settled before"):
            job.open(self.nodes[2], "A")

    def test_not_before_the_job_was_posted(self) -> None:
        job = self.committed()
        job.id = digest_of("nowhere")
        with self.reverts("no commitment"):
            job.open(self.nodes[0])

    def test_the_round_of_the_challenge_is_told(self) -> None:
        job = self.agreed("A")
        job.challenge(self.carl)
        job.admit_everybody()
        for node in self.nodes[1:4]:
            job.claim(node)
        for node in self.nodes[1:4]:
            job.commit(node)
        self.assertEqual(job.open(self.nodes[1]).event("VoteSubmitted").round, 1)

    def test_longest_texts(self) -> None:
        job = self.post(n=1, k=1)
        job.claim(self.nodes[0])
        node = self.nodes[0]
        long = self.market.opening(job.id, node, "A", proof_cid="p" * 128)
        self.proofs.submitProof(job.id, long.commitment, sender=node)
        arguments = long.arguments(self.chain.chain_id, self.consensus)
        with self.reverts("execution reverted"):
            self.consensus.submitVote(
                *arguments[:3], "p" * 129, *arguments[4:], sender=node
            )
        receipt = self.consensus.submitVote(*arguments, sender=node)
        self.assertEqual(receipt.event("VoteSubmitted").proofCID, "p" * 128)


class SignatureTests(UnitCase):
    def setUp(self) -> None:
        super().setUp()
        self.job = self.post(n=1, k=1)
        self.node = self.nodes[0]
        self.job.claim(self.node)
        self.job.commit(self.node)
        self.found = self.job.found(self.node)
        self.signature = self.found.signature(self.chain.chain_id, self.consensus)

    def refused(self, reason: str, signature: bytes) -> None:
        """An opening with that signature is refused."""
        with self.reverts(reason):
            self.job.open(self.node, signature=signature)

    def test_the_digest_is_that_of_eip_712(self) -> None:
        """Held against another implementation."""
        typed = encode_typed_data(
            {
                "name": "Sandrun",
                "version": "1",
                "chainId": self.chain.chain_id,
                "verifyingContract": self.consensus.address,
            },
            {
                "Result": [
                    {"name": "jobId", "type": "bytes32"},
                    {"name": "node", "type": "address"},
                    {"name": "resultHash", "type": "bytes32"},
                    {"name": "traceRoot", "type": "bytes32"},
                ]
            },
            {
                "jobId": self.job.id,
                "node": self.node.address,
                "resultHash": self.found.result_hash,
                "traceRoot": self.found.trace_root,
            },
        )
        signed = Account.sign_message(typed, self.node.key)
        members = (self.job.id, self.node, self.found.result_hash, self.found.trace_root)
        self.assertEqual(self.consensus.resultDigest(*members), bytes(signed.message_hash))
        self.job.open(self.node, signature=bytes(signed.signature))

    def test_65_bytes(self) -> None:
        for length in (0, 1, 32, 64):
            self.refused("signature: 65 bytes", self.signature[:length])
        self.refused("execution reverted", self.signature + b"\x00")

    def test_v_is_27_or_28(self) -> None:
        for v in (0, 1, 26, 29, 255):
            self.refused("signature: v is 27 or 28", self.signature[:64] + bytes([v]))
        other = 55 - self.signature[64]
        self.refused("not the node's signature", self.signature[:64] + bytes([other]))

    def test_the_lower_s_alone(self) -> None:
        s = int.from_bytes(self.signature[32:64], "big")
        self.assertLessEqual(s, ORDER // 2)
        twin = (ORDER - s).to_bytes(32, "big") + bytes([55 - self.signature[64]])
        self.refused("signature: high s", self.signature[:32] + twin)
        just = (ORDER // 2).to_bytes(32, "big")
        self.refused("not the node's signature", self.signature[:32] + just + b"\x1b")
        above = (ORDER // 2 + 1).to_bytes(32, "big")
        self.refused("signature: high s", self.signature[:32] + above + b"\x1b")

    def test_no_signature_at_all_is_nobody_s(self) -> None:
        for r, s in ((0, 0), (0, 1), (1, 0), (ORDER, 1), (2**256 - 1, 1)):
            forged = r.to_bytes(32, "big") + s.to_bytes(32, "big")
            for v in (27, 28):
                self.refused("not the node's signature", forged + bytes([v]))

    def test_of_the_operator_alone(self) -> None:
        digest = self.consensus.resultDigest(
            self.job.id, self.node, self.found.result_hash, self.found.trace_root
        )
        for signer in (self.owner(self.node), self.nodes[1], self.mallory):
            self.refused("not the node's signature", signer.sign(digest))

    def test_over_each_member_and_the_whole_domain(self) -> None:
        job, node = self.job.id, self.node
        result, trace = self.found.result_hash, self.found.trace_root
        chain, verifier = self.chain.chain_id, self.consensus
        for wrong in (
            (chain + 1, verifier, job, node, result, trace),
            (chain, self.marketplace, job, node, result, trace),
            (chain, verifier, digest_of("another job"), node, result, trace),
            (chain, verifier, job, self.nodes[1], result, trace),
            (chain, verifier, job, node, digest_of("B"), trace),
            (chain, verifier, job, node, result, digest_of("another trace")),
        ):
            self.refused("not the node's signature", node.sign(result_digest(*wrong)))
        self.refused("not the node's signature", b"\x01" * 64 + b"\x1b")

    def test_the_trace_s_root_is_signed_and_not_committed(self) -> None:
        trace = digest_of("another trace")
        with self.reverts("not the node's signature"):
            self.job.open(self.node, traceRoot=trace)
        digest = self.consensus.resultDigest(
            self.job.id, self.node, self.found.result_hash, trace
        )
        receipt = self.job.open(self.node, traceRoot=trace, signature=self.node.sign(digest))
        self.assertEqual(receipt.event("VoteSubmitted").traceRoot, trace)

    def test_could_not_run_is_signed_too(self) -> None:
        job = self.post(n=1, k=1, name="another")
        job.claim(self.node, "!")
        job.commit(self.node)
        with self.reverts("not the node's signature"):
            job.open(self.node, signature=self.signature)
        job.open(self.node)


if __name__ == "__main__":
    unittest.main()
