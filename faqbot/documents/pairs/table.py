"""Find the pairs in tables: CSV, TSV and the sheets of workbooks, with a line of names or two columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from faqbot.documents import tables
from faqbot.documents.pairs import fields, records
from faqbot.documents.pairs.records import Records
from faqbot.documents.pairs.shapes import Flat
from faqbot.documents.pairs.values import MOST_PAIRS, Found, unusable
from faqbot.documents.tables import Row

DELIMITERS: Final = ",\t;|"
LONGEST_CELL: Final = 1_000_000  # characters; the csv module stops at 131,072, which articles in cells exceed
MOST_COLUMNS: Final = 1_000
MOST_ABOVE: Final = 10  # rows over the one that names the columns, this one with them
RIGHT: Final = "the first line names the columns: question, answer"


def is_table(text: str, suffix: str) -> bool:
    """Return whether a text is a table: its name says so, or its first line names question and answer."""
    if suffix in tables.TABLES:
        return True
    head = text[:4000].lstrip("\ufeff").split("\n", 1)[0]
    return any(fields.columns(tables.cut(head, one)) is not None for one in DELIMITERS if one in head)


def found(text: str, path: Path) -> Found:
    """Return the pairs of a table as text.

    Raises:
        KnowledgeError: a quotation mark is not closed, a row has too many cells, or no column is known.
    """
    return of_rows([("", list(rows(text, path)))], path, "a table")


def of_rows(sheets: Iterable[tuple[str, Sequence[Row]]], path: Path, form: str) -> Found:
    """Return the pairs of some sheets.

    Args:
        sheets: the name of each, and its rows.
        path: for the errors.
        form: for the report.

    Raises:
        KnowledgeError: a row has too many cells, or no column of any sheet is known.
    """
    reader = Records()
    wrong = None
    for name, given in sheets:
        rows = [(line, cells) for line, cells in given if any(cell.strip() for cell in cells)]
        if not rows:
            continue
        if len(rows) > MOST_PAIRS + MOST_ABOVE:
            raise unusable(
                path, f"it has {len(rows):,} rows", f"at most {MOST_PAIRS:,} are read; divide it into several"
            )
        start = next((n for n, (_, cells) in enumerate(rows[:MOST_ABOVE]) if fields.columns(cells) is not None), None)
        if start is None and max(len(_filled(cells)) for _, cells in rows) != 2:
            shown = ", ".join(repr(cell[:30]) for cell in rows[0][1][:6])
            wrong = wrong or unusable(
                path, f"no column is called question or answer; the first row is {shown}", RIGHT, rows[0][0]
            )
            continue
        head = ["question", "answer"] if start is None else rows[start][1]
        if "qnaid" in map(fields.letters, head):  # of QnA Maker, which writes line ends as two characters
            rows = [(line, [cell.replace("\\n", "\n") for cell in cells]) for line, cells in rows]
            form = f"{form} of QnA Maker"
        for line, cells in rows[0 if start is None else start + 1 :]:
            reader.read([_record(head, line, cells, name, path)], path="faq")
    if not reader.pairs and wrong:
        raise wrong
    pairs, notes = reader.in_one_language()
    return Found(tuple(records.shown(records.merged(pairs))), form, notes=(*notes, *reader.tally.notes()))


def _filled(cells: Sequence[str]) -> list[str]:
    return [cell for cell in cells if cell.strip()]


def _record(head: Sequence[str], line: int, cells: Sequence[str], sheet: str, path: Path) -> Flat:
    extra = cells[len(head) :]
    if any(cell.strip() for cell in extra):
        wrong = f"there are {len(_filled(cells))} cells where the first row has {len(head)}"
        raise unusable(path, wrong, "put a text that holds the delimiter in quotation marks", line)
    record = Flat()
    for number, written in enumerate(head):
        value = cells[number].strip() if number < len(cells) else ""
        name = written.strip() or f"column {number + 1}"
        record[name if name not in record else f"{name} {number + 1}"] = value
    record.line, record.place = line, f"sheet {sheet}, row {line}" if sheet else f"line {line}"
    return record


def rows(text: str, path: Path) -> Iterator[Row]:
    """Yield the rows of a table as text, each with the line where it begins.

    Raises:
        KnowledgeError: a quotation mark is not closed, or a row has more cells than any table.
    """
    lines = list(io.StringIO(text.lstrip("\ufeff"), newline=""))
    dialect = tables.sniff(lines, lambda cells: fields.columns(cells) is not None, DELIMITERS)
    if dialect.delimiter == "\t" and "QnaId" in text[:400]:
        dialect = replace(dialect, quoting=csv.QUOTE_NONE)
    dialect = replace(dialect, skipinitialspace=dialect.quoting == csv.QUOTE_MINIMAL)
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        for line, row in tables.cells(lines, dialect, path, unusable):
            if len(row) > MOST_COLUMNS:
                raise unusable(path, f"a row has {len(row):,} cells", "a table has two columns or some more", line)
            yield line, row
    finally:
        csv.field_size_limit(limit)
