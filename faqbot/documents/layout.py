"""Lines set on pages to blocks: paragraphs by the gaps between lines, headings by size and weight of the letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final

from faqbot.documents.blocks import Block, Kind
from faqbot.documents.encoding import one_line
from faqbot.documents.headings import LONGEST_TITLE, date_of, is_capitals, is_heading, is_marked, is_title
from faqbot.documents.plaintext import BULLET, ordinal_of
from faqbot.english.wordlists import is_english

WIDER: Final = 1.25  # times the usual distance of lines: from there on it is a gap between paragraphs
LARGER: Final = 1.1  # times the usual size of letters: from there on it is a heading
SHORT_LINE: Final = 0.75  # of the usual length: a line that ends a sentence there ends its paragraph
CLOSE: Final = range(8, 30)  # tenths of the size of letters: what the distance of lines in a paragraph may be
REPEATS: Final = 0.6  # of the pages: lines at the edge that stand on as many are running heads
EDGE: Final = 2  # lines at the top and at the bottom of a page that may be running heads

_GLYPHS: Final = tuple("\u2022\u25cf\u25aa\u25e6\u00bb\uf0b7\uf0a7")  # bullets; the last two of Word's symbol fonts
_ENDS: Final = (".", "!", "?", ":", "\u2026")


@dataclass(frozen=True, slots=True)
class Span:
    """Text of one font, as it comes in the file, with its line breaks."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page."""

    text: str
    page: int
    x: float
    y: float
    size: float
    bold: bool


def lines(spans: Sequence[Span], page: int) -> Iterator[Line]:
    """Yield the lines that the spans of a page make."""
    held: list[Span] = []
    for span in spans:
        first, *rest = span.text.split("\n")
        held.append(replace(span, text=first))
        for text in rest:
            yield from _line(held, page)
            held = [replace(span, text=text)]
    yield from _line(held, page)


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Return the blocks of a document in reading order, without running heads and page numbers."""
    lines = _without_running_heads(lines)
    if not lines:
        return []
    usual = _Usual.of(lines)
    groups: list[list[Line]] = []
    for number, line in enumerate(lines):
        if number and usual.goes_on(groups[-1], line):
            groups[-1].append(line)
        else:
            groups.append([line])
    joiner = _Joiner(lines)
    texts = [joiner.joined(group) for group in groups]
    sizes = sorted({round(group[0].size) for group in groups if usual.is_larger(group[0])}, reverse=True)
    return list(_blocks(groups, texts, usual, sizes))


def _line(spans: Sequence[Span], page: int) -> Iterator[Line]:
    text = one_line("".join(span.text for span in spans))
    shown = [span for span in spans if span.text.strip()]
    if text[:1] in _GLYPHS:
        text = f"\u2022 {text[1:].lstrip()}"
    if text and shown:
        longest = max(shown, key=lambda span: len(span.text))
        yield Line(text, page, shown[0].x, shown[0].y, round(longest.size, 1), all(span.bold for span in shown))


@dataclass(frozen=True, slots=True)
class _Usual:
    """What most lines are like."""

    size: float
    distance: float  # from line to line in a paragraph, in sizes of the letters
    length: float

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Usual:
        sizes = Counter[float]()
        for line in lines:
            sizes[line.size] += len(line.text)
        size = sizes.most_common(1)[0][0]
        gaps = Counter[int]()
        for before, line in pairwise(lines):
            if before.page == line.page and before.size == line.size == size and before.y > line.y and not line.bold:
                gaps[int(10 * (before.y - line.y) / (size or 1))] += 1
        # The smallest distance that is usual: in a text of short paragraphs, the gaps may be the more frequent ones.
        often = [gap for gap, count in gaps.items() if count >= gaps.total() / 5 and gap in CLOSE]
        body = [len(line.text) for line in lines if line.size == size]
        longer = [length for length in body if length >= median(body)]
        return cls(size, (min(often, default=-1) + 1) / 10, median(longer))

    def is_larger(self, line: Line) -> bool:
        return line.size >= LARGER * self.size and len(line.text) <= LONGEST_TITLE

    def goes_on(self, group: Sequence[Line], line: Line) -> bool:
        """Return whether `line` goes on with the paragraph that `group` begins."""
        before = group[-1]
        if round(before.size) != round(line.size) or before.bold != line.bold or BULLET.match(line.text):
            return False
        if is_marked(line.text) or (len(group) == 1 and date_of(before.text)):
            return False
        ends = before.text.endswith(_ENDS)
        if before.page != line.page or line.y > before.y:  # over the end of a page or a column
            return not ends and not line.bold and not self.is_larger(line) and len(before.text) > self.length / 2
        gap = (before.y - line.y) / (line.size or 1)
        if self.distance and gap > WIDER * self.distance:
            return False
        indented = line.x > before.x + line.size and not BULLET.match(group[0].text)
        return not (ends and (indented or len(before.text) < SHORT_LINE * self.length))


class _Joiner:
    """Joins the lines of a paragraph, words that were divided at their ends among them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._words = {word.strip(".,;:!?()\"'").lower() for line in lines for word in line.text.split()}

    def joined(self, group: Sequence[Line]) -> str:
        parts: list[str] = []
        for line in group:
            last = parts[-1] if parts else ""
            if last.endswith("-") and last[-2:-1].isalpha() and line.text[:1].islower():
                parts[-1] = last if self._keeps_hyphen(last, line.text) else last[:-1]
                parts.append(line.text)
            else:
                parts += [" ", line.text]
        return "".join(parts).strip()

    def _keeps_hyphen(self, last: str, following: str) -> bool:
        """Return whether "micro-" and "needling" keep their hyphen: as elsewhere in the text, else as in English."""
        head = last.rsplit(maxsplit=1)[-1][:-1].lower().lstrip("(\"'")
        tail = following.split(maxsplit=1)[0].lower().strip(".,;:!?()\"'")
        if f"{head}-{tail}" in self._words:
            return True
        if head + tail in self._words or is_english(head + tail):
            return False
        return is_english(head) and is_english(tail)


