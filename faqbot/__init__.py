"""faqbot answers questions about a procedure from a FAQ, offline, with its source, and says when it does not know."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from faqbot.bot import FaqBot
    from faqbot.decision import Thresholds
    from faqbot.encoders import Encoder
    from faqbot.entries import Entry, KnowledgeBase, Source
    from faqbot.errors import ArticleError, FaqbotError, KnowledgeError, Problem
    from faqbot.explanation import Explanation
    from faqbot.extraction import extract_faq
    from faqbot.matching import Match, Ranking
    from faqbot.reading import documents as documents
    from faqbot.replies import Reason, Reply, Status
    from faqbot.talking.conversation import Conversation

__version__ = "0.1.0"

__all__ = [
    "ArticleError",
    "Conversation",
    "Encoder",
    "Entry",
    "Explanation",
    "FaqBot",
    "FaqbotError",
    "KnowledgeBase",
    "KnowledgeError",
    "Match",
    "Problem",
    "Ranking",
    "Reason",
    "Reply",
    "Source",
    "Status",
    "Thresholds",
    "extract_faq",
]


# Where each name is at home. They are imported where they are first asked for: the command line shows its prompt before
# it loads what answers.
_HOMES: Final = {
    "Conversation": "talking.conversation", "FaqBot": "bot", "Thresholds": "decision", "Entry": "entries",
    "KnowledgeBase": "entries",
    "Source": "entries", "ArticleError": "errors", "FaqbotError": "errors", "KnowledgeError": "errors",
    "Problem": "errors", "Explanation": "explanation", "Encoder": "encoders", "Match": "matching",
    "Ranking": "matching", "Reason": "replies", "Reply": "replies", "Status": "replies", "extract_faq": "extraction",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name in _HOMES:
        found: object = getattr(import_module(f"faqbot.{_HOMES[name]}"), name)
    elif name == "documents":
        found = import_module("faqbot.reading.documents")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found  # the next one to ask finds it there
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
