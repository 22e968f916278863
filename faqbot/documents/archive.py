"""Zip archives, as Word and Excel files are too: what a damaged one raises, and how much one may unpack to."""

from __future__ import annotations

import zipfile
import zlib
from typing import Final

# What zipfile raises for archives that are damaged, locked or packed in a way that it does not know.
DAMAGED: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
LARGEST_UNPACKED: Final = 200_000_000  # bytes; the text of a book has a megabyte, a sheet of 50,000 rows 20
LARGEST_RATIO: Final = 200  # unpacked to packed: text and tables pack to a tenth, a bomb to a thousandth
SMALLEST_SUSPECT: Final = 10_000_000  # bytes unpacked: below that, no ratio does harm


def excess(archive: zipfile.ZipFile, packed: int) -> int:
    """Return how many bytes an archive says that it unpacks to, where that would fill the memory; 0 for others.

    Args:
        archive: opened; nothing is unpacked.
        packed: bytes that it has.
    """
    unpacked = sum(part.file_size for part in archive.infolist())
    is_bomb = unpacked > LARGEST_UNPACKED or unpacked > max(SMALLEST_SUSPECT, LARGEST_RATIO * packed)
    return unpacked if is_bomb else 0
