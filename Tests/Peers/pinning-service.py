#!/usr/bin/env python3
"""Pinning services on one port: the Pinning Service API 1.0.0 and Pinata's own API, with a state machine and with faults.

    pinning-service.py [--lifetime SECONDS]

The first name of the path is a service of its own, with what is wrong with it: http://127.0.0.1:PORT/NAME+FAULT+FAULT:VALUE/pins;
the faults are the names asked for by `has`. The token is `good-token`. A request for a CID is queued, pinning, then pinned, one step
each time that it is looked at. POST /NAME/_seed?count=N fills it, and GET /NAME/_log tells what was asked. Prints its port; at the
end of its standard input, or where it has a lifetime when that is over, it ends.
"""
import argparse
import base64
import datetime
import fractions
import hashlib
import http.server
import json
import re
import sys
import threading
import time
import urllib.parse

parser = argparse.ArgumentParser()
parser.add_argument("--lifetime", type=float)
options = parser.parse_args()
over = threading.Event()
services = {}
START = 1767225600  # 2026-01-01
STATES = ["queued", "pinning", "pinned", "failed"]
ODD = "Ünde r/../%2e?#&=+"


def cid(text):
    digest = hashlib.sha256(text.encode()).digest()
    return "b" + base64.b32encode(b"\x01\x55\x12\x20" + digest).decode().lower().rstrip("=")


def base58(text):
    number = 0
    for letter in text:
        number = number * 58 + "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".index(letter)
    return number.to_bytes(34, "big")


def moment(text):
    found = re.fullmatch(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)", text)
    zone = "+00:00" if found[3] == "Z" else found[3]
    whole = int(datetime.datetime.fromisoformat(found[1] + zone).timestamp())
    return whole + fractions.Fraction("0" + (found[2] or ".0"))


