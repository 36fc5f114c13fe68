#!/usr/bin/env python3
"""Judge the proofs of a record with none of our own code: zstd, hashlib and eth-account.

usage: proof.py <RECORD

Says "agreed" with the signer where everything holds, else what does not, with status 1.
"""

import base64
import hashlib
import json
import struct
import subprocess
import sys

from eth_abi import encode
from eth_account import Account
from eth_account.messages import encode_defunct, encode_typed_data
from eth_utils import keccak

RESULT_TYPE = b"SandrunResult(bytes32 specification,bytes32 code,bytes32 outputs,uint256 exitStatus)"


def digest(cid: str) -> bytes:
    """The sha2-256 digest of a CIDv1 in base32."""
    assert cid[0] == "b", cid
    raw = base64.b32decode(cid[1:].upper() + "=" * (-len(cid[1:]) % 8))
    assert raw[0] == 1 and raw[2:4] == b"\x12\x20", cid
    return raw[4:]


def canonical(value: object) -> str:
    """RFC 8785 for strings, integers, booleans, arrays and objects."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{json.dumps(n, ensure_ascii=False)}:{canonical(value[n])}" for n in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def frames(data: bytes) -> list[bytes]:
    """The compressed frames that the seek table at the end of a proof names."""
    count, flags, magic = struct.unpack("<IBI", data[-9:])
    assert magic == 0x8F92EAB1
    stride = 12 if flags & 0x80 else 8
    table = len(data) - 9 - count * stride
    assert struct.unpack("<II", data[table - 8:table]) == (0x184D2A5E, count * stride + 9)
    found, at = [], 0
    for index in range(count):
        (size,) = struct.unpack_from("<I", data, table + index * stride)
        found.append(data[at:at + size])
        at += size
    assert at == table - 8
    return found


def root(leaves: list[bytes]) -> bytes:
    """The Merkle tree hash of RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\1" + root(leaves[:split]) + root(leaves[split:])).digest()


def judge(record: dict, entry: dict) -> None:
    with open(entry["path"], "rb") as file:
        data = file.read()
    *trace, last = frames(data)
    text = subprocess.run(["zstd", "-dcq"], input=data, check=True, capture_output=True).stdout
    lines = [json.loads(line) for line in text.splitlines()]
    envelope = lines.pop()["envelope"]
    assert len(last) > 0 and lines[0]["type"] == "start" and lines[-1]["type"] == "end"

    payload = base64.b64decode(envelope["payload"])
    kind = envelope["payloadType"].encode()
    pae = b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)
    signature = base64.b64decode(envelope["signatures"][0]["sig"])
    assert Account.recover_message(encode_defunct(pae), signature=signature) == entry["node"], "envelope"

    statement = json.loads(payload)
    predicate = statement["predicate"]
    subjects = {s["name"]: bytes.fromhex(s["digest"]["sha256"]) for s in statement["subject"]}
    trace_root = root(trace)
    assert subjects["trace"] == trace_root, "trace root"
    assert entry["traceRoot"] == predicate["trace"]["root"] == "0x" + trace_root.hex()
    assert predicate["trace"]["leaves"] == len(trace)

    job = {name: value for name, value in record["job"].items() if name != "source"}
    specification = hashlib.sha256(canonical(job).encode()).digest()
    assert subjects["specification"] == specification == digest(record["code"]["spec"]), "specification"
    assert subjects["code"] == digest(record["code"]["cid"]), "code"
    assert subjects["outputs"] == digest(record["result"]["outputs"]["cid"]), "outputs"
    exit_code = record["result"]["exitCode"]
    result = keccak(encode(
        ["bytes32"] * 4 + ["uint256"],
        [keccak(RESULT_TYPE), specification, subjects["code"], subjects["outputs"], exit_code]))
    assert entry["resultHash"] == predicate["resultHash"] == "0x" + result.hex(), "result hash"

    claim = encode_typed_data(
        domain_data={"name": "Sandrun", "version": "1", "salt": specification},
        message_types={"Result": [
            {"name": "jobId", "type": "bytes32"}, {"name": "node", "type": "address"},
            {"name": "resultHash", "type": "bytes32"}, {"name": "traceRoot", "type": "bytes32"}]},
        message_data={"jobId": bytes(32), "node": entry["node"], "resultHash": result, "traceRoot": trace_root})
    assert Account.recover_message(claim, signature=entry["signature"]) == entry["node"], "claim"
    print("agreed", entry["node"])


def main() -> int:
    record = json.load(sys.stdin)
    try:
        for entry in record["proofs"]:
            judge(record, entry)
    except AssertionError as error:
        print(f"proof.py: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
