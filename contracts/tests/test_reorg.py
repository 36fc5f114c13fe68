"""Reorgs, forkchoice, rewinds, snapshots."""

from __future__ import annotations

import json
from typing import Any

from .harness import LOGGER, SINK, ChainCase, words


class ReorgTests(ChainCase):
    def setUp(self) -> None:
        super().setUp()
        self.logger = self.chain.deploy(LOGGER)
        self.socket = self.chain.websocket()
        self.addCleanup(self.socket.close)
        self.heads = self.subscribe("newHeads")
        self.logs = self.subscribe("logs", {"address": self.logger})

    def subscribe(self, *params: Any) -> str:
        self.socket.send(
            json.dumps({"jsonrpc": "2.0", "id": 1, "method": "eth_subscribe", "params": params})
        )
        return str(json.loads(self.socket.recv(timeout=60))["result"])

    def pushes(self, count: int) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {self.heads: [], self.logs: []}
        for _ in range(count):
            params = json.loads(self.socket.recv(timeout=60))["params"]
            found[params["subscription"]].append(params["result"])
        return found

    def log(self, topic: int, key: int = 0) -> str:
        return self.chain.send(key, to=self.logger, value=0, data=words(topic, topic))

    def test_a_reorg_takes_back_logs_receipts_and_transactions(self) -> None:
        kept, lost = self.log(1), self.log(2, 1)
        self.chain.call("evm_mine")
        third = self.log(3, 2)
        self.chain.call("evm_mine")
        self.pushes(5)
        old = self.chain.call("eth_getBlockByNumber", "0x2", False)
        pending = self.chain.call("eth_newPendingTransactionFilter")

        head = self.chain.call("dev_reorg", 2, [[kept]])

        self.assertEqual(self.chain.number("eth_blockNumber"), 2)
        found = self.pushes(5)
        self.assertEqual([h["hash"] for h in found[self.heads]], [head])
        flags = [(entry["removed"], int(entry["topics"][0], 16)) for entry in found[self.logs]]
        self.assertEqual(flags, [(True, 1), (True, 2), (True, 3), (False, 1)])
        self.assertEqual(found[self.logs][0]["blockHash"], old["hash"])
        self.assertEqual(self.chain.receipt(kept)["blockHash"], head)
        for hash in (lost, third):
            self.assertIsNone(self.chain.call("eth_getTransactionReceipt", hash))
            self.assertIsNone(self.chain.call("eth_getTransactionByHash", hash)["blockHash"])
        self.assertEqual(self.chain.call("eth_getFilterChanges", pending), [lost, third])
        self.assertEqual(self.chain.call("txpool_status"), {"pending": "0x2", "queued": "0x0"})
        self.assertEqual(self.chain.call("eth_getBlockByHash", old["hash"], False), old)
        self.assertEqual(len(self.chain.call("eth_getLogs", {"blockHash": old["hash"]})), 2)
        self.assertEqual(len(self.chain.call("eth_getLogs", {"fromBlock": "0x0"})), 1)
        reference = {"blockHash": old["hash"], "requireCanonical": True}
        self.refused("hash is not currently canonical", "eth_getBalance", SINK, reference)
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.receipt(third)["blockNumber"], "0x3")

    def test_the_head_goes_back_to_the_old_branch(self) -> None:
        hash = self.log(7)
        self.chain.call("evm_mine")
        old = self.chain.call("eth_getBlockByNumber", "latest", False)["hash"]
        new = self.chain.call("dev_reorg", 1)
        self.assertIsNone(self.chain.call("eth_getTransactionReceipt", hash))
        self.chain.call("dev_setHead", old)
        self.assertEqual(self.chain.receipt(hash)["blockHash"], old)
        self.assertEqual(self.chain.call("txpool_status"), {"pending": "0x0", "queued": "0x0"})
        found = self.pushes(6)
        self.assertEqual([h["hash"] for h in found[self.heads]], [old, new, old])
        self.assertEqual([entry["removed"] for entry in found[self.logs]], [False, True, False])

    def test_a_branch_that_does_not_fit_is_refused_and_changes_nothing(self) -> None:
        head = self.chain.call("eth_getBlockByNumber", "latest", False)["hash"]
        raw = self.chain.signed(nonce=9)
        with self.assertRaisesRegex(Exception, "does not fit: nonce 9, next is 0"):
            self.chain.call("dev_reorg", 1, [[raw]])
        self.refused("cannot replace 5 of 1 blocks", "dev_reorg", 5)
        self.assertEqual(self.chain.call("eth_getBlockByNumber", "latest", False)["hash"], head)


