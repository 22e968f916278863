"""Questions that nobody has decided yet: what may answer them is offered, so that nothing is denied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from faqbot.answering import reply as replies
from faqbot.answering.reply import Reason, Reply, Status
from faqbot.knowledge.entries import Entry
from faqbot.search.ranking import Match


def offered(reply: Reply, entries: Sequence[Entry]) -> Reply:
    """Return a reply with the entries that an open question names in its place; most replies are as they were.

    A draft's gap that names entries says neither that they answer it nor that nothing does: it is at most suggested.

    Args:
        reply: of a decision.
        entries: of the knowledge base.
    """
    if reply.status is Status.GAP and reply.entry is not None and reply.entry.is_open:
        found = tuple(_named([Match(reply.entry, reply.confidence)], entries))
        is_there = not any(match.entry.is_open for match in found)
        return replies.suggested(reply.question, found, reply.confidence, Reason.UNCERTAIN) if is_there else reply
    if any(match.entry.is_open for match in reply.suggestions):
        distinct: dict[str, Match] = {}
        for match in _named(reply.suggestions, entries):
            distinct.setdefault(match.entry.id, match)
        return replies.suggested(reply.question, tuple(distinct.values()), reply.confidence, reply.reason)
    return reply


def _named(matches: Iterable[Match], entries: Sequence[Entry]) -> Iterator[Match]:
    """Yield matches, instead of each open question those that it names; itself where none of them exists."""
    for match in matches:
        wanted = match.entry.next if match.entry.is_open else ()
        by_id = {entry.id: Match(entry, match.score) for entry in entries if entry.id in wanted and not entry.is_gap}
        yield from by_id.values() or (match,)
