"""CIDs, links, archives and multipart bodies, as far as kubo-node.py needs them."""
import base64
import hashlib
import re

CODECS = {"raw": 0x55, "dag-pb": 0x70, "dag-cbor": 0x71}
HASHES = {0x12: hashlib.sha256, 0x13: hashlib.sha512}
NAMES = {"sha2-256": 0x12, "sha2-512": 0x13}
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class Missing(Exception):
    """A block that is nowhere."""

    def __init__(self, cid):
        super().__init__(str(cid))
        self.cid = cid


class Refused(Exception):
    """What the node does not do, in its words."""

    def __init__(self, message, status=500):
        super().__init__(message)
        self.status = status


class Broken(Exception):
    """A multipart body without its end."""


def varint(data, at=0):
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def proves(cid, data):
    """Whether these bytes are a block's."""
    function, _ = varint(cid.hash)
    return cid.hash.endswith(HASHES[function](data).digest())


def number(value):
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])


class CID:
    def __init__(self, version, codec, hash):
        self.version, self.codec, self.hash = version, codec, hash
        self.bytes = hash if version == 0 else number(1) + number(codec) + hash
        function, at = varint(hash)
        self.inline = hash[varint(hash, at)[1]:] if function == 0 else None

    def __eq__(self, other):
        return self.bytes == other.bytes

    def __hash__(self):
        return hash(self.bytes)

    def __str__(self):
        if self.version == 0:
            value, text = int.from_bytes(self.bytes), ""
            while value:
                value, digit = divmod(value, 58)
                text = BASE58[digit] + text
            return text
        return "b" + base64.b32encode(self.bytes).decode().rstrip("=").lower()

    @staticmethod
    def of(data, codec="raw", function="sha2-256", version=1):
        if function not in NAMES:
            raise Refused(f'unrecognized hash function: "{function}"')
        digest = HASHES[NAMES[function]](data).digest()
        return CID(version, CODECS[codec], number(NAMES[function]) + number(len(digest)) + digest)

    @staticmethod
    def raw(hash):
        return CID(1, 0x55, hash)

    @staticmethod
    def read(data, at=0):
        """A CID at a place in bytes, and where it ends."""
        if data[at:at + 2] == b"\x12\x20":
            return CID(0, 0x70, bytes(data[at:at + 34])), at + 34
        version, end = varint(data, at)
        codec, end = varint(data, end)
        start = end
        _, end = varint(data, end)
        length, end = varint(data, end)
        if version != 1 or end + length > len(data):
            raise ValueError("no CID")
        return CID(1, codec, bytes(data[start:end + length])), end + length

    @staticmethod
    def parse(text):
        if len(text) == 46 and text.startswith("Qm"):
            value = 0
            for sign in text:
                value = value * 58 + BASE58.index(sign)
            return CID.read(value.to_bytes(34))[0]
        if not re.fullmatch("b[a-z2-7]+", text):
            raise ValueError("no CID")
        data = base64.b32decode(text[1:].upper() + "=" * (-len(text[1:]) % 8))
        try:
            return CID.read(data)[0]
        except IndexError:
            raise ValueError("no CID") from None


def fields(data):
    """The fields of a protocol buffer: number and value."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        value, at = varint(data, at)
        if key & 7 == 2:
            yield key >> 3, data[at:at + value]
            at += value
        else:
            yield key >> 3, value


def links(cid, data, named=False):
    """The CIDs that a block leads to, in its order; with their names where those are asked for."""
    if cid.codec != 0x70:
        return []
    found = []
    for field, value in fields(data):
        if field == 2:
            link = dict(fields(value))
            child = CID.read(link[1])[0]
            found.append((child, link.get(2, b"")) if named else child)
    return found


# Archives.

def car(root, steps):
    header = b"\xa2eroots\x81\xd8*X" + bytes([len(root.bytes) + 1]) + b"\x00" + root.bytes + b"gversion\x01"
    out = [number(len(header)), header]
    for cid, data in steps:
        if cid.inline is None:
            out += [number(len(cid.bytes) + len(data)), cid.bytes, data]
    return b"".join(out)


def import_car(data):
    """The roots and the blocks of an archive; in Kubo's words what is wrong with it."""
    if not data:
        return [], []
    length, at = varint(data)
    if at + length > len(data):
        raise Refused("unexpected EOF")
    header, at = data[at:at + length], at + length
    roots = [CID.read(header, mark.end() + 2)[0] for mark in re.finditer(rb"\xd8\x2a\x58", header)]
    found = []
    while at < len(data):
        after = f'import failed after block "{found[-1][0]}": ' if found else ""
        length, start = varint(data, at)
        if start + length > len(data):
            raise Refused(after + "unexpected EOF")
        cid, end = CID.read(data, start)
        block, at = data[end:start + length], start + length
        digest = HASHES[varint(cid.hash)[0]](block).digest()
        if not cid.hash.endswith(digest):
            got = CID(cid.version, cid.codec, cid.hash[:-len(digest)] + digest)
            raise Refused(f"{after}mismatch in content integrity, expected: {cid}, got: {got}")
        found.append((cid, block))
    return roots, found


# Multipart bodies.

def parts(kind, body, name):
    """The content of each part; `Broken` behind the last where the closing boundary is missing."""
    return [content for _, content in named_parts(kind, body, name)]


def named_parts(kind, body, name):
    boundary = re.search(r'boundary="?([^";]+)', kind)
    if not boundary or not body:
        raise Refused(f"file argument '{name}' is required\n", 400)
    mark = b"\r\n--" + boundary.group(1).encode()
    pieces = (b"\r\n" + body).split(mark)[1:]
    found = []
    for piece in pieces:
        if piece.startswith(b"--"):
            return found
        head, _, content = piece.partition(b"\r\n\r\n")
        label = re.search(rb'filename="([^"]*)"', head)
        found.append((label.group(1).decode() if label else "", content))
    if found:
        # Go's reader keeps what may be the beginning of a boundary.
        end = found[-1][1]
        for length in range(len(mark), 1, -1):
            if end.endswith(mark[:length]):
                found[-1] = (found[-1][0], end[:-length])
                break
    raise Broken(found)
