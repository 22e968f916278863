"""Labelled questions: what people ask, and which entries should answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from faqbot import tables
from faqbot.entries import Entry, KnowledgeBase
from faqbot.errors import Problem, QuestionsError
from faqbot.reading.characters import cleaned, decoded
from faqbot.text import tokens

LARGEST: Final = 20_000_000  # bytes
MOST: Final = 50_000  # questions: a minute of asking
MOST_PROBLEMS: Final = 10  # told of one file; the others are counted

NOTHING: Final = frozenset({"", "-", "\u2013", "\u2014", "none", "null", "nothing", "n/a"})  # expected: it must refuse


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, the ids of the entries that answer it, () where nothing does, and its line, 0 where it has none."""

    question: str
    expected: tuple[str, ...]
    line: int = 0


def read(path: Path, knowledge: KnowledgeBase) -> tuple[Labelled, ...]:
    """Read labelled questions about a knowledge base.

    Raises:
        QuestionsError: they cannot be read, or name what is no entry; carries every problem.
    """
    return parse(_bytes(path), path, knowledge)


def parse(data: bytes, path: Path, knowledge: KnowledgeBase) -> tuple[Labelled, ...]:
    """Read labelled questions from the bytes of a file, in any encoding, with any of the forgiven layouts.

    Raises:
        QuestionsError: see `read`.
    """
    text = _text(data, path)
    rows = list(tables.rows(text, path))
    if not rows:
        raise tables.unusable(
            path, "there is no question in it", "a line holds a question and the entry that answers it"
        )
    if len(rows) > MOST:
        raise tables.unusable(
            path, f"it holds {len(rows):,} questions", f"divide it: at most {MOST:,} are asked at once"
        )
    names = _Names(knowledge.entries)
    found: list[Labelled] = []
    problems: list[Problem] = []
    for line, question, expected in rows:
        if not question:
            problems.append(Problem(path, line, "there is no question in it", "write one, or delete the line"))
        ids: list[str] = []
        for value in chain.from_iterable(map(names.parted, expected)):
            ids += names.ids(value)
            if not names.ids(value) and value.casefold() not in NOTHING:
                problems.append(Problem(path, line, f"there is no entry {value!r}", names.hint(value)))
        found.append(Labelled(question, tuple(dict.fromkeys(ids)), line))
    if problems:
        rest = len(problems) - MOST_PROBLEMS
        more = (Problem(path, None, f"{rest} more like these"),) if rest > 0 else ()
        raise QuestionsError((*problems[:MOST_PROBLEMS], *more))
    return tuple(found)


class _Names:
    """What entries may be called: id or question, in any case, with or without punctuation."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._ids: dict[str, list[str]] = {}
        for entry in entries:
            for name in {entry.id, entry.id.casefold(), *map(_said, (entry.question, entry.title))}:
                self._ids.setdefault(name, []).append(entry.id)

    def ids(self, value: str) -> list[str]:
        exact = self._ids.get(value) or self._ids.get(value.casefold())
        return exact or self._ids.get(_said(value), [])

    def parted(self, value: str) -> list[str]:
        """Return the names that stand in a text with | between them, as questions rarely do."""
        return [value] if self.ids(value) else [part for part in map(str.strip, value.split("|")) if part]

    def hint(self, value: str) -> str:
        nearest = process.extractOne(value.casefold(), list(self._ids), scorer=fuzz.ratio)
        return f"the nearest id is {self._ids[nearest[0]][0]!r}" if nearest else "the knowledge base has no entries"


def _text(data: bytes, path: Path) -> str:
    even, odd = data[:200:2].count(0), data[1:200:2].count(0)
    if max(even, odd) > len(data[:200]) / 4 and not data.startswith((b"\xff\xfe", b"\xfe\xff")):  # a lost mark
        data = (b"\xfe\xff" if even > odd else b"\xff\xfe") + data
    found = decoded(data)
    if found is None:
        raise tables.unusable(path, "it is not a text file", "labelled questions are CSV, TSV or JSON")
    return cleaned(found[0])


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise tables.unusable(path, "it is a folder", "name the file in it")
        if not path.is_file() and path.exists():
            raise tables.unusable(path, "it is not a regular file", "name a file with labelled questions")
        if (size := path.stat().st_size) > LARGEST:
            raise tables.unusable(path, f"it holds {size:,} bytes", f"labelled questions hold at most {LARGEST:,}")
        return path.read_bytes()
    except FileNotFoundError:
        raise tables.unusable(path, "there is no such file", "check the name and the folder") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise tables.unusable(path, f"it cannot be read ({reason})", "it has to be a file that you may read") from None


def _said(text: str) -> str:
    return " ".join(tokens(text)) or text
