"""Jobs on their way by dice, and what could be done with them at which second, found out by trying.

Each row is a moment of a job: what the contracts tell of its current round, and what was true at a number of later seconds,
with nothing done until then. The seconds are those at which something changes, each with the next one, and some between.
"""

from __future__ import annotations

from random import Random
from typing import Any, Callable, Iterator

from .actors import Actor, actor
from .chain import Reverted
from .harness import ETHER, Market, Result

NOBODY = "0x" + "00" * 20
COURSES = range(30)
LASTING = {"settleable", "payable", "paid", "refunded"}
SPARE = "spare"
"""A node that never claims, and so could."""


def can(call: Callable[[], Any]) -> str:
    """Nothing where the call would go through, else the reason why not."""
    try:
        call()
    except Reverted as refusal:
        return refusal.reason
    return ""


class Course:
    """One job on its way, by dice."""

    def __init__(
        self, market: Market, operators: list[Actor], seed: int, terms: tuple[Any, ...] = ()
    ) -> None:
        self.market, self.chain, self.rng = market, market.chain, Random(seed)
        rng = self.rng
        self.nodes = rng.choice((1, 2, 3, 3, 4, 5)) if seed else 15
        self.quorum = rng.randint(self.nodes // 2 + 1, self.nodes)
        longest = (2, 20, 600, 2_592_000)[seed % 4]
        self.windows = tuple(rng.randint(1, longest) for _ in range(4))
        if seed % 7 == 0:
            self.windows = (1, 1, 1, 1)
        if terms:
            self.nodes, self.quorum, self.windows = terms
        self.operators = rng.sample(operators, len(operators))
        self.results: dict[Actor, Result] = {}
        self.submitter, self.challenger = actor("ann"), actor("carl")
        payment = rng.choice((self.nodes, 10**6 + 1, 3 * ETHER))
        # An id of its own, whichever courses went before.
        name = (seed + (1 if terms else 3)).to_bytes(16, "big")
        self.job = market.post(
            self.submitter, self.nodes, self.quorum, windows=self.windows, payment=payment, id=name
        )
        if seed % 2 and self.windows[0] > 1 and not terms:
            self.agree()

    def agree(self) -> None:
        """The first round is over at once, and its result challenged, where the windows let it come so far."""
        market = self.market
        others = [each for each in self.operators if each.name != SPARE]
        for node in market.in_turn(self.job, others[: self.nodes]):
            self.results[node] = "a"
            can(lambda: market.claim(self.job, node))
            can(lambda: market.prove(self.job, node, "a"))
        for node in self.claimants():
            can(lambda: market.vote(self.job, node, "a"))
        self.settle()
        self.challenge()

    # What the contracts tell

    @property
    def verdict(self) -> Any:
        """ConsensusManager's verdict."""
        return self.market.consensus.verdicts(self.job)

    @property
    def index(self) -> int:
        """The round that the job is in, or was in last."""
        return int(self.verdict.challenger != NOBODY)

    def claimants(self) -> list[Actor]:
        """Who has a slot in the round."""
        found = self.market.marketplace.claimants(self.job, self.index)
        by_address = {node.address: node for node in self.operators}
        return [by_address[address] for address in found]

    def claim(self, node: Actor) -> Any:
        """A node's claim."""
        return self.market.marketplace.claims(self.job, node)

    def committed(self, node: Actor) -> bool:
        """Whether a node committed."""
        return bool(int.from_bytes(self.market.proofs.commitments(self.job, node), "big"))

    def opened(self, node: Actor) -> bool:
        """Whether a node opened."""
        return bool(self.market.consensus.openings(self.job, node).opened)

    # One step

    def step(self) -> None:
        """Something is done, often what is due, at a second of some interest; what is refused stays undone."""
        self.chain.travel_to(self.second())
        due = {
            "claiming": [self.take, self.take, self.commit],
            "committing": [self.commit],
            "opening": [self.open],
            "settleable": [self.settle],
            "challengeable": [self.challenge, self.challenge, self.open],
            "payable": [self.conclude],
        }[self.phase(self.chain.now)]
        acts = [self.take, self.commit, self.open, self.settle, self.expire, self.conclude]
        self.rng.choice(due if self.rng.random() < 0.85 else acts)()

    def second(self) -> int:
        """Now, soon, or where something ends."""
        now = self.chain.now
        ends = [each for each in self.ends() if each >= now]
        chance = self.rng.random()
        if ends and chance < 0.1:
            return self.rng.choice(ends)
        if ends and chance < 0.15:
            return self.rng.choice(ends) + 1
        return now + (self.rng.randint(0, self.windows[1] // 4) if chance < 0.3 else 0)

    def take(self) -> None:
        """Some nodes claim, each when it may."""
        left = [each for each in self.operators if each.name != SPARE and not self.claim(each).number]
        for node in left[: self.rng.randint(1, 4)]:
            since = self.market.marketplace.admittedFrom(self.job, self.market.number(node))
            if since < 2**255:
                self.chain.travel_to(max(since, self.chain.now))
            can(lambda: self.market.marketplace.claimJob(self.job, sender=node))

    def commit(self) -> None:
        """Some nodes commit."""
        for node in self.claimants():
            if not self.committed(node) and self.rng.random() < 0.8:
                self.results.setdefault(node, self.rng.choice(("a",) * 9 + ("b", None)))
                can(lambda: self.market.prove(self.job, node, self.results[node]))

    def open(self) -> None:
        """Some nodes open."""
        for node in self.claimants():
            if self.committed(node) and self.rng.random() < 0.9:
                can(lambda: self.market.vote(self.job, node, self.results[node]))

    def settle(self) -> None:
        """Somebody settles."""
        can(lambda: self.market.settle(self.job))

    def expire(self) -> None:
        """Somebody drops a claim."""
        for node in self.claimants():
            can(lambda: self.market.consensus.expireClaim(self.job, node, sender=self.challenger))

    def bond(self) -> int:
        """What a challenge costs at least."""
        return int(self.market.marketplace.terms(self.job).share) * (2 * self.nodes + 1)

    def challenge(self) -> None:
        """Somebody challenges."""
        can(lambda: self.market.challenge(self.job, self.challenger, self.bond()))

    def conclude(self) -> None:
        """Somebody has it paid."""
        can(lambda: self.market.marketplace.distributeRewards(self.job, sender=self.submitter))

    # A row

    def ends(self) -> list[int]:
        """The seconds after which something may be otherwise, in order."""
        claim_deadline = self.market.marketplace.claimDeadline(self.job, self.index)
        last = self.market.proofs.tally(self.job, self.index).last
        deadlines = [self.claim(each).deadline for each in self.claimants() if not self.committed(each)]
        latest = max([claim_deadline, last, *deadlines])
        ends = [claim_deadline, *deadlines, latest, latest + self.windows[2], last + self.windows[2]]
        return sorted({*ends, self.verdict.challengeDeadline})

    def seconds(self) -> list[int]:
        """When to ask: now, each end with the next second, and some between."""
        now = self.chain.now
        ends = [each for each in self.ends() if each >= now]
        times = {now, *ends, *(each + 1 for each in ends)}
        times |= {self.rng.randint(now, max(times) + 10) for _ in range(2)}
        return sorted(times)

    def may_open(self, node: Actor, at: int) -> bool:
        """Whether a node could open its commitment then."""
        if not self.committed(node) or self.opened(node):
            return False
        opening = self.market.opening(self.job, node, self.results[node])
        arguments = opening.arguments(self.chain.chain_id, self.market.consensus)
        return not can(lambda: self.market.consensus.submitVote.call(*arguments, sender=node, at=at))

    def phase(self, at: int) -> str:
        """What can be done at a second, asked of the contracts by trying."""
        market, job, status = self.market, self.job, self.verdict.status
        bond = self.bond()
        tries: dict[str, Callable[[], Any]] = {
            "settleable": lambda: market.consensus.settle.call(job, at=at),
            "challengeable": lambda: market.consensus.challengeResult.call(
                job, "", bond, sender=self.challenger, value=bond, at=at
            ),
            "payable": lambda: market.marketplace.distributeRewards.call(job, at=at),
        }
        if at > self.chain.now and status < 4:
            # What this status forbids was tried for the first second, and no time allows it.
            names = (("settleable",), ("challengeable", "payable"), ("settleable",), ("payable",))
            tries = {name: tries[name] for name in names[status]}
        found = [name for name, attempt in tries.items() if not can(attempt)]
        if found or status in (4, 5):
            assert len(found) == (status < 4), found
            return found[0] if found else ("paid", "refunded")[status - 4]
        claiming = can(lambda: market.marketplace.claimJob.call(job, sender=actor(SPARE), at=at))
        # Whether the draw admits this very node is another matter.
        is_open = claiming in ("", "not drawn yet")
        assert is_open or claiming in ("no slot free", "claim deadline passed"), claiming
        if any(self.may_open(node, at) for node in self.claimants()):
            assert not is_open
            return "opening"
        return "claiming" if is_open else "committing"

    def expired(self, at: int) -> list[int]:
        """The claims that somebody could drop, by their places."""
        call = self.market.consensus.expireClaim.call
        return [
            place
            for place, node in enumerate(self.claimants())
            if not can(lambda: call(self.job, node, at=at))
        ]

    def moment(self, at: int) -> list[Any]:
        """What is true at a second."""
        open_from = self.market.proofs.openFrom(self.job, self.index, at=at)
        is_running = self.verdict.status in (0, 2)
        return [at, self.phase(at), open_from, self.expired(at) if is_running else []]

    def moments(self) -> list[list[Any]]:
        """What is true at each second; of many alike at the end, two and the last."""
        times = self.seconds()
        found: list[list[Any]] = []
        for at in times:
            steps = [moment[1] for moment in found[-2:]]
            if at == times[-1] or len(steps) < 2 or not set(steps) <= LASTING:
                found.append(self.moment(at))
        return found

    def answers(self) -> dict[str, Any]:
        """What the contracts give, as it comes over the wire."""
        market, job, index = self.market, self.job, self.index

        def ask(contract: Any, name: str, *values: Any) -> str:
            data = getattr(contract, name).encode(*values)
            return "0x" + self.chain.call(contract.address, data).hex()

        return {
            "jobs": ask(market.marketplace, "jobs", job),
            "round": ask(market.marketplace, "round", job, index),
            "tally": ask(market.proofs, "tally", job, index),
            "verdicts": ask(market.consensus, "verdicts", job),
            "claims": [ask(market.marketplace, "claims", job, each) for each in self.claimants()],
            "openings": [ask(market.consensus, "openings", job, each) for each in self.claimants()],
        }

    def kind(self) -> str:
        """What tells a moment from another of the same job."""
        claimants = self.claimants()
        counts = [len(claimants), sum(map(self.opened, claimants))]
        return f"{self.verdict.status} {self.phase(self.chain.now)} {counts}"

    def row(self) -> dict[str, Any]:
        """The job as it is now."""
        current = self.market.marketplace.round(self.job, self.index)
        verdict = self.verdict
        return {
            "round": self.index,
            "slots": current.slots,
            "quorum": self.quorum,
            "startedAt": current.startedAt,
            "windows": list(self.windows),
            "filled": current.filled,
            "claims": [
                [self.claim(node).deadline, self.committed(node), self.opened(node)]
                for node in self.claimants()
            ],
            "lastCommitment": self.market.proofs.tally(self.job, self.index).last,
            "stage": verdict.status,
            "challengeDeadline": verdict.challengeDeadline,
            "moments": self.moments(),
        }


def _too_few(course: Course) -> Iterator[dict[str, Any]]:
    """Openings are allowed, and there are fewer commitments than must agree."""
    course.take()
    yield course.row()
    first, *others = course.claimants()
    course.results = {first: "a"}
    course.market.prove(course.job, first, "a")
    yield course.row()
    course.chain.travel_to(course.ends()[-2] + 1)
    yield course.row()


def _filled_once(course: Course) -> Iterator[dict[str, Any]]:
    """All slots of a challenge were taken, and one is free again: its claim expired, and nobody claims it any more."""
    market, job = course.market, course.job
    course.agree()
    slots = 2 * course.nodes + 1
    left = [each for each in course.operators if each.name != SPARE and not course.claim(each).number]
    last, *others = reversed(market.in_turn(job, left[:slots]))
    for node in reversed(others):
        market.claim(job, node)
        course.results[node] = "a"
        market.prove(job, node, "a")
    market.claim(job, last)
    yield course.row()
    course.chain.travel_to(course.claim(last).deadline + 1)
    market.consensus.expireClaim(job, last, sender=course.challenger)
    yield course.row()
    course.chain.travel_to(market.marketplace.claimDeadline(job, 1) + 1)
    yield course.row()
    market.vote(job, others[0], "a")
    yield course.row()


def phases(courses: range = COURSES) -> Iterator[dict[str, Any]]:
    """The rows of marketplace-phases.jsonl: of each course the more telling moments."""
    market = Market()
    operators = [actor(f"node{index}") for index in range(47)] + [actor(SPARE)]
    for operator in operators:
        market.register(operator)
    for name in ("ann", "carl", "anyone"):
        market.actor(name)
    start = market.chain.snapshot()
    if COURSES.start in courses:
        yield from _too_few(Course(market, operators, 0, (3, 2, (20, 5, 50, 10))))
        market.chain.rollback(start)
        yield from _filled_once(Course(market, operators, 1, (2, 2, (600, 5, 50, 10))))
    for seed in courses:
        market.chain.rollback(start)
        course = Course(market, operators, seed)
        before, kept = "", 0
        for _ in range(60):
            if course.verdict.status < 4:
                course.step()
            kind = course.kind()
            is_over = course.verdict.status > 3
            is_telling = kind != before and (not is_over or seed < 8)
            if is_telling and kept < (5 if course.nodes == 15 else 9):
                yield course.row() | ({} if kept else {"answers": course.answers()})
                kept += 1
            before = kind
            if is_over:
                break
