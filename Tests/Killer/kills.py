"""Kill a node at random moments while others submit jobs to it, and see that nothing is lost and nothing comes twice.

usage: kills.py KILLS SEED SECONDS JOB.jsonl

The node is $HOME's; its code and specification (code.cid, code.spec of the record) must be held by it already. Every submission has an
idempotency key, and is sent again, after each kill, until it was answered. A job writes a number of its own, so two runs give two
answers: an answer that was seen once must stay the same to the byte. Meanwhile `sr-job submit`, `wait` and `logs -f` have jobs of their own run,
and must not notice. Ends with 0 and a summary where all is as it should be.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time

KILLS, SEED, SECONDS = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
with open(sys.argv[4], encoding="utf-8") as file:
    CODE = json.loads(file.readline())["code"]
FINAL = {"completed", "failed", "cancelled"}
BOUNDARY = "a-boundary-that-no-part-holds"

chance = random.Random(SEED)
lock = threading.Lock()
answered = {}  # key: job id
unanswered = set()  # keys that were sent, or are about to be
answers = {}  # job id: the first final answer, as bytes
followed = {}  # job id: how often it was started, of those that sr-job has run
faults = []
ending = threading.Event()


def fault(words):
    with lock:
        faults.append(words)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


PORT = free_port()


def start():
    """The node, ready; None where it did not become so."""
    command = ["sr-node", "serve", "--listen", f"127.0.0.1:{PORT}", "--min-free", "1MiB", "-q"]
    # In a session of its own: a signal to that group reaches the worker only where the test says so.
    node = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
    )
    line = node.stdout.readline()
    if not line:
        fault(f"the node did not start: status {node.wait()}")
        return None
    return node


def call(method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
    try:
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def submit(key):
    manifest = json.dumps({"spec": CODE["spec"], "code": CODE["cid"]})
    body = (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"manifest\"\r\n"
        f"Content-Type: application/json\r\n\r\n{manifest}\r\n--{BOUNDARY}--\r\n"
    )
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "Idempotency-Key": key,
    }
    try:
        status, answer = call("POST", "/submit", body.encode(), headers)
    except (OSError, http.client.HTTPException):
        return
    if status in (429, 503):
        return
    if status != 200:
        fault(f"submission {key}: {status} {answer!r}")
        return
    job = json.loads(answer)["job_id"]
    with lock:
        unanswered.discard(key)
        before = answered.setdefault(key, job)
    if before != job:
        fault(f"{key} was {before} and is {job}")


def look(job):
    """Whether the job is over; its answer must be the one that was seen before."""
    try:
        status, answer = call("GET", f"/status/{job}")
    except (OSError, http.client.HTTPException):
        return False
    if status == 503:
        return False
    if status != 200:
        fault(f"accepted job {job}: {status} {answer!r}")
        return True
    if json.loads(answer)["status"] not in FINAL:
        return False
    with lock:
        before = answers.setdefault(job, answer)
    if before != answer:
        fault(f"job {job} has two answers: {before!r} {answer!r}")
    return True


def submitter(number):
    mine = random.Random(SEED * 100 + number)
    count = 0
    while not ending.is_set():
        with lock:
            waiting = list(unanswered)
            # So many as the node can run meanwhile, or its queue would only grow.
            is_full = len(answered) + len(unanswered) - len(answers) > 12
        if waiting and mine.random() < 0.5:
            submit(mine.choice(waiting))
        elif not is_full:
            key = f"key-{SEED}-{number}-{count}"
            count += 1
            with lock:
                unanswered.add(key)
            submit(key)
        time.sleep(mine.random() * 0.05)


def watcher():
    mine = random.Random(SEED)
    while not ending.is_set():
        with lock:
            jobs = list(answered.values())
        if jobs:
            # Mostly those that are about to end, now and then one that ended long ago.
            recent = jobs[-80:] if mine.random() < 0.8 else jobs
            look(mine.choice(recent))
        time.sleep(0.01)


# About as long as the node is left alone, so that it is started more than once at times.
STEADY = "for i in 1 2; do echo $i; sleep 0.1; done; od -An -N16 -tx1 /dev/urandom"


def tool(words, text=""):
    """What a program of ours, which must end well before long, writes for some input."""
    done = subprocess.run(
        words, input=text, stdout=subprocess.PIPE, text=True, check=False, timeout=100
    )
    return done.returncode, done.stdout


def follower():
    while not ending.is_set() and not faults:
        try:
            follow()
        except (subprocess.TimeoutExpired, OSError, ValueError, KeyError) as error:
            fault(f"a job that sr-job follows: {error!r}")


def follow():
    """Has one job run by those who know nothing of the kills."""
    endpoint = ["--endpoint", f"http://127.0.0.1:{PORT}", "--retries", "60", "-q"]
    _, record = tool(["sr-job", "new", "--interpreter", "sh", "--code", STEADY])
    _, record = tool(["sr-ipfs", "add"], record)
    status, record = tool(["sr-job", "submit", *endpoint], record)
    if status != 0:
        fault(f"sr-job submit ended with {status}: {record}")
        return
    job = json.loads(record)["run"]["nodes"][0]["id"]
    with lock:
        followed[job] = 0
    logs = subprocess.Popen(
        ["sr-job", "logs", "-f", *endpoint, job], stdout=subprocess.PIPE, text=True
    )
    status, record = tool(["sr-job", "wait", "-q"], record)
    text, _ = logs.communicate(timeout=100)
    followed[job] = json.loads(call_again(f"/status/{job}"))["starts"]
    if logs.returncode != 0:
        fault(f"sr-job logs -f of {job} ended with {logs.returncode}")
    # The node dies more often than it may start a job: that is an answer, too.
    if status != 0 and "went down" in record:
        return
    if status != 0:
        fault(f"sr-job wait for {job} ended with {status}: {record}")
        return
    tail = json.loads(record)["result"]["logs"]["stdout"]["tail"]
    if not text.endswith(tail) and not tail.endswith(text.splitlines(True)[-1]):
        fault(f"sr-job logs -f of {job} told {text!r}, and its result {tail!r}")


def call_again(path):
    """An answer, as soon as there is one."""
    while True:
        try:
            status, answer = call("GET", path)
            if status == 200:
                return answer
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.05)


def kill(node):
    """Ends the node the hard way; at times its worker first, or with it."""
    way = chance.random()
    if way < 0.3:
        children = subprocess.run(
            ["pgrep", "-P", str(node.pid)], stdout=subprocess.PIPE, text=True, check=False
        ).stdout.split()
        for child in children:
            try:
                os.kill(int(child), signal.SIGKILL)
            except ProcessLookupError:
                pass
        if way < 0.15:
            time.sleep(chance.random() * 0.1)
    node.send_signal(signal.SIGKILL)
    node.wait()


def total():
    return sum(json.loads(call("GET", "/stats")[1])["jobs"].values())


def main():
    node = start()
    if node is None:
        return 1
    before = total()
    follow_thread = threading.Thread(target=follower)
    follow_thread.start()
    # From its first moment on.
    while not followed and not faults:
        time.sleep(0.01)
    kill(node)
    threads = [threading.Thread(target=submitter, args=(n,)) for n in range(4)]
    threads.append(threading.Thread(target=watcher))
    for thread in threads:
        thread.start()
    killed = 1
    deadline = time.monotonic() + SECONDS
    while killed < KILLS and not faults and time.monotonic() < deadline:
        node = start()
        if node is None:
            break
        # Sometimes at once, mostly in the middle of something.
        time.sleep(chance.choice([0, 0.02, chance.random() * 0.6, chance.random() * 0.3]))
        kill(node)
        killed += 1
    ending.set()
    for thread in threads:
        thread.join()
    if killed < KILLS and not faults:
        fault(f"only {killed} kills in {SECONDS} seconds")
    node = start()
    if node is not None:
        follow_thread.join()
        settle()
        judge(before)
        node.send_signal(signal.SIGTERM)
        if node.wait(timeout=90) != 0:
            fault(f"the node ended with {node.returncode}")
    for words in faults[:10]:
        print(words, file=sys.stderr)
    states = {}
    for answer in answers.values():
        state = json.loads(answer)["status"]
        states[state] = states.get(state, 0) + 1
    summary = {"killed": killed, "accepted": len(answered), "answers": states}
    print(json.dumps({**summary, "followed": list(followed.values())}))
    return 1 if faults else 0


def settle():
    """Lets every submission be answered and every job end."""
    deadline = time.monotonic() + 50
    while time.monotonic() < deadline:
        for key in list(unanswered):
            submit(key)
        left = [job for job in answered.values() if job not in answers and not look(job)]
        if not unanswered and not left:
            break
        time.sleep(0.1)
    else:
        fault(f"{len(unanswered)} submissions and some jobs came to no end")


def judge(before):
    if len(set(answered.values())) != len(answered):
        fault("two keys are one job")
    runs = {}
    for job in answered.values():
        look(job)
        answer = json.loads(answers.get(job, b"{}"))
        if answer.get("status") == "completed":
            if not answer["proof_cid"] or not answer["worker_metadata"]["signature"]:
                fault(f"job {job} has no proof or no signature")
            log = call("GET", f"/logs/{job}")[1]
            text = json.loads(log)["stdout"]
            if text != answer["result"]["logs"]["stdout"]["tail"] or text in runs:
                fault(f"the log of job {job} is not the one of its result")
            runs[text] = job
        elif answer.get("starts") != 3 or "went down" not in (answer.get("error") or ""):
            fault(f"job {job} ended so: {answer}")
    # No job is there that nobody heard of.
    accepted = len(answered) + len(followed)
    if total() != before + accepted:
        fault(f"{accepted} jobs were accepted after {before}, and the node has {total()}")


sys.exit(main())
