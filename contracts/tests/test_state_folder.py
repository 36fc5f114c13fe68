"""The chain kept in a folder: restarts, kills, damage."""

from __future__ import annotations

import os
import tempfile
import threading
from pathlib import Path

import rlp
from devchain.storage import Journal

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

    def test_a_record_cut_short_anywhere_is_dropped(self) -> None:
        journal = self.folder / "chain.journal"
        self.chain.receipt(self.chain.send())
        before = journal.stat().st_size
        self.chain.receipt(self.chain.send())
        self.kill()
        whole = journal.read_bytes()
        for end in (before, before + 1, before + 15, before + 16, before + 17, len(whole) - 1):
            journal.write_bytes(whole[:end])
            self.chain = self.start()
            self.assertEqual(self.chain.number("eth_blockNumber"), 1, end)
            self.kill()
            self.assertEqual(journal.read_bytes(), whole[:before])

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

    def test_going_back_to_a_snapshot_is_kept_with_what_is_final(self) -> None:
        self.chain.call("evm_mine", {"blocks": 40})
        snapshot = self.chain.call("evm_snapshot")
        self.chain.call("evm_mine", {"blocks": 40})
        self.assertTrue(self.chain.call("evm_revert", snapshot))
        final = self.chain.call("eth_getBlockByNumber", "finalized", False)
        self.assertEqual(final["number"], "0x20")
        self.kill()
        self.chain = self.start()
        self.assertEqual(self.chain.number("eth_blockNumber"), 40)
        self.assertEqual(self.chain.call("eth_getBlockByNumber", "finalized", False), final)
        self.chain.call("debug_setHead", "0x21")
        self.kill()
        self.chain = self.start()
        with self.assertRaisesRegex(Failed, "^finalized block not found$"):
            self.chain.call("eth_getBlockByNumber", "finalized", False)

    def assert_refused(self, content: bytes, message: str) -> None:
        """Checks that a chain with this journal does not start, and leaves it as it is."""
        journal = self.folder / "chain.journal"
        journal.write_bytes(content)
        with self.assertRaisesRegex(AssertionError, message):
            Chain("--state", str(self.folder))
        self.assertEqual(journal.read_bytes(), content)

    def test_damage_is_told_and_nothing_is_cut(self) -> None:
        journal = self.folder / "chain.journal"
        ends = [journal.stat().st_size]
        for _ in range(2):
            self.chain.receipt(self.chain.send())
            ends.append(journal.stat().st_size)
        self.kill()
        whole = journal.read_bytes()
        for start in ends[:2]:
            for at, bit in ((0, 0x80), (0, 0x01), (3, 0x01), (4, 0x01), (15, 0x80), (300, 0x10)):
                damaged = bytearray(whole)
                damaged[start + at] ^= bit
                message = f"chain.journal is damaged at byte {start}\n$"
                self.assert_refused(bytes(damaged), message)
        one_lost = whole[: ends[0]] + whole[ends[1] :]
        self.assert_refused(one_lost, f"chain.journal is damaged at byte {ends[0]}\n$")
        self.assert_refused(whole + bytes(20), f"is damaged at byte {ends[2]}\n$")

    def test_sound_records_that_make_no_sense_are_told(self) -> None:
        self.kill()
        sound = (self.folder / "chain.journal").read_bytes()
        for items in ([], [b"block"], [b"head"], [b"head", bytes(32)], [b"block"] + 5 * [[]]):
            (self.folder / "chain.journal").write_bytes(sound)
            journal = Journal(str(self.folder))
            journal.append(rlp.encode(items))
            journal.close()
            content = (self.folder / "chain.journal").read_bytes()
            self.assert_refused(content, "^devchain: error: the journal [^\n]+\n$")

    def test_a_file_of_somebody_else_is_left_alone(self) -> None:
        self.kill()
        for content in (os.urandom(100), b"sandrun devchain x\n", b"sandrun devchain 1"):
            self.assert_refused(content, "is no journal of this chain|is a journal of version 1,")
        for version in (b"1", b"3", b"20"):
            content = b"sandrun devchain " + version + b"\n" + os.urandom(100)
            message = f"is a journal of version {version.decode()}, and only 2 can be read: "
            self.assert_refused(content, message)
        journal = self.folder / "chain.journal"
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
