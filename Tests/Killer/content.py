"""Kill sr-ipfs at random moments in one verb, and see that nothing that is pinned is lost and no final name holds wrong bytes.

usage: content.py add|gc|import|get KILLS [SEED]

$HOME's repository is used. Between the kills the verb is run to its end now and then, as a user would after a crash. After each kill
every pin that was answered for must lead to whole content, and the repository must verify. Ends with 0 and a summary where all is
as it should be.
"""

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time

VERB, KILLS = sys.argv[1], int(sys.argv[2])
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else 1
chance = random.Random(SEED)
faults = []
kept = {}  # cid: SHA-256 of the content that was added and pinned


def tool(words, text="", want=(0,)):
    done = subprocess.run(
        ["sr-ipfs", *words, "-q"], input=text.encode(), stdout=subprocess.PIPE, check=False
    )
    if done.returncode not in want:
        faults.append(f"sr-ipfs {' '.join(words)[:200]} ended with {done.returncode}")
    return done.stdout


def content(size):
    return chance.randbytes(size)


def make(names, low, high):
    """Files of random bytes, by their paths."""
    made = {}
    for name in names:
        made[name] = content(chance.randrange(low, high))
        with open(name, "wb") as file:
            file.write(made[name])
    return made


def note(lines, made):
    """Takes in what a run of add answered for."""
    for line in lines.splitlines(keepends=True):
        # What breaks off was never answered.
        if not line.endswith(b"\n"):
            continue
        record = json.loads(line)
        if "error" in record:
            faults.append(f"an answer with an error: {record}")
        else:
            kept[record["cid"]] = hashlib.sha256(made[record["path"]]).hexdigest()


def killed(words, seconds, output="out"):
    """Runs a verb, kills it after so long, and gives what it had written; whether it was still at work."""
    with open(output, "wb") as file:
        process = subprocess.Popen(
            ["sr-ipfs", *words, "-q"], stdin=subprocess.DEVNULL, stdout=file, start_new_session=True
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
    with open(output, "rb") as file:
        return file.read(), process.returncode == -signal.SIGKILL


def check(everything=False):
    """The repository verifies, and what is pinned is whole."""
    tool(["repo", "verify"])
    cids = list(kept) if everything else chance.sample(list(kept), min(3, len(kept)))
    for cid in cids:
        found = hashlib.sha256(tool(["cat", cid])).hexdigest()
        if found != kept[cid]:
            faults.append(f"{cid} is not what was added")


def duration(words):
    began = time.monotonic()
    done = tool(words)
    return time.monotonic() - began, done


def garbage():
    """Content that nobody pins, in packs that hold pinned content too."""
    names = [f"garbage-{number}" for number in range(4)]
    made = make(names, 1, 400_000)
    tool(["add", "--pin=false", *names])
    some = make(["stays"], 1, 400_000)
    note(tool(["add", "stays"]), some)
    return made


def adding(limit):
    names = [f"file-{number}" for number in range(chance.randrange(1, 40))]
    made = make(names, 1, 1 << 20 if chance.random() < 0.2 else 20_000)
    lines, was = killed(["add", "--chunker", "size-16384", *names], chance.random() * limit)
    note(lines, made)
    return was


def sweeping(limit):
    garbage()
    if len(kept) > 6 and chance.random() < 0.5:
        cid = chance.choice(list(kept))
        tool(["pin", "rm", cid])
        del kept[cid]
    return killed(["repo", "gc"], chance.random() * limit)[1]


def importing(limit):
    """A new repository takes an archive of an older one's content."""
    home = os.environ["HOME"]
    os.environ["HOME"] = os.path.abspath("origin")
    made = make(["one"], 1, 2 << 20)
    cid = json.loads(tool(["add", "--chunker", "size-16384", "one"]))["cid"]
    with open("one.car", "wb") as file:
        file.write(tool(["export", cid]))
    os.environ["HOME"] = home
    lines, was = killed(["import", "one.car"], chance.random() * limit)
    if any(cid.encode() in line for line in lines.splitlines(True) if line.endswith(b"\n")):
        kept[cid] = hashlib.sha256(made["one"]).hexdigest()
    return was


def getting(limit):
    made = make(["source"], 1, 8 << 20)
    record = json.loads(tool(["add", "source"]))
    note(json.dumps({**record, "path": "source"}).encode() + b"\n", made)
    shutil.rmtree("target", ignore_errors=True)
    os.mkdir("target")
    _, was = killed(["get", "-o", "target/final", record["cid"]], chance.random() * limit)
    if os.path.exists("target/final"):
        with open("target/final", "rb") as file:
            if file.read() != made["source"]:
                faults.append("a final name holds wrong bytes")
    del kept[record["cid"]]
    tool(["pin", "rm", record["cid"]])
    return was


STEPS = {"add": adding, "gc": sweeping, "import": importing, "get": getting}


def main():
    os.makedirs("origin", exist_ok=True)
    make(["first"], 1, 1000)
    limit, lines = duration(["add", "first"])
    with open("first", "rb") as file:
        note(lines, {"first": file.read()})
    # Somewhat more than the verb takes, so that some end by themselves.
    limit *= 3
    count = tries = 0
    while count < KILLS and tries < 20 * KILLS and not faults:
        tries += 1
        if STEPS[VERB](limit):
            count += 1
        else:
            limit *= 0.97
        if not faults and tries % 5 == 0:
            check()
        if tries % 20 == 0:
            tool(["repo", "gc"])
    if count < KILLS and not faults:
        faults.append(f"only {count} of {tries} runs were killed in time")
    check(everything=True)
    tool(["repo", "gc"])
    check(everything=True)
    leases = os.path.join(os.environ["HOME"], ".local/share/sandrun/ipfs/leases")
    if os.path.isdir(leases) and os.listdir(leases):
        faults.append(f"leases that nobody has: {os.listdir(leases)}")
    for words in faults[:10]:
        print(words, file=sys.stderr)
    print(json.dumps({"verb": VERB, "killed": count, "runs": tries, "pinned": len(kept)}))
    return 1 if faults else 0


sys.exit(main())
