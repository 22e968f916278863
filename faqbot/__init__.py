"""faqbot answers questions about a procedure from a FAQ, offline, with its source, and says when it does not know."""

from faqbot.bot import Conversation, FaqBot
from faqbot.decision import Thresholds
from faqbot.entries import Entry, KnowledgeBase, Source
from faqbot.errors import ArticleError, ExtraMissingError, FaqbotError, KnowledgeError, Problem
from faqbot.extraction import extract_faq
from faqbot.matching import Match
from faqbot.replies import Reason, Reply, Status

__all__ = [
    "ArticleError",
    "Conversation",
    "Entry",
    "ExtraMissingError",
    "FaqBot",
    "FaqbotError",
    "KnowledgeBase",
    "KnowledgeError",
    "Match",
    "Problem",
    "Reason",
    "Reply",
    "Source",
    "Status",
    "Thresholds",
    "extract_faq",
]
