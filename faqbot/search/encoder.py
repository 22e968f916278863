"""Sentence vectors by meaning, for whoever installs the extra `semantic` and asks for them.

The model is all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang and others 2020), trained on for FAQs, with weights of
eight bits, 23 MB; faqbot/models/COPYRIGHT says what it has read. It runs on this machine, and nothing is fetched.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from faqbot.models import loader
from faqbot.search.arrays import Array, held_at_fork

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL_SHA256: Final = "890616b82de00f2be4f826e7fe3f9fcbb1720be60f770a52cb4221ec8287fed0"
DIMENSIONS: Final = 384
MOST_PIECES: Final = 256  # of a text, what the model was made for; the rest is left out
FEW: Final = 4  # texts that are not worth a thread

_loading: Final = held_at_fork(threading.Lock())


class Encoder(Protocol):
    """What turns texts into vectors: sentence-transformers, model2vec and fastembed wrappers fit.

    A bot serves many threads only if its encoder does. The vectors of one with an `identity`, a string that changes
    when they do, may be kept on disk.
    """

    def encode(self, texts: list[str]) -> Array:
        """Return one vector a text, shape (texts, dimensions)."""


class Remembering:
    """An encoder that keeps every vector it has made: for many indexes of nearly the same texts.

    Args:
        encoder: what makes them.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: dict[str, Array] = {}

    def encode(self, texts: list[str]) -> Array:
        """See Encoder."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if new:
            self._kept |= dict(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._kept[text] for text in texts], np.float32)


class Installed:
    """The encoder of the extra `semantic`, loaded when the first text is to be encoded: most starts need none."""

    identity: Final = MODEL_SHA256

    def encode(self, texts: list[str]) -> Array:
        """See MiniLm; and see `load` for what it raises."""
        with _loading:
            encoder = load()
        return encoder.encode(texts)


def installed() -> Installed | None:
    """Return the encoder of the extra `semantic`, or None where it is not installed. Nothing is loaded yet."""
    return Installed() if find_spec("onnxruntime") else None


def remembering() -> Remembering | None:
    """Return the same as `installed`, which keeps what it makes: for many bots of nearly one knowledge."""
    encoder = installed()
    return Remembering(encoder) if encoder else None


@cache
def load() -> MiniLm:
    """Return the encoder of the extra `semantic`: `FaqBot(knowledge, encoder=load())`. It is loaded once.

    Raises:
        ExtraMissingError: the extra is not installed.
        FaqbotError: its file is not the one that faqbot was measured with.
    """
    return MiniLm(loader.session(loader.HERE / "encoder.onnx", MODEL_SHA256))


def check_pickles(encoder: object) -> None:
    """Do nothing if an encoder, or what stands for one, can be sent to another process.

    Raises:
        PicklingError: it cannot.
    """
    try:
        pickle.dumps(encoder)
    except Exception as error:
        wrong = f"a bot cannot be pickled if its encoder cannot, here a {type(encoder).__name__}: {error}"
        raise pickle.PicklingError(wrong) from error


class MiniLm:
    """Vectors of texts that mean the same point the same way. One may serve many threads.

    Args:
        session: the model, loaded.
    """

    def __init__(self, session: InferenceSession) -> None:
        self._session = session

    def __reduce__(self) -> tuple[Callable[[], MiniLm], tuple[()]]:
        return load, ()

    def encode(self, texts: list[str]) -> Array:
        """Return one vector of length 1 a text, shape (texts, DIMENSIONS)."""
        # Most starts encode nothing, and these take a tenth of one.
        from concurrent.futures import ThreadPoolExecutor

        from faqbot.search.wordpiece import numbers

        pieces = [numbers(text, MOST_PIECES) for text in texts]
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        if len(texts) <= FEW:
            vectors[:] = [self._encode(text) for text in pieces] if texts else vectors
        else:
            with ThreadPoolExecutor(os.cpu_count()) as threads:  # the model runs outside of Python's lock
                vectors[:] = list(threads.map(self._encode, pieces))
        return vectors

    def _encode(self, pieces: list[int]) -> Array:
        # One text at a time: activations are rounded to eight bits by the range of all that is run together, so that a
        # vector would depend on the company; and a batch takes as long as its texts.
        ids = np.array([pieces], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        states = np.asarray(self._session.run(["last_hidden_state"], given)[0])
        total = states[0].sum(axis=0)  # the length is taken out below: a sum is as good as a mean
        return np.asarray(total / np.linalg.norm(total))
