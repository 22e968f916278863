"""faqbot answers questions about a procedure from a FAQ, offline, with its source, and says when it does not know."""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from faqbot import documents as documents
    from faqbot.answering.conversation import Conversation
    from faqbot.answering.decision import Thresholds
    from faqbot.answering.explanation import Explanation
    from faqbot.answering.reply import Reason, Reply, Status
    from faqbot.bot import FaqBot
    from faqbot.errors import ArticleError, FaqbotError, KnowledgeError, Problem
    from faqbot.extraction import extract_faq
    from faqbot.knowledge.entries import Entry, KnowledgeBase, Source
    from faqbot.search.encoder import Encoder
    from faqbot.search.ranking import Match, Ranking

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
    "Conversation": "answering.conversation", "FaqBot": "bot", "Thresholds": "answering.decision",
    "Entry": "knowledge.entries", "KnowledgeBase": "knowledge.entries", "Source": "knowledge.entries",
    "ArticleError": "errors", "FaqbotError": "errors", "KnowledgeError": "errors", "Problem": "errors",
    "Explanation": "answering.explanation", "Encoder": "search.encoder", "Match": "search.ranking",
    "Ranking": "search.ranking", "Reason": "answering.reply", "Reply": "answering.reply",
    "Status": "answering.reply", "extract_faq": "extraction",
}  # fmt: skip


def __getattr__(name: str) -> object:
    if name in _HOMES:
        found: object = getattr(import_module(f"faqbot.{_HOMES[name]}"), name)
    elif name == "documents":
        found = import_module("faqbot.documents")
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found  # the next one to ask finds it there
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
