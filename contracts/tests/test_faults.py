"""What the chain does wrong on demand: transactions and pools lost, claims, limits of log queries, a head that falls."""

from __future__ import annotations

import json

from .harness import LOGGER, ChainCase, address, words


class LostTransactionTests(ChainCase):
    options = ()

    def setUp(self) -> None:
        super().setUp()
        self.chain.call("evm_setAutomine", False)

    def waiting(self) -> tuple[str, str]:
        counts = self.chain.call("txpool_status")
        return counts["pending"], counts["queued"]

    def assert_unknown(self, hash: str) -> None:
        self.assertIsNone(self.chain.call("eth_getTransactionByHash", hash))
        self.assertIsNone(self.chain.call("eth_getTransactionReceipt", hash))

    def test_the_pool_is_dropped(self) -> None:
        hashes = [self.chain.send(nonce=nonce) for nonce in (0, 1, 3)]
        self.assertEqual(self.waiting(), ("0x2", "0x1"))
        self.assertEqual(self.chain.call("dev_dropPool"), 3)
        self.assertEqual(self.waiting(), ("0x0", "0x0"))
        for hash in hashes:
            self.assert_unknown(hash)
        self.assertEqual(self.chain.number("eth_getTransactionCount", address(0), "pending"), 0)
        self.chain.call("evm_setAutomine", True)
        self.assertEqual(self.chain.number("eth_blockNumber"), 0)
        self.assertEqual(self.chain.receipt(self.chain.send())["blockNumber"], "0x1")
        self.assertEqual(self.chain.call("dev_dropPool"), 0)

    def test_one_transaction_is_dropped_and_those_after_it_wait(self) -> None:
        filter = self.chain.call("eth_newPendingTransactionFilter")
        raws = [self.chain.signed(nonce=nonce) for nonce in (0, 1, 2)]
        hashes = [self.chain.call("eth_sendRawTransaction", raw) for raw in raws]
        self.assertEqual(self.chain.call("dev_dropPool", [hashes[1], words(1)]), 1)
        self.assert_unknown(hashes[1])
        self.assertEqual(self.waiting(), ("0x1", "0x1"))
        self.chain.call("eth_sendRawTransaction", raws[1])
        self.assertEqual(self.waiting(), ("0x3", "0x0"))
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.receipt(hashes[2])["status"], "0x1")
        told = self.chain.call("eth_getFilterChanges", filter)
        self.assertEqual(told, [*hashes, hashes[1], hashes[2]])

    def test_transactions_are_taken_and_forgotten(self) -> None:
        self.chain.call("evm_setAutomine", True)
        self.assertTrue(self.chain.call("dev_forget", 2))
        raws = [self.chain.signed(nonce=nonce) for nonce in (0, 1)]
        hashes = [self.chain.call("eth_sendRawTransaction", raw) for raw in raws]
        for hash in hashes:
            self.assert_unknown(hash)
        self.assertEqual(self.chain.number("eth_blockNumber"), 0)
        for raw, hash in zip(raws, hashes):
            self.assertEqual(self.chain.call("eth_sendRawTransaction", raw), hash)
        for hash in hashes:
            self.assertEqual(self.chain.receipt(hash)["status"], "0x1")
        self.chain.call("dev_forget", 1)
        self.refused(
            "invalid sender: invalid chain id for signer: have 5 want 1337",
            "eth_sendRawTransaction",
            self.chain.signed(chainId=5),
        )

    def test_transactions_are_claimed_to_be_known(self) -> None:
        raw = self.chain.signed()
        self.assertTrue(self.chain.call("dev_claimKnown", 1))
        self.refused("already known", "eth_sendRawTransaction", raw)
        self.assertEqual(self.waiting(), ("0x0", "0x0"))
        hash = self.chain.call("eth_sendRawTransaction", raw)
        self.assertIsNotNone(self.chain.call("eth_getTransactionByHash", hash))


