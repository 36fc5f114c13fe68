"""How each recorded session is led on a chain of ours: the options it starts with, and what happens between rows."""

import time

import transcript

SENDING = ("eth_sendRawTransaction", "eth_sendTransaction")


def mine(replay):
    """The next block."""
    replay.http.call("evm_mine")


def latest(replay):
    """The hash of the latest block."""
    return replay.http.call("eth_getBlockByNumber", "latest", False)["hash"]


class Session:
    """Rows that were recorded on one chain, in order."""

    name = ""
    # Options of `sr-chain dev`.
    options = ()
    # How many rows are run: a row that is left out by mistake is a failure.
    expected = 0
    # What is done before a row, by its id: functions of the replay.
    before = {}
    # Rows whose hashes go as they were recorded: read as numbers, they must not begin with a zero.
    as_recorded = ()
    # Members whose values are another chain's.
    loose = ()

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
    expected = 625
    as_recorded = ("auto/block-hash-in-number", "auto/feeHistory-hash")
    before = {"auto/feeHistory-hash": [lambda replay: replay.names.pair(transcript.LATEST_BLOCK, latest(replay))]}

    def after(self, replay, row):
        request = row["request"]
        if isinstance(request, dict) and request.get("method") in SENDING:
            if isinstance(row["response"].get("result"), str):
                settle(replay.http)


class Pool(Session):
    """One block at the start, then none for an hour."""

    name = "pool"
    options = ("--block-time", "3600")
    expected = 80


class Interval(Session):
    """A block each second, made by hand: the numbers are the recorded ones."""

    name = "interval"
    options = ("--block-time", "3600")
    expected = 37
    before = {
        "interval/send": [mine],
        "interval/tx-mined": [mine],
        "interval/replace-first": [mine],
        "interval/replaced-tx": [mine],
        "interval/deploy": [mine],
        "interval/multi-1": [mine, mine],
        "interval/multi-block": [mine],
        "interval/feeHistory-empty": [mine, mine],
    }


A = "0x51d2f6e237d754cc5524e0f1b9ba08d9c880fce73f4e2d3296a5992c58f1d659"
B = "0x06dd3055676b8f9dcf3edff182dabad9f346fab13a851f12cbd5414beb44ee7d"
C = "0xa43ab2d24c3df93c31ff3bd77d8265cc9ce76e2ff19d21af495b0c790ae17ecc"
D = "0x87d742ca21beca6524a97f1f3657ade6aa78f35eec53ff76d1e3ac6a25381fad"


class Engine(Session):
    """Blocks of two branches, chosen as a consensus client does: 3a(A,B) 4a(C), then 3b() 4b(A,B,C,D), then 4a."""

    name = "engine"
    options = ("--allow-unprotected",)
    expected = 88
    # The recorder had its own fee recipient.
    loose = ("miner",)

    def __init__(self):
        self.blocks = {}
        self.before = {
            "engine/not-canonical": [self.import_first],
            "engine/receipt-deploy": [lambda replay: self.adopt(replay, "1")],
            "engine/tx-pre155": [mine],
            "engine/heads-a-1": [self.branch_a],
            "engine/reorg-blockNumber": [lambda replay: self.build(replay, "3b", "2")],
            "engine/heads-b-1": [lambda replay: self.build(replay, "4b", "3b", A, B, C, D)],
            "engine/back-blockNumber": [lambda replay: self.adopt(replay, "4a")],
        }

    def begin(self, replay):
        replay.http.call("evm_setAutomine", False)

    def left_out(self, row):
        return super().left_out(row) or ("consensus" if row["id"] in transcript.CONSENSUS else None)

    def import_first(self, replay):
        """Block 1 is there, and not the head yet; its recorded name is the one that the row asks for."""
        content = replay.http.call("txpool_content")["pending"]
        hashes = [found["hash"] for queue in content.values() for found in queue.values()]
        self.blocks["1"] = replay.http.call("dev_buildBlock", latest(replay), hashes)
        replay.names.pair(transcript.FIRST_BLOCK, self.blocks["1"])

    def branch_a(self, replay):
        self.blocks["2"] = latest(replay)
        self.build(replay, "3a", "2", A, B)
        self.build(replay, "4a", "3a", C)

    def build(self, replay, name, parent, *transactions):
        self.blocks[name] = replay.http.call("dev_buildBlock", self.blocks[parent], list(transactions))
        self.adopt(replay, name)

    def adopt(self, replay, name):
        replay.http.call("dev_setHead", self.blocks[name])


class Own(Auto):
    """Requests of our own making, on any chain."""

    name = "own"
    expected = 114
    before = {}

    def rows(self, recorded):
        return transcript.rows(transcript.OWN)


SESSIONS = [Own(), Auto(), Pool(), Interval(), Engine()]


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
