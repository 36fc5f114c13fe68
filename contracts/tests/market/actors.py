"""Who takes part, and what a node commits to, opens and signs."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from functools import cache
from typing import Any

from coincurve import PrivateKey
from eth_account import Account
from eth_hash.auto import keccak

from .chain import canonical
from .contract import encode

ZERO_HASH = b"\x00" * 32
HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
_DOMAIN = keccak(
    b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
_RESULT = keccak(b"Result(bytes32 jobId,address node,bytes32 resultHash,bytes32 traceRoot)")


def digest_of(text: Any) -> bytes:
    """32 bytes that stand for something: a result, a specification."""
    return keccak(str(text).encode())


@dataclass(frozen=True)
class Actor:
    """An account with its key, and the secret under which it makes its salts."""

    name: str
    address: str
    key: bytes
    secret: bytes

    def sign(self, digest: bytes) -> bytes:
        """r, s and v (27 or 28) over a digest, s low."""
        signature = PrivateKey(self.key).sign_recoverable(digest, hasher=None)
        return signature[:64] + bytes([27 + signature[64]])

    def salt(self, chain_id: int, marketplace: Any, job_id: bytes) -> bytes:
        """The salt of its commitment to a job."""
        place = chain_id.to_bytes(32, "big") + canonical(marketplace).rjust(32, b"\x00")
        return hmac.digest(self.secret, place + job_id, "sha256")

    def __repr__(self) -> str:
        return self.name


@cache
def actor(name: str) -> Actor:
    """The actor of that name; the same name is always the same one."""
    key = keccak(b"key of " + name.encode())
    address = str(Account.from_key(key).address).lower()
    return Actor(name, address, key, keccak(b"secret of " + name.encode()))


@cache
def _domain(chain_id: int, verifier: bytes) -> bytes:
    members = (_DOMAIN, keccak(b"Sandrun"), keccak(b"1"), chain_id, verifier)
    return keccak(encode(("bytes32", "bytes32", "bytes32", "uint256", "address"), members))


def result_digest(
    chain_id: int, verifier: Any, job_id: bytes, node: Any, result_hash: bytes, trace_root: bytes
) -> bytes:
    """What a node signs: the EIP-712 digest of its `Result`."""
    members = (_RESULT, job_id, node, result_hash, trace_root)
    struct = keccak(encode(("bytes32", "bytes32", "address", "bytes32", "bytes32"), members))
    return keccak(b"\x19\x01" + _domain(chain_id, canonical(verifier)) + struct)


@dataclass(frozen=True)
class Opening:
    """What a node found, as it commits to it and opens it; a zero result hash says "could not run"."""

    job_id: bytes
    node: Actor
    result_hash: bytes
    proof_cid: str
    trace_root: bytes
    salt: bytes

    @property
    def commitment(self) -> bytes:
        """What `submitProof` is given."""
        types = ("bytes32", "address", "bytes32", "string", "bytes32")
        values = (self.job_id, self.node, self.result_hash, self.proof_cid, self.salt)
        return keccak(encode(types, values))

    def signature(self, chain_id: int, consensus: Any) -> bytes:
        """The operator's signature under the `Result`."""
        digest = result_digest(
            chain_id, consensus, self.job_id, self.node, self.result_hash, self.trace_root
        )
        return self.node.sign(digest)

    def arguments(self, chain_id: int, consensus: Any) -> tuple[Any, ...]:
        """What `submitVote` is given."""
        return (
            self.job_id,
            self.result_hash != ZERO_HASH,
            self.result_hash,
            self.proof_cid,
            self.trace_root,
            self.salt,
            self.signature(chain_id, consensus),
        )
