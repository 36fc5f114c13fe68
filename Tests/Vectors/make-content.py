#!/usr/bin/env python3
"""Writes hashing.jsonl, cid.jsonl, ipfs-files.jsonl and ipfs-directories.jsonl (pip install multiformats pycryptodome mmh3).

Digests and CIDs come from pycryptodome and multiformats, hashes of names from mmh3. Files and directories are put together here from
the UnixFS and DAG-PB specifications, by code that shares nothing with the project's own: no hash rolls here, and shards grow name by name.
"""
import hashlib
import json
import os
import random
import sys
from importlib.metadata import version

import mmh3
from Crypto.Hash import keccak
from multiformats import CID, multihash

FOLDER = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
SOURCE = f"make-content.py, multiformats {version('multiformats')}, pycryptodome {version('pycryptodome')}"
DIRECTORY_SOURCE = f"{SOURCE}, mmh3 {version('mmh3')}"
rng = random.Random(20260203)
out = None


def row(**members):
    members.setdefault("source", SOURCE)
    print(json.dumps(members, separators=(",", ":"), ensure_ascii=False), file=out)


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


# Chunks

# What buzhash hashes each byte to: 256 random numbers, drawn once by the makers of the format.
WORDS = bytes.fromhex(
    "6236e7d510279b0b72818182dc5265142fd41e3d777ef8c883ee52852c8f36372f049c1a57df97919207151f9b54481874eef6582028ca600271d91a27ae587e"
    "ecf9fa5f236e71cdf43a8a2e0bb133809e57912c89a26cdb9fcf3d71a86da6f19c49f376346aecc7f094a9eeea99e9cbb01713c6088acffb2960a0fb344a626c"
    "7ff22a466d7a1aa56a71491641d454ca8325b8300b65f563447feccaf9d0ea5ec1d9d3d4cb5ec57455aae90286edc0e70d3a9e33e70dc1e1e3c5f6399b43140a"
    "c6490ac55e4030fb8e976dd5a87468eaf830ef6fcc1ed5a5611f4e78ddd11905f2613904566c67b9905a5ccc7b37b3a44b53898a6b8fd29daad81575511be414"
    "3cfac1e78029a179d40efeda07380e02dc9beffd2d04908299bc7831ff5002a821ce764601cd049b0f43994fc3c6c5a5bbda5f500ec15ec79adb19b60c1e80b9"
    "b9b52968ae1624192542b40591a42e9d6be0f6686ed7a6b9bc2777b4e162ce564266aad560fdb70466f832a59595f6cafee83ced55228d9912bf0e2866896459"
    "0789afda0282baa82367a343591491b02ff1a4b1410739b69b7055a02e0eb22924fc82523327d3dfb07826691c62e0697f503101f50593aed9eb275de00eb678"
    "5917ccde97b9660add06202ded229e22a9c735bfd6316fe66fc72e4c0206dfa2d6b15c5a69d87b4909c9774513445d6135a975aa859aa9b965380013d1fb6391"
    "c29255fd784a3b91b9e74c2663ce4d40c07cbe9ee6e4529e0fb3632f9438d9c9682f94a8f8fd4611257ec1ed475ce3d660ee2db12afab0022b9e487886b340de"
    "1482fdcafe41b3bfd4a412b0e09db98cc1af5d537e55e25fd3346b38b7a12cbd9c6827ba71f78bee8c3a0f52150491b0f26de912233e3a4ed309ebbaa0a9e0ff"
    "ca2b5921eeb9893c33829e889870cc2a23c4b9d0eba32ea3bdac4d223bc8c44c1e8d0397f9327735783b009f0eb837422621dc71ed017d035c760aa15a69814b"
    "96e3047fa93c9cde615c86f5b4322aa54225534d0d2e2de3ccfccc4b0bac2a57f0a06d04bc78d737f2d1f766f5a7953cbcdfda855213b7d5bce8a328d38f5f18"
    "db094244fe571253317fa7ee4a324f433ffc39d951b3fa8e7a4bee9f78bbc6829f5c035002fe286c245ab686ed6bf7d70ac4988a3fe010fac65fe369a45749cb"
    "2b84e537de9ff36320540f9aaa8c9b345bc476b31d574bd7929100ad4721de4d27df1b0558b18546b7e76764df904e5897af57a1bd4dc433a6256dfdf63998f3"
    "f1e05833e20acf26f57fd9d690300b4d89df429068d01cbccf893ee3cc42a046778e181b67265c76e981a4c482991da1708f7294e6e2ae62fc44187095e1b0b6"
    "0445f8255a93b47f5e9cf4be84da71e79d9582b09bf835ef591f61e2433259855d2de32e8d8fbf0f95b30f3807ad5b6e4e934edf3cd4990e9053e2595c41857d"
)


