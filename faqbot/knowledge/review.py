"""Review a draft, decision by decision; no terminal in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from faqbot.knowledge import edits
from faqbot.knowledge.editing import Session
from faqbot.knowledge.entries import Entry
from faqbot.knowledge.reader import KnowledgeFile


@dataclass(frozen=True, slots=True)
class Summary:
    """The number of drafts that were accepted, dropped, merged and left."""

    accepted: int
    dropped: int
    merged: int
    left: int

    @property
    def reviewed(self) -> int:
        """Return how many were decided."""
        return self.accepted + self.dropped + self.merged

    def __str__(self) -> str:
        decided = f"{self.accepted} accepted, {self.dropped} dropped, {self.merged} merged"
        return f"{self.reviewed} reviewed: {decided}, {self.left} left"


@dataclass(frozen=True, slots=True)
class _State:
    """Where a review stands: the id of the entry at hand, and the ids that went into another entry."""

    current: str
    merged: frozenset[str] = frozenset()


class Review:
    """One person's walk through the drafts of a file.

    What was decided about an entry is read off the file: a draft is open, an entry that is none was accepted, one that
    is gone was dropped. So nothing has to be kept beside the file, and whoever comes back goes on where drafts begin.

    Every method that changes something saves it, and returns a sentence that says what was done. Raised by all of them:
        ValueError: it makes no sense, or no file can hold it; the message is a sentence for the reviewer.
        ChangedError: somebody else wrote the file meanwhile; it was read again, and nothing was saved.
        OSError: the file cannot be written; it is as it was.

    Args:
        file: as it is on disk; the walk begins at its first draft.

    Attributes:
        queue: the ids of what there is to review, in the order of the file; decided ones stay in it.
    """

    def __init__(self, file: KnowledgeFile) -> None:
        self._session: Session[_State] = Session(file, self._follow)
        self.queue = _drafts(file)
        self._state = _State(self.queue[0] if self.queue else "")

    @property
    def file(self) -> KnowledgeFile:
        """The file as it is on disk."""
        return self._session.file

    @property
    def current(self) -> str:
        """The id of the entry at hand."""
        return self._state.current

    @property
    def entries(self) -> dict[str, Entry]:
        """The entries of the file by id."""
        return {entry.id: entry for entry in self.file.knowledge.entries}

    @property
    def entry(self) -> Entry:
        """The entry at hand.

        Raises:
            ValueError: there is none.
        """
        try:
            return self.entries[self.current]
        except KeyError:
            raise ValueError("There is no entry at hand.") from None

    @property
    def number(self) -> int:
        """The place of the entry at hand in the queue, counted from 1."""
        return self.queue.index(self.current) + 1

    @property
    def open(self) -> tuple[str, ...]:
        """The ids that are still drafts."""
        entries = self.entries
        return tuple(key for key in self.queue if key in entries and entries[key].draft)

    @property
    def plain_gaps(self) -> tuple[Entry, ...]:
        """The gaps that are still drafts, and that no entry may answer."""
        entries = self.entries
        return tuple(entries[key] for key in self.open if entries[key].is_gap and not entries[key].is_open)

    @property
    def summary(self) -> Summary:
        """The decisions until now, in numbers."""
        entries = self.entries
        left = len(self.open)
        merged = len(self._state.merged)
        accepted = sum(key in entries for key in self.queue) - left
        return Summary(accepted, len(self.queue) - accepted - merged - left, merged, left)

    def forward(self) -> bool:
        """Go to the next entry, decided or not; return whether there was one."""
        return self._go(self.queue[self.number :])

    def back(self) -> bool:
        """Go to the entry before, decided or not; return whether there was one."""
        return self._go(self.queue[: self.number - 1][::-1])

    def accept(self) -> str:
        """Take the entry as it is, and go to the next draft."""
        entry = self.entry
        if entry.draft:
            self._save([replace(entry, draft=False)])
        self._go_on()
        return "Accepted." if entry.draft else "Accepted already."

    def accept_gaps(self) -> str:
        """Take all gaps that are still drafts at once, but for those that an entry may answer: these are looked at."""
        gaps = [replace(gap, draft=False) for gap in self.plain_gaps]
        if not gaps:
            raise ValueError("No gap is left to accept.")
        self._save(gaps)
        if not self.entry.draft:
            self._go_on()
        return f"Accepted {len(gaps)} gap{'s' * (len(gaps) > 1)}."

    def drop(self) -> str:
        """Throw the entry away, remember its id, and go to the next draft."""
        if len(self.file.knowledge.entries) == 1:
            raise ValueError("This is the file's only entry, and a file without any is none: delete the file instead.")
        self._save([], gone=self.current)
        self._go_on()
        return "Dropped."

    def merge(self) -> str:
        """Join the entry to the one before it in the file, and go to that one if it belongs to this review.

        Its answer goes after the other's, its question and phrasings become phrasings, and its id is remembered.
        """
        key = self.current
        before = self._before(self.entry)
        self._save([edits.joined(before, self.entry)], gone=key)
        self._state = replace(self._state, merged=self._state.merged | {key})
        if before.id in self.queue:
            self._go([before.id])
        else:
            self._go_on()
        return f"Merged into {before.question!r}."

    def answer_with(self, key: str) -> str:
        """Give the question and phrasings of the gap at hand to the answer of this id, and go to the next draft."""
        if not self.entry.is_gap:
            raise ValueError("Only a gap can be joined with the answer that may hold it.")
        answer = self.entries.get(key)
        if answer is None or answer.is_gap:
            raise ValueError("There is no answer near this gap.")
        gap = self.current
        self._save([edits.asked_too(answer, self.entry)], gone=gap)
        self._state = replace(self._state, merged=self._state.merged | {gap})
        self._go_on()
        return f"Joined with {answer.question!r}."

    def mark_gap(self, sentence: str) -> str:
        """Make the entry a gap that says this sentence, which accepts it, and go to the next draft."""
        self._save([replace(edits.as_gap(self.entry, sentence), draft=False)])
        self._go_on()
        return "Marked as a gap."

    def edit(self, revised: Entry) -> str:
        """Put this in the place of the entry at hand, which stays at hand; a draft stays a draft."""
        if revised == self.entry:
            return "Unchanged."
        self._save([revised])
        return "Changed."

    def undo(self) -> str:
        """Take the last change back, whatever it was, to the letter."""
        self._state = self._session.undo()
        return "Undone."

    def _save(self, changed: Sequence[Entry], gone: str = "") -> None:
        """Put these entries in the place of those with their ids, and write the file."""
        base = self.file.knowledge
        new = {entry.id: entry for entry in changed}
        entries = [new.get(entry.id, entry) for entry in base.entries if entry.id != gone]
        dropped = [*base.dropped, *([gone] if gone and gone not in base.dropped else [])]
        self._session.save(replace(base, entries=entries, dropped=dropped), self._state)

    def _follow(self) -> None:
        """Take up what somebody else has made of the file."""
        self.queue += tuple(key for key in _drafts(self.file) if key not in self.queue)
        self._state = replace(self._state, merged=self._state.merged - self.entries.keys())
        if self.current not in self.entries:
            self._go_on()

    def _before(self, entry: Entry) -> Entry:
        entries = self.file.knowledge.entries
        number = entries.index(entry)
        if not number:
            raise ValueError("There is no entry before this one.")
        return entries[number - 1]

    def _go(self, keys: Sequence[str]) -> bool:
        entries = self.entries
        found = next((key for key in keys if key in entries), None)
        self._state = replace(self._state, current=found or self.current)
        return found is not None

    def _go_on(self) -> None:
        """Go to the next draft, from the end to those that were left out; where none is left, to what is near."""
        after = (*self.queue[self.number :], *self.queue[: self.number])
        still = set(self.open)
        self._go(
            [key for key in after if key in still]
        ) or self.current in self.entries or self.back() or self.forward()


def _drafts(file: KnowledgeFile) -> tuple[str, ...]:
    return tuple(entry.id for entry in file.knowledge.entries if entry.draft)
