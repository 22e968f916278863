"""Query log: append-only JSON Lines of the questions that went wrong, on the author's own machine.

What is appended is there whole or not at all, whoever else appends to the same file.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from faqbot import files
from faqbot.answering.feedback import Feedback, Listener, Verdict
from faqbot.errors import LogError, Problem
from faqbot.evaluation.redaction import masked, unmasked
from faqbot.text import tokens

_BINARY: Final = getattr(os, "O_BINARY", 0)  # without which Windows writes two characters for a line end
LARGEST: Final = 2_000_000  # bytes after which no more is kept: some 10,000 questions, more than an author reads
LARGEST_READ: Final = 4 * LARGEST  # what an author dismisses is added to a log that is full, too
MOST: Final = 20_000  # questions that are read, the newest: grouping them takes a minute and 50 MB at worst
MOST_IDS: Final = 10  # of near entries that a line holds
LONGEST_NAME: Final = 200  # characters of an id or of a knowledge base's name

# A good answer needs no author: it is not kept.
KEPT: Final = frozenset({Verdict.UNANSWERED, Verdict.REJECTED, Verdict.BAD})


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the log: a question that went wrong, masked. It has no time: a day can tell who it was.

    Attributes:
        question: as it was asked, but for the masks.
        verdict: what became of it.
        confidence: of the reply, 0 to 1.
        given: the id of the entry that the reply gave, or "".
        near: the ids of the entries that came nearest, best first.
    """

    question: str
    verdict: Verdict
    confidence: float = 0.0
    given: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Log:
    """The content of a log about one knowledge base.

    Attributes:
        path: where it was read from.
        asked: the questions, in their order; dismissed ones are not among them.
        dismissed: how many questions their author never wants to see again.
        unreadable: how many lines make no sense, such as one that a crash has cut.
        others: the names of other knowledge bases, and how many questions were asked of them.
        is_full: whether no more is kept.
        older: how many questions before these were too many to read.
    """

    path: Path
    asked: tuple[Asked, ...]
    dismissed: int = 0
    unreadable: int = 0
    others: tuple[tuple[str, int], ...] = ()
    is_full: bool = False
    older: int = 0


def recorder(path: str | Path, knowledge: str, tell: Callable[[str], object] | None = None) -> Listener:
    """Return what keeps the questions of conversations that went wrong, in a log of this path.

    A log that cannot be written never ends a conversation: no more is kept then.

    Args:
        path: of the log; it is made with the first question, readable by its owner alone.
        knowledge: the name of the knowledge base that is asked.
        tell: told in a sentence, once, that no more is kept, and why.
    """
    path = Path(path)
    trouble = ""

    def keep(feedback: Feedback) -> None:
        nonlocal trouble
        question = masked(feedback.question)
        if trouble or feedback.verdict not in KEPT or not tokens(unmasked(question)):
            return
        line = {
            "question": question,
            "verdict": str(feedback.verdict),
            "confidence": round(feedback.confidence, 4),
            "given": feedback.given.id if feedback.given else "",
            "near": [match.entry.id for match in feedback.near[:MOST_IDS]],
            "knowledge": knowledge,
        }
        try:
            if not append(path, line, LARGEST):
                trouble = f"{path} holds {LARGEST:,} bytes: no more questions are kept until it is deleted."
        except (OSError, ValueError) as error:
            trouble = f"No questions are kept: {path}: {reason(error)}."
        if trouble and tell:
            tell(trouble)

    return keep


def read(path: str | Path, knowledge: str) -> Log:
    """Read what a log holds about the knowledge base of this name; lines that make no sense are counted.

    Raises:
        LogError: it cannot be read, or is too large to be a log.
    """
    path = Path(path)
    data = files.read_bytes(path, LARGEST_READ, "a log of questions", unusable)
    asked: list[Asked] = []
    dismissed: dict[tuple[str, ...], bool] = {}
    others: Counter[str] = Counter()
    unreadable = 0
    for raw in data.split(b"\n"):
        if not raw.strip():
            continue
        line = _line(raw)
        if line is None:
            unreadable += 1
        elif not _is_about(line["knowledge"], knowledge):
            others[masked(line["knowledge"])] += "question" in line
        elif "question" in line:
            asked.append(_asked(line))
        else:
            dismissed |= {tokens(question): line["dismissed"] for question in line["questions"]}
    left = tuple(one for one in asked if not dismissed.get(tokens(one.question)))
    names = tuple((name, count) for name, count in others.most_common() if count)
    return Log(
        path, left[-MOST:], len(asked) - len(left), unreadable, names, len(data) >= LARGEST, max(0, len(left) - MOST)
    )


