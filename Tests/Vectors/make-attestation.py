#!/usr/bin/env python3
"""Writes gpu-attestation.jsonl: small arrays of 'sr-gpu attest', filled cell by cell in plain Python, with hashlib.

The block function is held to the example of RFC 8439, section 2.3.2, before anything is written.
"""
import hashlib
import json
import os
import struct
import sys

FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
SOURCE = "make-attestation.py, hashlib, ChaCha20 after RFC 8439"
WORD = 0xFFFFFFFF
SLICES = 64


def turned(word, bits):
    return (word << bits | word >> 32 - bits) & WORD


def quarter(s, a, b, c, d):
    s[a] = s[a] + s[b] & WORD
    s[d] = turned(s[d] ^ s[a], 16)
    s[c] = s[c] + s[d] & WORD
    s[b] = turned(s[b] ^ s[c], 12)
    s[a] = s[a] + s[b] & WORD
    s[d] = turned(s[d] ^ s[a], 8)
    s[c] = s[c] + s[d] & WORD
    s[b] = turned(s[b] ^ s[c], 7)


def chacha20(state):
    s = list(state)
    for _ in range(10):
        quarter(s, 0, 4, 8, 12)
        quarter(s, 1, 5, 9, 13)
        quarter(s, 2, 6, 10, 14)
        quarter(s, 3, 7, 11, 15)
        quarter(s, 0, 5, 10, 15)
        quarter(s, 1, 6, 11, 12)
        quarter(s, 2, 7, 8, 13)
        quarter(s, 3, 4, 9, 14)
    return [a + b & WORD for a, b in zip(s, state)]


def example():
    """RFC 8439, section 2.3.2."""
    state = struct.unpack("<16I", b"expand 32-byte k" + bytes(range(32)) + b"\x01\0\0\0" + bytes.fromhex("000000090000004a00000000"))
    wanted = bytes.fromhex(
        "10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4ed2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e"
    )
    assert struct.pack("<16I", *chacha20(state)) == wanted
    return state, wanted


def sha(data):
    return hashlib.sha256(data).digest()


def root(leaves):
    """RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\x01" + root(leaves[:split]) + root(leaves[split:]))


def fill(cells, lanes, rows, number, key):
    slice_cells = rows // SLICES * lanes
    total = rows * lanes
    computed = 0
    for index in range(total):
        first = index // slice_cells * slice_cells
        span = first if number == 1 else total - slice_cells
        if index >= lanes:
            previous = cells[index - lanes]
        else:
            previous = cells[total - lanes + index] if number == 2 else [0] * 16
        state = list(previous)
        if span:
            chosen = [previous[i] * span >> 32 for i in (0, 1)]
            one, other = (cells[c + slice_cells if c >= first else c] for c in chosen)
            state = [(s ^ p) + q & WORD for s, p, q in zip(state, one, other)]
        if number == 2:
            state = [s ^ o for s, o in zip(state, cells[index])]
        for i in range(8):
            state[i] ^= key[i]
        state[8] ^= index
        state[9] ^= number
        cells[index] = chacha20(state)
        computed += 1
    assert computed == total


def draw(prefix, roots, total, openings):
    digest = sha(b"sandrun gpu attestation 1 draw\n" + prefix + roots[0] + roots[1])
    for _ in range(1 << 16):
        digest = sha(digest)
    places, counter = [], 0
    while len(places) < openings:
        for word in struct.unpack(">4Q", sha(digest + struct.pack(">I", counter))):
            number = word * 2 * total >> 64
            place = [1 + number // total, number % total]
            if place not in places and len(places) < openings:
                places.append(place)
        counter += 1
    return places


def row(name, lanes, rows, openings):
    seed, identity = sha(f"seed {name}".encode()), sha(f"identity {name}".encode())
    prefix = seed + struct.pack(">3I", lanes, rows, openings) + identity
    label = b"sandrun gpu attestation 1 key\n"
    cells, roots, told = [None] * (lanes * rows), [], []
    for number in (1, 2):
        key = struct.unpack("<8I", sha(label + prefix + (roots[0] if roots else b"")))
        # In the first pass a slice reads of those before it, so that nothing unset is read.
        fill(cells, lanes, rows, number, key)
        packed = [struct.pack("<16I", *cell) for cell in cells]
        roots.append(root([sha(b"\0" + cell) for cell in packed]))
        for index in (0, lanes - 1, lanes, lanes * rows // 2 + 1, lanes * rows - 1):
            told.append([number, index, "0x" + packed[index].hex()])
    return {
        "seed": "0x" + seed.hex(),
        "identity": "0x" + identity.hex(),
        "lanes": lanes,
        "rows": rows,
        "openings": openings,
        "roots": ["0x" + r.hex() for r in roots],
        "cells": told,
        "draw": draw(prefix, roots, lanes * rows, openings),
        "source": SOURCE,
    }


with open(os.path.join(FOLDER, "gpu-attestation.jsonl"), "w") as out:
    state, wanted = example()
    block = {"state": "0x" + struct.pack("<16I", *state).hex(), "block": "0x" + wanted.hex(), "source": "RFC 8439, section 2.3.2"}
    print(json.dumps(block, separators=(",", ":")), file=out)
    for shape in (("least", 64, 64, 64), ("lean", 64, 192, 100), ("wide", 256, 64, 64)):
        print(json.dumps(row(*shape), separators=(",", ":")), file=out)
