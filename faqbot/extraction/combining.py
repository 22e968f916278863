"""The drafts of several articles as one: every question once, gaps where nobody answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from faqbot.extraction import catalogue
from faqbot.knowledge.entries import Entry, KnowledgeBase, slug
from faqbot.text import normalise, tokens


def joined(parts: Sequence[KnowledgeBase], known: KnowledgeBase | None, name: str) -> tuple[list[Entry], list[Entry]]:
    """Return the entries of all articles, gaps last, and those left out.

    The first article that answers a question keeps it. Where another answers it too, with other words, its entry takes
    the next way to ask that nobody has; without one it is left out. What nobody answers is a gap.

    Args:
        parts: the draft of each article, whose source is the name of its document.
        known: what they go into: what it has from other documents counts as answered.
        name: of the procedure.
    """
    again = {part.source for part in parts}
    asked = _Asked()
    if known:
        asked.add(entry for entry in known.entries if not entry.is_gap and entry.source.document not in again)
    entries: list[Entry] = []
    gaps: dict[str, Entry] = {}
    left_out: list[Entry] = []
    for part in parts:
        found = [_renamed(entry, part.procedure, name) for entry in part.entries]
        gaps |= {entry.id: entry for entry in found if entry.is_gap and entry.id not in gaps}
        fitted = [(entry, asked.fitted(entry)) for entry in found if not entry.is_gap]
        left_out += [entry for entry, kept in fitted if kept is None]
        kept = list({entry.id: entry for _, entry in fitted if entry is not None}.values())
        asked.add(kept)
        entries += kept
    return [*entries, *(gap for gap in gaps.values() if gap.id not in asked.ids)], left_out


def _renamed(entry: Entry, was: str, name: str) -> Entry:
    """Return an entry that answers or is a question of the catalogue with the name that the others have for it."""
    if not was or was == name:
        return entry
    others = {entry.id: entry for entry in catalogue.about(name)}
    for own in catalogue.about(was):
        other = others.get(replace(own, question=own.question.replace(was, name), id="").id)
        if own.id == entry.id and other:
            forms = dict(zip(own.phrasings, other.phrasings, strict=True))
            renamed = [forms.get(form, form) for form in entry.phrasings]
            gap = other.gap if entry.gap == own.gap else entry.gap
            return replace(entry, question=other.question, id="", phrasings=renamed, gap=gap)
    return entry


def question_key(question: str) -> str:
    """Return what two entries of one file may not have in common."""
    return normalise(question).rstrip("?!. ")


@dataclass(slots=True)
class _Asked:
    """What is taken: ids, ways to ask, answers."""

    ids: set[str] = field(default_factory=set)
    forms: set[tuple[str, ...]] = field(default_factory=set)
    answers: set[str] = field(default_factory=set)

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.ids.add(entry.id)
            self.forms.update(tokens(form) for form in entry.forms)
            self.answers.add(normalise(entry.answer))

    def is_free(self, question: str, key: str) -> bool:
        return key not in self.ids and tokens(question) not in self.forms

    def fitted(self, entry: Entry) -> Entry | None:
        """Return the entry with a question and phrasings that are free, or None where there is none."""
        question = entry.question
        if not self.is_free(question, entry.id):
            free = [form for form in entry.phrasings if form.endswith("?") and self.is_free(form, slug(form))]
            if not free or normalise(entry.answer) in self.answers:
                return None
            question = free[0]
        forms = [form for form in entry.phrasings if form != question and tokens(form) not in self.forms]
        return replace(entry, question=question, phrasings=forms, id="" if question != entry.question else entry.id)
