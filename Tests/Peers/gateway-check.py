#!/usr/bin/env python3
"""Holds gateway.py's archives to those that a real Kubo gateway was seen to send: the same blocks in the same order.

Reads the rows of `$SANDRUN_VECTORS/ipfs/rpc-transcripts.jsonl` (by default ../shared/vectors beside the checkout). Says how many were
held, and how many were passed over; ends with 1 where an archive differs, with 0 where there are no rows.
"""

import sys
import urllib.parse

import dag
import transcripts


def sections(data):
    """The blocks of an archive, as (CID, bytes)."""
    length, at = dag.varint(data, 0)
    at += length
    found = []
    while at < len(data):
        length, at = dag.varint(data, at)
        size = dag.cid_length(data, at)
        found.append((data[at : at + size], data[at + size : at + length]))
        at += length
    return found


archives, passed = [], 0
store = dag.Store([])
for row in transcripts.rows("gateway", "rpc"):
    told = row["response"]
    if "vnd.ipld.car" not in told["headers"].get("Content-Type", "") and "dag/export" not in row["request"]["path"]:
        continue
    if told["status"] != 200 or "body_b64" not in told or told.get("body_truncated") or not told["body_b64"]:
        passed += 1
        continue
    blocks = sections(transcripts.body(told))
    for cid, data in blocks:
        store.blocks[dag.digest(cid)] = data
    if row["server"] == "gateway":
        archives.append((row, [cid for cid, _ in blocks]))

failed = 0
for row, wanted in archives:
    url = urllib.parse.urlsplit(row["request"]["path"])
    words = [urllib.parse.unquote_to_bytes(word) for word in url.path.strip("/").split("/")]
    query = dict(urllib.parse.parse_qsl(url.query))
    first, _, last = query.get("entity-bytes", "0:*").partition(":")
    span = (int(first), None if last == "*" else int(last))
    try:
        made = store.archive(dag.cid_bytes(words[1].decode()), words[2:], query.get("dag-scope", "all"), span)
    except dag.Missing as missing:
        # What leads to nothing ends where the path does.
        made = missing.passed
    if list(made) != wanted:
        failed += 1
        print(f"{row['id']}: {[dag.base32(one) for one in made]}, not {[dag.base32(one) for one in wanted]}")
print(f"held {len(archives) - failed} of {len(archives)}, passed over {passed}")
sys.exit(failed > 0)
