"""Tell an article about several things, a section each, from one about a single thing."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from faqbot.documents.article import Article
from faqbot.extraction import kinds
from faqbot.extraction.naming import LONGEST_NAME, is_head
from faqbot.extraction.subject import Subject
from faqbot.text import stem, tokens

FEWEST: Final = 3  # things: two may be parts of one
MOST_SHARED: Final = 0.5  # of their sections that name the subject: in an article about it, more do
_NUMBER: Final = re.compile(r"^\d{1,2}[.):]? +")


def things(article: Article, subject: Subject) -> tuple[str, ...]:
    """Return the things that an article is about, a section each; () where it is about one, or about none that tells.

    A section's heading is the name of a thing where its first sentence says what that is, or where it ends like the
    name of a procedure or a condition.

    Args:
        article: the article.
        subject: what it seems to be about.
    """
    sections: dict[str, str] = {}
    for headings, paragraphs in groupby(article.paragraphs, key=lambda p: p.headings[:1]):
        if headings:
            heading = _NUMBER.sub("", headings[0]).rstrip(" :.")
            sections[heading] = f"{sections.get(heading, '')} {' '.join(p.text for p in paragraphs)}".strip()
    named = [heading for heading, text in sections.items() if _is_thing(heading, text)]
    if len(named) < FEWEST or 2 * len(named) <= len(sections):
        return ()
    own = {stem(word) for name in (subject.name, *subject.names) for word in tokens(name)[-1:]}
    sharing = sum(bool(own & set(map(stem, tokens(f"{heading} {sections[heading]}")))) for heading in named)
    return () if own and sharing > MOST_SHARED * len(named) else tuple(named)


def _is_thing(heading: str, text: str) -> bool:
    words = tokens(heading)
    if not 0 < len(words) <= LONGEST_NAME or heading.endswith("?"):
        return False
    name = re.escape(heading.lower().removesuffix("s"))
    defined = re.match(
        rf"(?:an? |the )?{name}(?:s|es)?(?: \([^()]{{1,40}}\))? (?:is|are) (?:an?|the|one) ", text.lower()
    )
    repeated = text.lower().count(heading.lower().removesuffix("s")) > 1
    return bool(defined) or (repeated and (is_head(words[-1]) or kinds.is_condition(heading, text)))
