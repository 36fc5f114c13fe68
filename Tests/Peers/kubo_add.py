"""`add` of single files, in Kubo's default and its CIDv1 layout: for what a test puts on the stand-in node by hand."""
import json

from kubo_blocks import CID, Broken, Refused, named_parts, number
from kubo_wire import stream

CHUNK, WIDTH = 262144, 174


def field(key, value):
    return number(key << 3 | 2) + number(len(value)) + value


def unixfs(data, sizes):
    """A file node's data: type, bytes, size, the sizes below."""
    out = b"\x08\x02" + (field(2, data) if data else b"")
    out += number(3 << 3) + number(len(data) + sum(sizes))
    return out + b"".join(number(4 << 3) + number(size) for size in sizes)


def node(children):
    """A node above (CID, bytes of content, bytes of DAG) each."""
    body = b"".join(field(2, field(1, cid.bytes) + field(2, b"") + b"\x18" + number(total)) for cid, _, total in children)
    return body + field(1, unixfs(b"", [size for _, size, _ in children]))


def add_file(data, version, keep):
    level = []
    for start in range(0, len(data), CHUNK) or [0]:
        piece = data[start:start + CHUNK]
        block = piece if version else field(1, unixfs(piece, []))
        cid = CID.of(block, "raw" if version else "dag-pb", version=version)
        keep(cid, block)
        level.append((cid, len(piece), len(block)))
    while len(level) > 1:
        above = []
        for start in range(0, len(level), WIDTH):
            group = level[start:start + WIDTH]
            block = node(group)
            cid = CID.of(block, "dag-pb", version=version)
            keep(cid, block)
            above.append((cid, sum(size for _, size, _ in group), len(block) + sum(total for _, _, total in group)))
        level = above
    return level[0]


def add(query, kind, body, keep, pins):
    settings, error = dict(query), None
    try:
        found = named_parts(kind, body, "path")
    except Broken as broken:
        found, error = broken.args[0], "multipart: NextPart: EOF"
    version = int(settings.get("cid-version", 0))
    if version not in (0, 1):
        raise Refused(f"unknown CID version: {version}")
    hashes_only = settings.get("only-hash") == "true"
    lines = []
    for name, data in found:
        cid, _, total = add_file(data, version, (lambda *_: None) if hashes_only else keep)
        if settings.get("progress") == "true":
            done = [*range(CHUNK, len(data), CHUNK), len(data)]
            lines += [{"Name": name, "Bytes": count} for count in done]
        if settings.get("silent") != "true":
            lines.append({"Name": name, "Hash": str(cid), "Size": str(total)})
        if settings.get("pin", "true") == "true" and not hashes_only:
            pins[str(cid)] = ["recursive", settings.get("pin-name", "")]
    return stream([json.dumps(line, separators=(",", ":")) for line in lines], many=True, error=error)
