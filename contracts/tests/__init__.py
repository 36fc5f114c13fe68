"""Tests of the development chain, against the real program.

Run: `python -m unittest discover -s contracts/tests -t contracts`.
"""
