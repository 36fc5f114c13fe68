"""Uses a node as somebody in Python would: `node-client.py ENDPOINT` prints a line for each thing tried, `ok` or `not ok`."""

import concurrent.futures
import hashlib
import io
import json
import re
import socket
import struct
import sys
import tarfile
import time

import requests
import websockets
from prometheus_client.parser import text_string_to_metric_families
from websockets.sync.client import connect

NODE = sys.argv[1]
SOCKET = NODE.replace("http", "ws", 1)
HOST, PORT = re.match(r"http://(.*):(\d+)$", NODE).groups()


def tell(name, isGood, shown=""):
    print("ok" if isGood else "not ok", name, "" if isGood else repr(shown), flush=True)


def submit(script, **manifest):
    answer = requests.post(
        NODE + "/submit", files={"files": ("main.py", script)}, data={"manifest": json.dumps(manifest)}
    )
    answer.raise_for_status()
    return answer.json()["job_id"]


def status(job):
    return requests.get(f"{NODE}/status/{job}").json()


def finish(job):
    while True:
        found = status(job)
        if found["status"] not in ("queued", "running"):
            return found
        time.sleep(0.1)


def refused(path, **options):
    """The status of a WebSocket's refusal."""
    try:
        with connect(SOCKET + path, **options):
            return 101
    except websockets.exceptions.InvalidStatus as error:
        return error.response.status_code


# The node itself.
root = requests.get(NODE + "/").json()
tell("root", root["service"] == "sandrun" and root["api"] == 1 and root["ipfs"]["post"], root)
health = requests.get(NODE + "/health").json()
tell("health", health == {"status": "ok", "worker_id": root["worker_id"]}, health)
families = {family.name: family for family in text_string_to_metric_families(requests.get(NODE + "/metrics").text)}
tell("metrics", {"sandrun_jobs", "sandrun_http_responses"} <= set(families), families)
stats = requests.get(NODE + "/stats").json()
tell("stats", stats["queue"]["max_length"] > 0 and stats["jobs"]["failed"] == 0, stats)

# A job's output as it comes, with what is no text in it.
talker = """
import sys, time
for n in range(20):
    print("line", n, "\\u00fc" * n, flush=True)
    print("error", n, file=sys.stderr, flush=True)
    time.sleep(0.02)
sys.stdout.buffer.write(b"\\xff\\xfe end\\n")
open("out.bin", "wb").write(bytes(range(256)) * 4096)
"""
job = submit(talker, outputs=["out.bin"])
frames = []
with connect(f"{SOCKET}/logs/{job}") as stream:
    for frame in stream:
        frames.append(json.loads(frame))
    code = stream.protocol.close_code
tell("closed", code == 1000, code)
tell("states", frames[0]["type"] == "status" and frames[-1]["type"] == "completion", frames[:1] + frames[-1:])
tell("last state", [frame["message"] for frame in frames if frame["type"] == "status"][-1] == "completed", frames)


def streams(frames):
    import base64

    texts = {"stdout": b"", "stderr": b""}
    for frame in frames:
        if frame["type"] in texts:
            text = base64.b64decode(frame["base64"]) if "base64" in frame else frame["message"].encode()
            texts[frame["type"]] += text
    return texts


wanted = {
    "stdout": b"".join(f"line {n} {'ü' * n}\n".encode() for n in range(20)) + b"\xff\xfe end\n",
    "stderr": b"".join(b"error %d\n" % n for n in range(20)),
}
tell("streams", streams(frames) == wanted, streams(frames))
whole = sum(len(text) for text in wanted.values())
tell("offset", frames[-1]["offset"] == whole, frames[-1])
with connect(f"{SOCKET}/logs/{job}?offset={frames[5]['offset']}") as stream:
    again = [json.loads(frame) for frame in stream]
rest = streams(again)
tell("taken up", all(wanted[name] == streams(frames[:6])[name] + rest[name] for name in wanted), again)
with connect(f"{SOCKET}/stream/{job}") as stream:
    texts = list(stream)
tell("text", texts[0] == "[STATUS] completed" and re.match(r"\[DONE\] Job completed \(exit=0, ", texts[-1]), texts)
tell("text of errors", "[STDERR] error 0\n" in texts, texts)
logs = requests.get(f"{NODE}/logs/{job}").json()
tell("logs", logs == {name: text.decode("utf-8", "replace") for name, text in wanted.items()}, logs)
tell("no such job", refused("/logs/" + "0" * 32) == 404)
tell("no such offset", refused(f"/logs/{job}?offset=-1") == 400)
tell("no socket there", refused(f"/status/{job}") == 200)
tell("of another site", refused(f"/logs/{job}", origin="http://evil.example") == 403)
tell("no socket asked for", requests.get(f"{NODE}/stream/{job}").status_code == 426)

