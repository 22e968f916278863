"""An article to a draft knowledge base.

pipeline      the whole way: start here
subject       what the article is about
naming        the name of that
passages      sentences that answer together
coreference   what "it" refers to
candidates    questions for sentences, rule by rule
existing      the article's own questions
catalogue     what people ask about any procedure
cues          which of those a sentence answers
effects       what a procedure does to what
objects       the things that a verb is about
procedures    the catalogue's questions and the effects, asked
draft         one or several articles as one draft
combining     several drafts as one
citation      where an entry stands in its article
update        a fresh extraction merged into an edited file
grammar/      sentences to questions
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faqbot.extraction.pipeline import Extraction, extract, extract_faq

__all__ = ["Extraction", "extract", "extract_faq"]


def __getattr__(name: str) -> object:
    """Import the pipeline where it is first asked for."""
    if name in __all__:
        from faqbot.extraction import pipeline  # noqa: PLC0415

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
