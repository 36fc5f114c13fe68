#!/usr/bin/env python3
"""Drive a development chain by web3.py, so that server and client are not one hand's work.

  web3_driver.py [--engine NAME]

Prints a line for each thing that was seen to work, and fails at the first that was not.
"""

import argparse
import asyncio
import json
import sys
import time
from pathlib import Path

from eth_account import Account
from web3 import AsyncWeb3, HTTPProvider, Web3, WebSocketProvider
from web3.exceptions import (
    ContractCustomError,
    ContractLogicError,
    ContractPanicError,
    TransactionNotFound,
    Web3RPCError,
)

from dev import Chain

TILL = json.loads((Path(__file__).parents[2] / "contracts/tests/Till.json").read_text())
MNEMONIC = "test test test test test test test test test test test junk"
ETHER, GWEI = 10**18, 10**9
WAIT = 60

Account.enable_unaudited_hdwallet_features()
KEYS = [Account.from_mnemonic(MNEMONIC, account_path=f"m/44'/60'/0'/0/{index}") for index in range(10)]


def seen(text):
    print(f"ok: {text}", flush=True)


class Driver:
    """One chain, seen by web3.py over HTTP."""

    def __init__(self, chain):
        self.chain = chain
        self.w3 = Web3(HTTPProvider(chain.endpoint))
        self.eth = self.w3.eth

    def send(self, key, **fields):
        """Signs and sends; fees and gas are web3.py's own defaults where none are given."""
        fields.setdefault("chainId", self.eth.chain_id)
        fields.setdefault("nonce", self.eth.get_transaction_count(key.address, "pending"))
        if "gasPrice" not in fields and "maxFeePerGas" not in fields:
            tip = self.eth.max_priority_fee
            base = self.eth.get_block("latest")["baseFeePerGas"]
            fields |= {"maxPriorityFeePerGas": tip, "maxFeePerGas": 2 * base + tip}
        if "gas" not in fields:
            fields["gas"] = self.eth.estimate_gas(fields | {"from": key.address})
        return self.eth.send_raw_transaction(key.sign_transaction(fields).raw_transaction)

    def mined(self, hash):
        return self.eth.wait_for_transaction_receipt(hash, timeout=WAIT, poll_latency=0.02)

    def transact(self, key, call, **fields):
        fields = call.build_transaction(
            {"from": key.address, "chainId": self.eth.chain_id, "gas": 500_000, "nonce": 0} | fields)
        fields["nonce"] = self.eth.get_transaction_count(key.address, "pending")
        return self.mined(self.eth.send_raw_transaction(key.sign_transaction(fields).raw_transaction))

    def deploy(self, key, start=0):
        factory = self.eth.contract(abi=TILL["abi"], bytecode=TILL["bytecode"])
        receipt = self.transact(key, factory.constructor(start), gas=1_500_000)
        assert receipt["status"] == 1, receipt
        return self.eth.contract(receipt["contractAddress"], abi=TILL["abi"]), receipt

    def mine(self):
        self.request("evm_mine")

    def request(self, method, *params):
        answer = self.w3.provider.make_request(method, list(params))
        assert "error" not in answer, (method, answer)
        return answer["result"]


def refused(text, action, kind=Web3RPCError):
    """The error that an action ends with, whose text must hold the words."""
    try:
        action()
    except kind as error:
        assert text in str(error), (text, error)
        return error
    raise AssertionError(f"not refused: {text}")


def accounts(driver):
    assert driver.w3.is_connected(show_traceback=True)
    assert driver.eth.chain_id == 1337 and driver.w3.net.version == "1337"
    assert driver.chain.record["accounts"] == [key.address for key in KEYS]
    assert all(driver.eth.get_balance(key.address) == 10**6 * ETHER for key in KEYS)
    genesis = driver.eth.get_block(0)
    assert Web3.to_hex(genesis["hash"]) == driver.chain.record["genesis"]
    seen("ten rich accounts, and the record tells their addresses, chain id and genesis")


