#!/usr/bin/env python3
"""A server of content that behaves as the first name of the path says: `http://127.0.0.1:PORT/drip/ipfs/CID?format=car`.

    content-server.py FOLDER [--lifetime SECONDS]

FOLDER holds CID.raw for each block and CID.car for each DAG. Prints its port; at the end of its standard input, or where it has a
lifetime when that is over, prints what it was asked and ends.
"""
import argparse
import http.server
import pathlib
import sys
import threading
import time
import urllib.parse

parser = argparse.ArgumentParser()
parser.add_argument("folder", type=pathlib.Path)
parser.add_argument("--lifetime", type=float)
options = parser.parse_args()
asked = []
over = threading.Event()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, body, status=200, length=None, fields=()):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        for field in fields:
            self.send_header(*field)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        asked.append(f"POST {self.path} {len(body)}")
        way = self.path.split("/")[1]
        if way == "refuses":
            return self.answer(b'{"error":"no room"}', 413)
        if way == "away":
            return self.answer(b"", 307, fields=[("Location", "/good/ipfs")])
        self.answer(b'{"roots":[]}')

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        asked.append(f"GET {self.path}")
        names = url.path.split("/")[1:]
        form = urllib.parse.parse_qs(url.query).get("format", [""])[0]
        path = options.folder / f"{names[-1]}.{form}"
        if names[0] == "nothing" or not path.is_file():
            return self.answer(b"not here", 404)
        content = path.read_bytes()
        isCAR = form == "car"
        match names[0]:
            case "good":
                self.answer(content)
            case "blocks" if isCAR:
                self.answer(b"no archives", 406)
            case "wrong-block" if not isCAR:
                self.answer(content[:-1] + bytes([content[-1] ^ 1]))
            case "wrong-archive" if isCAR:
                self.answer(content[:-1] + bytes([content[-1] ^ 1]))
            case "half" if isCAR:
                self.answer(content[:len(content) // 2])
            case "cut" if isCAR:
                self.answer(content[:len(content) // 2], length=len(content))
                self.close_connection = True
            case "short" if isCAR:
                self.answer((options.folder / f"{names[-1]}.short").read_bytes())
            case "early-stranger" if isCAR:
                self.answer((options.folder / f"{names[-1]}.strange").read_bytes())
            case "stranger" if isCAR:
                self.answer(content + (options.folder / "stranger.section").read_bytes())
            case "again" if isCAR:
                self.endless(content, (options.folder / "block.section").read_bytes())
            case "long-block" if not isCAR:
                self.endless(content, bytes(1 << 16))
            case "silent":
                over.wait(options.lifetime)
            case "silent-archive" if isCAR:
                over.wait(options.lifetime)
            case "drip" if isCAR:
                self.drip(content)
            case "away":
                self.answer(b"", 302, fields=[("Location", f"/good/ipfs/{names[-1]}?{url.query}")])
            case "round":
                self.answer(b"", 302, fields=[("Location", self.path)])
            case "page":
                self.answer(b"<html>welcome</html>", fields=[("Content-Type", "text/html")])
            case "broken":
                self.answer(b'{"error":"inside"}', 500)
            case _:
                self.answer(content)

    def endless(self, first, piece):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        pieces = piece * max(1, (1 << 16) // len(piece))
        try:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(first), first))
            while not over.is_set():
                self.wfile.write(b"%x\r\n%s\r\n" % (len(pieces), pieces))
        except OSError:
            self.close_connection = True

    def drip(self, content):
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        try:
            for byte in content:
                if over.wait(0.05):
                    return
                self.wfile.write(bytes([byte]))
        except OSError:
            self.close_connection = True


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Clients go away in the middle: that is what they are tested for."""


server = Server(("127.0.0.1", 0), Handler)
server.daemon_threads = True
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
if options.lifetime is None:
    sys.stdin.read()
else:
    over.wait(options.lifetime)
over.set()
print("\n".join(asked), flush=True)
