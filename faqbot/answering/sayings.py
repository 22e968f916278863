"""The replies that a conversation makes itself, without an entry of its own to give."""

from __future__ import annotations

from collections.abc import Sequence

from faqbot.answering.reply import WHERE_TO_TURN, Reason, Reply, Status
from faqbot.knowledge.entries import Entry
from faqbot.search.ranking import Match


def safety(question: str, line: str, listed: tuple[Match, ...], confidence: float) -> Reply:
    """Return the reply to a worry: the safety line, and what there is to read about it.

    Its answers are offered and not given: one written for the usual case would reassure whoever's case is not usual.
    """
    rows = ["", "What I have about it:", *_numbered([match.entry for match in listed])] if listed else []
    return Reply(question, Status.URGENT, "\n".join([line, *rows]), confidence=confidence, suggestions=listed)


def more(question: str, listed: tuple[Match, ...]) -> Reply:
    """Return the reply to "tell me more"."""
    text = "\n".join(["There is more about this:", *_numbered([match.entry for match in listed])])
    return Reply(question, Status.SUGGESTED, text, suggestions=listed, reason=Reason.AMBIGUOUS)


def nothing_more(question: str) -> Reply:
    """Return the reply to "tell me more" after everything was told."""
    return Reply(question, Status.UNANSWERED, f"That is all I have about this. {WHERE_TO_TURN}", reason=Reason.EMPTY)


def nothing_better(question: str, scope: str) -> Reply:
    """Return the reply to whoever wants none of the suggestions; `scope` is what was looked in."""
    text = f"Then I have nothing better in {scope}. {WHERE_TO_TURN}"
    return Reply(question, Status.UNANSWERED, text, reason=Reason.NO_MATCH)


def no_such_line(question: str, listed: tuple[Entry, ...]) -> Reply:
    """Return the reply to the number of a line that was not there."""
    text = "\n".join(["These can be asked next:", *_numbered(listed)])
    return Reply(question, Status.UNANSWERED, text, reason=Reason.EMPTY, related=listed)


def _numbered(entries: Sequence[Entry]) -> list[str]:
    return [f"{number}. {entry.title}" for number, entry in enumerate(entries, 1)]
