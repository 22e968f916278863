"""The chat a line at a time, without keys, menus or colours: for pipes, dumb terminals and screen readers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TextIO

from faqbot.cli import replies
from faqbot.cli import text as rendering
from faqbot.cli.chat.commands import WAIT, Chat
from faqbot.cli.text import Fragments

LONGEST_LINE: Final = 1_000_000  # bytes of standard input: far above the longest question, which is told to be too long
PROMPT: Final = "> "
HOW_TO_LEAVE: Final = "Ctrl-D or /quit leaves."


def typed() -> Iterator[str]:
    """Yield the lines of standard input; bytes that are no UTF-8 are replaced, and endless lines cut."""
    while (line := read()) is not None:
        yield line


def read() -> str | None:
    """Return the next line of standard input, or None at its end."""
    raw = sys.stdin.buffer.readline(LONGEST_LINE)
    rest = raw
    while rest and not rest.endswith(b"\n"):
        rest = sys.stdin.buffer.readline(LONGEST_LINE)
    return raw.decode("utf-8", "replace").rstrip("\r\n") if raw else None


def by_lines(talk: Chat, lines: Iterable[str], output: TextIO) -> None:
    """Answer line by line, without prompt, colour or history, until the lines end or one of them says so."""
    width = rendering.columns(output)
    for line in lines:
        _write(talk.respond(line, width=width), output)
        if talk.ended:
            return


def prompted(talk: Chat, output: TextIO, *, greeting: str = "", read: Callable[[], str | None] = read) -> None:
    """Answer at a terminal that shows one line after the other, with a prompt before each question."""
    if greeting:
        output.write(f"{rendering.wrapped(rendering.clean(greeting), rendering.columns(output))}\n")
    while not talk.ended:
        try:
            output.write(PROMPT)
            output.flush()
            talk.shelf.prepare()
            line = read()
            if line is None:
                output.write("\n")
                return
            if talk.is_waiting_for(line):
                output.write(f"{WAIT}\n")
                output.flush()
            width = rendering.columns(output)
            shown = talk.respond(line, width=width)
            _write([*shown, *replies.offers(talk.related, width=width)], output)
        except KeyboardInterrupt:
            output.write(f"\n{HOW_TO_LEAVE}\n")


def _write(shown: Fragments, output: TextIO) -> None:
    if shown:
        output.write("".join(text for _, text in shown) + "\n\n")
        output.flush()
