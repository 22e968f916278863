"""A cross-encoder (Nogueira and Cho 2019): it reads a question and a text of an entry together. Does the one answer it?

The encoder sees the two apart and compares what it made of them; this reads every word of one beside every word of the
other, which tells "enable" from "disable" and costs a run of the network for each pair. It is therefore asked about a
few entries only, of questions that the cheaper stages leave open. All that belongs to this file of weights is here: how
it is fed, and what it returns; faqbot/models/COPYRIGHT says what it has read.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

import numpy as np

from faqbot.models import loader
from faqbot.search.arrays import Array, held_at_fork

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL_SHA256: Final = "f17384fea6985c4d8a06157eb68b34ca924a4d98bd291bb2e706dec775f4259d"
QUESTION_PIECES: Final = 48  # of a question, as in its training; the rest is left out
TEXT_PIECES: Final = 96  # of an entry's text, likewise
FEW: Final = 4  # texts that are not worth a thread
REMEMBERED: Final = 4096  # pairs: a question that is decided and explained is read once

_loading: Final = held_at_fork(threading.Lock())


class Verifier:
    """Log-odds that a text answers a question. The network is loaded at the first one; one may serve many threads."""

    identity: Final = MODEL_SHA256

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], float] = {}

    def __reduce__(self) -> tuple[type[Verifier], tuple[()]]:
        return Verifier, ()

    def prepare(self) -> None:
        """Load the network now; see `logits` for what it raises."""
        _session()

    def logits(self, question: str, texts: Sequence[str]) -> Array:
        """Return the log-odds that each text answers the question: shape (texts,), about -9 to 9.

        Raises:
            ExtraMissingError: the extra `semantic` is not installed.
            FaqbotError: the file of the network is not the one that faqbot was measured with.
        """
        if len(self._known) > REMEMBERED:
            self._known = {}
        known = self._known  # another thread may begin a new one
        new = [text for text in dict.fromkeys(texts) if (question, text) not in known]
        known.update(zip(((question, text) for text in new), self._read(question, new), strict=True))
        return np.array([known[question, text] for text in texts], float)

    def _read(self, question: str, texts: Sequence[str]) -> list[float]:
        # Most starts verify nothing, and these take a tenth of one.
        from concurrent.futures import ThreadPoolExecutor

        from faqbot.search.wordpiece import numbers

        asked = numbers(question, QUESTION_PIECES + 2)
        # One by one: its activations are rounded to eight bits by the range of all that is run together, so that a pair
        # beside longer ones got log-odds up to 2.9 off, beside fifteen of its own length up to 1.7; and a batch takes
        # as long as its pairs.
        read = [numbers(text, TEXT_PIECES + 2)[1:] for text in texts]
        if len(texts) <= FEW:
            return [self._run(asked, text) for text in read]
        with ThreadPoolExecutor(os.cpu_count()) as threads:  # the network runs outside of Python's lock
            return list(threads.map(lambda text: self._run(asked, text), read))

    def _run(self, asked: list[int], text: list[int]) -> float:
        pieces = np.array([asked + text], np.int64)
        types = (np.arange(pieces.shape[1]) >= len(asked)).astype(np.int64)[None]
        given = {"input_ids": pieces, "attention_mask": np.ones_like(pieces), "token_type_ids": types}
        return float(_session().run(["logit"], given)[0][0])


@cache
def installed() -> Verifier | None:
    """Return the verifier where the extra `semantic` is installed: always the same. Nothing is loaded yet."""
    return Verifier() if find_spec("onnxruntime") else None


def _session() -> InferenceSession:
    with _loading:
        return _loaded()


@cache
def _loaded() -> InferenceSession:
    return loader.session(loader.HERE / "verifier.onnx", MODEL_SHA256)
