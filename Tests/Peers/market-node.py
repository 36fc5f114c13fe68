#!/usr/bin/env python3
"""A node of a chain that answers calls of contracts as it is told: for tests that decide what contracts say, and when.

    market-node.py [--lifetime SECONDS]

Prints its port as a line when it is ready; ends when its standard input does, or after its lifetime. The chain has the id
31337 and a genesis block. Methods of its own, each answered once it is done:

    test_calls({"TO DATA": "0x…"})   what calls give; null for a revert; a call that is not known gives 0x
    test_heads([[number, hash, time]…], cycles)
                                     what `latest` is, one after the other at each question: the last stays, or all begin
                                     anew. Each is also what its number gives, the later one where two have the same
    test_hide(number)                behaves as a node without that block, where it is asked for by its number
    test_logs([log…])                the chain's logs: filtered by address, topics and range
    test_answers({"METHOD": result}) what other methods give
    test_reverts({"METHOD": reason}) what other methods refuse, in a contract's words; null where they do no more
    test_fail(count)                 answers so many requests with HTTP status 503
    test_asked(method)               how many requests had a call of a method
"""

import argparse
import http.server
import json
import os
import select
import sys
import threading
import time


class Refusal(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def word(number):
    return "0x" + format(number, "064x")


class Chain:
    def __init__(self):
        self.lock = threading.Lock()
        self.calls, self.answers, self.reverts, self.asked = {}, {}, {}, {}
        self.blocks, self.hidden, self.logs = {}, set(), []
        self.heads, self.cycles, self.failures = [], False, 0
        self.set_heads([[0, word(1), 1]], False)

    def set_heads(self, heads, cycles):
        self.heads = [self.block(*head) for head in heads]
        self.cycles = cycles
        for head in self.heads:
            self.blocks[int(head["number"], 16)] = head

    @staticmethod
    def block(number, digest, moment):
        return {
            "number": hex(number), "hash": digest, "parentHash": word(0), "timestamp": hex(moment),
            "gasLimit": hex(30_000_000), "gasUsed": "0x0", "baseFeePerGas": "0x7", "transactions": [],
        }

    def latest(self):
        head = self.heads[0]
        if len(self.heads) > 1:
            self.heads.pop(0)
            if self.cycles:
                self.heads.append(head)
        return head

    def numbered(self, number):
        return None if number in self.hidden else self.blocks.get(number)

    def wanted(self, query):
        addresses = query.get("address", [])
        addresses = [addresses] if isinstance(addresses, str) else addresses
        first, last = int(query["fromBlock"], 16), int(query["toBlock"], 16)
        for log in self.logs:
            if addresses and log["address"].lower() not in [address.lower() for address in addresses]:
                continue
            if not first <= int(log["blockNumber"], 16) <= last:
                continue
            for place, words in enumerate(query.get("topics", [])):
                words = [words] if isinstance(words, str) else words
                if words and (place >= len(log["topics"]) or log["topics"][place] not in words):
                    break
            else:
                yield log

    def answer(self, method, params):
        if method == "eth_chainId":
            return hex(31337)
        if method == "eth_blockNumber":
            return self.latest()["number"]
        if method == "eth_getBlockByNumber":
            return self.latest() if params[0] == "latest" else self.numbered(int(params[0], 16))
        if method == "eth_call":
            found = self.calls.get(f"{params[0]['to']} {params[0]['data']}".lower(), "0x")
            if found is None:
                raise Refusal(3, "execution reverted: told to")
            return found
        if method == "eth_getLogs":
            return list(self.wanted(params[0]))
        if self.reverts.get(method) is not None:
            raise Refusal(3, f"execution reverted: {self.reverts[method]}")
        if method in self.answers:
            return self.answers[method]
        if method == "test_calls":
            self.calls.update({call.lower(): data for call, data in params[0].items()})
        elif method == "test_heads":
            self.set_heads(*params)
        elif method == "test_hide":
            self.hidden.add(params[0])
        elif method == "test_logs":
            self.logs = params[0]
        elif method == "test_answers":
            self.answers.update(params[0])
        elif method == "test_reverts":
            self.reverts.update(params[0])
        elif method == "test_fail":
            self.failures = params[0]
        elif method == "test_asked":
            return self.asked.get(params[0], 0)
        else:
            raise Refusal(-32601, f"the method {method} does not exist")
        return True


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        requests = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        single = isinstance(requests, dict)
        chain = self.server.chain
        with chain.lock:
            methods = {request["method"] for request in ([requests] if single else requests)}
            for method in methods:
                chain.asked[method] = chain.asked.get(method, 0) + 1
            fails = chain.failures > 0 and not any(method.startswith("test_") for method in methods)
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
            answer["error"] = {"code": refusal.code, "message": str(refusal)}
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
