"""Segment an article into passages that answer on their own: short sections, paragraphs, whole lists, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from faqbot.documents.article import Article, Paragraph, Position
from faqbot.documents.blocks import Kind
from faqbot.extraction import runins
from faqbot.extraction.cohesion import Cohesion, opens_new_point, points_back
from faqbot.extraction.parts import Part, markdown

MOST_WORDS: Final = 90  # of a passage that is no list: what is read at once
# Of a group of sentences cut out of a longer paragraph. On SQuAD and WikiQA, 45, 55 and 65 put the answer first for 82,
# 82 and 83 (52, 54, 55) questions of 100; 85 instead of 60 answered 44.9 and 56.4 % of what 75 leaflets were asked, by
# words, instead of 44.6 and 55.9, with fewer entries to head.
GROUP_WORDS: Final = 85
FEW_WORDS: Final = 15  # a shorter sentence says too little to stand alone in prose
SHORT_PARAGRAPH: Final = 12  # words: a shorter one is told with its neighbour
LONGEST_LEAD: Final = 40  # words of the sentence that introduces a list
_NUMBERING: Final = re.compile(
    r"^(?:(?:step|part|chapter|section) \d{1,2}[.):]? *|\d{1,2}(?:\.\d{1,2})*[.):]? +|[a-z]\) *)", re.IGNORECASE
)
# Sentences that say nothing to a reader: what the text is going to do, who made it, what to click.
_SAYS_NOTHING: Final = re.compile(
    r"(?:in this (?:article|post|blog|guide|video|section|page)"
    r"|this (?:article|post|guide|page|leaflet) (?:will|is|explains|gives|covers)"
    r"|(?:read|keep reading|read on|click|tap|scroll|swipe|subscribe|sign up|share this|follow us|log in|photo|image"
    r"|picture|source|credit|figure)s?\b(?: (?:here|on|below|down|more|for|to|by|up|credit)\b|[:.]|$)"
    r"|(?:written|reviewed|posted|published|updated|photographed|medically reviewed) (?:by|on)\b"
    r"|last (?:updated|reviewed|modified)\b|copyright\b|\u00a9|all rights reserved|advertisement\b"
    r"|let(?:'|\u2019)s (?:dive|get started|take a look|begin|look)\b|(?:we|this site) uses? cookies"
    r"|if you have any (?:other |further |more )?(?:questions|concerns)|(?:we )?thank you\b"
    r"|share (?:this|on|via|to)\b|read (?:this )?next\b|related (?:articles?|posts?)\b"
    r"|table of contents|by (?-i:[A-Z])[a-z]+\b.{0,30}$"
    r"|(?:no )?comments:|post a comment|leave a (?:reply|comment)"
    r"|(?:book|call|contact us|order|buy|shop|enquire) (?:now|today)\b"
    r"|[^.!?]{0,90}\b(?:just a (?:phone |quick )?call away|click here|newsletter))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that answers on its own, once.

    Attributes:
        positions: of its sentences, in order.
        answer: the sentences as Markdown.
        headings: that it stands under, outermost first.
        question: the author's own that it answers, or "".
        run_in: the heading that opens it within its paragraph, or "".
        opens: whether it is the first of its section.
        kind: PARAGRAPH, ITEM for a list, ROW for a table.
        is_sequence: whether it is a numbered list.
    """

    positions: tuple[Position, ...]
    answer: str
    headings: tuple[str, ...] = ()
    question: str = ""
    run_in: str = ""
    opens: bool = True
    kind: Kind = Kind.PARAGRAPH
    is_sequence: bool = False

    @property
    def heading(self) -> str:
        """Return the nearest heading that is no question, without its number, or ""."""
        plain = (h for h in reversed(self.headings) if not h.rstrip().endswith("?") and not _SAYS_NOTHING.match(h))
        return next((_NUMBERING.sub("", heading).strip().rstrip(":") for heading in plain), "")

    @property
    def lead(self) -> str:
        """Return its first line, which introduces its list if it has one."""
        return self.answer.partition("\n")[0]


