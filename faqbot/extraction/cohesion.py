"""Tell which neighbouring sentences are about one thing: by discourse cues, pronouns and shared words."""

from __future__ import annotations

from collections.abc import Sequence
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


def coheres(sentences: Sequence[str], before: str, sentence: str) -> bool:
    """Return whether two sentences share a word that few others of their paragraph hold: they are about one thing."""
    shared = (set(map(stem, tokens(before))) & set(map(stem, tokens(sentence)))) - FUNCTION_STEMS
    held = [set(map(stem, tokens(other))) for other in sentences]
    return any(1 < sum(word in said for said in held) <= FEW_SENTENCES for word in shared if len(word) > 2)


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
