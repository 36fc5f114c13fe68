#!/usr/bin/env python3
"""Writes hashes.jsonl (pip install blake3): SHA-512 and BLAKE3 of the bytes 0, 1, … 250, 0, 1, … of many lengths.

The input is that of BLAKE3's own test vectors, at their lengths and at some more; all digests are computed here.
"""
import hashlib
import json
import os
import sys
from importlib.metadata import version

from blake3 import blake3

FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
SOURCE = f"make-hashes.py, blake3 {version('blake3')}, hashlib"
LENGTHS = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 63, 64, 65, 111, 112, 127, 128, 129, 1023, 1024, 1025, 2048, 2049, 3072, 3073, 4096, 4097,
    5120, 5121, 6144, 6145, 7168, 7169, 8192, 8193, 16384, 31744, 32767, 32768, 32769, 65537, 102400,
]
with open(os.path.join(FOLDER, "hashes.jsonl"), "w") as out:
    for length in LENGTHS:
        data = bytes(i % 251 for i in range(length))
        row = {
            "length": length,
            "sha512": "0x" + hashlib.sha512(data).hexdigest(),
            "blake3": "0x" + blake3(data).hexdigest(),
            "blake3Extended": "0x" + blake3(data).hexdigest(length=131),
            "source": SOURCE,
        }
        print(json.dumps(row, separators=(",", ":")), file=out)