def dismiss(path: Path, knowledge: str, questions: Iterable[str], *, dismissed: bool = True) -> None:
    """Write into a log that these questions need no answer, or that they do again; their lines stay.

    Raises:
        OSError: it cannot be written; it is as it was.
    """
    line = {"questions": list(map(masked, questions)), "dismissed": dismissed, "knowledge": knowledge}
    if not append(path, line, LARGEST_READ):
        raise OSError(f"{path} is full")


def ensure_writable(path: Path) -> None:
    """Make sure that questions can be kept in a log of this path; an empty one is made if there is none.

    Raises:
        LogError: they cannot.
    """
    try:
        os.close(_opened(path))
    except FileNotFoundError:
        raise unusable(path, "there is no such folder", "make it first, or name another") from None
    except IsADirectoryError:
        raise unusable(path, "it is a folder", "name a file in it") from None
    except (OSError, ValueError) as error:
        raise unusable(path, f"no question can be kept there: {reason(error)}", "name another file") from None


def append(path: Path, line: dict[str, Any], largest: int) -> bool:
    """Add a line to a file in one piece, and return whether there was room for it.

    The system puts what is written at once, to a file opened for appending, behind what others have written: two chats
    need no lock. After a crash the last line may be half a one; the next begins on its own.

    Raises:
        OSError: it cannot be written.
        ValueError: it is not a regular file.
    """
    handle = _opened(path)
    try:
        size = os.fstat(handle).st_size
        is_torn = bool(size) and os.lseek(handle, -1, os.SEEK_END) >= 0 and os.read(handle, 1) != b"\n"
        data = ("\n" * is_torn + json.dumps(line) + "\n").encode("ascii")
        if size + len(data) > largest:
            return False
        if os.write(handle, data) < len(data):
            raise OSError("the disk is full")
    finally:
        os.close(handle)
    return True


def _line(raw: bytes) -> dict[str, Any] | None:
    """Return what a line says, or None where it is none of a log."""
    try:
        line = json.loads(raw.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(line, dict) or not isinstance(line.get("knowledge"), str):
        return None
    if "questions" in line:
        is_sound = _are_texts(line["questions"]) and isinstance(line.get("dismissed"), bool)
        return (
            {**line, "questions": list(map(masked, line["questions"]))} if is_sound and "question" not in line else None
        )
    return line if _is_question(line) else None


def _is_question(line: dict[str, Any]) -> bool:
    confidence = line.get("confidence", 0)
    return (
        isinstance(line.get("question"), str)
        and bool(tokens(unmasked(masked(line["question"]))))
        and line.get("verdict") in list(map(str, KEPT))
        and isinstance(confidence, (int, float))
        and 0 <= confidence <= 1
        and isinstance(line.get("given", ""), str)
        and _are_texts(line.get("near", []))
    )


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _asked(line: dict[str, Any]) -> Asked:
    near: Sequence[str] = line.get("near", [])
    return Asked(
        masked(line["question"]),
        Verdict(line["verdict"]),
        float(line.get("confidence", 0)),
        line.get("given", "")[:LONGEST_NAME],
        tuple(key[:LONGEST_NAME] for key in near[:MOST_IDS]),
    )


def _is_about(name: str, knowledge: str) -> bool:
    """Return whether a question was asked of this knowledge base, alone or together with others."""
    return name == knowledge or (bool(knowledge) and f" and {knowledge} and " in f" and {name} and ")


def _opened(path: Path) -> int:
    """Return a handle that appends to a log, which is readable by its owner alone from now on."""
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | _BINARY, 0o600)
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise ValueError("it is not a regular file")
        if found.st_size and (os.lseek(handle, 0, os.SEEK_SET), os.read(handle, 1))[1] not in (b"{", b"\n"):
            raise ValueError("it is there already, and no log of questions")  # the knowledge file, say
        if found.st_mode & 0o077:
            with contextlib.suppress(OSError, AttributeError):  # another one's file; Windows has none of this
                os.fchmod(handle, 0o600)
    except BaseException:
        os.close(handle)
        raise
    return handle


def reason(error: Exception) -> str:
    """Return why something cannot be written."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def unusable(path: Path, wrong: str, right: str) -> LogError:
    """Return the error of a log that cannot be used: what is wrong, and what would be right."""
    return LogError(Problem(path, None, wrong, right))
