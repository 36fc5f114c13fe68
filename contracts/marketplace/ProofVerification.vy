# pragma version 0.4.3
"""
@title ProofVerification
@notice Commitments to results, and the time from which they may be opened.
@dev A commitment names its node, so that a copy opens for nobody. Nothing is opened before no commitment can follow.
"""

from interfaces import IConsensusManager
from interfaces import IJobMarketplace
from interfaces import IProofVerification

implements: IProofVerification


event ProofSubmitted:
    jobId: indexed(bytes32)
    node: indexed(address)
    round: uint256
    commitment: bytes32


# Of ConsensusManager's status.
RUNNING: constant(uint256) = 0
CHALLENGED: constant(uint256) = 2

marketplace: public(immutable(address))

commitments: public(HashMap[bytes32, HashMap[address, bytes32]])
tallies: HashMap[bytes32, HashMap[uint256, IProofVerification.Tally]]


@deploy
def __init__(_marketplace: address):
    assert _marketplace != empty(address), "no contract"
    marketplace = _marketplace


@external
def submitProof(jobId: bytes32, commitment: bytes32):
    """
    @notice Commit to a result, unseen. By the operator of a live claim, once, until the claim's deadline.
    @param commitment What `commitmentOf` gives of the result, its proof and the node's secret salt.
    """
    status: uint256 = staticcall IConsensusManager(
        staticcall IJobMarketplace(marketplace).consensus()
    ).status(jobId)
    assert status == RUNNING or status == CHALLENGED, "settled before"
    index: uint256 = 1 if status == CHALLENGED else 0
    claim: IJobMarketplace.Claim = staticcall IJobMarketplace(marketplace).claims(
        jobId, msg.sender
    )
    assert claim.live and claim.round == index, "no live claim"
    assert block.timestamp <= claim.deadline, "commit deadline passed"
    assert commitment != empty(bytes32), "no commitment"
    assert self.commitments[jobId][msg.sender] == empty(bytes32), "committed before"
    self.commitments[jobId][msg.sender] = commitment
    self.tallies[jobId][index].count += 1
    self.tallies[jobId][index].last = block.timestamp
    log ProofSubmitted(jobId=jobId, node=msg.sender, round=index, commitment=commitment)


@external
@view
def tally(jobId: bytes32, index: uint256) -> IProofVerification.Tally:
    """
    @notice How many commitments a round has, and the time of the last.
    """
    return self.tallies[jobId][index]


@external
@view
def openFrom(jobId: bytes32, index: uint256) -> uint256:
    """
    @notice The time from which a round's commitments may be opened; 0 while one could still follow.
    """
    current: IJobMarketplace.Round = staticcall IJobMarketplace(marketplace).round(jobId, index)
    tally: IProofVerification.Tally = self.tallies[jobId][index]
    if current.slots == 0:
        return 0
    if tally.count == current.slots:
        return tally.last
    claimDeadline: uint256 = staticcall IJobMarketplace(marketplace).claimDeadline(jobId, index)
    if block.timestamp <= claimDeadline:
        return 0
    start: uint256 = max(claimDeadline, tally.last)
    if tally.count == current.claimed:
        return start
    for node: address in staticcall IJobMarketplace(marketplace).claimants(jobId, index):
        if self.commitments[jobId][node] != empty(bytes32):
            continue
        claim: IJobMarketplace.Claim = staticcall IJobMarketplace(marketplace).claims(jobId, node)
        if block.timestamp <= claim.deadline:
            return 0
        start = max(start, claim.deadline)
    return start


@external
@pure
def commitmentOf(
    jobId: bytes32, node: address, resultHash: bytes32, proofCID: String[128], salt: bytes32
) -> bytes32:
    """
    @notice The commitment of a node to a result. Whoever answers this call learns the salt: compute it yourself.
    """
    return keccak256(abi_encode(jobId, node, resultHash, proofCID, salt))
