"""What a change of one entry does to what is asked: to the questions it was made for, and to the entries beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from faqbot.bot import FaqBot
from faqbot.evaluation.metrics import WORTH, leave_one_out
from faqbot.text import shortened

NEIGHBOURS: Final = 8  # entries that come nearest to the new words: what is further away, they cannot draw
QUOTED: Final = 60  # letters of a phrasing that suffers


@dataclass(frozen=True, slots=True)
class Effect:
    """What came of a change.

    Attributes:
        asked: how many wordings it was made for.
        given: how many of them now get the entry.
        lost: phrasings of other entries that no longer get their own.
        blurred: phrasings of other entries that, had their author not thought of them, would now be found less well.
    """

    asked: int
    given: int
    lost: tuple[str, ...]
    blurred: tuple[str, ...]

    def __str__(self) -> str:
        if self.asked == 1:
            reached = "The question now gets it" if self.given else "The question does not get it yet"
        elif self.given == self.asked:
            reached = f"All {self.asked} wordings now get it"
        else:
            reached = f"{self.given} of {self.asked} wordings now get it"
        if not self.lost and not self.blurred:
            return f"{reached}; no other entry suffers."
        told = self.lost or self.blurred
        if len(told) == 1:
            suffers = "no longer gets it" if self.lost else "is now harder to tell apart"
            return f"{reached}; a phrasing of another entry {suffers}: {_quoted(told[0])}."
        suffers = "no longer get theirs" if self.lost else "are now harder to tell apart"
        return f"{reached}; {len(told)} phrasings of other entries {suffers}, such as {_quoted(told[0])}."


def measured(before: FaqBot, after: FaqBot, entry: str, asked: Iterable[str]) -> Effect:
    """Return the effect of a change on an entry.

    Args:
        before: the bot without the change.
        after: the bot with it.
        entry: the id of the entry that was changed, or is new.
        asked: the wordings that it should be given for; at least one.
    """
    asked = tuple(asked)
    beside = {match.entry.id for text in asked[:NEIGHBOURS] for match in after.rank(text, limit=NEIGHBOURS)}
    near = [match.entry.id for match in after.rank(asked[0], limit=NEIGHBOURS)]
    around = tuple(dict.fromkeys([*near, *sorted(beside)]))[:NEIGHBOURS]
    others = [one for one in before.knowledge.entries if one.id in around and one.id != entry]
    lost = tuple(
        form for one in others for form in one.forms if gets(before, form, one.id) and not gets(after, form, one.id)
    )
    ids = {one.id for one in others}
    worth_before, worth_after = _found(before, ids, entry), _found(after, ids, entry)
    blurred = tuple(form for (key, form), worth in worth_before.items() if worth_after.get((key, form), worth) < worth)
    return Effect(len(asked), sum(gets(after, text, entry) for text in asked), lost, blurred)


def gets(bot: FaqBot, text: str, entry: str) -> bool:
    """Return whether a question gets the entry with this id."""
    found = bot.ask(text).entry
    return found is not None and found.id == entry


def _found(bot: FaqBot, ids: set[str], entry: str) -> dict[tuple[str, str], int]:
    """Return what becomes of the phrasings of some entries, each asked with itself left out, among them and `entry`."""
    some = [one for one in bot.knowledge.entries if one.id in ids or one.id == entry]
    judged = leave_one_out(bot.over(replace(bot.knowledge, entries=some))).judged
    return {
        (one.labelled.expected[0], one.question): WORTH[one.outcome]
        for one in judged
        if one.wanted and one.wanted.id in ids
    }


def _quoted(text: str) -> str:
    return f'"{shortened(text, QUOTED)}"'