class LogLimitTests(ChainCase):
    def setUp(self) -> None:
        super().setUp()
        self.logger = self.chain.deploy(LOGGER)
        for _ in range(4):
            for nonce_key in (0, 1):
                self.chain.send(nonce_key, to=self.logger, value=0, data=words(1, 9))
            self.chain.call("evm_mine")

    def count(self, low: int, high: int) -> int:
        wanted = {"fromBlock": hex(low), "toBlock": hex(high)}
        return len(self.chain.call("eth_getLogs", wanted))

    def assert_over(self, words: str, low: int, high: int) -> None:
        wanted = {"fromBlock": hex(low), "toBlock": hex(high)}
        self.refused(words, "eth_getLogs", wanted, code=-32005)

    def test_a_query_over_too_many_blocks_is_refused(self) -> None:
        self.assertTrue(self.chain.call("dev_limitLogs", 3))
        self.assertEqual(self.count(3, 5), 6)
        self.assert_over("exceed maximum block range: 3", 2, 5)
        head = self.chain.call("eth_getBlockByNumber", "latest", False)["hash"]
        self.assertEqual(len(self.chain.call("eth_getLogs", {"blockHash": head})), 2)
        filter = self.chain.call("eth_newFilter", {"fromBlock": "0x0"})
        self.refused("exceed maximum block range: 3", "eth_getFilterLogs", filter, code=-32005)
        self.assertTrue(self.chain.call("dev_limitLogs", 0))
        self.assertEqual(self.count(0, 5), 8)

    def test_an_answer_of_too_many_logs_is_refused(self) -> None:
        self.assertTrue(self.chain.call("dev_limitLogs", 0, 5))
        self.assertEqual(self.count(2, 3), 4)
        words = "query returned more than 5 results. Try with this block range [0x2, 0x3]."
        self.assert_over(words, 2, 5)
        self.chain.call("dev_limitLogs", 0, 1)
        words = "query returned more than 1 results. Try with this block range [0x2, 0x2]."
        self.assert_over(words, 2, 2)


class FallingHeadTests(ChainCase):
    def setUp(self) -> None:
        super().setUp()
        self.logger = self.chain.deploy(LOGGER)
        self.hashes = []
        for topic in (1, 2, 3):
            self.hashes.append(self.chain.send(to=self.logger, value=0, data=words(topic, 0)))
            self.chain.call("evm_mine")
        self.parent = self.chain.call("eth_getBlockByNumber", "0x2", False)["hash"]

    def test_the_head_falls_with_notices_and_the_pool_gets_back_what_ran(self) -> None:
        with self.chain.websocket() as socket:
            for name in (["newHeads"], ["logs", {"address": self.logger}]):
                request = {"jsonrpc": "2.0", "id": 1, "method": "eth_subscribe", "params": name}
                socket.send(json.dumps(request))
                json.loads(socket.recv(timeout=60))
            self.chain.call("dev_setHead", self.parent)
            pushes = [json.loads(socket.recv(timeout=60))["params"]["result"] for _ in range(3)]
        self.assertEqual([entry["removed"] for entry in pushes[:2]], [True, True])
        self.assertEqual(pushes[2]["hash"], self.parent)
        self.assertEqual(self.chain.number("eth_blockNumber"), 2)
        self.assertEqual(self.chain.receipt(self.hashes[0])["blockNumber"], "0x2")
        for hash in self.hashes[1:]:
            self.assertIsNone(self.chain.call("eth_getTransactionReceipt", hash))
            self.assertIsNone(self.chain.call("eth_getTransactionByHash", hash)["blockHash"])
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.receipt(self.hashes[2])["blockNumber"], "0x3")

    def test_what_a_falling_head_throws_out_can_be_lost(self) -> None:
        for method, *params in (["dev_setHead", self.parent], ["dev_reorg", 1, [[], []]]):
            calls = [(method, params), ("dev_dropPool", [])]
            batch = [
                {"jsonrpc": "2.0", "id": index, "method": name, "params": values}
                for index, (name, values) in enumerate(calls)
            ]
            answers = json.loads(self.chain.post(json.dumps(batch))[1])
            self.assertEqual([answer.get("error") for answer in answers], [None, None])
            for hash in self.hashes[1:]:
                self.assertIsNone(self.chain.call("eth_getTransactionByHash", hash))
        self.assertEqual(self.chain.number("eth_blockNumber"), 3)
        self.assertEqual(self.chain.call("txpool_status"), {"pending": "0x0", "queued": "0x0"})
