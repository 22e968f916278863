"""Make a knowledge base of pairs: ids, topics and follow-ups of its own, repeated questions told apart or left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from faqbot.documents.encoding import one_line
from faqbot.documents.pairs import reader
from faqbot.documents.pairs.outline import key
from faqbot.documents.pairs.values import Found, Pair, place_list
from faqbot.errors import KnowledgeError
from faqbot.files import text_of
from faqbot.knowledge import reader as own
from faqbot.knowledge.entries import Entry, KnowledgeBase, Source, slug
from faqbot.knowledge.reader import KnowledgeFile


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file as a knowledge base.

    Attributes:
        knowledge: what it says.
        form: what it is: "a knowledge file", "Markdown", "a table".
        notes: what was left out or changed, and where: a sentence each.
        file: itself, where it is a knowledge file; None for every other form.
    """

    knowledge: KnowledgeBase
    form: str
    notes: tuple[str, ...] = ()
    file: KnowledgeFile | None = None


def load(data: bytes, path: Path) -> Loaded:
    """Return the knowledge base that the bytes of a file are, in whatever form.

    Raises:
        KnowledgeError: it cannot be used, with the line where there is one.
        ExtraMissingError: its form takes an extra that is not installed.
    """
    if file := own.own(data, path):
        return Loaded(file.knowledge, "a knowledge file", (), file)
    try:
        found = reader.of_bytes(data, path)
    except KnowledgeError:
        if path.suffix.lower() in (".md", ".markdown", ""):
            file = own.parse(text_of(path, data), path)  # what is wrong with it as a knowledge file says more
            return Loaded(file.knowledge, "a knowledge file", (), file)
        raise
    base, notes = knowledge(found, path)
    return Loaded(base, found.form, (*found.notes, *notes))


def knowledge(found: Found, path: Path) -> tuple[KnowledgeBase, tuple[str, ...]]:
    """Return the knowledge base that a file's pairs are, and what had to be left out or renamed for it.

    Args:
        found: what was read.
        path: of the file, whose name is the title where it has none.
    """
    pairs, notes = _apart(found.pairs)
    entries: list[Entry] = []
    ids: dict[str, str] = {}  # of the file: those of the entries
    taken: set[str] = set()
    for pair in pairs:
        wanted = one_line(pair.id) if pair.id and not pair.id.isdigit() else slug(pair.question)
        unique, number = wanted, 2
        while unique in taken:
            unique, number = f"{wanted}-{number}", number + 1
        taken.add(unique)
        if pair.id:
            ids[pair.id] = unique
        entries.append(
            Entry(
                question=pair.question, answer=pair.answer, phrasings=_others(pair), id=unique,
                topic=one_line(pair.topic), source=Source(one_line(pair.source)), draft=pair.draft,
            )
        )  # fmt: skip
    dangling = [f"{pair.place}: {one}" for pair in pairs for one in pair.following if one not in ids]
    if dangling:
        notes.append(f"Follow-ups that lead to no entry were left out: {place_list(dangling)}.")
    title = one_line(found.title) or path.stem
    return KnowledgeBase(entries, title=title), tuple(notes)


def _others(pair: Pair) -> tuple[str, ...]:
    """Return the phrasings of a pair without its question and repetitions."""
    known = {key(pair.question)}
    found = []
    for phrasing in pair.phrasings:
        if (name := key(phrasing)) and name not in known:
            known.add(name)
            found.append(one_line(phrasing))
    return tuple(found)


def _apart(pairs: Sequence[Pair]) -> tuple[list[Pair], list[str]]:
    """Return the pairs with no question twice: told apart by their topics, or all but the first left out."""
    counts = Counter(key(pair.question) for pair in pairs)
    topics = Counter((key(pair.question), pair.topic) for pair in pairs)
    kept: list[Pair] = []
    first: dict[str, Pair] = {}
    left: list[str] = []
    for one in pairs:
        pair, name = one, key(one.question)
        if counts[name] > 1 and pair.topic and topics[name, pair.topic] == 1:
            pair = replace(pair, question=f"{pair.question} ({pair.topic})")
            name = key(pair.question)
        if name in first:
            left.append(f"{pair.place}, {pair.question[:60]!r}, as in {first[name].place}")
            continue
        first[name] = pair
        kept.append(pair)
    notes = (
        [f"{len(left)} repeated question{'' if len(left) == 1 else 's'} left out: {place_list(left)}."] if left else []
    )
    return kept, notes
