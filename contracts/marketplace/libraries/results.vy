# pragma version 0.4.3
"""
@title results
@notice What a node signs of its result (EIP-712), who signed it, and how the results of many nodes fall out.
"""

DOMAIN_TYPE: constant(bytes32) = keccak256(
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)
RESULT_TYPE: constant(bytes32) = keccak256(
    "Result(bytes32 jobId,address node,bytes32 resultHash,bytes32 traceRoot)"
)
# Half of secp256k1's order: of the two signatures of one message the lower s alone counts (EIP-2).
HALF_ORDER: constant(uint256) = (
    57896044618658097711785492504343953926418782139537452191302581570759080747168
)


# Each result hash that was found, and how many nodes found it.
struct Count:
    hashes: DynArray[bytes32, 46]
    votes: DynArray[uint256, 46]
    accepting: uint256


@internal
@view
def digest(
    jobId: bytes32, node: address, resultHash: bytes32, traceRoot: bytes32
) -> bytes32:
    """
    @notice The EIP-712 digest of `Result` in the domain of this contract.
    """
    domain: bytes32 = keccak256(
        abi_encode(DOMAIN_TYPE, keccak256("Sandrun"), keccak256("1"), chain.id, self)
    )
    result: bytes32 = keccak256(abi_encode(RESULT_TYPE, jobId, node, resultHash, traceRoot))
    return keccak256(concat(b"\x19\x01", domain, result))


@internal
@pure
def signer(digest: bytes32, signature: Bytes[65]) -> address:
    """
    @notice Who made a signature of r, s and v; zero where nobody did.
    """
    assert len(signature) == 65, "signature: 65 bytes"
    s: uint256 = convert(extract32(signature, 32), uint256)
    v: uint256 = convert(slice(signature, 64, 1), uint256)
    assert s <= HALF_ORDER, "signature: high s"
    assert v == 27 or v == 28, "signature: v is 27 or 28"
    return ecrecover(digest, v, convert(extract32(signature, 0), uint256), s)


@internal
@pure
def counted(count: Count, hash: bytes32) -> Count:
    """
    @notice A count with one result more.
    """
    more: Count = count
    more.accepting += 1
    for i: uint256 in range(len(more.hashes), bound=46):
        if more.hashes[i] == hash:
            more.votes[i] += 1
            return more
    more.hashes.append(hash)
    more.votes.append(1)
    return more


@internal
@pure
def most(count: Count) -> (bytes32, uint256):
    """
    @notice The result that most nodes found, and how many; of equals the first; zero and 0 where there is none.
    """
    best: bytes32 = empty(bytes32)
    votes: uint256 = 0
    for i: uint256 in range(len(count.hashes), bound=46):
        if count.votes[i] > votes:
            best = count.hashes[i]
            votes = count.votes[i]
    return best, votes


@internal
@pure
def votesOf(count: Count, hash: bytes32) -> uint256:
    """
    @notice How many nodes found a result.
    """
    for i: uint256 in range(len(count.hashes), bound=46):
        if count.hashes[i] == hash:
            return count.votes[i]
    return 0
