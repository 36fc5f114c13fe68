"""A trustless gateway, well-behaved or not: it serves the blocks of CAR files over plain sockets; the first name of the path says how.

    /good/ipfs/CID[/path]?format=raw|car&dag-scope=…&entity-bytes=…
    /raw            makes no archives (406)
    /deserialised   sends pages of HTML whatever is asked for
    /names          makes no archives, gives one block, and fails then (500)
    /none           has nothing (404); /gone: 410; /empty: an archive of no block, and no block
    /lies           the last block of an archive, and every block by itself, has a byte changed
    /stalls         sends the first half of an answer, and no more
    /pauses         sends a hundred blocks of an archive, and no more
    /silent         answers nothing
    /drips          a byte now and then
    /closes         closes the connection in the midst of a block, each time
    /closes-once    the same, for its first archive only
    /ends           ends an archive in time, but half of it is missing
    /cut            ends an archive inside a section, as if that were all
    /500-once       fails at the first request, and then no more
    /500 /503       nothing else; /429: once, with Retry-After, then well; /busy: always so; /403: nothing else
    /sent           sends everybody to --target
    /trickles       what it has, 512 bytes a second
    /zeros          an archive whose inner one begins behind zeros without end; /inline: blocks without end that lie in their CIDs
    /bare           a block of no bytes again and again; /again: the first block again and again
    /large          blocks of 4 MiB
    /gzip           says that its answers are packed
    /endless        sends blocks that nobody asked for, without end; this and the floods below give no block by itself
    /long           a block that does not end
    /backwards      an archive in the wrong order
    /twice          each block of an archive two times
    /extra          some blocks more than were asked for
    /roots          an archive with another root; /rootless: with none
    /chunked        chunks, with trailers
    /redirect       sends everybody to /good; /away: to file:///etc/passwd; /loop: to itself
    /base/path      a gateway below a path

    /routing/v1/providers/CID   the router of it: what --providers FILE says, as JSON or NDJSON as it is asked
    /routers/NAME/routing/v1/…  json, ndjson, none (404), garbage, endless,
                    breaks (off within its second provider), drips and drips-whole (a byte now and then, without end)

Prints its port, then `METHOD PATH BYTES` for each answer when it is done (the bytes of its body that were sent), and on the way
`block CID` for each block that it sent whole. Ends when its standard input does and nobody was connected for a while, or after ten minutes.

    gateway.py [--as NAME] [--target URL] [--providers FILE] [--log FILE] CAR …

--as says how it behaves where the path says nothing.
"""

import argparse
import hashlib
import json
import os
import signal
import socket
import struct
import sys
import threading
import time
import urllib.parse

from dag import Missing, Store, base32, cid_bytes, header, section

class Hangup(Exception):
    pass


