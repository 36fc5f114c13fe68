#!/usr/bin/env python3
"""Greet whoever is named on the command line, or the world."""

import sys

print(f"Hello, {' '.join(sys.argv[1:]) or 'world'}!")
