"""Only the named roles can call: the wiring of the four, and the doors that each keeps for another."""

from __future__ import annotations

import unittest
from typing import Any

import rlp
from eth_hash.auto import keccak

from .case import MINIMUM_STAKE, UNBONDING, UnitCase
from .chain import Reverted, canonical
from .contract import shape_of
from .harness import ETH, digest_of
from .job import BOND

FOUR = ("NodeRegistry", "JobMarketplace", "ProofVerification", "ConsensusManager")


class WiringTests(UnitCase):
    def test_each_knows_the_others(self) -> None:
        market = self.market
        registry, marketplace, proofs, consensus = (each.address for each in market.contracts)
        self.assertEqual(market.registry.marketplace(), marketplace)
        self.assertEqual(market.registry.consensus(), consensus)
        self.assertEqual(market.registry.minimumStake(), MINIMUM_STAKE)
        self.assertEqual(market.registry.unbonding(), UNBONDING)
        self.assertEqual(market.marketplace.registry(), registry)
        self.assertEqual(market.marketplace.consensus(), consensus)
        self.assertEqual(market.proofs.marketplace(), marketplace)
        self.assertEqual(market.consensus.registry(), registry)
        self.assertEqual(market.consensus.marketplace(), marketplace)
        self.assertEqual(market.consensus.proofs(), proofs)

    def test_the_addresses_follow_from_the_deployer(self) -> None:
        deployer = canonical(self.market.deployer)
        for nonce, contract in enumerate(self.market.contracts):
            expected = keccak(rlp.encode([deployer, nonce]))[12:]
            self.assertEqual(canonical(contract), expected)

    def test_a_contract_must_be_named(self) -> None:
        one = self.ann.address
        for name, *values in (
            ("NodeRegistry", ETH, one, 1, 1),
            ("NodeRegistry", one, ETH, 1, 1),
            ("JobMarketplace", ETH, one),
            ("JobMarketplace", one, ETH),
            ("ProofVerification", ETH),
            ("ConsensusManager", ETH, one, one),
            ("ConsensusManager", one, ETH, one),
            ("ConsensusManager", one, one, ETH),
        ):
            with self.reverts("no contract"):
                self.market.deploy(name, *values)

    def test_stake_is_not_held_for_longer_than_a_year(self) -> None:
        one = self.ann.address
        with self.reverts("unbonding above a year"):
            self.market.deploy("NodeRegistry", one, one, 1, 365 * 86400 + 1)
        self.market.deploy("NodeRegistry", one, one, 1, 365 * 86400)

    def test_there_is_no_owner_and_no_setter(self) -> None:
        """Whatever can change something is in this list, which says who may call it."""
        changing = {
            "NodeRegistry": {
                "register", "addStake", "update", "retire", "withdrawStake",
                "bind", "free", "slash",
            },
            "JobMarketplace": {
                "submitJob", "escrowPayment", "releasePayment", "claimJob", "draw",
                "distributeRewards", "refund", "withdraw",
                "dropClaim", "giveBack", "openChallenge", "creditSlash",
            },
            "ProofVerification": {"submitProof"},
            "ConsensusManager": {
                "submitVote", "expireClaim", "settle", "challengeResult", "conclude",
            },
        }  # fmt: skip
        for name in FOUR:
            functions = shape_of(name).functions
            found = {key for key, forms in functions.items() if not forms[0].is_view}
            self.assertEqual(found, changing[name])


