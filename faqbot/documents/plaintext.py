"""Plain text to blocks: paragraphs between blank lines, bullets, and the short lines that are headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from faqbot.documents.blocks import Block, Document, Kind
from faqbot.documents.encoding import cleaned, untabbed
from faqbot.documents.headings import date_of, is_capitals, is_heading, is_marked, is_question, is_title, paired

LONGEST_WRAPPED: Final = 120  # characters: nobody breaks lines later, so a longer one is a paragraph of its own
MOST_TITLE_LINES: Final = 2  # of a title that goes on in small letters
LEVEL: Final = 2  # of a heading that nothing else tells the level of; 1 is left for the title

BULLET: Final = re.compile(
    r"(?:[-*+\u00bb\u2022\u25cf\u25aa\u25e6\u2043\u2013]|\(?\d{1,3}[.)]|\(?[A-Za-z]\))[ \t]+(?=\S)"
)
_RULE: Final = re.compile(r"[-=_*~#\u2013\u2014](?:[ \t]*[-=_*~#\u2013\u2014])*")
_STEP: Final = re.compile(r"step \d{1,2}[.:)] ", re.IGNORECASE)
_UNDERLINE: Final = re.compile(r"={3,}|-{3,}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What becomes a block: its text, its kind if that is certain, and whether it stood on a line of its own.

    Of an item with a number, `numbered` is the text with it: alone before a paragraph, it is a heading.
    """

    text: str
    kind: Kind | None = None
    level: int = 0
    lone: bool = False
    numbered: str = ""
    ordinal: int = 0


def ordinal_of(marker: str) -> int:
    """Return the number of a numbered list's bullet, as "2. " and "(2) " are; 0 for others."""
    number = marker.strip("() .\t")
    return int(number) if number.isdecimal() else 0


def parse(text: str) -> Document:
    """Return the document that a plain text is; its first line is the title where it reads like one."""
    lines = untabbed(cleaned(text)).split("\n")
    groups = list(_groups(lines))
    loose = len(groups) == 1 and _is_a_paragraph_a_line(groups[0])
    title, date, groups = _front(groups, loose)
    pieces = [piece for group in groups for piece in _pieces(group, loose)]
    return Document(tuple(paired(_blocks(pieces))), title, date)


