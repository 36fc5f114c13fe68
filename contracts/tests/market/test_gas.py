"""The gas of each method is what `gas.json` says, and fits into a block."""

from __future__ import annotations

import json
import unittest

from . import gas

MOST_IN_A_TRANSACTION = 2**24
"""EIP-7825."""
MOST_CODE = 24_576
"""EIP-170."""


class GasTests(unittest.TestCase):
    def test_the_figures_are_those_that_were_kept(self) -> None:
        found = gas.figures()
        kept = json.loads(gas.FIGURES.read_text())
        told = gas.differences(found, kept)
        self.assertEqual(told, [], "; python -m tests.market.gas --write keeps them")
        self.assertEqual(gas.text(found), gas.FIGURES.read_text())
        self.check_bounds(found)

    def check_bounds(self, found: gas.Figures) -> None:
        """Nothing is too large for a block, whoever has to send it."""
        for size in found.pop("bytes of code").values():
            self.assertLess(size, MOST_CODE)
        for name, methods in found.items():
            for method, used in methods.items():
                dearest = used if isinstance(used, int) else max(used)
                self.assertLess(dearest, MOST_IN_A_TRANSACTION, f"{name}: {method}")

    def test_every_method_is_measured(self) -> None:
        """All that anybody but the contracts themselves can send."""
        market = gas.Market()
        ours = {
            "bind",
            "free",
            "slash",
            "dropClaim",
            "giveBack",
            "openChallenge",
            "creditSlash",
            "conclude",
        }
        all_of_them = {
            name
            for contract in market.contracts
            for name, functions in contract.shape.functions.items()
            if not functions[0].is_view
        }
        kept = json.loads(gas.FIGURES.read_text())
        measured = {method for methods in kept.values() for method in methods}
        self.assertEqual(all_of_them - ours - measured, set())


if __name__ == "__main__":
    unittest.main()
