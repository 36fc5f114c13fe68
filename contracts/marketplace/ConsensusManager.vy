# pragma version 0.4.3
"""
@title ConsensusManager
@notice Openings, the verdict, challenges, and what becomes of the bonds.
@dev The one door that moves a job on is `settle`, by anyone. No call leaves the four contracts, but for a
     challenger's token.
"""

from interfaces import IConsensusManager
from interfaces import IJobMarketplace
from interfaces import INodeRegistry
from interfaces import IProofVerification
from libraries import results

implements: IConsensusManager


struct Verdict:
    status: uint256
    resultHash: bytes32
    challengeDeadline: uint256
    challenger: address
    turned: bool
    filled: bool
    votes: uint256


struct Opening:
    opened: bool
    resultHash: bytes32  # zero: could not run


event VoteSubmitted:
    jobId: indexed(bytes32)
    node: indexed(address)
    resultHash: indexed(bytes32)
    accept: bool
    round: uint256
    proofCID: String[128]
    traceRoot: bytes32
    signature: Bytes[65]


event ClaimExpired:
    jobId: indexed(bytes32)
    node: indexed(address)
    round: uint256


event JobSettled:
    jobId: indexed(bytes32)
    round: uint256
    resultHash: bytes32
    votes: uint256
    challengeDeadline: uint256


event ResultChallenged:
    jobId: indexed(bytes32)
    challenger: indexed(address)
    evidence: String[128]
    bond: uint256
    slots: uint256
    claimDeadline: uint256


RUNNING: constant(uint256) = 0
AGREED: constant(uint256) = 1
CHALLENGED: constant(uint256) = 2
FINAL: constant(uint256) = 3
PAID: constant(uint256) = 4
REFUNDED: constant(uint256) = 5

# How a claim ended whose bond is freed, and why one is slashed: as NodeRegistry counts them.
FREED_AGREED: constant(uint256) = 1
FREED_NEUTRAL: constant(uint256) = 2
FREED_COULD_NOT_RUN: constant(uint256) = 3
FREED_NO_VERDICT: constant(uint256) = 4
SLASHED_EXPIRED: constant(uint256) = 1
SLASHED_SILENT: constant(uint256) = 2
SLASHED_OTHER_RESULT: constant(uint256) = 3

registry: public(immutable(address))
marketplace: public(immutable(address))
proofs: public(immutable(address))

verdicts: public(HashMap[bytes32, Verdict])
openings: public(HashMap[bytes32, HashMap[address, Opening]])
opened: HashMap[bytes32, HashMap[uint256, uint256]]  # openings of a round


@deploy
def __init__(_registry: address, _marketplace: address, _proofs: address):
    assert _registry != empty(address) and _marketplace != empty(address), "no contract"
    assert _proofs != empty(address), "no contract"
    registry = _registry
    marketplace = _marketplace
    proofs = _proofs


# For the nodes.


@external
@nonreentrant
def submitVote(
    jobId: bytes32,
    accept: bool,
    resultHash: bytes32,
    proofCID: String[128],
    traceRoot: bytes32,
    salt: bytes32,
    signature: Bytes[65],
):
    """
    @notice Open a commitment. By its node, once, in the open window.
    @param accept False where the job could not be run: then the hash and the root are zero, and the CID names why.
    @param resultHash What nodes must agree on.
    @param proofCID The CID of the proof, or of the reason.
    @param traceRoot The Merkle root of the proof's trace.
    @param salt What the commitment was made with.
    @param signature The operator's EIP-712 signature of `Result`: r, s, v.
    """
    index: uint256 = self._unsettledRound(jobId)
    claim: IJobMarketplace.Claim = staticcall IJobMarketplace(marketplace).claims(
        jobId, msg.sender
    )
    commitment: bytes32 = staticcall IProofVerification(proofs).commitments(jobId, msg.sender)
    assert commitment != empty(bytes32) and claim.round == index, "no commitment"
    assert not self.openings[jobId][msg.sender].opened, "opened before"
    start: uint256 = staticcall IProofVerification(proofs).openFrom(jobId, index)
    assert start != 0, "too early to open"
    if index == 0:
        # Nobody shows a result that cannot be paid any more.
        count: uint256 = (staticcall IProofVerification(proofs).tally(jobId, 0)).count
        quorum: uint256 = (staticcall IJobMarketplace(marketplace).terms(jobId)).quorum
        assert count >= quorum, "too few commitments: settle"
    assert block.timestamp <= start + staticcall IJobMarketplace(marketplace).openWindow(
        jobId
    ), "open deadline passed"
    assert accept == (resultHash != empty(bytes32)), "accept needs a result hash, and it alone"
    assert accept or traceRoot == empty(bytes32), "no trace without a result"
    assert commitment == staticcall IProofVerification(proofs).commitmentOf(
        jobId, msg.sender, resultHash, proofCID, salt
    ), "not what was committed"
    assert msg.sender == results.signer(
        results.digest(jobId, msg.sender, resultHash, traceRoot), signature
    ), "not the node's signature"
    self.openings[jobId][msg.sender] = Opening(opened=True, resultHash=resultHash)
    self.opened[jobId][index] += 1
    log VoteSubmitted(
        jobId=jobId,
        node=msg.sender,
        resultHash=resultHash,
        accept=accept,
        round=index,
        proofCID=proofCID,
        traceRoot=traceRoot,
        signature=signature,
    )


