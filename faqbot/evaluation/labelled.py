"""Read labelled questions: each with the entries that should answer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from rapidfuzz import fuzz, process

from faqbot import files
from faqbot.documents import tables
from faqbot.documents.encoding import cleaned, decoded
from faqbot.errors import Problem, QuestionsError
from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.text import shortened, tokens

LARGEST: Final = 20_000_000  # bytes
MOST: Final = 50_000  # questions: a minute of asking
QUOTED: Final = 80  # letters of what is no entry
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
    return parse(files.read_bytes(path, LARGEST, "a file with labelled questions", tables.unusable), path, knowledge)


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
                hint = names.hint(value) if len(problems) < MOST_PROBLEMS else ""  # the others are not told
                problems.append(Problem(path, line, f"there is no entry {shortened(value, QUOTED)!r}", hint))
        found.append(Labelled(question, tuple(dict.fromkeys(ids)), line))
    if problems:
        rest = len(problems) - MOST_PROBLEMS
        more = (Problem(path, None, f"{rest} more like these"),) if rest > 0 else ()
        raise QuestionsError((*problems[:MOST_PROBLEMS], *more))
    return tuple(found)


class _Names:
    """Look entries up by id or by question, in any case, with or without punctuation."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._ids = {entry.id: [entry.id] for entry in entries}
        self._folded: dict[str, list[str]] = {}
        self._asked: dict[str, list[str]] = {}
        for entry in entries:
            self._folded.setdefault(entry.id.casefold(), []).append(entry.id)
            for name in {_said(entry.question), _said(entry.title)}:
                self._asked.setdefault(name, []).append(entry.id)

    def ids(self, value: str) -> list[str]:
        """Return the entries that a name stands for: one, several with one question, or none."""
        return self._ids.get(value) or self._folded.get(value.casefold()) or self._asked.get(_said(value), [])

    def parted(self, value: str) -> list[str]:
        """Return the names that stand in a text with | between them, as questions rarely do."""
        return [value] if self.ids(value) else [part for part in map(str.strip, value.split("|")) if part]

    def hint(self, value: str) -> str:
        """Return what may have been meant by a name that is none."""
        names = {**self._asked, **self._folded}
        nearest = process.extractOne(value.casefold(), list(names), scorer=fuzz.ratio)
        return f"the nearest id is {names[nearest[0]][0]!r}" if nearest else "the knowledge base has no entries"


def _text(data: bytes, path: Path) -> str:
    even, odd = data[:200:2].count(0), data[1:200:2].count(0)
    if max(even, odd) > len(data[:200]) / 4 and not data.startswith((b"\xff\xfe", b"\xfe\xff")):  # a lost mark
        data = (b"\xfe\xff" if even > odd else b"\xff\xfe") + data
    found = decoded(data)
    if found is None:
        raise tables.unusable(path, "it is not a text file", "labelled questions are CSV, TSV or JSON")
    return cleaned(found[0])


def _said(text: str) -> str:
    return " ".join(tokens(text)) or text
