#!/usr/bin/env python3
"""An Ethereum node that lies: speaks JSON-RPC well, and spoils its answers in one way.

    rpc-liar.py --lie NAME [--lifetime SECONDS]

Prints its port as a line when it is ready, and every request's body as a line after that; ends when its standard
input does, where that is a pipe, or after its lifetime. The chain that it tells of has the id
1337 and stands still at block 16: made up, but of one piece.
"""

import argparse
import http.server
import json
import os
import select
import stat
import sys
import threading
import time

ADDRESS = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8"
REGISTRY = "0x00000000000c2e074ec69a0dfb2997ba6c7d2e1e"
HEAD = 16

# What an answer becomes, by the lie's name: of (handler, request, answer) of one call, or of a whole body.
CALL_LIES = {}
BODY_LIES = {}


def lie(table):
    def register(function):
        table[function.__name__.strip("_").replace("_", "-")] = function
        return function
    return register


def word(number):
    return "0x" + format(number, "064x")


def block(number):
    return {
        "number": hex(number), "hash": word(0xb10c00 + number), "parentHash": word(0xb10c00 + number - 1),
        "timestamp": hex(1_700_000_000 + 12 * number), "gasLimit": "0x1c9c380",
        "gasUsed": "0xe4e1c0", "baseFeePerGas": hex(1_000_000_000), "size": "0x220",
        "difficulty": "0x0", "nonce": "0x0000000000000000", "extraData": "0x",
        "transactions": [word(0x7a00 + number)], "uncles": [],
    }


def height(name):
    names = {"latest": HEAD, "pending": HEAD + 1, "safe": HEAD, "finalized": HEAD - 8, "earliest": 0}
    return names[name] if name in names else int(name, 16)


def get_block(params):
    number = height(params[0])
    return block(number) if number <= HEAD + 1 else None


def fee_history(params):
    count = int(params[0], 16)
    tips = [hex(1_000_000_000), hex(2_000_000_000), hex(3_000_000_000)]
    return {
        "oldestBlock": hex(HEAD + 1 - count), "reward": [tips] * count,
        "baseFeePerGas": [hex(1_000_000_000)] * count + [hex(1_100_000_000)],
        "gasUsedRatio": [0.5] * count,
    }


def eth_call(params):
    # The registry has a resolver for every name, and the resolver an address.
    if params[0]["to"].lower() == REGISTRY:
        return "0x" + "00" * 12 + "11" * 20
    return "0x" + "00" * 12 + ADDRESS[2:]


METHODS = {
    "eth_chainId": lambda params: hex(1337),
    "eth_blockNumber": lambda params: hex(HEAD),
    "eth_getBalance": lambda params: hex(10**21),
    "eth_getTransactionCount": lambda params: "0x7",
    "eth_gasPrice": lambda params: hex(2_100_000_000),
    "eth_feeHistory": fee_history,
    "eth_getBlockByNumber": get_block,
    "eth_call": eth_call,
    "eth_sendRawTransaction": lambda params: word(0x7a),
}


# One call's answer.

@lie(CALL_LIES)
def wrong_chain(handler, request, answer):
    if request["method"] == "eth_chainId":
        answer["result"] = hex(1)


@lie(CALL_LIES)
def chain_changes(handler, request, answer):
    if request["method"] == "eth_chainId":
        answer["result"] = hex(1337 + handler.server.count)


@lie(CALL_LIES)
def wrong_id(handler, request, answer):
    answer["id"] += 1


@lie(CALL_LIES)
def text_id(handler, request, answer):
    answer["id"] = str(answer["id"])


@lie(CALL_LIES)
def no_id(handler, request, answer):
    del answer["id"]


@lie(CALL_LIES)
def null_id(handler, request, answer):
    answer["id"] = None


@lie(CALL_LIES)
def huge_id(handler, request, answer):
    answer["id"] = 10**30


@lie(CALL_LIES)
def version_1(handler, request, answer):
    answer["jsonrpc"] = "1.0"


@lie(CALL_LIES)
def no_version(handler, request, answer):
    del answer["jsonrpc"]


@lie(CALL_LIES)
def no_result(handler, request, answer):
    answer.pop("result", None)


@lie(CALL_LIES)
def both(handler, request, answer):
    answer["error"] = {"code": -32000, "message": "and yet not"}


@lie(CALL_LIES)
def text_error(handler, request, answer):
    answer.pop("result", None)
    answer["error"] = "no"


@lie(CALL_LIES)
def bare_error(handler, request, answer):
    answer.pop("result", None)
    answer["error"] = {}


