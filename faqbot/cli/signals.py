"""Leave in order when the system ends the program: a terminal in raw mode would stay so."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

# Windows has no SIGHUP, and ends a program without asking it.
ENDING: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextmanager
def restoring() -> Iterator[None]:
    """Let what runs inside put the terminal back when a signal ends the program, which then dies of that signal.

    So whoever started it gets the status that such a program usually has.
    """
    caught: list[int] = []

    def leave(number: int, _: FrameType | None) -> None:
        caught.append(number)
        for each in ENDING:
            signal.signal(each, signal.SIG_IGN)  # once is enough: putting the terminal back is not disturbed
        raise SystemExit(128 + number)

    usual = [
        number for number in ENDING if signal.getsignal(number) is signal.SIG_DFL
    ]  # else somebody wants it ignored
    for number in usual:
        signal.signal(number, leave)
    try:
        yield
    finally:
        for number in usual:
            signal.signal(number, signal.SIG_DFL)
        if caught:
            os.kill(os.getpid(), caught[0])
