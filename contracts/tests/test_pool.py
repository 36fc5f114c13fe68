"""The pool: what is taken, what is replaced, what waits, in what order it runs."""

from __future__ import annotations

from .harness import GWEI, KEYS, SINK, ChainCase, Failed, address

ETH = 10**18


class PoolTests(ChainCase):
    def status(self) -> tuple[int, int]:
        counts = self.chain.call("txpool_status")
        return int(counts["pending"], 16), int(counts["queued"], 16)

    def test_replacement_wants_ten_percent_on_both_fees(self) -> None:
        first = self.chain.send(nonce=0)
        for fee, tip in ((3.3, 1.0), (3.0, 1.1), (3.29, 1.09), (3.0, 1.0)):
            raw = self.chain.signed(
                nonce=0, value=2, maxFeePerGas=int(fee * GWEI), maxPriorityFeePerGas=int(tip * GWEI)
            )
            self.refused("replacement transaction underpriced", "eth_sendRawTransaction", raw)
        second = self.chain.send(
            nonce=0, value=2, maxFeePerGas=33 * GWEI // 10, maxPriorityFeePerGas=11 * GWEI // 10
        )
        self.assertIsNone(self.chain.call("eth_getTransactionByHash", first))
        self.assertIsNotNone(self.chain.call("eth_getTransactionByHash", second))
        self.assertEqual(self.status(), (1, 0))
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.receipt(second)["status"], "0x1")
        self.assertEqual(self.chain.number("eth_getBalance", SINK, "latest"), 2)

    def test_a_gap_waits_until_it_is_filled(self) -> None:
        late = self.chain.send(nonce=2)
        self.assertEqual(self.status(), (0, 1))
        self.assertEqual(self.chain.number("eth_getTransactionCount", address(0), "pending"), 0)
        self.chain.send(nonce=0)
        self.assertEqual(self.status(), (1, 1))
        self.chain.send(nonce=1)
        self.assertEqual(self.status(), (3, 0))
        self.assertEqual(self.chain.number("eth_getTransactionCount", address(0), "pending"), 3)
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.receipt(late)["transactionIndex"], "0x2")
        self.assertEqual(self.status(), (0, 0))

    def test_the_known_the_spent_and_the_foreign_are_refused(self) -> None:
        raw = self.chain.signed(nonce=0)
        self.chain.call("eth_sendRawTransaction", raw)
        self.refused("already known", "eth_sendRawTransaction", raw)
        self.chain.call("evm_mine")
        self.refused("nonce too low: next nonce 1, tx nonce 0", "eth_sendRawTransaction", raw)
        self.refused(
            "invalid sender: invalid chain id for signer: have 5 want 1337",
            "eth_sendRawTransaction",
            self.chain.signed(nonce=1, chainId=5),
        )
        self.refused(
            "exceeds block gas limit", "eth_sendRawTransaction", self.chain.signed(gas=40_000_000)
        )
        self.refused(
            "max priority fee per gas higher than max fee per gas",
            "eth_sendRawTransaction",
            self.chain.signed(maxFeePerGas=1, maxPriorityFeePerGas=2),
        )

    def test_what_cannot_be_paid_is_refused(self) -> None:
        half = 600_000 * ETH
        self.chain.send(value=half)
        with self.assertRaises(Failed) as caught:
            self.chain.send(value=half)
        self.assertRegex(
            str(caught.exception),
            "^insufficient funds .*: balance 10{24}, queued cost 6.*, tx cost 6",
        )
        with self.assertRaises(Failed) as caught:
            self.chain.send(1, value=2_000_000 * ETH)
        self.assertRegex(
            str(caught.exception), "^insufficient funds .*: balance 10{24}, tx cost 2.*, overshot 1"
        )

    def test_a_block_takes_the_best_tip_first_and_each_senders_by_nonce(self) -> None:
        low = self.chain.send(0, nonce=0, maxPriorityFeePerGas=GWEI)
        behind = self.chain.send(0, nonce=1, maxPriorityFeePerGas=3 * GWEI)
        middle = self.chain.send(1, nonce=0, maxPriorityFeePerGas=2 * GWEI)
        self.chain.call("evm_mine")
        block = self.chain.call("eth_getBlockByNumber", "latest", False)
        self.assertEqual(block["transactions"], [middle, low, behind])

    def test_a_cap_under_the_base_fee_waits_for_it_to_fall(self) -> None:
        base = int(self.chain.call("eth_getBlockByNumber", "pending", False)["baseFeePerGas"], 16)
        hash = self.chain.send(maxFeePerGas=base - 1, maxPriorityFeePerGas=1)
        self.chain.call("evm_mine")
        self.assertIsNone(self.chain.call("eth_getTransactionReceipt", hash))
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.receipt(hash)["blockNumber"], "0x2")

    def test_the_queue_of_one_sender_is_bounded(self) -> None:
        for nonce in range(2, 72):
            self.chain.send(nonce=nonce)
        self.assertEqual(self.status(), (0, 64))

    def test_a_set_code_transaction_gives_its_authority_code(self) -> None:
        from eth_account import Account

        authorization = Account.sign_authorization(
            {"chainId": 1337, "address": "0x" + "11" * 20, "nonce": 0}, KEYS[1]
        )
        hash = self.chain.send(gas=100_000, authorizationList=[authorization])
        other = self.chain.send(1, nonce=0)
        extra = self.chain.send(1, nonce=1)
        self.assertIsNotNone(self.chain.call("eth_getTransactionByHash", other))
        self.assertIsNone(self.chain.call("eth_getTransactionByHash", extra))
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.receipt(hash)["type"], "0x4")
        code = self.chain.call("eth_getCode", address(1), "latest")
        self.assertIn(code, ("0x", "0xef0100" + "11" * 20))


class InstantTests(ChainCase):
    options = ()

    def test_each_transaction_gets_a_block(self) -> None:
        hashes = []
        for _ in range(3):
            hashes.append(self.chain.send())
            self.chain.receipt(hashes[-1])
        numbers = [self.chain.receipt(hash)["blockNumber"] for hash in hashes]
        self.assertEqual(numbers, ["0x1", "0x2", "0x3"])
        blocks = [self.chain.call("eth_getBlockByNumber", number, False) for number in numbers]
        self.assertEqual(len({block["mixHash"] for block in blocks}), 3)
        fees = [int(block["baseFeePerGas"], 16) for block in blocks]
        self.assertEqual(fees[0], 875_000_000)
        self.assertTrue(fees[0] > fees[1] > fees[2])

    def test_the_node_signs_for_its_accounts(self) -> None:
        hash = self.chain.call(
            "eth_sendTransaction", {"from": address(2), "to": SINK, "value": "0x5"}
        )
        receipt = self.chain.receipt(hash)
        self.assertEqual((receipt["from"], receipt["gasUsed"]), (address(2).lower(), "0x5208"))
        self.refused("unknown account", "eth_sendTransaction", {"from": SINK, "to": SINK})
