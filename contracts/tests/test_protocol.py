"""The wire: hostile requests, limits, and the program's own manners."""

from __future__ import annotations

import json
import random
import signal
import socket
import subprocess
import sys
import tempfile

from websockets.exceptions import ConnectionClosed

from .harness import CONTRACTS, PATIENCE, Chain, ChainCase


class HostileTests(ChainCase):
    def raw(self, request: bytes) -> bytes:
        """Everything that comes back for these bytes, until the other side ends."""
        with socket.create_connection(
            ("127.0.0.1", self.chain.port), timeout=PATIENCE
        ) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            received = b""
            try:
                while piece := connection.recv(65536):
                    received += piece
            except ConnectionError:
                pass
            return received

    def error(self, body: str | bytes) -> tuple[int, str]:
        answer = json.loads(self.chain.post(body)[1])
        return answer["error"]["code"], answer["error"]["message"]

    def test_text_that_is_no_request(self) -> None:
        for body in (
            "{",
            "nope",
            b"\xff\xfe",
            "[" * 100_000,
            "[" * 100_000 + "]" * 100_000,
            '{"a":NaN}',
        ):
            self.assertEqual(self.error(body), (-32700, "parse error"))
        for body in ("5", "null", '"x"', "{}", '{"jsonrpc":"2.0","id":[],"method":"eth_chainId"}'):
            self.assertEqual(self.error(body), (-32600, "invalid request"))
        self.assertEqual(self.error('{"jsonrpc":"2.0","id":1,"method":"eth_nope"}')[0], -32601)
        self.assertEqual(self.chain.post("")[1], b"")

    def test_ids_come_back_as_they_were_written(self) -> None:
        for identity in ("1.50", "1e3", "-0", '"a\\u00e9"', "null", "9" * 3000):
            body = f'{{"jsonrpc":"2.0","id":{identity},"method":"eth_chainId"}}'
            answer = self.chain.post(body)[1].decode()
            expected = {"-0": "0"}.get(identity, identity)
            self.assertIn(f'"id":{expected},', answer)

    def test_bad_requests_get_an_answer_or_an_end(self) -> None:
        host = b"Host: localhost\r\n"
        for request, status in (
            (b"nonsense\r\n\r\n", b"400"),
            (b"POST / HTTP/1.1\r\n" + host + b"Content-Length: x\r\n\r\n", b"400"),
            (b"POST / HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n", b"400"),
            (b"POST / HTTP/1.1\r\nHost: evil.example\r\n\r\n", b"403"),
            (b"POST /x HTTP/1.1\r\n" + host + b"\r\n", b"404"),
            (b"PUT / HTTP/1.1\r\n" + host + b"\r\n", b"405"),
            (b"POST / HTTP/1.1\r\n" + host + b"Content-Length: 5242881\r\n\r\n", b"413"),
            (b"POST / HTTP/1.1\r\n" + host + b"Content-Type: text/plain\r\n\r\n", b"415"),
            (b"POST / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", b"431"),
            (b"GET / HTTP/1.1\r\n" + host + b"Upgrade: websocket\r\n\r\n", b"4"),
        ):
            self.assertTrue(self.raw(request).startswith(b"HTTP/1.1 " + status), request[:60])
        self.assertEqual(self.raw(b"POST / HTT"), b"")

    def test_a_body_may_come_in_chunks_and_requests_in_a_row(self) -> None:
        body = b'{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}'
        head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        chunked = head + b"Transfer-Encoding: chunked\r\n\r\n"
        chunked += (
            b"5\r\n" + body[:5] + b"\r\n%x\r\n" % (len(body) - 5) + body[5:] + b"\r\n0\r\n\r\n"
        )
        plain = head + b"Content-Length: %d\r\n\r\n" % len(body) + body
        self.assertEqual(self.raw(chunked + plain + plain).count(b'"result":"0x539"'), 3)
        self.assertTrue(
            self.raw(head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n").startswith(b"HTTP/1.1 400")
        )

    def test_random_bytes_do_no_harm(self) -> None:
        chance = random.Random(4)
        sound = (
            b'{"jsonrpc":"2.0","id":1,"method":"eth_getLogs","params":[{"topics":[["0x12",null]]}]}'
        )
        for _ in range(300):
            body = bytearray(sound)
            for _ in range(chance.randrange(1, 6)):
                body[chance.randrange(len(body))] = chance.randrange(256)
            status, answer = self.chain.post(bytes(body))
            self.assertEqual(status, 200)
            self.assertNotIn(b"crashed", answer, body)
        self.assertEqual(self.chain.number("eth_chainId"), 1337)

    def test_odd_parameters_are_told_apart_from_crashes(self) -> None:
        odd = [
            None,
            True,
            -1,
            1.5,
            "",
            "0x",
            "0x0",
            "latest",
            [],
            {},
            [[]],
            {"a": {}},
            "0x" + "f" * 64,
            2**70,
        ]
        methods = [
            "eth_getBalance", "eth_getStorageAt", "eth_getProof", "eth_call", "eth_estimateGas", "eth_getLogs",
            "eth_newFilter", "eth_feeHistory", "eth_getBlockByNumber", "eth_getBlockReceipts",
            "eth_createAccessList", "eth_fillTransaction", "eth_sendTransaction", "eth_sendRawTransaction",
            "eth_getTransactionByBlockNumberAndIndex", "eth_getFilterChanges", "eth_sign", "txpool_contentFrom",
            "evm_mine", "evm_revert", "evm_increaseTime", "evm_setNextBlockTimestamp", "dev_reorg",
            "dev_buildBlock", "dev_setHead", "debug_setHead", "eth_subscribe", "eth_unsubscribe",
        ]  # fmt: skip
        batch = [
            {
                "jsonrpc": "2.0",
                "id": f"{method} {json.dumps(params)}",
                "method": method,
                "params": params,
            }
            for method in methods
            for params in [[o] for o in odd]
            + [["0x" + "11" * 20, o] for o in odd]
            + [[{"to": o}, o] for o in odd]
        ]
        for start in range(0, len(batch), 500):
            for answer in json.loads(self.chain.post(json.dumps(batch[start : start + 500]))[1]):
                self.assertNotEqual(answer.get("error", {}).get("code"), -32603, answer)

    def upgrade(self, *headers: str, target: str = "/") -> bytes:
        """The first line that answers a WebSocket's handshake with these headers."""
        lines = [f"GET {target} HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade", *headers]
        lines += ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="]
        return self.raw(("\r\n".join(lines) + "\r\n\r\n").encode()).partition(b"\r\n")[0]

    def test_pages_of_other_machines_get_no_websocket(self) -> None:
        host = f"Host: localhost:{self.chain.port}"
        for origin in (
            "https://evil.example",
            "http://localhost.evil.example",
            "http://10.1.2.3",
            "null",
            "",
            "file://",
            "chrome-extension://localhost",
        ):
            answer = self.upgrade(host, f"Origin: {origin}")
            self.assertEqual(answer, b"HTTP/1.1 403 Forbidden", origin)
        for origin in (
            "http://localhost:3000",
            "https://LOCALHOST",
            "http://127.0.0.1:8080",
            "http://[::1]:5173",
        ):
            answer = self.upgrade(host, f"Origin: {origin}")
            self.assertEqual(answer, b"HTTP/1.1 101 Switching Protocols", origin)
        for name in ("evil.example:8545", "localhost.evil.example", "chain.evil.example"):
            self.assertEqual(self.upgrade(f"Host: {name}"), b"HTTP/1.1 403 Forbidden", name)
        for name in ("127.0.0.1", "10.1.2.3:8545", "[::1]:8545"):
            answer = self.upgrade(f"Host: {name}")
            self.assertEqual(answer, b"HTTP/1.1 101 Switching Protocols", name)
        self.assertEqual(self.upgrade(host, target="/other"), b"HTTP/1.1 404 Not Found")

    def test_a_websocket_that_speaks_no_json_is_dropped(self) -> None:
        with self.chain.websocket() as connection:
            connection.send(['{"jsonrpc":"2.0","id":1,', '"method":"eth_chainId"}'])
            self.assertEqual(json.loads(connection.recv(timeout=PATIENCE))["result"], "0x539")
            connection.send("nonsense")
            self.assertEqual(json.loads(connection.recv(timeout=PATIENCE))["error"]["code"], -32700)
            with self.assertRaises(ConnectionClosed):
                connection.recv(timeout=PATIENCE)


class ProgramTests(ChainCase):
    options = ("--chain-id", "4242", "--accounts", "2", "--parent-pipe", "--no-mine")

    def test_it_ends_politely(self) -> None:
        self.assertEqual(self.chain.record["chainId"], 4242)
        self.assertEqual(len(self.chain.record["accounts"]), 2)
        with self.chain.websocket():
            self.assertEqual(self.chain.stop(), 0)

    def test_it_ends_with_an_interrupt_and_with_its_parent(self) -> None:
        self.chain.process.send_signal(signal.SIGINT)
        self.assertEqual(self.chain.process.wait(PATIENCE), 0)
        other = Chain("--watch-stdin", "--no-mine")
        assert other.process.stdin is not None
        other.process.stdin.close()
        self.assertEqual(other.process.wait(PATIENCE), 0)
        other.stop()

    def test_wrong_options_are_told(self) -> None:
        with tempfile.NamedTemporaryFile("w") as words:
            words.write("only three words")
            words.flush()
            for options, status in (
                (["--nope"], 64),
                (["--listen", "127.0.0.1"], 64),
                (["--block-time", "-1"], 64),
                (["--listen", f"127.0.0.1:{self.chain.port}"], 69),
                (["--mnemonic-file", "/nowhere"], 66),
                (["--mnemonic-file", words.name], 65),
                (["--state", "/proc/nowhere"], 74),
            ):
                done = subprocess.run(
                    [sys.executable, "-m", "devchain", *options],
                    cwd="/",
                    env={"PYTHONPATH": str(CONTRACTS)},
                    capture_output=True,
                    text=True,
                    timeout=PATIENCE,
                )
                self.assertEqual(done.returncode, status, done.stderr)
                self.assertRegex(done.stderr, "^devchain: error: [^\n]+\n$")
