"""What a conversation tells whoever runs it: the questions that went wrong, and what people thought of the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from faqbot.knowledge.entries import Entry

if TYPE_CHECKING:
    from faqbot.search.ranking import Match  # brings numpy, which the prompt need not wait for


class Verdict(StrEnum):
    """What became of a question; equal to the plain strings."""

    UNANSWERED = "unanswered"  # no entry fitted
    REJECTED = "rejected"  # entries were suggested, and the person wanted none of them
    GOOD = "good"  # the person liked the reply
    BAD = "bad"  # the person did not


@dataclass(frozen=True, slots=True)
class Feedback:
    """One question and what became of it.

    Attributes:
        question: as it was asked.
        verdict: what became of it.
        confidence: of the reply, 0 to 1.
        given: the entry that the reply gave, if it gave one.
        near: the entries that came nearest, best first.
    """

    question: str
    verdict: Verdict
    confidence: float = 0.0
    given: Entry | None = None
    near: tuple[Match, ...] = ()


Listener = Callable[[Feedback], None]
