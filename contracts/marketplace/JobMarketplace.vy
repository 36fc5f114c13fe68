# pragma version 0.4.3
"""
@title JobMarketplace
@notice The jobs, who claimed them, and their money.
@dev Round 0 of a job has its own nodes, round 1 those of a challenge. Money is credited and withdrawn, never pushed:
     of each currency the balance is the sum of all credits, escrows and challengers' bonds.
"""

from interfaces import IConsensusManager
from interfaces import IJobMarketplace
from interfaces import INodeRegistry
from libraries import ledger
from libraries import packed

implements: IJobMarketplace

initializes: ledger
exports: (ledger.credits, ledger.withdraw)


struct Job:
    submitter: address
    nodes: uint256
    quorum: uint256
    bond: uint256  # of each claim, in wei of stake
    windows: uint256[4]  # claim, commit, open, challenge; seconds
    token: address  # zero: ETH
    payment: uint256
    registered: uint256  # the last registration number when it was posted
    challenger: address  # zero: no challenge
    challengeBond: uint256
    closed: bool  # its escrow is paid out


# A job as it is stored.
struct Posting:
    submitter: address
    terms: uint256  # packed.posted
    bond: uint256
    token: address
    payment: uint256
    challenger: address
    challengeBond: uint256
    closed: bool


event JobSubmitted:
    jobId: indexed(bytes32)
    submitter: indexed(address)
    specification: indexed(bytes32)
    id: bytes16
    code: String[128]
    nodes: uint256
    quorum: uint256
    bond: uint256
    windows: uint256[4]
    token: address
    payment: uint256
    claimDeadline: uint256


event EscrowAdded:
    jobId: indexed(bytes32)
    sender: indexed(address)
    amount: uint256
    payment: uint256


event Drawn:
    jobId: indexed(bytes32)
    round: uint256
    seed: bytes32


event JobClaimed:
    jobId: indexed(bytes32)
    node: indexed(address)
    number: indexed(uint256)
    round: uint256
    commitDeadline: uint256


event JobCompleted:
    jobId: indexed(bytes32)
    resultHash: bytes32
    paid: bool
    payment: uint256


RUNNING: constant(uint256) = 0
REFUNDED: constant(uint256) = 5

MOST_NODES: constant(uint256) = 15
LONGEST_WINDOW: constant(uint256) = 30 * 86400
MOST: constant(uint256) = 2**128 - 1
MOST_BOND: constant(uint256) = 2**130  # above 2n+1 shares of any payment

registry: public(immutable(address))
consensus: public(immutable(address))

postings: HashMap[bytes32, Posting]
rounds: HashMap[bytes32, HashMap[uint256, uint256]]  # packed.round
seeds: HashMap[bytes32, HashMap[uint256, bytes32]]
claimWords: HashMap[bytes32, HashMap[address, uint256]]  # packed.claim
claimed: HashMap[bytes32, HashMap[uint256, DynArray[address, 31]]]


@deploy
def __init__(_registry: address, _consensus: address):
    assert _registry != empty(address) and _consensus != empty(address), "no contract"
    registry = _registry
    consensus = _consensus


# For the submitter.


