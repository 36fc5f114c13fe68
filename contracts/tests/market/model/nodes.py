"""The registry of the model: nodes, their stakes, what is bound, what burned."""

from __future__ import annotations

from dataclasses import dataclass

from .terms import (
    ETH,
    EXPIRED,
    OTHER_RESULT,
    OUTCOME_AGREED,
    OUTCOME_COULD_NOT,
    OUTCOME_NO_VERDICT,
    SILENT,
    Clock,
    demand,
)


@dataclass
class Node:
    """One registration."""

    number: int
    operator: str
    owner: str
    stake: int
    endpoint: str
    descriptor: str
    active: bool = True
    gone: bool = False
    retired_at: int = 0
    bound: int = 0
    open_claims: int = 0
    done: int = 0
    agreed: int = 0
    failed: int = 0
    slashed: int = 0


class Nodes:
    """All registrations."""

    def __init__(self, clock: Clock, minimum: int, unbonding: int) -> None:
        self.clock = clock
        self.minimum = minimum
        self.unbonding = unbonding
        self.all: list[Node] = []
        self.burned = 0
        self.deaf: set[str] = set()
        """Accounts that refuse ETH."""

    def numbered(self, number: int) -> Node:
        """The node of a number."""
        demand(1 <= number <= len(self.all), "no such node")
        return self.all[number - 1]

    def of(self, operator: str) -> Node | None:
        """The node that an operator has now."""
        return next((n for n in self.all if n.operator == operator and not n.gone), None)

    def held(self) -> int:
        """What the registry owes and what it burned."""
        return sum(node.stake for node in self.all) + self.burned

    def register(self, sender: str, value: int, owner: str, endpoint: str, descriptor: str) -> None:
        """A new node of the sender's."""
        demand(value >= self.minimum, "too small a stake")
        demand(owner != ETH, "no owner")
        demand(self.of(sender) is None, "an operator has one node")
        self.all.append(Node(len(self.all) + 1, sender, owner, value, endpoint, descriptor))

    def add_stake(self, sender: str, value: int, number: int) -> None:
        """More stake, from anyone."""
        node = self.numbered(number)
        demand(node.active, "retired")
        demand(value > 0, "nothing added")
        node.stake += value

    def update(self, sender: str, value: int, number: int, endpoint: str, descriptor: str) -> None:
        """Another endpoint and descriptor."""
        node = self._theirs(sender, value, number)
        node.endpoint, node.descriptor = endpoint, descriptor

    def retire(self, sender: str, value: int, number: int) -> None:
        """No more claims, for ever."""
        node = self._theirs(sender, value, number)
        node.active, node.retired_at = False, self.clock.now

    def withdraw_stake(self, sender: str, value: int, number: int) -> int:
        """The stake, to the owner; the amount."""
        demand(value == 0, "not payable")
        node = self.numbered(number)
        demand(not node.gone and node.owner == sender, "not the owner")
        demand(not node.active, "not retired")
        demand(self.clock.now >= node.retired_at + self.unbonding, "not unbonded yet")
        demand(node.open_claims == 0, "a claim is open")
        demand(sender not in self.deaf, "the owner refuses ETH")
        amount, node.stake, node.gone = node.stake, 0, True
        return amount

    def bind(self, node: Node, amount: int) -> None:
        """Binds the bond of a new claim."""
        demand(node.active, "retired")
        demand(node.stake - node.bound >= amount, "too little free stake")
        node.bound += amount
        node.open_claims += 1

    def free(self, number: int, amount: int, outcome: int) -> None:
        """Ends a claim whose bond is kept."""
        node = self._ended(number, amount)
        node.done += outcome in (OUTCOME_AGREED, OUTCOME_NO_VERDICT)
        node.agreed += outcome == OUTCOME_AGREED
        node.failed += outcome == OUTCOME_COULD_NOT

    def slash(self, number: int, amount: int, kept: int, reason: int) -> None:
        """Ends a claim whose bond is lost; of it `kept` goes to the challenger, the rest burns."""
        node = self._ended(number, amount)
        node.stake -= amount
        node.slashed += 1
        node.failed += reason in (EXPIRED, SILENT)
        node.done += reason == OTHER_RESULT
        self.burned += amount - kept

    def _theirs(self, sender: str, value: int, number: int) -> Node:
        demand(value == 0, "not payable")
        node = self.numbered(number)
        demand(sender in (node.operator, node.owner), "neither operator nor owner")
        demand(node.active, "retired")
        return node

    def _ended(self, number: int, amount: int) -> Node:
        node = self.all[number - 1]
        node.bound -= amount
        node.open_claims -= 1
        return node
