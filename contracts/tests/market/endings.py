"""Jobs from their posts to their last credits: what was in them, how they were judged, and who was credited what."""

from __future__ import annotations

from random import Random
from typing import Any, Iterator

from eth_utils import to_checksum_address

from .actors import Actor, actor
from .chain import canonical
from .harness import WINDOWS, Market, Result

MOST = 2**128 - 1


def checked(account: Any) -> str:
    """An address as records have it."""
    return str(to_checksum_address(canonical(account)))


class Ending:
    """One job from its post to its last credit."""

    def __init__(
        self, market: Market, operators: list[Actor], seed: int, agreeing: int = 0
    ) -> None:
        self.market, self.rng, self.agreeing = market, Random(seed), agreeing
        self.nodes = (1, 2, 3, 5, 15)[seed % 5]
        self.first, self.second = operators[: self.nodes], operators[self.nodes :]
        self.payment = self.rng.choice((self.nodes, MOST, MOST // 3, 10**18, 10**18 + self.nodes - 1))
        self.stake_bond = self.rng.choice((0, 10**17 + 1, 10**17, MOST))
        self.credits: list[list[Any]] = []
        self.lost: list[list[Any]] = []
        self.job = market.post(
            actor("ann"), self.nodes, self.nodes // 2 + 1, bond=self.stake_bond, payment=self.payment
        )

    def note(self, receipt: Any) -> None:
        """Takes down what a transaction credited and burned."""
        given = iter([event for event in receipt.all("PaymentReleased") if event.kind == 7])
        for event in receipt.all("PaymentReleased"):
            if event.kind != 7:
                self.credits.append([checked(event.account), str(event.amount), event.kind])
        for event in receipt.all("NodeSlashed"):
            to_challenger = next(given).amount if event.burned != event.amount else 0
            self.lost.append([event.reason, str(to_challenger), str(event.burned)])
        assert next(given, None) is None

    def right(self, index: int) -> list[str]:
        """The owners of a round's nodes that opened the verdict."""
        verdict = self.market.consensus.verdicts(self.job).resultHash
        claimants = self.market.marketplace.claimants(self.job, index)
        agreeing = [
            each
            for each in claimants
            if self.market.consensus.openings(self.job, each).resultHash == verdict
        ]
        registry = self.market.registry
        return [checked(registry.ownerOf(registry.numberOf(each))) for each in agreeing]

    @staticmethod
    def first_agree(result: Result, nodes: list[Actor], count: int) -> dict[Actor, Result]:
        """So many find a result; the others could not run."""
        return {each: result if place < count else None for place, each in enumerate(nodes)}

    def judge(self, least: int) -> dict[str, Any]:
        """A challenge, filled or not, won or lost."""
        market, job, rng = self.market, self.job, self.rng
        bond = rng.choice((least, min(least + 1, MOST), MOST))
        self.note(market.challenge(job, actor("carl"), bond))
        slots = 2 * self.nodes + 1
        is_filled = rng.random() < 0.7
        checkers = self.second[: slots if is_filled else rng.randint(0, slots - 1)]
        usual = rng.choice(("a", "b", "b"))
        results = {each: rng.choice((usual,) * 8 + ("c", None)) for each in checkers}
        if self.agreeing:
            # As few as turn the verdict: the challenger gets back what he paid them, and something is left.
            is_filled, checkers = True, self.second[:slots]
            results = self.first_agree("b", checkers, self.agreeing)
        for node in market.in_turn(job, results):
            market.claim(job, node)
            if self.agreeing or rng.random() < 0.95:
                market.prove(job, node, results[node])
        if is_filled:
            if market.proofs.tally(job, 1).count < slots:
                deadline = market.marketplace.claimDeadline(job, 1)
                market.chain.travel_to(max(market.chain.now, deadline + WINDOWS[1] + 1))
            for node in checkers:
                if (self.agreeing or rng.random() < 0.95) and any(market.proofs.commitments(job, node)):
                    market.vote(job, node, results[node])
        market.chain.travel(30 * 86400)
        self.note(market.settle(job))
        verdict = market.consensus.verdicts(job)
        return {
            "challenger": checked(verdict.challenger),
            "bond": str(bond),
            "checkers": self.right(1) if verdict.filled else [],
            "turned": verdict.turned,
            "filled": verdict.filled,
        }

    def row(self, is_challenged: bool) -> dict[str, Any]:
        """How it ended."""
        market, job, rng = self.market, self.job, self.rng
        results: dict[Actor, Result] = {
            each: rng.choice(("a",) * 8 + ("b", None)) for each in self.first
        }
        if self.agreeing:
            results = self.first_agree("a", self.first, self.nodes // 2 + 1)
        self.note(market.run(job, results))
        is_refunded = market.consensus.status(job) == 5
        # Of the largest payments the shares come to more than a bond may be.
        least = market.marketplace.terms(job).share * (2 * self.nodes + 1)
        is_challenged = is_challenged and not is_refunded and least <= MOST
        challenge = self.judge(least) if is_challenged else None
        if not is_refunded:
            market.chain.travel(30 * 86400)
            self.note(market.marketplace.distributeRewards(job, sender=actor("anyone")))
        return {
            "payment": str(self.payment),
            "nodes": self.nodes,
            "submitter": checked(actor("ann")),
            "refunded": is_refunded,
            "winners": [] if is_refunded else self.right(0),
            "challenge": challenge,
            "credits": self.credits,
            "bond": str(self.stake_bond),
            "lost": self.lost,
        }


def payments(endings: int = 40) -> Iterator[dict[str, Any]]:
    """The rows of marketplace-payments.jsonl."""
    market = Market()
    operators = [actor(f"node{index}") for index in range(46)]
    for each in (*operators, actor("ann"), actor("carl"), actor("anyone")):
        market.chain.fund(each, 2**130)
    for operator in operators:
        market.register(operator, stake=MOST)
    start = market.chain.snapshot()
    for seed, agreeing in ((8, 4), (9, 9)):
        yield Ending(market, operators, seed, agreeing).row(is_challenged=True)
        market.chain.rollback(start)
    for seed in range(endings):
        market.chain.rollback(start)
        yield Ending(market, operators, seed).row(is_challenged=seed % 3 > 0)
