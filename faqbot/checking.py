"""Findings in a knowledge file that can be used but could be better."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from faqbot import catalogue
from faqbot.bot import FaqBot
from faqbot.entries import Entry
from faqbot.errors import Problem
from faqbot.knowledge import KnowledgeFile
from faqbot.text import tokens

LONGEST_ANSWER: Final = 150  # words: more than fits a small terminal, or a reader's patience


def findings(file: KnowledgeFile) -> Iterator[Problem]:
    """Yield what an author should look at: phrasings that find another entry, long answers, questions left out."""
    bot = FaqBot(file.knowledge)
    owners: dict[tuple[str, ...], Entry] = {}
    for entry in file.knowledge.entries:
        for form in entry.forms:
            owner = owners.setdefault(tokens(form), entry)
            if owner is not entry:
                yield _finding(file, entry, f"{form!r} also belongs to {owner.question!r}", "keep it in one of the two")
                continue
            best = bot.rank(form, limit=1)
            if best and best[0].entry.id != entry.id:
                what = "the entry cannot be reached" if form == entry.question else "stolen phrasing"
                right = "reword one of them, or add phrasings here"
                yield _finding(file, entry, f"{what}: {form!r} finds {best[0].entry.question!r}", right)
        words = len(entry.answer.split())
        if words > LONGEST_ANSWER:
            yield _finding(file, entry, f"the answer has {words} words", "an answer of a few sentences is read")
    for entry in catalogue.missing(bot):
        yield Problem(file.path, None, f"people will ask {entry.question!r}", "answer it, or mark it as a gap")


def _finding(file: KnowledgeFile, entry: Entry, wrong: str, right: str) -> Problem:
    return Problem(file.path, file.line(entry), wrong, right)
