"""EVM code as Python functions, so that thousands of transactions take seconds.

A run of code from an entry to the next JUMPDEST becomes one function: stack items are its variables, arithmetic and
memory its expressions, gas is taken where it can be noticed. Whatever else an opcode does (storage, calls, logs, halting)
py-evm's own does. `test_translation` runs the same transactions through py-evm alone and demands the same gas and state.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Callable, NoReturn

from eth.exceptions import FullStack, Halt, InsufficientStack, InvalidJumpDestination, OutOfGas
from eth.vm.forks.prague.computation import PragueComputation
from eth.vm.forks.prague.opcodes import PRAGUE_OPCODES
from eth.vm.logic.invalid import InvalidOpcode
from eth_hash.auto import keccak

from .opcodes import ARITHMETIC, ENVIRONMENT, Op

_JUMPDEST, _JUMPI, _JUMP = 0x5B, 0x57, 0x56

Block = Callable[[Any, list[Any], Any], int]
"""A translated run of code: takes computation, stack and gas meter, gives the place to go on."""

_hash = lru_cache(1 << 16)(keccak)


def _sha3(computation: Any, meter: Any, start: int, size: int) -> int:
    """KECCAK256's value; its static gas is taken elsewhere."""
    computation.extend_memory(start, size)
    meter.consume_gas((size + 31) // 32 * 6, "KECCAK256")
    return int.from_bytes(_hash(computation.memory_read_bytes(start, size)), "big")


def _sload(computation: Any, meter: Any, slot: int) -> int:
    """SLOAD's value, its gas taken (EIP-2929)."""
    address, state = computation.msg.storage_address, computation.state
    if state.is_storage_warm(address, slot):
        meter.consume_gas(100, "SLOAD")
    else:
        meter.consume_gas(2_100, "SLOAD")
        state.mark_storage_warm(address, slot)
    return int(state.get_storage(address, slot))


class _Writer:
    """Writes the function of one run of code."""

    def __init__(self, code: bytes, start: int) -> None:
        self.code = code
        self.at = start
        self.lines: list[str] = []
        self.items: list[str] = []
        self.below = 0
        self.base = 0
        self.least = 0
        self.most = 0
        self.gas = 0
        self.names = 0
        self.knows_memory = False

    def emit(self, line: str) -> None:
        self.lines.append(f"    {line}")

    def name(self, expression: str) -> str:
        """A new variable with that value."""
        self.names += 1
        self.emit(f"v{self.names} = {expression}")
        return f"v{self.names}"

    # The stack: `items` stand above what is left of the real one, of which `below` items are taken already.

    def reach(self, depth: int) -> None:
        """Sees that so many items are known by name."""
        while len(self.items) < depth:
            self.below += 1
            self.least = max(self.least, self.below - self.base)
            self.items.insert(0, self.name(f"s[-{self.below}]"))

    def pop(self) -> str:
        self.reach(1)
        return self.items.pop()

    def push(self, item: str) -> None:
        self.items.append(item)
        self.most = max(self.most, self.base - self.below + len(self.items))

    def flushed(self) -> list[str]:
        """The lines that bring the real stack and the gas up to date."""
        lines = []
        if self.gas:
            lines += [f"g = meter.gas_remaining - {self.gas}", "if g < 0: out_of_gas()"]
            lines += ["meter.gas_remaining = g"]
        if self.below:
            lines.append(f"del s[-{self.below}:]")
        if self.items:
            lines.append(f"s += ({', '.join(self.items)},)")
        return lines

    def flush(self) -> None:
        for line in self.flushed():
            self.emit(line)
        self.base += len(self.items) - self.below
        self.items, self.below, self.gas = [], 0, 0

    # Opcodes

    def leave(self, target: str) -> None:
        self.flush()
        self.emit(f"return {target}")

    def foreign(self, op: int, shape: Op) -> None:
        """Lets py-evm do it."""
        self.flush()
        self.least = max(self.least, shape.takes - self.base)
        self.emit(f"foreign[{op}](c)")
        self.knows_memory = False
        self.base += shape.gives - shape.takes
        self.most = max(self.most, self.base)
        if shape.gives:
            self.emit("if s[-1].__class__ is bytes: s[-1] = number(s[-1], 'big')")

    def room(self, start: str, size: int) -> None:
        """Memory up to there."""
        if not self.knows_memory:
            self.emit("m = c._memory._bytes")
            self.knows_memory = True
        self.emit(f"if {start} + {size} > len(m):")
        self.emit(f"    c.extend_memory({start}, {size}); m = c._memory._bytes")

    def write(self) -> str:
        """The function's text."""
        while self.step():
            pass
        head = [
            "def run(c, s, meter):",
            f"    if len(s) < {self.least}: too_few()",
            f"    if len(s) > {1024 - self.most}: too_many()",
        ]
        return "\n".join(head + self.lines)

    def step(self) -> bool:
        """The next opcode; whether the run goes on."""
        at, code = self.at, self.code
        op = code[at] if at < len(code) else 0
        self.at = at + 1
        if 0x5F <= op <= 0x7F:
            size = op - 0x5F
            self.gas += 2 if size == 0 else 3
            self.push(str(int.from_bytes(code[at + 1 : at + 1 + size].ljust(size, b"\x00"), "big")))
            self.at = at + 1 + size
        elif 0x80 <= op <= 0x8F:
            self.gas += 3
            self.reach(op - 0x7F)
            self.push(self.items[0x7F - op])
        elif 0x90 <= op <= 0x9F:
            self.gas += 3
            depth = op - 0x8F
            self.reach(depth + 1)
            items = self.items
            items[-1], items[-1 - depth] = items[-1 - depth], items[-1]
        elif op == _JUMPDEST:
            self.gas += 1
            following = code[self.at] if self.at < len(code) else 0
            if following == _JUMPDEST:
                self.leave(str(self.at))
                return False
        elif op in (_JUMP, _JUMPI):
            return self.jump(op)
        else:
            return self.plain(op)
        if self.at < len(code) and code[self.at] == _JUMPDEST:
            self.leave(str(self.at))
            return False
        return True

    def jump(self, op: int) -> bool:
        target = self.pop()
        if op == _JUMP:
            self.gas += 8
            self.leave(f"target({target})")
            return False
        condition = self.pop()
        self.gas += 10
        self.emit(f"if {condition}:")
        for line in [*self.flushed(), f"return target({target})"]:
            self.emit(f"    {line}")
        return self.goes_on()

    def plain(self, op: int) -> bool:
        shape = PRAGUE_OPCODES.get(op)
        if op in ARITHMETIC:
            self.gas += shape.gas_cost
            takes, text = ARITHMETIC[op]
            self.push(self.name(text.format(*(self.pop() for _ in range(takes)))))
        elif op in ENVIRONMENT:
            self.gas += shape.gas_cost
            self.push(self.name(ENVIRONMENT[op]))
        elif op == 0x50:
            self.gas += 2
            self.pop()
        elif op == 0x51:
            self.gas += 3
            start = self.pop()
            self.room(start, 32)
            self.push(self.name(f"number(m[{start}:{start} + 32], 'big')"))
        elif op == 0x52:
            self.gas += 3
            start, value = self.pop(), self.pop()
            self.room(start, 32)
            self.emit(f"m[{start}:{start} + 32] = ({value}).to_bytes(32, 'big')")
        elif op == 0x20:
            self.gas += 30
            start, size = self.pop(), self.pop()
            self.push(self.name(f"sha3(c, meter, {start}, {size})"))
            self.knows_memory = False
        elif op == 0x54:
            self.push(self.name(f"sload(c, meter, {self.pop()})"))
        elif op == 0x58:
            self.gas += 2
            self.push(str(self.at - 1))
        else:
            self.foreign(op, Op.of(op))
            if Op.of(op).halts:
                self.emit("raise AssertionError('went on')")
                return False
        return self.goes_on()

    def goes_on(self) -> bool:
        if self.at < len(self.code) and self.code[self.at] == _JUMPDEST:
            self.leave(str(self.at))
            return False
        return True


def _out_of_gas() -> NoReturn:
    raise OutOfGas("out of gas")


def _too_few() -> NoReturn:
    raise InsufficientStack("too few items on the stack")


def _too_many() -> NoReturn:
    raise FullStack("stack limit reached")


def _destinations(code: bytes) -> set[int]:
    """Where a jump may go: each JUMPDEST that is no data of a PUSH."""
    found, at = set(), 0
    while at < len(code):
        if code[at] == _JUMPDEST:
            found.add(at)
        at += 1 + (code[at] - 0x5F if 0x60 <= code[at] <= 0x7F else 0)
    return found


class Program(dict[int, Block]):
    """The runs of one contract's code by where they start, each translated when it is first reached."""

    def __init__(self, code: bytes) -> None:
        super().__init__()
        self._code = code
        destinations = _destinations(code)

        def target(place: int) -> int:
            if place not in destinations:
                raise InvalidJumpDestination("Invalid Jump Destination")
            return place

        self._names: dict[str, Any] = {
            "MASK": 2**256 - 1,
            "ZERO": b"\x00",
            "number": int.from_bytes,
            "sha3": _sha3,
            "sload": _sload,
            "target": target,
            "foreign": [PRAGUE_OPCODES.get(op) or InvalidOpcode(op) for op in range(256)],
            "out_of_gas": _out_of_gas,
            "too_few": _too_few,
            "too_many": _too_many,
        }

    def __missing__(self, start: int) -> Block:
        names = self._names
        exec(compile(_Writer(self._code, start).write(), "<translated>", "exec"), names)
        self[start] = names["run"]
        return self[start]


@lru_cache(64)
def program(code: bytes) -> Program:
    """The translation of a contract's code."""
    return Program(code)


class TranslatedComputation(PragueComputation):
    """py-evm's computation, whose contracts run translated; init code and precompiles run as ever."""

    @property
    def is_origin_computation(self) -> bool:
        return bool(self.msg.depth == 0)

    def extend_memory(self, start_position: int, size: int) -> None:
        if size and start_position + size > len(self._memory._bytes):
            super().extend_memory(start_position, size)

    @classmethod
    def apply_computation(
        cls, state: Any, message: Any, transaction_context: Any, parent_computation: Any = None
    ) -> Any:
        if (
            message.is_create
            or message.is_delegation
            or message.code_address in cls.get_precompiles()
        ):
            return super().apply_computation(
                state, message, transaction_context, parent_computation=parent_computation
            )
        with cls(state, message, transaction_context) as computation:
            parent = parent_computation
            computation.contracts_created = [] if parent is None else parent.contracts_created
            runs = program(message.code)
            stack, meter = computation._stack.values, computation._gas_meter
            place = 0
            try:
                while True:
                    place = runs[place](computation, stack, meter)
            except Halt:
                pass
        return computation
