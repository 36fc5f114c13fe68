"""A unit test of the four contracts: it begins on the same chain as all others, and ends with the books closed."""

from __future__ import annotations

from typing import Any

from .books import Books
from .contract import artefact
from .harness import ETH, Actor, Market, MarketCase, Receipt, actor, digest_of
from .job import BOND, WINDOWS, Job

MINIMUM_STAKE = 10_000
STAKE = 100_000
UNBONDING = 5_000
NODES = 12
"""Enough for a first round of 3, the 7 of its challenge, and two to spare."""

_shared: dict[tuple[str, ...], tuple[Market, tuple[int, ...]]] = {}
"""The market that the tests of a process share, and the moment to which each goes back; by the code deployed."""


def _market() -> tuple[Market, tuple[int, ...]]:
    names = ("NodeRegistry", "JobMarketplace", "ProofVerification", "ConsensusManager")
    deployed = tuple(artefact(name)["bytecode"] for name in names)
    if deployed not in _shared:
        market = Market(MINIMUM_STAKE, UNBONDING)
        for name in ("ann", "carl", "dora", "anyone", "mallory"):
            market.actor(name)
        market.nodes(NODES)
        _shared.clear()
        _shared[deployed] = market, market.chain.snapshot()
    return _shared[deployed]


class UnitCase(MarketCase):
    """A test with a dozen registered nodes. After it every wei and every token unit must be accounted for."""

    nodes: list[Actor]

    def setUp(self) -> None:
        self.market, moment = _market()
        self.chain = self.market.chain
        self.chain.rollback(moment)
        self.registry = self.market.registry
        self.marketplace = self.market.marketplace
        self.proofs = self.market.proofs
        self.consensus = self.market.consensus
        self.nodes = [actor(f"node{index + 1}") for index in range(NODES)]
        self.ann, self.carl, self.dora = actor("ann"), actor("carl"), actor("dora")
        self.anyone, self.mallory = actor("anyone"), actor("mallory")

    def tearDown(self) -> None:
        Books(self.market).close(self)

    # Jobs

    def post(self, n: int = 3, k: int = 2, submitter: Actor | None = None, **changes: Any) -> Job:
        """Posts a job of `n` nodes and quorum `k` for 100 wei; `changes` replaces arguments by name."""
        submitter = submitter or self.ann
        terms = self.terms(nodes=n, quorum=k, **changes)
        receipt = self.submit(submitter, terms)
        return Job(
            self.market,
            receipt.value,
            submitter,
            n,
            k,
            terms["bond"],
            terms["windows"],
            terms["token"],
            receipt.event("JobSubmitted").payment,
            receipt,
        )

    def terms(self, name: str = "job", **changes: Any) -> dict[str, Any]:
        """The arguments of `submitJob`, by name and in order."""
        return {
            "id": digest_of(name)[:16],
            "specification": digest_of("specification of " + name),
            "code": "bafybeicode",
            "nodes": 3,
            "quorum": 2,
            "bond": BOND,
            "windows": WINDOWS,
            "token": ETH,
            "payment": 100,
            **changes,
        }

    def submit(
        self, sender: Actor, terms: dict[str, Any], value: int | None = None
    ) -> Receipt:
        """Sends `submitJob`, with the payment as its value where the currency is ETH."""
        if value is None:
            value = terms["payment"] if terms["token"] == ETH else 0
        receipt: Receipt = self.marketplace.submitJob(*terms.values(), sender=sender, value=value)
        return receipt

    def play(self, job: Job, letters: str) -> list[Actor]:
        """Plays the current round (`Job.play`) with the next nodes; who they are."""
        first = len(job.story)
        nodes = self.nodes[first : first + len(letters)]
        job.play(letters, nodes)
        return nodes

    def decide(self, job: Job, letters: str) -> Receipt:
        """Plays the current round and settles it."""
        self.play(job, letters)
        return job.settle()

    def agreed(self, letters: str = "AAB", **changes: Any) -> Job:
        """A job whose first round found its quorum."""
        n = len(letters)
        job = self.post(n, changes.pop("k", n // 2 + 1), **changes)
        self.decide(job, letters)
        self.assertEqual(job.status, 1)
        return job

    # What is looked at

    def credits(self, account: Any, token: Any = ETH) -> int:
        """What an account may withdraw."""
        return int(self.marketplace.credits(token, account))

    def owner(self, node: Actor) -> Actor:
        """Who is paid for a node's work."""
        return self.market.owner(node)

    def record(self, node: Actor) -> Any:
        """What the registry tells of a node."""
        return self.registry.nodes(self.market.number(node))

    def counters(self, node: Actor) -> tuple[int, int, int, int]:
        """Done, agreed, failed, slashed."""
        record = self.record(node)
        return record.done, record.agreed, record.failed, record.slashed

    def payments(self, receipt: Receipt) -> list[tuple[str, int, int]]:
        """What a transaction credited: to whom, how much, of which kind."""
        return [
            (event.account, event.amount, event.kind)
            for event in receipt.all("PaymentReleased")
        ]

    def slashed(self, receipt: Receipt) -> list[tuple[str, int, int, int]]:
        """Whose bonds a transaction took: operator, amount, what of it was burned, reason."""
        return [
            (event.operator, event.amount, event.burned, event.reason)
            for event in receipt.all("NodeSlashed")
        ]

    def freed(self, receipt: Receipt) -> list[tuple[int, int, int]]:
        """Whose bonds a transaction freed: number, amount, outcome."""
        return [
            (event.number, event.amount, event.outcome) for event in receipt.all("StakeFreed")
        ]

    def assertEvent(self, receipt: Receipt, name: str, **args: Any) -> None:
        """The transaction wrote that event once, with exactly these arguments."""
        self.assertEqual(receipt.event(name).args, args)
