#!/usr/bin/env python3
"""An HTTP server for the tests of the client: well-behaved under some paths, broken in a given way under others.

Prints its port as a line when it is ready, and with --tls also the port where it speaks
TLS and the file of its certificate, which is for 127.0.0.1 and no other name. Ends with the process that started it, at the latest after --lifetime seconds.
Paths that count take a key as their second part; /count/KEY tells how often the key was asked for.
"""

import argparse
import collections
import email.utils
import gzip
import hashlib
import json
import os
import socket
import ssl
import subprocess
import tempfile
import threading
import time

BOMB = gzip.compress(bytes(1 << 20))
counts = collections.Counter()
lock = threading.Lock()


class Gone(Exception):
    """The client closed the connection, or is to lose it."""


class Connection:
    def __init__(self, sock):
        self.sock = sock
        self.buffer = b""
        self.served = 0
        sock.settimeout(120)

    def fill(self):
        data = self.sock.recv(1 << 18)
        if not data:
            raise Gone
        self.buffer += data

    def line(self):
        while b"\n" not in self.buffer:
            self.fill()
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.rstrip(b"\r").decode("latin-1")

    def take(self, count):
        """Some bytes, at most count."""
        if not self.buffer:
            self.fill()
        data, self.buffer = self.buffer[:count], self.buffer[count:]
        return data

    def send(self, data):
        self.sock.sendall(data.encode() if isinstance(data, str) else data)

    def serve(self):
        while True:
            self.method, self.target, _ = self.line().split(" ", 2)
            self.fields = []
            while line := self.line():
                name, value = line.split(":", 1)
                self.fields.append((name.lower(), value.strip()))
            self.header = dict(self.fields)
            self.is_read = False
            proxied = self.target.startswith("http://")
            path = self.target.split("/", 3)[3] if proxied else self.target[1:]
            self.words = path.split("?")[0].split("/")
            name = "via_proxy" if proxied else self.words[0].replace("-", "_")
            getattr(self, "do_" + name, self.do_missing)(*self.words[1:])
            if not self.is_read:
                self.body()
            self.served += 1

    # The request's body.

    def body(self, expected=True):
        """Reads the body whole; returns its length and hash."""
        self.is_read = True
        digest, length = hashlib.sha256(), 0
        if expected and self.header.get("expect", "").lower() == "100-continue":
            self.send("HTTP/1.1 100 Continue\r\n\r\n")

        def add(count):
            nonlocal length
            while count:
                data = self.take(count)
                count -= len(data)
                length += len(data)
                digest.update(data)

        if self.header.get("transfer-encoding") == "chunked":
            while size := int(self.line(), 16):
                add(size)
                self.line()
            self.line()
        else:
            add(int(self.header.get("content-length", 0)))
        return length, digest.hexdigest()

    # Answers.

    def answer(self, body="", status="200 OK", fields=()):
        body = body.encode() if isinstance(body, str) else body
        if not self.is_read and not self.header.get("expect"):
            self.body()
        head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
        head += [f"{name}: {value}" for name, value in fields]
        self.send("\r\n".join(head) + "\r\n\r\n")
        if self.method != "HEAD":
            self.send(body)

    def close(self):
        raise Gone

    def do_missing(self, *words):
        self.answer("no such path\n", "404 Not Found")

    def do_via_proxy(self, *words):
        self.answer(f"{self.target} through a proxy")

    def do_hello(self, *words):
        self.answer("hello")

    def do_echo(self, *words):
        length, digest = self.body()
        answer = {"method": self.method, "target": self.target, "fields": self.fields,
                  "length": length, "sha256": digest}
        self.answer(json.dumps(answer), fields=[("Content-Type", "application/json")])

    def do_count(self, key):
        self.answer(str(counts[key]))

    def counted(self, key):
        with lock:
            counts[key] += 1
            return counts[key]

    def do_status(self, code, kind="html"):
        bodies = {
            "html": ("text/html", "<html><body><h1>It broke</h1></body></html>"),
            "text": ("text/plain", "the queue\n is   full\n"),
            "binary": ("application/octet-stream", b"\x1b]0;evil\x07\x00\xff"),
            "long": ("text/plain", "x" * 100_000),
        }
        kind, body = bodies[kind]
        self.answer(body, f"{code} Whatever", [("Content-Type", kind)])

    def do_flaky(self, key, failures, code, after=""):
        number = self.counted(key)
        if number > int(failures):
            return self.answer(str(number))
        if after == "date":
            after = email.utils.formatdate(time.time() + 1, usegmt=True)
        self.answer("later", f"{code} Later", [("Retry-After", after)] if after else [])

    def do_cut(self, key, failures, stage):
        """Ends the connection at some stage the first few times."""
        if self.counted(key) > int(failures):
            return self.answer("whole")
        self.body()
        stages = {
            "answer": "",
            "header": "HTTP/1.1 200 OK\r\nContent-Le",
            "body": "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc",
            "chunk": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
            "end": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        }
        self.send(stages[stage])
        self.close()

    def do_reset(self, key, failures):
        if self.counted(key) > int(failures):
            return self.answer("whole")
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.close()

    def do_second(self, key):
        """Answers the first request of a connection, and loses the second one after it has it."""
        number = self.counted(key)
        if self.served:
            self.body()
            self.close()
        self.answer(str(number))

    def do_once(self):
        """Another port, which loses one request and is not there any more after that."""
        listener = socket.create_server(("127.0.0.1", 0))

        def lose():
            sock, _ = listener.accept()
            listener.close()
            sock.recv(1 << 16)
            sock.close()

        threading.Thread(target=lose, daemon=True).start()
        self.answer(str(listener.getsockname()[1]))

    def do_redirect(self, count, code="302"):
        if int(count) == 0:
            return self.answer("arrived")
        self.answer("away", f"{code} Found", [("Location", f"/redirect/{int(count) - 1}/{code}")])

    def do_ring(self, number):
        self.answer("", "302 Found", [("Location", f"/ring/{(int(number) + 1) % 3}")])

    def do_away(self):
        self.answer("", "302 Found", [("Location", self.target.split("?", 1)[1])])

    def do_big(self, length):
        self.send(f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n")
        left, block = int(length), bytes(1 << 18)
        while left:
            left -= self.sock.send(block[:left])

    def do_endless(self):
        self.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            self.send(b"10000\r\n" + bytes(0x10000) + b"\r\n")

    def do_until_close(self):
        self.send("HTTP/1.0 200 OK\r\n\r\nall there is")
        self.close()

    def do_stall(self):
        self.body()
        self.wait()

    def do_stall_body(self):
        self.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
        self.wait()

    def do_unread(self):
        """Never reads the request's body."""
        time.sleep(300)
        self.close()

    def do_trickle(self):
        """A header that never ends, a byte at a time."""
        self.send("HTTP/1.1 200 OK\r\nX-A: ")
        while True:
            self.send("a")
            time.sleep(0.05)

    def wait(self):
        self.sock.recv(1)
        self.close()

    def do_fields(self, count, length="1"):
        fields = [(f"X-{number}", "v" * int(length)) for number in range(int(count))]
        self.answer("fields", fields=fields)

    def do_raw(self, kind):
        """Answers that are no good HTTP, or odd."""
        answers = {
            "garbage": "220 ftp.example ready\r\n",
            "status": "HTTP/1.1 abc OK\r\n\r\n",
            "chunk": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n",
            "lengths": "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
            "negative": "HTTP/1.1 200 OK\r\nContent-Length: -3\r\n\r\nabcde",
            "interim": "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                       "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfinal",
            "folded": "HTTP/1.1 200 OK\r\nX-A: one\r\n  two\r\nContent-Length: 5\r\n\r\nfinal",
            "trailers": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        "5\r\nfinal\r\n0\r\nX-T: t\r\n\r\n",
            "longer": "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfinal and more",
            "packed": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
                      + b"%x\r\n%s\r\n0\r\n\r\n" % (len(BOMB), BOMB),
            "gzip": "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nfinal",
        }
        self.send(answers[kind])
        self.close()

    def do_refuse(self, code):
        """Answers before it reads the body, and closes."""
        self.send(f"HTTP/1.1 {code} No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno")
        self.is_read = True
        deadline = time.monotonic() + 60
        # What a closed socket still receives resets the connection, and the answer with it.
        self.sock.shutdown(socket.SHUT_WR)
        while time.monotonic() < deadline and self.sock.recv(1 << 18):
            pass
        self.close()


def serve(sock, context):
    try:
        Connection(context.wrap_socket(sock, server_side=True) if context else sock).serve()
    except (Gone, OSError, ValueError):
        pass
    finally:
        sock.close()


def listen(listener, context):
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=serve, args=[sock, context], daemon=True).start()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lifetime", type=float, default=1800)
    parser.add_argument("--tls", action="store_true")
    arguments = parser.parse_args()
    parent, end = os.getppid(), time.monotonic() + arguments.lifetime
    contexts, words = [None], []
    with tempfile.TemporaryDirectory() as folder:
        if arguments.tls:
            words = [f"{folder}/certificate.pem"]
            subprocess.run([
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
                "-nodes", "-days", "2", "-keyout", f"{folder}/key.pem", "-out", words[0],
                "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"],
                check=True, stderr=subprocess.DEVNULL)
            contexts.append(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))
            contexts[1].load_cert_chain(words[0], f"{folder}/key.pem")
        listeners = [socket.create_server(("127.0.0.1", 0), backlog=512) for _ in contexts]
        print(*[listener.getsockname()[1] for listener in listeners], *words, flush=True)
        for pair in zip(listeners, contexts):
            threading.Thread(target=listen, args=pair, daemon=True).start()
        while os.getppid() == parent and time.monotonic() < end:
            time.sleep(1)


if __name__ == "__main__":
    main()
