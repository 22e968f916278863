"""How one article uses words: which it repeats, and which it writes in capitals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from faqbot.english.wordlists import is_english, is_name
from faqbot.extraction.grammar.words import words
from faqbot.text import stem

COMMON_ENDINGS: Final = ("ists", "ology", "ation", "ations", "ness", "ment", "ments", "ing", "ic", "ical", "ous", "ive")
FREQUENT: Final = 3  # times that a thing is mentioned, for "the …" to need no explanation


class Usage:
    """The words of an article, counted.

    Args:
        sentences: of the whole article.
    """

    def __init__(self, sentences: Iterable[str]) -> None:
        self._stems: Counter[str] = Counter()  # sentences that hold it
        self._small: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        for sentence in sentences:
            read = words(sentence)
            self._stems.update({stem(word.lower) for word in read})
            for number, word in enumerate(read):
                if word.text[:1].islower():
                    self._small[word.lower.removesuffix("'s")] += 1
                elif number:
                    self._capital[word.lower.removesuffix("'s")] += 1

    def count(self, word: str) -> int:
        """Return how many sentences hold a word, in any form."""
        return self._stems[stem(word)]

    def is_frequent(self, word: str) -> bool:
        """Return whether the article speaks of it often enough for a reader to know which one is meant."""
        return self.count(word) >= FREQUENT

    def is_common(self, word: str) -> bool:
        """Return whether a word, in lower case, is no name: its capital at the start of a sentence is only that."""
        if self._small[word] or self._capital[word]:
            return self._small[word] > self._capital[word]
        known = all(map(is_english, word.split("-"))) or word.endswith(COMMON_ENDINGS)
        return known and not is_name(word)
