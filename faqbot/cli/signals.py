"""Leave in order where something has to be put back, and at once where nothing has."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from prompt_toolkit.application import Application

# Those that end a program, but for Ctrl-C. Windows has few of them, and ends a program without asking it.
_NAMES: Final = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGXCPU")
ENDING: Final = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
STOPPING: Final = getattr(signal, "SIGTSTP", None)  # of `kill -TSTP`: Ctrl-Z is a key


@contextmanager
def restoring() -> Iterator[None]:
    """Let what runs inside put the terminal back when a signal ends the program, which then dies of that signal.

    So whoever started it gets the status that such a program usually has. A signal that stops the program puts the
    terminal back, too, until it goes on.
    """
    from prompt_toolkit.application import get_app_or_none

    caught: list[int] = []

    def leave(number: int, _: FrameType | None) -> None:
        caught.append(number)
        app = get_app_or_none()
        if app is None or app.loop is None:
            raise SystemExit(128 + number)
        # Raised here, it could meet the screen half drawn, or just before it is one that is put back.
        app.loop.call_soon_threadsafe(_close, app)

    # Where somebody wants a signal ignored, it is.
    usual = [number for number in ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in usual:
        signal.signal(number, leave)
    can_stop = STOPPING is not None and signal.getsignal(STOPPING) is signal.SIG_DFL
    if STOPPING is not None and can_stop:
        signal.signal(STOPPING, _pause)
    try:
        yield
    finally:
        for number in usual:
            signal.signal(number, signal.SIG_DFL)
        if STOPPING is not None and can_stop:
            signal.signal(STOPPING, signal.SIG_DFL)
        if caught:
            os.kill(os.getpid(), caught[0])


@contextmanager
def at_once() -> Iterator[None]:
    """Let Ctrl-C end the program at once, in the middle of a step that leaves nothing behind.

    Python would hear of it only after a library has come back: parsing a page of 50 MB takes seconds.
    """
    before = signal.getsignal(signal.SIGINT)
    is_usual = before is signal.default_int_handler and threading.current_thread() is threading.main_thread()
    if is_usual:  # else somebody wants it ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        if is_usual:
            signal.signal(signal.SIGINT, before)


def _pause(number: int, _: FrameType | None) -> None:
    """Put the terminal back, stop, and take it again when the program goes on."""
    from prompt_toolkit.application import get_app_or_none, run_in_terminal

    def stop() -> None:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, _pause)

    app = get_app_or_none()
    if app is None or app.loop is None:
        stop()
    else:
        app.loop.call_soon_threadsafe(run_in_terminal, stop)


def _close(app: Application[Any]) -> None:
    if not app.is_running or app.is_done:  # it is leaving already, and what comes after it must not begin
        raise SystemExit
    app.exit(exception=EOFError)
