"""DAGs of blocks, read out of CARs and made from files: by an implementation of its own, for the peers of tests."""

import argparse
import hashlib
import os

BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


def base32(data):
    bits, count, out = 0, 0, []
    for byte in data:
        bits, count = bits << 8 | byte, count + 8
        while count >= 5:
            count -= 5
            out.append(BASE32[bits >> count & 31])
    if count:
        out.append(BASE32[bits << 5 - count & 31])
    return "b" + "".join(out)


def unbase32(text):
    bits, count, out = 0, 0, bytearray()
    for letter in text:
        bits, count = bits << 5 | BASE32.index(letter), count + 5
        if count >= 8:
            count -= 8
            out.append(bits >> count & 255)
    return bytes(out)


BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def cid_bytes(text):
    if text.startswith("Qm"):
        number = 0
        for letter in text:
            number = number * 58 + BASE58.index(letter)
        return number.to_bytes(34, "big")
    if not text.startswith("b"):
        raise ValueError(text)
    return unbase32(text[1:])


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def to_varint(value):
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def cid_length(data, at):
    if data[at : at + 2] == b"\x12\x20":
        return 34
    end = at
    for _ in range(3):
        _, end = varint(data, end)
    length, end = varint(data, end)
    return end + length - at


def digest(cid):
    """What names a block, whatever the version of its CID."""
    return cid[-32:]


def is_node(cid):
    return cid[:2] == b"\x12\x20" or cid[1] == 0x70


def load(path, blocks):
    with open(path, "rb") as file:
        data = file.read()
    length, at = varint(data, 0)
    at += length
    while at < len(data):
        length, at = varint(data, at)
        size = cid_length(data, at)
        blocks[digest(data[at : at + size])] = data[at + size : at + length]
        at += length


def fields(data):
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        else:
            length, at = varint(data, at)
            value, at = data[at : at + length], at + length
        yield key >> 3, value


def node(data):
    """The links of a DAG-PB node as (CID, name), and its UnixFS type, own bytes and block sizes."""
    links, inner = [], b""
    for number, value in fields(data):
        if number == 2:
            link = dict(fields(value))
            links.append((link[1], link.get(2, b"")))
        elif number == 1:
            inner = value
    kind, own, sizes = 1, b"", []
    for number, value in fields(inner):
        if number == 1:
            kind = value
        elif number == 2:
            own = value
        elif number == 4:
            sizes.append(value)
    return links, kind, own, sizes


def prefix_length(data):
    """How many digits stand before a name in a shard: those of its greatest place."""
    inner = b"".join(value for number, value in fields(data) if number == 1)
    fanout = next((value for number, value in fields(inner) if number == 6), 256)
    return len("%X" % (fanout - 1))


class Missing(Exception):
    """What was asked for is not there; `passed` is what was met on the way to it."""

    passed = ()


class Store:
    def __init__(self, paths):
        self.blocks = {}
        for path in paths:
            load(path, self.blocks)

    def block(self, cid):
        if cid[:2] == b"\x01\x55" and cid[2] == 0:
            return cid[4:]
        try:
            return self.blocks[digest(cid)]
        except KeyError:
            raise Missing(base32(cid)) from None

    def step(self, cid, name, passed):
        """What a name in a directory leads to; the blocks on the way are added to those that were passed."""
        links, kind, _, _ = node(self.block(cid))
        if kind == 5:
            width = prefix_length(self.block(cid))
            for target, prefix in links:
                if prefix[width:] == name:
                    return target
            for target, prefix in links:
                if len(prefix) == width:
                    inner = []
                    try:
                        found = self.step(target, name, inner)
                    except Missing:
                        continue
                    passed += [target] + inner
                    return found
            raise Missing(name)
        for target, label in links:
            if label == name:
                return target
        raise Missing(name)

    def walk(self, cid, seen, out):
        """Depth first, each once."""
        stack = [cid]
        while stack:
            cid = stack.pop()
            if digest(cid) in seen:
                continue
            self.block(cid)
            seen.add(digest(cid))
            out.append(cid)
            if is_node(cid):
                stack += [target for target, _ in reversed(node(self.block(cid))[0])]

    def entity(self, cid, seen, out, wanted):
        """A file's blocks that hold some of its bytes, a directory's own."""
        if not is_node(cid):
            self.walk(cid, seen, out)
            return
        links, kind, own, sizes = node(self.block(cid))
        if digest(cid) not in seen:
            seen.add(digest(cid))
            out.append(cid)
        if kind == 5:
            width = prefix_length(self.block(cid))
            for target, name in links:
                if len(name) == width:
                    self.entity(target, seen, out, wanted)
            return
        if kind != 2:
            return
        size = len(own) + sum(sizes)
        first, last = wanted
        first = max(0, size + first) if first < 0 else first
        last = size - 1 if last is None else size + last if last < 0 else last
        start = len(own)
        for (target, _), length in zip(links, sizes):
            if start <= last and start + length > first:
                self.entity(target, seen, out, (max(0, first - start), last - start))
            start += length

    def archive(self, cid, names, scope, wanted):
        seen, out = set(), []

        def visit(cid):
            self.block(cid)
            if digest(cid) not in seen:
                seen.add(digest(cid))
                out.append(cid)

        for name in names:
            shards = []
            try:
                visit(cid)
                cid = self.step(cid, name, shards)
            except Missing as missing:
                missing.passed = out
                raise
            for shard in shards:
                visit(shard)
        if scope == "block":
            visit(cid)
        elif scope == "entity":
            self.entity(cid, seen, out, wanted)
        elif digest(cid) not in seen:
            self.walk(cid, seen, out)
        return [one for one in out if one[2:3] != b"\x00" or one[0] != 1]


