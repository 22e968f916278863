"""The catalogues: what people ask about a procedure, a condition, a task, a formality or a service."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from faqbot import files
from faqbot.bot import FaqBot
from faqbot.extraction.kinds import Kind
from faqbot.extraction.naming import is_plural
from faqbot.extraction.subject import Subject, kind_of
from faqbot.knowledge import reader
from faqbot.knowledge.entries import Entry, KnowledgeBase

_TO_THINGS: Final = frozenset(("service", "servicing", "repair", "replacement", "installation", "maintenance"))
OF_BODIES: Final = ("Safety and comfort", "Who")  # topics that only procedures done to people have
OF_DISHES: Final = (
    "How much does {procedure} make?", "What do I serve with {procedure}?", "How do I store {procedure}?",
)  # fmt: skip
# What articles may have a part on, and nobody misses an answer to: no gap.
NO_GAPS: Final = (
    "What should I remember about {procedure}?", "What research is there on {procedure}?",
    "Are there tips for {procedure}?", "What does {procedure} offer?",
)  # fmt: skip
PLACEHOLDER: Final = "{procedure}"
STEPS: Final = "How do I make {procedure}?"
# What is asked of a thing that is made, and of no task: its ingredients, how to serve it.
_MAKING: Final = re.compile(
    r"\b(?:make|made|cook\w*|recipe|ingredients?|servings?|serves?|portions?|put into|belongs?|in)\b"
)
_PLURAL: Final = {"is": "are", "Is": "Are", "does": "do", "Does": "Do", "has": "have", "Has": "Have"}

# With its gaps taken away, the bundled knowledge base covers the six questions of the catalogue that it answers, and
# no others. At .4 the nearest covers three more ("Does it hurt?"), at .6 the share one ("every skin colour").
NEAR: Final = 0.6  # similarity of the nearest phrasing, 0 to 1
EXPLAINED: Final = 0.9  # share of the informative words, 0 to 1


@cache
def read(kind: Kind = Kind.PROCEDURE) -> KnowledgeBase:
    """Read a catalogue that ships with faqbot: entries that are all gaps, with `{procedure}` for the name."""
    return reader.read(files.bundled(f"{kind}.md")).knowledge


@cache
def about(subject: Subject) -> dict[str, Entry]:
    """Return the questions about a subject as gaps, each by the question with the placeholder in it.

    What is done to a boiler does not hurt: of a service or a repair, nobody asks what people ask of treatments.
    """
    if not subject.kind or not subject.name:
        return {}
    last = subject.name.lower().split()[-1]
    to_things = subject.is_procedure and last in _TO_THINGS
    return {
        entry.question: _named(entry, subject)
        for entry in read(subject.kind).entries
        if not (to_things and entry.topic in OF_BODIES) and not (subject.task and entry.question in OF_DISHES)
    }


@cache
def named(name: str) -> dict[tuple[Kind, str], Entry]:
    """Return the questions of all catalogues about one name, each by its kind and key."""
    kinds = (kind for kind in Kind if kind and name)
    return {(kind, key): gap for kind in kinds for key, gap in about(Subject(name, (), kind, name)).items()}


def _named(entry: Entry, subject: Subject) -> Entry:
    forms = entry.forms
    if subject.task:  # "How do I change a tyre?", and never "make changing a tyre"
        own = f"How do I {subject.task}?" if forms[0] == STEPS else forms[0]
        forms = (own, *(form for form in forms[1:] if not _MAKING.search(form)))
    question, *phrasings = (_filled(form, subject) for form in forms)
    return replace(entry, question=question, phrasings=tuple(phrasings), gap=_filled(entry.gap, subject), id="")


def _filled(form: str, subject: Subject) -> str:
    """Return a form with the name in its place, and its verb in the plural where the name is one."""
    if is_plural(subject.name):
        form = re.sub(rf"\b({'|'.join(_PLURAL)})(?= {re.escape(PLACEHOLDER)})", lambda found: _PLURAL[found[1]], form)
        form = re.sub(rf"(?<={re.escape(PLACEHOLDER)} )(is|does|has)\b", lambda found: _PLURAL[found[1]], form)
    return form.replace(PLACEHOLDER, subject.phrase)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The questions about one subject, ready to be recognised in other words.

    Attributes:
        subject: what they are about.
        entries: the questions as gaps, each by the question with the placeholder in it.
    """

    subject: Subject
    entries: dict[str, Entry]
    _bot: FaqBot

    @classmethod
    def about(cls, subject: Subject) -> Catalogue:
        """Return the catalogue about a subject."""
        entries = about(subject)
        groups = read(subject.kind).groups if entries else ()
        name = subject.name
        knowledge = KnowledgeBase(tuple(entries.values()), procedure=name, names=subject.names, groups=groups)
        return cls(subject, entries, FaqBot(knowledge, encoder=None))

    def recognise(self, question: str) -> str:
        """Return the key of the catalogue's question that an author's question surely is, or ""."""
        reply = self._bot.ask(question) if self.entries else None
        if reply is None or reply.entry is None or self._bot.evidence(question).explained < EXPLAINED:
            return ""
        return next(key for key, entry in self.entries.items() if entry.id == reply.entry.id)


def missing(bot: FaqBot) -> tuple[Entry, ...]:
    """Return the catalogue's questions that a knowledge base neither answers nor marks as a gap.

    A question is covered where it, or half of the ways to ask it, are near a phrasing of an entry that holds their
    words; or where the catalogue, asked an entry's own question, recognises it. A confident answer is no proof: without
    the gap, "how many sessions?" looks like "how long is a session?". A knowledge base that names no procedure is not
    held against the catalogue.
    """
    known = bot.knowledge
    if not known.procedure:
        return ()
    catalogue = Catalogue.about(subject_of(known))
    found = {catalogue.recognise(entry.question) for entry in known.entries}
    return tuple(entry for key, entry in catalogue.entries.items() if key not in found and not _covers(bot, entry))


def subject_of(knowledge: KnowledgeBase) -> Subject:
    """Return what a knowledge base is about: a procedure, unless what it says is plainly about something else."""
    text = " ".join(part for entry in knowledge.entries for part in (entry.question, entry.answer))
    names = tuple(knowledge.names)
    kind = kind_of(knowledge.procedure, names, text)
    ids = {entry.id for entry in knowledge.entries if entry.is_gap}
    known = Counter(of for (of, _), gap in named(knowledge.procedure).items() if gap.id in ids)
    if known and 2 * known.most_common(1)[0][1] > len(ids):
        kind = known.most_common(1)[0][0]  # its gaps tell
    return Subject(knowledge.procedure, names, kind or Kind.PROCEDURE, knowledge.procedure)


def _covers(bot: FaqBot, entry: Entry) -> bool:
    rankings = [bot.evidence(form) for form in entry.forms]
    near = [ranking.nearest >= NEAR and ranking.explained >= EXPLAINED for ranking in rankings]
    return near[0] or 2 * sum(near) >= len(near)
