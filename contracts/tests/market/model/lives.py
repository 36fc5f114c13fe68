"""The state machine: random lives of the marketplace, each step checked against the model."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from . import cast, checks, ending, marks
from .anything import Anything
from .cast import Behaviour
from .jobs import Job
from .play import Players
from .terms import ETH
from .tokens import Kind
from .world import World

SHAPES = [(1, 1), (1, 1), (1, 1), (2, 2), (2, 2), (3, 2), (3, 2), (3, 3), (4, 3), (5, 3)]
BEHAVIOURS = [
    *[Behaviour.HONEST] * 9, *[Behaviour.LYING] * 3, Behaviour.ALONE, Behaviour.UNABLE,
    Behaviour.LAZY, Behaviour.SILENT, Behaviour.COPYING,
]  # fmt: skip
BIG = st.integers(0, 2**32)
SMALL = st.integers(0, 31)

reached: Counter[str] = Counter()
"""In how many lives each thing happened."""


class Lives(RuleBasedStateMachine):
    """One life: three jobs at most, thirteen nodes, and everyone who can harm them."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.players = Players(self.world, [Behaviour.HONEST] * len(cast.OPERATORS))
        self.posts = 0

    def job(self, index: int) -> Job:
        """One of the jobs."""
        jobs = list(self.world.market.jobs.values())
        return jobs[index % len(jobs)]

    def has_job(self) -> bool:
        """Whether one was posted."""
        return bool(self.world.market.jobs)

    def account(self, index: int) -> str:
        """One of all accounts."""
        people = [*(each.address for each in cast.PEOPLE), self.world.puppet]
        return people[index % len(people)]

    @initialize(seed=BIG, sybils=st.booleans())
    def behave(self, seed: int, sybils: bool) -> None:
        """Everyone chooses what to be; the queen's nodes lie together, or not."""
        behaviours = Random(seed).choices(BEHAVIOURS, k=len(cast.OPERATORS))
        if sybils:
            behaviours[7:10] = [Behaviour.LYING] * 3
        self.players.behaviours = behaviours

    # Jobs

    @initialize(
        who=SMALL,
        shape=st.sampled_from(SHAPES),
        currency=st.integers(0, 2),
        payment=st.sampled_from([1_000, 1_001, 10**18 + 7]),
    )
    def begin(self, who: int, shape: tuple[int, int], currency: int, payment: int) -> None:
        """There is a job from the first."""
        self.post(who, shape, 333, (900, 400, 1_000, 1_500), currency, payment)

    @precondition(lambda self: len(self.world.market.jobs) < 3)
    @rule(
        who=SMALL,
        shape=st.sampled_from(SHAPES),
        bond=st.sampled_from([0, 1, 333, 1_001, 4_000]),
        windows=st.tuples(
            st.sampled_from([900, 3_000, 60, 1]),
            st.sampled_from([400, 2_000, 25, 1]),
            st.sampled_from([1_000, 1_000, 40, 1]),
            st.sampled_from([1_500, 1_500, 50, 1]),
        ),
        currency=st.integers(0, 2),
        payment=st.sampled_from([1_000, 1_001, 10**18 + 7, 7, 1, 0]),
    )
    def post(
        self,
        who: int,
        shape: tuple[int, int],
        bond: int,
        windows: tuple[int, int, int, int],
        currency: int,
        payment: int,
    ) -> None:
        """A job is posted; one in seven is posted anew."""
        submitters = [*(each.address for each in cast.SUBMITTERS), self.world.puppet]
        sender, token = submitters[who % 3], self.world.currencies[currency]
        self.posts += who % 7 != 6
        id = self.posts.to_bytes(16, "big")
        terms = (id, bytes(32), "bafy", *shape, bond, windows, token, payment)
        value = payment if token == ETH else 0
        self.world.act("marketplace", "submitJob", sender, *terms, value=value)

    @precondition(has_job)
    @rule(which=SMALL, phases=st.integers(1, 9), seed=BIG)
    def play(self, which: int, phases: int, seed: int) -> None:
        """A job goes on as its parties would have it."""
        self.players.play(self.job(which), phases, Random(seed))

    @precondition(has_job)
    @rule(which=SMALL, seed=BIG)
    def carry(self, which: int, seed: int) -> None:
        """A job is carried on to where something is final."""
        self.players.play(self.job(which), 12, Random(seed))

    @precondition(lambda self: len(self.world.market.jobs) < 3)
    @rule(who=SMALL, shape=st.sampled_from(SHAPES), currency=st.integers(0, 2), seed=BIG)
    def trade(self, who: int, shape: tuple[int, int], currency: int, seed: int) -> None:
        """A job is posted and carried on."""
        before = len(self.world.market.jobs)
        self.begin(who, shape, currency, 1_000)
        if len(self.world.market.jobs) > before:
            self.players.play(self.job(before), 12, Random(seed))

    @precondition(has_job)
    @rule(seed=BIG, phases=st.integers(2, 6))
    def mingle(self, seed: int, phases: int) -> None:
        """All jobs, two at least, go on side by side."""
        chance = Random(seed)
        if len(self.world.market.jobs) == 1:
            self.begin(seed, (1, 1), 0, 1_000)
        for _ in range(phases):
            for job in list(self.world.market.jobs.values()):
                self.players.play(job, 1, chance)

    @precondition(has_job)
    @rule(which=SMALL, seed=BIG)
    def brink(self, which: int, seed: int) -> None:
        """The last second of something, or the first after it."""
        self.players.brink(self.job(which), Random(seed))

    @precondition(has_job)
    @rule(which=SMALL, node=SMALL)
    def move(self, which: int, node: int) -> None:
        """One node does its next thing, be it the time or not."""
        self.players.move(self.job(which), cast.OPERATORS[node % len(cast.OPERATORS)])

    @precondition(has_job)
    @rule(which=SMALL, seed=BIG)
    def rush(self, which: int, seed: int) -> None:
        """All nodes do their next thing in one block."""
        with self.world.chain.one_block():
            self.players.everyone(self.job(which), Random(seed), None)

    @precondition(has_job)
    @rule(which=SMALL, who=SMALL, more=st.sampled_from([-1, 0, 0, 5]))
    def challenge(self, which: int, who: int, more: int) -> None:
        """Somebody challenges."""
        challengers = [*self.players.challengers(), cast.PAUPER.address]
        self.players.challenge(self.job(which), challengers[who % len(challengers)], more)

    @precondition(has_job)
    @rule(
        which=SMALL,
        who=SMALL,
        node=SMALL,
        method=st.sampled_from(
            ["settle", "expireClaim", "distributeRewards", "releasePayment", "refund", "draw"]
        ),
    )
    def push(self, which: int, who: int, node: int, method: str) -> None:
        """Somebody, for some methods the submitter himself, moves a job on."""
        job = self.job(which)
        sender = job.submitter if who % 2 and method == "releasePayment" else self.account(who)
        values: list[Any] = [job.key]
        if method == "expireClaim":
            values.append(cast.OPERATORS[node % len(cast.OPERATORS)].address)
        name = "consensus" if method in ("settle", "expireClaim") else "marketplace"
        self.world.act(name, method, sender, *values)

    @precondition(has_job)
    @rule(which=SMALL, who=SMALL, amount=st.sampled_from([0, 1, 999, 10**6]))
    def top_up(self, which: int, who: int, amount: int) -> None:
        """The submitter, or somebody, adds to the escrow."""
        job = self.job(which)
        sender = job.submitter if who % 4 else self.account(who)
        value = amount if job.token == ETH else 0
        self.world.act("marketplace", "escrowPayment", sender, job.key, amount, value=value)

    @rule(who=SMALL, currency=st.integers(0, 2))
    def withdraw(self, who: int, currency: int) -> None:
        """Somebody who has credits, or anybody, takes them."""
        token = self.world.currencies[currency]
        rich = [pair for pair, amount in self.world.market.credits.items() if amount]
        token, account = rich[who % len(rich)] if rich and who % 4 else (token, self.account(who))
        self.world.act("marketplace", "withdraw", account, token)

    # Time

    @precondition(has_job)
    @rule(which=SMALL, aim=SMALL, off=st.integers(-1, 1))
    def wait(self, which: int, aim: int, off: int) -> None:
        """Time goes to about a deadline."""
        job, chain = self.job(which), self.world.chain
        self.world.tick()
        opened_from = job.open_from(job.round, chain.now)
        aims = [
            job.claim_deadline(job.round),
            job.round.started_at + job.windows[0] // 2,
            job.challenge_deadline,
            opened_from + job.windows[2],
            *(claim.deadline for claim in job.round.claims),
            *(node.retired_at + self.world.nodes.unbonding for node in self.world.nodes.all),
        ]
        ahead = [time + off for time in aims if time + off > chain.now]
        if ahead:
            chain.travel_to(ahead[aim % len(ahead)])

    @rule(seconds=st.integers(1, 40))
    def tarry(self, seconds: int) -> None:
        """Some time goes by."""
        self.world.chain.travel(seconds)

    @rule(blocks=st.sampled_from([1, 5, 254, 255, 256, 257]))
    def mine(self, blocks: int) -> None:
        """Empty blocks."""
        self.world.chain.mine(blocks)

    # Nodes

    @rule(
        node=SMALL,
        who=st.integers(0, 3),
        method=st.sampled_from(["retire", "withdrawStake", "update", "addStake", "register"]),
        value=st.sampled_from([0, 1, 999, 1_000, 20_000]),
    )
    def manage(self, node: int, who: int, method: str, value: int) -> None:
        """A node's operator, its owner or another manages it."""
        known = self.world.nodes.all[node % len(self.world.nodes.all)]
        sender = [known.owner, known.operator, known.owner, self.account(node)][who]
        if method == "register":
            owner = self.account(who * 7 + node)
            self.world.act("registry", method, sender, owner, "", "", value=value)
        elif method == "addStake":
            self.world.act("registry", method, sender, known.number, value=value)
        elif method == "update":
            self.world.act("registry", method, sender, known.number, "https://", "bafy")
        else:
            self.world.act("registry", method, sender, known.number)

    @rule(node=SMALL)
    def leave(self, node: int) -> None:
        """A node retires, and its owner asks for the stake a second too early, and in time."""
        known = self.world.nodes.all[node % len(self.world.nodes.all)]
        self.world.act("registry", "retire", known.operator, known.number)
        self.world.chain.travel(self.world.nodes.unbonding - 2)
        for _ in range(2):
            self.world.act("registry", "withdrawStake", known.owner, known.number)

    # Malice

    @rule(seed=BIG, times=st.integers(1, 6))
    def anything(self, seed: int, times: int) -> None:
        """Anyone calls anything with anything."""
        anything = Anything(self.world, self.players, Random(seed))
        for _ in range(times):
            anything.call()

    @precondition(has_job)
    @rule(which=SMALL, seed=BIG)
    def usurp(self, which: int, seed: int) -> None:
        """Somebody plays one of the contracts."""
        Anything(self.world, self.players, Random(seed)).usurp(self.job(which))

    @precondition(has_job)
    @rule(which=SMALL, holder=st.integers(0, 2), seed=BIG)
    def reenter(self, which: int, holder: int, seed: int) -> None:
        """A token, or the puppet, calls back in the midst of the next transfer."""
        holders = [*self.world.market.tokens, self.world.puppet]
        malice = Anything(self.world, self.players, Random(seed))
        malice.call_back(holders[holder], self.job(which))

    @rule(token=st.integers(1, 2), kind=st.sampled_from(Kind))
    def turn(self, token: int, kind: Kind) -> None:
        """A token changes its ways."""
        self.world.change(self.world.currencies[token], kind)

    @rule(token=st.integers(1, 2), amount=st.sampled_from([1, 10**20]), gives=st.booleans())
    def meddle(self, token: int, amount: int, gives: bool) -> None:
        """A token gives to the marketplace, or takes from it."""
        act = self.world.give if gives else self.world.seize
        act(self.world.currencies[token], amount)

    @rule(name=st.sampled_from(["registry", "marketplace", "proofs", "consensus"]))
    def force(self, name: str) -> None:
        """Wei comes in without a call."""
        self.world.force(name, 11)

    @rule(deaf=st.booleans())
    def deafen(self, deaf: bool) -> None:
        """The puppet refuses ETH, or takes it again."""
        self.world.deafen(deaf)

    # What holds

    @invariant()
    def agrees(self) -> None:
        """Model and contracts agree."""
        self.world.differs = True
        checks.money(self.world)
        of_nodes, of_jobs = checks.changed(self.world)
        if of_nodes or of_jobs:
            marks.look(self.world)
        if of_nodes:
            checks.nodes(self.world)
        if of_jobs:
            checks.credits(self.world)
            for job in self.world.market.jobs.values():
                checks.job(self.world, job)
        else:
            for job in self.world.market.jobs.values():
                checks.rounds(self.world, job)
        self.world.differs = False

    def teardown(self) -> None:
        """Nothing is stuck."""
        if self.world.differs:
            return
        reached.update(self.world.marks)
        ending.conclude(self.world)
        reached["lives"] += 1
        reached["acts"] += self.world.acts
