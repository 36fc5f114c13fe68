"""JobMarketplace: what may be posted, and what is put in escrow."""

from __future__ import annotations

import unittest

from eth_abi import encode
from eth_hash.auto import keccak

from .case import UnitCase
from .harness import ETH, actor, digest_of
from .job import BOND, CLAIM, COMMIT, WINDOWS

MONTH = 2_592_000
MOST = 2**128 - 1


class SubmitTests(UnitCase):
    def refused(self, reason: str, value: int | None = None, **changes: Any) -> None:
        """A post with these arguments is refused."""
        with self.reverts(reason):
            self.submit(self.ann, self.terms(**changes), value)

    def accepted(self, **changes: Any) -> None:
        """A post with these arguments is fine; it is undone."""
        moment = self.chain.snapshot()
        self.submit(self.ann, self.terms(**changes))
        self.chain.rollback(moment)

    def test_the_event_tells_everything(self) -> None:
        terms = self.terms(name="told", payment=101)
        receipt = self.submit(self.ann, terms)
        job = receipt.value
        names = ("specification", "id", "code", "nodes", "quorum", "bond", "windows", "token", "payment")
        self.assertEvent(
            receipt,
            "JobSubmitted",
            jobId=job,
            submitter=self.ann.address,
            claimDeadline=receipt.timestamp + CLAIM,
            **{name: terms[name] for name in names},
        )
        self.assertEqual(self.chain.balance(self.marketplace), 101)
        self.assertEqual(self.consensus.status(job), 0)
        self.assertEqual(self.marketplace.claimDeadline(job, 0), receipt.timestamp + CLAIM)
        self.assertEqual(
            self.marketplace.round(job, 0),
            (3, receipt.timestamp, receipt.block_number, bytes(32), 0, False),
        )
        self.assertEqual(self.marketplace.claimants(job, 0), ())

    def test_the_terms_can_be_read(self) -> None:
        job = self.post(n=5, k=4, payment=1003, windows=(MONTH, 1, 7, MONTH - 1))
        self.assertEqual(
            self.marketplace.terms(job.id), (5, 4, BOND, 200, (MONTH, 1, 7, MONTH - 1))
        )
        self.assertEqual(self.marketplace.openWindow(job.id), 7)
        found = self.marketplace.jobs(job.id)
        self.assertEqual(found.submitter, self.ann.address)
        self.assertEqual((found.nodes, found.quorum, found.bond), (5, 4, BOND))
        self.assertEqual(found.windows, (MONTH, 1, 7, MONTH - 1))
        self.assertEqual((found.token, found.payment), (ETH, 1003))
        self.assertEqual(found.registered, self.registry.lastNumber())
        self.assertEqual((found.challenger, found.challengeBond, found.closed), (ETH, 0, False))

    def test_the_id_is_made_of_who_posts_what_where(self) -> None:
        terms = self.terms()
        expected = keccak(
            encode(
                ["uint256", "address", "address", "bytes16", "bytes32"],
                [
                    self.chain.chain_id,
                    self.marketplace.address,
                    self.ann.address,
                    terms["id"],
                    terms["specification"],
                ],
            )
        )
        place = (terms["id"], terms["specification"])
        self.assertEqual(self.marketplace.jobIdOf(self.ann, *place), expected)
        self.assertEqual(self.submit(self.ann, terms).value, expected)
        others = {
            self.marketplace.jobIdOf(self.mallory, *place),
            self.marketplace.jobIdOf(self.ann, digest_of("x")[:16], terms["specification"]),
            self.marketplace.jobIdOf(self.ann, terms["id"], digest_of("x")),
        }
        self.assertEqual(len(others - {expected}), 3)

    def test_a_repeated_post_is_refused(self) -> None:
        self.submit(self.ann, self.terms())
        self.refused("posted before", payment=300, quorum=3)
        self.submit(self.mallory, self.terms())
        self.submit(self.ann, self.terms(name="another"))

    def test_a_post_is_refused_after_its_refund_too(self) -> None:
        job = self.post()
        job.refund(at=job.claim_deadline + 1)
        self.refused("posted before")

    def test_one_to_fifteen_nodes(self) -> None:
        for nodes, quorum in ((0, 0), (16, 9), (2**255 + 3, 2), (2**256 - 1, 2**255 + 1)):
            self.refused("nodes: 1 to 15", nodes=nodes, quorum=quorum)
        self.accepted(nodes=1, quorum=1)
        self.accepted(nodes=15, quorum=8)

    def test_more_than_half_of_the_nodes(self) -> None:
        wrong = {1: (0, 2), 2: (0, 1, 3), 3: (0, 1, 4), 4: (2, 5), 14: (7, 15), 15: (7, 16)}
        for nodes, quorums in wrong.items():
            for quorum in quorums:
                self.refused("quorum: more than half of the nodes", nodes=nodes, quorum=quorum)
        for nodes in range(1, 16):
            self.accepted(nodes=nodes, quorum=nodes // 2 + 1)
            self.accepted(nodes=nodes, quorum=nodes)
        self.refused("quorum: more than half of the nodes", quorum=2**255 + 1)

    def test_each_window_is_a_second_to_thirty_days(self) -> None:
        for place in range(4):
            for wrong in (0, MONTH + 1, 2**255, 2**256 - 1):
                windows = (*WINDOWS[:place], wrong, *WINDOWS[place + 1 :])
                self.refused("window: 1 s to 30 days", windows=windows)
        self.accepted(windows=(1, 1, 1, 1))
        self.accepted(windows=(MONTH, MONTH, MONTH, MONTH))

    def test_a_share_is_at_least_one(self) -> None:
        for payment in (0, 2):
            self.refused("payment below one unit a node", payment=payment)
        self.accepted(payment=3)

    def test_amounts_have_128_bits(self) -> None:
        self.chain.fund(self.ann, 2**129)
        self.refused("payment too large", payment=MOST + 1)
        self.accepted(payment=MOST)
        self.refused("bond too large", bond=MOST + 1)
        self.accepted(bond=MOST)
        self.accepted(bond=0)

    def test_the_value_is_the_payment(self) -> None:
        for value in (0, 99, 101):
            self.refused("value is not the amount", value=value)

    def test_longest_texts(self) -> None:
        self.accepted(code="c" * 128)
        self.refused("execution reverted", code="c" * 129)

    def test_no_job_where_none_was_posted(self) -> None:
        nowhere = digest_of("nowhere")
        self.assertEqual(self.consensus.status(nowhere), 0)
        self.assertEqual(self.marketplace.jobs(nowhere).submitter, ETH)
        for call in (
            lambda: self.marketplace.terms(nowhere),
            lambda: self.marketplace.admittedFrom(nowhere, 1),
            lambda: self.marketplace.claimJob(nowhere, sender=self.nodes[0]),
            lambda: self.marketplace.draw(nowhere, sender=self.anyone),
            lambda: self.marketplace.escrowPayment(nowhere, 1, sender=self.ann, value=1),
            lambda: self.marketplace.releasePayment(nowhere, sender=self.ann),
            lambda: self.marketplace.distributeRewards(nowhere, sender=self.ann),
            lambda: self.marketplace.refund(nowhere, sender=self.ann),
            lambda: self.consensus.settle(nowhere, sender=self.anyone),
        ):
            with self.reverts("no such job"):
                call()
        with self.reverts("no live claim"):
            self.proofs.submitProof(nowhere, digest_of("c"), sender=self.nodes[0])
        with self.reverts("no live claim"):
            self.consensus.expireClaim(nowhere, self.nodes[0], sender=self.anyone)
        self.assertEqual(self.proofs.openFrom(nowhere, 0), 0)
        self.assertEqual(self.proofs.openFrom(nowhere, 1), 0)


class EscrowTests(UnitCase):
    def test_the_submitter_adds_to_the_payment(self) -> None:
        job = self.post()
        receipt = job.top_up(50)
        self.assertEvent(
            receipt,
            "EscrowAdded",
            jobId=job.id,
            sender=self.ann.address,
            amount=50,
            payment=150,
        )
        self.assertEqual(self.marketplace.terms(job.id).share, 50)
        self.assertEqual(self.marketplace.jobs(job.id).payment, 150)

    def test_nobody_else_does(self) -> None:
        """Else colluding nodes could raise the bond of a challenge, and get the money back as pay."""
        job = self.post()
        for sender in (self.mallory, self.nodes[0], self.owner(self.nodes[0])):
            with self.reverts("not the submitter"):
                job.top_up(50, sender)

    def test_nothing_is_nothing(self) -> None:
        with self.reverts("nothing arrived"):
            self.post().top_up(0)

    def test_the_value_is_the_amount(self) -> None:
        job = self.post()
        for value in (0, 49, 51):
            with self.reverts("value is not the amount"):
                job.top_up(50, value=value)

    def test_no_more_than_128_bits(self) -> None:
        self.chain.fund(self.ann, 2**129)
        job = self.post(payment=MOST - 10)
        with self.reverts("payment too large"):
            job.top_up(11)
        job.top_up(10)

    def test_until_it_is_first_settled(self) -> None:
        job = self.post(n=1, k=1)
        self.play(job, "A")
        job.top_up(1)
        job.settle()
        for _ in ("agreed", "challenged", "final", "paid"):
            with self.reverts("settled"):
                job.top_up(1)
            if job.status == 1:
                job.challenge(actor("carl"))
            elif job.status == 2:
                self.decide(job, "AAA")
            elif job.status == 3:
                job.distribute()
        self.assertEqual(job.status, 4)

    def test_not_after_a_refund(self) -> None:
        job = self.post()
        job.top_up(20)
        receipt = job.refund(at=job.claim_deadline + 1)
        self.assertEqual(self.payments(receipt), [(self.ann.address, 120, 3)])
        with self.reverts("settled"):
            job.top_up(1)

    def test_the_share_grows_with_it(self) -> None:
        job = self.post(n=1, k=1, payment=COMMIT)
        job.top_up(7)
        self.decide(job, "A")
        job.release()
        self.assertEqual(self.credits(self.owner(self.nodes[0])), COMMIT + 7)


if __name__ == "__main__":
    unittest.main()
