"""Checkpoint a long run: what is done stays done, whenever the run is broken off.

Beside OUT stand OUT.part, to which each finished piece is added, and OUT.part.log, which says afterwards how far that
is: a line for what the run was begun with, and a line a piece. What the log does not know of is cut off the part.

Neither is opened through a link, and neither takes the place of a file of somebody else: a log has to begin as one of
a run does, and a part without a log is not gone on with.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

from faqbot import files
from faqbot.errors import UnfinishedError

FINISHED: Final = "finished"

_OPEN: Final = os.O_RDWR | files.NO_LINK
_MAKE: Final = _OPEN | os.O_CREAT | os.O_EXCL

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
        UnfinishedError: it was begun with something else, or is under way, or a file that it has to write beside the
            output is of somebody else.
        OSError: the folder cannot be written.
    """

    def __init__(self, output: Path, begun_with: Mapping[str, str], *, restart: bool = False) -> None:
        self._path = files.target(output)
        _, self._part, self._log_path = written(self._path)
        self.rows = 0
        self.counts: Counter[str] = Counter()
        self.is_finished = False
        self._log = self._locked()
        try:
            data = self._log.read()
            lines = _values(data)
            if not lines and _is_torn(data, begun_with):
                data = b""
            if data and not (lines and isinstance(lines[0][1], dict) and lines[0][1].keys() == begun_with.keys()):
                raise _foreign(self._log_path)
            if restart:
                lines = []
                self._part_of_log(bool(data)).unlink(missing_ok=True)
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
            handle = self._handle(self._log_path)
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

    def _handle(self, path: Path) -> int:
        """Open a file of this run, or make it; never through a link.

        Raises:
            UnfinishedError: it is a link, or no regular file.
        """
        try:
            handle = os.open(path, _MAKE, _mode(self._path))
        except FileExistsError:
            if not stat.S_ISREG(path.lstat().st_mode):
                raise _foreign(path) from None
            handle = os.open(path, _OPEN)
        return handle

    def _part_of_log(self, is_known: bool) -> Path:
        """Return the path of the part; one that no log knows of is of somebody else.

        Raises:
            UnfinishedError: it is.
        """
        if not is_known and os.path.lexists(self._part):
            raise _foreign(self._part)
        return self._part

    def _opened(self, lines: Sequence[Line], begun_with: Mapping[str, str]) -> BinaryIO:
        """Return the part, cut off behind the last piece that both files know of."""
        path = self._part_of_log(bool(lines))
        if not lines:
            self._log.truncate(0)
            self._log.seek(0)
            self._note(dict(begun_with))
            os.fsync(self._log.fileno())  # before there is a part: one without a log is of somebody else
        part = os.fdopen(self._handle(path), "r+b")
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
        if lines:
            self._log.seek(end)
            self._log.truncate()
        return part


def written(output: Path) -> tuple[Path, Path, Path]:
    """Return the paths that a run writes: the output, the part and its log."""
    return output, output.parent / f"{output.name}.part", output.parent / f"{output.name}.part.log"


def _foreign(path: Path) -> UnfinishedError:
    return UnfinishedError(
        path, "it is there already, and not of a run that was broken off", "move it, or name another output"
    )


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


def _is_torn(data: bytes, begun_with: Mapping[str, str]) -> bool:
    """Return whether a log is the beginning of its first line: the power failed before there was a part."""
    begins = json.dumps(dict(begun_with)).encode().partition(b": ")[0]
    written = data.rstrip(b"\0")  # a disk may know how long a file is before it has what is in it
    return b"\n" not in written and (written.startswith(begins) or begins.startswith(written))


def _mode(path: Path) -> int:
    """Return the permissions of a file that is to be replaced: what it holds is nobody else's before either."""
    return path.stat().st_mode & 0o777 if path.exists() else 0o666


def _lock(handle: int) -> None:
    with contextlib.suppress(ImportError):  # Windows has none of it
        import fcntl  # noqa: PLC0415

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