@dataclass(slots=True)
class _Unit:
    """What is not torn apart: a paragraph or a part of one, a list with its lead-in, a table.

    Attributes:
        parts: of it, which `add` adds to.
        kind: of what it is, PARAGRAPH where it is no list and no table.
        question: that it answers, or "".
        run_in: the heading that opens it, or "".
        size: how many words it has.
        ordinal: the number of its last item in a list that stands in no other; 0 where it has none.
    """

    parts: list[Part]
    kind: Kind = Kind.PARAGRAPH
    question: str = ""
    run_in: str = ""
    size: int = 0
    ordinal: int = 0

    @classmethod
    def of(cls, part: Part, kind: Kind = Kind.PARAGRAPH, question: str = "", run_in: str = "") -> _Unit:
        """Return a unit of one part."""
        unit = cls([], kind, question, run_in)
        unit.add(part)
        return unit

    def add(self, part: Part) -> None:
        """Take one part more."""
        self.parts.append(part)
        self.size += len(part.text.split())
        if part.paragraph.kind is Kind.ITEM and part.paragraph.level <= 1:
            self.ordinal = part.paragraph.ordinal

    def join(self, others: Iterable[_Unit]) -> None:
        """Take the parts of other units."""
        for other in others:
            self.parts += other.parts
            self.size += other.size
            if any(part.paragraph.kind is Kind.ITEM and part.paragraph.level <= 1 for part in other.parts):
                self.ordinal = other.ordinal


def passages(article: Article) -> tuple[Passage, ...]:
    """Return the passages of an article in reading order; no sentence stands in two."""
    found: list[Passage] = []
    told = [p for p in article.paragraphs if not p.is_foreign and not _says_nothing(p)]
    for (headings, question), group in groupby(told, key=lambda p: (p.headings, asked_of(p))):
        units = _units(list(group), is_asked=bool(question))
        bundles = [units] if question else _bundles(units, has_heading=bool(headings))
        found += [_passage(bundle, headings, question, opens=not n) for n, bundle in enumerate(bundles) if bundle]
    return tuple(_with_divided_lists(found))


def _with_divided_lists(found: Sequence[Passage]) -> Iterator[Passage]:
    """Yield passages, the lists of a section that subheadings divide as one: "For the dough", "For the filling"."""

    def parent(passage: Passage) -> object:
        is_part = passage.kind is Kind.ITEM and len(passage.headings) > 1 and passage.opens and not passage.question
        return passage.headings[:-1] if is_part else passage

    for headings, group in groupby(found, key=parent):
        parts = list(group)
        if len(parts) == 1 or not isinstance(headings, tuple):
            yield from parts
            continue
        yield Passage(
            positions=tuple(position for part in parts for position in part.positions),
            answer="\n\n".join(f"**{part.headings[-1]}**\n\n{part.answer}" for part in parts),
            headings=headings,
            kind=Kind.ITEM,
            is_sequence=any(part.is_sequence for part in parts),
        )


def asked_of(paragraph: Paragraph) -> str:
    """Return the question that a paragraph answers in so many words, or ""."""
    heading = paragraph.headings[-1] if paragraph.headings else ""
    return paragraph.question or (heading if heading.rstrip().endswith("?") else "")


def _says_nothing(paragraph: Paragraph) -> bool:
    """Return whether a paragraph tells a reader nothing: who wrote it, what follows, what to click."""
    return paragraph.kind is Kind.PARAGRAPH and all(map(_SAYS_NOTHING.match, paragraph.sentences))


