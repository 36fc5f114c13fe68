#!/usr/bin/env python3
"""Time the tools against their peers and print ratios.

usage: bench.py RELEASE_FOLDER [ROW…]

Each row runs both sides in turn, five times or more, on the same input in one go,
and gives the ratio of the medians: machines differ and are noisy, ratios less so.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import chain
import ipfs
import node

TOOLS = ["sr-ipfs", "sr-chain", "sr-job", "sr-node", "sr-proof", "sr-gpu"]


class Bench:
    def __init__(self, release: str, scratch: str) -> None:
        self.release = os.path.abspath(release)
        self.scratch = scratch
        self.environment = {
            "PATH": f"{self.release}:{os.environ['PATH']}",
            "HOME": f"{scratch}/home",
            "LC_ALL": "C.UTF-8",
        }
        os.makedirs(f"{scratch}/home")

    def run(self, command: str, **more: object) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=self.scratch, env=self.environment, check=True,
            stdin=subprocess.DEVNULL, **more,
        )

    def time(self, command: str) -> float:
        start = time.perf_counter()
        self.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.perf_counter() - start

    def pair(self, ours: str, theirs: str, rounds: int = 5) -> tuple[float, float]:
        """The median seconds of both, run in turn."""
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(rounds):
            times[0].append(self.time(ours))
            times[1].append(self.time(theirs))
        return statistics.median(times[0]), statistics.median(times[1])

    def spawn(self, argv: list[str], rounds: int) -> float:
        """The median seconds of starting a program and waiting for its end, with no shell."""
        return self.start(argv, rounds)[0]

    def start(self, argv: list[str], rounds: int) -> tuple[float, float]:
        """The same, and the median seconds of processor time, which a busy machine does not stretch."""
        path = shutil.which(argv[0], path=self.environment["PATH"]) or argv[0]
        times, costs = [], []
        for _ in range(rounds):
            start = time.perf_counter()
            pid = os.posix_spawn(
                path, argv, self.environment,
                file_actions=[(os.POSIX_SPAWN_OPEN, end, "/dev/null", os.O_WRONLY, 0) for end in (1, 2)],
            )
            used = os.wait4(pid, 0)[2]
            times.append(time.perf_counter() - start)
            costs.append(used.ru_utime + used.ru_stime)
        return statistics.median(times), statistics.median(costs)


def row(what: str, ours: str, theirs: str, ratio: str, aim: str) -> None:
    print(f"{what:<44} {ours:>14} {theirs:>22} {ratio:>9}  {aim}", flush=True)


def records(bench: Bench) -> None:
    """Record pass-through against jq -c ."""
    line = {
        "job": {"id": "0123456789abcdef" * 2, "entrypoint": "mandelbrot.py", "args": ["800", "200"],
                "env": {"A": "b" * 40}, "memory": 1 << 30, "timeout": 600, "consensus": "2-of-3"},
        "code": {"cid": "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi", "size": 4096},
        "note": "a text of some length, as logs and messages are, with a few \"quotes\" " * 6,
        "numbers": [1, 2.5, 1e9, -3] * 10,
        "error": {"tool": "sr-chain", "verb": "post", "status": 75, "code": "temporary",
                  "message": "cannot reach the chain", "retryable": True},
    }
    text = json.dumps(line, separators=(",", ":")) + "\n"
    count = (200 << 20) // len(text)
    with open(f"{bench.scratch}/records.jsonl", "w") as file:
        for _ in range(count):
            file.write(text)
    size = count * len(text) / 1e6
    ours, theirs = bench.pair(
        "sr-job set <records.jsonl || test $? = 75", "jq -c . records.jsonl", rounds=3)
    row(f"records through a stage ({len(text)} B each)", f"{size / ours:.0f} MB/s",
        f"jq -c . {size / theirs:.0f} MB/s", f"{theirs / ours:.1f}x", "aim 12x, 400 MB/s")
    os.remove(f"{bench.scratch}/records.jsonl")


def startup(bench: Bench) -> None:
    """Start-up of each tool against /bin/true."""
    floor = bench.spawn(["/bin/true"], 200)
    for tool in TOOLS:
        ours = bench.spawn([tool, "--version"], 200)
        aim = {"sr-gpu": 3, "sr-node": 25}.get(tool, 5)
        row(f"{tool} --version", f"{ours * 1e3:.1f} ms", f"/bin/true {floor * 1e3:.1f} ms",
            f"{ours / floor:.1f}x", f"aim {aim} ms")


def survey(bench: Bench) -> None:
    """Looking for GPUs where no driver is, against /bin/true; the driver of OpenCL is hidden, should there be one."""
    bench.environment["OCL_ICD_VENDORS"] = bench.scratch
    try:
        ours, cost = bench.start(["sr-gpu", "list"], 200)
    finally:
        del bench.environment["OCL_ICD_VENDORS"]
    floor, least = bench.start(["/bin/true"], 200)
    row("sr-gpu list, no driver", f"{ours * 1e3:.1f} ms", f"/bin/true {floor * 1e3:.1f} ms",
        f"{ours / floor:.1f}x", f"aim 20 ms; {cost * 1e3:.1f} and {least * 1e3:.1f} ms of CPU")


def proof(bench: Bench) -> None:
    """sr-proof build on a 200 MB trace against zstd -3 of the same."""
    state = f"{bench.scratch}/home/.local/state/sandrun/runs/bench"
    bench.run(
        "printf 'bench' >pass && chmod 600 pass && "
        "sr-chain key new --light --passphrase-file pass && "
        "printf 'print(1)' | sr-job new - --interpreter python3 | sr-ipfs add | sr-node exec >job.jsonl",
        stdout=subprocess.DEVNULL)
    made = subprocess.run(
        [sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), "trace.py"),
         f"{bench.scratch}/job.jsonl", state, "200"], check=True, capture_output=True, text=True)
    with open(f"{bench.scratch}/big.jsonl", "w") as file:
        file.write(made.stdout)
    size = os.path.getsize(f"{state}/trace.jsonl") / 1e6
    ours, theirs = bench.pair(
        "sr-proof build --passphrase-file pass <big.jsonl",
        f"zstd -3 -q -f -k {state}/trace.jsonl -o trace.zst", rounds=5)
    row(f"sr-proof build, {size:.0f} MB trace", f"{size / ours:.0f} MB/s",
        f"zstd -3 {size / theirs:.0f} MB/s", f"{theirs / ours:.2f}x", "aim 0.95x of its speed")


def overhead(bench: Bench) -> None:
    """What sr-node exec adds to running the script itself."""
    with open(f"{bench.scratch}/nothing.py", "w") as file:
        file.write("print('done')\n")
    bench.run("sr-job new nothing.py | sr-ipfs add >nothing.jsonl")
    ours, theirs = bench.pair("sr-node exec <nothing.jsonl", "/usr/bin/python3 nothing.py", rounds=21)
    row("sr-node exec of a Python script", f"{ours * 1e3:.0f} ms", f"alone {theirs * 1e3:.0f} ms",
        f"+{(ours - theirs) * 1e3:.0f} ms", "aim under +60 ms")


def of_module(measure) -> object:
    """A row of ipfs.py, node.py or chain.py, which prints by `row`."""
    def run(bench: Bench) -> None:
        measure(bench, row)
    run.__name__ = measure.__name__
    return run


ROWS = [records, startup, survey, proof, overhead, *map(of_module, ipfs.ROWS + node.ROWS + chain.ROWS)]


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 64
    wanted = sys.argv[2:]
    print(f"{'what':<44} {'ours':>14} {'peer':>22} {'ratio':>9}")
    with tempfile.TemporaryDirectory(prefix="sandrun-bench-") as scratch:
        os.chmod(scratch, 0o755)
        for measure in ROWS:
            if wanted and measure.__name__ not in wanted:
                continue
            folder = os.path.join(scratch, measure.__name__)
            os.mkdir(folder)
            os.chmod(folder, 0o755)
            measure(Bench(sys.argv[1], folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
