"""Logs, filters, subscriptions, and connections that break."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

from websockets.exceptions import ConnectionClosed

from .harness import LOGGER, SINK, Chain, ChainCase, address, eventually, words


class LogTests(ChainCase):
    def setUp(self) -> None:
        super().setUp()
        self.logger = self.chain.deploy(LOGGER)
        for topic in (1, 2, 1):
            self.chain.send(to=self.logger, value=0, data=words(topic, 9))
            self.chain.call("evm_mine")

    def numbers(self, **wanted: Any) -> list[int]:
        return [int(entry["blockNumber"], 16) for entry in self.chain.call("eth_getLogs", wanted)]

    def test_logs_are_found_by_block_address_and_topic(self) -> None:
        everything = {"fromBlock": "earliest", "toBlock": "latest"}
        self.assertEqual(self.numbers(**everything), [2, 3, 4])
        self.assertEqual(self.numbers(), [4])
        self.assertEqual(self.numbers(**everything, topics=[words(1)]), [2, 4])
        self.assertEqual(self.numbers(**everything, topics=[[words(1), words(2)]]), [2, 3, 4])
        self.assertEqual(self.numbers(**everything, topics=[None, None]), [])
        self.assertEqual(self.numbers(**everything, address=[self.logger, SINK]), [2, 3, 4])
        self.assertEqual(self.numbers(**everything, address=SINK), [])
        self.assertEqual(self.numbers(fromBlock="0x3", toBlock="0x3"), [3])

    def test_a_filter_gives_each_thing_once(self) -> None:
        filter = self.chain.call("eth_newFilter", {"topics": [words(5)]})
        self.chain.send(to=self.logger, value=0, data=words(5, 1))
        self.chain.send(to=self.logger, value=0, data=words(6, 1))
        self.chain.call("evm_mine")
        self.assertEqual(len(self.chain.call("eth_getFilterChanges", filter)), 1)
        self.assertEqual(self.chain.call("eth_getFilterChanges", filter), [])
        self.assertTrue(self.chain.call("eth_uninstallFilter", filter))
        self.refused("filter not found", "eth_getFilterChanges", filter)


class SubscriptionTests(ChainCase):
    options = ()

    def test_each_block_and_transaction_is_pushed(self) -> None:
        with self.chain.websocket() as connection:
            ids = []
            for name in ("newHeads", "newPendingTransactions"):
                connection.send(
                    json.dumps(
                        {"jsonrpc": "2.0", "id": 1, "method": "eth_subscribe", "params": [name]}
                    )
                )
                ids.append(json.loads(connection.recv(timeout=60))["result"])
            hashes = []
            for _ in range(3):
                hashes.append(self.chain.send())
                self.chain.receipt(hashes[-1])
            heads, pending = [], []
            for _ in range(6):
                params = json.loads(connection.recv(timeout=60))["params"]
                (heads if params["subscription"] == ids[0] else pending).append(params["result"])
            self.assertEqual([head["number"] for head in heads], ["0x1", "0x2", "0x3"])
            self.assertEqual(pending, hashes)
            connection.send(
                json.dumps(
                    {"jsonrpc": "2.0", "id": 2, "method": "eth_unsubscribe", "params": ids[:1]}
                )
            )
            self.assertTrue(json.loads(connection.recv(timeout=60))["result"])

    def test_connections_can_be_dropped(self) -> None:
        first, second = self.chain.websocket(), self.chain.websocket()
        with socket.create_connection(("127.0.0.1", self.chain.port), timeout=60) as idle:
            idle.sendall(b"POST / HTTP/1.1\r\n")
            eventually(lambda: self.chain.call("eth_blockNumber"))
            second.send('{"jsonrpc":"2.0","id":1,"method":"dev_dropConnections"}')
            self.assertTrue(json.loads(second.recv(timeout=60))["result"])
            for connection in (first, second):
                with self.assertRaises(ConnectionClosed):
                    connection.recv(timeout=60)
            with self.assertRaises((ConnectionError, AssertionError)):
                self.assertNotEqual(idle.recv(1), b"")
        self.assertEqual(self.chain.number("eth_chainId"), 1337)

    def test_answers_can_be_held_back(self) -> None:
        self.chain.call("dev_setDelay", 300)
        start = time.monotonic()
        self.chain.call("eth_chainId")
        self.assertGreaterEqual(time.monotonic() - start, 0.3)
        with self.chain.websocket() as connection:
            start = time.monotonic()
            for number in range(5):
                connection.send(
                    json.dumps({"jsonrpc": "2.0", "id": number, "method": "eth_chainId"})
                )
            answers = [json.loads(connection.recv(timeout=60))["id"] for _ in range(5)]
            self.assertGreaterEqual(time.monotonic() - start, 0.3)
            self.assertEqual(answers, list(range(5)))
        self.chain.call("dev_setDelay", 0)


class TimedTests(ChainCase):
    options = ("--block-time", "0.2")

    def test_blocks_come_by_time(self) -> None:
        hash = self.chain.send()
        self.assertEqual(self.chain.receipt(hash)["from"], address(0).lower())
        number = self.chain.number("eth_blockNumber")
        eventually(lambda: self.chain.number("eth_blockNumber") >= number + 3)
        self.chain.call("evm_setIntervalMining", 0)
        number = self.chain.number("eth_blockNumber")
        waiting = self.chain.send()
        self.assertEqual(self.chain.number("eth_blockNumber"), number)
        self.chain.call("evm_setAutomine", True)
        self.assertEqual(int(self.chain.receipt(waiting)["blockNumber"], 16), number + 1)


class StreamTests(ChainCase):
    options = ()

    def test_a_batch_of_transfers_is_mined(self) -> None:
        raws = [self.chain.signed(nonce=n) for n in range(200)]
        batch = [
            {"jsonrpc": "2.0", "id": n, "method": "eth_sendRawTransaction", "params": [raw]}
            for n, raw in enumerate(raws)
        ]
        answers = json.loads(self.chain.post(json.dumps(batch))[1])
        hashes = [answer["result"] for answer in answers]
        self.assertEqual(len(set(hashes)), 200)
        self.chain.receipt(hashes[-1])
        self.assertEqual(self.chain.number("eth_getBalance", SINK, "latest"), 200)


class TwoChains(ChainCase):
    def test_no_two_chains_begin_alike(self) -> None:
        other = Chain()
        self.addCleanup(other.stop)
        self.assertNotEqual(self.chain.record["genesis"], other.record["genesis"])
        self.assertEqual(self.chain.record["accounts"], other.record["accounts"])
