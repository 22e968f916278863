"""Answer a file of questions into a file of replies: in parallel, in order, resumable after any end."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Final

from faqbot import __version__
from faqbot.answering.answerer import Answerer
from faqbot.batch import workers as processes
from faqbot.batch.checkpoint import Ledger, written
from faqbot.batch.output import Layout
from faqbot.bot import FaqBot
from faqbot.documents.questions import Row, scanned
from faqbot.errors import FaqbotError, UnfinishedError

# Rows that a process is given at a time, and that are asked again after a kill: a quarter of a second of asking,
# against a few milliseconds to pass them on and to be sure that they are on disk.
PIECE: Final = 250
LARGEST_PIECE: Final = 1_000_000  # characters: rows may be long, and the memory is not to depend on it

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
    there, after any end.

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
    _check_apart(output, {"questions": [questions], "knowledge": bot.paths})
    answerer = bot.answerer
    Layout.of(output, ())
    stamp = _stamp(questions) if questions.exists() else None
    sheet = scanned(questions)
    layout = Layout.of(output, sheet.columns)
    begun_with = {
        "questions": sheet.digest,
        "knowledge": sha256(repr(astuple(answerer.knowledge)).encode("utf-8", "surrogatepass")).hexdigest(),
        "settings": f"faqbot {__version__}, {answerer.settings}, {layout}",
    }
    with Ledger(output, begun_with, restart=restart) as ledger:
        earlier = ledger.rows
        if ledger.is_finished:
            return Answered(sheet.total, earlier, dict(ledger.counts))
        many = min(workers or cores(), -(-(sheet.total - earlier) // PIECE) or 1)
        if many > 1:
            answerer.prepare()  # what is kept of that on disk, the processes need not make
        with closing(processes.each(partial(_written, answerer, layout), _pieces(sheet.rows(earlier)), many)) as done:
            for data, rows, counts in done:
                ledger.add(data if ledger.rows else layout.head() + data, rows, counts)
                if progress:
                    progress(ledger.rows, sheet.total)
        if _stamp(questions) != stamp or ledger.rows != sheet.total:
            raise UnfinishedError(
                output, "the questions were changed while they were asked", "begin it anew (--restart)"
            )
        ledger.finish()
        return Answered(sheet.total, earlier, dict(ledger.counts))


def cores() -> int:
    """Return how many cores this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _check_apart(output: Path, read: Mapping[str, Sequence[Path]]) -> None:
    for made in written(output):
        for name, paths in read.items():
            if any(made.exists() and path.exists() and made.samefile(path) for path in paths):
                raise FaqbotError(f"{made}: the answers would take the place of the {name}; name another file")


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


def _stamp(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino
