"""Print an explanation of a reply, as text for a terminal or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from faqbot.cli.text import clean_line, wrapped

if TYPE_CHECKING:
    from faqbot.answering.explanation import Change, Explanation

MOST_WORDS: Final = 8  # of a kind: more of them would hide the rest; JSON has them all
MOST_ENTRIES: Final = 3


def plain(explanation: Explanation, *, width: int | None) -> str:
    """Return an explanation as lines of text, the sentence first."""
    return "\n".join(wrapped(line, width) for line in lines(explanation))


def lines(explanation: Explanation) -> Iterator[str]:
    """Yield the lines of an explanation, not wrapped: the sentence, then what there is to say of how it was decided."""
    yield clean_line(explanation.sentence)
    rows = {
        "corrected": _changes(explanation.corrected),
        "replaced": _changes(explanation.replaced),
        "procedures named": _some(explanation.procedures),
        "words in the best entry": _some(explanation.matched),
        "words in others only": _some(explanation.unexplained),
        "words in no entry": _some(explanation.unknown),
        "contradicts the question": _some(f"{one.kind}: {one.held}, not {one.asked}" for one in explanation.conflicts),
        "read side by side": ""
        if explanation.log_odds is None
        else f"log-odds {explanation.log_odds:+.1f} that it answers",
        "confidence": _confidence(explanation),
    }
    yield from (f"- {name}: {text}" for name, text in rows.items() if text)
    for phrasing in explanation.nearest:
        yield f'- phrasing {phrasing.similarity:.2f}: "{clean_line(phrasing.text)}"'
    for match in explanation.entries[:MOST_ENTRIES]:
        yield f"- entry {match.score:.2f}: {clean_line(match.entry.title)}"


def _some(words: Iterable[str]) -> str:
    said = [clean_line(word) for word in words]
    more = [f"{len(said) - MOST_WORDS} more"] if len(said) > MOST_WORDS else []
    return ", ".join(said[:MOST_WORDS] + more)


def _changes(changes: Iterable[Change]) -> str:
    return _some(f"{change.written} -> {change.read}" for change in changes)


def _confidence(explanation: Explanation) -> str:
    """Return the confidence and its sum of log-odds; nothing where no entry was in question."""
    features = explanation.features
    if not features:
        return ""
    parts = [f"{part.name} {part.value:.2f}*{part.coefficient:g}={part.contribution:+.2f}" for part in features]
    shared = f", shared with {explanation.rivals} that fit as well" if explanation.rivals else ""
    needed = f"answers from {explanation.answer_from:g}, suggests from {explanation.suggest_from:g}"
    return f"{explanation.confidence:.2f} ({needed}): {explanation.intercept:g}, {', '.join(parts)}{shared}"


def as_json(explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as `--json --explain` prints it; the keys are stable, and new ones may come.

    All of an Explanation but what the reply says already: question, status, reason and confidence. Entries are told by
    id and question, and features have their contribution.
    """
    return {
        "sentence": explanation.sentence,
        "asked": explanation.asked,
        "answer_from": explanation.answer_from,
        "suggest_from": explanation.suggest_from,
        "confidence": round(explanation.confidence, 4),
        "intercept": explanation.intercept,
        "features": [
            {
                "name": feature.name,
                "value": round(feature.value, 4),
                "coefficient": feature.coefficient,
                "contribution": round(feature.contribution, 4),
            }
            for feature in explanation.features
        ],
        "rivals": explanation.rivals,
        "corrected": [asdict(change) for change in explanation.corrected],
        "replaced": [asdict(change) for change in explanation.replaced],
        "procedures": list(explanation.procedures),
        "matched": list(explanation.matched),
        "unexplained": list(explanation.unexplained),
        "unknown": list(explanation.unknown),
        "common": list(explanation.common),
        "verbatim": explanation.verbatim,
        "conflicts": [asdict(conflict) for conflict in explanation.conflicts],
        "log_odds": None if explanation.log_odds is None else round(explanation.log_odds, 4),
        "nearest": [
            {"id": near.entry.id, "text": near.text, "similarity": round(near.similarity, 4)}
            for near in explanation.nearest
        ],
        "entries": [
            {"id": match.entry.id, "question": match.entry.question, "score": round(match.score, 4)}
            for match in explanation.entries
        ],
    }
