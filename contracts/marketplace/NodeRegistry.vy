# pragma version 0.4.3
"""
@title NodeRegistry
@notice The nodes of the marketplace and their stake.
@dev A node has an operator, who signs and sends, and an owner, who withdraws. JobMarketplace alone binds stake,
     ConsensusManager alone frees and slashes it. What is burned stays here for ever: the balance is the sum of all
     stakes and of `burned`.
"""

from interfaces import IJobMarketplace
from interfaces import INodeRegistry

implements: INodeRegistry


struct Node:
    operator: address
    owner: address
    active: bool
    stake: uint256
    bound: uint256
    openClaims: uint256
    retiredAt: uint256
    done: uint256
    agreed: uint256
    failed: uint256
    slashed: uint256


event NodeRegistered:
    number: indexed(uint256)
    operator: indexed(address)
    owner: indexed(address)
    stake: uint256
    endpoint: String[256]
    descriptor: String[128]


event NodeUpdated:
    number: indexed(uint256)
    endpoint: String[256]
    descriptor: String[128]


event NodeRetired:
    number: indexed(uint256)
    withdrawableFrom: uint256


event StakeAdded:
    number: indexed(uint256)
    sender: indexed(address)
    amount: uint256
    stake: uint256


event StakeBound:
    number: indexed(uint256)
    jobId: indexed(bytes32)
    amount: uint256


event StakeFreed:
    number: indexed(uint256)
    jobId: indexed(bytes32)
    amount: uint256
    outcome: uint256


event NodeSlashed:
    number: indexed(uint256)
    jobId: indexed(bytes32)
    operator: indexed(address)
    amount: uint256
    burned: uint256
    reason: uint256


event StakeWithdrawn:
    number: indexed(uint256)
    owner: indexed(address)
    amount: uint256


# How a claim ended whose bond is freed.
AGREED: constant(uint256) = 1
NEUTRAL: constant(uint256) = 2  # nothing had to be opened
COULD_NOT_RUN: constant(uint256) = 3
NO_VERDICT: constant(uint256) = 4  # a result was opened, and no quorum reached

# Why a bond is slashed.
EXPIRED: constant(uint256) = 1
SILENT: constant(uint256) = 2
OTHER_RESULT: constant(uint256) = 3

marketplace: public(immutable(address))
consensus: public(immutable(address))
minimumStake: public(immutable(uint256))  # wei
unbonding: public(immutable(uint256))  # seconds

nodes: public(HashMap[uint256, Node])
numberOf: public(HashMap[address, uint256])  # by operator; 0: none
lastNumber: public(uint256)
burned: public(uint256)  # wei


@deploy
def __init__(
    _marketplace: address, _consensus: address, _minimumStake: uint256, _unbonding: uint256
):
    assert _marketplace != empty(address) and _consensus != empty(address), "no contract"
    # Beyond this, times could overflow and stake be held for ever.
    assert _unbonding <= 365 * 86400, "unbonding above a year"
    marketplace = _marketplace
    consensus = _consensus
    minimumStake = _minimumStake
    unbonding = _unbonding


# For the owner and the operator.


@external
@payable
def register(owner: address, endpoint: String[256], descriptor: String[128]) -> uint256:
    """
    @notice Register the sender as the operator of a new node.
    @param owner Who withdraws the stake and gets the pay; never changes.
    @param endpoint The node's URL.
    @param descriptor The CID of its signed descriptor.
    @return Its registration number.
    """
    assert owner != empty(address), "no owner"
    assert self.numberOf[msg.sender] == 0, "operator has a node"
    assert msg.value >= minimumStake, "stake below the minimum"
    number: uint256 = self.lastNumber + 1
    self.lastNumber = number
    self.numberOf[msg.sender] = number
    self.nodes[number].operator = msg.sender
    self.nodes[number].owner = owner
    self.nodes[number].active = True
    self.nodes[number].stake = msg.value
    log NodeRegistered(
        number=number,
        operator=msg.sender,
        owner=owner,
        stake=msg.value,
        endpoint=endpoint,
        descriptor=descriptor,
    )
    return number


@external
@payable
def addStake(number: uint256):
    """
    @notice Add to an active node's stake. Anyone may; the owner alone gets it back.
    """
    assert self.nodes[number].active, "not active"
    assert msg.value > 0, "no stake"
    stake: uint256 = self.nodes[number].stake + msg.value
    self.nodes[number].stake = stake
    log StakeAdded(number=number, sender=msg.sender, amount=msg.value, stake=stake)


