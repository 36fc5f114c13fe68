"""The digests of the specification, computed without the contracts."""

from __future__ import annotations

from dataclasses import dataclass

from eth_abi.abi import encode
from eth_keys.datatypes import Signature
from eth_keys.exceptions import BadSignature
from eth_utils.crypto import keccak
from eth_utils.exceptions import ValidationError

HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0
DOMAIN = keccak(
    text="EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
RESULT = keccak(text="Result(bytes32 jobId,address node,bytes32 resultHash,bytes32 traceRoot)")


@dataclass(frozen=True)
class Place:
    """The chain and the addresses of the four."""

    chain_id: int
    registry: str
    marketplace: str
    proofs: str
    consensus: str

    def job(self, submitter: str, id: bytes, specification: bytes) -> bytes:
        """The key of a job."""
        types = ["uint256", "address", "address", "bytes16", "bytes32"]
        return keccak(
            encode(types, [self.chain_id, self.marketplace, submitter, id, specification])
        )

    def result(self, job: bytes, node: str, result: bytes, trace: bytes) -> bytes:
        """What an operator signs of a result."""
        domain = keccak(
            encode(
                ["bytes32", "bytes32", "bytes32", "uint256", "address"],
                [DOMAIN, keccak(text="Sandrun"), keccak(text="1"), self.chain_id, self.consensus],
            )
        )
        types = ["bytes32", "bytes32", "address", "bytes32", "bytes32"]
        return keccak(
            b"\x19\x01" + domain + keccak(encode(types, [RESULT, job, node, result, trace]))
        )


def commitment(job: bytes, node: str, result: bytes, proof: str, salt: bytes) -> bytes:
    """What a node commits to."""
    types = ["bytes32", "address", "bytes32", "string", "bytes32"]
    return keccak(encode(types, [job, node, result, proof, salt]))


def ticket(seed: bytes, number: int) -> int:
    """A node's lot in a round, under 2^128."""
    return int.from_bytes(keccak(encode(["bytes32", "uint256"], [seed, number]))) >> 128


def signer(digest: bytes, signature: bytes) -> str | None:
    """Who signed a digest, if the signature is one of 65 bytes, v 27 or 28, with a low s."""
    if len(signature) != 65 or signature[64] not in (27, 28):
        return None
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:64])
    if s > HALF_ORDER:
        return None
    try:
        key = Signature(vrs=(signature[64] - 27, r, s)).recover_public_key_from_msg_hash(digest)
    except (BadSignature, ValidationError):
        return None
    return key.to_address()
