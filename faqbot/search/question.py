"""A question as a knowledge base reads it: in its own spelling, with its synonyms and its names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from faqbot.knowledge.entries import KnowledgeBase
from faqbot.search.compounds import Compounds
from faqbot.search.spelling import Speller
from faqbot.text import FILLERS, Synonyms, stem, tokens

MOST_WORDS: Final = 1000  # a patient's longest letter has a third of that
NAME: Final = "it"  # a procedure's name says nothing about which of its entries is meant


@dataclass(frozen=True, slots=True)
class Question:
    """A question and how it was read.

    Attributes:
        text: as it was asked.
        words: spelling corrected, synonyms and names replaced.
        stems: of the words, in their order.
        subjects: the procedures that it names, where a knowledge base has several.
        mended: its words with their spelling corrected and nothing else done to them; empty where there was no mistake.
    """

    text: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    subjects: frozenset[str] = frozenset()
    mended: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Neighbouring words of a question that are read as one.

    Attributes:
        written: the words, spelt right.
        stem: of what they are read as.
        is_name: whether they name a procedure.
    """

    written: tuple[str, ...]
    stem: str
    is_name: bool


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """What words stand for in one knowledge base: its groups of synonyms, and the names of what it is about."""

    synonyms: Synonyms
    subjects: Synonyms  # any name of a procedure to its first one
    procedures: frozenset[str]  # the first names, where there are several procedures
    called: frozenset[str]  # the words of all names

    @classmethod
    def of(cls, knowledge: KnowledgeBase) -> Terms:
        """Return the terms of a knowledge base."""
        return cls(
            synonyms=Synonyms(knowledge.groups, dict.fromkeys(knowledge.all_names, NAME)),
            subjects=Synonyms(names={name: names[0] for names in knowledge.subjects for name in names}),
            procedures=frozenset(names[0] for names in knowledge.subjects),
            called=frozenset(word for name in knowledge.all_names for word in tokens(name)),
        )

    def read(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the words as they are to be understood."""
        return self.synonyms.apply([word for word in words if word not in FILLERS])

    def phrasing(self, text: str) -> Question:
        """Return what `text` asks, its spelling taken as it is."""
        return self.question(text, tokens(text))

    def question(self, text: str, words: Sequence[str], mended: str = "") -> Question:
        """Return what `text` asks, which consists of these words."""
        read = self.read(words)
        said = [word for word in words if word not in FILLERS]
        named = self.procedures.intersection(self.subjects.apply(said)) if self.procedures else self.procedures
        return Question(text, read, tuple(map(stem, read)), named, mended)


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """Reads what people ask of one knowledge base, mistakes and all."""

    speller: Speller
    compounds: Compounds
    terms: Terms

    def question(self, text: str) -> Question:
        """Return what `text` asks, its spelling corrected; of an endless text, its first MOST_WORDS words."""
        words = tokens(text)[:MOST_WORDS]
        corrected = self._spelt(words)
        return self.terms.question(text, corrected, "" if corrected == words else " ".join(corrected))

    def corrections(self, text: str) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Yield what of a question is read in another spelling: as it was written, and as it is read."""
        words = tokens(text)[:MOST_WORDS]
        steps = (*self.compounds.steps(words), *self.speller.steps(self.compounds.correct(words)))
        return ((written, read) for written, read in steps if written != read)

    def replacements(self, text: str) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the words of a question, spelt right, that a synonym or a name replaces, and what is read instead."""
        words = self._spelt(tokens(text)[:MOST_WORDS])
        steps = self.terms.synonyms.steps(tuple(word for word in words if word not in FILLERS))
        return ((written, read) for written, read in steps if written != (read,))

    def steps(self, text: str) -> tuple[Step, ...]:
        """Return what `text` asks, word by word, or name by name."""
        words = self._spelt(tokens(text)[:MOST_WORDS])
        steps = self.terms.synonyms.steps(tuple(word for word in words if word not in FILLERS))
        return tuple(Step(written, stem(read), read == NAME and written != (NAME,)) for written, read in steps)

    def _spelt(self, words: Sequence[str]) -> tuple[str, ...]:
        return self.speller.correct(self.compounds.correct(words))
