"""Arrays in a file: what takes long to compute, kept between runs. Nothing in such a file can run code.

A line of JSON says what the file holds and which arrays stand where; the arrays follow as they are in memory. A file
that is cut off, damaged, of another version or of other contents is as good as none.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import numpy as np

from faqbot.files import write_bytes
from faqbot.sparse import Array

FORMAT: Final = "faqbot arrays 1"
LONGEST_HEADER: Final = 100_000  # bytes
ALIGNED: Final = 64  # bytes: every array begins at a multiple
TYPES: Final = frozenset({"float16", "float32", "float64", "int32", "int64", "uint8", "uint16", "uint32"})


def read(path: Path, key: str) -> dict[str, Array] | None:
    """Return the arrays of a file by name, mapped into memory and not to be written; None where it is not usable.

    Args:
        path: of the file.
        key: what the file has to have been made of.
    """
    with suppress(OSError, ValueError, KeyError, TypeError):
        with path.open("rb") as stream:
            header = json.loads(stream.readline(LONGEST_HEADER))
            start = stream.tell()
        if (header["format"], header["key"]) != (FORMAT, key):
            return None
        data = np.memmap(path, np.uint8, "r", _aligned(start))
        if zlib.crc32(data.data) != header["checksum"]:
            return None
        return {name: _array(data, *place) for name, place in header["arrays"].items()}
    return None


def write(path: Path, key: str, arrays: Mapping[str, Array]) -> None:
    """Keep arrays, atomically: several programs may write the same file at once.

    Raises:
        OSError: the disk is full or read-only, or the path cannot be written.
    """
    places: dict[str, tuple[str, tuple[int, ...], int]] = {}
    body = bytearray()
    for name, array in arrays.items():
        places[name] = (array.dtype.name, array.shape, len(body))
        body += np.ascontiguousarray(array).tobytes()
        body += b"\0" * (_aligned(len(body)) - len(body))
    header = {"format": FORMAT, "key": key, "checksum": zlib.crc32(body), "arrays": places}
    line = json.dumps(header).encode() + b"\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_bytes(path, line + b"\0" * (_aligned(len(line)) - len(line)) + body)


def _aligned(place: int) -> int:
    return -(-place // ALIGNED) * ALIGNED


def _array(data: Array, kind: str, shape: list[int], start: int) -> Array:
    if kind not in TYPES:
        raise ValueError(f"arrays of {kind} are not kept")
    end = start + int(np.prod(shape)) * np.dtype(kind).itemsize
    return np.asarray(data[start:end]).view(kind).reshape(shape)
