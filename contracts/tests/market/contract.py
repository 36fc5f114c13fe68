"""Compiled contracts by name, and their functions as Python methods."""

from __future__ import annotations

import json
from collections import namedtuple
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Callable

from eth_abi.abi import default_codec
from eth_abi.encoding import TupleEncoder
from eth_abi.registry import registry
from eth_hash.auto import keccak

from devchain.blocks import Log

from .chain import GAS, Chain, Event, Receipt, canonical

CONTRACTS = Path(__file__).resolve().parents[2]
_FOLDERS = ("marketplace", "tests", "tests/market/tokens")

substitutes: dict[str, dict[str, Any]] = {}
"""Artefacts that stand in for the committed ones, by name: how a mutant gets under the tests."""


@cache
def _read(name: str) -> dict[str, Any]:
    for folder in _FOLDERS:
        path = CONTRACTS / folder / f"{name}.json"
        if path.exists():
            return json.loads(path.read_text())
    raise FileNotFoundError(
        f"{name}.json is in none of {', '.join(_FOLDERS)}: contracts/compile.sh"
    )


def artefact(name: str) -> dict[str, Any]:
    """What the compiler made of a contract: `abi` and `bytecode`."""
    return substitutes.get(name) or _read(name)


def type_of(parameter: dict[str, Any]) -> str:
    """The type in the spelling of signatures, tuples resolved."""
    found: str = parameter["type"]
    if not found.startswith("tuple"):
        return found
    return f"({','.join(map(type_of, parameter['components']))}){found[5:]}"


@cache
def _encoder(types: tuple[str, ...]) -> Callable[[Any], bytes]:
    return TupleEncoder(encoders=[registry.get_encoder(each) for each in types])


def encode(types: tuple[str, ...], values: Any) -> bytes:
    """ABI-encoded values; whatever has a member `address` stands for it."""
    return _encoder(types)(tuple(getattr(value, "address", value) for value in values))


def _reader(parameter: dict[str, Any]) -> Callable[[Any], Any]:
    """Turns a decoded struct into a tuple with named members."""
    if parameter["type"] != "tuple":
        return lambda value: value
    names = [member["name"] for member in parameter["components"]]
    shape = namedtuple("Struct", names)  # type: ignore[misc]
    readers = [_reader(member) for member in parameter["components"]]
    return lambda values: shape(*(read(value) for read, value in zip(readers, values)))


class _Function:
    """One entry of an ABI."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.types = tuple(map(type_of, entry["inputs"]))
        self.outputs = tuple(map(type_of, entry["outputs"]))
        self.is_view = entry["stateMutability"] in ("view", "pure")
        self.selector = keccak(f"{entry['name']}({','.join(self.types)})".encode())[:4]
        self._readers = [_reader(parameter) for parameter in entry["outputs"]]

    def encode(self, values: tuple[Any, ...]) -> bytes:
        return self.selector + encode(self.types, values)

    def decode(self, output: bytes) -> Any:
        values = default_codec.decode(self.outputs, output)
        read = [reader(value) for reader, value in zip(self._readers, values)]
        return read[0] if len(read) == 1 else tuple(read) if read else None


class _EventShape:
    """How one event's logs are read."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.name: str = entry["name"]
        self._inputs = [(p["name"], type_of(p), p["indexed"]) for p in entry["inputs"]]
        self._types = tuple(kind for _, kind, is_indexed in self._inputs if not is_indexed)
        self.topic = keccak(f"{self.name}({','.join(t for _, t, _ in self._inputs)})".encode())

    def read(self, log: Log) -> Event:
        topics = iter(log.topics[1:])
        plain = iter(default_codec.decode(self._types, log.data))
        args = {
            name: default_codec.decode((kind,), next(topics))[0] if is_indexed else next(plain)
            for name, kind, is_indexed in self._inputs
        }
        return Event(self.name, "0x" + log.address.hex(), args)