def transfers(driver):
    key, other = KEYS[1], KEYS[2].address
    before = driver.eth.get_balance(key.address)
    cost = 0
    for fields in (
        {"gasPrice": 3 * GWEI},
        {"gasPrice": 3 * GWEI, "accessList": [{"address": other, "storageKeys": []}]},
        {"maxFeePerGas": 3 * GWEI, "maxPriorityFeePerGas": GWEI},
    ):
        hash = driver.send(key, to=other, value=ETHER, **fields)
        receipt = driver.mined(hash)
        block = driver.eth.get_block(receipt["blockNumber"], full_transactions=True)
        base = block["baseFeePerGas"]
        price = fields.get("gasPrice") or min(3 * GWEI, base + GWEI)
        assert receipt["status"] == 1 and receipt["effectiveGasPrice"] == price, receipt
        assert [found["hash"] for found in block["transactions"]] == [hash]
        assert driver.eth.get_transaction(hash)["value"] == ETHER
        cost += ETHER + receipt["gasUsed"] * price
    assert before - driver.eth.get_balance(key.address) == cost
    seen("transactions of types 0, 1 and 2, paid to the wei")


def delegation(driver):
    till, _ = driver.deploy(KEYS[3])
    owner = KEYS[4]
    nonce = driver.eth.get_transaction_count(owner.address)
    grant = owner.sign_authorization({"chainId": 1337, "address": till.address, "nonce": nonce + 1})
    receipt = driver.mined(
        driver.send(owner, to=KEYS[9].address, value=0, gas=100_000, authorizationList=[grant]))
    assert receipt["status"] == 1 and receipt["type"] == 4, receipt
    code = driver.eth.get_code(owner.address)
    assert code == bytes.fromhex("ef0100" + till.address[2:]), code
    seen("a transaction of type 4 gives an account a contract's code")


def contract(driver):
    key = KEYS[0]
    nonce = driver.eth.get_transaction_count(key.address)
    till, receipt = driver.deploy(key, 7)
    expected = Web3.to_checksum_address(Web3.keccak(
        bytes.fromhex("d694" + key.address[2:]) + (bytes([nonce]) if nonce else b"\x80"))[12:])
    assert till.address == expected and driver.eth.get_code(till.address)
    assert till.functions.owner().call() == key.address and till.functions.payments().call() == 7
    at_birth = till.functions.payments().call(block_identifier=receipt["blockNumber"])
    assert at_birth == 7 and driver.eth.get_code(till.address, receipt["blockNumber"] - 1) == b""
    slot = int.from_bytes(driver.eth.get_storage_at(till.address, 0), "big")
    assert slot == int(key.address, 16), hex(slot)
    seen("a contract is deployed where it should be, and read now and at an earlier block")
    return till


def logs(driver, till):
    key = KEYS[1]
    entries = till.events.Paid.create_filter(from_block="latest")
    blocks, pending = driver.eth.filter("latest"), driver.eth.filter("pending")
    receipt = driver.transact(key, till.functions.pay("coffee"), value=5)
    event = till.events.Paid().process_receipt(receipt)[0]["args"]
    assert dict(event) == {"who": key.address, "amount": 5, "note": "coffee"}, event
    assert [entry["args"]["note"] for entry in entries.get_new_entries()] == ["coffee"]
    assert entries.get_new_entries() == []
    assert receipt["blockHash"] in blocks.get_new_entries()
    assert receipt["transactionHash"] in pending.get_new_entries()
    driver.transact(KEYS[2], till.functions.pay("tea"), value=6)
    first = receipt["blockNumber"]
    mine = till.events.Paid().get_logs(from_block=first, argument_filters={"who": KEYS[2].address})
    assert [entry["args"]["amount"] for entry in mine] == [6]
    every = till.events.Paid().get_logs(from_block=first, to_block="latest")
    assert [entry["args"]["note"] for entry in every] == ["coffee", "tea"]
    by_hash = driver.eth.get_logs({"blockHash": receipt["blockHash"]})
    assert [entry["logIndex"] for entry in by_hash] == [0]
    assert entries.get_all_entries() is not None and driver.eth.uninstall_filter(entries.filter_id)
    seen("events: in receipts, by getLogs and through filters of logs, blocks and transactions")


