"""Tests of the marketplace's contracts, on an EVM in this process.

Run them from the folder `contracts`: `python -m unittest tests.market.test_harness`. `harness` is the door.
"""
