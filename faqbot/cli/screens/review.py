"""The review on a screen, with prompt_toolkit: keys to decisions, and an editor for one field at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Final

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import (
    DynamicContainer,
    HSplit,
    Layout,
    VSplit,
    Window,
)
from prompt_toolkit.styles import Style

from faqbot.cli.screens import widgets
from faqbot.cli.screens.editor import Editor, on
from faqbot.cli.screens.widgets import Lines, Pane, fixed
from faqbot.cli.text import clean
from faqbot.errors import FaqbotError
from faqbot.knowledge import edits
from faqbot.knowledge.edits import Field
from faqbot.knowledge.entries import Entry
from faqbot.knowledge.review import Review

WIDE: Final = 100  # columns from which the source stands beside the entry; else below it
PAGE: Final = 8  # lines to scroll by
FRAME: Final = 6  # lines around the body: two above it, four below
SOURCES: Final = 16  # texts that are kept: an entry is drawn more often than it is met

STYLE: Final = Style.from_dict({"head": "bold", "question": "bold", "key": "bold", "cited": "bold", "note": "italic"})


EDITS: Final = {
    "e": edits.QUESTION, "r": edits.ANSWER, "p": edits.PHRASINGS, "t": edits.TOPIC, "g": edits.GAP,
}  # fmt: skip
DECISIONS: Final[dict[str, Callable[[Review], str]]] = {
    "a": Review.accept, "d": Review.drop, "m": Review.merge, "G": Review.accept_gaps,
}  # fmt: skip


def no_source(_: Entry) -> str:
    """Return that there is no source text."""
    return ""


def walk(review: Review, *, source_of: Callable[[Entry], str] = no_source) -> None:
    """Review at a terminal until the person leaves, or the terminal goes away.

    Args:
        review: what to review; it has at least one draft.
        source_of: gives the text of the source around the place that an entry cites, or "".
    """
    with contextlib.suppress(EOFError):  # the terminal went away: everything decided is on disk
        application(review, source_of=source_of).run()


def application(review: Review, *, source_of: Callable[[Entry], str] = no_source) -> Application[None]:
    """Return the screen of a review, not yet running."""
    screen = _Screen(review, source_of)
    layout = Layout(screen.container(), focused_element=screen.body)
    found: Application[None] = Application(layout=layout, key_bindings=screen.keys(), style=STYLE, full_screen=True)
    found.ttimeoutlen = found.timeoutlen = 0.2  # seconds that Esc waits for what it may be the beginning of
    return found


class _Screen:
    """What one review shows, and what its keys do."""

    def __init__(self, review: Review, source_of: Callable[[Entry], str]) -> None:
        self.review = review
        self.source_of = lru_cache(maxsize=SOURCES)(source_of)
        self.note = ""
        self.helps = self.is_over = False
        self.offset = 0  # lines that are scrolled out of sight at the top
        self.earlier = 0  # lines of the source before the quoted ones that were asked for
        self.body = Pane(self._body, lambda: self.offset)
        self.editor = Editor(self.body)
        self.beside = Pane(self._source, lambda: self.offset)

    @property
    def ended(self) -> bool:
        """Whether the end is shown: after the last decision, or where another editor took every entry away."""
        return self.is_over or self.review.current not in self.review.entries

    @property
    def is_wide(self) -> bool:
        beside = not (self.helps or self.ended) and self.source_of(self.review.entry).strip()
        return bool(beside) and get_app().output.get_size().columns >= WIDE

    def container(self) -> HSplit:
        body = Window(self.body, always_hide_cursor=True)
        wide = VSplit(
            [body, Window(width=1), Window(char="│", width=1, style="class:rule"), Window(width=1), Window(self.beside)]
        )
        return HSplit(
            [
                fixed(Pane(lambda width: widgets.head(self.review, width))),
                DynamicContainer(lambda: wide if self.is_wide else body),
                self.editor.container(),
                fixed(Pane(self._foot)),
            ]
        )

    def _body(self, width: int) -> Lines:
        if self.ended:
            return widgets.end(self.review, width)
        if self.helps:
            return widgets.help_lines(width)
        lines = widgets.entry(self.review.entry, width, self.review.file.knowledge.source)
        also = widgets.also(self.review.entry, width)
        if self.is_wide:
            return [*lines, *also]
        lines += [[], widgets.rule(width, "Source")]
        return [*lines, *self._source(width, above=len(lines)), *also]

    def _source(self, width: int, above: int = 0) -> Lines:
        lines = widgets.source(self.source_of(self.review.entry), self.review.entry, width)
        room = get_app().output.get_size().rows - FRAME - above
        return widgets.from_citation(lines, room, self.earlier)

    def _foot(self, width: int) -> Lines:
        note = widgets.note(clean(self.note), width)
        if self.editor.editing():
            return [widgets.rule(width), *note, *widgets.note(self.editor.hint, width)]
        return [widgets.rule(width), *note, *([] if self.ended else widgets.hints(self.review, width))]

    def act(self, do: Callable[[Review], str]) -> bool:
        """Do something to the review, and note what came of it; return whether it was done."""
        try:
            self.note = do(self.review)
        except (ValueError, FaqbotError) as error:
            self.note = str(error)
        except OSError as error:
            self.note = f"It could not be saved: {error.strerror or error}."
        else:
            self.offset = self.earlier = 0
            return True
        return False

    def decide(self, do: Callable[[Review], str]) -> None:
        """Decide about the entry at hand; with the last decision the end is shown."""
        if self.act(do):
            self.is_over = not self.review.open

    def look(self, go: Callable[[Review], bool], otherwise: str) -> None:
        """Look at another entry, deciding nothing."""
        self.note = ""
        self.offset = self.earlier = 0
        if not self.ended and not go(self.review):
            self.note = otherwise
        self.is_over = False

    def scroll(self, lines: int) -> None:
        last = max(self.body.overflow, self.beside.overflow if self.is_wide else 0)
        self.earlier += max(0, -lines - self.offset)
        self.offset = max(0, min(self.offset + lines, last))

    def begin(self, field: Field) -> None:
        """Open the editor on a field of the entry at hand."""
        self.note = ""
        self.editor.begin(field.name, field.text(self.review.entry), partial(self.save, field), is_long=field.is_long)

    def save(self, field: Field, text: str) -> None:
        """Save what is in the editor, and close it; what cannot be saved stays in it."""
        at_hand = self.review.current
        decides = field is edits.GAP
        if text == clean(field.text(self.review.entry)) and not decides:
            self.close("Unchanged.")
        elif self.act(
            lambda review: review.mark_gap(text) if decides else review.edit(field.revised(review.entry, text))
        ):
            self.close(self.note)
            self.is_over = decides and not self.review.open
        elif self.ended or self.review.current != at_hand:  # another editor took the entry away
            self.close(self.note)

    def close(self, note: str) -> None:
        self.editor.close()
        self.note = note

    def keys(self) -> KeyBindings:
        """Return what the keys do; while a text is edited, they are the editor's but for the three that end it."""
        keys = KeyBindings()
        editing = self.editor.editing
        helping = Condition(lambda: self.helps)
        ended = Condition(lambda: self.ended)
        at_hand = ~editing & ~helping & ~ended

        for key, decision in DECISIONS.items():
            on(keys, [key], at_hand, partial(self.decide, decision))
        for key, field in EDITS.items():
            on(keys, [key], at_hand, partial(self.begin, field))
        looking = ~editing & ~helping
        on(keys, ["n", "right"], looking & ~ended, partial(self.look, Review.forward, "This is the last entry."))
        on(keys, ["b", "left"], looking, partial(self.look, Review.back, "This is the first entry."))
        on(keys, ["u"], looking, partial(self.decide, Review.undo))
        on(keys, ["?"], looking & ~ended, lambda: setattr(self, "helps", True))
        on(keys, [Keys.Any, "escape", "left", "right"], helping, lambda: setattr(self, "helps", False))
        for names, lines in ((["up"], -1), (["down"], 1), (["pageup"], -PAGE), (["pagedown"], PAGE)):
            on(keys, names, ~editing, partial(self.scroll, lines))
        on(keys, ["q"], looking, lambda: get_app().exit())  # any key closes the help, and this one does no more
        on(keys, ["c-c", "c-d", "<sigint>"], ~editing, lambda: get_app().exit())
        on(keys, ["enter"], ended, lambda: get_app().exit())
        self.editor.bind(keys, lambda: self.close("Left as it was."))
        return keys
