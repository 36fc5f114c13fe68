"""The chain that the other tests stand on: its blocks and its time, the way back, events, reverts, signatures."""

from __future__ import annotations

import hashlib
import hmac
import unittest

from eth_account import Account
from eth_account.messages import encode_typed_data

from .actors import actor, result_digest
from .chain import GENESIS_TIME, Chain, Reverted, canonical
from .contract import deploy
from .harness import ETHER, Market, MarketCase

CALLER = "0x" + "11" * 20

# Returns BLOCKHASH of the number in its calldata, then TIMESTAMP, then NUMBER.
TELLER = "5f35405f52426020524360405260605ff3"


class ChainTests(unittest.TestCase):
    def setUp(self) -> None:
        self.chain = Chain()
        self.chain.fund(CALLER)
        runtime = bytes.fromhex(TELLER)
        self.teller = self.chain.create(
            CALLER, bytes.fromhex(f"60{len(runtime):02x}8060095f395ff3") + runtime
        )[0]

    def told(self, number: int) -> tuple[bytes, int, int]:
        output = self.chain.transact(CALLER, self.teller, number.to_bytes(32, "big")).output
        return output[:32], int.from_bytes(output[32:64], "big"), int.from_bytes(output[64:], "big")

    def test_each_transaction_has_a_block_of_its_own(self) -> None:
        first, second = self.told(0), self.told(0)
        self.assertEqual(first[1:], (GENESIS_TIME + 1, 2))
        self.assertEqual(second[1:], (GENESIS_TIME + 2, 3))
        with self.chain.one_block():
            self.assertEqual(self.told(0)[1:], self.told(0)[1:])
        self.assertEqual(self.told(0)[2], 5)

    def test_time_is_exactly_what_it_is_set_to(self) -> None:
        self.chain.travel_to(GENESIS_TIME + 1000)
        self.assertEqual(self.told(0)[1], GENESIS_TIME + 1000)
        self.chain.travel(10)
        self.assertEqual(self.told(0)[1], GENESIS_TIME + 1011)
        with self.assertRaises(AssertionError):
            self.chain.travel_to(GENESIS_TIME + 1011)
        seen = self.chain.call(self.teller, b"", at=GENESIS_TIME + 5000)
        self.assertEqual(int.from_bytes(seen[32:64], "big"), GENESIS_TIME + 5000)
        self.assertEqual(self.told(0)[1], GENESIS_TIME + 1012)

    def test_hashes_of_the_last_256_blocks_are_known(self) -> None:
        self.chain.mine(300)
        number = self.chain.number
        known = [self.told(place)[0] for place in (number, number - 1, number - 250)]
        self.assertEqual(
            known[1:], [self.chain.block_hash(place) for place in (number - 1, number - 250)]
        )
        now = self.chain.number
        self.assertEqual(self.told(now)[0], bytes(32))
        self.assertEqual(self.told(now - 255)[0], self.chain.block_hash(now - 255))
        self.assertEqual(self.told(now - 255)[0], bytes(32))

    def test_other_transactions_make_other_blocks(self) -> None:
        moment = self.chain.snapshot()
        self.told(1)
        one = self.chain.block_hash(self.chain.number - 1)
        self.chain.rollback(moment)
        self.told(2)
        other = self.chain.block_hash(self.chain.number - 1)
        self.chain.rollback(moment)
        self.told(1)
        self.assertNotEqual(one, other)
        self.assertEqual(self.chain.block_hash(self.chain.number - 1), one)

    def test_the_way_back(self) -> None:
        till = deploy(self.chain, CALLER, "Till", 5)
        till.pay("one", sender=CALLER, value=3)
        moment, storage = self.chain.snapshot(), self.chain.storage(till)
        for _ in range(2):
            till.pay("two", sender=CALLER, value=4)
            till.take(5, sender=CALLER)
            self.chain.travel(1000)
            self.assertEqual((till.payments(), self.chain.balance(till)), (7, 2))
            self.chain.rollback(moment)
            self.assertEqual((till.payments(), self.chain.balance(till)), (6, 3))
            self.assertEqual(self.chain.storage(till), storage)
            self.assertEqual(len(self.chain.receipts), 3)

    def test_a_call_changes_nothing(self) -> None:
        till = deploy(self.chain, CALLER, "Till", 5)
        self.assertEqual(till.pay.call("one", sender=CALLER, value=3), 6)
        self.assertEqual((till.payments(), self.chain.balance(till)), (5, 0))

    def test_reverts_tell_their_reason_and_change_nothing(self) -> None:
        till = deploy(self.chain, CALLER, "Till", 5)
        for act, reason in (
            (lambda: till.take(1, sender=CALLER), "execution reverted"),
            (lambda: till.close(sender="0x" + "22" * 20), "till: not the owner"),
            (lambda: till.divide(1, 0), "division or modulo by zero"),
        ):
            number = self.chain.number
            with self.assertRaises(Reverted) as caught:
                act()
            self.assertEqual(caught.exception.reason, reason)
            self.assertLessEqual(self.chain.number - number, 1)
        self.assertEqual(till.payments(), 5)

    def test_events_are_decoded(self) -> None:
        till = deploy(self.chain, CALLER, "Till", 5)
        paid = till.pay("a note", sender=CALLER, value=3).event("Paid")
        self.assertEqual((paid.who, paid.amount, paid.note), (CALLER, 3, "a note"))
        self.assertEqual(paid.address, till.address)


