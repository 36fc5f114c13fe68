"""Is in the middle of things as a node stops: `stopped-client.py ENDPOINT PID` sends SIGTERM and prints what it saw."""

import json
import os
import re
import signal
import socket
import sys
import time

import requests
from websockets.sync.client import connect

NODE, PID = sys.argv[1], int(sys.argv[2])
HOST, PORT = re.match(r"http://(.*):(\d+)$", NODE).groups()


def tell(name, isGood, shown=""):
    print("ok" if isGood else "not ok", name, "" if isGood else repr(shown), flush=True)


def submit(script):
    return requests.post(
        NODE + "/submit", files={"files": ("main.py", script)}, data={"manifest": json.dumps({"timeout": 600})}
    )


running = submit("import time\nprint('up', flush=True)\nfor n in range(40): time.sleep(0.1)\nprint('done')\n").json()["job_id"]
waiting = submit("print(1)").json()["job_id"]
SOCKET = NODE.replace("http", "ws", 1)
with connect(f"{SOCKET}/logs/{running}") as follower, connect(f"{SOCKET}/logs/{waiting}") as watcher:
    while json.loads(follower.recv())["type"] != "stdout":
        pass
    half = socket.create_connection((HOST, int(PORT)))
    half.sendall(f"GET /health HTTP/1.1\r\nHost: {HOST}\r\n".encode())
    os.kill(PID, signal.SIGTERM)
    while requests.get(NODE + "/health").json()["status"] != "draining":
        time.sleep(0.05)
    answer = submit("print(2)")
    tell("nothing more is taken", answer.status_code == 503 and answer.json()["retry_after"] > 0, answer.text)
    frames = [json.loads(frame) for frame in follower]
    last = frames[-1]
    tell("what runs is told to its end", last["type"] == "completion" and last["message"] == "completed", frames)
    list(watcher)
    tell("what waits is left with 1001", watcher.protocol.close_code == 1001, watcher.protocol.close_code)
    half.close()
print(waiting)
