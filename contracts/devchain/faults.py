"""Faults of real nodes and providers, brought about on demand: lost transactions, a pool that claims, log limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .blocks import Block
from .errors import LIMIT_EXCEEDED, RPCError


@dataclass(slots=True)
class Faults:
    """What the node does wrong from now on; nothing at first. A limit of 0 is none."""

    forgets: int = 0
    claims: int = 0
    log_blocks: int = 0
    log_results: int = 0

    def strikes(self) -> bool:
        """Whether the node does not keep the transaction in hand. Raises `RPCError` where it says that it has it."""
        if self.claims:
            self.claims -= 1
            raise RPCError("already known")
        if self.forgets:
            self.forgets -= 1
            return True
        return False

    def check_range(self, low: int, high: int) -> None:
        """Refuses a log query over more blocks than the limit, as providers do. Raises `RPCError`."""
        if self.log_blocks and high - low >= self.log_blocks:
            raise RPCError(f"exceed maximum block range: {self.log_blocks}", LIMIT_EXCEEDED)

    def check_found(self, found: list[dict[str, Any]], low: int, block: Block) -> None:
        """Refuses an answer of more logs than the limit, naming blocks that would do. Raises `RPCError`."""
        if self.log_results and len(found) > self.log_results:
            high = max(low, block.number - 1)
            raise RPCError(
                f"query returned more than {self.log_results} results. "
                f"Try with this block range [{low:#x}, {high:#x}].",
                LIMIT_EXCEEDED,
            )
