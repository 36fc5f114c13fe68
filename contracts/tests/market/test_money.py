"""Who is paid what, when, and that it is paid once."""

from __future__ import annotations

import unittest

from .books import NODE_SHARE, REST
from .case import UnitCase
from .harness import ETH, actor, digest_of
from .job import BOND, CHALLENGE


class PayTests(UnitCase):
    def test_each_node_on_the_verdict_gets_a_share_and_the_submitter_the_rest(self) -> None:
        """What remains of the shares of the others, and the dust of the division."""
        for letters, payment, share in (
            ("AAB", 100, 33),
            ("AAA", 100, 33),
            ("AAA", 99, 33),
            ("AAA", 3, 1),
            ("AAA", 5, 1),
            ("A", 100, 100),
            ("AAAA!-B", 1000, 142),
            ("AA.", 101, 33),
        ):
            moment = self.chain.snapshot()
            job = self.agreed(letters, payment=payment)
            receipt = job.release()
            winners = [
                self.owner(node)
                for node, letter in zip(self.nodes, letters)
                if letter == "A"
            ]
            rest = payment - share * len(winners)
            expected = [(owner.address, share, NODE_SHARE) for owner in winners]
            if rest:
                expected.append((self.ann.address, rest, REST))
            self.assertEqual(self.payments(receipt), expected)
            for owner in winners:
                self.assertEqual(self.credits(owner), share)
            self.assertEqual(self.credits(self.ann), rest)
            self.assertEvent(
                receipt,
                "JobCompleted",
                jobId=job.id,
                resultHash=digest_of("A"),
                paid=True,
                payment=payment,
            )
            self.assertEqual(job.status, 4)
            self.assertTrue(self.marketplace.jobs(job.id).closed)
            self.chain.rollback(moment)

    def test_the_owner_is_paid_and_not_the_operator(self) -> None:
        job = self.agreed("AAB")
        job.release()
        for node in self.nodes[:2]:
            self.assertEqual(self.credits(node), 0)
            self.assertEqual(self.credits(self.owner(node)), 33)

    def test_an_owner_of_two_nodes_gets_two_shares(self) -> None:
        twins = [actor("twin1"), actor("twin2")]
        for twin in twins:
            self.market.register(twin, owner=self.dora)
        job = self.post(n=3, k=2)
        job.play("AAB", [*twins, self.nodes[0]])
        job.settle()
        receipt = job.release()
        self.assertEqual(self.credits(self.dora), 66)
        self.assertEqual(len(receipt.all("PaymentReleased")), 3)

    def test_the_owner_is_paid_though_the_node_is_gone(self) -> None:
        """Bonds are free and the stake withdrawn before the challenged job is paid out."""
        job = self.agreed("A")
        job.challenge(self.carl)
        self.decide(job, "AAA")
        since = self.registry.retire(1, sender=self.nodes[0]).event("NodeRetired").withdrawableFrom
        self.registry.withdrawStake(1, sender=self.owner(self.nodes[0]), at=since)
        self.market.register(self.nodes[0], owner=self.mallory)
        job.distribute()
        self.assertEqual(self.credits(self.owner(self.nodes[0])), 100)
        self.assertEqual(self.credits(self.mallory), 0)

    def test_release_and_distribute_pay_the_same(self) -> None:
        for challenged in (None, "AAAAAAA", "BBBBBBB", "AB"):
            found = []
            for pay in ("release", "distribute"):
                moment = self.chain.snapshot()
                job = self.agreed("AAB", payment=101)
                if challenged is None:
                    job.wait_until(job.challenge_deadline + 1)
                else:
                    job.challenge(self.carl, 240)
                    self.decide(job, challenged)
                receipt = getattr(job, pay)()
                events = [event for event in receipt.events if event.name != "StakeFreed"]
                found.append([(event.name, event.args) for event in events])
                self.chain.rollback(moment)
            self.assertEqual(found[0], found[1])


class WhenTests(UnitCase):
    def test_distribute_after_the_challenge_window(self) -> None:
        job = self.agreed("AAB")
        end = job.challenge_deadline
        for time in (self.chain.now, end):
            with self.reverts("challenge window open"):
                job.distribute(at=time)
        job.distribute(at=end + 1)
        self.assertEqual(job.status, 4)

    def test_release_ends_the_challenge_window_early(self) -> None:
        job = self.agreed("AAB")
        self.assertLess(self.chain.now, job.challenge_deadline)
        job.release()
        with self.reverts("not agreed, or challenged before"):
            job.challenge(self.carl)

    def test_release_in_the_second_of_the_agreement(self) -> None:
        job = self.post()
        self.play(job, "AAB")
        with self.chain.one_block():
            job.settle()
            job.release()
        self.assertEqual(job.status, 4)

    def test_by_the_submitter_alone(self) -> None:
        job = self.agreed("AAB")
        for sender in (self.mallory, self.nodes[0], self.owner(self.nodes[0])):
            with self.reverts("not the submitter"):
                job.release(sender)
        job.wait_until(job.challenge_deadline + 1)
        with self.reverts("not the submitter"):
            job.release(self.mallory)
        job.release()

    def test_not_before_it_is_settled(self) -> None:
        job = self.post()
        for step in ("posted", "played"):
            with self.reverts("not settled"):
                job.release()
            with self.reverts("not settled"):
                job.distribute(at=self.chain.now + CHALLENGE + 1)
            if step == "posted":
                self.play(job, "AAB")

    def test_not_while_a_challenge_is_open(self) -> None:
        job = self.agreed("AAB")
        job.challenge(self.carl)
        for time in (self.chain.now, self.chain.now + 10 * CHALLENGE):
            with self.reverts("a challenge is open"):
                job.release(at=time)
            with self.reverts("a challenge is open"):
                job.distribute()
        job.settle()
        job.distribute()

    def test_once(self) -> None:
        for first in ("release", "distribute"):
            moment = self.chain.snapshot()
            job = self.agreed("AAB")
            job.wait_until(job.challenge_deadline + 1)
            getattr(job, first)()
            for again in (job.release, job.distribute):
                with self.reverts("closed"):
                    again()
            with self.reverts("settled before"):
                job.refund()
            self.chain.rollback(moment)

    def test_what_was_refunded_is_not_paid(self) -> None:
        job = self.post()
        self.decide(job, "ABC")
        for pay in (job.release, job.distribute):
            with self.reverts("closed"):
                pay()
        self.assertEqual(self.credits(self.ann), 100)

    def test_one_job_s_money_pays_no_other(self) -> None:
        poor, rich = self.post(n=1, k=1, payment=1), self.post(n=1, k=1, payment=999, name="rich")
        for job in (poor, rich):
            self.decide(job, "A")
        poor.release()
        self.assertEqual(self.credits(self.owner(self.nodes[0])), 1)
        rich.release()
        self.assertEqual(self.credits(self.owner(self.nodes[0])), 1000)


