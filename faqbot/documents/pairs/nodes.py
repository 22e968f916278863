"""Parse Markdown lines, in which questions may have a mark of ours, to nodes: headings, questions, lists, text.

Every reader of documents writes such lines, each with its number in the file, so that there is one way from them to
pairs, and an answer keeps the Markdown that it is written in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

Line = tuple[int, str]  # the number of a line of the file, counted from 1, and Markdown

ASKED: Final = "\ue010"  # begins a line that is a question; the file's own private characters are taken out before
ENDED: Final = "\ue011"  # a line that ends the answer to the last question that began so and is open
_BREAK: Final = re.compile(r"\r\n?|\n")
_MARKER: Final = re.compile(r"\s{0,9}(?:[-*+]|\d{1,9}[.)])(\s{1,4}|$)")
_REFERENCE: Final = re.compile(r"(!?)\[([^\[\]]{1,400})\](?:\[([^\[\]]{0,200})\])?(?![\[(:])")
_CODE_SPAN: Final = re.compile(r"(`{1,4}[^`]{1,400}`{1,4})")
_CONTENTS_ITEM: Final = re.compile(
    r"\s{0,40}(?:[-*+]|\d{1,9}[.)])\s{1,4}(?:\[.{1,400}\]\((?:#|\?)?[^()]{0,400}\)|\[.{1,400}\])[.,;\s]{0,9}"
)

_CONTENTS_TEXT: Final = re.compile(
    r"(?:\[[^\[\]]{1,400}+\]\(#[^()]{0,400}+\)[\s|\u00b7\u2022\u2191*.,-]{0,9}+){1,200}+"
)


class Kind(StrEnum):
    """What a node is."""

    HEADING = "heading"
    ASKED = "asked"  # a question that the format marks as one
    ENDED = "ended"  # the end of the answer to such a question
    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its Markdown, its indentation taken away."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of a document.

    Attributes:
        kind: what it is.
        text: Markdown; of a heading or question, without the mark.
        line: where it begins.
        level: of a heading, 1 to 6.
        items: of a list.
        is_joined: whether no empty line stands before it.
    """

    kind: Kind
    text: str
    line: int
    level: int = 0
    items: tuple[Item, ...] = ()
    is_joined: bool = False

    @property
    def is_contents(self) -> bool:
        """Whether it is a list of links, as tables of contents are."""
        if self.kind is Kind.TEXT:
            return _CONTENTS_TEXT.fullmatch(self.text) is not None
        if self.kind is not Kind.LIST:
            return False
        lines = [line for line in self.text.split("\n") if line.strip()]
        links = sum(bool(_CONTENTS_ITEM.fullmatch(line)) for line in lines)
        return (len(lines) > 1 or "](#" in self.text) and links >= 0.8 * len(lines)


def nodes(lines: Sequence[Line]) -> list[Node]:
    """Return the nodes of some lines, links by reference resolved."""
    lines = [(number, part) for number, text in lines for part in _BREAK.split(text)]
    found: list[Node] = []
    env: dict[str, Any] = {}
    start = 0
    for number, (line, text) in enumerate([*lines, (0, ENDED)]):
        if not text.startswith((ASKED, ENDED)):
            continue
        found += _parsed(lines[start:number], env)
        start = number + 1
        if number < len(lines):
            kind = Kind.ASKED if text[0] == ASKED else Kind.ENDED
            found.append(Node(kind, text[1:].strip(), line))
    links = {name: str(each["href"]) for name, each in env.get("references", {}).items()}
    return [_resolved(node, links) for node in found] if links else found


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


def _parsed(lines: Sequence[Line], env: dict[str, Any]) -> list[Node]:
    if not any(text.strip() for _, text in lines):
        return []
    tokens = _parser().parse("\n".join(text for _, text in lines), env)
    found: list[Node] = []
    after = 0
    for number, token in enumerate(tokens):
        if token.level or token.nesting < 0 or token.map is None or token.type == "hr":
            continue
        start, end = token.map
        while end > start and not lines[end - 1][1].strip():
            end -= 1
        texts = [text for _, text in lines[start:end]]
        joined = bool(found) and start == after
        after = end
        line = lines[start][0]
        if token.type == "heading_open":
            found.append(Node(Kind.HEADING, tokens[number + 1].content, line, int(token.tag[1])))
        elif token.type.endswith("list_open"):
            items = _items(tokens[number + 1 :], lines)
            found.append(Node(Kind.LIST, "\n".join(texts), line, items=items, is_joined=joined))
        elif texts:
            kind = {"table_open": Kind.TABLE, "fence": Kind.CODE, "code_block": Kind.CODE}.get(token.type, Kind.TEXT)
            text = "\n".join(texts) if kind is Kind.CODE else "\n".join(texts).strip()
            found.append(Node(kind, text, line, is_joined=joined))
    return found


def _items(tokens: Sequence[Token], lines: Sequence[Line]) -> tuple[Item, ...]:
    found = []
    for token in tokens:
        if token.level == 0:
            break
        if token.type == "list_item_open" and token.level == 1 and token.map:
            start, end = token.map
            found.append(Item(lines[start][0], dedented([text for _, text in lines[start:end]])))
    return tuple(found)


def dedented(lines: Sequence[str]) -> str:
    """Return the text of a list item without its bullet and the indentation that goes with it."""
    match = _MARKER.match(lines[0])
    width = match.end() if match else 0
    rest = [line[min(width, len(line) - len(line.lstrip(" "))) :] if line.strip() else "" for line in lines[1:]]
    return "\n".join([lines[0][width:], *rest]).strip()


def _resolved(node: Node, links: dict[str, str]) -> Node:
    if node.kind is Kind.CODE or "[" not in node.text:
        return node

    def link(match: re.Match[str]) -> str:
        image, words, name = match.groups()
        href = links.get(" ".join((name or words).upper().split())) or links.get(
            " ".join((name or words).lower().split())
        )
        return match[0] if href is None else f"{image}[{words}]({href})"

    def replaced(text: str) -> str:
        parts = _CODE_SPAN.split(text)
        return "".join(part if number % 2 else _REFERENCE.sub(link, part) for number, part in enumerate(parts))

    items = tuple(Item(item.line, replaced(item.text)) for item in node.items)
    return Node(node.kind, replaced(node.text), node.line, node.level, items, node.is_joined)
