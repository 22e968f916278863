"""Tables of questions and what should answer them, whatever their layout: CSV, TSV, JSON, JSON Lines."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal

from faqbot.documents.encoding import one_line
from faqbot.errors import Problem, QuestionsError

# Names of columns and keys, letters only; of several that a file has, the first one here counts.
ASKED: Final = ("question", "questions", "query", "q", "text", "utterance", "input", "asked", "message")
EXPECTED: Final = (
    "expected", "expectedid", "expectedids", "expectedentry", "expectedanswer", "gold", "target", "label", "labels",
    "intent", "entry", "entryid", "entries", "answer", "answers", "answerid", "ids", "id",
)  # fmt: skip
TABLES: Final = frozenset({".csv", ".tsv", ".tab"})  # endings of files that are no JSON, whatever they begin with
DELIMITERS: Final = "\t;,"
SNIFFED: Final = 50  # lines that tell the delimiter
DECLARED: Final = re.compile(r"sep=([\t;,])\n", re.IGNORECASE)  # the first line of some of Excel's files

Row = tuple[int, str, list[str]]  # line, question, what should answer it


def rows(text: str, path: Path) -> Iterator[Row]:
    """Yield the questions of a text: a list of JSON, JSON a line, or a table.

    Raises:
        QuestionsError: it is none of these.
    """
    is_json = text.lstrip()[:1] in ("[", "{") and path.suffix.lower() not in TABLES
    yield from _json(text, path) if is_json else _table(text, path)


def unusable(path: Path, wrong: str, right: str, line: int | None = None) -> QuestionsError:
    """Return the error that says what is wrong with a file of labelled questions."""
    return QuestionsError((Problem(path, line, wrong, right),))


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
            keys = {letters(key): key for key in reversed(value)}
            asked, expected = (next((n for n in names if n in keys), None) for names in (ASKED, EXPECTED))
            if asked is None or expected is None:
                lacking = "question" if asked is None else "expected"
                raise unusable(path, f"there is no key {lacking!r}", 'write {"question": …, "expected": …}', line)
            pair = value[keys[asked]], value[keys[expected]]
        elif isinstance(value, list) and len(value) == 2:
            pair = value[0], value[1]
        else:
            raise unusable(path, "it is no labelled question", 'write {"question": …, "expected": …}', line)
        if not isinstance(pair[0], str) or isinstance(pair[1], dict | bool):
            raise unusable(path, "a question is a text, and what is expected an id or a list of ids", "", line)
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
                raise unusable(path, "its list is not closed", "is the file whole?", line)
            return
        if text[place] in "[]" and _is_outer(text, place, depth):
            depth += 1 if text[place] == "[" else -1
            place += 1
            continue
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError) as error:
            wrong = error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply"
            line = error.lineno if isinstance(error, json.JSONDecodeError) else line
            raise unusable(path, f"it is not JSON ({wrong})", "a JSON object a line, or a list of them", line) from None
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
    declared = DECLARED.match(text)
    delimiters = declared[1] if declared else DELIMITERS
    skipped = 1 if declared else 0
    text = text[declared.end() :] if declared else text
    head = "".join(text.splitlines(keepends=True)[:SNIFFED])
    delimiter = max(delimiters, key=lambda one: _fit(head, one))
    rows = [(line + skipped, row) for line, row in _cells(text, delimiter, path) if row]
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
            raise unusable(path, wrong, "the first line names the columns: question, expected", line)
        asked, expected, columns = 0, 1, 2
    else:
        columns = len(rows.pop(0)[1])
    for line, cells in rows:
        if len(cells) > columns == 2 and asked == 0:  # commas of a question that nobody quoted
            cells[:-1] = [delimiter.join(cells[:-1])]
        if len(cells) > columns:
            wrong = f"there are {len(cells)} columns where the first line has {columns}"
            raise unusable(path, wrong, f"put a text that holds {delimiter!r} in quotation marks", line)
        cells.extend([""] * (columns - len(cells)))
        yield _row(line, cells[asked], cells[expected])


def _columns(first: list[str]) -> tuple[int | None, int | None]:
    """Return the columns of the question and of what is expected, as the first line names them, None where it does not.

    Of two columns, one name tells which is the other.
    """
    names = [letters(cell) for cell in first]
    asked, expected = (next((names.index(n) for n in known if n in names), None) for known in (ASKED, EXPECTED))
    if len(names) == 2 and asked is None and expected is not None:
        asked = 1 - expected
    elif len(names) == 2 and expected is None and asked is not None:
        expected = 1 - asked
    return asked, expected


def _fit(head: str, delimiter: str) -> tuple[bool, int]:
    """Return how well a delimiter fits: whether it makes known columns of the first line, and how many rows it cuts."""
    lines = [line for line in head.splitlines() if line.strip()]
    names = {letters(name) for name in lines[0].split(delimiter)} if lines else set()
    return bool(names & set(ASKED) and names & set(EXPECTED)), sum(delimiter in line for line in lines)


def _cells(text: str, delimiter: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table, less the empty cells at their ends, with the lines where they begin."""
    quoting: Literal[0, 3] = csv.QUOTE_NONE if delimiter == "\t" and text.count('"') % 2 else csv.QUOTE_MINIMAL
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, quoting=quoting)
    line = 1
    try:
        for row in rows:
            while row and not row[-1].strip():
                del row[-1]
            yield line, row
            line = rows.line_num + 1
    except csv.Error as error:
        raise broken(path, error, line) from None


def broken(path: Path, error: csv.Error, line: int | None = None) -> QuestionsError:
    """Return the error of a table that cannot be read on from a line."""
    if "field limit" in str(error):
        wrong = f"a cell holds more than {csv.field_size_limit():,} characters, or a quotation mark is not closed"
        return unusable(path, wrong, "cut the text short, or close every quotation mark", line)
    right = "close every quotation mark, and double those within a text"
    return unusable(path, f"it is no table ({error})", right, line)


def letters(name: object) -> str:
    """Return the name of a column or key as names are compared."""
    return "".join(filter(str.isalpha, str(name).casefold()))
