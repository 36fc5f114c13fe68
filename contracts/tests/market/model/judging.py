"""How a round ends: the verdict, and what becomes of each bond."""

from __future__ import annotations

from collections import Counter

from .jobs import Claim, Job, Round
from .terms import (
    EXPIRED,
    OTHER_RESULT,
    OUTCOME_AGREED,
    OUTCOME_COULD_NOT,
    OUTCOME_NEUTRAL,
    OUTCOME_NO_VERDICT,
    SILENT,
    demand,
)

Ending = tuple[Claim, bool, int]
"""A claim, whether its bond is lost, the reason or the outcome."""


def votes(rounds: list[Round]) -> Counter[bytes]:
    """How many opened each result."""
    return Counter(c.result for r in rounds for c in r.recorded() if c.accepts)


def first_round(job: Job, now: int) -> tuple[bytes | None, bool]:
    """The verdict of the first round (none: the payment goes back), and whether silence is punished."""
    round = job.rounds[0]
    opened_from = job.open_from(round, now)
    late = now > job.claim_deadline(round)
    if late and len(round.alive(now)) < job.quorum:
        return None, False
    demand(opened_from != 0, "openings are not allowed yet")
    if len(round.committed()) < job.quorum:
        return None, False
    over = now > opened_from + job.windows[2]
    demand(over or job.all_open(round), "openings go on")
    for result, count in votes([round]).items():
        if count >= job.quorum:
            return result, over
    return None, over


def challenge_round(job: Job, now: int) -> tuple[bytes, bool]:
    """The verdict after the challenge, and whether its round filled."""
    round = job.rounds[1]
    if now > job.claim_deadline(round) and not round.filled:
        return job.result, False
    opened_from = job.open_from(round, now)
    demand(opened_from != 0, "openings are not allowed yet")
    over = now > opened_from + job.windows[2]
    demand(over or job.all_open(round), "openings go on")
    every = votes(job.rounds)
    for result, count in every.items():
        if 2 * count > every.total():
            return result, True
    return job.result, True


def unjudged(round: Round, now: int, silence: bool) -> list[Ending]:
    """The ends of a round's claims without a verdict."""
    ends: list[Ending] = []
    for claim in round.recorded():
        if claim.commitment is None and now > claim.deadline:
            ends.append((claim, True, EXPIRED))
        elif claim.commitment is not None and not claim.opened and silence:
            ends.append((claim, True, SILENT))
        elif claim.opened and not claim.accepts:
            ends.append((claim, False, OUTCOME_COULD_NOT))
        else:
            ends.append((claim, False, OUTCOME_NO_VERDICT if claim.opened else OUTCOME_NEUTRAL))
    return ends


def judged(round: Round, result: bytes) -> list[Ending]:
    """The ends of a round's claims under a verdict."""
    ends: list[Ending] = []
    for claim in round.recorded():
        if claim.commitment is None:
            ends.append((claim, True, EXPIRED))
        elif not claim.opened:
            ends.append((claim, True, SILENT))
        elif not claim.accepts:
            ends.append((claim, False, OUTCOME_COULD_NOT))
        elif claim.result == result:
            ends.append((claim, False, OUTCOME_AGREED))
        else:
            ends.append((claim, True, OTHER_RESULT))
    return ends
