"""The model and the contracts side by side: each thing is done to both, and both must say the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import Any, Callable

from ..chain import CHAIN_ID, Receipt, Reverted
from ..contract import Contract
from ..harness import Market as Deployment
from . import cast
from .digests import Place
from .market import Market
from .nodes import Nodes
from .terms import ETH, HALF, Clock, Refused, Unsaid
from .tokens import Kind, Token

MINIMUM, UNBONDING, STAKE = 1_000, 500, 10_000
WEALTH = 10**30
Key = tuple[str, str]
Inner = tuple[str, str, tuple[Any, ...]]


@dataclass(frozen=True)
class Stage:
    """What each life begins with: the deployed contracts, and the way back to this moment."""

    deployment: Deployment
    tokens: tuple[Contract, ...]
    puppet: Contract
    moment: tuple[int, ...]


@cache
def stage() -> Stage:
    """The one stage of this process."""
    deployment = Deployment(MINIMUM, UNBONDING)
    tokens = tuple(deployment.deploy("Moody") for _ in range(2))
    puppet = deployment.deploy("Puppet")
    for actor in cast.PEOPLE:
        deployment.actor(actor.name)
        deployment.chain.fund(actor, WEALTH)
        for token in tokens:
            token.mint(actor, WEALTH, sender=actor)
            if actor is not cast.PAUPER:
                token.approve(deployment.marketplace, 2**256 - 1, sender=actor)
    for token in tokens:
        approval = token.approve.encode(deployment.marketplace, 2**256 - 1)
        token.mint(puppet, WEALTH, sender=cast.STRANGER)
        puppet.run(token, approval, sender=cast.STRANGER)
    deployment.chain.fund(puppet, WEALTH)
    for index, operator in enumerate(cast.OPERATORS):
        deployment.registry.register(
            cast.owner_of(index, str(puppet.address)), "", "", sender=operator, value=STAKE
        )
    return Stage(deployment, tokens, puppet, deployment.chain.snapshot())


class World:
    """One life of both, from the stage on."""

    def __init__(self) -> None:
        self.stage = stage()
        deployment = self.stage.deployment
        self.chain = deployment.chain
        self.chain.rollback(self.stage.moment)
        self.contracts: dict[str, Contract] = {
            name: getattr(deployment, name)
            for name in ("registry", "marketplace", "proofs", "consensus")
        }
        self.puppet = str(self.stage.puppet.address)
        self.clock = Clock(0, 0, self.chain.block_hash)
        self.nodes = Nodes(self.clock, MINIMUM, UNBONDING)
        tokens = {str(token.address): Token(str(token.address)) for token in self.stage.tokens}
        addresses = {name: str(each.address) for name, each in self.contracts.items()}
        self.place = Place(CHAIN_ID, **addresses)
        self.market = Market(self.clock, self.place, self.nodes, tokens)
        for token in tokens.values():
            token.balances = Counter({each.address: WEALTH for each in cast.PEOPLE})
            token.balances[self.puppet] = WEALTH
            token.approved = {p.address for p in cast.PEOPLE if p is not cast.PAUPER}
            token.approved.add(self.puppet)
        self.nodes.deaf = {*addresses.values(), *tokens}
        for index, operator in enumerate(cast.OPERATORS):
            owner = cast.owner_of(index, self.puppet)
            self.nodes.register(operator.address, STAKE, owner, "", "")
        self.forced: Counter[str] = Counter()
        self.inner: dict[str, Inner] = {}
        self.acts = 0
        self.differs = False
        """Whether model and contracts were found to differ: then there is no end to prove."""
        self.done: Counter[str] = Counter()
        self.last_look: tuple[Any, Any] = (None, None)
        self.marks: set[str] = set()
        self.why: set[tuple[bool, int]] = set()
        self.completed: Counter[bytes] = Counter()
        self.released: Counter[bytes] = Counter()

    @property
    def now(self) -> int:
        """The time of the next transaction."""
        return self.chain.now

    @property
    def currencies(self) -> list[str]:
        """ETH and the tokens."""
        return [ETH, *self.market.tokens]

    def tick(self) -> None:
        """The model's clock shows the block in hand."""
        self.clock.now, self.clock.block = self.chain.now, self.chain.number

    # Doing

    def act(self, name: str, method: str, sender: str, *values: Any, value: int = 0) -> bool:
        """Does it to both; whether it was done. Raises `AssertionError` where they differ."""
        self.tick()
        self.acts += 1
        self.differs = True
        market = self.market
        market.paid.clear()
        market.ends.clear()
        before = self.chain.balance(sender)
        answered = {holder: self._holder(holder).answered() for holder in self.inner}
        try:
            receipt = self._send(name, method, sender, value, values)
        except Reverted as error:
            if self._decided_on_the_way(method, values):
                self.differs = False
                return False
            allowed, _, _ = self._model(name, method, sender, value, values)
            told = f"{name}.{method}{values} by {sender}: allowed, but reverted: {error.reason}"
            assert allowed is not True, told
            self.differs = False
            return False
        allowed, unsaid, gain = self._model(name, method, sender, value, values)
        told = f"{name}.{method}{values} by {sender}: {allowed}, but done"
        assert not isinstance(allowed, str), told
        if unsaid is not None:
            unsaid()
        reentered = self._apply_inner(answered)
        self._compare_logs(receipt)
        if not reentered:
            assert self.chain.balance(sender) == before - value + gain, f"{told}: {sender}'s wei"
        self.done[method] += 1
        self.differs = False
        return True

    def _model(
        self, name: str, method: str, sender: str, value: int, values: tuple[Any, ...]
    ) -> tuple[bool | str, Callable[[], None] | None, int]:
        function = self._functions().get((name, method))
        if function is None:
            return "reserved", None, 0
        try:
            gain = function(sender, value, *values)
            return True, None, gain if isinstance(gain, int) and value == 0 else 0
        except Refused as refusal:
            return f"refused ({refusal})", None, 0
        except Unsaid as doubt:
            return False, doubt.apply, 0

    def _functions(self) -> dict[Key, Callable[..., object]]:
        market, nodes = self.market, self.nodes
        return {
            ("registry", "register"): nodes.register,
            ("registry", "addStake"): nodes.add_stake,
            ("registry", "update"): nodes.update,
            ("registry", "retire"): nodes.retire,
            ("registry", "withdrawStake"): nodes.withdraw_stake,
            ("marketplace", "submitJob"): market.submit_job,
            ("marketplace", "escrowPayment"): market.escrow_payment,
            ("marketplace", "draw"): market.draw,
            ("marketplace", "claimJob"): market.claim_job,
            ("marketplace", "withdraw"): market.withdraw,
            ("marketplace", "distributeRewards"): market.distribute_rewards,
            ("marketplace", "releasePayment"): market.release_payment,
            ("marketplace", "refund"): market.refund,
            ("proofs", "submitProof"): market.submit_proof,
            ("consensus", "submitVote"): market.submit_vote,
            ("consensus", "expireClaim"): market.expire_claim,
            ("consensus", "settle"): market.settle,
            ("consensus", "challengeResult"): market.challenge_result,
        }

    def _send(
        self, name: str, method: str, sender: str, value: int, values: tuple[Any, ...]
    ) -> Receipt:
        contract = self.contracts[name]
        data = getattr(contract, method).encode(*values)
        if sender != self.puppet:
            return self.chain.transact(sender, contract.address, data, value)
        told = self.stage.puppet.run.encode(contract.address, data)
        return self._through_puppet(told, value)

    def _through_puppet(self, data: bytes, value: int) -> Receipt:
        """The stranger pulls the string, and the wei is taken from the puppet beforehand, so that they are even."""
        self.chain.fund(self.puppet, -value)
        self.chain.fund(cast.STRANGER, value)
        try:
            return self.chain.transact(cast.STRANGER, self.puppet, data, value)
        except Reverted:
            self.chain.fund(self.puppet, value)
            self.chain.fund(cast.STRANGER, -value)
            raise

    # Calls on the way

    def _holder(self, holder: str) -> Contract:
        return next(
            each for each in (*self.stage.tokens, self.stage.puppet) if each.address == holder
        )

    def arm(self, holder: str, name: str, method: str, *values: Any) -> None:
        """A token or the puppet calls this in the midst of the next transfer."""
        contract = self.contracts[name]
        data = getattr(contract, method).encode(*values)
        self._holder(holder).hook(contract, data, sender=cast.STRANGER)
        self.inner[holder] = (name, method, values)

    def _decided_on_the_way(self, method: str, values: tuple[Any, ...]) -> bool:
        """Whether a top-up's own token would have settled the job meanwhile: that it is refused then is right."""
        job = self.market.jobs.get(values[0]) if method == "escrowPayment" else None
        inner = self.inner.get(job.token) if job is not None else None
        return inner is not None and inner[1:] == ("settle", values[:1])

    def _apply_inner(self, answered: dict[str, int]) -> bool:
        any_done = False
        for holder, before in answered.items():
            if self._holder(holder).answered() == before:
                continue
            name, method, values = self.inner[holder]
            allowed, unsaid, _ = self._model(name, method, holder, 0, values)
            assert not isinstance(allowed, str), f"{name}.{method}{values} on the way: {allowed}"
            if unsaid is not None:
                unsaid()
            any_done = True
            self.done["on the way"] += 1
        return any_done

    # Moods

    def change(self, token: str, kind: Kind) -> None:
        """The token is of another kind from now on."""
        self._holder(token).become(int(kind), sender=cast.STRANGER)
        self.market.tokens[token].kind = kind

    def seize(self, token: str, amount: int) -> None:
        """The token takes from the marketplace what is its."""
        held = self.market.tokens[token]
        amount = min(amount, held.balances[self.place.marketplace])
        self._holder(token).seize(self.place.marketplace, amount, sender=cast.STRANGER)
        held.balances[self.place.marketplace] -= amount
        held.stranded -= amount

    def give(self, token: str, amount: int) -> None:
        """The token gives the marketplace what nobody sent."""
        self._holder(token).mint(self.place.marketplace, amount, sender=cast.STRANGER)
        self.market.tokens[token].balances[self.place.marketplace] += amount
        self.market.tokens[token].stranded += amount

    def force(self, name: str, amount: int) -> None:
        """ETH comes in without a call, as by a contract's end."""
        self.chain.fund(self.contracts[name], amount)
        self.forced[name] += amount

    def deafen(self, deaf: bool) -> None:
        """Whether the puppet refuses ETH."""
        self.stage.puppet.refuse(deaf, sender=cast.STRANGER)
        (self.nodes.deaf.add if deaf else self.nodes.deaf.discard)(self.puppet)

    # Logs

    def _compare_logs(self, receipt: Receipt) -> None:
        paid: Counter[Any] = Counter()
        ends: Counter[Any] = Counter()
        for event in receipt.events:
            if event.name == "PaymentReleased":
                paid[event.jobId, event.account, event.token, event.amount, event.kind] += 1
                self.released[event.jobId] += event.amount if event.kind != 7 else 0
            elif event.name == "NodeSlashed":
                ends[event.number, event.jobId, True, event.reason, event.burned] += 1
            elif event.name == "StakeFreed":
                ends[event.number, event.jobId, False, event.outcome, 0] += 1
            elif event.name == "JobCompleted":
                self.completed[event.jobId] += 1
        assert paid == Counter(self.market.paid), f"paid {paid}, not {self.market.paid}"
        self.why |= {(lost, why) for _, _, lost, why, _ in self.market.ends}
        self.done["half"] += any(kind == HALF for *_, kind in self.market.paid)
        assert ends == Counter(self.market.ends), f"ended {ends}, not {self.market.ends}"