@external
@payable
@nonreentrant
def submitJob(
    id: bytes16,
    specification: bytes32,
    code: String[128],
    nodes: uint256,
    quorum: uint256,
    bond: uint256,
    windows: uint256[4],
    token: address,
    payment: uint256,
) -> bytes32:
    """
    @notice Post a job with its payment in escrow.
    @param id The job's own id, 128 random bits.
    @param specification The sha2-256 digest of the specification's CID.
    @param code The CID of the code.
    @param nodes How many nodes run it, 1 to 15.
    @param quorum How many must agree: more than half of the nodes.
    @param bond What each claim binds of its node's stake, in wei.
    @param windows Seconds to claim, commit, open and challenge: 1 to 2,592,000 each.
    @param token The currency of the payment: an ERC-20, or zero for ETH.
    @param payment What is taken from the sender; what arrives is the payment.
    @return The job's id on the chain.
    """
    assert nodes >= 1 and nodes <= MOST_NODES, "nodes: 1 to 15"
    assert quorum <= nodes and 2 * quorum > nodes, "quorum: more than half of the nodes"
    assert bond <= MOST, "bond too large"
    for window: uint256 in windows:
        assert window >= 1 and window <= LONGEST_WINDOW, "window: 1 s to 30 days"
    jobId: bytes32 = self._jobId(msg.sender, id, specification)
    assert self.postings[jobId].submitter == empty(address), "posted before"
    arrived: uint256 = ledger.take(msg.sender, token, payment)
    assert arrived >= nodes, "payment below one unit a node"
    assert arrived <= MOST, "payment too large"
    self.postings[jobId] = Posting(
        submitter=msg.sender,
        terms=packed.posted(
            packed.Posted(
                nodes=nodes,
                quorum=quorum,
                windows=windows,
                registered=staticcall INodeRegistry(registry).lastNumber(),
            )
        ),
        bond=bond,
        token=token,
        payment=arrived,
        challenger=empty(address),
        challengeBond=0,
        closed=False,
    )
    self._start(jobId, 0, nodes)
    log JobSubmitted(
        jobId=jobId,
        submitter=msg.sender,
        specification=specification,
        id=id,
        code=code,
        nodes=nodes,
        quorum=quorum,
        bond=bond,
        windows=windows,
        token=token,
        payment=arrived,
        claimDeadline=block.timestamp + windows[0],
    )
    return jobId


@external
@payable
@nonreentrant
def escrowPayment(jobId: bytes32, amount: uint256):
    """
    @notice Add to a job's payment, in its currency, until it is first settled. By the submitter alone.
    @dev By anyone, it would let colluding nodes raise the bond that a challenger needs, and get the money back as pay.
    """
    self._checkPosted(jobId)
    assert msg.sender == self.postings[jobId].submitter, "not the submitter"
    arrived: uint256 = ledger.take(msg.sender, self.postings[jobId].token, amount)
    assert arrived > 0, "nothing arrived"
    # Asked after the token was called, which might have settled the job.
    assert staticcall IConsensusManager(consensus).status(jobId) == RUNNING, "settled"
    payment: uint256 = self.postings[jobId].payment + arrived
    assert payment <= MOST, "payment too large"
    self.postings[jobId].payment = payment
    log EscrowAdded(jobId=jobId, sender=msg.sender, amount=arrived, payment=payment)


@external
@nonreentrant
def releasePayment(jobId: bytes32):
    """
    @notice Pay what `distributeRewards` would, before the challenge window is over. By the submitter alone.
    """
    self._checkPosted(jobId)
    assert msg.sender == self.postings[jobId].submitter, "not the submitter"
    self._payOut(jobId, True)


# For the nodes.


@external
@nonreentrant
def claimJob(jobId: bytes32):
    """
    @notice Take a slot of a job's current round, and bind the bond. By a node's operator.
    """
    self._checkPosted(jobId)
    job: Job = self._job(jobId)
    index: uint256 = self._currentRound(jobId)
    current: IJobMarketplace.Round = self._round(jobId, index)
    assert not job.closed, "closed"
    assert block.timestamp <= current.startedAt + job.windows[0], "claim deadline passed"
    assert current.claimed < current.slots, "no slot free"
    number: uint256 = staticcall INodeRegistry(registry).numberOf(msg.sender)
    assert number != 0, "not a node"
    assert number <= job.registered, "registered after the post"
    assert self.claimWords[jobId][msg.sender] == 0, "claimed before"
    owner: address = staticcall INodeRegistry(registry).ownerOf(number)
    assert msg.sender != job.submitter and owner != job.submitter, "the submitter's node"
    assert msg.sender != job.challenger and owner != job.challenger, "the challenger's node"
    if current.slots > 1:
        if current.seed == empty(bytes32):
            current.seed = self._draw(jobId, index, current.startedIn)
        assert block.timestamp >= self._admittedFrom(current, job.windows[0], number), "not drawn yet"
    deadline: uint256 = block.timestamp + job.windows[1]
    self.claimWords[jobId][msg.sender] = packed.claim(number, index, deadline, True)
    self.claimed[jobId][index].append(msg.sender)
    current.claimed += 1
    current.filled = current.filled or current.claimed == current.slots
    self.rounds[jobId][index] = packed.round(current)
    extcall INodeRegistry(registry).bind(number, jobId, job.bond)
    log JobClaimed(
        jobId=jobId, node=msg.sender, number=number, round=index, commitDeadline=deadline
    )