class RefundTests(UnitCase):
    def test_it_settles_what_found_no_quorum(self) -> None:
        job = self.post()
        self.play(job, "ABC")
        receipt = job.refund()
        self.assertEqual(self.payments(receipt), [(self.ann.address, 100, REST)])
        self.assertEqual(len(receipt.all("JobSettled")), 1)
        self.assertEqual(job.status, 5)
        self.assertTrue(self.marketplace.jobs(job.id).closed)

    def test_not_where_there_is_a_quorum(self) -> None:
        job = self.post()
        self.play(job, "AAB")
        with self.reverts("there is a quorum"):
            job.refund()
        self.assertEqual(job.status, 0)
        job.settle()
        with self.reverts("settled before"):
            job.refund()

    def test_not_before_its_time(self) -> None:
        job = self.post()
        with self.reverts("too early to settle"):
            job.refund(at=job.claim_deadline)
        job.refund(at=job.claim_deadline + 1)

    def test_once(self) -> None:
        job = self.post()
        job.refund(at=job.claim_deadline + 1)
        for again in (job.refund, job.settle):
            with self.reverts("settled before"):
                again()
        self.assertEqual(self.credits(self.ann), 100)

    def test_not_of_a_challenge(self) -> None:
        job = self.agreed("A")
        job.challenge(self.carl)
        with self.reverts("there is a quorum"):
            job.refund(at=job.claim_deadline + 1)
        self.assertEqual(job.status, 2)


class WithdrawTests(UnitCase):
    def test_all_of_it_at_once_to_the_caller(self) -> None:
        for name in ("first", "second"):
            job = self.post(n=1, k=1, name=name, payment=70)
            self.decide(job, "A")
            job.release()
        owner = self.owner(self.nodes[0])
        self.assertEqual(self.credits(owner), 140)
        before = self.chain.balance(owner)
        receipt = self.marketplace.withdraw(ETH, sender=owner)
        self.assertEvent(receipt, "Withdrawn", account=owner.address, token=ETH, amount=140)
        self.assertEqual(self.chain.balance(owner), before + 140)
        self.assertEqual(self.credits(owner), 0)
        with self.reverts("no credit"):
            self.marketplace.withdraw(ETH, sender=owner)

    def test_nobody_withdraws_what_is_not_his(self) -> None:
        job = self.agreed("A")
        job.release()
        for sender in (self.mallory, self.nodes[0], self.ann):
            with self.reverts("no credit"):
                self.marketplace.withdraw(ETH, sender=sender)

    def test_who_takes_no_wei_holds_up_nobody_else(self) -> None:
        """A contract that refuses wei is credited as others are; it alone cannot withdraw."""
        refusing = self.market.deploy("PlainToken")
        node = actor("theirs")
        self.market.register(node, owner=refusing)
        job = self.post(n=2, k=2)
        job.play("AA", [node, self.nodes[0]])
        job.settle()
        job.release()
        self.assertEqual(self.credits(refusing), 50)
        self.chain.fund(refusing, 1)
        with self.reverts("execution reverted"):
            self.marketplace.withdraw(ETH, sender=refusing)
        self.assertEqual(self.credits(refusing), 50)
        self.marketplace.withdraw(ETH, sender=self.owner(self.nodes[0]))

    def test_a_refund_is_withdrawn_too(self) -> None:
        job = self.post()
        job.refund(at=job.claim_deadline + 1)
        before = self.chain.balance(self.ann)
        self.marketplace.withdraw(ETH, sender=self.ann)
        self.assertEqual(self.chain.balance(self.ann), before + 100)
        self.assertEqual(self.chain.balance(self.marketplace), 0)

    def test_the_last_wei_goes_out(self) -> None:
        job = self.agreed("AAB", payment=101)
        job.release()
        for account in (self.ann, *(self.owner(node) for node in self.nodes[:2])):
            self.marketplace.withdraw(ETH, sender=account)
        self.assertEqual(self.chain.balance(self.marketplace), 0)
        self.assertEqual(self.registry.burned(), BOND)


if __name__ == "__main__":
    unittest.main()
