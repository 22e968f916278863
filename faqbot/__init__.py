"""faqbot answers questions about a procedure from a FAQ, offline, with its source, and says when it does not know."""

from typing import TYPE_CHECKING

from faqbot.bot import Conversation, FaqBot
from faqbot.decision import Thresholds
from faqbot.encoders import Encoder
from faqbot.entries import Entry, KnowledgeBase, Source
from faqbot.errors import ArticleError, FaqbotError, KnowledgeError, Problem
from faqbot.explanation import Explanation
from faqbot.matching import Match, Ranking
from faqbot.replies import Reason, Reply, Status

if TYPE_CHECKING:
    from faqbot.extraction import extract_faq
    from faqbot.reading import documents as documents

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


def __getattr__(name: str) -> object:
    """Import these where they are first asked for: every start of the command line would pay for them."""
    if name == "extract_faq":
        from faqbot.extraction import extract_faq  # noqa: PLC0415

        return extract_faq
    if name == "documents":
        from faqbot.reading import documents  # noqa: PLC0415

        return documents
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
