"""Sentence vectors of a knowledge base: one more kernel, and how like a question whole entries are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final, Protocol

import numpy as np

from faqbot import compiled
from faqbot.questions import Question
from faqbot.sparse import Array

KEPT: Final = np.float16  # half the disk; used in every run, so that the first one replies as the next
KEY_LENGTH: Final = 16  # characters of a file's name
REMEMBERED: Final = 256  # questions: one that is ranked, decided and explained is encoded once


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
            self._kept.update(zip(new, self._encoder.encode(new), strict=True))
        return np.array([self._kept[text] for text in texts], np.float32)


class Vectors:
    """Cosine of an encoder's sentence vectors, negative ones taken as none.

    The encoder is given sentences as they were written: it was trained on those, not on stems and synonyms. Only their
    spelling is corrected, which it cannot do: that was worth 1.2 points of hit1 on misspelt questions of five sets.
    Nothing is encoded before the first question that needs it.

    Args:
        encoder: what makes the vectors.
        texts: returns the phrasings as they were written, P of them, and of the E entries each its question and answer
            as one text.
        cache: the folder where vectors are kept between runs, if anywhere.
    """

    def __init__(
        self, encoder: Encoder, texts: Callable[[], tuple[list[str], list[str]]], cache: Path | None = None
    ) -> None:
        self._encoder = encoder
        self._cache = cache
        self._texts = texts
        self._made: tuple[Array, Array] | None = None
        self._making = Lock()
        self._read = lru_cache(maxsize=REMEMBERED)(self._encode_one)

    def similarities(self, question: Question, phrasings: Array) -> Array:
        """See Kernel."""
        made = self.prepared()[0]
        chosen = made if len(phrasings) == len(made) else made[phrasings]
        return np.asarray(np.clip(chosen @ self._of(question), 0, 1), float)

    def gram(self, phrasings: Array) -> Array:
        """See Kernel."""
        chosen = self.prepared()[0][phrasings]
        return np.asarray(np.clip(chosen @ chosen.T, 0, 1), float)

    def of_entries(self, question: Question) -> Array:
        """Return the cosine of a question with each entry, 0 to 1, shape (E,)."""
        _, entries = self.prepared()
        return np.asarray(np.clip(entries @ self._of(question), 0, 1), float)

    def prepared(self) -> tuple[Array, Array]:
        """Return the vectors of the phrasings and of the entries; made at the first call, which may take seconds."""
        if self._made is None:
            with self._making:
                if self._made is None:
                    self._made = self._kept()
        return self._made

    def _kept(self) -> tuple[Array, Array]:
        texts = self._texts()
        identity = getattr(self._encoder, "identity", None)
        if self._cache is None or not identity:
            return self._encoded(texts)
        digest = sha256("\0\0".join([identity, *map("\0".join, texts)]).encode("utf-8", "surrogatepass")).hexdigest()
        path = self._cache / f"vectors-{digest[:KEY_LENGTH]}"
        if found := compiled.read(path, digest):
            _, made = found
            return made["phrasings"].astype(np.float32), made["entries"].astype(np.float32)
        phrasings, entries = self._encoded(texts)
        with suppress(OSError):  # a disk that is full or read-only costs the next run a few seconds
            compiled.write(path, digest, {"phrasings": phrasings.astype(KEPT), "entries": entries.astype(KEPT)})
        return phrasings, entries

    def _encoded(self, texts: tuple[list[str], list[str]]) -> tuple[Array, Array]:
        phrasings, entries = (self._encode(part).astype(KEPT).astype(np.float32) for part in texts)
        return phrasings, entries

    def _of(self, question: Question) -> Array:
        return self._read(question.mended or question.text)

    def _encode_one(self, text: str) -> Array:
        return np.asarray(self._encode([text])[0])

    def _encode(self, texts: list[str]) -> Array:
        vectors = np.asarray(self._encoder.encode(texts), np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, np.finfo(np.float32).tiny))
