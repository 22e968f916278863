"""What "it", "he" and "she" refer to where that is certain: the thing that the article is about."""

from __future__ import annotations

import re
from typing import Final

from faqbot.documents.article import Article, Position
from faqbot.extraction.grammar.clause import Clause, clause
from faqbot.extraction.grammar.words import words
from faqbot.text import tokens

_PERSON: Final = ("he", "she")
_OPENING: Final = re.compile(
    r"^(?:(?:However|Moreover|Furthermore|Also|But|And),? )?(It|He|She|it|he|she) "
    r"(?!is (?:important|possible|said|known|thought|believed|estimated|recommended|best|clear|likely|not clear)\b)"
)
FEWEST_PERSONAL: Final = 2  # sentences, in a short article
LEAST_PERSONAL: Final = 0.1  # of the sentences begin with "he" or "she", for the article to be about a person


def resolved(article: Article, name: str) -> dict[Position, str]:
    """Return the sentences whose subject is a pronoun that stands for `name`, with the name in its place.

    A pronoun refers to the subject of the sentence before it in the same paragraph, if that is the name or a pronoun
    that stands for it. In an article about a person, a paragraph may open with "he" or "she".
    """
    if not name:
        return {}
    last = tokens(name)[-1:]
    personal = _about_person(article)
    found: dict[Position, str] = {}
    for paragraph in article.paragraphs:
        held = bool(personal)
        for position, sentence in zip(paragraph.positions, paragraph.sentences, strict=True):
            match = _OPENING.match(sentence)
            pronoun = match[1].lower() if match else ""
            if match and held and pronoun == (personal or "it"):
                found[position] = f"{sentence[: match.start(1)]}{_capitalised(name, match)}{sentence[match.end(1) :]}"
            elif not match:
                held = _is_about(clause(sentence), last)
    return found


def _capitalised(name: str, match: re.Match[str]) -> str:
    return f"{name[0].upper()}{name[1:]}" if not match.start(1) else name


def _is_about(read: Clause | None, last: tuple[str, ...]) -> bool:
    """Return whether the subject of a sentence is the name: its last word ends the subject."""
    if read is None or not last:
        return False
    return tokens(read.subject[-1].text)[-1:] == last


def _about_person(article: Article) -> str:
    """Return "he" or "she" where an article is about a person, or ""."""
    openings = [words(sentence)[:1] for sentence in article.sentences.values()]
    said = [first[0].lower for first in openings if first]
    best = max(_PERSON, key=said.count)
    return best if said.count(best) >= max(FEWEST_PERSONAL, LEAST_PERSONAL * len(said)) else ""
