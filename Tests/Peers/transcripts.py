"""What a real Kubo was asked and answered: `$SANDRUN_VECTORS/ipfs/rpc-transcripts.jsonl`, by default of ../shared/vectors beside the
checkout, read at run time."""
import base64
import json
import os
import pathlib
import sys


def rows(*servers, absent=0):
    """The rows about these servers, `rpc` or `gateway`; where there are none says so, and ends with the status `absent`."""
    folder = os.environ.get("SANDRUN_VECTORS") or pathlib.Path(__file__).resolve().parents[3] / "shared/vectors"
    source = pathlib.Path(folder) / "ipfs/rpc-transcripts.jsonl"
    if not source.is_file():
        print(f"no rows: all passed over, there is no {source}")
        sys.exit(absent)
    found = [json.loads(line) for line in source.read_text("utf-8").splitlines()]
    return [row for row in found if row.get("server") in servers]


def body(side):
    """The body of a request or an answer; empty where it is only described."""
    return base64.b64decode(side["body_b64"]) if "body_b64" in side else side.get("body", "").encode()
