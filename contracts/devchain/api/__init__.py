"""The RPC methods by subject; each module registers its own."""

from __future__ import annotations

from ..jsonrpc import Registry
from ..node import Node
from . import blocks, calls, control, events, fees, pool, state, transactions


def registry(node: Node, control_of: control.Control) -> Registry:
    """All methods of a node."""
    methods = Registry()
    for module in (blocks, calls, events, fees, pool, state, transactions):
        module.register(methods, node)
    control.register(methods, node, control_of)
    return methods