def header(roots):
    body = b"\xa2\x65roots" + bytes([0x80 | len(roots)])
    for root in roots:
        body += b"\xd8\x2a\x58" + bytes([len(root) + 1]) + b"\x00" + root
    body += b"\x67version\x01"
    return to_varint(len(body)) + body


def section(cid, data):
    return to_varint(len(cid) + len(data)) + cid + data


# Making one: UnixFS as Kubo's profile unixfs-v1-2025 has it, with chunks of one's choice.


def field(number, data):
    return to_varint(number << 3 | 2) + to_varint(len(data)) + data


def number(place, value):
    return to_varint(place << 3) + to_varint(value)


def raw_cid(data):
    return b"\x01\x55\x12\x20" + hashlib.sha256(data).digest()


def node_cid(data):
    return b"\x01\x70\x12\x20" + hashlib.sha256(data).digest()


class Maker:
    """Puts files and folders into a list of blocks, children before parents."""

    def __init__(self, chunk=1 << 20, width=1024):
        self.chunk, self.width, self.blocks = chunk, width, {}

    def keep(self, cid, data):
        self.blocks[cid] = data
        return cid

    def link(self, cid, name, total):
        return field(2, field(1, cid) + field(2, name) + number(3, total))

    def file(self, data):
        """The CID, the bytes of content and those of the whole DAG."""
        pieces = [data[at : at + self.chunk] for at in range(0, len(data), self.chunk)] or [b""]
        level = [(self.keep(raw_cid(one), one), len(one), len(one)) for one in pieces]
        while len(level) > 1:
            level = [self.parent(level[at : at + self.width]) for at in range(0, len(level), self.width)]
        return level[0]

    def parent(self, children):
        size = sum(one[1] for one in children)
        inner = number(1, 2) + number(3, size) + b"".join(number(4, one[1]) for one in children)
        data = b"".join(self.link(cid, b"", total) for cid, _, total in children) + field(1, inner)
        return self.keep(node_cid(data), data), size, len(data) + sum(one[2] for one in children)

    def folder(self, entries):
        """Entries as (name, CID, bytes of the whole DAG)."""
        data = b"".join(self.link(cid, name, total) for name, cid, total in sorted(entries))
        data += field(1, number(1, 1))
        return self.keep(node_cid(data), data), 0, len(data) + sum(one[2] for one in entries)

    def path(self, path):
        if not os.path.isdir(path):
            with open(path, "rb") as file:
                return self.file(file.read())
        entries = []
        for name in os.listdir(path):
            cid, _, total = self.path(os.path.join(path, name))
            entries.append((name.encode(), cid, total))
        return self.folder(entries)


def main():
    """dag.py [--chunk N] [--width N] PATH OUTPUT: writes a CAR and prints its root."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--chunk", type=int, default=1 << 20)
    parser.add_argument("--width", type=int, default=1024)
    parser.add_argument("path")
    parser.add_argument("output")
    options = parser.parse_args()
    maker = Maker(options.chunk, options.width)
    root = maker.path(options.path)[0]
    with open(options.output, "wb") as file:
        file.write(header([root]))
        for cid, data in reversed(maker.blocks.items()):
            file.write(section(cid, data))
    print(base32(root))


if __name__ == "__main__":
    main()
