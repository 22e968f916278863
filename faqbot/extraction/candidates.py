"""Questions for an article's sentences, by an ordered chain of rules: entries in the making.

First what the article asks itself, and what its lists are about; then the catalogue's questions about a procedure and
the procedure's effects, one thing at a time; then questions from the grammar of sentences, and plain headings for the
rest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from faqbot.documents.article import Article, Paragraph, Position
from faqbot.extraction.coreference import resolved
from faqbot.extraction.grammar import questions as asking
from faqbot.extraction.grammar.keywords import Headings, keywords
from faqbot.extraction.grammar.usage import Usage
from faqbot.extraction.passages import MOST_WORDS, Group
from faqbot.extraction.subject import Subject
from faqbot.text import tokens

SHORT_ARTICLE: Final = 5  # sentences: its title heads what nothing else does
MOST_QUESTIONS: Final = 5  # of grammar, for one entry
_GENERIC: Final = re.compile(r"\b(?:the|this) (?:procedure|treatment|therapy|operation)\b(?! \w+ing\b)")
_NUMBERING: Final = re.compile(r"^(?:\d{1,2}[.):]|[a-z]\)) *", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry in the making.

    Attributes:
        question: as it will be asked.
        positions: the sentences that answer it.
        phrasings: other ways to ask it.
        topic: what it is about.
        answer: where it is not simply the sentences joined.
        told: the sentence that the question was found for, where it was found for one.
    """

    question: str
    positions: tuple[Position, ...]
    phrasings: tuple[str, ...] = ()
    topic: str = ""
    answer: str = ""
    told: Position | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules know of the whole article."""

    article: Article
    subject: Subject
    usage: Usage
    headings: Headings
    resolved: Mapping[Position, str]

    @classmethod
    def of(cls, article: Article, subject: Subject) -> Context:
        """Return the context of an article."""
        sentences = tuple(article.sentences.values())
        name = subject.phrase if subject.is_procedure else subject.name
        return cls(article, subject, Usage(sentences), Headings(sentences), resolved(article, name))

    def named(self, question: str) -> str:
        """Return a question with the procedure's name for "the procedure"."""
        return _GENERIC.sub(self.subject.phrase, question) if self.subject.is_procedure else question

    def keywords(self, positions: Sequence[Position]) -> tuple[str, ...]:
        """Return the keywords of sentences, in pieces."""
        return tuple(piece for position in positions for piece in keywords(self.article.sentences[position]))

    def questions(self, positions: Sequence[Position]) -> list[str]:
        """Return the questions that the grammar of sentences gives."""
        said = [self.resolved.get(position, self.article.sentences[position]) for position in positions]
        return [self.named(question) for sentence in said for question in asking.questions(sentence, self.usage)]


def topic_of(paragraph: Paragraph, question: str = "") -> str:
    """Return the nearest heading of a paragraph that is no question, without its number."""
    plain = (h for h in reversed(paragraph.headings) if h != question and not h.endswith("?"))
    return next((_NUMBERING.sub("", heading).rstrip(":") for heading in plain), "")


def remaining(
    context: Context, groups: Sequence[Group], found: Sequence[Candidate], covered: frozenset[Position]
) -> list[Candidate]:
    """Return `found`, and entries for the sentences that it has no question for: from grammar, or plain headings.

    What people type who type keywords is added to the first entry of each sentence. A sentence that stands in another
    answer already (`covered`) needs no heading of its own.
    """
    made = list(found)
    first = {candidate.told: number for number, candidate in reversed(list(enumerate(made)))}
    used = {candidate.question.casefold() for candidate in made}
    for group in groups:
        told = [position for position in group.positions if position in first]
        for position in told:
            owner = made[first[position]]
            more = (*context.questions([position])[:MOST_QUESTIONS], *context.keywords([position]))
            made[first[position]] = replace(owner, phrasings=(*owner.phrasings, *more))
        rest = [position for position in group.positions if position not in first]
        alone = not told and not covered.intersection(rest)
        candidate = _untold(context, group, rest, alone=alone, used=used)
        if candidate:
            used.add(candidate.question.casefold())
            made.append(candidate)
        elif alone and made and _goes_on(context, made[-1], group):
            last = made[-1]
            more = (*last.phrasings, *context.keywords(rest))
            made[-1] = replace(last, positions=(*last.positions, *group.positions), phrasings=more)
    return made


def _goes_on(context: Context, last: Candidate, group: Group) -> bool:
    """Return whether sentences that nothing asks for can be told with the ones before them."""
    follows = last.positions[-1] == replace(group.positions[0], sentence=group.positions[0].sentence - 1)
    size = len(context.article.text((*last.positions, *group.positions)).split())
    return follows and not last.answer and size <= MOST_WORDS


def _untold(
    context: Context, group: Group, rest: Sequence[Position], *, alone: bool, used: set[str]
) -> Candidate | None:
    """Return an entry for sentences that belong together; unless they are `alone`, only a question will do."""
    asked = [question for question in context.questions(rest) if question.casefold() not in used]
    topic = topic_of(group.paragraph)
    if not asked and alone:
        asked = [h for h in _headings(context, group, topic) if h.casefold() not in used][:1]
    if rest and asked:
        return Candidate(asked[0], group.positions, (*asked[1:MOST_QUESTIONS], *context.keywords(rest)), topic)
    return None


def _small(phrase: str) -> str:
    return phrase if phrase[1:2].isupper() else f"{phrase[0].lower()}{phrase[1:]}"


def _headings(context: Context, group: Group, topic: str) -> list[str]:
    """Return plain headings for a group, best first: a phrase of several words, or two names."""
    name = frozenset(tokens(context.subject.name))
    phrases = [p for p in context.headings.candidates(group.sentences) if not name.issuperset(tokens(p))]
    names = [phrase for phrase in phrases if all(word[:1].isupper() for word in phrase.split())]
    names = [name for name in names if not context.usage.is_common(name.split()[0].lower())]
    pairs = [f"{one} and {other}" for one, other in pairwise(names[:3])]
    long = [phrase for phrase in phrases if len(phrase.split()) > 1]
    single = [phrase for phrase in phrases if len(phrase.split()) == 1]
    kept = [p for p in single if context.usage.is_frequent(p.lower()) or p[:1].isupper()]
    alone = [f"{topic}: {_small(phrase)}" for phrase in single if topic] or kept
    short = len(context.article.sentences) <= SHORT_ARTICLE and context.article.title
    last = [context.article.title] if short else []
    ranked = dict.fromkeys([*long[:1], *pairs[:1], *long[1:], *alone, *last])
    return [f"{text[0].upper()}{text[1:]}" for text in ranked]
