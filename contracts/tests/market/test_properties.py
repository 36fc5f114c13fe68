"""Random lives of the marketplace against the reference model of `model`.

`SANDRUN_LIVES=RUNS` and `SANDRUN_STEPS=STEPS` make it run longer, `SANDRUN_SEED=NUMBER` elsewhere; without a seed each
run is the same. `SANDRUN_PART=I/N` runs the I-th of N parts, I its seed; the file `SANDRUN_MARKS` tells each what the
parts before it have reached, and the last demands that nothing is missing.
"""

from __future__ import annotations

import os
import unittest

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from .model import marks
from .model.lives import Lives, reached

PART, PARTS = map(int, os.environ.get("SANDRUN_PART", "1/1").split("/"))
RUNS = int(os.environ.get("SANDRUN_LIVES", "160")) // PARTS
STEPS = int(os.environ.get("SANDRUN_STEPS", "25"))
SEED = os.environ.get("SANDRUN_SEED", str(PART) if PARTS > 1 else None)
MARKS = os.environ.get("SANDRUN_MARKS")


class PropertyTests(unittest.TestCase):
    def test_every_life_agrees_with_the_model_and_ends(self) -> None:
        machine = Lives if SEED is None else seed(int(SEED))(Lives)
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=RUNS,
                stateful_step_count=STEPS,
                derandomize=SEED is None,
                database=None,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        found = {mark for mark in marks.WANTED if reached[mark]}
        if MARKS is not None:
            with open(MARKS, "a+", encoding="utf-8") as file:
                file.writelines(f"{mark}\n" for mark in sorted(found))
                file.seek(0)
                found = set(file.read().splitlines())
        if PART == PARTS:
            self.assertEqual(set(marks.WANTED) - found, set(), "no life reached these")
