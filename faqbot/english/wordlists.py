"""Look words up in the lists of English that ship as data files beside this module."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache

from faqbot.files import packaged


def text(name: str) -> str:
    """Read one of the lists, whole; `name` is that of its file."""
    return packaged(f"english/{name}").decode("utf-8")


@cache
def _words() -> bytes:
    return packaged("english/words.txt")


@lru_cache(maxsize=65536)
def is_english(word: str) -> bool:
    """Return whether an English word list (SCOWL, 74,000 words, names among them) holds `word`, given in lower case."""
    words, key = _words(), word.encode("utf-8", "replace")

    def word_at(offset: int) -> bytes:
        return words[words.rfind(b"\n", 0, offset) + 1 : words.find(b"\n", offset)]

    # The list is searched where it lies: splitting it would cost more than all the look-ups of a session.
    offset = bisect_left(range(len(words) - 1), key, key=word_at)
    return offset < len(words) - 1 and word_at(offset) == key


@cache
def _names() -> frozenset[str]:
    return frozenset(text("names.txt").split())


def is_name(word: str) -> bool:
    """Return whether a word, in lower case, is in English only a name: of people, places, days, languages."""
    return word in _names()