# Its outputs.
done = finish(job)
content = bytes(range(256)) * 4096
address = f"{NODE}/download/{job}/out.bin"
answer = requests.get(address)
tell("download", answer.content == content and answer.headers["content-type"] == "application/octet-stream", answer.headers)
tell("hash", done["output_files"]["out.bin"]["sha256"] == hashlib.sha256(content).hexdigest(), done)
tag = answer.headers["etag"]
part = requests.get(address, headers={"Range": "bytes=1000-1999"})
tell("range", part.status_code == 206 and part.content == content[1000:2000], part.headers)
tell("range's place", part.headers["content-range"] == f"bytes 1000-1999/{len(content)}", part.headers)
tell("last bytes", requests.get(address, headers={"Range": "bytes=-5"}).content == content[-5:])
tell("range of another", requests.get(address, headers={"Range": "bytes=0-1", "If-Range": '"x"'}).status_code == 200)
tell("no range", requests.get(address, headers={"Range": f"bytes={len(content)}-"}).status_code == 416)
tell("unchanged", requests.get(address, headers={"If-None-Match": tag}).status_code == 304)
head = requests.head(address)
tell("head", head.headers["content-length"] == str(len(content)) and not head.content, head.headers)
tell("no output", requests.get(f"{NODE}/download/{job}/../etc").status_code in (400, 404))
packed = requests.get(f"{NODE}/download/{job}").content
with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
    tell("archive", archive.extractfile("out.bin").read() == content, archive.getnames())
tell("same archive", requests.get(f"{NODE}/download/{job}").content == packed)
cid = done["outputs_cid"]
tell("by its cid", requests.get(f"{NODE}/ipfs/{cid}/out.bin").content == content)
tell("no entry", requests.get(f"{NODE}/ipfs/{cid}/none").status_code == 404)
tell("no file", requests.get(f"{NODE}/ipfs/{cid}").status_code == 406)
car = requests.get(f"{NODE}/ipfs/{cid}", headers={"Accept": "application/vnd.ipld.car"})
tell("car", "vnd.ipld.car" in car.headers["content-type"] and content in car.content, car.headers)
back = requests.post(f"{NODE}/ipfs", data=car.content, headers={"Content-Type": "application/vnd.ipld.car"})
tell("car taken back", back.json()["roots"] == [cid], back.text)
spoiled = bytearray(car.content)
spoiled[-1] ^= 1
back = requests.post(f"{NODE}/ipfs", data=bytes(spoiled), headers={"Content-Type": "application/vnd.ipld.car"})
tell("spoiled car", back.status_code == 400 and "are not those of" in back.json()["details"], back.text)
alone = requests.get(f"{NODE}/ipfs/{cid}?format=car&dag-scope=block").content
tell("block's scope", len(alone) < 500 and content not in alone, len(alone))
tell("proof", requests.get(f"{NODE}/ipfs/{done['proof_cid']}").content[:4] == b"\x28\xb5\x2f\xfd")

# Ended by whoever knows it.
sleeper = submit("import time\nprint('up', flush=True)\ntime.sleep(600)\n", timeout=900)
with connect(f"{SOCKET}/logs/{sleeper}") as stream:
    for frame in stream:
        if json.loads(frame)["type"] == "stdout":
            break
    tell("no outputs yet", requests.get(f"{NODE}/download/{sleeper}").status_code == 409)
    answer = requests.delete(f"{NODE}/jobs/{sleeper}")
    tell("cancel", answer.status_code == 202 and answer.json()["job_id"] == sleeper, answer.text)
    last = [json.loads(frame) for frame in stream][-1]
tell("cancelled", last["type"] == "completion" and last["message"] == "cancelled", last)
tell("cancelled twice", requests.post(f"{NODE}/cancel/{sleeper}").json()["status"] == "cancelled")

# Those who break the protocol of WebSockets.
def raw(frames, path=f"/logs/{job}"):
    """What comes after an upgrade and some bytes, frames of no mask taken apart."""
    with socket.create_connection((HOST, int(PORT)), timeout=60) as connection:
        connection.sendall(
            f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
            + frames
        )
        answer = b""
        while piece := connection.recv(1 << 16):
            answer += piece
        return answer


closing = lambda code: b"\x88\x02" + struct.pack("!H", code)
slow = submit("import time\ntime.sleep(600)\n", timeout=900)
path = f"/logs/{slow}"
tell("unmasked", closing(1002) in raw(b"\x81\x01a", path))
tell("reserved", closing(1002) in raw(b"\xf1\x80\0\0\0\0", path))
tell("frame too long", b"\x88" in raw(b"\x81\xff" + struct.pack("!Q", 1 << 40) + b"\0\0\0\0", path))
tell("ping", b"\x8a\x02hi" in raw(b"\x89\x82\0\0\0\0hi\x88\x80\0\0\0\0", path))
tell("closed at once", closing(1000) in raw(b"\x88\x82\0\0\0\0\x03\xe8", path))
tell("upgrade to another version", requests.get(NODE + path, headers={"Connection": "Upgrade", "Upgrade": "websocket"}).status_code == 400)

# What NIO takes for an upgrade and the coder does not: what follows must not reach the WebSocket as HTTP.
with socket.create_connection((HOST, int(PORT)), timeout=60) as connection:
    ask = f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    connection.sendall((ask + "\r\n" + ask + "Connection: Upgrade\r\n\r\n").encode())
    answer = b""
    while piece := connection.recv(1 << 16):
        answer += piece
tell("half an upgrade", answer.startswith(b"HTTP/1.1 400 ") and answer.count(b"HTTP/1.1") == 1, answer)

# Many at once.
with concurrent.futures.ThreadPoolExecutor(40) as pool:
    seen = list(pool.map(lambda _: [status(slow)["status"] for _ in range(25)], range(40)))
tell("polled", all(set(states) <= {"queued", "running"} for states in seen), seen)
requests.post(f"{NODE}/cancel/{slow}")
tell("over", finish(slow)["status"] == "cancelled")