def _groups(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines between blank ones; a rule across the page is as blank, unless it underlines something."""
    group: list[str] = []
    for line in lines:
        stripped = line.strip()
        underlines = group and len(group[-1].strip()) <= LONGEST_WRAPPED and _UNDERLINE.fullmatch(stripped)
        if stripped and (underlines or not _RULE.fullmatch(stripped)):
            group.append(line.rstrip())
        elif group:
            yield group
            group = []
    if group:
        yield group


def _is_a_paragraph_a_line(lines: Sequence[str]) -> bool:
    """Return whether a text without a blank line has a paragraph on each line, instead of lines broken at a margin."""
    long = [line for line in lines if len(line) > LONGEST_WRAPPED // 2]
    return (
        len(lines) > 1 and bool(long) and all(line.endswith((".", "!", "?", ":", '"', ")", "\u201d")) for line in long)
    )


def _front(groups: list[list[str]], loose: bool) -> tuple[str, str, list[list[str]]]:
    """Return title and date of the text, and its groups of lines without them."""
    if len(groups) > 1 and len(groups[0]) == MOST_TITLE_LINES and groups[0][1].strip()[:1].islower():
        joined = " ".join(" ".join(groups[0]).split())
        groups = [[joined], *groups[1:]] if is_title(joined) else groups  # a title of two lines
    if not groups or not _is_titled(groups, loose):
        return "", "", groups
    (first, *rest), *others = groups
    if rest and _UNDERLINE.fullmatch(rest[0].strip()):
        del rest[0]
    if not rest and others:
        rest, *others = others
    date = date_of(" ".join(rest[0].split())) if rest else ""
    if date:
        del rest[0]
    return " ".join(first.split()), date, [rest, *others] if rest else others


def _is_titled(groups: list[list[str]], loose: bool) -> bool:
    (first, *rest), *others = groups
    first = first.strip()
    if not is_title(first) or BULLET.match(first) or is_marked(first) or not (rest or others):
        return False
    if first.endswith("?") and not date_of((rest or others[0])[0].strip()) and _asks_throughout(others):
        return False
    if not rest:
        return True
    second = rest[0].strip()
    if _UNDERLINE.fullmatch(second) or date_of(second) or loose:
        return True
    return len(second) > LONGEST_WRAPPED or (is_heading(first) and len(second) >= len(first) + 20)


def _asks_throughout(groups: Sequence[Sequence[str]]) -> bool:
    """Return whether questions are all the headings that there are: the first of them is then no title."""
    headings = [group[0].strip() for group in groups if len(group) == 1 and is_heading(group[0].strip())]
    return bool(headings) and all(is_question(heading) for heading in headings)


def _pieces(group: Sequence[str], loose: bool) -> Iterator[_Piece]:
    indents = _bullet_indents(group)
    lone_lines = loose or len(group) == 1 or any(len(line) > LONGEST_WRAPPED for line in group)
    held: list[str] = []  # lines of the piece that is being read
    kind, level, numbered, ordinal = None, 0, "", 0

    def piece() -> Iterator[_Piece]:
        if held:
            lone = len(held) == 1 and (lone_lines or is_capitals(held[0]))  # nothing could have gone on there
            yield _Piece(" ".join(" ".join(held).split()), kind, level, lone, numbered if lone else "", ordinal)
            held.clear()

    for number, line in enumerate(group):
        stripped = line.strip()
        if _UNDERLINE.fullmatch(stripped):
            if len(held) == 1 and kind is None:
                kind, level = Kind.HEADING, 1 if stripped[0] == "=" else 2
            yield from piece()
            kind, level, numbered, ordinal = None, 0, "", 0
            continue
        marker = BULLET.match(stripped) if indents else None
        apart = loose or is_marked(stripped) or len(stripped) > LONGEST_WRAPPED or _ends_alone(group, number)
        if marker or apart:
            yield from piece()
            kind, level, numbered, ordinal = None, 0, "", 0
        if marker:
            kind, level = Kind.ITEM, indents.index(len(line) - len(stripped)) + 1
            numbered = stripped if stripped[0].isalnum() else ""
            ordinal = ordinal_of(marker[0])
        held.append(stripped[marker.end() :] if marker else stripped)
    yield from piece()


def _bullet_indents(group: Sequence[str]) -> list[int]:
    """Return how far the bullets of a group are indented, in order; [] where the lines that look like some are none.

    A line that was broken before "- " or "12." looks like one, too.
    """
    places = [number for number, line in enumerate(group) if BULLET.match(line.lstrip())]
    if not places or not (places[0] == 0 or len(places) > 1 or group[places[0] - 1].endswith(":")):
        return []
    return sorted({len(group[place]) - len(group[place].lstrip()) for place in places})


def _ends_alone(group: Sequence[str], number: int) -> bool:
    """Return whether a line follows one that can't have been broken at a margin: too long, a heading, a step."""
    before = group[number - 1].strip() if number else ""
    if _STEP.match(group[number].strip()) or (_STEP.match(before) and group[number].strip()[:1].isupper()):
        return True
    return len(before) > LONGEST_WRAPPED or (number == 1 and is_capitals(before) and not is_capitals(group[1].strip()))


def _blocks(pieces: Sequence[_Piece]) -> Iterator[Block]:
    for number, piece in enumerate(pieces):
        if piece.numbered and _is_numbered_heading(pieces, number):
            yield Block(Kind.HEADING, piece.numbered, LEVEL)
        elif piece.kind is not None:
            yield Block(piece.kind, piece.text, piece.level, ordinal=piece.ordinal)
        elif _heads(pieces, number):
            yield Block(Kind.HEADING, piece.text, LEVEL)
        else:
            yield Block(Kind.PARAGRAPH, piece.text)


def _heads(pieces: Sequence[_Piece], number: int) -> bool:
    """Return whether a piece is a heading: something that is none follows it, or one more heading and then that.

    Three short lines in a row are an address or a verse.
    """
    piece = pieces[number]
    following = pieces[number + 1 : number + 3]
    if not piece.lone or not following or not (is_heading(piece.text) or is_capitals(piece.text)):
        return False
    if is_question(piece.text) or is_capitals(piece.text) or not _may_head(following[0]):
        return True
    return len(following) > 1 and not _may_head(following[1]) and not (number and _may_head(pieces[number - 1]))


def _may_head(piece: _Piece) -> bool:
    return piece.lone and piece.kind is None and is_heading(piece.text)


def _is_numbered_heading(pieces: Sequence[_Piece], number: int) -> bool:
    """Return whether "1. Before the visit" is a heading: no item stands beside it, and a paragraph follows."""
    after = pieces[number + 1] if number + 1 < len(pieces) else None
    before = pieces[number - 1] if number else None
    if after is None or after.kind is not None or _may_head(after) or (before and before.numbered):
        return False
    return is_heading(pieces[number].numbered)
