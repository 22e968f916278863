"""Match the catalogue's questions to the passages that answer them: by the author's words, by cues and by meaning."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from faqbot.documents.article import Article
from faqbot.documents.blocks import Kind as Block
from faqbot.extraction import cues, headings
from faqbot.extraction.catalogue import STEPS, Catalogue
from faqbot.extraction.effects import effects
from faqbot.extraction.kinds import Kind
from faqbot.extraction.meaning import Meaning
from faqbot.extraction.passages import Passage
from faqbot.extraction.subject import Subject
from faqbot.knowledge.entries import Entry
from faqbot.search.index import UNINFORMATIVE_STEMS
from faqbot.text import stem, tokens

WHAT: Final = ("What is {procedure}?", "What does {procedure} offer?")
BENEFITS: Final = "What are the benefits of {procedure}?"
NEEDS: Final = "What do I need for {procedure}?"


# Of 82 questions about 25 leaflets without headings whose best passage has log-odds of 0 or more that passage is right
# for 83 %, from -2 on for 78 %, from 2 on for 87 %.
SURE: Final = 0.0  # log-odds from which a passage answers a question
POSSIBLE: Final = -3.0  # from which it may
ALONE: Final = 3.0  # from which it may answer one although no cue in it says so
CUE_WEIGHT: Final = 2.0  # of the support of cues: 0, 1 and 2 chose 71.5, 72.3 and 73.1 % right
# Of 310 questions about 37 leaflets without headings, the passage with the largest plain share of sentences with a cue
# is the right one for 65 %; with two more sentences that have none 70 %, and with its neighbours half as well, 74 %.
UNSEEN: Final = 2  # sentences without a cue that are added to each passage: one of one is no proof
BESIDE: Final = 0.5  # of a sentence of the passages beside it under the same heading
SHARED: Final = 2  # ways to ask a question that have a word in common, for it to say what is asked
# Such words that a passage has to have to come near a question, or else all of the question's own. By words, leaflets
# deny 1.5 % of what they answer; without the latter 2.5 %, and with any one of the words, half as many gaps again
# are open questions.
NEAR: Final = 2
# Of 262 questions about 75 such leaflets by words, the passage is the right one for 86 % where the support is .25 or
# more, for 70 % where it is less; on 38 of them, leaving out claims of less than .13 answers 41 % rightly and 7 %
# wrongly (all claims: 45 and 8; those of .2 and more: 36 and 4).
LEAST_CUED: Final = 0.13
HEADING_CUED: Final = 0.25
HEADING_CUED_PROCEDURE: Final = 0.2  # whose cues are surer: one in three sentences is enough
_BRACKETS: Final = re.compile(r" ?\([^()]{0,300}\)")
MOST_OPENING: Final = 4  # words of a first sentence that names its subject: "A vasectomy is …"
MOST_CUED: Final = 3  # passages with a cue that are read by meaning, too


@dataclass(frozen=True, slots=True)
class Claims:
    """Which passages answer which questions of a catalogue.

    Attributes:
        answered: the number of the passage that answers a question, by its key.
        headed: the keys that the passage's own question or heading asks; the others were found in its sentences.
        sure: the keys of the others that are sure enough to head their passage.
        possible: the number of a passage that may answer a question, by its key; nobody could say for sure.
    """

    answered: Mapping[str, int]
    headed: frozenset[str]
    sure: frozenset[str] = frozenset()
    possible: Mapping[str, int] = field(default_factory=dict)

    def keys_of(self, number: int) -> list[str]:
        """Return what a passage answers, what its heading asks first."""
        keys = [key for key, passage in self.answered.items() if passage == number]
        return sorted(keys, key=lambda key: key not in self.headed)


def claims(
    article: Article,
    texts: Sequence[Passage],
    catalogue: Catalogue,
    meaning: Meaning | None,
    progress: Callable[[int, int], object] | None = None,
) -> Claims:
    """Return which passages answer which of the catalogue's questions; each question at most one.

    Args:
        article: whose passages they are.
        texts: the passages.
        catalogue: the questions about what the article is about.
        meaning: judges by meaning; None goes by the author's headings and by cues.
        progress: is told how many of how many questions have been looked for.
    """
    subject = catalogue.subject
    answered: dict[str, int] = {}
    for number, passage in enumerate(texts):
        if key := _asked(passage, subject, catalogue):
            answered.setdefault(key, number)
    for key, number in chain(_lists(texts, catalogue), _opening(article, texts, subject, catalogue)):
        answered.setdefault(key, number)
    headed = frozenset(answered)
    patterns = cues.patterns(subject.mentions.pattern, catalogue.entries)
    said = [frozenset(map(stem, tokens(passage.answer))) for passage in texts]
    possible: dict[str, int] = {}
    sure: set[str] = set()
    for done, (key, entry) in enumerate(catalogue.entries.items()):
        if progress:
            progress(done, len(catalogue.entries))
        if key in answered:
            continue
        cued = [_cued(article, passage, patterns.get(key)) for passage in texts]
        if key == BENEFITS and not any(cued):
            cued = [sum(bool(effects(article.sentences[place])) for place in passage.positions) for passage in texts]
        support = _support(texts, cued)
        best, odds = _best(entry, support, meaning)
        least = SURE if best >= 0 and support[best] else ALONE
        opens = best >= 0 and subject.is_procedure and _opens(article, texts[best], patterns.get(key))
        if odds >= least and (meaning or subject.is_procedure or support[best] >= LEAST_CUED):
            answered[key] = best
            enough = HEADING_CUED_PROCEDURE if subject.is_procedure else HEADING_CUED
            sure |= {key} if meaning or opens or support[best] >= enough else set()
        elif (near := _near(entry, subject, said, best if odds >= POSSIBLE or any(support) else -1)) >= 0:
            possible[key] = near
    order = {key: n for n, key in enumerate(catalogue.entries)}
    return Claims(dict(sorted(answered.items(), key=lambda item: order[item[0]])), headed, frozenset(sure), possible)


def _best(entry: Entry, support: Sequence[float], meaning: Meaning | None) -> tuple[int, float]:
    """Return the passage that answers a question best, and the log-odds that it does; -1 where none may.

    Without the models, a cue is as sure as they are of what they are sure of.
    """
    cued = sorted((n for n, share in enumerate(support) if share), key=lambda n: -support[n])[:MOST_CUED]
    odds = meaning.log_odds(entry.forms, cued) if meaning else dict.fromkeys(cued, SURE)
    best = max(odds, key=lambda n: odds[n] + CUE_WEIGHT * support[n], default=-1)
    return best, odds.get(best, float("-inf"))


def _near(entry: Entry, subject: Subject, said: Sequence[frozenset[str]], best: int) -> int:
    """Return the passage that comes near a question, -1 where neither meaning nor words find one.

    Args:
        entry: the question.
        subject: of the article.
        said: the stems of each passage.
        best: what meaning or cues found, -1 for nothing.
    """
    if best >= 0:
        return best
    named = set(map(stem, chain.from_iterable(map(tokens, (subject.name, *subject.names)))))
    told = Counter(chain.from_iterable({*map(stem, tokens(form))} for form in entry.forms))
    telling = {one for one, forms in told.items() if forms >= SHARED} - named - UNINFORMATIVE_STEMS
    if not telling:  # "What is it?" is about nothing but the subject: its first passage says that, if any
        return 0 if said else -1
    own = telling.intersection(map(stem, tokens(entry.question)))
    shared = [telling & words for words in said]
    near = [n for n, words in enumerate(shared) if len(words) >= NEAR or (own and own <= words)]
    return max(near, key=lambda n: len(shared[n]), default=-1)


def _support(texts: Sequence[Passage], cued: Sequence[int]) -> list[float]:
    """Return the share of sentences with a cue in each passage and around it, 0 to 1; 0 where it has none itself.

    Args:
        texts: the passages.
        cued: how many sentences of each have a cue.
    """
    found = []
    for number, passage in enumerate(texts):
        beside = [n for n in (number - 1, number + 1) if 0 <= n < len(texts) and texts[n].heading == passage.heading]
        cues_ = cued[number] + BESIDE * sum(cued[n] for n in beside)
        sentences = UNSEEN + len(passage.positions) + BESIDE * sum(len(texts[n].positions) for n in beside)
        found.append(cues_ / sentences if cued[number] else 0.0)
    return found


def _lists(texts: Sequence[Passage], catalogue: Catalogue) -> Iterator[tuple[str, int]]:
    """Yield what the lists of a task answer where no heading says so: its steps, and what stands before them."""
    sequences = [n for n, passage in enumerate(texts) if passage.is_sequence]
    steps = max(sequences, key=lambda n: len(texts[n].positions), default=None)
    if STEPS in catalogue.entries and steps is not None:
        yield STEPS, steps
        needs = max(
            (n for n, passage in enumerate(texts[:steps]) if passage.kind is Block.ITEM and not passage.is_sequence),
            key=lambda n: len(texts[n].positions), default=None,
        )  # fmt: skip
        if needs is not None:
            yield NEEDS, needs


def _opening(
    article: Article, texts: Sequence[Passage], subject: Subject, catalogue: Catalogue
) -> Iterator[tuple[str, int]]:
    """Yield that what stands before all headings says what the subject is, if its first words name that."""
    first = texts[0] if texts and not texts[0].question else None
    key = next((key for key in WHAT if key in catalogue.entries), "")
    if key and first and not first.heading and subject.kind is not Kind.PROCEDURE:
        named = {stem(word) for name in (subject.name, *subject.names) for word in tokens(name)}
        said = tokens(article.sentences[first.positions[0]])
        if named & set(map(stem, said if subject.kind is Kind.CONDITION else said[:MOST_OPENING])):
            yield key, 0


def _asked(passage: Passage, subject: Subject, catalogue: Catalogue) -> str:
    """Return the key of the catalogue's question that a passage's own question, heading or lead-in asks, or ""."""
    heading = passage.question or passage.run_in or (passage.heading if passage.opens else "")
    named = "" if passage.question else headings.by_heading(heading, catalogue.entries, subject)
    question = passage.question or headings.led(passage.lead, subject) or headings.asked(heading, subject)
    known = named or (catalogue.recognise(question) if question else "")
    return known or (headings.by_heading(passage.question, catalogue.entries, subject) if passage.question else "")


def _cued(article: Article, passage: Passage, pattern: re.Pattern[str] | None) -> int:
    """Return how many sentences of a passage a cue finds; what stands in brackets is no answer."""
    said = (_BRACKETS.sub("", article.sentences[position].lower()) for position in passage.positions)
    return sum(bool(pattern.search(sentence)) for sentence in said) if pattern else 0


def _opens(article: Article, passage: Passage, pattern: re.Pattern[str] | None) -> bool:
    """Return whether a cue finds the first sentence of a passage, which says what it is about."""
    first = _BRACKETS.sub("", article.sentences[passage.positions[0]].lower())
    return bool(pattern and pattern.search(first))
