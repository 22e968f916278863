"""Run a process pool over pipes, with ordered results and bounded look-ahead.

A pipe ends with the program, however that ends, and the processes with their pipe: killed, it leaves nothing running
and nothing said. They import faqbot and no more, so that a script that starts them needs no guard against being
imported by them (`ProcessPoolExecutor` imports it), and nothing from the folder where the user stands: they start with
-P, and of the program's own import path, an entry that means that folder comes last.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, Final, Generic, TypeVar, cast

from faqbot.errors import FaqbotError

AHEAD: Final = 2  # pieces a process: one that it works on, and one that is ready before it asks for more
_SERVE: Final = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); import faqbot.batch.workers as p; p.serve()"
_SAFE_PATH: Final = "-P"  # without it, Python looks for every module in the current folder first

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def each(work: Callable[[_Given], _Made], pieces: Iterable[_Given], count: int) -> Generator[_Made, None, None]:
    """Map `work` over `pieces` in parallel, in order; few are held at a time, however many there are.

    Args:
        work: what is done to a piece; it, the pieces and what becomes of them can be pickled.
        pieces: any number.
        count: how many processes; with one, this process does the work.

    Raises:
        FaqbotError: a process was killed, or cannot make anything of `work`.
        PicklingError: `work` cannot be pickled.
    """
    if count == 1:
        yield from map(work, pieces)
        return
    started = pickle.dumps(work)
    workers = [_Worker[_Given, _Made](started) for _ in range(count)]
    idle: SimpleQueue[_Worker[_Given, _Made]] = SimpleQueue()
    for worker in workers:
        idle.put(worker)

    def given(piece: _Given) -> _Made:
        worker = idle.get()
        try:
            return worker(piece)
        finally:
            idle.put(worker)  # one that was killed too: a piece that gets it fails, and none waits for ever

    threads = ThreadPoolExecutor(count)
    waiting: deque[Future[_Made]] = deque()
    try:
        for piece in pieces:
            waiting.append(threads.submit(given, piece))
            if len(waiting) >= count * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        threads.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()  # which wakes the threads that wait for it
        threads.shutdown()
        for worker in workers:
            worker.close()


class _Worker(Generic[_Given, _Made]):
    def __init__(self, started: bytes) -> None:
        self._started = started
        self._process = subprocess.Popen(  # noqa: S603 - this very Python
            [sys.executable, _SAFE_PATH, "-c", _SERVE, json.dumps(_import_path())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the program
        )

    def __call__(self, piece: _Given) -> _Made:
        to, back = cast("IO[bytes]", self._process.stdin), cast("IO[bytes]", self._process.stdout)
        try:
            to.write(self._started)
            self._started = b""
            pickle.dump(piece, to)
            to.flush()
            made = pickle.load(back)  # noqa: S301 - from a process of ours
        except (OSError, EOFError, ValueError, pickle.UnpicklingError):
            wrong = "a process that answered was killed, perhaps for want of memory"
            raise FaqbotError(f"{wrong}; the same command goes on where it was") from None
        if isinstance(made, FaqbotError):
            raise made
        return cast("_Made", made)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not yet sent
                cast("IO[bytes]", pipe).close()


def _import_path() -> list[str]:
    """Return this program's import path, with the current folder at its end, where it shadows nothing.

    Unless faqbot itself lies there: that folder is its source.
    """
    ours = str(Path(__file__).parents[2])

    def is_here(entry: str) -> bool:
        with suppress(OSError):
            return not entry or (Path(entry).samefile(".") and entry != ours)
        return False

    return sorted(sys.path, key=is_here)


def serve() -> None:
    """Serve a worker process: apply the work that standard input holds to the pieces after it, until it ends."""
    given = sys.stdin.buffer
    back = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever an encoder prints is no reply
    with suppress(EOFError, OSError, pickle.UnpicklingError):  # the program is gone
        try:
            work = pickle.load(given)  # noqa: S301 - from the program that started this
        except (AttributeError, ImportError) as error:
            pickle.dump(FaqbotError(f"a process that answers cannot import what it needs: {error}"), back)
            back.close()
            return
        while True:
            made: Any
            try:
                made = work(pickle.load(given))  # noqa: S301
            except FaqbotError as error:
                made = FaqbotError(str(error))
            pickle.dump(made, back)
            back.flush()
