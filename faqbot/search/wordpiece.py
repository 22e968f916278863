"""Texts to the numbers of word pieces that BERT models read (Wu and others 2016; Devlin and others 2019, uncased)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from faqbot.english import wordlists

# Characters of a text that are looked at: in so many are all the pieces that any model reads. To normalise takes a time
# that grows with the square of a run of combining marks: a fifth of a second for as many.
LONGEST_TEXT: Final = 20_000
LONGEST_WORD: Final = 100  # characters; what is longer is unknown. This and the next two are the models' own
UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
INSIDE: Final = "##"  # marks a piece that does not begin a word
_CHINESE: Final = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002a6df\U0002a700-\U0002ceaf\U0002f800-\U0002fa1f"
)
_WORD: Final = re.compile(rf"[{_CHINESE}]|[^\s{_CHINESE}]+")


@cache
def _vocabulary() -> dict[str, int]:
    text = wordlists.text("wordpieces.txt")
    return {piece: number for number, piece in enumerate(text.removesuffix("\n").split("\n"))}


def numbers(text: str, most: int) -> list[int]:
    """Return the numbers of the pieces of `text`, between those of START and END: at most `most` in all."""
    vocabulary = _vocabulary()
    found = [piece for word in _words(text[:LONGEST_TEXT])[:most] for piece in _pieces(word, vocabulary)]
    return [vocabulary[START], *found[: most - 2], vocabulary[END]]


def _words(text: str) -> list[str]:
    """Return the words of `text`, lower case and without accents; each punctuation mark is one."""
    kept = (" " if c.isspace() else c for c in text if c in "\t\n\r" or not _is_control(c))
    plain = "".join(c for c in unicodedata.normalize("NFD", "".join(kept)) if unicodedata.category(c) != "Mn")
    return _WORD.findall("".join(f" {c} " if _is_mark(c) else c.lower() for c in plain))


def _is_control(character: str) -> bool:
    return character == "\ufffd" or unicodedata.category(character).startswith("C")


def _is_mark(character: str) -> bool:
    # BERT counts every ASCII character that is neither a letter, a digit nor a space: "$", "+" and "~" too.
    ascii_mark = character.isascii() and not character.isalnum() and not character.isspace()
    return ascii_mark or unicodedata.category(character).startswith("P")


def _pieces(word: str, vocabulary: dict[str, int]) -> list[int]:
    """Return the pieces of a word, the longest that fits first; of a word that has none, that of UNKNOWN."""
    found: list[int] = []
    start = 0
    while start < len(word) <= LONGEST_WORD:
        mark = INSIDE if start else ""
        end = next((end for end in range(len(word), start, -1) if mark + word[start:end] in vocabulary), None)
        if end is None:
            break
        found.append(vocabulary[mark + word[start:end]])
        start = end
    return found if start == len(word) else [vocabulary[UNKNOWN]]
