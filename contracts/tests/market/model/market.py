"""The marketplace of the model: jobs, claims and money, and the commitments of the claimants."""

from __future__ import annotations

from collections import Counter

from . import judging
from .digests import Place, commitment, signer, ticket
from .jobs import Claim, Job, Round
from .nodes import Nodes
from .payments import Payment, payments
from .terms import (
    AGREED,
    CHALLENGED,
    ETH,
    EXPIRED,
    FINAL,
    HALF,
    MONTH,
    MOST,
    MOST_BOND,
    OTHER_RESULT,
    PAID,
    REFUNDED,
    REST,
    RUNNING,
    SILENT,
    Clock,
    Refused,
    Unsaid,
    demand,
)
from .tokens import Token

ZERO = bytes(32)


class Market:
    """What the four contracts do with jobs, in one object. Each method is one of theirs: sender, value, arguments."""

    def __init__(self, clock: Clock, place: Place, nodes: Nodes, tokens: dict[str, Token]) -> None:
        self.clock = clock
        self.place = place
        self.nodes = nodes
        self.tokens = tokens
        self.jobs: dict[bytes, Job] = {}
        self.credits: Counter[tuple[str, str]] = Counter()
        self.paid: list[tuple[bytes, str, str, int, int]] = []
        self.ends: list[tuple[int, bytes, bool, int, int]] = []

    # What it says of itself.

    def held(self, token: str) -> int:
        """What the marketplace owes in a currency."""
        credits = sum(amount for (of, _), amount in self.credits.items() if of == token)
        return credits + sum(job.held for job in self.jobs.values() if job.token == token)

    def job(self, key: bytes) -> Job:
        """The job of a key."""
        demand(key in self.jobs, "no such job")
        return self.jobs[key]

    def seed(self, round: Round) -> bytes | None:
        """The seed of a round, or the one that a draw would store now; none in the round's own block."""
        if round.seed is not None:
            return round.seed
        if self.clock.block <= round.started_in:
            return None
        near = self.clock.block - round.started_in <= 256
        return self.clock.hash_of(round.started_in if near else self.clock.block - 1)

    def admitted_from(self, job: Job, number: int) -> int:
        """When the draw admits a node to the job's round."""
        seed = self.seed(job.round)
        if seed is None:
            return 2**256 - 1
        return job.round.started_at + ((ticket(seed, number) * job.windows[0]) >> 129)

    # JobMarketplace.

    def submit_job(
        self,
        sender: str,
        value: int,
        id: bytes,
        specification: bytes,
        code: str,
        nodes: int,
        quorum: int,
        bond: int,
        windows: tuple[int, int, int, int],
        token: str,
        payment: int,
    ) -> None:
        """A new job."""
        demand(1 <= nodes <= 15, "nodes")
        demand(quorum <= nodes and 2 * quorum > nodes, "quorum")
        demand(bond <= MOST, "bond")
        demand(all(1 <= window <= MONTH for window in windows), "windows")
        demand(len(code) <= 128, "code")
        key = self.place.job(sender, id, specification)
        demand(key not in self.jobs, "posted before")
        demand(payment <= MOST, "payment")
        arrived = self._take(sender, value, token, payment, nodes)
        now, block = self.clock.now, self.clock.block
        self.jobs[key] = Job(
            key, sender, specification, nodes, quorum, bond, windows, token, arrived,
            len(self.nodes.all), [Round(nodes, now, block)],
        )  # fmt: skip

    def escrow_payment(self, sender: str, value: int, key: bytes, amount: int) -> None:
        """More payment, from the submitter."""
        job = self.job(key)
        demand(sender == job.submitter, "not the submitter")
        demand(job.status == RUNNING, "decided")
        demand(job.payment + amount <= MOST, "payment")
        if amount == 0 and value == 0:
            raise Unsaid(lambda: None)
        arrived = self._take(sender, value, job.token, amount, 0)
        if arrived == 0:
            raise Unsaid(lambda: None)
        job.payment += arrived

    def draw(self, sender: str, value: int, key: bytes) -> None:
        """Stores the seed of the round."""
        demand(value == 0, "not payable")
        job = self.job(key)
        round = job.round
        demand(self.clock.block > round.started_in, "the round's own block")
        if round.seed is not None or not job.undecided or round.slots == 1:
            raise Unsaid(lambda: self._draw(round))
        self._draw(round)

    def claim_job(self, sender: str, value: int, key: bytes) -> None:
        """A node takes a slot."""
        demand(value == 0, "not payable")
        job = self.job(key)
        round, now = job.round, self.clock.now
        node = self.nodes.of(sender)
        demand(job.undecided, "decided")
        demand(now <= job.claim_deadline(round), "the claim deadline passed")
        demand(len(round.recorded()) < round.slots, "full")
        if node is None:
            raise Refused("no node")
        demand(node.number <= job.newest, "registered after the post")
        strangers = (job.submitter, job.challenger)
        demand(node.operator not in strangers and node.owner not in strangers, "a party")
        demand(job.claim_of(sender) is None, "claimed before")
        demand(round.slots == 1 or now >= self.admitted_from(job, node.number), "not drawn yet")
        self.nodes.bind(node, job.bond)
        self._draw(round)
        round.claims.append(Claim(sender, node.number, len(job.rounds) - 1, now + job.windows[1]))
        round.filled = round.filled or len(round.recorded()) == round.slots

    def withdraw(self, sender: str, value: int, token: str) -> int:
        """The sender's credits of a currency; the wei that he gets."""
        demand(value == 0, "not payable")
        amount = self.credits[token, sender]
        if amount == 0:
            raise Unsaid(lambda: None)
        if token != ETH:
            demand(token in self.tokens, "no such token")
            self.tokens[token].send(self.place.marketplace, sender, amount)
        demand(token != ETH or sender not in self.nodes.deaf, "the receiver refuses ETH")
        self.credits[token, sender] = 0
        return amount if token == ETH else 0

    def distribute_rewards(self, sender: str, value: int, key: bytes) -> None:
        """Pays a final job."""
        demand(value == 0, "not payable")
        job = self.job(key)
        over = job.status == AGREED and self.clock.now > job.challenge_deadline
        demand(over or job.status == FINAL, "not final")
        self._pay(job)

    def release_payment(self, sender: str, value: int, key: bytes) -> None:
        """Pays an agreed job before its challenge window is over."""
        demand(value == 0, "not payable")
        job = self.job(key)
        demand(sender == job.submitter, "not the submitter")
        demand(job.status in (AGREED, FINAL), "not agreed, or challenged")
        self._pay(job)

    def refund(self, sender: str, value: int, key: bytes) -> None:
        """Settles, where that gives the payment back."""
        demand(value == 0, "not payable")
        job = self.job(key)
        demand(job.status == RUNNING, "decided")
        result, silence = judging.first_round(job, self.clock.now)
        demand(result is None, "agreed")
        self._give_back(job, silence)

    # ProofVerification.

    def submit_proof(self, sender: str, value: int, key: bytes, given: bytes) -> None:
        """A commitment."""
        demand(value == 0, "not payable")
        job = self.job(key)
        claim = job.claim_of(sender)
        demand(job.undecided, "decided")
        if claim is None or not claim.recorded or claim.round != len(job.rounds) - 1:
            raise Refused("no claim")
        demand(self.clock.now <= claim.deadline, "too late")
        demand(claim.commitment is None, "committed before")
        demand(given != ZERO, "nothing")
        claim.commitment, claim.committed_at = given, self.clock.now

    # ConsensusManager.

    def submit_vote(
        self,
        sender: str,
        value: int,
        key: bytes,
        accept: bool,
        result: bytes,
        proof: str,
        trace: bytes,
        salt: bytes,
        signature: bytes,
    ) -> None:
        """Opens a commitment."""
        demand(value == 0, "not payable")
        job = self.job(key)
        claim = job.claim_of(sender)
        demand(job.undecided, "decided")
        if claim is None or claim.commitment is None or claim.round != len(job.rounds) - 1:
            raise Refused("no commitment")
        opened_from = job.open_from(job.round, self.clock.now)
        demand(opened_from != 0, "openings are not allowed yet")
        demand(self.clock.now <= opened_from + job.windows[2], "too late")
        enough = len(job.round.committed()) >= job.quorum
        demand(claim.round > 0 or enough, "too few commitments for a quorum")
        demand(not claim.opened, "opened before")
        demand(len(proof) <= 128, "proof")
        demand(claim.commitment == commitment(key, sender, result, proof, salt), "another")
        demand(accept == (result != ZERO), "accept")
        demand(accept or trace == ZERO, "a trace of nothing")
        digest = self.place.result(key, sender, result, trace)
        demand(signer(digest, signature) == sender, "signature")
        claim.opened, claim.result = True, result

    def expire_claim(self, sender: str, value: int, key: bytes, node: str) -> None:
        """Drops a claim that was never committed."""
        demand(value == 0, "not payable")
        job = self.job(key)
        claim = job.claim_of(node)
        demand(job.undecided, "settled")
        if claim is None or not claim.recorded or claim.round != len(job.rounds) - 1:
            raise Refused("no claim")
        demand(claim.commitment is None, "committed")
        demand(self.clock.now > claim.deadline, "not yet")
        demand(self.clock.now <= job.claim_deadline(job.round), "settle burns it")
        claim.recorded, claim.ended = False, True
        self._slash(job, claim, 0, EXPIRED)

    def settle(self, sender: str, value: int, key: bytes) -> None:
        """Ends a round."""
        demand(value == 0, "not payable")
        job = self.job(key)
        if job.status == RUNNING:
            result, silence = judging.first_round(job, self.clock.now)
            if result is None:
                self._give_back(job, silence)
                return
            job.status, job.result = AGREED, result
            job.challenge_deadline = self.clock.now + job.windows[3]
            return
        demand(job.status == CHALLENGED, "decided")
        result, job.filled = judging.challenge_round(job, self.clock.now)
        job.turned = result != job.result
        job.status, job.result = FINAL, result
        self._end(job, judging.judged(job.rounds[0], result))
        if job.filled:
            self._end(job, judging.judged(job.rounds[1], result))
        else:
            self._end(job, judging.unjudged(job.rounds[1], self.clock.now, False))

    def challenge_result(
        self, sender: str, value: int, key: bytes, evidence: str, amount: int
    ) -> None:
        """Asks for another round."""
        job = self.job(key)
        demand(job.challengeable(self.clock.now), "not challengeable")
        demand(len(evidence) <= 128, "evidence")
        slots = 2 * job.nodes + 1
        least = slots * job.share
        arrived = self._take(sender, value, job.token, amount, least, MOST_BOND)
        job.status, job.challenger, job.challenge_bond = CHALLENGED, sender, arrived
        job.rounds.append(Round(slots, self.clock.now, self.clock.block))

    # How money and bonds move.

    def _take(
        self, sender: str, value: int, token: str, amount: int, least: int, most: int = MOST
    ) -> int:
        if token == ETH:
            demand(value == amount and least <= amount <= most, "value")
            return amount
        demand(value == 0, "ETH for tokens")
        demand(token in self.tokens, "no such token")
        kind = self.tokens[token]
        before = kind.balances.copy()
        arrived = kind.fetch(sender, self.place.marketplace, amount)
        if not least <= arrived <= most:
            kind.balances = before
            raise Refused("too little arrived")
        return arrived

    def _draw(self, round: Round) -> None:
        round.seed = self.seed(round)

    def _credit(self, job: Job, paid: list[Payment]) -> None:
        for account, amount, kind in paid:
            self.credits[job.token, account] += amount
            self.paid.append((job.key, account, job.token, amount, kind))
            job.released += amount
        job.escrowed = False

    def _give_back(self, job: Job, silence: bool) -> None:
        job.status = REFUNDED
        self._end(job, judging.unjudged(job.rounds[0], self.clock.now, silence))
        self._credit(job, [(job.submitter, job.payment, REST)])

    def _pay(self, job: Job) -> None:
        if job.status == AGREED:
            self._end(job, judging.judged(job.rounds[0], job.result))
        job.status = PAID
        self._credit(job, payments(job, self.nodes))

    def _end(self, job: Job, ends: list[judging.Ending]) -> None:
        for claim, lost, why in ends:
            claim.ended = True
            if not lost:
                self.nodes.free(claim.number, job.bond, why)
                self.ends.append((claim.number, job.key, False, why, 0))
                continue
            shared = job.turned and why in (SILENT, OTHER_RESULT)
            half = job.bond // 2 if shared else 0
            self._slash(job, claim, half, why)
            if half and job.challenger is not None:
                self.credits[ETH, job.challenger] += half
                self.paid.append((job.key, job.challenger, ETH, half, HALF))

    def _slash(self, job: Job, claim: Claim, half: int, reason: int) -> None:
        self.nodes.slash(claim.number, job.bond, half, reason)
        self.ends.append((claim.number, job.key, True, reason, job.bond - half))
