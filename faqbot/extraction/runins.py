"""Find headings that run into their paragraph: a question, a noun phrase with a full stop, a title without one."""

from __future__ import annotations

import re
from typing import Final

from faqbot.extraction.grammar.lexicon import classes
from faqbot.extraction.grammar.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    words,
)
from faqbot.text import word_set

LONGEST_RUN_IN: Final = 5  # words of a heading that opens its paragraph
LONGEST_TITLE: Final = 8  # words of one without a full stop
RUN_IN_QUESTION: Final = range(3, 15)  # words of a question that opens a passage
_ASKS: Final = re.compile(
    r"(?:what|who|whom|whose|when|where|why|how|which|can|could|may|does|is|will|should|must|do i|am i|are there)\b",
    re.IGNORECASE,
)
_INNER: Final = word_set("of and in for the or with to a an your on at by from as is are vs")  # small words of titles
# Words that sentences open with, and titles do not end in.
_OPENERS: Final = word_set("""
    a an the this these those that if you your some most many people when in it its there because to all not no each
    both they their he she we our for as however although before after while since doctors researchers patients although
    another other several one every
""")


def is_question(sentence: str) -> bool:
    """Return whether a sentence is a question that what follows it may answer."""
    return sentence.endswith("?") and len(sentence.split()) in RUN_IN_QUESTION and bool(_ASKS.match(sentence))


def is_heading(sentence: str) -> bool:
    """Return whether a sentence is the heading of what follows it: "High-fibre diet.", "What to bring."."""
    said = [word.lower for word in words(sentence)]
    if not 0 < len(said) <= LONGEST_RUN_IN or not sentence[0].isupper() or not sentence.endswith((".", ":")):
        return False
    if said[0] in ("what", "how", "when", "where", "who"):
        return len(said) > 1
    closed = PRONOUNS | PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | SUBORDINATORS
    nouns = not any(word in closed - {"of", "for", "and", "after", "before"} or not word[0].isalpha() for word in said)
    nouns = nouns and said[0] not in DETERMINERS - {"the"}
    return (
        nouns and classes(said[-1])[0] == "n" and classes(said[0])[0] in "na" and sentence.count(" ") < LONGEST_RUN_IN
    )


def title(sentence: str) -> str:
    """Return the title that a sentence opens with, without a mark between them, or "".

    "Cough in Children No evidence shows …": "Cough in Children"; "Peels Peels take off …": "Peels". So they stand in
    text that lost its lines.
    """
    said = sentence.split(None, 2 * LONGEST_TITLE + 2)
    plain = [word.strip("(),").lower() for word in said]
    for size in range(1, min(LONGEST_TITLE, len(said) - 2) + 1):
        if not _can_end(said[:size]):
            continue
        opens, after = said[size], said[size + 1]
        skip = plain[size] in ("a", "an", "the")
        again = plain[size + skip : 2 * size + skip] == plain[:size]
        if opens[:1].isupper() and (again or (size > 1 and plain[size] in _OPENERS and after[:1].islower())):
            return " ".join(said[:size])
    return ""


def _can_end(said: list[str]) -> bool:
    """Return whether words are written like a title: capitals, and small words only within."""
    capitals = all(word[:1].isupper() or word[:1] == "(" or word in _INNER or word.isdigit() for word in said)
    last = said[-1]
    marks = any(word.endswith((".", ",", ";", ":")) for word in said)
    whole = last[:1].isupper() or last.isdigit() or last.endswith(")")
    return capitals and whole and said[0][:1].isupper() and not marks and last.lower() not in _OPENERS


def is_title(paragraph: str) -> bool:
    """Return whether a paragraph is a title of those below it, set as text: "Skin Care at Home"."""
    said = paragraph.split()
    return 1 < len(said) <= LONGEST_TITLE and _can_end(said) and sum(word[:1].isupper() for word in said) > 1
