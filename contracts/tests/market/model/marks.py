"""What a life went through: how the tests know that they reach what they are for."""

from __future__ import annotations

from .terms import (
    AGREED,
    CHALLENGED,
    ETH,
    EXPIRED,
    OTHER_RESULT,
    OUTCOME_COULD_NOT,
    OUTCOME_NO_VERDICT,
    PAID,
    REFUNDED,
    SILENT,
)
from .world import World

WANTED = [
    "agreed", "refunded", "refunded after openings", "challenge open", "challenge won",
    "challenge lost", "challenge unfilled", "paid without a challenge", "released early",
    "paid in tokens", "slashed: expired", "slashed: silent", "slashed: other result",
    "could not run", "no verdict", "slot reopened", "half of a bond won", "stake withdrawn",
    "credits withdrawn", "called back", "two jobs on one stake", "one node paid twice",
]  # fmt: skip


def look(world: World) -> None:
    """Marks what this life has come to."""
    found = world.marks
    jobs = list(world.market.jobs.values())
    for job in jobs:
        if job.status == AGREED:
            found.add("agreed")
        if job.status == CHALLENGED:
            found.add("challenge open")
        if job.status == REFUNDED:
            found.add("refunded")
            if any(claim.opened for claim in job.rounds[0].claims):
                found.add("refunded after openings")
        if job.status == PAID:
            found.add("paid in tokens" if job.token != ETH else "paid in ETH")
            if job.challenger is None:
                found.add("paid without a challenge")
            else:
                how = "won" if job.turned else "lost" if job.filled else "unfilled"
                found.add(f"challenge {how}")
        for round in job.rounds:
            gone = sum(not claim.recorded for claim in round.claims)
            if gone and len(round.claims) > round.slots:
                found.add("slot reopened")
    found |= {_WHY[lost, why] for lost, why in world.why if (lost, why) in _WHY}
    names = {
        "releasePayment": "released early",
        "withdrawStake": "stake withdrawn",
        "withdraw": "credits withdrawn",
        "on the way": "called back",
        "half": "half of a bond won",
    }
    found |= {mark for method, mark in names.items() if world.done[method]}
    if any(node.open_claims > 1 for node in world.nodes.all):
        found.add("two jobs on one stake")
    if any(node.agreed > 1 for node in world.nodes.all):
        found.add("one node paid twice")


_WHY = {
    (True, EXPIRED): "slashed: expired",
    (True, SILENT): "slashed: silent",
    (True, OTHER_RESULT): "slashed: other result",
    (False, OUTCOME_COULD_NOT): "could not run",
    (False, OUTCOME_NO_VERDICT): "no verdict",
}