def chunks(data, chunker):
    name, *numbers = chunker.split("-")
    if name == "size":
        size = int(numbers[0])
        return [data[start : start + size] for start in range(0, len(data), size)]
    if name == "buzhash":
        low, high, bound = 128 << 10, 512 << 10, buzhash_bound
    else:
        average = int(numbers[len(numbers) // 2]) if numbers else 256 << 10
        low, high = (int(numbers[0]), int(numbers[2])) if len(numbers) == 3 else (average // 3, average + average // 2)
        mask = (1 << average.bit_length() - 1) - 1
        bound = lambda window: rabin(window[-16:]) & mask == 0
    result, start = [], 0
    while start < len(data):
        end = start + low
        while end < min(len(data), start + high) and not bound(data[max(0, end - 32) : end]):
            end += 1
        result.append(data[start:end])
        start = min(end, len(data))
    return result


def buzhash_bound(window):
    value = 0
    for distance, byte in enumerate(reversed(window)):
        word = int.from_bytes(WORDS[4 * byte : 4 * byte + 4], "big")
        value ^= word << distance | word >> 32 - distance
    return value & (1 << 17) - 1 == 0


def reduced(value):
    """A polynomial over GF(2) modulo the fixed one."""
    while value.bit_length() > 53:
        value ^= 0x3DF305DFB2A805 << value.bit_length() - 54
    return value


PLACES = [[reduced(byte << 8 * (15 - place)) for byte in range(256)] for place in range(16)]


def rabin(window):
    value = 0
    for place, byte in enumerate(window):
        value ^= PLACES[place][byte]
    return value


class Maker:
    def __init__(self, options):
        self.options = options
        self.blocks = {}

    def put(self, data, codec, below=0):
        """A link: CID, bytes of the DAG."""
        limit = self.options.get("inline_limit")
        if limit is not None and len(data) <= limit:
            return CID("base32", 1, codec, multihash.digest(data, "identity")), len(data) + below
        cid = cid_of(data, codec, 1 if codec == "raw" else self.options["cid_version"])
        self.blocks[bytes(cid)] = len(data)
        return cid, len(data) + below

    def node(self, links, data):
        body = b"".join(field(2, field(1, bytes(cid)) + field(2, name) + number(3, size)) for name, cid, size in links)
        return self.put(body + field(1, data), "dag-pb", sum(size for _, _, size in links))

    def kept(self, item, has_mode=True):
        """The fields for permissions and time."""
        mode = int(self.options.get("mode", "0"), 8)
        if self.options.get("preserve_mode"):
            mode = int(item.get("mode", "0"), 8)
        mtime = {"s": self.options.get("mtime", 0), "ns": self.options.get("mtime_nsecs", 0)} if self.options.get("mtime") else None
        if self.options.get("preserve_mtime"):
            mtime = item.get("mtime")
        result = number(7, mode) if mode and has_mode else b""
        if mtime:
            nanoseconds = mtime.get("ns", 0)
            result += field(8, number(1, mtime["s"] % 2**64) + (b"\x15" + nanoseconds.to_bytes(4, "little") if nanoseconds else b""))
        return result

    def leaf(self, chunk, kept=b""):
        if self.options["raw_leaves"]:
            return self.put(chunk, "raw"), len(chunk)
        kind = 0 if self.options.get("layout") == "trickle" else 2
        return self.put(field(1, number(1, kind) + (field(2, chunk) if chunk else b"") + number(3, len(chunk)) + kept), "dag-pb"), len(chunk)

    def parent(self, nodes, kept=b""):
        total = sum(count for _, count in nodes)
        inner = number(1, 2) + number(3, total) + b"".join(number(4, count) for _, count in nodes) + kept
        return self.node([(b"", *link) for link, _ in nodes], inner), total

    def file(self, data, item={}):
        """A link and the bytes of content."""
        kept = self.kept(item)
        pieces = chunks(data, self.options["chunker"])
        if self.options.get("layout") == "trickle":
            return self.trickle(pieces, None, kept)
        if len(pieces) < 2:
            return self.leaf(data, kept)
        level = [self.leaf(piece) for piece in pieces]
        width = self.options["max_file_links"]
        while len(level) > 1:
            groups = [level[start : start + width] for start in range(0, len(level), width)]
            level = [self.parent(group, kept if len(groups) == 1 else b"") for group in groups]
        return level[0]

    def trickle(self, pieces, depth, kept=b""):
        """A node over the first of the pieces, which are taken off the list; as deep as there are pieces where depth is None."""
        nodes = []
        while pieces and len(nodes) < self.options["max_file_links"]:
            nodes.append(self.leaf(pieces.pop(0)))
        below = 1
        while pieces and (depth is None or below < depth):
            for _ in range(4):
                if pieces:
                    nodes.append(self.trickle(pieces, below))
            below += 1
        return self.parent(nodes, kept)

    def directory(self, tree):
        """Names to what the items of a row say, and to such names again."""
        links = []
        for name, item in tree.items():
            if name is None:
                continue
            if isinstance(item, dict) and item.get("kind") == "symlink":
                link = self.put(field(1, number(1, 4) + field(2, item["target"].encode()) + self.kept(item, has_mode=False)), "dag-pb")
            elif isinstance(item, dict) and item.get("kind") == "file":
                link = self.file(generated(item["content"]), item)[0]
            elif not self.options.get("empty_dirs", True) and not any(item):
                continue
            else:
                link = self.directory(item)
            links.append((name.encode(), *link))
        return self.folder(sorted(links), self.kept(tree.get(None, {})))

    def folder(self, links, kept):
        data = number(1, 1) + kept
        block = b"".join(field(2, field(1, bytes(cid)) + field(2, name) + number(3, size)) for name, cid, size in links) + field(1, data)
        by_links = sum(len(name) + len(bytes(cid)) for name, cid, _ in links)
        measure = len(block) if self.options["profile"] else by_links
        if measure <= 256 << 10 and len(links) <= self.options.get("max_directory_links", len(links)):
            return self.node(links, data)
        root = {}
        for link in links:
            self.insert(root, link, 0)
        return self.shard(root, kept)

    def insert(self, shard, link, level):
        fanout = self.options.get("max_hamt_fanout", 256)
        bits = fanout.bit_length() - 1
        value = mmh3.hash64(link[0], 0, x64arch=True, signed=False)[0]
        place = value >> 64 - bits * (level + 1) & fanout - 1
        there = shard.get(place)
        if there is None:
            shard[place] = link
        elif isinstance(there, dict):
            self.insert(there, link, level + 1)
        else:
            shard[place] = {}
            self.insert(shard[place], there, level + 1)
            self.insert(shard[place], link, level + 1)

    def shard(self, shard, kept=b""):
        fanout = self.options.get("max_hamt_fanout", 256)
        links, bitfield = [], 0
        for place in sorted(shard):
            bitfield |= 1 << place
            prefix = f"{place:0{len(f'{fanout - 1:X}')}X}".encode()
            there = shard[place]
            links.append((prefix, *self.shard(there)) if isinstance(there, dict) else (prefix + there[0], *there[1:]))
        taken = bitfield.to_bytes((bitfield.bit_length() + 7) // 8, "big")
        return self.node(links, number(1, 5) + field(2, taken) + number(5, 0x22) + number(6, fanout) + kept)


def generated(content):
    if content["kind"] == "zeros":
        return bytes(content["length"])
    count = content["length"] // 32 + 1
    seed = content["seed"].encode()
    return b"".join(hashlib.sha256(seed + index.to_bytes(8, "big")).digest() for index in range(count))[: content["length"]]


def content(length, kind="sha256ctr"):
    return {"kind": kind, "seed": "own-1" if kind == "sha256ctr" else "", "length": length}


PROFILES = [
    {"profile": "unixfs-v1-2025", "cid_version": 1, "raw_leaves": True, "chunker": "size-1048576", "max_file_links": 1024},
    {"profile": None, "cid_version": 1, "raw_leaves": True, "chunker": "size-262144", "max_file_links": 174},
    {"profile": None, "cid_version": 0, "raw_leaves": False, "chunker": "size-262144", "max_file_links": 174},
]
WRAPPED = {**PROFILES[1], "raw_leaves": False}


def files():
    cases = [(profile, content(length)) for profile in PROFILES for length in [0, 1, 262144, 262145, 1048576, 1048577, 2500000]]
    for width in [2, 3, 174]:
        for length in [9, 10, 11, 80, 81, 700]:
            for raw in [True, False]:
                cases.append(({**PROFILES[1], "raw_leaves": raw, "chunker": "size-10", "max_file_links": width}, content(length)))
    for width in [2, 3, 174]:
        for length in [0, 10, 21, 700, 5000]:
            for profile in [PROFILES[1], PROFILES[2]]:
                options = {**profile, "chunker": "size-10", "max_file_links": width, "layout": "trickle"}
                cases.append((options, content(length)))
    for chunker, lengths in [
        ("buzhash", [0, 131071, 131072, 131073, 900000]), ("rabin", [1, 87381, 87382, 700000]), ("rabin-3000", [999, 1000, 1001, 50000]),
        ("rabin-16-64-256", [15, 16, 17, 5000]), ("rabin-500-500-500", [1500]), ("rabin-100-1000-60000", [70000]),
    ]:
        for length in lengths:
            cases.append(({**PROFILES[1], "chunker": chunker}, content(length)))
    for chunker in ["buzhash", "rabin", "rabin-100-200-400"]:
        cases.append(({**PROFILES[2], "chunker": chunker}, content(900000 if chunker != "rabin-100-200-400" else 1600, "zeros")))
    cases.append(({**PROFILES[1], "chunker": "rabin-64-128-256", "layout": "trickle", "max_file_links": 4}, content(20000)))
    for profile in [PROFILES[1], PROFILES[2]]:
        for limit, lengths in [(32, [0, 1, 26, 27, 32, 33, 100]), (0, [0]), (128, [120, 128, 129])]:
            for length in lengths:
                cases.append(({**profile, "chunker": "size-50", "inline_limit": limit}, content(length)))
    for kept in [{"mode": "0640"}, {"mtime": 1234567890}, {"mtime": -1, "mtime_nsecs": 999999999}, {"mode": "0007", "mtime": 1, "mtime_nsecs": 1}]:
        for layout in ["balanced", "trickle"]:
            for length in [1, 10, 11, 45]:
                cases.append(({**WRAPPED, **kept, "chunker": "size-10", "max_file_links": 3, "layout": layout}, content(length)))
    for index, (options, what) in enumerate(cases):
        maker = Maker(options)
        (cid, size), total = maker.file(generated(what))
        row(
            id=f"own-{index}", content=what, options={"layout": "balanced", **options}, cid=str(cid), size=total, dag_size=size,
            blocks=len(maker.blocks), unique_size=sum(maker.blocks.values()),
        )


def file(path, what, **kept):
    return {"path": path, "kind": "file", "content": what, **kept}


def link(path, target, **kept):
    return {"path": path, "kind": "symlink", "target": target, **kept}


def folder(path, **kept):
    return {"path": path, "kind": "dir", **kept}


def directories():
    trees = [
        [],
        [file("a", content(10)), file("b", content(0))],
        [
            file("sub/deep/file", content(300000)), folder("sub/empty"), file("top", content(3)), file("Top", content(4)),
            file("t\u00f6p", content(5)),
        ],
        [link("link", "sub/file"), file("sub/file", content(7)), link("sub/up", "../link"), link("broken", "no/such")],
    ]
    for profile in PROFILES:
        for index, tree in enumerate(trees):
            directory(f"{profile['profile'] or profile['cid_version']}-{index}", profile, [folder(""), *tree])
    marked = [
        folder("", mode="0755", mtime={"s": 1000000000}), file("f", content(10), mode="4711", mtime={"s": -7, "ns": 5}),
        file("none", content(3), mode="0400", mtime={"s": 0}), folder("d", mode="1777", mtime={"s": 3, "ns": 999999999}),
        file("d/two", content(300000), mode="0600", mtime={"s": 5000000000}), link("l", "f", mtime={"s": 12, "ns": 34}),
    ]
    for kept in [{"preserve_mode": True}, {"preserve_mtime": True}, {"preserve_mode": True, "preserve_mtime": True}]:
        directory("-".join(kept), {**WRAPPED, **kept}, marked)
        directory("-".join(kept) + "-v0", {**PROFILES[2], **kept}, marked)
        directory("-".join(kept) + "-hamt", {**WRAPPED, **kept, "max_directory_links": 2, "max_hamt_fanout": 8}, marked)
    for kept in [{"mode": "0751"}, {"mtime": -5, "mtime_nsecs": 1}]:
        directory("-".join(kept), {**WRAPPED, **kept}, [folder(""), *trees[3]])
    directory("preserve-and-mode", {**WRAPPED, "preserve_mode": True, "mode": "0111", "mtime": 9}, marked)
    directory("no-empty", {**PROFILES[1], "empty_dirs": False}, [folder(""), folder("a/b/c"), folder("e"), file("f", content(1))])
    directory("no-empty-top", {**PROFILES[1], "empty_dirs": False}, [folder("")])
    directory("inline", {**PROFILES[1], "inline_limit": 32}, [folder(""), *trees[3], folder("e")])
    for fanout in [8, 16, 32, 64, 512, 1024]:
        options = {**PROFILES[1], "max_directory_links": 100, "max_hamt_fanout": fanout}
        many(f"fanout-{fanout}", options, 600, "name %04d")
    many("links-exact", {**PROFILES[1], "max_directory_links": 300}, 300, "%03d")
    many("links-over", {**PROFILES[1], "max_directory_links": 299}, 300, "%03d")
    many("spread-v0", PROFILES[2], 7000, "entry-%05d")
    # To the byte and one entry over it: a CID has 34 bytes in version 0 and 36 in version 1; a block's link has 8 more here.
    many("measure-v0-exact", PROFILES[2], 4096, "%030d")
    many("measure-v0-over", PROFILES[2], 4097, "%030d")
    many("measure-v1-exact", PROFILES[1], 2048, "%092d")
    many("measure-v1-over", PROFILES[1], 2049, "%092d")
    many("measure-block-under", PROFILES[0], 3120, "%040d")
    many("measure-block-over", PROFILES[0], 3121, "%040d")


def many(name, options, count, pattern):
    """Files of one content, so that only the directory is large."""
    items = [{"path": "", "kind": "many", "many": {"count": count, "name": pattern, "content": content(1)}}]
    directory(name, options, items, {pattern % index: file("", content(1)) for index in range(count)})


def directory(name, options, items, tree=None):
    if tree is None:
        tree = {None: items[0]}
        for item in items[1:]:
            inner = tree
            *parents, last = item["path"].split("/")
            for parent in parents:
                inner = inner.setdefault(parent, {})
            inner[last] = {None: item} if item["kind"] == "dir" else item
    maker = Maker(options)
    cid, size = maker.directory(tree)
    row(
        id=f"own-{name}", tree=items, argument="t", options={**options, "wrap": False, "hidden": False}, cid=str(cid), dag_size=size,
        blocks=len(maker.blocks), unique_size=sum(maker.blocks.values()), source=DIRECTORY_SOURCE,
    )


for name, makers in [
    ("hashing.jsonl", [hashes]), ("cid.jsonl", [cids, blocks]), ("ipfs-files.jsonl", [files]), ("ipfs-directories.jsonl", [directories]),
]:
    with open(os.path.join(FOLDER, name), "w") as out:
        for make in makers:
            make()
