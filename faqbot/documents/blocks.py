"""What a document holds, in reading order, whatever its format was: the values that readers of formats make."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    ROW = "row"  # of a table
    QUESTION = "question"  # marked as one by its format: a summary, a term, FAQPage data
    CODE = "code"  # a program or what it prints, line by line
    ANSWER = "answer"  # to the question before it; one question may have several


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a document.

    Attributes:
        kind: what it is.
        text: on one line, without markup; of a row, its cells joined by " | "; of code, its lines.
        level: of a heading, 1 to 6; of what stands in a list, 1 for one that stands in no other; else 0.
        page: counted from 1 where the format has pages, else 0.
        cells: of a row; else ().
        header: whether a row is the heading of its table.
        ordinal: of an item of a numbered list, counted as the list counts; else 0.
    """

    kind: Kind
    text: str
    level: int = 0
    page: int = 0
    cells: tuple[str, ...] = ()
    header: bool = False
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was read.

    Attributes:
        blocks: in reading order; those of navigation, advertising and comments are left out.
        title: its name for citing, or "".
        date: as the document writes it, or "".
        notes: what was not read and why, a sentence each.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    date: str = ""
    notes: tuple[str, ...] = ()
