"""Tokens and receivers that call back in the midst of it: nothing is counted twice, nothing is paid twice."""

from __future__ import annotations

import unittest
from typing import Any, Iterator

from .case import STAKE, UnitCase
from .chain import Receipt, canonical, next_address
from .contract import Contract
from .harness import ETH, actor
from .job import Job

FUNDS = 10_000


class ReentrantTokenTests(UnitCase):
    """The token is a submitter, a challenger and a creditor itself, so that it may call whatever those may."""

    def setUp(self) -> None:
        super().setUp()
        self.token: Contract = self.market.deploy("ReentrantToken")
        for holder in (self.ann, self.carl):
            self.token.mint(holder, FUNDS, sender=holder)
            self.token.approve(self.marketplace, FUNDS, sender=holder)
        self.token.mint(self.token, FUNDS, sender=self.ann)
        self.act(self.token, "approve", self.marketplace, FUNDS)
        # What it may do itself: add to a running job, have one paid, challenge one, have one refunded, withdraw.
        self.running = self.mine("running")
        self.payable = self.mine("payable", windows=(1000, 200, 100, 1))
        self.disputed = self.mine("disputed", windows=(1000, 200, 100, 100_000))
        for job in (self.payable, self.disputed):
            self.decide(job, "AAB")
        self.quorumless = self.mine("quorumless", windows=(1, 1, 1, 1))
        refunded = self.mine("refunded", windows=(1, 1, 1, 1))
        refunded.refund(at=self.chain.now + 5)
        self.chain.travel(5)
        self.assertEqual(self.credits(self.token, self.token), 100)

    def act(self, contract: Contract, method: str, *values: Any) -> Receipt:
        """The token itself sends that."""
        data = getattr(contract, method).encode(*values)
        receipt: Receipt = self.token.act(contract, data, 0, sender=self.mallory)
        return receipt

    def mine(self, name: str, **changes: Any) -> Job:
        """A job that the token itself submits."""
        terms = self.terms(name=name, token=self.token.address, **changes)
        receipt = self.act(self.marketplace, "submitJob", *terms.values())
        event = receipt.event("JobSubmitted")
        return Job(
            self.market, event.jobId, self.ann, 3, 2, terms["bond"], terms["windows"],
            self.token, 100, receipt,
        )  # fmt: skip

    def attacks(self) -> Iterator[tuple[str, Contract, bytes]]:
        """Every call back that could count or pay something twice."""
        market, consensus = self.marketplace, self.consensus
        another = self.terms(name="another", token=self.token.address)
        for contract, method, *values in (
            (market, "submitJob", *another.values()),
            (market, "escrowPayment", self.running.id, 10),
            (market, "releasePayment", self.payable.id),
            (market, "distributeRewards", self.payable.id),
            (market, "refund", self.quorumless.id),
            (market, "withdraw", self.token),
            (consensus, "settle", self.quorumless.id),
            (consensus, "challengeResult", self.disputed.id, "bafkreievidence", 231),
        ):
            yield method, contract, getattr(contract, method).encode(*values)

    def all_refused(self, act: Any) -> None:
        """Whatever the token calls while `act` runs is refused, and `act` does what it would do without."""
        moment = self.chain.snapshot()
        plain = [(event.name, event.args) for event in act().events]
        self.chain.rollback(moment)
        for name, target, data in self.attacks():
            for before in (True, False):
                self.token.arm(target, data, 0, 1, before, sender=self.mallory)
                receipt = act()
                tried = receipt.event("CalledBack")
                self.assertFalse(tried.success, name)
                told = [
                    (event.name, event.args)
                    for event in receipt.events
                    if event.name != "CalledBack"
                ]
                self.assertEqual(len(told), len(plain))
                self.assertEqual([each[0] for each in told], [each[0] for each in plain])
                self.chain.rollback(moment)

    def test_each_attack_works_by_itself(self) -> None:
        """Else the refusals would prove nothing."""
        moment = self.chain.snapshot()
        for _, target, data in self.attacks():
            self.token.act(target, data, 0, sender=self.mallory)
            self.chain.rollback(moment)

    def test_while_a_job_is_posted(self) -> None:
        terms = self.terms(name="honest", token=self.token.address)
        self.all_refused(lambda: self.submit(self.ann, terms))

    def test_while_a_payment_is_added_to(self) -> None:
        job = self.post(name="honest", token=self.token.address)

        def add() -> Receipt:
            receipt: Receipt = self.marketplace.escrowPayment(job.id, 10, sender=self.ann)
            return receipt

        self.all_refused(add)

    def test_while_a_challenge_is_made(self) -> None:
        job = self.post(name="honest", token=self.token.address)
        job.play("AAB", self.nodes[3:6])
        job.settle()

        def challenge() -> Receipt:
            receipt: Receipt = self.consensus.challengeResult(
                job.id, "bafkreievidence", 231, sender=self.carl
            )
            return receipt

        self.all_refused(challenge)

    def test_while_a_credit_is_withdrawn(self) -> None:
        job = self.post(name="honest", token=self.token.address)
        job.play("AAA", self.nodes[3:6])
        job.settle()
        job.release()
        owner = self.owner(self.nodes[3])

        def withdraw() -> Receipt:
            receipt: Receipt = self.marketplace.withdraw(self.token, sender=owner)
            return receipt

        self.all_refused(withdraw)

    def test_a_job_settled_in_the_midst_of_its_top_up_takes_none(self) -> None:
        job = self.post(name="honest", token=self.token.address)
        job.play("AAB", self.nodes[3:6])
        data = self.consensus.settle.encode(job.id)
        for before in (True, False):
            self.token.arm(self.consensus, data, 0, 1, before, sender=self.mallory)
            with self.reverts("settled"):
                self.marketplace.escrowPayment(job.id, 10, sender=self.ann)
        self.assertEqual((job.status, self.marketplace.jobs(job.id).payment), (0, 100))


