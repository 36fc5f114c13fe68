"""A job of the unit tests and the nodes that work at it: what a story is told with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Iterable

from .harness import ETH, Actor, Market, Receipt, actor

CLAIM, COMMIT, OPEN, CHALLENGE = 1000, 200, 100, 300
WINDOWS = (CLAIM, COMMIT, OPEN, CHALLENGE)
BOND = 1001
"""Odd, so that half of it is rounded."""


@dataclass
class Job:
    """A posted job. Whatever is done is done in a block of its own, a second after the last, or at `at`."""

    market: Market
    id: bytes
    submitter: Actor
    n: int
    k: int
    bond: int
    windows: tuple[int, ...]
    token: Any
    payment: int
    posted: Receipt
    round: int = 0
    story: dict[Actor, str] = field(default_factory=dict)
    """What each node that claimed is to do: a letter of `play`."""

    @property
    def slots(self) -> int:
        """How many nodes the current round takes."""
        return 2 * self.n + 1 if self.round else self.n

    @property
    def share(self) -> int:
        """What each node is paid that was right."""
        return self.payment // self.n

    @property
    def claim_deadline(self) -> int:
        """The current round's last second for a claim."""
        return int(self.market.marketplace.claimDeadline(self.id, self.round))

    @property
    def open_from(self) -> int:
        """Since when the current round's openings are allowed; 0 where they are not."""
        return int(self.market.proofs.openFrom(self.id, self.round))

    @property
    def open_deadline(self) -> int:
        """The current round's last second for an opening, once openings are allowed."""
        assert self.open_from
        return self.open_from + self.windows[2]

    @property
    def challenge_deadline(self) -> int:
        """The last second for a challenge."""
        return int(self.verdict.challengeDeadline)

    @property
    def status(self) -> int:
        """The state that the contracts tell."""
        return int(self.market.consensus.status(self.id))

    @property
    def verdict(self) -> Any:
        """What `verdicts` tells, with its members by name."""
        return self.market.consensus.verdicts(self.id)

    def claim_of(self, node: Actor) -> Any:
        """What `claims` tells of a node."""
        return self.market.marketplace.claims(self.id, node)

    def claimants(self, round: int) -> list[str]:
        """Whose claims are recorded in a round."""
        return list(self.market.marketplace.claimants(self.id, round))

    # What each does.

    def claim(self, node: Actor, letter: str = "A", at: int | None = None) -> Receipt:
        """A claim; `letter` says what the node is to find."""
        receipt: Receipt = self.market.marketplace.claimJob(self.id, sender=node, at=at)
        self.story[node] = letter
        return receipt

    def found(self, node: Actor, letter: str | None = None) -> Any:
        """The opening that goes with a letter."""
        letter = letter or self.story.get(node, "A")
        return self.market.opening(self.id, node, None if letter == "!" else letter)

    def commit(
        self, node: Actor, letter: str | None = None, at: int | None = None
    ) -> Receipt:
        """The commitment to what the node is to find."""
        commitment = self.found(node, letter).commitment
        return self.market.proofs.submitProof(self.id, commitment, sender=node, at=at)

    def open(
        self, node: Actor, letter: str | None = None, at: int | None = None, **changes: Any
    ) -> Receipt:
        """The opening of the commitment; `changes` replaces arguments by name."""
        found = self.found(node, letter)
        names = ("jobId", "accept", "resultHash", "proofCID", "traceRoot", "salt", "signature")
        values = found.arguments(self.market.chain.chain_id, self.market.consensus)
        arguments = {**dict(zip(names, values)), **changes}
        return self.market.consensus.submitVote(*arguments.values(), sender=node, at=at)

    def settle(self, at: int | None = None) -> Receipt:
        """Anyone settles the current round."""
        return self.market.settle(self.id, at)

    def expire(self, node: Actor, at: int | None = None) -> Receipt:
        """Anyone burns the bond of a claim that nothing came of."""
        return self.market.consensus.expireClaim(self.id, node, sender=actor("anyone"), at=at)

    def distribute(self, at: int | None = None) -> Receipt:
        """Anyone pays."""
        return self.market.marketplace.distributeRewards(self.id, sender=actor("anyone"), at=at)

    def release(self, sender: Actor | None = None, at: int | None = None) -> Receipt:
        """The submitter pays."""
        return self.market.marketplace.releasePayment(
            self.id, sender=sender or self.submitter, at=at
        )

    def refund(self, at: int | None = None) -> Receipt:
        """Anyone has the payment given back."""
        return self.market.marketplace.refund(self.id, sender=actor("anyone"), at=at)

    def top_up(
        self, amount: int, sender: Actor | None = None, value: int | None = None
    ) -> Receipt:
        """Adds to the payment."""
        receipt: Receipt = self.market.marketplace.escrowPayment(
            self.id,
            amount,
            sender=sender or self.submitter,
            value=(amount if self.token == ETH else 0) if value is None else value,
        )
        self.payment += receipt.event("EscrowAdded").amount
        return receipt

    def challenge(
        self,
        challenger: Actor | None = None,
        amount: int | None = None,
        value: int | None = None,
        at: int | None = None,
    ) -> Receipt:
        """Challenges the verdict, with the least bond unless told."""
        amount = (2 * self.n + 1) * self.share if amount is None else amount
        receipt: Receipt = self.market.consensus.challengeResult(
            self.id,
            "bafkreievidence",
            amount,
            sender=challenger or actor("carl"),
            value=(amount if self.token == ETH else 0) if value is None else value,
            at=at,
        )
        self.round = 1
        return receipt

    # Whole rounds.

    def play(self, letters: str, nodes: Iterable[Actor]) -> None:
        """Plays the current round up to its openings, and waits until it may be settled.

        A letter a node: a capital is the result it opens, `!` "could not run", `-` commits and
        is silent, `.` claims and is silent.
        """
        playing = dict(zip(nodes, letters, strict=True))
        self.admit_everybody()
        for node, letter in playing.items():
            self.claim(node, letter)
        for node, letter in playing.items():
            if letter != ".":
                self.commit(node)
        self.until_opening()
        for node, letter in playing.items():
            if letter not in ".-":
                self.open(node)
        if "-" in letters:
            self.wait_until(self.open_deadline + 1)

    def admit_everybody(self) -> None:
        """Waits for the second half of the claim window."""
        self.wait_until(self.claim_deadline - self.windows[0] + (self.windows[0] + 1) // 2)

    def until_opening(self) -> None:
        """Waits, where need be, until openings are allowed."""
        if self.open_from == 0:
            deadlines = [self.claim_of(node).deadline for node in self.story]
            self.wait_until(max([self.claim_deadline, *deadlines]) + 1)

    def wait_until(self, time: int) -> None:
        """The next block is no earlier than that."""
        self.market.chain.travel_to(max(time, self.market.chain.now))
