"""Who takes part in a life, and how nodes behave."""

from __future__ import annotations

from enum import Enum

from ..actors import Actor, actor, digest_of

SUBMITTERS = [actor("ann"), actor("bob")]
CHALLENGERS = [actor("carol"), actor("dave"), actor("eve")]
OPERATORS = [actor(f"operator {number}") for number in range(1, 14)]
OWNERS = [actor(f"owner {number}") for number in range(1, 8)]
QUEEN = actor("queen")
"""The one owner of the sybils."""
PAUPER = actor("pauper")
"""Who approved no token."""
STRANGER = actor("stranger")
"""Who has no part in anything, and moves everything on."""
PEOPLE: list[Actor] = [
    *SUBMITTERS, *CHALLENGERS, *OPERATORS, *OWNERS, QUEEN, PAUPER, STRANGER,
]  # fmt: skip

TRUTH = digest_of("what the job really gives")
LIE = digest_of("what the sybils say")


class Behaviour(Enum):
    """What a node does with a job."""

    HONEST = "claims, commits to the truth, opens"
    LYING = "commits to the sybils' lie, opens"
    ALONE = "commits to a result of its own, opens"
    UNABLE = "opens that it could not run"
    LAZY = "claims, never commits"
    SILENT = "commits, never opens"
    COPYING = "copies another's commitment, and later its opening"
    ABSENT = "claims nothing"


def owner_of(index: int, puppet: str) -> str:
    """The owner of an operator: seven of their own, the queen's three, three who are parties elsewhere."""
    if index < len(OWNERS):
        return OWNERS[index].address
    if index < 10:
        return QUEEN.address
    return [SUBMITTERS[0].address, CHALLENGERS[0].address, puppet][index - 10]


def result_of(behaviour: Behaviour, node: Actor) -> bytes:
    """What such a node commits to."""
    if behaviour == Behaviour.LYING:
        return LIE
    if behaviour == Behaviour.ALONE:
        return digest_of(f"what {node.name} alone found")
    return bytes(32) if behaviour == Behaviour.UNABLE else TRUTH
