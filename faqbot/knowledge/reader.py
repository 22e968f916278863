"""Reading and checking knowledge files: any Markdown FAQ is one, fields are bullets under a heading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

from faqbot import files
from faqbot.errors import KnowledgeError, Problem
from faqbot.knowledge import fields
from faqbot.knowledge.entries import Entry, KnowledgeBase, Source
from faqbot.knowledge.fields import ENTRY_FIELDS, REPEATED, TITLE_FIELDS, VALUES
from faqbot.knowledge.markdown import Bullet, Section, after_front_matter, sections, split_lines
from faqbot.text import normalise

LONGEST_ENTRY: Final = 10_000  # lines without a heading: a hundred pages, which answer no question
MOST_LINES: Final = 1_000_000  # 20 MB of what people write are half as many; of lines of two letters they fill 10 GB

_MAY_HEAD: Final = re.compile(r" {0,3}(?:#|=+\s*$|-+\s*$)")  # begins a heading, or makes one of the line before


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one entry in its file: first line, line after the last, heading level, topic of its group."""

    start: int
    end: int
    level: int
    group: str


@dataclass(frozen=True, slots=True)
class KnowledgeFile:
    """A knowledge file: its text to the letter, and what it says.

    Attributes:
        path: where it was read from.
        lines: the text, line ends and byte order mark included.
        knowledge: what it says.
        blocks: where each entry stands, in the order of `knowledge.entries`.
        head: first line of the title, and the line after its fields; where there is no title, twice the line where one
            would go.
        has_fields: whether it has a field anywhere: without one it may be any text with headings.
    """

    path: Path
    lines: tuple[str, ...]
    knowledge: KnowledgeBase
    blocks: tuple[Block, ...]
    head: tuple[int, int]
    has_fields: bool = False

    @property
    def text(self) -> str:
        """Return the whole text."""
        return "".join(self.lines)


def read(path: str | Path) -> KnowledgeFile:
    """Read a knowledge file.

    Raises:
        KnowledgeError: it cannot be read or has faults; carries every one of them.
    """
    path = Path(path)
    return parse(files.read_text(path), path)


def parse(text: str, path: str | Path) -> KnowledgeFile:
    """Read the text of a knowledge file; `path` is for the errors.

    Raises:
        KnowledgeError: it has faults, and carries every one of them; or more than MOST_LINES.
    """
    lines = split_lines(text)
    if len(lines) > MOST_LINES:
        right = f"a knowledge file has at most {MOST_LINES:,}; divide it into several"
        raise KnowledgeError((Problem(Path(path), None, f"it has {len(lines):,} lines", right),))
    if len(lines) > LONGEST_ENTRY:
        heads = [number for number, line in enumerate(lines, 1) if _MAY_HEAD.match(line)]
        last = next((a for a, b in pairwise([0, *heads, len(lines)]) if b - a > LONGEST_ENTRY), None)
        if last is not None:
            right = f"an answer has at most {LONGEST_ENTRY:,} lines"
            raise KnowledgeError((Problem(Path(path), max(1, last), "too much text follows without a heading", right),))
    return _Reader(Path(path), lines).file()


# What only files of others have in them: HTML, front matter, templates, "Q:", admonitions, links by reference.
_FOREIGN: Final = re.compile(
    r"<[A-Za-z!/]|\{[%{:#]|^(?:---|\+\+\+|:::|!!!|\?\?\?|\.\. )|^\s{0,9}[*_>-]{0,4}\s?Q\w{0,8}\s?\d{0,3}[.:)]"
    r"|^\[[^\]]{1,200}\]:",
    re.M,
)
_ASKED_BELOW: Final = re.compile(r"^(?!#).*\?[*_]{0,3}[ \t]{0,9}$", re.M)  # a line that asks and is no heading
_ASKED_IN_BOLD: Final = re.compile(r"\?(?:\*\*|__)")
_BULLET: Final = re.compile(rb"^[ \t]{0,3}[-*+][ \t\r\n]", re.M)
_SUFFIXES: Final = ("", ".md", ".markdown", ".txt")


