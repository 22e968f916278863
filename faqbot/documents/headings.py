"""Tell titles, dates and headings by their words, and pair "Q: …" with "A: …", where a format does not mark them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from faqbot.documents.blocks import Block, Kind

LONGEST_TITLE: Final = 120  # characters
LONGEST_HEADING: Final = 80
LONGEST_QUESTION: Final = 160  # headings that are questions run longer
MOST_WORDS: Final = 12  # of a heading that is no question
LONGEST_DATE: Final = 60

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? "
_DATE: Final = re.compile(
    r"(?:(?:last |next )?(?:date|issued?|posted|published|updated?|written|review(?:ed)?|modified|version)"
    r"(?: [a-z]{1,8}){0,4}:? )?"
    rf"((?:{_DAY})?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? \d{{4}})?"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|{_MONTH} \d{{4}}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})))"
    r"(?:,? (?:at )?\d{1,2}[:.]\d{2}(?: ?[ap]m)?)?(?: ?[|\u00b7\u2022,\u2013\u2014-] ?[^.!?]*)?",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.!?][\"'\u201d\u2019)]? +[\"'\u201c\u2018(]?[A-Z0-9]")
_NUMBERING: Final = re.compile(r"\A(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?|[A-Za-z][.)]|[IVX]{1,5}\.) +")
_FINAL: Final = tuple(".,;:!\u2026")
_CLOSING: Final = "\"')]\u201d\u2019\u00bb"
_QUESTION_MARK: Final = re.compile(r"(?:Q\.?|[Qq]uestion|QUESTION)(?: ?#?\d{1,3})?(?: ?[:)] *|\. +)(?=\S)")
_ANSWER_MARK: Final = re.compile(r"(?:A\.?|[Aa]nswer|ANSWER)(?: ?#?\d{1,3})?(?: ?[:)] *|\. +)(?=\S)")
_SHORTEST_QUESTION: Final = 3  # characters of a question: "Q. 5" is none


def date_of(line: str) -> str:
    """Return the date that a line consists of, as it is written there, or ""."""
    found = _DATE.fullmatch(line) if 5 <= len(line) <= LONGEST_DATE else None
    return found[1] if found else ""


def is_question(line: str) -> bool:
    """Return whether a line that stands alone is one question and nothing else."""
    return (
        line.rstrip(_CLOSING).endswith("?")
        and len(line) <= LONGEST_QUESTION
        and not _SENTENCE_END.search(_NUMBERING.sub("", line, count=1))
    )


def is_capitals(line: str) -> bool:
    """Return whether a line is a heading in capitals: "AFTER THE TREATMENT", but not "SPF"."""
    letters = sum(map(str.isalpha, line)) if len(line) <= LONGEST_HEADING else 0
    return letters > 3 and line.isupper() and not line.endswith(_FINAL)


def is_heading(line: str) -> bool:
    """Return whether a line that stands alone reads like a heading: short, no sentence, and it opens like a title."""
    if is_question(line):
        return True
    if len(line) > LONGEST_HEADING or not line or line.rstrip(_CLOSING).endswith(_FINAL):
        return False
    said = _NUMBERING.sub("", line, count=1)
    words = said.split()
    opens = next((character for character in "".join(words) if character.isalnum()), "")
    return (
        0 < len(words) <= MOST_WORDS
        and not opens.islower()
        and any(map(str.isalpha, line))
        and not _SENTENCE_END.search(said)
        and not date_of(line)
    )


def is_title(line: str) -> bool:
    """Return whether the first line of a text reads like its title."""
    if not line or len(line) > LONGEST_TITLE or line.endswith((".", ",", ";", ":")):
        return False
    return any(map(str.isalpha, line)) and not _SENTENCE_END.search(line) and not date_of(line)


def framed(blocks: Sequence[Block], title: str = "", date: str = "") -> tuple[str, str, list[Block]]:
    """Return title and date of a document and its blocks without them.

    The only level-1 heading is the title where nothing else is a heading before it. `title` and `date` are what the
    format says apart from its text; a block that repeats them goes, too.
    """
    rest = list(blocks)
    first = next((place for place, block in enumerate(rest) if block.kind is Kind.HEADING), None)
    tops = sum(block.kind is Kind.HEADING and block.level == 1 for block in rest)
    if first is not None and rest[first].level == 1 and (key(rest[first].text) == key(title) or not title):
        if tops == 1 or title:
            title = rest.pop(first).text
        else:
            first = None
    else:
        first = 0
    place = first or 0
    if place < len(rest) and rest[place].kind in (Kind.PARAGRAPH, Kind.HEADING) and date_of(rest[place].text):
        date = date or date_of(rest[place].text)
        del rest[place]
    return title, date, rest


def key(text: str) -> str:
    """Return what two writings of one text share: its letters and digits, in lower case."""
    return "".join(filter(str.isalnum, text.casefold()))


def is_marked(line: str) -> bool:
    """Return whether a line begins with a mark of a question or an answer; one alone may be chance."""
    return bool(line[:1] in "QqAa" and (_QUESTION_MARK.match(line) or _ANSWER_MARK.match(line)))


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
        question = _QUESTION_MARK.match(block.text) if markable and block.text[:1] in "Qq" else None
        answer = _ANSWER_MARK.match(block.text) if markable and asked and block.text[:1] in "Aa" else None
        if question and len(block.text) - question.end() >= _SHORTEST_QUESTION:
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
