"""An article as extraction reads it: numbered paragraphs of sentences under headings, and how they are cited."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Final

from faqbot.documents import sentences
from faqbot.documents.blocks import Block, Document, Kind
from faqbot.english.wordlists import is_english as in_list
from faqbot.english.wordlists import is_name
from faqbot.text import FUNCTION_WORDS, QUESTION_WORDS, normalise, tokens, word_set

FINGERPRINT_BYTES: Final = 4  # one in four billion that a changed sentence keeps its fingerprint
WIDEST_CITED: Final = 6  # sentences in a row that a moved citation is looked for in
FEWEST_WORDS: Final = 4  # fewer do not tell the language
# Of the words of a paragraph. Of 562 paragraphs in English the lowest share was .43 (a list of sports teams), then .53;
# of sentences of about ten words in seven other languages the highest was .36.
LEAST_SHARE: Final = 0.4
LAST_LATIN: Final = 0x24F  # the last letter of the Latin alphabets in Unicode
_SHORT: Final = word_set("a i an am as at be by do go he if in is it me my no of oh on or so to up us we")
_PLACE: Final = re.compile(r"(?:page \d+, )?paragraph (\d+)(?:, sentences? ([\d, and to]+))?")
_STEP: Final = re.compile(r"step (\d{1,2})\b[ .:)\u2013\u2014-]{0,3}(.*)", re.IGNORECASE)
_IN_STEPS: Final = (Kind.PARAGRAPH, Kind.ITEM, Kind.CODE)
_RANGE: Final = re.compile(r"(\d+)(?: to (\d+))?")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """One sentence of an article: its paragraph and its number there, both counted from 1."""

    paragraph: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, a list item or a row of a table.

    Attributes:
        number: counted from 1 through the whole article, list items and rows too.
        sentences: in order.
        headings: that it stands under, outermost first.
        kind: what it is.
        page: counted from 1, or 0.
        question: the question that it answers in so many words, where the article has it.
        is_foreign: whether it is not English, and left alone.
        level: of what stands in a list, 1 for one that stands in no other; else 0.
        ordinal: of an item of a numbered list; else 0.
        header: of a row, the cells of the heading of its table.
    """

    number: int
    sentences: tuple[str, ...]
    headings: tuple[str, ...] = ()
    kind: Kind = Kind.PARAGRAPH
    page: int = 0
    question: str = ""
    is_foreign: bool = False
    level: int = 0
    ordinal: int = 0
    header: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return its sentences joined by spaces."""
        return " ".join(self.sentences)

    @property
    def positions(self) -> tuple[Position, ...]:
        """Return the positions of its sentences."""
        return self.between(0, len(self.sentences))

    def between(self, start: int, end: int) -> tuple[Position, ...]:
        """Return the positions of its sentences from `start` up to `end`, counted from 0."""
        return tuple(Position(self.number, number) for number in range(start + 1, end + 1))


@dataclass(frozen=True)
class Article:
    """A document with its text in sentences.

    Attributes:
        title: what it is called, or "".
        document: how it is cited: title and date.
        paragraphs: in reading order.
        notes: what was not read and why.
    """

    title: str
    document: str
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, document: Document) -> Article:
        """Return the article that a document holds."""
        paragraphs = tuple(_paragraphs(document.blocks))
        foreign = sum(paragraph.is_foreign for paragraph in paragraphs)
        skipped = f"{foreign} of {len(paragraphs)} paragraphs were skipped: extraction is for English."
        return cls(
            title=document.title,
            document=", ".join(part for part in (document.title, document.date) if part),
            paragraphs=paragraphs,
            notes=(*document.notes, *([skipped] if foreign else [])),
        )

    @cached_property
    def sentences(self) -> dict[Position, str]:
        """Every sentence by its position, in reading order."""
        return {
            Position(paragraph.number, number): sentence
            for paragraph in self.paragraphs
            for number, sentence in enumerate(paragraph.sentences, 1)
        }

    def place(self, positions: Iterable[Position]) -> str:
        """Return how sentences are cited: "paragraph 1, sentences 5 and 9 to 10; paragraph 2, sentence 1"."""
        parts = []
        for number, group in groupby(sorted(set(positions)), key=lambda position: position.paragraph):
            paragraph = self.paragraphs[number - 1]
            page = f"page {paragraph.page}, " if paragraph.page else ""
            parts.append(f"{page}paragraph {number}{_cited([p.sentence for p in group], len(paragraph.sentences))}")
        return "; ".join(parts)

    def cited(self, place: str) -> tuple[Position, ...]:
        """Return the positions that `place` cites, as written by `place`; those that do not exist are left out."""
        found: list[Position] = []
        for match in _PLACE.finditer(place):
            number = int(match[1])
            if not 1 <= number <= len(self.paragraphs):
                continue
            last = len(self.paragraphs[number - 1].sentences)
            ranges = [(int(a), int(b or a)) for a, b in _RANGE.findall(match[2])] if match[2] else [(1, last)]
            found += [Position(number, n) for a, b in ranges for n in range(max(1, a), min(b, last) + 1)]
        return tuple(found)

    def text(self, positions: Iterable[Position]) -> str:
        """Return the sentences at these positions, joined by spaces."""
        return " ".join(self.sentences[position] for position in positions)

    def find(self, fingerprint: str) -> tuple[Position, ...]:
        """Return the positions of sentences in a row that have this fingerprint; () where none have."""
        return self._fingerprints.get(fingerprint, ())

    @cached_property
    def _fingerprints(self) -> dict[str, tuple[Position, ...]]:
        found: dict[str, tuple[Position, ...]] = {}
        for paragraph in self.paragraphs:
            for start in range(len(paragraph.sentences)):
                for end in range(start + 1, min(start + WIDEST_CITED, len(paragraph.sentences)) + 1):
                    key = fingerprint(" ".join(paragraph.sentences[start:end]))
                    found.setdefault(key, paragraph.between(start, end))
        return found


def fingerprint(text: str) -> str:
    """Return a short digest of `text`: eight hexadecimal digits; case, accents and spacing do not matter."""
    data = normalise(text).encode("utf-8", "surrogatepass")
    return hashlib.blake2s(data, digest_size=FINGERPRINT_BYTES).hexdigest()


def _cited(numbers: Sequence[int], of: int) -> str:
    """Return the part of a citation that says which sentences; nothing where it is all of them."""
    if len(numbers) == of:
        return "" if of > 1 else ", sentence 1"
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]} to {run[-1]}" if len(run) > 1 else f"{run[0]}" for run in runs]
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
    return f", sentence{'s' if len(numbers) > 1 else ''} {listed}"


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    headings: list[tuple[int, str]] = []
    question = ""
    number = 0
    header: tuple[str, ...] = ()
    for block in _with_steps(blocks):
        header = block.cells if block.header else header if block.kind is Kind.ROW else ()
        if block.kind is Kind.HEADING:
            headings = [*(h for h in headings if h[0] < block.level), (block.level, block.text)]
            question = ""
        elif block.kind is Kind.QUESTION:
            question = block.text
        elif not block.header and (found := _sentences(block)):
            number += 1
            question = question if block.kind is Kind.ANSWER else ""
            under = tuple(text for _, text in headings)
            foreign = block.kind is not Kind.CODE and not is_english(block.text)
            yield Paragraph(
                number, found, under, block.kind, block.page, question, foreign, block.level, block.ordinal, header
            )  # fmt: skip


def _with_steps(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, the headings "Step 1: …", "Step 2: …" as items of one list, with what stands below each."""
    steps = [block for block in blocks if block.kind is Kind.HEADING and _STEP.match(block.text)]
    ordinal, waits = 0, False  # of the step that is read; whether its text is still to come
    for block in blocks:
        match = _STEP.match(block.text) if block.kind is Kind.HEADING and len(steps) > 1 else None
        if match:
            ordinal, waits = int(match[1]), not match[2]
            if match[2]:
                yield Block(Kind.ITEM, match[2], 1, block.page, ordinal=ordinal)
            continue
        ordinal = 0 if block.kind is Kind.HEADING else ordinal
        if ordinal and waits and block.kind is Kind.PARAGRAPH:
            waits = False
            yield replace(block, kind=Kind.ITEM, level=1, ordinal=ordinal)
        else:
            yield replace(block, level=block.level + 1) if ordinal and block.kind in _IN_STEPS else block


def _sentences(block: Block) -> tuple[str, ...]:
    return (block.text,) if block.kind is Kind.CODE and block.text.strip() else sentences.split(block.text)


def is_english(text: str) -> bool:
    """Return whether a text is English, or too short to tell."""
    words = [word for word in tokens(text) if word.isalpha()]
    if len(words) < FEWEST_WORDS:
        return not any(ord(character) > LAST_LATIN for character in text)
    known = sum(_is_known(word) for word in words)
    return known >= LEAST_SHARE * len(words)


def _is_known(word: str) -> bool:
    return word in _SHORT or word in FUNCTION_WORDS or word in QUESTION_WORDS or (in_list(word) and not is_name(word))
