"""Watch knowledge files that are edited while a bot answers from them: reload whole, or not at all."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final
from weakref import WeakSet

from faqbot.errors import FaqbotError
from faqbot.knowledge.entries import KnowledgeBase

LOOKED_EVERY: Final = 1.0  # seconds: an edit is in force about as soon as its author has changed windows to try it
# Seconds for which a file must not have changed before it is read: programs that write a file in place, instead of
# replacing it, take milliseconds between emptying it and filling it.
SETTLED: Final = 0.1

Troubled = Callable[[FaqbotError], None]  # is told why edited files cannot be used
Taker = Callable[[KnowledgeBase], None]
Read = Callable[[Sequence[Path]], KnowledgeBase]
State = tuple[tuple[int, ...] | None, ...]


class Files:
    """The knowledge files of one bot, and what was last seen of them. One may serve many threads.

    Nothing runs between questions: who asks looks, at most every LOOKED_EVERY, and only one at a time; the others go
    on with what there is.

    Args:
        paths: of the files, which are read as one knowledge base.
        is_watched: whether `look` looks.
        on_error: is told why an edited file cannot be used, once; without one it is a warning.
        read: what reads them.
    """

    def __init__(self, paths: Sequence[Path], is_watched: bool, on_error: Troubled | None, read: Read) -> None:
        self.paths = tuple(paths)
        self._read = read
        self._is_watched = is_watched
        self._on_error = on_error
        self._reading = Lock()
        self._next = time.monotonic() + LOOKED_EVERY if is_watched else 0.0
        self._seen: State = self._state()
        self._told = ""
        _all.add(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return Files, (self.paths, self._is_watched, self._on_error, self._read)

    def read(self) -> KnowledgeBase:
        """Return what the files say now.

        Raises:
            KnowledgeError: one of them cannot be used.
        """
        self._seen = self._state()
        return self._read(self.paths)

    def reload(self, known: KnowledgeBase, take: Taker) -> bool:
        """Read the files, give `take` what they say if that is not what is known, and return whether it was not.

        Raises:
            KnowledgeError: one of them cannot be used; nothing was taken.
        """
        with self._reading:
            found = self.read()
            if found != known:
                take(found)
            self._told = ""
            return found != known

    def look(self, known: KnowledgeBase, take: Taker) -> None:
        """If it is time, and the files have changed and can be used, give `take` what they say."""
        if not self._is_watched or time.monotonic() < self._next or not self._reading.acquire(blocking=False):
            return
        wrong: FaqbotError | None = None
        try:
            self._look(known, take)
        except FaqbotError as error:
            wrong = error
        finally:
            self._next = time.monotonic() + LOOKED_EVERY
            self._reading.release()
        if wrong and str(wrong) != self._told:
            self._told = str(wrong)
            (self._on_error or _warn)(wrong)

    def _look(self, known: KnowledgeBase, take: Taker) -> None:
        before, state = self._seen, self._state()
        if state == before:
            return
        time.sleep(SETTLED)
        found, wrong = known, None
        try:
            found = self.read()
        except FaqbotError as error:
            wrong = error
        if self._state() != state:  # somebody is writing: the next look sees what comes of it
            self._seen = before
            return
        if wrong:
            raise wrong
        self._told = ""
        if found != known:
            take(found)

    def _state(self) -> State:
        return tuple(map(_stamp, self.paths))


def _stamp(path: Path) -> tuple[int, ...] | None:
    """Return what changes when a file does: when it was written, by itself and by the system; its size; which it is."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def _warn(error: FaqbotError) -> None:
    warnings.warn(f"the knowledge stays as it was: {error}", RuntimeWarning, stacklevel=2)


_all: Final[WeakSet[Files]] = WeakSet()


def _renew() -> None:
    """Give all of them locks that nobody holds: a child that was forked has not the threads that held them."""
    for one in _all:
        one._reading = Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)
