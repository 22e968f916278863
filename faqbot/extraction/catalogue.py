"""The catalogue: what people ask about any procedure, held against what a knowledge base answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from faqbot import files
from faqbot.bot import FaqBot
from faqbot.knowledge import reader
from faqbot.knowledge.entries import Entry, KnowledgeBase

_TO_THINGS: Final = frozenset(("service", "servicing", "repair", "replacement", "installation", "maintenance"))
OF_BODIES: Final = ("Safety and comfort", "Who")  # topics of the catalogue that only treatments of people have
PLACEHOLDER: Final = "{procedure}"

# With its gaps taken away, the bundled knowledge base covers the six questions of the catalogue that it answers, and
# no others. At .4 the nearest covers three more ("Does it hurt?"), at .6 the share one ("every skin colour").
NEAR: Final = 0.6  # similarity of the nearest phrasing, 0 to 1
EXPLAINED: Final = 0.9  # share of the informative words, 0 to 1


@cache
def read() -> KnowledgeBase:
    """Read the catalogue that ships with faqbot: entries that are all gaps, with `{procedure}` for the name."""
    return reader.read(files.bundled("procedure.md")).knowledge


def about(procedure: str) -> tuple[Entry, ...]:
    """Return the catalogue's questions about `procedure`, each as a gap.

    What is done to a boiler does not hurt: of a service or a repair, nobody asks what people ask of treatments.
    """
    to_things = procedure.lower().split()[-1:] and procedure.lower().split()[-1] in _TO_THINGS
    return tuple(
        replace(
            entry,
            question=entry.question.replace(PLACEHOLDER, procedure),
            phrasings=tuple(form.replace(PLACEHOLDER, procedure) for form in entry.phrasings),
            gap=entry.gap.replace(PLACEHOLDER, procedure),
            id="",
        )
        for entry in read().entries
        if not (to_things and entry.topic in OF_BODIES)
    )


def key_of(entry: Entry, procedure: str) -> str:
    """Return the id that an entry of the catalogue has when it is asked about `procedure`."""
    return replace(entry, question=entry.question.replace(PLACEHOLDER, procedure), id="").id


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The catalogue's questions about one procedure, ready to be recognised in other words.

    Attributes:
        entries: the questions, as gaps.
    """

    entries: tuple[Entry, ...]
    _bot: FaqBot

    @classmethod
    def about(cls, procedure: str, names: Sequence[str] = ()) -> Catalogue:
        """Return the catalogue about `procedure`, which is also called `names`."""
        entries = about(procedure)
        name = procedure.removeprefix("a ").removeprefix("an ")
        return cls(
            entries, FaqBot(KnowledgeBase(entries, procedure=name, names=names, groups=read().groups), encoder=None)
        )

    def recognise(self, question: str) -> str:
        """Return the id of the catalogue's question that an author's question surely is, or ""."""
        reply = self._bot.ask(question)
        surely = reply.entry is not None and self._bot.evidence(question).explained >= EXPLAINED
        return reply.entry.id if reply.entry and surely else ""


def missing(bot: FaqBot) -> tuple[Entry, ...]:
    """Return the catalogue's questions that a knowledge base neither answers nor marks as a gap.

    A question is covered where it, or half of the ways to ask it, are near a phrasing of an entry that holds their
    words; or where the catalogue, asked an entry's own question, recognises it. A confident answer is no proof: without
    the gap, "how many sessions?" looks like "how long is a session?". A knowledge base that names no procedure is not
    held against the catalogue.
    """
    procedure = bot.knowledge.procedure
    if not procedure:
        return ()
    catalogue = Catalogue.about(procedure, bot.knowledge.names)
    found = {catalogue.recognise(entry.question) for entry in bot.knowledge.entries}
    return tuple(entry for entry in catalogue.entries if entry.id not in found and not _covers(bot, entry))


def _covers(bot: FaqBot, entry: Entry) -> bool:
    rankings = [bot.evidence(form) for form in entry.forms]
    near = [ranking.nearest >= NEAR and ranking.explained >= EXPLAINED for ranking in rankings]
    return near[0] or 2 * sum(near) >= len(near)
