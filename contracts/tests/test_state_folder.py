"""The chain kept in a folder: restarts, kills, damage."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path

from .harness import LOGGER, SINK, Chain, ChainCase, Failed, words


class StateFolderTests(ChainCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name) / "state"
        self.chain = self.start()

    def start(self, *options: str) -> Chain:
        chain = Chain("--state", str(self.folder), *options)
        self.addCleanup(chain.stop)
        return chain

    def kill(self) -> None:
        self.chain.process.kill()
        self.chain.stop()

    def test_what_was_told_survives_a_kill(self) -> None:
        logger = self.chain.deploy(LOGGER)
        hash = self.chain.send(to=logger, value=0, data=words(3, 4))
        receipt = self.chain.receipt(hash)
        head = self.chain.call("eth_getBlockByNumber", "latest", True)
        genesis = self.chain.record["genesis"]
        self.kill()
        self.chain = self.start()
        self.assertEqual(self.chain.record["genesis"], genesis)
        self.assertEqual(self.chain.call("eth_getBlockByNumber", "latest", True), head)
        self.assertEqual(self.chain.call("eth_getTransactionReceipt", hash), receipt)
        self.assertEqual(len(self.chain.call("eth_getLogs", {"fromBlock": "0x0"})), 1)
        self.assertEqual(self.chain.receipt(self.chain.send())["blockNumber"], "0x3")

    def test_kills_at_any_moment_lose_no_block(self) -> None:
        for _ in range(5):
            told: list[str] = []
            failed: list[Exception] = []

            def send() -> None:
                try:
                    while True:
                        hash = self.chain.send()
                        self.chain.receipt(hash)
                        told.append(hash)
                except (OSError, Failed, ValueError, AssertionError) as error:
                    failed.append(error)

            sender = threading.Thread(target=send)
            sender.start()
            while len(told) < 5 and not failed:
                pass
            self.kill()
            sender.join()
            self.chain = self.start()
            for hash in told:
                self.assertIsNotNone(self.chain.call("eth_getTransactionReceipt", hash))
            block = self.chain.call("eth_getBlockByNumber", "latest", False)
            while block["number"] != "0x0":
                block = self.chain.call("eth_getBlockByHash", block["parentHash"], False)
            self.assertEqual(block["hash"], self.chain.record["genesis"])

    def test_a_damaged_end_is_cut_off(self) -> None:
        for _ in range(3):
            self.chain.receipt(self.chain.send())
        self.kill()
        journal = self.folder / "chain.journal"
        whole = journal.read_bytes()
        journal.write_bytes(whole[:-7])
        self.chain = self.start()
        self.assertEqual(self.chain.number("eth_blockNumber"), 2)
        self.assertEqual(self.chain.number("eth_getBalance", SINK, "latest"), 2)
        self.chain.receipt(self.chain.send())
        self.kill()
        with journal.open("ab") as file:
            file.write(os.urandom(50))
        self.chain = self.start()
        self.assertEqual(self.chain.number("eth_blockNumber"), 3)

    def test_reorgs_and_rewinds_are_kept(self) -> None:
        self.chain.receipt(self.chain.send())
        old = self.chain.call("eth_getBlockByNumber", "latest", False)
        new = self.chain.call("dev_reorg", 1, [[], []])
        self.kill()
        self.chain = self.start("--no-mine")
        self.assertEqual(self.chain.call("eth_getBlockByNumber", "latest", False)["hash"], new)
        self.assertEqual(self.chain.call("eth_getBlockByHash", old["hash"], False), old)
        self.chain.call("debug_setHead", "0x1")
        self.kill()
        self.chain = self.start("--no-mine")
        self.assertEqual(self.chain.number("eth_blockNumber"), 1)

    def test_damage_in_the_middle_is_told_and_nothing_is_cut(self) -> None:
        self.chain.receipt(self.chain.send())
        self.kill()
        journal = self.folder / "chain.journal"
        content = bytearray(journal.read_bytes())
        content[400] ^= 1
        journal.write_bytes(content)
        with self.assertRaisesRegex(AssertionError, "chain.journal is damaged at byte [0-9]+$"):
            Chain("--state", str(self.folder))
        self.assertEqual(journal.read_bytes(), bytes(content))

    def test_a_file_of_somebody_else_is_left_alone(self) -> None:
        self.kill()
        journal = self.folder / "chain.journal"
        for content in (os.urandom(100), b"sandrun devchain 2\n"):
            journal.write_bytes(content)
            with self.assertRaisesRegex(AssertionError, "is no journal of this chain"):
                Chain("--state", str(self.folder))
            self.assertEqual(journal.read_bytes(), content)
        journal.write_bytes(b"sandrun dev")
        self.chain = self.start()
        self.assertEqual(self.chain.number("eth_blockNumber"), 0)

    def test_a_folder_serves_one_chain_at_a_time(self) -> None:
        with self.assertRaisesRegex(AssertionError, "is in use by another process"):
            Chain("--state", str(self.folder))
        self.kill()
        with self.assertRaisesRegex(AssertionError, "the state folder is of chain 1337"):
            Chain("--state", str(self.folder), "--chain-id", "5")
        with self.assertRaisesRegex(AssertionError, "the state folder is of other accounts"):
            Chain("--state", str(self.folder), "--accounts", "3")
