"""What is computed once per knowledge base; immutable afterwards, and shared by threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

from faqbot.bm25 import Bm25
from faqbot.encoders import Encoder
from faqbot.entries import Entry, KnowledgeBase
from faqbot.kernels import Kernel, TfIdf
from faqbot.questions import Question, Reader
from faqbot.sparse import Array
from faqbot.text import FUNCTION_WORDS, QUESTION_WORDS, asking, character_grams, stem, word_grams
from faqbot.vectors import Vectors

FUNCTION_STEMS: Final = frozenset(map(stem, FUNCTION_WORDS))
# How often the words of an entry's own question count beside those of a phrasing and of the answer: 1 and 2 measured .5
# and .3 points of hit1 less on nine sets, most of it where answers are long.
OWN_QUESTION: Final = 3
UNINFORMATIVE_STEMS: Final = FUNCTION_STEMS | frozenset(map(stem, QUESTION_WORDS))


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The entries in the forms that matching reads.

    Attributes:
        entries: E of them.
        owners: shape (P,): the entry of each phrasing, ascending; those of one entry stand side by side.
        firsts: shape (E,): each entry's first phrasing.
        asked: P of them: how each phrasing asks.
        kernels: similarities between a question and the phrasings, by words and characters.
        vectors: the same by an encoder's vectors, and those of whole entries, where there is an encoder.
        bm25: over each entry's question, phrasings and answer.
        reader: reads a text as a question of this knowledge base.
        subjects: each procedure, where there are several, to the entries that are about it or none: shape (E,), bool.
    """

    entries: tuple[Entry, ...]
    owners: Array
    firsts: Array
    asked: tuple[str, ...]
    kernels: tuple[Kernel, ...]
    vectors: Vectors | None
    bm25: Bm25
    reader: Reader
    subjects: Mapping[str, Array]
    _verbatim: Mapping[tuple[str, ...], tuple[int, ...]]

    @classmethod
    def build(cls, knowledge: KnowledgeBase, encoder: Encoder | None = None, cache: Path | None = None) -> Index:
        """Compute the index of a knowledge base; `encoder` adds its vectors, which `cache` keeps between runs."""
        entries = tuple(knowledge.entries)
        reader = Reader.of(knowledge)
        forms = [[reader.phrasing(form) for form in dict.fromkeys(entry.forms)] for entry in entries]
        owners = np.repeat(np.arange(len(entries)), [len(group) for group in forms]).astype(np.int64)
        phrasings = [form for group in forms for form in group]
        kernels: tuple[Kernel, ...] = (
            TfIdf(phrasings, owners, lambda question: word_grams(question.stems)),
            TfIdf(phrasings, owners, lambda question: question.words, character_grams),
        )
        answers = [reader.phrasing(entry.answer).stems for entry in entries]
        texts = [
            [*group[0].stems * (OWN_QUESTION - 1), *chain.from_iterable(form.stems for form in group), *answer]
            for group, answer in zip(forms, answers, strict=True)
        ]
        verbatim: dict[tuple[str, ...], tuple[int, ...]] = {}
        for form, owner in zip(phrasings, owners.tolist(), strict=True):
            verbatim[form.words] = (*verbatim.get(form.words, ()), owner)
        return cls(
            entries=entries,
            owners=owners,
            firsts=np.searchsorted(owners, np.arange(len(entries))),
            asked=tuple(asking(form.words) for form in phrasings),
            kernels=kernels,
            vectors=None if encoder is None or not entries else _vectors(encoder, knowledge, cache),
            bm25=Bm25(texts, FUNCTION_STEMS),
            reader=reader,
            subjects={
                names[0]: np.array([entry.subject in ("", names[0]) for entry in entries])
                for names in knowledge.subjects
            },
            _verbatim=verbatim,
        )

    def phrasing(self, number: int) -> tuple[Entry, str]:
        """Return the entry that holds the phrasing of this number, and the phrasing as its author wrote it."""
        owner = int(self.owners[number])
        entry = self.entries[owner]
        return entry, tuple(dict.fromkeys(entry.forms))[number - int(self.firsts[owner])]

    def verbatim(self, question: Question) -> tuple[int, ...]:
        """Return the numbers of the entries that hold a phrasing of exactly the question's words."""
        return self._verbatim.get(question.words, ())


def _vectors(encoder: Encoder, knowledge: KnowledgeBase, cache: Path | None) -> Vectors:
    phrasings = [form for entry in knowledge.entries for form in dict.fromkeys(entry.forms)]
    whole = [f"{entry.question} {entry.answer}" for entry in knowledge.entries]
    return Vectors(encoder, phrasings, whole, names=knowledge.all_names, cache=cache)