def _units(section: Sequence[Paragraph], *, is_asked: bool) -> list[_Unit]:
    """Return a section in units: what follows a list's lead-in joins it, and so does what stands between two steps."""
    units: list[_Unit] = []
    question = run_in = ""
    for number, paragraph in enumerate(section):
        if paragraph.kind is Kind.PARAGRAPH and not paragraph.level:
            asks, heads = _headed(section[number : number + 2]) if not is_asked else ("", "")
            if asks or heads:
                question, run_in = asks, heads
                continue
            found = [_Unit.of(Part.whole(paragraph))] if is_asked else _groups(paragraph)
            if found:
                found[0].question = found[0].question or question
                found[0].run_in = found[0].run_in or run_in
                question = run_in = ""
            units += found
            continue
        part = Part.whole(paragraph)
        if paragraph.kind is Kind.ITEM and paragraph.ordinal > 1 and paragraph.level <= 1:
            places = range(len(units) - 1, -1, -1)  # the nearest: a section may have several lists
            before = next((n for n in places if units[n].ordinal == paragraph.ordinal - 1), None)
            if before is not None:  # what stands between two steps belongs to them
                units[before].join(units[before + 1 :])
                units[before].kind = Kind.ITEM
                del units[before + 1 :]
        kind = Kind.PARAGRAPH if paragraph.kind is Kind.CODE else paragraph.kind
        if units and not question and _joins(units[-1], paragraph):
            units += _led(units.pop(), kind)
            units[-1].add(part)
        elif paragraph.kind is not Kind.CODE:
            units.append(_Unit.of(part, paragraph.kind, question))
            question = ""
    return units


def _headed(paragraphs: Sequence[Paragraph]) -> tuple[str, str]:
    """Return the question or the title that a paragraph is and nothing else, if the next one is below it."""
    if len(paragraphs) < 2 or len(paragraphs[0].sentences) != 1:
        return "", ""
    (text,), (after, *_) = paragraphs[0].sentences, paragraphs[1].sentences
    asks = text if runins.is_question(text) and not after.endswith("?") else ""
    heads = (
        text if paragraphs[1].kind is Kind.PARAGRAPH and runins.is_title(text) and not runins.is_title(after) else ""
    )
    return asks, heads


def _joins(unit: _Unit, paragraph: Paragraph) -> bool:
    """Return whether an item, a row or code belongs to the unit before it."""
    last = unit.parts[-1].paragraph
    if paragraph.kind is Kind.CODE or (paragraph.level and paragraph.kind is not Kind.ITEM):
        return True
    if unit.kind is not Kind.PARAGRAPH:
        same_list = paragraph.level > 1 or bool(unit.ordinal) == bool(paragraph.ordinal)
        restarts = paragraph.level <= 1 and paragraph.ordinal == 1 and unit.ordinal > 1
        return unit.kind is paragraph.kind and same_list and not restarts
    return unit.parts[-1].text.endswith(":") or (unit.size <= LONGEST_LEAD and last.kind is Kind.PARAGRAPH)


def _led(unit: _Unit, kind: Kind) -> list[_Unit]:
    """Return a unit divided before the sentence that introduces a list, if there is more in it than that."""
    last = unit.parts[-1]
    if unit.kind is not Kind.PARAGRAPH or kind is Kind.PARAGRAPH:
        return [unit]
    if unit.size <= LONGEST_LEAD or len(last.sentences) < 2 or len(unit.parts) > 1:
        unit.kind = kind
        return [unit]
    before = _Unit.of(replace(last, end=last.end - 1), unit.kind, unit.question, unit.run_in)
    return [before, _Unit.of(replace(last, start=last.end - 1), kind)]


def _groups(paragraph: Paragraph) -> list[_Unit]:
    """Return a paragraph in units: whole if it is short, else groups of sentences; headings that run in divide it."""
    found: list[_Unit] = []
    cohesion = Cohesion(paragraph.sentences)
    question = run_in = ""
    start = skip = 0

    def close(end: int) -> None:
        if end > start:
            divided = _divided(Part(paragraph, start, end, skip), cohesion)
            parts = [part for part in map(_trimmed, divided) if part.sentences]
            found.extend(_Unit.of(part, question="" if n else question, run_in=run_in) for n, part in enumerate(parts))

    last = len(paragraph.sentences) - 1
    for place, sentence in enumerate(paragraph.sentences):
        title = runins.title(sentence)
        asks, heads = place < last and runins.is_question(sentence), place < last and runins.is_heading(sentence)
        if title:
            close(place)
            start, skip, question, run_in = place, len(title), "", title
        elif asks or heads:
            close(place)
            start, skip, question, run_in = place + 1, 0, sentence * asks, sentence.rstrip(".:") * heads
    close(len(paragraph.sentences))
    return found


