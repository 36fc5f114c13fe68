"""What runs the mutants tells a dead one from a survivor, and both from one that proves nothing."""

from __future__ import annotations

import contextlib
import io
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

from .mutants.__main__ import judge, main, run
from .mutants.mutation import Mutant, Unfit, all_mutants

MODULE = "tests.market.test_harness"
NOT_ZERO = 'assert owner != empty(address), "no owner"'
FORGETFUL = Mutant(
    "forgetful",
    "A node's stake is forgotten.",
    (("NodeRegistry.vy", "self.nodes[number].stake = msg.value\n", "pass\n"),),
    (f"{MODULE}.MarketTests.test_a_job_from_post_to_payment",),
)


class Failing(unittest.TestCase):
    """Fails wherever it is asked for by name."""

    def runTest(self) -> None:
        self.fail()


def load_tests(loader: unittest.TestLoader, *_: object) -> unittest.TestSuite:
    """All but `Failing`."""
    return loader.loadTestsFromTestCase(MutationTests)


class MutationTests(unittest.TestCase):
    def judged(self, mutant: Mutant) -> tuple[str | None, str]:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            complaint = judge(mutant)
        return complaint, printed.getvalue()

    def changed(self, before: str, after: str, source: str = "NodeRegistry.vy") -> Mutant:
        return replace(FORGETFUL, edits=((source, before, after),))

    def test_a_dead_one_is_told_with_its_killer(self) -> None:
        complaint, printed = self.judged(FORGETFUL)
        self.assertIsNone(complaint)
        self.assertIn("forgetful: killed by test_harness.MarketTests.test_a_job", printed)

    def test_a_survivor_is_complained_of(self) -> None:
        survivor = replace(FORGETFUL, tests=(f"{MODULE}.ChainTests",))
        complaint, printed = self.judged(survivor)
        self.assertEqual((complaint or "")[:29], "forgetful: survived tests.mar")
        self.assertEqual(printed, "")

    def test_a_killer_that_always_fails_kills_nobody(self) -> None:
        complaint, printed = self.judged(replace(FORGETFUL, tests=(f"{__name__}.Failing",)))
        self.assertIn("test_mutation.Failing.runTest fails without a mutant too", complaint or "")
        self.assertEqual(printed, "")

    def test_what_does_not_apply_is_complained_of(self) -> None:
        for mutant, reason in (
            (self.changed("no such text", ""), "stands 0 times in NodeRegistry.vy"),
            (self.changed("assert ", ""), "times in NodeRegistry.vy, not once"),
            (self.changed("a", "b", "Nothing.vy"), "there is no Nothing.vy"),
            (self.changed(NOT_ZERO, "assert"), "does not compile"),
            (self.changed(NOT_ZERO, f"{NOT_ZERO}  # no matter"), "changes nothing"),
            (replace(FORGETFUL, tests=("tests.market.test_nothing",)), "no such tests"),
        ):
            with self.subTest(reason):
                complaint, _ = self.judged(mutant)
                self.assertIn(reason, complaint or "")

    def test_nothing_of_a_mutant_stays_behind(self) -> None:
        self.assertIsNotNone(run(FORGETFUL.tests, FORGETFUL.compiled()))
        self.assertIsNone(run(FORGETFUL.tests, {}))

    def test_a_file_must_tell_all(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "odd.toml"
            for text in (
                "",
                "breaks = 1",
                "breaks = ",
                'breaks = "x"\ntests = ["t"]\nedits = [{}]',
            ):
                path.write_text(text)
                self.assertRaises(Unfit, Mutant.read, path)

    def test_a_name_that_is_none_is_refused(self) -> None:
        for arguments in (["nobody"], ["--part", "0/3"], ["--part", "4/3"], ["--part", "x"]):
            with contextlib.redirect_stderr(io.StringIO()), self.assertRaises(SystemExit) as caught:
                main(arguments)
            self.assertEqual(caught.exception.code, 64)

    def test_there_are_enough_and_each_breaks_something_else(self) -> None:
        mutants = all_mutants()
        self.assertGreaterEqual(len(mutants), 14)
        self.assertEqual(len({mutant.edits for mutant in mutants}), len(mutants))


if __name__ == "__main__":
    unittest.main()
