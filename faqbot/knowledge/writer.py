"""Write knowledge files: what did not change stays as its author wrote it, to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from faqbot import files
from faqbot.errors import KnowledgeError
from faqbot.knowledge.entries import Entry, KnowledgeBase, Source, slug
from faqbot.knowledge.markdown import escaped, sections, split_lines
from faqbot.knowledge.reader import Block, KnowledgeFile, is_unmistakable, parse
from faqbot.text import one_line

BOM: Final = "\ufeff"
LEVEL: Final = 2  # of a new entry's heading: level 1 is the title
A_LINE: Final = 10  # dropped ids, and words of worries
_FROM: Final = re.compile(r"( {0,3}[-*+]\s+from\s*:\s*)(.*?)(\s*)", re.S)
_UNDERLINE: Final = re.compile(r" {0,3}(?:=+|-+)\s*")  # of a heading
_DRAFT: Final = re.compile(r" {0,3}[-*+]\s+draft\s*:\s*yes")


def render(knowledge: KnowledgeBase, path: str | Path = "knowledge.md") -> KnowledgeFile:
    """Return a knowledge base as a new file, not yet written.

    Raises:
        ValueError: an entry that no file can hold, such as an answer with a heading in it.
    """
    blocks = [_entry(entry, Block(0, 0, LEVEL, ""), knowledge.source) for entry in knowledge.entries]
    file = _checked("".join([_head(knowledge), "\n", *blocks]).rstrip("\n") + "\n", path, knowledge)
    return file if is_unmistakable(file) else _marked(file, knowledge)


def is_writable(knowledge: KnowledgeBase) -> bool:
    """Return whether a file can hold a knowledge base; see `render`."""
    try:
        render(knowledge)
    except ValueError:
        return False
    return True


def update(file: KnowledgeFile, knowledge: KnowledgeBase) -> KnowledgeFile:
    """Return the file with `knowledge` in it, not yet written.

    Entries are known by their id and keep the file's order. One that is the same keeps its lines; one that changed is
    written anew in its place; a new one goes after the one before it in `knowledge`, under the same heading, which is
    its topic if it has none; what is gone is left out. Everything else in the file stays.

    Raises:
        ValueError: an entry that no file can hold, such as an answer with a heading in it.
    """
    first = file.lines[0] if file.lines else "\n"
    ending = first[len(first.rstrip("\r\n")) :] or "\n"
    parts: list[str] = []
    for part, is_new in _parts(file, knowledge):
        if not is_new:
            parts.append(part)
            continue
        written = "".join(parts[-2:])
        if written.strip(BOM).strip() and not written.endswith(2 * ending):  # a heading stands after a blank line
            parts.append(ending if written.endswith(ending) else 2 * ending)
        parts.append(part.replace("\n", ending))
    text = "".join(parts)
    if text.endswith(2 * ending) and not file.lines[-1].isspace():
        text = text.removesuffix(ending)
    new = _checked(_without_empty_groups(text), file.path, knowledge)
    return _marked(new, knowledge) if is_unmistakable(file) and not is_unmistakable(new) else new


def _marked(file: KnowledgeFile, knowledge: KnowledgeBase) -> KnowledgeFile:
    """Return a file with its first entry's id in it: a field, without which it would be taken for another FAQ."""
    if not file.blocks:
        return file
    place = file.blocks[0].start + 1
    place += bool(_UNDERLINE.fullmatch("".join(file.lines[place : place + 1])))
    ending = "\r\n" if file.lines[place - 1].endswith("\r\n") else "\n"
    field = f"{ending}- id: {file.knowledge.entries[0].id}{ending}"
    return _checked("".join([*file.lines[:place], field, *file.lines[place:]]), file.path, knowledge)


def save(file: KnowledgeFile, path: str | Path | None = None) -> None:
    """Write the file, atomically, to where it was read from or to `path`.

    Raises:
        OSError: it cannot be written; what was there is untouched.
        ValueError: it holds half a surrogate pair.
    """
    files.write_text(Path(path or file.path), file.text)