# For anyone.


@external
@nonreentrant
def expireClaim(jobId: bytes32, node: address):
    """
    @notice Burn the bond of a claim that committed nothing in time, and open its slot again.
    @dev While slots can be claimed; after the claim deadline `settle` burns it.
    """
    index: uint256 = self._unsettledRound(jobId)
    claim: IJobMarketplace.Claim = staticcall IJobMarketplace(marketplace).claims(jobId, node)
    assert claim.live and claim.round == index, "no live claim"
    assert staticcall IProofVerification(proofs).commitments(jobId, node) == empty(
        bytes32
    ), "committed"
    assert block.timestamp > claim.deadline, "not expired"
    assert block.timestamp <= staticcall IJobMarketplace(marketplace).claimDeadline(
        jobId, index
    ), "claim deadline passed: settle burns it"
    terms: IJobMarketplace.Terms = staticcall IJobMarketplace(marketplace).terms(jobId)
    extcall IJobMarketplace(marketplace).dropClaim(jobId, node)
    log ClaimExpired(jobId=jobId, node=node, round=index)
    extcall INodeRegistry(registry).slash(
        claim.number, jobId, terms.bond, 0, empty(address), SLASHED_EXPIRED
    )


@external
@nonreentrant
def settle(jobId: bytes32):
    """
    @notice Decide a round as soon as nothing can change it: agreement, a challenge's outcome, or the payment back.
    """
    if self._unsettledRound(jobId) == 0:
        self._settleFirst(jobId)
    else:
        self._settleChallenge(jobId)


@external
@payable
@nonreentrant
def challengeResult(jobId: bytes32, evidence: String[128], amount: uint256):
    """
    @notice Have an agreed result judged by 2n+1 new nodes. By anyone, once, in the challenge window.
    @param evidence The CID of what speaks against the result.
    @param amount The bond, at least 2n+1 shares in the job's currency; JobMarketplace takes it of the sender.
    """
    assert self.verdicts[jobId].status == AGREED, "not agreed, or challenged before"
    assert block.timestamp <= self.verdicts[jobId].challengeDeadline, "challenge deadline passed"
    self.verdicts[jobId].status = CHALLENGED
    self.verdicts[jobId].challenger = msg.sender
    bond: uint256 = extcall IJobMarketplace(marketplace).openChallenge(
        jobId, msg.sender, amount, value=msg.value
    )
    current: IJobMarketplace.Round = staticcall IJobMarketplace(marketplace).round(jobId, 1)
    log ResultChallenged(
        jobId=jobId,
        challenger=msg.sender,
        evidence=evidence,
        bond=bond,
        slots=current.slots,
        claimDeadline=staticcall IJobMarketplace(marketplace).claimDeadline(jobId, 1),
    )


# For JobMarketplace.


@external
@nonreentrant
def conclude(jobId: bytes32, early: bool) -> IConsensusManager.Outcome:
    """
    @notice Make a verdict final and say who is to be paid. By JobMarketplace alone.
    @param early Whether the submitter ends the challenge window.
    """
    assert msg.sender == marketplace, "not JobMarketplace"
    verdict: Verdict = self.verdicts[jobId]
    assert verdict.status != CHALLENGED, "a challenge is open"
    assert verdict.status != PAID and verdict.status != REFUNDED, "closed"
    assert verdict.status != RUNNING, "not settled"
    checkers: DynArray[address, 31] = []
    if verdict.status == AGREED:
        assert early or block.timestamp > verdict.challengeDeadline, "challenge window open"
        self._resolve(jobId, 0, verdict.resultHash, 0, empty(address))
    elif verdict.filled:
        checkers = self._agreeing(jobId, 1, verdict.resultHash)
    self.verdicts[jobId].status = PAID
    return IConsensusManager.Outcome(
        resultHash=verdict.resultHash,
        winners=self._agreeing(jobId, 0, verdict.resultHash),
        checkers=checkers,
        turned=verdict.turned,
        filled=verdict.filled,
    )