def _blocks(
    groups: Sequence[Sequence[Line]], texts: Sequence[str], usual: _Usual, sizes: Sequence[int]
) -> Iterator[Block]:
    for number, (group, text) in enumerate(zip(groups, texts, strict=True)):
        line = group[0]
        marker = BULLET.match(text)
        follows = number + 1 < len(groups)
        if number == 0 and follows and _is_title(group, text, usual):
            yield Block(Kind.HEADING, text, 1, line.page)
        elif follows and usual.is_larger(line) and len(text) <= LONGEST_TITLE:
            yield Block(Kind.HEADING, text, min(6, sizes.index(round(line.size)) + 1), line.page)
        elif marker and not (line.bold and is_heading(text)):
            yield Block(Kind.ITEM, text[marker.end() :], 1, line.page, ordinal=ordinal_of(marker[0]))
        elif follows and len(group) == 1 and _heads(line, groups[number + 1][0], usual):
            yield Block(Kind.HEADING, text, len(sizes) + 1 if sizes else 2, line.page)
        else:
            yield Block(Kind.PARAGRAPH, text, 0, line.page)


def _is_title(group: Sequence[Line], text: str, usual: _Usual) -> bool:
    if usual.is_larger(group[0]):
        return True
    return len(group) == 1 and is_title(text) and (group[0].bold or len(text) < SHORT_LINE * usual.length)


def _heads(line: Line, following: Line, usual: _Usual) -> bool:
    """Return whether a line on its own is a heading: in bold, in capitals, or short before a paragraph."""
    if not (is_heading(line.text) or is_capitals(line.text)):
        return False
    if line.bold or is_capitals(line.text) or line.text.endswith("?"):
        return not following.bold or not line.bold or round(line.size) != round(following.size)
    return len(following.text) > SHORT_LINE * usual.length and not is_heading(following.text)


def _without_running_heads(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without those at the edges of pages that repeat on most of them, their numbers apart."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges = {number: [*page[:EDGE], *page[EDGE:][-EDGE:]] for number, page in pages.items()}
    counts = Counter(text for page in edges.values() for text in {_without_numbers(line.text) for line in page})
    running = {text for text, count in counts.items() if count > 1 and count >= REPEATS * len(pages)}
    dropped = {id(line) for page in edges.values() for line in page if _without_numbers(line.text) in running}
    dropped |= {id(page[-1]) for page in pages.values() if page[-1].text.strip("-\u2013 ").isdigit()}
    return [line for line in lines if id(line) not in dropped]


def _without_numbers(text: str) -> str:
    return "".join(character for character in text if not character.isdigit()).strip()
