"""Writes abi/*.jsonl: the coding of the contract ABI, by eth-abi and eth-utils from PyPI.

Run: .venv/bin/python Tests/Vectors/make-abi.py
"""

import json
import pathlib
import random

import eth_abi
from eth_abi.packed import encode_packed
from eth_utils import keccak, to_checksum_address

out = pathlib.Path(__file__).parent / "abi"
random.seed(4)


def write(name, rows):
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out / name).write_text(text)
    print(name, len(rows))


def account(text):
    return to_checksum_address(keccak(text.encode())[-20:])


A, B = account("a"), account("b")

# Types, and values as JSON: what Python needs instead is made by `native`.
CODED = [
    (["uint256"], ["0"]),
    (["uint8", "uint256"], ["255", str(2**256 - 1)]),
    (["int8", "int8", "int256"], ["-128", "127", str(-(2**255))]),
    (["address", "bool", "bool"], [A, True, False]),
    (["bytes1", "bytes32", "function"], ["0xff", "0x" + "01" * 32, "0x" + "ab" * 24]),
    (["bytes"], ["0x"]),
    (["bytes"], ["0x" + "11" * 32]),
    (["bytes"], ["0x" + "11" * 33]),
    (["string"], [""]),
    (["string"], ["grüße, 世界 🚀"]),
    (["uint256[]"], [[]]),
    (["uint256[]"], [["1", "2", "3"]]),
    (["uint8[2]"], [["1", "2"]]),
    (["uint8[2][3]"], [[["1", "2"], ["3", "4"], ["5", "6"]]]),
    (["uint8[][2]"], [[["1"], ["2", "3"]]]),
    (["uint8[2][]"], [[["1", "2"], ["3", "4"]]]),
    (["string[]"], [["one", "", "three"]]),
    (["string[2]"], [["one", "two"]]),
    (["bytes[][]"], [[["0x01"], [], ["0x02", "0x"]]]),
    (["(uint256,bool)"], [["7", True]]),
    (["(uint256,string)", "uint8"], [["7", "x"], "9"]),
    (["(address,(bytes,int16[])[])[]"], [[[A, [["0x01", ["-1"]], ["0x", []]]], [B, []]]]),
    (["address[]", "bytes3", "(string,string)[2]"],
     [[A, B], "0x010203", [["a", "b"], ["", "c"]]]),
    (["uint256", "uint256[]", "bytes10", "bytes"],
     ["291", ["1110", "1929"], "0x31323334353637383930", "0x48656c6c6f2c20776f726c6421"]),
]


def native(kind, value):
    """The JSON value as eth-abi wants it, by its type's text."""
    if kind.endswith("]"):
        inner = kind[: kind.rindex("[")]
        return [native(inner, element) for element in value]
    if kind.startswith("("):
        return tuple(native(k, v) for k, v in zip(components(kind), value))
    if "int" in kind:
        return int(value)
    if kind.startswith("bytes") or kind == "function":
        return bytes.fromhex(value[2:])
    return value


def components(kind):
    parts, depth, start = [], 0, 1
    for index, character in enumerate(kind):
        depth += character == "("
        depth -= character == ")"
        if (character == "," and depth == 1) or (character == ")" and depth == 0):
            parts.append(kind[start:index])
            start = index + 1
    return parts


def word(value):
    return (value % 2**256).to_bytes(32, "big").hex()


coded = []
for types, values in CODED:
    natives = [native(k, v) for k, v in zip(types, values)]
    encoded = "0x" + eth_abi.encode(types, natives).hex()
    coded.append({"name": ",".join(types), "types": types, "values": values, "encoded": encoded})
write("abi.jsonl", coded)

