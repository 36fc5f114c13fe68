#!/usr/bin/env python3
"""Writes hashing.jsonl, cid.jsonl, ipfs-files.jsonl and ipfs-directories.jsonl (pip install multiformats pycryptodome).

Digests and CIDs come from pycryptodome and multiformats. Files and directories are put together here from the UnixFS and DAG-PB
specifications, by code that shares nothing with the project's own.
"""
import hashlib
import json
import os
import random
import sys
from importlib.metadata import version

from Crypto.Hash import keccak
from multiformats import CID, multihash

FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
SOURCE = f"make-content.py, multiformats {version('multiformats')}, pycryptodome {version('pycryptodome')}"
rng = random.Random(20260203)
out = None


def row(**members):
    print(json.dumps({**members, "source": SOURCE}, separators=(",", ":"), ensure_ascii=False), file=out)


def hexed(data):
    return "0x" + data.hex()


# Hashes


def hashes():
    lengths = [0, 1, 7, 8, 31, 32, 55, 56, 63, 64, 65, 127, 128, 135, 136, 137, 143, 144, 271, 272, 273, 1000, 4096]
    for length in lengths:
        data = rng.randbytes(length)
        digest = keccak.new(digest_bits=256, data=data).digest()
        row(kind="digest", data=hexed(data), keccak256=hexed(digest), sha256=hexed(hashlib.sha256(data).digest()))


# CIDs


def cids():
    codecs = {"raw": "0x55", "dag-pb": "0x70", "dag-cbor": "0x71", "libp2p-key": "0x72", "dag-json": "0x0129"}
    for codec, code in codecs.items():
        for function in ["sha2-256", "sha2-512", "identity"]:
            for base in ["base32", "base58btc", "base36", "base16", "base64url"]:
                data = rng.randbytes(rng.randrange(1, 40))
                cid = CID(base, 1, codec, multihash.digest(data, function))
                described(cid, code)
    for _ in range(5):
        described(CID("base58btc", 0, "dag-pb", multihash.digest(rng.randbytes(20), "sha2-256")), "0x70")
    good = str(CID("base32", 1, "raw", multihash.digest(b"good", "sha2-256")))
    for reason, text in [
        ("empty", ""), ("no base", good[1:]), ("cut short", good[:-1]), ("too long", good + "a"), ("upper case digit", good[:-1] + "A"),
        ("white space", " " + good), ("newline", good + "\n"), ("not a digit", good[:20] + "1" + good[21:]),
        ("unknown base", "?" + good[1:]), ("path", "/ipfs/" + good), ("version 0 in a base", "z" + "Qm" + "1" * 44),
        ("version 0 too short", "Qm" + "1" * 43), ("zero digit in base58", "Qm0" + "1" * 43),
    ]:
        row(kind="cid", text=text, expect="reject", reason=reason)
    for reason, data in [
        ("version 2", bytes([2, 0x55, 0x12, 32]) + bytes(32)), ("digest too short", bytes([1, 0x55, 0x12, 32]) + bytes(31)),
        ("trailing byte", bytes([1, 0x55, 0x12, 32]) + bytes(33)), ("truncated sha2-256", bytes([1, 0x55, 0x12, 20]) + bytes(20)),
        ("codec not minimal", bytes([1, 0xd5, 0x80, 0x00, 0x12, 32]) + bytes(32)), ("nothing but a version", bytes([1])),
        ("endless number", bytes([1]) + bytes([0xff] * 12)),
    ]:
        row(kind="cid", text="f" + data.hex(), expect="reject", reason=reason)


def described(cid, code):
    v1 = cid.set(version=1)
    members = dict(kind="cid", text=str(cid), version=cid.version, codec_code=code, digest=hexed(cid.raw_digest), bytes=hexed(bytes(cid)))
    for name, base in [("v1_base32", "base32"), ("v1_base58", "base58btc"), ("v1_base36", "base36")]:
        members[name] = str(v1.set(base=base))
    if cid.version == 0:
        members["v0"] = str(cid)
    row(**members, expect="accept")


def blocks():
    leaf = bytes(CID("base32", 1, "raw", multihash.digest(b"leaf", "sha2-256")))
    link = field(1, leaf) + field(2, b"name") + number(3, 4)
    accept = [b"", field(1, b"data"), field(2, link), field(2, link) + field(1, b"data"), field(2, field(1, leaf))]
    for data in accept:
        row(kind="block", name=data.hex(), codec="dag-pb", block=hexed(data), cid=str(cid_of(data, "dag-pb", 1)), expect="accept")
    for reason, data in [
        ("link without hash", field(2, field(2, b"name"))), ("unknown field", field(3, b"x")), ("data twice", field(1, b"a") * 2),
        ("wrong wire type", number(1, 5)), ("cut short", field(1, b"data")[:-1]), ("name before hash", field(2, field(2, b"n") + field(1, leaf))),
        ("links apart", field(2, link) + field(1, b"") + field(2, link)), ("hash twice", field(2, field(1, leaf) * 2)),
        ("hash is no CID", field(2, field(1, b"\x09\x09"))), ("length beyond the end", b"\x0a\xff\xff\xff\xff\x0f"),
        ("number too long", b"\x0a" + b"\x80" * 10 + b"\x01"),
    ]:
        row(kind="block", name=reason, codec="dag-pb", block=hexed(data), expect="reject")


# UnixFS


