"""Questions and answers that a text marks by letters, "Q: …" and "A: …", whatever its format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from faqbot.documents.blocks import Block, Kind

_QUESTION: Final = re.compile(r"(?:Q\.?|[Qq]uestion|QUESTION)(?: ?#?\d{1,3})?(?: ?[:)] *|\. +)(?=\S)")
_ANSWER: Final = re.compile(r"(?:A\.?|[Aa]nswer|ANSWER)(?: ?#?\d{1,3})?(?: ?[:)] *|\. +)(?=\S)")
_SHORTEST: Final = 3  # characters of a question: "Q. 5" is none


def is_marked(line: str) -> bool:
    """Return whether a line begins with a mark of a question or an answer; one alone may be chance."""
    return bool(line[:1] in "QqAa" and (_QUESTION.match(line) or _ANSWER.match(line)))


def paired(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks with those marked by letters as questions and answers, without their marks.

    An answer needs a question before it. What stands between an answer and the next marked question, with no heading
    among it, belongs to the answer.
    """
    found: list[Block] = []
    asked = False  # whether the last mark was that of a question
    after = 0  # where the blocks after the last marked answer begin; 0 where there is none
    for block in blocks:
        markable = block.kind in (Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM)
        question = _QUESTION.match(block.text) if markable and block.text[:1] in "Qq" else None
        answer = _ANSWER.match(block.text) if markable and asked and block.text[:1] in "Aa" else None
        if question and len(block.text) - question.end() >= _SHORTEST:
            if after:
                found[after:] = [_as(Kind.ANSWER, rest, 0) for rest in found[after:]]
            found.append(_as(Kind.QUESTION, block, question.end()))
            asked, after = True, 0
        elif answer:
            found.append(_as(Kind.ANSWER, block, answer.end()))
            asked, after = False, len(found)
        else:
            found.append(block)
            if block.kind in (Kind.HEADING, Kind.QUESTION, Kind.ROW):
                asked, after = asked and block.kind is Kind.ROW, 0
    return found


def _as(kind: Kind, block: Block, start: int) -> Block:
    return replace(block, kind=kind, text=block.text[start:], level=0)
