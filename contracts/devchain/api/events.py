"""Methods for logs, filters and subscriptions."""

from __future__ import annotations

from typing import Any

from .. import arguments as read
from .. import logs
from ..errors import INVALID_PARAMS, METHOD_NOT_FOUND, ArgumentError, RPCError
from ..jsonrpc import Connection, Registry
from ..logs import Criteria
from ..node import Node
from ..subscriptions import Interest


def _identity(value: str) -> str:
    """An id as it is kept: lower case."""
    return value.lower()


def _interest(name: str, options: list[Any]) -> Interest | None:
    """What a subscription's parameters ask for, or nothing where there is no such subscription."""
    if name not in ("newHeads", "logs", "newPendingTransactions", "syncing"):
        return None
    most = {"logs": 1, "newPendingTransactions": 1}.get(name, 0)
    if len(options) > most:
        raise RPCError(f"too many arguments, want at most {most + 1}", INVALID_PARAMS)
    try:
        if name == "logs":
            if not options:
                raise RPCError("missing value for required argument 1", INVALID_PARAMS)
            wanted = logs.criteria(options[0])
            logs.check_live(wanted)
            return Interest("logs", wanted)
        if name == "newPendingTransactions":
            return Interest("pending", full=read.boolean(options[0]) if options else False)
    except ArgumentError as error:
        raise RPCError(f"invalid argument 1: {error}", INVALID_PARAMS) from None
    return Interest("heads" if name == "newHeads" else name)


def register(methods: Registry, node: Node) -> None:
    """Adds the methods."""
    method = methods.method
    hub = node.hub

    @method("eth_getLogs", logs.criteria)
    def get_logs(wanted: Criteria) -> Any:
        return logs.query(node.chain, wanted, node.faults)

    @method("eth_newFilter", logs.criteria)
    def new_filter(wanted: Criteria) -> str:
        logs.check_live(wanted)
        return hub.add_filter(Interest("logs", wanted))

    @method("eth_newBlockFilter")
    def new_block_filter() -> str:
        return hub.add_filter(Interest("heads"))

    @method("eth_newPendingTransactionFilter", read.boolean, optional=1)
    def new_pending_filter(full: bool | None) -> str:
        return hub.add_filter(Interest("pending", full=bool(full)))

    @method("eth_getFilterChanges", read.text)
    def filter_changes(identity: str) -> Any:
        return hub.take_news(_identity(identity))

    @method("eth_getFilterLogs", read.text)
    def filter_logs(identity: str) -> Any:
        wanted = hub.log_criteria(_identity(identity))
        return logs.query(node.chain, wanted, node.faults)

    @method("eth_uninstallFilter", read.text)
    def uninstall(identity: str) -> bool:
        return hub.remove_filter(_identity(identity))

    @method("eth_subscribe", wants_connection=True)
    def subscribe(connection: Connection, params: Any) -> str:
        if not connection.can_push:
            raise RPCError("notifications not supported", METHOD_NOT_FOUND)
        if not isinstance(params, list) or not params or not isinstance(params[0], str):
            raise RPCError("expected subscription name as first argument", INVALID_PARAMS)
        interest = _interest(params[0], params[1:])
        if interest is None:
            raise RPCError(f'no "{params[0]}" subscription in eth namespace', METHOD_NOT_FOUND)
        return hub.subscribe(interest, connection.push, connection)

    @method("eth_unsubscribe", wants_connection=True)
    def unsubscribe(connection: Connection, params: Any) -> bool:
        if not isinstance(params, list) or not params:
            raise RPCError("missing value for required argument 0", INVALID_PARAMS)
        if not isinstance(params[0], str) or not hub.unsubscribe(_identity(params[0]), connection):
            raise RPCError("subscription not found")
        return True