# Views.


@external
@view
def status(jobId: bytes32) -> uint256:
    """
    @notice 0 running, 1 agreed, 2 challenged, 3 final, 4 paid, 5 refunded.
    """
    return self.verdicts[jobId].status


@external
@view
def resultDigest(
    jobId: bytes32, node: address, resultHash: bytes32, traceRoot: bytes32
) -> bytes32:
    """
    @notice What a node signs of its result (EIP-712).
    """
    return results.digest(jobId, node, resultHash, traceRoot)


# Deciding.


@internal
@view
def _unsettledRound(jobId: bytes32) -> uint256:
    status: uint256 = self.verdicts[jobId].status
    assert status == RUNNING or status == CHALLENGED, "settled before"
    return 1 if status == CHALLENGED else 0


@internal
def _settleFirst(jobId: bytes32):
    terms: IJobMarketplace.Terms = staticcall IJobMarketplace(marketplace).terms(jobId)
    start: uint256 = staticcall IProofVerification(proofs).openFrom(jobId, 0)
    if start == 0:
        assert block.timestamp > staticcall IJobMarketplace(marketplace).claimDeadline(
            jobId, 0
        ), "too early to settle"
        assert self._live(jobId) < terms.quorum, "too early to settle"
        self._giveBack(jobId, False)
        return
    tally: IProofVerification.Tally = staticcall IProofVerification(proofs).tally(jobId, 0)
    if tally.count < terms.quorum:
        self._giveBack(jobId, False)
        return
    over: bool = block.timestamp > start + terms.windows[2]
    assert over or self.opened[jobId][0] == tally.count, "too early to settle"
    best: bytes32 = empty(bytes32)
    votes: uint256 = 0
    best, votes = results.most(self._count(jobId, 0, empty(results.Count)))
    if votes < terms.quorum:
        self._giveBack(jobId, over)
        return
    deadline: uint256 = block.timestamp + terms.windows[3]
    self.verdicts[jobId] = Verdict(
        status=AGREED,
        resultHash=best,
        challengeDeadline=deadline,
        challenger=empty(address),
        turned=False,
        filled=False,
        votes=votes,
    )
    log JobSettled(
        jobId=jobId, round=0, resultHash=best, votes=votes, challengeDeadline=deadline
    )


@internal
def _giveBack(jobId: bytes32, openingsDue: bool):
    self.verdicts[jobId].status = REFUNDED
    log JobSettled(
        jobId=jobId, round=0, resultHash=empty(bytes32), votes=0, challengeDeadline=0
    )
    self._release(jobId, 0, openingsDue)
    extcall IJobMarketplace(marketplace).giveBack(jobId)


@internal
def _settleChallenge(jobId: bytes32):
    first: Verdict = self.verdicts[jobId]
    claimDeadline: uint256 = staticcall IJobMarketplace(marketplace).claimDeadline(jobId, 1)
    current: IJobMarketplace.Round = staticcall IJobMarketplace(marketplace).round(jobId, 1)
    # A claim that expires after all slots were taken undoes nothing: else one node could veto every challenge.
    if block.timestamp > claimDeadline and not current.filled:
        self.verdicts[jobId].status = FINAL
        log JobSettled(
            jobId=jobId, round=1, resultHash=first.resultHash, votes=0, challengeDeadline=0
        )
        self._release(jobId, 1, False)
        self._resolve(jobId, 0, first.resultHash, 0, empty(address))
        return
    start: uint256 = staticcall IProofVerification(proofs).openFrom(jobId, 1)
    assert start != 0, "too early to settle"
    tally: IProofVerification.Tally = staticcall IProofVerification(proofs).tally(jobId, 1)
    assert (
        self.opened[jobId][1] == tally.count
        or block.timestamp > start + staticcall IJobMarketplace(marketplace).openWindow(jobId)
    ), "too early to settle"
    count: results.Count = self._count(jobId, 1, self._count(jobId, 0, empty(results.Count)))
    best: bytes32 = empty(bytes32)
    votes: uint256 = 0
    best, votes = results.most(count)
    if 2 * votes <= count.accepting:
        best = first.resultHash
        votes = results.votesOf(count, best)
    turned: bool = best != first.resultHash
    self.verdicts[jobId].status = FINAL
    self.verdicts[jobId].resultHash = best
    self.verdicts[jobId].turned = turned
    self.verdicts[jobId].filled = True
    self.verdicts[jobId].votes = votes
    log JobSettled(jobId=jobId, round=1, resultHash=best, votes=votes, challengeDeadline=0)
    bond: uint256 = (staticcall IJobMarketplace(marketplace).terms(jobId)).bond
    half: uint256 = bond // 2 if turned else 0
    self._resolve(jobId, 0, best, half, first.challenger)
    self._resolve(jobId, 1, best, half, first.challenger)