class DoorTests(UnitCase):
    """Calls that one contract keeps for another: nobody else can make them, the other two contracts included."""

    def refuses(self, reason: str, contract: Any, method: str, *values: Any, but: Any) -> None:
        strangers = [self.mallory, self.ann, self.nodes[0], self.market.deployer]
        strangers += [each for each in self.market.contracts if each is not but]
        for sender in strangers:
            with self.reverts(reason):
                getattr(contract, method)(*values, sender=sender)

    def test_stake_is_bound_by_the_marketplace_alone(self) -> None:
        self.refuses(
            "not JobMarketplace", self.registry, "bind", 1, digest_of("job"), 1,
            but=self.marketplace,
        )  # fmt: skip
        self.registry.bind(1, digest_of("job"), 1, sender=self.marketplace)

    def test_stake_is_freed_and_slashed_by_the_consensus_alone(self) -> None:
        job = digest_of("job")
        self.registry.bind(1, job, 2, sender=self.marketplace)
        self.registry.bind(1, job, 2, sender=self.marketplace)
        reason = "not ConsensusManager"
        self.refuses(reason, self.registry, "free", 1, job, 2, 2, but=self.consensus)
        self.refuses(
            reason, self.registry, "slash", 1, job, 2, 0, ETH, 1, but=self.consensus
        )
        self.registry.free(1, job, 2, 2, sender=self.consensus)
        self.registry.slash(1, job, 2, 0, ETH, 1, sender=self.consensus)

    def test_the_marketplace_s_doors_for_the_consensus(self) -> None:
        job = self.agreed("A")
        reason, market = "not ConsensusManager", self.marketplace
        self.refuses(reason, market, "dropClaim", job.id, self.nodes[0], but=self.consensus)
        self.refuses(reason, market, "giveBack", job.id, but=self.consensus)
        self.refuses(
            reason, market, "openChallenge", job.id, self.mallory, 300, but=self.consensus
        )

    def test_the_registry_alone_credits_a_loser_s_bond(self) -> None:
        job = self.post()
        self.refuses(
            "not NodeRegistry", self.marketplace, "creditSlash", job.id, self.mallory,
            but=self.registry,
        )  # fmt: skip

    def test_the_marketplace_alone_concludes(self) -> None:
        job = self.agreed("A")
        for early in (True, False):
            self.refuses(
                "not JobMarketplace", self.consensus, "conclude", job.id, early,
                but=self.marketplace,
            )  # fmt: skip
        self.assertEqual(job.status, 1)

    def test_even_from_within_nothing_is_paid_or_concluded_twice(self) -> None:
        """Each contract keeps its own books, whatever another one asks of it."""
        paid, refunded = self.agreed("A", name="paid"), self.post(name="refunded")
        paid.release()
        refunded.refund(at=max(self.chain.now, refunded.claim_deadline + 1))
        for job in (paid, refunded):
            with self.reverts("closed"):
                self.marketplace.giveBack(job.id, sender=self.consensus)
            with self.reverts("closed"):
                self.consensus.conclude(job.id, True, sender=self.marketplace)

    def test_even_from_within_no_claim_is_dropped_that_is_not_there(self) -> None:
        job = self.post(n=1, k=1)
        with self.reverts("no such claim"):
            self.marketplace.dropClaim(job.id, self.nodes[0], sender=self.consensus)
        deadline = job.claim(self.nodes[0]).timestamp + job.windows[1]
        job.expire(self.nodes[0], at=deadline + 1)
        with self.reverts("no such claim"):
            self.marketplace.dropClaim(job.id, self.nodes[0], sender=self.consensus)

    def test_the_registry_binds_no_more_than_is_free(self) -> None:
        number = self.market.register(self.mallory, stake=MINIMUM_STAKE)
        job = digest_of("job")
        self.registry.bind(number, job, MINIMUM_STAKE - 1, sender=self.marketplace)
        with self.reverts("not enough free stake"):
            self.registry.bind(number, job, 2, sender=self.marketplace)
        with self.reverts("not enough free stake"):
            self.registry.bind(number, job, 2**256 - MINIMUM_STAKE, sender=self.marketplace)
        self.registry.bind(number, job, 1, sender=self.marketplace)

    def test_the_registry_frees_no_more_than_is_bound(self) -> None:
        self.registry.bind(1, digest_of("job"), BOND, sender=self.marketplace)
        for call in (
            lambda: self.registry.free(1, digest_of("job"), BOND + 1, 1, sender=self.consensus),
            lambda: self.registry.slash(
                1, digest_of("job"), BOND + 1, 0, ETH, 1, sender=self.consensus
            ),
            lambda: self.registry.slash(
                1, digest_of("job"), BOND, BOND + 1, self.ann, 1, sender=self.consensus
            ),
        ):
            with self.assertRaises(Reverted):
                call()


class PlainWeiTests(UnitCase):
    """Nobody loses wei by sending them where they are not asked for."""

    def test_none_of_the_four_takes_wei_by_itself(self) -> None:
        for contract in self.market.contracts:
            for data in (b"", b"\x12\x34\x56\x78"):
                with self.assertRaises(Reverted):
                    self.chain.transact(self.mallory, contract, data, value=1)

    def test_no_wei_to_what_is_not_paid(self) -> None:
        job = self.post()
        for contract, method, *values in (
            (self.registry, "retire", 1),
            (self.registry, "update", 1, "e", "d"),
            (self.registry, "withdrawStake", 1),
            (self.marketplace, "claimJob", job.id),
            (self.marketplace, "draw", job.id),
            (self.marketplace, "distributeRewards", job.id),
            (self.marketplace, "releasePayment", job.id),
            (self.marketplace, "refund", job.id),
            (self.marketplace, "withdraw", ETH),
            (self.proofs, "submitProof", job.id, digest_of("commitment")),
            (self.consensus, "settle", job.id),
            (self.consensus, "expireClaim", job.id, self.nodes[0]),
        ):
            with self.reverts("execution reverted"):
                getattr(contract, method)(*values, sender=self.nodes[0], value=1)


if __name__ == "__main__":
    unittest.main()
