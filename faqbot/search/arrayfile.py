"""Arrays in a file: what takes long to compute, kept between runs. Nothing in such a file can run code.

A line of JSON says what the file holds and which arrays stand where; the arrays follow as they are in memory, and are
mapped rather than read. A file that is cut off, damaged, of another version or of other contents is as good as none.

Both ends of every array are checked, CHECKED bytes each: that is all of a small file, and of a large one what a disk or
a copy that stopped halfway would have spoilt, without reading hundreds of megabytes for one question.
"""

from __future__ import annotations

import json
import mmap
import sys
import time
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import numpy as np

from faqbot.files import TEMPORARY, write_parts
from faqbot.search.arrays import Array

FORMAT: Final = f"faqbot arrays 2 {sys.byteorder}"
LONGEST_HEADER: Final = 1_000_000  # bytes
ALIGNED: Final = 64  # bytes: every array begins at a multiple
CHECKED: Final = 1024 * 1024  # all of 10,000 entries; with 128 KB, damage in the middle of those went unnoticed
TYPES: Final = frozenset(
    {"bool", "float16", "float32", "float64", "int32", "int64", "uint8", "uint16", "uint32", "uint64"}
)
MOST_FILES: Final = 32  # in the folder; the oldest go
ABANDONED: Final = 3600  # seconds: whoever began to write so long ago was killed
PATTERN: Final = "[!.]*-????????????????"  # the names of what is kept there


def read(path: Path, key: str) -> tuple[dict[str, Any], dict[str, Array]] | None:
    """Return what a file says and its arrays by name, mapped and not to be written; None where it is not usable.

    Args:
        path: of the file.
        key: what the file has to have been made of.
    """
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        return _read(path, key) if path.is_file() else None  # a pipe would wait for whoever fills it
    return None


def _read(path: Path, key: str) -> tuple[dict[str, Any], dict[str, Array]] | None:
    with path.open("rb") as stream:
        line = stream.readline(LONGEST_HEADER)
        header = json.loads(line[9:])
        if line[:8] != _digest(line[9:]) or (header["format"], header["key"]) != (FORMAT, key):
            return None
        mapped = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        start = _aligned(len(line))
        if len(mapped) != start + header["size"]:  # a part that the disk does not hold would end the program
            return None
        arrays = {}
        for name, (kind, shape, place, checksum) in header["arrays"].items():
            array = _array(mapped, kind, shape, start + place)
            if _checksum(array) != checksum:
                return None
            arrays[name] = array
        return header["about"], arrays


def write(path: Path, key: str, arrays: Mapping[str, Array], about: Mapping[str, Any] | None = None) -> None:
    """Keep arrays, and `about` as JSON, atomically: several programs may write the same file at once.

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
    path.parent.mkdir(parents=True, exist_ok=True)
    write_parts(path, [line, b"\0" * (_aligned(len(line)) - len(line)), *parts])
    _tidy(path.parent)


def _tidy(folder: Path) -> None:
    """Delete what was written longest ago, or was begun and left; another program may be doing the same."""
    with suppress(OSError):
        kept = sorted(folder.glob(PATTERN), key=lambda path: path.stat().st_mtime)
        begun = [path for path in folder.glob(f"{TEMPORARY}*") if path.stat().st_mtime < time.time() - ABANDONED]
        for path in [*kept[:-MOST_FILES], *begun]:
            path.unlink(missing_ok=True)


def _digest(line: bytes) -> bytes:
    return b"%08x" % zlib.crc32(line)


def _checksum(array: Array) -> int:
    raw = _raw(array)
    if len(raw) <= 2 * CHECKED:
        return zlib.crc32(raw)
    return zlib.crc32(raw[-CHECKED:], zlib.crc32(raw[:CHECKED]))


def _raw(array: Array) -> memoryview:
    return array.reshape(-1).view(np.uint8).data


def _aligned(place: int) -> int:
    return -(-place // ALIGNED) * ALIGNED


def _array(mapped: mmap.mmap, kind: str, shape: list[int], start: int) -> Array:
    if kind not in TYPES:
        raise ValueError(f"arrays of {kind} are not kept")
    count = int(np.prod(shape))
    if not count:
        return np.zeros(shape, kind)
    return np.frombuffer(mapped, kind, count, start).reshape(shape)
