"""The base of a full screen on which one thing after the other is decided: head, scrolling body, editor, foot."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar, Final

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import AnyContainer, HSplit, Layout, Window
from prompt_toolkit.styles import Style

from faqbot.cli.screens import widgets
from faqbot.cli.screens.editor import Editor, on
from faqbot.cli.screens.widgets import Lines, Pane, fixed
from faqbot.cli.signals import restoring
from faqbot.cli.text import clean
from faqbot.errors import FaqbotError

PAGE: Final = 8  # lines to scroll by
ESCAPE: Final = 0.2  # seconds that Esc waits for what it may be the beginning of
STYLE: Final = Style.from_dict({"head": "bold", "question": "bold", "key": "bold", "cited": "bold", "note": "italic"})


class Screen(ABC):
    """The content of a screen, and the keys that all of them have.

    Attributes:
        note: a sentence about what happened last.
        helps: whether the keys are explained instead of the thing at hand.
        offset: lines that are scrolled out of sight at the top.
    """

    HELP: ClassVar[Iterable[tuple[str, str]]]  # keys, and what they do

    def __init__(self) -> None:
        self.note = ""
        self.helps = False
        self.offset = 0
        self.body = Pane(self._body, lambda: self.offset)
        self.editor = Editor(self.body)
        editing = self.editor.editing
        self.helping = Condition(lambda: self.helps)
        self.looking = ~editing & ~self.helping
        self.at_hand = self.looking & Condition(lambda: not self.ended)

    @property
    @abstractmethod
    def ended(self) -> bool:
        """Whether nothing is at hand any more."""

    @abstractmethod
    def head(self, width: int) -> Lines:
        """Return the first lines."""

    @abstractmethod
    def shown(self, width: int) -> Lines:
        """Return the thing at hand, or what is said at the end."""

    @abstractmethod
    def hints(self, width: int) -> Lines:
        """Return the keys that can be pressed."""

    @abstractmethod
    def undo(self) -> None:
        """Take the last decision back."""

    @abstractmethod
    def show(self) -> None:
        """Show the thing at hand from its beginning."""

    def middle(self) -> AnyContainer:
        """Return where the body stands."""
        return Window(self.body, always_hide_cursor=True)

    def run(self) -> None:
        """Show it at a terminal until the person leaves, or the terminal goes away."""
        # Where the terminal goes away, everything decided is on disk.
        with restoring(), contextlib.suppress(EOFError):
            self.application().run()

    def application(self) -> Application[None]:
        """Return the screen, not yet running."""
        container = HSplit([fixed(Pane(self.head)), self.middle(), self.editor.container(), fixed(Pane(self._foot))])
        layout = Layout(container, focused_element=self.body)
        found: Application[None] = Application(layout=layout, key_bindings=self.keys(), style=STYLE, full_screen=True)
        found.ttimeoutlen = found.timeoutlen = ESCAPE
        return found

    def _body(self, width: int) -> Lines:
        if self.helps:
            return [line for key, what in self.HELP for line in widgets.field(key, what, width)]
        return self.shown(width)

    def _foot(self, width: int) -> Lines:
        note = widgets.note(clean(self.note), width)
        if self.editor.editing():
            return [widgets.rule(width), *note, *widgets.note(self.editor.hint, width)]
        return [widgets.rule(width), *note, *([] if self.ended else self.hints(width))]

    def act(self, do: Callable[[], str]) -> bool:
        """Do something, and note what came of it; return whether it was done."""
        try:
            self.note = do()
        except (ValueError, FaqbotError) as error:
            self.note = str(error)
        except OSError as error:
            self.note = f"It could not be saved: {error.strerror or error}."
        else:
            self.show()
            return True
        return False

    def look(self, go: Callable[[], bool], otherwise: str) -> None:
        """Look at another thing, deciding nothing."""
        self.note = ""
        if go():
            self.show()
        else:
            self.note = otherwise

    def close(self, note: str) -> None:
        """Close the editor, and say what became of the text in it."""
        self.editor.close()
        self.note = note

    def scroll(self, lines: int) -> None:
        """Scroll by so many lines, down where they are positive."""
        self.offset = max(0, min(self.offset + lines, self.body.overflow))

    def keys(self) -> KeyBindings:
        """Return what the keys do; while a text is edited, they are the editor's but for the three that end it."""
        keys = KeyBindings()
        editing = self.editor.editing
        on(keys, ["u"], self.looking, self.undo)
        on(keys, ["?"], self.at_hand, lambda: setattr(self, "helps", True))
        on(keys, [Keys.Any, "escape", "left", "right"], self.helping, lambda: setattr(self, "helps", False))
        for names, lines in ((["up"], -1), (["down"], 1), (["pageup"], -PAGE), (["pagedown"], PAGE)):
            on(keys, names, ~editing, partial(self.scroll, lines))
        on(keys, ["q"], self.looking, lambda: get_app().exit())  # any key closes the help, and this one does no more
        # Ctrl-D that was typed before the terminal was in raw mode comes as NUL, which is Ctrl-@.
        on(keys, ["c-c", "c-d", "c-@", "<sigint>"], ~editing, lambda: get_app().exit())
        on(keys, ["enter"], self.looking & Condition(lambda: self.ended), lambda: get_app().exit())
        self.editor.bind(keys, lambda: self.close("Left as it was."))
        return keys
