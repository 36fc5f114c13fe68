"""What the contracts hash and draw: job ids, commitments, results, admissions, as they give them themselves."""

from __future__ import annotations

from random import Random
from typing import Any, Iterator

from eth_utils import to_checksum_address

from .actors import actor
from .chain import Chain, canonical
from .harness import Market

CHAINS = (1, 31337, 2**64 - 1)


def _hexed(data: bytes) -> str:
    return "0x" + data.hex()


def _checked(account: Any) -> str:
    return str(to_checksum_address(canonical(account)))


def _hashes(market: Market, rng: Random) -> Iterator[dict[str, Any]]:
    chain = str(market.chain.chain_id)
    zero, ones = bytes(32), b"\xff" * 32
    for specification in (zero, ones, rng.randbytes(32), rng.randbytes(32)):
        submitter, name = _checked(rng.randbytes(20)), rng.randbytes(16)
        job = market.marketplace.jobIdOf(submitter, name, specification)
        yield {
            "kind": "jobId", "chainId": chain, "marketplace": _checked(market.marketplace),
            "submitter": submitter, "id": name.hex(), "specification": _hexed(specification),
            "jobId": _hexed(job),
        }  # fmt: skip
    for cid in ("", "a", "b" * 31, "c" * 32, "d" * 33, "e" * 59, "f" * 127, "g" * 128, "ü€𝄞"):
        job, node, salt = rng.randbytes(32), _checked(rng.randbytes(20)), rng.randbytes(32)
        result = rng.choice((zero, ones, rng.randbytes(32)))
        commitment = market.proofs.commitmentOf(job, node, result, cid, salt)
        yield {
            "kind": "commitment", "jobId": _hexed(job), "node": node, "resultHash": _hexed(result),
            "proofCID": cid, "salt": _hexed(salt), "hash": _hexed(commitment),
        }  # fmt: skip
    for result, root in ((zero, zero), (ones, ones), (rng.randbytes(32), rng.randbytes(32))):
        node, job = actor(f"signer{len(chain)}"), rng.randbytes(32)
        digest = market.consensus.resultDigest(job, node, result, root)
        yield {
            "kind": "result", "chainId": chain, "verifier": _checked(market.consensus),
            "jobId": _hexed(job), "node": _checked(node), "resultHash": _hexed(result),
            "traceRoot": _hexed(root), "digest": _hexed(digest), "signature": _hexed(node.sign(digest)),
        }  # fmt: skip


def _draws(market: Market, rng: Random) -> Iterator[dict[str, Any]]:
    for window in (1, 2, 61, 2_592_000):
        windows = (window, 1, 1, 1)
        job = market.post(market.actor("ann"), nodes=3, quorum=2, windows=windows)
        market.chain.mine()
        market.marketplace.draw(job, sender=market.deployer)
        current = market.marketplace.round(job, 0)
        for number in (0, 1, 2, rng.getrandbits(64), 2**256 - 1):
            admitted = market.marketplace.admittedFrom(job, number)
            yield {
                "kind": "draw", "seed": _hexed(current.seed), "number": str(number),
                "claimWindow": window, "startedAt": current.startedAt, "admittedFrom": admitted,
            }  # fmt: skip


def hashes() -> Iterator[dict[str, Any]]:
    """The rows of marketplace-hashes.jsonl, in the form of those of marketplace.jsonl."""
    for chain in CHAINS:
        market, rng = Market(chain=Chain(chain_id=chain)), Random(chain)
        yield from _hashes(market, rng)
        yield from _draws(market, rng)
