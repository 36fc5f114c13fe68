"""Jobs paid in tokens: those that follow ERC-20, and those that keep a part, say nothing, refuse, stop or lie."""

from __future__ import annotations

import unittest
from typing import Any

from .books import BOND_BACK, BURNED, CHECKER_SHARE, NODE_SHARE, REST
from .case import UnitCase
from .contract import Contract
from .harness import BURN, ETH
from .job import Job

FUNDS = 10_000


class TokenCase(UnitCase):
    """A test with a token of which Ann and Carl have 10,000 units, all of them allowed to the marketplace."""

    def deploy(self, name: str, *values: int) -> Contract:
        """Another token."""
        token = self.market.deploy(name, *values)
        for holder in (self.ann, self.carl):
            token.mint(holder, FUNDS, sender=holder)
            token.approve(self.marketplace, FUNDS, sender=holder)
        return token

    def paid_in(self, token: Contract, **changes: Any) -> Job:
        """A job of Ann's paid in a token."""
        return self.post(token=token.address, **changes)

    def take_all(self, token: Contract, *accounts: Any) -> list[int]:
        """Each withdraws; what each has then."""
        for account in accounts:
            self.marketplace.withdraw(token, sender=account)
        return [token.balanceOf(account) for account in accounts]


class PlainTokenTests(TokenCase):
    def test_from_post_to_withdrawal(self) -> None:
        for name in ("PlainToken", "SilentToken", "FalseToken", "PausableToken"):
            moment = self.chain.snapshot()
            token = self.deploy(name)
            job = self.paid_in(token)
            self.assertEqual(job.posted.event("JobSubmitted").token, token.address)
            self.assertEqual(token.balanceOf(self.marketplace), 100)
            job.top_up(50)
            self.assertEqual(token.balanceOf(self.ann), FUNDS - 150)
            self.decide(job, "AAB")
            receipt = job.release()
            owners = [self.owner(node) for node in self.nodes[:2]]
            self.assertEqual(
                self.payments(receipt),
                [
                    *((owner.address, 50, NODE_SHARE) for owner in owners),
                    (self.ann.address, 50, REST),
                ],
            )
            self.assertEqual(
                {event.token for event in receipt.all("PaymentReleased")}, {token.address}
            )
            with self.reverts("no credit"):
                self.marketplace.withdraw(ETH, sender=owners[0])
            self.assertEqual(self.take_all(token, *owners, self.ann), [50, 50, FUNDS - 100])
            self.assertEqual(token.balanceOf(self.marketplace), 0)
            with self.reverts("no credit"):
                self.marketplace.withdraw(token, sender=owners[0])
            self.chain.rollback(moment)

    def test_a_challenge_lost(self) -> None:
        token = self.deploy("PlainToken")
        job = self.paid_in(token)
        self.decide(job, "AAB")
        with self.reverts("bond below its shares"):
            job.challenge(self.carl, 230)
        receipt = job.challenge(self.carl, 240)
        self.assertEqual(receipt.event("ResultChallenged").bond, 240)
        self.assertEqual(token.balanceOf(self.marketplace), 340)
        self.decide(job, "AAAAAAA")
        paid = self.payments(job.distribute())
        kinds = [kind for _, _, kind in paid]
        self.assertEqual(kinds, [NODE_SHARE] * 2 + [CHECKER_SHARE] * 7 + [BOND_BACK, REST])
        self.assertEqual(self.take_all(token, self.carl, self.ann), [FUNDS - 231, FUNDS - 66])
        self.assertEqual(token.balanceOf(self.marketplace), 9 * 33)

    def test_a_challenge_unfilled_burns_a_share_of_the_token(self) -> None:
        token = self.deploy("PlainToken")
        job = self.paid_in(token)
        self.decide(job, "AAB")
        job.challenge(self.carl)
        job.settle(at=job.claim_deadline + 1)
        paid = self.payments(job.distribute())
        self.assertIn((BURN, 33, BURNED), paid)
        self.assertEqual(self.credits(BURN, token), 33)
        self.assertEqual(self.credits(BURN), 0)

    def test_no_wei_with_a_token(self) -> None:
        token = self.deploy("PlainToken")
        terms = self.terms(token=token.address)
        with self.reverts("the currency is a token"):
            self.submit(self.ann, terms, value=1)
        job = self.paid_in(token)
        with self.reverts("the currency is a token"):
            job.top_up(10, value=10)
        self.decide(job, "AAB")
        with self.reverts("the currency is a token"):
            job.challenge(self.carl, value=231)

    def test_no_more_than_allowed_and_no_more_than_there_is(self) -> None:
        token = self.market.deploy("PlainToken")
        terms = self.terms(token=token.address)
        token.mint(self.ann, 99, sender=self.ann)
        for allowed, reason in ((99, "token: allowance"), (100, "token: balance")):
            token.approve(self.marketplace, allowed, sender=self.ann)
            with self.reverts(reason):
                self.submit(self.ann, terms)
        token.mint(self.ann, 1, sender=self.ann)
        self.submit(self.ann, terms)

    def test_the_challenger_s_own_units_are_taken(self) -> None:
        token = self.deploy("PlainToken")
        job = self.paid_in(token)
        self.decide(job, "AAB")
        with self.reverts("token: allowance"):
            job.challenge(self.mallory)
        job.challenge(self.carl)
        self.assertEqual(token.balanceOf(self.carl), FUNDS - 231)

    def test_what_is_no_token(self) -> None:
        for place in (self.mallory, self.registry, self.marketplace, self.proofs):
            with self.reverts("execution reverted"):
                self.submit(self.ann, self.terms(token=place.address))

    def test_two_currencies_are_kept_apart(self) -> None:
        one, other = self.deploy("PlainToken"), self.deploy("SilentToken")
        jobs = [
            self.paid_in(one, n=1, k=1, name="one", payment=10),
            self.paid_in(other, n=1, k=1, name="other", payment=200),
            self.post(n=1, k=1, name="wei", payment=3000),
        ]
        for job in jobs:
            self.decide(job, "A")
            job.release()
        owner = self.owner(self.nodes[0])
        self.assertEqual(
            [self.credits(owner, each) for each in (one, other, ETH)], [10, 200, 3000]
        )
        self.assertEqual(self.take_all(one, owner), [10])
        self.assertEqual([self.credits(owner, each) for each in (one, other, ETH)], [0, 200, 3000])

    def test_a_refund_in_the_token(self) -> None:
        token = self.deploy("PlainToken")
        job = self.paid_in(token)
        job.refund(at=job.claim_deadline + 1)
        self.assertEqual(self.take_all(token, self.ann), [FUNDS])


