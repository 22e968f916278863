"""Sentence vectors of a knowledge base: one more kernel, and how like a question whole entries are."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Final

import numpy as np

from faqbot.search import arrayfile
from faqbot.search.arrays import Array, bounds, multiplying, spans
from faqbot.search.encoder import Encoder
from faqbot.search.question import NAME, Question
from faqbot.text import LONGEST_PHRASE, one_line, shortened, tokens

KEPT: Final = np.float16  # half the disk; used in every run, so that the first one replies as the next
KEY_LENGTH: Final = 16  # characters of a file's name
REMEMBERED: Final = 1024  # questions: one that is ranked, decided and explained is encoded once

_making: Final = [Lock()]  # of vectors, which takes seconds: a fork does not wait for it, and a child has its own
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=lambda: _making.__setitem__(0, Lock()))


class Vectors:
    """Cosine of an encoder's sentence vectors, negative ones taken as none.

    The encoder is given sentences as they were written: it was trained on those, not on stems and synonyms. Their
    spelling is corrected, which it cannot do: that was worth 1.2 points of hit1 on misspelt questions of five sets. And
    what the knowledge base is about is called "it": every phrasing names it, and most questions do not.
    Nothing is encoded before the first question that needs it.

    Args:
        encoder: what makes the vectors.
        texts: returns the phrasings as they were written, P of them, and of the E entries each what it is compared by
            as a whole: its question and answer as one text, and more.
        names: what the knowledge base is about.
        cache: the folder where vectors are kept between runs, if anywhere.
    """

    def __init__(
        self,
        encoder: Encoder,
        texts: Callable[[], tuple[list[str], list[list[str]]]],
        *,
        names: Iterable[str] = (),
        cache: Path | None = None,
    ) -> None:
        self._encoder = encoder
        self._cache = cache
        self._names = _pattern(names)
        self._texts = texts
        self._made: tuple[Array, Array, Array] | None = None
        self._read = lru_cache(maxsize=REMEMBERED)(self._encode_one)

    def similarities(self, question: Question, phrasings: Array) -> Array:
        """Return the similarity of a question to each phrasing of these numbers: shape (C,)."""
        made = self.prepared()[0]
        chosen = made if len(phrasings) == len(made) else made[phrasings]
        return _cosine(chosen, self._of(question))

    def gram(self, phrasings: Array) -> Array:
        """Return how like each other the phrasings of these numbers are: shape (C, C)."""
        chosen = self.prepared()[0][phrasings]
        return _cosine(chosen, chosen.T)

    def of_entries(self, question: Question, entries: Array) -> Array:
        """Return the cosine of a question with the nearest text of each entry of these numbers, 0 to 1."""
        _, made, firsts = self.prepared()
        starts, ends = firsts[entries], firsts[entries + 1]
        chosen = made if len(entries) == len(firsts) - 1 else made[spans(starts, ends)]
        like = _cosine(chosen, self._of(question))
        return like if len(like) == len(entries) else np.maximum.reduceat(like, bounds(ends - starts)[:-1])

    def nearest(self, question: Question, entry: int) -> int | None:
        """Return which of the texts of the entry of this number, behind the first, is nearest to a question."""
        _, made, firsts = self.prepared()
        rows = made[firsts[entry] + 1 : firsts[entry + 1]]
        return int(np.argmax(_cosine(rows, self._of(question)))) if len(rows) else None

    def prepared(self) -> tuple[Array, Array, Array]:
        """Return the vectors of the phrasings and of the entries' texts, and each entry's first text.

        They are made at the first call, which may take seconds.
        """
        if self._made is None:
            with _making[0]:
                if self._made is None:
                    self._made = self._kept()
        return self._made

    def _kept(self) -> tuple[Array, Array, Array]:
        phrasings, entries = self._texts()
        firsts = bounds(np.array([len(texts) for texts in entries]))
        texts = [self.spoken(text) for text in phrasings], [self.spoken(text) for one in entries for text in one]
        return *self._encoded_or_kept(texts), firsts

    def _encoded_or_kept(self, texts: tuple[list[str], list[str]]) -> tuple[Array, Array]:
        identity = getattr(self._encoder, "identity", None)
        if self._cache is None or not identity:
            return self._encoded(texts)
        digest = sha256("\0\0".join([identity, *map("\0".join, texts)]).encode("utf-8", "surrogatepass")).hexdigest()
        path = self._cache / f"vectors-{digest[:KEY_LENGTH]}"
        if found := arrayfile.read(path, digest):
            _, made = found
            return made["phrasings"].astype(np.float32), made["entries"].astype(np.float32)
        phrasings, entries = self._encoded(texts)
        with suppress(OSError):  # a disk that is full or read-only costs the next run a few seconds
            arrayfile.write(path, digest, {"phrasings": phrasings.astype(KEPT), "entries": entries.astype(KEPT)})
        return phrasings, entries

    def _encoded(self, texts: tuple[list[str], list[str]]) -> tuple[Array, Array]:
        phrasings, entries = (self._encode(part).astype(KEPT).astype(np.float32) for part in texts)
        return phrasings, entries

    def _of(self, question: Question) -> Array:
        return self._read(self.spoken(question.mended or question.text))

    def spoken(self, text: str) -> str:
        """Return a text as the networks read it: what the knowledge base is about is called "it"."""
        return self._names.sub(NAME, text) if self._names else text

    def _encode_one(self, text: str) -> Array:
        return np.asarray(self._encode([text])[0])

    def _checked(self, made: object, texts: list[str]) -> Array:
        """Return what an encoder made, one vector a text.

        Raises:
            ValueError: it made something else.
        """
        name = type(self._encoder).__qualname__
        wanted = f"and has to return one vector a text: shape ({len(texts)}, dimensions)"
        try:
            with np.errstate(over="ignore"):
                vectors = np.asarray(made, np.float32)
        except (TypeError, ValueError) as error:
            raise ValueError(f"the encoder {name} returned no array of numbers ({error}), {wanted}") from None
        width = self._made[0].shape[1] if self._made else 0
        if vectors.ndim != 2 or len(vectors) != len(texts) or not vectors.shape[1]:
            raise ValueError(f"the encoder {name} returned shape {vectors.shape}, {wanted}")
        finite = np.isfinite(vectors).all(axis=1)
        if not finite.all():
            text = shortened(one_line(texts[int(np.argmin(finite))]), 60)
            raise ValueError(f"the encoder {name} returned NaN or infinity for {text!r}")
        if width and vectors.shape[1] != width:
            raise ValueError(f"the encoder {name} returned {vectors.shape[1]} dimensions, and {width} before")
        return vectors

    def _encode(self, texts: list[str]) -> Array:
        vectors = self._checked(self._encoder.encode(texts), texts)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, np.finfo(np.float32).tiny))


def _cosine(rows: Array, columns: Array) -> Array:
    """Return the products of vectors of length 1, negative ones as 0."""
    with multiplying:
        return np.asarray(np.clip(rows @ columns, 0, 1), float)


def _pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds names in any case, in one word or several; the longest one where several begin."""
    words = {tokens(name) for name in names}
    said = sorted((name for name in words if 0 < len(name) <= LONGEST_PHRASE), key=lambda name: (-len(name), name))
    either = "|".join("[ -]?".join(map(re.escape, name)) for name in said)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if said else None
