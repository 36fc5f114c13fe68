"""Rows of sr-ipfs: its speed and memory beside openssl on the same bytes, and beside `ipfs` where one is on PATH.

Each measure prints what it took on the clock, in CPU time, and the most memory held; what a disk or a busy machine
does to one side it does to the other in the same minute.
"""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time

GIB = 1 << 30
MEMORY = "aim 64 MiB"


class Cost:
    """What one command took: seconds on the clock, seconds of CPU, the most memory held in bytes."""

    def __init__(self, wall: float, cpu: float, memory: int) -> None:
        self.wall, self.cpu, self.memory = wall, cpu, memory


def once(bench, argv: list[str], stdin: str = "/dev/null", folder: str | None = None) -> Cost:
    """Runs a program with no shell around it, its output thrown away."""
    path = shutil.which(argv[0], path=bench.environment["PATH"]) or argv[0]
    start = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        try:
            os.chdir(folder or bench.scratch)
            os.dup2(os.open(stdin, os.O_RDONLY), 0)
            os.dup2(os.open("/dev/null", os.O_WRONLY), 1)
            os.execve(path, argv, bench.environment)
        finally:
            os._exit(127)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        raise SystemExit(f"bench.py: {' '.join(argv)} ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def median(costs: list[Cost]) -> Cost:
    return Cost(
        statistics.median(cost.wall for cost in costs), statistics.median(cost.cpu for cost in costs),
        max(cost.memory for cost in costs))


def both(bench, ours: list[str], theirs: list[str], rounds: int = 5, before=lambda: None) -> tuple[Cost, Cost]:
    """The medians of two programs run in turn; `before` clears what ours left."""
    costs: tuple[list[Cost], list[Cost]] = ([], [])
    for _ in range(rounds):
        before()
        costs[0].append(once(bench, ours))
        costs[1].append(once(bench, theirs))
    return median(costs[0]), median(costs[1])


def told(cost: Cost) -> str:
    return f"{cost.wall:.2f} s, {cost.cpu:.2f} CPU"


def memory(row, what: str, cost: Cost) -> None:
    row(f"  {what}, peak memory", f"{cost.memory / 2**20:.0f} MiB", "", "", MEMORY)


def folders(bench) -> list[tuple[str, str]]:
    """Where files may lie: on tmpfs, and on a disk."""
    found = []
    for name, parent in (("tmpfs", "/dev/shm"), ("disk", os.environ.get("SANDRUN_BENCH_DISK", "/var/tmp"))):
        if os.access(parent, os.W_OK) and shutil.disk_usage(parent).free > 6 * GIB:
            folder = tempfile.mkdtemp(prefix="sandrun-bench-", dir=parent)
            bench.folders.append(folder)
            found.append((name, folder))
        else:
            print(f"no room on {name}: its rows are left out", flush=True)
    return found


def on_each(measure):
    """A row that is run on each kind of file system, what it wrote there removed whatever happens."""
    def run(bench, row) -> None:
        bench.folders = []
        home = bench.environment["HOME"]
        try:
            for name, folder in folders(bench):
                bench.environment["HOME"] = f"{folder}/home"
                os.makedirs(f"{folder}/home")
                measure(bench, row, name, folder)
                shutil.rmtree(folder)
        finally:
            bench.environment["HOME"] = home
            for folder in bench.folders:
                shutil.rmtree(folder, ignore_errors=True)
    run.__name__ = measure.__name__
    return run


def large(folder: str) -> str:
    path = f"{folder}/big"
    subprocess.run(["bash", "-c", f"head -c 1G /dev/urandom >'{path}' && cat '{path}' >/dev/null"], check=True)
    return path


def forget(folder: str) -> None:
    shutil.rmtree(f"{folder}/home/.local", ignore_errors=True)


def kubo(bench, row, what: str, ours: Cost, arguments: list[str], aim: str, rounds: int = 3) -> None:
    """The same by `ipfs`, where there is one, in a repository of its own on the same file system."""
    if shutil.which("ipfs", path=bench.environment["PATH"]) is None:
        return
    costs = []
    home = bench.environment["HOME"]
    for _ in range(rounds):
        shutil.rmtree(f"{home}/kubo", ignore_errors=True)
        bench.environment["IPFS_PATH"] = f"{home}/kubo"
        once(bench, ["ipfs", "init", "--empty-repo"])
        costs.append(once(bench, ["ipfs", "add", "-Q", "--pin=false", *arguments]))
    theirs = median(costs)
    row(what, told(ours), f"ipfs {told(theirs)}", f"{ours.wall / theirs.wall:.2f}x", aim)


@on_each
def ipfs_hash(bench, row, kind: str, folder: str) -> None:
    """add --only-hash of 1 GiB."""
    big = large(folder)
    ours, theirs = both(bench, ["sr-ipfs", "add", "-q", "-n", big], ["openssl", "dgst", "-sha256", big])
    what = f"sr-ipfs add -n, 1 GiB on {kind}"
    row(what, told(ours), f"openssl {told(theirs)}", f"{ours.wall / theirs.wall:.2f}x", "aim 0.5x of its time")
    memory(row, "add -n", ours)
    kubo(bench, row, what, ours, ["-n", "--profile=unixfs-v1-2025", big], "")


@on_each
def ipfs_add(bench, row, kind: str, folder: str) -> None:
    """add of 1 GiB into an empty repository; cat, get, export and import of it."""
    big = large(folder)
    hashing = ["openssl", "dgst", "-sha256", big]
    ours, theirs = both(
        bench, ["sr-ipfs", "add", "-q", big], hashing, before=lambda: forget(folder))
    what = f"sr-ipfs add, 1 GiB on {kind}"
    aim = "0.65" if kind == "tmpfs" else "0.5"
    row(what, told(ours), f"openssl {told(theirs)}", f"{ours.wall / theirs.wall:.2f}x", f"aim {aim}x of Kubo's")
    memory(row, "add", ours)
    kubo(bench, row, what, ours, [big], f"aim {aim}x")
    made = bench.run(f"sr-ipfs add -q -n '{big}'", stdout=subprocess.PIPE, text=True).stdout
    cid = json.loads(made)["cid"]

    ours, theirs = both(bench, ["sr-ipfs", "cat", cid], hashing)
    row(f"sr-ipfs cat, 1 GiB on {kind}", told(ours), f"openssl {told(theirs)}",
        f"{theirs.wall / ours.wall:.2f}x", "aim 0.8x of its speed")
    memory(row, "cat", ours)

    def unget() -> None:
        if os.path.exists(f"{folder}/out"):
            os.remove(f"{folder}/out")

    gotten, copied = [], []
    for _ in range(3):
        gotten.append(once(bench, ["sr-ipfs", "get", "-q", "-o", f"{folder}/out", cid]))
        unget()
        copied.append(once(bench, ["cp", big, f"{folder}/out"]))
        unget()
    reading, gotten, copied = ours, median(gotten), median(copied)
    row(f"sr-ipfs get, 1 GiB on {kind}", told(gotten), f"cat + cp {reading.cpu + copied.cpu:.2f} CPU",
        f"{gotten.cpu / (reading.cpu + copied.cpu):.2f}x", "aim 1x of their CPU")
    memory(row, "get", gotten)
    ours, theirs = both(bench, ["sr-ipfs", "export", cid], hashing, 3)
    row(f"sr-ipfs export, 1 GiB on {kind}", told(ours), f"openssl {told(theirs)}", f"{theirs.wall / ours.wall:.2f}x", "")
    memory(row, "export", ours)
    bench.run(f"sr-ipfs export {cid} >'{folder}/big.car'")
    ours, theirs = both(
        bench, ["sr-ipfs", "import", "-q", f"{folder}/big.car"], hashing, 3, before=lambda: forget(folder))
    row(f"sr-ipfs import, 1 GiB on {kind}", told(ours), f"openssl {told(theirs)}", f"{theirs.wall / ours.wall:.2f}x", "")
    memory(row, "import", ours)


def small_files(folder: str, count: int, salt: str) -> None:
    """Files of 1 KiB, 100 a folder, no two alike."""
    for start in range(0, count, 100):
        os.makedirs(f"{folder}/{start // 100}")
        for index in range(start, start + 100):
            with open(f"{folder}/{start // 100}/{index}", "w") as file:
                file.write(f"{salt} {index}\n".ljust(1024, "."))


def fill(path: str, salt: int, count: int) -> None:
    """So many pieces of 32 bytes, no two alike."""
    with open(path, "wb") as file:
        for index in range(count):
            file.write(b"%012d %018d\n" % (salt, index))


@on_each
def ipfs_files(bench, row, kind: str, folder: str) -> None:
    """add -r of 10,000 files of 1 KiB, into a repository that grows to a million blocks."""
    small_files(f"{folder}/many", 10_000, "many")
    names = [f"{folder}/many/{outer}/{inner}" for outer in range(100) for inner in range(outer * 100, outer * 100 + 100)]
    hashing = ["openssl", "dgst", "-sha256", *names]
    kept = f"{folder}/home/.local/share/sandrun/ipfs"
    block = f"{folder}/filler"
    for held in (0, 10_000, 100_000, 1_000_000):
        if held:
            # Blocks of 32 bytes, no two alike; made once, and more are added to those of the row before.
            count = held - (held // 10 if held > 10_000 else 0)
            fill(block, held, count)
            bench.run(f"sr-ipfs add -q --chunker size-32 '{block}'", stdout=subprocess.DEVNULL)
            os.remove(block)
            shutil.rmtree(f"{folder}/filled", ignore_errors=True)
            shutil.copytree(kept, f"{folder}/filled")

        def restore() -> None:
            forget(folder)
            if held:
                shutil.copytree(f"{folder}/filled", kept)

        ours, theirs = both(
            bench, ["sr-ipfs", "add", "-q", "-r", f"{folder}/many"], hashing, 3, before=restore)
        restore()
        what = f"sr-ipfs add -r, 10,000 x 1 KiB, {held} held, {kind}"
        row(what, told(ours), f"openssl {told(theirs)}", f"{ours.wall / theirs.wall:.2f}x", "aim 0.28 s, flat")
        if not held:
            memory(row, "add -r", ours)
            kubo(bench, row, what, ours, ["-r", f"{folder}/many"], "aim 0.2x")


@on_each
def ipfs_ls(bench, row, kind: str, folder: str) -> None:
    """ls of a sharded directory of 100,000 entries: its first line, and all of them."""
    small_files(f"{folder}/wide", 100_000, "wide")
    os.makedirs(f"{folder}/flat")
    for outer in range(1000):
        for name in os.listdir(f"{folder}/wide/{outer}"):
            os.rename(f"{folder}/wide/{outer}/{name}", f"{folder}/flat/{name}")
    made = bench.run(f"sr-ipfs add -q -r '{folder}/flat'", stdout=subprocess.PIPE, text=True).stdout
    cid = json.loads(made)["cid"]
    firsts, count = [], 0
    for _ in range(5):
        start = time.perf_counter()
        child = subprocess.Popen(
            [shutil.which("sr-ipfs", path=bench.environment["PATH"]), "ls", cid], env=bench.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        child.stdout.readline()
        firsts.append(time.perf_counter() - start)
        count = 1 + sum(1 for _ in child.stdout)
        if child.wait() != 0 or count != 100_000:
            raise SystemExit(f"bench.py: ls of {cid} wrote {count} lines and ended with {child.returncode}")
    row(f"sr-ipfs ls, HAMT of 100,000, first line, {kind}", f"{statistics.median(firsts) * 1e3:.0f} ms", "", "",
        "aim 20 ms")
    floor = once(bench, ["/bin/true"])
    whole = median([once(bench, ["sr-ipfs", "ls", cid]) for _ in range(3)])
    row(f"sr-ipfs ls, HAMT of 100,000, whole, {kind}", told(whole), f"/bin/true {floor.wall * 1e3:.0f} ms", "", "")
    memory(row, "ls", whole)


@on_each
def ipfs_blocks(bench, row, kind: str, folder: str) -> None:
    """What each verb holds and takes over a million small blocks, or as many as SANDRUN_BENCH_BLOCKS says; on tmpfs alone."""
    if kind != "tmpfs":
        return
    count = int(os.environ.get("SANDRUN_BENCH_BLOCKS", "1000000"))

    def measure(what: str, *arguments: str) -> None:
        cost = once(bench, ["sr-ipfs", *arguments])
        row(f"sr-ipfs {what}, {count} blocks", told(cost), f"{cost.memory / 2**20:.0f} MiB",
            f"{cost.cpu / count * 1e6:.1f} us", MEMORY)

    filler, archive = f"{folder}/filler", f"{folder}/filler.car"
    fill(filler, count, count)
    measure("add", "add", "-q", "--chunker", "size-32", filler)
    made = bench.run("sr-ipfs pin list | head -n 1", stdout=subprocess.PIPE, text=True).stdout
    cid = json.loads(made)["cid"]
    os.remove(filler)
    for verb in ("cat", "stat", "pin add"):
        measure(verb, *verb.split(), cid)
    measure("pin list --type all", "pin", "list", "--type", "all")
    measure("repo verify", "repo", "verify")
    measure("repo gc --dry-run", "repo", "gc", "--dry-run")
    for salt in ("one", "two", "three"):
        small_files(f"{folder}/{salt}", 10_000, salt)
        cost = once(bench, ["sr-ipfs", "add", "-q", "-r", f"{folder}/{salt}"])
        row(f"sr-ipfs add -r, 10,000 x 1 KiB, {count} held", told(cost), f"{cost.memory / 2**20:.0f} MiB", "",
            "aim 0.28 s, flat")
    measure("export", "export", "-q", "-o", archive, cid)
    forget(folder)
    measure("import", "import", "-q", archive)


ROWS = [ipfs_hash, ipfs_add, ipfs_files, ipfs_ls, ipfs_blocks]