class FeeTests(TokenCase):
    def test_the_payment_is_what_arrived(self) -> None:
        token = self.deploy("FeeToken", 100)
        job = self.paid_in(token)
        self.assertEqual((job.payment, job.share), (90, 30))
        receipt = job.top_up(50)
        event = receipt.event("EscrowAdded")
        self.assertEqual((event.amount, event.payment), (45, 135))
        self.decide(job, "AAB")
        paid = self.payments(job.release())
        self.assertEqual([amount for _, amount, _ in paid], [45, 45, 45])

    def test_a_bond_is_what_arrived(self) -> None:
        token = self.deploy("FeeToken", 100)
        job = self.paid_in(token, n=1, k=1)
        self.decide(job, "A")
        for amount in (270, 298):
            with self.reverts("bond below its shares"):
                job.challenge(self.carl, amount)
        receipt = job.challenge(self.carl, 300)
        self.assertEqual(receipt.event("ResultChallenged").bond, 270)
        self.decide(job, "AAA")
        job.distribute()
        self.assertEqual(self.credits(self.carl, token), 0)
        self.assertEqual(token.balanceOf(self.marketplace), 360)

    def test_the_fee_of_a_withdrawal_is_the_receiver_s(self) -> None:
        token = self.deploy("FeeToken", 100)
        job = self.paid_in(token)
        self.decide(job, "AAA")
        job.release()
        owners = [self.owner(node) for node in self.nodes[:3]]
        self.assertEqual(self.take_all(token, *owners), [27, 27, 27])
        self.assertEqual(token.balanceOf(self.marketplace), 0)

    def test_where_nothing_arrives_there_is_no_payment(self) -> None:
        token = self.deploy("FeeToken", 1000)
        with self.reverts("payment below one unit a node"):
            self.submit(self.ann, self.terms(token=token.address))
        token = self.deploy("FeeToken", 980)
        with self.reverts("payment below one unit a node"):
            self.submit(self.ann, self.terms(token=token.address))
        job = self.paid_in(token, payment=150)
        self.assertEqual(job.payment, 3)


