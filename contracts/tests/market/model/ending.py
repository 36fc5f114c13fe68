"""From any state to the end: nothing is stuck, and nothing is left behind but what burned."""

from __future__ import annotations

from . import cast, checks
from .jobs import Job
from .terms import AGREED, BURNED, CHALLENGED, ETH, FINAL, PAID, REFUNDED, RUNNING
from .tokens import Kind
from .world import UNBONDING, World


def conclude(world: World) -> None:
    """Ends every job by a stranger alone, then takes out all that is anybody's."""
    world.deafen(False)
    for token in world.market.tokens:
        world.change(token, Kind.PLAIN)
        missing = -world.market.tokens[token].stranded
        if missing > 0:
            world.give(token, missing)
    for job in world.market.jobs.values():
        end(world, job)
    for node in world.nodes.all:
        assert node.bound == 0 and node.open_claims == 0, f"a bond of {node.number} is left"
        if node.active:
            must(world, "registry", "retire", node.operator, node.number)
    world.chain.travel(UNBONDING)
    for node in world.nodes.all:
        if not node.gone and node.owner not in world.nodes.deaf:
            must(world, "registry", "withdrawStake", node.owner, node.number)
    for token, account in [pair for pair, amount in world.market.credits.items() if amount]:
        if account != BURNED:
            must(world, "marketplace", "withdraw", account, token)
    checks.everything(world)
    empty(world)


def must(world: World, name: str, method: str, sender: str, *values: object) -> None:
    """Does what has to be possible now."""
    assert world.act(name, method, sender, *values), f"{method} is stuck"


def end(world: World, job: Job) -> None:
    """Brings a job to its end by a stranger alone, who waits no longer than its windows."""
    stranger = cast.STRANGER.address
    for _ in range(3):
        if job.status in (RUNNING, CHALLENGED):
            since = max(world.now, job.round.started_at + sum(job.windows[:3]) + 1)
            world.chain.travel_to(since)
            must(world, "consensus", "settle", stranger, job.key)
        elif job.status == AGREED:
            world.chain.travel_to(max(world.now, job.challenge_deadline + 1))
            must(world, "marketplace", "distributeRewards", stranger, job.key)
        elif job.status == FINAL:
            must(world, "marketplace", "distributeRewards", stranger, job.key)
    assert job.status in (PAID, REFUNDED), f"the job is stuck in {job.status}"


def empty(world: World) -> None:
    """The contracts hold what burned and what came without a call."""
    market, place = world.market, world.place
    burned = market.credits[ETH, BURNED]
    left = world.chain.balance(place.marketplace)
    checks.same(left, burned + world.forced["marketplace"], "left in JobMarketplace")
    left = world.chain.balance(place.registry)
    lost = sum(node.stake for node in world.nodes.all if node.owner in world.nodes.deaf)
    burned = world.nodes.burned
    checks.same(left, burned + lost + world.forced["registry"], "left in NodeRegistry")
    for contract in world.stage.tokens:
        token = market.tokens[str(contract.address)]
        left = contract.balanceOf(place.marketplace)
        burned = market.credits[token.address, BURNED]
        checks.same(left, burned + max(token.stranded, 0), "tokens left in JobMarketplace")
