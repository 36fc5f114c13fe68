#!/usr/bin/env python3
"""Make rows.jsonl anew: make_rows.py >rows.jsonl

The requests are of our own making; the answers are those of the project's own chain, which must agree with the
transcript of a real geth first (replay.py), and are read through before they are committed. What differs between two
fresh chains varies.
"""

import json
import sys
from pathlib import Path

from eth_account import Account
from eth_utils import function_signature_to_4byte_selector as selector
from eth_utils import keccak, to_checksum_address

from compare import ID_METHODS
from dev import Chain
from sessions import SENDING, settle
from wire import Http, Socket

Account.enable_unaudited_hdwallet_features()
MNEMONIC = "test test test test test test test test test test test junk"
KEYS = [Account.from_mnemonic(MNEMONIC, account_path=f"m/44'/60'/0'/0/{index}") for index in range(10)]
TILL = json.loads((Path(__file__).parents[2] / "contracts/tests/Till.json").read_text())
GWEI = 10**9


def word(value):
    return int(value).to_bytes(32, "big")


def data(signature, *words):
    return "0x" + (selector(signature) + b"".join(words)).hex()


def text(value):
    return word(32) + word(len(value)) + value.encode().ljust(32, b"\0")


def signed(key, nonce, **fields):
    fields = {"chainId": 1337, "nonce": nonce, "value": 0, "gas": 21_000} | fields
    if "gasPrice" not in fields:
        fields = {"maxFeePerGas": 3 * GWEI, "maxPriorityFeePerGas": GWEI} | fields
    return KEYS[key].sign_transaction(fields)


def raw(transaction):
    return "0x" + transaction.raw_transaction.hex().removeprefix("0x")


def name(transaction):
    return "0x" + transaction.hash.hex().removeprefix("0x")


FRIEND = KEYS[9].address
NOBODY = "0x00000000000000000000000000000000000000aa"
UNKNOWN = "0x" + "ab" * 32
till = to_checksum_address(keccak(bytes.fromhex("d694" + KEYS[2].address[2:] + "80"))[12:])
paid = "0x" + keccak(text="Paid(address,uint256,string)").hex()
legacy = signed(1, 0, to=FRIEND, value=1, gasPrice=3 * GWEI)
listed = signed(1, 1, to=FRIEND, value=2, gas=30_000, gasPrice=3 * GWEI,
                accessList=[{"address": NOBODY, "storageKeys": ["0x" + "01" * 32]}])
dynamic = signed(1, 2, to=FRIEND, value=3)
creation = signed(2, 0, data=TILL["bytecode"] + word(7).hex(), gas=1_000_000)
paying = signed(3, 0, to=till, value=5, gas=200_000, data=data("pay(string)", text("coffee")))
closing = signed(4, 0, to=till, gas=100_000, data=data("close()"))
grant = KEYS[5].sign_authorization({"chainId": 1337, "address": till, "nonce": 1})
granting = signed(5, 0, to=FRIEND, gas=100_000, authorizationList=[grant])
pushed = signed(3, 1, to=till, value=6, gas=200_000, data=data("pay(string)", text("tea")))

SENT = {"legacy": legacy, "listed": listed, "dynamic": dynamic, "creation": creation, "paying": paying,
        "closing": closing, "granting": granting}

