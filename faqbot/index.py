"""What is computed once per knowledge base; immutable afterwards, and shared by threads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np

from faqbot.bm25 import Bm25
from faqbot.entries import Entry, KnowledgeBase
from faqbot.kernels import Encoder, Kernel, TfIdf, Vectors
from faqbot.sparse import Array
from faqbot.spelling import Correction, Speller
from faqbot.text import FUNCTION_WORDS, Synonyms, character_grams, stem, tokens, word_grams

LIGHT_STEMS: Final = frozenset(map(stem, FUNCTION_WORDS))


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the index reads it.

    Attributes:
        text: as it was asked.
        words: spelling corrected, names and synonyms replaced.
        corrections: what was read differently from how it was written.
    """

    text: str
    words: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def stems(self) -> tuple[str, ...]:
        """Return the stem of each word."""
        return tuple(map(stem, self.words))


@dataclass(frozen=True, slots=True)
class Index:
    """The entries in the forms that matching reads.

    Attributes:
        entries: E of them.
        phrasings: P texts, those of one entry side by side.
        owners: shape (P,): the entry of each phrasing, ascending.
        firsts: shape (E,): each entry's first phrasing.
        kernels: similarities between a question and the phrasings.
        whole: BM25 over each entry's whole text.
    """

    entries: tuple[Entry, ...]
    phrasings: tuple[str, ...]
    owners: Array
    firsts: Array
    kernels: tuple[Kernel, ...]
    whole: Bm25
    _verbatim: Mapping[tuple[str, ...], list[int]]
    _speller: Speller
    _synonyms: Synonyms

    @classmethod
    def build(cls, knowledge: KnowledgeBase, encoder: Encoder | None = None) -> Index:
        """Compute the index of a knowledge base; `encoder` adds its vectors as one more kernel."""
        entries = tuple(knowledge.entries)
        synonyms = Synonyms(knowledge.groups, knowledge.all_names)
        forms = [tuple(dict.fromkeys(entry.forms)) for entry in entries]
        owners = np.repeat(np.arange(len(entries)), [len(group) for group in forms]).astype(np.int64)
        phrasings = tuple(form for group in forms for form in group)
        # A subject tells the procedures of a merged knowledge base apart: each phrasing is about its entry's.
        written = [
            tokens(f"{form} {entries[owner].subject}") for form, owner in zip(phrasings, owners.tolist(), strict=True)
        ]
        answers = [tokens(entry.answer) for entry in entries]
        named = map(tokens, chain(knowledge.all_names, *knowledge.groups))
        asked = [synonyms.apply(words) for words in written]
        whole = [[stem(word) for word in synonyms.apply(words)] for words in answers]
        verbatim: dict[tuple[str, ...], list[int]] = {}
        for words, owner in zip(asked, owners.tolist(), strict=True):
            whole[owner].extend(map(stem, words))
            verbatim.setdefault(words, []).append(owner)
        kernels: list[Kernel] = [TfIdf(asked, owners, word_grams), TfIdf(asked, owners, character_grams)]
        if encoder is not None and asked:
            kernels.append(Vectors(encoder, asked))
        return cls(
            entries=entries,
            phrasings=phrasings,
            owners=owners,
            firsts=np.searchsorted(owners, np.arange(len(entries))),
            kernels=tuple(kernels),
            whole=Bm25(whole, LIGHT_STEMS),
            _verbatim=verbatim,
            _speller=Speller(Counter(chain.from_iterable(chain(written, answers, named)))),
            _synonyms=synonyms,
        )

    def verbatim(self, words: tuple[str, ...]) -> list[int]:
        """Return the entries that hold a phrasing of exactly these words."""
        return self._verbatim.get(words, [])

    def read(self, text: str) -> Question:
        """Return the question that `text` asks of this knowledge base."""
        words, corrections = self._speller.correct(tokens(text))
        return Question(text, self._synonyms.apply(words), corrections)
