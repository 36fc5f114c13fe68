"""The tokens of the model: what arrives when each kind is asked to move."""

from __future__ import annotations

from collections import Counter
from enum import IntEnum

from .terms import demand


class Kind(IntEnum):
    """How a token behaves."""

    PLAIN = 0
    SILENT = 1
    FEE = 2
    LYING = 3
    REFUSING = 4
    FROZEN = 5


class Token:
    """One token's balances. Its kind may change at any time, as a token's that its owner can change."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.kind = Kind.PLAIN
        self.balances: Counter[str] = Counter()
        self.approved: set[str] = set()
        self.stranded = 0
        """What the marketplace holds beyond what it owes: a transfer lied about; less what was seized of it."""

    def fetch(self, source: str, target: str, amount: int) -> int:
        """Pulls an amount on an approval; what arrived."""
        self._check()
        if self.kind == Kind.LYING:
            return 0
        demand(amount == 0 or source in self.approved, "not approved")
        return self._move(source, target, amount)

    def send(self, source: str, target: str, amount: int) -> None:
        """Sends an amount of the marketplace's."""
        self._check()
        if self.kind == Kind.LYING:
            self.stranded += amount
        else:
            self._move(source, target, amount)

    def _check(self) -> None:
        demand(self.kind not in (Kind.REFUSING, Kind.FROZEN), "the token refuses")

    def _move(self, source: str, target: str, amount: int) -> int:
        demand(self.balances[source] >= amount, "too few tokens")
        arrived = amount - amount // 100 if self.kind == Kind.FEE else amount
        self.balances[source] -= amount
        self.balances[target] += arrived
        return arrived