ROWS = [
    ("chain-id", "eth_chainId"), ("net-version", "net_version"), ("client", "web3_clientVersion"),
    ("accounts", "eth_accounts"), ("syncing", "eth_syncing"), ("sha3", "web3_sha3", "0x00"),
    ("number", "eth_blockNumber"), ("genesis", "eth_getBlockByNumber", "earliest", False),
    ("balance", "eth_getBalance", FRIEND, "latest"), ("balance-pending", "eth_getBalance", FRIEND, "pending"),
    ("balance-of-nobody", "eth_getBalance", NOBODY, "latest"),
    ("balance-at-unknown-block", "eth_getBalance", FRIEND, "0xffffff"),
    ("balance-at-unknown-hash", "eth_getBalance", FRIEND, {"blockHash": UNKNOWN}),
    ("balance-bad-address", "eth_getBalance", "0x12", "latest"),
    ("balance-bad-tag", "eth_getBalance", FRIEND, "newest"), ("balance-no-block", "eth_getBalance", FRIEND),
    ("nonce", "eth_getTransactionCount", KEYS[1].address, "latest"),
    *[(f"send-{label}", "eth_sendRawTransaction", raw(sent)) for label, sent in SENT.items()],
    *[(f"transaction-{label}", "eth_getTransactionByHash", name(sent)) for label, sent in SENT.items()],
    *[(f"receipt-{label}", "eth_getTransactionReceipt", name(sent)) for label, sent in SENT.items()],
    ("raw-of-dynamic", "eth_getRawTransactionByHash", name(dynamic)),
    ("transaction-unknown", "eth_getTransactionByHash", UNKNOWN),
    ("receipt-unknown", "eth_getTransactionReceipt", UNKNOWN),
    ("code", "eth_getCode", till, "latest"), ("code-granted", "eth_getCode", KEYS[5].address, "latest"),
    ("code-none", "eth_getCode", FRIEND, "latest"), ("storage", "eth_getStorageAt", till, "0x0", "latest"),
    ("block-latest", "eth_getBlockByNumber", "latest", False), ("block-full", "eth_getBlockByNumber", "latest", True),
    ("block-pending", "eth_getBlockByNumber", "pending", False),
    ("block-unknown", "eth_getBlockByNumber", "0xffffff", False),
    ("block-unknown-hash", "eth_getBlockByHash", UNKNOWN, False),
    ("block-no-flag", "eth_getBlockByNumber", "latest"),
    ("block-receipts", "eth_getBlockReceipts", "latest"),
    ("count-of-block", "eth_getBlockTransactionCountByNumber", "latest"),
    ("transaction-of-block", "eth_getTransactionByBlockNumberAndIndex", "latest", "0x0"),
    ("uncles", "eth_getUncleCountByBlockNumber", "latest"),
    ("logs", "eth_getLogs", {"address": till, "fromBlock": "earliest"}),
    ("logs-topic", "eth_getLogs", {"topics": [[paid, UNKNOWN]], "fromBlock": "earliest", "toBlock": "latest"}),
    ("logs-none", "eth_getLogs", {"address": NOBODY, "fromBlock": "earliest"}),
    ("logs-beyond", "eth_getLogs", {"fromBlock": "0x0", "toBlock": "0xffffff"}),
    ("logs-both", "eth_getLogs", {"blockHash": UNKNOWN, "fromBlock": "0x1"}),
    ("logs-unknown-hash", "eth_getLogs", {"blockHash": UNKNOWN}),
    ("gas-price", "eth_gasPrice"), ("tip", "eth_maxPriorityFeePerGas"), ("blob-fee", "eth_blobBaseFee"),
    ("fee-history", "eth_feeHistory", "0x2", "latest", [25, 75]),
    ("fee-history-bad", "eth_feeHistory", "0x2", "latest", [75, 25]),
    ("call", "eth_call", {"to": till, "data": data("payments()")}, "latest"),
    ("call-input", "eth_call", {"to": till, "input": data("payments()")}, "latest"),
    ("call-reason", "eth_call", {"to": till, "data": data("close()")}, "latest"),
    ("call-error", "eth_call", {"to": till, "data": data("take(uint256)", word(9))}, "latest"),
    ("call-panic", "eth_call", {"to": till, "data": data("divide(uint256,uint256)", word(1), word(0))}, "latest"),
    ("call-bare", "eth_call", {"to": till, "data": "0xdeadbeef"}, "latest"),
    ("call-nobody", "eth_call", {"to": NOBODY, "data": "0x01"}, "latest"),
    ("call-override", "eth_call", {"to": till, "data": data("payments()")}, "latest",
     {till: {"stateDiff": {"0x" + word(2).hex(): "0x" + word(99).hex()}}}),
    ("estimate", "eth_estimateGas", {"from": KEYS[6].address, "to": FRIEND, "value": "0x1"}),
    ("estimate-call", "eth_estimateGas",
     {"from": KEYS[6].address, "to": till, "data": data("pay(string)", text("tea"))}),
    ("estimate-reason", "eth_estimateGas", {"from": KEYS[6].address, "to": till, "data": data("close()")}),
    ("estimate-poor", "eth_estimateGas", {"from": NOBODY, "to": FRIEND, "value": "0x1"}),
    ("access-list", "eth_createAccessList", {"from": KEYS[6].address, "to": till, "data": data("payments()")}),
    ("again-mined", "eth_sendRawTransaction", raw(dynamic)),
    ("nonce-low", "eth_sendRawTransaction", raw(signed(1, 0, to=FRIEND, value=9))),
    ("poor", "eth_sendRawTransaction", raw(signed(6, 0, to=FRIEND, value=10**30))),
    ("gas-low", "eth_sendRawTransaction", raw(signed(6, 0, to=FRIEND, gas=20_999))),
    ("other-chain", "eth_sendRawTransaction", raw(signed(6, 0, to=FRIEND, chainId=1))),
    ("tip-over-cap", "eth_sendRawTransaction", raw(signed(6, 0, to=FRIEND, maxPriorityFeePerGas=4 * GWEI))),
    ("cut", "eth_sendRawTransaction", raw(dynamic)[:-2]), ("no-transaction", "eth_sendRawTransaction", "0x1234"),
    ("odd", "eth_sendRawTransaction", "0x123"),
    ("pool", "txpool_status"), ("pool-content", "txpool_content"),
    ("no-method", "eth_nope"), ("too-many", "eth_chainId", 1),
    ("filter-logs", "eth_newFilter", {"address": till}), ("filter-blocks", "eth_newBlockFilter"),
    ("filter-unknown", "eth_getFilterChanges", "0x12"), ("filter-gone", "eth_uninstallFilter", "0x12"),
    ("no-subscriptions", "eth_subscribe", "newHeads"),
]

