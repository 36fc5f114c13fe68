"""The four contracts on a chain of their own, and the steps of a job by name.

    class SomeTests(MarketCase):
        def test_two_of_three(self) -> None:
            market = self.market
            nodes = market.nodes(3)                                 # registered, staked
            job = market.post(actor("ann"), nodes=3, quorum=2)      # -> the jobId
            market.fill(job, nodes)                                 # claims, each when it is admitted
            for node in nodes:
                market.prove(job, node, "4")                        # commits
            for node in nodes:
                market.vote(job, node, "4")                         # opens
            market.settle(job)
            with self.reverts("..."):
                market.marketplace.releasePayment(job, sender=actor("bob"))

`actors.actor(name)` is an account with a key; `market.actor(name)` has ETH besides. `market.token("FeeToken", [ann], 10)`
is a currency (see `tokens/`) that ann holds and lets JobMarketplace take: `market.post(ann, token=token)`.

`market.registry`, `.marketplace`, `.proofs`, `.consensus` are the contracts themselves (`contract.Contract`): each ABI
function is a member; a view gives its value, any other a `Receipt` (`.value`, `.events`, `.event(name)`, `.gas_used`) and
needs `sender=`; both take `at=`, the time of the block. `market.chain` (`chain.Chain`) holds time and blocks: `now`,
`travel`, `travel_to`, `mine`, `one_block`, `snapshot`, `rollback`, `balance`, `fund`, `receipts`. A result is a text,
a hash of 32 bytes, or None for "could not run".
"""

from __future__ import annotations

import unittest
from contextlib import contextmanager
from typing import Any, Iterable, Iterator, Sequence

from .actors import ZERO_HASH, Actor, Opening, actor, digest_of
from .chain import Chain, Receipt, Reverted, next_address
from .contract import Contract, deploy, deploy_measured

__all__ = [
    "BURN", "ETH", "ETHER", "WEEK", "WINDOWS", "ZERO_HASH", "Actor", "Chain", "Contract", "Market", "MarketCase",
    "Opening", "Receipt", "Result", "Reverted", "actor", "deploy", "digest_of",
]  # fmt: skip

ETHER = 10**18
ETH = "0x" + "00" * 20
"""The currency that is no token."""
BURN = "0x000000000000000000000000000000000000dead"
"""Whose credits nobody can withdraw."""
WINDOWS = (3_600, 600, 900, 7_200)
"""Seconds to claim, to commit after a claim, to open, to challenge."""
WEEK = 604_800

Result = str | bytes | None


def hash_of(result: Result) -> bytes:
    """The hash of 32 bytes that stands for a result."""
    if result is None:
        return ZERO_HASH
    return result if isinstance(result, bytes) else digest_of(result)