class Shape:
    """The functions and events of an ABI."""

    def __init__(self, abi: list[dict[str, Any]]) -> None:
        self.functions: dict[str, list[_Function]] = {}
        self.events: dict[bytes, _EventShape] = {}
        self.constructor: tuple[str, ...] = ()
        for entry in abi:
            if entry["type"] == "function":
                self.functions.setdefault(entry["name"], []).append(_Function(entry))
            elif entry["type"] == "event":
                event = _EventShape(entry)
                self.events[event.topic] = event
            elif entry["type"] == "constructor":
                self.constructor = tuple(map(type_of, entry["inputs"]))

    def read(self, log: Log) -> Event:
        """A log as an event. Raises `KeyError` for one that is not of this ABI."""
        return self.events[log.topics[0]].read(log)


_shapes: dict[str, tuple[dict[str, Any], Shape]] = {}


def shape_of(name: str) -> Shape:
    """The shape of a contract."""
    compiled = artefact(name)
    known = _shapes.get(name)
    if known is None or known[0] is not compiled:
        _shapes[name] = known = (compiled, Shape(compiled["abi"]))
    return known[1]


class Method:
    """A function of a deployed contract.

    Called, it reads if it is a view, and gives what the function returns; else it sends a transaction from `sender` and
    gives its `Receipt`. `at` is the time of the block. Both raise `Reverted`.
    """

    def __init__(self, contract: "Contract", name: str, functions: list[_Function]) -> None:
        self._contract = contract
        self._name = name
        self._functions = functions

    def _function(self, values: tuple[Any, ...]) -> _Function:
        for function in self._functions:
            if len(function.types) == len(values):
                return function
        raise TypeError(f"{self._name} takes {len(self._functions[0].types)} arguments")

    def encode(self, *values: Any) -> bytes:
        """The calldata."""
        return self._function(values).encode(values)

    def call(self, *values: Any, sender: Any = None, value: int = 0, at: int | None = None) -> Any:
        """What the function would return; changes nothing, whatever the function is."""
        function = self._function(values)
        chain, data = self._contract.chain, function.encode(values)
        return function.decode(chain.call(self._contract.address, data, sender, value, at))

    def __call__(
        self,
        *values: Any,
        sender: Any = None,
        value: int = 0,
        gas: int = GAS,
        at: int | None = None,
    ) -> Any:
        function = self._function(values)
        if function.is_view:
            return self.call(*values, sender=sender, at=at)
        assert sender is not None, f"{self._name} changes things: who sends it?"
        chain, data = self._contract.chain, function.encode(values)
        receipt = chain.transact(sender, self._contract.address, data, value, gas, at)
        named = replace(
            receipt,
            method=f"{self._contract.name}.{self._name}",
            value=function.decode(receipt.output) if function.outputs else None,
        )
        chain.receipts[-1] = named
        return named


class Contract:
    """A deployed contract; its functions are its members: `registry.nodes(1).stake`."""

    def __init__(self, chain: Chain, name: str, address: str) -> None:
        self.chain = chain
        self.name = name
        self.address = address
        self.shape = shape_of(name)
        chain.decoders[canonical(address)] = self.shape.read

    def __getattr__(self, name: str) -> Method:
        functions = self.__dict__["shape"].functions.get(name)
        if functions is None:
            raise AttributeError(f"{self.name} has no function {name}")
        method = Method(self, name, functions)
        self.__dict__[name] = method
        return method

    def __repr__(self) -> str:
        return f"{self.name}({self.address})"


def deploy(chain: Chain, sender: Any, name: str, *values: Any) -> Contract:
    """Puts a compiled contract on the chain; `values` go to its constructor."""
    return deploy_measured(chain, sender, name, *values)[0]


def deploy_measured(chain: Chain, sender: Any, name: str, *values: Any) -> tuple[Contract, Receipt]:
    """As `deploy`, with the receipt."""
    code = bytes.fromhex(artefact(name)["bytecode"].removeprefix("0x"))
    address, receipt = chain.create(sender, code + encode(shape_of(name).constructor, values))
    return Contract(chain, name, address), receipt
