"""The chat in a terminal, with prompt_toolkit."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import platformdirs
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import completion_is_selected
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import Output
from prompt_toolkit.shortcuts import print_formatted_text
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import is_dumb_terminal
from rapidfuzz import fuzz, process

from faqbot.entries import Entry
from faqbot.terminal.chat import COMMANDS, Chat
from faqbot.terminal.rendering import Fragments, clean, wrapped
from faqbot.text import FUNCTION_WORDS, normalise, tokens

PROMPT: Final = "> "
COMPLETIONS: Final = 8
FEWEST_LETTERS: Final = 2  # before questions are offered
LONGEST_TYPED: Final = 200  # characters: what is longer was pasted, and is not waiting for an offer
LEAST_SIMILAR: Final = 60  # of 100

STYLE: Final = Style.from_dict({"prompt": "bold", "source": "italic", "note": "italic", "topic": "bold"})


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


class QuestionCompleter(Completer):
    """Offers slash commands, and the questions of the knowledge base that resemble what is typed.

    First the entries of which most of the typed words begin a word, in any of their phrasings; then by fuzzy similarity
    to the question. Completion offers and does not answer, so it may be generous.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = list(entries)
        self._questions = [normalise(entry.question) for entry in self._entries]
        self._words = [frozenset(word for form in entry.forms for word in tokens(form)) for entry in self._entries]

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Yield completions of the whole line, best first."""
        typed = document.text_before_cursor.lstrip()
        if typed.startswith("/"):
            for name, command in COMMANDS.items():
                if name.startswith(typed[1:].casefold()):
                    yield Completion(f"/{name}", start_position=-len(typed), display_meta=command.help)
        elif FEWEST_LETTERS <= len(typed) <= LONGEST_TYPED:
            for entry in self.offers(typed):
                yield Completion(clean(entry.question), start_position=-len(typed), display_meta=clean(entry.topic))

    def offers(self, typed: str) -> list[Entry]:
        """Return the entries to offer for `typed`, best first."""
        telling = [word for word in tokens(typed) if word not in FUNCTION_WORDS]
        similar = process.cdist([normalise(typed)], self._questions, scorer=fuzz.partial_ratio)[0]
        ranked = []
        for number, (question, words) in enumerate(zip(self._questions, self._words, strict=True)):
            # A word of the question itself counts twice: it is what will be shown.
            shown = sum(f" {start}" in f" {question}" for start in telling)
            begun = shown + sum(any(word.startswith(start) for word in words) for start in telling)
            if begun or similar[number] >= LEAST_SIMILAR:
                ranked.append((-begun, -similar[number], number))
        return [self._entries[number] for *_, number in sorted(ranked)[:COMPLETIONS]]


def key_bindings() -> KeyBindings:
    """Return the keys beyond prompt_toolkit's own: Enter takes a selected completion, and else submits."""
    keys = KeyBindings()

    @keys.add("enter", filter=completion_is_selected)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None

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
    session: PromptSession[str] = PromptSession(
        history=kept, completer=QuestionCompleter(talk.entries), complete_while_typing=True, complete_in_thread=True,
        key_bindings=key_bindings(), editing_mode=EditingMode.VI if vi else EditingMode.EMACS, enable_suspend=True,
        style=STYLE, reserve_space_for_menu=4, input=input, output=output,
    )  # fmt: skip
    for note in filter(None, (greeting, warning)):
        _show([("class:note", wrapped(clean(note), session.output.get_size().columns))], session)
    while not talk.ended:
        try:
            line = session.prompt([("class:prompt", PROMPT)])
            shown = talk.respond(line, width=session.output.get_size().columns)
            if shown:
                _show([*shown, ("", "\n")], session)
        except KeyboardInterrupt:
            continue
        except EOFError:
            break


def _show(shown: Fragments, session: PromptSession[Any]) -> None:
    if is_dumb_terminal():  # prompt_toolkit prompts plainly there, and prints with escape sequences all the same
        session.output.write("".join(text for _, text in shown).replace("\n", "\r\n") + "\r\n")
        session.output.flush()
    else:
        print_formatted_text(FormattedText(shown), style=STYLE, output=session.output)
