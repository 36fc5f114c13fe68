"""The EVM in its block: what contracts see of it, and accounts with delegated code."""

from __future__ import annotations

from typing import Any

from eth_account import Account

from .harness import GWEI, KEYS, LOGGER, SINK, ChainCase, address, words

HISTORY = "0x0000F90827F1C53a10cb7A02335B175320002935"
BEACON_ROOTS = "0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02"

# Returns COINBASE TIMESTAMP NUMBER PREVRANDAO GASLIMIT CHAINID BASEFEE BLOBBASEFEE as words.
_SEEN = "".join(
    f"{opcode:02x}60{32 * at:02x}52" for at, opcode in enumerate(bytes.fromhex("414243444546484a"))
)
CONTEXT = _SEEN + "6101005ff3"

# Returns BLOCKHASH of the number in its calldata.
BLOCKHASH = "5f35405f5260205ff3"

# Creates an empty contract and returns its address: init code that returns nothing.
CREATES = "5f5f5ff05f5260205ff3"


def init_code(runtime: str) -> str:
    """Init code that leaves a runtime of at most 255 bytes."""
    return f"0x60{len(runtime) // 2:02x}8060095f395ff3{runtime}"


class EvmTests(ChainCase):
    def seen(self, contract: str, *more: Any) -> list[int]:
        output = self.chain.call("eth_call", {"to": contract}, *more)[2:]
        return [int(output[at : at + 64], 16) for at in range(0, len(output), 64)]

    def test_a_contract_sees_its_block(self) -> None:
        contract = self.chain.deploy(init_code(CONTEXT))
        block = self.chain.call("eth_getBlockByNumber", "latest", False)
        expected = [
            int(block[m], 16) for m in ("miner", "timestamp", "number", "mixHash", "gasLimit")
        ]
        self.assertEqual(self.seen(contract, "latest"), [*expected, 1337, 0, 1])
        priced = {"to": contract, "gasPrice": hex(5 * GWEI), "from": address(0), "gas": "0x186a0"}
        output = self.chain.call("eth_call", priced, "latest")
        self.assertEqual(int(output[2 + 6 * 64 : 2 + 7 * 64], 16), int(block["baseFeePerGas"], 16))
        pretended = {"number": "0x99", "time": "0x7", "gasLimit": "0x10", "prevRandao": words(3)}
        self.assertEqual(
            self.seen(contract, "latest", {}, {**pretended, "feeRecipient": SINK}),
            [0x99, 7, 0x99, 3, 16, 1337, 0, 1],
        )

    def test_hashes_of_old_blocks_are_known(self) -> None:
        contract = self.chain.deploy(init_code(BLOCKHASH))
        self.chain.call("evm_mine", {"blocks": 5})
        for number in (0, 2, 5):
            hash = self.chain.call("eth_getBlockByNumber", hex(number), False)["hash"]
            call = {"data": words(number)}
            self.assertEqual(self.chain.call("eth_call", {"to": contract, **call}), hash)
            self.assertEqual(self.chain.call("eth_call", {"to": HISTORY, **call}), hash)
        for number in (6, 7, 2**255):
            self.assertEqual(
                self.chain.call("eth_call", {"to": contract, "data": words(number)}), words(0)
            )
        stamp = self.chain.call("eth_getBlockByNumber", "latest", False)["timestamp"]
        root = self.chain.call("eth_call", {"to": BEACON_ROOTS, "data": words(int(stamp, 16))})
        self.assertEqual(root, words(0))

    def authorized(self, to: str, key: int, nonce: int) -> Any:
        return Account.sign_authorization(
            {"chainId": 1337, "address": to, "nonce": nonce}, KEYS[key]
        )

    def test_an_account_may_delegate_by_itself_and_take_it_back(self) -> None:
        contract = self.chain.deploy(LOGGER, 1)
        authorization = self.authorized(contract, 0, 1)
        hash = self.chain.send(
            0, to=address(0), value=0, data=words(8, 9), authorizationList=[authorization]
        )
        self.chain.call("evm_mine")
        receipt = self.chain.receipt(hash)
        self.assertEqual(receipt["status"], "0x1")
        self.assertEqual(receipt["logs"][0]["address"], address(0).lower())
        self.assertEqual(self.chain.number("eth_getTransactionCount", address(0), "latest"), 2)
        plain = self.chain.send(0, gas=30_000)
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.receipt(plain)["status"], "0x1")
        self.chain.send(0, gas=100_000, authorizationList=[self.authorized("0x" + "00" * 20, 0, 4)])
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.call("eth_getCode", address(0), "latest"), "0x")

    def test_delegated_code_that_creates_pays_as_any_other(self) -> None:
        contract = self.chain.deploy(init_code(CREATES), 1)
        authorization = self.authorized(contract, 0, 1)
        call = {"from": address(0), "to": contract}
        plain = self.chain.number("eth_estimateGas", call)
        hash = self.chain.send(
            0, to=address(0), value=0, data="0x", authorizationList=[authorization]
        )
        self.chain.call("evm_mine")
        receipt = self.chain.receipt(hash)
        self.assertEqual(receipt["status"], "0x1")
        used = self.chain.number("eth_estimateGas", {"from": address(0), "to": address(0)})
        self.assertLess(abs(used - plain), 3000)

    def test_gas_that_is_cleared_is_paid_back(self) -> None:
        # Writes its first argument to slot 0.
        contract = self.chain.deploy(init_code("5f355f5500"))
        used = []
        for value in (1, 0):
            hash = self.chain.send(to=contract, value=0, data=words(value))
            self.chain.call("evm_mine")
            used.append(int(self.chain.receipt(hash)["gasUsed"], 16))
        data = 21_000 + 31 * 4 + 16
        self.assertEqual(used[0], data + 2 + 3 + 2 + 22_100)
        cleared = 21_000 + 32 * 4 + 2 + 3 + 2 + 5_000
        self.assertEqual(used[1], cleared - min(4_800, cleared // 5))

    def test_calldata_has_a_floor(self) -> None:
        hash = self.chain.send(data="0x" + "ff" * 1000, gas=100_000)
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.receipt(hash)["gasUsed"], hex(21_000 + 40 * 1000))