@internal
@view
def _live(jobId: bytes32) -> uint256:
    """
    @dev The recorded claims of round 0 that have committed, or have time to.
    """
    live: uint256 = 0
    for node: address in staticcall IJobMarketplace(marketplace).claimants(jobId, 0):
        if staticcall IProofVerification(proofs).commitments(jobId, node) != empty(bytes32):
            live += 1
            continue
        claim: IJobMarketplace.Claim = staticcall IJobMarketplace(marketplace).claims(jobId, node)
        if block.timestamp <= claim.deadline:
            live += 1
    return live


@internal
@view
def _count(jobId: bytes32, index: uint256, before: results.Count) -> results.Count:
    count: results.Count = before
    for node: address in staticcall IJobMarketplace(marketplace).claimants(jobId, index):
        hash: bytes32 = self.openings[jobId][node].resultHash
        if hash != empty(bytes32):
            count = results.counted(count, hash)
    return count


@internal
@view
def _agreeing(jobId: bytes32, index: uint256, hash: bytes32) -> DynArray[address, 31]:
    agreeing: DynArray[address, 31] = []
    for node: address in staticcall IJobMarketplace(marketplace).claimants(jobId, index):
        if self.openings[jobId][node].resultHash == hash:
            agreeing.append(node)
    return agreeing


# Bonds.


@internal
def _resolve(
    jobId: bytes32, index: uint256, hash: bytes32, toChallenger: uint256, challenger: address
):
    """
    @dev Free or slash the bonds of a round by the final verdict.
    """
    bond: uint256 = (staticcall IJobMarketplace(marketplace).terms(jobId)).bond
    for node: address in staticcall IJobMarketplace(marketplace).claimants(jobId, index):
        number: uint256 = (staticcall IJobMarketplace(marketplace).claims(jobId, node)).number
        opening: Opening = self.openings[jobId][node]
        if opening.opened and opening.resultHash == hash:
            extcall INodeRegistry(registry).free(number, jobId, bond, FREED_AGREED)
        elif opening.opened and opening.resultHash == empty(bytes32):
            extcall INodeRegistry(registry).free(number, jobId, bond, FREED_COULD_NOT_RUN)
        elif opening.opened:
            extcall INodeRegistry(registry).slash(
                number, jobId, bond, toChallenger, challenger, SLASHED_OTHER_RESULT
            )
        elif staticcall IProofVerification(proofs).commitments(jobId, node) != empty(bytes32):
            extcall INodeRegistry(registry).slash(
                number, jobId, bond, toChallenger, challenger, SLASHED_SILENT
            )
        else:
            extcall INodeRegistry(registry).slash(
                number, jobId, bond, 0, empty(address), SLASHED_EXPIRED
            )


@internal
def _release(jobId: bytes32, index: uint256, openingsDue: bool):
    """
    @dev Free the bonds of a round without a verdict of its own, but for those who let a deadline pass.
    """
    bond: uint256 = (staticcall IJobMarketplace(marketplace).terms(jobId)).bond
    for node: address in staticcall IJobMarketplace(marketplace).claimants(jobId, index):
        claim: IJobMarketplace.Claim = staticcall IJobMarketplace(marketplace).claims(jobId, node)
        opening: Opening = self.openings[jobId][node]
        committed: bool = staticcall IProofVerification(proofs).commitments(
            jobId, node
        ) != empty(bytes32)
        if not committed and block.timestamp > claim.deadline:
            extcall INodeRegistry(registry).slash(
                claim.number, jobId, bond, 0, empty(address), SLASHED_EXPIRED
            )
        elif committed and not opening.opened and openingsDue:
            extcall INodeRegistry(registry).slash(
                claim.number, jobId, bond, 0, empty(address), SLASHED_SILENT
            )
        else:
            outcome: uint256 = FREED_NEUTRAL
            if opening.opened:
                outcome = (
                    FREED_COULD_NOT_RUN if opening.resultHash == empty(bytes32)
                    else FREED_NO_VERDICT
                )
            extcall INodeRegistry(registry).free(claim.number, jobId, bond, outcome)