class Market:
    """A chain with the four contracts, each wired to the others' addresses before they stand there."""

    def __init__(
        self, minimum_stake: int = ETHER, unbonding: int = WEEK, chain: Chain | None = None
    ) -> None:
        self.chain = chain or Chain()
        self.deployer = self.actor("deployer")
        first = self.chain.nonce(self.deployer)
        registry, marketplace, proofs, consensus = (
            next_address(self.deployer, first + index) for index in range(4)
        )
        self.deployments: dict[str, Receipt] = {}
        self.registry = self._deploy(
            "NodeRegistry", marketplace, consensus, minimum_stake, unbonding
        )
        self.marketplace = self._deploy("JobMarketplace", registry, consensus)
        self.proofs = self._deploy("ProofVerification", marketplace)
        self.consensus = self._deploy("ConsensusManager", registry, marketplace, proofs)
        self._posts = 0

    def _deploy(self, name: str, *values: Any) -> Contract:
        contract, self.deployments[name] = deploy_measured(self.chain, self.deployer, name, *values)
        return contract

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """The four."""
        return self.registry, self.marketplace, self.proofs, self.consensus

    def actor(self, name: str) -> Actor:
        """An actor with wei in his hand."""
        found = actor(name)
        if not self.chain.balance(found):
            self.chain.fund(found)
        return found

    def deploy(self, name: str, *values: Any) -> Contract:
        """Another contract, such as a token; the deployer is its sender."""
        return deploy(self.chain, self.deployer, name, *values)

    def token(
        self, name: str, holders: Iterable[Any], *values: Any, amount: int = 10**30
    ) -> Contract:
        """A token of `tokens/NAME.vy`; each holder has that much of it, all of which JobMarketplace may take."""
        token = self.deploy(name, *values)
        for holder in holders:
            token.mint(holder, amount, sender=self.deployer)
            token.approve(self.marketplace, 2**256 - 1, sender=holder)
        return token

    # Nodes

    def register(
        self,
        operator: Actor,
        stake: int | None = None,
        owner: Any = None,
        endpoint: str = "https://node.example",
        descriptor: str = "bafkreidescriptor",
    ) -> int:
        """Registers a node; its number. Without an owner, the owner is another account, `NAME's owner`."""
        self.actor(operator.name)
        receipt = self.registry.register(
            owner or self.owner(operator),
            endpoint,
            descriptor,
            sender=operator,
            value=self.registry.minimumStake() * 10 if stake is None else stake,
        )
        return int(receipt.value)

    def owner(self, operator: Actor) -> Actor:
        """The owner that `register` gives a node by itself."""
        return self.actor(f"{operator.name}'s owner")

    def nodes(self, count: int, prefix: str = "node") -> list[Actor]:
        """So many registered nodes, by the names node1, node2 …"""
        operators = [self.actor(f"{prefix}{index + 1}") for index in range(count)]
        for operator in operators:
            self.register(operator)
        return operators

    def number(self, operator: Any) -> int:
        """A node's registration number."""
        return int(self.registry.numberOf(operator))

    # A job

    def post(
        self,
        submitter: Actor,
        nodes: int = 3,
        quorum: int = 2,
        bond: int = ETHER // 10,
        windows: Sequence[int] = WINDOWS,
        token: Any = ETH,
        payment: int = 3 * ETHER,
        id: bytes | None = None,
        specification: bytes = digest_of("specification"),
        code: str = "bafybeicode",
    ) -> bytes:
        """Posts a job; its jobId. The ids differ by themselves; a token's allowance is the caller's business."""
        return bytes(
            self.submit(
                submitter, nodes, quorum, bond, windows, token, payment, id, specification, code
            ).value
        )

    def submit(
        self,
        submitter: Actor,
        nodes: int,
        quorum: int,
        bond: int,
        windows: Sequence[int],
        token: Any,
        payment: int,
        id: bytes | None = None,
        specification: bytes = digest_of("specification"),
        code: str = "bafybeicode",
    ) -> Receipt:
        """As `post`, with the receipt."""
        self.actor(submitter.name)
        if id is None:
            self._posts += 1
            id = self._posts.to_bytes(16, "big")
        terms = (id, specification, code, nodes, quorum, bond, tuple(windows), token, payment)
        value = payment if token == ETH else 0
        return self.marketplace.submitJob(*terms, sender=submitter, value=value)

    def admitted(self, job: bytes, node: Actor) -> int:
        """The time from which the node may claim, now at the earliest; closes the round's own block first."""
        since = int(self.marketplace.admittedFrom(job, self.number(node)))
        if since == 2**256 - 1:
            self.chain.mine()
            since = int(self.marketplace.admittedFrom(job, self.number(node)))
        return max(since, self.chain.now)

    def claim(self, job: bytes, node: Actor) -> Receipt:
        """Claims as soon as the node is admitted."""
        return self.marketplace.claimJob(job, sender=node, at=self.admitted(job, node))

    def in_turn(self, job: bytes, nodes: Iterable[Actor]) -> list[Actor]:
        """These in the order of their admission."""
        return sorted(nodes, key=lambda node: self.admitted(job, node))

    def fill(self, job: bytes, nodes: Iterable[Actor]) -> None:
        """All of these claim, in the order of their admission; the first's commit window runs meanwhile."""
        for node in self.in_turn(job, nodes):
            self.claim(job, node)

    def opening(
        self, job: bytes, node: Actor, result: Result, proof_cid: str | None = None
    ) -> Opening:
        """What an honest node that found this result commits to and opens; the same each time it is asked."""
        found = hash_of(result)
        cid = proof_cid or ("bafkreireason" if result is None else f"bafkrei{node.name}")
        trace = ZERO_HASH if result is None else digest_of(f"trace of {node.name}")
        salt = node.salt(self.chain.chain_id, self.marketplace, job)
        return Opening(job, node, found, cid, trace, salt)

    def prove(self, job: bytes, node: Actor, result: Result) -> Receipt:
        """Commits to a result."""
        commitment = self.opening(job, node, result).commitment
        return self.proofs.submitProof(job, commitment, sender=node)

    def vote(self, job: bytes, node: Actor, result: Result) -> Receipt:
        """Opens the commitment to that result."""
        opening = self.opening(job, node, result)
        arguments = opening.arguments(self.chain.chain_id, self.consensus)
        return self.consensus.submitVote(*arguments, sender=node)

    def settle(self, job: bytes, at: int | None = None) -> Receipt:
        """Anyone settles."""
        return self.consensus.settle(job, sender=self.actor("anyone"), at=at)

    def run(self, job: bytes, results: dict[Actor, Result]) -> Receipt:
        """The current round to its end: each claims and commits in turn, then all open; then it is settled."""
        for node in self.in_turn(job, results):
            self.claim(job, node)
            self.prove(job, node, results[node])
        for node, result in results.items():
            self.vote(job, node, result)
        return self.settle(job)

    def challenge(
        self,
        job: bytes,
        challenger: Actor,
        amount: int,
        token: Any = ETH,
        evidence: str = "bafkreievidence",
    ) -> Receipt:
        """Challenges with a bond; a token's allowance is the caller's business."""
        self.actor(challenger.name)
        value = amount if token == ETH else 0
        return self.consensus.challengeResult(job, evidence, amount, sender=challenger, value=value)


class MarketCase(unittest.TestCase):
    """A test with a market of its own."""

    def setUp(self) -> None:
        self.market = Market()
        self.chain = self.market.chain

    @contextmanager
    def reverts(self, reason: str) -> Iterator[None]:
        """What is within must revert with exactly this reason."""
        with self.assertRaises(Reverted) as caught:
            yield
        self.assertEqual(caught.exception.reason, reason)
