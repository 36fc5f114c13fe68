#!/usr/bin/env python3
"""Hold a development chain to what a real geth answered.

  replay.py [--engine NAME] [--session NAME] [--verbose]

Each session starts a chain of its own by `sr-chain dev`, sends what was recorded, row by row, and compares.
In a clone without the transcript the committed rows of rows.jsonl are run alone.
"""

import argparse
import json
import sys
from collections import Counter

import transcript
from compare import ID_METHODS, Comparison, Names, short
from dev import Chain
from sessions import SESSIONS
from wire import Http, Socket


class Replay:
    """One session against one chain."""

    def __init__(self, session, chain, exact=True):
        self.session, self.chain, self.exact = session, chain, exact
        self.http, self.sockets = Http(chain.endpoint), {}
        self.names = Names()
        self.failures, self.run, self.skipped = [], 0, Counter()

    def play(self, rows):
        self.session.begin(self)
        for row in rows:
            for action in self.session.before.get(row["id"], ()):
                action(self)
            reason = self.session.left_out(row)
            if reason:
                self.skipped[reason] += 1
                continue
            self.run += 1
            try:
                differences = self._row(row)
            except Exception as error:  # a row that cannot be run differs
                differences = [f"cannot be run: {type(error).__name__}: {error}"]
            if differences:
                self.failures.append((row, differences))
            self.session.after(self, row)

    def _row(self, row):
        if row["transport"] == "ws":
            return self._websocket(row)
        http = row.get("http") or {}
        method, path = http.get("method", "POST"), http.get("path", "/")
        headers = http.get("headers", {"Content-Type": "application/json"})
        status, fields, body = self.http.exchange(method, path, headers, self._body(row))
        differences = []
        if status != row["http_status"]:
            differences.append(f"HTTP status: recorded {row['http_status']}, ours {status}")
        for name, value in row.get("response_headers", {}).items():
            ours = {key.lower(): text for key, text in fields.items()}.get(name.lower())
            if name == "Content-Type" and ours != value:
                differences.append(f"header {name}: recorded {value}, ours {ours}")
        return differences + self._compare(row, body)

    def _body(self, row):
        if "request_gen" in row:
            made = row["request_gen"]
            padding = made["total_bytes"] - len(made["prefix"]) - len(made["suffix"])
            return (made["prefix"] + made["pad"] * padding + made["suffix"]).encode()
        if "request_raw" in row:
            return row["request_raw"].encode()
        if row["request"] is None and "http" in row:
            return None
        is_recorded = row["id"] in self.session.as_recorded
        request = row["request"] if is_recorded else self.names.translate(row["request"])
        return json.dumps(request, separators=(",", ":")).encode()

    def _websocket(self, row):
        if "request_frame" in row:
            return self._frame(row)
        socket = self._socket(row["conn"])
        if "ws_close" in row:
            code = socket.closed()
            wanted = row["ws_close"]["code"]
            return [] if code == wanted else [f"close code: recorded {wanted}, ours {code}"]
        if row["request"] is not None or "request_raw" in row:
            socket.send(self._body(row).decode(), binary=row.get("frame") == "binary")
        if row.get("no_response"):
            heard = socket.silence()
            return [] if heard is None else [f"recorded silence, ours {short(heard)}"]
        text = socket.push() if row.get("push") else socket.answer()
        if text is None:
            return [f"nothing came; recorded {short(row['response'])}"]
        return self._compare(row, text.encode())

    def _frame(self, row):
        socket = Socket(self.chain.ws)
        if row["request_frame"]["opcode"] == "ping":
            answered = socket.ping(row["request_frame"]["payload"])
            socket.close()
            return [] if answered else ["a ping was not answered"]
        code = socket.close(row["request_frame"]["code"])
        wanted = row["response_frame"]["code"]
        return [] if code == wanted else [f"close code: recorded {wanted}, ours {code}"]

    def _socket(self, name):
        if name not in self.sockets:
            self.sockets[name] = Socket(self.chain.ws)
        return self.sockets[name]

    def _compare(self, row, body):
        """Compares an answer, which may be text, nothing, or JSON."""
        if "response_raw" in row and row["response"] is None:
            text = body.decode(errors="replace")
            return [] if text == row["response_raw"] else [
                f"body: recorded {short(row['response_raw'])!r}, ours {short(text)!r}"]
        if row["response"] is None and "response_raw" not in row:
            return [] if not body else [f"recorded nothing, ours {short(body.decode(errors='replace'))}"]
        if "response_raw" in row and row["response_raw"].strip() == body.decode().strip():
            return []
        try:
            answer = json.loads(body)
        except ValueError:
            return [f"no JSON: {short(body.decode(errors='replace'))}"]
        request = row["request"] if isinstance(row["request"], dict) else {}
        named, loose = set(), set(row["varies"])
        if request.get("method") in ID_METHODS and "response.result" in loose:
            named.add("response.result")
        if request.get("method") == "eth_getFilterChanges":
            named |= loose & {"response.result[*]"}
        if "response.params.subscription" in loose:
            named.add("response.params.subscription")
        differences = Comparison(self.names, loose - named, named, self.session.loose, self.exact).run(row["response"], answer)
        if differences and "response_raw" in row:
            differences.append(f"text: recorded {short(row['response_raw'])}, ours {short(body.decode())}")
        return differences


def report(name, replay, expected, verbose):
    """Tells how a session went; whether all is well."""
    for row, differences in replay.failures:
        print(f"DIFFERS {row['id']}: {row.get('what', '')}")
        print(f"  sent {short(json.dumps(row['request']))}")
        for line in differences[: None if verbose else 6]:
            print(f"  {line}")
        if not verbose and len(differences) > 6:
            print(f"  … and {len(differences) - 6} more")
    skipped = sum(replay.skipped.values())
    print(f"{name}: {replay.run} rows run, {len(replay.failures)} differ, {skipped} left out")
    for reason, count in sorted(replay.skipped.items()):
        print(f"  {count} left out: {transcript.REASONS[reason]}")
    if replay.run != expected:
        print(f"{name}: {expected} rows should have been run")
    return replay.run == expected and not replay.failures


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--engine", default="devchain")
    parser.add_argument("--session")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    folder = transcript.vectors()
    recorded = transcript.rows(folder / "geth-rpc.jsonl") if folder else []
    well = True
    for session in SESSIONS:
        if options.session not in (None, session.name):
            continue
        rows = session.rows(recorded)
        if not rows:
            print(f"{session.name}: no transcript here: {session.expected} rows skipped")
            continue
        with Chain(*session.options, engine=options.engine) as chain:
            replay = Replay(session, chain, options.engine == "devchain")
            replay.play(rows)
        well = report(session.name, replay, session.expected, options.verbose) and well
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
