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

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: where, what, and what would be right."""

    path: Path
    line: int | None
    wrong: str
    right: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return f"{place}: {self.wrong}" + (f"; {self.right}" if self.right else "")


class FaqbotError(Exception):
    """Base of every error that faqbot raises on purpose."""


class KnowledgeError(FaqbotError):
    """A knowledge file that cannot be used.

    Attributes:
        problems: every problem found, in the order of the file; never empty.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))

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
        problems: every problem found, in the order of the file; never empty.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


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
        super().__init__(f"{path}: {wrong}; {right}")


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
