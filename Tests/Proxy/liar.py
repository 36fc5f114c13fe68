#!/usr/bin/env python3
"""A node that lies: hands every request to a real node, and spoils some of its answers in one way.

    liar.py --node http://127.0.0.1:8443 --lie wrong-content

Prints its port as a line when it is ready; ends after --lifetime. WebSockets are refused, so that clients poll.
"""

import argparse
import http.client
import http.server
import json
import os
import re
import threading
import urllib.parse

# What an answer becomes: a function of the lie's name, met by the path that it lies about.
LIES = {}


def lie(path):
    def register(function):
        LIES[function.__name__.replace("_", "-")] = (re.compile(path), function)
        return function
    return register


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def change(self, edit):
        """Edits the body as JSON."""
        value = json.loads(self.body)
        changed = edit(value)
        self.body = json.dumps(value if changed is None else changed).encode()


def flipped(text):
    """A text with its last letter or digit another one of its kind."""
    return text[:-1] + {"a": "b", "0": "1"}.get(text[-1], "a" if text[-1].isalpha() else "0")


# Bytes.

@lie("^/download/")
def wrong_download(handler, answer):
    answer.body = bytes([answer.body[0] ^ 1]) + answer.body[1:]


@lie("^/download/")
def long_download(handler, answer):
    answer.body += b"and more"


@lie("^/download/")
def short_download(handler, answer):
    answer.body = answer.body[:-1]


@lie("^/ipfs/")
def wrong_content(handler, answer):
    place = len(answer.body) - 5
    answer.body = answer.body[:place] + bytes([answer.body[place] ^ 1]) + answer.body[place + 1:]


@lie("^/ipfs/")
def short_content(handler, answer):
    answer.body = answer.body[:-10]


@lie("^/ipfs/")
def other_content(handler, answer):
    """The CAR of something else, in itself all right: the job's own code."""
    status = json.loads(handler.ask("GET", f"/status/{handler.options.other}").body)
    answer.body = handler.ask("GET", f"/ipfs/{status['code_cid']}?format=car").body


@lie("^/ipfs/")
def empty_content(handler, answer):
    answer.body = b""


# Statuses.

def final(edit):
    """Edits the status of a job that is over."""
    def changed(answer):
        if json.loads(answer.body).get("status") in ("completed", "failed", "cancelled"):
            answer.change(edit)
    return changed


@lie("^/status/")
def wrong_hash(handler, answer):
    def edit(status):
        for file in status["result"]["outputs"]["files"]:
            file["sha256"] = flipped(file["sha256"])
        for file in status["output_files"].values():
            file["sha256"] = flipped(file["sha256"])
    final(edit)(answer)


@lie("^/status/")
def wrong_size(handler, answer):
    def edit(status):
        for file in status["result"]["outputs"]["files"]:
            file["size"] += 1
    final(edit)(answer)


@lie("^/status/")
def escaping_path(handler, answer):
    def edit(status):
        for number, file in enumerate(status["result"]["outputs"]["files"]):
            file["path"] = "../" * (number + 1) + "escaped"
    final(edit)(answer)


@lie("^/status/")
def wrong_outputs(handler, answer):
    def edit(status):
        status["result"]["outputs"]["cid"] = status["code_cid"]
        status["outputs_cid"] = status["code_cid"]
    final(edit)(answer)


@lie("^/status/")
def wrong_exit(handler, answer):
    def edit(status):
        status["result"]["exitCode"] = 0
        status["result"]["status"] = "completed"
        status["status"] = "completed"
    final(edit)(answer)


@lie("^/status/")
def unsigned(handler, answer):
    final(lambda status: status["worker_metadata"].pop("signature"))(answer)


@lie("^/status/")
def other_worker(handler, answer):
    def edit(status):
        status["worker_metadata"]["worker_id"] = "0x" + "11" * 20
    final(edit)(answer)


@lie("^/status/")
def other_job(handler, answer):
    """The whole status of another job."""
    answer.body = handler.ask("GET", f"/status/{handler.options.other}").body


