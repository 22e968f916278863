"""Files that only grow, a JSON object a line: what is added is there whole or not at all, whoever else adds to them."""

from __future__ import annotations

import contextlib
import json
import os
import stat
from pathlib import Path
from typing import Any

from faqbot.errors import LogError, Problem


def ensure_writable(path: Path) -> None:
    """Make sure that questions can be kept in a log of this path; an empty one is made if there is none.

    Raises:
        LogError: they cannot.
    """
    try:
        os.close(_opened(path))
    except FileNotFoundError:
        raise unusable(path, "there is no such folder", "make it first, or name another") from None
    except IsADirectoryError:
        raise unusable(path, "it is a folder", "name a file in it") from None
    except (OSError, ValueError) as error:
        raise unusable(path, f"no question can be kept there: {reason(error)}", "name another file") from None


def append(path: Path, line: dict[str, Any], largest: int) -> bool:
    """Add a line to a file in one piece, and return whether there was room for it.

    The system puts what is written at once, to a file opened for appending, behind what others have written: two chats
    need no lock. After a crash the last line may be half a one; the next begins on its own.

    Raises:
        OSError: it cannot be written.
        ValueError: it is not a regular file.
    """
    handle = _opened(path)
    try:
        size = os.fstat(handle).st_size
        is_torn = bool(size) and os.lseek(handle, -1, os.SEEK_END) >= 0 and os.read(handle, 1) != b"\n"
        data = ("\n" * is_torn + json.dumps(line) + "\n").encode("ascii")
        if size + len(data) > largest:
            return False
        if os.write(handle, data) < len(data):
            raise OSError("the disk is full")
    finally:
        os.close(handle)
    return True


def _opened(path: Path) -> int:
    """Return a handle that adds to a log, which is readable by its owner alone from now on."""
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise ValueError("it is not a regular file")
        if found.st_mode & 0o077:
            with contextlib.suppress(OSError, AttributeError):  # another one's file; Windows has none of this
                os.fchmod(handle, 0o600)
    except BaseException:
        os.close(handle)
        raise
    return handle


def reason(error: Exception) -> str:
    """Return why something cannot be written."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def unusable(path: Path, wrong: str, right: str) -> LogError:
    """Return the error of a log that cannot be used: what is wrong, and what would be right."""
    return LogError(Problem(path, None, wrong, right))
