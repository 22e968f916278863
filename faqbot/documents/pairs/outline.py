"""Find the pairs in a document: which of its headings, marks, bold lines and list items are questions.

A document asks in one way or two: by what its format marks, by "Q:", by headings, by lines in bold, by items of lists,
or by plain lines. Headings over questions are topics; those within an answer stay in it, as bold lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from faqbot.documents.pairs import marks
from faqbot.documents.pairs.nodes import Kind, Node, dedented, nodes
from faqbot.documents.pairs.values import Pair
from faqbot.text import normalise

INLINE: Final = 10  # the rank of a question that is no heading: below all of those
MANY: Final = 3  # questions on a level below, from which on they are entries of their own
CONSISTENT: Final = 0.5  # share of the bold lines that ask, from which on all of them are questions
CONTENTS: Final = 0.8  # share of the lines of a list that are questions of the document
LISTED: Final = 0.6  # share of the items of a list that are question and answer, from which on all are
_BOLD_LINE: Final = re.compile(r"(?:\*\*|__)(?=\S)((?:[^*_]|\*(?!\*)|_(?!_)){1,400})(?:\*\*|__)[ \t]{0,4}[:.]?(\\| {2,9})?$")
_BOLD_LEAD: Final = re.compile(r"(?:\*\*|__)(?=\S)((?:[^*_]|\*(?!\*)|_(?!_)){1,400})(?:\*\*|__)[ \t]{0,4}[:.\u2013\u2014-]?[ \t]{0,4}(?:\\?\n|<br ?/?>|(?=\S))")
_CONTENTS: Final = frozenset("contents,table of contents,toc,index,on this page,in this article,quick links".split(","))


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
    found = _promoted([node for node in nodes(lines) if not node.is_contents], is_prose)
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


def _promoted(found: list[Node], is_prose: bool) -> list[Node]:
    """Return the nodes with the questions in texts and lists as nodes of their own."""
    marked = [_by_marks(node) for node in found]
    count = sum(len(parts) for parts in marked if parts)
    if sum(bool(parts) for parts in marked) > 1 or count > 2:
        return _flat(found, marked)
    after: list[Node | None] = [*found[1:], None][: len(found)]
    headings = [node for node in found if node.kind is Kind.HEADING]
    asking = [node for node in headings if marks.asks(marks.question(node.text))]
    formal = sum(node.kind is Kind.ASKED for node in found)
    bold = [_by_bold(node, following) for node, following in zip(found, after, strict=True)]
    titles = [_asked_of(parts) for parts in bold if parts]
    asks = [text for text in titles if marks.asks(text)]
    if asks and (len(asks) > 1 or len(found) < 9) and len(asks) >= formal:
        everywhere = len(asks) >= CONSISTENT * len(titles) and not asking
        chosen = [parts if parts and (everywhere or marks.asks(_asked_of(parts))) else None for parts in bold]
        return _flat(found, _outside_questions(found, chosen))
    listed = [_by_list(node, following) for node, following in zip(found, after, strict=True)]
    if any(listed):
        return _flat(found, _outside_questions(found, listed))
    if not formal and not asking:
        plain = [_by_line(node, following) for node, following in zip(found, after, strict=True)]
        if sum(bool(parts) for parts in plain) > 1 or (is_prose and any(plain)):
            return _flat(found, plain)
    return found


def _asked_of(parts: Sequence[Node]) -> str:
    return marks.question(parts[0].text)


def _flat(found: Iterable[Node], parts: Iterable[list[Node] | None]) -> list[Node]:
    return [each for node, made in zip(found, parts, strict=True) for each in (made or [node])]


def _outside_questions(found: Sequence[Node], parts: Sequence[list[Node] | None]) -> list[list[Node] | None]:
    """Return the parts less those within what a heading or the format asks: they belong to its answer."""
    kept: list[list[Node] | None] = []
    level, is_asked, depth = 0, False, 0
    for node, made in zip(found, parts, strict=True):
        if node.kind is Kind.HEADING and (not is_asked or node.level <= level):
            level, is_asked = node.level, marks.asks(marks.question(node.text))
        depth += (node.kind is Kind.ASKED) - (node.kind is Kind.ENDED and depth > 0)
        kept.append(None if is_asked or depth else made)
    return kept


def _question(text: str, line: int) -> Node:
    return Node(Kind.ASKED, text, line, level=INLINE)


def _answer(text: str, line: int) -> list[Node]:
    text = text.strip()
    rest = marks.answered(text)
    text = text if rest is None else rest.strip()
    return [node for node in nodes(list(enumerate(text.split("\n"), line)))] if text else []


def _by_marks(node: Node) -> list[Node] | None:
    """Return the nodes of a text or list with "Q:" and "A:" in it, without those marks; None of another."""
    if node.kind is Kind.HEADING and (rest := marks.asked(node.text)) is not None and len(rest) > 2:
        return None
    if node.kind is Kind.LIST:
        made = [_marked_item(item.text, item.line) for item in node.items]
        return [each for parts in made if parts for each in parts] if made and all(made) else None
    if node.kind is not Kind.TEXT:
        return None
    return _marked_item(node.text, node.line)


def _marked_item(text: str, line: int) -> list[Node] | None:
    rows = text.split("\n")
    found: list[Node] = []
    words: list[str] = []
    start, is_question, has_mark = line, False, False
    for number, row in enumerate([*rows, None]):
        asked = marks.asked(row.strip()) if row is not None else ""
        said = marks.answered(row.strip()) if row is not None and has_mark else None
        if asked is not None or said is not None:
            if words and "".join(words).strip():
                body = "\n".join(words)
                found += _asked_and_answered(body, start) if is_question else _answer(body, start)
            words, start = [], line + number
            is_question, has_mark = said is None, True
            words = [(asked if said is None else said) or ""]
        elif row is not None:
            words.append(row)
    return found if found and found[0].level == INLINE else None


def _asked_and_answered(text: str, line: int) -> list[Node]:
    """Return the nodes of what follows "Q:": the question, and an answer that stands in the same paragraph."""
    head, _, rest = text.partition("\n\n")
    one = " ".join(head.split())
    for mark in (" A: ", " **A:** ", " Answer: ", " Ans: ", " **A: ", " A. "):
        before, found, after = one.partition(mark)
        if found and len(before) > 2:
            return [_question(before, line), *_answer(mark.strip() + " " + after + "\n\n" + rest, line)]
    first, _, more = head.partition("\n")
    if more and marks.asks(marks.question(first)) and not marks.asks(marks.question(one)):
        return [_question(first, line), *_answer(f"{more}\n\n{rest}", line + 1)]
    parts = marks.divided(one)
    if parts and parts[1] and not marks.asks(one):
        return [_question(parts[0], line), *_answer(f"{parts[1]}\n\n{rest}", line)]
    return [_question(one, line), *_answer(rest, line + head.count("\n") + 2)]


def _by_bold(node: Node, following: Node | None) -> list[Node] | None:
    """Return the nodes of a text that begins with a question in bold; None of another."""
    if node.kind is not Kind.TEXT:
        return None
    if whole := _BOLD_LINE.match(node.text):
        is_over = following is not None and following.kind not in (Kind.HEADING, Kind.ENDED)
        return [_question(whole[1], node.line)] if is_over else None
    lead = _BOLD_LEAD.match(node.text)
    if lead is None or not (node.text[lead.end() - 1 : lead.end()] == "\n" or marks.asks(marks.question(lead[1]))):
        return None
    shift = node.text.count("\n", 0, lead.end())
    return [_question(lead[1], node.line), *_answer(node.text[lead.end() :], node.line + shift)]


def _by_list(node: Node, following: Node | None) -> list[Node] | None:
    """Return the nodes of a list of questions with their answers; None of another."""
    if node.kind is not Kind.LIST:
        return None
    made = [_item(item.text, item.line) for item in node.items]
    if sum(bool(parts) for parts in made) >= max(1, LISTED * len(made)) and (len(made) > 1 or made[0]):
        return [
            each for item, parts in zip(node.items, made, strict=True)
            for each in (parts or _question_of(item.text, item.line))
        ]  # fmt: skip
    alone = len(made) == 1 and "\n" not in node.items[0].text and marks.asks(marks.question(node.items[0].text))
    if alone and following is not None and following.kind in (Kind.TEXT, Kind.CODE, Kind.TABLE):
        return [_question(node.items[0].text, node.line)]
    return None


def _question_of(text: str, line: int) -> list[Node]:
    head, _, rest = text.partition("\n")
    return [_question(head, line), *_answer(rest, line + 1)]


def _item(text: str, line: int) -> list[Node] | None:
    """Return the question and answer that an item of a list is, or None."""
    lead = _BOLD_LEAD.match(text) or _BOLD_LINE.match(text.partition("\n")[0])
    if lead and marks.asks(marks.question(lead[1])):
        answer = text[lead.end() :]
        return [_question(lead[1], line), *_answer(answer, line + text.count("\n", 0, lead.end()))] if answer.strip() else None
    head, _, rest = text.partition("\n")
    if rest.strip() and marks.asks(marks.question(head)):
        return [_question(head, line), *_answer(rest, line + 1)]
    if (parts := marks.divided(" ".join(text.split()))) and parts[1] and not marks.asks(parts[1]):
        end = text.find("?") + 1
        return [_question(parts[0], line), *_answer(text[end:], line + text.count("\n", 0, end))]
    return None


def _by_line(node: Node, following: Node | None) -> list[Node] | None:
    """Return the nodes of a plain paragraph whose first line or sentence asks; None of another."""
    if node.kind is not Kind.TEXT:
        return None
    head, _, rest = node.text.partition("\n")
    if marks.asks(marks.question(head)) and len(head) <= marks.LONGEST:
        if rest.strip():
            return [_question(head, node.line), *_answer(rest, node.line + 1)]
        is_over = following is not None and following.kind not in (Kind.HEADING, Kind.ASKED, Kind.ENDED)
        return [_question(head, node.line)] if is_over else None
    one = " ".join(node.text.split())
    if (parts := marks.divided(one)) and parts[1] and marks.seems_asked(marks.question(parts[0])):
        return [_question(parts[0], node.line), *_answer(parts[1], node.line)]
    return None


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
        self._section(self.root, "", is_within=False)
        return self.result

    def _section(self, section: Section, topic: str, is_within: bool) -> None:
        """Take the sections below one that is no entry itself."""
        for part in section.parts:
            if isinstance(part, Node):
                self.result.unheld.append((part.line, part.text))
                continue
            words = marks.question(part.title)
            if part is self.title:
                self._section(part, "", is_within)
            elif self._is_entry(part, words, is_within):
                self._entry(part, words, topic)
            elif part.children or part.texts:
                is_contents = words.casefold() in _CONTENTS
                self._section(part, topic if is_contents else words or topic, is_within)
            elif marks.asks(words) or part.rank >= INLINE:
                self.result.unanswered.append((part.line, words))
            elif words and part.is_heading:
                topic = words if words.casefold() not in _CONTENTS else topic

    def _is_entry(self, section: Section, words: str, is_within: bool) -> bool:
        if not words or not (section.texts or section.children):
            return False
        asks, has_text = marks.asks(words), bool(section.texts)
        inner = [child for child in section.children if not child.is_heading]
        inner_asks = any(marks.asks(marks.question(child.title)) for child in section.walk() if child is not section)
        if not section.is_heading:
            return has_text or not inner_asks
        if inner or self.is_marked:
            return has_text and (asks or marks.asked(section.title) is not None)
        if not self.level:
            return has_text and (not self.inline or asks) and words.casefold() not in _CONTENTS
        if section.rank == self.level:
            return (asks or not inner_asks) if has_text else (asks or bool(section.children)) and not (inner_asks and not asks)
        if section.rank < self.level:
            return has_text and (asks or (not section.children and words.casefold() not in _CONTENTS))
        return has_text or (asks and bool(section.children))

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
            self._section(Section(parts=[each]), topic, is_within=True)

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
    texts = []
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