INVALID = [
    ("nothing", ["uint256"], ""),
    ("31 bytes", ["uint256"], "00" * 31),
    ("uint8 of 256", ["uint8"], word(256)),
    ("int8 of 128", ["int8"], word(128)),
    ("int8 of -129", ["int8"], word(-129)),
    ("bool of 2", ["bool"], word(2)),
    ("address of 21 bytes", ["address"], word(1 << 160)),
    ("bytes4, padding not zero", ["bytes4"], "01020304" + "00" * 27 + "01"),
    ("offset past the end", ["bytes"], word(64)),
    ("offset of 2^255", ["bytes"], word(2**255)),
    ("length past the end", ["bytes"], word(32) + word(33) + "00" * 32),
    ("length of 2^64 - 1", ["uint256[]"], word(32) + word(2**64 - 1)),
    ("length of 2^255", ["string"], word(32) + word(2**255)),
    ("no UTF-8", ["string"], word(32) + word(1) + "ff" + "00" * 31),
    ("one element of two", ["uint8[]"], word(32) + word(2) + word(1)),
]
invalid = []
for name, types, data in INVALID:
    try:
        eth_abi.decode(types, bytes.fromhex(data))
        raise SystemExit(f"eth-abi takes {name}")
    except (eth_abi.exceptions.DecodingError, UnicodeDecodeError, OverflowError):
        pass
    invalid.append(
        {"name": name, "op": "decode", "types": types, "data": "0x" + data, "expect": "reject"})
for name, types, values in [
    ("uint8 of 256", ["uint8"], ["256"]),
    ("uint256 of -1", ["uint256"], ["-1"]),
    ("bytes4 of 3", ["bytes4"], ["0x010203"]),
    ("not all components", ["(uint8,bool)"], [["1"]]),
]:
    invalid.append(
        {"name": name, "op": "encode", "types": types, "values": values, "expect": "reject"})
for text in ["uint7", "bytes33", "uint256[", "(uint8", "fixed128x18"]:
    invalid.append({"name": text, "op": "type", "type": text, "expect": "reject"})
write("abi-invalid.jsonl", invalid)

PACKED = [
    (["uint8", "uint16", "uint256"], ["1", "2", "3"]),
    (["int8", "int24"], ["-1", "-2"]),
    (["address", "bool"], [A, True]),
    (["bytes3", "bytes", "string"], ["0x010203", "0x04", "é"]),
    (["string", "string"], ["a", "bc"]),
    (["uint8[]"], [["1", "2"]]),
    (["uint16[2]"], [["1", "2"]]),
    (["bool[]"], [[True, False]]),
    (["int16[]"], [["-1", "1"]]),
    (["bytes32[]"], [["0x" + "22" * 32]]),
    (["uint8[]", "uint8"], [[], "5"]),
    (["string"], [""]),
]


def pack(kind, value):
    """Solidity pads the elements of arrays to words, which eth-abi does not."""
    if kind.endswith("]"):
        return b"".join(eth_abi.encode([kind[: kind.rindex("[")]], [each]) for each in value)
    return encode_packed([kind], [value])


packed = []
for types, values in PACKED:
    data = b"".join(pack(k, native(k, v)) for k, v in zip(types, values))
    packed.append({
        "name": ",".join(types), "types": types, "values": values,
        "packed": "0x" + data.hex(), "keccak256": "0x" + keccak(data).hex()})
write("packed.jsonl", packed)


def parameters(*types):
    return [{"name": f"a{index}", "type": kind} for index, kind in enumerate(types)]


SELECTORS = [
    ("function", "transfer", ["address", "uint256"]),
    ("function", "totalSupply", []),
    ("function", "safeTransferFrom", ["address", "address", "uint256", "bytes"]),
    ("error", "InsufficientBalance", ["uint256", "uint256"]),
    ("event", "Transfer", ["address", "address", "uint256"]),
]
selectors = []
for kind, name, types in SELECTORS:
    signature = f"{name}({','.join(types)})"
    digest = "0x" + keccak(signature.encode()).hex()
    row = {"name": name, "kind": kind, "signature": signature,
           "abi": {"type": kind, "name": name, "inputs": parameters(*types)}}
    row["topic0" if kind == "event" else "selector"] = digest if kind == "event" else digest[:10]
    selectors.append(row)