def reverts(driver, till):
    factory = driver.eth.contract(abi=TILL["abi"], bytecode=TILL["bytecode"])
    other = {"from": KEYS[5].address}
    refused("till: starts too full", lambda: factory.constructor(1001).estimate_gas(other), ContractLogicError)
    error = refused("till: not the owner", lambda: till.functions.close().call(other), ContractLogicError)
    assert error.data.startswith("0x08c379a0"), error.data
    refused("till: not the owner", lambda: till.functions.close().estimate_gas(other), ContractLogicError)
    refused("till: not the owner", lambda: till.functions.close().build_transaction(other), ContractLogicError)
    error = refused("", lambda: till.functions.take(9).call(other), ContractCustomError)
    assert error.data == Web3.to_hex(
        Web3.keccak(text="NotEnough(uint256,uint256)")[:4] + bytes(32) + (9).to_bytes(32, "big"))
    refused("0x12", lambda: till.functions.divide(1, 0).call(), ContractPanicError)
    receipt = driver.transact(KEYS[5], till.functions.close())
    assert receipt["status"] == 0 and receipt["logs"] == [] and receipt["gasUsed"] < 500_000
    seen("reverts come with their reasons: text, panic, and an error of the contract's own")


def fees(driver):
    for _ in range(3):
        driver.mined(driver.send(KEYS[6], to=KEYS[7].address, value=1,
                                 maxFeePerGas=5 * GWEI, maxPriorityFeePerGas=2 * GWEI))
    head = driver.eth.block_number
    history = driver.eth.fee_history(3, "latest", [0, 50, 100])
    assert history["oldestBlock"] == head - 2 and len(history["baseFeePerGas"]) == 4
    assert history["reward"] == [[2 * GWEI] * 3] * 3, history["reward"]
    for number, base, share in zip(range(head - 2, head + 1), history["baseFeePerGas"], history["gasUsedRatio"]):
        block = driver.eth.get_block(number)
        assert block["baseFeePerGas"] == base and abs(block["gasUsed"] / block["gasLimit"] - share) < 1e-9
    assert driver.eth.gas_price > 0 and driver.eth.max_priority_fee > 0
    seen("the fee history agrees with the blocks")


