"""faqbot answers questions about a procedure from a FAQ, offline, with its source, and says when it does not know."""

from faqbot.bot import Conversation, FaqBot
from faqbot.decision import Thresholds
from faqbot.entries import Entry, KnowledgeBase, Source
from faqbot.errors import ArticleError, FaqbotError, KnowledgeError, Problem
from faqbot.extraction import extract_faq
from faqbot.kernels import Encoder
from faqbot.matching import Match, Ranking
from faqbot.replies import Reason, Reply, Status

__version__ = "0.1.0"

__all__ = [
    "ArticleError",
    "Conversation",
    "Encoder",
    "Entry",
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