class Connection:
    def __init__(self, server, sock):
        self.server, self.sock, self.held = server, sock, b""

    def run(self):
        try:
            while self.answer():
                pass
        except (OSError, Hangup):
            pass
        finally:
            self.sock.close()

    def read_head(self):
        while b"\r\n\r\n" not in self.held:
            data = self.sock.recv(65536)
            if not data:
                return None
            self.held += data
        head, self.held = self.held.split(b"\r\n\r\n", 1)
        return head.decode("latin-1").split("\r\n")

    def answer(self):
        lines = self.read_head()
        if lines is None:
            return False
        self.method, self.target, _ = lines[0].split(" ")
        self.asked = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.asked[name.lower()] = value.strip()
        self.sent, self.blocks = 0, []
        try:
            return self.dispatch()
        finally:
            self.server.say(f"{self.method} {self.target} {self.sent}")

    # Answers

    def write(self, data):
        self.sock.sendall(data)
        self.sent += len(data)

    def head(self, status, headers):
        text = f"HTTP/1.1 {status} X\r\n" + "".join(f"{k}: {v}\r\n" for k, v in headers) + "\r\n"
        self.sock.sendall(text.encode())

    def simple(self, status, body, kind="text/plain", headers=()):
        body = body.encode() if isinstance(body, str) else body
        self.head(status, [("Content-Type", kind), ("Content-Length", len(body)), *headers])
        if self.method != "HEAD":
            self.write(body)
        return True

    def hang(self):
        """Until the other side goes away, or for good."""
        self.sock.settimeout(300)
        try:
            while self.sock.recv(4096):
                pass
        except OSError:
            pass
        raise Hangup

    def dispatch(self):
        url = urllib.parse.urlsplit(self.target)
        words = [urllib.parse.unquote_to_bytes(w) for w in url.path.strip("/").split("/")]
        query = dict(urllib.parse.parse_qsl(url.query))
        names = [w.decode("latin-1") for w in words]
        if "routing" in names:
            return self.route(names)
        if "ipfs" not in names:
            return self.simple(404, "no such page\n")
        place = names.index("ipfs")
        how = names[0] if place else self.server.options.how
        try:
            cid = cid_bytes(names[place + 1])
        except (ValueError, IndexError):
            return self.simple(400, "invalid cid\n")
        below = words[place + 2 :]
        return self.content(how, cid, below, query)

    def content(self, how, cid, below, query):
        count = self.server.count(how)
        form = query.get("format")
        if how == "silent":
            self.hang()
        if how in ("403", "500", "503", "404"):
            return self.simple(int(how), "no\n")
        if how == "names" and (form == "car" or cid[1] != 0x70 or self.server.count(how + form) > 1):
            return self.simple(406 if form == "car" else 500, "no\n")
        if how == "500-once" and count == 1:
            return self.simple(500, "not now\n")
        if how == "none":
            return self.simple(404, "block was not found locally\n")
        if how == "gone":
            return self.simple(410, "gone\n")
        if how == "429" and count == 1:
            return self.simple(429, "slower\n", headers=[("Retry-After", "1")])
        if how == "deserialised":
            return self.simple(200, "<!DOCTYPE html><html>all is well</html>", "text/html")
        if how == "redirect":
            target = self.target.replace("/redirect/", "/good/", 1)
            return self.simple(302, "", headers=[("Location", target)])
        if how == "away":
            return self.simple(302, "", headers=[("Location", "file:///etc/passwd")])
        if how == "sent":
            target = self.server.options.target + self.target[self.target.index("/ipfs/") :]
            return self.simple(302, "", headers=[("Location", target)])
        if how == "busy":
            return self.simple(429, "slower\n", headers=[("Retry-After", "1")])
        if how == "loop":
            return self.simple(302, "", headers=[("Location", self.target)])
        if form == "raw":
            return self.raw(how, cid)
        if form == "car":
            if how == "raw":
                return self.simple(406, "no archives here\n")
            return self.car(how, cid, below, query)
        return self.simple(400, "this is a trustless gateway\n")

    def raw(self, how, cid):
        try:
            data = self.server.store.block(cid)
            if how in ("empty", "endless", "zeros", "inline", "bare", "again"):
                raise Missing
        except Missing:
            return self.simple(404, "block was not found locally\n")
        kind = [("Content-Type", "application/vnd.ipld.raw")]
        if how == "gzip":
            kind.append(("Content-Encoding", "gzip"))
        if how == "lies":
            data = bytes([data[0] ^ 1]) + data[1:] if data else b"x"
        if how == "large":
            data = bytes(4 << 20)
        if how == "long":
            self.head(200, kind + [("Transfer-Encoding", "chunked")])
            while True:
                self.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        self.head(200, kind + [("Content-Length", len(data))])
        if how == "trickles":
            for start in range(0, len(data), 512):
                self.write(data[start : start + 512])
                time.sleep(1)
            return True
        if how in ("stalls", "drips", "closes"):
            self.write(data[: len(data) // 2])
            if how == "closes":
                raise Hangup
            if how == "stalls":
                self.hang()
            self.drip(data[len(data) // 2 :])
        else:
            self.write(data)
        self.server.say(f"block {base32(cid)}")
        return True

    def drip(self, data):
        for byte in data:
            time.sleep(0.5)
            self.write(bytes([byte]))

    def car(self, how, cid, below, query):
        first, _, last = query.get("entity-bytes", "0:*").partition(":")
        wanted = (int(first), None if last == "*" else int(last))
        try:
            cids = self.server.store.archive(cid, below, query.get("dag-scope", "all"), wanted)
        except Missing as missing:
            # As Kubo does: the header is out before anything is looked for.
            cids = list(missing.passed)
        if how == "empty":
            cids = []
        if how == "backwards":
            cids.reverse()
        if how == "twice":
            cids = [one for one in cids for _ in range(2)]
        if how == "ends":
            cids = cids[: max(1, len(cids) // 2)]
        roots = [cid]
        if how == "roots":
            roots = [b"\x01\x55\x12\x20" + hashlib.sha256(b"another").digest()]
        if how == "rootless":
            roots = []
        kind = [("Content-Type", "application/vnd.ipld.car; version=1; order=dfs; dups=n")]
        if how == "gzip":
            kind.append(("Content-Encoding", "gzip"))
        self.head(200, kind + [("Transfer-Encoding", "chunked"), ("Trailer", "X-Stream-Error")])
        if how == "zeros":
            self.chunk(bytes.fromhex("0aa16776657273696f6e02") + bytes(16) + struct.pack("<QQQ", 1 << 60, 1 << 60, 0))
            self.repeat(bytes(65536))
        self.chunk(header(roots))
        if how == "inline":
            self.repeat(section(b"\x01\x55\x00\x64" + bytes(100), bytes(100)) * 100)
        if how == "bare":
            self.repeat(section(b"\x01\x55\x12\x20" + hashlib.sha256(b"").digest(), b"") * 1000)
        if how == "again":
            self.repeat(section(cids[0], self.server.store.block(cids[0])))
        if how == "large":
            data = bytes(4 << 20)
            self.chunk(section(b"\x01\x55\x12\x20" + hashlib.sha256(data).digest(), data))
        if how == "trickles":
            whole = b"".join(section(one, self.server.store.block(one)) for one in cids)
            for start in range(0, len(whole), 512):
                self.chunk(whole[start : start + 512])
                time.sleep(1)
            return False
        if how == "extra":
            for number in range(20):
                data = b"extra %d" % number
                self.chunk(section(b"\x01\x55\x12\x20" + hashlib.sha256(data).digest(), data))
        if how == "endless":
            self.flood()
        broken = how in ("stalls", "drips", "closes", "cut")
        broken = broken or how == "closes-once" and self.server.count("closes-once-car") == 1
        stop = len(cids) // 2 if broken else None
        for place, one in enumerate(cids):
            if how == "pauses" and place == 100:
                self.hang()
            data = self.server.store.block(one)
            if how == "lies" and place == len(cids) - 1:
                data = data[:-1] + bytes([data[-1] ^ 1])
            whole = section(one, data)
            if place == stop:
                self.chunk(whole[: len(whole) // 2])
                if how == "stalls":
                    self.hang()
                if how == "drips":
                    self.drip_chunks(whole[len(whole) // 2 :])
                elif how == "cut":
                    self.sock.sendall(b"0\r\n\r\n")
                    return True
                else:
                    raise Hangup
            else:
                self.chunk(whole)
            self.server.say(f"block {base32(one)}")
        self.sock.sendall(b"0\r\nX-Stream-Error: none at all\r\n\r\n")
        return True

    def drip_chunks(self, data):
        for byte in data:
            time.sleep(0.5)
            self.chunk(bytes([byte]))

    def repeat(self, data):
        while True:
            self.chunk(data)

    def flood(self):
        number = 0
        while True:
            data = struct.pack(">Q", number) * 8192
            self.chunk(section(b"\x01\x55\x12\x20" + hashlib.sha256(data).digest(), data))
            number += 1

    def chunk(self, data):
        if data:
            self.sock.sendall(b"%x\r\n" % len(data))
            self.write(data)
            self.sock.sendall(b"\r\n")

    # The router

    def route(self, names):
        how = names[1] if names[0] == "routers" else "json"
        wants_lines = "ndjson" in self.asked.get("accept", "") and how != "json"
        known = self.server.providers
        if how == "none":
            return self.simple(404, "nobody\n")
        if how == "nobody":
            return self.simple(200, '{"Providers":null}', "application/json")
        if how == "garbage":
            return self.simple(200, "{ this is no JSON", "application/json")
        if how == "endless":
            self.head(200, [("Content-Type", "application/x-ndjson"), ("Transfer-Encoding", "chunked")])
            while True:
                self.chunk(b"[" * 65536)
        if how == "breaks":
            self.head(200, [("Content-Type", "application/x-ndjson"), ("Transfer-Encoding", "chunked")])
            self.chunk(json.dumps(known[0]).encode() + b"\n" + json.dumps(known[-1]).encode()[:-9])
            raise Hangup
        if how in ("drips", "drips-whole"):
            kind = "application/x-ndjson" if how == "drips" else "application/json"
            self.head(200, [("Content-Type", kind), ("Transfer-Encoding", "chunked")])
            while True:
                self.drip_chunks(b"\n")
        if wants_lines:
            self.head(200, [("Content-Type", "application/x-ndjson"), ("Transfer-Encoding", "chunked")])
            text = "".join(json.dumps(one) + "\n" for one in known).encode()
            # Cut where no line ends.
            for start in range(0, len(text), 50):
                self.chunk(text[start : start + 50])
            self.sock.sendall(b"0\r\n\r\n")
            return True
        return self.simple(200, json.dumps({"Providers": known}), "application/json")


class Server:
    def __init__(self, options):
        self.store = Store(options.cars)
        self.providers = []
        self.options = options
        self.lock = threading.Lock()
        self.counts = {}
        self.log = open(options.log, "a", buffering=1) if options.log else sys.stdout

    def count(self, name):
        with self.lock:
            self.counts[name] = self.counts.get(name, 0) + 1
            return self.counts[name]

    def say(self, text):
        with self.lock:
            print(text, file=self.log, flush=True)

    def run(self):
        listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        port = listener.getsockname()[1]
        if self.options.providers:
            with open(self.options.providers) as file:
                text = file.read().replace("PORT", str(port))
            self.providers = [json.loads(line) for line in text.splitlines() if line.strip()]
        print(port, flush=True)
        while True:
            sock, _ = listener.accept()
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=Connection(self, sock).run, daemon=True).start()


def until_input_ends():
    if not sys.stdin.isatty() and os.path.realpath("/dev/fd/0") != "/dev/null":
        while os.read(0, 4096):
            pass
        os._exit(0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--providers")
    parser.add_argument("--log")
    parser.add_argument("--target")
    parser.add_argument("--as", dest="how", default="good")
    parser.add_argument("cars", nargs="*")
    server = Server(parser.parse_args())
    signal.alarm(600)
    threading.Thread(target=until_input_ends, daemon=True).start()
    server.run()


main()
