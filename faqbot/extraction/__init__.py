"""An article to a draft knowledge base.

pipeline      the whole way: start here
passages      the article cut into what answers on its own
parts         parts of paragraphs, and how they are written as Markdown
runins        headings within a paragraph
cohesion      neighbouring sentences about one thing
kinds         what an article is about: a procedure, a condition, a task …
subject       the name of that, and what it is
naming        how it is found in titles and text
several       whether it is about several things
catalogue     what people ask about such a thing
headings      a section's heading as a question
cues          what sentences say that answer the catalogue's questions
meaning       the same judged by the models of the extra `semantic`
claims        which passage answers which of the catalogue's questions
sentences     what single sentences of a passage answer
gates         whether a passage says what a question presupposes
effects       what a procedure does to what
topics        plain headings for what no question is known for
draft         one or several articles as one draft
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
