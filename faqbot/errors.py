"""What can go wrong, and nothing else: this module imports nothing of ours.

FaqbotError
├── KnowledgeError      a knowledge file cannot be used; carries every Problem found in it
├── ChangedError        a knowledge file was written by somebody else while it was under review
├── QuestionsError      a file of questions cannot be used; carries every Problem found in it
├── UnfinishedError     a run was begun with other files, or is under way: it can be begun anew only
├── LogError            a log of questions cannot be used
├── ArticleError        an article cannot be read or turned into entries
└── ExtraMissingError   what was asked for needs a part of faqbot that is not installed

Wrong arguments raise the builtin ValueError or TypeError. "No answer" is a Reply, never an exception.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

MOST_TOLD: Final = 20  # problems of one kind in a message: who has mended so many knows how
LONGEST_TOLD: Final = 1000  # characters of what is wrong, or would be right
QUOTED: Final = 100  # characters of what is quoted in it
_LONG_QUOTE: Final = re.compile(rf"'[^']{{{QUOTED},}}'|\"[^\"]{{{QUOTED},}}\"")
# What differs between problems of one kind: what is quoted, and numbers; in what would be right, numbers alone.
_PARTICULAR: Final = re.compile(r"'[^']*'|\"[^\"]*\"|[0-9][0-9,.]*")
# Line ends, with which the name of a file could say something of its own, and lone surrogates, which nothing can print.
_UNSHOWN: Final = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029\ud800-\udfff]")
_NUMBER: Final = re.compile(r"[0-9][0-9,.]*")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where, what, and what would be right."""

    path: Path
    line: int | None
    wrong: str
    right: str = ""

    def __str__(self) -> str:
        place = f"{named(self.path)}:{self.line}" if self.line else named(self.path)
        return f"{place}: {_cut(self.wrong)}" + (f"; {_cut(self.right)}" if self.right else "")


def named(path: Path) -> str:
    """Return a path as a message shows it: on one line, and without what no encoding has."""
    return _UNSHOWN.sub("\N{REPLACEMENT CHARACTER}", str(path))


def _cut(text: str) -> str:
    text = _LONG_QUOTE.sub(lambda quote: f"{quote[0][:QUOTED]}…{quote[0][-1]}", text)
    return text if len(text) <= LONGEST_TOLD else f"{text[: LONGEST_TOLD - 1]}…"


def told(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield problems as lines of text: of each kind the first MOST_TOLD, then how many more there are of it."""
    counts: Counter[tuple[Path, str, str]] = Counter()
    examples = {}
    for problem in problems:
        kind = problem.path, _PARTICULAR.sub("", problem.wrong), _NUMBER.sub("", problem.right)
        counts[kind] += 1
        if counts[kind] <= MOST_TOLD:
            examples[kind] = problem
            yield str(problem)
    for kind, count in counts.items():
        if count > MOST_TOLD:
            last = examples[kind].line
            where = f" the one in line {last}" if last else " these"
            yield f"{named(kind[0])}: {count - MOST_TOLD:,} more like{where}"


class FaqbotError(Exception):
    """Base of every error that faqbot raises on purpose; each can be pickled, and so cross to another process."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, (type(self), self.args), self.__dict__


def _remade(kind: type[FaqbotError], args: tuple[object, ...]) -> FaqbotError:
    """Make an error anew from its message: what it is made of otherwise follows as its attributes."""
    return kind.__new__(kind, *args)


class KnowledgeError(FaqbotError):
    """A knowledge file that cannot be used.

    Attributes:
        problems: every problem found, in the order of the file; never empty. The message has the first of each kind.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(told(problems)))

    @property
    def path(self) -> Path:
        """The file of the first problem."""
        return self.problems[0].path

    @property
    def line(self) -> int | None:
        """The line of the first problem, counted from 1; None where the whole file is meant."""
        return self.problems[0].line


class ChangedError(FaqbotError):
    """A knowledge file that somebody else wrote while it was under review: nothing was saved over it.

    Attributes:
        path: the file.
        problem: why it cannot be read again; None where it was.
    """

    def __init__(self, path: Path, problem: Problem | None = None) -> None:
        self.path = path
        self.problem = problem
        what = "The file was changed by somebody else"
        super().__init__(
            f"{what}, and cannot be read: {problem}" if problem else f"{what}, and is read again: look, then decide."
        )


class QuestionsError(FaqbotError):
    """A file of questions that cannot be used.

    Attributes:
        problems: every problem found, in the order of the file; never empty. The message has the first of each kind.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(told(problems)))


class LogError(FaqbotError):
    """A log of questions that cannot be used.

    Attributes:
        problem: why.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


class UnfinishedError(FaqbotError):
    """A run that was broken off and cannot be gone on with, or that is under way: nothing was written.

    Attributes:
        path: the file that the run writes.
    """

    def __init__(self, path: Path, wrong: str, right: str) -> None:
        self.path = path
        super().__init__(f"{named(path)}: {wrong}; {right}")


class ArticleError(FaqbotError):
    """An article that cannot be read, or from which nothing can be extracted."""


class ExtraMissingError(FaqbotError):
    """What was asked for needs an extra of faqbot that is not installed.

    Attributes:
        needs: what needs it, as the subject of a sentence: "Reading PDF".
        extra: the name of the extra.
    """

    def __init__(self, needs: str, extra: str) -> None:
        self.needs = needs
        self.extra = extra
        super().__init__(f"{needs} needs the extra {extra!r}: pip install 'faqbot[{extra}]'")
