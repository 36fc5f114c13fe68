#!/usr/bin/env python3
"""Writes marketplace.jsonl and commitment-salts.jsonl with eth-abi and eth-account (pip install eth-account).

What the marketplace's contracts hash and draw, computed from its description by other hands than the contracts' and ours.
Every secret here is made from a seed that anyone can read: never use one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import random
import sys
from importlib.metadata import version
from typing import Any, TextIO

from eth_abi import encode
from eth_account import Account
from eth_account.messages import encode_typed_data
from eth_utils import keccak, to_checksum_address

SOURCE = f"make-marketplace.py, eth-abi {version('eth-abi')}, eth-account {version('eth-account')}"
FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(__file__)
rng = random.Random(20260706)

ZERO = bytes(32)
ONES = b"\xff" * 32
CHAINS = [1, 31337, 2**64, 2**256 - 1]


def row(out: TextIO, **members: Any) -> None:
    """Writes one row."""
    print(json.dumps({**members, "source": SOURCE}, separators=(",", ":")), file=out)


def hexed(data: bytes) -> str:
    """Bytes as records have them."""
    return "0x" + data.hex()


def address() -> str:
    """Some account."""
    return str(to_checksum_address(rng.randbytes(20)))


def words(count: int) -> list[bytes]:
    """So many words, the two extremes first."""
    return [ZERO, ONES, *(rng.randbytes(32) for _ in range(count))]


def job_ids(out: TextIO) -> None:
    """The job's id: chain, contract, submitter, id, specification."""
    ids = ["0" * 32, "f" * 32, "0" * 31 + "1", *(rng.randbytes(16).hex() for _ in range(5))]
    for index, name in enumerate(ids):
        chain, contract, submitter = CHAINS[index % len(CHAINS)], address(), address()
        specification = words(1)[index % 3]
        encoded = encode(
            ["uint256", "address", "address", "bytes16", "bytes32"],
            [chain, contract, submitter, bytes.fromhex(name), specification],
        )
        row(out, kind="jobId", chainId=str(chain), marketplace=contract, submitter=submitter, id=name,
            specification=hexed(specification), jobId=hexed(keccak(encoded)))


def commitments(out: TextIO) -> None:
    """The commitment, with CIDs of every length around a word, and text that is not ASCII."""
    cids = ["", "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy", "ü€𝄞", "z" * 128]
    cids += ["a" * count for count in (1, 31, 32, 33, 63, 64, 65, 96, 127)]
    for index, cid in enumerate(cids):
        job_id, result, salt = rng.randbytes(32), words(2)[index % 4], words(2)[index % 3]
        node = address()
        encoded = encode(
            ["bytes32", "address", "bytes32", "string", "bytes32"], [job_id, node, result, cid, salt]
        )
        row(out, kind="commitment", jobId=hexed(job_id), node=node, resultHash=hexed(result), proofCID=cid,
            salt=hexed(salt), hash=hexed(keccak(encoded)))


def results(out: TextIO) -> None:
    """The EIP-712 digest of a result, and who signed it."""
    fields = [("jobId", "bytes32"), ("node", "address"), ("resultHash", "bytes32"), ("traceRoot", "bytes32")]
    for index in range(8):
        account = Account.from_key(hashlib.sha256(f"sandrun marketplace {index}".encode()).digest())
        chain, verifier = CHAINS[index % len(CHAINS)], address()
        job_id = rng.randbytes(32)
        result, root = (ZERO, ZERO) if index == 0 else (rng.randbytes(32), rng.randbytes(32))
        message = encode_typed_data(
            {"name": "Sandrun", "version": "1", "chainId": chain, "verifyingContract": verifier},
            {"Result": [{"name": name, "type": kind} for name, kind in fields]},
            {"jobId": job_id, "node": account.address, "resultHash": result, "traceRoot": root},
        )
        digest = keccak(b"\x19" + message.version + message.header + message.body)
        signed = Account.sign_message(message, account.key)
        row(out, kind="result", chainId=str(chain), verifier=verifier, jobId=hexed(job_id), node=account.address,
            resultHash=hexed(result), traceRoot=hexed(root), digest=hexed(digest),
            signature=hexed(signed.signature))


def draws(out: TextIO) -> None:
    """From when a round admits a node: uniform over the first half of the claim window."""
    for index in range(40):
        seed, number = words(6)[index % 8], [0, 1, 2, 2**64, 2**256 - 1][index % 5]
        window = [1, 2, 3, 60, 3600, 2_592_000][index % 6]
        started = [0, 1_700_000_000, 2**40][index % 3]
        ticket = int.from_bytes(keccak(encode(["bytes32", "uint256"], [seed, number])), "big") >> 128
        admitted = started + (ticket * window >> 129)
        assert started <= admitted <= started + window // 2
        row(out, kind="draw", seed=hexed(seed), number=str(number), claimWindow=window, startedAt=started,
            ticket=str(ticket), admittedFrom=admitted)


def salts(out: TextIO) -> None:
    """The salt of a commitment under a node's secret, whose line is what its file holds."""
    secrets = [ZERO, ONES, *(hashlib.sha256(f"sandrun secret {i}".encode()).digest() for i in range(4))]
    for secret in secrets:
        node = address()
        check = hashlib.sha256(bytes.fromhex(node[2:]) + secret).hexdigest()[:8]
        for chain in CHAINS:
            contract, job_id = address(), rng.randbytes(32)
            message = encode(["uint256", "address", "bytes32"], [chain, contract, job_id])
            row(out, node=node, line=f"{secret.hex()} {check}", chainId=str(chain), marketplace=contract,
                jobId=hexed(job_id), salt=hexed(hmac.digest(secret, message, "sha256")))


def main() -> None:
    """Writes both files."""
    with open(os.path.join(FOLDER, "marketplace.jsonl"), "w", encoding="utf-8") as out:
        job_ids(out)
        commitments(out)
        results(out)
        draws(out)
    with open(os.path.join(FOLDER, "commitment-salts.jsonl"), "w", encoding="utf-8") as out:
        salts(out)


if __name__ == "__main__":
    main()
