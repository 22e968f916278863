"""How like a question the phrasings of a knowledge base are: computed once for both stages of the matching."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from faqbot.search import tfidf
from faqbot.search.arrays import Array
from faqbot.search.index import Field, Index
from faqbot.search.question import Question


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """A question beside the phrasings of the entries that it is compared with, P of them.

    Attributes:
        index: of the knowledge base.
        question: as it was read.
        field: the entries.
        lexical: shape (P,): the mean of the index's kernels, 0 to 1.
    """

    index: Index
    question: Question
    field: Field
    lexical: Array

    @classmethod
    def of(cls, index: Index, question: Question) -> Comparison:
        """Compare a question with the entries that its words speak for."""
        return cls._over(index, question, index.field(question))

    def widened(self) -> Comparison:
        """Return it with the entries that the question's vector speaks for; itself where they are there already."""
        field = self.index.widened(self.field, self.question)
        return self if field is self.field else self._over(self.index, self.question, field)

    @classmethod
    def _over(cls, index: Index, question: Question, field: Field) -> Comparison:
        measured = [kernel.similarities(question, field.phrasings) for kernel in index.kernels]
        return cls(index, question, field, np.asarray(sum(measured) / len(measured)))

    def similarities(self, share: float) -> Array:
        """Return how like the question each phrasing is, 0 to 1: `share` of it by vectors."""
        if not share or self.index.vectors is None:
            return self.lexical
        return _mixed(self.lexical, self.index.vectors.similarities(self.question, self.field.phrasings), share)

    def gram(self, candidates: Array, share: float) -> Array:
        """Return how like each other some of the phrasings are, by their places in the field: shape (C, C)."""
        phrasings = self.field.phrasings[candidates]
        lexical = tfidf.gram([kernel.features(phrasings) for kernel in self.index.kernels])
        if not share or self.index.vectors is None:
            return lexical
        return _mixed(lexical, self.index.vectors.gram(phrasings), share)


def _mixed(lexical: Array, vectors: Array, share: float) -> Array:
    return np.asarray((1 - share) * lexical + share * vectors)
