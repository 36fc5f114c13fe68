"""The committed vectors are what the contracts do today."""

from __future__ import annotations

import unittest

from .courses import COURSES, phases
from .endings import payments
from .hashes import hashes
from .vectors import FOLDER, lines


def committed(name: str) -> list[str]:
    """The lines of a committed file."""
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()


class VectorTests(unittest.TestCase):
    """A change of the contracts that other programs must follow makes these files anew."""

    def assert_current(self, name: str, made: list[str], committed: list[str]) -> None:
        """The committed lines are what is made today."""
        stale = [place for place, pair in enumerate(zip(committed, made)) if len(set(pair)) > 1]
        self.assertEqual(stale, [], f"{name}: python -m tests.market.vectors makes it anew")
        self.assertEqual(len(committed), len(made), name)

    def test_hashes(self) -> None:
        name = "marketplace-hashes.jsonl"
        self.assert_current(name, lines(hashes()), committed(name))

    def test_payments(self) -> None:
        name = "marketplace-payments.jsonl"
        self.assert_current(name, lines(payments()), committed(name))

    # In two halves, each in its own time.

    def test_first_phases(self) -> None:
        name = "marketplace-phases.jsonl"
        made = lines(phases(COURSES[: len(COURSES) // 2]))
        self.assert_current(name, made, committed(name)[: len(made)])

    def test_last_phases(self) -> None:
        name = "marketplace-phases.jsonl"
        made = lines(phases(COURSES[len(COURSES) // 2 :]))
        self.assert_current(name, made, committed(name)[-len(made) :])


if __name__ == "__main__":
    unittest.main()