def save_new(file: KnowledgeFile, path: Path) -> None:
    """Write the file, atomically, where none is.

    Raises:
        FileExistsError: there is one, also if it was made in this moment; it stays as it is.
        OSError: it cannot be written.
        ValueError: it holds half a surrogate pair.
    """
    files.write_new(path, file.text.encode("utf-8"))


def _parts(file: KnowledgeFile, knowledge: KnowledgeBase) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of the updated text, in order, and whether each was written anew."""
    old = {entry.id: entry for entry in file.knowledge.entries}
    new = {entry.id: entry for entry in knowledge.entries}
    followers: dict[str, list[Entry]] = {"": []}  # id of a known entry: the new ones that go after it
    place = ""
    for entry in knowledge.entries:
        place = entry.id if entry.id in old else place
        followers.setdefault(place, []).extend([entry] if entry.id not in old else [])
    head_start, head_end = file.head
    home = knowledge.source
    same_head = _head(knowledge) == _head(file.knowledge)
    lines = list(file.lines)
    if lines and lines[0].startswith(BOM):
        lines[0] = lines[0].removeprefix(BOM)
        yield BOM, False
    yield "".join(lines[:head_start]), False
    added = "" if head_end > head_start else "\n"  # behind a title that was not there
    yield ("".join(lines[head_start:head_end]), False) if same_head else (_head(knowledge) + added, True)
    done = head_end
    for entry, block in zip(file.knowledge.entries, file.blocks, strict=True):
        yield "".join(lines[done : block.start]), False
        yield from ((_entry(added, block, home), True) for added in followers.pop("", ()))
        done = block.end
        if entry.id in new:
            meant, was = _content(new[entry.id], home), _content(entry, file.knowledge.source)
            if meant == was:
                yield "".join(lines[block.start : done]), False
            elif meant == _at(was, meant.source.place) and (moved := _moved(lines[block.start : done], was, meant)):
                yield moved, False
            elif meant == replace(was, draft=False) and (reviewed := _reviewed(lines[block.start : done])):
                yield reviewed, False
            else:
                yield _entry(new[entry.id], block, home), True
        yield from ((_entry(added, block, home), True) for added in followers.get(entry.id, ()))
    yield "".join(lines[done:]), False


def _head(knowledge: KnowledgeBase) -> str:
    fields = [
        *([f"- procedure: {knowledge.procedure}"] if knowledge.procedure else []),
        *([f"- also called: {', '.join(knowledge.names)}"] if knowledge.names else []),
        *([f"- source: {knowledge.source}"] if knowledge.source else []),
        *(f"- same: {', '.join(group)}" for group in knowledge.groups),
        *_listed("urgent", knowledge.urgent),
        *([f"- urgent answer: {knowledge.urgent_answer}"] if knowledge.urgent_answer else []),
        *([f"- crisis answer: {knowledge.crisis_answer}"] if knowledge.crisis_answer else []),
        *([f"- contact: {knowledge.contact}"] if knowledge.contact else []),
        *([f"- answer from: {knowledge.answer_from:g}"] if knowledge.answer_from is not None else []),
        *_listed("dropped", knowledge.dropped),
    ]
    return "\n".join([f"# {escaped(knowledge.title or 'Questions')}", "", *fields, *([""] if fields else [])])


def _listed(field: str, values: Sequence[str]) -> Iterator[str]:
    for place in range(0, len(values), A_LINE):
        yield f"- {field}: {', '.join(values[place : place + A_LINE])}"


def _entry(entry: Entry, block: Block, home: str) -> str:
    """Return an entry as Markdown, as deep and in the group that `block` says; `home` is the document of its file."""
    source = _content(entry, home).source
    fields = [
        *([f"- gap: {one_line(entry.gap)}"] if entry.gap else []),
        *(f"- also: {one_line(form)}" for form in entry.phrasings),
        *([f"- id: {entry.id}"] if entry.id != slug(entry.question) else []),
        *([f"- topic: {one_line(entry.topic)}"] if entry.topic not in ("", block.group) else []),
        *([f"- source: {source.document}"] if source.document else []),
        *([f"- from: {source.place}"] if source.place else []),
        *([f"- fingerprint: {source.fingerprint}"] if source.fingerprint else []),
        *(["- draft: yes"] if entry.draft else []),
        *_listed("next", entry.next),
    ]
    heading = f"{'#' * block.level} {escaped(entry.question)}"
    answer = "\n".join(line.rstrip("\r\n") for line in split_lines(entry.answer)).strip("\n")
    return "\n".join([heading, "", *fields, *([""] if fields and answer else []), answer]).rstrip() + "\n\n"


def _reviewed(lines: list[str]) -> str:
    """Return the lines of a draft without the one that says so, or "" where it is not found: it was written oddly."""
    number = next((number for number, line in enumerate(lines) if _DRAFT.fullmatch(line.rstrip())), 0)
    if not number:
        return ""
    alone = not lines[number - 1].strip() and not "".join(lines[number + 1 : number + 2]).strip()
    return "".join(lines[:number] + lines[number + 1 + alone :])


def _at(entry: Entry, place: str) -> Entry:
    return replace(entry, source=replace(entry.source, place=place))


def _moved(lines: list[str], was: Entry, meant: Entry) -> str:
    """Return the lines of an entry with its new place, or "" where the old one is not found: it was written oddly."""
    found = [(number, match) for number, line in enumerate(lines) if (match := _FROM.fullmatch(line))]
    if len(found) != 1 or found[0][1][2] != was.source.place or not meant.source.place:
        return ""
    number, match = found[0]
    return "".join([*lines[:number], f"{match[1]}{meant.source.place}{match[3]}", *lines[number + 1 :]])


def _content(entry: Entry, home: str) -> Entry:
    """Return what the lines of an entry say, as they say it: without what it takes from elsewhere.

    One that names no document takes `home`, that of its file.
    """
    document = one_line(entry.source.document)
    return replace(
        entry,
        question=one_line(entry.question),
        answer="\n".join(entry.answer.splitlines()).strip("\n").rstrip(),
        phrasings=tuple(map(one_line, entry.phrasings)),
        topic=one_line(entry.topic),
        gap=one_line(entry.gap),
        source=Source("" if document == home else document, one_line(entry.source.place), entry.source.fingerprint),
        subject="",
    )


def _without_empty_groups(text: str) -> str:
    """Return `text` without the headings that grouped only entries that are gone."""
    while True:
        lines = split_lines(text)
        found = sections(lines)
        following = [*(section.level for section in found), 0][1:]
        empty = [
            section for section, level in zip(found, following, strict=True)
            if level <= section.level and not "".join(lines[section.below : section.end]).strip()
            and (section.level > 1 or section is not found[0])
        ]  # fmt: skip
        if not empty:
            return text
        gone = {number for section in empty for number in range(section.start, section.end)}
        text = "".join(line for number, line in enumerate(lines) if number not in gone)


def _checked(text: str, path: str | Path, knowledge: KnowledgeBase) -> KnowledgeFile:
    """Return `text` read back, after making sure that it says what `knowledge` says."""
    try:
        file = parse(text, path)
    except KnowledgeError as error:
        # The lines of a text that nobody will ever see would only mislead.
        wrong = "; ".join(problem.wrong for problem in error.problems)
        raise ValueError(f"it cannot be written to a knowledge file as it is: {wrong}") from None
    for name in (
        "title",
        "procedure",
        "names",
        "source",
        "groups",
        "urgent",
        "urgent_answer",
        "crisis_answer",
        "contact",
        "answer_from",
        "dropped",
    ):
        meant, found = getattr(knowledge, name), getattr(file.knowledge, name)
        if meant != found and not (name == "title" and not meant):
            raise ValueError(f"the {name} {meant!r} cannot be written to a knowledge file: it would read {found!r}")
    home = knowledge.source
    written = {entry.id: _content(entry, home) for entry in file.knowledge.entries}
    for entry in knowledge.entries:
        if entry.subject:
            raise ValueError(f"the entry {entry.question!r} is about another procedure than its file")
        found, meant = written.pop(entry.id, None), _content(entry, home)
        if found != replace(meant, topic=meant.topic or (found.topic if found else "")):
            raise ValueError(f"the entry {entry.question!r} cannot be written to a knowledge file as it is")
    if written:
        raise ValueError(f"the entry {next(iter(written))!r} would come out of another one's text")
    return file
