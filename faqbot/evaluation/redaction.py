"""Redact personal data in a question: addresses and long numbers are masked. Names are words, and stay."""

from __future__ import annotations

import re
from typing import Final

from faqbot.documents.encoding import one_line

LONGEST: Final = 300  # characters of a question that are kept: longer ones are letters, and say who wrote them
BEGINNING: Final = 8 * LONGEST  # characters that are looked at: masks are shorter than what they hide

MAIL: Final = "[e-mail]"
NUMBER: Final = "[number]"
LINK: Final = "[link]"

_AT: Final = "@\ufe6b\uff20"
_LONE_AT: Final = re.compile(rf" ([{_AT}]) ")  # as people write it who hide from machines
# Five digits and more, with what stands between those of a telephone number or a date of birth. Each step takes a
# digit, and a run too short to count is given up after four: the time is linear.
_DIGITS: Final = re.compile(r"[+(]{0,2}\d(?:[\s()./_\u2010-\u2015-]{0,3}\d){4,}")
_MASK: Final = re.compile(r"\[(?:e-mail|number|link)\]")
_TRAILING: Final = "?!.,;:)"


def masked(text: str) -> str:
    """Return a question on one line, without what could name a person by machine, at most LONGEST characters long.

    E-mail addresses, links that hold a user's name, and runs of five digits and more become MAIL, LINK and NUMBER,
    numbers that are written with blanks, dashes, dots or slashes included. Masking twice changes nothing.
    """
    beginning = text[:BEGINNING]
    if len(text) > BEGINNING:  # what stands at the cut may be half an address
        beginning = " ".join(beginning.split(" ")[:-1])
    words = _LONE_AT.sub(r"\1", one_line(beginning)).split(" ")
    shown = _DIGITS.sub(NUMBER, " ".join(map(_address, words)))
    return shown if len(shown) <= LONGEST else _cut(shown)


def unmasked(text: str) -> str:
    """Return a question without its masks, as a person could have asked it."""
    return " ".join(_MASK.sub(" ", text).split())


def _address(word: str) -> str:
    """Return the mask of a word that is an address, and any other word as it is."""
    if not any(at in word[1:] for at in _AT):
        return word
    bare = word.rstrip(_TRAILING)
    return (LINK if "://" in bare else MAIL) + word[len(bare) :]


def _cut(text: str) -> str:
    """Return the beginning of a text, never with half a mask at its end."""
    short = text[: LONGEST - 1]
    whole = short.rpartition("[")[0] if "[" in short[-len(NUMBER) :] else short
    return f"{whole.rstrip()}\u2026"
