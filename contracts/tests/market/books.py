"""The books: what the logs say of all money, held against what the contracts have and tell."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from unittest import TestCase

from eth_hash.auto import keccak

from .contract import encode
from .harness import ETH, Market

NODE_SHARE, CHECKER_SHARE, REST, BOND_BACK, COSTS, BURNED, LOSERS = range(1, 8)
"""The kinds of PaymentReleased."""
AGREED, NEUTRAL, COULD_NOT_RUN, NO_VERDICT = range(1, 5)
"""How a claim ended whose bond is freed."""
EXPIRED, SILENT, OTHER_RESULT = range(1, 4)
"""Why a bond is slashed."""


class Books:
    """All accounts as the logs alone tell them."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.held: dict[bytes, int] = defaultdict(int)
        self.token: dict[bytes, str] = {}
        self.credits: dict[tuple[str, str], int] = defaultdict(int)
        self.completed: list[bytes] = []
        self.nodes: dict[int, dict[str, int]] = {}
        self.burned = 0
        for receipt in market.chain.receipts:
            for log in receipt.logs:
                if log.address not in market.chain.decoders:
                    continue
                event = receipt.decode_event(log)
                write = getattr(self, "_" + event.name, None)
                if write is not None:
                    write(event)

    # Of JobMarketplace and ConsensusManager.

    def _JobSubmitted(self, event: Any) -> None:
        assert event.jobId not in self.token, "posted twice"
        self.token[event.jobId] = event.token
        self.held[event.jobId] = event.payment

    def _EscrowAdded(self, event: Any) -> None:
        self.held[event.jobId] += event.amount

    def _ResultChallenged(self, event: Any) -> None:
        self.held[event.jobId] += event.bond

    def _PaymentReleased(self, event: Any) -> None:
        self.credits[event.token, event.account] += event.amount
        if event.kind != LOSERS:
            assert event.token == self.token[event.jobId], "another currency"
            assert event.jobId not in self.completed, "paid after the end"
            self.held[event.jobId] -= event.amount

    def _JobCompleted(self, event: Any) -> None:
        assert self.held[event.jobId] == 0, "completed, and not all is paid"
        self.completed.append(event.jobId)

    def _Withdrawn(self, event: Any) -> None:
        self.credits[event.token, event.account] -= event.amount

    # Of NodeRegistry.

    def _NodeRegistered(self, event: Any) -> None:
        members = ("bound", "openClaims", "done", "agreed", "failed", "slashed")
        self.nodes[event.number] = {"stake": event.stake, **dict.fromkeys(members, 0)}

    def _StakeAdded(self, event: Any) -> None:
        self.nodes[event.number]["stake"] += event.amount

    def _StakeWithdrawn(self, event: Any) -> None:
        self.nodes[event.number]["stake"] -= event.amount

    def _StakeBound(self, event: Any) -> None:
        self.nodes[event.number]["bound"] += event.amount
        self.nodes[event.number]["openClaims"] += 1

    def _StakeFreed(self, event: Any) -> None:
        node = self.nodes[event.number]
        node["bound"] -= event.amount
        node["openClaims"] -= 1
        node["done"] += event.outcome in (AGREED, NO_VERDICT)
        node["agreed"] += event.outcome == AGREED
        node["failed"] += event.outcome == COULD_NOT_RUN

    def _NodeSlashed(self, event: Any) -> None:
        node = self.nodes[event.number]
        node["stake"] -= event.amount
        node["bound"] -= event.amount
        node["openClaims"] -= 1
        node["slashed"] += 1
        node["done"] += event.reason == OTHER_RESULT
        node["failed"] += event.reason in (EXPIRED, SILENT)
        self.burned += event.burned

    # Closing.

    def close(self, test: TestCase) -> None:
        """Checks that nothing is missing and nothing is left over."""
        market = self.market
        test.assertEqual(len(self.completed), len(set(self.completed)))
        test.assertTrue(all(amount >= 0 for amount in self.held.values()))
        owed: dict[str, int] = defaultdict(int, {ETH: 0})
        for job, amount in self.held.items():
            owed[self.token[job]] += amount
        for (token, account), amount in self.credits.items():
            owed[token] += amount
            test.assertEqual(market.marketplace.credits(token, account), amount)
        test.assertEqual(market.chain.balance(market.marketplace), owed.pop(ETH))
        for token, amount in owed.items():
            test.assertEqual(self.units(token), amount, "token units")
        for number, members in self.nodes.items():
            node = market.registry.nodes(number)
            told = {name: getattr(node, name) for name in members}
            test.assertEqual(told, members)
            test.assertEqual(
                market.registry.freeStake(number), members["stake"] - members["bound"]
            )
        test.assertEqual(market.registry.burned(), self.burned)
        test.assertEqual(
            market.chain.balance(market.registry),
            self.burned + sum(node["stake"] for node in self.nodes.values()),
        )
        test.assertEqual(market.chain.balance(market.proofs), 0)
        test.assertEqual(market.chain.balance(market.consensus), 0)

    def units(self, token: str) -> int:
        """What the marketplace has of a token, by the token's own account."""
        data = keccak(b"balanceOf(address)")[:4] + encode(("address",), (self.market.marketplace,))
        return int.from_bytes(self.market.chain.call(token, data), "big")
