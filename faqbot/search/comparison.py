"""How like a question the phrasings of a knowledge base are: computed once for both stages of the matching."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from faqbot.search import tfidf
from faqbot.search.arrays import Array
from faqbot.search.index import Candidates, Index
from faqbot.search.question import Question


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A question beside the phrasings of the entries that it is compared with, P of them.

    Attributes:
        index: of the knowledge base.
        question: as it was read.
        candidates: the entries.
        lexical: shape (P,): the mean of the index's kernels, 0 to 1.
    """

    index: Index
    question: Question
    candidates: Candidates
    lexical: Array

    @classmethod
    def of(cls, index: Index, question: Question) -> Comparison:
        """Compare a question with the entries that its words speak for."""
        return cls._over(index, question, index.candidates(question))

    def widened(self) -> Comparison:
        """Return it with the entries that the question's vector speaks for; itself where they are there already."""
        wider = self.index.widened(self.candidates, self.question)
        return self if wider is self.candidates else self._over(self.index, self.question, wider)

    @classmethod
    def _over(cls, index: Index, question: Question, candidates: Candidates) -> Comparison:
        measured = [kernel.similarities(question, candidates.phrasings) for kernel in index.kernels]
        return cls(index, question, candidates, np.asarray(sum(measured) / len(measured)))

    def similarities(self, share: float) -> Array:
        """Return how like the question each phrasing is, 0 to 1: `share` of it by vectors."""
        if not share or self.index.vectors is None:
            return self.lexical
        return _mixed(self.lexical, self.index.vectors.similarities(self.question, self.candidates.phrasings), share)

    def gram(self, places: Array, share: float) -> Array:
        """Return how like each other some of the phrasings are, by their places among the candidates: shape (C, C)."""
        phrasings = self.candidates.phrasings[places]
        lexical = tfidf.gram([kernel.features(phrasings) for kernel in self.index.kernels])
        if not share or self.index.vectors is None:
            return lexical
        return _mixed(lexical, self.index.vectors.gram(phrasings), share)


def _mixed(lexical: Array, vectors: Array, share: float) -> Array:
    return np.asarray((1 - share) * lexical + share * vectors)
