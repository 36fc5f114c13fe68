"""Malice: any method with any arguments by anyone, and calls in the midst of others."""

from __future__ import annotations

from random import Random
from typing import Any

from ..chain import Reverted
from . import cast
from .jobs import Job
from .play import Players
from .terms import ETH
from .world import World

RESERVED = {
    ("registry", "bind"): "marketplace",
    ("registry", "free"): "consensus",
    ("registry", "slash"): "consensus",
    ("marketplace", "dropClaim"): "consensus",
    ("marketplace", "giveBack"): "consensus",
    ("marketplace", "openChallenge"): "consensus",
    ("marketplace", "creditSlash"): "registry",
    ("consensus", "conclude"): "marketplace",
}
"""The methods of one contract for another, and which."""


class Anything:
    """A source of calls that make little sense, and of some that make too much."""

    def __init__(self, world: World, players: Players, chance: Random) -> None:
        self.world = world
        self.players = players
        self.chance = chance
        self.jobs = list(world.market.jobs.values())

    def call(self) -> None:
        """Anyone calls anything; one in eight times something that is no method at all."""
        world, chance = self.world, self.chance
        name = chance.choice(list(world.contracts))
        sender = self._address(of_code=False)
        if chance.randrange(8) == 0:
            self._nonsense(name, sender)
            return
        functions = world.contracts[name].shape.functions
        methods = [m for m, overloads in functions.items() if not overloads[0].is_view]
        method = chance.choice(methods)
        values = [self._value(kind) for kind in functions[method][0].types]
        if method == "submitVote" and self.jobs and chance.random() < 0.7:
            values = self._vote()
        value = chance.choice([0, 0, 0, 1, 1_000])
        world.act(name, method, sender, *values, value=value)

    def usurp(self, job: Job) -> None:
        """Each reserved method is called with arguments that would be right, by anyone but its contract."""
        world, chance = self.world, self.chance
        claims = [claim for round in job.rounds for claim in round.claims]
        claim = chance.choice(claims) if claims else None
        number = claim.number if claim else chance.randint(1, len(world.nodes.all))
        node = claim.node if claim else chance.choice(cast.OPERATORS).address
        slots = 2 * job.nodes + 1
        arguments: dict[str, list[Any]] = {
            "bind": [number, job.key, job.bond],
            "free": [number, job.key, job.bond, chance.randint(1, 4)],
            "slash": [number, job.key, job.bond, chance.choice([0, job.bond // 2]), node, 2],
            "dropClaim": [job.key, node],
            "giveBack": [job.key],
            "openChallenge": [job.key, cast.CHALLENGERS[0].address, slots * job.share],
            "creditSlash": [job.key, node],
            "conclude": [job.key, True],
        }
        for (name, method), role in RESERVED.items():
            others = [str(each.address) for key, each in world.contracts.items() if key != role]
            sender = chance.choice([self._address(of_code=False), job.submitter, *others])
            world.act(name, method, sender, *arguments[method])

    def call_back(self, holder: str, job: Job) -> None:
        """A token or the puppet calls back in the midst of a transfer, perhaps when the job can be settled."""
        world, chance = self.world, self.chance
        if job.undecided and chance.random() < 0.7:
            self._ripen(job)
        self._arm(holder, job)
        if holder == world.puppet:
            self._pull(holder)
            return
        jobs = [each for each in self.jobs if each.token == holder and each is not job]
        owed = [
            who for (token, who), sum in world.market.credits.items() if token == holder and sum
        ]
        if owed and chance.random() < 0.5:
            world.act("marketplace", "withdraw", chance.choice(owed), holder)
        elif jobs:
            own = chance.choice(jobs)
            if own.challengeable(world.now):
                self.players.challenge(own, cast.CHALLENGERS[0].address, 0)
            else:
                world.act("marketplace", "escrowPayment", own.submitter, own.key, 5)
        elif len(self.jobs) < 5:
            terms = (chance.randbytes(16), bytes(32), "", 1, 1, 1, (900,) * 4, holder, 100)
            world.act("marketplace", "submitJob", cast.SUBMITTERS[0].address, *terms)

    def _ripen(self, job: Job) -> None:
        """Brings a job to where it can be settled, by its nodes and by time."""
        chain = self.world.chain
        half = job.round.started_at + job.windows[0] // 2 + 1
        chain.travel_to(max(chain.now, half))
        for _ in range(3):
            self.players.everyone(job, self.chance, None)
        if not job.round.committed() or not job.all_open(job.round):
            end = job.round.started_at + sum(job.windows[:3]) + 1
            chain.travel_to(max(chain.now, end))

    def _pull(self, puppet: str) -> None:
        """The puppet takes its credits and its stake."""
        world = self.world
        for node in world.nodes.all:
            if node.owner == puppet and not node.gone:
                if node.active:
                    world.act("registry", "retire", puppet, node.number)
                    world.chain.travel(world.nodes.unbonding)
                world.act("registry", "withdrawStake", puppet, node.number)
        world.act("marketplace", "withdraw", puppet, ETH)

    def _arm(self, holder: str, job: Job) -> None:
        node = self.chance.choice(cast.OPERATORS).address
        share = (2 * job.nodes + 1) * job.share
        calls: list[tuple[Any, ...]] = [
            *[("consensus", "settle", job.key)] * 6,
            ("consensus", "expireClaim", job.key, node),
            ("consensus", "challengeResult", job.key, "", share),
            ("marketplace", "refund", job.key),
            ("marketplace", "distributeRewards", job.key),
            ("marketplace", "releasePayment", job.key),
            ("marketplace", "escrowPayment", job.key, 0),
            ("marketplace", "withdraw", self.chance.choice(self.world.currencies)),
            ("marketplace", "claimJob", job.key),
            *(
                ("registry", "withdrawStake", each.number)
                for each in self.world.nodes.all
                if each.owner == holder
            ),
        ]
        self.world.arm(holder, *self.chance.choice(calls))

    def _nonsense(self, name: str, sender: str) -> None:
        """Wei without a method, or an unknown one, must come back."""
        data = self.chance.choice([b"", b"\x00", self.chance.randbytes(4), bytes(36)])
        try:
            self.world.chain.transact(
                sender, self.world.contracts[name], data, self.chance.choice([0, 5])
            )
        except Reverted:
            return
        raise AssertionError(f"{name} takes {data.hex()}")

    def _vote(self) -> list[Any]:
        """Another's opening, or the sender's own with one thing changed."""
        job, node = self.chance.choice(self.jobs), self.chance.choice(cast.OPERATORS)
        values: list[Any] = [job.key, *self.players.opening(job, node)]
        changed = self.chance.randrange(1, 7)
        kinds = ["", "bool", "bytes32", "string", "bytes32", "bytes32", "bytes"]
        if self.chance.random() < 0.5:
            values[changed] = self._value(kinds[changed])
        return values

    def _value(self, kind: str) -> Any:
        chance = self.chance
        if kind == "address":
            return self._address()
        if kind == "bool":
            return chance.random() < 0.5
        if kind == "string":
            return chance.choice(["", "bafy", "x" * 128])
        if kind == "bytes":
            return chance.choice([b"", bytes(65), chance.randbytes(65), chance.randbytes(64)])
        if kind == "bytes16":
            return chance.choice([bytes(16), (1).to_bytes(16, "big"), chance.randbytes(16)])
        if kind == "bytes32":
            keys = [job.key for job in self.jobs] * 4
            return chance.choice([*keys, bytes(32), cast.TRUTH, chance.randbytes(32)])
        if kind.endswith("]"):
            base, _, length = kind[:-1].rpartition("[")
            return [self._value(base) for _ in range(int(length))]
        return chance.choice([0, 1, 2, 3, 7, 1_000, 2_592_000, 2_592_001, 2**128, 2**256 - 1])

    def _address(self, of_code: bool = True) -> str:
        people = [*(each.address for each in cast.PEOPLE), self.world.puppet]
        if of_code:
            others = [str(each.address) for each in self.world.contracts.values()]
            people += [ETH, *self.world.market.tokens, *others]
        return self.chance.choice(people)
