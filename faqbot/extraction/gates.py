"""Keep a passage's questions that it answers: it says what they presuppose, and no other passage answers better."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from faqbot.extraction.cohesion import FUNCTION_STEMS
from faqbot.extraction.passages import Passage
from faqbot.extraction.subject import Subject
from faqbot.text import QUESTION_WORDS, stem, tokens

# Of the weight of a question's words: another passage holds them and its own does not. For questions made of a sentence
# only: applied to the catalogue's, which ask in words of their own, it costs 8 right answers of 100.
MOST_MISSED: Final = 0.5
_UNIT: Final = r"(?:second|minute|hour|day|night|week|month|year)s?"
_TIME: Final = (
    rf"\b(?:{_UNIT}|overnight|permanent\w*|lifelong|lifetime|forever|immediately|straight away|at once|downtime"
    r"|temporary|(?:short|long) (?:time|period|while))\b"
)
_COUNT: Final = (
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|every|each|once|twice|daily|weekly|times"
    r"|number|rare|rarely|common|most|half|million|series|course|again)\b"
)
_PERSON: Final = (
    r"\b(?:people|persons?|patients?|adults?|child|children|babies|men|women|man|woman|you|your|anyone|anybody|everyone"
    r"|everybody|someone|somebody|those|who|members?|residents?|families|we|our|\w{3,20}(?:ists?|ians?|ers?|ors?))\b"
)
_ADVICE: Final = (
    r"\b(?:should|must|need to|have to|avoid|don't|do not|make sure|ask|bring|stop|stay|keep|take|use|apply|wear|rest"
    r"|drink|eat|wash|rinse|return|refrain|recommend\w*|advis\w+)\b"
)
# What a question that opens so presupposes of its answer.
_PRESUPPOSED: Final = tuple(
    (re.compile(asks, re.IGNORECASE), re.compile(says, re.IGNORECASE))
    for asks, says in (
        (r"how (?:long|soon|much time|many (?:minutes|hours|days|weeks))\b|what is the duration\b", _TIME),
        (
            r"how much (?:does|do|is|will)\b.{0,60}\b(?:cost|charge)\b|what is the (?:price|fee|cost)\b",
            r"[$\u00a3\u20ac]|\d|\b(?:free|prices?|costs?|fees?|charges?|expensive|cheap\w*|pay|paid)\b",
        ),
        (r"how (?:many|often)\b|is one \w+ enough\b", _COUNT),
        (r"when\b", rf"{_TIME}|\d|\b(?:when|if|after|before|until|during|once|while|monday|sunday|[ap]m)\b"),
        (r"(?:how|what) should i (?:prepare|do (?:before|after)|avoid)\b", _ADVICE),
        (r"who(?:m|se)?\b", _PERSON),
        (r"where\b", r"\b(?:at|in|on|from|near|online|office|clinic|hospital)\b"),
        (r"what is your phone number\b|what is the phone number\b", r"\d[\d ()-]{4,}\d"),
        (r"what are (?:the|your) opening hours\b", r"\d ?(?:[ap]\.?m\b|o'clock|:\d\d)|\bopen\b"),
    )
)


def says(question: str, answer: str) -> bool:
    """Return whether an answer has what a question presupposes: a time span, an amount, a number, a person, a place."""
    return all(found.search(answer) for asks, found in _PRESUPPOSED if asks.match(question))


class Gates:
    """The words of the passages of an article, to find out which passage a question leads to.

    Args:
        texts: the passages.
        subject: what they are about: its names tell no passage from another.
    """

    def __init__(self, texts: Sequence[Passage], subject: Subject) -> None:
        self._answers = [passage.answer for passage in texts]
        held: dict[str, list[int]] = {}
        for number, passage in enumerate(texts):
            for word in _stems(f"{' '.join(passage.headings)} {passage.answer}"):
                held.setdefault(word, []).append(number)
        self._holders = {word: np.array(numbers) for word, numbers in held.items()}  # passages of each word
        self._plain = FUNCTION_STEMS | _stems(" ".join((subject.name, *subject.names, *QUESTION_WORDS)))

    def presupposes(self, question: str, number: int) -> bool:
        """Return whether the passage of this number says what a question presupposes."""
        return says(question, self._answers[number])

    def leads_to(self, question: str, number: int) -> bool:
        """Return whether a question leads to the passage of this number by its words, and to no other one."""
        return self._missed(question, number) < MOST_MISSED

    def _missed(self, question: str, number: int) -> float:
        """Return how much more of a question's words another passage holds than its own, 0 to 1 of their weight."""
        total, held = 0.0, np.zeros(len(self._answers))
        for word in sorted((_stems(question) - self._plain) & self._holders.keys()):
            holders = self._holders[word]
            weight = math.log1p(len(self._answers) / len(holders))
            total += weight
            held[holders] += weight
        return float(held.max() - held[number]) / (total or 1.0)


def _stems(text: str) -> set[str]:
    return set(map(stem, tokens(text)))
