#!/usr/bin/env python3
"""Writes archives into a folder, hostile ones and good ones, and archives.jsonl that says what is to come of each.

A row: `archive`, and either `error` (the case) with `entry` (the name it must tell) or `tree`: each path with "folder", "-> target",
or the file's mode and SHA-256. Bytes are the same in each run.
"""
import gzip
import hashlib
import io
import json
import lzma
import os
import struct
import subprocess
import sys
import tarfile
import zipfile

FOLDER = sys.argv[1]
rows = []


def keep(name, data, **expected):
    with open(os.path.join(FOLDER, name), "wb") as file:
        file.write(data)
    rows.append({"archive": name, **expected})


def member(name, data=b"x", **fields):
    info = tarfile.TarInfo(name)
    info.size = len(data)
    for key, value in fields.items():
        setattr(info, key, value)
    return info, io.BytesIO(data)


def tar(*members, format=tarfile.GNU_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format, encoding="utf-8", errors="surrogateescape") as archive:
        for info, content in members:
            content.seek(0)
            archive.addfile(info, content)
    return out.getvalue()


def special(name, type, link="", **fields):
    return member(name, b"", type=type, linkname=link, **fields)


def symlink(name, target):
    return special(name, tarfile.SYMTYPE, target)


def hardlink(name, target):
    return special(name, tarfile.LNKTYPE, target)


def folder(name, mode=0o755):
    return special(name, tarfile.DIRTYPE, mode=mode)


def file_of(data, mode="644"):
    return f"{mode} {hashlib.sha256(data).hexdigest()}"


def refused(name, error, entry, *members, **options):
    keep(f"{name}.tar", tar(*members, **options), error=error, entry=entry)


# Names

refused("absolute", "absolute", "/tmp/evil", member("/tmp/evil"))
refused("climbs", "climbs", "../evil", member("../evil"))
refused("climbs-late", "climbs", "a/b/../../../evil", member("a/b/../../../evil"))
refused("climbs-and-stays", "climbs", "a/../b", member("a/../b"))
refused("climbs-last", "climbs", "a/../", folder("a/.."))
refused("good-then-climbs", "climbs", "../evil", member("good"), member("../evil"))
refused("not-utf8", "notUTF8", None, member("caf\udce9"))
refused("not-utf8-pax", "notUTF8", None, member("caf\udce9" * 60), format=tarfile.PAX_FORMAT)
refused("long-part", "tooLong", "n" * 256, member("n" * 256))
refused("long-name", "tooLong", "d/" * 2100 + "f", member("d/" * 2100 + "f"))
refused("deep", "depth", "d/" * 64 + "f", member("d/" * 64 + "f"))

# Types

refused("character-device", "device", "null", special("null", tarfile.CHRTYPE, devmajor=1, devminor=3))
refused("block-device", "device", "disk", special("disk", tarfile.BLKTYPE, devmajor=8, devminor=0))
refused("fifo", "fifo", "pipe", special("pipe", tarfile.FIFOTYPE))

# Links

refused("link-absolute", "linkLeadsOut", "l", symlink("l", "/etc/passwd"))
refused("link-out", "linkLeadsOut", "l", symlink("l", "../x"))
refused("link-out-deeper", "linkLeadsOut", "a/l", symlink("a/l", "../../x"))
refused("link-by-a-name", "linkLeadsOut", "l", symlink("l", "a/../../x"))
refused("link-nowhere", "linkLeadsOut", "l", symlink("l", ""))
refused("link-long", "linkLeadsOut", "l", symlink("l", "a/" * 2100))
refused("through-a-link", "notFolder", "l/f", folder("a"), symlink("l", "a"), member("l/f"))
refused("through-a-link-to-come", "notFolder", "l/f", symlink("l", "later"), member("l/f"))
refused("folder-over-link", "notFolder", "l", folder("a"), symlink("l", "a"), folder("l"))
refused("file-over-link", "duplicate", "l", symlink("l", "target"), member("l"))
refused("link-over-file", "duplicate", "f", member("f"), symlink("f", "a"))
refused("hard-link-out", "absolute", "/etc/passwd", hardlink("h", "/etc/passwd"))
refused("hard-link-climbs", "climbs", "../x", hardlink("h", "../x"))
refused("hard-link-to-none", "badHardLink", "h", hardlink("h", "none"))
refused("hard-link-to-folder", "badHardLink", "h", folder("a"), hardlink("h", "a"))
refused("hard-link-to-link", "badHardLink", "h", symlink("l", "a"), hardlink("h", "l"))
refused("hard-link-through-link", "badHardLink", "h", member("a/f"), symlink("l", "a"), hardlink("h", "l/f"))
refused("hard-link-to-itself", "badHardLink", "h", hardlink("h", "h"))
refused("hard-link-twice", "duplicate", "g", member("f"), member("g"), hardlink("g", "f"))

