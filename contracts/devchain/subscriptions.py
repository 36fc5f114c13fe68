"""Who is told of new blocks, logs and pending transactions: filters that poll, subscriptions that push."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import Any, Callable

from . import logs, shapes
from .blocks import Block
from .chain import HeadChange
from .errors import RPCError
from .logs import Criteria
from .transactions import Transaction

FILTER_LIFETIME = 300.0
MAX_FILTERS = 1000
MAX_HELD = 10_000

Push = Callable[[str, Any], None]


def new_id() -> str:
    """A random id of 32 digits at most, without leading zeros."""
    return hex(secrets.randbits(128))


@dataclass
class Interest:
    """What somebody wants to hear of: `kind` is heads, logs or pending."""

    kind: str
    criteria: Criteria = field(default_factory=Criteria)
    full: bool = False


@dataclass
class Filter:
    """An interest whose news are fetched."""

    interest: Interest
    news: list[Any] = field(default_factory=list)
    used: float = field(default_factory=time.monotonic)


@dataclass
class Subscription:
    """An interest whose news are pushed over one connection."""

    interest: Interest
    push: Push
    owner: object


class Hub:
    """All filters and subscriptions of a node."""

    def __init__(self) -> None:
        self._filters: dict[str, Filter] = {}
        self._subscriptions: dict[str, Subscription] = {}

    # Filters

    def add_filter(self, interest: Interest) -> str:
        """Starts to gather; the id to fetch by."""
        self._expire()
        if len(self._filters) >= MAX_FILTERS:
            raise RPCError("too many filters")
        identity = new_id()
        self._filters[identity] = Filter(interest)
        return identity

    def take_news(self, identity: str) -> list[Any]:
        """What came since the last time."""
        found = self._filter(identity)
        news, found.news = found.news, []
        return news

    def log_criteria(self, identity: str) -> Criteria:
        """What a log filter looks for."""
        found = self._filter(identity)
        if found.interest.kind != "logs":
            raise RPCError("filter not found")
        return found.interest.criteria

    def remove_filter(self, identity: str) -> bool:
        """Whether there was one."""
        return self._filters.pop(identity, None) is not None

    def _filter(self, identity: str) -> Filter:
        self._expire()
        found = self._filters.get(identity)
        if found is None:
            raise RPCError("filter not found")
        found.used = time.monotonic()
        return found

    def _expire(self) -> None:
        oldest = time.monotonic() - FILTER_LIFETIME
        for identity in [i for i, f in self._filters.items() if f.used < oldest]:
            del self._filters[identity]

    # Subscriptions

    def subscribe(self, interest: Interest, push: Push, owner: object) -> str:
        """Starts to push; the id that every push names."""
        identity = new_id()
        self._subscriptions[identity] = Subscription(interest, push, owner)
        return identity

    def unsubscribe(self, identity: str, owner: object) -> bool:
        """Whether the owner had such a subscription."""
        found = self._subscriptions.get(identity)
        if found is None or found.owner is not owner:
            return False
        del self._subscriptions[identity]
        return True

    def drop_owner(self, owner: object) -> None:
        """Ends all subscriptions of a connection."""
        gone = [i for i, s in self._subscriptions.items() if s.owner is owner]
        for identity in gone:
            del self._subscriptions[identity]

    # News

    def head_moved(self, change: HeadChange, head: Block) -> None:
        """Tells of removed logs, then of new ones, then of the new head, and of no other block."""
        for interest, tell in self._listeners("logs"):
            wanted = interest.criteria
            for blocks, removed in ((change.removed, True), (change.added, False)):
                for block in blocks:
                    if wanted.takes_block(block.number):
                        for entry in logs.of_block(block, wanted, removed):
                            tell(entry)
        if change.added or change.removed:
            for identity, subscription in list(self._subscriptions.items()):
                if subscription.interest.kind == "heads":
                    subscription.push(identity, shapes.header(head.header))
            for found in self._filters.values():
                if found.interest.kind == "heads":
                    self._hold(found, shapes.hexed(head.hash))

    def became_pending(self, transactions: list[Transaction]) -> None:
        """Tells of transactions that can run now."""
        for interest, tell in self._listeners("pending"):
            for transaction in transactions:
                tell(
                    shapes.waiting(transaction) if interest.full else shapes.hexed(transaction.hash)
                )

    def _listeners(self, kind: str) -> list[tuple[Interest, Callable[[Any], None]]]:
        listeners: list[tuple[Interest, Callable[[Any], None]]] = []
        for identity, subscription in self._subscriptions.items():
            if subscription.interest.kind == kind:
                listeners.append((subscription.interest, _pusher(identity, subscription.push)))
        for found in self._filters.values():
            if found.interest.kind == kind:
                listeners.append((found.interest, _holder(found)))
        return listeners

    @staticmethod
    def _hold(found: Filter, item: Any) -> None:
        if len(found.news) < MAX_HELD:
            found.news.append(item)


def _pusher(identity: str, push: Push) -> Callable[[Any], None]:
    return lambda item: push(identity, item)


def _holder(found: Filter) -> Callable[[Any], None]:
    return lambda item: Hub._hold(found, item)
