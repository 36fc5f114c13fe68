"""What the node completes and signs: the call object in all its members."""

from __future__ import annotations

from typing import Any

from eth_account import Account
from eth_account.messages import encode_defunct

from .harness import GWEI, KEYS, LOGGER, SINK, ChainCase, address, words


class FillingTests(ChainCase):
    def fill(self, **members: Any) -> dict[str, Any]:
        call = {"from": address(0), "to": SINK, "value": "0x1", **members}
        return dict(self.chain.call("eth_fillTransaction", call)["tx"])

    def test_what_is_left_out_is_chosen(self) -> None:
        base = int(self.chain.call("eth_getBlockByNumber", "latest", False)["baseFeePerGas"], 16)
        plain = self.fill()
        self.assertEqual((plain["type"], plain["nonce"], plain["gas"]), ("0x2", "0x0", "0x5208"))
        self.assertEqual(int(plain["maxFeePerGas"], 16), 2 * base + 1)
        self.assertEqual(self.fill(gasPrice=hex(GWEI))["type"], "0x0")
        self.chain.send()
        self.assertEqual(self.fill()["nonce"], "0x1")
        self.assertEqual(self.fill(nonce="0x9", gas="0x7530")["nonce"], "0x9")

    def test_an_access_list_is_kept(self) -> None:
        entries = [{"address": SINK, "storageKeys": [words(7)]}]
        filled = self.fill(gasPrice=hex(2 * GWEI), accessList=entries)
        self.assertEqual((filled["type"], filled["accessList"]), ("0x1", entries))
        needed = 21_000 + 2_400 + 1_900
        self.assertTrue(needed <= int(filled["gas"], 16) <= needed * 1.015)
        call = {"from": address(0), "to": SINK, "value": "0x1", "accessList": entries}
        hash = self.chain.call("eth_sendTransaction", call)
        self.chain.call("evm_mine")
        self.assertEqual(self.chain.receipt(hash)["gasUsed"], hex(needed))

    def test_an_authorization_gives_code_for_a_call_and_for_good(self) -> None:
        logger = self.chain.deploy(LOGGER)
        signed = Account.sign_authorization(
            {"chainId": 1337, "address": logger, "nonce": 0}, KEYS[1]
        )
        entry = {
            "chainId": hex(signed.chain_id),
            "address": logger,
            "nonce": hex(signed.nonce),
            "yParity": hex(signed.y_parity),
            "r": hex(signed.r),
            "s": hex(signed.s),
        }
        call = {
            "from": address(0),
            "to": address(1),
            "data": words(5, 6),
            "authorizationList": [entry],
        }
        self.assertEqual(self.chain.call("eth_call", call), "0x")
        hash = self.chain.call("eth_sendTransaction", call)
        self.chain.call("evm_mine")
        receipt = self.chain.receipt(hash)
        self.assertEqual((receipt["type"], receipt["status"]), ("0x4", "0x1"))
        self.assertEqual(receipt["logs"][0]["address"], address(1).lower())
        code = self.chain.call("eth_getCode", address(1), "latest")
        self.assertEqual(code, "0xef0100" + logger[2:].lower())
        self.assertEqual(self.chain.number("eth_getTransactionCount", address(1), "latest"), 1)
        mined = self.chain.call("eth_getTransactionByHash", hash)
        self.assertEqual(mined["authorizationList"][0], {**entry, "address": logger.lower()})

    def test_members_of_the_wrong_kind_are_named(self) -> None:
        for members, message in (
            ({"accessList": 5}, "json: cannot unmarshal number into Go struct field"),
            ({"accessList": [5]}, "json: cannot unmarshal number into Go struct field"),
            ({"accessList": [{"address": SINK, "storageKeys": 1}]}, "json: cannot unmarshal"),
            ({"accessList": [{"address": SINK, "storageKeys": ["0x1"]}]}, "json: cannot unmarshal"),
            ({"authorizationList": [{}]}, "missing required field 'chainId'"),
            ({"authorizationList": [7]}, "json: cannot unmarshal number"),
            ({"gasPrice": "0x1", "maxFeePerGas": "0x1"}, "both gasPrice and"),
            ({"maxFeePerGas": "0x1", "maxPriorityFeePerGas": "0x2"}, r"maxFeePerGas \(0x1\) < "),
            ({"maxFeePerGas": "0x0", "maxPriorityFeePerGas": "0x0"}, "must be non-zero"),
            ({"to": None}, "contract creation without any data provided"),
            ({"chainId": "0x1"}, "chainId does not match node's"),
        ):
            with self.assertRaisesRegex(Exception, message):
                self.fill(**members)

    def test_signatures_are_those_of_the_account(self) -> None:
        signature = self.chain.call("eth_sign", address(1), "0x" + b"hello".hex())
        message = encode_defunct(b"hello")
        self.assertEqual(Account.recover_message(message, signature=signature), address(1))
        call = {"from": address(2), "to": SINK, "value": "0x1"}
        raw = self.chain.call("eth_signTransaction", call)["raw"]
        self.assertEqual(Account.recover_transaction(raw), address(2))
        hash = self.chain.call("eth_sendRawTransaction", raw)
        self.assertEqual(self.chain.call("eth_getRawTransactionByHash", hash), raw)
        self.refused("unknown account", "eth_sign", SINK, "0x00")

    def test_a_creation_gets_its_address(self) -> None:
        call = {"from": address(0), "data": LOGGER}
        hash = self.chain.call("eth_sendTransaction", call)
        self.chain.call("evm_mine")
        contract = self.chain.receipt(hash)["contractAddress"]
        self.assertEqual(self.chain.call("eth_getCode", contract, "latest"), "0x" + LOGGER[20:])
