"""Serialise a reply to the JSON that `faqbot ask --json`, the HTTP service and the MCP tools share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from faqbot.answering.reply import Reply
from faqbot.knowledge.entries import Entry

if TYPE_CHECKING:
    from faqbot.search.ranking import Match


def as_json(reply: Reply) -> dict[str, Any]:
    """Return a reply as a JSON object; the keys are stable, and new ones may come.

    question, asked, status, reason, confidence (0 to 1), text, note, highlight, entry (id, question, topic, draft,
    next, or null), source (document, place, or null), suggestions (id, question, score each), parts (objects like this
    one).
    """
    return {
        "question": reply.question,
        "asked": reply.asked,
        "status": str(reply.status),
        "reason": str(reply.reason),
        "confidence": round(reply.confidence, 4),
        "text": reply.text,
        "note": reply.note,
        "highlight": reply.highlight,
        "entry": _entry(reply.entry),
        "source": {"document": reply.source.document, "place": reply.source.place} if reply.source else None,
        "suggestions": [_match(match) for match in reply.suggestions],
        "parts": [as_json(part) for part in reply.parts],
    }


def _entry(entry: Entry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "id": entry.id,
        "question": entry.question,
        "topic": entry.topic,
        "draft": entry.draft,
        "next": list(entry.next),
    }


def _match(match: Match) -> dict[str, Any]:
    return {"id": match.entry.id, "question": match.entry.question, "score": round(match.score, 4)}
