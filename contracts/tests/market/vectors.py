"""Vectors for other programs: what became of jobs on the real contracts.

`python -m tests.market.vectors` in the folder `contracts` writes them to Tests/Vectors; `test_vectors` finds them stale.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterator

from .courses import phases
from .endings import payments
from .hashes import hashes

FOLDER = Path(__file__).resolve().parents[3] / "Tests" / "Vectors"
FILES = {
    "marketplace-hashes.jsonl": hashes,
    "marketplace-phases.jsonl": phases,
    "marketplace-payments.jsonl": payments,
}


def lines(rows: Iterator[dict[str, Any]]) -> list[str]:
    """The rows as a file has them."""
    return [json.dumps(row, separators=(",", ":")) for row in rows]


def main() -> None:
    """Writes the files."""
    for name, rows in FILES.items():
        (FOLDER / name).write_text("\n".join(lines(rows())) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
