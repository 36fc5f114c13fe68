"""Who gets what of an escrow and a challenge's bond: the specification's sums, in one place."""

from __future__ import annotations

from .jobs import Claim, Job, Round
from .nodes import Nodes
from .terms import BOND_BACK, BURN, BURNED, CHECKER, COSTS, NODE, REST

Payment = tuple[str, int, int]
"""An account, an amount, a kind."""


def on_verdict(job: Job, round: Round) -> list[Claim]:
    """The claims that opened what the verdict says."""
    return [c for c in round.recorded() if c.accepts and c.result == job.result]


def payments(job: Job, nodes: Nodes) -> list[Payment]:
    """What a final job with a verdict pays."""
    share = job.share
    first = on_verdict(job, job.rounds[0])
    paid = [(nodes.all[c.number - 1].owner, share, NODE) for c in first]
    left = job.payment - len(first) * share
    if job.challenger is not None:
        if job.filled:
            second = on_verdict(job, job.rounds[1])
            paid += [(nodes.all[c.number - 1].owner, share, CHECKER) for c in second]
            cost = len(second) * share
        else:
            paid.append((BURNED, share, BURN))
            cost = share
        paid.append((job.challenger, job.challenge_bond - cost, BOND_BACK))
        if job.turned:
            costs = min(left, cost)
            paid.append((job.challenger, costs, COSTS))
            left -= costs
    paid.append((job.submitter, left, REST))
    return [payment for payment in paid if payment[1]]
