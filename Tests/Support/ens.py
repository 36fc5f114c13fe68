#!/usr/bin/env python3
"""The initcode of a contract that is registry and resolver of ENS at once, for a script test.

    ens.py NAME ADDRESS [NAME ADDRESS …]

Prints it as hexadecimal digits. The contract knows the names given here and no others; it answers
resolver(bytes32) with its own address, or zero for a name that it does not know, and anything else as addr(bytes32).
A name with ADDRESS `broken` has a resolver that is no contract.
"""

import sys

from eth_utils import keccak


def namehash(name):
    node = bytes(32)
    for label in reversed(name.split(".")):
        node = keccak(node + keccak(text=label))
    return node


# Storage: node -> address; node + 1 -> its resolver.
RUNTIME = bytes.fromhex(
    "60043580"            # CALLDATALOAD(4) DUP1                      node node
    "5f3560e01c"          # selector                                  node node selector
    "630178b8bf14"        # == resolver(bytes32)                      node node is
    "601a57"              # JUMPI 0x1a                                node node
    "50" "54" "5f52"      # POP SLOAD MSTORE(0)
    "60205ff3"            # RETURN(0, 32)
    "5b"                  # 0x1a: JUMPDEST                            node node
    "50600101545f52"      # POP, node + 1, SLOAD, MSTORE(0)
    "60205ff3"            # RETURN(0, 32)
)


def store(key, value):
    """SSTORE(key, value); a value that is None is the contract's own address."""
    return (b"\x30" if value is None else b"\x7f" + value) + b"\x7f" + key + b"\x55"


def initcode(names):
    code = b""
    for name, address in names:
        node = namehash(name)
        resolver = (int.from_bytes(node, "big") + 1).to_bytes(32, "big")
        if address == "broken":
            code += store(resolver, (0xDEAD).to_bytes(32, "big"))
        else:
            code += store(node, bytes(12) + bytes.fromhex(address[2:])) + store(resolver, None)
    size = bytes([len(RUNTIME)])
    # CODECOPY(0, behind this, size), RETURN(0, size)
    start = len(code) + 11
    code += b"\x60" + size + b"\x61" + start.to_bytes(2, "big") + b"\x5f\x39" + b"\x60" + size + b"\x5f\xf3"
    return code + RUNTIME


def main():
    words = sys.argv[1:]
    if not words or len(words) % 2:
        sys.exit(__doc__)
    print("0x" + initcode(list(zip(words[::2], words[1::2]))).hex())


if __name__ == "__main__":
    main()
