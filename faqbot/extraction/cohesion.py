"""Tell which neighbouring sentences are about one thing: by discourse cues, pronouns and shared words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from faqbot.extraction.grammar.words import words
from faqbot.text import FUNCTION_WORDS, stem, tokens, word_set

FUNCTION_STEMS: Final = frozenset(map(stem, FUNCTION_WORDS))
FEW_SENTENCES: Final = 3  # of a paragraph, that hold a word which tells them from the others
# Words that point at the sentence before: its answer is torn apart without it.
_BACK: Final = word_set("""
    it its they them their he his him she her hers this these that those such both neither either however also but
    otherwise therefore thus hence consequently then there similarly likewise instead afterwards afterward meanwhile
    nevertheless nonetheless still yet so and or because
""")
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


class Cohesion:
    """The words that the sentences of a paragraph share.

    Args:
        sentences: of the paragraph.
    """

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = sentences

    def joins(self, place: int) -> bool:
        """Return whether a sentence and the one before it share a word that few others hold, so are about one thing.

        Args:
            place: of the sentence, counted from 0.
        """
        shared = (self._stems[place - 1] & self._stems[place]) - FUNCTION_STEMS
        return any(1 < self._counts[word] <= FEW_SENTENCES for word in shared if len(word) > 2)

    @cached_property
    def _stems(self) -> list[frozenset[str]]:
        return [frozenset(map(stem, tokens(sentence))) for sentence in self._sentences]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(word for said in self._stems for word in said)


def points_back(sentence: str) -> bool:
    """Return whether a sentence is about what the one before it said."""
    lower = tuple(word.lower for word in words(sentence)[:4])
    return bool(lower) and (lower[0] in _BACK or any(lower[: len(phrase)] == phrase for phrase in _BACK_PHRASES))


def opens_new_point(sentence: str) -> bool:
    """Return whether a sentence says that something new begins."""
    lower = tuple(word.lower for word in words(sentence)[:3])
    return any(lower[: len(phrase)] == phrase for phrase in _NEW_POINT)


def content_stems(text: str) -> set[str]:
    """Return the stems of the words of a text that say something."""
    return set(map(stem, tokens(text))) - FUNCTION_STEMS
