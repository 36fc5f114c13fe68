"""Writes 8 MiB to standard output, and as much to standard error."""
import os
line = b"y" * 65535 + b"\n"
for _ in range(128):
    os.write(1, line)
for _ in range(128):
    os.write(2, line)
os.write(1, b"SUCCEEDED\n")
