"""Reading and writing text files: whole or not at all, within limits, with errors that say what to do."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import Final

from faqbot.errors import KnowledgeError, Problem

LARGEST_KNOWLEDGE: Final = 20_000_000  # bytes: about 50,000 entries, far above what people write by hand


def bundled(name: str) -> Path:
    """Return the path of a knowledge file that ships with faqbot: in a wheel inside the package, else beside it."""
    inside = Path(__file__).parent / "bundled"
    return (inside if inside.is_dir() else Path(__file__).parent.parent / "knowledge") / name


def read_text(path: Path) -> str:
    """Return the text of a knowledge file, exactly: byte order mark and line ends as they are.

    Raises:
        KnowledgeError: missing, a folder, not allowed, too large, not text, not UTF-8, or blank.
    """
    try:
        if path.is_dir():
            raise _unusable(path, "it is a folder", "name the file in it")
        if not path.is_file() and path.exists():
            raise _unusable(path, "it is not a regular file", "name a text file")
        size = path.stat().st_size
        if size > LARGEST_KNOWLEDGE:
            limit = f"a knowledge file holds at most {LARGEST_KNOWLEDGE:,}; divide it into several"
            raise _unusable(path, f"it holds {size:,} bytes", limit)
        data = path.read_bytes()
    except FileNotFoundError:
        raise _unusable(path, "there is no such file", "check the name and the folder") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _unusable(path, f"it cannot be read ({reason})", "it has to be a file that you may read") from None
    if b"\0" in data:
        raise _unusable(path, "it is not a text file", "a knowledge file is Markdown in UTF-8")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(data[: error.start + 1].splitlines())
        wrong = f"byte {data[error.start]:#04x} is not UTF-8"
        raise KnowledgeError((Problem(path, line, wrong, "save the file in the encoding UTF-8"),)) from None
    if not text.removeprefix("\ufeff").strip():
        raise _unusable(path, "it is empty", "a heading with text below it is an entry")
    return text


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path`, atomically: a reader, a crash or a full disk meets the old file or the new one.

    Permissions of an existing file are kept, its owner where that is allowed, and a link is written through.

    Raises:
        OSError: the folder is missing or not writable, the disk is full, or the path is no regular file; what was there
            is untouched.
        ValueError: the text holds half a surrogate pair, which no file can hold.
    """
    data = text.encode("utf-8")
    try:
        path = path.resolve()
    except RuntimeError as error:  # a loop of links
        raise OSError(errno.ELOOP, str(error)) from None
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    temporary = path.with_name(f".faqbot-{os.urandom(8).hex()}")
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666)  # less what the umask takes away
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if path.exists():
            old = path.stat()
            with contextlib.suppress(OSError, AttributeError):  # only root may give a file away; Windows has no owners
                os.chown(temporary, old.st_uid, old.st_gid)
            temporary.chmod(old.st_mode & 0o7777)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _unusable(path: Path, wrong: str, right: str) -> KnowledgeError:
    return KnowledgeError((Problem(path, None, wrong, right),))
