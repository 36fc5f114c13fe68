"""Methods that look into the pool."""

from __future__ import annotations

from typing import Any

from .. import arguments as read
from .. import shapes
from ..accounts import checksummed
from ..jsonrpc import Registry
from ..node import Node
from ..pool import Waiting
from ..transactions import Transaction


def _by_nonce(transactions: Any) -> dict[str, Any]:
    shaped = {str(t.nonce): shapes.waiting(t) for t in transactions}
    return dict(sorted(shaped.items()))


def _summary(t: Transaction) -> str:
    whom = checksummed(t.to) if t.to else "contract creation"
    return f"{whom}: {t.value} wei + {t.gas} gas × {t.max_fee_per_gas} wei"


def _summaries(transactions: Any) -> dict[str, str]:
    return dict(sorted((str(t.nonce), _summary(t)) for t in transactions))


def register(methods: Registry, node: Node) -> None:
    """Adds the methods."""
    method = methods.method

    def everybody(shape: Any) -> dict[str, Any]:
        """Both halves of the pool by checksummed sender, as a Go node sorts them."""
        halves: dict[str, dict[str, Any]] = {"pending": {}, "queued": {}}
        named = [(checksummed(sender), waiting) for sender, waiting in node.pool.senders()]
        for name, waiting in sorted(named, key=lambda pair: pair[0]):
            for half, transactions in (
                ("pending", waiting.pending()),
                ("queued", waiting.queued()),
            ):
                shaped = shape(transactions)
                if shaped:
                    halves[half][name] = shaped
        return halves

    @method("txpool_status")
    def status() -> Any:
        pending, queued = node.pool.counts()
        return {"pending": hex(pending), "queued": hex(queued)}

    method("txpool_content")(lambda: everybody(_by_nonce))
    method("txpool_inspect")(lambda: everybody(_summaries))

    @method("txpool_contentFrom", read.address)
    def content_from(address: bytes) -> Any:
        waiting = node.pool.of(address) or Waiting(0)
        return {"pending": _by_nonce(waiting.pending()), "queued": _by_nonce(waiting.queued())}

    @method("eth_pendingTransactions")
    def own() -> Any:
        return [
            shapes.waiting(transaction)
            for sender, waiting in node.pool.senders()
            if sender in node.accounts
            for transaction in waiting.pending()
        ]
