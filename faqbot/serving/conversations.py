"""Conversations by unguessable id: in memory, bounded in number and age."""

from __future__ import annotations

import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from faqbot.answering.conversation import Conversation

MOST: Final = 1_000  # of them at a time, a worker: some 10 MB; the one that was silent longest gives way
IDLE: Final = 1_800.0  # seconds of silence after which one has ended
ID_BYTES: Final = 16  # random ones: 128 bits cannot be guessed
NEW: Final = "new"  # instead of an id: begins a conversation
_ID: Final = re.compile(r"(\d{1,4})-[A-Za-z0-9_-]{22}")


@dataclass(slots=True)
class _Kept:
    conversation: Conversation
    used: float


class Conversations:
    """The conversations of one worker, of which only whoever was given an id can go on with one.

    Args:
        begin: makes a conversation.
        number: of the worker, which ids begin with: the same worker has to go on with it.
        clock: tells the time in seconds.
    """

    def __init__(
        self, begin: Callable[[], Conversation], number: int = 0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._begin = begin
        self._number = number
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()  # the one used last comes last

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: str) -> Conversation | None:
        """Return the conversation with this id; None where there is none, or it has ended."""
        self._forget()
        kept = self._kept.get(key)
        if kept is None:
            return None
        kept.used = self._clock()
        self._kept.move_to_end(key)
        return kept.conversation

    def open(self, key: str) -> tuple[str, Conversation]:
        """Return the conversation with this id, or a new one under an id of its own, never under the one asked for."""
        found = self.find(key)
        if found:
            return key, found
        fresh = f"{self._number}-{secrets.token_urlsafe(ID_BYTES)}"
        begun = self._begin()
        self._kept[fresh] = _Kept(begun, self._clock())
        self._forget()
        return fresh, begun

    def _forget(self) -> None:
        oldest = self._clock() - IDLE
        while self._kept and (len(self._kept) > MOST or next(iter(self._kept.values())).used < oldest):
            self._kept.popitem(last=False)


def worker_of(key: str) -> int | None:
    """Return the number of the worker that has the conversation with this id; None for what is no id."""
    found = _ID.fullmatch(key)
    return int(found[1]) if found else None
