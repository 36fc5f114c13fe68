"""Compiles each mutant, runs the tests that it names, and demands that one of them fails.

    python -m tests.market.mutants [--part I/N] [NAME…]

A line a mutant says which test killed it. Ends with 1 if one survives, no longer applies, changes nothing or takes too
long, or if the test that killed it fails without a mutant.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
import traceback
import unittest
from typing import Any, NoReturn

from ..contract import substitutes
from .mutation import Mutant, Unfit, all_mutants

PATIENCE = 100
"""Seconds of processor time that the tests may take under one mutant."""


class _FirstFailure(unittest.TestResult):
    """Stops at the first test that fails, and keeps its name."""

    failed: str | None = None

    def _stop_at(self, test: Any) -> None:
        self.failed = self.failed or test.id().split(" ")[0].removeprefix("tests.market.")
        self.stop()

    def addFailure(self, test: Any, err: Any) -> None:
        self._stop_at(test)

    def addError(self, test: Any, err: Any) -> None:
        self._stop_at(test)

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:
        if err is not None:
            self._stop_at(test)


def _first_failure(tests: tuple[str, ...]) -> str | None:
    """The first of the named tests that fails."""
    loader = unittest.TestLoader()
    suite = loader.loadTestsFromNames(tests)
    if loader.errors or not suite.countTestCases():
        raise Unfit(f"no such tests: {', '.join(tests)}")
    result = _FirstFailure()
    suite.run(result)
    return result.failed


def _child(tests: tuple[str, ...], artefacts: dict[str, Any], pipe: int) -> NoReturn:
    """Runs the tests in a process of its own, so that nothing of a mutant stays behind."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        substitutes.update(artefacts)
        answer: dict[str, Any] = {"failed": _first_failure(tests)}
    except Unfit as error:
        answer = {"unfit": str(error)}
    except BaseException:
        answer = {"unfit": traceback.format_exc()}
    os.write(pipe, json.dumps(answer).encode())
    os._exit(0)


def run(tests: tuple[str, ...], artefacts: dict[str, Any]) -> str | None:
    """The name of the test that fails with these artefacts, or nothing. Raises `Unfit`."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(tests, artefacts, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    if not answer:
        raise Unfit(f"the tests took more than {PATIENCE} s, or ended the process")
    said: dict[str, Any] = json.loads(answer)
    if "unfit" in said:
        raise Unfit(said["unfit"])
    return said["failed"]


def judge(mutant: Mutant) -> str | None:
    """Prints what became of a mutant; the complaint, if there is one."""
    start = time.monotonic()
    try:
        killer = run(mutant.tests, mutant.compiled())
        if killer is None:
            return f"{mutant.name}: survived {', '.join(mutant.tests)}: {mutant.breaks}"
        if run((f"tests.market.{killer}",), {}) is not None:
            return f"{mutant.name}: {killer} fails without a mutant too, so that it can kill none"
    except Unfit as error:
        return f"{mutant.name}: {error}"
    print(f"{mutant.name}: killed by {killer} in {time.monotonic() - start:.1f} s", flush=True)
    return None


def chosen(arguments: list[str]) -> list[Mutant]:
    """The mutants that the arguments ask for. Raises `Unfit`, and `SystemExit` for what nobody could ask for."""
    parser = argparse.ArgumentParser(prog="python -m tests.market.mutants", add_help=False)
    parser.add_argument(
        "--part", default="1/1", type=lambda text: tuple(map(int, text.split("/", 1)))
    )
    parser.add_argument("names", nargs="*")
    try:
        asked = parser.parse_args(arguments)
    except SystemExit:
        sys.exit(64)
    part, parts = (*asked.part, 0)[:2]
    found = all_mutants()
    unknown = set(asked.names) - {mutant.name for mutant in found}
    if unknown or not 1 <= part <= parts:
        wrong = ", ".join(sorted(unknown)) or f"part {part} of {parts}"
        print(f"mutants: error: there is no {wrong}", file=sys.stderr)
        sys.exit(64)
    wanted = [mutant for mutant in found if not asked.names or mutant.name in asked.names]
    return wanted[part - 1 :: parts]


def main(arguments: list[str]) -> int:
    """The program."""
    try:
        mutants = chosen(arguments)
    except Unfit as error:
        print(f"mutants: error: {error}", file=sys.stderr)
        return 1
    complaints = [complaint for mutant in mutants if (complaint := judge(mutant)) is not None]
    for complaint in complaints:
        print(f"mutants: error: {complaint}", file=sys.stderr)
    print(f"{len(mutants) - len(complaints)} of {len(mutants)} mutants killed")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
