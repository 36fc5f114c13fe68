#!/usr/bin/env python3
"""Answers as a real Kubo did: from the recorded rows of `$SANDRUN_VECTORS/ipfs/rpc-transcripts.jsonl`, read at run time.

    kubo-replay.py [--server rpc|gateway] [--fault KIND[@COMMAND]] [--piece N] [--lifetime SECONDS] [--log FILE]

A request finds its row by method, path, query (in any order) and body; rows that were asked for the same are answered in their order,
the last of them for ever. Status, fields, framing, body, trailers and the end of the connection are the row's. Of a long body only the
beginning was recorded: such an answer breaks off there. Prints its port, then how many rows it has, and how many of them break off;
`no rows` and status 77 where there are none.
"""
import argparse
import threading
import urllib.parse

import kubo_wire
import transcripts

parser = argparse.ArgumentParser()
parser.add_argument("--server", default="rpc", choices=["rpc", "gateway"])
kubo_wire.options(parser)
given = parser.parse_args()
rows = {}
count = cut = 0
for row in transcripts.rows(given.server, absent=77):
    count += 1
    cut += bool(row["response"].get("body_truncated"))
    url = urllib.parse.urlsplit(row["request"]["path"])
    query = tuple(sorted(urllib.parse.parse_qsl(url.query, keep_blank_values=True)))
    rows.setdefault((row["request"]["method"], url.path, query), []).append(row)
used = set()
lock = threading.Lock()


def fits(row, headers, body):
    request = row["request"]
    if "body_described" not in request and transcripts.body(request) != body:
        return False
    # A row about a field of the header is for requests with that field.
    return all(
        headers.get(name) == value for name, value in request.get("headers", {}).items()
        if name in ("Origin", "Referer", "User-Agent", "Range", "Accept", "If-None-Match"))


class Handler(kubo_wire.Handler):
    def reply(self, method, path, query, headers, body):
        with lock:
            found = [row for row in rows.get((method, path, tuple(sorted(query))), []) if fits(row, headers, body)]
            # Rows about a field go before those about none.
            found.sort(key=lambda row: -len(row["request"].get("headers", {})))
            fresh = [row for row in found if row["id"] not in used]
            row = (fresh or found[-1:] or [None])[0]
            if row is None:
                return kubo_wire.plain(501, "no row for this request\n")
            used.add(row["id"])
        response = row["response"]
        whole = not response.get("body_truncated") and response.get("chunked_complete", True)
        return kubo_wire.Answer(
            response["status"], response["headers"].items(), transcripts.body(response), response["framing"],
            response.get("trailers", {}).items(), whole, response.get("connection_reset", False))


kubo_wire.serve(Handler, given, [f"{count} rows", f"{cut} break off"])
