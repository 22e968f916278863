"""A knowledge base as the rows of a sheet that a reviewer fills in, and back, with nothing lost.

One row an entry, a column a field; several values of one stand on lines of their own in its cell. What is said of the
whole file stands on a second sheet, a row a field.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from faqbot.documents.encoding import cleaned
from faqbot.documents.pairs.values import unusable
from faqbot.documents.tables import Row, is_formula
from faqbot.errors import KnowledgeError, Problem
from faqbot.knowledge.entries import Entry, KnowledgeBase, Source, slug

COLUMNS: Final = (
    "question", "also", "answer", "gap", "topic", "source", "from", "next", "draft", "id", "fingerprint",
)  # fmt: skip
MARK: Final = "faqbot"  # a key of JSON that `export` wrote
QUESTIONS: Final = "Questions"  # the names of the sheets
ABOUT: Final = "About"
FIELDS: Final = {  # of the second sheet: those of a knowledge base
    "title": "title", "procedure": "procedure", "also called": "names", "source": "source", "same": "groups",
    "urgent": "urgent", "urgent answer": "urgent_answer", "answer from": "answer_from", "dropped": "dropped",
}  # fmt: skip
DRAFT: Final = ("yes", "true", "1", "x")  # in the column draft: not accepted yet; anything else but these two is
DROP: Final = ("drop", "dropped")


def rows(knowledge: KnowledgeBase) -> list[tuple[str, ...]]:
    """Return the first sheet: the names of the columns, and a row an entry."""
    return [COLUMNS, *(tuple(_cells(entry, knowledge.source)) for entry in knowledge.entries)]


def _cells(entry: Entry, home: str) -> Iterable[str]:
    source = "" if entry.source.document == home else entry.source.document
    yield from (entry.question, "\n".join(entry.phrasings), entry.answer, entry.gap, entry.topic, source)
    yield from (entry.source.place, "\n".join(entry.next), "yes" if entry.draft else "")
    yield from (entry.id, entry.source.fingerprint)  # the id stays where a reviewer mends the question


def about(knowledge: KnowledgeBase) -> list[tuple[str, str]]:
    """Return the second sheet: what is said of the whole file, a row a field."""
    found = []
    for name, attribute in FIELDS.items():
        value = getattr(knowledge, attribute)
        if attribute == "groups":
            value = "\n".join(", ".join(group) for group in value)
        elif isinstance(value, tuple):
            value = "\n".join(value)
        if value not in ("", None):
            found.append((name, f"{value:g}" if isinstance(value, float) else str(value)))
    return found


def is_sheet(head: Sequence[str]) -> bool:
    """Return whether the first row of a table is that of such a sheet."""
    names = [cell.strip().lower() for cell in head]
    return {"question", "answer", "also", "gap", "next"} <= set(names)


def of_json(value: Mapping[str, Any], path: Path) -> dict[str, list[Row]]:
    """Return the sheets that JSON of ours is; `path` is for the error.

    Raises:
        KnowledgeError: it has no list of questions.
    """
    questions = value.get("questions")
    if not isinstance(questions, list):
        raise unusable(path, "there is no list of questions in it", 'write {"faqbot": 1, "questions": [{…}, …]}')
    found: list[Row] = [(1, list(COLUMNS))]
    for number, entry in enumerate(questions, 2):
        cells = [entry.get(name) for name in COLUMNS] if isinstance(entry, dict) else []
        found.append((number, ["\n".join(map(_said, cell if isinstance(cell, list) else [cell])) for cell in cells]))
    return {QUESTIONS: found, ABOUT: [(1, [name, str(said)]) for name, said in value.items() if isinstance(said, str)]}


def _said(value: object) -> str:
    return "" if value is None else str(value)


def knowledge(sheets: Mapping[str, Sequence[Row]], path: Path) -> KnowledgeBase:
    """Return the knowledge base that such sheets hold; a row whose column draft says "drop" is no entry of it.

    Args:
        sheets: the rows of each by its name; the one with the questions is the first that has their columns.
        path: for the errors, and the title where none is said.

    Raises:
        KnowledgeError: a row without question, or with both answer and gap or none; carries every one of them.
    """
    questions = next(held for held in sheets.values() if held and is_sheet(held[0][1]))
    said = {cells[0].strip().lower(): cleaned(cells[1]) for _, cells in sheets.get(ABOUT, ()) if len(cells) > 1}
    home = said.get("source", "")
    names = [cell.strip().lower() for cell in questions[0][1]]
    problems: list[Problem] = []
    entries: list[Entry] = []
    ids: dict[str, int] = {}
    dropped: list[str] = []
    for line, cells in questions[1:]:
        values = dict(zip(names, map(cleaned, cells), strict=False))
        if not any(value.strip() for value in values.values()):
            continue
        if values.get("draft", "").strip().lower() in DROP:
            dropped.append(values.get("id", "").strip() or slug(values.get("question", "")))
            continue
        try:
            entry = _entry(values, home)
        except ValueError as error:
            problems.append(Problem(path, line, f"row {line}: {error}", "mend the row"))
            continue
        if entry.id in ids:
            problems.append(Problem(path, line, f"the id {entry.id!r} is there twice", f"row {ids[entry.id]} has it"))
        ids.setdefault(entry.id, line)
        entries.append(entry)
    if problems:
        raise KnowledgeError(tuple(problems))
    if not entries:
        raise unusable(path, "there is no question in it", "a row with a question and its answer is an entry")
    try:
        confidence = float(said["answer from"]) if said.get("answer from") else None
        return KnowledgeBase(
            entries, title=said.get("title") or path.stem, procedure=said.get("procedure", ""), source=home,
            names=_lines(said.get("also called", "")), urgent=_lines(said.get("urgent", "")),
            urgent_answer=said.get("urgent answer", ""),
            dropped=list(dict.fromkeys([*_lines(said.get("dropped", "")), *dropped])),
            groups=[tuple(part.strip() for part in line.split(",")) for line in _lines(said.get("same", ""))],
            answer_from=confidence,
        )  # fmt: skip
    except ValueError as error:
        raise unusable(path, f"on the sheet {ABOUT!r}: {error}", "mend the row") from None


def returned(known: KnowledgeBase, given: KnowledgeBase, *, has_about: bool) -> KnowledgeBase:
    """Return a knowledge base with what a reviewer changed in a sheet of it.

    Entries are known by their ids. Those that the sheet says nothing of stay: they may have come after it was written,
    and a filter hides rows. Only what it drops goes, and is remembered as dropped.

    Args:
        known: what the sheet was made of, as it is now.
        given: what the sheet holds.
        has_about: whether that says what is said of the whole file, too.
    """
    gone = set(given.dropped)
    mine = {entry.id for entry in known.entries}
    theirs = {entry.id: entry for entry in given.entries}
    entries = [theirs.get(entry.id, entry) for entry in known.entries if entry.id not in gone or entry.id in theirs]
    about = given.about if has_about else known.about
    dropped = dict.fromkeys([*known.dropped, *(key for key in given.dropped if key not in theirs)])
    new = [entry for key, entry in theirs.items() if key not in mine]
    return KnowledgeBase([*entries, *new], **{**about, "dropped": tuple(dropped)})


def _entry(values: Mapping[str, str], home: str) -> Entry:
    said = {name: values.get(name, "").strip() for name in COLUMNS}
    cites = said["source"] or said["from"] or said["fingerprint"] or not said["gap"]
    return Entry(
        question=" ".join(said["question"].split()),
        answer=values.get("answer", "").strip("\n").rstrip(),
        phrasings=_lines(said["also"]),
        id=said["id"],
        topic=said["topic"],
        source=Source(said["source"] or home, said["from"], said["fingerprint"]) if cites else Source(),
        gap=said["gap"],
        draft=said["draft"].lower() in DRAFT,
        next=_lines(said["next"]),
    )


def _lines(cell: str) -> list[str]:
    return [line.strip() for line in cell.split("\n") if line.strip()]


def quoted(cell: str) -> str:
    """Return a cell of CSV that no spreadsheet runs as a formula: an apostrophe stands before what would be one.

    One more stands before those that a text of its own has there, so that `unquoted` gives every cell back.
    """
    return f"'{cell}" if is_formula(cell.lstrip("'")) else cell


def unquoted(cell: str) -> str:
    """Return a cell of CSV without the apostrophe that `quoted` puts before it."""
    return cell[1:] if cell[:1] == "'" and is_formula(cell.lstrip("'")) else cell
