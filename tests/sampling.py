"""Pairs of a question and a text of an entry, with whether the one answers the other: what the networks are trained on.

Every sampler takes a random.Random, draws some pairs from one kind of source, and yields (question, text, label). Wrong
texts are the ones that an encoder finds most alike: easy ones teach nothing.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from faqbot.text import FUNCTION_WORDS, QUESTION_WORDS

Pair = tuple[str, str, float]
Embed = Callable[[Sequence[str]], np.ndarray]  # texts to vectors of length 1, shape (texts, dimensions)

OPPOSITES = (
    "activate deactivate", "increase decrease", "before after", "open close", "add remove", "send receive",
    "start stop", "lost found", "up down", "buy sell", "login logout", "cause prevent", "with without",
    "arrive leave", "lend borrow", "on off", "more less", "higher lower", "first last", "deposit withdraw",
    "enable disable",
)  # fmt: skip
OPPOSITE = {one: other for pair in map(str.split, OPPOSITES) for one, other in (pair, pair[::-1])}
GREETINGS = ("hi, ", "hello ", "hey, quick question: ", "please, ", "so ", "sorry to bother you. ")
ENDINGS = (" thanks", " please help", " ??", " asap", " pls")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TELLING = 4  # letters of a word that may be swapped for another


def misspelt(question: str, pick: random.Random) -> str:
    """Return a question as people type it: lower case, no mark at its end, a slip of the finger, a greeting."""
    if pick.random() < 0.5:
        question = question.lower()
    if pick.random() < 0.4:
        question = question.rstrip("?.! ")
    if pick.random() < 0.18 and len(question) > 8:
        for _ in range(pick.choice((1, 1, 2))):
            question = _slip(question, pick)
    if pick.random() < 0.07:
        question = pick.choice(GREETINGS) + question
    if pick.random() < 0.05:
        question += pick.choice(ENDINGS)
    return question


def _slip(text: str, pick: random.Random) -> str:
    """Return `text` with a letter left out, swapped with the one before it, doubled, or replaced."""
    place, kind = pick.randrange(1, len(text) - 1), pick.random()
    if kind < 0.3:
        return text[:place] + text[place + 1 :]
    if kind < 0.6:
        return text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]
    if kind < 0.8:
        return text[:place] + text[place] + text[place:]
    return text[:place] + pick.choice(LETTERS) + text[place + 1 :]


def turned(question: str, text: str, nouns: Sequence[str], pick: random.Random) -> str | None:
    """Return a question that a text no longer answers: an opposite, or another noun, in place of a word they share."""
    said = re.findall(r"[A-Za-z'-]+", question)
    held = text.lower()
    for word in said:
        if word.lower() in OPPOSITE and word.lower() in held and pick.random() < 0.6:
            return re.sub(rf"\b{re.escape(word)}\b", OPPOSITE[word.lower()], question, count=1)
    shared = [word for word in said if len(word) >= TELLING and _tells(word) and word.lower() in held]
    if not shared:
        return None
    changed = re.sub(rf"\b{re.escape(pick.choice(shared))}\b", pick.choice(nouns), question, count=1)
    return changed if changed != question else None


def _tells(word: str) -> bool:
    return word.lower() not in FUNCTION_WORDS | QUESTION_WORDS


@dataclass(frozen=True, slots=True, eq=False)
class Faqs:
    """FAQs with four ways to ask for each entry, and near misses: half of all pairs.

    Attributes:
        faqs: each as a line of tests/data/faqs/trained.jsonl has it.
        entries: of each FAQ, the vectors of its entries' questions and answers.
        asked: of each FAQ and entry, the vectors of the ways to ask for it.
        near: of each FAQ, the vectors of its near misses.
    """

    faqs: Sequence[dict]
    entries: Sequence[np.ndarray]
    asked: Sequence[Sequence[np.ndarray]]
    near: Sequence[np.ndarray]

    @classmethod
    def read(cls, path: Path, embed: Embed) -> Faqs:
        faqs = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return cls(
            faqs,
            [embed([f"{entry['q']} {entry['a']}" for entry in faq["entries"]]) for faq in faqs],
            [[embed(entry["asked"]) for entry in faq["entries"]] for faq in faqs],
            [embed(faq["near"]) for faq in faqs],
        )

    def pairs(self, pick: random.Random) -> Iterator[Pair]:
        """Yield right entries and their neighbours, near misses, and questions of other FAQs."""
        number = pick.randrange(len(self.faqs))
        faq, vectors = self.faqs[number], self.entries[number]
        entries = faq["entries"]
        for place in pick.sample(range(len(entries)), min(5, len(entries))):
            way = pick.randrange(len(entries[place]["asked"]))
            question = entries[place]["asked"][way]
            for _ in range(pick.choice((1, 2))):
                yield question, form(entries[place], pick, but=question), 1.0
            alike = [other for other in np.argsort(-(vectors @ self.asked[number][place][way])) if other != place][:4]
            for other in pick.sample(alike, min(2, len(alike))):
                yield question, form(entries[other], pick), 0.0
        for place in pick.sample(range(len(faq["near"])), min(5, len(faq["near"]))):
            alike = list(np.argsort(-(vectors @ self.near[number][place]))[:3])
            for other in (alike[0], pick.choice(alike)):
                yield faq["near"][place], form(entries[other], pick), 0.0
        other = self.faqs[pick.randrange(len(self.faqs))]
        if other is not faq:
            yield pick.choice(pick.choice(other["entries"])["asked"]), form(pick.choice(entries), pick), 0.0
        if pick.random() < 0.3:
            yield pick.choice(faq["off"]), form(pick.choice(entries), pick), 0.0


def form(entry: dict, pick: random.Random, but: str = "") -> str:
    """Return one of the texts that stand for an entry: its heading, another wording, its answer, or two of them."""
    wording = pick.choice([asked for asked in entry["asked"] if asked != but] or [entry["q"]])
    forms = (
        (28, f"{entry['q']} {entry['a']}"), (22, entry["q"]), (18, wording), (14, f"{wording} {entry['a']}"),
        (10, entry["a"]), (8, f"{entry['q']} {wording}"),
    )  # fmt: skip
    return pick.choices([text for _, text in forms], [share for share, _ in forms])[0]


@dataclass(frozen=True, slots=True, eq=False)
class Intents:
    """Questions sorted by intent (CLINC150, BANKING77, HWU64): small random knowledge bases with intents left out.

    Attributes:
        questions: all of them.
        intents: the number of each one's intent, shape (questions,).
        vectors: of the questions.
        foreign: questions of no intent.
        foreign_vectors: of those.
    """

    questions: Sequence[str]
    intents: np.ndarray
    vectors: np.ndarray
    foreign: Sequence[str]
    foreign_vectors: np.ndarray

    @classmethod
    def of(cls, by_intent: Sequence[Sequence[str]], foreign: Sequence[str], embed: Embed) -> Intents:
        questions = [question for group in by_intent for question in group]
        intents = np.repeat(np.arange(len(by_intent)), [len(group) for group in by_intent])
        return cls(questions, intents, embed(questions), foreign, embed(foreign))

    def pairs(self, pick: random.Random, most: int = 40) -> Iterator[Pair]:
        """Yield questions beside the phrasings most like them: of their own intent, and of up to three others."""
        of_intent = [np.flatnonzero(self.intents == intent) for intent in range(int(self.intents.max()) + 1)]
        chosen = pick.sample(range(len(of_intent)), min(pick.choice((8, 20, 40, len(of_intent))), len(of_intent)))
        written = pick.choice((1, 1, 2, 5, 8))
        phrasings: list[int] = []
        asked: list[int] = []
        for intent in chosen:
            drawn = pick.sample(of_intent[intent].tolist(), min(written + 4, len(of_intent[intent])))
            phrasings += drawn[:written]
            asked += drawn[written : written + 3]
        left_out = [question for intent in set(range(len(of_intent))) - set(chosen) for question in of_intent[intent]]
        known = np.array(phrasings)
        for question in pick.sample(asked, min(most, len(asked))):
            yield from self._beside(self.questions[question], self.vectors[question], self.intents[question], known)
        for question in pick.sample(left_out, min(most // 3, len(left_out))):
            yield from self._beside(self.questions[question], self.vectors[question], -1, known)
        for place in pick.sample(range(len(self.foreign)), min(most // 6, len(self.foreign))):
            yield from self._beside(self.foreign[place], self.foreign_vectors[place], -1, known)

    def _beside(self, question: str, vector: np.ndarray, intent: int, phrasings: np.ndarray) -> Iterator[Pair]:
        wrong = set[int]()
        is_found = intent < 0
        for place in phrasings[np.argsort(-(self.vectors[phrasings] @ vector))]:
            held = int(self.intents[place])
            if held == intent and not is_found:
                is_found = True
                yield question, self.questions[place], 1.0
            elif held not in (intent, *wrong) and len(wrong) < (3 if intent >= 0 else 2):
                wrong.add(held)
                yield question, self.questions[place], 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Passages:
    """Questions and the passage that answers each: FeedbackQA, XQuAD by sentences, MedQuAD by questions of one leaflet.

    Attributes:
        passages: all of them.
        questions: with the number of the passage that answers each.
        vectors: of the passages.
        asked: vectors of the questions.
    """

    passages: Sequence[str]
    questions: Sequence[tuple[str, int]]
    vectors: np.ndarray
    asked: np.ndarray

    @classmethod
    def of(cls, passages: Sequence[str], questions: Sequence[tuple[str, int]], embed: Embed) -> Passages:
        return cls(passages, questions, embed(passages), embed([question for question, _ in questions]))

    def pairs(self, pick: random.Random, most: int = 16) -> Iterator[Pair]:
        """Yield questions beside their passage, and beside some of the passages most like them.

        The three most alike are left out: that they answer the question too is likely, and nobody has judged it.
        """
        for _ in range(most):
            place = pick.randrange(len(self.questions))
            question, right = self.questions[place]
            yield question, self.passages[right], 1.0
            alike = [other for other in np.argsort(-(self.vectors @ self.asked[place]))[:30] if other != right]
            for other in alike[3:12:4]:
                yield question, self.passages[other], 0.0


def batch(samplers: Sequence[tuple[float, Callable[[random.Random], Iterator[Pair]]]], nouns: Sequence[str],
          size: int, pick: random.Random) -> list[Pair]:  # fmt: skip
    """Return `size` pairs of samplers with shares, as people type them, with turned questions among them."""
    found: list[Pair] = []
    while len(found) < size:
        sampler = pick.choices([sampler for _, sampler in samplers], [share for share, _ in samplers])[0]
        for question, text, label in sampler(pick):
            found.append((misspelt(question, pick), text, label))
            if label and pick.random() < 0.18 and (other := turned(question, text, nouns, pick)):
                found.append((other, text, 0.0))
    return found[:size]
