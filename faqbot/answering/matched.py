"""Tell which question a reply belongs to, where it was not asked nearly word for word."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

from rapidfuzz import fuzz

from faqbot.answering.reply import Reply, Status
from faqbot.english.wordlists import is_english
from faqbot.text import clean, tokens

# Of 100 at least (rapidfuzz ratio of the words): a slip or a word more is still the same question.
NEARLY: Final = 85


def matched(reply: Reply) -> str:
    """Return the question that a reply belongs to, where it was not asked nearly so; else an empty text.

    A slip is no reason to show it, unless it makes another English word ("were" for "where"): that may be meant.
    """
    entry = reply.entry
    if entry is None or reply.status not in (Status.ANSWERED, Status.GAP):
        return ""
    asked = tokens(reply.question)
    text = " ".join(asked)
    nearest = max((tokens(clean(form)) for form in entry.forms), key=lambda form: fuzz.ratio(text, " ".join(form)))
    is_nearly = fuzz.ratio(text, " ".join(nearest)) >= NEARLY
    return "" if is_nearly and not _has_other_word(asked, nearest) else entry.title


def _has_other_word(asked: tuple[str, ...], form: tuple[str, ...]) -> bool:
    """Return whether an English word stands in a question where a phrasing has another one."""
    return asked != form and any(
        tag == "replace" and any(map(is_english, asked[start:end]))
        for tag, start, end, _, _ in SequenceMatcher(None, asked, form, autojunk=False).get_opcodes()
    )