def receiver(target: Any, data: bytes) -> bytes:
    """Init code of a contract that calls that whenever wei come in, and keeps in slot 0 whether it went through."""
    call = bytes.fromhex(f"5f5f61{len(data):04x}5f5f73") + canonical(target) + b"\x5a\xf1"
    call += bytes.fromhex("5f5500")
    copy = bytes.fromhex(f"61{len(data):04x}61{8 + len(call):04x}5f39")
    runtime = copy + call + data
    return bytes.fromhex(f"61{len(runtime):04x}80600a5f395ff3") + runtime


class ReentrantReceiverTests(UnitCase):
    """An account with code that calls back when it is sent its wei."""

    def account(self, target: Any, data: bytes) -> str:
        """Such an account."""
        return self.chain.create(self.mallory, receiver(target, data))[0]

    def test_credit_is_withdrawn_once(self) -> None:
        thief = self.account(self.marketplace, self.marketplace.withdraw.encode(ETH))
        theirs = actor("theirs")
        self.market.register(theirs, owner=thief)
        job = self.post(n=2, k=2)
        job.play("AA", [theirs, self.nodes[0]])
        job.settle()
        job.release()
        self.marketplace.withdraw(ETH, sender=thief)
        self.assertEqual(self.chain.storage(thief), {})
        self.assertEqual(self.chain.balance(thief), 50)
        self.assertEqual(self.chain.balance(self.marketplace), 50)

    def test_stake_is_withdrawn_once(self) -> None:
        number = self.registry.lastNumber() + 1
        thief = self.account(self.registry, self.registry.withdrawStake.encode(number))
        theirs = actor("theirs")
        self.market.register(theirs, owner=thief)
        since = self.registry.retire(number, sender=theirs).event("NodeRetired").withdrawableFrom
        self.registry.withdrawStake(number, sender=thief, at=since)
        self.assertEqual(self.chain.storage(thief), {})
        self.assertEqual(self.chain.balance(thief), STAKE)

    def test_a_submitter_is_not_paid_while_he_withdraws(self) -> None:
        """Ann's account has a credit, and an agreed job that it releases in the midst."""
        terms = self.terms(name="agreed")
        address = next_address(self.mallory, self.chain.nonce(self.mallory))
        job_id = self.marketplace.jobIdOf(address, terms["id"], terms["specification"])
        thief = self.account(self.marketplace, self.marketplace.releasePayment.encode(job_id))
        self.assertEqual(thief, address)
        self.chain.fund(thief, 1000)
        refunded = self.posted_by(thief, name="refunded")
        refunded.refund(at=refunded.claim_deadline + 1)
        agreed = self.posted_by(thief, name="agreed")
        self.assertEqual(agreed.id, job_id)
        self.decide(agreed, "AAB")
        self.marketplace.withdraw(ETH, sender=thief)
        self.assertEqual(self.chain.storage(thief), {})
        self.assertEqual((agreed.status, self.chain.balance(thief)), (1, 900))

    def posted_by(self, account: str, name: str) -> Job:
        """A job that an account with code posts."""
        terms = self.terms(name=name)
        receipt = self.marketplace.submitJob(*terms.values(), sender=account, value=100)
        return Job(
            self.market, receipt.value, self.ann, 3, 2, terms["bond"], terms["windows"],
            ETH, 100, receipt,
        )  # fmt: skip

    def test_the_account_calls_back_indeed(self) -> None:
        """Where the call is allowed it goes through: from the registry's payment into the marketplace."""
        thief = self.account(self.marketplace, self.marketplace.withdraw.encode(ETH))
        theirs = actor("theirs")
        number = self.market.register(theirs, owner=thief)
        job = self.post(n=1, k=1)
        job.play("A", [theirs])
        job.settle()
        job.release()
        since = self.registry.retire(number, sender=theirs).event("NodeRetired").withdrawableFrom
        self.registry.withdrawStake(number, sender=thief, at=since)
        self.assertEqual(self.chain.balance(thief), STAKE + 100)
        self.assertEqual(self.credits(thief), 0)


if __name__ == "__main__":
    unittest.main()