@external
def draw(jobId: bytes32):
    """
    @notice Keep the hash that admits nodes to the current round, while the chain still gives it. By anyone.
    """
    self._checkPosted(jobId)
    index: uint256 = self._currentRound(jobId)
    current: IJobMarketplace.Round = self._round(jobId, index)
    assert current.seed == empty(bytes32), "drawn before"
    self._draw(jobId, index, current.startedIn)


# For anyone.


@external
@nonreentrant
def distributeRewards(jobId: bytes32):
    """
    @notice Pay for a job whose verdict is final: the challenge window is over, or the challenge settled.
    """
    self._checkPosted(jobId)
    self._payOut(jobId, False)


@external
def refund(jobId: bytes32):
    """
    @notice Give the payment back where the deadlines passed without quorum.
    """
    extcall IConsensusManager(consensus).settle(jobId)
    assert staticcall IConsensusManager(consensus).status(jobId) == REFUNDED, "there is a quorum"


# For ConsensusManager and NodeRegistry.


@external
def dropClaim(jobId: bytes32, node: address):
    """
    @notice Open the slot of an expired claim of the current round again. By ConsensusManager alone.
    """
    assert msg.sender == consensus, "not ConsensusManager"
    index: uint256 = self._currentRound(jobId)
    current: IJobMarketplace.Round = self._round(jobId, index)
    kept: DynArray[address, 31] = []
    for other: address in self.claimed[jobId][index]:
        if other != node:
            kept.append(other)
    assert len(kept) + 1 == current.claimed, "no such claim"
    self.claimed[jobId][index] = kept
    current.claimed = len(kept)
    self.rounds[jobId][index] = packed.round(current)
    claim: IJobMarketplace.Claim = packed.asClaim(self.claimWords[jobId][node])
    self.claimWords[jobId][node] = packed.claim(claim.number, claim.round, claim.deadline, False)


@external
@nonreentrant
def giveBack(jobId: bytes32):
    """
    @notice Credit the payment to the submitter: there was no quorum. By ConsensusManager alone.
    """
    assert msg.sender == consensus, "not ConsensusManager"
    payment: uint256 = self._close(jobId)
    submitter: address = self.postings[jobId].submitter
    ledger.credit(jobId, submitter, self.postings[jobId].token, payment, ledger.SUBMITTER_REST)
    log JobCompleted(jobId=jobId, resultHash=empty(bytes32), paid=False, payment=payment)


@external
@payable
@nonreentrant
def openChallenge(jobId: bytes32, challenger: address, amount: uint256) -> uint256:
    """
    @notice Take a challenger's bond and open round 1. By ConsensusManager alone.
    @return What arrived of the bond.
    """
    assert msg.sender == consensus, "not ConsensusManager"
    slots: uint256 = 2 * packed.asPosted(self.postings[jobId].terms).nodes + 1
    arrived: uint256 = ledger.take(challenger, self.postings[jobId].token, amount)
    assert arrived >= slots * self._share(jobId), "bond below its shares"
    assert arrived <= MOST_BOND, "bond too large"
    self.postings[jobId].challenger = challenger
    self.postings[jobId].challengeBond = arrived
    self._start(jobId, 1, slots)
    return arrived


