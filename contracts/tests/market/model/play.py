"""What a node does next, and a job played as its parties would: the moves that lead deep into a life."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from random import Random

from coincurve import PrivateKey

from ..actors import Actor, digest_of
from . import cast
from .cast import Behaviour
from .digests import commitment
from .jobs import Claim, Job
from .terms import AGREED, ETH, FINAL, RUNNING
from .world import World

Opening = tuple[bool, bytes, str, bytes, bytes, bytes]
"""What `submitVote` is given after the job: accept, result, proof, trace, salt, signature."""


@dataclass
class Players:
    """The nodes of a life and how each behaves."""

    world: World
    behaviours: list[Behaviour]
    seen: dict[tuple[bytes, str], Opening] = field(default_factory=dict)
    """The openings that anyone can read on the chain."""

    def behaviour(self, node: Actor) -> Behaviour:
        """How an operator behaves."""
        return self.behaviours[cast.OPERATORS.index(node)]

    def opening(self, job: Job, node: Actor) -> Opening:
        """What a node commits to, and opens."""
        result = cast.result_of(self.behaviour(node), node)
        accept = result != bytes(32)
        trace = digest_of(node.name) if accept else bytes(32)
        salt = hmac.digest(node.secret, job.key, "sha256")
        digest = self.world.place.result(job.key, node.address, result, trace)
        made = PrivateKey(node.key).sign_recoverable(digest, hasher=None)
        signature = made[:64] + bytes([27 + made[64]])
        return accept, result, f"bafkrei{node.name}", trace, salt, signature

    def move(self, job: Job, node: Actor) -> bool:
        """A node does what it does next, allowed or not; whether it was."""
        claim = job.claim_of(node.address)
        behaviour = self.behaviour(node)
        if claim is None:
            if behaviour == Behaviour.ABSENT:
                return False
            return self.world.act("marketplace", "claimJob", node.address, job.key)
        if claim.commitment is None:
            return behaviour != Behaviour.LAZY and self._commit(job, node, claim)
        return behaviour != Behaviour.SILENT and self._open(job, node, claim)

    def _commit(self, job: Job, node: Actor, claim: Claim) -> bool:
        _, result, proof, _, salt, _ = self.opening(job, node)
        given = commitment(job.key, node.address, result, proof, salt)
        if self.behaviour(node) == Behaviour.COPYING:
            others = [c.commitment for c in job.rounds[claim.round].committed()]
            given = others[0] if others and others[0] is not None else given
        return self.world.act("proofs", "submitProof", node.address, job.key, given)

    def _open(self, job: Job, node: Actor, claim: Claim) -> bool:
        opening = self.opening(job, node)
        if self.behaviour(node) == Behaviour.COPYING:
            for (key, _), seen in self.seen.items():
                opening = seen if key == job.key else opening
        done = self.world.act("consensus", "submitVote", node.address, job.key, *opening)
        if done:
            self.seen[job.key, node.address] = opening
        return done

    def able(self, job: Job, node: Actor) -> bool:
        """Whether a move of the node's has a prospect."""
        now, claim = self.world.now, job.claim_of(node.address)
        if claim is None:
            registered = self.world.nodes.of(node.address)
            if registered is None or len(job.round.recorded()) >= job.round.slots:
                return False
            drawn = job.round.slots == 1 or now >= self.world.market.admitted_from(
                job, registered.number
            )
            return drawn and now <= job.claim_deadline(job.round)
        if claim.commitment is None:
            return now <= claim.deadline
        return not claim.opened and job.open_from(job.round, now) != 0

    def everyone(self, job: Job, order: Random, first: Behaviour | None) -> int:
        """Each node moves once where it can; how many did."""
        nodes = list(cast.OPERATORS)
        order.shuffle(nodes)
        nodes.sort(key=lambda node: self.behaviour(node) != first)
        moved = 0
        for node in nodes:
            self.world.tick()
            if job.undecided and (self.able(job, node) or order.random() < 0.03):
                moved += self.move(job, node)
        return moved

    def play(self, job: Job, phases: int, order: Random) -> None:
        """Plays so many phases of a job, each with all nodes, and time in between."""
        for _ in range(phases):
            if order.random() < 0.05:
                self.brink(job, order)
            self._phase(job, order)

    def _phase(self, job: Job, order: Random) -> None:
        world, stranger = self.world, cast.STRANGER.address
        if job.undecided:
            self._turn(job, order)
        elif job.status == AGREED:
            if job.challengeable(world.now) and order.random() < 0.6:
                if order.random() < 0.3:
                    self.challenge(job, order.choice(self.challengers()), -1)
                self.challenge(job, order.choice(self.challengers()), 0)
            elif order.random() < 0.4:
                world.act("marketplace", "releasePayment", job.submitter, job.key)
            else:
                world.chain.travel_to(max(world.now, job.challenge_deadline + 1))
                world.act("marketplace", "distributeRewards", stranger, job.key)
        elif job.status == FINAL:
            world.act("marketplace", "distributeRewards", stranger, job.key)

    def brink(self, job: Job, chance: Random) -> None:
        """Goes to the last second of what is allowed now, or to the one after, and tries it."""
        world = self.world
        world.tick()
        off = chance.choice([0, 1])
        if job.status == AGREED:
            world.chain.travel_to(max(world.now, job.challenge_deadline + off))
            if chance.random() < 0.5:
                self.challenge(job, chance.choice(self.challengers()), 0)
            world.act("marketplace", "distributeRewards", cast.STRANGER.address, job.key)
        if not job.undecided:
            return
        opened_from = job.open_from(job.round, world.now)
        waiting = [claim for claim in job.round.recorded() if claim.commitment is None]
        if opened_from:
            world.chain.travel_to(max(world.now, opened_from + job.windows[2] + off))
            closed = [claim for claim in job.round.committed() if not claim.opened]
            self._try(job, [claim.node for claim in closed][:1])
            world.act("consensus", "settle", cast.STRANGER.address, job.key)
        elif waiting:
            claim = chance.choice(waiting)
            world.chain.travel_to(max(world.now, claim.deadline + off))
            if chance.random() < 0.5:
                self._expire(job)
            self._try(job, [claim.node])
        else:
            world.chain.travel_to(max(world.now, job.claim_deadline(job.round) + off))
            fresh = [n.address for n in cast.OPERATORS if job.claim_of(n.address) is None]
            self._try(job, chance.sample(fresh, min(2, len(fresh))))

    def _try(self, job: Job, nodes: list[str]) -> None:
        for node in cast.OPERATORS:
            if node.address in nodes:
                self.move(job, node)

    def _turn(self, job: Job, order: Random) -> None:
        """The nodes move; where none can, time does, and in the end the round is settled."""
        world = self.world
        first = Behaviour.LYING if job.status == RUNNING else Behaviour.HONEST
        if self.everyone(job, order, first if order.random() < 0.5 else None):
            return
        world.tick()
        start = job.round.started_at
        if world.now < start + job.windows[0] // 2 + 1:
            world.chain.travel_to(start + job.windows[0] // 2 + 1)
            return
        opened_from = job.open_from(job.round, world.now)
        if opened_from and not job.all_open(job.round):
            world.chain.travel_to(max(world.now, opened_from + job.windows[2] + 1))
        elif not opened_from:
            ends = [claim.deadline for claim in job.round.recorded() if claim.commitment is None]
            if ends and len(job.round.recorded()) == job.round.slots and order.random() < 0.5:
                world.chain.travel_to(max(world.now, max(ends) + 1))
                self._expire(job)
            else:
                last = max([job.claim_deadline(job.round), *ends])
                world.chain.travel_to(max(world.now, last + 1))
        world.act("consensus", "settle", cast.STRANGER.address, job.key)

    def _expire(self, job: Job) -> None:
        """Claims that lapsed make room, but not for those who had them."""
        for claim in job.round.recorded():
            if claim.commitment is None:
                stranger = cast.STRANGER.address
                self.world.act("consensus", "expireClaim", stranger, job.key, claim.node)
                self.world.act("marketplace", "claimJob", claim.node, job.key)

    def challengers(self) -> list[str]:
        """Who challenges: three of that trade, a submitter, the puppet, the sybils' owner."""
        people = [*cast.CHALLENGERS, cast.SUBMITTERS[0], cast.QUEEN]
        return [*(each.address for each in people), self.world.puppet]

    def challenge(self, job: Job, by: str, more: int) -> bool:
        """Somebody challenges with a bond of the least amount, or more, or less."""
        amount = max((2 * job.nodes + 1) * job.share + more, 0)
        value = amount if job.token == ETH else 0
        if value:
            self.world.chain.fund(by, value)
        return self.world.act(
            "consensus", "challengeResult", by, job.key, "bafkreievidence", amount, value=value
        )