def own(data: bytes, path: Path) -> KnowledgeFile | None:
    """Return the knowledge file that some bytes are, or None where they are a FAQ of another form, or may be one.

    A file with a field of ours is a knowledge file, with all that has to be right about one. Without any, it is one
    where its headings alone tell what is asked, so that every reader would find the same in it.

    Raises:
        KnowledgeError: it is a knowledge file and has faults; carries every one of them.
    """
    if path.suffix.lower() not in _SUFFIXES:
        return None
    try:
        file = parse(files.text_of(path, data), path)
    except KnowledgeError:
        if b"\0" in data or not _has_fields(data):
            return None
        raise
    return file if is_unmistakable(file) else None


def is_unmistakable(file: KnowledgeFile) -> bool:
    """Return whether a knowledge file is taken for one: it has a field, or its headings alone tell what is asked."""
    levels = {block.level for block in file.blocks}
    marks = (_FOREIGN, _ASKED_BELOW, _ASKED_IN_BOLD)
    return file.has_fields or (len(levels) == 1 and not any(mark.search(file.text) for mark in marks))


def _has_fields(data: bytes) -> bool:
    if b":" not in data or not _BULLET.search(data):
        return False
    found = sections(split_lines(data.decode("utf-8", "replace")))
    names = ([fields.parted(bullet.text)[0] for bullet in section.bullets] for section in found)
    return any(fields.are_fields(each, known) for each in names for known in (TITLE_FIELDS, ENTRY_FIELDS) if each)


def _first(values: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(values.get(name, ())), "")


