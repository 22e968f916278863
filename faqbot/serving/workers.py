"""Carry out the calls of a service in one thread, or in processes, for an event loop that waits for neither.

Several threads would get less done than one. A process has an interpreter of its own: it is what more work takes.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import itertools
import json
import logging
import multiprocessing
import signal
import socket
from collections.abc import Callable
from functools import partial
from typing import Any, Final, Protocol

from faqbot.answering import worker
from faqbot.errors import FaqbotError
from faqbot.serving.conversations import worker_of
from faqbot.serving.service import Json, Service

Opener = Callable[[int], Service]  # makes the service of the worker with this number; pickled where processes run it

PREPARE: Final = "prepare"
LONGEST_LINE: Final = 64 * 1024 * 1024  # bytes of one result: a list of a thousand long questions is far below
PAUSE: Final = 1.0  # seconds before another one takes the place of a process that has died
SELDOM: Final = 100_000  # new objects until garbage is looked for, as in the program itself
TRIES: Final = 2  # for one call: a question that ends its worker is not asked a third time

log = logging.getLogger("faqbot.serving")


class Workers(Protocol):
    """Carries out calls."""

    async def start(self) -> None:
        """Begin, and return once calls are answered without delay."""

    async def call(self, name: str, arguments: Json) -> Json:
        """Return the result of a call.

        Raises:
            WorkerLostError: the process that carried it out is gone.
        """

    async def stop(self) -> None:
        """End, after the calls under way."""


class WorkerLostError(FaqbotError):
    """A process that answered is gone, and took the call with it."""

    def __init__(self) -> None:
        super().__init__("a worker ended before it could answer")


class Thread:
    """The one thread of this process.

    Args:
        service: what it carries out.
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    async def start(self) -> None:
        """Prepare the service."""
        await worker.shared().run(self._service.prepare)

    async def call(self, name: str, arguments: Json) -> Json:
        """Return the result of a call."""
        return await worker.shared().run(partial(self._service.call, name, arguments))

    async def stop(self) -> None:
        """Return at once: whoever called has waited for the result."""


class Processes:
    """Processes of one service each; conversations go on where they began, other calls go where least is waiting.

    Args:
        opener: makes the service, in the process.
        count: how many.
    """

    def __init__(self, opener: Opener, count: int) -> None:
        self._all = [_Process(opener, number) for number in range(count)]
        self._turn = itertools.count()

    async def start(self) -> None:
        """Start the processes, and return once all of them are prepared."""
        await asyncio.gather(*(one.start() for one in self._all))

    async def call(self, name: str, arguments: Json) -> Json:
        """Return the result of a call."""
        number = worker_of(arguments.get("conversation") or "")
        for _ in range(TRIES - 1):
            with contextlib.suppress(WorkerLostError):
                return await self._at(number).call(name, arguments)
        return await self._at(number).call(name, arguments)

    async def stop(self) -> None:
        """End them, after the calls under way."""
        await asyncio.gather(*(one.stop() for one in self._all))

    def _at(self, number: int | None) -> _Process:
        if number is not None and number < len(self._all):
            return self._all[number]
        turn = next(self._turn) % len(self._all)
        return min(self._all[turn:] + self._all[:turn], key=lambda one: one.waiting)


class _Process:
    """One process, calls to it as lines of JSON through a socket pair, and a new one in its place when it dies."""

    def __init__(self, opener: Opener, number: int) -> None:
        self._opener = opener
        self._number = number
        self._process: Any = None
        self._writer: asyncio.StreamWriter | None = None
        self._results: asyncio.Task[None] | None = None
        self._open: dict[int, asyncio.Future[Json]] = {}
        self._ids = itertools.count()
        self._is_prepared = False
        self._is_stopping = False
        self._ready: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many calls have no result yet."""
        return len(self._open)

    async def start(self) -> None:
        await self._started()

    async def call(self, name: str, arguments: Json) -> Json:
        if self._ready:
            await asyncio.shield(self._ready)
        return await self._sent(name, arguments)

    async def stop(self) -> None:
        self._is_stopping = True
        if self._writer:
            self._writer.close()
        if self._results:
            await self._results
        if self._process:
            if not self._is_prepared and self._process.pid:  # nothing was asked of it, and preparing may take long
                self._process.kill()
            await asyncio.to_thread(self._process.join, 5)
            if self._process.is_alive():
                self._process.kill()

    async def _started(self) -> None:
        ours, theirs = socket.socketpair()
        context = multiprocessing.get_context("spawn")
        self._process = context.Process(
            target=_serve, args=(self._opener, self._number, theirs), name=f"faqbot-{self._number}", daemon=True
        )
        await asyncio.to_thread(self._process.start)
        theirs.close()
        reader, self._writer = await asyncio.open_connection(sock=ours, limit=LONGEST_LINE)
        self._results = asyncio.create_task(self._listen(reader))
        await self._sent(PREPARE, {})
        self._is_prepared = True

    async def _sent(self, name: str, arguments: Json) -> Json:
        if self._writer is None or self._writer.is_closing():
            raise WorkerLostError
        number = next(self._ids)
        future: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._open[number] = future
        try:
            self._writer.write(json.dumps([number, name, arguments]).encode() + b"\n")
            return await future
        finally:
            self._open.pop(number, None)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(OSError, ValueError):
            while line := await reader.readline():
                number, result, wrong = json.loads(line)
                future = self._open.get(number)
                if future and not future.done():
                    if wrong:
                        future.set_exception(RuntimeError(wrong))
                    else:
                        future.set_result(result)
        for future in self._open.values():
            if not future.done():
                future.set_exception(WorkerLostError())
        if self._writer:
            self._writer.close()
        if not self._is_stopping:
            log.warning("worker %d ended; another one takes its place", self._number)
            self._ready = asyncio.create_task(self._restarted())

    async def _restarted(self) -> None:
        await asyncio.sleep(PAUSE)
        with contextlib.suppress(WorkerLostError):  # whoever calls finds out, and this is tried again
            if not self._is_stopping:
                await self._started()


def _serve(opener: Opener, number: int, connection: socket.socket) -> None:
    """Carry out calls that come as lines, one after the other, until there come no more."""
    for ignored in (signal.SIGINT, signal.SIGTERM):  # the one who asks ends this, after the calls under way
        signal.signal(ignored, signal.SIG_IGN)
    gc.set_threshold(SELDOM)
    try:
        service = opener(number)
    except FaqbotError as error:
        log.error("worker %d cannot begin: %s", number, error)
        return
    gone = contextlib.suppress(ConnectionError)  # the one who asks has ended, and waits for no result
    with gone, connection, connection.makefile("rb") as calls, connection.makefile("wb") as results:
        for line in calls:
            key, name, arguments = json.loads(line)
            result: Json | None = None
            wrong = ""
            try:
                result = service.prepare() if name == PREPARE else service.call(name, arguments)  # type: ignore[func-returns-value]
            except Exception as error:  # one call that fails must not end the others
                wrong = type(error).__name__  # its message may hold the question
            results.write(json.dumps([key, result, wrong]).encode() + b"\n")
            results.flush()
