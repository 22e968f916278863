"""Find the pairs in a document: which of its headings, marks, bold lines and list items are questions.

A document asks in one way or two: by what its format marks, by "Q:", by headings, by lines in bold, by items of lists,
or by plain lines. Headings over questions are topics; those within an answer stay in it, as bold lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from faqbot.documents.pairs import marks
from faqbot.documents.pairs.inline import INLINE, promoted
from faqbot.documents.pairs.nodes import Kind, Node, dedented, nodes
from faqbot.documents.pairs.values import Pair
from faqbot.text import normalise

DEEPEST: Final = 20  # sections within each other; what stands deeper is read as if it stood there
MANY: Final = 3  # questions on a level below, from which on they are entries of their own
CONTENTS: Final = 0.8  # share of the lines of a list that are questions of the document
_CONTENTS: Final = frozenset(
    ["contents", "table of contents", "toc", "index", "on this page", "in this article", "quick links"]
)


@dataclass(slots=True)
class Section:
    """A heading or question, and what stands below it.

    Attributes:
        title: its Markdown.
        line: where it begins.
        rank: 1 to 6 of a heading, INLINE of a question in the text, more of one that the format marks; 0 of the whole.
        parts: the nodes and sections below, in order.
    """

    title: str = ""
    line: int = 0
    rank: int = 0
    parts: list[Node | Section] = field(default_factory=list)

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading, and not a question by its form."""
        return 0 < self.rank < INLINE

    @property
    def texts(self) -> list[Node]:
        """Return the nodes right below."""
        return [part for part in self.parts if isinstance(part, Node)]

    @property
    def children(self) -> list[Section]:
        """Return the sections right below."""
        return [part for part in self.parts if isinstance(part, Section)]

    def walk(self) -> Iterator[Section]:
        """Yield this section and those below, in order."""
        rest = [self]
        while rest:
            section = rest.pop()
            yield section
            rest.extend(reversed(section.children))


@dataclass(slots=True)
class Outline:
    """What came of a document.

    Attributes:
        pairs: in its order.
        title: of the document, or "".
        unanswered: the lines of questions without an answer.
        unheld: the lines where text begins that no entry holds.
    """

    pairs: list[Pair] = field(default_factory=list)
    title: str = ""
    unanswered: list[tuple[int, str]] = field(default_factory=list)
    unheld: list[tuple[int, str]] = field(default_factory=list)


def outline(lines: Sequence[tuple[int, str]], title: str = "", is_prose: bool = False) -> Outline:
    """Return what the lines of a document hold.

    Args:
        lines: as `markdown.lines` and its like return them.
        title: of the document, where something else than a heading gives it.
        is_prose: whether its form has no headings: a line that asks is then a question.
    """
    found = promoted([node for node in nodes(lines) if not node.is_contents], is_prose)
    asked = {key(marks.question(node.text)) for node in found if node.kind in (Kind.HEADING, Kind.ASKED)}
    found = [node for node in found if not _lists_only(node, asked)]
    root = _tree(found)
    return _Reader(root, Outline(title=title)).read()


def _lists_only(node: Node, asked: set[str]) -> bool:
    """Return whether a node is a list of questions that stand elsewhere in the document: its contents."""
    if node.kind is not Kind.LIST:
        return False
    rows = [row for row in node.text.split("\n") if row.strip()]
    return len(rows) > 1 and sum(key(marks.question(dedented([row]))) in asked for row in rows) >= CONTENTS * len(rows)


def _tree(found: Sequence[Node]) -> Section:
    root = Section()
    open_: list[Section] = [root]
    for node in found:
        if node.kind is Kind.HEADING and any(section.rank > INLINE for section in open_):
            open_[-1].parts.append(Node(Kind.TEXT, _bold(node.text), node.line))
        elif node.kind is Kind.HEADING or (node.kind is Kind.ASKED and node.level == INLINE):
            while open_[-1].rank >= node.level:
                open_.pop()
            _opened(open_, Section(node.text, node.line, node.level))
        elif node.kind is Kind.ASKED:
            while open_[-1].rank == INLINE:
                open_.pop()
            _opened(open_, Section(node.text, node.line, max(INLINE + 1, open_[-1].rank + 1)))
        elif node.kind is Kind.ENDED:
            if open_[-1].rank > INLINE:
                open_.pop()
        else:
            open_[-1].parts.append(node)
    return root


def _opened(open_: list[Section], section: Section) -> None:
    del open_[DEEPEST:]
    open_[-1].parts.append(section)
    open_.append(section)


def _bold(text: str) -> str:
    words = marks.question(text) or text
    return f"**{words}**" if "*" not in words else words


