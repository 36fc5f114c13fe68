"""What a node says about fees: the tip it suggests, and the history of fees and tips."""

from __future__ import annotations

from typing import Any, Sequence

from .blocks import Block
from .chain import Chain
from .errors import RPCError

BLOCKS_LOOKED_AT = 20
SAMPLES_PER_BLOCK = 3
PERCENTILE = 60
IGNORED_BELOW = 2
MOST = 500 * 10**9
FIRST_SUGGESTION = 1
MAX_HISTORY = 1024
MAX_PERCENTILES = 100


class TipOracle:
    """Suggests a tip from the lowest tips of the latest blocks, as geth does."""

    def __init__(self) -> None:
        self._head = b""
        self._suggestion = FIRST_SUGGESTION

    def suggest(self, chain: Chain) -> int:
        """The tip in wei for a transaction that is sent now."""
        if chain.head.hash == self._head:
            return self._suggestion
        results: list[int] = []
        number = chain.head.number
        asked = 0
        waiting = min(BLOCKS_LOOKED_AT, number)
        while asked < waiting:
            values = self._samples(chain, number - asked)
            asked += 1
            if not values:
                values = [self._suggestion]
            still_open = waiting - asked
            if len(values) == 1 and len(results) + 1 + still_open < 2 * BLOCKS_LOOKED_AT:
                waiting = min(waiting + 1, number)
            results += values
        if results:
            results.sort()
            self._suggestion = min(results[(len(results) - 1) * PERCENTILE // 100], MOST)
        self._head = chain.head.hash
        return self._suggestion

    @staticmethod
    def _samples(chain: Chain, number: int) -> list[int]:
        block = chain.by_number(number)
        assert block is not None
        base_fee, miner = block.header.base_fee, block.header.coinbase
        tips = sorted(t.tip(base_fee) for t in block.transactions if t.sender != miner)
        return [tip for tip in tips if tip >= IGNORED_BELOW][:SAMPLES_PER_BLOCK]


def _number(value: float) -> float | int:
    """A ratio as Go writes it: without a fraction where there is none."""
    return int(value) if value == int(value) else value


def _rewards(block: Block, percentiles: Sequence[float]) -> list[str]:
    if not block.transactions:
        return ["0x0"] * len(percentiles)
    base_fee = block.header.base_fee
    paid = sorted(
        (transaction.tip(base_fee), receipt.gas_used)
        for transaction, receipt in zip(block.transactions, block.receipts)
    )
    rewards = []
    index, seen = 0, paid[0][1]
    for percentile in percentiles:
        threshold = int(block.header.gas_used * percentile / 100)
        while seen < threshold and index < len(paid) - 1:
            index += 1
            seen += paid[index][1]
        rewards.append(hex(paid[index][0]))
    return rewards


def check_percentiles(percentiles: Sequence[float]) -> None:
    """Raises `RPCError` unless they rise strictly within 0 to 100."""
    if len(percentiles) > MAX_PERCENTILES:
        raise RPCError(f"invalid reward percentile: over the query limit {MAX_PERCENTILES}")
    for index, value in enumerate(percentiles):
        if not 0 <= value <= 100:
            raise RPCError(f"invalid reward percentile: {value:f}")
        if index and value <= percentiles[index - 1]:
            raise RPCError(
                f"invalid reward percentile: #{index - 1}:{percentiles[index - 1]:f} >= #{index}:{value:f}"
            )


def fee_history(blocks: Sequence[Block], percentiles: Sequence[float]) -> dict[str, Any]:
    """The answer of `eth_feeHistory` for blocks that follow one another."""
    if not blocks:
        return {"oldestBlock": "0x0", "gasUsedRatio": None}
    fees = [block.header.base_fee for block in blocks] + [blocks[-1].header.next_base_fee()]
    history: dict[str, Any] = {"oldestBlock": hex(blocks[0].number)}
    if percentiles:
        history["reward"] = [_rewards(block, percentiles) for block in blocks]
    history["baseFeePerGas"] = [hex(fee) for fee in fees]
    history["gasUsedRatio"] = [_number(b.header.gas_used / b.header.gas_limit) for b in blocks]
    history["baseFeePerBlobGas"] = ["0x1"] * len(fees)
    history["blobGasUsedRatio"] = [0] * len(blocks)
    return history
