"""Sortition: whom a round admits when, so that nobody can simply be first."""

from __future__ import annotations

import unittest

from eth_abi import encode
from eth_hash.auto import keccak

from .case import UnitCase
from .harness import actor
from .job import CLAIM, COMMIT, Job

NEVER = 2**256 - 1


def admitted_from(start: int, window: int, seed: bytes, number: int) -> int:
    """The rule: a ticket of 128 bits, spread over the first half of the window."""
    ticket = int.from_bytes(keccak(encode(["bytes32", "uint256"], [seed, number]))[:16], "big")
    return start + ((ticket * window) >> 129)


class AdmissionTests(UnitCase):
    def admitted(self, job: Job) -> list[int]:
        """From when each node is admitted."""
        return [
            int(self.marketplace.admittedFrom(job.id, index + 1)) for index in range(len(self.nodes))
        ]

    def test_the_order_follows_from_the_hash_of_the_post_s_block(self) -> None:
        job = self.post()
        seed = self.chain.block_hash(job.posted.block_number)
        start = job.posted.timestamp
        expected = [
            admitted_from(start, CLAIM, seed, index + 1) for index in range(len(self.nodes))
        ]
        self.assertEqual(self.admitted(job), expected)
        self.assertGreater(len(set(expected)), 6)
        self.assertTrue(all(start <= each < start + CLAIM // 2 for each in expected))

    def test_a_node_is_admitted_from_its_second_on(self) -> None:
        job = self.post()
        order = sorted(zip(self.admitted(job), self.nodes), key=lambda pair: pair[0])
        since, node = order[3]
        with self.reverts("not drawn yet"):
            job.claim(node, at=since - 1)
        job.claim(node, at=since)
        later = [each for each in order[4:] if each[0] > self.chain.now]
        self.assertTrue(later)
        for _, other in later:
            with self.reverts("not drawn yet"):
                job.claim(other)

    def test_from_half_of_the_window_on_everybody_is_admitted(self) -> None:
        job = self.post(n=15, k=8)
        self.assertLess(max(self.admitted(job)), job.posted.timestamp + CLAIM // 2)
        job.wait_until(job.posted.timestamp + CLAIM // 2)
        with self.chain.one_block():
            for node in self.nodes:
                job.claim(node)
        self.assertEqual(len(job.claimants(0)), len(self.nodes))

    def test_even_the_highest_ticket_within_an_odd_and_the_longest_window(self) -> None:
        for window in (1, 2, 3, 7, 2_592_000):
            job = self.post(name=str(window), windows=(window, 1, 1, 1))
            start = job.posted.timestamp
            self.assertTrue(all(start <= each <= start + window // 2 for each in self.admitted(job)))
            with self.chain.one_block():
                self.chain.travel_to(max(self.chain.now, start + (window + 1) // 2))
                job.claim(self.nodes[0])

    def test_another_job_draws_another_order(self) -> None:
        job, other = self.post(), self.post(name="other")
        first = [each - job.posted.timestamp for each in self.admitted(job)]
        self.assertNotEqual(first, [each - other.posted.timestamp for each in self.admitted(other)])

    def test_no_hash_in_the_round_s_own_block(self) -> None:
        with self.chain.one_block():
            job = self.post()
            self.assertEqual(self.admitted(job), [NEVER] * len(self.nodes))
            for refused in (
                lambda: job.claim(self.nodes[0]),
                lambda: self.marketplace.draw(job.id, sender=self.anyone),
            ):
                with self.reverts("no hash in the round's own block"):
                    refused()
        self.assertNotIn(NEVER, self.admitted(job))

    def test_one_slot_needs_no_draw(self) -> None:
        with self.chain.one_block():
            job = self.post(n=1, k=1)
            self.assertEqual(self.marketplace.admittedFrom(job.id, 1), job.posted.timestamp)
            job.claim(self.nodes[0])
        self.assertEqual(self.marketplace.round(job.id, 0).seed, bytes(32))


class DrawTests(UnitCase):
    def draw(self, job: Job, at: int | None = None) -> bytes:
        """Anybody draws; the seed that is kept then."""
        receipt = self.marketplace.draw(job.id, sender=self.mallory, at=at)
        seed = bytes(self.marketplace.round(job.id, job.round).seed)
        self.assertEvent(receipt, "Drawn", jobId=job.id, round=job.round, seed=seed)
        return seed

    def test_the_first_claim_keeps_the_hash(self) -> None:
        job = self.post()
        job.admit_everybody()
        receipt = job.claim(self.nodes[0])
        seed = self.chain.block_hash(job.posted.block_number)
        self.assertEvent(receipt, "Drawn", jobId=job.id, round=0, seed=seed)
        self.assertEqual(self.marketplace.round(job.id, 0).seed, seed)
        self.assertEqual(job.claim(self.nodes[1]).all("Drawn"), [])

    def test_anybody_keeps_the_hash_once(self) -> None:
        job = self.post()
        self.assertEqual(self.draw(job), self.chain.block_hash(job.posted.block_number))
        with self.reverts("drawn before"):
            self.draw(job)
        job.admit_everybody()
        self.assertEqual(job.claim(self.nodes[0]).all("Drawn"), [])
        with self.reverts("drawn before"):
            self.draw(job)

    def test_a_refused_claim_keeps_nothing(self) -> None:
        job = self.post()
        late = max(range(1, 13), key=lambda number: self.marketplace.admittedFrom(job.id, number))
        with self.reverts("not drawn yet"):
            job.claim(self.nodes[late - 1])
        self.assertEqual(self.marketplace.round(job.id, 0).seed, bytes(32))

    def test_the_hash_is_there_for_256_blocks(self) -> None:
        job = self.post(windows=(100_000, COMMIT, 100, 300))
        posted = job.posted.block_number
        self.chain.mine(posted + 256 - self.chain.number)
        self.assertEqual(self.chain.number, posted + 256)
        own = self.chain.block_hash(posted)
        self.assertEqual(
            self.marketplace.admittedFrom(job.id, 1),
            admitted_from(job.posted.timestamp, 100_000, own, 1),
        )
        self.assertEqual(self.draw(job), own)

    def test_after_them_it_is_the_latest_block_s(self) -> None:
        job = self.post(windows=(100_000, COMMIT, 100, 300))
        self.chain.mine(job.posted.block_number + 257 - self.chain.number)
        latest = self.chain.block_hash(self.chain.number - 1)
        self.assertNotEqual(latest, self.chain.block_hash(job.posted.block_number))
        self.assertEqual(
            self.marketplace.admittedFrom(job.id, 1),
            admitted_from(job.posted.timestamp, 100_000, latest, 1),
        )
        self.assertEqual(self.draw(job), latest)
        self.chain.mine(300)
        self.assertEqual(
            self.marketplace.admittedFrom(job.id, 1),
            admitted_from(job.posted.timestamp, 100_000, latest, 1),
        )

    def test_a_seed_once_kept_outlives_the_256_blocks(self) -> None:
        job = self.post(windows=(100_000, COMMIT, 100, 300))
        seed = self.draw(job)
        self.chain.mine(400)
        self.assertEqual(self.marketplace.round(job.id, 0).seed, seed)
        self.assertEqual(
            self.marketplace.admittedFrom(job.id, 7),
            admitted_from(job.posted.timestamp, 100_000, seed, 7),
        )

    def test_a_claim_after_256_blocks_keeps_the_latest_block_s(self) -> None:
        job = self.post()
        self.chain.mine(job.posted.block_number + 300 - self.chain.number)
        latest = self.chain.block_hash(self.chain.number - 1)
        job.admit_everybody()
        self.assertEqual(job.claim(self.nodes[0]).event("Drawn").seed, latest)

    def test_a_chain_that_tells_no_hashes_draws_nothing(self) -> None:
        """Else the order would follow from the numbers alone, known before any registration."""
        job = self.post()
        self.chain._hashes[job.posted.block_number] = bytes(32)
        job.admit_everybody()
        with self.reverts("the chain tells no hashes"):
            job.claim(self.nodes[0])
        with self.reverts("the chain tells no hashes"):
            self.draw(job)

    def test_a_challenge_draws_by_its_own_block(self) -> None:
        job = self.agreed("AAB")
        with self.chain.one_block():
            receipt = job.challenge(self.carl)
            self.assertEqual(self.marketplace.admittedFrom(job.id, 1), NEVER)
            with self.reverts("no hash in the round's own block"):
                self.marketplace.draw(job.id, sender=self.anyone)
        own = self.chain.block_hash(receipt.block_number)
        found = [self.marketplace.admittedFrom(job.id, number) for number in range(1, 13)]
        self.assertEqual(
            found, [admitted_from(receipt.timestamp, CLAIM, own, number) for number in range(1, 13)]
        )
        first = self.marketplace.round(job.id, 0).seed
        self.assertEqual(self.draw(job), own)
        self.assertEqual(self.marketplace.round(job.id, 0).seed, first)

    def test_the_challenge_of_one_node_s_result_is_drawn_too(self) -> None:
        job = self.agreed("A")
        job.challenge(self.carl)
        numbers = sorted(
            range(2, 13), key=lambda number: self.marketplace.admittedFrom(job.id, number)
        )
        last = self.nodes[numbers[-1] - 1]
        with self.reverts("not drawn yet"):
            job.claim(last, at=self.marketplace.admittedFrom(job.id, numbers[-1]) - 1)
        job.claim(last)

    def test_many_registrations_are_spread_evenly(self) -> None:
        """A sybil of half of the nodes gets half of the first places, not all."""
        job = self.post()
        since = [self.marketplace.admittedFrom(job.id, number) for number in range(1, 401)]
        offsets = [each - job.posted.timestamp for each in since]
        quarters = [sum(each // (CLAIM // 8) == quarter for each in offsets) for quarter in range(4)]
        self.assertEqual(sum(quarters), 400)
        self.assertTrue(all(60 <= count <= 140 for count in quarters), quarters)


class FarNumberTests(UnitCase):
    def test_a_number_never_registered_has_a_place_and_no_claim(self) -> None:
        job = self.post()
        self.assertNotEqual(self.marketplace.admittedFrom(job.id, 2**255), NEVER)
        job.admit_everybody()
        with self.reverts("not a node"):
            job.claim(actor("nobody"))


if __name__ == "__main__":
    unittest.main()
