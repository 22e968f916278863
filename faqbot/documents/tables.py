"""The dialect of a table, its rows, and the names of its columns: for whatever reads CSV and TSV."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from faqbot.errors import Problem, QuestionsError

# Names of the column or key of a question, letters only; of several that a file has, the first one here counts.
ASKED: Final = ("question", "questions", "query", "q", "text", "utterance", "input", "asked", "message")
TABLES: Final = frozenset({".csv", ".tsv", ".tab"})  # endings of files that are no JSON, whatever they begin with
DELIMITERS: Final = "\t;,"
SNIFFED: Final = 50  # lines that tell the delimiter
FORMULAS: Final = "=+-@"  # a cell that begins with one is a formula to a spreadsheet, also in another width or size
BREAKS: Final = ("\t", "\r", "\n")  # a cell that begins with one is a formula to some programs
_DECLARED: Final = re.compile(r"sep=([^\w\s\"]|\t)\s*", re.IGNORECASE)  # the first line of some of Excel's files

Row = tuple[int, list[str]]  # where a row begins, counted from 1, and its cells
Unusable = Callable[[Path, str, str, int | None], Exception]  # the error of a wrong, a right and a line


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a table is written.

    Attributes:
        delimiter: between cells.
        quoting: whether quotation marks hold cells together, as csv has it.
        head: lines before the first row.
        skipinitialspace: whether a space after a delimiter is no part of the cell.
    """

    delimiter: str
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL
    head: int = 0
    skipinitialspace: bool = False


def sniff(lines: Sequence[str], names: Callable[[list[str]], bool], delimiters: str = DELIMITERS) -> Dialect:
    """Return the dialect of a table: as its first line declares it, or as its lines show.

    Args:
        lines: the first ones tell the delimiter, all of them whether quotation marks are letters like others.
        names: whether the cells of a first row name the columns.
        delimiters: the first one wins where several fit alike.
    """
    declared = _DECLARED.fullmatch(lines[0]) if lines else None
    head = [line for line in lines[1 if declared else 0 : SNIFFED] if line.strip()]

    def fit(delimiter: str) -> tuple[bool, bool, int]:
        first = head[0] if head else ""
        return names(cut(first, delimiter)), delimiter in first, sum(delimiter in line for line in head)

    delimiter = declared[1] if declared else max(delimiters, key=fit)
    is_unquoted = delimiter == "\t" and sum(line.count('"') for line in lines) % 2
    return Dialect(delimiter, csv.QUOTE_NONE if is_unquoted else csv.QUOTE_MINIMAL, 1 if declared else 0)


def cut(line: str, delimiter: str) -> list[str]:
    """Return the cells of one line, none where a cell is too long to be one."""
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error:
        return []


def cells(lines: Iterable[str], dialect: Dialect, path: Path, unusable: Unusable) -> Iterator[Row]:
    """Yield the rows of a table, each with the line where it begins.

    Raises:
        Exception: what `unusable` makes of a quotation mark that is not closed, or of a cell that is too long.
    """
    rows = csv.reader(
        islice(lines, dialect.head, None),
        delimiter=dialect.delimiter,
        quoting=dialect.quoting,
        skipinitialspace=dialect.skipinitialspace,
        strict=True,
    )
    line = dialect.head + 1
    try:
        for row in rows:
            yield line, row
            line = dialect.head + rows.line_num + 1
    except csv.Error as error:
        raise unusable(path, *wrong_of(error), line) from None


def wrong_of(error: csv.Error) -> tuple[str, str]:
    """Return what is wrong with a table that cannot be read on, and what would be right."""
    if "field limit" in str(error):
        wrong = f"a cell holds more than {csv.field_size_limit():,} characters, or a quotation mark is not closed"
        return wrong, "cut the text short, or close every quotation mark"
    return f"it is no table ({error})", "close every quotation mark, and double those within a text"


def is_formula(cell: str) -> bool:
    """Return whether a spreadsheet may run a cell of CSV as a formula.

    What is blank or cannot be seen before the sign counts for nothing, since programs take it away.
    """
    seen = next((c for c in cell if not c.isspace() and unicodedata.category(c)[0] != "C"), "")
    return cell.startswith(BREAKS) or (seen != "" and unicodedata.normalize("NFKC", seen) in FORMULAS)


def letters(name: object) -> str:
    """Return the name of a column or key as names are compared."""
    return "".join(filter(str.isalpha, str(name).casefold()))


def place(names: Iterable[object], known: Sequence[str]) -> int | None:
    """Return which name, of columns or keys, is the first known one that is there."""
    bare = [letters(name) for name in names]
    return next((bare.index(name) for name in known if name in bare), None)


def unusable(path: Path, wrong: str, right: str, line: int | None = None) -> QuestionsError:
    """Return the error that says what is wrong with a file of labelled questions."""
    return QuestionsError((Problem(path, line, wrong, right),))


def ended(row: list[str], width: int = 0) -> list[str]:
    """Return a row less the empty cells at its end, those of the columns excepted."""
    while len(row) > width and not row[-1].strip():
        row.pop()
    return row


def fitted(rows: Iterable[Row], width: int, asked: int, dialect: Dialect, path: Path) -> Iterator[Row]:
    """Yield each row with a cell for each column, of which there are `width`; the question is in the one `asked`.

    Raises:
        QuestionsError: a row has more cells.
    """
    for line, row in rows:
        found = ended(row, width)
        if len(found) > width == 2 and asked == 0:  # commas of a question that nobody quoted
            found = [dialect.delimiter.join(found[:-1]), found[-1]]
        if len(found) > width:
            wrong = f"there are {len(found)} columns where the first line has {width}"
            raise unusable(path, wrong, f"put a text that holds {dialect.delimiter!r} in quotation marks", line)
        yield line, found + [""] * (width - len(found))
