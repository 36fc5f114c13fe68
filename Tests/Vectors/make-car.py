#!/usr/bin/env python3
"""Writes car.jsonl: archives by hand from the CARv1 and CARv2 specifications (pip install blake3 dag-cbor multiformats).

Headers come from dag-cbor, CIDs from multiformats; sections are put together here. A row has either `roots` and `blocks`
(CIDs in the order of the archive, and `data` of each) or `error`, the name of the case, and `offset` where it has one.
"""
import json
import os
import random
import struct
import sys
from importlib.metadata import version

import dag_cbor
from blake3 import blake3
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
    if function == "blake3":
        return CID(base, version, codec, multihash.wrap(blake3(data).digest(), function))
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
good("SHA-512", [cid(data[3], function="sha2-512")], [(cid(data[3], function="sha2-512"), data[3])])
good("BLAKE3", [cid(data[4], function="blake3")], [(cid(data[4], function="blake3"), data[4])])
good("one block twice", [names[3]], [pairs[3], pairs[2], pairs[3]])
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
bad("SHA2-384", head + section(cid(data[3], function="sha2-384"), data[3]), "unsupportedHash", at)
bad("SHA-512 flipped", head + section(cid(data[3], function="sha2-512"), data[4]), "mismatch", at)
bad("BLAKE3 flipped", head + section(cid(data[3], function="blake3"), data[4]), "mismatch", at)
bad("second section flipped", head + body + section(names[2], data[3]), "mismatch", at + len(body))
bad("bytes after the last section", head + body + b"\x7f", "truncated", at + len(body) + 1)


# Version 2: eleven bytes, forty more of offsets, padding, an archive of version 1, padding, an index.
PRAGMA = bytes.fromhex("0aa16776657273696f6e02")


def v2(payload, index=b"", pad=0, index_pad=0, full=True, offset=None, size=None, index_offset=None, flags=None, after=b""):
    start = 51 + pad
    end = start + len(payload)
    offset = start if offset is None else offset
    size = len(payload) if size is None else size
    if index_offset is None:
        index_offset = end + index_pad if index else 0
    flags = bytes([0x80 if full and index else 0]) + bytes(15) if flags is None else flags
    head = PRAGMA + flags + struct.pack("<QQQ", offset, size, index_offset)
    return head + bytes(pad) + payload + bytes(index_pad) + index + after


def places(root, blocks):
    """The payload, and for each block its CID and where its section begins."""
    payload, found = header([root]), []
    for c, d in blocks:
        found.append((c, len(payload)))
        payload += section(c, d)
    return payload, found


def buckets(found):
    widths = {}
    for c, offset in found:
        widths.setdefault(len(c.raw_digest), []).append(bytes(c.raw_digest) + struct.pack("<Q", offset))
    out = struct.pack("<I", len(widths))
    for width in sorted(widths):
        entries = b"".join(sorted(widths[width]))
        out += struct.pack("<IQ", width + 8, len(entries)) + entries
    return out


def sorted_index(found):
    return varint.encode(0x0400) + buckets(found)


def multihash_index(found):
    functions = {}
    for c, offset in found:
        functions.setdefault(c.hashfun.code, []).append((c, offset))
    out = varint.encode(0x0401) + struct.pack("<I", len(functions))
    for code in sorted(functions):
        out += struct.pack("<Q", code) + buckets(functions[code])
    return out


def good2(name, roots, blocks, archive):
    kept = [{"cid": str(c), "data": "0x" + d.hex()} for c, d in blocks if c.hashfun.name != "identity"]
    row(name, archive, roots=[str(r) for r in roots], blocks=kept, version=2)


mixed = [pairs[3], (cid(data[4], function="sha2-512"), data[4]), (inline, b"inside"), (cid(data[2], function="blake3"), data[2]), pairs[1]]
payload, found = places(names[3], mixed)
outside = [f for f in found if f[0].hashfun.name != "identity"]
good2("2: no index", [names[3]], mixed, v2(payload))
good2("2: padding", [names[3]], mixed, v2(payload, pad=1000))
good2("2: header alone", [names[3]], [], v2(header([names[3]])))
good2("2: IndexSorted", [names[3]], mixed, v2(payload, sorted_index(outside)))
good2("2: MultihashIndexSorted", [names[3]], mixed, v2(payload, multihash_index(outside), pad=5, index_pad=77))
good2("2: identity in the index", [names[3]], mixed, v2(payload, multihash_index(found)))
good2("2: index of some", [names[3]], mixed, v2(payload, multihash_index(outside[1:]), full=False))
good2("2: empty indexes", [names[3]], mixed, v2(payload, sorted_index([]), full=False))
good2("2: empty multihash index", [names[3]], mixed, v2(payload, multihash_index([]), full=False))
twice, found_twice = places(names[3], [pairs[3], pairs[2], pairs[3]])
good2("2: one block twice, both in the index", [names[3]], [pairs[3], pairs[2], pairs[3]], v2(twice, sorted_index(found_twice)))
good2("2: one block twice, once in the index", [names[3]], [pairs[3], pairs[2], pairs[3]], v2(twice, multihash_index(found_twice[1:])))

whole = v2(payload, multihash_index(outside), pad=3, index_pad=4)
for cut in list(range(11, 60)) + list(range(60, len(whole), 41)) + [len(whole) - 1]:
    bad(f"2: cut at {cut}", whole[:cut], "truncated", cut)
