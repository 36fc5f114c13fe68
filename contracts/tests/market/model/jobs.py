"""A job of the model: its rounds, their claims, and when its commitments may be opened."""

from __future__ import annotations

from dataclasses import dataclass, field

from .terms import AGREED, CHALLENGED, RUNNING


@dataclass
class Claim:
    """A node's claim; what it committed to and opened."""

    node: str
    number: int
    round: int
    deadline: int
    recorded: bool = True
    ended: bool = False
    commitment: bytes | None = None
    committed_at: int = 0
    opened: bool = False
    result: bytes = bytes(32)

    @property
    def accepts(self) -> bool:
        """Whether it opened a result."""
        return self.opened and self.result != bytes(32)


@dataclass
class Round:
    """A round of claims; those that expired stay in `claims`, no longer recorded."""

    slots: int
    started_at: int
    started_in: int
    seed: bytes | None = None
    filled: bool = False
    claims: list[Claim] = field(default_factory=list)

    def recorded(self) -> list[Claim]:
        """The claims that did not expire away."""
        return [claim for claim in self.claims if claim.recorded]

    def committed(self) -> list[Claim]:
        """The claims with a commitment."""
        return [claim for claim in self.claims if claim.commitment is not None]

    def alive(self, now: int) -> list[Claim]:
        """The claims that are committed or may still be."""
        return [c for c in self.recorded() if c.commitment is not None or now <= c.deadline]


@dataclass
class Job:
    """A job, all that happened to it, and its money."""

    key: bytes
    submitter: str
    specification: bytes
    nodes: int
    quorum: int
    bond: int
    windows: tuple[int, int, int, int]
    token: str
    payment: int
    newest: int
    rounds: list[Round]
    status: int = RUNNING
    result: bytes = bytes(32)
    votes: int = 0
    challenge_deadline: int = 0
    challenger: str | None = None
    challenge_bond: int = 0
    turned: bool = False
    filled: bool = False
    escrowed: bool = True
    released: int = 0

    @property
    def round(self) -> Round:
        """The round that it is in."""
        return self.rounds[-1]

    @property
    def share(self) -> int:
        """What each node on the verdict gets."""
        return self.payment // self.nodes

    @property
    def undecided(self) -> bool:
        """Whether its round goes on."""
        return self.status in (RUNNING, CHALLENGED)

    @property
    def held(self) -> int:
        """What the marketplace holds for it, credits apart."""
        return self.payment + self.challenge_bond if self.escrowed else 0

    def challengeable(self, now: int) -> bool:
        """Whether the challenge window is open."""
        return self.status == AGREED and now <= self.challenge_deadline

    def claim_deadline(self, round: Round) -> int:
        """The last second of its claims."""
        return round.started_at + self.windows[0]

    def claim_of(self, node: str) -> Claim | None:
        """A node's claim, expired or not."""
        return next((c for r in self.rounds for c in r.claims if c.node == node), None)

    def open_from(self, round: Round, now: int) -> int:
        """Since when openings are allowed, or 0."""
        committed = round.committed()
        last = max((claim.committed_at for claim in committed), default=0)
        if len(committed) == round.slots:
            return last
        deadline = self.claim_deadline(round)
        if now <= deadline or len(round.alive(now)) > len(committed):
            return 0
        missed = [claim.deadline for claim in round.claims if claim.commitment is None]
        return max([deadline, last, *missed])

    def all_open(self, round: Round) -> bool:
        """Whether every commitment was opened."""
        return all(claim.opened for claim in round.committed())
