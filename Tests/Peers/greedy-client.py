"""Takes more of a node than is its share: `greedy-client.py ENDPOINT PID PART` prints a line for each thing tried.

The node must run with --max-connections 100 --header-timeout 2s --max-queued 50 --jobs 1, and for the parts "deaf" and
"silent" with --idle-timeout 3s; its memory is watched.
"""

import concurrent.futures
import json
import os
import re
import socket
import sys
import time

import requests
from websockets.sync.client import connect

NODE, PID, PART = sys.argv[1], int(sys.argv[2]), sys.argv[3]
SOCKET = NODE.replace("http", "ws", 1)
HOST, PORT = re.match(r"http://(.*):(\d+)$", NODE).groups()
END = f"Host: {HOST}\r\n\r\n".encode()


def tell(name, isGood, shown=""):
    print("ok" if isGood else "not ok", name, "" if isGood else repr(shown), flush=True)


def memory():
    """The most memory that the node has had, in MiB."""
    with open(f"/proc/{PID}/status") as file:
        return int(re.search(r"VmHWM:\s+(\d+)", file.read())[1]) >> 10


def files():
    return len(os.listdir(f"/proc/{PID}/fd"))


def dial():
    return socket.create_connection((HOST, int(PORT)), timeout=60)


def submit(script, **manifest):
    return requests.post(
        NODE + "/submit", files={"files": ("main.py", script)}, data={"manifest": json.dumps(manifest)}
    )


def drained(connection):
    """Whether the node ends the connection; how many bytes came before."""
    count = 0
    try:
        while piece := connection.recv(1 << 16):
            count += len(piece)
    except ConnectionError:
        pass
    return count


before = memory()
upgrade = b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"

if PART == "deaf":
    # 16 MiB of output, for those who do not read it.
    talker = submit("import sys\nfor n in range(1 << 14): sys.stdout.write('x' * 1023 + chr(10))\n", outputs=["none"]).json()["job_id"]
    while requests.get(f"{NODE}/status/{talker}").json()["status"] in ("queued", "running"):
        time.sleep(0.1)
    deaf = []
    for index in range(30):
        connection = dial()
        path = (f"/logs/{talker}", f"/stream/{talker}", f"/logs/{talker}")[index % 3].encode()
        connection.sendall(b"GET " + path + b" HTTP/1.1\r\n" + (upgrade if index % 3 else b"") + END)
        deaf.append(connection)
    while requests.get(NODE + "/stats").json()["connections"]["open"] > 1:
        time.sleep(0.5)
    counts = [drained(connection) for connection in deaf]
    tell("deaf clients are dropped", all(0 < count < 14 << 20 for count in counts), counts)
    tell("deaf clients cost little", memory() - before < 64, memory() - before)

if PART == "silent":
    # A WebSocket that is silent, and does not answer pings.
    sleeper = submit("import time\ntime.sleep(600)\n", timeout=900).json()["job_id"]
    with dial() as connection:
        connection.sendall(b"GET /logs/" + sleeper.encode() + b" HTTP/1.1\r\n" + upgrade + END)
        begun = time.monotonic()
        drained(connection)
        tell("a silent WebSocket is dropped", time.monotonic() - begun < 100)
    with connect(f"{SOCKET}/logs/{sleeper}") as stream:
        # One that answers pings is not.
        try:
            while True:
                stream.recv(timeout=8)
        except TimeoutError:
            tell("a living WebSocket is kept", True)
    requests.post(f"{NODE}/cancel/{sleeper}")

if PART == "many":
    # As many connections as there may be, and more.
    held = []
    for _ in range(100):
        connection = dial()
        connection.sendall(b"GET /health HTTP/1.1\r\n" + END)
        held.append(connection)
    answers = [connection.recv(1 << 16) for connection in held]
    tell("as many as may be", sum(answer.startswith(b"HTTP/1.1 200 ") for answer in answers) == 100, answers[-1])
    with dial() as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\n" + END)
        answer = b""
        while piece := connection.recv(1 << 16):
            answer += piece
        tell("one more", answer.startswith(b"HTTP/1.1 503 ") and b'"retry_after":1' in answer, answer)
    for connection in held:
        connection.close()
    while requests.get(NODE + "/health").status_code != 200:
        time.sleep(0.1)

    # Heads that come by the byte, on as many connections as there may be.
    slow = [dial() for _ in range(95)]
    begun = time.monotonic()
    for _ in range(3):
        for connection in slow:
            try:
                connection.sendall(b"G")
            except OSError:
                pass
        time.sleep(0.5)
    ended = [drained(connection) for connection in slow]
    tell("slow heads are dropped", time.monotonic() - begun < 100, time.monotonic() - begun)
    tell("then there is room", requests.get(NODE + "/health").status_code == 200)

if PART == "queue":
    # A full queue, of which nothing is lost; many clients that ask how it stands.
    sleeper = submit("import time\ntime.sleep(600)\n", timeout=900).json()["job_id"]
    jobs = []
    for _ in range(50):
        answer = submit("print(1)")
        tell("queued", answer.status_code == 200, answer.text) if answer.status_code != 200 else jobs.append(answer.json()["job_id"])
    answer = submit("print(1)")
    tell("queue is full", answer.status_code == 503 and int(answer.headers["retry-after"]) > 0, answer.text)
    with concurrent.futures.ThreadPoolExecutor(60) as pool:
        states = list(pool.map(lambda n: requests.get(f"{NODE}/status/{jobs[n % 50]}").json()["status"], range(1000)))
    tell("polled", set(states) == {"queued"}, set(states))
    requests.post(f"{NODE}/cancel/{sleeper}")
    for job in jobs:
        while (state := requests.get(f"{NODE}/status/{job}").json()["status"]) in ("queued", "running"):
            time.sleep(0.05)
        if state != "completed":
            tell("job", False, state)
    tell("all ran", True)

if PART == "cut":
    # Uploads that end in the middle.
    for size in (0, 1, 100, 70000):
        for path, kind in ((b"/ipfs", b"application/vnd.ipld.car"), (b"/submit", b"multipart/form-data; boundary=x")):
            with dial() as connection:
                part = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n' if path == b"/submit" else b""
                connection.sendall(b"POST " + path + b" HTTP/1.1\r\nContent-Length: 1000000\r\nContent-Type: " + kind + b"\r\n" + END + part + b"a" * size)
    time.sleep(1)
    tell("nothing stays open", files() < 100, files())
    tell("nothing stays in memory", memory() - before < 96, memory() - before)

tell("still there", requests.get(NODE + "/health").json()["status"] == "ok")
