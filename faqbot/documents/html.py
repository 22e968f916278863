"""A tree of HTML to blocks, with the place of each; what the main text is, `webpages` decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final

from faqbot.documents.blocks import Block, Kind
from faqbot.documents.encoding import cleaned, one_line, untabbed
from faqbot.documents.headings import LONGEST_HEADING, is_heading, is_marked
from faqbot.text import word_set

Element = Any  # of lxml, which ships no types

LONGEST_NUMBER: Final = 10  # digits of an item: Markdown reads nine
MOST_LINKED: Final = (
    0.9  # of the characters of a block that is a link: "Home page: www.example.org" tells where it leads
)
BOLD_LEVEL: Final = 4  # of a heading that is a paragraph in bold: below the marked ones
UNSEEN: Final = word_set("""
    script style noscript template svg math iframe object embed select textarea audio video canvas head input rp rt
    figcaption caption
""")
_INLINE: Final = word_set("""
    a abbr acronym b bdi bdo big button cite code data del dfn em font i img ins kbd label mark meter nobr q ruby s samp
    small span strike strong sub sup time tt u var wbr
""")
_HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_BOLD: Final = ("b", "strong")
_HEADED: Final = (Kind.PARAGRAPH, Kind.ITEM, Kind.ROW)
_CELLS: Final = ("td", "th")
_SAYS_NOTHING: Final = frozenset(["more", "read more", "show more", "see more", "learn more", "details"])


@dataclass(slots=True)
class Found:
    """A block and where its first word stands: the text of an element, or the text after its end."""

    block: Block
    element: Element
    tail: bool = False
    bold: bool = False
    linked: bool = False  # whether it is a link to something else
    table: int = 0  # which table a row is of, counted from 1


@dataclass(slots=True)
class _Text:
    """The text that is being read, up to the next block."""

    parts: list[str] = field(default_factory=list)
    place: tuple[Element, bool] | None = None
    letters: int = 0
    bold: int = 0
    linked: int = 0

    def add(self, text: str | None, element: Element, *, tail: bool, bold: bool, linked: bool) -> None:
        if text and (shown := text.strip()):
            self.place = self.place or (element, tail)
            self.letters += len(shown)
            self.bold += len(shown) * bold
            self.linked += len(shown) * linked
        if text:
            self.parts.append(text.replace("\n", " "))


def found_in(root: Element) -> list[Found]:
    """Return the blocks below `root` in reading order."""
    reader = _Reader()
    reader.read(root)
    return list(_with_bold_headings(_with_question_tables(reader.found)))


class _Reader:
    """Walks a tree without recursion, since pages nest as deep as their authors like."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self._text = _Text()
        self._kind: Kind | None = None  # QUESTION or ANSWER inside of one
        self._outer: dict[Element, Kind | None] = {}  # elements that are open and changed it: what it was before
        self._level = 0  # of the heading that is open
        self._lists: list[int | None] = []  # that are open: the number of the last item of each, None for bullets
        self._item = False  # whether the next text is the first of an item
        self._bold = 0
        self._links: set[Element] = set()  # that are open and lead to something else
        self._cells: list[str] | None = None
        self._header = False
        self._in_head = False
        self._row: tuple[Element, bool] | None = None
        self._tables = 0
        self._data: list[bool] = []  # tables that are open: whether each holds no other

    def read(self, root: Element) -> None:
        from lxml import etree

        walk = etree.iterwalk(root, events=("start", "end"))
        skipped: set[Element] = set()
        for event, element in walk:
            if event == "start" and (element.tag in UNSEEN or _is_footnote_mark(element)):
                skipped.add(element)
                walk.skip_subtree()
            elif event == "start" and element.tag == "pre":
                skipped.add(element)
                walk.skip_subtree()
                self._code(element)
            elif event == "start":
                self._start(element, element.tag)
                self._add(element.text, element, tail=False)
            else:
                if element not in skipped:
                    self._end(element, element.tag)
                if element is not root:
                    self._add(element.tail, element, tail=True)
        self._flush()

    def _add(self, text: str | None, element: Element, *, tail: bool) -> None:
        self._text.add(text, element, tail=tail, bold=self._bold > 0, linked=bool(self._links))

    def _start(self, element: Element, tag: str) -> None:
        if tag == "a" and _leads_away(element, in_heading=self._level > 0):
            self._links.add(element)
        if tag == "br":
            self._text.parts.append("\n")
        elif tag in _BOLD:
            self._bold += 1
        elif tag in _CELLS and self._cells is not None:
            self._flush()
            self._cells.append("")
            self._header = self._header and (tag == "th" or self._in_head)
        elif tag not in _INLINE:
            self._flush()
        if (kind := _kind_of(element, tag)) is not None:
            self._flush()
            self._outer[element] = self._kind
            self._kind = kind
        self._enter(element, tag)

    def _enter(self, element: Element, tag: str) -> None:
        if tag in _HEADINGS:
            self._level = int(tag[1])
        elif tag in ("ul", "ol", "menu"):
            start = element.get("start", "1")
            first = int(start) if start.isdecimal() and len(start) < LONGEST_NUMBER else 1
            self._lists.append(first - 1 if tag == "ol" else None)
        elif tag == "li":
            self._item = True
            if self._lists and (last := self._lists[-1]) is not None:
                self._lists[-1] = last + 1
        elif tag == "tr":
            several = sum(child.tag in _CELLS for child in element) > 1
            self._cells = [] if several and all(self._data[-1:]) else None
            self._header, self._row = True, None
            self._in_head = next(element.iterancestors("thead", "table"), element).tag == "thead"
        elif tag == "table":  # one that holds another only arranges the page
            self._tables += 1
            self._data.append(next(element.iterdescendants("table"), None) is None)

    def _end(self, element: Element, tag: str) -> None:
        self._links.discard(element)
        if tag in _BOLD:
            self._bold -= 1
        elif tag not in _INLINE and tag != "br":
            self._flush()
        if element in self._outer:
            self._flush()
            self._kind = self._outer.pop(element)
        if tag in _HEADINGS:
            self._level = 0
        elif tag in ("ul", "ol", "menu") and self._lists:
            self._lists.pop()
        elif tag == "li":
            self._item = False
        elif tag == "table":
            self._data.pop()
        elif tag == "tr" and self._cells is not None:
            self._end_row()

    def _code(self, element: Element) -> None:
        self._flush()
        lines = untabbed(cleaned("".join(element.itertext()))).strip("\n")
        if lines.strip():
            self.found.append(Found(Block(Kind.CODE, lines, len(self._lists)), element))

    def _end_row(self) -> None:
        cells, self._cells = tuple(self._cells or ()), None
        if self._row and any(cells):
            block = Block(Kind.ROW, " | ".join(cells), cells=cells, header=self._header)
            self.found.append(Found(block, *self._row, table=self._tables))

    def _flush(self) -> None:
        text, self._text = self._text, _Text()
        if text.place is None:
            return
        if self._cells is not None:
            if self._cells:
                self._cells[-1] = one_line(f"{self._cells[-1]} {' '.join(text.parts)}")
                self._row = self._row or text.place
            return
        for words in _paragraphs("".join(text.parts)):
            kind, level, ordinal = Kind.PARAGRAPH, len(self._lists), 0
            if self._kind is not None:
                kind, level = self._kind, 0
            elif self._level and not (len(words) > LONGEST_HEADING and words.endswith(".")):
                kind, level = Kind.HEADING, self._level
            elif self._item and self._lists:
                kind, ordinal = Kind.ITEM, self._lists[-1] or 0
                self._item = False
            if kind is not Kind.QUESTION or words.casefold().rstrip(".\u2026 ") not in _SAYS_NOTHING:
                bold = text.bold == text.letters and not self._lists
                block = Block(kind, words, level, ordinal=ordinal)
                self.found.append(Found(block, *text.place, bold=bold, linked=text.linked > MOST_LINKED * text.letters))


