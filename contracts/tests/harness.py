"""Starts the chain as a process and speaks to it; eth-account signs, as a second hand."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
import unittest
from pathlib import Path
from typing import Any, Callable

from eth_account import Account
from eth_utils import to_checksum_address
from websockets.sync.client import ClientConnection, connect

CONTRACTS = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
GWEI = 10**9
SINK = "0x0000000000000000000000000000000000000099"

KEYS = [
    "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
    "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
    "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
]
"""The public keys' secrets that every development chain uses."""

LOGGER = "0x600c8060095f395ff36020355f525f3560205fa100"
"""Init code of a contract that logs: the first word of its calldata is the topic, the second the data."""

REVERTER = "0x60088060095f395ff3365f5f37365ffd00"
"""Init code of a contract that reverts with its calldata."""


def address(index: int) -> str:
    """The checksummed address of a funded account."""
    return str(Account.from_key(KEYS[index]).address)


class Failed(Exception):
    """An answer with an error member."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(error["message"])
        self.code = error["code"]
        self.data = error.get("data")


def eventually(condition: Callable[[], Any]) -> Any:
    """What the condition gives once it is true."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.01)
    raise AssertionError("it did not happen")


class Chain:
    """One running development chain."""

    def __init__(self, *options: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(CONTRACTS), "PYTHONSAFEPATH": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "devchain", "--listen", "127.0.0.1:0", *options],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            message = self.error_text()
            self.stop()
            raise AssertionError(message)
        self.record: dict[str, Any] = json.loads(line)["chain"]
        self.port = int(self.record["endpoint"].rsplit(":", 1)[1])
        self._next_id = 0

    def error_text(self) -> str:
        """What the program wrote to standard error."""
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()

    def stop(self) -> int:
        """Ends the program politely; its status."""
        if self.process.poll() is None:
            self.process.terminate()
        status = self.process.wait(PATIENCE)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
        return status

    def post(self, body: bytes | str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        """One HTTP request with a body as it is; status and body of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("POST", "/", body, headers or {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def call(self, method: str, *params: Any) -> Any:
        """The result of one method. Raises `Failed`."""
        self._next_id += 1
        request = {"jsonrpc": "2.0", "id": self._next_id, "method": method, "params": list(params)}
        answer = json.loads(self.post(json.dumps(request))[1])
        assert answer["id"] == self._next_id
        if "error" in answer:
            raise Failed(answer["error"])
        return answer["result"]

    def number(self, method: str, *params: Any) -> int:
        """A quantity as a number."""
        return int(self.call(method, *params), 16)

    def websocket(self) -> ClientConnection:
        """A WebSocket connection."""
        return connect(f"ws://127.0.0.1:{self.port}", open_timeout=PATIENCE, max_size=None)

    def signed(self, key: int = 0, **members: Any) -> str:
        """A signed type-2 transaction in hex; what is left out is filled in for a plain transfer."""
        transaction = {
            "chainId": self.record["chainId"],
            "nonce": self.number("eth_getTransactionCount", address(key), "pending"),
            "to": SINK,
            "value": 1,
            "data": "0x",
            "gas": 21_000 if "data" not in members else 500_000,
            "maxFeePerGas": 3 * GWEI,
            "maxPriorityFeePerGas": GWEI,
            **members,
        }
        if transaction["to"] is None:
            del transaction["to"]
        return "0x" + Account.sign_transaction(
            transaction, KEYS[key]
        ).raw_transaction.hex().removeprefix("0x")

    def send(self, key: int = 0, **members: Any) -> str:
        """Sends a signed transaction; its hash."""
        return str(self.call("eth_sendRawTransaction", self.signed(key, **members)))

    def receipt(self, hash: str) -> dict[str, Any]:
        """The receipt, once there is one."""
        return eventually(lambda: self.call("eth_getTransactionReceipt", hash))

    def deploy(self, code: str, key: int = 0) -> str:
        """The address of a new contract; mines a block where none comes by itself."""
        hash = self.send(key, to=None, value=0, data=code)
        if self.call("eth_getTransactionReceipt", hash) is None:
            self.call("evm_mine")
        return str(to_checksum_address(self.receipt(hash)["contractAddress"]))


def words(*values: int) -> str:
    """Calldata of words."""
    return "0x" + "".join(f"{value:064x}" for value in values)


class ChainCase(unittest.TestCase):
    """A test with a chain of its own; `options` are the program's."""

    options: tuple[str, ...] = ("--no-mine",)

    def setUp(self) -> None:
        self.chain = Chain(*self.options)
        self.addCleanup(self.chain.stop)

    def refused(self, message: str, method: str, *params: Any, code: int = -32000) -> Failed:
        """Checks that a call fails with this text."""
        with self.assertRaises(Failed) as caught:
            self.chain.call(method, *params)
        self.assertEqual(str(caught.exception), message)
        self.assertEqual(caught.exception.code, code)
        return caught.exception