class _Reader:
    """Decides which sections are entries, and collects them."""

    def __init__(self, root: Section, result: Outline) -> None:
        self.root = root
        self.result = result
        sections = [section for section in root.walk() if section.is_heading]
        tops = [section for section in sections if section.rank == 1]
        is_first = len(tops) == 1 and sections[0] is tops[0] and not marks.asks(marks.question(tops[0].title))
        self.title = tops[0] if is_first else None
        levels = Counter(s.rank for s in sections if s is not self.title and marks.asks(marks.question(s.title)))
        near = Counter(s.rank for s in sections if s is not self.title and marks.seems_asked(marks.question(s.title)))
        chosen = levels if levels else near if max(near.values(), default=0) > 1 else Counter()
        self.level = max(chosen, key=lambda level: (chosen[level], -level), default=0)
        self.counts = levels
        self.all = Counter(section.rank for section in sections)
        marked = sum(marks.asked(section.title) is not None for section in sections)
        self.is_marked = marked > 1 and marked >= len(sections) / 3
        self.inline = any(section.rank >= INLINE for section in root.walk())

    def read(self) -> Outline:
        if self.title is not None:
            self.result.title = marks.question(self.title.title) or self.result.title
        self._section(self.root, "")
        return self.result

    def _section(self, section: Section, topic: str) -> None:
        """Take the sections below one that is no entry itself."""
        for part in section.parts:
            if isinstance(part, Node):
                self.result.unheld.append((part.line, part.text))
                continue
            words = marks.question(part.title)
            if part is self.title:
                self._section(part, "")
            elif self._is_entry(part, words):
                self._entry(part, words, topic)
            elif part.children or part.texts:
                is_contents = words.casefold() in _CONTENTS
                self._section(part, topic if is_contents else words or topic)
            elif marks.asks(words) or part.rank >= INLINE:
                self.result.unanswered.append((part.line, words))
            elif words and part.is_heading:
                topic = words if words.casefold() not in _CONTENTS else topic

    def _is_entry(self, section: Section, words: str) -> bool:  # noqa: PLR0911 - rules in their order
        if not words or not (section.texts or section.children):
            return False
        asks, has_text = marks.asks(words), bool(section.texts)
        inner_asks = any(marks.asks(marks.question(one.title)) for one in section.walk() if one is not section)
        if not section.is_heading:
            return has_text or not inner_asks
        if self.is_marked or any(not child.is_heading for child in section.children):
            return has_text and (asks or marks.asked(section.title) is not None)
        if not has_text:
            return section.rank >= self.level > 0 and (asks or (bool(section.children) and not inner_asks))
        is_statement = not asks and words.casefold() not in _CONTENTS
        if section.rank < self.level:
            return asks or (is_statement and not section.children)
        if not self.level:
            return asks or (is_statement and not self.inline)
        return asks or section.rank > self.level or not inner_asks

    def _entry(self, section: Section, words: str, topic: str) -> None:
        """Take an entry, and the entries below it."""
        parts: list[Node] = []
        apart: list[Section] = []
        self._merge(section, parts, apart)
        answer = joined(parts)
        if answer:
            self.result.pairs.append(
                Pair(question=words, answer=answer, line=section.line, place=f"line {section.line}", topic=topic)
            )
        else:
            self.result.unanswered.append((section.line, words))
        for each in apart:
            self._section(Section(parts=[each]), topic)

    def _merge(self, section: Section, parts: list[Node], apart: list[Section]) -> None:
        for part in section.parts:
            if isinstance(part, Node):
                parts.append(part)
            elif self._stands_alone(part, section):
                apart.append(part)
            else:
                parts.append(Node(Kind.TEXT, _bold(part.title), part.line))
                self._merge(part, parts, apart)

    def _stands_alone(self, part: Section, outer: Section) -> bool:
        """Return whether a section below an entry is an entry of its own, and no part of the answer."""
        words = marks.question(part.title)
        if not part.is_heading:
            return marks.asks(words) and (outer.is_heading or part.rank > INLINE)
        if not self.level:
            return bool(part.texts)
        if part.rank <= self.level:
            return True
        return marks.asks(words) and self.counts[part.rank] >= max(MANY, self.all[part.rank] / 2)


def joined(parts: Sequence[Node]) -> str:
    """Return the Markdown of some nodes, less an "A:" before the first."""
    texts: list[str] = []
    for number, node in enumerate(parts):
        text = node.text
        if not texts:
            rest = marks.answered(text)
            text = text if rest is None else rest.lstrip()
        if text.strip():
            texts.append(("" if not texts else "\n" if node.is_joined and number else "\n\n") + text)
    return "".join(texts).strip()


def key(text: str) -> str:
    """Return what two writings of one question share."""
    return normalise(text).rstrip("?!. ")
