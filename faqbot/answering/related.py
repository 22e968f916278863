"""What is worth asking next: what the entry names, answers of the same topic, and then those nearest to it."""

from __future__ import annotations

from collections.abc import Set
from typing import Final

from faqbot.answering.answerer import Answerer
from faqbot.knowledge.entries import Entry
from faqbot.search.ranking import Match

MOST: Final = 3  # what is read at a glance below an answer
CONSIDERED: Final = 24  # entries near the one that was shown
NEAR_SHARE: Final = 0.15  # of the entry's own score: what is further off of another topic has only "what is" in common


def to(entry: Entry, answerer: Answerer, seen: Set[str], *, most: int = MOST) -> tuple[Match, ...]:
    """Return the answers worth asking for after an entry: those that it names, of its topic, and near it, in order.

    Gaps are left out, and so are entries about another procedure.

    Args:
        entry: that was shown.
        answerer: that showed it.
        seen: ids of entries that the person knows of.
        most: how many.
    """
    known = {*seen, entry.id}
    wanted = set(entry.next) - {entry.id}  # its author knows best, so even what was seen comes again
    by_id = {one.id: Match(one, 0.0) for one in answerer.knowledge.entries if one.id in wanted} if wanted else {}
    named = [by_id[key] for key in dict.fromkeys(entry.next) if key in by_id]
    known.update(by_id)
    near = [
        match
        for match in answerer.evidence(entry.title, limit=CONSIDERED).matches
        if match.entry.id not in known and not match.entry.is_gap and match.entry.subject == entry.subject
    ]
    known.update(match.entry.id for match in near)
    rest = [
        Match(one, 0.0)
        for one in answerer.knowledge.entries
        if one.topic and (one.topic, one.subject) == (entry.topic, entry.subject)
        if not one.is_gap and one.id not in known
    ]
    same = [match for match in near if match.entry.topic and match.entry.topic == entry.topic]
    others = [match for match in near if match not in same and match.score >= NEAR_SHARE]
    return (*named, *same, *rest, *others)[: max(most, len(named))]