class RefusingTests(TokenCase):
    def test_false_is_no(self) -> None:
        token = self.deploy("FalseToken")
        reason = "token: transfer refused"
        token.refuse(True, sender=self.mallory)
        with self.reverts(reason):
            self.submit(self.ann, self.terms(token=token.address))
        token.refuse(False, sender=self.mallory)
        job = self.paid_in(token)
        token.refuse(True, sender=self.mallory)
        with self.reverts(reason):
            job.top_up(10)
        self.decide(job, "AAB")
        with self.reverts(reason):
            job.challenge(self.carl)
        self.assertEqual(job.status, 1)
        job.release()
        owner = self.owner(self.nodes[0])
        with self.reverts(reason):
            self.marketplace.withdraw(token, sender=owner)
        self.assertEqual(self.credits(owner, token), 33)
        token.refuse(False, sender=self.mallory)
        self.assertEqual(self.take_all(token, owner), [33])

    def test_a_token_that_stops_holds_up_no_job(self) -> None:
        """Whatever the token does, jobs are settled, bonds resolved, credits written."""
        token = self.deploy("PausableToken")
        won, lost = self.paid_in(token, name="won"), self.paid_in(token, name="lost")
        self.decide(won, "AAB")
        won.challenge(self.carl)
        token.pause(True, sender=self.mallory)
        self.decide(won, "AAAAAAA")
        won.distribute()
        lost.refund(at=max(self.chain.now, lost.claim_deadline + 1))
        for node in self.nodes:
            self.assertEqual(self.record(node).openClaims, 0)
        with self.reverts("token: paused"):
            self.marketplace.withdraw(token, sender=self.ann)
        token.pause(False, sender=self.mallory)
        self.assertEqual(self.take_all(token, self.ann), [FUNDS - 66])


class LyingTests(TokenCase):
    def test_a_balance_that_shrinks_is_refused(self) -> None:
        token = self.deploy("LyingToken")
        self.paid_in(token, name="before")
        token.lieLater(self.marketplace, -101, True, sender=self.mallory)
        with self.reverts("execution reverted"):
            self.submit(self.ann, self.terms(token=token.address))

    def test_more_than_128_bits_are_refused(self) -> None:
        token = self.deploy("LyingToken")
        token.lieLater(self.marketplace, 2**200, True, sender=self.mallory)
        with self.reverts("payment too large"):
            self.submit(self.ann, self.terms(token=token.address))

    def test_what_never_arrived_hurts_that_token_alone(self) -> None:
        """The lie is believed, and paid in the lying token: no wei and no other token."""
        honest, lying = self.deploy("PlainToken"), self.deploy("LyingToken")
        jobs = [
            self.paid_in(honest, n=1, k=1, name="honest"),
            self.post(n=1, k=1, name="wei"),
        ]
        lying.lieLater(self.marketplace, 10**6, False, sender=self.mallory)
        believed = self.paid_in(lying, n=1, k=1, name="believed", payment=1)
        self.assertEqual(believed.payment, 10**6)
        self.assertEqual(lying.trueBalanceOf(self.marketplace), 0)
        for job in [*jobs, believed]:
            self.decide(job, "A")
            job.release()
        owner = self.owner(self.nodes[0])
        self.assertEqual(self.credits(owner, lying), 10**6)
        self.assertEqual(self.take_all(honest, owner), [100])
        before = self.chain.balance(owner)
        self.marketplace.withdraw(ETH, sender=owner)
        self.assertEqual(self.chain.balance(owner), before + 100)


if __name__ == "__main__":
    unittest.main()
