#!/usr/bin/env python3
"""A chain of made-up blocks that are well linked, behind JSON-RPC: for tests that decide how the chain changes.

    event-chain.py [--lifetime SECONDS]

Prints its port as a line when it is ready; ends when its standard input does, or after its lifetime. Blocks hold logs of
one event, `Noted(uint256 indexed n)`, and others beside them. Methods of its own, each answered once it is done:

    test_mine(count)            blocks on top
    test_reorg(depth, count)    other blocks in place of the last ones
    test_setHead(number)        forgets what lies above, silently
    test_lag(number or null)    behaves as a node that has no more than these blocks
    test_limit(blocks)          refuses longer ranges of logs; 0 refuses none
    test_fail(count)            answers so many requests with HTTP status 503
    test_lie(name)              spoils answers in one way; null for none
    test_stutter(n)             every n-th answer of logs is none; 0 spoils none
    test_chaos(seed, changes, depth)  changes at random between any two calls, so many times
    test_canonical(n)           ends all that, mines n new heights, and tells the chain's logs: block hash, index, height
    test_changes()              how many changes of the chaos are left
    test_asked()                how often it was asked for a block
"""

import argparse
import hashlib
import http.server
import json
import os
import random
import select
import sys
import threading
import time

CONTRACT = "0x00000000000000000000000000000000000000aa"
# keccak256("Noted(uint256)")
TOPIC = "0x2a4c0836f0899d4ca8a13ae15d769f0d0d3bdf2401c0afde8a60c80070b912fb"
OTHER = "0x" + "0e" * 32


class Refusal(Exception):
    pass


