"""Open workbooks and archives within limits: sheets to rows, by python-calamine; the one file in a zip that counts."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Final

from faqbot.documents.archive import DAMAGED, LARGEST_UNPACKED, excess
from faqbot.documents.pairs.values import unusable
from faqbot.documents.tables import Row
from faqbot.errors import ExtraMissingError

MOST_CELLS: Final = 5_000_000
MOST_MEMBERS: Final = 2_000
READ: Final = (".xlsx", ".tsv", ".csv", ".json", ".qna", ".md", ".yml", ".yaml", ".html", ".htm", ".txt")
# A row or a cell, with the end of its tag where it is well formed; the attribute that calls its place; and that place:
# "B2", or "2" of a row. The reader below takes whatever letters and digits for a place, however far away.
_PLACE: Final = re.compile(rb"""<(?:\w{1,20}+:)?+(row|c)(?=[\s/>])((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)(>?)""")
_NAMED: Final = re.compile(rb"""(?<![\w:.-])r\s*+=\s*+["']([^"']*+)""")
_REFERENCE: Final = re.compile(rb"([A-Za-z]{0,3})([0-9]{0,7})")
_BESIDE: Final = ("settings", "synonyms", "readme", "license")  # files of an export that hold no pairs


def sheets(data: bytes, path: Path) -> list[tuple[str, list[Row]]]:
    """Return the sheets of an Excel workbook: the name of each, "" where there is only one, and its rows.

    Raises:
        KnowledgeError: damaged, protected by a password, or it unpacks to more than a table would.
        ExtraMissingError: python-calamine is not installed.
    """
    try:
        import python_calamine
    except ImportError:
        raise ExtraMissingError("Reading Excel files", "formats") from None
    _check(data, path)
    too_many = unusable(path, f"it has more than {MOST_CELLS:,} cells", "save the sheet with the questions alone")
    # The reader makes a cell of every place in the rectangle, and a want of memory ends the process.
    if _reach(data) > MOST_CELLS:
        raise too_many
    damaged = unusable(path, "it is a damaged Excel file", "open it in Excel and save it anew, or as CSV")
    found: list[tuple[str, list[Row]]] = []
    cells = 0
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            cells += sheet.total_height * sheet.total_width
            if cells > MOST_CELLS:
                break
            rows = sheet.to_python(skip_empty_area=False)
            found.append((name, [(number, list(map(_text, row))) for number, row in enumerate(rows, 1)]))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of Rust, which damaged files cause, is no Exception
        raise damaged from error
    if cells > MOST_CELLS:
        raise too_many
    filled = [(name, rows) for name, rows in found if any(any(row) for _, row in rows)]
    return [("", filled[0][1])] if len(filled) == 1 else filled


def _reach(data: bytes) -> int:
    """Return how many cells the largest sheet has, from the first place to the last that is filled."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [part for part in archive.infolist() if part.filename.lower().endswith(".xml")]
        try:
            return max((_rectangle(archive.read(part)) for part in parts), default=0)
        except DAMAGED:
            return 0  # the reader says that it is damaged


def _rectangle(sheet: bytes) -> int:
    row = column = height = width = 0
    for tag in _PLACE.finditer(sheet):
        attribute = _NAMED.search(tag[2])
        named = _REFERENCE.fullmatch(attribute[1]) if attribute else None
        if not tag[3] or (attribute and not named):
            return MOST_CELLS + 1  # who knows where the reader would place it
        if tag[1] == b"row":
            row, column = int(named[2] or 0) if named else row + 1, 0
        else:
            column += 1
            if named:
                row = int(named[2] or 0)
                column = sum((ord(each) - 64) * 26**power for power, each in enumerate(named[1].decode().upper()[::-1]))
            if not tag[2].endswith(b"/"):
                height, width = max(height, row), max(width, column)
    return height * width


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else str(cell)


def members(data: bytes, path: Path) -> list[tuple[str, bytes]]:
    """Return the files in a zip archive that may hold pairs, each with its name.

    Raises:
        KnowledgeError: damaged, encrypted, with none that can be read, or too much in it.
    """
    _check(data, path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir() and part.filename.lower().endswith(READ)]
            parts = [part for part in parts if "__MACOSX" not in part.filename]
            if len(parts) > MOST_MEMBERS:
                raise unusable(path, f"it holds {len(parts):,} files", f"at most {MOST_MEMBERS:,} are read")
            return [
                (part.filename, archive.read(part)) for part in parts
                if Path(part.filename).stem.lower() not in _BESIDE
            ]  # fmt: skip
    except DAMAGED as error:
        raise unusable(
            path, f"it is a damaged or locked archive ({error})", "unpack it and name the file in it"
        ) from None


def _check(data: bytes, path: Path) -> None:
    """Refuse an archive that would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = excess(archive, len(data))
    except DAMAGED as error:
        raise unusable(path, f"it is a damaged archive ({error})", "is the file whole?") from None
    if unpacked:
        raise unusable(
            path, f"it unpacks to {unpacked:,} bytes", f"at most {LARGEST_UNPACKED:,}, and no bomb, are read"
        )
