"""The catalogue: what people ask about any procedure, held against what a knowledge base answers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from faqbot import knowledge
from faqbot.bot import FaqBot, bundled_folder
from faqbot.entries import Entry, KnowledgeBase

PLACEHOLDER: Final = "{procedure}"
# With its gaps taken away, the bundled knowledge base covers five of the catalogue's questions, the five it answers.
NEAR: Final = 0.6
EXPLAINED: Final = 0.9


@cache
def read() -> KnowledgeBase:
    """Read the catalogue that ships with faqbot: entries that are all gaps, with `{procedure}` for the name."""
    return knowledge.read(bundled_folder() / "procedure.md").knowledge


def about(procedure: str) -> tuple[Entry, ...]:
    """Return the catalogue's questions about `procedure`, each as a gap."""
    return tuple(
        replace(
            entry,
            question=entry.question.replace(PLACEHOLDER, procedure),
            phrasings=tuple(form.replace(PLACEHOLDER, procedure) for form in entry.phrasings),
            gap=entry.gap.replace(PLACEHOLDER, procedure),
            id="",
        )
        for entry in read().entries
    )


def missing(bot: FaqBot) -> tuple[Entry, ...]:
    """Return the catalogue's questions that a knowledge base neither answers nor marks as a gap.

    A question is covered where it, or half of the ways to ask it, are near a phrasing of an entry that holds their
    words. A confident answer is no proof: without the gap, "how many sessions?" looks like "how long is a session?". A
    knowledge base that names no procedure is not held against the catalogue.
    """
    procedure = bot.knowledge.procedure
    return tuple(entry for entry in about(procedure) if not _covers(bot, entry)) if procedure else ()


def _covers(bot: FaqBot, entry: Entry) -> bool:
    rankings = [bot.ranking(form) for form in entry.forms]
    near = [ranking.nearest >= NEAR and ranking.explained >= EXPLAINED for ranking in rankings]
    return near[0] or 2 * sum(near) >= len(near)
