"""Turning an article into a draft knowledge base: candidates, the gates they have to pass, gaps, and a report."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from faqbot.answering.reply import Status
from faqbot.bot import FaqBot
from faqbot.documents import reader
from faqbot.documents.article import Article, Position, fingerprint
from faqbot.errors import ArticleError
from faqbot.extraction import catalogue, existing, passages, procedures
from faqbot.extraction.candidates import Candidate, Context, remaining
from faqbot.extraction.procedures import Asked
from faqbot.extraction.subject import of
from faqbot.knowledge.entries import Entry, KnowledgeBase, Source, slug
from faqbot.text import tokens

_FILE_NAME: Final = re.compile(r"[^\s<>]{1,300}\.(?:txt|md|markdown|html?|pdf|docx)", re.IGNORECASE)
NOTHING: Final = "nothing in it answers a question: an article has whole sentences, in English"
MOST_SENTENCES: Final = 20_000  # about 1,000 pages: half an hour's work
SHORT_ANSWER: Final = 60  # words: in a longer one, single sentences are asked for, too
MOST_PHRASINGS: Final = 40  # of one extracted entry


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of an article.

    Attributes:
        knowledge: the draft.
        article: what it was made from.
        used: the sentences that stand in an answer.
        left_out: the others, in reading order.
        answered: the catalogue's questions that the article answers; () where it is about no procedure.
        missing: those it does not, which became gaps.
    """

    knowledge: KnowledgeBase
    article: Article
    used: frozenset[Position]
    left_out: tuple[Position, ...]
    answered: tuple[str, ...]
    missing: tuple[str, ...]


def extract_faq(article: str | Path) -> KnowledgeBase:
    """Return the draft knowledge base that an article holds.

    Args:
        article: a path, or the text itself: plain text, Markdown or HTML.

    Raises:
        ArticleError: it cannot be read, or nothing in it can be asked for.
        ExtraMissingError: its format needs the extra `documents`.
        TypeError: neither a string nor a path.
        ValueError: a string that is the name of a file.
    """
    if not isinstance(article, str | Path):
        raise TypeError(f"an article is a string or a Path, not {type(article).__name__}")
    if isinstance(article, str) and _FILE_NAME.fullmatch(article.strip()):
        raise ValueError(f"{article.strip()!r} is the name of a file: pass it as a Path")
    document = reader.read(article) if isinstance(article, Path) else reader.parse(article)
    return extract(Article.of(document)).knowledge


def extract(article: Article, procedure: str = "") -> Extraction:
    """Return what an article holds, as a draft for a person to review.

    Args:
        article: what the draft is made from.
        procedure: what it is about, where a person says so; else that is found out.

    Raises:
        ArticleError: nothing in it can be asked for.
    """
    if len(article.sentences) > MOST_SENTENCES:
        many = f"it has {len(article.sentences):,} sentences, and at most {MOST_SENTENCES:,} are read"
        raise ArticleError(f"{many}: divide it into several articles")
    about = of(article, procedure)
    context = Context.of(article, about)
    asked = Asked.about(context) if about.is_procedure else None
    candidates, keys = _candidates(context, asked)
    made = [_entry(candidate, article, asked) for candidate in _distinct(candidates)]
    if not made:
        raise ArticleError(NOTHING)
    entries = asked.entries if asked else {}
    ids = {entry.id for entry in made}
    gaps = [replace(gap, draft=True) for key, gap in entries.items() if key not in keys and gap.id not in ids]
    knowledge = KnowledgeBase(
        [*made, *gaps],
        title=article.title or (f"Questions about {about.name}" if about.name else "Questions"),
        procedure=about.name if about.is_procedure else "",
        names=about.names if about.is_procedure else (),
        source=article.document,
        groups=catalogue.read().groups if about.is_procedure else (),
    )
    knowledge = _self_checked(knowledge)
    kept = {entry.id for entry in knowledge.entries if not entry.is_gap}
    if not kept:
        raise ArticleError(NOTHING)
    used = frozenset(position for entry in knowledge.entries for position in article.cited(entry.source.place))
    return Extraction(
        knowledge=knowledge,
        article=article,
        used=used,
        left_out=tuple(position for position in article.sentences if position not in used),
        answered=tuple(entry.question for key, entry in entries.items() if key in keys or entry.id in kept),
        missing=tuple(gap.question for gap in gaps),
    )