bad("2: nothing behind the pragma", PRAGMA, "truncated", 11)
bad("2: zeros", PRAGMA + bytes(40), "badLayout", 27)
bad("2: unknown characteristic", v2(payload, flags=b"\x40" + bytes(15)), "badCharacteristics", 11)
bad("2: characteristic in the last byte", v2(payload, flags=bytes(15) + b"\x01"), "badCharacteristics", 11)
bad("2: fully indexed without an index", v2(payload, flags=b"\x80" + bytes(15)), "badLayout", 43)
bad("2: data inside the header", v2(payload, offset=50), "badLayout", 27)
bad("2: data offset over 63 bits", v2(payload, offset=1 << 63), "badLayout", 27)
bad("2: no data", v2(payload, size=0), "badLayout", 35)
bad("2: data size over 63 bits", v2(payload, size=(1 << 64) - 1), "badLayout", 35)
bad("2: data ends beyond 63 bits", v2(payload, size=(1 << 63) - 1), "badLayout", 35)
bad("2: index inside the data", v2(payload, sorted_index(outside), index_offset=51 + len(payload) - 1), "badLayout", 43)
bad("2: index before the data", v2(payload, sorted_index(outside), index_offset=1), "badLayout", 43)
bad("2: junk in the padding", v2(payload, offset=51 + 9)[:51] + b"\0\0\1" + bytes(6) + payload, "badPadding", 53)
bad("2: junk before the index", v2(payload + b"\0\7", sorted_index(outside), size=len(payload)), "badPadding", 51 + len(payload) + 1)
last = 51 + found[-1][1]
bad("2: data size cuts a section", v2(payload, size=len(payload) - 1), "beyondPayload", last)
bad("2: data size cuts the header", v2(payload, size=20), "beyondPayload", 51)
bad("2: data longer than said", v2(payload + section(*pairs[2]), size=len(payload)), "bytesAfterTheEnd", 51 + len(payload))
bad("2: bytes after the data", v2(payload, after=b"\0"), "bytesAfterTheEnd", 51 + len(payload))
bad("2: version 2 inside version 2", v2(PRAGMA), "unsupportedVersion")
bad("2: version 3 inside", v2(header([names[3]], 3)), "unsupportedVersion")
bad("2: flipped bit", v2(payload[:-1] + bytes([payload[-1] ^ 1])), "mismatch", last)
base = 51 + len(payload)
index = multihash_index(outside)
bad("2: bytes after the index", v2(payload, index, after=b"\0"), "bytesAfterTheEnd", base + len(index))
bad("2: unknown index", v2(payload, varint.encode(0x0402) + bytes(4)), "unknownIndex", base)
bad("2: index codec not minimal", v2(payload, b"\x80\x88\x00" + bytes(4)), "unknownIndex", base)
bad("2: index leads elsewhere", v2(payload, sorted_index([(outside[0][0], outside[1][1])])), "wrongIndex", base + 18)
bad("2: index leads between sections", v2(payload, sorted_index([(outside[0][0], outside[0][1] + 1)])), "wrongIndex", base + 18)
bad("2: index names a stranger", v2(payload, sorted_index([(cid(b"stranger"), outside[0][1])])), "wrongIndex", base + 18)
swapped = varint.encode(0x0401) + struct.pack("<IQ", 1, 0x1e) + buckets(outside[:1])
bad("2: index under another function", v2(payload, swapped), "wrongIndex", base + 30)
bad("2: index lacks a block", v2(payload, multihash_index(outside[:-1])), "incompleteIndex")
bad("2: index of nothing that has all", v2(payload, sorted_index([])), "incompleteIndex")
first, second = sorted([outside[0], outside[-1]], key=lambda f: bytes(f[0].raw_digest))
unsorted = [bytes(second[0].raw_digest) + struct.pack("<Q", second[1]), bytes(first[0].raw_digest) + struct.pack("<Q", first[1])]
unsorted = varint.encode(0x0400) + struct.pack("<IIQ", 1, 40, 80) + b"".join(unsorted)
bad("2: index out of order", v2(payload, unsorted, full=False), "badIndex", base + 58)
bad("2: width under 8", v2(payload, varint.encode(0x0400) + struct.pack("<IIQ", 1, 7, 7) + bytes(7), full=False), "badIndex", base + 6)
bad("2: width beyond any digest", v2(payload, varint.encode(0x0400) + struct.pack("<IIQ", 1, 1000, 1000) + bytes(1000), full=False), "badIndex", base + 6)
bad("2: no whole entries", v2(payload, varint.encode(0x0400) + struct.pack("<IIQ", 1, 40, 41) + bytes(41), full=False), "badIndex", base + 6)
bad("2: more entries than blocks", v2(payload, varint.encode(0x0400) + struct.pack("<IIQ", 1, 40, 4000), full=False), "badIndex", base + 6)
bad("2: endless bucket", v2(payload, varint.encode(0x0400) + struct.pack("<IIQ", 1, 40, 40 << 50), full=False), "badIndex", base + 6)
bad("2: one width twice", v2(payload, varint.encode(0x0400) + struct.pack("<IIQIQ", 2, 40, 0, 40, 0), full=False), "badIndex", base + 18)
twice = varint.encode(0x0401) + struct.pack("<IQIQI", 2, 0x12, 0, 0x12, 0)
bad("2: one function twice", v2(payload, twice, full=False), "badIndex", base + 18)
bad("2: endless widths", v2(payload, varint.encode(0x0400) + struct.pack("<I", 0xffffffff), full=False), "truncated", base + 6)
