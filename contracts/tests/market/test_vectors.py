"""The committed vectors are what the contracts do today."""

from __future__ import annotations

import unittest

from .vectors import FILES, FOLDER, text


class VectorTests(unittest.TestCase):
    """A change of the contracts that other programs must follow makes these files anew."""

    def assert_current(self, name: str) -> None:
        """The committed file is what its rows are today."""
        committed = (FOLDER / name).read_text(encoding="utf-8").splitlines()
        made = text(FILES[name]()).splitlines()
        stale = [place for place, pair in enumerate(zip(committed, made)) if len(set(pair)) > 1]
        self.assertEqual(stale, [], "python -m tests.market.vectors makes them anew")
        self.assertEqual(len(committed), len(made))

    def test_hashes(self) -> None:
        self.assert_current("marketplace-hashes.jsonl")

    def test_phases(self) -> None:
        self.assert_current("marketplace-phases.jsonl")

    def test_payments(self) -> None:
        self.assert_current("marketplace-payments.jsonl")


if __name__ == "__main__":
    unittest.main()
