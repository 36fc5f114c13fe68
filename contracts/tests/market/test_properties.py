"""Random lives of the marketplace against the reference model of `model`.

`SANDRUN_LIVES=RUNS` and `SANDRUN_STEPS=STEPS` make it run longer, `SANDRUN_SEED=NUMBER` elsewhere; without a seed each
run is the same.
"""

from __future__ import annotations

import os
import unittest

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from .model import marks
from .model.lives import Lives, reached

RUNS = int(os.environ.get("SANDRUN_LIVES", "160"))
STEPS = int(os.environ.get("SANDRUN_STEPS", "25"))
SEED = os.environ.get("SANDRUN_SEED")


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
        missed = [mark for mark in marks.WANTED if not reached[mark]]
        self.assertFalse(missed, f"no life reached these; those reached: {dict(reached)}")
