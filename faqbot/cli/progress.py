"""Show the progress of a long step: one line of the terminal, written over and blank again afterwards."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from faqbot.cli import text as rendering


@contextmanager
def line() -> Iterator[Line]:
    """Give a line of the terminal to write over, blank again afterwards; without a terminal nothing is shown."""
    shown = Line()
    try:
        yield shown
    finally:
        shown.clear()


class Line:
    """A line of the terminal that standard error is; call it with what it should say."""

    def __init__(self) -> None:
        self.width = rendering.columns(sys.stderr) or 0
        self.used = 0

    def __call__(self, text: str) -> None:
        """Show a text, cut to the width, instead of the one before."""
        if self.width:
            shown = rendering.clean_line(text)[: self.width - 1]
            print(f"\r{shown:<{self.used}}", end="", file=sys.stderr, flush=True)
            self.used = max(self.used, len(shown))

    def clear(self) -> None:
        """Blank the line."""
        if self.used:
            print(f"\r{'':<{self.used}}\r", end="", file=sys.stderr, flush=True)