@dataclass(slots=True)
class _Reader:
    """One reading of one file: collects problems instead of stopping at the first."""

    path: Path
    lines: list[str]
    problems: list[Problem] = field(default_factory=list)
    has_fields: bool = False

    def wrong(self, line: int | None, wrong: str, right: str = "") -> None:
        self.problems.append(Problem(self.path, None if line is None else line + 1, wrong, right))

    def file(self) -> KnowledgeFile:
        found = sections(self.lines)
        title = _title(found)
        head, body = (found[0], found[1:]) if title else (None, found)
        values = self.read_fields(head, TITLE_FIELDS)[0] if head else {}
        entries, blocks = self.entries(body, _first(values, "source"))
        if not entries and not self.problems:
            self.wrong(None, "there is no question in it", "a heading with text below it is an entry")
        self.check_unique(entries, blocks)
        if self.problems:
            raise KnowledgeError(tuple(sorted(self.problems, key=lambda problem: problem.line or 0)))
        knowledge = KnowledgeBase(
            entries,
            title=title or self.path.stem,
            procedure=_first(values, "procedure"),
            names=[name for line in values.get("also called", ()) for name in _words(line)],
            dropped=[key for line in values.get("dropped", ()) for key in _words(line)],
            source=_first(values, "source"),
            groups=[_words(line) for line in values.get("same", ())],
            urgent=[word for line in values.get("urgent", ()) for word in _words(line)],
            urgent_answer=_first(values, "urgent answer"),
            crisis_answer=_first(values, "crisis answer"),
            contact=_first(values, "contact"),
            answer_from=float(_first(values, "answer from")) if "answer from" in values else None,
        )
        front = after_front_matter(self.lines)
        span = (head.start, head.after_bullets if values else head.below) if head else (front, front)
        return KnowledgeFile(self.path, tuple(self.lines), knowledge, tuple(blocks), span, self.has_fields)

    def entries(self, body: Sequence[Section], document: str) -> tuple[list[Entry], list[Block]]:
        entries: list[Entry] = []
        blocks: list[Block] = []
        groups: list[Section] = []  # the headings that the current one stands under
        for number, section in enumerate(body):
            groups = [group for group in groups if group.level < section.level]
            group = groups[-1].heading if groups else ""
            groups.append(section)
            following = body[number + 1] if number + 1 < len(body) else None
            values, answer = self.read_fields(section, ENTRY_FIELDS)
            if not values and not answer and following and following.level > section.level:
                continue  # it only groups what follows
            entry = self.entry(section, values, answer, group, document)
            if entry:
                entries.append(entry)
                blocks.append(Block(section.start, section.end, section.level, group))
        return entries, blocks

    def entry(
        self, section: Section, values: Mapping[str, Sequence[str]], answer: str, group: str, document: str
    ) -> Entry | None:
        gap = _first(values, "gap")
        if not section.heading:
            self.wrong(section.start, "a heading without words", "write the question there")
        elif gap and answer:
            self.wrong(section.start, f"{section.heading!r} is a gap and has an answer", "keep one of the two")
        elif not gap and not answer:
            right = "write it below, after a blank line, or say with '- gap: …' that the source does not answer it"
            self.wrong(section.start, f"{section.heading!r} has no answer", right)
        else:
            own, place, fingerprint = (_first(values, name) for name in ("source", "from", "fingerprint"))
            cites = own or place or fingerprint or not gap  # a gap alone comes from nowhere
            return Entry(
                question=section.heading,
                answer=answer,
                phrasings=values.get("also", ()),
                id=_first(values, "id"),
                topic=_first(values, "topic") or group,
                source=Source(own or document, place, fingerprint) if cites else Source(),
                gap=gap,
                draft="draft" in values,
                next=[key for line in values.get("next", ()) for key in _words(line)],
            )
        return None

    def read_fields(self, section: Section, known: Sequence[str]) -> tuple[dict[str, list[str]], str]:
        """Return the fields below a heading, and the text after them."""
        found: dict[str, list[str]] = {}
        named = [(*fields.parted(bullet.text), bullet) for bullet in section.bullets]
        below = section.below
        if fields.are_fields([name for name, _, _ in named], known):
            below = section.after_bullets
            self.has_fields = True
            for name, value, bullet in named:
                if self.is_field(name, value, bullet, known, found):
                    found.setdefault(name, []).append(value)
        return found, _trimmed([self.lines[n] for n in range(below, section.end) if n not in section.comments])

    def is_field(
        self, name: str, value: str, bullet: Bullet, known: Sequence[str], found: Mapping[str, Sequence[str]]
    ) -> bool:
        if name not in known:
            near = fields.nearest_name(name, known)
            names = ", ".join(known)
            right = (
                f"did you mean {near!r}?" if near else f"the fields here are {names}; text needs a blank line before it"
            )
            self.wrong(bullet.line, f"unknown field {name or bullet.text[:40]!r}", right)
        elif not value:
            self.wrong(bullet.line, f"the field {name!r} is empty", "write its value after the colon, or delete it")
        elif name in found and name not in REPEATED:
            self.wrong(bullet.line, f"the field {name!r} is given twice", "one of them has to go")
        elif name == "same" and len(_words(value)) < 2:
            self.wrong(bullet.line, f"'same: {value}' holds one word", "a group is two or more, between commas")
        elif name == "urgent" and not _words(value):
            self.wrong(bullet.line, f"'urgent: {value}' holds no word", "words or phrases stand between commas")
        elif name in VALUES and not VALUES[name][0].fullmatch(value):
            self.wrong(bullet.line, f"the field {name!r} cannot be {value[:40]!r}", VALUES[name][1])
        else:
            if bullet.stray is not None:
                right = "text stands after a blank line and is not indented"
                self.wrong(bullet.stray, f"this line belongs to the field {name!r}", right)
            return True
        return False

    def check_unique(self, entries: Sequence[Entry], blocks: Sequence[Block]) -> None:
        ids: dict[str, int] = {}
        questions: dict[str, int] = {}
        for entry, block in zip(entries, blocks, strict=True):
            asked = normalise(entry.question).rstrip("?!. ")  # "What is C?" is not "What is C++?"
            if asked in questions:
                right = f"it stands in line {questions[asked] + 1} already"
                self.wrong(block.start, f"the question {entry.question!r} is there twice", right)
            elif entry.id in ids:
                right = f"the entry in line {ids[entry.id] + 1} has it; an id is one entry's own"
                self.wrong(block.start, f"the id {entry.id!r} is there twice", right)
            ids.setdefault(entry.id, block.start)
            questions.setdefault(asked, block.start)


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _trimmed(lines: Sequence[str]) -> str:
    """Return the text without blank lines around it, line ends made plain."""
    plain_lines = [line.rstrip("\r\n") for line in lines]
    first = next((number for number, line in enumerate(plain_lines) if line.strip()), len(lines))
    return "\n".join(plain_lines[first:]).rstrip()


def _title(found: Sequence[Section]) -> str:
    """Return the text of the heading that names the whole file, or "" where the first heading is a question."""
    if not found or found[0].level != 1 or any(section.level == 1 for section in found[1:]):
        return ""
    first = found[0]
    if fields.are_fields([fields.parted(bullet.text)[0] for bullet in first.bullets], TITLE_FIELDS):
        return first.heading
    return "" if len(found) == 1 or first.heading.endswith("?") else first.heading
