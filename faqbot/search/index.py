"""What is computed once per knowledge base; immutable afterwards, and shared by threads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.search.arrays import Array, distinct, lookup, spans
from faqbot.search.bm25 import Bm25
from faqbot.search.compounds import Compounds
from faqbot.search.encoder import Encoder
from faqbot.search.question import Question, Reader, Terms
from faqbot.search.sentences import sentences
from faqbot.search.spelling import Speller
from faqbot.search.tfidf import CharacterKernel, Kernel, WordKernel
from faqbot.search.vectors import Vectors
from faqbot.search.vocabulary import Collector, Copies, Numbers, Tally, Texts, Vocabulary
from faqbot.text import FUNCTION_WORDS, QUESTION_WORDS, asking, stem, tokens

FUNCTION_STEMS: Final = frozenset(map(stem, FUNCTION_WORDS))
UNINFORMATIVE_STEMS: Final = FUNCTION_STEMS | frozenset(map(stem, QUESTION_WORDS))
# Phrasings up to which a question is compared with every one of them; more, and only with those of the entries that
# share the most with it: an entry that shares no word with it is then not found, however alike words may be spelt.
ALL_COMPARED: Final = 2000
# Entries that BM25 puts forward. With 128 and 200 the confidence of some questions about a knowledge base of 2,200
# phrasings was up to .05 and .02 off, with 300 and 500 that of none that shares a word with it; 300 takes 5 % longer.
SHORTLISTED: Final = 300
# Phrasings up to which vectors are made, some 500 a second; a larger knowledge base is matched by words alone.
MOST_VECTORS: Final = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """The entries that a question is compared with, and their phrasings.

    Attributes:
        entries: C numbers, ascending.
        phrasings: numbers of all their phrasings, ascending.
        owners: the place of each phrasing's entry in `entries`.
        firsts: shape (C,): the place of each entry's first phrasing in `phrasings`.
        copies: the places of the entries that hold the question word for word.
        whole: the BM25 score of each entry, shape (C,).
    """

    entries: Array
    phrasings: Array
    owners: Array
    firsts: Array
    copies: Array
    whole: Array


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The entries in the forms that matching reads.

    Attributes:
        entries: E of them.
        forms: their phrasings, P of them; those of one entry stand side by side.
        firsts: shape (E + 1,): each entry's first phrasing, and at last P.
        copies: finds phrasings word for word.
        vocabulary: all words.
        kernels: similarities between a question and the phrasings, by words and characters.
        vectors: the same by an encoder's vectors, and those of whole entries, where there is an encoder.
        bm25: over each entry's question, phrasings and answer.
        reader: reads a text as a question of this knowledge base.
        subjects: each procedure, where there are several, to the entries that are about it or none: shape (E,), bool.
        answers: the number of entries that are no gaps.
    """

    entries: Sequence[Entry]
    forms: Texts
    firsts: Array
    copies: Copies
    vocabulary: Vocabulary
    kernels: tuple[Kernel, ...]
    vectors: Vectors | None
    bm25: Bm25
    reader: Reader
    subjects: Mapping[str, Array]
    answers: int

    @classmethod
    def build(cls, knowledge: KnowledgeBase) -> Index:
        """Compute the index of a knowledge base, by words."""
        entries = knowledge.entries
        terms = Terms.of(knowledge)
        numbers = Numbers()
        said, forms, answers = Tally(numbers), Collector(numbers), Collector(numbers)
        firsts = np.zeros(len(entries) + 1, np.int32)
        for place, entry in enumerate(entries):
            written = {form: tokens(form) for form in entry.forms}
            for form in entry.forms:
                said.add(written[form])
            for words in written.values():
                forms.add(terms.read(words))
            firsts[place + 1] = firsts[place] + len(written)
            answered = tokens(entry.answer)
            said.add(answered)
            answers.add(terms.read(answered))
        for text in chain(knowledge.all_names, *knowledge.groups):
            said.add(tokens(text))
        vocabulary, renumbered = Vocabulary.of(numbers, said.counts())
        phrasings = forms.texts(renumbered)
        owners = np.repeat(np.arange(len(entries), dtype=np.int32), np.diff(firsts))
        starts = firsts[:-1]
        by_words = WordKernel.of(vocabulary, phrasings, owners, starts)
        return cls(
            entries=entries,
            forms=phrasings,
            firsts=firsts,
            copies=Copies.of(phrasings),
            vocabulary=vocabulary,
            kernels=(
                by_words,
                CharacterKernel.of(vocabulary.words, phrasings, owners, starts),
            ),
            vectors=None,
            bm25=Bm25.of(vocabulary, phrasings, starts, answers.texts(renumbered), FUNCTION_STEMS),
            reader=Reader(Speller.of(vocabulary), Compounds(vocabulary, by_words.has_pair), terms),
            subjects={
                names[0]: np.array([entry.subject in ("", names[0]) for entry in entries])
                for names in knowledge.subjects
            },
            answers=sum(not entry.is_gap for entry in entries),
        )

    def with_vectors(self, encoder: Encoder | None, names: Sequence[str] = (), cache: Path | None = None) -> Index:
        """Return the same index with the vectors of an encoder, unless it has more than MOST_VECTORS phrasings.

        Args:
            encoder: makes them.
            names: of what the knowledge base is about.
            cache: the folder where they are kept between runs.
        """
        if encoder is None or not 0 < len(self.forms) <= MOST_VECTORS:
            return self
        return replace(self, vectors=Vectors(encoder, self._texts, names=names, cache=cache))

    def _texts(self) -> tuple[list[str], list[list[str]]]:
        phrasings = [form for entry in self.entries for form in dict.fromkeys(entry.forms)]
        return phrasings, [[f"{entry.question} {entry.answer}", *sentences(entry)] for entry in self.entries]

    def candidates(self, question: Question) -> Candidates:
        """Return the entries that the words of a question speak for most; all where there are not many."""
        if len(self.forms) <= ALL_COMPARED:
            return self.everything(question)
        copies = self.verbatim(question)
        telling = [stem for stem in question.stems if stem not in UNINFORMATIVE_STEMS]
        entries, whole = self.bm25.best(question.stems, telling or question.stems, SHORTLISTED)
        if not lookup(entries, copies)[1].all():
            entries = distinct(np.concatenate((entries, copies)))
            whole = self.bm25.scores(question.stems, entries)
        return self._candidates(entries, whole, copies)

    def everything(self, question: Question) -> Candidates:
        """Return all entries."""
        return self._candidates(np.arange(len(self.entries)), self.bm25.scores(question.stems), self.verbatim(question))

    def _candidates(self, entries: Array, whole: Array, copies: Array) -> Candidates:
        starts, ends = self.firsts[entries], self.firsts[entries + 1]
        lengths = ends - starts
        owners = np.repeat(np.arange(len(entries)), lengths)
        held, _ = lookup(entries, copies)
        return Candidates(entries, spans(starts, ends), owners, np.cumsum(lengths) - lengths, held, whole)

    def widened(self, candidates: Candidates, question: Question) -> Candidates:
        """Return these with the SHORTLISTED entries added that the vector of a question speaks for most."""
        if self.vectors is None or len(candidates.entries) == len(self.entries):
            return candidates
        if len(self.entries) <= SHORTLISTED:
            return self.everything(question)
        entries = np.arange(len(self.entries))
        like = self.vectors.of_entries(question, entries)
        nearest = np.maximum.reduceat(self.vectors.similarities(question, np.arange(len(self.forms))), self.firsts[:-1])
        near = np.argpartition(-np.maximum(like, nearest), SHORTLISTED)[:SHORTLISTED]
        wanted = distinct(np.concatenate((candidates.entries, near)))
        copies = candidates.entries[candidates.copies]
        return self._candidates(wanted, self.bm25.scores(question.stems, wanted), copies)

    def about(self, question: Question, entries: Array) -> Array:
        """Return which of these entries can answer a question that names procedures, if it names any: shape (C,)."""
        about = [self.subjects[subject][entries] for subject in question.subjects]
        return np.any(about, axis=0) if about else np.ones(len(entries), bool)

    def phrasing(self, number: int) -> tuple[Entry, str]:
        """Return the entry that holds the phrasing of this number, and the phrasing as its author wrote it."""
        owner = self.owner(number)
        entry = self.entries[owner]
        return entry, tuple(dict.fromkeys(entry.forms))[number - int(self.firsts[owner])]

    def owner(self, phrasing: int) -> int:
        """Return the number of the entry that holds a phrasing."""
        return int(np.searchsorted(self.firsts, phrasing, "right")) - 1

    def asked(self, phrasing: int) -> str:
        """Return how a phrasing asks."""
        words, _ = self.forms.between(phrasing, phrasing + 1)
        return asking([self.vocabulary.words[number] for number in words.tolist()])

    def verbatim(self, question: Question) -> Array:
        """Return the numbers of the entries that hold a phrasing of exactly the question's words, ascending."""
        words = [self.vocabulary.word(word) for word in question.words]
        found = [] if None in words else self.copies.find(self.forms, np.array(words, np.int32)).tolist()
        return np.array([self.owner(phrasing) for phrasing in found], np.int64)