@lie(CALL_LIES)
def terminal_error(handler, request, answer):
    """A refusal that would clear the reader's terminal."""
    answer.pop("result", None)
    answer["error"] = {"code": -32000, "message": "\x1b[2J\x1b[31mbad\r\nsr-chain: all is well" + "x" * 100_000}


@lie(CALL_LIES)
def busy(handler, request, answer):
    answer.pop("result", None)
    answer["error"] = {"code": -32005, "message": "limit exceeded"}


@lie(CALL_LIES)
def no_methods(handler, request, answer):
    answer.pop("result", None)
    answer["error"] = {"code": -32601, "message": f"the method {request['method']} does not exist/is not available"}


@lie(CALL_LIES)
def no_fee_history(handler, request, answer):
    """No lie: a node that lacks a method."""
    if request["method"] == "eth_feeHistory":
        no_methods(handler, request, answer)


@lie(CALL_LIES)
def legacy(handler, request, answer):
    """No lie: a chain without a base fee."""
    if request["method"] == "eth_getBlockByNumber":
        del answer["result"]["baseFeePerGas"]
    if request["method"] == "eth_feeHistory":
        no_methods(handler, request, answer)


@lie(CALL_LIES)
def absurd_fees(handler, request, answer):
    if request["method"] == "eth_feeHistory":
        answer["result"]["baseFeePerGas"][-1] = "0x" + "f" * 64


@lie(CALL_LIES)
def absurd_tips(handler, request, answer):
    if request["method"] == "eth_feeHistory":
        for row in answer["result"]["reward"]:
            row[:] = [hex(10**18)] * 3


@lie(CALL_LIES)
def short_fees(handler, request, answer):
    if request["method"] == "eth_feeHistory":
        answer["result"]["reward"].pop()


@lie(CALL_LIES)
def no_registry(handler, request, answer):
    if request["method"] == "eth_call":
        answer["result"] = "0x"


@lie(CALL_LIES)
def no_address(handler, request, answer):
    if request["method"] == "eth_call":
        answer["result"] = word(0)


@lie(CALL_LIES)
def long_address(handler, request, answer):
    if request["method"] == "eth_call":
        answer["result"] = word(2**256 - 1)


@lie(CALL_LIES)
def moving_head(handler, request, answer):
    """No lie: the head moves between any two questions for it."""
    if request["method"] == "eth_blockNumber":
        handler.server.head += 1
        answer["result"] = hex(handler.server.head)


def values(name, value):
    """A lie about every result."""
    def spoil(handler, request, answer):
        answer["result"] = value
    CALL_LIES[f"value-{name}"] = spoil


values("zeros", "0x01")
values("empty", "0x")
values("bare", "1")
values("negative", "-0x1")
values("upper", "0X1")
values("number", 1)
values("float", 1.5)
values("null", None)
values("list", [])
values("object", {})
values("true", True)
values("long", "0x1" + "0" * 64)
values("digits", "0xz")
values("space", " 0x1")
values("megabytes", "0x" + "1" * 3_000_000)


# A whole body.

@lie(BODY_LIES)
def empty(handler, body):
    return b""


