"""A mutant: the marketplace with one thing broken, compiled, under the tests that have to notice."""

from __future__ import annotations

import gc
import shutil
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vyper.cli.vyper_compile import compile_files
from vyper.compiler.settings import Settings
from vyper.exceptions import VyperException

from ..contract import CONTRACTS, artefact

FOLDER = Path(__file__).parent
SOURCES = CONTRACTS / "marketplace"
_MEMBERS = {"breaks", "edits", "tests"}


class Unfit(Exception):
    """A mutant that does not apply any more, or changes nothing; the text says why."""


@dataclass(frozen=True)
class Mutant:
    """What a TOML file of this folder says.

    `breaks` tells the harm in a sentence. Of `edits`, each names a file under `contracts/marketplace`, a text that stands
    there once, and what replaces it. `tests` are the names of those that have to fail.
    """

    name: str
    breaks: str
    edits: tuple[tuple[str, str, str], ...]
    tests: tuple[str, ...]

    @staticmethod
    def read(path: Path) -> "Mutant":
        """Raises `Unfit`."""
        try:
            found = tomllib.loads(path.read_text())
            if set(found) != _MEMBERS or not found["edits"] or not found["tests"]:
                raise Unfit(f"a mutant has {', '.join(sorted(_MEMBERS))}")
            edits = tuple((e["source"], e["replace"], e["with"]) for e in found["edits"])
        except (tomllib.TOMLDecodeError, KeyError) as error:
            raise Unfit(f"{path.name}: {error}") from None
        tests = tuple(f"tests.market.{name}" for name in found["tests"])
        return Mutant(path.stem, found["breaks"], edits, tests)

    def compiled(self) -> dict[str, dict[str, Any]]:
        """The artefacts of the contracts that differ from the committed ones. Raises `Unfit`."""
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "marketplace"
            shutil.copytree(SOURCES, copy)
            for source, before, after in self.edits:
                self._edit(copy / source, before, after)
            gc.disable()  # The compiler throws little away: looking for it takes a quarter of the time.
            try:
                return self._compile(copy)
            finally:
                gc.enable()

    @staticmethod
    def _edit(path: Path, before: str, after: str) -> None:
        if not path.exists():
            raise Unfit(f"there is no {path.name}")
        text = path.read_text()
        if text.count(before) != 1:
            raise Unfit(f"stands {text.count(before)} times in {path.name}, not once: {before!r}")
        path.write_text(text.replace(before, after))

    def _compile(self, folder: Path) -> dict[str, dict[str, Any]]:
        changed = {Path(source).stem for source, _, _ in self.edits}
        files = [file for file in sorted(folder.glob("*.vy")) if _stands_on(file, changed)]
        try:
            outputs = compile_files(
                [str(file) for file in files],
                ["abi", "bytecode", "bytecode_runtime"],
                paths=[str(folder.parent), str(folder)],
                settings=Settings(evm_version="cancun"),
            )
        except VyperException as error:
            raise Unfit(f"does not compile: {error}") from None
        found = {
            Path(path).stem: {"abi": output["abi"], "bytecode": output["bytecode"]}
            for path, output in outputs.items()
            if output["bytecode_runtime"].removeprefix("0x")
            not in artefact(Path(path).stem)["bytecode"]
        }
        if not found:
            raise Unfit("changes nothing of the compiled code")
        return found


def _stands_on(contract: Path, changed: set[str]) -> bool:
    """Whether a contract is one of these, or imports one."""
    lines = contract.read_text().splitlines()
    return contract.stem in changed or any(
        f"from libraries import {name}" in lines for name in changed
    )


def all_mutants() -> list[Mutant]:
    """Those of this folder, by name. Raises `Unfit`."""
    return [Mutant.read(path) for path in sorted(FOLDER.glob("*.toml"))]
