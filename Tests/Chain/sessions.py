"""How each recorded session is led on a chain of ours: the options it starts with, and what happens between rows."""

import time

import transcript

MINE = ("evm_mine",)


class Session:
    """Rows that were recorded on one chain, in order."""

    name = ""
    # Options of `sr-chain dev`.
    options = ()
    # How many rows are run: a row that is left out by mistake is a failure.
    expected = 0
    # Calls before a row, by its id.
    before = {}

    def rows(self, recorded):
        return [row for row in recorded if row["session"] == self.name]

    def left_out(self, row):
        return transcript.left_out(row)

    def begin(self, replay):
        """What the recorder did before its first row."""

    def after(self, replay, row):
        """What the recorder waited for after a row."""


class Auto(Session):
    """A block for each transaction."""

    name = "auto"
    expected = 627

    def after(self, replay, row):
        request = row["request"]
        if isinstance(request, dict) and request.get("method") in ("eth_sendRawTransaction", "eth_sendTransaction"):
            if isinstance(row["response"].get("result"), str):
                settle(replay.http)


class Pool(Session):
    """One block at the start, then none for an hour."""

    name = "pool"
    options = ("--block-time", "3600")
    expected = 80

    def begin(self, replay):
        replay.http.call(*MINE)


class Interval(Session):
    """A block each second, made by hand: the numbers are the recorded ones."""

    name = "interval"
    options = ("--block-time", "3600")
    expected = 37
    before = {
        "interval/send": [MINE],
        "interval/tx-mined": [MINE],
        "interval/replace-first": [MINE],
        "interval/replaced-tx": [MINE],
        "interval/deploy": [MINE],
        "interval/multi-1": [MINE, MINE],
        "interval/multi-block": [MINE],
        "interval/feeHistory-empty": [MINE, MINE],
    }

    def begin(self, replay):
        replay.http.call(*MINE)


SESSIONS = [Auto(), Pool(), Interval()]


def settle(http, patience=30):
    """Waits until what was sent is in a block and no block follows."""
    deadline, before = time.monotonic() + patience, None
    while time.monotonic() < deadline:
        now = http.call("txpool_status")["pending"], http.call("eth_blockNumber")
        if now[0] == "0x0" and now == before:
            return
        before = now
        time.sleep(0.02)
    raise RuntimeError(f"after {patience} s: pending and block number are {now}")
