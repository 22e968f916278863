"""`faqbot chat`: open the knowledge files, and chat as the terminal allows."""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import Iterator
from typing import Final

from faqbot.cli import paths, signals
from faqbot.cli.chat import bots, commands, consent, lines
from faqbot.cli.status import DONE
from faqbot.cli.text import has_screen

LONGEST_LOG: Final = 100  # messages that a chat keeps
NEVER: Final = sys.maxsize  # a level that no message has


def run(options: argparse.Namespace) -> int:
    """Chat until the person leaves; line by line where there is no terminal, or none with a screen."""
    books = bots.Shelf.read(options.files, cache=paths.cache())
    about = books.knowledge().procedure or books.knowledge().title
    listener = consent.listener_for(options.record, books.knowledge().title)
    talk = commands.Chat(books, listener)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        lines.by_lines(talk, lines.typed(), sys.stdout)
        return DONE
    greeting = "" if options.quiet else f"Ask me about {about}. /help shows what else there is, Ctrl-D leaves."
    shown = " ".join(filter(None, (greeting, consent.notice(options.record))))
    with _told_afterwards():
        if options.plain or not has_screen():
            lines.prompted(talk, sys.stdout, greeting=shown)
            return DONE
        from faqbot.cli.chat import session

        history = None if options.no_history else session.history_path()
        with signals.restoring():
            session.chat(talk, greeting=shown, history=history, vi=options.vi)
        return DONE


@contextlib.contextmanager
def _told_afterwards() -> Iterator[None]:
    """Keep what is logged until the end: it would be written into the line that somebody types."""
    from logging import StreamHandler, getLogger
    from logging.handlers import MemoryHandler

    held = MemoryHandler(LONGEST_LOG, flushLevel=NEVER, target=StreamHandler(sys.stderr))
    getLogger("faqbot").addHandler(held)
    try:
        yield
    finally:
        getLogger("faqbot").removeHandler(held)
        held.close()
