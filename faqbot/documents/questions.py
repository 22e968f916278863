"""Questions in a file of any size, a row at a time: CSV, TSV, JSON Lines, or a question a line.

A file is read twice: once to find its encoding, its columns, and what is wrong with it, before anything is asked; and
once to ask. Neither keeps more than a row.
"""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

from faqbot.documents.encoding import encoding
from faqbot.documents.tables import (
    ASKED,
    DELIMITERS,
    SNIFFED,
    TABLES,
    Dialect,
    cells,
    cut,
    fitted,
    place,
    sniff,
    unusable,
    wrong_of,
)

QUESTION: Final = "question"  # what the column is called where nothing names it
JSON_LINES: Final = frozenset({".jsonl", ".ndjson", ".json"})
BLOCK: Final = 1_000_000  # bytes read at a time
SAMPLE: Final = 1_000_000  # bytes that tell the encoding: the beginning, and lines with letters beyond ASCII
LONGEST_LINE: Final = 1_000_000  # characters: a longer one is no table, and would fill the memory
MOST_COLUMNS: Final = 1_000  # of all rows of JSON together
_ONE_COLUMN: Final = Dialect("\x1f")  # a delimiter that separates nothing

Row = tuple[str, Mapping[str, Any]]  # the question, and all columns by name, the question's among them


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of questions that can be read to its end.

    Attributes:
        path: of the file.
        encoding: that it is read in; what is broken in it is replaced.
        mark: bytes at its beginning that are no text.
        dialect: of a table, whose head ends before the first question; None for JSON Lines.
        asked: the name of the column that holds the question; "" where each row of JSON names it.
        columns: all of them, in the order of the file.
        total: rows.
        digest: of the bytes of the file.
    """

    path: Path
    encoding: str
    mark: int
    dialect: Dialect | None = None
    asked: str = ""
    columns: tuple[str, ...] = ()
    total: int = 0
    digest: str = ""

    def rows(self, start: int = 0) -> Iterator[Row]:
        """Yield the rows from the one with this number on, counted from 0.

        Raises:
            QuestionsError: a row that is none, with its line.
        """
        yield from islice(self._objects() if self.dialect is None else self._cells(self.dialect), start, None)

    def lines(self) -> Iterator[str]:
        """Yield the lines of the file, line ends included.

        Raises:
            QuestionsError: a line that is too long to be one.
        """
        with _opened(self.path) as stream:
            stream.seek(self.mark)
            text = io.TextIOWrapper(stream, self.encoding, "replace", newline="")
            number = 0
            while line := text.readline(LONGEST_LINE):
                number += 1
                if len(line) == LONGEST_LINE:
                    wrong = f"it has more than {LONGEST_LINE:,} characters in a line"
                    raise unusable(self.path, wrong, "a row of a table has fewer", number)
                yield line

    def _cells(self, dialect: Dialect) -> Iterator[Row]:
        asked = self.columns.index(self.asked)
        width = len(self.columns)
        rows = cells(self.lines(), dialect, self.path, unusable)
        for _, row in fitted(rows, width, asked, dialect, self.path):
            if any(row):
                yield row[asked], dict(zip(self.columns, row, strict=True))

    def _objects(self) -> Iterator[Row]:
        for number, line in enumerate(self.lines(), 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line, parse_constant=_finite, parse_float=_finite)
            except (ValueError, RecursionError):
                raise unusable(self.path, "it is not JSON", "an object a line, each on one line", number) from None
            row = {QUESTION: value} if isinstance(value, str) else value
            keys = list(row) if isinstance(row, dict) else []
            asked = place(keys, ASKED)
            if asked is None or not isinstance(row[keys[asked]], str):
                raise unusable(self.path, "there is no question in it", 'write {"question": "…"}', number)
            yield row[keys[asked]], row


def _finite(text: str) -> float:
    """Return a number of JSON, which has no NaN, and whose numbers may be too large for this machine.

    Raises:
        ValueError: it could not be written again.
    """
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def scanned(path: Path) -> Sheet:
    """Read a file of questions through, and return what it takes to read it again.

    Raises:
        QuestionsError: it cannot be read, or a row of it is none.
    """
    digest, sample = _sampled(path)
    even, odd = sample[:200:2].count(0), sample[1:200:2].count(0)
    if max(even, odd) > len(sample[:200]) / 4 and not sample.startswith((b"\xff\xfe", b"\xfe\xff")):  # a lost mark
        found: tuple[str, bytes] | None = ("utf-16-be" if even > odd else "utf-16-le", b"")
    else:
        found = encoding(sample)
    if found is None:
        raise unusable(path, "it is not a text file", "questions are CSV, TSV or JSON Lines")
    try:
        sheet = _laid_out(Sheet(path, found[0], len(found[1]), digest=digest))
    except csv.Error as error:
        raise unusable(path, *wrong_of(error)) from None
    total = 0
    names = dict.fromkeys(sheet.columns)
    for total, (_, row) in enumerate(sheet.rows(), 1):  # noqa: B007 - the number of the last one
        if sheet.dialect is None:
            names.update(dict.fromkeys(row))
            if len(names) > MOST_COLUMNS:
                raise unusable(path, f"its rows have more than {MOST_COLUMNS:,} different keys", "use the same in all")
    if not total:
        raise unusable(path, "there is no question in it", "a line holds a question")
    return replace(sheet, columns=tuple(names), total=total)


def _opened(path: Path) -> BinaryIO:
    try:
        if path.is_dir():
            raise unusable(path, "it is a folder", "name the file in it")
        if not path.is_file() and path.exists():
            raise unusable(path, "it is not a regular file", "save the questions in one: they are read twice")
        return path.open("rb")
    except FileNotFoundError:
        raise unusable(path, "there is no such file", "check the name and the folder") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise unusable(path, f"it cannot be read ({reason})", "it has to be a file that you may read") from None


def _sampled(path: Path) -> tuple[str, bytes]:
    digest, sample = sha256(), bytearray()
    with _opened(path) as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
            if not sample:
                sample += block[: block.rfind(b"\n") + 1] or block
            elif len(sample) < SAMPLE * 2 and not block.isascii():
                sample += b"\n".join(line for line in block.split(b"\n")[1:-1] if not line.isascii())[:SAMPLE]
    return digest.hexdigest(), bytes(sample)


def _laid_out(sheet: Sheet) -> Sheet:
    """Return the sheet with its dialect and columns, as its beginning shows them."""
    lines = list(islice(sheet.lines(), SNIFFED))
    suffix = sheet.path.suffix.lower()
    first = next((line for line in lines if line.strip()), "")
    if suffix in JSON_LINES or (first.lstrip().startswith("{") and suffix not in TABLES):
        if first.lstrip().startswith("["):
            raise unusable(sheet.path, "it is a list of JSON, which would have to be read whole", "an object a line")
        return sheet
    dialect = sniff(lines, lambda names: place(names, ASKED) is not None)
    start = next((n for n, line in enumerate(lines) if n >= dialect.head and line.strip()), dialect.head)
    names = cut(lines[start], dialect.delimiter) if start < len(lines) else []
    asked = place(names, ASKED)
    if asked is not None:
        columns, dialect = _distinct(names), replace(dialect, head=start + 1)
    else:
        delimiter, width = _widest(lines[dialect.head :], dialect.delimiter if dialect.head else DELIMITERS)
        columns, dialect = _distinct([QUESTION, *[""] * (width - 1)]), replace(dialect, delimiter=delimiter)
    if len(columns) == 1:  # of a table, or of a text with a question a line
        quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if suffix in TABLES else csv.QUOTE_NONE
        dialect = replace(_ONE_COLUMN, quoting=quoting, head=dialect.head)
    return replace(sheet, dialect=dialect, asked=columns[asked or 0], columns=columns)


def _widest(lines: list[str], delimiters: str) -> tuple[str, int]:
    """Return the delimiter that makes most columns of lines without names, and how many."""
    return max(((one, _width(lines, one)) for one in delimiters), key=lambda pair: pair[1])


def _width(lines: list[str], delimiter: str) -> int:
    """Return how many columns a delimiter makes of lines without names, 1 where it is part of what people write."""
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    widths = {len(row) for row in rows}
    is_text = any(cell.startswith(" ") for row in rows for cell in row[1:])
    return 1 if len(widths) != 1 or is_text else widths.pop()


def _distinct(names: list[str]) -> tuple[str, ...]:
    """Return names of columns, none of them empty or there twice."""
    found: dict[str, None] = {}
    for number, name in enumerate(names, 1):
        wanted = unique = name.strip() or f"column_{number}"
        while unique in found:
            unique = f"{wanted}_{number}" if unique == wanted else f"{unique}_"
        found[unique] = None
    return tuple(found)
