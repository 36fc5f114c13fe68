#!/usr/bin/env python3
"""A stand-in for a Kubo node, with blocks and pins in memory: what sr-ipfs asks of one, answered as Kubo 0.42 does.

    kubo-node.py [--online] [--peer URL] [--auth BEARER] [--forget CID] [--drop N] [--seek] [--fault KIND[@COMMAND]] [--piece N]
                 [--lifetime SECONDS] [--log FILE]

`kubo-check.py` holds it to what a real node was seen to answer. --peer names another node that it fetches blocks from, as a node
that is online does. --forget: a block that it says it took, and does not keep. --drop N: it does not keep the Nth block of an
archive. --seek: what it lacks it looks for, as a node does that is online and finds nobody who has it: for as long as it is asked to,
or without end. Prints its port.
"""
import argparse
import json
import threading
import urllib.parse
import urllib.request

import kubo_add
import kubo_wire
from kubo_blocks import CID, Missing, Refused, car, import_car, links, parts, proves
from kubo_wire import Answer, failed, plain, stream

parser = argparse.ArgumentParser()
parser.add_argument("--online", action="store_true", help="not as with --offline: findprovs works")
parser.add_argument("--peer", help="the RPC address of another node to fetch blocks from")
parser.add_argument("--auth", help="the value that Authorization must have")
parser.add_argument("--forget", action="append", default=[])
parser.add_argument("--drop", type=int)
parser.add_argument("--seek", action="store_true")
parser.add_argument("--address", action="append", help="where it says that others reach it")
parser.add_argument("--provider", action="append", default=[], help="PEERID,MULTIADDR: somebody that findprovs finds")
kubo_wire.options(parser)
given = parser.parse_args()

blocks = {}  # by multihash
pins = {}  # CID text -> [type, name]
lock = threading.RLock()
direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # the tests' environment may name a proxy
OFFLINE = "this command must be run in online mode. Try running 'ipfs daemon' first"
LOST = "block was not found locally (offline): ipld: could not find {}"


