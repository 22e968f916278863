"""The catalogue: what people ask about any procedure, held against what a knowledge base answers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from faqbot import knowledge
from faqbot.bot import FaqBot, bundled_folder
from faqbot.entries import Entry, KnowledgeBase
from faqbot.replies import Status

PLACEHOLDER: Final = "{procedure}"


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

    A question is covered where the bot answers it, or knows it as a gap, or does so with half of the ways to ask it. A
    knowledge base that names no procedure is not held against the catalogue.
    """
    procedure = bot.knowledge.procedure
    return tuple(entry for entry in about(procedure) if not _covers(bot, entry)) if procedure else ()


def _covers(bot: FaqBot, entry: Entry) -> bool:
    known = [reply.status in (Status.ANSWERED, Status.GAP) for reply in bot.ask_many(entry.forms)]
    return known[0] or 2 * sum(known) >= len(known)
