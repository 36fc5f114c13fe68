"""The recorded rows of a real geth, session by session, and which of them a development chain is held to."""

import json
import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
OWN = Path(__file__).with_name("rows.jsonl")

# Methods that neither a verb of sr-chain nor web3.py calls.
NOT_CALLED = {
    "eth_config",
    "eth_fillTransaction",
    "eth_getHeaderByNumber",
    "eth_getHeaderByHash",
    "eth_pendingTransactions",
    "rpc_modules",
    "txpool_contentFrom",
}

REASONS = {
    "timing": "the outcome hangs on timing",
    "method": "a method that neither a verb nor web3.py calls",
    "port": "HTTP and WebSocket share one port",
    "cors": "cross-origin rules for browsers",
    "offer": "a method that the development chain does not offer",
    "speed": "more work than Python does within geth's own limit of five seconds",
    "consensus": "a node that waits for a consensus client, and holds no account",
}

LEFT_OUT = {
    "auto/ws-port-post": "port",
    "auto/http-options-cors": "cors",
    "auto/ws-origin": "cors",
    "auto/estimate-too-much": "speed",
    "auto/simulateV1": "offer",
}

# Of the session `engine`: what only a node shows that is not in development mode.
CONSENSUS = {
    "engine/genesis-safe",
    "engine/genesis-finalized",
    "engine/balance-safe",
    "engine/balance-finalized",
    "engine/feeHistory-finalized",
    "engine/logs-safe",
    "engine/safe-zero",
    "engine/accounts",
    "engine/sendTransaction",
    "engine/not-canonical-receipt",
}
# What blocks were called in requests before any answer had named them.
LATEST_BLOCK = "0x4702aafa9440ef51b7a4c27dfa4f30e6d5bbec4118f7f25b65c7903bf127a097"
FIRST_BLOCK = "0x9547742d5c209ea3b0ac617d7fe973823e915f1e391632aea36cae9e37140175"


def vectors():
    """The folder of the transcript, or None in a clone that has none."""
    named = os.environ.get("SANDRUN_VECTORS")
    folder = Path(named) if named else CHECKOUT.parent / "shared/vectors"
    folder = folder / "eth/rpc"
    return folder if folder.is_dir() else None


def rows(path):
    """All rows of one file, in order."""
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def left_out(row):
    """Why a row is not run: a key of REASONS; None where it is."""
    if row.get("racy"):
        return "timing"
    if row["id"] in LEFT_OUT:
        return LEFT_OUT[row["id"]]
    request = row["request"]
    if isinstance(request, dict) and request.get("method") in NOT_CALLED:
        return "method"
    return None