for text, signature in [
    ("transfer(address to, uint amount)", "transfer(address,uint256)"),
    ("function get(uint[] memory ids) external view returns (bytes)", "get(uint256[])"),
    ("f(tuple(address a, int[2] b)[] x) payable", "f((address,int256[2])[])"),
    ("event E(bytes32 indexed, string) anonymous", "E(bytes32,string)"),
    ("error Denied(address payable who)", "Denied(address)"),
]:
    selectors.append({"name": "text", "kind": "normalize", "text": text, "signature": signature,
                      "hash": "0x" + keccak(signature.encode()).hex()})
for text in ["f(uint256", "f", "f(,)", "f(uint256) views"]:
    selectors.append({"name": "text", "kind": "normalize", "text": text, "expect": "reject"})
write("selectors.jsonl", selectors)


def event(*inputs, anonymous=False):
    return {"type": "event", "name": "E", "anonymous": anonymous, "inputs": [
        {"name": f"a{index}", "type": kind, "indexed": indexed}
        for index, (kind, indexed) in enumerate(inputs)]}


def log(abi, values, preimages=()):
    """A log as a contract writes it: the rules of the specification, in Python."""
    kinds = [item["type"] for item in abi["inputs"]]
    topics = [] if abi["anonymous"] else [keccak(f"E({','.join(kinds)})".encode())]
    heads = []
    args = []
    for index, (item, value) in enumerate(zip(abi["inputs"], values)):
        kind = item["type"]
        row = {"name": item["name"], "type": kind, "indexed": item["indexed"]}
        if not item["indexed"]:
            heads.append((kind, native(kind, value)))
            row["value"] = value
        elif kind in ("string", "bytes") or kind.endswith("]"):
            digest = keccak(bytes.fromhex(dict(preimages)[index]))
            topics.append(digest)
            row |= {"hash": "0x" + digest.hex(), "preimage": value}
        else:
            topics.append(eth_abi.encode([kind], [native(kind, value)]))
            row["value"] = value
        args.append(row)
    data = eth_abi.encode([kind for kind, _ in heads], [value for _, value in heads])
    return {"name": ",".join(kinds), "kind": "log", "abi": abi, "log": {
        "address": A, "topics": ["0x" + topic.hex() for topic in topics],
        "data": "0x" + data.hex()}, "expect": "accept", "args": args}


good = [
    log(event(("address", True), ("address", True), ("uint256", False)), [A, B, "5"]),
    log(event(("uint8", False), ("int16", True), ("string", False)), ["1", "-2", "three"]),
    log(event(("string", True), ("bool", False)), ["héllo", True], [(0, "héllo".encode().hex())]),
    log(event(("bytes", True)), ["0x0102"], [(0, "0102")]),
    log(event(("uint8[]", True)), [["1", "2"]], [(0, word(1) + word(2))]),
    log(event(("string[]", True)), [["a", "b"]], [(0, "61" + "00" * 31 + "62" + "00" * 31)]),
    log(event(("bytes32", True), ("uint8", False), anonymous=True), ["0x" + "33" * 32, "4"]),
]
first = good[0]


def spoiled(name, topics=None, data=None):
    log = dict(first["log"])
    log["topics"] = log["topics"] if topics is None else topics
    log["data"] = log["data"] if data is None else data
    return {"name": name, "kind": "log", "abi": first["abi"], "log": log, "expect": "reject"}


topics = first["log"]["topics"]
bad = [
    spoiled("a topic too few", topics[:2]),
    spoiled("a topic too many", topics + topics[:1]),
    spoiled("another event", topics[1:] + topics[:1]),
    spoiled("no data", data="0x"),
]
write("logs.jsonl", good + bad)
