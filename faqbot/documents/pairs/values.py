"""The values of this package: a question-and-answer pair, and everything that was found in a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from faqbot.errors import KnowledgeError, Problem

MOST_PAIRS: Final = 50_000  # of a FAQ: ten seconds to read, check and write; a knowledge file of 20 MB has as many


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question and its answer, as a file has them.

    Attributes:
        question: on one line, without markup, number or mark.
        answer: Markdown without headings; of several to choose from, the first.
        line: where it begins, counted from 1; of a table its row, of a format without lines its number.
        place: the same in words: "line 12", "row 3", "sheet Orders, row 3".
        phrasings: other ways to ask, in the order of the file.
        id: that the file gives it, or "".
        topic: the section, category or group that it is in, or "".
        source: the document or address that the file names for it, or "".
        next: ids of the pairs that the file offers after this one.
        draft: whether the file itself calls it a suggestion or a draft.
    """

    question: str
    answer: str
    line: int = 0
    place: str = ""
    phrasings: tuple[str, ...] = ()
    id: str = ""
    topic: str = ""
    source: str = ""
    next: tuple[str, ...] = ()
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs of a file, and what of it was not read.

    Attributes:
        pairs: in the order of the file.
        form: what the file is: "Markdown", "a table", "a QnA Maker knowledge base".
        title: what the file calls itself, or "".
        notes: what was left out or changed, and where: a sentence each.
    """

    pairs: tuple[Pair, ...]
    form: str
    title: str = ""
    notes: tuple[str, ...] = ()


def unusable(path: Path, wrong: str, right: str = "", line: int | None = None) -> KnowledgeError:
    """Return the error that says why no pairs can be read from a file."""
    return KnowledgeError((Problem(path, line, wrong, right),))


def place_list(places: list[str], most: int = 5) -> str:
    """Return some places in words: the first few, and how many more there are."""
    rest = len(places) - most
    return ", ".join(places[:most]) + (f" and {rest} more" if rest > 0 else "")