def _kind_of(element: Element, tag: str) -> Kind | None:
    """Return whether an element is marked up as a question or an answer."""
    if tag in ("dt", "summary"):
        return Kind.QUESTION
    if tag == "dd":
        return Kind.ANSWER
    if tag == "details":
        summary = element.find("summary")
        said = one_line("".join(summary.itertext())).casefold().rstrip(".\u2026 ") if summary is not None else ""
        return Kind.ANSWER if said and said not in _SAYS_NOTHING else None
    if "/Answer" in element.get("itemtype", ""):
        return Kind.ANSWER
    if "name" in element.get("itemprop", "").split():
        scope = next((above for above in element.iterancestors() if above.get("itemscope") is not None), None)
        return Kind.QUESTION if scope is not None and "/Question" in scope.get("itemtype", "") else None
    return None


def _leads_away(link: Element, *, in_heading: bool) -> bool:
    """Return whether a link leads to something else; a heading may link to itself, and contacts are text."""
    href = link.get("href", "").strip()
    return bool(href) and not href.startswith(("tel:", "mailto:")) and not (in_heading and href.startswith("#"))


def _is_footnote_mark(element: Element) -> bool:
    if element.tag != "sup" or element.find(".//a") is None:
        return False
    return "".join(element.itertext()).strip().strip("[]").isdigit()


def _paragraphs(text: str) -> list[str]:
    """Return the paragraphs between empty lines; a line that begins with "Q:" or "A:" is one, too."""
    found: list[list[str]] = [[]]
    for line in map(one_line, text.split("\n")):
        if not line or is_marked(line):
            found.append([])
        if line:
            found[-1].append(line)
    return [" ".join(lines) for lines in found if lines]


def _with_question_tables(found: list[Found]) -> Iterator[Found]:
    """Yield the blocks, the rows of tables of two columns as questions and answers where the first column asks."""
    asking: dict[int, list[bool]] = {}  # a row each: whether it asks and answers
    for each in found:
        if each.block.kind is Kind.ROW:
            cells = each.block.cells
            asks = len(cells) == 2 and cells[0].endswith("?") and bool(cells[1])
            asking.setdefault(each.table, []).append(asks)
    tables = {table for table, rows in asking.items() if all(rows[1:]) and (rows[0] or rows[1:])}
    for each in found:
        if each.block.kind is not Kind.ROW or each.table not in tables:
            yield each
        elif each.block.cells[0].endswith("?"):  # the first row may be the table's heading
            question, answer = each.block.cells
            yield replace(each, block=Block(Kind.QUESTION, question))
            yield replace(each, block=Block(Kind.ANSWER, answer))


def _with_bold_headings(found: Iterator[Found]) -> Iterator[Found]:
    """Yield the blocks, short paragraphs in bold as headings where a paragraph that is not follows them."""
    before: Found | None = None
    for each in found:
        if before is not None:
            yield _as_heading(before) if each.block.kind in _HEADED and not each.bold else before
        before = each
    if before is not None:
        yield before


def _as_heading(each: Found) -> Found:
    heads = each.block.kind is Kind.PARAGRAPH and each.bold and is_heading(each.block.text)
    return replace(each, block=Block(Kind.HEADING, each.block.text, BOLD_LEVEL)) if heads else each