class MarketTests(MarketCase):
    def test_the_four_know_each_other(self) -> None:
        market = self.market
        for contract in market.contracts:
            for name in ("registry", "marketplace", "proofs", "consensus"):
                if name in contract.shape.functions:
                    self.assertEqual(getattr(contract, name)(), getattr(market, name).address)

    def test_the_signature_is_what_eth_account_makes(self) -> None:
        node, verifier = actor("node1"), self.market.consensus.address
        job, result, root = b"\x01" * 32, b"\x02" * 32, b"\x03" * 32
        message = encode_typed_data(
            {"name": "Sandrun", "version": "1", "chainId": 1337, "verifyingContract": verifier},
            {
                "Result": [
                    {"name": "jobId", "type": "bytes32"},
                    {"name": "node", "type": "address"},
                    {"name": "resultHash", "type": "bytes32"},
                    {"name": "traceRoot", "type": "bytes32"},
                ]
            },
            {"jobId": job, "node": node.address, "resultHash": result, "traceRoot": root},
        )
        signed = Account.sign_message(message, node.key)
        opening = self.market.opening(job, node, result)
        self.assertEqual(
            signed.message_hash, result_digest(1337, verifier, job, node, result, root)
        )
        self.assertEqual(bytes(signed.signature), node.sign(signed.message_hash))
        self.assertEqual(
            self.market.consensus.resultDigest(job, node, result, root), signed.message_hash
        )
        self.assertEqual(
            self.market.proofs.commitmentOf(job, node, result, opening.proof_cid, opening.salt),
            opening.commitment,
        )

    def test_the_salt_is_an_hmac_over_chain_marketplace_and_job(self) -> None:
        node, job = actor("node1"), b"\x01" * 32
        place = (1337).to_bytes(32, "big") + bytes(12) + canonical(self.market.marketplace)
        expected = hmac.new(node.secret, place + job, hashlib.sha256).digest()
        self.assertEqual(self.market.opening(job, node, "4").salt, expected)

    def test_a_job_from_post_to_payment(self) -> None:
        market = Market(minimum_stake=2 * ETHER)
        nodes = market.nodes(3)
        job = market.post(actor("ann"), payment=10)
        settled = market.run(job, dict(zip(nodes, ("4", "4", None)))).event("JobSettled")
        self.assertEqual((settled.jobId, settled.votes), (job, 2))
        released = market.marketplace.releasePayment(job, sender=actor("ann")).all(
            "PaymentReleased"
        )
        self.assertEqual([event.amount for event in released], [3, 3, 4])


if __name__ == "__main__":
    unittest.main()
