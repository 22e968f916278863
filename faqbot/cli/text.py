"""Text made safe to show and wrapped to a terminal."""

from __future__ import annotations

import os
import re
import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from typing import Final, TextIO

from faqbot.text import clean as clean  # noqa: PLC0414 - commands know it from here
from faqbot.text import one_line

NARROWEST: Final = 20  # columns: below that, lines are left to the terminal
WIDEST: Final = 96  # columns: longer lines are hard to read

NO_BREAK: Final = "\u00a0"
KEPT: Final = ("    ", "|", ">", "#")  # how lines begin that make no sense joined: code, tables, quotations, headings

Fragments = list[tuple[str, str]]  # style class and text, as prompt_toolkit takes them

_MARKER: Final = re.compile(r"(\s*)((?:[-*+]|\d{1,3}[.)])\s+)?")


def clean_line(text: str) -> str:
    """Return `text` on one line, without anything that steers a terminal."""
    return one_line(clean(text))


def wrapped(text: str, width: int | None) -> str:
    """Return `text` in lines of at most `width` columns where words allow; lists keep their indentation.

    A width of None, as for a file or a pipe, leaves the lines as they are.
    """
    if width is None or width < NARROWEST:
        return text
    width = min(width, WIDEST)
    return "\n".join(line for text, kept in _paragraphs(text) for line in ([text] if kept else _fold(text, width)))


def _paragraphs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the lines of `text`, those of one paragraph joined, and whether to keep a line as it is, as code is."""
    held = ""
    fenced = False
    for line in text.split("\n"):
        fence = line.lstrip().startswith(("```", "~~~"))
        kept = fence or fenced or not line.strip() or line.startswith(KEPT) or line.endswith(("  ", "\\"))
        fenced ^= fence
        marker = _MARKER.match(line)
        if held and (kept or (marker and marker[2])):
            yield held, False
            held = ""
        if kept:
            yield line, True
        else:
            held = f"{held} {line.strip()}" if held else line.rstrip()
    if held:
        yield held, False


def _fold(line: str, width: int) -> list[str]:
    marker = _MARKER.match(line)
    hanging = " " * len(marker[0]) if marker else ""
    return textwrap.wrap(line, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)


def breadth(text: str) -> int:
    """Return how many columns of a terminal a text takes: East Asian letters take two, accents on their own none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(letter) else 1 + (unicodedata.east_asian_width(letter) in "WF") for letter in text
    )


def columns(output: TextIO) -> int | None:
    """Return the width of the terminal that `output` is, or None where it is none."""
    return os.get_terminal_size(output.fileno()).columns or None if output.isatty() else None


def has_screen() -> bool:
    """Return whether somebody sits at a terminal that can do more than show line after line."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
