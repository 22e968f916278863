"""The chat in a terminal, with prompt_toolkit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import platformdirs
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition, completion_is_selected
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.output import Output
from prompt_toolkit.shortcuts import print_formatted_text
from prompt_toolkit.styles import Style

from faqbot.cli import replies
from faqbot.cli.chat.commands import WAIT, Chat
from faqbot.cli.chat.completion import QuestionCompleter
from faqbot.cli.text import Fragments, clean, clean_line, wrapped

PROMPT: Final = "> "
HOW_TO_LEAVE: Final = "Ctrl-D or /quit leaves."
LONGEST_PASTE: Final = (
    20_000  # characters: above the longest question, which is told to be too long; more is slow to show
)
EARLY: Final = 0.1  # seconds after the first prompt is shown: what comes by then was typed before
NAME_SHOWN: Final = 40  # columns of a name in the toolbar

# Bold, italic and reverse read on light and dark backgrounds, and without colours.
STYLE: Final = Style.from_dict(
    {
        "prompt": "bold", "source": "italic", "note": "italic", "topic": "bold", "urgent": "bold",
        "auto-suggestion": "noinherit italic",
    }
)  # fmt: skip


def history_path() -> Path | None:
    """Return where the history is kept, or None for someone without a home; nothing is created."""
    try:
        return platformdirs.user_state_path("faqbot") / "history"
    except RuntimeError:
        return None


def open_history(path: Path | None) -> tuple[History, str]:
    """Return the history, and a sentence where it cannot be kept on disk; without a path none is kept on purpose."""
    if path is None:
        return InMemoryHistory(), ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists() and not path.is_file():
            return InMemoryHistory(), f"The history is not kept: {path} is not a regular file."
        path.touch(mode=0o600)
        if not path.is_symlink():  # what a link leads to has permissions of its own
            path.chmod(0o600)
        with path.open("ab"):
            pass
    except OSError as error:
        return InMemoryHistory(), f"The history is not kept: {path}: {error.strerror or error}."
    return _QuietHistory(str(path)), ""


class _QuietHistory(FileHistory):
    """A history file that may vanish or fill its disk: the chat goes on without it."""

    def load_history_strings(self) -> Iterable[str]:
        try:
            yield from super().load_history_strings()
        except OSError:
            return

    def store_string(self, string: str) -> None:
        try:
            super().store_string(string)
        except OSError:
            return


def key_bindings(is_early: Callable[[], bool] = lambda: False) -> KeyBindings:
    """Return the keys beyond prompt_toolkit's own: Enter takes a selected completion, and else submits.

    Args:
        is_early: whether a key was typed before the terminal was in raw mode; a Ctrl-D of then comes as NUL.
    """
    keys = KeyBindings()

    @keys.add("c-@", filter=Condition(is_early), eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=EOFError)

    @keys.add("enter", filter=completion_is_selected)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None

    @keys.add(Keys.BracketedPaste)
    def _(event: KeyPressEvent) -> None:
        """Insert what was pasted as one line: a question is sent by Enter alone."""
        event.current_buffer.insert_text(" ".join(clean(event.data[:LONGEST_PASTE]).strip().split("\n")))

    return keys


def chat(
    talk: Chat,
    *,
    greeting: str = "",
    history: Path | None = None,
    vi: bool = False,
    input: Input | None = None,  # noqa: A002 - prompt_toolkit's own name
    output: Output | None = None,
) -> None:
    """Chat at a terminal until the person leaves."""
    kept, warning = open_history(history)
    completer = QuestionCompleter(lambda: talk.knowledge.entries)
    shown: list[float] = []  # when prompts were there

    def is_early() -> bool:
        return not shown or time.monotonic() < shown[0] + EARLY

    session: PromptSession[str] = PromptSession(
        history=kept, completer=completer, complete_while_typing=True, complete_in_thread=True,
        auto_suggest=AutoSuggestFromHistory(), key_bindings=key_bindings(is_early),
        editing_mode=EditingMode.VI if vi else EditingMode.EMACS, enable_suspend=True, style=STYLE,
        reserve_space_for_menu=4, input=input, output=output,
        bottom_toolbar=lambda: toolbar(talk, completer.failure, session.output.get_size().columns),
    )  # fmt: skip
    session.app.after_render += lambda _: talk.shelf.prepare()  # the prompt is there first
    session.app.after_render += lambda _: shown.extend([] if shown else [time.monotonic()])
    for note in filter(None, (greeting, warning)):
        _show([("class:note", wrapped(clean(note), _columns(session)))], session)
    while not talk.ended:
        line = ""
        try:
            line = session.prompt([("class:prompt", PROMPT)])
            _answer(talk, line, session)
        except KeyboardInterrupt:
            if not line and not session.default_buffer.text:
                _show([("class:note", HOW_TO_LEAVE)], session)
        except EOFError:
            break


def toolbar(talk: Chat, failure: str, columns: int) -> str:
    """Return the line at the bottom, as much of it as a terminal has columns for."""
    if failure:
        return f" Completion went wrong ({failure}); the chat goes on."[:columns]
    names = [talk.book] if talk.book else talk.shelf.books
    name = clean_line(names[0].knowledge.title or names[0].name)
    about = f"{len(names)} knowledge bases" if len(names) > 1 else name[:NAME_SHOWN]
    keys = ["/help", "Ctrl-D leaves", "Tab completes", "Ctrl-C clears the line"]
    said = [" /help", f" {about}  /help", *(f" {about}  {'  '.join(keys[:n])}" for n in range(2, len(keys) + 1))]
    return next((text for text in reversed(said) if len(text) < columns), "")


def _answer(talk: Chat, line: str, session: PromptSession[Any]) -> None:
    if talk.is_waiting_for(line):
        _show([("class:note", wrapped(WAIT, _columns(session)))], session)
    shown = talk.respond(line, width=_columns(session))
    shown += replies.offers(talk.related, width=_columns(session))
    if talk.cleared:
        talk.cleared = False
        session.output.erase_screen()
        session.output.cursor_goto(0, 0)
        session.output.flush()
    if shown:
        _show([*shown, ("", "\n")], session)


def _columns(session: PromptSession[Any]) -> int:
    return session.output.get_size().columns


def _show(shown: Fragments, session: PromptSession[Any]) -> None:
    print_formatted_text(FormattedText(shown), style=STYLE, output=session.output)
