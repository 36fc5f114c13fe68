#!/usr/bin/env python3
"""A node of another kind: the plain part of the API and nothing of ours (no CAR, no CIDs, no keys, no proofs).

Takes a job as a tar.gz with a manifest, runs it at once, and answers with its measures and the hashes of its files.
Prints its port, and ends by itself after two minutes.
"""
import email
import email.policy
import hashlib
import http.server
import io
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.parse

jobs = {}
folder = pathlib.Path(tempfile.mkdtemp(dir=sys.argv[1]))
loses = sys.argv[2:] == ["--lose-answers"]


def run(parts):
    manifest = json.loads(parts["manifest"])
    place = folder / f"job_{len(jobs)}"
    place.mkdir()
    with tarfile.open(fileobj=io.BytesIO(parts["files"])) as archive:
        # Python 3.11.4 and later ask for it; what comes here is of our own making.
        archive.extractall(place, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
    before = {path for path in place.rglob("*")}
    words = [manifest["interpreter"]] if manifest.get("interpreter") else []
    start = time.monotonic()
    done = subprocess.run(
        words + [manifest["entrypoint"]] + manifest.get("args", []), cwd=place,
        capture_output=True, timeout=manifest["timeout"])
    files = {}
    for path in sorted(set(place.rglob("*")) - before):
        if path.is_file():
            content = path.read_bytes()
            files[str(path.relative_to(place))] = {
                "size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest(), "type": "file"}
    return place, done, {
        "job_id": place.name, "status": "completed" if done.returncode == 0 else "failed",
        "queue_position": 0, "job_hash": hashlib.sha256(parts["files"]).hexdigest(),
        "execution_metadata": {
            "cpu_seconds": 0.01, "memory_peak_bytes": 1 << 20, "exit_code": done.returncode,
            "wall_time_ms": int((time.monotonic() - start) * 1000)},
        "output_files": files, "worker_metadata": {"worker_id": "bm9uZQ==", "signature": "bm9uZQ=="}}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, kind="application/json"):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        words = [urllib.parse.unquote(word) for word in self.path.split("/")[1:]]
        if words == ["health"]:
            self.answer(200, {"status": "healthy", "worker_id": "bm9uZQ=="})
        elif len(words) == 2 and words[1] in jobs and words[0] in ("status", "logs"):
            place, done, status = jobs[words[1]]
            logs = {"stdout": done.stdout.decode(), "stderr": done.stderr.decode()}
            self.answer(200, status if words[0] == "status" else logs)
        elif words[0] == "download" and len(words) > 2 and words[1] in jobs:
            path = jobs[words[1]][0] / "/".join(words[2:])
            self.answer(200, path.read_bytes(), "application/octet-stream")
        else:
            self.answer(404, b"<html>not here</html>", "text/html")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            place, done, status = run(self.parts(body))
        except Exception as fault:
            self.answer(500, {"error": f"{type(fault).__name__}: {fault}"})
            return
        jobs[place.name] = (place, done, status)
        if loses:
            # The job is accepted, and the line goes dead before the answer.
            self.close_connection = True
            return
        self.answer(200, {"job_id": place.name, "status": "queued", "position": 0})

    def parts(self, body):
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        message = email.message_from_bytes(head + body, policy=email.policy.HTTP)
        return {
            part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
            for part in message.iter_parts()}


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
watch = threading.Timer(120, server.shutdown)
watch.daemon = True
watch.start()
server.serve_forever()
