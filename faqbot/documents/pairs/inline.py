"""Find the questions within texts and lists: after "Q:", in bold, as items, or as plain lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from faqbot.documents.pairs import fields, marks
from faqbot.documents.pairs.nodes import Kind, Node, nodes

INLINE: Final = 10  # the rank of a question that is no heading: below all of those
CONSISTENT: Final = 0.5  # share of the bold lines that ask, from which on all of them are questions
LISTED: Final = 0.6  # share of the items of a list that are question and answer, from which on all are
_PIPE: Final = re.compile(r"(?<!\\)\|")  # between cells
_BOLD_LINE: Final = re.compile(
    r"(?:\*{2,3}|_{2,3})(?=[^\s*_])((?:[^*_]|\*(?!\*)|_(?!_)){1,400})(?:\*{2,3}|_{2,3})[ \t]{0,4}[:.]?"
    r"(\\| {2,9})?$"
)
_BOLD_LEAD: Final = re.compile(
    r"(?:\*{2,3}|_{2,3})(?=[^\s*_])((?:[^*_]|\*(?!\*)|_(?!_)){1,400})(?:\*{2,3}|_{2,3})[ \t]{0,4}"
    r"[:.\u2013\u2014-]?[ \t]{0,4}(?:\\?\n|<br ?/?>|(?=\S))"
)


def promoted(found: list[Node], is_prose: bool) -> list[Node]:
    """Return the nodes with the questions in texts and lists as nodes of their own."""
    found = [each for node in found for each in (_by_table(node) or [node])]
    marked = [_by_marks(node) for node in found]
    count = sum(len(parts) for parts in marked if parts)
    if sum(bool(parts) for parts in marked) > 1 or count > 2:
        return _flat(found, marked)
    after: list[Node | None] = [*found[1:], None][: len(found)]
    headings = [node for node in found if node.kind is Kind.HEADING]
    asking = [node for node in headings if marks.asks(marks.question(node.text))]
    formal = sum(node.kind is Kind.ASKED for node in found)
    bold = [_by_bold(node, following) for node, following in zip(found, after, strict=True)]
    titles = [_asked_of(parts) for parts in bold if parts]
    asks = [text for text in titles if marks.asks(text)]
    if asks and (len(asks) > 1 or len(found) < 9) and len(asks) >= formal:
        everywhere = len(asks) >= CONSISTENT * len(titles) and not asking
        chosen = [parts if parts and (everywhere or marks.asks(_asked_of(parts))) else None for parts in bold]
        return _flat(found, _outside_questions(found, chosen))
    listed = [_by_list(node, following) for node, following in zip(found, after, strict=True)]
    if any(listed):
        return _flat(found, _outside_questions(found, listed))
    if not formal and not asking:
        plain = [_by_line(node, following) for node, following in zip(found, after, strict=True)]
        if sum(bool(parts) for parts in plain) > 1 or (is_prose and any(plain)):
            return _flat(found, plain)
    return found


def _asked_of(parts: Sequence[Node]) -> str:
    return marks.question(parts[0].text)


def _flat(found: Iterable[Node], parts: Iterable[list[Node] | None]) -> list[Node]:
    return [each for node, made in zip(found, parts, strict=True) for each in (made or [node])]


def _outside_questions(found: Sequence[Node], parts: Sequence[list[Node] | None]) -> list[list[Node] | None]:
    """Return the parts less those within what a heading or the format asks: they belong to its answer."""
    kept: list[list[Node] | None] = []
    level, is_asked, depth = 0, False, 0
    for node, made in zip(found, parts, strict=True):
        if node.kind is Kind.HEADING and (not is_asked or node.level <= level):
            level, is_asked = node.level, marks.asks(marks.question(node.text))
        depth += (node.kind is Kind.ASKED) - (node.kind is Kind.ENDED and depth > 0)
        kept.append(None if is_asked or depth else made)
    return kept


def _question(text: str, line: int) -> Node:
    return Node(Kind.ASKED, text, line, level=INLINE)


def _answer(text: str, line: int) -> list[Node]:
    text = text.strip()
    rest = marks.answered(text)
    text = text if rest is None else rest.strip()
    return list(nodes(list(enumerate(text.split("\n"), line)))) if text else []


def _by_table(node: Node) -> list[Node] | None:
    """Return the nodes of a table with a column of questions and one of answers; None of another."""
    if node.kind is not Kind.TABLE:
        return None
    rows = [
        [cell.strip() for cell in _PIPE.split(row.strip().removeprefix("|").removesuffix("|"))]
        for row in node.text.split("\n")
    ]
    named = fields.columns(rows[0])
    if named is None:
        return None
    places = [rows[0].index(str(name)) for name in named]
    made: list[Node] = []
    for number, row in enumerate(rows[2:], 2):
        cells = [row[place] if place < len(row) else "" for place in places]
        made += [_question(cells[0], node.line + number), *_answer(cells[1], node.line + number)] if cells[0] else []
    return made


def _by_marks(node: Node) -> list[Node] | None:
    """Return the nodes of a text or list with "Q:" and "A:" in it, without those marks; None of another."""
    if node.kind is Kind.HEADING and (rest := marks.asked(node.text)) is not None and len(rest) > 2:
        return None
    if node.kind is Kind.LIST:
        made = [_marked_item(item.text, item.line) for item in node.items]
        return [each for parts in made if parts for each in parts] if made and all(made) else None
    if node.kind is not Kind.TEXT:
        return None
    return _marked_item(node.text, node.line)


def _marked_item(text: str, line: int) -> list[Node] | None:
    rows = text.split("\n")
    found: list[Node] = []
    words: list[str] = []
    start, is_question, has_mark = line, False, False
    for number, row in enumerate([*rows, None]):
        asked = marks.asked(row.strip()) if row is not None else ""
        said = marks.answered(row.strip()) if row is not None and has_mark else None
        if asked is not None or said is not None:
            if words and "".join(words).strip():
                body = "\n".join(words)
                found += _asked_and_answered(body, start) if is_question else _answer(body, start)
            words, start = [], line + number
            is_question, has_mark = said is None, True
            words = [(asked if said is None else said) or ""]
        elif row is not None:
            words.append(row)
    return found if found and found[0].level == INLINE else None


def _asked_and_answered(text: str, line: int) -> list[Node]:
    """Return the nodes of what follows "Q:": the question, and an answer that stands in the same paragraph."""
    head, _, rest = text.partition("\n\n")
    one = " ".join(head.split())
    for mark in (" A: ", " **A:** ", " Answer: ", " Ans: ", " **A: ", " A. "):
        before, found, after = one.partition(mark)
        if found and len(before) > 2:
            return [_question(before, line), *_answer(mark.strip() + " " + after + "\n\n" + rest, line)]
    first, _, more = head.partition("\n")
    if more and marks.asks(marks.question(first)) and not marks.asks(marks.question(one)):
        return [_question(first, line), *_answer(f"{more}\n\n{rest}", line + 1)]
    parts = marks.divided(one)
    if parts and parts[1] and not marks.asks(one):
        return [_question(parts[0], line), *_answer(f"{parts[1]}\n\n{rest}", line)]
    return [_question(one, line), *_answer(rest, line + head.count("\n") + 2)]


def _by_bold(node: Node, following: Node | None) -> list[Node] | None:
    """Return the nodes of a text that begins with a question in bold; None of another."""
    if node.kind is not Kind.TEXT:
        return None
    if whole := _BOLD_LINE.match(node.text):
        is_over = following is not None and following.kind not in (Kind.HEADING, Kind.ENDED)
        return [_question(whole[1], node.line)] if is_over else None
    lead = _BOLD_LEAD.match(node.text)
    if lead is None or not (node.text[lead.end() - 1 : lead.end()] == "\n" or marks.asks(marks.question(lead[1]))):
        return None
    shift = node.text.count("\n", 0, lead.end())
    return [_question(lead[1], node.line), *_answer(node.text[lead.end() :], node.line + shift)]


def _by_list(node: Node, following: Node | None) -> list[Node] | None:
    """Return the nodes of a list of questions with their answers; None of another."""
    if node.kind is not Kind.LIST:
        return None
    made = [_item(item.text, item.line) for item in node.items]
    if sum(bool(parts) for parts in made) >= max(1, LISTED * len(made)) and (len(made) > 1 or made[0]):
        return [
            each for item, parts in zip(node.items, made, strict=True)
            for each in (parts or _question_of(item.text, item.line))
        ]  # fmt: skip
    alone = len(made) == 1 and "\n" not in node.items[0].text and marks.asks(marks.question(node.items[0].text))
    if alone and following is not None and following.kind in (Kind.TEXT, Kind.CODE, Kind.TABLE):
        return [_question(node.items[0].text, node.line)]
    return None


def _question_of(text: str, line: int) -> list[Node]:
    head, _, rest = text.partition("\n")
    return [_question(head, line), *_answer(rest, line + 1)]


def _item(text: str, line: int) -> list[Node] | None:
    """Return the question and answer that an item of a list is, or None."""
    lead = _BOLD_LEAD.match(text) or _BOLD_LINE.match(text.partition("\n")[0])
    if lead and marks.asks(marks.question(lead[1])):
        answer = text[lead.end() :]
        return (
            [_question(lead[1], line), *_answer(answer, line + text.count("\n", 0, lead.end()))]
            if answer.strip()
            else None
        )
    head, _, rest = text.partition("\n")
    if rest.strip() and marks.asks(marks.question(head)):
        return [_question(head, line), *_answer(rest, line + 1)]
    if (parts := marks.divided(" ".join(text.split()))) and parts[1] and not marks.asks(parts[1]):
        end = text.find("?") + 1
        return [_question(parts[0], line), *_answer(text[end:], line + text.count("\n", 0, end))]
    return None


def _by_line(node: Node, following: Node | None) -> list[Node] | None:
    """Return the nodes of a plain paragraph whose first line or sentence asks; None of another."""
    if node.kind is not Kind.TEXT:
        return None
    head, _, rest = node.text.partition("\n")
    if len(head) <= marks.LONGEST and marks.asks(marks.question(head)):
        if rest.strip():
            return [_question(head, node.line), *_answer(rest, node.line + 1)]
        is_over = following is not None and following.kind not in (Kind.HEADING, Kind.ASKED, Kind.ENDED)
        return [_question(head, node.line)] if is_over else None
    one = " ".join(node.text.split())
    if (parts := marks.divided(one)) and parts[1] and marks.seems_asked(marks.question(parts[0])):
        return [_question(parts[0], node.line), *_answer(parts[1], node.line)]
    return None
