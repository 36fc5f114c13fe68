#!/usr/bin/env python3
"""Writes uint256.jsonl: what Python's integers say about 256-bit arithmetic."""
import json
import platform
import random
import sys

M = 1 << 256
SOURCE = f"make-uint256.py, Python {platform.python_version()} int"
random.seed(20260101)
out = open(sys.argv[1] if len(sys.argv) > 1 else "uint256.jsonl", "w")


def row(**members):
    print(json.dumps({**members, "source": SOURCE}, separators=(",", ":")), file=out)


def wrap(x):
    return x % M


def wraps(x):
    return (x + M // 2) % M - M // 2


def some(bits):
    kind = random.randrange(4)
    x = random.getrandbits(random.randrange(1, bits + 1))
    if kind == 0:  # long runs of ones and zeros, where carries go wrong
        x = ((1 << random.randrange(bits + 1)) - (1 << random.randrange(bits + 1))) % (1 << bits)
    return x


def trunc(a, b):
    q = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
    return q, a - q * b


edges = sorted({e for p in (0, 1, 7, 63, 64, 65, 127, 128, 129, 191, 192, 255, 256)
                for e in ((1 << p) - 1, 1 << p, (1 << p) + 1)} | {10**18, 10**38, 10**38 - 1, 10**76, 10**77})
edges = [e for e in edges if e < M]
signed = sorted({s for e in edges for s in (e, -e) if -(M // 2) <= s < M // 2})

pairs = [(a, b) for a in edges for b in edges if random.random() < 0.08]
pairs += [(some(256), some(256)) for _ in range(150)]
# Divisors just above 2^128 with dividends near a multiple: where an estimated digit is too high.
pairs += [(min(M - 1, d * q + r), d) for _ in range(100)
          for d in [(1 << 128) + some(127)] for q in [(1 << 127) - some(20) - 1] for r in [random.choice([0, 1, d - 1])]]
for a, b in pairs:
    members = {"type": "UInt256", "op": "pair", "a": str(a), "b": str(b), "less": a < b,
               "add": [str(wrap(a + b)), a + b >= M], "sub": [str(wrap(a - b)), a < b],
               "mul": [str(wrap(a * b)), a * b >= M], "high": str((a * b) >> 256),
               "and": str(a & b), "or": str(a | b), "xor": str(a ^ b)}
    if b:
        members["div"] = [str(a // b), str(a % b)]
    row(**members)

pairs = [(a, b) for a in signed for b in signed if random.random() < 0.03]
pairs += [(wraps(some(256)), wraps(some(256))) for _ in range(150)] + [(-(M // 2), -1)]
for a, b in pairs:
    members = {"type": "Int256", "op": "pair", "a": str(a), "b": str(b), "less": a < b}
    for name, x in (("add", a + b), ("sub", a - b), ("mul", a * b)):
        members[name] = [str(wraps(x)), wraps(x) != x]
    if b and not (a == -(M // 2) and b == -1):
        members["div"] = [str(x) for x in trunc(a, b)]
    row(**members)

for value in edges + [some(256) for _ in range(100)]:
    row(type="UInt256", op="text", decimal=str(value), hex=hex(value), bytes=value.to_bytes(32, "big").hex(),
        bits=value.bit_length(), ones=value.bit_count())
for value in signed + [wraps(some(256)) for _ in range(100)]:
    row(type="Int256", op="text", decimal=str(value), bytes=wrap(value).to_bytes(32, "big").hex())

for _ in range(100):
    a, n = some(256), random.choice([0, 1, 63, 64, 127, 128, 129, 255, 256, 300, random.randrange(256)])
    row(type="UInt256", op="shift", a=str(a), n=n, left=str(wrap(a << n)), right=str(a >> n))
    row(type="Int256", op="shift", a=str(wraps(a)), n=n, left=str(wraps(a << n)), right=str(wraps(a) >> n))

for form, text, reason in [
    ("decimal", "", "empty"), ("decimal", "-", "badDigit"), ("decimal", "-1", "badDigit"), ("decimal", "+1", "badDigit"),
    ("decimal", " 1", "badDigit"), ("decimal", "1 ", "badDigit"), ("decimal", "1_0", "badDigit"), ("decimal", "1e3", "badDigit"),
    ("decimal", "0x1", "badDigit"), ("decimal", "\u0661", "badDigit"), ("decimal", "00", "notCanonical"), ("decimal", "01", "notCanonical"),
    ("decimal", str(M), "outOfRange"), ("decimal", str(M * 10 - 1), "outOfRange"), ("decimal", "9" * 500, "outOfRange"),
    ("hex", "", "noPrefix"), ("hex", "0", "noPrefix"), ("hex", "0X1", "noPrefix"), ("hex", "0x", "empty"), ("hex", "0xg", "badDigit"),
    ("hex", "0x-1", "badDigit"), ("hex", "0x" + "0" * 65, "outOfRange"), ("hex", hex(M), "outOfRange"),
    ("quantity", "0x00", "notCanonical"), ("quantity", "0x01", "notCanonical"), ("quantity", "0x", "empty"), ("quantity", "1", "noPrefix"),
]:
    row(type="UInt256", op="refuse", form=form, text=text, reason=reason)
for text, reason in [("", "empty"), ("-", "empty"), ("-0", "notCanonical"), ("-01", "notCanonical"), ("--1", "badDigit"), ("+1", "badDigit"),
                     (str(M // 2), "outOfRange"), (str(-(M // 2) - 1), "outOfRange"), (str(M), "outOfRange")]:
    row(type="Int256", op="refuse", form="decimal", text=text, reason=reason)
