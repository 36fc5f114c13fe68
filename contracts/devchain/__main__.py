"""Command line of the development chain: `python -m devchain`."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import signal
import sys
import threading
from typing import Any, NoReturn

if __package__ in (None, ""):  # run as a folder: `python contracts/devchain`
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    __package__ = "devchain"

from devchain.accounts import PUBLIC_MNEMONIC, checksummed, derive
from devchain.jsonrpc import dump
from devchain.node import Node
from devchain.server import Server
from devchain.storage import JournalError

MAX_ACCOUNTS = 1000


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        fail(message, os.EX_USAGE)


def fail(message: str, status: int) -> NoReturn:
    """Ends the program with a message for people."""
    print(f"devchain: error: {message}", file=sys.stderr)
    sys.exit(status)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 <= value < 1e9:
        raise ValueError(text)
    return value


def _chain_id(text: str) -> int:
    value = int(text)
    if not 0 < value < 2**63:
        raise ValueError(text)
    return value


def _account_count(text: str) -> int:
    value = int(text)
    if not 0 <= value <= MAX_ACCOUNTS:
        raise ValueError(text)
    return value


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or int(port) > 65535:
        raise ValueError(text)
    return host.strip("[]") or "127.0.0.1", int(port)


def _port(text: str) -> tuple[str, int]:
    return _address(f"127.0.0.1:{text}")


def parse_options(arguments: list[str] | None = None) -> argparse.Namespace:
    """The command line, read."""
    parser = _Parser(
        prog="devchain", description="A development chain: a real EVM behind Ethereum's JSON-RPC."
    )
    add = parser.add_argument
    add(
        "--listen",
        type=_address,
        default=("127.0.0.1", 8545),
        metavar="HOST:PORT",
        help="port 0 takes any that is free",
    )
    add(
        "--port",
        type=_port,
        dest="listen",
        default=argparse.SUPPRESS,
        metavar="PORT",
        help="listen on this port of 127.0.0.1",
    )
    add("--chain-id", type=_chain_id, default=1337, metavar="ID")
    add(
        "--block-time",
        type=_seconds,
        default=0.0,
        metavar="SECONDS",
        help="0 makes a block for each transaction",
    )
    add("--no-mine", action="store_true", help="make blocks only when evm_mine asks for one")
    add("--state", metavar="DIR", help="keep the chain in this folder")
    add(
        "--accounts",
        type=_account_count,
        default=10,
        metavar="N",
        help="how many accounts have funds",
    )
    add(
        "--unlocked",
        type=_account_count,
        metavar="N",
        help="for how many of them the node signs (all)",
    )
    add(
        "--mnemonic-file",
        metavar="FILE",
        help="where the accounts' words stand; default: the public test words",
    )
    add(
        "--allow-unprotected",
        action="store_true",
        help="take transactions without a chain id (EIP-155)",
    )
    add("--parent-pipe", "--watch-stdin", action="store_true", help="end when standard input ends")
    add("-v", "--verbose", action="store_true", help="log to standard error")
    return parser.parse_args(arguments)


def make_node(options: argparse.Namespace) -> Node:
    """The node that the options describe."""
    mnemonic = PUBLIC_MNEMONIC
    if options.mnemonic_file is not None:
        try:
            with open(options.mnemonic_file, encoding="utf-8") as file:
                mnemonic = file.read().strip()
        except (OSError, UnicodeDecodeError) as error:
            fail(f"cannot read {options.mnemonic_file}: {error}", os.EX_NOINPUT)
        if len(mnemonic.split()) not in (12, 15, 18, 21, 24):
            fail(f"{options.mnemonic_file} holds no mnemonic", os.EX_DATAERR)
    accounts = derive(mnemonic, options.accounts)
    unlocked = len(accounts) if options.unlocked is None else options.unlocked
    try:
        return Node(options.chain_id, accounts, unlocked, options.state, options.allow_unprotected)
    except JournalError as error:
        fail(str(error), error.status)


def announce(node: Node, host: str, port: int, funded: list[str]) -> None:
    """Writes the one record that says where the chain is."""
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    record: dict[str, Any] = {
        "endpoint": f"http://{place}",
        "ws": f"ws://{place}",
        "chainId": node.chain.chain_id,
        "genesis": "0x" + node.chain.genesis.hash.hex(),
        "accounts": funded,
    }
    print(dump({"chain": record}), flush=True)


def _watch_parent(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    def wait() -> None:
        while os.read(0, 4096):
            pass
        loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=wait, daemon=True).start()


async def serve(options: argparse.Namespace, node: Node) -> None:
    """Serves until a signal or the parent's end."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    is_timed = options.block_time > 0
    server = Server(
        node, 0.0 if options.no_mine else options.block_time, not is_timed and not options.no_mine
    )
    host, port = options.listen
    try:
        port = await server.start(host, port)
    except OSError as error:
        fail(f"cannot listen on {host}:{port}: {os.strerror(error.errno or 0)}", os.EX_UNAVAILABLE)
    if options.parent_pipe:
        _watch_parent(loop, stop)
    announce(node, host, port, [checksummed(address) for address in node.funded])
    await stop.wait()
    await server.stop()


def main() -> None:
    """Runs the program."""
    options = parse_options()
    level = logging.INFO if options.verbose else logging.CRITICAL
    logging.basicConfig(stream=sys.stderr, level=level, format="%(asctime)s %(name)s %(message)s")
    for chatty in ("asyncio", "eth", "websockets"):
        logging.getLogger(chatty).setLevel(max(level, logging.ERROR))
    node = make_node(options)
    asyncio.run(serve(options, node))
    node.close()


if __name__ == "__main__":
    main()
