"""The sentence of an unreviewed passage that answers best: a passage says several things, and one was asked."""

from __future__ import annotations

from faqbot.search.index import Index
from faqbot.search.question import Question
from faqbot.search.sentences import sentences
from faqbot.text import stem, tokens


def of(index: Index, question: Question, number: int) -> str:
    """Return the sentence that answers a question best, of the draft of this number; "" where it has but one.

    By the vectors where there are some, else the one that shares the words of the question which tell most.
    """
    said = sentences(index.entries[number])
    if not said:
        return ""
    place = index.vectors.nearest(question, number) if index.vectors else None
    if place is None:
        asked = set(question.stems)
        shared = [sum(index.bm25.weight(one) for one in asked.intersection(map(stem, tokens(text)))) for text in said]
        place = max(range(len(said)), key=lambda n: shared[n])
    return said[place]
