"""The sentences of a passage that nobody has worded yet: a draft quotes its article, which says several things."""

from __future__ import annotations

import re
from typing import Final

from faqbot.knowledge.entries import Entry

SHORTEST: Final = 3  # words: less says nothing on its own
_MARK: Final = re.compile(r"^(?:[-*+>#|]+|\d{1,3}[.)])\s+")


def sentences(entry: Entry) -> tuple[str, ...]:
    """Return the sentences and list items of a draft's answer, in order; () of one, and of what a person approved."""
    if not entry.draft or entry.is_gap:
        return ()
    from faqbot.documents.sentences import split  # noqa: PLC0415 - drafts alone need it, and few bots have some

    lines = (_MARK.sub("", line.strip()) for line in entry.answer.splitlines())
    found = tuple(said for line in lines for said in split(line) if len(said.split()) >= SHORTEST)
    return found if len(found) > 1 else ()
