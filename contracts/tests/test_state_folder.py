"""The chain kept in a folder: restarts, kills, damage."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
import unittest
from pathlib import Path

import rlp
from devchain.storage import Journal, JournalError

from .harness import LOGGER, SINK, Chain, ChainCase, Failed, words


class JournalTests(unittest.TestCase):
    """The file alone, with every damage that one bit or one cut can do."""

    payloads = [b"begin", bytes(range(40)), b"", b"the last of them"]

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = Path(self.folder) / "chain.journal"
        journal = Journal(self.folder)
        self.ends = [self.path.stat().st_size]
        for payload in self.payloads:
            journal.append(payload)
            self.ends.append(self.path.stat().st_size)
        journal.close()
        self.whole = self.path.read_bytes()

    def read(self, content: bytes) -> list[bytes]:
        """The records of a journal of this content."""
        self.path.write_bytes(content)
        with contextlib.closing(Journal(self.folder)) as journal:
            return list(journal.records())

    def assert_refused(self, content: bytes) -> None:
        with self.assertRaisesRegex(JournalError, "damaged|no journal|of version"):
            self.read(content)
        self.assertEqual(self.path.read_bytes(), content)

    def test_a_record_cut_short_anywhere_is_dropped_alone(self) -> None:
        for cut in range(self.ends[0], len(self.whole) + 1):
            kept = sum(end <= cut for end in self.ends) - 1
            self.assertEqual(self.read(self.whole[:cut]), self.payloads[:kept])
            self.assertEqual(self.path.read_bytes(), self.whole[: self.ends[kept]])

    def test_every_bit_counts(self) -> None:
        for bit in range(8 * len(self.whole)):
            damaged = bytearray(self.whole)
            damaged[bit // 8] ^= 1 << bit % 8
            self.assert_refused(bytes(damaged))

    def test_a_record_has_its_place(self) -> None:
        first, second, third = self.ends[:3]
        self.assert_refused(self.whole[:first] + self.whole[second:])
        self.assert_refused(self.whole + self.whole[first:second])
        self.assert_refused(
            self.whole[:first]
            + self.whole[second:third]
            + self.whole[first:second]
            + self.whole[third:]
        )
        self.assert_refused(self.whole + bytes(20))


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
        start = (self.folder / "chain.journal").stat().st_size
        for _ in range(2):
            self.chain.receipt(self.chain.send())
        self.kill()
        damaged = bytearray((self.folder / "chain.journal").read_bytes())
        damaged[start] ^= 0x40
        self.assert_refused(bytes(damaged), f"chain.journal is damaged at byte {start}\n$")

    def test_sound_records_that_make_no_sense_are_told(self) -> None:
        self.kill()
        sound = (self.folder / "chain.journal").read_bytes()
        for items in ([], [b"head", bytes(32)], [b"block"] + 5 * [[]]):
            (self.folder / "chain.journal").write_bytes(sound)
            journal = Journal(str(self.folder))
            journal.append(rlp.encode(items))
            journal.close()
            content = (self.folder / "chain.journal").read_bytes()
            self.assert_refused(content, "^devchain: error: the journal [^\n]+\n$")

    def test_a_file_of_somebody_else_is_left_alone(self) -> None:
        self.kill()
        for content in (os.urandom(100), b"sandrun devchain x\n"):
            self.assert_refused(content, "is no journal of this chain")
        for version in (b"1", b"20"):
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
