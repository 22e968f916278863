"""Count what a reader leaves out, and say it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from faqbot.documents.pairs.values import place_list


@dataclass(slots=True)
class Tally:
    """What was left out, counted."""

    metadata: Counter[str] = field(default_factory=Counter)
    alternatives: list[str] = field(default_factory=list)
    restricted: list[str] = field(default_factory=list)
    switched_off: list[str] = field(default_factory=list)
    small_talk: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    suggested: int = 0

    def notes(self) -> list[str]:
        """Return what was left out, a sentence each."""
        said = [
            (self.restricted, "left out, since only some may see {it}: {places}"),
            (self.switched_off, "left out, as {it} {is_} switched off: {places}"),
            (self.small_talk, "left out, being small talk: {places}"),
            (self.incomplete, "left out, without a question or an answer: {places}"),
        ]
        found = []
        for places, text in said:
            if places:
                one = len(places) == 1
                count = f"{len(places)} {'entry was' if one else 'entries were'} "
                listed = place_list(places)
                found.append(
                    count + text.format(it="it" if one else "them", is_="is" if one else "are", places=listed) + "."
                )
        if self.alternatives:
            found.append(f"Of several answers the first was taken: {place_list(self.alternatives)}.")
        if self.suggested:
            found.append(f"{self.suggested} suggested phrasings that nobody had accepted were left out.")
        if self.metadata:
            listed = ", ".join(f"{name} ({count})" for name, count in self.metadata.most_common(8))
            more = f" and {len(self.metadata) - 8} more" if len(self.metadata) > 8 else ""
            found.append(f"There is no place for: {listed}{more}.")
        return found
