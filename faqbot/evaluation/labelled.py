"""Read labelled questions: each with the entries that should answer it."""

from __future__ import annotations

import contextlib
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from rapidfuzz import fuzz, process

from faqbot import files
from faqbot.documents import tables
from faqbot.documents.encoding import cleaned, decoded, one_line
from faqbot.errors import Problem, QuestionsError
from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.text import shortened, tokens

# Names of the column or key of what is expected, as tables.ASKED.
EXPECTED: Final = (
    "expected", "expectedid", "expectedids", "expectedentry", "expectedanswer", "gold", "target", "label", "labels",
    "intent", "entry", "entryid", "entries", "answer", "answers", "answerid", "ids", "id",
)  # fmt: skip
RIGHT: Final = 'write {"question": …, "expected": …}'
WHAT: Final = "a file with labelled questions"
LARGEST: Final = 20_000_000  # bytes
MOST: Final = 50_000  # questions: a minute of asking
QUOTED: Final = 80  # letters of what is no entry
MOST_PROBLEMS: Final = 10  # told of one file; the others are counted

NOTHING: Final = frozenset({"", "-", "\u2013", "\u2014", "none", "null", "nothing", "n/a"})  # expected: it must refuse

Row = tuple[int, str, list[str]]  # line, question, what should answer it


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
    return parse(files.read_bytes(path, LARGEST, WHAT, tables.unusable), path, knowledge)


def parse(data: bytes, path: Path, knowledge: KnowledgeBase) -> tuple[Labelled, ...]:
    """Read labelled questions from the bytes of a file, in any encoding, with any of the forgiven layouts.

    Raises:
        QuestionsError: see `read`.
    """
    if len(data) > LARGEST:  # of a pipe, which cannot be measured before it is read
        right = f"{WHAT} holds at most {LARGEST:,}; divide it into several"
        raise tables.unusable(path, f"it holds more than {LARGEST:,} bytes", right)
    text = _text(data, path)
    rows = list(_rows(text, path))
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


def _rows(text: str, path: Path) -> Iterator[Row]:
    """Yield the questions of a text: a list of JSON, JSON a line, or a table.

    Raises:
        QuestionsError: it is none of these.
    """
    is_json = text.lstrip()[:1] in ("[", "{") and path.suffix.lower() not in tables.TABLES
    yield from _json(text, path) if is_json else _table(text, path)


def _row(line: int, question: object, expected: object) -> Row:
    """Return a row; several expected entries are a list, in a table too."""
    if isinstance(expected, str) and expected.lstrip().startswith("["):  # a list within a table
        with contextlib.suppress(ValueError, RecursionError):
            expected = json.loads(expected)
    values = expected if isinstance(expected, list) else ["" if expected is None else expected]
    return line, one_line(str(question)), [one_line(str(value)) for value in values]


def _json(text: str, path: Path) -> Iterator[Row]:
    for line, value in _values(text, path):
        if isinstance(value, dict):
            keys = list(value)
            asked, expected = _named(keys)
            if asked is None or expected is None:
                lacking = "question" if asked is None else "expected"
                raise tables.unusable(
                    path, f"there is no key {lacking!r}", 'write {"question": …, "expected": …}', line
                )
            pair = value[keys[asked]], value[keys[expected]]
        elif isinstance(value, list) and len(value) == 2:
            pair = value[0], value[1]
        else:
            raise tables.unusable(path, "it is no labelled question", RIGHT, line)
        if not isinstance(pair[0], str) or isinstance(pair[1], dict | bool):
            raise tables.unusable(path, "a question is a text, and what is expected an id or a list of ids", "", line)
        yield _row(line, *pair)


def _values(text: str, path: Path) -> Iterator[tuple[int, Any]]:
    """Yield the values of a JSON list, or of one value after the other, each with the line where it begins."""
    decoder = json.JSONDecoder()
    place, line, counted, depth = 0, 1, 0, 0
    while True:
        while place < len(text) and (text[place].isspace() or (text[place] == "," and depth)):
            place += 1
        line, counted = line + text.count("\n", counted, place), place
        if place == len(text):
            if depth:
                raise tables.unusable(path, "its list is not closed", "is the file whole?", line)
            return
        if text[place] in "[]" and _is_outer(text, place, depth):
            depth += 1 if text[place] == "[" else -1
            place += 1
            continue
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            other = "it is nested too deeply" if isinstance(error, RecursionError) else "a number has too many digits"
            wrong = error.msg if isinstance(error, json.JSONDecodeError) else other
            line = error.lineno if isinstance(error, json.JSONDecodeError) else line
            raise tables.unusable(
                path, f"it is not JSON ({wrong})", "a JSON object a line, or a list of them", line
            ) from None
        inner = [part for part in value.values() if isinstance(part, list)] if isinstance(value, dict) else []
        if inner and all(isinstance(part, dict) for part in inner[0]) and inner[0]:  # {"questions": [{…}, …]}
            yield from ((line, part) for part in inner[0])
        else:
            yield line, value


def _is_outer(text: str, place: int, depth: int) -> bool:
    """Return whether a bracket is the list of questions itself, and not a question written as a list."""
    following = text[place + 1 : place + 1000].lstrip()[:1]
    return (text[place] == "]" and depth == 1) or (not depth and text[place] == "[" and following in ("{", "[", "]"))


def _table(text: str, path: Path) -> Iterator[Row]:
    lines = list(io.StringIO(text, newline=""))
    dialect = tables.sniff(lines, lambda names: None not in _named(names))
    written = tables.cells(lines, dialect, path, tables.unusable)
    rows = [(line, row) for line, cells in written if (row := tables.ended(cells))]
    if not rows:
        return
    asked, expected = _columns(rows[0][1])
    if asked is None or expected is None:
        line = rows[0][0]
        usual = Counter(len(row) for _, row in rows if len(row) > 1).most_common(1)
        if not usual or usual[0][0] != 2:
            wrong = (
                f"no column is called {'question' if asked is None else 'expected'!r}" if usual else "one column only"
            )
            raise tables.unusable(path, wrong, "the first line names the columns: question, expected", line)
        asked, expected, columns = 0, 1, 2
    else:
        columns = len(rows.pop(0)[1])
    for line, row in tables.fitted(rows, columns, asked, dialect, path):
        yield _row(line, row[asked], row[expected])


def _named(names: Iterable[object]) -> tuple[int | None, int | None]:
    """Return which columns or keys are the question and what is expected, None for what has no known name."""
    names = list(names)
    return tables.place(names, tables.ASKED), tables.place(names, EXPECTED)


def _columns(first: list[str]) -> tuple[int | None, int | None]:
    """Return the columns of the question and of what is expected, as the first line names them, None where it does not.

    Of two columns, one name tells which is the other.
    """
    asked, expected = _named(first)
    if len(first) == 2 and asked is None and expected is not None:
        asked = 1 - expected
    elif len(first) == 2 and expected is None and asked is not None:
        expected = 1 - asked
    return asked, expected
