"""The rows of the chain: signing, round trips, Keccak."""

import json
import os
import resource
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CONTRACTS = f"{HERE}/../../contracts"
KEY = "46" * 32

# What a Python program does of the same: JSON in, a signed transaction, JSON out; its curve is libsecp256k1 too.
PYTHON_SIGNER = """
import json, sys
from eth_account import Account
assert type(__import__("eth_keys").KeyAPI().backend).__name__ == "CoinCurveECCBackend"
account = Account.from_key("0x" + "46" * 32)
for line in sys.stdin:
    record = json.loads(line)
    tx = record["tx"]
    signed = account.sign_transaction({
        "type": 2, "chainId": tx["chainId"], "nonce": tx["nonce"], "to": tx["to"], "value": int(tx["value"]),
        "data": tx["data"], "gas": tx["gas"], "maxFeePerGas": int(tx["maxFeePerGas"]),
        "maxPriorityFeePerGas": int(tx["maxPriorityFeePerGas"]), "accessList": []})
    tx["raw"] = "0x" + signed.raw_transaction.hex().removeprefix("0x")
    tx["hash"] = "0x" + signed.hash.hex().removeprefix("0x")
    sys.stdout.write(json.dumps(record, separators=(",", ":")) + "\\n")
"""


def processor_seconds(bench, command: list[str], source: str, target: str) -> float:
    """Seconds of processor time of one program, which reads one file and writes another."""
    with open(source) as input, open(target, "w") as output:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, cwd=bench.scratch, env=bench.environment, stdin=input, stdout=output, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def keep_key(bench) -> None:
    """Keeps a key that all the world knows, locked in milliseconds."""
    with open(f"{bench.scratch}/key", "w") as file:
        file.write(KEY)
    with open(f"{bench.scratch}/words", "w") as file:
        file.write("bench\n")
    for name in ("key", "words"):
        os.chmod(f"{bench.scratch}/{name}", 0o600)
    bench.environment["SANDRUN_PASSPHRASE_FILE"] = f"{bench.scratch}/words"
    bench.run("sr-chain key import default --private-key-file key --light", stdout=subprocess.DEVNULL)


def signing(bench, row) -> None:
    """A stream of unsigned transactions against libsecp256k1 alone, and against eth_account, for each core."""
    keep_key(bench)
    address = json.loads(subprocess.run(
        ["sr-chain", "key", "address"], cwd=bench.scratch, env=bench.environment, check=True,
        capture_output=True).stdout)["key"]["address"]
    count, fewer = 20000, 1000
    with open(f"{bench.scratch}/unsigned", "w") as file, open(f"{bench.scratch}/few", "w") as few:
        for nonce in range(count):
            tx = {"type": 2, "chainId": 1337, "from": address, "nonce": nonce, "to": address,
                  "value": str(10**15 + nonce), "data": "0xa9059cbb" + f"{nonce:0128x}", "gas": 60000,
                  "maxFeePerGas": "3000000000", "maxPriorityFeePerGas": "1000000000", "accessList": []}
            line = json.dumps({"tx": tx}, separators=(",", ":")) + "\n"
            file.write(line)
            if nonce < fewer:
                few.write(line)
    ours, alone, theirs = [], [], []
    for _ in range(5):
        seconds = processor_seconds(
            bench, ["sr-chain", "sign"], f"{bench.scratch}/unsigned", f"{bench.scratch}/signed")
        ours.append(count / seconds)
        seconds = processor_seconds(bench, ["speed-probe", "sign", str(count)], os.devnull, os.devnull)
        alone.append(count / seconds)
        seconds = processor_seconds(
            bench, [sys.executable, "-c", PYTHON_SIGNER], f"{bench.scratch}/few", f"{bench.scratch}/theirs")
        theirs.append(fewer / seconds)
    # The same transactions, byte for byte.
    with open(f"{bench.scratch}/signed") as mine, open(f"{bench.scratch}/theirs") as other:
        for line in other:
            if json.loads(line)["tx"]["raw"] != json.loads(next(mine))["tx"]["raw"]:
                raise SystemExit("bench: signing: eth_account signs otherwise")
    rate, bare, python = map(statistics.median, (ours, alone, theirs))
    row("sr-chain sign, 20,000 records", f"{rate:,.0f}/s core", f"libsecp256k1 {bare:,.0f}/s",
        f"{rate / bare:.2f}x", "aim 0.6x")
    row("", "", f"eth_account {python:,.0f}/s", f"{rate / python:.1f}x", "aim 8x")


def round_trips(bench, row) -> None:
    """One build, and one send, at a node that takes 200 ms for each answer, and makes no block meanwhile."""
    keep_key(bench)
    delay = 0.2
    environment = {**bench.environment, "PYTHONPATH": CONTRACTS}
    chain = subprocess.Popen(
        [sys.executable, "-m", "devchain", "--listen", "127.0.0.1:0", "--parent-pipe", "--no-mine"],
        cwd=bench.scratch, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        ready = json.loads(chain.stdout.readline())["chain"]
        endpoint = ready["endpoint"]
        bench.environment["SANDRUN_ETH_RPC"] = endpoint

        def rpc(method: str, *params: object) -> object:
            body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
            answer = subprocess.run(
                ["curl", "-sf", "-H", "Content-Type: application/json", "-d", body, endpoint],
                check=True, capture_output=True).stdout
            return json.loads(answer)["result"]

        rich = ready["accounts"][0]
        mine = json.loads(subprocess.run(
            ["sr-chain", "key", "address"], env=bench.environment, check=True,
            capture_output=True).stdout)["key"]["address"]
        rpc("eth_sendTransaction", {"from": rich, "to": mine, "value": hex(10**20)})
        rpc("evm_mine")
        rpc("dev_setDelay", int(delay * 1000))
        for what, command, aim in (
            ("sr-chain build at 200 ms", f"sr-chain build {rich} --value 1", 230),
            ("sr-chain send --async at 200 ms", f"sr-chain send --async {rich} --value 1", 430),
        ):
            ours = statistics.median(bench.time(command) for _ in range(7))
            trips = round((aim - 30) / (delay * 1000))
            row(what, f"{ours * 1e3:.0f} ms", f"{trips} x {delay * 1e3:.0f} ms",
                f"+{(ours - trips * delay) * 1e3:.0f} ms", f"aim at most {aim} ms")
    finally:
        chain.stdin.close()
        chain.wait(30)


def keccak(bench, row) -> None:
    """Keccak-256 of 1 GiB against OpenSSL's SHA3-256, which is the same work."""
    with open(f"{bench.scratch}/data", "wb") as file:
        for _ in range(64):
            file.write(os.urandom(1 << 24))
    ours, theirs = bench.pair("speed-probe keccak data", "openssl dgst -sha3-256 data")
    row("Keccak-256 of 1 GiB", f"{1.0737 / ours * 1e3:.0f} MB/s",
        f"openssl sha3-256 {1.0737 / theirs * 1e3:.0f} MB/s", f"{theirs / ours:.2f}x", "aim 0.8x")


ROWS = [signing, round_trips, keccak]
