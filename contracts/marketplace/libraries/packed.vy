# pragma version 0.4.3
"""
@title packed
@notice Several small numbers in one word of storage: a job is posted and claimed for half the gas.
@dev Times and block numbers have 64 bits, windows 32, counts 8. Whoever packs has checked that they fit.
"""

from interfaces import IJobMarketplace

COUNT: constant(uint256) = 2**8 - 1
WINDOW: constant(uint256) = 2**32 - 1
TIME: constant(uint256) = 2**64 - 1


struct Posted:
    nodes: uint256
    quorum: uint256
    windows: uint256[4]
    registered: uint256


@internal
@pure
def posted(terms: Posted) -> uint256:
    """
    @notice A job's terms: nodes, quorum, the four windows, and the last registration number at its post.
    """
    return (
        terms.nodes
        | (terms.quorum << 8)
        | (terms.windows[0] << 16)
        | (terms.windows[1] << 48)
        | (terms.windows[2] << 80)
        | (terms.windows[3] << 112)
        | (terms.registered << 144)
    )


@internal
@pure
def asPosted(word: uint256) -> Posted:
    """
    @notice What `posted` packed.
    """
    return Posted(
        nodes=word & COUNT,
        quorum=(word >> 8) & COUNT,
        windows=[
            (word >> 16) & WINDOW,
            (word >> 48) & WINDOW,
            (word >> 80) & WINDOW,
            (word >> 112) & WINDOW,
        ],
        registered=word >> 144,
    )


@internal
@pure
def round(current: IJobMarketplace.Round) -> uint256:
    """
    @notice A round but for its seed: its slots and recorded claims, whether all slots were once taken, the time
            and the block of its start.
    """
    return (
        current.slots
        | (current.claimed << 8)
        | (convert(current.filled, uint256) << 16)
        | (current.startedAt << 24)
        | (current.startedIn << 88)
    )


@internal
@pure
def asRound(word: uint256, seed: bytes32) -> IJobMarketplace.Round:
    """
    @notice What `round` packed, and the seed.
    """
    return IJobMarketplace.Round(
        slots=word & COUNT,
        startedAt=(word >> 24) & TIME,
        startedIn=word >> 88,
        seed=seed,
        claimed=(word >> 8) & COUNT,
        filled=((word >> 16) & COUNT) == 1,
    )


@internal
@pure
def claim(number: uint256, index: uint256, deadline: uint256, live: bool) -> uint256:
    """
    @notice A claim: the node's registration number, its round, its deadline, and whether it is recorded.
    """
    return convert(live, uint256) | (index << 8) | (deadline << 16) | (number << 80)


@internal
@pure
def asClaim(word: uint256) -> IJobMarketplace.Claim:
    """
    @notice What `claim` packed.
    """
    return IJobMarketplace.Claim(
        number=word >> 80,
        round=(word >> 8) & COUNT,
        deadline=(word >> 16) & TIME,
        live=(word & 1) == 1,
    )
