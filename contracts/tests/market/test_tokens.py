"""The test tokens do what they are there for: else the tests with them would prove nothing."""

from __future__ import annotations

import unittest

from .chain import Chain, Reverted
from .contract import Contract, deploy

ANN, BOB, EVE = ("0x" + digits * 20 for digits in ("aa", "bb", "ee"))


class TokenTests(unittest.TestCase):
    def setUp(self) -> None:
        self.chain = Chain()
        self.chain.fund(ANN)

    def token(self, name: str, *values: int) -> Contract:
        token = deploy(self.chain, ANN, name, *values)
        token.mint(ANN, 1000, sender=ANN)
        token.approve(EVE, 600, sender=ANN)
        return token

    def balances(self, token: Contract) -> tuple[int, int]:
        return token.balanceOf(ANN), token.balanceOf(BOB)

    def test_all_move_coins_within_allowance_and_balance(self) -> None:
        for name in ("PlainToken", "SilentToken", "FalseToken", "PausableToken", "ReentrantToken"):
            with self.subTest(name):
                token = self.token(name)
                token.transfer(BOB, 100, sender=ANN)
                token.transferFrom(ANN, BOB, 500, sender=EVE)
                self.assertEqual(self.balances(token), (400, 600))
                self.assertEqual((token.allowance(ANN, EVE), token.totalSupply()), (100, 1000))
                if name != "FalseToken":
                    for ask in (
                        lambda: token.transferFrom(ANN, BOB, 101, sender=EVE),
                        lambda: token.transfer(BOB, 401, sender=ANN),
                    ):
                        self.assertRaises(Reverted, ask)

    def test_a_fee_is_kept(self) -> None:
        token = self.token("FeeToken", 100)
        token.transferFrom(ANN, BOB, 500, sender=EVE)
        self.assertEqual((*self.balances(token), token.balanceOf(token)), (500, 450, 50))

    def test_silence(self) -> None:
        token = self.token("SilentToken")
        self.assertEqual(token.transfer(BOB, 100, sender=ANN).output, b"")

    def test_false_moves_nothing(self) -> None:
        token = self.token("FalseToken")
        self.assertIs(token.transfer(BOB, 100, sender=ANN).value, True)
        self.assertIs(token.transfer(BOB, 5000, sender=ANN).value, False)
        token.refuse(True, sender=BOB)
        self.assertIs(token.transfer(BOB, 100, sender=ANN).value, False)
        self.assertIs(token.transferFrom(ANN, BOB, 100, sender=EVE).value, False)
        self.assertEqual(self.balances(token), (900, 100))

    def test_a_pause(self) -> None:
        token = self.token("PausableToken")
        token.pause(True, sender=BOB)
        for ask in (
            lambda: token.transfer(BOB, 1, sender=ANN),
            lambda: token.transferFrom(ANN, BOB, 1, sender=EVE),
        ):
            with self.assertRaises(Reverted) as caught:
                ask()
            self.assertEqual(caught.exception.reason, "token: paused")

    def test_lies(self) -> None:
        token = self.token("LyingToken")
        token.lie(BOB, 77, sender=ANN)
        self.assertEqual((token.balanceOf(BOB), token.trueBalanceOf(BOB)), (77, 0))
        token.lieLater(BOB, 23, False, sender=ANN)
        self.assertEqual(token.balanceOf(BOB), 77)
        token.transferFrom(ANN, BOB, 500, sender=EVE)
        self.assertEqual((token.balanceOf(BOB), token.trueBalanceOf(BOB)), (100, 0))
        token.lie(ANN, -1000, sender=ANN)
        self.assertEqual(self.balances(token), (0, 100))

    def test_calling_back(self) -> None:
        token = self.token("ReentrantToken")
        token.mint(token, 50, sender=ANN)
        for before, answers in ((True, [True]), (False, [True])):
            data = token.transfer.encode(BOB, 10)
            token.arm(token, data, 0, 1, before, sender=ANN)
            receipt = token.transferFrom(ANN, BOB, 100, sender=EVE)
            moved = [event.value for event in receipt.all("Transfer")]
            self.assertEqual(moved, [10, 100] if before else [100, 10])
            self.assertEqual([event.success for event in receipt.all("CalledBack")], answers)
        token.arm(token, token.transfer.encode(BOB, 31), 0, 3, True, sender=ANN)
        token.transfer(BOB, 1, sender=ANN)
        self.assertEqual((token.tries(), token.successes(), token.times()), (1, 0, 2))
        token.act(token, token.transfer.encode(BOB, 30), 0, sender=ANN)
        self.assertEqual(token.balanceOf(token), 0)


if __name__ == "__main__":
    unittest.main()
