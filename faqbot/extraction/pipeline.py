"""Turn an article into a draft knowledge base: passages, the questions that they answer, gaps, and a report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from typing import Final

from faqbot.documents import reader
from faqbot.documents.article import Article, Position, fingerprint
from faqbot.errors import ArticleError
from faqbot.extraction import catalogue as catalogues
from faqbot.extraction import headings, several, topics
from faqbot.extraction.catalogue import NO_GAPS, Catalogue
from faqbot.extraction.claims import Claims, claims
from faqbot.extraction.cohesion import content_stems
from faqbot.extraction.gates import Gates
from faqbot.extraction.grammar.wellformed import is_well_formed
from faqbot.extraction.meaning import Meaning
from faqbot.extraction.passages import Passage, passages
from faqbot.extraction.sentences import Sentences
from faqbot.extraction.subject import Subject, of
from faqbot.knowledge.entries import Entry, KnowledgeBase, Source, slug
from faqbot.text import tokens

_FILE_NAME: Final = re.compile(r"[^\s<>]{1,300}\.(?:txt|md|markdown|html?|pdf|docx)", re.IGNORECASE)
NOTHING: Final = "nothing in it answers a question: an article has whole sentences, in English"
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
FEWEST_WORDS: Final = 5  # of the longest answer: less is no article
MOST_SENTENCES: Final = 20_000  # about 1,000 pages: half an hour's work
MOST_PHRASINGS: Final = 40  # of one extracted entry


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of an article.

    Attributes:
        knowledge: the draft.
        article: what it was made from.
        used: the sentences that stand in an answer.
        left_out: the others, in reading order.
        answered: the catalogue's questions that the article answers; () where it has no catalogue.
        missing: those it does not, which became gaps.
        possible: those that a passage may answer, each with the id of its entry: for a person to decide.
        several: the things that it is about, where it is about several; no catalogue is held against it then.
    """

    knowledge: KnowledgeBase
    article: Article
    used: frozenset[Position]
    left_out: tuple[Position, ...]
    answered: tuple[str, ...]
    missing: tuple[str, ...]
    possible: tuple[tuple[str, str], ...] = ()
    several: tuple[str, ...] = ()


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


def extract(
    article: Article,
    procedure: str = "",
    *,
    by_meaning: bool = True,
    progress: Callable[[int, int], object] | None = None,
) -> Extraction:
    """Return what an article holds, as a draft for a person to review.

    Args:
        article: what the draft is made from.
        procedure: what it is about, where a person says so; else that is found out.
        by_meaning: whether to use the models of the extra `semantic`, where it is installed.
        progress: is told how many of how many questions of the catalogue have been looked for.

    Raises:
        ArticleError: nothing in it can be asked for.
    """
    if len(article.sentences) > MOST_SENTENCES:
        many = f"it has {len(article.sentences):,} sentences, and at most {MOST_SENTENCES:,} are read"
        raise ArticleError(f"{many}: divide it into several articles")
    subject = of(article, procedure)
    if things := several.things(article, subject):
        subject = Subject("")
    texts = _distinct(passages(article))
    catalogue = Catalogue.about(subject)
    said = [[article.sentences[position] for position in passage.positions] for passage in texts]
    judged = by_meaning and catalogue.entries and not subject.is_procedure  # a procedure's cues are surer than models
    judge = Meaning.installed(said, [passage.answer for passage in texts]) if judged else None
    found = claims(article, texts, catalogue, judge, progress)
    sentences = Sentences.of(article, subject)
    asked = [_Asked.of(passage, number, catalogue, found, sentences) for number, passage in enumerate(texts)]
    made = _entries(article, texts, subject, asked)
    if not any(len(_WORD.findall(entry.answer)) >= FEWEST_WORDS for entry in made):
        raise ArticleError(NOTHING)
    ids = {entry.id for entry in made}
    gaps = [
        replace(gap, draft=True, next=(made[found.possible[key]].id,) if key in found.possible else ())
        for key, gap in catalogue.entries.items()
        if key not in found.answered and gap.id not in ids and (key in found.possible or key not in NO_GAPS)
    ]
    knowledge = KnowledgeBase(
        [*made, *gaps],
        title=article.title or (f"Questions about {subject.name}" if subject.name else "Questions"),
        procedure=subject.name if subject.kind else "",
        names=subject.names if subject.kind else (),
        source=article.document,
        groups=catalogues.read(subject.kind).groups if catalogue.entries else (),
    )
    used = frozenset(position for passage in texts for position in passage.positions)
    return Extraction(
        knowledge=knowledge,
        article=article,
        used=used,
        left_out=tuple(position for position in article.sentences if position not in used),
        answered=tuple(entry.question for key, entry in catalogue.entries.items() if key in found.answered),
        missing=tuple(gap.question for gap in gaps if not gap.is_open),
        possible=tuple((catalogue.entries[key].question, made[number].id) for key, number in found.possible.items()),
        several=things,
    )