def _trimmed(part: Part) -> Part:
    """Return a part without what tells a reader nothing at its beginning and end: "Read more at …"."""
    start, end = part.start, part.end
    while start < end and _SAYS_NOTHING.match(part.paragraph.sentences[start]):
        start += 1
    while start < end and _SAYS_NOTHING.match(part.paragraph.sentences[end - 1]):
        end -= 1
    return replace(part, start=start, end=end, skip=part.skip if start == part.start else 0)


def _divided(part: Part, cohesion: Cohesion) -> Iterator[Part]:
    """Yield sentences whole if they are few words, else in groups that are about one thing."""
    if len(part.text.split()) <= MOST_WORDS:
        yield part
        return
    size = 0
    for place in range(part.start, part.end):
        sentence = part.paragraph.sentences[place]
        count = len(sentence.split())
        if place > part.start and not (_continues(part.paragraph, place, cohesion) and size + count <= GROUP_WORDS):
            yield replace(part, end=place)
            part, size = replace(part, start=place, skip=0), 0
        size += count
    yield part


def _continues(paragraph: Paragraph, place: int, cohesion: Cohesion) -> bool:
    """Return whether the sentence at a place belongs to the ones before it."""
    before, sentence = paragraph.sentences[place - 1 : place + 1]
    if opens_new_point(sentence):
        return False
    short = min(len(before.split()), len(sentence.split())) < FEW_WORDS
    return points_back(sentence) or short or before.endswith((":", "?")) or cohesion.joins(place)


def _bundles(units: Sequence[_Unit], *, has_heading: bool) -> list[list[_Unit]]:
    """Return units in bundles that are passages: a short section whole, else each unit, short ones with another."""
    marked = any(unit.question or unit.run_in for unit in units)
    if has_heading and not marked and sum(unit.size for unit in units) <= MOST_WORDS:
        return [list(units)]
    bundles: list[list[_Unit]] = []
    size = 0
    for unit in units:
        last = bundles[-1] if bundles else []
        short = min(size, unit.size) < SHORT_PARAGRAPH or (bool(last) and last[-1].parts[-1].text.endswith(":"))
        is_list = Kind.PARAGRAPH not in (unit.kind, last[-1].kind if last else Kind.PARAGRAPH)
        fits = size + unit.size <= MOST_WORDS or (unit.kind is Kind.PARAGRAPH and unit.size < SHORT_PARAGRAPH)
        is_new = unit.question or unit.run_in or opens_new_point(unit.parts[0].text)
        is_apart = bool(last) and bool(last[0].run_in) and unit.parts[0].paragraph is not last[-1].parts[-1].paragraph
        if last and short and fits and not is_list and not is_new and not is_apart:
            last.append(unit)
            size += unit.size
        else:
            bundles.append([unit])
            size = unit.size
    return bundles


def _passage(units: Sequence[_Unit], headings: tuple[str, ...], question: str, *, opens: bool) -> Passage:
    parts = list(_mended(part for unit in units for part in unit.parts))
    listed = [unit for unit in units if unit.kind is not Kind.PARAGRAPH]
    return Passage(
        positions=tuple(p for part in parts for p in part.paragraph.between(part.start, part.end)),
        answer=markdown(parts),
        headings=headings,
        question=question or units[0].question,
        run_in=units[0].run_in,
        opens=opens,
        kind=max(listed, key=lambda unit: unit.size).kind if listed else Kind.PARAGRAPH,
        is_sequence=any(unit.ordinal > 1 for unit in units),
    )


def _mended(parts: Iterable[Part]) -> Iterator[Part]:
    """Yield parts, those that follow one another in a paragraph as one."""
    last: Part | None = None
    for part in parts:
        if last and last.paragraph is part.paragraph and last.end == part.start:
            last = replace(last, end=part.end)
            continue
        if last:
            yield last
        last = part
    if last:
        yield last
