"""Read and write memory-mapped array files with checksums, the on-disk cache. Nothing in one can run code.

A line of JSON says what the file holds and which arrays stand where; the arrays follow as they are in memory. Small
files are read, large ones mapped. A file that is cut off, damaged, of another version or of other contents is as good
as none: all of it is checked by sums of rows and columns, which takes 3 ms for 100,000 entries (48 MB; a CRC takes 27).

Files are replaced as a whole, readable by their owner alone, and never shortened: whoever has mapped one keeps it.
"""

from __future__ import annotations

import json
import mmap
import os
import re
import stat
import sys
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from faqbot import files
from faqbot.search.arrays import Array

FORMAT: Final = f"faqbot arrays 4 {sys.byteorder}"
LONGEST_HEADER: Final = 1_000_000  # bytes
ALIGNED: Final = 64  # bytes: every array begins at a multiple
BLOCK: Final = 512  # words of eight bytes in a row: a page of most disks
ROWS: Final = 64  # that are summed at a time, while the processor has them at hand
SMALL: Final = 2_000_000  # bytes: reading so many takes a millisecond, and then nothing that befalls the file matters
TYPES: Final = frozenset(
    {"bool", "float16", "float32", "float64", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}
)
MOST_FILES: Final = 32  # in the folder; the oldest go
ABANDONED: Final = 3600  # seconds: whoever began to write so long ago was killed
OURS: Final = re.compile(r"(?:index|vectors)-[0-9a-f]{16}")  # the names of what is kept there
_BEGUN: Final = re.compile(rf"{re.escape(files.TEMPORARY)}[0-9a-f]{{16}}")
# Marks a folder as one in which files may be deleted (https://bford.info/cachedir/), for programs of backup too.
TAG: Final = "CACHEDIR.TAG"
_TAGGED: Final = b"Signature: 8a477f597d28d172789f06886806bc55\n# What faqbot can compute again. It deletes here.\n"


def read(path: Path, key: str) -> tuple[dict[str, Any], dict[str, Array]] | None:
    """Return what a file says and its arrays by name, not to be written; None where it is not usable.

    A damaged one is told to the log: whoever called makes it anew.

    Args:
        path: of the file; a link is none.
        key: what the file has to have been made of.
    """
    try:
        with files.opened(path, extra=files.NO_LINK) as stream:
            return _read(stream, key)
    except OSError:
        return None
    except (ValueError, KeyError, TypeError, RecursionError):
        import logging  # noqa: PLC0415 - only for whoever has such a file

        logging.getLogger("faqbot").warning("faqbot: %s is damaged, and is made anew", path)
        return None


def _read(stream: BinaryIO, key: str) -> tuple[dict[str, Any], dict[str, Array]] | None:
    """Return the contents of a file; None where it is of another version or of other contents.

    Raises:
        ValueError, KeyError, TypeError, RecursionError: it is damaged.
    """
    line = stream.readline(LONGEST_HEADER)
    if line[:8] != _digest(line[9:]):
        raise ValueError("the header is damaged")
    header = json.loads(line[9:])
    if (header["format"], header["key"]) != (FORMAT, key):
        return None
    start = _aligned(len(line))
    size = os.fstat(stream.fileno()).st_size
    if size != start + header["size"]:  # a part that the disk does not hold would end the program
        raise ValueError("the file is cut off")
    stream.seek(0)
    held = stream.read() if size <= SMALL else mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    if len(held) != size:
        raise ValueError("the file is cut off")
    arrays = {}
    for name, (kind, shape, place, checksum) in header["arrays"].items():
        array = _array(held, kind, shape, start + place)
        if _checksum(array) != checksum:
            raise ValueError(f"the array {name!r} is damaged")
        arrays[name] = array
    return header["about"], arrays