class GoingBackTests(ChainCase):
    def test_a_snapshot_brings_back_chain_pool_and_state(self) -> None:
        waiting = self.chain.send(1)
        snapshot = self.chain.call("evm_snapshot")
        later = self.chain.call("evm_snapshot")
        mined = self.chain.send(value=77)
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.number("eth_getBalance", SINK, "latest"), 78)
        block = self.chain.call("eth_getBlockByNumber", "latest", False)["hash"]
        self.assertTrue(self.chain.call("evm_revert", snapshot))
        self.assertEqual(self.chain.number("eth_blockNumber"), 0)
        self.assertEqual(self.chain.number("eth_getBalance", SINK, "latest"), 0)
        self.assertIsNone(self.chain.call("eth_getTransactionByHash", mined))
        self.assertIsNone(self.chain.call("eth_getTransactionByHash", waiting)["blockHash"])
        self.assertIsNone(self.chain.call("eth_getBlockByHash", block, False))
        self.assertFalse(self.chain.call("evm_revert", snapshot))
        self.assertFalse(self.chain.call("evm_revert", later))

    def test_a_rewind_is_silent_and_forgets(self) -> None:
        filter = self.chain.call("eth_newBlockFilter")
        hash = self.chain.send()
        self.chain.call("evm_mine")
        self.chain.call("eth_getFilterChanges", filter)
        self.refused("not allowed to rewind to a future block", "debug_setHead", "0x1")
        self.chain.call("debug_setHead", "0x0")
        self.assertEqual(self.chain.call("eth_getFilterChanges", filter), [])
        self.assertIsNone(self.chain.call("eth_getTransactionByHash", hash))
        self.refused("finalized block not found", "eth_getBlockByNumber", "finalized", False)

    def test_a_branch_whose_root_was_forgotten_cannot_be_adopted(self) -> None:
        self.chain.call("evm_mine", {"blocks": 2})
        parent = self.chain.call("eth_getBlockByNumber", "latest", False)["hash"]
        orphan = self.chain.call("dev_buildBlock", parent)
        self.assertEqual(self.chain.number("eth_blockNumber"), 2)
        self.chain.call("debug_setHead", "0x1")
        self.refused("unknown ancestor", "dev_setHead", orphan)
        self.assertEqual(self.chain.number("eth_blockNumber"), 1)

    def test_the_clock_goes_forward(self) -> None:
        self.chain.call("evm_mine")
        first = int(self.chain.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
        self.chain.call("evm_increaseTime", 86_400)
        self.chain.call("evm_mine")
        second = int(self.chain.call("eth_getBlockByNumber", "latest", False)["timestamp"], 16)
        self.assertGreaterEqual(second, first + 86_400)
        self.chain.call("evm_setNextBlockTimestamp", second + 1000)
        self.chain.call("evm_mine", {"blocks": 3})
        stamps = [
            int(self.chain.call("eth_getBlockByNumber", hex(n), False)["timestamp"], 16)
            for n in (3, 4, 5)
        ]
        self.assertEqual(stamps[0], second + 1000)
        self.assertTrue(stamps[0] < stamps[1] < stamps[2])
        with self.assertRaisesRegex(Exception, "is not after the latest block's"):
            self.chain.call("evm_setNextBlockTimestamp", second)

    def stamp(self, block: str) -> int:
        return int(self.chain.call("eth_getBlockByNumber", block, False)["timestamp"], 16)

    def test_a_snapshot_brings_back_the_clock(self) -> None:
        day = 86_400
        self.chain.call("evm_mine")
        now = self.stamp("latest")
        self.chain.call("evm_setNextBlockTimestamp", now + 100 * day)
        snapshot = self.chain.call("evm_snapshot")
        self.chain.call("evm_mine")
        self.chain.call("evm_increaseTime", 900 * day)
        self.chain.call("evm_mine")
        self.assertGreaterEqual(self.stamp("latest"), now + 1000 * day)
        self.assertTrue(self.chain.call("evm_revert", snapshot))
        self.chain.call("evm_mine")
        self.assertEqual(self.stamp("latest"), now + 100 * day)

        snapshot = self.chain.call("evm_snapshot")
        self.chain.call("evm_increaseTime", 900 * day)
        self.chain.call("evm_setNextBlockTimestamp", now + 2000 * day)
        self.assertTrue(self.chain.call("evm_revert", snapshot))
        self.chain.call("evm_mine")
        self.assertLess(self.stamp("latest"), now + 101 * day)

    def test_no_block_is_before_its_parent(self) -> None:
        self.chain.call("evm_mine")
        wanted = self.stamp("latest") + 500
        self.chain.call("evm_setNextBlockTimestamp", wanted)
        self.chain.call("evm_increaseTime", 1000)
        self.chain.call("dev_reorg", 1)
        parent = self.stamp("latest")
        self.assertGreater(parent, wanted)
        self.assertGreater(self.stamp("pending"), parent)
        self.chain.call("evm_mine")
        self.assertGreater(self.stamp("latest"), parent)

    def test_time_has_an_end(self) -> None:
        for method in ("evm_setNextBlockTimestamp", "evm_increaseTime", "evm_mine"):
            with self.assertRaisesRegex(Exception, "is too late|are too many"):
                self.chain.call(method, 2**63)
        self.chain.call("evm_setNextBlockTimestamp", 2**63 - 1)
        self.chain.call("evm_mine", {"blocks": 2})
        self.assertEqual(self.stamp("latest"), 2**63)

    def test_finalized_follows_the_epochs(self) -> None:
        self.chain.call("evm_mine", {"blocks": 33})
        self.assertEqual(
            self.chain.call("eth_getBlockByNumber", "finalized", False)["number"], "0x20"
        )
        self.assertEqual(self.chain.call("eth_getBlockByNumber", "safe", False)["number"], "0x21")
