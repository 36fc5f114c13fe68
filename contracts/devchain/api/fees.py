"""Methods about fees."""

from __future__ import annotations

from typing import Any

from .. import arguments as read
from ..errors import RPCError
from ..fees import MAX_HISTORY, check_percentiles, fee_history
from ..jsonrpc import Registry
from ..node import Node


def register(methods: Registry, node: Node) -> None:
    """Adds the methods."""
    method = methods.method
    chain = node.chain

    method("eth_maxPriorityFeePerGas")(lambda: hex(node.tips.suggest(chain)))
    method("eth_gasPrice")(lambda: hex(node.tips.suggest(chain) + chain.head.header.base_fee))
    method("eth_blobBaseFee")(lambda: "0x1")

    @method("eth_feeHistory", read.count, read.block_number, read.percentiles)
    def history(count: int, newest: int | str, percentiles: list[float]) -> Any:
        if count == 0:
            return fee_history([], [])
        check_percentiles(percentiles)
        count = min(count, MAX_HISTORY)
        blocks = []
        if newest == "pending":
            blocks.append(node.pending().block)
            last = chain.head
        else:
            found = node.block_at(newest)
            if found is None:
                raise RPCError(
                    f"request beyond head block: requested {newest}, head {chain.head.number}"
                )
            last = found
        for number in range(last.number, max(last.number - (count - len(blocks)), -1), -1):
            block = chain.by_number(number)
            assert block is not None
            blocks.append(block)
        return fee_history(blocks[::-1], percentiles)