class Service:
    def __init__(self, faults):
        self.lock = threading.Lock()
        self.pins, self.asked, self.faults, self.made = [], [], faults, 0

    def has(self, fault):
        return self.faults.get(fault)

    def once(self, fault):
        """Whether a fault that happens so many times happens now; without a number, always."""
        left = self.faults.get(fault)
        if left is None or left == "":
            return left == ""
        self.faults[fault] = str(int(left) - 1)
        return int(left) > 0

    def clock(self):
        self.made += 1
        if self.has("same") is not None:
            return fractions.Fraction(START)
        number = self.made // int(self.has("group") or 1)
        # A quarter of a second and a little apart: several in each second.
        return START + number * fractions.Fraction(250000000001, 10**12)

    def created(self, at):
        whole = datetime.datetime.fromtimestamp(int(at), datetime.timezone.utc)
        text = whole.strftime("%Y-%m-%dT%H:%M:%S")
        if self.has("coarse") is not None:
            return text + "Z"
        if self.has("zone") is not None:
            there = whole + datetime.timedelta(hours=5, minutes=30)
            text, end = there.strftime("%Y-%m-%dT%H:%M:%S"), "+05:30"
        else:
            end = "Z"
        return f"{text}.{int(at % 1 * 10**12):012d}{end}"

    def add(self, pin):
        if self.has("v1") is not None and pin["cid"].startswith("Qm"):
            # A CID of version 0 is kept as one of version 1.
            pin = {**pin, "cid": "b" + base64.b32encode(b"\x01\x70" + base58(pin["cid"])).decode().lower().rstrip("=")}
        at = self.clock()
        state = "failed" if self.has("fails") is not None else "queued"
        identity = f"{ODD}{self.made}" if self.has("odd") is not None else f"request-{self.made}"
        entry = {"requestid": identity, "status": state, "at": at, "pin": pin}
        self.pins.insert(0, entry)
        return entry

    def step(self, entry):
        if self.has("stuck") is None and entry["status"] in ("queued", "pinning"):
            entry["status"] = STATES[STATES.index(entry["status"]) + 1]
            if self.has("fails-later") is not None and entry["status"] == "pinned":
                entry["status"] = "failed"

    def told(self, entry):
        pin = dict(entry["pin"])
        if self.has("other-cid") is not None:
            pin["cid"] = cid("another")
        told = {
            "requestid": entry["requestid"], "status": entry["status"], "created": self.created(entry["at"]),
            "pin": pin, "delegates": ["/dnsaddr/pin.example/p2p/QmDelegate"], "info": {}}
        if entry["status"] == "failed":
            told["info"] = {"status_details": "nobody has it\x1b[2J" + "!" * int(self.has("long") or 0)}
        return told


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, fields=()):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        if not any(name == "Content-Type" for name, _ in fields):
            self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for field in fields:
            self.send_header(*field)
        self.end_headers()
        if self.service.has("drip") is not None:
            # A byte at a time, never silent for long, and never done.
            for byte in body:
                if over.wait(0.5):
                    return
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
        elif self.service.has("slow") is not None:
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.001)
        else:
            self.wfile.write(body)

    def refuse(self, status, reason, details="", fields=()):
        self.answer(status, {"error": {"reason": reason, "details": details}}, fields)

    def handle_request(self):
        url = urllib.parse.urlsplit(self.path)
        names = url.path.split("/")[1:]
        faults = dict((word.split(":") + [""])[:2] for word in urllib.parse.unquote(names[0]).split("+")[1:])
        self.service = service = services.setdefault(names[0], Service(faults))
        self.query = {name: values[0] for name, values in urllib.parse.parse_qs(url.query).items()}
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        names = [urllib.parse.unquote(name) for name in names[1:]]
        with service.lock:
            if names == ["_log"]:
                return self.answer(200, "".join(f"{line}\n" for line in service.asked).encode())
            if names == ["_seed"]:
                for index in range(int(self.query["count"])):
                    pin = {"cid": cid(f"seed {index}"), "name": f"Seed {index}", "meta": {"app": str(index % 2)}}
                    service.add(pin)["status"] = self.query.get("status", "pinned")
                return self.answer(200, b"")
            service.asked.append(f"{self.command} {self.path.split('/', 2)[2]} {json.dumps(body)}")
            self.respond(names, body)

    do_GET = do_POST = do_DELETE = handle_request

    def respond(self, names, body):
        service = self.service
        if self.headers.get("Authorization") != "Bearer good-token" or service.has("forbids") is not None:
            given = "Authorization" in self.headers
            return self.refuse(403 if given and service.has("forbids") is not None else 401, "UNAUTHORIZED", "bad token")
        if service.once("429"):
            return self.refuse(429, "TOO_MANY", fields=[("Retry-After", service.has("after") or "0")])
        if service.once("503"):
            return self.refuse(503, "BUSY")
        if service.once("500"):
            return self.refuse(500, "INTERNAL_SERVER_ERROR", "x" * 5000)
        if service.has("garbage") is not None:
            return self.answer(200, b'{"requestid": "a')
        if service.has("html") is not None:
            return self.answer(404, b"<html>not here</html>", [("Content-Type", "text/html")])
        if service.has("away") is not None:
            return self.answer(307, b"", [("Location", "http://127.0.0.1:1/")])
        if service.has("huge") is not None:
            return self.answer(200, b'{"count":0,"results":[' + b" " * (17 << 20) + b"]}")
        if names[0] == "pins":
            self.pins(names[1:], body)
        else:
            self.pinata(names, body)

    # The Pinning Service API

    def pins(self, names, body):
        service = self.service
        if not names and self.command == "GET":
            return self.page()
        if self.command == "POST":
            if service.has("poor") is not None:
                return self.refuse(409, "INSUFFICIENT_FUNDS", "top up your account")
            if service.has("duplicate") is not None and any(e["pin"]["cid"] == body["cid"] for e in service.pins):
                return self.refuse(int(service.has("duplicate") or 409), "DUPLICATE_OBJECT", "pinned already")
        if names:
            entry = next((entry for entry in service.pins if entry["requestid"] == names[0]), None)
            if entry is None:
                return self.refuse(404, "NOT_FOUND", "no such request")
            if self.command == "GET":
                service.step(entry)
                return self.answer(200, service.told(entry))
            if self.command == "POST" and service.once("drops-replace"):
                self.close_connection = True
                return
            service.pins.remove(entry)
            if self.command == "DELETE":
                return self.answer(202, b"")
            if service.once("halves"):
                # What was there is gone, and nothing is in its place.
                self.close_connection = True
                return
            if service.once("loses-replace"):
                service.add(body)
                self.close_connection = True
                return
            if service.once("keeps-replace"):
                service.add(body)
                service.pins.append(entry)
                self.close_connection = True
                return
        if service.once("loses"):
            # Whether it came is not told, though it did.
            service.add(body)
            self.close_connection = True
            return
        if service.once("loses-500"):
            service.add(body)
            return self.refuse(500, "INTERNAL_SERVER_ERROR")
        if service.once("drops"):
            self.close_connection = True
            return
        self.answer(202, service.told(service.add(body)))

    def fits(self, entry):
        service, query, pin = self.service, self.query, entry["pin"]
        if service.has("deaf") is not None:
            return True
        name, match = query.get("name"), query.get("match", "exact")
        found = pin.get("name", "")
        if match.startswith("i"):
            name, found = name and name.lower(), found.lower()
        return (
            entry["status"] in query.get("status", "pinned").split(",")
            and ("cid" not in query or pin["cid"] in query["cid"].split(","))
            and (name is None or (name in found if match.endswith("partial") else name == found))
            and all(pin.get("meta", {}).get(k) == v for k, v in json.loads(query.get("meta", "{}")).items()))

    def page(self):
        service = self.service
        pins = [entry for entry in service.pins if self.fits(entry)]
        if service.has("steps") is not None:
            for entry in pins:
                service.step(entry)
        whole = len(pins)
        if "before" in self.query and service.has("repeats") is None:
            before = moment(self.query["before"])
            inclusive = service.has("inclusive") is not None
            pins = [e for e in pins if e["at"] < before or inclusive and e["at"] == before]
        limit = min(int(self.query.get("limit", 10)), int(service.has("cap") or 1000))
        answer = {"count": len(pins), "results": [service.told(entry) for entry in pins[:limit]]}
        if service.has("page-count") is not None:
            answer["count"] = len(answer["results"])
        if service.has("endless") is not None:
            # As many as anybody wants, each older than the last.
            at = moment(self.query["before"]) if "before" in self.query else fractions.Fraction(START)
            entries = [
                {"requestid": f"{at}-{index}", "status": "pinned", "at": at - 1 - index,
                 "pin": {"cid": self.query.get("cid", cid("endless")).split(",")[0]}} for index in range(1000)]
            answer = {"count": 1 << 40, "results": [service.told(entry) for entry in entries]}
        if service.has("strange-state") is not None:
            answer["results"][-1]["status"] = "thinking"
        if service.has("generous") is not None:
            answer["results"] = [service.told(entry) for entry in pins]
        if service.has("total") is not None:
            answer["count"] = whole
        if service.has("countless") is not None:
            del answer["count"]
        if service.has("backwards") is not None:
            answer["results"] = [service.told(entry) for entry in pins[::-1][:limit]]
        self.answer(200, answer)

    # Pinata's own API

    def pinata(self, names, body):
        service = self.service
        match self.command, names:
            case "POST", ["pinning", "pinByHash"]:
                metadata = body.get("pinataMetadata", {})
                if service.once("loses"):
                    self.close_connection = True
                entry = service.add({"cid": body["hashToPin"], "name": metadata.get("name"), "meta": metadata.get("keyvalues")})
                if self.close_connection:
                    return
                told = service.told(entry)["pin"]
                self.answer(200, {"id": entry["requestid"], "ipfsHash": told["cid"], "status": "prechecking", "name": told["name"]})
            case "GET", ["pinning", "pinJobs"]:
                words = {"queued": "prechecking", "pinning": "retrieving", "failed": "expired"}
                rows = [
                    {"id": e["requestid"], "ipfs_pin_hash": e["pin"]["cid"], "date_queued": service.created(e["at"]),
                     "name": e["pin"].get("name"), "status": words[e["status"]], "keyvalues": e["pin"].get("meta"), "host_nodes": []}
                    for e in service.pins if e["status"] != "pinned" and self.query.get("ipfs_pin_hash", e["pin"]["cid"]) == e["pin"]["cid"]]
                if "ipfs_pin_hash" in self.query:
                    for entry in service.pins:
                        if entry["pin"]["cid"] == self.query["ipfs_pin_hash"]:
                            service.step(entry)
                self.rows(rows, "limit", "offset")
            case "GET", ["data", "pinList"]:
                if self.query.get("pageOffset") != "0" and service.once("removes"):
                    # Others take pins away while the list is read.
                    del service.pins[: len(service.pins) // 4]
                rows = [
                    {"id": e["requestid"], "ipfs_pin_hash": e["pin"]["cid"], "size": 5, "date_pinned": service.created(e["at"]),
                     "metadata": {"name": e["pin"].get("name"), "keyvalues": e["pin"].get("meta")}}
                    for e in service.pins if e["status"] == "pinned" and self.query.get("hashContains", "") in e["pin"]["cid"]]
                self.rows(rows, "pageLimit", "pageOffset")
            case "DELETE", ["pinning", "unpin", text]:
                found = [e for e in service.pins if e["pin"]["cid"] == text and e["status"] == "pinned"]
                if not found:
                    return self.refuse(400, "CURRENT_USER_HAS_NOT_PINNED_CID", "not pinned")
                service.pins = [e for e in service.pins if e not in found]
                self.answer(200, b"OK", [("Content-Type", "text/plain")])
            case _:
                self.refuse(404, "NOT_FOUND")

    def rows(self, rows, limit, offset):
        start = 0 if self.service.has("repeats") is not None else int(self.query.get(offset, 0))
        size = min(int(self.query.get(limit, 10)), int(self.service.has("cap") or 1000))
        answer = {"count": len(rows), "rows": rows[start:start + size]}
        if self.service.has("page-count") is not None:
            answer["count"] = len(answer["rows"])
        if self.service.has("endless") is not None:
            at = self.service.created(fractions.Fraction(START))
            answer = {"count": 1 << 40, "rows": [
                {"id": str(index), "ipfs_pin_hash": cid("endless"), "date_pinned": at, "date_queued": at, "status": "expired"}
                for index in range(start, start + size)]}
        if self.service.has("countless") is not None:
            del answer["count"]
        self.answer(200, answer)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
if options.lifetime is None:
    sys.stdin.read()
else:
    over.wait(options.lifetime)
