"""Edit one text at a time, at the foot of a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.filters import Condition, Filter
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import BufferControl, ConditionalContainer, Dimension, HSplit, UIControl, Window

from faqbot.cli.screens import widgets
from faqbot.cli.screens.widgets import Pane, fixed
from faqbot.cli.text import clean

HIGHEST: Final = 8  # lines of a text in sight


class Editor:
    """An editor that is open or closed; while it is open, keys are its own but for the three that end it.

    Attributes:
        editing: the condition that it is open.
        name: of the text in it.
    """

    def __init__(self, body: UIControl) -> None:
        self._body = body  # has the keys while nothing is edited
        self._save: Callable[[str], object] | None = None
        self._is_long = False
        self.name = ""
        self.editing = Condition(lambda: self._save is not None)
        self.buffer = Buffer(multiline=Condition(lambda: self._is_long))

    def container(self) -> ConditionalContainer:
        """Return where it is shown, while it is open."""
        text = Window(
            BufferControl(self.buffer),
            wrap_lines=True,
            height=Dimension(min=1, max=HIGHEST),
            dont_extend_height=True,
        )
        return ConditionalContainer(
            HSplit([fixed(Pane(lambda width: [widgets.rule(width, self.name)])), text]), self.editing
        )

    def begin(self, name: str, text: str, save: Callable[[str], object], *, is_long: bool = False) -> None:
        """Open it on a text; `save` is given what becomes of it, made safe to show, and closes the editor."""
        self.name, self._save, self._is_long = name, save, is_long
        shown = clean(text)
        self.buffer.reset(Document(shown, len(shown)))
        get_app().layout.focus(self.buffer)

    def close(self) -> None:
        """Close it."""
        self._save = None
        get_app().layout.focus(self._body)

    @property
    def hint(self) -> str:
        """How it ends."""
        return f"{'Ctrl-S' if self._is_long else 'Enter'} saves, Esc leaves it as it was."

    def bind(self, keys: KeyBindings, leave: Callable[[], object]) -> None:
        """Add the keys that end it; `leave` closes it when nothing is to be saved."""
        is_line = self.editing & Condition(lambda: not self._is_long)
        on(keys, ["c-s"], self.editing, self._done)
        on(keys, ["enter"], is_line, self._done)
        on(keys, ["escape", "c-c", "<sigint>"], self.editing, leave)

    def _done(self) -> None:
        if self._save:
            self._save(clean(self.buffer.text))


def on(keys: KeyBindings, names: Sequence[str], when: Filter, do: Callable[[], object]) -> None:
    """Let each of these keys do something, on a condition."""
    for name in names:
        keys.add(name, filter=when)(lambda _: do() and None)