class Chain:
    def __init__(self):
        self.lock = threading.Lock()
        self.made = 0
        self.blocks, self.known = [], {}
        self.top = 0
        self.limit, self.failures, self.lie, self.lag = 0, 0, None, None
        self.asked, self.stutter, self.logged = 0, 0, 0
        self.random, self.changes, self.depth = None, 0, 0
        self.mine(1)

    # The chain.

    def mine(self, count):
        for _ in range(count):
            self.made += 1
            number = len(self.blocks)
            block = {
                "number": number, "hash": "0x" + hashlib.sha256(str(self.made).encode()).hexdigest(),
                "parentHash": self.blocks[-1]["hash"] if self.blocks else "0x" + "00" * 32,
            }
            # None, one or two that are wanted, with others between.
            wanted = self.made % 3
            block["logs"] = [self.log(block, index) for index in range(2 * wanted)]
            self.blocks.append(block)
            self.known[block["hash"]] = block
        self.top = max(self.top, len(self.blocks) - 1)

    def log(self, block, index):
        return {
            "address": CONTRACT, "topics": [TOPIC if index % 2 else OTHER, "0x" + format(self.made, "064x")],
            "data": "0x", "blockNumber": hex(block["number"]), "blockHash": block["hash"],
            "transactionHash": "0x" + format(self.made, "064x"), "transactionIndex": hex(index // 2),
            "logIndex": hex(index), "removed": False,
        }

    def reorg(self, depth, count):
        del self.blocks[len(self.blocks) - depth:]
        self.mine(count)

    @property
    def head(self):
        last = len(self.blocks) - 1
        return last if self.lag is None else min(last, self.lag)

    def change(self):
        """One of the things that happen to chains, and to those who ask about them."""
        if not self.changes or self.random.random() < 0.5:
            return
        self.changes -= 1
        kind = self.random.randrange(8)
        self.lag = None
        # Nothing older than so many blocks below the highest head of all is ever replaced.
        lowest = self.top - self.depth
        most = len(self.blocks) - 1 - lowest
        if kind < 3:
            self.mine(self.random.randint(1, 3))
        elif kind < 6 and most > 0:
            self.reorg(self.random.randint(1, most), self.random.randint(1, 4))
        elif kind == 6 and most > 0:
            self.reorg(self.random.randint(1, most), 0)
        elif kind == 7:
            self.lag = max(lowest, self.head - self.random.randint(0, 3))

    # What it answers.

    def block(self, number):
        if number > self.head:
            return None
        block = dict(self.blocks[number], number=hex(number))
        del block["logs"]
        if self.lie == "unlinked" and number % 2:
            block["parentHash"] = "0x" + "77" * 32
        if self.lie == "high" and number == self.head:
            block["number"] = hex(2**64 - 16)
        return block

    def logs(self, query):
        if "blockHash" in query:
            block = self.known.get(query["blockHash"])
            if block is None or block["number"] > self.head:
                raise Refusal("unknown block")
            blocks = [block]
        else:
            first, last = int(query["fromBlock"], 16), int(query["toBlock"], 16)
            if self.limit and last - first >= self.limit:
                raise Refusal(f"query exceeds max block range {self.limit}")
            blocks = self.blocks[first:min(last, self.head) + 1]
        logs = [dict(log) for block in blocks for log in block["logs"] if self.wants(query, log)]
        return self.spoiled(logs)

    def wants(self, query, log):
        if "address" in query and log["address"] not in query["address"]:
            return False
        for place, words in enumerate(query.get("topics", [])):
            if words is not None and (place >= len(log["topics"]) or log["topics"][place] not in words):
                return False
        return True

    def spoiled(self, logs):
        if not logs or self.lie is None:
            return logs
        log = logs[-1]
        if self.lie == "outside":
            log["blockNumber"] = hex(10**6)
        elif self.lie == "wrong-hash":
            log["blockHash"] = "0x" + "66" * 32
        elif self.lie == "repeated":
            logs.append(dict(log))
        elif self.lie == "foreign":
            log["address"] = "0x" + "55" * 20
        elif self.lie == "topic":
            log["topics"] = [OTHER] + log["topics"][1:]
        elif self.lie == "topics":
            log["topics"] = []
        elif self.lie == "removed":
            log["removed"] = True
        elif self.lie == "pending":
            log["blockHash"] = None
        elif self.lie.startswith("no-"):
            del log[self.lie[3:]]
        return logs

    def answer(self, method, params):
        if method == "eth_chainId":
            return hex(1337)
        if method == "eth_getBlockByNumber":
            self.asked += 1
            self.change()
            return self.block(self.head if params[0] == "latest" else int(params[0], 16))
        if method == "eth_getLogs":
            self.change()
            self.logged += 1
            if self.stutter and self.logged % self.stutter == 0:
                return "nonsense"
            return self.logs(params[0])
        if method == "test_mine":
            self.mine(params[0])
        elif method == "test_reorg":
            self.reorg(*params)
        elif method == "test_setHead":
            del self.blocks[params[0] + 1:]
        elif method == "test_lag":
            self.lag = params[0]
        elif method == "test_limit":
            self.limit = params[0]
        elif method == "test_fail":
            self.failures = params[0]
        elif method == "test_lie":
            self.lie = params[0]
        elif method == "test_stutter":
            self.stutter = params[0]
        elif method == "test_chaos":
            self.random, self.changes, self.depth = random.Random(params[0]), params[1], params[2]
        elif method == "test_changes":
            return self.changes
        elif method == "test_asked":
            return self.asked
        elif method == "test_canonical":
            self.changes, self.lag, self.lie, self.failures = 0, None, None, 0
            # Above all that was ever told, so that everybody will look at it.
            self.mine(self.top + 1 - len(self.blocks) + params[0])
            return [[log["blockHash"], int(log["logIndex"], 16), block["number"]] for block in self.blocks
                    for log in block["logs"] if log["topics"][0] == TOPIC]
        else:
            raise Refusal(f"the method {method} does not exist")
        return True


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        requests = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        chain = self.server.chain
        with chain.lock:
            single = isinstance(requests, dict)
            mine = single and requests["method"].startswith("test_")
            fails = chain.failures > 0 and not mine
            if fails:
                chain.failures -= 1
                body = b"not now"
            else:
                answers = [self.answer(request) for request in ([requests] if single else requests)]
                body = json.dumps(answers[0] if single else answers).encode()
        self.send_response(503 if fails else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self, request):
        answer = {"jsonrpc": "2.0", "id": request["id"]}
        try:
            answer["result"] = self.server.chain.answer(request["method"], request["params"])
        except Refusal as refusal:
            answer["error"] = {"code": -32000, "message": str(refusal)}
        return answer

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that goes away is no news."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lifetime", type=float, default=600)
    options = parser.parse_args()
    server = Server(("127.0.0.1", 0), Handler)
    server.chain = Chain()
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    until = time.monotonic() + options.lifetime
    while time.monotonic() < until:
        if select.select([sys.stdin], [], [], 0.5)[0] and not os.read(sys.stdin.fileno(), 4096):
            break


if __name__ == "__main__":
    main()
