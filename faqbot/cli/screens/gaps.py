"""The questions without an answer on a screen, group by group: a key turns one into a phrasing, an entry or a gap."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from typing import Final

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import HSplit, Layout, Window

from faqbot.cli.screens import widgets
from faqbot.cli.screens.editor import Editor, on
from faqbot.cli.screens.review import PAGE, STYLE
from faqbot.cli.screens.widgets import Lines, Pane, fixed
from faqbot.cli.text import clean
from faqbot.errors import FaqbotError
from faqbot.evaluation.gaps import Gap
from faqbot.evaluation.triage import NEAREST, Mending, remarks, times
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


def walk(mending: Mending) -> None:
    """Go through the groups at a terminal until the person leaves, or the terminal goes away."""
    with contextlib.suppress(EOFError):  # the terminal went away: everything decided is on disk
        application(mending).run()


def application(mending: Mending) -> Application[None]:
    """Return the screen, not yet running."""
    screen = _Screen(mending)
    layout = Layout(screen.container(), focused_element=screen.body)
    found: Application[None] = Application(layout=layout, key_bindings=screen.keys(), style=STYLE, full_screen=True)
    found.ttimeoutlen = found.timeoutlen = 0.2  # seconds that Esc waits for what it may be the beginning of
    return found


class _Screen:
    """What the walk shows, and what its keys do."""

    def __init__(self, mending: Mending) -> None:
        self.mending = mending
        self.note = ""
        self.helps = False
        self.offset = 0  # lines that are scrolled out of sight at the top
        self.sought = ""  # words by which to find entries, instead of the wording
        self.edited = ""  # the marked wording, where it was edited
        self.marked = mending.gap.typical.text if mending.gap else ""
        self.body = Pane(self._body, lambda: self.offset)
        self.editor = Editor(self.body)

    @property
    def wording(self) -> str:
        """What is added: the marked wording, as it was edited."""
        return self.edited or self.marked

    def container(self) -> HSplit:
        return HSplit(
            [
                fixed(Pane(self._head)),
                Window(self.body, always_hide_cursor=True),
                self.editor.container(),
                fixed(Pane(self._foot)),
            ]
        )

    def _head(self, width: int) -> Lines:
        walk = self.mending
        text = f"group {walk.place + 1} of {len(walk.gaps)}, {walk.left} to go" if walk.gap else "nothing to go"
        return widgets.titled(text, walk.file.path.name, width)

    def _body(self, width: int) -> Lines:
        if self.helps:
            return [line for key, what in HELP for line in widgets.field(key, what, width)]
        gap = self.mending.gap
        if gap is None:
            texts = ("", *remarks(self.mending), "", "q leaves, u takes the last decision back.")
            return [[("", line)] for text in texts for line in widgets.fitted(text, width)]
        return [*self._wordings(gap, width), [], *self._near(width)]

    def _wordings(self, gap: Gap, width: int) -> Lines:
        lines = widgets.field("Asked", times(gap.count), width)
        texts = [one.text for one in gap.wordings]
        first = max(0, texts.index(self.marked) - WORDINGS + 1) if self.marked in texts else 0
        for one in gap.wordings[first : first + WORDINGS]:
            more = (f" ({times(one.count)})" * (one.count > 1)) + " (was answered, and not liked)" * bool(one.disliked)
            is_marked = one.text == self.marked
            text = f"{self.wording if is_marked else one.text}{more}"
            lines += widgets.field("\u2192" if is_marked else "", text, width, "class:question" if is_marked else "")
        rest = len(texts) - WORDINGS
        return lines + (widgets.field("", f"\u2026 and {counted(rest, 'wording')} more", width) if rest > 0 else [])

    def _near(self, width: int) -> Lines:
        near = self.mending.near(self.sought or self.wording)
        lines = widgets.field("Entries", f"near {self.sought!r}" if self.sought else "that come nearest", width)
        if not near:
            return [*lines, *widgets.field("", "none has anything in common with it", width)]
        for number, match in enumerate(near, 1):
            what = " (a gap)" if match.entry.is_gap else ""
            lines += widgets.field(f"       {number}", f"{match.entry.title}{what}  {match.score:.2f}", width)
        return lines

    def _foot(self, width: int) -> Lines:
        note = widgets.note(clean(self.note), width)
        if self.editor.editing():
            return [widgets.rule(width), *note, *widgets.note(self.editor.hint, width)]
        return [widgets.rule(width), *note, *(widgets.keys(HINTS, width) if self.mending.gap else [])]

    def act(self, do: Callable[[], str]) -> bool:
        """Do something, and note what came of it; return whether it was done."""
        gap = self.mending.gap
        try:
            self.note = do()
        except (ValueError, FaqbotError) as error:
            self.note = str(error)
            if self.mending.gap is not gap:  # another editor has answered it, or some of it
                self.show()
                self.editor.close()
        except OSError as error:
            self.note = f"It could not be saved: {error.strerror or error}."
        else:
            self.show()
            return True
        return False

    def show(self) -> None:
        """Show the group at hand from its beginning."""
        self.offset = 0
        self.sought = self.edited = ""
        self.marked = self.mending.gap.typical.text if self.mending.gap else ""

    def pick(self, place: int) -> None:
        """Add the wording to one of the entries shown."""
        near = self.mending.near(self.sought or self.wording)
        if place < len(near):
            self.act(lambda: self.mending.add_phrasing(near[place].entry.id, self.wording))
        else:
            self.note = "There is no entry of that number."

    def look(self, go: Callable[[], bool], otherwise: str) -> None:
        """Look at another group, deciding nothing."""
        self.note = ""
        if go():
            self.show()
        else:
            self.note = otherwise

    def mark_next(self) -> None:
        gap = self.mending.gap
        texts = [one.text for one in gap.wordings] if gap else []
        self.note = "" if len(texts) > 1 else "There is no other wording."
        if self.marked in texts:
            self.edited = ""
            self.marked = texts[(texts.index(self.marked) + 1) % len(texts)]

    def begin(self, name: str, text: str, save: Callable[[str], object], *, is_long: bool = False) -> None:
        self.note = ""
        self.editor.begin(name, text, save, is_long=is_long)

    def edit(self, text: str) -> None:
        self.edited = one_line(text)
        self.close("")

    def find(self, text: str) -> None:
        self.sought = one_line(text)
        self.close("")

    def answer(self, text: str) -> None:
        """Add the answer, or ask first where it comes from: the file's document did not say it."""
        home = self.mending.file.knowledge.source
        if not text.strip():
            self.note = "An answer cannot be blank."
        elif home:
            self.begin("Where the answer comes from", home, partial(self.add, text))
        else:
            self.add(text, "")

    def add(self, answer: str, document: str) -> None:
        if self.act(lambda: self.mending.add_answer(self.wording, answer, document)):
            self.close(self.note)
        elif self.editor.editing():  # what cannot be saved stays in the editor
            self.editor.begin("Answer", answer, self.answer, is_long=True)

    def mark_gap(self, sentence: str) -> None:
        if self.act(lambda: self.mending.add_gap(self.wording, sentence)):
            self.close(self.note)

    def close(self, note: str) -> None:
        self.editor.close()
        self.note = note

    def scroll(self, lines: int) -> None:
        self.offset = max(0, min(self.offset + lines, self.body.overflow))

    def keys(self) -> KeyBindings:
        """Return what the keys do; while a text is edited, they are the editor's but for the three that end it."""
        keys = KeyBindings()
        walk, editing = self.mending, self.editor.editing
        helping = Condition(lambda: self.helps)
        ended = Condition(lambda: walk.gap is None)
        looking = ~editing & ~helping
        at_hand = looking & ~ended
        for place in range(NEAREST):
            on(keys, [str(place + 1)], at_hand, partial(self.pick, place))
        on(keys, ["f"], at_hand, lambda: self.begin("Find entries by these words", self.sought, self.find))
        on(keys, ["e"], at_hand, lambda: self.begin("Wording", self.wording, self.edit))
        on(keys, ["a"], at_hand, lambda: self.begin("Answer", "", self.answer, is_long=True))
        on(keys, ["g"], at_hand, lambda: self.begin("Gap", edits.SENTENCE, self.mark_gap))
        on(keys, ["w"], at_hand, self.mark_next)
        on(keys, ["x"], at_hand, lambda: self.act(walk.dismiss))
        on(keys, ["s", "right"], at_hand, partial(self.look, walk.forward, "This is the last group."))
        on(keys, ["b", "left"], looking, partial(self.look, walk.back, "This is the first group."))
        on(keys, ["u"], looking, lambda: self.act(walk.undo))
        on(keys, ["?"], at_hand, lambda: setattr(self, "helps", True))
        on(keys, [Keys.Any, "escape", "left", "right"], helping, lambda: setattr(self, "helps", False))
        for names, lines in ((["up"], -1), (["down"], 1), (["pageup"], -PAGE), (["pagedown"], PAGE)):
            on(keys, names, ~editing, partial(self.scroll, lines))
        on(keys, ["q"], looking, lambda: get_app().exit())  # any key closes the help, and this one does no more
        on(keys, ["c-c", "c-d", "<sigint>"], ~editing, lambda: get_app().exit())
        on(keys, ["enter"], ended & looking, lambda: get_app().exit())
        self.editor.bind(keys, lambda: self.close("Left as it was."))
        return keys