# Collisions

refused("twice", "duplicate", "f", member("f"), member("f", b"other"))
refused("twice-in-two-ways", "duplicate", "a/f", member("a/f"), member("a/./f"))
refused("file-over-folder", "duplicate", "a", folder("a"), member("a"))
refused("file-over-implied-folder", "duplicate", "a", member("a/f"), member("a"))
refused("folder-over-file", "notFolder", "f", member("f"), folder("f"))
refused("below-a-file", "notFolder", "f/g", member("f"), member("f/g"))

# Limits, as the test sets them: 1,000 entries, 8 MiB in all, 4 MiB a file, 100 to one above 1 MiB

refused("entries", "entries", "f1000", *(member(f"f{n}", b"") for n in range(1001)))
noise = hashlib.shake_256(b"noise").digest(4 << 20)
refused("bytes", "bytes", "c", member("a", noise), member("b", noise[1:]), member("c", noise[:100]))
refused("file-bytes", "fileBytes", "a", member("a", noise + b"x"))
zeros = tar(member("zeros", bytes(3 << 20)))
keep("ratio.tar.gz", gzip.compress(zeros, mtime=0), error="ratio", entry="zeros")
keep("ratio.tar.xz", lzma.compress(zeros), error="ratio", entry="zeros")
keep("ratio.tar.zst", subprocess.run(["zstd", "-q", "-c"], input=zeros, stdout=subprocess.PIPE, check=True).stdout,
     error="ratio", entry="zeros")
keep("gzip-in-gzip.tar.gz", gzip.compress(gzip.compress(tar(member("a")), mtime=0), mtime=0), error="malformed", entry=None)
refused("links-to-large", "bytes", "h1", member("f", noise), hardlink("h0", "f"), hardlink("h1", "f"))


def sparse(name, length):
    """A file of one hole, as GNU tar 1.0 sparse files in pax say it: the map lies before the data."""
    info, content = member("GNUSparseFile.0/" + name, b"1\n%d\n0\n" % length + bytes(507 - len(str(length))))
    info.pax_headers = {
        "GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.name": name, "GNU.sparse.realsize": str(length)}
    return info, content


refused("sparse", "fileBytes", "holes", sparse("holes", 1 << 40), format=tarfile.PAX_FORMAT)
refused("sparse-in-all", "ratio", "holes", sparse("holes", 3 << 20), format=tarfile.PAX_FORMAT)

# What is broken

good = tar(member("a", b"a" * 5000), member("b/c", b"c" * 5000))
keep("cut-in-a-file.tar", good[:3000], error="malformed", entry="a")
keep("cut-in-a-header.tar", good[:512 + 5120 + 100], error="malformed", entry=None)
keep("cut.tar.gz", gzip.compress(good, mtime=0)[:40], error="malformed", entry=None)
bad_sum = bytearray(good)
bad_sum[3] ^= 1
keep("checksum.tar", bytes(bad_sum), error="malformed", entry=None)
huge = bytearray(good[:1024])
huge[124:136] = b"77777777777\0"
huge[148:156] = b"        "
huge[148:156] = b"%06o\0 " % sum(huge[:512])
keep("size-of-a-lie.tar", bytes(huge), error="malformed", entry="a")
keep("nothing", b"", error="malformed", entry=None)
keep("noise", noise[:5000], error="malformed", entry=None)
keep("text", b"hello, this is no archive\n" * 100, error="malformed", entry=None)
keep("cpio", b"070701" + b"0" * 104 + bytes(400), error="malformed", entry=None)

# Zips