@lie("^/status/")
def other_result(handler, answer):
    """Another job's status under this job's name."""
    own = json.loads(answer.body)
    other = json.loads(handler.ask("GET", f"/status/{handler.options.other}").body)
    other["job_id"] = own["job_id"]
    answer.body = json.dumps(other).encode()


@lie("^/status/")
def other_proof(handler, answer):
    other = json.loads(handler.ask("GET", f"/status/{handler.options.other}").body)

    def edit(status):
        status["proof"] = other["proof"]
        status["proof_cid"] = other["proof_cid"]
    final(edit)(answer)


@lie("^/status/")
def other_root(handler, answer):
    def edit(status):
        status["proof"]["traceRoot"] = flipped(status["proof"]["traceRoot"])
    final(edit)(answer)


# Nonsense.

ABSURD = {
    "list": b"[]", "null": b"null", "text": b"pong", "empty": b"", "half": b'{"job_id": "',
    "deep": b"[" * 100_000, "number": b'{"job_id": 1e999999999, "status": 12}',
    "state": b'{"job_id":"00000000000000000000000000000000","status":"resting"}',
    "bytes": b"\xff\xfe\x00\x01", "twice": b'{"a":1}{"a":2}',
}


def absurd(body):
    def answer_with(handler, answer):
        answer.body = body
    return answer_with


for kind, body in ABSURD.items():
    for place, path in (("status", "^/status/"), ("submit", "^/submit"), ("root", "^/$")):
        LIES[f"absurd-{place}-{kind}"] = (re.compile(path), absurd(body))


class Spoiled(Exception):
    """The answer is on its way already, in some form."""


PLACES = (("root", "^/$"), ("submit", "^/submit"), ("push", "^/ipfs$"), ("status", "^/status/"),
          ("content", "^/ipfs/"), ("download", "^/download/"))


def endless(handler, answer):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while True:
        handler.wfile.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")


def loop(handler, answer):
    handler.plain(302, [("Location", handler.path)])


def page(handler, answer):
    handler.plain(500, [("Content-Type", "text/html")], b"<html><body>\x1b[31mIt broke</body></html>")


def silence(handler, answer):
    threading.Event().wait(handler.options.lifetime)


for place, path in PLACES:
    for function in (endless, loop, page, silence):
        LIES[f"{function.__name__}-{place}"] = (re.compile(path), function)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def ask(self, method, target, body=None, headers=()):
        node = urllib.parse.urlsplit(self.options.node)
        connection = http.client.HTTPConnection(node.hostname, node.port, timeout=60)
        connection.request(method, target, body, dict(headers))
        response = connection.getresponse()
        kept = [(name, value) for name, value in response.getheaders()
                if name.lower() in ("content-type", "content-range", "retry-after", "location")]
        return Answer(response.status, kept, response.read())

    def read(self):
        """The request's body, whole."""
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", 0)))
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def plain(self, status, headers=(), body=b""):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        raise Spoiled

    def serve(self):
        try:
            body = self.read()
            if self.headers.get("Upgrade"):
                self.plain(404)
            path, change = LIES[self.options.lie]
            headers = [(name, self.headers[name]) for name in
                       ("Content-Type", "Idempotency-Key", "Range", "Accept") if self.headers[name]]
            answer = self.ask(self.command, self.path, body, headers)
            if path.search(self.path.split("?")[0]) and answer.status < 400:
                change(self, answer)
            self.plain(answer.status, answer.headers, answer.body)
        except (Spoiled, ConnectionError):
            pass

    do_GET = do_POST = do_DELETE = do_HEAD = serve


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--node", required=True, help="the real node")
    parser.add_argument("--lie", required=True, choices=sorted(LIES))
    parser.add_argument("--other", help="another job on the node, for the lies that need one")
    parser.add_argument("--lifetime", type=float, default=120)
    Handler.options = parser.parse_args()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    threading.Timer(Handler.options.lifetime, os._exit, [0]).start()
    server.serve_forever()


if __name__ == "__main__":
    main()
