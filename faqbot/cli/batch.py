"""`faqbot ask --batch`: answer a file of questions, and show the progress."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from faqbot import files
from faqbot.batch import runner
from faqbot.bot import FaqBot
from faqbot.cli import progress, text
from faqbot.errors import Problem, QuestionsError

BAR: Final = 20  # columns
TOLD_EVERY: Final = 0.2  # seconds: faster is not read


def answer(bot: FaqBot, questions: str, output: str, *, restart: bool = False) -> None:
    """Answer a file of questions into another one, and print what came of it.

    Raises:
        FaqbotError: see `batch.run`, or the output cannot be written.
        OSError: the questions cannot be read any more.
    """
    with progress.line() as show:
        show(f"reading {questions}")
        try:
            done = runner.run(bot, Path(questions), Path(output), restart=restart, progress=_teller(show))
        except OSError as error:
            if error.filename == questions:
                raise
            wrong = f"it cannot be written ({files.reason(error)})"
            raise QuestionsError((Problem(Path(output), None, wrong),)) from None
    counts = ", ".join(f"{count:,} {status}" for status, count in sorted(done.counts.items(), key=lambda one: -one[1]))
    earlier = f" ({done.earlier:,} of them in an earlier run)" if done.earlier else ""
    print(text.clean(f"{output}: {done.rows:,} question{'' if done.rows == 1 else 's'}{earlier}: {counts}"))


def _teller(show: Callable[[str], None]) -> runner.Progress:
    began = told = time.monotonic()
    first: int | None = None

    def tell(done: int, total: int) -> None:
        nonlocal began, told, first
        now = time.monotonic()
        if first is None:  # neither earlier runs nor the start of this one say how fast it is
            first, began = done, now
        if now - told < TOLD_EVERY and done < total:
            return
        told = now
        show(bar(done, total, (done - first) / (now - began) if now > began else 0.0))

    return tell


def bar(done: int, total: int, speed: float) -> str:
    """Return how far a run is, in a line: a bar, the share, the rows, rows a second, and the time that is left."""
    full = BAR * done // total
    line = f"[{'#' * full}{'.' * (BAR - full)}] {100 * done // total} %, {done:,} of {total:,}"
    if speed <= 0:
        return line
    return f"{line}, {speed:,.0f} a second, {_time((total - done) / speed)} left"


def _time(seconds: float) -> str:
    minutes = round(seconds / 60)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.0f} h"