def write(path: Path, key: str, arrays: Mapping[str, Array], about: Mapping[str, Any] | None = None) -> None:
    """Keep arrays, and `about` as JSON, atomically: several programs may write the same file at once.

    The folder is made where there is none, for its owner alone.

    Raises:
        OSError: the disk is full or read-only, or the path cannot be written.
    """
    places: dict[str, tuple[str, tuple[int, ...], int, int]] = {}
    parts: list[bytes | memoryview] = []
    size = 0
    for name, given in arrays.items():
        array = np.ascontiguousarray(given)
        places[name] = (array.dtype.name, array.shape, size, _checksum(array))
        padding = _aligned(array.nbytes) - array.nbytes
        parts += [_raw(array), b"\0" * padding]
        size += array.nbytes + padding
    header = {"format": FORMAT, "key": key, "size": size, "about": dict(about or {}), "arrays": places}
    line = json.dumps(header).encode() + b"\n"
    line = _digest(line) + b" " + line
    folder = path.parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    with suppress(OSError):  # without the mark nothing is deleted, and that is all
        _mark(folder)
    files.write_private(path, [line, b"\0" * (_aligned(len(line)) - len(line)), *parts])
    with suppress(OSError):
        _tidy(folder)


def _mark(folder: Path) -> None:
    """Mark a folder as a cache, unless it holds a file of somebody else."""
    tag = folder / TAG
    if not tag.exists() and all(map(_is_ours, folder.iterdir())):
        files.write_private(tag, [_TAGGED])


def _tidy(folder: Path) -> None:
    """Close a folder of ours to others; delete what was written longest ago in it, or was begun and left.

    Another program may be doing the same.
    """
    with files.opened(folder / TAG, extra=files.NO_LINK) as stream:
        if stream.read(len(_TAGGED) + 1) != _TAGGED:
            return
    if folder.stat().st_mode & 0o077:  # made by somebody else, or long ago: what is asked is nobody else's business
        folder.chmod(0o700)
    kept = sorted(_files(folder, OURS))
    begun = [(written, path) for written, path in _files(folder, _BEGUN) if written < time.time() - ABANDONED]
    for _, path in [*kept[:-MOST_FILES], *begun]:
        path.unlink(missing_ok=True)


def _files(folder: Path, names: re.Pattern[str]) -> Iterator[tuple[float, Path]]:
    """Yield when each regular file of such a name was written, and its path."""
    for path in folder.iterdir():
        found = path.lstat()
        if names.fullmatch(path.name) and stat.S_ISREG(found.st_mode):
            yield found.st_mtime, path


def _is_ours(path: Path) -> bool:
    return bool(OURS.fullmatch(path.name) or _BEGUN.fullmatch(path.name))


def _digest(line: bytes) -> bytes:
    return b"%08x" % zlib.crc32(line)


def _checksum(array: Array) -> int:
    """Return a CRC over the sums of the rows and of the columns of an array in words of eight bytes.

    Damage to three words or fewer is told whatever it is: what leaves the sum of a row as it was changes two columns.
    """
    raw = _raw(array)
    whole = len(raw) // (8 * BLOCK) * 8 * BLOCK
    words = np.frombuffer(raw[:whole], np.uint64).reshape(-1, BLOCK)
    rows, columns = np.empty(len(words), np.uint64), np.zeros(BLOCK, np.uint64)
    for start in range(0, len(words), ROWS):
        some = words[start : start + ROWS]
        some.sum(axis=1, out=rows[start : start + ROWS])
        columns += some.sum(axis=0)
    return zlib.crc32(raw[whole:], zlib.crc32(columns.data, zlib.crc32(rows.data)))


def _raw(array: Array) -> memoryview:
    return array.reshape(-1).view(np.uint8).data


def _aligned(place: int) -> int:
    return -(-place // ALIGNED) * ALIGNED


def _array(held: bytes | mmap.mmap, kind: str, shape: list[int], start: int) -> Array:
    if kind not in TYPES:
        raise ValueError(f"arrays of {kind} are not kept")
    count = int(np.prod(shape))
    if not count:
        return np.zeros(shape, kind)
    return np.frombuffer(held, kind, count, start).reshape(shape)
