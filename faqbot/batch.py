"""A file of questions in, a file of replies out: on all cores, in order, to be gone on with after any end."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from hashlib import sha256
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Final

from faqbot import __version__, sheets
from faqbot.answering import Answerer
from faqbot.bot import FaqBot
from faqbot.errors import FaqbotError, UnfinishedError
from faqbot.journal import Journal
from faqbot.results import Layout
from faqbot.sheets import Row

# Rows that a process is given at a time, and that are asked again after a kill: a quarter of a second of asking,
# against a few milliseconds to pass them on and to be sure that they are on disk.
PIECE: Final = 250
LARGEST_PIECE: Final = 1_000_000  # characters: rows may be long, and the memory is not to depend on it
AHEAD: Final = 3  # pieces a process: one that it works on, one that waits, one that is written

Progress = Callable[[int, int], None]
Piece = list[Row]
Written = tuple[bytes, int, Counter[str]]


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a run: how many rows it has, how many of them earlier runs had done, and rows by status."""

    rows: int
    earlier: int
    counts: Mapping[str, int]


def run(
    bot: FaqBot,
    questions: Path,
    output: Path,
    *,
    workers: int | None = None,
    restart: bool = False,
    progress: Progress | None = None,
) -> Answered:
    """Answer a file of questions, and write what `results.fields` says of each reply beside the columns of the file.

    Until it is finished, the file is `output`.part, and a file beside that says how far it is: the same call goes on
    there, after any end. The processes are spawned, so a script calls this below `if __name__ == "__main__"`.

    Args:
        bot: who answers, as it is now.
        questions: CSV, TSV, JSON Lines, or a question a line.
        output: its ending, .csv, .tsv or .jsonl, says what is written.
        workers: processes; as many as there are cores where it is None. The file is the same with any number.
        restart: whether to begin anew what was broken off.
        progress: is told how many rows are done, and how many there are.

    Raises:
        QuestionsError: the questions cannot be read.
        UnfinishedError: a run that was broken off was begun with other questions, knowledge or settings, and `restart`
            is not given; or it is under way; or the questions were changed during this one.
        FaqbotError: another ending, or a process was killed.
        PicklingError: the bot's encoder cannot be sent to a process.
        OSError: the output cannot be written.
    """
    if output.exists() and questions.exists() and output.samefile(questions):
        raise FaqbotError(f"{output}: the answers would take the place of the questions; name another file")
    answerer = bot.answerer
    Layout.of(output, ())
    stamp = _stamp(questions) if questions.exists() else None
    sheet = sheets.scanned(questions)
    layout = Layout.of(output, sheet.columns)
    begun_with = {
        "questions": sheet.digest,
        "knowledge": sha256(repr(astuple(answerer.knowledge)).encode("utf-8", "surrogatepass")).hexdigest(),
        "settings": f"faqbot {__version__}, {answerer.settings}, {layout}",
    }
    with Journal(output, begun_with, restart=restart) as journal:
        earlier = journal.rows
        if journal.is_finished:
            return Answered(sheet.total, earlier, dict(journal.counts))
        many = min(workers or cores(), -(-(sheet.total - earlier) // PIECE) or 1)
        with closing(written(answerer, layout, _pieces(sheet.rows(earlier)), many)) as pieces:
            for data, rows, counts in pieces:
                journal.add(data if journal.rows else layout.head() + data, rows, counts)
                if progress:
                    progress(journal.rows, sheet.total)
        if _stamp(questions) != stamp or journal.rows != sheet.total:
            raise UnfinishedError(output, "the questions were changed while they were asked", "begin it anew")
        journal.finish()
        return Answered(sheet.total, earlier, dict(journal.counts))


def cores() -> int:
    """Return how many cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def written(
    answerer: Answerer, layout: Layout, pieces: Iterable[Piece], workers: int
) -> Generator[Written, None, None]:
    """Yield the replies to each piece as they are written, in order, with how many they are, and how many by status.

    Raises:
        FaqbotError: a process was killed.
    """
    if workers == 1:
        yield from (_written(answerer, layout, piece) for piece in pieces)
        return
    answerer.prepare()  # what is kept of that on disk, the processes need not make
    with ProcessPoolExecutor(workers, get_context("spawn"), _start, (answerer, layout)) as pool:
        waiting: deque[Future[Written]] = deque()
        try:
            for piece in pieces:
                with _no_interrupts():
                    waiting.append(pool.submit(_in_process, piece))
                if len(waiting) >= workers * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool:
            wrong = "a process that answered was killed, perhaps for want of memory"
            raise FaqbotError(f"{wrong}; the same command goes on where it was") from None
        finally:
            pool.shutdown(cancel_futures=True)


def _pieces(rows: Iterable[Row]) -> Iterator[Piece]:
    piece: Piece = []
    size = 0
    for row in rows:
        piece.append(row)
        size += sum(len(value) for value in row[1].values() if isinstance(value, str))
        if len(piece) == PIECE or size > LARGEST_PIECE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _written(answerer: Answerer, layout: Layout, piece: Piece) -> Written:
    lines: list[bytes] = []
    counts: Counter[str] = Counter()
    for question, columns in piece:
        reply = answerer.ask(question)
        counts[str(reply.status)] += 1
        lines.append(layout.row(columns, reply))
    return b"".join(lines), len(piece), counts


_here: tuple[Answerer, Layout] | None = None  # in a process that answers: what it was started with


def _start(answerer: Answerer, layout: Layout) -> None:
    global _here  # noqa: PLW0603 - a pool hands its processes nothing else
    _here = answerer, layout
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which ends its processes
    threading.Thread(target=_end_with_the_program, daemon=True).start()


def _end_with_the_program() -> None:
    """Leave once the program is gone: killed, it tells nobody, and its processes would wait for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _in_process(piece: Piece) -> Written:
    assert _here is not None
    return _written(*_here, piece)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Start processes that Ctrl-C leaves alone: until `_start` runs in them, they would print what it interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stamp(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino
