#!/usr/bin/env python3
"""Holds kubo-node.py to what a real Kubo node was seen to answer, and kubo-replay.py to its rows, on real sockets.

    kubo-check.py node|replay

Reads the rows of `$SANDRUN_VECTORS/ipfs/rpc-transcripts.jsonl` (by default ../shared/vectors beside the checkout). Says how many were
held, and how many were passed over and why; ends with 1 where an answer differs, with 0 where there are no rows.
"""
import hashlib
import json
import pathlib
import re
import socket
import subprocess
import sys
import urllib.parse

import transcripts

here = pathlib.Path(__file__).resolve().parent
rows = transcripts.rows("rpc")
which = sys.argv[1]

# What differs by repository and run, or is about options that sr-ipfs asks no node for.
UNLIKE = {
    "003-id": "a random key", "004-id-bad": "asks for a peer", "267-online-id": "a random key",
    "017-add-mode-mtime": "writes a mode", "019-add-inline": "writes inline", "018-add-tofiles": "keeps a tree of its own",
    "020-add-badchunker": "chooses a chunker", "021-add-bigchunker": "chooses a chunker", "022-add-badhash": "chooses a hash",
    "027-add-badbool": "has an option that is none", "025-add-notmultipart": "has a body that is no form",
    "138-repo-stat": "a size on disk", "139-repo-stat-sizeonly": "a size on disk",
    "152-key-rm": "a random key",
}
COMMANDS = {
    "version", "id", "block/get", "block/stat", "block/put", "block/rm", "dag/export", "dag/import", "pin/add", "pin/ls", "pin/rm",
    "pin/update", "refs", "routing/findprovs", "add",
}


def stream(seed, length):
    out = bytearray()
    index = 0
    while len(out) < length:
        out += hashlib.sha256(seed.encode() + index.to_bytes(8, "big")).digest()
        index += 1
    return bytes(out[:length])


def body_of(side):
    if "body_described" in side:
        told = side["body_described"]
        if match := re.search(r"filename (\S+), sha256ctr seed (\S+) length (\d+)", told):
            name, content = match.group(1), stream(match.group(2), int(match.group(3)))
        elif match := re.search(r"2 MiB( \+ 1)? zero bytes", told):
            name, content = "b", bytes((2 << 20) + bool(match.group(1)))
        else:
            return None
        head = f'--vecboundary7f3a\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        return (head + "Content-Type: application/octet-stream\r\n\r\n").encode() + content + b"\r\n--vecboundary7f3a--\r\n"
    return transcripts.body(side)


class Wire:
    """One exchange, with the trailers that http.client throws away."""

    def __init__(self, port, row):
        request = row["request"]
        body = body_of(request) or b""
        fields = {"Host": "127.0.0.1:5001", "User-Agent": "vectors/1", "Accept": "*/*", "Connection": "close"}
        fields |= request.get("headers", {})
        if "body_described" in request:
            fields["Content-Type"] = "multipart/form-data; boundary=vecboundary7f3a"
        if body or request["method"] in ("POST", "PUT"):
            fields["Content-Length"] = str(len(body))
        head = f"{request['method']} {request['path']} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in fields.items())
        with socket.create_connection(("127.0.0.1", port), timeout=300) as connection:
            connection.sendall(head.encode() + b"\r\n" + body)
            data = b""
            try:
                while piece := connection.recv(1 << 16):
                    data += piece
                self.reset = False
            except ConnectionResetError:
                self.reset = True
        head, _, rest = data.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        self.status = int(lines[0].split()[1])
        self.fields = dict(line.split(": ", 1) for line in lines[1:])
        self.trailers, self.complete, self.body = {}, True, rest
        self.framing = "chunked" if "Transfer-Encoding" in self.fields else "content-length" if "Content-Length" in self.fields else "close"
        if self.framing == "chunked":
            self.dechunk(rest)
        for name in ("Date", "Connection"):
            self.fields.pop(name, None)

    def dechunk(self, rest):
        self.body, self.complete = b"", False
        while b"\r\n" in rest:
            size, _, rest = rest.partition(b"\r\n")
            size = int(size, 16)
            if size == 0:
                self.complete = True
                self.trailers = dict(line.split(": ", 1) for line in rest.decode().split("\r\n") if line)
                return
            self.body += rest[:size]
            rest = rest[size + 2:]


def settled(text, path):
    """The lines of an answer, those of a list without an order in an order."""
    lines = [json.loads(line) for line in text.splitlines()]
    if any(name in path for name in ("pin/ls", "refs")):
        lines = sorted(lines, key=json.dumps)
    return lines


def differs(row, got):
    wanted, path = row["response"], row["request"]["path"]
    if got.status != wanted["status"]:
        return f"status {got.status}, not {wanted['status']}: {got.body[:200]}"
    if got.fields != wanted["headers"]:
        return f"fields {got.fields}, not {wanted['headers']}"
    if got.framing != wanted["framing"] or got.complete != wanted.get("chunked_complete", True):
        return f"framing {got.framing}"
    if got.trailers != wanted.get("trailers", {}):
        return f"trailers {got.trailers}, not {wanted.get('trailers', {})}"
    if row["request"]["method"] == "HEAD":
        return None
    body = body_of(wanted)
    if wanted.get("body_truncated"):
        same = len(got.body) == wanted["body_length"] and hashlib.sha256(got.body).hexdigest() == wanted["body_sha256"]
        return None if same else f"{len(got.body)} bytes of another body"
    if got.body == body:
        return None
    if wanted["headers"].get("Content-Type") == "application/json":
        if settled(got.body.decode(), path) == settled(body.decode(), path):
            return None
    return f"body {got.body[:300]}, not {body[:300]}"


def run(script, *arguments):
    process = subprocess.Popen(
        [sys.executable, here / script, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, int(process.stdout.readline())


held, over, wrong = 0, {}, 0


def judge(row, reason):
    global held, wrong
    if reason:
        wrong += 1
        print(f"not ok {row['id']}: {reason}")
    else:
        held += 1


def passed(why):
    over[why] = over.get(why, 0) + 1


def check_node():
    offline, offline_port = run("kubo-node.py")
    online, online_port = run("kubo-node.py", "--online")
    seeking, seeking_port = run("kubo-node.py", "--online", "--seek")
    # The real node had this tree from a row of `add` that the stand-in passes over.
    Wire(offline_port, next(row for row in rows if row["id"] == "096-dag-import"))
    for row in rows:
        path = row["request"]["path"]
        command = urllib.parse.urlsplit(path).path.removeprefix("/api/v0/")
        is_command = row["request"]["method"] == "POST" and path.startswith("/api/v0/") and command not in ("pin/none", "no/such/command")
        if is_command and command not in COMMANDS:
            passed("of other commands")
        elif row["id"] in UNLIKE:
            passed("of what a run or an option makes unlike")
        elif command == "version" and "encoding" in path or row["request"]["path"] == "/webui":
            passed("of other encodings and pages")
        elif command == "add" and ("x-directory" in row["request"].get("body", "") or "wrap" in path or "x%2Fy" in path):
            passed("of other commands")
        elif row["response"].get("body_truncated") and command in ("pin/ls", "refs/local"):
            passed("of long answers without an order")
        elif command == "pin/ls" and "arg=" not in path and "type=weird" not in path and "direct" != path.rpartition("=")[2]:
            # The real node held what rows of other commands put there.
            passed("of all pins")
        else:
            port = online_port if "-online-" in row["id"] else offline_port
            # What is asked for until a time is up is looked for until then.
            port = seeking_port if "timeout=" in path else port
            judge(row, differs(row, Wire(port, row)))
    for process in (offline, online, seeking):
        process.stdin.close()
        process.wait()


def check_replay():
    process, port = run("kubo-replay.py")
    print(process.stdout.readline().strip() + ", " + process.stdout.readline().strip())
    for row in rows:
        if row["response"].get("body_truncated"):
            got = Wire(port, row)
            judge(row, None if not got.complete and got.body == body_of(row["response"]) else "it does not break off")
        else:
            judge(row, differs(row, Wire(port, row)))
    process.stdin.close()
    process.wait()


{"node": check_node, "replay": check_replay}[which]()
skipped = ", ".join(f"{count} {why}" for why, count in over.items())
print(f"{held} rows held, {wrong} differ, {sum(over.values())} passed over" + (f": {skipped}" if skipped else ""))
sys.exit(1 if wrong else 0)
