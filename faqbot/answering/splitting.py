"""Several questions in one message: where one ends and the next begins. By syntax alone, and rather too rarely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from faqbot.text import tokens, word_set

MOST_PARTS: Final = 3  # questions in a message: more is a letter, and its answers would fill the screen
LONGEST_MESSAGE: Final = 400  # characters: what is longer tells a story, and its sentences belong together
WH_REACH: Final = 5  # words: "what kind of card do" is as far as a question word stands from its verb

_END: Final = re.compile(r"(?<=[.?!;])\s+|(?<=[?!])(?=[A-Za-z])|\n+")
_JOINT: Final = re.compile(r"\s*,\s*(?:(?:and|also|plus)\s+){0,2}|\s+(?:and|also|plus|&)\s+(?:also\s+)?", re.I)
_MAYBE: Final = re.compile(r"[.?!;\n,&]|\b(?:and|also|plus)\b", re.I)
_LEAD: Final = word_set("and also plus but so then ok okay oh well hi hello hey please thanks")
_WH: Final = word_set("what which who whom whose when where why how")
AUXILIARIES: Final = word_set("""
    am is are was were do does did has have had can could will would shall should may might must
    """)
PRONOUNS: Final = word_set("i it you they we he she")
_REFERRING: Final = word_set("them those these that")  # to something in the question before
_SUBJECTS: Final = PRONOUNS | word_set(
    "there this that these those the a an my your our their his her its any people someone anyone"
)


def questions_in(message: str) -> tuple[str, ...]:
    """Return the questions of a message that holds two to MOST_PARTS whole ones, and () for any other.

    A whole question has a verb before its subject ("how long does it take", "is it safe"). It ends where a sentence
    does, or before "and", "also" or a comma with another whole question behind: "does it help with acne and scars" and
    "how and when will I see results" are one question each. A message with any other sentence in it ("I have acne.
    Does it help?") is one question too, since it may be said for the sake of the other; so is one whose second question
    speaks of "them" or "that".
    """
    if len(message) > LONGEST_MESSAGE or not _MAYBE.search(message):
        return ()
    found: list[str] = []
    for sentence in _END.split(message):
        if not sentence.strip():
            continue
        pieces = list(_pieces(sentence.strip()))
        if not all(map(is_whole, pieces)) or any(_REFERRING.intersection(tokens(piece)) for piece in pieces[1:]):
            return ()
        found += map(_bare, pieces)
    return tuple(found) if 2 <= len(found) <= MOST_PARTS else ()


def is_whole(text: str) -> bool:
    """Return whether a text is a question with its own verb and subject, by its first words."""
    words = _words(text)
    if len(words) < 3:
        return False
    if words[0] in AUXILIARIES:
        return True
    if words[0] not in _WH:
        return False
    for place, word in enumerate(words[1 : WH_REACH + 1], 1):
        if word in PRONOUNS:
            return False
        if word in AUXILIARIES:
            return place + 1 < len(words)
    return False


def _pieces(sentence: str) -> Iterator[str]:
    """Yield a sentence in pieces, cut before each whole question that follows a whole question."""
    start = 0
    for joint in _JOINT.finditer(sentence):
        left, right = sentence[start : joint.start()], sentence[joint.end() :]
        if _opens(right) and is_whole(left):
            yield left.strip()
            start = joint.end()
    yield sentence[start:].strip()


def _opens(text: str) -> bool:
    """Return whether a whole question with a subject that cannot be mistaken opens a text."""
    words = _words(text)
    if words[:1] and words[0] in AUXILIARIES:
        return len(words) > 2 and words[1] in _SUBJECTS
    return is_whole(text)


def _words(text: str) -> list[str]:
    words = list(tokens(text))
    while words and words[0] in _LEAD:
        del words[0]
    return words


def _bare(piece: str) -> str:
    """Return a piece without the words that only join it to the one before."""
    rest = piece.strip(" ,&")
    while (first := re.match(r"(?:and|also|plus|but|so|then|&)\b[\s,]*|&\s*", rest, re.I)) and first.end() < len(rest):
        rest = rest[first.end() :]
    return rest