RAW = [
    ("batch", '[{"jsonrpc":"2.0","id":1,"method":"eth_chainId"},{"jsonrpc":"2.0","id":"b","method":"eth_nope"}]'),
    ("batch-empty", "[]"), ("not-json", "{"), ("no-request", '{"jsonrpc":"2.0","id":1}'),
    ("id-text", '{"jsonrpc":"2.0","id":"a","method":"eth_chainId"}'),
    ("notification", '{"jsonrpc":"2.0","method":"eth_chainId"}'),
]

SOCKET = [
    ("ask", "A", "eth_chainId"), ("heads", "A", "eth_subscribe", "newHeads"),
    ("logs", "B", "eth_subscribe", "logs", {"address": till, "topics": [paid]}),
    ("pending", "C", "eth_subscribe", "newPendingTransactions"), ("nothing", "A", "eth_subscribe", "nothing"),
    ("send", None, "eth_sendRawTransaction", raw(pushed)),
    ("head", "A"), ("log", "B"), ("hash", "C"),
    ("stop", "A", "eth_unsubscribe", "$heads"), ("stop-again", "A", "eth_unsubscribe", "$heads"),
]


def request(method, *params):
    return {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}


def record(chain):
    """All rows on a fresh chain."""
    http, sockets, rows, subscription = Http(chain.endpoint), {}, [], None

    def post(label, sent, body):
        status, _, answer = http.post(body)
        row = {"id": f"own/{label}", "session": "own", "transport": "http", "request": sent}
        if sent is None:
            row["request_raw"] = body.decode()
        row |= {"response": json.loads(answer)} if answer.strip() else {"response": None, "response_raw": answer.decode()}
        rows.append(row | {"http_status": status})
        if sent and sent["method"] in SENDING and "result" in row["response"]:
            settle(http)

    for label, *words in ROWS:
        post(label, request(*words), json.dumps(request(*words)).encode())
    for label, body in RAW:
        post(label, None, body.encode())
    for label, socket, *words in SOCKET:
        if socket is None:
            post(f"ws-{label}", request(*words), json.dumps(request(*words)).encode())
            continue
        connection = sockets.setdefault(socket, None) or Socket(chain.ws)
        sockets[socket] = connection
        row = {"id": f"own/ws-{label}", "session": "own", "transport": "ws", "conn": socket}
        if words:
            sent = request(*[subscription if word == "$heads" else word for word in words])
            connection.send(json.dumps(sent))
            answer = json.loads(connection.answer())
        else:
            sent, answer = None, json.loads(connection.push())
            row["push"] = True
        if label == "heads":
            subscription = answer["result"]
        rows.append(row | {"request": sent, "response": answer, "http_status": None})
    return rows


def differing(one, other, path):
    """The paths where two values differ, every index general."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return {found for key in one for found in differing(one[key], other[key], f"{path}.{key}")}
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return {found for a, b in zip(one, other) for found in differing(a, b, f"{path}[*]")}
    return set() if one == other else {path}


def main():
    runs = []
    for _ in range(2):
        with Chain(engine="devchain") as chain:
            runs.append(record(chain))
    for one, other in zip(*runs):
        varies = differing(one["response"], other["response"], "response")
        if one["request"] and one["request"]["method"] in ID_METHODS and "result" in one["response"]:
            varies.add("response.result")
        if one["id"] == "own/client":
            varies.add("response.result")
        print(json.dumps(one | {"varies": sorted(varies)}, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
