"""Going through what was not answered: every decision is in the knowledge file or in the log before the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Final

from faqbot.bot import FaqBot
from faqbot.errors import ChangedError
from faqbot.evaluation import log as unanswered
from faqbot.evaluation import trials
from faqbot.evaluation.gaps import Found, Gap, remaining
from faqbot.evaluation.log import Log
from faqbot.knowledge import edits, saving, writer
from faqbot.knowledge.entries import Entry, Source
from faqbot.knowledge.reader import KnowledgeFile
from faqbot.search.ranking import Match
from faqbot.text import counted, one_line

NEAREST: Final = 5  # entries offered: a digit picks one
MOST_STEPS: Final = 100  # that can be undone: each keeps the whole text


@dataclass(frozen=True, slots=True)
class _Step:
    """What there was before a decision."""

    file: KnowledgeFile
    gaps: tuple[Gap | None, ...]
    place: int
    dismissed: tuple[str, ...] = ()


@dataclass(slots=True)
class Mending:
    """One person's walk through the groups of questions that a knowledge file does not answer.

    Every method that changes something saves it, and returns a sentence that says what was done, and what came of it.
    Raised by all of them:
        ValueError: it makes no sense, or no file can hold it; the message is a sentence for the author.
        ChangedError: somebody else wrote the file meanwhile; it was read again, and nothing was saved.
        OSError: the file or the log cannot be written; it is as it was.

    Attributes:
        file: the knowledge file as it is on disk.
        log: where the questions come from.
        gaps: the groups as they are left, in the order in which they are shown; None for one that needs nothing more.
        place: of the group at hand.
        bot: answers from the file.
        answered: how many questions of the log the file answered to begin with.
    """

    file: KnowledgeFile
    log: Log
    gaps: tuple[Gap | None, ...]
    bot: FaqBot
    answered: int = 0
    place: int = 0
    _steps: list[_Step] = field(default_factory=list, repr=False)
    _asked: set[int] = field(default_factory=set, repr=False)  # places that were asked again since the last change

    @classmethod
    def of(cls, file: KnowledgeFile, log: Log, found: Found, bot: FaqBot) -> Mending:
        """Return a walk that stands at the group that was asked most."""
        return cls(file, log, found.gaps, bot, found.answered, _asked=set(range(len(found.gaps))))

    @property
    def gap(self) -> Gap | None:
        """The group at hand, or None where it needs nothing more."""
        return self.gaps[self.place] if self.gaps else None

    @property
    def left(self) -> int:
        """How many groups are left, as far as they were asked again."""
        return sum(gap is not None for gap in self.gaps)

    def near(self, words: str) -> tuple[Match, ...]:
        """Return the entries that come nearest to these words, with their confidence as the file is now."""
        return self.bot.rank(words, limit=NEAREST)

    def forward(self) -> bool:
        """Go to the next group that is left; return whether there is one."""
        return self._go(range(self.place + 1, len(self.gaps)))

    def back(self) -> bool:
        """Go to the group before that is left; return whether there is one."""
        return self._go(range(self.place - 1, -1, -1))

    def add_phrasing(self, key: str, wording: str) -> str:
        """Make a wording one more phrasing of the entry with this id."""
        entry = next((one for one in self.file.knowledge.entries if one.id == key), None)
        if entry is None:
            raise ValueError("There is no such entry any more.")
        disliked = frozenset[str]().union(*(one.disliked for one in self._at_hand.wordings))
        if key in disliked and trials.gets(self.bot, wording, key):
            raise ValueError("It gets this entry already, and people did not like that: mend the entry, or dismiss it.")
        if wording.strip() in entry.forms:
            raise ValueError("The entry has this phrasing already.")
        changed = edits.rephrased(entry, [*entry.phrasings, wording])
        entries = [changed if one.id == key else one for one in self.file.knowledge.entries]
        return f"Added to {entry.question!r}. {self._save(entries, key)}"

    def add_answer(self, question: str, answer: str, document: str = "") -> str:
        """Make a new entry of a question and its answer, which comes from this document, or from that of the file."""
        entry = edits.answered(_new(question), answer)
        source = Source(one_line(document) or self.file.knowledge.source)
        return f"Added as a new entry. {self._insert(replace(entry, source=source))}"

    def add_gap(self, question: str, sentence: str) -> str:
        """Make a new entry of a question that has no answer, which says this sentence."""
        return f"Added as a gap. {self._insert(edits.as_gap(_new(question), sentence))}"

    def dismiss(self) -> str:
        """Never show the group at hand again; its lines stay in the log, and so does that they were dismissed."""
        logged = tuple(text for one in self._at_hand.wordings for text in one.logged)
        unanswered.dismiss(self.log.path, self.file.knowledge.title, logged)
        self._remember(_Step(self.file, self.gaps, self.place, logged))
        self._put(None)
        self._go_on()
        return "Dismissed for good."

    def undo(self) -> str:
        """Take the last decision back, to the letter."""
        if not self._steps:
            raise ValueError("There is nothing to undo.")
        step = self._steps[-1]
        if step.dismissed:
            unanswered.dismiss(self.log.path, self.file.knowledge.title, step.dismissed, dismissed=False)
        else:
            self._ensure_unchanged()
            writer.save(step.file)
            self.file, self.bot = step.file, self.bot.over(step.file.knowledge)
        self._steps.pop()
        self.gaps, self.place = step.gaps, step.place
        self._asked = {self.place}
        return "Undone."

    def ask_again(self) -> None:
        """Ask all groups again as the file is now: what is answered by the way is left no more."""
        for place in range(len(self.gaps)):
            self._ask_again(place)

    @property
    def _at_hand(self) -> Gap:
        if self.gap is None:
            raise ValueError("There is no question at hand.")
        return self.gap

    def _insert(self, entry: Entry) -> str:
        """Add an entry behind the one that comes nearest to its question, in whose group of headings it belongs."""
        entries = list(self.file.knowledge.entries)
        taken = {one.id for one in entries}
        others = (f"{entry.id}-{number}" for number in count(2))
        entry = replace(entry, id=next(key for key in chain([entry.id], others) if key not in taken))
        near = self.near(entry.question)
        place = entries.index(near[0].entry) + 1 if near else len(entries)
        return self._save([*entries[:place], entry, *entries[place:]], entry.id)

    def _save(self, entries: Sequence[Entry], key: str) -> str:
        """Write the file with these entries, go on if the group at hand is done, and return what came of it."""
        asked = [one.text for one in self._at_hand.wordings]
        file = saving.changed(self.file, replace(self.file.knowledge, entries=entries))
        self._ensure_unchanged()
        writer.save(file)
        self._remember(_Step(self.file, self.gaps, self.place))
        before, self.bot = self.bot, self.bot.over(file.knowledge)
        self.file = file
        self._asked.clear()
        self._ask_again(self.place)
        if self.gap is None:
            self._go_on()
        return str(trials.measured(before, self.bot, key, asked))

    def _remember(self, step: _Step) -> None:
        self._steps[:] = [*self._steps, step][-MOST_STEPS:]

    def _ensure_unchanged(self) -> None:
        """Read the file again where somebody else has written it: what they wrote is never overwritten."""
        theirs = saving.theirs(self.file)
        if theirs is None:
            return
        self.file, self.bot = theirs, self.bot.over(theirs.knowledge)
        self._steps.clear()  # undoing would take the other's changes back too
        self._asked.clear()
        self._ask_again(self.place)
        if self.gap is None:
            self._go_on()
        raise ChangedError(self.file.path)

    def _ask_again(self, place: int) -> None:
        gap = self.gaps[place]
        if gap is not None and place not in self._asked:
            self._put(remaining(self.bot, gap), place)
        self._asked.add(place)

    def _put(self, gap: Gap | None, place: int | None = None) -> None:
        place = self.place if place is None else place
        self.gaps = (*self.gaps[:place], gap, *self.gaps[place + 1 :])

    def _go(self, places: Sequence[int]) -> bool:
        for place in places:
            self._ask_again(place)
            if self.gaps[place] is not None:
                self.place = place
                return True
        return False

    def _go_on(self) -> None:
        """Go to the next group, from the end to those that were skipped."""
        self._go([*range(self.place + 1, len(self.gaps)), *range(self.place)])


def _new(question: str) -> Entry:
    """Return an entry of a question, to be answered."""
    if not question.strip():
        raise ValueError("A question cannot be blank.")
    return Entry(question=one_line(question), gap=edits.SENTENCE)


def remarks(walk: Mending) -> Iterator[str]:
    """Yield what there is to say of the walk and its log, beginning with how much is left."""
    log = walk.log
    asked = sum(gap.count for gap in walk.gaps if gap)
    yield (
        f"{walk.file.path}: {counted(walk.left, 'group')} left of questions without an answer, asked {times(asked)}"
        if walk.left
        else f"{walk.file.path}: no question is left without an answer"
    )
    if walk.answered:
        yield f"{counted(walk.answered, 'question')} of the log answered by now, and left out"
    if log.dismissed:
        yield f"{counted(log.dismissed, 'question')} dismissed earlier, and left out"
    for name, number in log.others:
        yield f"{counted(number, 'question')} asked of another knowledge base, {name!r}, and left out"
    if log.unreadable:
        yield f"{counted(log.unreadable, 'line')} of {log.path} cannot be read, and left out"
    if log.older:
        yield f"{counted(log.older, 'question')} older than the last {len(log.asked):,}, and left out"
    if log.is_full:
        yield f"{log.path} is full: no more questions are kept until you delete it"


def times(count: int) -> str:
    """Return how often something was."""
    return "once" if count == 1 else f"{count:,} times"
