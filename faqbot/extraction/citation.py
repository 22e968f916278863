"""What an entry cites, held against the article: whether it still stands there, where else, and what is around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import Final

from faqbot.documents import sentences
from faqbot.documents.article import Article, Position, fingerprint
from faqbot.documents.blocks import Kind
from faqbot.knowledge.entries import Entry, KnowledgeBase

SHORT: Final = (Kind.ITEM, Kind.ROW)  # they say little without their neighbours
# What Markdown adds to the article's sentences: marks of items, fences of code, the headings between parts of a list.
_MARKER: Final = re.compile(
    r"^\|.*\|\n\|(?:---\|)+\n|^\| | \|$|^[ \t]*(?:[-*+]|\d{1,9}[.)])\s+|^[ \t]*```[ \t]*$|^\*\*[^*\n]+\*\*$", re.M
)
_PLACES: Final = re.compile(r"(?:page \d+, )?paragraph \d+(?:, sentences? [\d, and to]+)?")
_NUMBER: Final = re.compile(r"\d+")


class State(StrEnum):
    """What became of what an entry cites."""

    HELD = "held"  # it stands where the entry says; or something does, where only the place is known
    MOVED = "moved"  # it stands elsewhere
    CHANGED = "changed"  # it is nowhere any more
    NOWHERE = "nowhere"  # the place is not in the article
    UNKNOWN = "unknown"  # there is neither a fingerprint nor a place that can be looked up


@dataclass(frozen=True, slots=True)
class Citation:
    """An entry's citation, looked up.

    Attributes:
        state: what became of it.
        place: where it stands now, as it is cited; "" where it is not found.
        now: what stands at the place that the entry cites.
    """

    state: State
    place: str = ""
    now: str = ""


def looked_up(entry: Entry, article: Article) -> Citation:
    """Return what became of the sentences that an entry cites."""
    place, mark = entry.source.place, entry.source.fingerprint
    cited = article.cited(place)
    now = article.text(cited)
    if not mark:
        if not all(_PLACES.fullmatch(part.strip()) for part in place.split(";")):
            return Citation(State.UNKNOWN)
        return Citation(State.HELD if _exists(place, article) else State.NOWHERE, place, now)
    if cited and fingerprint(now) == mark:
        return Citation(State.HELD, place, now)
    found = article.find(mark) or _quoted(entry, article)
    return Citation(State.MOVED if found else State.CHANGED, article.place(found), now)


def is_quotation(entry: Entry) -> bool:
    """Return whether the answer is, word for word, what the entry cites, be it as a list or as a paragraph.

    Such an answer is as extraction made it: no person has worded it.
    """
    return bool(entry.answer) and fingerprint(_MARKER.sub("", entry.answer)) == entry.source.fingerprint


def articles_of(knowledge: KnowledgeBase, articles: Sequence[Article]) -> dict[str, Article]:
    """Return the article that each document of a knowledge base is, as far as they are given.

    A document is the article that is cited by its name, or by its title with another date; failing that, the one that
    holds most of what is cited from it: people reword titles, in articles and in knowledge files.
    """
    documents = dict.fromkeys(entry.source.document for entry in knowledge.entries if not entry.is_gap)
    found: dict[str, Article] = {}
    left = list(articles)
    for is_meant in (_is_named, _is_dated, _is_held):
        for document in [document for document in documents if document not in found]:
            cited = [entry for entry in knowledge.entries if entry.source.document == document]
            meant = next((article for article in left if is_meant(document, cited, article)), None)
            if meant is not None:
                found[document] = meant
                left.remove(meant)
    return found


def sources_of(knowledge: KnowledgeBase, articles: Sequence[Article]) -> dict[str, Article]:
    """Return the same where a person says that these are the sources: one article is the one document, by any name."""
    documents = {entry.source.document for entry in knowledge.entries if not entry.is_gap}
    found = articles_of(knowledge, articles)
    return dict(zip(documents, articles, strict=True)) if not found and len(documents) == len(articles) == 1 else found


def is_foreign(knowledge: KnowledgeBase, document: str, article: Article) -> bool:
    """Return whether an article holds nothing of what several entries quote from a document: it is another one.

    One entry alone proves nothing, since what it cites may have been reworded; nor does a place, as any article has it.
    """
    quoting = [entry for entry in knowledge.entries if entry.source.document == document and entry.source.fingerprint]
    return len(quoting) > 1 and all(looked_up(entry, article).state is State.CHANGED for entry in quoting)


def around(entry: Entry, articles: Mapping[str, Article]) -> str:
    """Return the paragraphs that an entry cites, under their headings, or "" where they are not to be found."""
    article = articles.get(entry.source.document)
    if article is None:
        return ""
    numbers = {position.paragraph for position in article.cited(entry.source.place)}
    for number in tuple(numbers):
        if article.paragraphs[number - 1].kind in SHORT:
            numbers |= {number - 1, number + 1}
    shown = [article.paragraphs[number - 1] for number in sorted(numbers) if 0 < number <= len(article.paragraphs)]
    parts = []
    for (page, headings), group in groupby(shown, key=lambda paragraph: (paragraph.page, paragraph.headings)):
        head = " > ".join([*([f"page {page}"] if page else []), *headings])
        parts.append("\n\n".join([*([head] if head else []), *(paragraph.text for paragraph in group)]))
    return "\n\n".join(parts)


def cited_by(entries: Iterable[Entry], articles: Mapping[str, Article]) -> dict[str, frozenset[Position]]:
    """Return the sentences of each article that entries cite, by the document that the article is."""
    found: dict[str, set[Position]] = {document: set() for document in articles}
    for entry in entries:
        if entry.source.document in found:
            found[entry.source.document].update(articles[entry.source.document].cited(entry.source.place))
    return {document: frozenset(positions) for document, positions in found.items()}


def _quoted(entry: Entry, article: Article) -> tuple[Position, ...]:
    """Return where the sentences of an answer stand that was put together from several places."""
    positions: list[Position] = []
    for line in _MARKER.sub("", entry.answer).splitlines():
        whole = article.find(fingerprint(line)) if line.strip() else ()
        parts = [whole] if whole else [article.find(fingerprint(sentence)) for sentence in sentences.split(line)]
        positions += [position for part in parts for position in part]
    ordered = sorted(set(positions))
    return tuple(ordered) if ordered and fingerprint(article.text(ordered)) == entry.source.fingerprint else ()


def _exists(place: str, article: Article) -> bool:
    """Return whether every sentence that a place cites is there."""
    for part in place.split(";"):
        positions = article.cited(part)
        if not positions:
            return False
        if "sentence" in part and int(_NUMBER.findall(part)[-1]) > positions[-1].sentence:
            return False
    return True


def _is_named(document: str, _: Sequence[Entry], article: Article) -> bool:
    return document == article.document


def _is_dated(document: str, _: Sequence[Entry], article: Article) -> bool:
    return bool(article.title) and f"{document}, ".startswith(f"{article.title}, ")


def _is_held(_: str, cited: Sequence[Entry], article: Article) -> bool:
    states = [looked_up(entry, article).state for entry in cited if entry.source.fingerprint]
    held = sum(state in (State.HELD, State.MOVED) for state in states)
    return 0 < len(states) <= 2 * held
