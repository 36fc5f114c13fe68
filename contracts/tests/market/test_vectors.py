"""The committed vectors are what the contracts do today."""

from __future__ import annotations

import unittest

from .vectors import FILES, FOLDER, text


class VectorTests(unittest.TestCase):
    """A change of the contracts that other programs must follow makes these files anew."""

    def test_the_files_are_current(self) -> None:
        for name, rows in FILES.items():
            with self.subTest(name):
                committed = (FOLDER / name).read_text(encoding="utf-8").splitlines()
                made = text(rows()).splitlines()
                stale = [place for place, pair in enumerate(zip(committed, made)) if len(set(pair)) > 1]
                self.assertEqual(stale, [], "python -m tests.market.vectors makes them anew")
                self.assertEqual(len(committed), len(made))


if __name__ == "__main__":
    unittest.main()
