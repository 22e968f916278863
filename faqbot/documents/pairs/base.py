"""Make a knowledge base of pairs: ids, topics and follow-ups of its own, repeated questions told apart or left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from faqbot.documents.encoding import one_line
from faqbot.documents.pairs import reader, sheet
from faqbot.documents.pairs.outline import key
from faqbot.documents.pairs.values import Found, Pair, place_list
from faqbot.errors import KnowledgeError
from faqbot.files import text_of
from faqbot.knowledge import reader as own
from faqbot.knowledge import writer
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
        is_sheet: whether it is one that `export` wrote, with every field of an entry.
        has_about: whether such a sheet says what is said of the whole file, too.
    """

    knowledge: KnowledgeBase
    form: str
    notes: tuple[str, ...] = ()
    file: KnowledgeFile | None = None
    is_sheet: bool = False
    has_about: bool = False


def contents(path: Path) -> bytes:
    """Return what a file holds; see `reader.contents`."""
    return reader.contents(path)


_AFTER: Final = Entry(question="What stands behind it?", answer="This.")  # which nothing in an answer may swallow


def load_files(paths: Sequence[Path], title: str = "") -> Loaded:
    """Return one knowledge base of several files of any form, and what was left out of each.

    Args:
        paths: of the files; training data and responses of Rasa belong together.
        title: of the knowledge base; "" for that of the first file.

    Raises:
        KnowledgeError: one cannot be used, with the line where there is one.
        ExtraMissingError: its form takes an extra that is not installed.
    """
    if len(paths) == 1:
        loaded = load(reader.contents(paths[0]), paths[0])
        return replace(loaded, knowledge=replace(loaded.knowledge, title=title)) if title else loaded
    parts = reader.together(paths)
    pairs = [pair for part in parts for pair in part.pairs]
    forms = ", ".join(dict.fromkeys(part.form for part in parts))
    named = title or next((part.title for part in parts if part.title), "")
    found = Found(tuple(pairs), forms, named, tuple(note for part in parts for note in part.notes))
    base, notes = knowledge(found, paths[0])
    return Loaded(base, forms, (*found.notes, *notes))


def writable(base: KnowledgeBase) -> tuple[KnowledgeBase, tuple[str, ...]]:
    """Return what of a knowledge base a knowledge file can hold, and what had to change or go for that."""
    if writer.is_writable(base):
        return base, ()
    kept: list[Entry] = []
    notes: list[str] = []
    for entry, fits in _tried(base.entries):
        fitting = entry if fits else next((one for one in _plainer(entry) if _fits([one])), None)
        if fitting is None:
            notes.append(f"{entry.question!r} was left out: no knowledge file can hold it.")
        elif fitting is not entry:
            notes.append(f"The answer to {entry.question!r} was simplified: its markup would have been read otherwise.")
        kept += [fitting] if fitting is not None else []
    title = base.title if _fits(kept[:1], base.title) else slug(base.title)
    return replace(base, entries=kept, title=title), tuple(notes)


def _plainer(entry: Entry) -> Iterator[Entry]:
    """Yield an entry, and then with ever less of its markup."""
    yield entry
    lines = entry.answer.split("\n")
    fences = sum(line.lstrip().startswith("```") for line in lines)
    if fences % 2:
        yield replace(entry, answer=f"{entry.answer}\n```")
    yield replace(entry, answer="\n".join(f"\\{line}" if line[:1] in "#=-~`<" and line else line for line in lines))
    yield replace(entry, answer=one_line(entry.answer))
    yield replace(
        entry, answer=one_line(entry.answer), phrasings=(), topic="", id=slug(entry.question), source=Source()
    )


def _tried(entries: Sequence[Entry]) -> Iterator[tuple[Entry, bool]]:
    """Yield entries and whether a file can hold each: halves are tried until they can, as one of thousands cannot."""
    rest = [entries]
    while rest:
        some = rest.pop()
        if _fits(some):
            yield from ((entry, True) for entry in some)
        elif len(some) == 1:
            yield some[0], False
        else:
            half = len(some) // 2
            rest += [some[half:], some[:half]]


def _fits(entries: Sequence[Entry], title: str = "") -> bool:
    """Return whether a file can hold some entries, and the one after them comes out of it as it is."""
    return writer.is_writable(KnowledgeBase([*entries, _AFTER], title=title))


def load(data: bytes, path: Path) -> Loaded:
    """Return the knowledge base that the bytes of a file are, in whatever form.

    Raises:
        KnowledgeError: it cannot be used, with the line where there is one.
        ExtraMissingError: its form takes an extra that is not installed.
    """
    if file := own.own(data, path):
        return Loaded(file.knowledge, "a knowledge file", (), file)
    if sheets := reader.own_sheets(data, path):
        about = bool(sheets.get(sheet.ABOUT))
        return Loaded(sheet.knowledge(sheets, path), "a sheet of faqbot", is_sheet=True, has_about=about)
    is_markdown = path.suffix.lower() in (".md", ".markdown", "")
    try:
        found = reader.of_bytes(data, path)
    except KnowledgeError:
        if not is_markdown or data.count(b"\n") > reader.MOST_LINES:
            raise
        file = own.parse(text_of(path, data), path)  # what is wrong with it as a knowledge file says more
        return Loaded(file.knowledge, "a knowledge file", (), file)
    base, notes = knowledge(found, path)
    if is_markdown and (file := _same(data, path, base)):
        return Loaded(file.knowledge, "a knowledge file", found.notes, file)
    return Loaded(base, found.form, (*found.notes, *notes))


def _same(data: bytes, path: Path, base: KnowledgeBase) -> KnowledgeFile | None:
    """Return the knowledge file that some bytes are where, read strictly, it says the same; else None."""
    try:
        file = own.parse(text_of(path, data), path)
    except KnowledgeError:
        return None
    strict = [(entry.question, entry.answer.split()) for entry in file.knowledge.entries]
    return file if strict == [(entry.question, entry.answer.split()) for entry in base.entries] else None


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
    following: dict[str, int] = {}  # the number after an id that many would have
    for pair in pairs:
        given = one_line(pair.id)
        wanted = given if given and not given.isdigit() and "," not in given else slug(pair.question)
        unique, number = wanted, following.get(wanted, 2)
        while unique in taken:
            unique, number = f"{wanted}-{number}", number + 1
        following[wanted] = number
        taken.add(unique)
        if pair.id:
            ids[pair.id] = unique
        entries.append(
            Entry(
                question=pair.question, answer=pair.answer, phrasings=_others(pair), id=unique,
                topic=one_line(pair.topic), source=Source(one_line(pair.source)), draft=pair.draft,
            )
        )  # fmt: skip
    entries = [
        replace(entry, next=tuple(ids[one] for one in pair.next if one in ids)) if pair.next else entry
        for entry, pair in zip(entries, pairs, strict=True)
    ]
    dangling = [f"{pair.place}: {one}" for pair in pairs for one in pair.next if one not in ids]
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
