"""Sentences to answers: which sentences stand together, one to three of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from faqbot.documents.article import Article, Paragraph, Position
from faqbot.documents.blocks import Kind
from faqbot.extraction.grammar.words import words

MOST_SENTENCES: Final = 3
# On SQuAD and WikiQA, 45 and 12, 55 and 15, 65 and 15 put the answer first for 82, 82 and 83 (52, 54, 55) questions of
# 100, with 33, 37 and 40 words an answer.
MOST_WORDS: Final = 60  # of an answer of several sentences
FEW_WORDS_OF_PROCEDURES: Final = 8  # there, short sentences tell facts of their own
FEW_WORDS: Final = 15  # a shorter sentence says too little to stand alone
# Words that point at the sentence before: its answer is torn apart without it.
_BACK_WORDS: Final = """
    it its they them their he his him she her hers this these that those such both neither either however also but
    otherwise therefore thus hence consequently then there similarly likewise instead afterwards afterward meanwhile
    nevertheless nonetheless still yet so and or because
"""
_BACK: Final = frozenset(_BACK_WORDS.split())
_BACK_PHRASES: Final = (
    ("as", "a", "result"), ("in", "this", "way"), ("for", "this", "reason"), ("in", "addition"), ("in", "turn"),
    ("the", "former"), ("the", "latter"), ("the", "same"), ("at", "the", "same"), ("one", "of", "these"),
    ("on", "the", "other"), ("in", "contrast"), ("for", "example"), ("for", "instance"), ("in", "fact"),
    ("the", "reason"), ("through", "this"), ("after", "that"), ("after", "this"), ("by", "this"), ("in", "both"),
    ("of", "these"), ("some", "of", "these"), ("another",),
)  # fmt: skip
# Words that open a new point, whatever follows.
_NEW_POINT: Final = (
    ("the", "other"), ("furthermore",), ("lastly",), ("finally",), ("moreover",), ("additionally",), ("secondly",),
    ("thirdly",), ("first",), ("firstly",), ("second",), ("third",), ("next",), ("another", "benefit"),
    ("another", "advantage"), ("another", "reason"), ("another", "way"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences that answer together.

    Attributes:
        paragraph: that they stand in.
        positions: of the sentences, in order.
    """

    paragraph: Paragraph
    positions: tuple[Position, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the sentences."""
        return tuple(self.paragraph.sentences[position.sentence - 1] for position in self.positions)

    @property
    def text(self) -> str:
        """Return the sentences joined by spaces."""
        return " ".join(self.sentences)


def groups(article: Article, few: int = FEW_WORDS) -> Iterator[Group]:
    """Yield the article's sentences in groups, in reading order; answers to questions in it are not among them.

    A sentence of fewer than `few` words is joined to its neighbour.
    """
    for paragraph in article.paragraphs:
        if paragraph.question or paragraph.is_foreign or paragraph.kind is Kind.CODE:
            continue
        held: list[Position] = []
        size = 0
        for position, sentence in zip(paragraph.positions, paragraph.sentences, strict=True):
            count = len(sentence.split())
            if held and not (
                _joins(paragraph, held, sentence, few) and size + count <= MOST_WORDS and len(held) < MOST_SENTENCES
            ):
                yield Group(paragraph, tuple(held))
                held, size = [], 0
            held.append(position)
            size += count
        if held:
            yield Group(paragraph, tuple(held))


def _joins(paragraph: Paragraph, held: list[Position], sentence: str, few: int) -> bool:
    """Return whether `sentence` belongs to the ones before it."""
    if opens_new_point(sentence):
        return False
    before = paragraph.sentences[held[-1].sentence - 1]
    return points_back(sentence) or min(len(before.split()), len(sentence.split())) < few or before.endswith((":", "?"))


def points_back(sentence: str) -> bool:
    """Return whether a sentence is about what the one before it said."""
    lower = tuple(word.lower for word in words(sentence)[:4])
    return bool(lower) and (lower[0] in _BACK or any(lower[: len(phrase)] == phrase for phrase in _BACK_PHRASES))


def opens_new_point(sentence: str) -> bool:
    """Return whether a sentence says that something new begins."""
    lower = tuple(word.lower for word in words(sentence)[:3])
    return any(lower[: len(phrase)] == phrase for phrase in _NEW_POINT)
