"""The rows of the chain: signing, round trips, Keccak, logs, the journal."""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time

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

TRANSFER = "event Transfer(address indexed from, address indexed to, uint256 value)"

# The same logs through web3.py: JSON in, process_log, JSON out. It tells how long that took, its start not counted.
PYTHON_DECODER = """
import json, sys, time
from hexbytes import HexBytes
from web3 import Web3
event = Web3().eth.contract(abi=[{"type": "event", "name": "Transfer", "anonymous": False, "inputs": [
    {"name": "from", "type": "address", "indexed": True}, {"name": "to", "type": "address", "indexed": True},
    {"name": "value", "type": "uint256", "indexed": False}]}]).events.Transfer()
start = time.perf_counter()
for line in sys.stdin:
    record = json.loads(line)
    log = record["log"]
    args = event.process_log({
        "address": log["address"], "topics": [HexBytes(topic) for topic in log["topics"]],
        "data": HexBytes(log["data"]), "blockNumber": int(log["blockNumber"], 16),
        "blockHash": HexBytes(log["blockHash"]), "transactionHash": HexBytes(log["transactionHash"]),
        "transactionIndex": int(log["transactionIndex"], 16), "logIndex": int(log["logIndex"], 16)})["args"]
    log["event"] = "Transfer(address,address,uint256)"
    log["args"] = [args["from"], args["to"], str(args["value"])]
    sys.stdout.write(json.dumps(record, separators=(",", ":")) + "\\n")
sys.stdout.flush()
print(time.perf_counter() - start, file=sys.stderr)
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


def write_transfers(path: str, count: int) -> None:
    """Logs of ERC-20 transfers as `events` and nodes tell them, a record each."""
    source = random.Random(20)

    def hexed(size: int) -> str:
        return f"{source.getrandbits(8 * size):0{2 * size}x}"

    with open(path, "w") as file:
        for index in range(count):
            log = {
                "address": "0x" + hexed(20), "topics": [
                    "0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef",
                    "0x" + "0" * 24 + hexed(20), "0x" + "0" * 24 + hexed(20)],
                "data": f"0x{source.getrandbits(source.choice((20, 60, 64, 70, 90))):064x}",
                "blockNumber": hex(18_000_000 + index // 150), "blockHash": "0x" + hexed(32),
                "transactionHash": "0x" + hexed(32), "transactionIndex": hex(index % 150),
                "logIndex": hex(index % 150), "removed": False}
            file.write(json.dumps({"log": log}, separators=(",", ":")) + "\n")


def decode_logs(bench, row) -> None:
    """200,000 logs of transfers, from one file to another, against web3.py with fewer of them."""
    count, fewer = 200_000, 10_000
    write_transfers(f"{bench.scratch}/logs", count)
    bench.run(f"head -{fewer} logs >few")
    ours, theirs = [], []
    for _ in range(5):
        ours.append(count / bench.time(f"sr-chain decode --event '{TRANSFER}' <logs >decoded"))
        with open(f"{bench.scratch}/few") as input, open(f"{bench.scratch}/theirs", "w") as output:
            told = subprocess.run(
                [sys.executable, "-c", PYTHON_DECODER], stdin=input, stdout=output, stderr=subprocess.PIPE,
                check=True).stderr
        theirs.append(fewer / float(told.split()[-1]))
    bench.run(f"head -{fewer} decoded | cmp - theirs")
    rate, python = statistics.median(ours), statistics.median(theirs)
    row("sr-chain decode, 200,000 Transfer logs", f"{rate:,.0f}/s", f"web3.py {python:,.0f}/s",
        f"{rate / python:.1f}x", "aim 20x, 200,000/s")


def journal(bench, row) -> None:
    """10,000 sends, each to be completed, signed and broadcast, with the journal and without."""
    keep_key(bench)
    count = 10_000
    with open(f"{bench.scratch}/records", "w") as file:
        for number in range(count):
            file.write(f'{{"tx":{{"to":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8","value":"{number}"}}}}\n')
    node = subprocess.Popen(
        [sys.executable, f"{HERE}/quick_node.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        bench.environment["SANDRUN_ETH_RPC"] = node.stdout.readline().strip()
        rates = {}
        for _ in range(5):
            for option in ("", "--no-journal"):
                bench.run("rm -rf home/.local/state")
                start = time.perf_counter()
                bench.run(f"sr-chain send --async --jobs 64 {option} <records >sent")
                rates.setdefault(option, []).append(count / (time.perf_counter() - start))
                with open(f"{bench.scratch}/sent") as sent:
                    if len({json.loads(line)["tx"]["hash"] for line in sent}) != count:
                        raise SystemExit("bench: journal: not every record was sent")
    finally:
        node.stdin.close()
        node.wait(30)
    ours, bare = (statistics.median(rates[option]) for option in ("", "--no-journal"))
    row("sr-chain send, 10,000 through the journal", f"{ours:,.0f}/s", f"--no-journal {bare:,.0f}/s",
        f"{ours / bare:.2f}x", "aim 0.5x")


ROWS = [signing, round_trips, keccak, decode_logs, journal]
