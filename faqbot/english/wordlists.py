"""Look words up in the lists of English that ship as data files beside this module."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache

from faqbot.files import packaged


def text(name: str) -> str:
    """Read one of the lists, whole; `name` is that of its file."""
    return packaged(f"english/{name}").decode("utf-8")


@cache
def _lines(name: str) -> bytes:
    return packaged(f"english/{name}")


def _line_of(name: str, word: str) -> bytes:
    """Return the line of a sorted list whose first word is `word`, b"" if none is."""
    lines, key = _lines(name), word.encode("utf-8", "replace")

    def line_at(offset: int) -> bytes:
        return lines[lines.rfind(b"\n", 0, offset) + 1 : lines.find(b"\n", offset)]

    # The list is searched where it lies: splitting it would cost more than all the look-ups of a session.
    offset = bisect_left(range(len(lines) - 1), key, key=lambda offset: line_at(offset).split(b" ", 1)[0])
    found = line_at(offset) if offset < len(lines) - 1 else b""
    return found if found.split(b" ", 1)[0] == key else b""


@lru_cache(maxsize=65536)
def is_english(word: str) -> bool:
    """Return whether an English word list (SCOWL, 74,000 words, names among them) holds `word`, given in lower case."""
    return bool(word) and bool(_line_of("words.txt", word))


@lru_cache(maxsize=4096)
def is_noun(word: str) -> bool:
    """Return whether a word in lower case, a plural too, is a noun more often than anything else; strange ones are."""
    if word.endswith(("ing", "ed", "ly")):
        return False
    bases = (
        (word, word[:-1], word[:-2]) if word.endswith("es") else (word, word[:-1]) if word.endswith("s") else (word,)
    )
    found = next((line for base in bases if (line := _line_of("classes.txt", base))), b"")
    return not found or found.split()[1].startswith(b"n")


@cache
def _names() -> frozenset[str]:
    return frozenset(text("names.txt").split())


def is_name(word: str) -> bool:
    """Return whether a word, in lower case, is in English only a name: of people, places, days, languages."""
    return word in _names()
