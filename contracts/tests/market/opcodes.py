"""What each opcode takes from the stack and gives to it, and the simple ones as Python expressions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

ARITHMETIC: dict[int, tuple[int, str]] = {
    0x01: (2, "({0} + {1}) & MASK"),
    0x02: (2, "({0} * {1}) & MASK"),
    0x03: (2, "({0} - {1}) & MASK"),
    0x04: (2, "{0} // {1} if {1} else 0"),
    0x06: (2, "{0} % {1} if {1} else 0"),
    0x10: (2, "+({0} < {1})"),
    0x11: (2, "+({0} > {1})"),
    0x14: (2, "+({0} == {1})"),
    0x15: (1, "+({0} == 0)"),
    0x16: (2, "{0} & {1}"),
    0x17: (2, "{0} | {1}"),
    0x18: (2, "{0} ^ {1}"),
    0x19: (1, "{0} ^ MASK"),
    0x1B: (2, "({1} << {0}) & MASK if {0} < 256 else 0"),
    0x1C: (2, "{1} >> {0} if {0} < 256 else 0"),
    0x35: (1, "number(c.msg.data_as_bytes[{0}:{0} + 32].ljust(32, ZERO), 'big')"),
}
"""How many items it takes, and its value of them, the uppermost first."""

ENVIRONMENT: dict[int, str] = {
    0x30: "number(c.msg.storage_address, 'big')",
    0x33: "number(c.msg.sender, 'big')",
    0x34: "c.msg.value",
    0x36: "len(c.msg.data)",
    0x3D: "len(c.return_data)",
    0x42: "c.state.timestamp",
    0x43: "c.state.block_number",
}
"""What takes nothing and gives its value."""

# The rest, by what they take; those of the second table give nothing.
_GIVING = {
    0: (0x32, 0x38, 0x3A, 0x41, 0x44, 0x45, 0x46, 0x47, 0x48, 0x4A, 0x59, 0x5A),
    1: (0x31, 0x3B, 0x3F, 0x40, 0x49, 0x5C),
    2: (0x05, 0x07, 0x0A, 0x0B, 0x12, 0x13, 0x1A, 0x1D),
    3: (0x08, 0x09, 0xF0),
    4: (0xF5,),
    6: (0xF4, 0xFA),
    7: (0xF1, 0xF2),
}
_MUTE = {
    2: (0x53, 0x55, 0x5D, 0xA0),
    3: (0x37, 0x39, 0x3E, 0x5E, 0xA1),
    4: (0x3C, 0xA2),
    5: (0xA3,),
    6: (0xA4,),
}
_HALTING = {0x00: 0, 0xF3: 2, 0xFD: 2, 0xFF: 1}


@dataclass(frozen=True)
class Op:
    """An opcode that py-evm runs by itself."""

    takes: int
    gives: int
    halts: bool

    @staticmethod
    @cache
    def of(op: int) -> "Op":
        """What is known of an opcode; one that nobody knows halts."""
        for gives, table in ((1, _GIVING), (0, _MUTE)):
            for takes, ops in table.items():
                if op in ops:
                    return Op(takes, gives, False)
        return Op(_HALTING.get(op, 0), 0, True)
