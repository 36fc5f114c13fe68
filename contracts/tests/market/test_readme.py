"""The README's example to the wei is what the contracts do."""

from __future__ import annotations

import unittest
from pathlib import Path
from typing import Iterable

from .books import BURNED, CHECKER_SHARE, NODE_SHARE, REST
from .case import UnitCase
from .harness import Receipt

README = Path(__file__).parents[2] / "README.md"
ETHER = 10**18
BOND = ETHER // 10

STORIES = {
    "two agree, one cheats": ("AAB", None),
    "all three agree": ("AAA", None),
    "one opens, two are silent": ("A--", None),
    "the first row, challenged, and only 5 of 7 come": ("AAB", "AAAAA"),
    "the first row, challenged, and 7 confirm it": ("AAB", "AAAAAAA"),
    "the first row, challenged, and 7 say what the third said": ("AAB", "BBBBBBB"),
}


def rows() -> list[list[str]]:
    """The cells of the example's table, without its head."""
    section = README.read_text().split("### An example to the wei\n")[1].split("\n### ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


class ExampleTests(UnitCase):
    def test_every_row(self) -> None:
        table = rows()
        self.assertEqual([row[0] for row in table], list(STORIES))
        for end, *told in table:
            with self.subTest(end):
                moment = self.chain.snapshot()
                self.assertEqual(told, self.row(*STORIES[end]))
                self.chain.rollback(moment)

    def row(self, first: str, second: str | None) -> list[str]:
        """What the contracts make of a story, as the table tells it."""
        for node in self.nodes:
            number = self.market.number(node)
            self.registry.addStake(number, sender=self.anyone, value=BOND)
        job = self.post(payment=ETHER, bond=BOND)
        receipts = [self.decide(job, first)]
        if second is not None:
            job.challenge(self.carl)
            receipts.append(self.decide(job, second))
        if job.status != 5:
            if job.status == 1:
                job.wait_until(job.challenge_deadline + 1)
            receipts.append(job.distribute())
        return self.told(job.share, receipts)

    def told(self, share: int, receipts: Iterable[Receipt]) -> list[str]:
        """Nodes, submitter, challenger, burned."""
        nodes = submitter = challenger = burned = 0
        for receipt in receipts:
            burned += sum(loss for _, _, loss, _ in self.slashed(receipt))
            for account, amount, kind in self.payments(receipt):
                if kind in (NODE_SHARE, CHECKER_SHARE):
                    self.assertEqual(amount, share)
                    nodes += 1
                elif kind == REST:
                    self.assertEqual(account, self.ann.address)
                    submitter += amount
                elif kind == BURNED:
                    burned += amount
                else:
                    self.assertEqual(account, self.carl.address)
                    challenger += amount
        return [f"{nodes} x {share}", str(submitter), str(challenger), str(burned)]


if __name__ == "__main__":
    unittest.main()
