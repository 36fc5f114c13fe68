"""What must hold after every step, whatever happened."""

from __future__ import annotations

from typing import Any

from . import cast
from .jobs import Job
from .terms import ETH, PAID, REFUNDED, RUNNING
from .world import World


def same(found: Any, wanted: Any, what: str) -> None:
    """Raises `AssertionError` where the contracts say something else than the model."""
    assert found == wanted, f"{what}: {found}, and by the model {wanted}"


def money(world: World) -> None:
    """Each wei and each token is where the model says, and what is owed is there."""
    market, place, chain = world.market, world.place, world.chain
    forced = world.forced
    same(chain.balance(place.marketplace), market.held(ETH) + forced["marketplace"], "escrow")
    same(chain.balance(place.registry), world.nodes.held() + forced["registry"], "stakes")
    same(chain.balance(place.proofs), forced["proofs"], "wei of ProofVerification")
    same(chain.balance(place.consensus), forced["consensus"], "wei of ConsensusManager")
    same(world.contracts["registry"].burned(), world.nodes.burned, "burned")
    for contract in world.stage.tokens:
        token = market.tokens[str(contract.address)]
        held = token.balances[place.marketplace]
        same(contract.balanceOf(place.marketplace), held, "tokens of the marketplace")
        same(held, market.held(token.address) + token.stranded, "what is owed in tokens")
        for name in ("registry", "proofs", "consensus"):
            same(contract.balanceOf(world.contracts[name]), 0, f"tokens of {name}")


def changed(world: World) -> tuple[bool, bool]:
    """Whether nodes, and whether jobs, are other than at the last look: a slot of a contract, or the model."""
    stored = {name: world.chain.storage(each) for name, each in world.contracts.items()}
    of_nodes = (stored.pop("registry"), repr(world.nodes.all))
    of_jobs = (stored, repr((world.market.jobs, +world.market.credits)))
    before, world.last_look = world.last_look, (of_nodes, of_jobs)
    return before[0] != of_nodes, before[1] != of_jobs


def credits(world: World, every: bool = False) -> None:
    """The credits; `every` looks at those who have none, too."""
    pairs = {pair for pair, amount in world.market.credits.items() if amount}
    if every:
        accounts = [*(each.address for each in cast.PEOPLE), world.puppet]
        pairs |= {(token, account) for token in world.currencies for account in accounts}
    for token, account in pairs:
        found = world.contracts["marketplace"].credits(token, account)
        same(found, world.market.credits[token, account], f"credit of {account}")


def nodes(world: World) -> None:
    """Each node's stake, bonds and counters; what is bound is the bonds of its open claims."""
    registry = world.contracts["registry"]
    same(registry.lastNumber(), len(world.nodes.all), "registrations")
    for node in world.nodes.all:
        found = registry.nodes(node.number)
        counters = (node.done, node.agreed, node.failed, node.slashed)
        wanted = (node.operator, node.owner, node.stake, node.bound, node.open_claims, *counters)
        same(
            (found.operator, found.owner, found.stake, found.bound, found.openClaims,
             found.done, found.agreed, found.failed, found.slashed),
            wanted, f"node {node.number}",
        )  # fmt: skip
        same(found.active, node.active, f"node {node.number} active")
        own = [
            job.bond
            for job in world.market.jobs.values()
            for round in job.rounds
            for claim in round.claims
            if claim.number == node.number and not claim.ended
        ]
        same((found.bound, found.openClaims), (sum(own), len(own)), f"bonds of {node.number}")
        assert found.bound <= found.stake, f"node {node.number} has more bound than staked"


def job(world: World, job: Job) -> None:
    """Where a job stands, and that it paid what it held, once."""
    marketplace, consensus = world.contracts["marketplace"], world.contracts["consensus"]
    found = consensus.verdicts(job.key)
    same(found.status, job.status, "status")
    if job.status not in (RUNNING, REFUNDED):
        same(found.resultHash, job.result, "verdict")
        same((found.turned, found.filled), (job.turned, job.filled), "challenge")
    if job.challenger is not None:
        same(found.challenger, job.challenger, "challenger")
    same(marketplace.terms(job.key).share, job.share, "share")
    ended = job.status in (PAID, REFUNDED)
    same(world.completed[job.key], int(ended), "completions")
    paid = job.payment + job.challenge_bond if ended else 0
    same((job.released, world.released[job.key]), (paid, paid), "released")
    rounds(world, job)


def rounds(world: World, job: Job) -> None:
    """The claims and times of its rounds."""
    world.tick()
    marketplace, proofs = world.contracts["marketplace"], world.contracts["proofs"]
    for index, round in enumerate(job.rounds):
        claimants = {claim.node for claim in round.recorded()}
        same(set(marketplace.claimants(job.key, index)), claimants, f"claimants of {index}")
        seed = marketplace.round(job.key, index).seed
        same(
            seed if round.slots > 1 else None,
            round.seed or bytes(32) if round.slots > 1 else None,
            "seed",
        )
        if job.undecided and round is job.round:
            wanted = job.open_from(round, world.now)
            same(proofs.openFrom(job.key, index), wanted, f"openings of {index}")
            same(proofs.tally(job.key, index).count, len(round.committed()), "commitments")


def everything(world: World) -> None:
    """All of it."""
    money(world)
    nodes(world)
    credits(world, every=True)
    for each in world.market.jobs.values():
        job(world, each)
