"""Tests of the development chain, against the real program: `python -m unittest discover -s contracts/tests -t contracts`."""
