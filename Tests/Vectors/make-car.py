#!/usr/bin/env python3
"""Writes car.jsonl: archives by hand from the CARv1 specification (pip install dag-cbor multiformats).

Headers come from dag-cbor, CIDs from multiformats; sections are put together here. A row has either `roots` and `blocks`
(CIDs in the order of the archive, and `data` of each) or `error`, the name of the case, and `offset` where it has one.
"""
import json
import os
import random
import sys
from importlib.metadata import version

import dag_cbor
from multiformats import CID, multihash, varint

FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
SOURCE = f"make-car.py, dag-cbor {version('dag-cbor')}, multiformats {version('multiformats')}"
rng = random.Random(20260301)
out = open(os.path.join(FOLDER, "car.jsonl"), "w")


def row(name, archive, **members):
    line = {"name": name, "archive": "0x" + archive.hex(), **members, "source": SOURCE}
    print(json.dumps(line, separators=(",", ":")), file=out)


def cid(data, codec="raw", function="sha2-256", version=1):
    base = "base58btc" if version == 0 else "base32"
    return CID(base, version, codec, multihash.digest(data, function))


def prefixed(body):
    return varint.encode(len(body)) + body


def header(roots, version=1):
    return prefixed(dag_cbor.encode({"roots": roots, "version": version}))


def section(name, data):
    return prefixed(bytes(name) + data)


def good(name, roots, blocks):
    archive = header(roots) + b"".join(section(c, d) for c, d in blocks)
    kept = [{"cid": str(c), "data": "0x" + d.hex()} for c, d in blocks if c.hashfun.name != "identity"]
    row(name, archive, roots=[str(r) for r in roots], blocks=kept)


def bad(name, archive, error, offset=None):
    row(name, archive, error=error, **({} if offset is None else {"offset": offset}))


data = [rng.randbytes(length) for length in (0, 1, 20, 100, 300)]
names = [cid(d) for d in data]
pairs = list(zip(names, data))
leaf = cid(data[2])
# A DAG-PB node with one unnamed link, by hand: PBLink {Hash, Name, Tsize} in field 2.
link = b"\x0a" + prefixed(bytes(leaf)) + b"\x12\x00" + b"\x18\x14"
node = b"\x12" + prefixed(link)
inline = cid(b"inside", function="identity")
cbor = dag_cbor.encode({"to": names[1]})

good("one raw block", [names[3]], [pairs[3]])
good("empty block", [names[0]], [pairs[0]])
good("five roots", names, pairs)
good("node and leaf", [cid(node, "dag-pb")], [(cid(node, "dag-pb"), node), (leaf, data[2])])
good("version 0", [cid(node, "dag-pb", version=0)], [(cid(node, "dag-pb", version=0), node), (leaf, data[2])])
good("dag-cbor", [cid(cbor, "dag-cbor")], [(cid(cbor, "dag-cbor"), cbor)])
good("identity root", [inline], [])
good("identity section", [inline], [(inline, b"inside")])
good("sections that no root leads to", [names[1]], pairs)
good("no section", [names[1]], [])
many = [names[i % 5] for i in range(300)]
good("three hundred roots", many, pairs)

head = header([names[3]])
body = section(*pairs[3])
at = len(head)
for cut in range(len(head) + len(body)):
    if cut != at and (cut < 70 or cut % 37 == 0):
        bad(f"cut at {cut}", (head + body)[:cut], "truncated", cut)
bad("nothing", b"", "truncated", 0)
bad("version 2", bytes.fromhex("0aa16776657273696f6e02") + bytes(40), "unsupportedVersion")
bad("version 3", header([names[3]], 3) + body, "unsupportedVersion")
bad("version 0 of the format", header([names[3]], 0) + body, "unsupportedVersion")
bad("no roots", header([]) + body, "noRoots")
bad("1025 roots", header([inline] * 1025), "tooManyRoots")
bad("header over 32 KiB", varint.encode((32 << 10) + 1) + bytes(10), "headerTooLong")
bad("header of nothing", b"\x00" + body, "badHeader", 0)
plain = dag_cbor.encode({"roots": [names[3]], "version": 1})
bad("member more", prefixed(dag_cbor.encode({"roots": [names[3]], "version": 1, "x": 1})), "badHeader", 1)
bad("bytes after the map", prefixed(plain + b"\x00"), "badHeader", len(plain) + 1)
bad("list for a map", prefixed(b"\x82" + plain[1:]), "badHeader", 1)
bad("other key", prefixed(plain.replace(b"roots", b"rootz")), "badHeader", 2)
bad("members in the other order", prefixed(b"\xa2" + plain[-9:] + plain[1:-9]), "badHeader", 2)
bad("version as a long number", prefixed(plain[:-1] + b"\x18\x01"), "badHeader", len(plain))
bad("version as text", prefixed(plain[:-1] + b"\x61\x31"), "badHeader", len(plain))
bad("endless map", prefixed(b"\xbf" + plain[1:] + b"\xff"), "badHeader", 1)
bad("length of the list in two bytes", prefixed(plain.replace(b"\x81\xd8", b"\x98\x01\xd8")), "badHeader", 8)
bad("list longer than the header", prefixed(plain.replace(b"\x81\xd8", b"\x82\xd8")), "badHeader", len(plain) - 8)
bad("other tag", prefixed(plain.replace(b"\xd8\x2a", b"\xd8\x2b")), "badHeader", 9)
bad("root in another base", prefixed(plain.replace(b"\x58\x25\x00", b"\x58\x25\x62")), "badHeader", 9)
bad("root with another version", prefixed(plain.replace(b"\x58\x25\x00\x01", b"\x58\x25\x00\x03")), "badCID", 9)
bad("byte string beyond the end", prefixed(plain.replace(b"\x58\x25", b"\x58\xff")), "badHeader", 11)
bad("length not minimal", head[:0] + b"\xba\x80\x00" + head[1:], "badLength", 0)
bad("length over 63 bits", b"\xff" * 10 + b"\x7f" + head[1:], "badLength", 0)
bad("section of nothing", head + b"\x00" + body, "badLength", at)
bad("section length not minimal", head + b"\x85\x81\x00" + body[2:], "badLength", at)
bad("section over 2 MiB", head + varint.encode((2 << 20) + 4096) + bytes(50), "sectionTooLong", at)
bad("section without a CID", head + prefixed(bytes(20)), "badCID", at)
bad("CID longer than its section", head + prefixed(bytes(names[3])[:30]), "badCID", at)
bad("flipped bit", head + body[:-1] + bytes([body[-1] ^ 1]), "mismatch", at)
bad("another block's bytes", head + section(names[3], data[4]), "mismatch", at)
bad("identity with other bytes", head + section(inline, b"insane"), "mismatch", at)
bad("identity with fewer bytes", head + section(inline, b""), "mismatch", at)
bad("SHA-512", head + section(cid(data[3], function="sha2-512"), data[3]), "unsupportedHash", at)
bad("second section flipped", head + body + section(names[2], data[3]), "mismatch", at + len(body))
bad("bytes after the last section", head + body + b"\x7f", "truncated", at + len(body) + 1)