def text(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def load(cid, offline=False):
    found = cid.inline if cid.inline is not None else blocks.get(cid.hash)
    if found is None and given.peer and not offline:
        url = f"{given.peer}/api/v0/block/get?arg={cid}&offline=true"
        try:
            with direct.open(urllib.request.Request(url, method="POST"), timeout=60) as answer:
                found = answer.read()
        except OSError:
            found = None
        if found is not None:
            if not proves(cid, found):
                raise RuntimeError(f"{given.peer} gave {len(found)} bytes for {cid} that are not its")
            blocks[cid.hash] = found
    if found is None:
        raise Missing(cid)
    return found


def keep(cid, data):
    if str(cid) not in given.forget and cid.inline is None:
        blocks[cid.hash] = data


def walk(root, offline=False, seen=None):
    """Depth first, each CID once, with its bytes."""
    seen = set() if seen is None else seen
    if root.bytes in seen:
        return
    seen.add(root.bytes)
    data = load(root, offline)
    yield root, data
    for child in links(root, data):
        yield from walk(child, offline, seen)


def resolve(path, offline=False):
    names = path.removeprefix("/ipfs/").split("/")
    try:
        cid = CID.parse(names[0])
    except ValueError:
        raise Refused(f'invalid path "{path}": path does not have enough components') from None
    for name in names[1:]:
        found = [child for child, label in links(cid, load(cid, offline), True) if label == name.encode()]
        if not found:
            raise Refused(f'no link named "{name}" under {cid}')
        cid = found[0]
    return cid


def flag(query, name, default=False):
    value = dict(query).get(name)
    return default if value is None else value.lower() in ("true", "1", "t")


def arguments(query, name, least=1):
    found = [value for key, value in query if key == "arg"]
    if len(found) < least:
        raise Refused(f'argument "{name}" is required\n', 400)
    return found


# The commands: each takes the query and the content type and body of the request, and gives an answer.

def version(query, *_):
    known = {"Version": "0.42.0", "Commit": "969853d96", "Repo": "18", "System": "amd64/linux", "Golang": "go1.26.6"}
    return stream([text(known)])


def identity(query, *_):
    return stream([text({"ID": "12D3KooWStandIn", "PublicKey": "", "Addresses": given.address, "AgentVersion": "kubo/0.42.0", "Protocols": None})])


def block_get(query, *_):
    data = load(resolve(arguments(query, "cid")[0]), flag(query, "offline"))
    return stream(body=data, kind="application/vnd.ipld.raw")


def block_stat(query, *_):
    cid = resolve(arguments(query, "cid")[0])
    return stream([text({"Key": str(cid), "Size": len(load(cid, flag(query, "offline")))})])


def block_put(query, kind, body):
    settings = dict(query)
    lines = []
    for data in parts(kind, body, "data"):
        if len(data) > 2 << 20 and not flag(query, "allow-big-block"):
            raise Refused(
                "produced block is over 2MiB: big blocks can't be exchanged with other peers. consider using UnixFS for "
                "automatic chunking of bigger files, or pass --allow-big-block to override")
        old = settings.get("format") == "v0"
        codec = "dag-pb" if old else settings.get("cid-codec", "raw")
        cid = CID.of(data, codec, settings.get("mhtype", "sha2-256"), 0 if old else 1)
        keep(cid, data)
        if flag(query, "pin"):
            pins[str(cid)] = ["recursive", ""]
        lines.append(text({"Key": str(cid), "Size": len(data)}))
    return stream(lines, many=True)


def block_rm(query, *_):
    lines = []
    for argument in arguments(query, "cid"):
        cid = resolve(argument)
        told = {"Hash": str(cid)}
        if str(cid) in pins:
            told["Error"] = "pinned: " + pins[str(cid)][0]
        elif cid.hash in blocks:
            del blocks[cid.hash]
        elif not flag(query, "force"):
            told["Error"] = f"ipld: could not find {cid}"
        lines.append(text(told))
    return stream(lines, many=True)


def dag_export(query, *_):
    root = resolve(arguments(query, "root")[0])
    load(root)
    found, error = [], None
    try:
        for step in walk(root):
            found.append(step)
    except Missing as missing:
        parent = next(step for step in reversed(found) if missing.cid in links(*step))
        error = (
            f'walk failed: error traversing node at "Links/{links(*parent).index(missing.cid)}/Hash": could not load link '
            f'"{missing}": {LOST.format(missing)} (currently offline, perhaps retry after attaching to the network)')
        if given.seek:
            answer = stream(body=car(root, found), kind="application/vnd.ipld.car")
            answer.then = "silence"
            return answer
    return stream(body=car(root, found), kind="application/vnd.ipld.car", error=error)


def dag_import(query, kind, body):
    lines, roots, count, size = [], [], 0, 0
    for data in parts(kind, body, "path"):
        named, taken = import_car(data)
        roots += named
        for index, (cid, block) in enumerate(taken):
            if index != given.drop:
                keep(cid, block)
            count, size = count + 1, size + len(block)
    if flag(query, "pin-roots", True):
        for root in roots:
            told = ""
            try:
                list(walk(root, given.peer is None)) if given.drop is None and not given.forget else None
                pins[str(root)] = ["recursive", ""]
            except Missing as missing:
                told = LOST.format(missing)
            lines.append(text({"Root": {"Cid": {"/": str(root)}, "PinErrorMsg": told}}))
    if flag(query, "stats") and count:
        lines.append(text({"Stats": {"BlockCount": count, "BlockBytesCount": size}}))
    return stream(lines, many=True)


def pin_add(query, *_):
    recursive, progress = flag(query, "recursive", True), flag(query, "progress")
    cids = []
    for argument in arguments(query, "ipfs-path"):
        steps = []
        try:
            cid = resolve(argument)
            for step in walk(cid) if recursive else [(cid, load(cid))]:
                steps.append(step)
        except Missing as missing:
            if given.seek and progress:
                told = {"Progress": len(steps), "Bytes": sum(len(data) for _, data in steps)} if steps else {}
                return Answer(200, stream(many=True).fields, text(told).encode() + b"\n", then="again")
            raise Refused("pin: " + LOST.format(missing)) from None
        if not recursive and pins.get(str(cid), [""])[0] == "recursive":
            raise Refused(f"pin: {cid} already pinned recursively")
        pins[str(cid)] = ["recursive" if recursive else "direct", dict(query).get("name", "")]
        cids.append(str(cid))
    lines = [text({"Progress": len(steps), "Bytes": sum(len(data) for _, data in steps)})] if progress else []
    return stream(lines + [text({"Pins": cids})], many=progress)


def indirect():
    found = {}
    for pinned, (kind, _) in sorted(pins.items()):
        if kind == "recursive":
            try:
                for cid, _ in list(walk(CID.parse(pinned)))[1:]:
                    found.setdefault(str(cid), pinned)
            except Missing:
                pass
    return {cid: through for cid, through in found.items() if cid not in pins}


def pin_ls(query, *_):
    kind = dict(query).get("type", "all")
    if kind not in ("direct", "indirect", "recursive", "all"):
        raise Refused(f"invalid type '{kind}', must be one of {{direct, indirect, recursive, all}}")
    names = flag(query, "names")
    asked = [value for key, value in query if key == "arg"]
    found = {}
    if asked:
        for path in asked:
            cid = str(resolve(path))
            if cid in pins and kind in ("all", pins[cid][0]):
                found[cid] = (pins[cid][0], pins[cid][1] if names else "")
            elif cid in indirect() and kind in ("all", "indirect"):
                found[cid] = (f"indirect through {indirect()[cid]}", "")
            else:
                raise Refused(f"path '{path}' is not pinned")
    else:
        found = {cid: (type, name if names else "") for cid, (type, name) in pins.items() if kind in ("all", type)}
        if kind in ("all", "indirect"):
            found |= {cid: ("indirect", "") for cid in indirect()}
    if flag(query, "stream"):
        lines = [{"Cid": cid, "Type": type} | ({"Name": name} if name else {}) for cid, (type, name) in sorted(found.items())]
        return stream([text(line) for line in lines], many=True)
    keys = {cid: {"Type": type, "Name": name} for cid, (type, name) in sorted(found.items())}
    return stream([text({"Keys": keys} if keys else {})])


def pin_rm(query, *_):
    removed = []
    for argument in arguments(query, "ipfs-path"):
        cid = str(resolve(argument, True))
        if cid not in pins:
            raise Refused("not pinned or pinned indirectly")
        del pins[cid]
        removed.append(cid)
    return stream([text({"Pins": removed})])


def pin_update(query, *_):
    old, new = [resolve(argument, True) for argument in arguments(query, "from-path", 2)]
    if pins.get(str(old), [""])[0] != "recursive":
        raise Refused("'from' cid was not recursively pinned already")
    list(walk(new))
    pins[str(new)] = pins[str(old)]
    if flag(query, "unpin", True) and str(old) != str(new):
        del pins[str(old)]
    return stream([text({"Pins": [str(old), str(new)]})])


def refs(query, *_):
    root = resolve(arguments(query, "ipfs-path")[0])
    lines, seen = [], set()
    try:
        below(root, flag(query, "recursive"), lines, seen)
    except Missing:
        lines.append(text({"Ref": "", "Err": "failed to fetch all nodes"}))
    return stream(lines, many=True)


def below(cid, recursive, lines, seen):
    for child in links(cid, load(cid)):
        if recursive:
            load(child)
        if child.bytes in seen:
            continue
        seen.add(child.bytes)
        lines.append(text({"Ref": str(child), "Err": ""}))
        if recursive:
            below(child, recursive, lines, seen)


def refs_local(query, *_):
    return stream([text({"Ref": str(CID.raw(hash)), "Err": ""}) for hash in blocks], many=True)


def repo_stat(query, *_):
    size = sum(map(len, blocks.values()))
    return stream([text({"RepoSize": size, "StorageMax": 10000000000, "NumObjects": len(blocks), "RepoPath": "/nowhere", "Version": "fs-repo@18"})])


def findprovs(query, *_):
    resolve(arguments(query, "key")[0], True)
    if not given.online:
        raise Refused(OFFLINE)
    lines = [{"Extra": "", "ID": "12D3KooWAsked", "Responses": None, "Type": 0}] if given.provider else []
    for provider in given.provider:
        name, _, address = provider.partition(",")
        found = [{"Addrs": [address] if address else [], "ID": name}]
        lines.append({"Extra": "", "ID": "", "Responses": found, "Type": 4})
    return stream([text(line) for line in lines], many=True)


def add(query, kind, body):
    return kubo_add.add(query, kind, body, keep, pins)


COMMANDS = {
    "version": version, "id": identity, "block/get": block_get, "block/stat": block_stat, "block/put": block_put,
    "block/rm": block_rm, "dag/export": dag_export, "dag/import": dag_import, "pin/add": pin_add, "pin/ls": pin_ls,
    "pin/rm": pin_rm, "pin/update": pin_update, "refs": refs, "refs/local": refs_local, "repo/stat": repo_stat,
    "routing/findprovs": findprovs, "add": add,
}


def is_foreign(headers):
    """Whether a page that a browser shows may be behind a request."""
    port = f"127.0.0.1:{server_port(headers)}"
    for name in ("Origin", "Referer"):
        if name in headers:
            return urllib.parse.urlsplit(headers[name]).netloc not in (port, "localhost:5001", "127.0.0.1:5001")
    return headers.get("User-Agent", "").startswith("Mozilla")


def server_port(headers):
    return headers.get("Host", "").rpartition(":")[2]


def seek(limit):
    """Looks for what nobody has for as long as `timeout` says, a number with s or ms behind it."""
    seconds = limit and (float(limit[:-2]) / 1000 if limit.endswith("ms") else float(limit[:-1]))
    kubo_wire.over.wait(seconds)


class Handler(kubo_wire.Handler):
    def reply(self, method, path, query, headers, body):
        if not path.startswith("/api/v0/"):
            return plain(404, "404 page not found\n", vary=False)
        if method != "POST":
            if method == "OPTIONS":
                return kubo_wire.Answer(204, [("Allow", "OPTIONS, POST"), ("Vary", "Origin")], framing="close")
            return plain(405, "405 - Method Not Allowed\n", [("Allow", "OPTIONS, POST")])
        command = COMMANDS.get(path.removeprefix("/api/v0/"))
        if command is None:
            return plain(404, "404 page not found\n")
        if is_foreign(headers) or given.auth and headers.get("Authorization") != given.auth:
            return plain(403, "403 - Forbidden\n")
        try:
            with lock:
                answer = command(query, headers.get("Content-Type", ""), body)
        except Missing as missing:
            if given.seek and not flag(query, "offline"):
                seek(dict(query).get("timeout"))
                return failed("context deadline exceeded")
            return failed(LOST.format(missing))
        except Refused as refused:
            return plain(400, str(refused)) if refused.status == 400 else failed(str(refused))
        if "Origin" in headers:
            answer.fields.insert(1, ("Access-Control-Allow-Origin", headers["Origin"]))
        return answer


kubo_wire.serve(Handler, given)
