"""A long run's file in the making: what is done stays done, whenever the run is broken off.

Beside OUT stand OUT.part, to which each finished piece is added, and OUT.part.log, which says afterwards how far that
is: a line for what the run was begun with, and a line a piece. What the log does not know of is cut off the part.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

from faqbot import files
from faqbot.errors import UnfinishedError

FINISHED: Final = "finished"

Line = tuple[int, Any]  # where a line of the log ends, and its value


class Ledger:
    """One run, begun or gone on with; use it in a `with`, which leaves it to be gone on with.

    Args:
        output: the file to write.
        begun_with: what the run depends on: its name, to a digest of it.
        restart: whether to begin anew what was broken off.

    Attributes:
        rows: how many are done.
        counts: of them by status.
        is_finished: whether the file is whole.

    Raises:
        UnfinishedError: it was begun with something else, or is under way.
        OSError: the folder cannot be written.
    """

    def __init__(self, output: Path, begun_with: Mapping[str, str], *, restart: bool = False) -> None:
        self._path = files.target(output)
        self._part = self._path.with_name(f"{self._path.name}.part")
        self._log_path = self._path.with_name(f"{self._path.name}.part.log")
        self.rows = 0
        self.counts: Counter[str] = Counter()
        self.is_finished = False
        self._log = self._locked()
        try:
            lines = [] if restart else _values(self._log.read())
            _check(lines, begun_with, output)
            # It may have ended between putting the file in place and taking the log away.
            is_over = bool(lines) and lines[-1][1] == FINISHED and not self._part.exists() and self._path.exists()
            self._data = self._log if is_over else self._opened(lines, begun_with)
            if is_over:
                self.rows, self.counts = next((v[0], Counter(v[2])) for _, v in reversed(lines) if isinstance(v, list))
                self._ended()
        except BaseException:
            self._log.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._data.close()
        self._log.close()

    def add(self, data: bytes, rows: int, counts: Mapping[str, int]) -> None:
        """Write a piece, and then that it is written.

        Raises:
            OSError: the disk is full; the piece is not done.
        """
        self._data.write(data)
        self._data.flush()
        os.fsync(self._data.fileno())
        self.rows += rows
        self.counts.update(counts)
        self._note([self.rows, self._data.tell(), self.counts])

    def finish(self) -> None:
        """Put the file in its place, atomically.

        Raises:
            OSError: it cannot be put there; it can be gone on with.
        """
        self._note(FINISHED)
        os.fsync(self._log.fileno())
        self._data.close()
        files.put(self._part, self._path)
        self._ended()

    def _ended(self) -> None:
        self._log.close()
        self._log_path.unlink(missing_ok=True)
        self.is_finished = True

    def _note(self, value: object) -> None:
        self._log.write(json.dumps(value).encode() + b"\n")
        self._log.flush()

    def _locked(self) -> BinaryIO:
        """Return the log, opened so that no other run can: the lock goes when this program does, however it ends."""
        while True:
            handle = os.open(self._log_path, os.O_RDWR | os.O_CREAT, _mode(self._path))
            log = os.fdopen(handle, "r+b")
            try:
                _lock(handle)
            except OSError:
                log.close()
                raise UnfinishedError(self._path, "another run is writing it", "wait for that to end") from None
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), self._log_path.stat()):
                    return log
            log.close()  # the other run had just finished, and taken the log away

    def _opened(self, lines: Sequence[Line], begun_with: Mapping[str, str]) -> BinaryIO:
        """Return the part, cut off behind the last piece that both files know of."""
        part = os.fdopen(os.open(self._part, os.O_RDWR | os.O_CREAT, _mode(self._path)), "r+b")
        size = part.seek(0, os.SEEK_END)
        end = done = 0
        for place, value in lines:
            if isinstance(value, list):
                if value[1] > size:
                    break
                self.rows, done, counts = value
                self.counts = Counter(counts)
            if value != FINISHED:
                end = place
        part.seek(done)
        part.truncate()
        self._log.seek(end)
        self._log.truncate()
        if not end:
            self._note(dict(begun_with))
        return part


def _check(lines: Sequence[Line], begun_with: Mapping[str, str], path: Path) -> None:
    if lines and lines[0][1] != begun_with:
        was = lines[0][1] if isinstance(lines[0][1], dict) else {}
        other = " and ".join(name for name in begun_with if was.get(name) != begun_with[name])
        raise UnfinishedError(
            path, f"the run that was broken off was begun with other {other}", "begin it anew (--restart)"
        )


def _values(data: bytes) -> list[Line]:
    """Return the values of a log's whole lines, each with the place where its line ends."""
    found: list[Line] = []
    end = 0
    for line in data.splitlines(keepends=True):
        end += len(line)
        try:
            if line.endswith(b"\n"):
                found.append((end, json.loads(line)))
        except ValueError:
            break
    return found


def _mode(path: Path) -> int:
    """Return the permissions of a file that is to be replaced: what it holds is nobody else's before either."""
    return path.stat().st_mode & 0o777 if path.exists() else 0o666


def _lock(handle: int) -> None:
    with contextlib.suppress(ImportError):  # Windows has none of it
        import fcntl  # noqa: PLC0415

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
