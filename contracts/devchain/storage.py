"""Where state and blocks lie: in memory, and with a state folder also in an append-only journal.

The journal starts with a line that says what it is. A record is 4 bytes of length, 8 bytes of the payload's SHA-256, a seal over these and the
record's place, and the payload. It is written with the block's state before the block is announced, so a killed node loses no block that anybody
was told of.

What a kill leaves at the end is the beginning of a record: it is dropped at the next start. Nothing else is ever cut off. The seal tells a
length that is damaged from a record that is cut short, and a record that stands where it was not written from one that does.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import logging
import os
from typing import Iterator

from eth.db.backends.base import BaseDB

_NAME = b"sandrun devchain "
_MAGIC = _NAME + b"2\n"
_SEALED = 12
_HEAD = 16
_log = logging.getLogger(__name__)


class MemoryStore(BaseDB):
    """Trie nodes and code by hash; remembers what was written since it was last asked."""

    def __init__(self) -> None:
        self._items: dict[bytes, bytes] = {}
        self._written: dict[bytes, bytes] = {}

    def __getitem__(self, key: bytes) -> bytes:
        return self._items[key]

    def __setitem__(self, key: bytes, value: bytes) -> None:
        if self._items.get(key) != value:
            self._items[key] = value
            self._written[key] = value

    def __delitem__(self, key: bytes) -> None:
        """Nothing is deleted: the states of old blocks stay readable."""

    def _exists(self, key: bytes) -> bool:
        return key in self._items

    def take_written(self) -> dict[bytes, bytes]:
        """What was written since the last call."""
        written, self._written = self._written, {}
        return written

    def load(self, items: Iterator[tuple[bytes, bytes]]) -> None:
        """Adds what a journal holds."""
        self._items.update(items)


class Overlay(BaseDB):
    """A store over another that takes all writes, for blocks that nobody keeps."""

    def __init__(self, base: BaseDB) -> None:
        self._base = base
        self._items: dict[bytes, bytes] = {}

    def __getitem__(self, key: bytes) -> bytes:
        found = self._items.get(key)
        return self._base[key] if found is None else found

    def __setitem__(self, key: bytes, value: bytes) -> None:
        self._items[key] = value

    def __delitem__(self, key: bytes) -> None:
        self._items.pop(key, None)

    def _exists(self, key: bytes) -> bool:
        return key in self._items or key in self._base


class JournalError(Exception):
    """A state folder that cannot be used, and the status to end with."""

    def __init__(self, message: str, status: int = os.EX_DATAERR) -> None:
        super().__init__(message)
        self.status = status


def _digest(data: bytes) -> bytes:
    """What tells damaged bytes from sound ones."""
    return hashlib.sha256(data).digest()[:8]


def _head(position: int, sealed: bytes) -> bytes:
    """The beginning of a record at that place of the file: length and digest, and the seal over both."""
    return sealed + _digest(position.to_bytes(8, "big") + sealed)[: _HEAD - _SEALED]


class Journal:
    """The append-only file of one chain, held by one process at a time."""

    def __init__(self, folder: str) -> None:
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            self._path = os.path.join(folder, "chain.journal")
            self._file = os.open(
                self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600
            )
        except OSError as error:
            raise JournalError(f"cannot open {folder}: {error.strerror}", os.EX_IOERR) from error
        try:
            self._lock(folder)
            self._begin()
        except JournalError:
            self.close()
            raise

    def _lock(self, folder: str) -> None:
        """Keeps other processes away for as long as the file is open."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EAGAIN, errno.EACCES):
                raise JournalError(
                    f"{folder} is in use by another process", os.EX_TEMPFAIL
                ) from error
            raise JournalError(
                f"cannot lock {self._path}: {error.strerror}", os.EX_IOERR
            ) from error

    def _begin(self) -> None:
        """Writes the first line of a new file, or checks that of an old one."""
        found = os.pread(self._file, 64, 0)
        if found.startswith(_MAGIC):
            return
        if not _MAGIC.startswith(found):
            version = found.removeprefix(_NAME).partition(b"\n")[0]
            if found.startswith(_NAME) and version.isdigit():
                raise JournalError(
                    f"{self._path} is a journal of version {version.decode()}, "
                    f"and only {_MAGIC[len(_NAME):-1].decode()} can be read: take another folder"
                )
            raise JournalError(f"{self._path} is no journal of this chain")
        try:
            os.ftruncate(self._file, 0)
            os.write(self._file, _MAGIC)
        except OSError as error:
            raise JournalError(
                f"cannot write {self._path}: {error.strerror}", os.EX_IOERR
            ) from error

    def records(self) -> Iterator[bytes]:
        """The payloads from the first on; a last one that was cut short is cut off.

        Raises `JournalError` where anything else is damaged, and leaves the file as it is.
        """
        size = os.fstat(self._file).st_size
        position = len(_MAGIC)
        while position < size:
            head = os.pread(self._file, _HEAD, position)
            if len(head) == _HEAD and head != _head(position, head[:_SEALED]):
                raise JournalError(f"{self._path} is damaged at byte {position}")
            end = position + _HEAD + int.from_bytes(head[:4], "big")
            if len(head) < _HEAD or end > size:
                self._heal(position, size)
                return
            payload = os.pread(self._file, end - position - _HEAD, position + _HEAD)
            if _digest(payload) != head[4:_SEALED]:
                raise JournalError(f"{self._path} is damaged at byte {position}")
            position = end
            yield payload

    def _heal(self, position: int, size: int) -> None:
        """Cuts off the beginning of a record whose end was never written."""
        _log.info("%s: %d bytes of an unfinished record dropped", self._path, size - position)
        try:
            os.ftruncate(self._file, position)
        except OSError as error:
            raise JournalError(
                f"cannot write {self._path}: {error.strerror}", os.EX_IOERR
            ) from error

    def append(self, payload: bytes) -> None:
        """Adds a record; the kernel has it when this returns. Raises `OSError`."""
        start = os.fstat(self._file).st_size
        record = _head(start, len(payload).to_bytes(4, "big") + _digest(payload)) + payload
        try:
            written = 0
            while written < len(record):
                written += os.write(self._file, record[written:])
        except OSError:
            os.ftruncate(self._file, start)
            raise

    def close(self) -> None:
        """Lets another process have the folder."""
        os.close(self._file)
