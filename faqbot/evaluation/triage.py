"""Triage of unanswered questions: each decision is in the knowledge file or in the log before the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Final

from faqbot.bot import FaqBot
from faqbot.evaluation import log as query_log
from faqbot.evaluation import trials
from faqbot.evaluation.gaps import Cluster, Found, remaining
from faqbot.evaluation.log import Log
from faqbot.knowledge import edits
from faqbot.knowledge.editing import Session
from faqbot.knowledge.entries import Entry, Source
from faqbot.knowledge.reader import KnowledgeFile
from faqbot.search.ranking import Match
from faqbot.text import counted, one_line

NEAREST: Final = 5  # entries offered: a digit picks one


@dataclass(frozen=True, slots=True)
class _State:
    """Where a triage stands: the clusters, the place of the one at hand, and what the next step dismisses."""

    clusters: tuple[Cluster | None, ...]
    place: int = 0
    dismissed: tuple[str, ...] = ()


class Triage:
    """One person's walk through the clusters of questions that a knowledge file does not answer.

    Every method that changes something saves it, and returns a sentence that says what was done, and what came of it.
    Raised by all of them:
        ValueError: it makes no sense, or no file can hold it; the message is a sentence for the author.
        ChangedError: somebody else wrote the file meanwhile; it was read again, and nothing was saved.
        OSError: the file or the log cannot be written; it is as it was.

    Args:
        file: the knowledge file as it is on disk.
        log: where the questions come from.
        found: what of them is without an answer; the walk begins with what was asked most.
        bot: answers from the file.

    Attributes:
        log: where the questions come from.
        answered: how many questions of the log the file answered to begin with.
        bot: answers from the file as it is now.
    """

    def __init__(self, file: KnowledgeFile, log: Log, found: Found, bot: FaqBot) -> None:
        self._session: Session[_State] = Session(file, self._renew)
        self._state = _State(found.clusters)
        self._asked = set(range(len(found.clusters)))  # places that were asked again since the last change
        self.log = log
        self.answered = found.answered
        self.bot = bot

    @property
    def file(self) -> KnowledgeFile:
        """The knowledge file as it is on disk."""
        return self._session.file

    @property
    def clusters(self) -> tuple[Cluster | None, ...]:
        """The clusters as they are left, in the order in which they are shown; None for one that needs nothing more."""
        return self._state.clusters

    @property
    def place(self) -> int:
        """The place of the cluster at hand."""
        return self._state.place

    @property
    def cluster(self) -> Cluster | None:
        """The cluster at hand, or None where it needs nothing more."""
        return self.clusters[self.place] if self.clusters else None

    @property
    def left(self) -> int:
        """How many clusters are left, as far as they were asked again."""
        return sum(cluster is not None for cluster in self.clusters)

    def near(self, words: str) -> tuple[Match, ...]:
        """Return the entries that come nearest to these words, with their confidence as the file is now."""
        return self.bot.rank(words, limit=NEAREST)

    def forward(self) -> bool:
        """Go to the next cluster that is left; return whether there is one."""
        return self._go(range(self.place + 1, len(self.clusters)))

    def back(self) -> bool:
        """Go to the cluster before that is left; return whether there is one."""
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
        """Never show the cluster at hand again; its lines stay in the log, and so does that they were dismissed."""
        logged = tuple(text for one in self._at_hand.wordings for text in one.logged)
        query_log.dismiss(self.log.path, self.file.knowledge.title, logged)
        self._session.remember(replace(self._state, dismissed=logged))
        self._put(None, self.place)
        self._go_on()
        return "Dismissed for good."

    def undo(self) -> str:
        """Take the last decision back, to the letter."""
        if self._session.last.dismissed:
            query_log.dismiss(self.log.path, self.file.knowledge.title, self._session.last.dismissed, dismissed=False)
        file = self.file
        self._state = replace(self._session.undo(), dismissed=())
        if self.file is not file:
            self.bot = self.bot.over(self.file.knowledge)
        self._asked = {self.place}
        return "Undone."

    def ask_again(self) -> None:
        """Ask all clusters again as the file is now: what is answered by the way is left no more."""
        for place in range(len(self.clusters)):
            self._ask_again(place)

    @property
    def _at_hand(self) -> Cluster:
        if self.cluster is None:
            raise ValueError("There is no question at hand.")
        return self.cluster

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
        """Write the file with these entries, go on if the cluster at hand is done, and return what came of it."""
        asked = [one.text for one in self._at_hand.wordings]
        before = self.bot
        self._session.save(replace(self.file.knowledge, entries=entries), self._state)
        self._renew()
        return str(trials.effect(before, self.bot, key, asked))

    def _renew(self) -> None:
        """Answer from the file as it is now, and go on if the cluster at hand is done."""
        self.bot = self.bot.over(self.file.knowledge)
        self._asked.clear()
        self._ask_again(self.place)
        if self.cluster is None:
            self._go_on()

    def _ask_again(self, place: int) -> None:
        cluster = self.clusters[place]
        if cluster is not None and place not in self._asked:
            self._put(remaining(self.bot, cluster), place)
        self._asked.add(place)

    def _put(self, cluster: Cluster | None, place: int) -> None:
        self._state = replace(self._state, clusters=(*self.clusters[:place], cluster, *self.clusters[place + 1 :]))

    def _go(self, places: Sequence[int]) -> bool:
        for place in places:
            self._ask_again(place)
            if self.clusters[place] is not None:
                self._state = replace(self._state, place=place)
                return True
        return False

    def _go_on(self) -> None:
        """Go to the next cluster, from the end to those that were skipped."""
        self._go([*range(self.place + 1, len(self.clusters)), *range(self.place)])


def _new(question: str) -> Entry:
    """Return an entry of a question, to be answered."""
    if not question.strip():
        raise ValueError("A question cannot be blank.")
    return Entry(question=one_line(question), gap=edits.SENTENCE)


def remarks(walk: Triage) -> Iterator[str]:
    """Yield what there is to say of the walk and its log, beginning with how much is left."""
    log = walk.log
    asked = sum(cluster.count for cluster in walk.clusters if cluster)
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
