"""Broken contracts, each of which the tests must notice: `python -m tests.market.mutants`, in `contracts`."""
