"""Rows of bench.py about a node on the network: a `sr-node serve` of the bench's own on a free port of loopback."""

import base64
import http.client
import json
import os
import re
import signal
import socket
import statistics
import struct
import subprocess
import time
import urllib.request


class Node:
    """A running node with its own home and key; stopped and waited for at the end."""

    def __init__(self, bench, *options: str) -> None:
        self.home = f"{bench.scratch}/node"
        os.makedirs(self.home)
        passphrase = f"{self.home}/passphrase"
        with open(os.open(passphrase, os.O_CREAT | os.O_WRONLY, 0o600), "w") as file:
            file.write("bench\n")
        self.environment = {
            **bench.environment, "HOME": self.home, "SANDRUN_PASSPHRASE_FILE": passphrase}
        subprocess.run(
            [f"{bench.release}/sr-chain", "key", "new", "--light"], env=self.environment, check=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.log = open(f"{bench.scratch}/node.log", "wb")
        self.process = subprocess.Popen(
            [f"{bench.release}/sr-node", "serve", "--listen", "127.0.0.1:0", *options],
            env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self.log)
        line = self.process.stdout.readline()
        if not line:
            with open(self.log.name) as log:
                raise SystemExit(f"bench: the node did not start: {log.read()}")
        self.endpoint = json.loads(line)["node"]["endpoint"]
        self.port = int(self.endpoint.rsplit(":", 1)[1])
        # Whoever uses the bench's tools from here on speaks to this node.
        bench.environment["SANDRUN_ENDPOINT"] = self.endpoint

    def __enter__(self) -> "Node":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def get(self, path: str) -> dict:
        with urllib.request.urlopen(f"{self.endpoint}{path}", timeout=60) as answer:
            return json.load(answer)

    def submit(self, manifest: dict) -> str:
        """Hands in a job whose content the node has already, without a key of its own: each time a new job."""
        boundary = "bench-boundary"
        body = (f"--{boundary}\r\nContent-Disposition: form-data; name=\"manifest\"\r\n"
                f"Content-Type: application/json\r\n\r\n{json.dumps(manifest)}\r\n--{boundary}--\r\n")
        request = urllib.request.Request(
            f"{self.endpoint}/submit", data=body.encode(),
            headers={"Content-Type": f"multipart/form-data; boundary={boundary}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["job_id"]

    def wait(self, job: str, seconds: float = 120) -> dict:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            status = self.get(f"/status/{job}")
            if status["status"] in ("completed", "failed", "cancelled"):
                return status
            time.sleep(0.02)
        raise SystemExit(f"bench: job {job} did not end")

    def processor_time(self) -> float:
        """Seconds of processor that the node and all that it started have taken, in user mode and in the kernel."""
        ticks, parents = {}, {}
        for name in os.listdir("/proc"):
            if name.isdigit():
                try:
                    with open(f"/proc/{name}/stat") as file:
                        fields = file.read().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                parents[int(name)] = int(fields[1])
                # Its own, and of the children that it waited for.
                ticks[int(name)] = sum(map(int, fields[11:15]))
        total = 0
        for pid in ticks:
            above = pid
            while above and above != self.process.pid:
                above = parents.get(above, 0)
            total += ticks[pid] if above else 0
        return total / os.sysconf("SC_CLK_TCK")

    def peak(self) -> float:
        """The most memory that the server's process had since `forget`, in MiB."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return int(re.search(r"VmHWM:\s+(\d+) kB", file.read())[1]) / 1024

    def forget(self) -> float:
        """Begins to count anew, and gives what the process has now, in MiB."""
        with open(f"/proc/{self.process.pid}/clear_refs", "w") as file:
            file.write("5")
        return self.peak()


class Events:
    """The frames of a WebSocket, as far as this bench needs them: text in, nothing out."""

    def __init__(self, port: int, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            (f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\n"
             f"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n").encode())
        self.stream = self.socket.makefile("rb")
        head = self.stream.readline()
        if b" 101 " not in head:
            raise SystemExit(f"bench: {path} is no WebSocket: {head!r}")
        while self.stream.readline() not in (b"\r\n", b""):
            pass

    def next(self) -> dict:
        while True:
            first, second = self.stream.read(2)
            length = second & 0x7F
            if length == 126:
                length, = struct.unpack(">H", self.stream.read(2))
            elif length == 127:
                length, = struct.unpack(">Q", self.stream.read(8))
            payload = self.stream.read(length)
            if first & 0x0F == 1:
                return json.loads(payload)
            if first & 0x0F == 8:
                raise SystemExit("bench: the WebSocket was closed early")

    def close(self) -> None:
        self.socket.close()


class Nginx:
    """The peer for transfers: a server of files on a free port, with its own configuration."""

    def __init__(self, bench) -> None:
        self.folder = f"{bench.scratch}/nginx"
        os.makedirs(f"{self.folder}/files")
        os.chmod(f"{self.folder}/files", 0o777)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        with open(f"{self.folder}/nginx.conf", "w") as file:
            file.write(f"""
daemon off; worker_processes 1; pid {self.folder}/pid; error_log {self.folder}/error.log;
{"user root;" if os.getuid() == 0 else ""}
events {{ }}
http {{
  access_log off; sendfile on; client_max_body_size 0;
  client_body_temp_path {self.folder}/body; proxy_temp_path {self.folder}/proxy;
  fastcgi_temp_path {self.folder}/fastcgi; uwsgi_temp_path {self.folder}/uwsgi; scgi_temp_path {self.folder}/scgi;
  server {{ listen 127.0.0.1:{self.port}; root {self.folder}/files; dav_methods PUT; }}
}}
""")
        self.process = subprocess.Popen(
            ["/usr/sbin/nginx", "-p", self.folder, "-c", f"{self.folder}/nginx.conf", "-e", f"{self.folder}/error.log"],
            stdin=subprocess.DEVNULL)
        self.endpoint = f"http://127.0.0.1:{self.port}"
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("bench: nginx did not start")

    def __enter__(self) -> "Nginx":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(60)


def packages(bench, *names: str) -> None:
    """The peers, which no test needs."""
    here = os.path.dirname(os.path.abspath(__file__))
    subprocess.run([f"{here}/../Checks/packages.sh", *names], check=True, stdin=subprocess.DEVNULL)


def measured(bench, command: str) -> tuple[float, float]:
    """Seconds of a shell command, and the most memory that one process of it had, in MiB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        ["bash", "-o", "pipefail", "-c", command], cwd=bench.scratch, env=bench.environment,
        stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"bench: {command}: status {process.returncode}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def manifest(bench, script: str, *options: str) -> dict:
    """Makes a job, has the node take in its content by running it once, and gives what further submissions need."""
    with open(f"{bench.scratch}/job.sh", "w") as file:
        file.write(script)
    bench.run(
        f"sr-job new job.sh --interpreter sh {' '.join(options)} | sr-ipfs add | sr-job submit | sr-job wait >job.jsonl")
    with open(f"{bench.scratch}/job.jsonl") as file:
        code = json.loads(file.readline())["code"]
    return {"spec": code["spec"], "code": code["cid"]}


def first_byte(bench, row) -> None:
    """From POST /submit to the first byte of output on the job's WebSocket, against the script's own first byte."""
    with Node(bench) as node:
        job = manifest(bench, "echo hello\n")
        ours, theirs = [], []
        for _ in range(31):
            start = time.perf_counter()
            events = Events(node.port, f"/logs/{node.submit(job)}")
            while events.next()["type"] != "stdout":
                pass
            ours.append(time.perf_counter() - start)
            events.close()
            start = time.perf_counter()
            with subprocess.Popen(["sh", f"{bench.scratch}/job.sh"], stdout=subprocess.PIPE) as alone:
                alone.stdout.read(1)
                theirs.append(time.perf_counter() - start)
        mine, other = statistics.median(ours), statistics.median(theirs)
        row("submit to first log byte", f"{mine * 1e3:.0f} ms", f"sh alone {other * 1e3:.0f} ms",
            f"+{(mine - other) * 1e3:.0f} ms", "aim under 50 ms")


def polling(bench, row) -> None:
    """GET /status at 64 connections, against a bare Hummingbird route that gives the same bytes."""
    packages(bench, "wrk")
    with Node(bench) as node:
        path = f"/status/{node.submit(manifest(bench, 'echo hello'))}"
        job = path.rsplit("/", 1)[1]
        node.wait(job)
        with urllib.request.urlopen(f"{node.endpoint}{path}") as answer:
            text = answer.read().decode()
        bare = subprocess.Popen(
            [f"{bench.release}/bare-server", text], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        try:
            port = int(bare.stdout.readline())
            rates: tuple[list[float], list[float]] = ([], [])
            for _ in range(5):
                for found, at in zip(rates, (node.port, port)):
                    found.append(requests(f"http://127.0.0.1:{at}{path}"))
        finally:
            bare.terminate()
            bare.wait()
        ours, theirs = statistics.median(rates[0]), statistics.median(rates[1])
        row("GET /status, 64 connections", f"{ours:.0f}/s", f"bare route {theirs:.0f}/s",
            f"{ours / theirs:.2f}x", "aim 0.6x")


def requests(url: str) -> float:
    """Answers a second, all of them with 200."""
    done = subprocess.run(
        ["wrk", "-t", "2", "-c", "64", "-d", "3s", url], check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in done or "Socket errors" in done:
        raise SystemExit(f"bench: wrk {url}:\n{done}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1])


def transfer(bench, row) -> None:
    """1 GiB to a node as a job's input, and back as its output, against curl to and from nginx; and the memory it takes."""
    packages(bench, "nginx-light", "curl")
    rounds = 3
    size = 1 << 30
    with Nginx(bench) as nginx, Node(bench) as node:
        with open(f"{bench.scratch}/copy.sh", "w") as file:
            file.write("cat big >out.bin\n")
        up: tuple[list[float], list[float]] = ([], [])
        down: tuple[list[float], list[float]] = ([], [])
        client, server = 0.0, 0.0
        for index in range(rounds):
            # New bytes each time: what a node has, nobody need send.
            bench.run("head -c 1G /dev/urandom >big && cat big >/dev/null")
            bench.run(
                "sr-job new copy.sh --interpreter sh --input $(sr-ipfs add big | jq -r .cid):big --outputs out.bin "
                "--timeout 10m --memory 4GiB | sr-ipfs add >in.jsonl")
            held = node.forget()
            seconds, most = measured(bench, "sr-job submit <in.jsonl >sent.jsonl")
            up[0].append(seconds)
            client, server = max(client, most), max(server, node.peak() - held)
            seconds, _ = measured(bench, f"curl -sSf -T big {nginx.endpoint}/big.{index}")
            up[1].append(seconds)
            with open(f"{bench.scratch}/sent.jsonl") as file:
                status = node.wait(json.loads(file.readline())["run"]["nodes"][0]["id"], 600)
            if status["status"] != "completed":
                raise SystemExit(f"bench: the job that copies: {status}")
            held = node.forget()
            # Without the local repository, where the same bytes lie.
            seconds, most = measured(
                bench, "mv home/.local/share/sandrun/ipfs away && sr-job get -o got <sent.jsonl >/dev/null")
            down[0].append(seconds)
            client, server = max(client, most), max(server, node.peak() - held)
            bench.run("cmp big got/out.bin && rm -rf got away")
            seconds, _ = measured(bench, f"curl -sSf -o got.bin {nginx.endpoint}/big.{index}")
            down[1].append(seconds)
            bench.run(f"rm -f got.bin {nginx.folder}/files/big.{index}")
    for what, (ours, theirs) in (("upload", up), ("download", down)):
        mine, other = statistics.median(ours), statistics.median(theirs)
        row(f"{what} of 1 GiB", f"{size / mine / 1e6:.0f} MB/s", f"curl, nginx {size / other / 1e6:.0f} MB/s",
            f"{other / mine:.2f}x", "aim 0.8x")
    row("memory at 1 GiB: client, growth of the node", f"{client:.0f} MiB", f"{server:.0f} MiB", "", "aim 64 MiB")


def throughput(bench, row) -> None:
    """1,000 jobs of `true` through one node, sandbox included, against as many of bubblewrap alone."""
    count = 1000
    cores = len(os.sched_getaffinity(0))
    alone = ("bwrap --unshare-all --die-with-parent --ro-bind / / --proc /proc --dev /dev --tmpfs /tmp sh -c true")
    with Node(bench, "--jobs", str(cores)) as node:
        job = manifest(bench, "true\n")
        used = node.processor_time()
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", node.port, timeout=60)
        boundary = "bench-boundary"
        body = (f"--{boundary}\r\nContent-Disposition: form-data; name=\"manifest\"\r\n\r\n"
                f"{json.dumps(job)}\r\n--{boundary}--\r\n").encode()
        jobs = []
        for _ in range(count):
            connection.request("POST", "/submit", body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200:
                raise SystemExit(f"bench: POST /submit: {answer.status} {text!r}")
            jobs.append(json.loads(text)["job_id"])
        accepted = time.perf_counter() - start
        for job_id in jobs:
            status = node.wait(job_id, 600)
            if status["status"] != "completed":
                raise SystemExit(f"bench: a job of true: {status}")
        seconds = time.perf_counter() - start
        used = node.processor_time() - used
        other, _ = measured(bench, f"seq {count} | xargs -P {cores} -I{{}} {alone}")
        row("1,000 jobs of true through a node", f"{count / seconds / cores:.0f}/s a core",
            f"bwrap {count / other / cores:.0f}/s a core", f"{other / seconds:.2f}x", "aim 40/s a core")
        row("  of it: taking them in; processor time a job", f"{accepted:.1f} s", "", f"{used / count * 1e3:.0f} ms",
            "40/s a core are 25 ms")


ROWS = [first_byte, polling, transfer, throughput]