def pool(driver):
    """On a chain that makes no block by itself."""
    key, eth = KEYS[1], driver.eth
    fields = {"to": KEYS[2].address, "value": 1, "gas": 21_000, "nonce": 0}
    fee = lambda percent: {"maxFeePerGas": 4 * GWEI * percent // 100, "maxPriorityFeePerGas": GWEI * percent // 100}
    first = driver.send(key, **fields, **fee(100))
    assert eth.get_transaction(first).get("blockNumber") is None
    assert eth.get_transaction_count(key.address) == 0
    assert eth.get_transaction_count(key.address, "pending") == 1
    refused("already known", lambda: driver.send(key, **fields, **fee(100)))
    refused("replacement transaction underpriced", lambda: driver.send(key, **fields, **fee(109)))
    second = driver.send(key, **fields, **fee(110))
    gap = driver.send(key, **(fields | {"nonce": 2}), **fee(100))
    assert driver.w3.geth.txpool.status()["queued"] == "0x1"
    driver.mine()
    assert driver.mined(second)["status"] == 1
    refused("", lambda: eth.get_transaction(first), TransactionNotFound)
    refused("nonce too low", lambda: driver.send(key, **fields, **fee(200)))
    refused("insufficient funds", lambda: driver.send(key, **(fields | {"nonce": 1, "value": 10**7 * ETHER}), **fee(100)))
    refused("intrinsic gas too low", lambda: driver.send(key, **(fields | {"nonce": 1, "gas": 20_000}), **fee(100)))
    filler = driver.send(key, **(fields | {"nonce": 1}), **fee(100))
    driver.mine()
    block = eth.get_block("latest")
    assert block["transactions"] == [filler, gap], block["transactions"]
    seen("the pool: replacement from 10 percent on, gaps, and what is refused")


def time_travel(driver):
    driver.request("evm_increaseTime", 3600)
    driver.mine()
    assert driver.eth.get_block("latest")["timestamp"] >= time.time() + 3590
    snapshot, balance = driver.request("evm_snapshot"), driver.eth.get_balance(KEYS[9].address)
    driver.send(KEYS[8], to=KEYS[9].address, value=ETHER)
    driver.mine()
    assert driver.eth.get_balance(KEYS[9].address) == balance + ETHER
    assert driver.request("evm_revert", snapshot)
    assert driver.eth.get_balance(KEYS[9].address) == balance
    seen("time can be moved on, and a snapshot gone back to")


def reorg(driver):
    """Two blocks are replaced; needs the project's own chain."""
    till, _ = driver.deploy(KEYS[0])
    entries = driver.eth.filter({"address": till.address})
    new = lambda: [(entry["transactionHash"], entry["removed"]) for entry in entries.get_new_entries()]
    receipts = [driver.transact(KEYS[1], till.functions.pay(note), value=1) for note in ("one", "two")]
    one, two = (receipt["transactionHash"] for receipt in receipts)
    assert new() == [(one, False), (two, False)]
    head = driver.eth.block_number
    driver.request("evm_setAutomine", False)
    driver.request("dev_reorg", 2, [[Web3.to_hex(one)]])
    assert driver.eth.block_number == head - 1
    assert new() == [(one, True), (two, True), (one, False)]
    refused("", lambda: driver.eth.get_transaction_receipt(two), TransactionNotFound)
    again = driver.eth.get_transaction_receipt(one)
    assert again["blockHash"] != receipts[0]["blockHash"] and again["blockNumber"] == head - 1
    assert driver.eth.get_block(receipts[1]["blockHash"])["number"] == head
    assert driver.eth.get_transaction(two).get("blockNumber") is None
    driver.mine()
    assert driver.mined(two)["status"] == 1
    assert till.functions.payments().call() == 2
    seen("a reorg: logs are taken back, a transaction waits again, and is mined elsewhere")


async def subscriptions(driver, till):
    """Pushes over WebSocket, while a transaction goes over HTTP."""
    async with AsyncWeb3(WebSocketProvider(driver.chain.ws)) as w3:
        assert await w3.eth.chain_id == 1337
        heads = await w3.eth.subscribe("newHeads")
        paid = await w3.eth.subscribe(
            "logs", {"address": till.address, "topics": [till.events.Paid().topic]})
        waiting = await w3.eth.subscribe("newPendingTransactions")
        receipt = await asyncio.to_thread(
            driver.transact, KEYS[3], till.functions.pay("by push"), value=3)
        heard = {}
        async with asyncio.timeout(WAIT):
            async for message in w3.socket.process_subscriptions():
                heard.setdefault(message["subscription"], message["result"])
                if len(heard) == 3:
                    break
        assert heard[heads]["number"] == receipt["blockNumber"], heard[heads]
        assert heard[heads]["hash"] == receipt["blockHash"]
        assert heard[paid]["transactionHash"] == receipt["transactionHash"]
        assert heard[waiting] == receipt["transactionHash"]
        assert await w3.eth.unsubscribe(heads)
    seen("subscriptions to heads, logs and pending transactions push what happened")


async def timed_blocks(driver):
    async with AsyncWeb3(WebSocketProvider(driver.chain.ws)) as w3:
        await w3.eth.subscribe("newHeads")
        heads = []
        async with asyncio.timeout(WAIT):
            async for message in w3.socket.process_subscriptions():
                heads.append(message["result"])
                if len(heads) == 3:
                    break
    assert [head["number"] for head in heads] == list(range(heads[0]["number"], heads[0]["number"] + 3))
    assert all(two["parentHash"] == one["hash"] and two["timestamp"] > one["timestamp"]
               for one, two in zip(heads, heads[1:]))
    assert len({head["mixHash"] for head in heads}) == 3, "each block has a random prevRandao of its own"
    seen("blocks come by the clock where there are no transactions")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", default="devchain")
    engine = parser.parse_args().engine
    with Chain(engine=engine) as chain:
        driver = Driver(chain)
        accounts(driver)
        transfers(driver)
        delegation(driver)
        till = contract(driver)
        logs(driver, till)
        reverts(driver, till)
        fees(driver)
        asyncio.run(subscriptions(driver, till))
        if engine == "devchain":
            reorg(driver)
    with Chain("--block-time", "3600", engine=engine) as chain:
        driver = Driver(chain)
        pool(driver)
        time_travel(driver)
    with Chain("--block-time", "1", engine=engine) as chain:
        asyncio.run(timed_blocks(Driver(chain)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