def zipped(*members, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data, mode in members:
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = mode << 16
            info.compress_type = compression
            archive.writestr(info, data)
    return out.getvalue()


def refused_zip(name, error, entry, *members):
    keep(f"{name}.zip", zipped(*members), error=error, entry=entry)


REG, LNK, DIR, FIFO, CHR = 0o100644, 0o120777, 0o040755, 0o010644, 0o020644
refused_zip("climbs", "climbs", "../evil", ("../evil", b"x", REG))
refused_zip("absolute", "absolute", "/tmp/evil", ("/tmp/evil", b"x", REG))
refused_zip("link-out", "linkLeadsOut", "l", ("l", b"../../etc", LNK))
refused_zip("through-a-link", "notFolder", "l/f", ("a/", b"", DIR), ("l", b"a", LNK), ("l/f", b"x", REG))
refused_zip("device", "device", "d", ("d", b"", CHR))
refused_zip("ratio", "ratio", "zeros", ("zeros", bytes(3 << 20), REG))
refused_zip("file-bytes", "fileBytes", "a", ("a", noise + b"x", REG))
twice = bytearray(zipped(("f", b"one", REG), ("g", b"two", REG)))
keep("twice.zip", bytes(twice).replace(b"g", b"f"), error="duplicate", entry="f")
encrypted = bytearray(zipped(("secret", b"x" * 100, REG)))
encrypted[6] |= 1
at = encrypted.index(b"PK\x01\x02")
encrypted[at + 8] |= 1
keep("encrypted.zip", bytes(encrypted), error="encrypted", entry="secret")
lying = bytearray(zipped(("f", b"x" * 1000, REG)))
at = lying.index(b"PK\x01\x02")
struct.pack_into("<I", lying, at + 24, 10)
struct.pack_into("<I", lying, 22, 10)
keep("size-of-a-lie.zip", bytes(lying), error="malformed", entry="f")
wrong = bytearray(zipped(("f", b"x" * 1000, REG), compression=zipfile.ZIP_STORED))
wrong[100] ^= 1
keep("checksum.zip", bytes(wrong), error="malformed", entry="f")

# What is good

keep("empty.tar", tar(), tree={})
keep("empty.zip", zipped(), tree={})
members = [
    folder("./"), folder("d", 0o700), member("d/f", b"hello"), member("tool", b"#!/bin/sh\n", mode=0o4755),
    member("group", b"g", mode=0o2644), symlink("l", "d/f"), symlink("d/up", "../tool"), symlink("dangling", "./no/where"),
    hardlink("h", "d/f"), member("implied/x/y", b"y"), folder("implied/x"), folder("implied/x"), member("empty", b""),
    member("./dot/./f", b"dot"), member("gr\u00fc\u00dfe \u96ea.txt", b"u"), member("-rf", b"dash"), member("back\\slash", b"b"),
]
tree = {
    "d": "folder", "d/f": file_of(b"hello"), "tool": file_of(b"#!/bin/sh\n", "755"), "group": file_of(b"g"), "l": "-> d/f",
    "d/up": "-> ../tool", "dangling": "-> ./no/where", "h": file_of(b"hello"), "implied": "folder", "implied/x": "folder",
    "implied/x/y": file_of(b"y"), "empty": file_of(b""), "dot": "folder", "dot/f": file_of(b"dot"),
    "gr\u00fc\u00dfe \u96ea.txt": file_of(b"u"), "-rf": file_of(b"dash"), "back\\slash": file_of(b"b"),
}
for format, name in ((tarfile.USTAR_FORMAT, "ustar"), (tarfile.GNU_FORMAT, "gnu"), (tarfile.PAX_FORMAT, "pax")):
    keep(f"good-{name}.tar", tar(*members, format=format), tree=tree)
plain = tar(*members)
keep("good.tar.gz", gzip.compress(plain, mtime=0), tree=tree)
keep("good.tar.xz", lzma.compress(plain), tree=tree)
keep("good.tar.zst", subprocess.run(["zstd", "-q", "-c"], input=plain, stdout=subprocess.PIPE, check=True).stdout, tree=tree)
long = "d/" * 60 + "n" * 200
keep("good-long-name.tar", tar(member(long, b"long"), format=tarfile.PAX_FORMAT),
     tree={**{"/".join(["d"] * n): "folder" for n in range(1, 61)}, long: file_of(b"long")})
keep("hole.tar", tar(sparse("holes", 100_000), format=tarfile.PAX_FORMAT), tree={"holes": file_of(bytes(100_000))})
keep("good.zip", zipped(
    ("d/", b"", DIR), ("d/f", b"hello" * 1000, REG), ("tool", b"#!/bin/sh\n", 0o104755), ("l", b"d/f", LNK),
    ("implied/x", b"", REG), ("gr\u00fc\u00dfe.txt", b"u", REG), ("no-mode", b"n", 0)),
    tree={"d": "folder", "d/f": file_of(b"hello" * 1000), "tool": file_of(b"#!/bin/sh\n", "755"), "l": "-> d/f",
          "implied": "folder", "implied/x": file_of(b""), "gr\u00fc\u00dfe.txt": file_of(b"u"), "no-mode": file_of(b"n")})
# Zip has no pipes: libarchive takes it for an empty file.
keep("fifo.zip", zipped(("p", b"", FIFO)), tree={"p": file_of(b"")})
keep("stored.zip", zipped(("f", noise[:5000], REG), compression=zipfile.ZIP_STORED), tree={"f": file_of(noise[:5000])})
keep("within-limits.tar", tar(member("a", noise), member("b", noise)), tree={"a": file_of(noise), "b": file_of(noise)})

with open(os.path.join(FOLDER, "archives.jsonl"), "w") as out:
    for row in rows:
        print(json.dumps(row), file=out)