@lie(BODY_LIES)
def half(handler, body):
    return body[:len(body) // 2]


@lie(BODY_LIES)
def twice(handler, body):
    return body + body


@lie(BODY_LIES)
def page(handler, body):
    handler.type = "text/html"
    return b"<html><head><title>Welcome</title></head><body>It works!\x1b[2J</body></html>"


@lie(BODY_LIES)
def binary(handler, body):
    return bytes(range(256)) * 8


@lie(BODY_LIES)
def text(handler, body):
    return b'"0x1"'


@lie(BODY_LIES)
def null(handler, body):
    return b"null"


@lie(BODY_LIES)
def deep(handler, body):
    return b"[" * 1_000_000


@lie(BODY_LIES)
def half_surrogate(handler, body):
    return body.replace(b'"jsonrpc"', b'"\\ud800": 1, "jsonrpc"')


@lie(BODY_LIES)
def name_twice(handler, body):
    return body.replace(b'"jsonrpc": "2.0"', b'"jsonrpc": "2.0", "jsonrpc": "2.0"')


@lie(BODY_LIES)
def no_batches(handler, body):
    """No lie: a node that takes no batches."""
    if not body.startswith(b"["):
        return body
    return json.dumps({"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "no batches"}}).encode()


@lie(BODY_LIES)
def geth_batches(handler, body):
    """No lie: what geth answers where a batch has too many calls, here more than one."""
    if not body.startswith(b"["):
        return body
    first = json.loads(body)[0]["id"]
    error = {"code": -32600, "message": "batch too large"}
    return json.dumps([{"jsonrpc": "2.0", "id": first, "error": error}]).encode()


@lie(BODY_LIES)
def missing_answer(handler, body):
    answers = json.loads(body)
    return json.dumps(answers[:-1] if isinstance(answers, list) else []).encode()


@lie(BODY_LIES)
def double_answer(handler, body):
    answers = json.loads(body)
    return json.dumps(answers + answers[:1] if isinstance(answers, list) else [answers] * 2).encode()


@lie(BODY_LIES)
def reversed_answers(handler, body):
    """No lie: answers may come in any order."""
    answers = json.loads(body)
    return json.dumps(answers[::-1] if isinstance(answers, list) else answers).encode()


def statuses(name, code, headers=(), times=10**9, body=b"no"):
    """An HTTP status in place of an answer, so many times."""
    def spoil(handler, answer):
        if handler.server.bodies > times:
            return answer
        handler.status, handler.extra, handler.type = code, headers, "text/plain"
        return body
    BODY_LIES[name] = spoil


statuses("status-400", 400)
statuses("status-401", 401)
statuses("status-403", 403)
statuses("status-404", 404)
statuses("status-413", 413)
statuses("status-500", 500)
statuses("status-502", 502, body=b"<html>Bad Gateway</html>")
statuses("status-301", 301, [("Location", "/elsewhere")])
statuses("busy-once", 429, [("Retry-After", "1")], times=1)
statuses("busy-twice", 503, times=2)
statuses("busy-always", 429, [("Retry-After", "0")])
statuses("busy-for-days", 429, [("Retry-After", "200000")])
statuses(
    "error-500", 500,
    body=b'{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"the node is not well"}}')


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        lie = self.server.lie
        self.status, self.extra, self.type = 200, (), "application/json"
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.say(body.decode())
        self.server.bodies += 1
        if lie == "silence":
            self.server.done.wait()
            self.close_connection = True
            return
        if lie == "hangup":
            self.close_connection = True
            return
        requests = json.loads(body)
        if isinstance(requests, list):
            answers = [self.answer(request) for request in requests]
        else:
            answers = self.answer(requests)
        body = json.dumps(answers).encode()
        if lie in BODY_LIES:
            body = BODY_LIES[lie](self, body)
        length = len(body)
        if lie == "endless":
            self.endless()
            return
        if lie == "cut":
            length += 10
            self.close_connection = True
        self.send_response(self.status)
        self.send_header("Content-Type", self.type)
        self.send_header("Content-Length", str(length if lie != "huge-length" else 1 << 40))
        for name, value in self.extra:
            self.send_header(name, value)
        self.end_headers()
        if lie == "drip":
            self.drip(body)
            return
        self.wfile.write(body)

    def answer(self, request):
        self.server.count += 1
        answer = {"jsonrpc": "2.0", "id": request["id"]}
        method = METHODS.get(request["method"])
        if method:
            answer["result"] = method(request["params"])
        else:
            answer["error"] = {"code": -32601, "message": f"the method {request['method']} does not exist"}
        if self.server.lie in CALL_LIES:
            CALL_LIES[self.server.lie](self, request, answer)
        return answer

    def endless(self):
        """JSON without an end: every byte of it is fine."""
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        piece = b'"' + b"x" * (1 << 20) + b'",'
        try:
            self.wfile.write(b"1\r\n[\r\n")
            while not self.server.done.is_set():
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        except OSError:
            self.close_connection = True

    def drip(self, body):
        """A byte now and then, for ever: never silent, never done."""
        try:
            for byte in b" " * 100_000:
                if self.server.done.wait(0.2):
                    break
                self.wfile.write(bytes([byte]))
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, *arguments):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def say(self, line):
        with self.lock:
            print(line.replace("\n", " "), flush=True)

    def handle_error(self, request, client_address):
        """A client that goes away is no news."""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lie", default="none")
    parser.add_argument("--lifetime", type=float, default=120)
    options = parser.parse_args()
    known = set(CALL_LIES) | set(BODY_LIES)
    known |= {"none", "silence", "hangup", "endless", "cut", "huge-length", "drip"}
    if options.lie not in known:
        parser.error(f"no lie is called {options.lie}")
    server = Server(("127.0.0.1", 0), Handler)
    server.lie, server.count, server.bodies, server.head = options.lie, 0, 0, HEAD
    server.lock, server.done = threading.Lock(), threading.Event()
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    until = time.monotonic() + options.lifetime
    # Of a pipe somebody holds the other end; a script starts it with no input, and stops it itself.
    watched = [sys.stdin] if stat.S_ISFIFO(os.fstat(sys.stdin.fileno()).st_mode) else []
    while time.monotonic() < until:
        if select.select(watched, [], [], 0.5)[0] and not os.read(sys.stdin.fileno(), 4096):
            break
    server.done.set()


if __name__ == "__main__":
    main()
