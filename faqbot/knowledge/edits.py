"""Edit an entry, with its id kept.

Each function raises ValueError with a sentence for the reviewer where the change makes no sense.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from faqbot.knowledge.entries import Entry, Source
from faqbot.text import normalise, one_line

SENTENCE: Final = "The source does not say. Ask someone who knows your case."  # of a gap, to begin with


def reworded(entry: Entry, question: str) -> Entry:
    """Return the entry with this question."""
    if not question.strip():
        raise ValueError("A question cannot be blank.")
    return replace(entry, question=one_line(question))


def answered(entry: Entry, answer: str) -> Entry:
    """Return the entry with this answer; a gap becomes an answer."""
    if not answer.strip():
        raise ValueError("An answer cannot be blank: drop the entry, or mark it as a gap.")
    text = "\n".join(line.rstrip() for line in answer.strip("\n").splitlines()).rstrip()
    return replace(entry, answer=text, gap="")


def as_gap(entry: Entry, sentence: str) -> Entry:
    """Return the entry as a gap that says this sentence; its answer goes, and with it the place that it came from."""
    if not sentence.strip():
        raise ValueError("A gap needs a sentence that says where to turn.")
    return replace(entry, answer="", gap=one_line(sentence), source=Source())


def rephrased(entry: Entry, phrasings: Sequence[str]) -> Entry:
    """Return the entry with these phrasings; blank ones are left out."""
    return replace(entry, phrasings=tuple(one_line(form) for form in phrasings if form.strip()))


def moved(entry: Entry, topic: str) -> Entry:
    """Return the entry with this topic; a blank one is that of the heading above."""
    return replace(entry, topic=one_line(topic))


def joined(first: Entry, second: Entry) -> Entry:
    """Return the first entry with the second in it: its answer behind, its question and phrasings among the phrasings.

    What was one paragraph stays one. The sentences cited are others than before, so the fingerprint goes.
    """
    if first.is_gap != second.is_gap:
        raise ValueError("One of the two is a gap: it cannot be merged with an answer.")
    documents = {entry.source.document for entry in (first, second)} - {""}
    if len(documents) > 1:
        raise ValueError("The two come from different documents, and an answer has one source.")
    forms: dict[str, str] = {}
    for form in (*first.forms, *second.forms):
        forms.setdefault(normalise(form).rstrip("?!. "), form)
    places = dict.fromkeys(entry.source.place for entry in (first, second) if entry.source.place)
    fingerprint = first.source.fingerprint if first.source.fingerprint == second.source.fingerprint else ""
    is_said = normalise(second.answer) in normalise(first.answer)  # no answer is given twice
    between = "\n\n" if "\n" in first.answer + second.answer else " "
    return replace(
        first,
        answer=first.answer if is_said else between.join(filter(None, (first.answer, second.answer))),
        phrasings=tuple(forms.values())[1:],
        source=Source("".join(documents), "; ".join(places), fingerprint),
    )


def asked_too(answer: Entry, gap: Entry) -> Entry:
    """Return an answer with the question and phrasings of a gap, which it answers after all."""
    forms = {normalise(form).rstrip("?!. "): form for form in reversed((*answer.forms, *gap.forms))}
    forms.pop(normalise(answer.question).rstrip("?!. "))
    return replace(answer, phrasings=tuple(forms.values())[::-1])


@dataclass(frozen=True, slots=True)
class Field:
    """A field of an entry that a reviewer can edit.

    Attributes:
        name: what to call it.
        text: gives the text to begin with.
        revised: gives the entry with another text.
        is_long: whether the text may hold several lines.
    """

    name: str
    text: Callable[[Entry], str]
    revised: Callable[[Entry, str], Entry]
    is_long: bool = False


QUESTION: Final = Field("Question", lambda entry: entry.question, reworded)
ANSWER: Final = Field("Answer", lambda entry: entry.answer, answered, is_long=True)
PHRASINGS: Final = Field(
    "Phrasings, one a line",
    lambda entry: "\n".join(entry.phrasings),
    lambda entry, text: rephrased(entry, text.split("\n")),
    is_long=True,
)
TOPIC: Final = Field("Topic", lambda entry: entry.topic, moved)
GAP: Final = Field("Gap", lambda entry: entry.gap or SENTENCE, as_gap)
