"""Hold an explanation as values: features, words and phrasings of a decision. Nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass

from faqbot.knowledge.entries import Entry
from faqbot.search.agreement import Conflict
from faqbot.search.ranking import Match


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a question, and what they were read as."""

    written: str
    read: str


@dataclass(frozen=True, slots=True)
class Feature:
    """One of the numbers that a confidence is made of.

    Attributes:
        name: "score", "margin", "verifier" and so on; `faqbot.answering.decision.Confidence` says what each measures.
        value: of this question.
        coefficient: what it is multiplied with, the same for every question.
    """

    name: str
    value: float
    coefficient: float

    @property
    def contribution(self) -> float:
        """Return what it adds to the log-odds of the confidence: above 0 it speaks for the best entry."""
        return self.value * self.coefficient or 0.0  # no minus at a zero


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A way to ask that the knowledge base holds.

    Attributes:
        entry: that holds it.
        text: as its author wrote it.
        similarity: to the question, 0 to 1.
    """

    entry: Entry
    text: str
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a question got the reply that it got.

    The confidence is 1 / (1 + e^-x), with x the intercept plus the contributions; at least .99 where the best entry
    holds the question word for word, at most .35 where it contradicts it; divided by 1 + rivals. Every word of
    the question as it was read is in one of `matched`, `unexplained`, `unknown` and `common`.

    Attributes:
        question: that was decided; where a number picked a suggestion, the question that it was suggested for.
        status: of the reply.
        reason: of the reply.
        sentence: why, in plain words.
        answer_from: the confidence that an answer needs.
        suggest_from: the confidence that a suggestion needs.
        confidence: the chance that the best entry is the right one, 0 to 1.
        intercept: the log-odds that every question starts from.
        features: what the confidence is made of; empty where no entry has anything in common with the question.
        rivals: how many other entries fit exactly as well as the best: they share its chance.
        corrected: words that were read in another spelling.
        replaced: words that a synonym, or a name of the procedure, replaced.
        procedures: that the question names, where the knowledge base has several: entries about others are left out.
        matched: the words that the question is about and the best entry holds.
        unexplained: those that only other entries hold.
        unknown: those that no entry holds.
        common: words that tell nothing about what it is about ("the", "how"); empty where there are no others.
        verbatim: whether the best entry holds the question word for word.
        conflicts: what the best entry contradicts the question in: at most a suggestion.
        log_odds: of the verifier that the best entry answers the question; None where it was not asked.
        nearest: the phrasings most like the question, best first, whatever their entries are about.
        entries: the best entries, best first, with scores as `FaqBot.rank` gives them.
        asked: what was decided in place of the question: a follow-up completed by what came before it, or one of the
            questions in a message; empty where it was the question itself.
    """

    question: str
    status: str
    reason: str
    sentence: str
    answer_from: float
    suggest_from: float
    confidence: float = 0.0
    intercept: float = 0.0
    features: tuple[Feature, ...] = ()
    rivals: int = 0
    corrected: tuple[Change, ...] = ()
    replaced: tuple[Change, ...] = ()
    procedures: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    verbatim: bool = False
    conflicts: tuple[Conflict, ...] = ()
    log_odds: float | None = None
    nearest: tuple[Phrasing, ...] = ()
    entries: tuple[Match, ...] = ()
    asked: str = ""
