"""Write replies as rows of CSV, TSV or JSON Lines, beside the columns that came with the questions."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from faqbot.answering.reply import Reply
from faqbot.documents.tables import is_formula
from faqbot.errors import FaqbotError

FIELDS: Final = ("status", "reason", "confidence", "entry", "answer", "source")
DELIMITERS: Final = {".csv": ",", ".tsv": "\t", ".tab": "\t"}
JSON_LINES: Final = (".jsonl", ".ndjson")
_NUMBER: Final = re.compile(r"[+-]?[0-9][0-9.,]*%?")  # which stays one, though a formula may begin like it


def fields(reply: Reply) -> dict[str, str | float]:
    """Return a reply as one row: status, reason, confidence, entry (its id), answer (what to show), source."""
    return {
        "status": str(reply.status),
        "reason": str(reply.reason),
        "confidence": round(reply.confidence, 4),
        "entry": reply.entry.id if reply.entry else "",
        "answer": reply.text,
        "source": str(reply.source or ""),
    }


@dataclass(frozen=True, slots=True)
class Layout:
    """How rows are written.

    Attributes:
        delimiter: between cells; "" for JSON Lines.
        columns: those that came with the questions.
        names: what each of FIELDS is called: as it is, unless a column of the questions has that name.
    """

    delimiter: str
    columns: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, path: Path, columns: Sequence[str]) -> Layout:
        """Return the layout that the ending of a file asks for.

        Raises:
            FaqbotError: another ending.
        """
        suffix = path.suffix.lower()
        if suffix not in DELIMITERS and suffix not in JSON_LINES:
            raise FaqbotError(f"{path}: the ending has to say what to write: .csv, .tsv or .jsonl")
        names = []
        for name in FIELDS:
            own = name
            while own in columns:
                own = f"faqbot_{own}"
            names.append(own)
        return cls(DELIMITERS.get(suffix, ""), tuple(columns), tuple(names))

    def head(self) -> bytes:
        """Return what the file begins with."""
        return self._line([*self.columns, *self.names]) if self.delimiter else b""

    def row(self, columns: Mapping[str, Any], reply: Reply) -> bytes:
        """Return the line of one reply, or the lines where a cell has several."""
        given = dict(zip(self.names, fields(reply).values(), strict=True))
        if not self.delimiter:
            return json.dumps({**columns, **given}).encode() + b"\n"
        return self._line([*(_cell(columns.get(name)) for name in self.columns), *given.values()])

    def _line(self, cells: Sequence[str | float]) -> bytes:
        line = io.StringIO()
        safe = [inert(cell) if isinstance(cell, str) else cell for cell in cells]
        csv.writer(line, delimiter=self.delimiter).writerow(safe)
        return line.getvalue().encode("utf-8", "replace")  # half a surrogate pair is in no file


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: with an apostrophe before it where it would be one."""
    return f"'{cell}" if is_formula(cell) and not _NUMBER.fullmatch(cell) else cell
