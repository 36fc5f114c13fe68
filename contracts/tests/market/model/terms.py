"""What every part of the model speaks of: refusals, the clock, the constants of the specification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

ETH = "0x0000000000000000000000000000000000000000"
BURNED = "0x000000000000000000000000000000000000dead"
MOST = 2**128 - 1
MOST_BOND = 2**130
MONTH = 2_592_000

RUNNING, AGREED, CHALLENGED, FINAL, PAID, REFUNDED = range(6)
OUTCOME_AGREED, OUTCOME_NEUTRAL, OUTCOME_COULD_NOT, OUTCOME_NO_VERDICT = 1, 2, 3, 4
EXPIRED, SILENT, OTHER_RESULT = 1, 2, 3
NODE, CHECKER, REST, BOND_BACK, COSTS, BURN, HALF = range(1, 8)


class Refused(Exception):
    """What the specification does not allow; the model is as it was."""


class Unsaid(Exception):
    """What the specification neither allows nor refuses; `apply` is what it means where it is allowed."""

    def __init__(self, apply: Callable[[], None]) -> None:
        super().__init__()
        self.apply = apply


def demand(condition: bool, reason: str) -> None:
    """Refuses with a reason unless the condition holds."""
    if not condition:
        raise Refused(reason)


@dataclass
class Clock:
    """The block that the next transaction is in, and the hash of each block before it."""

    now: int
    block: int
    hash_of: Callable[[int], bytes]
