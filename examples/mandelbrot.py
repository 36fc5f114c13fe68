#!/usr/bin/env python3
"""Draw the Mandelbrot set as a PNG, with the standard library alone.

usage: mandelbrot.py [SIZE [ITERATIONS [FILE]]]

The picture is SIZE pixels wide and SIZE high (by default 400), with at most
ITERATIONS steps a point (by default 100), in FILE (by default mandelbrot.png).
"""

import math
import struct
import sys
import zlib


def shade(steps: float, limit: int) -> tuple[int, int, int]:
    """The colour of a point that escaped after so many steps."""
    if steps >= limit:
        return (8, 6, 20)
    t = math.sqrt(steps / limit)
    return (
        int(255 * min(1.0, 1.7 * t * t + 0.05)),
        int(255 * min(1.0, 1.4 * t**1.3)),
        int(255 * min(1.0, 0.35 + 1.1 * t - 0.6 * t * t)),
    )


def escape(x: float, y: float, limit: int) -> float:
    """How many steps z := z*z + c takes to leave the circle of radius 16, smoothed."""
    # The main cardioid and the period-2 bulb never escape: skip the long wait.
    q = (x - 0.25) ** 2 + y * y
    if q * (q + x - 0.25) <= 0.25 * y * y or (x + 1) ** 2 + y * y <= 0.0625:
        return limit
    re, im = 0.0, 0.0
    for step in range(limit):
        re2, im2 = re * re, im * im
        if re2 + im2 > 256.0:
            return max(0.0, step + 1 - math.log2(math.log(re2 + im2) / 2))
        re, im = re2 - im2 + x, 2.0 * re * im + y
    return limit


def picture(size: int, limit: int) -> bytes:
    """The rows of the picture, each led by its PNG filter byte."""
    scale = 2.8 / size
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        y = (row + 0.5) * scale - 1.4
        for column in range(size):
            x = (column + 0.5) * scale - 2.1
            rows += bytes(shade(escape(x, y, limit), limit))
    return bytes(rows)


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG file: length, kind, data, CRC."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main() -> int:
    try:
        size = int(sys.argv[1]) if len(sys.argv) > 1 else 400
        limit = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    except ValueError:
        size = limit = 0
    if not (1 <= size <= 10_000 and 1 <= limit <= 100_000) or len(sys.argv) > 4:
        print(__doc__, file=sys.stderr)
        return 64
    name = sys.argv[3] if len(sys.argv) > 3 else "mandelbrot.png"
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    with open(name, "wb") as file:
        file.write(b"\x89PNG\r\n\x1a\n")
        file.write(chunk(b"IHDR", header))
        file.write(chunk(b"IDAT", zlib.compress(picture(size, limit), 9)))
        file.write(chunk(b"IEND", b""))
    print(f"{name}: {size} x {size} pixels, at most {limit} iterations")
    return 0


if __name__ == "__main__":
    sys.exit(main())