@external
@payable
@nonreentrant
def creditSlash(jobId: bytes32, beneficiary: address):
    """
    @notice Credit the ETH that comes along: a loser's bond. By NodeRegistry alone.
    """
    assert msg.sender == registry, "not NodeRegistry"
    ledger.credit(jobId, beneficiary, empty(address), msg.value, ledger.LOSERS_BONDS)


# Views.


@external
@view
def jobIdOf(submitter: address, id: bytes16, specification: bytes32) -> bytes32:
    """
    @notice The id that a post has on this chain: whose it is cannot change by a reorganisation.
    """
    return self._jobId(submitter, id, specification)


@external
@view
def jobs(jobId: bytes32) -> Job:
    """
    @notice A job's terms, its payment and what became of it; all zero where there is none.
    """
    return self._job(jobId)


@external
@view
def claims(jobId: bytes32, node: address) -> IJobMarketplace.Claim:
    """
    @notice A node's claim by its operator; number 0 where there is none.
    """
    return packed.asClaim(self.claimWords[jobId][node])


@external
@view
def terms(jobId: bytes32) -> IJobMarketplace.Terms:
    """
    @notice What ConsensusManager decides by.
    """
    self._checkPosted(jobId)
    posted: packed.Posted = packed.asPosted(self.postings[jobId].terms)
    return IJobMarketplace.Terms(
        nodes=posted.nodes,
        quorum=posted.quorum,
        bond=self.postings[jobId].bond,
        share=self._share(jobId),
        windows=posted.windows,
    )


@external
@view
def openWindow(jobId: bytes32) -> uint256:
    """
    @notice Seconds in which commitments are opened.
    """
    return packed.asPosted(self.postings[jobId].terms).windows[2]


@external
@view
def round(jobId: bytes32, index: uint256) -> IJobMarketplace.Round:
    """
    @notice A round's slots, its start (time and block), its seed (zero: not drawn), its recorded claims, and whether
            all its slots were once taken.
    """
    return self._round(jobId, index)


@external
@view
def claimDeadline(jobId: bytes32, index: uint256) -> uint256:
    """
    @notice The last second in which a round's slots can be claimed.
    """
    startedAt: uint256 = self._round(jobId, index).startedAt
    return startedAt + packed.asPosted(self.postings[jobId].terms).windows[0]


@external
@view
def claimants(jobId: bytes32, index: uint256) -> DynArray[address, 31]:
    """
    @notice The operators whose claims of a round are recorded: not expired away.
    """
    return self.claimed[jobId][index]


@external
@view
def admittedFrom(jobId: bytes32, number: uint256) -> uint256:
    """
    @notice From when the current round admits a node; the largest number while the round has no hash yet.
    """
    self._checkPosted(jobId)
    current: IJobMarketplace.Round = self._round(jobId, self._currentRound(jobId))
    if current.slots > 1 and current.seed == empty(bytes32):
        if block.number <= current.startedIn:
            return max_value(uint256)
        current.seed = self._hash(current.startedIn)
    claimWindow: uint256 = packed.asPosted(self.postings[jobId].terms).windows[0]
    return self._admittedFrom(current, claimWindow, number)


# Claims.


@internal
def _start(jobId: bytes32, index: uint256, slots: uint256):
    self.rounds[jobId][index] = packed.round(
        IJobMarketplace.Round(
            slots=slots,
            startedAt=block.timestamp,
            startedIn=block.number,
            seed=empty(bytes32),
            claimed=0,
            filled=False,
        )
    )


@internal
@view
def _round(jobId: bytes32, index: uint256) -> IJobMarketplace.Round:
    return packed.asRound(self.rounds[jobId][index], self.seeds[jobId][index])


@internal
@view
def _currentRound(jobId: bytes32) -> uint256:
    return 0 if self.postings[jobId].challenger == empty(address) else 1


