"""What each method costs in gas, in scenarios with a name: `python -m tests.market.gas [--write]`, in `contracts`.

Of a method that a scenario calls more than once, the cheapest and the dearest call. Keys, addresses and hashes are the
same each time, so the figures are exact. Without `--write`, prints how they differ from those in `gas.json`; ends with 1
if they do.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Callable

from .harness import ETH, ETHER, WEEK, WINDOWS, Actor, Market, Result, actor

FIGURES = Path(__file__).with_name("gas.json")

ANN, BOB = actor("ann"), actor("bob")

Figures = dict[str, dict[str, int | list[int]]]


def _node(market: Market) -> None:
    """A node from its registration to its withdrawal."""
    registry, node = market.registry, market.actor("node1")
    number = market.register(node)
    registry.addStake(number, sender=BOB, value=ETHER)
    registry.update(number, "https://elsewhere.example", "bafkreiother", sender=node)
    registry.retire(number, sender=node)
    market.chain.travel(WEEK)
    registry.withdrawStake(number, sender=market.owner(node))


def _withdrawals(market: Market, token: Any, accounts: list[Actor]) -> None:
    for account in accounts:
        if market.marketplace.credits(token, account):
            market.marketplace.withdraw(token, sender=account)


def _agreed(market: Market) -> None:
    """2 of 3 in ETH, drawn by hand, topped up, released early."""
    nodes = market.nodes(3)
    job = market.post(ANN)
    market.marketplace.draw(job, sender=BOB)
    market.marketplace.escrowPayment(job, 10, sender=ANN, value=10)
    market.run(job, dict.fromkeys(nodes, "4"))
    market.marketplace.releasePayment(job, sender=ANN)
    _withdrawals(market, ETH, [ANN, *map(market.owner, nodes)])


def _token(market: Market) -> None:
    """2 of 3 in a token, one could not run, distributed by anyone."""
    token = market.token("PlainToken", [ANN])
    nodes = market.nodes(3)
    job = market.post(ANN, token=token, payment=1_000)
    market.marketplace.escrowPayment(job, 500, sender=ANN)
    market.run(job, dict(zip(nodes, ("4", "4", None))))
    market.chain.travel(WINDOWS[3])
    market.marketplace.distributeRewards(job, sender=BOB)
    _withdrawals(market, token, [ANN, *map(market.owner, nodes)])


def _expired(market: Market) -> None:
    """2 of 3, two claims expire, and the payment goes back."""
    nodes = market.nodes(3)
    job = market.post(ANN)
    for node in market.in_turn(job, nodes)[:2]:
        market.claim(job, node)
        market.chain.travel(WINDOWS[1])
        market.consensus.expireClaim(job, node, sender=BOB)
    market.chain.travel(WINDOWS[0])
    market.marketplace.refund(job, sender=BOB)
    _withdrawals(market, ETH, [ANN])


def _lone(market: Market) -> None:
    """1 of 1."""
    node = market.nodes(1)[0]
    job = market.post(ANN, nodes=1, quorum=1)
    market.run(job, {node: "4"})
    market.marketplace.releasePayment(job, sender=ANN)


def _challenged(first: list[Result], second: list[Result]) -> Callable[[Market], None]:
    """A quorum, then a challenge with these results; paid out."""

    def scenario(market: Market) -> None:
        size = len(first)
        nodes = market.nodes(size + len(second))
        job = market.post(ANN, size, size // 2 + 1, payment=size * ETHER)
        market.run(job, dict(zip(nodes, first)))
        market.challenge(job, BOB, (2 * size + 1) * ETHER)
        market.run(job, dict(zip(nodes[size:], second)))
        market.marketplace.distributeRewards(job, sender=BOB)
        _withdrawals(market, ETH, [BOB])

    return scenario


def _unfilled(market: Market) -> None:
    """A challenge of 8 of 15 with 30 committed claims and the last expired."""
    nodes = market.nodes(46)
    job = market.post(ANN, 15, 8, payment=15 * ETHER)
    market.run(job, dict.fromkeys(nodes[:15], "4"))
    market.challenge(job, BOB, 31 * ETHER)
    *others, last = market.in_turn(job, nodes[15:])
    for node in others:
        market.claim(job, node)
        market.prove(job, node, "4")
    market.claim(job, last)
    market.chain.travel(WINDOWS[1])
    market.consensus.expireClaim(job, last, sender=BOB)
    market.chain.travel(WINDOWS[0])
    market.settle(job)
    market.marketplace.distributeRewards(job, sender=BOB)


def _apart(prefix: str, count: int) -> list[Result]:
    return [f"{prefix}{index}" for index in range(count)]


SCENARIOS: dict[str, Callable[[Market], None]] = {
    "a node": _node,
    "1 of 1": _lone,
    "2 of 3": _agreed,
    "2 of 3 in a token": _token,
    "2 of 3, expired": _expired,
    "2 of 3, challenged, turned": _challenged(["4", "4", "5"], ["5"] * 7),
    "8 of 15, challenged, confirmed": _challenged(["4"] * 15, ["4"] * 31),
    "8 of 15, challenged, turned": _challenged(["4"] * 15, ["5"] * 31),
    "8 of 15, challenged, all apart": _challenged(["4"] * 8 + _apart("a", 7), _apart("b", 31)),
    "8 of 15, challenge unfilled": _unfilled,
}


def measure(name: str) -> dict[str, int | list[int]]:
    """The gas of each method in a scenario."""
    market = Market()
    for account in (ANN, BOB):
        market.actor(account.name)
    SCENARIOS[name](market)
    found: dict[str, list[int]] = {}
    for receipt in market.chain.receipts:
        contract, _, method = receipt.method.partition(".")
        if contract in [each.name for each in market.contracts]:
            found.setdefault(method, []).append(receipt.gas_used)
    return {
        method: gas[0] if min(gas) == max(gas) else [min(gas), max(gas)]
        for method, gas in sorted(found.items())
    }


def sizes() -> dict[str, int | list[int]]:
    """The bytes of code of each contract, of which EIP-170 allows 24,576."""
    market = Market()
    return {contract.name: len(market.chain.code(contract)) for contract in market.contracts}


def figures() -> Figures:
    """All of them."""
    return {"bytes of code": sizes(), **{name: measure(name) for name in SCENARIOS}}


def text(found: Figures) -> str:
    """A line a figure, so that a change shows in a diff."""
    parts = []
    for name, methods in found.items():
        lines = [f"    {json.dumps(method)}: {json.dumps(gas)}" for method, gas in methods.items()]
        parts.append(f"  {json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n  }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def differences(found: Figures, kept: Figures) -> list[str]:
    """A sentence for each figure that is another than the one that was kept."""
    told = []
    for name in {**kept, **found}:
        now, before = found.get(name, {}), kept.get(name, {})
        for method in {**before, **now}:
            if now.get(method) != before.get(method):
                told.append(f"{name}: {method}: {before.get(method)} before, {now.get(method)} now")
    return told


def main(arguments: list[str]) -> int:
    """The program."""
    if arguments not in ([], ["--write"]):
        print("usage: python -m tests.market.gas [--write]", file=sys.stderr)
        return 64
    found = figures()
    if arguments:
        FIGURES.write_text(text(found))
        return 0
    told = differences(found, json.loads(FIGURES.read_text()))
    for sentence in told:
        print(sentence)
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