def varint(value):
    result = bytearray()
    while value > 0x7F:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(result) + bytes([value])


def field(tag, data):
    return varint(tag << 3 | 2) + varint(len(data)) + data


def number(tag, value):
    return varint(tag << 3) + varint(value)


def cid_of(data, codec, version):
    return CID("base58btc" if version == 0 else "base32", version, codec, multihash.digest(data, "sha2-256"))


class Maker:
    def __init__(self, options):
        self.options = options
        self.blocks = {}

    def put(self, data, codec, below=0):
        """A link: CID, bytes of the DAG."""
        cid = cid_of(data, codec, 1 if codec == "raw" else self.options["cid_version"])
        self.blocks[bytes(cid)] = len(data)
        return cid, len(data) + below

    def node(self, links, data):
        body = b"".join(field(2, field(1, bytes(cid)) + field(2, name) + number(3, size)) for name, cid, size in links)
        return self.put(body + field(1, data), "dag-pb", sum(size for _, _, size in links))

    def file(self, data):
        """A link and the bytes of content."""
        size = int(self.options["chunker"].removeprefix("size-"))
        level = []
        for start in range(0, max(1, len(data)), size):
            chunk = data[start : start + size]
            if self.options["raw_leaves"]:
                link = self.put(chunk, "raw")
            else:
                link = self.put(field(1, number(1, 2) + (field(2, chunk) if chunk else b"") + number(3, len(chunk))), "dag-pb")
            level.append((link, len(chunk)))
        width = self.options["max_file_links"]
        while len(level) > 1:
            groups = [level[start : start + width] for start in range(0, len(level), width)]
            level = []
            for group in groups:
                total = sum(count for _, count in group)
                inner = number(1, 2) + number(3, total) + b"".join(number(4, count) for _, count in group)
                level.append((self.node([(b"", *link) for link, _ in group], inner), total))
        return level[0]

    def directory(self, tree):
        """Names to directories, to targets of links or to contents of files."""
        links = []
        for name, what in tree.items():
            if isinstance(what, str):
                link = self.put(field(1, number(1, 4) + field(2, what.encode())), "dag-pb")
            elif "seed" in what:
                link = self.file(generated(what))[0]
            else:
                link = self.directory(what)
            links.append((name.encode(), *link))
        return self.node(sorted(links), number(1, 1))


def generated(content):
    count = content["length"] // 32 + 1
    seed = content["seed"].encode()
    return b"".join(hashlib.sha256(seed + index.to_bytes(8, "big")).digest() for index in range(count))[: content["length"]]


def content(length):
    return {"kind": "sha256ctr", "seed": "own-1", "length": length}


PROFILES = [
    {"profile": "unixfs-v1-2025", "cid_version": 1, "raw_leaves": True, "chunker": "size-1048576", "max_file_links": 1024},
    {"profile": None, "cid_version": 1, "raw_leaves": True, "chunker": "size-262144", "max_file_links": 174},
    {"profile": None, "cid_version": 0, "raw_leaves": False, "chunker": "size-262144", "max_file_links": 174},
]


def files():
    cases = [(profile, length) for profile in PROFILES for length in [0, 1, 262144, 262145, 1048576, 1048577, 2500000]]
    for width in [2, 3, 174]:
        for length in [9, 10, 11, 80, 81, 700]:
            for raw in [True, False]:
                cases.append(({**PROFILES[1], "raw_leaves": raw, "chunker": "size-10", "max_file_links": width}, length))
    for index, (options, length) in enumerate(cases):
        maker = Maker(options)
        (cid, size), total = maker.file(generated(content(length)))
        row(
            id=f"own-{index}", content=content(length), options={**options, "layout": "balanced"}, cid=str(cid), size=total, dag_size=size,
            blocks=len(maker.blocks), unique_size=sum(maker.blocks.values()),
        )


def directories():
    trees = [
        [],
        [("a", content(10)), ("b", content(0))],
        [("sub/deep/file", content(300000)), ("sub/empty", None), ("top", content(3)), ("Top", content(4)), ("t\u00f6p", content(5))],
        [("link", "sub/file"), ("sub/file", content(7)), ("sub/up", "../link"), ("broken", "no/such")],
    ]
    for profile in PROFILES:
        for index, tree in enumerate(trees):
            nested = {}
            items = [{"path": "", "kind": "dir"}]
            for path, what in tree:
                folder = nested
                *parents, name = path.split("/")
                for parent in parents:
                    folder = folder.setdefault(parent, {})
                folder[name] = {} if what is None else what
                if what is None:
                    items.append({"path": path, "kind": "dir"})
                elif isinstance(what, str):
                    items.append({"path": path, "kind": "symlink", "target": what})
                else:
                    items.append({"path": path, "kind": "file", "content": what})
            maker = Maker(profile)
            cid, size = maker.directory(nested)
            row(
                id=f"own-{profile['profile'] or profile['cid_version']}-{index}", tree=items, argument="t",
                options={**profile, "wrap": False, "hidden": False}, cid=str(cid), root_type="directory", dag_size=size,
                blocks=len(maker.blocks), unique_size=sum(maker.blocks.values()),
            )


for name, makers in [
    ("hashing.jsonl", [hashes]), ("cid.jsonl", [cids, blocks]), ("ipfs-files.jsonl", [files]), ("ipfs-directories.jsonl", [directories]),
]:
    with open(os.path.join(FOLDER, name), "w") as out:
        for make in makers:
            make()
