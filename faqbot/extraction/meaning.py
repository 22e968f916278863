"""Judge by meaning whether a passage answers a question, with the models of the extra `semantic`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from faqbot.search import encoder as encoders
from faqbot.search import verifier as verifiers
from faqbot.search.encoder import Encoder
from faqbot.search.verifier import Verifier

NEAREST: int = 6  # passages of the most similar sentences that are read beside a question: 12 found no other answer


class Meaning:
    """The sentences of passages as vectors, and the verifier that reads a question and a passage together.

    Args:
        sentences: of each passage.
        answers: of each, as text.
        encoder: to vectors.
        verifier: the log-odds that a text answers a question.
    """

    def __init__(
        self, sentences: Sequence[Sequence[str]], answers: Sequence[str], encoder: Encoder, verifier: Verifier
    ) -> None:
        self._answers = answers
        self._encoder = encoder
        self._verifier = verifier
        self._firsts = np.cumsum([0, *map(len, sentences)])[:-1]
        self._vectors = np.asarray(encoder.encode([sentence for said in sentences for sentence in said]))

    @classmethod
    def installed(cls, sentences: Sequence[Sequence[str]], answers: Sequence[str]) -> Meaning | None:
        """Return the same with the models of the extra `semantic`, or None where it is not installed."""
        encoder, verifier = encoders.installed(), verifiers.installed()
        if encoder is None or verifier is None or not any(sentences):
            return None
        return cls(sentences, answers, encoder, verifier)

    def log_odds(self, forms: Sequence[str], also: Sequence[int] = ()) -> dict[int, float]:
        """Return the log-odds that passages answer a question, by their numbers, of those that may.

        Args:
            forms: the question, and other ways to ask it.
            also: passages that are read in any case, beside those of the NEAREST sentences.
        """
        like = (np.asarray(self._encoder.encode(list(forms))) @ self._vectors.T).max(axis=0)
        nearest = np.argsort(-np.maximum.reduceat(like, self._firsts), kind="stable")[:NEAREST]
        numbers = list(dict.fromkeys([*nearest.tolist(), *also]))
        odds = self._verifier.logits(forms[0], [self._answers[number] for number in numbers])
        return dict(zip(numbers, map(float, odds), strict=True))
