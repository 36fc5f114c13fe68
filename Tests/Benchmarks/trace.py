#!/usr/bin/env python3
"""Write a long trace beside a real one, and the record that goes with it.

usage: trace.py RECORD FOLDER MEGABYTES

RECORD is what sr-node exec wrote for a short job. Its trace is taken as the model: the same
start, outputs and end, with as many lines of output in between as MEGABYTES asks for.
"""

import hashlib
import json
import os
import subprocess
import sys


def main() -> int:
    with open(sys.argv[1], encoding="utf-8") as file:
        record = json.load(file)
    folder, limit = sys.argv[2], int(sys.argv[3]) * 1_000_000
    text = subprocess.run(
        ["zstd", "-dcq", record["result"]["trace"]], check=True, capture_output=True).stdout
    events = [json.loads(line) for line in text.splitlines()]
    start = [event for event in events if event["type"] == "start"]
    tail = [event for event in events if event["type"] in ("exit", "output", "end")]
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, "trace.jsonl")
    whole = hashlib.sha256()
    written = offset = sequence = 0
    with open(path, "w", encoding="utf-8") as file:

        def put(event: dict) -> None:
            nonlocal written, sequence
            event["seq"] = sequence
            sequence += 1
            written += file.write(json.dumps(event, separators=(",", ":")) + "\n")

        put(start[0])
        while written < limit:
            chunk = b"%d\n" % sequence
            whole.update(chunk)
            put({"type": "stdout", "seq": 0, "at": 0.001, "offset": offset, "length": len(chunk),
                 "sha256": hashlib.sha256(chunk).hexdigest()})
            offset += len(chunk)
        log = {"size": offset, "sha256": whole.hexdigest(), "truncated": False}
        for event in tail:
            if event["type"] == "exit":
                event["logs"]["stdout"] = log
            if event["type"] == "end":
                event["count"] = sequence + 1
            put(event)
    record["result"]["logs"]["stdout"].update(log)
    record["result"]["trace"] = os.path.abspath(path)
    print(json.dumps(record, separators=(",", ":")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
