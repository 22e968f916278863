"""Questions in a file of any size, a row at a time: CSV, TSV, JSON Lines, or a question a line.

A file is read twice: once to find its encoding, its columns, and what is wrong with it, before anything is asked; and
once to ask. Neither keeps more than a row.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal

from faqbot.documents.encoding import encoding
from faqbot.documents.tables import ASKED, DECLARED, DELIMITERS, SNIFFED, TABLES, broken, letters, unusable

JSON_LINES: Final = frozenset({".jsonl", ".ndjson", ".json"})
BLOCK: Final = 1_000_000  # bytes read at a time
SAMPLE: Final = 1_000_000  # bytes that tell the encoding: the beginning, and lines with letters beyond ASCII
LONGEST_LINE: Final = 1_000_000  # characters: a longer one is no table, and would fill the memory
MOST_COLUMNS: Final = 1_000  # of all rows of JSON together
QUESTION: Final = "question"  # what the column is called where nothing names it
_NOTHING: Final = "\x1f"  # separates nothing: for files of one column

Row = tuple[str, Mapping[str, Any]]  # the question, and all columns by name, the question's among them


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of questions that can be read to its end.

    Attributes:
        path: of the file.
        encoding: that it is read in; what is broken in it is replaced.
        mark: bytes at its beginning that are no text.
        delimiter: between cells; "" for JSON Lines.
        quoting: whether quotation marks hold cells together, as csv has it.
        head: lines before the first row.
        asked: the name of the column that holds the question; "" where each row of JSON names it.
        columns: all of them, in the order of the file.
        total: rows.
        digest: of the bytes of the file.
    """

    path: Path
    encoding: str
    mark: int
    delimiter: str
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
    head: int = 0
    asked: str = ""
    columns: tuple[str, ...] = ()
    total: int = 0
    digest: str = ""

    def rows(self, start: int = 0) -> Iterator[Row]:
        """Yield the rows from the one with this number on, counted from 0.

        Raises:
            QuestionsError: a row that is none, with its line.
        """
        yield from islice(self._objects() if not self.delimiter else self._cells(), start, None)

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

    def _cells(self) -> Iterator[Row]:
        lines = islice(self.lines(), self.head, None)
        place = self.columns.index(self.asked)
        count = len(self.columns)
        for line, cells in _table(lines, self):
            while len(cells) > count and not cells[-1].strip():
                cells.pop()
            if len(cells) > count == 2 and place == 0:  # commas of a question that nobody quoted
                cells[:-1] = [self.delimiter.join(cells[:-1])]
            if len(cells) > count:
                wrong = f"there are {len(cells)} columns where the first line has {count}"
                right = f"put a text that holds {self.delimiter!r} in quotation marks"
                raise unusable(self.path, wrong, right, line)
            if any(cells):
                cells.extend([""] * (count - len(cells)))
                yield cells[place], dict(zip(self.columns, cells, strict=True))

    def _objects(self) -> Iterator[Row]:
        for number, line in enumerate(self.lines(), 1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                raise unusable(self.path, "it is not JSON", "an object a line, each on one line", number) from None
            row = {QUESTION: value} if isinstance(value, str) else value
            known = {letters(key): key for key in reversed(row)} if isinstance(row, dict) else {}
            asked = next((known[name] for name in ASKED if name in known), None)
            if asked is None or not isinstance(row[asked], str):
                raise unusable(self.path, "there is no question in it", 'write {"question": "…"}', number)
            yield row[asked], row


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
        sheet = _laid_out(Sheet(path, found[0], len(found[1]), "", digest=digest))
    except csv.Error as error:
        raise broken(path, error) from None
    total = 0
    names = dict.fromkeys(sheet.columns)
    for total, (_, row) in enumerate(sheet.rows(), 1):  # noqa: B007 - the number of the last one
        if not sheet.delimiter:
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
    """Return the sheet with its delimiter and columns, as its beginning shows them."""
    head = list(islice(sheet.lines(), SNIFFED))
    suffix = sheet.path.suffix.lower()
    first = next((line for line in head if line.strip()), "")
    if suffix in JSON_LINES or (first.lstrip().startswith("{") and suffix not in TABLES):
        if first.lstrip().startswith("["):
            raise unusable(sheet.path, "it is a list of JSON, which would have to be read whole", "an object a line")
        return sheet
    declared = DECLARED.match(f"{head[0].rstrip()}\n") if head else None
    rest = head[1:] if declared else head
    start = next((number for number, line in enumerate(rest) if line.strip()), 0)
    delimiters = declared[1] if declared else DELIMITERS
    named = [(one, row) for one in delimiters for row in [_first(rest[start:], one)] if _place(row) is not None]
    sheet = replace(sheet, head=(1 if declared else 0))
    if named:
        delimiter, row = max(named, key=lambda pair: len(pair[1]))
        columns = _distinct(row)
        asked = columns[_place(row) or 0]
        sheet = replace(sheet, head=sheet.head + start + 1, asked=asked, columns=columns)
    else:
        delimiter, count = max(((one, _width(rest, one)) for one in delimiters), key=lambda pair: pair[1])
        sheet = replace(sheet, asked=QUESTION, columns=_distinct([QUESTION, *[""] * (count - 1)]))
    if len(sheet.columns) == 1:
        is_plain = suffix not in TABLES
        return replace(sheet, delimiter=_NOTHING, quoting=csv.QUOTE_NONE if is_plain else csv.QUOTE_MINIMAL)
    is_unquoted = delimiter == "\t" and "".join(head).count('"') % 2 == 1
    return replace(sheet, delimiter=delimiter, quoting=csv.QUOTE_NONE if is_unquoted else csv.QUOTE_MINIMAL)


def _table(lines: Iterable[str], sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table, each with the line where it begins."""
    rows = csv.reader(lines, delimiter=sheet.delimiter, strict=True, quoting=sheet.quoting)
    line = sheet.head + 1
    try:
        for row in rows:
            yield line, row
            line = sheet.head + rows.line_num + 1
    except csv.Error as error:
        raise broken(sheet.path, error, line) from None


def _first(lines: list[str], delimiter: str) -> list[str]:
    return next(csv.reader(lines[:1], delimiter=delimiter), [])


def _place(row: list[str]) -> int | None:
    """Return which cell of a first line names the question, if one does."""
    names = [letters(cell) for cell in row]
    return next((names.index(name) for name in ASKED if name in names), None)


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