@external
def update(number: uint256, endpoint: String[256], descriptor: String[128]):
    """
    @notice Tell a new endpoint and descriptor.
    """
    self._checkParty(number)
    assert self.nodes[number].active, "not active"
    log NodeUpdated(number=number, endpoint=endpoint, descriptor=descriptor)


@external
def retire(number: uint256):
    """
    @notice Claim nothing more, for ever; open claims go on.
    """
    self._checkParty(number)
    assert self.nodes[number].active, "not active"
    self.nodes[number].active = False
    self.nodes[number].retiredAt = block.timestamp
    log NodeRetired(number=number, withdrawableFrom=block.timestamp + unbonding)


@external
@nonreentrant
def withdrawStake(number: uint256):
    """
    @notice Send the owner the stake of a retired node. The operator may then register anew.
    """
    node: Node = self.nodes[number]
    assert msg.sender == node.owner, "not the owner"
    assert self.numberOf[node.operator] == number, "withdrawn before"
    assert not node.active, "not retired"
    assert block.timestamp >= node.retiredAt + unbonding, "still unbonding"
    assert node.openClaims == 0, "open claims"
    self.nodes[number].stake = 0
    self.numberOf[node.operator] = 0
    log StakeWithdrawn(number=number, owner=node.owner, amount=node.stake)
    raw_call(node.owner, b"", value=node.stake)


@internal
@view
def _checkParty(number: uint256):
    operator: address = self.nodes[number].operator
    assert operator != empty(address), "no such node"
    assert msg.sender == operator or msg.sender == self.nodes[number].owner, "not the node's"


# For the other contracts.


@external
def bind(number: uint256, jobId: bytes32, amount: uint256):
    """
    @notice Bind a claim's bond. By JobMarketplace alone.
    """
    assert msg.sender == marketplace, "not JobMarketplace"
    assert self.nodes[number].active, "not active"
    bound: uint256 = self.nodes[number].bound + amount
    assert bound <= self.nodes[number].stake, "not enough free stake"
    self.nodes[number].bound = bound
    self.nodes[number].openClaims += 1
    log StakeBound(number=number, jobId=jobId, amount=amount)


@external
def free(number: uint256, jobId: bytes32, amount: uint256, outcome: uint256):
    """
    @notice Free a claim's bond and count how the claim ended. By ConsensusManager alone.
    """
    assert msg.sender == consensus, "not ConsensusManager"
    self.nodes[number].bound -= amount
    self.nodes[number].openClaims -= 1
    if outcome == AGREED or outcome == NO_VERDICT:
        self.nodes[number].done += 1
    if outcome == AGREED:
        self.nodes[number].agreed += 1
    if outcome == COULD_NOT_RUN:
        self.nodes[number].failed += 1
    log StakeFreed(number=number, jobId=jobId, amount=amount, outcome=outcome)


@external
def slash(
    number: uint256,
    jobId: bytes32,
    amount: uint256,
    toBeneficiary: uint256,
    beneficiary: address,
    reason: uint256,
):
    """
    @notice Take a claim's bond. By ConsensusManager alone.
    @param toBeneficiary What of it is credited to the beneficiary, in wei; the rest is burned.
    """
    assert msg.sender == consensus, "not ConsensusManager"
    self.nodes[number].bound -= amount
    self.nodes[number].stake -= amount
    self.nodes[number].openClaims -= 1
    self.nodes[number].slashed += 1
    if reason == OTHER_RESULT:
        self.nodes[number].done += 1
    else:
        self.nodes[number].failed += 1
    self.burned += amount - toBeneficiary
    log NodeSlashed(
        number=number,
        jobId=jobId,
        operator=self.nodes[number].operator,
        amount=amount,
        burned=amount - toBeneficiary,
        reason=reason,
    )
    if toBeneficiary > 0:
        extcall IJobMarketplace(marketplace).creditSlash(jobId, beneficiary, value=toBeneficiary)


@external
@view
def ownerOf(number: uint256) -> address:
    """
    @notice Who withdraws a node's stake and gets its pay.
    """
    return self.nodes[number].owner


@external
@view
def freeStake(number: uint256) -> uint256:
    """
    @notice What a node can bind still, in wei.
    """
    return self.nodes[number].stake - self.nodes[number].bound