def _distinct(texts: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return the passages without those that say what an earlier one says: pages repeat themselves."""
    return tuple({tokens(passage.answer): passage for passage in reversed(list(texts))}.values())[::-1]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The questions that a passage answers.

    Attributes:
        own: those of its author, in so many words or as its heading.
        sure: those that may head its entry, the surest first.
        others: other ways to ask for it.
        made: those of them that were made of its sentences.
    """

    own: tuple[str, ...]
    sure: tuple[str, ...]
    others: tuple[str, ...]
    made: frozenset[str]

    @classmethod
    def of(cls, passage: Passage, number: int, catalogue: Catalogue, found: Claims, sentences: Sentences) -> _Asked:
        """Return the questions of a passage.

        Where its section's heading says what it is about, only a question that shares a word with that heads it.
        """
        keys, entries, subject = found.keys_of(number), catalogue.entries, catalogue.subject
        opening, later = sentences.questions(passage)
        heading = passage.run_in or (passage.heading if passage.opens else "")
        asks = passage.question.capitalize() if passage.question.isupper() else passage.question
        made = headings.led(passage.lead, subject) or headings.asked(heading, subject)
        own = tuple(filter(None, (asks, made if is_well_formed(made) else "")))
        headed = [entries[key].question for key in keys if key in found.headed]
        cued = [entries[key] for key in keys if key in found.sure]
        if headings.is_telling(heading, subject):
            said = content_stems(heading) - content_stems(" ".join((subject.name, *subject.names)))
            cued = [entry for entry in cued if said & content_stems(" ".join(entry.forms))]
            opening, later = [form for form in opening if said & content_stems(form)], [*opening, *later]
        forms = [form for key in keys for form in entries[key].forms]
        sure = (*own[:1], *headed, *own[1:], *(entry.question for entry in cued), *opening)
        return cls(own, sure, (*forms, *later), frozenset((*opening, *later)))


def _entries(article: Article, texts: Sequence[Passage], subject: Subject, asked: Sequence[_Asked]) -> list[Entry]:
    """Return an entry a passage; no two have a form in common, or an id."""
    topic = topics.Topics(article, subject)
    gates = Gates(texts, subject)

    def passes(form: str, forms: _Asked, number: int) -> bool:
        is_sound = form not in forms.made or not form.endswith("?") or is_well_formed(form)
        leads = form not in forms.made or gates.leads_to(form, number)
        return form in forms.own or (is_sound and leads and gates.presupposes(form, number))

    own = [{tokens(form) for form in forms.own} for forms in asked]
    reserved = set().union(*own)  # what a passage is headed by is no other wording of another
    taken: set[tuple[str, ...]] = set()
    ids: set[str] = set()
    made = []
    for number, (passage, forms) in enumerate(zip(texts, asked, strict=True)):
        others = (reserved - own[number]) | taken | {()}
        free = {
            tokens(form): form for form in reversed((*forms.sure, *forms.others))
            if tokens(form) not in others and passes(form, forms, number)
        }  # fmt: skip
        sure = [form for form in forms.sure if free.get(tokens(form)) == form]
        titles = chain(
            sure,
            topic.headings(passage, is_first=not number),
            (f"{_untitled(article)}, part {n}" for n in count(number + 1)),
        )
        question = next(form for form in titles if slug(form) not in ids)
        ids.add(slug(question))
        rest = [form for form in reversed(free.values()) if tokens(form) != tokens(question)][:MOST_PHRASINGS]
        taken |= {tokens(question), *map(tokens, rest)}
        made.append(_entry(article, passage, question, rest))
    return made


def _untitled(article: Article) -> str:
    return article.title or "Text"


def _entry(article: Article, passage: Passage, question: str, phrasings: Iterable[str]) -> Entry:
    said = article.text(passage.positions)
    return Entry(
        question=question,
        answer=passage.answer,
        phrasings=tuple(phrasings),
        topic="" if passage.heading == question else passage.heading,
        source=Source(article.document, article.place(passage.positions), fingerprint(said)),
        draft=True,
    )