def _candidates(context: Context, asked: Asked | None) -> tuple[list[Candidate], set[str]]:
    """Return the entries in the making in the order of the article, and the catalogue's questions among them."""
    own = [*existing.own_questions(context), *existing.lists(context)]
    keys: set[str] = set()
    if asked:
        known = list(procedures.recognised(asked, own))
        own, keys = [candidate for candidate, _ in known], {key for _, key in known if key}
    covered = frozenset(position for candidate in own for position in candidate.positions)
    short = {
        position for candidate in own if len(context.article.text(candidate.positions).split()) <= SHORT_ANSWER
        for position in candidate.positions
    }  # fmt: skip
    if asked:
        brief = [c for c in own if short.issuperset(c.positions) or "\n- " in f"\n{c.answer}"]
        richer = dict(zip(map(id, brief), procedures.enriched(context, asked, brief, keys), strict=True))
        own = [richer.get(id(candidate), candidate) for candidate in own]
    few = passages.FEW_WORDS_OF_PROCEDURES if asked else passages.FEW_WORDS
    groups = [group for group in passages.groups(context.article, few) if not short.intersection(group.positions)]
    groups = [group for group in groups if not (covered.intersection(group.positions) and group.text[:1].islower())]
    told = procedures.told(context, asked, groups, keys) if asked else []
    made = [*own, *remaining(context, groups, told, covered)]
    made = list(procedures.known(asked, made, keys)) if asked else made
    return sorted(made, key=lambda candidate: candidate.positions[0]), keys


def _entry(candidate: Candidate, article: Article, asked: Asked | None) -> Entry:
    said = article.text(candidate.positions)
    phrasings = [form for form in dict.fromkeys(candidate.phrasings) if form]
    if asked:
        phrasings = procedures.fitting(asked, phrasings, candidate.answer or said)
    return Entry(
        question=candidate.question,
        answer=candidate.answer or said,
        phrasings=phrasings[:MOST_PHRASINGS],
        topic=candidate.topic,
        source=Source(article.document, article.place(candidate.positions), fingerprint(said)),
        draft=True,
    )


def _distinct(found: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates with those that ask the same joined, and no phrasing with two of them.

    Where two ask the same of different sentences, the second is asked by its next question; if it has none, the first
    answers with the sentences of both, unless one of them has an answer of its own form.
    """
    kept: dict[tuple[str, ...], Candidate] = {}
    for candidate in found:
        same = kept.get(tokens(candidate.question))
        others = (form for form in candidate.phrasings if form.endswith("?") and tokens(form) not in kept)
        question = next(others, None) if same else candidate.question
        if question and not (same and same.positions == candidate.positions):
            rest = tuple(form for form in (candidate.question, *candidate.phrasings) if form != question)
            kept[tokens(question)] = replace(candidate, question=question, phrasings=rest)
        elif same:
            merged = tuple(dict.fromkeys((*same.phrasings, *candidate.phrasings)))
            both = tuple(sorted({*same.positions, *candidate.positions}))
            positions = same.positions if same.answer or candidate.answer else both
            kept[tokens(candidate.question)] = replace(same, positions=positions, phrasings=merged)
    owners: set[tuple[str, ...]] = set(kept)
    result = []
    for candidate in kept.values():
        own = {tokens(candidate.question)}
        forms = []
        for form in candidate.phrasings:
            said = tokens(form)
            if said not in own and said not in owners:
                forms.append(form)
                own.add(said)
        owners |= own
        result.append(replace(candidate, phrasings=tuple(forms)))
    return list({slug(candidate.question): candidate for candidate in reversed(result)}.values())[::-1]


def _self_checked(knowledge: KnowledgeBase) -> KnowledgeBase:
    """Return the knowledge base without the entries that their own question does not find."""
    bot = FaqBot(knowledge, encoder=None)  # a draft must not depend on what is installed
    kept = []
    for entry in knowledge.entries:
        reply = bot.ask(entry.question)
        found = reply.entry is not None and (reply.entry.id == entry.id or reply.entry.answer == entry.answer)
        if entry.is_gap or (reply.status is Status.ANSWERED and found):
            kept.append(entry)
    return replace(knowledge, entries=tuple(kept))
