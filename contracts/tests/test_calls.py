"""Calls, estimates, fees: what a client asks before it sends."""

from __future__ import annotations

from .harness import GWEI, LOGGER, REVERTER, SINK, ChainCase, address, words

ERROR_STRING = "0x08c379a0" + words(32, 4)[2:] + b"nope".hex().ljust(64, "0")
PANIC = "0x4e487b71" + words(0x12)[2:]
RECURSIVE = "0x60098060095f395ff35f5f5f5f5f305af100"
ENDLESS = "0x60048060095f395ff35b5f5600"
BRANCHING = "0x60108060095f395ff3" + "5f5f5f5f5f305af1" * 2
"""Init code of a contract that calls itself twice, without a jump."""
KEEPS_REFUND = "0x600f8060095f395ff3" + "60015f55" + "5f5f55" + "60015f55" + "5f5f5500"


class CallTests(ChainCase):
    def test_a_revert_is_told_with_its_reason_and_data(self) -> None:
        contract = self.chain.deploy(REVERTER)
        for data, message in (
            (ERROR_STRING, "execution reverted: nope"),
            (PANIC, "execution reverted: division or modulo by zero"),
            ("0x", "execution reverted"),
            ("0x08c379a0ffff", "execution reverted"),
            ("0x08c379a0" + words(2**256 - 1, 1)[2:], "execution reverted"),
            ("0x08c379a0" + words(32, 2**255)[2:], "execution reverted"),
        ):
            for method in ("eth_call", "eth_estimateGas"):
                error = self.refused(message, method, {"to": contract, "data": data}, code=3)
                self.assertEqual(error.data, data)

    def test_an_estimate_is_enough_and_hardly_more(self) -> None:
        for code, data in ((LOGGER, words(1, 2)), (KEEPS_REFUND, "0x")):
            contract = self.chain.deploy(code)
            call = {"from": address(0), "to": contract, "data": data}
            estimate = self.chain.number("eth_estimateGas", call)
            hash = self.chain.send(to=contract, value=0, data=data, gas=estimate)
            self.chain.call("evm_mine")
            receipt = self.chain.receipt(hash)
            self.assertEqual(receipt["status"], "0x1", code)
            (
                self.refused(
                    "out of gas", "eth_call", {**call, "gas": hex(estimate - estimate // 50)}
                )
                if data != "0x"
                else None
            )

    def test_what_computes_too_long_is_given_up(self) -> None:
        for method, code in (("eth_estimateGas", ENDLESS), ("eth_call", BRANCHING)):
            call = {"from": address(0), "to": self.chain.deploy(code)}
            self.refused("execution aborted (timeout = 5s)", method, call)

    def test_a_deep_recursion_ends_by_itself(self) -> None:
        contract = self.chain.deploy(RECURSIVE)
        self.assertEqual(self.chain.call("eth_call", {"to": contract}), "0x")

    def test_overrides_hold_for_one_call(self) -> None:
        pretended = {SINK: {"code": "0x5f545f5260205ff3", "stateDiff": {words(0): words(42)}}}
        self.assertEqual(self.chain.call("eth_call", {"to": SINK}, "latest", pretended), words(42))
        self.assertEqual(self.chain.call("eth_call", {"to": SINK}, "latest"), "0x")

    def test_an_access_list_names_what_is_read(self) -> None:
        contract = self.chain.deploy("0x60088060095f395ff35f545f5260205ff3")
        answer = self.chain.call("eth_createAccessList", {"from": address(0), "to": contract})
        self.assertEqual(
            answer["accessList"], [{"address": contract.lower(), "storageKeys": [words(0)]}]
        )

    def test_state_is_read_at_any_block(self) -> None:
        for _ in range(3):
            self.chain.send(value=5)
            self.chain.call("evm_mine")
        balances = [self.chain.number("eth_getBalance", SINK, hex(n)) for n in range(4)]
        self.assertEqual(balances, [0, 5, 10, 15])
        self.chain.send(value=1)
        self.assertEqual(self.chain.number("eth_getBalance", SINK, "pending"), 16)
        self.assertEqual(self.chain.number("eth_getBalance", SINK, "latest"), 15)

    def test_a_proof_leads_to_the_state_root(self) -> None:
        from eth_utils import keccak, to_bytes

        contract = self.chain.deploy(KEEPS_REFUND)
        proof = self.chain.call("eth_getProof", contract, ["0x0"], "latest")
        root = self.chain.call("eth_getBlockByNumber", "latest", False)["stateRoot"]
        self.assertEqual(
            "0x" + keccak(to_bytes(hexstr=proof["accountProof"][0])).hex().removeprefix("0x"), root
        )
        self.assertEqual(proof["storageProof"], [{"key": "0x0", "value": "0x0", "proof": []}])


class FeeTests(ChainCase):
    def test_the_base_fee_follows_the_gas_used(self) -> None:
        contract = self.chain.deploy(ENDLESS)
        self.chain.send(to=contract, value=0, data="0x00", gas=29_000_000, maxFeePerGas=10 * GWEI)
        self.chain.call("evm_mine")
        blocks = [self.chain.call("eth_getBlockByNumber", hex(n), False) for n in range(3)]
        for parent, child in zip(blocks, blocks[1:]):
            fee, used, limit = (
                int(parent[m], 16) for m in ("baseFeePerGas", "gasUsed", "gasLimit")
            )
            target = limit // 2
            change = fee * abs(used - target) // target // 8
            self.assertEqual(
                int(child["baseFeePerGas"], 16), fee + change if used > target else fee - change
            )
        self.chain.call("evm_mine")
        full, after = blocks[2], self.chain.call("eth_getBlockByNumber", "0x3", False)
        self.assertGreater(int(after["baseFeePerGas"], 16), int(full["baseFeePerGas"], 16))

    def test_the_history_weighs_tips_by_gas(self) -> None:
        for key, tip in ((0, 1), (1, 3), (2, 2)):
            self.chain.send(key, maxPriorityFeePerGas=tip * GWEI, maxFeePerGas=5 * GWEI)
        self.chain.call("evm_mine", {"blocks": 2})
        history = self.chain.call("eth_feeHistory", "0x3", "latest", [0, 50, 100])
        self.assertEqual(history["oldestBlock"], "0x0")
        self.assertEqual(
            history["reward"], [["0x0"] * 3, [hex(GWEI), hex(2 * GWEI), hex(3 * GWEI)], ["0x0"] * 3]
        )
        self.assertEqual(len(history["baseFeePerGas"]), 4)
        self.assertEqual(history["gasUsedRatio"][0], 0)
        limit = int(self.chain.call("eth_getBlockByNumber", "0x1", False)["gasLimit"], 16)
        self.assertAlmostEqual(history["gasUsedRatio"][1], 63_000 / limit)
        self.refused(
            "request beyond head block: requested 9, head 2", "eth_feeHistory", "0x1", "0x9", []
        )

    def test_the_suggestion_comes_from_what_was_paid(self) -> None:
        self.assertEqual(self.chain.number("eth_maxPriorityFeePerGas"), 1)
        for _ in range(3):
            self.chain.send(1, maxPriorityFeePerGas=2 * GWEI, maxFeePerGas=5 * GWEI)
            self.chain.call("evm_mine")
        tip = self.chain.number("eth_maxPriorityFeePerGas")
        base = int(self.chain.call("eth_getBlockByNumber", "latest", False)["baseFeePerGas"], 16)
        self.assertEqual(tip, 2 * GWEI)
        self.assertEqual(self.chain.number("eth_gasPrice"), tip + base)