@internal
@view
def _job(jobId: bytes32) -> Job:
    posting: Posting = self.postings[jobId]
    posted: packed.Posted = packed.asPosted(posting.terms)
    return Job(
        submitter=posting.submitter,
        nodes=posted.nodes,
        quorum=posted.quorum,
        bond=posting.bond,
        windows=posted.windows,
        token=posting.token,
        payment=posting.payment,
        registered=posted.registered,
        challenger=posting.challenger,
        challengeBond=posting.challengeBond,
        closed=posting.closed,
    )


@internal
def _draw(jobId: bytes32, index: uint256, startedIn: uint256) -> bytes32:
    assert block.number > startedIn, "no hash in the round's own block"
    seed: bytes32 = self._hash(startedIn)
    assert seed != empty(bytes32), "the chain tells no hashes"
    self.seeds[jobId][index] = seed
    log Drawn(jobId=jobId, round=index, seed=seed)
    return seed


@internal
@view
def _hash(startedIn: uint256) -> bytes32:
    # Older hashes the chain does not tell.
    if block.number - startedIn <= 256:
        return blockhash(startedIn)
    return blockhash(block.number - 1)


@internal
@pure
def _admittedFrom(
    current: IJobMarketplace.Round, claimWindow: uint256, number: uint256
) -> uint256:
    if current.slots == 1:
        return current.startedAt
    ticket: uint256 = convert(keccak256(abi_encode(current.seed, number)), uint256) >> 128
    # Uniform over the first half of the window.
    return current.startedAt + ((ticket * claimWindow) >> 129)


# Money.


@internal
def _payOut(jobId: bytes32, early: bool):
    outcome: IConsensusManager.Outcome = extcall IConsensusManager(consensus).conclude(jobId, early)
    share: uint256 = self._share(jobId)
    payment: uint256 = self._close(jobId)
    token: address = self.postings[jobId].token
    challenger: address = self.postings[jobId].challenger
    rest: uint256 = payment
    for node: address in outcome.winners:
        ledger.credit(jobId, self._owner(jobId, node), token, share, ledger.NODE_SHARE)
        rest -= share
    if challenger != empty(address):
        bond: uint256 = self.postings[jobId].challengeBond
        costs: uint256 = 0
        for node: address in outcome.checkers:
            ledger.credit(jobId, self._owner(jobId, node), token, share, ledger.CHECKER_SHARE)
            costs += share
        if not outcome.filled:
            ledger.credit(jobId, ledger.BURN, token, share, ledger.BURNED)
            costs = share
        ledger.credit(jobId, challenger, token, bond - costs, ledger.BOND_BACK)
        if outcome.turned:
            repaid: uint256 = min(rest, costs)
            ledger.credit(jobId, challenger, token, repaid, ledger.CHALLENGER_COSTS)
            rest -= repaid
    ledger.credit(jobId, self.postings[jobId].submitter, token, rest, ledger.SUBMITTER_REST)
    log JobCompleted(jobId=jobId, resultHash=outcome.resultHash, paid=True, payment=payment)


@internal
def _close(jobId: bytes32) -> uint256:
    assert not self.postings[jobId].closed, "closed"
    self.postings[jobId].closed = True
    return self.postings[jobId].payment


@internal
@view
def _owner(jobId: bytes32, node: address) -> address:
    return staticcall INodeRegistry(registry).ownerOf(
        packed.asClaim(self.claimWords[jobId][node]).number
    )


@internal
@view
def _share(jobId: bytes32) -> uint256:
    return self.postings[jobId].payment // packed.asPosted(self.postings[jobId].terms).nodes


@internal
@view
def _jobId(submitter: address, id: bytes16, specification: bytes32) -> bytes32:
    return keccak256(abi_encode(chain.id, self, submitter, id, specification))


@internal
@view
def _checkPosted(jobId: bytes32):
    assert self.postings[jobId].submitter != empty(address), "no such job"
