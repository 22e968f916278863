"""Read files within limits and write them atomically, with errors that say what to do."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, Final

from faqbot.errors import KnowledgeError, Problem

HERE: Final = Path(__file__).parent
BUNDLED: Final = "bundled"  # the folder of knowledge files in the package
TEMPORARY: Final = ".faqbot-"  # begins the name of a file while it is written; 16 hexadecimal digits follow
NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0)  # Windows has none of these
_AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
# What the system calls it, in words that say what to do.
_REASONS: Final = {
    errno.ENOENT: "there is no such folder", errno.ENOTDIR: "there is no such folder", errno.ENOSPC: "the disk is full",
    errno.EFBIG: "the disk takes no file of this size", errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there", errno.EROFS: "nothing can be written there",
    errno.ENAMETOOLONG: "the name is too long", errno.ELOOP: "it is a link that leads back to itself",
}  # fmt: skip
LARGEST_KNOWLEDGE: Final = 20_000_000  # bytes: about 50,000 entries, far above what people write by hand


def reason(error: OSError) -> str:
    """Return why a file cannot be written, as part of a sentence."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))


def packaged(name: str) -> bytes:
    """Read a file that ships inside the package, also where the package is in an archive; `name` is its path there."""
    try:
        return (HERE / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        from importlib import resources  # noqa: PLC0415 - takes 10 ms to load, and few have the package in an archive

        return resources.files("faqbot").joinpath(*name.split("/")).read_bytes()


def bundled(name: str) -> Path:
    """Return the path of a knowledge file that ships with faqbot: inside the package, in a checkout beside it."""
    beside = HERE.parent / "knowledge"
    return (beside if beside.is_dir() and not (HERE / BUNDLED).is_dir() else HERE / BUNDLED) / name


def distinct(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return paths in their order, each file once, by whatever links or folders it is named."""
    found: dict[Path, Path] = {}
    for path in paths:
        try:
            key = path.resolve()
        except (OSError, ValueError, RuntimeError):  # reading it tells what is wrong
            key = path
        found.setdefault(key, path)
    return tuple(found.values())


def opened(path: Path, *, extra: int = 0) -> BinaryIO:
    """Open a regular file for reading; a pipe or a device in its place is not waited for.

    Args:
        path: of the file.
        extra: flags of `os.open` more, such as NO_LINK.

    Raises:
        OSError: it cannot be opened, or is no regular file.
    """
    handle = os.open(path, os.O_RDONLY | _AT_ONCE | extra)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a regular file", str(path))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_bytes(path: Path, largest: int, what: str, unusable: Callable[[Path, str, str], Exception]) -> bytes:
    """Return what a file holds; what is wrong with it, and what would be right, is raised as `unusable` makes it.

    Args:
        path: the file.
        largest: bytes that are read at most.
        what: it should be, with its article: "a knowledge file".
        unusable: makes the error of the path, what is wrong, and what would be right.
    """
    try:
        if path.is_dir():
            raise unusable(path, "it is a folder", "name the file in it")
        if not path.is_file() and path.exists():
            raise unusable(path, "it is not a regular file", f"name {what}")
        size = path.stat().st_size
        if size > largest:
            raise unusable(
                path, f"it holds {size:,} bytes", f"{what} holds at most {largest:,}; divide it into several"
            )
        with opened(path) as stream:  # its size may be told wrong, as below /proc, or have grown meanwhile
            data = stream.read(largest + 1) or b""
        if len(data) > largest:
            wrong = f"it holds more than {largest:,} bytes"
            raise unusable(path, wrong, f"{what} holds at most {largest:,}; divide it into several")
        return data
    except FileNotFoundError:
        raise unusable(path, "there is no such file", "check the name and the folder") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise unusable(path, f"it cannot be read ({reason})", "it has to be a file that you may read") from None


def read_text(path: Path) -> str:
    """Return the text of a knowledge file, exactly: byte order mark and line ends as they are.

    Raises:
        KnowledgeError: missing, a folder, not allowed, too large, not text, not UTF-8, or blank.
    """
    return text_of(path, read_knowledge(path))


def read_knowledge(path: Path) -> bytes:
    """Return what a knowledge file holds.

    Raises:
        KnowledgeError: missing, a folder, not allowed, or too large.
    """
    if path.parent == HERE / BUNDLED and not HERE.is_dir():
        return packaged(f"{BUNDLED}/{path.name}")
    return read_bytes(path, LARGEST_KNOWLEDGE, "a knowledge file", _unusable)


def text_of(path: Path, data: bytes) -> str:
    """Return the text of a knowledge file that holds `data`.

    Raises:
        KnowledgeError: not text, not UTF-8, or blank.
    """
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
    """Write `text` to `path` as `write_bytes` does.

    Raises:
        OSError: see `write_bytes`.
        ValueError: the text holds half a surrogate pair, which no file can hold.
    """
    write_bytes(path, text.encode("utf-8"))


def write_new(path: Path, data: bytes) -> None:
    """Write `data` to a file that is not there yet, as `write_bytes` does.

    Raises:
        FileExistsError: it is there, also where somebody else has made it in this moment: it stays as it is.
        OSError: see `write_parts`.
    """
    _write(target(path), [data], 0o666, _put_new)


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to `path`, atomically: a reader, a crash or a full disk meets the old file or the new one.

    See `write_parts`.
    """
    write_parts(path, [data])


def write_parts(path: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Write `parts` one after the other to `path`, atomically.

    Permissions of an existing file are kept, its owner where that is allowed, and a link is written through.

    Raises:
        OSError: the folder is missing or not writable, the disk is full, or the path is no regular file; what was there
            is untouched.
    """
    _write(target(path), parts, 0o666, put)  # less what the umask takes away


def write_private(path: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Write `parts` to `path` as `write_parts` does, readable by its owner alone; a link there is replaced.

    Raises:
        OSError: the folder is missing or not writable, the disk is full, or a folder has that name.
    """
    _write(path, parts, 0o600, Path.replace)


def _write(path: Path, parts: Iterable[bytes | memoryview], mode: int, move: Callable[[Path, Path], object]) -> None:
    temporary = path.with_name(f"{TEMPORARY}{os.urandom(8).hex()}")
    handle = os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode)  # which follows no link
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(parts)
            stream.flush()
            os.fsync(stream.fileno())
        move(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def target(path: Path) -> Path:
    """Return the path of the regular file that writing to `path` would replace or make, links followed.

    Raises:
        OSError: there is something else, or a loop of links.
    """
    try:
        path = path.resolve()
    except RuntimeError as error:  # a loop of links
        raise OSError(errno.ELOOP, str(error)) from None
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file", str(path))
    return path


def put(temporary: Path, path: Path) -> None:
    """Move a finished file to where a `target` said, with the permissions of what it replaces.

    Raises:
        OSError: the folder is not writable; what was there is untouched.
    """
    if path.exists():
        old = path.stat()
        with contextlib.suppress(OSError, AttributeError):  # only root may give a file away; Windows has no owners
            os.chown(temporary, old.st_uid, old.st_gid)
        temporary.chmod(old.st_mode & 0o7777)
    temporary.replace(path)


def _put_new(temporary: Path, path: Path) -> None:
    """Move a finished file to where none is."""
    try:
        path.hardlink_to(temporary)  # unlike a move, it replaces nothing
    except FileExistsError:
        raise
    except OSError as error:  # a disk without links: whoever makes the same file within a moment is not seen
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        temporary.replace(path)
    else:
        temporary.unlink()


def _unusable(path: Path, wrong: str, right: str) -> KnowledgeError:
    return KnowledgeError((Problem(path, None, wrong, right),))
