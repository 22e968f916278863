"""Text to sentences. sentencex finds the ends; what it takes for one too many is joined again here."""

from __future__ import annotations

import re
from typing import Final

from sentencex import segment

from faqbot.text import word_set

# Abbreviations after which a sentence goes on, even where a capital or a number follows: units and terms of medicine
# and cooking that every splitter measured takes for an end.
ABBREVIATIONS: Final = word_set("""
    approx avg ca cf cm dept e.g esp est etc excl fig g hr hrs i.e incl kg km lb lbs max mg min mins ml mm mos no nos oz
    p para pp resp sec secs tbsp temp tsp vol vs wk wks yr yrs
""")
# Those that end a sentence about as often: joined only where what follows cannot begin one.
AMBIGUOUS: Final = word_set("cm etc g hr hrs kg km lb lbs mg min mins ml mm no oz sec secs wk wks yr yrs mos")
LONGEST_PIECE: Final = 20_000  # characters that are split at a time: the splitter's time on longer ones is not linear
_LAST_WORD: Final = re.compile(r"([A-Za-z][A-Za-z.]*)\.[\"')\]]*$")
_RUN_ON: Final = re.compile(r"(?<=[a-z)][.!?])(?=[A-Z][a-z])|(?<=[0-9%)]\.)(?=[A-Z][a-z])")
_CLOSING: Final = re.compile(r"(\([^()]*[.!?]\)) (?=[A-Z])")


def split(text: str) -> tuple[str, ...]:
    """Return the sentences of a paragraph, in order, each with single spaces and none around it."""
    text = " ".join(text.split())
    found: list[str] = []
    while text:
        cut = len(text)
        if cut > LONGEST_PIECE:
            ends = (text.rfind(end, 0, LONGEST_PIECE) + len(end) for end in (". ", "? ", "! ", " "))
            cut = next((end for end in ends if end > LONGEST_PIECE // 2), LONGEST_PIECE)
        for piece in segment("en", text[:cut]):
            found += [part for sentence in _run_on(piece) for part in _closed(sentence) if part]
        text = text[cut:]
    joined: list[str] = []
    for sentence in found:
        if joined and _goes_on(joined[-1], sentence):
            joined[-1] += f" {sentence}"
        else:
            joined.append(sentence)
    return tuple(joined)


def _run_on(sentence: str) -> list[str]:
    """Split where a space is missing after a full stop ("exposure.Wear"), but not in a name ("example.Com")."""
    return [part.strip() for part in _RUN_ON.split(sentence)]


def _closed(sentence: str) -> list[str]:
    """Split after a sentence in brackets of its own: "(It heals.) Then …"."""
    match = _CLOSING.match(sentence)
    return [match[1], sentence[match.end() :]] if match else [sentence]


def _goes_on(before: str, after: str) -> bool:
    """Return whether `after` continues the sentence `before`: its full stop was an abbreviation's."""
    if after[0].islower():
        return True
    match = _LAST_WORD.search(before[-40:])
    word = match[1].lower() if match else ""
    if word not in ABBREVIATIONS:
        return False
    return word not in AMBIGUOUS or after[0].isdigit()
