"""`faqbot gaps` on a screen: a key turns a cluster of questions into a phrasing, an entry or a gap."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from prompt_toolkit.key_binding import KeyBindings

from faqbot.cli.screens import widgets
from faqbot.cli.screens.editor import on
from faqbot.cli.screens.screen import Screen
from faqbot.cli.screens.widgets import Lines
from faqbot.evaluation.gaps import Cluster
from faqbot.evaluation.triage import NEAREST, Triage, remarks, times
from faqbot.knowledge import edits
from faqbot.text import counted, one_line

WORDINGS: Final = 8  # of a group in sight; the one at hand is always among them

HINTS: Final = (
    ("1-5", "add to that entry"), ("f", "find entry"), ("a", "answer"), ("g", "gap"), ("w", "next wording"),
    ("e", "edit wording"), ("x", "dismiss"), ("s", "skip"), ("b", "back"), ("u", "undo"), ("?", "help"), ("q", "quit"),
)  # fmt: skip
HELP: Final = (
    ("1 to 5", "make the marked wording one more way to ask what that entry answers"),
    ("f", "find other entries than these, by words of theirs"),
    ("a", "answer it: a new entry, with the marked wording as its question"),
    ("g", "make it a gap: the question is known, and so is where to turn"),
    ("w", "mark the next wording"),
    ("e", "edit the marked wording before it is added"),
    ("x", "dismiss the group for good; its lines stay in the log"),
    ("s \u2192", "skip it: next group, deciding nothing"),
    ("b \u2190", "back to the group before"),
    ("u", "undo the last decision, and the one before"),
    ("\u2191 \u2193", "scroll, where a text is long"),
    ("q", "quit; every decision is saved already"),
)


class GapsScreen(Screen):
    """The screen of a triage."""

    HELP = HELP

    def __init__(self, triage: Triage) -> None:
        super().__init__()
        self.triage = triage
        self.sought = ""  # words by which to find entries, instead of the wording
        self.edited = ""  # the marked wording, where it was edited
        self.marked = triage.cluster.typical.text if triage.cluster else ""

    @property
    def ended(self) -> bool:
        """Whether no cluster is left."""
        return self.triage.cluster is None

    @property
    def wording(self) -> str:
        """The marked wording, as it was edited: it is added."""
        return self.edited or self.marked

    def head(self, width: int) -> Lines:
        """Return where the triage stands."""
        walk = self.triage
        text = f"group {walk.place + 1} of {len(walk.clusters)}, {walk.left} to go" if walk.cluster else "nothing to go"
        return widgets.titled(text, walk.file.path.name, width)

    def shown(self, width: int) -> Lines:
        """Return the cluster at hand and the entries near it; at the end, what is left."""
        cluster = self.triage.cluster
        if cluster is None:
            texts = ("", *remarks(self.triage), "", "q leaves, u takes the last decision back.")
            return [[("", line)] for text in texts for line in widgets.fitted(text, width)]
        return [*self._wordings(cluster, width), [], *self._near(width)]

    def _wordings(self, cluster: Cluster, width: int) -> Lines:
        lines = widgets.field("Asked", times(cluster.count), width)
        texts = [one.text for one in cluster.wordings]
        first = max(0, texts.index(self.marked) - WORDINGS + 1) if self.marked in texts else 0
        for one in cluster.wordings[first : first + WORDINGS]:
            more = (f" ({times(one.count)})" * (one.count > 1)) + " (was answered, and not liked)" * bool(one.disliked)
            is_marked = one.text == self.marked
            text = f"{self.wording if is_marked else one.text}{more}"
            lines += widgets.field("\u2192" if is_marked else "", text, width, "class:question" if is_marked else "")
        rest = len(texts) - WORDINGS
        return lines + (widgets.field("", f"\u2026 and {counted(rest, 'wording')} more", width) if rest > 0 else [])

    def _near(self, width: int) -> Lines:
        near = self.triage.near(self.sought or self.wording)
        lines = widgets.field("Entries", f"near {self.sought!r}" if self.sought else "that come nearest", width)
        if not near:
            return [*lines, *widgets.field("", "none has anything in common with it", width)]
        for number, match in enumerate(near, 1):
            what = " (a gap)" if match.entry.is_gap else ""
            lines += widgets.field(f"       {number}", f"{match.entry.title}{what}  {match.score:.2f}", width)
        return lines

    def hints(self, width: int) -> Lines:
        """Return the keys that can be pressed."""
        return widgets.keys(HINTS, width)

    def act(self, do: Callable[[], str]) -> bool:
        """Do something, and note what came of it; return whether it was done."""
        cluster = self.triage.cluster
        is_done = super().act(do)
        if not is_done and self.triage.cluster is not cluster:  # another editor has answered it, or some of it
            self.show()
            self.editor.close()
        return is_done

    def undo(self) -> None:
        """Take the last decision back."""
        self.act(self.triage.undo)

    def show(self) -> None:
        """Show the cluster at hand from its beginning."""
        self.offset = 0
        self.sought = self.edited = ""
        self.marked = self.triage.cluster.typical.text if self.triage.cluster else ""

    def pick(self, place: int) -> None:
        """Add the wording to one of the entries shown."""
        near = self.triage.near(self.sought or self.wording)
        if place < len(near):
            self.act(lambda: self.triage.add_phrasing(near[place].entry.id, self.wording))
        else:
            self.note = "There is no entry of that number."

    def mark_next(self) -> None:
        """Mark the next wording."""
        cluster = self.triage.cluster
        texts = [one.text for one in cluster.wordings] if cluster else []
        self.note = "" if len(texts) > 1 else "There is no other wording."
        if self.marked in texts:
            self.edited = ""
            self.marked = texts[(texts.index(self.marked) + 1) % len(texts)]

    def begin(self, name: str, text: str, save: Callable[[str], object], *, is_long: bool = False) -> None:
        """Open the editor."""
        self.note = ""
        self.editor.begin(name, text, save, is_long=is_long)

    def edit(self, text: str) -> None:
        """Take the edited wording."""
        self.edited = one_line(text)
        self.close("")

    def find(self, text: str) -> None:
        """Show the entries near these words."""
        self.sought = one_line(text)
        self.close("")

    def answer(self, text: str) -> None:
        """Add the answer, or ask first where it comes from: the file's document did not say it."""
        home = self.triage.file.knowledge.source
        if not text.strip():
            self.note = "An answer cannot be blank."
        elif home:
            self.begin("Where the answer comes from", home, partial(self.add, text))
        else:
            self.add(text, "")

    def add(self, answer: str, document: str) -> None:
        """Add the answer; what cannot be saved stays in the editor."""
        if self.act(lambda: self.triage.add_answer(self.wording, answer, document)):
            self.close(self.note)
        elif self.editor.editing():
            self.editor.begin("Answer", answer, self.answer, is_long=True)

    def mark_gap(self, sentence: str) -> None:
        """Add the wording as a gap."""
        if self.act(lambda: self.triage.add_gap(self.wording, sentence)):
            self.close(self.note)

    def keys(self) -> KeyBindings:
        """Return what the keys do."""
        keys = super().keys()
        walk, at_hand = self.triage, self.at_hand
        for place in range(NEAREST):
            on(keys, [str(place + 1)], at_hand, partial(self.pick, place))
        on(keys, ["f"], at_hand, lambda: self.begin("Find entries by these words", self.sought, self.find))
        on(keys, ["e"], at_hand, lambda: self.begin("Wording", self.wording, self.edit))
        on(keys, ["a"], at_hand, lambda: self.begin("Answer", "", self.answer, is_long=True))
        on(keys, ["g"], at_hand, lambda: self.begin("Gap", edits.SENTENCE, self.mark_gap))
        on(keys, ["w"], at_hand, self.mark_next)
        on(keys, ["x"], at_hand, lambda: self.act(walk.dismiss))
        on(keys, ["s", "right"], at_hand, partial(self.look, walk.forward, "This is the last group."))
        on(keys, ["b", "left"], self.looking, partial(self.look, walk.back, "This is the first group."))
        return keys
