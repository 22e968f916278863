"""A Markdown text to blocks: CommonMark with tables; markdown-it-py does the parsing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from faqbot.documents.blocks import Block, Document, Kind
from faqbot.documents.encoding import cleaned, one_line, untabbed
from faqbot.documents.headings import framed, is_heading, is_marked, paired

MOST_MARKS: Final = (
    100_000  # characters of markup in an article, whose text after them is taken as it is: 4 s of reading
)
_MARK: Final = re.compile(r"[\[\]*_`<&!\\]")
_FENCE: Final = "---"
_FIELDS: Final = {"title": "title", "date": "date", "published": "date"}  # of a front matter
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]*>")
_BOLD_LEVEL: Final = 4  # of a heading that is a paragraph in bold: below the marked ones


def parse(text: str) -> Document:
    """Return the document that a Markdown text is."""
    fields, body = _front_matter(cleaned(text).lstrip("\n"))
    tokens = _parser().parse(body)
    title, date, blocks = framed(list(_blocks(tokens)), fields.get("title", ""), fields.get("date", ""))
    return Document(tuple(paired(blocks)), title, date)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.at("inline", _inline)
    return parser


def _inline(state: StateCore) -> None:
    """Read the markup within paragraphs, up to MOST_MARKS; a core rule of markdown-it."""
    marks = 0
    for token in state.tokens:
        if token.type == "inline":
            marks += len(_MARK.findall(token.content))
            token.children = []
            if marks <= MOST_MARKS:
                state.md.inline.parse(token.content, state.md, state.env, token.children)
            else:
                token.children.append(Token("text", "", 0, content=token.content))


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the fields of the front matter that are of use, and the text without it."""
    lines = text.split("\n")
    stripped = [line.strip() for line in lines]
    if stripped[0] != _FENCE or _FENCE not in stripped[1:]:
        return {}, text
    after = stripped.index(_FENCE, 1)
    pairs = (line.partition(":") for line in lines[1:after])
    fields = {_FIELDS[name]: one_line(value).strip("\"'") for name, _, value in pairs if name in _FIELDS}
    return fields, "\n".join(lines[after + 1 :])


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    place = _Place()
    for number, token in enumerate(tokens):
        place.move(token)
        if token.type in ("fence", "code_block") and token.content.strip():
            yield Block(Kind.CODE, untabbed(token.content).strip("\n"), place.lists)
        elif token.type == "html_block":
            yield from _html(token.content)
        elif token.type == "tr_close" and any(place.cells):
            yield Block(Kind.ROW, " | ".join(place.cells), cells=tuple(place.cells), header=place.header)
        elif token.type == "inline" and tokens[number - 1].type in ("th_open", "td_open"):
            place.cells.append(" ".join(_lines(token)))
        elif token.type == "inline":
            bold = not place.lists and _is_bold(token) and _goes_on(tokens, number)
            for text in _paragraphs(_lines(token)):
                yield place.block(text, bold)


class _Place:
    """Where a text stands: in a heading, in lists, in a table."""

    def __init__(self) -> None:
        self.level = 0  # of the heading that is open
        self.lists = 0
        self.ordinal = 0  # of the item that is open
        self.opens = False  # whether the next text is the first of an item
        self.header = False
        self.cells: list[str] = []

    def move(self, token: Token) -> None:
        opens = token.nesting == 1
        match token.type.rpartition("_")[0]:
            case "heading":
                self.level = int(token.tag[1]) if opens else 0
            case "bullet_list" | "ordered_list":
                self.lists += token.nesting
            case "list_item":
                self.opens = opens
                self.ordinal = int(token.info) if opens and token.info.isdecimal() else 0
            case "thead":
                self.header = opens
            case "tr" if opens:
                self.cells = []
            case _:
                pass

    def block(self, text: str, bold: bool) -> Block:
        opens, self.opens = self.opens, False
        if self.level:
            return Block(Kind.HEADING, text, self.level)
        if opens:
            return Block(Kind.ITEM, text, self.lists, ordinal=self.ordinal)
        return (
            Block(Kind.HEADING, text, _BOLD_LEVEL)
            if bold and is_heading(text)
            else Block(Kind.PARAGRAPH, text, self.lists)
        )


def _html(markup: str) -> Iterator[Block]:
    """Yield the words of a block of HTML; a summary is a question, as it is in a page."""
    parts = re.split(r"</?summary[^<>]*>", _COMMENT.sub("", markup), flags=re.IGNORECASE)
    for number, part in enumerate(parts):
        if text := one_line(unescape(_TAG.sub(" ", part))):
            yield Block(Kind.QUESTION if number % 2 else Kind.PARAGRAPH, text)


def _lines(token: Token) -> list[str]:
    """Return the lines of a text without markup, HTML and images."""
    parts = [_words(child) for child in token.children or ()]
    return [line for line in map(one_line, "".join(parts).split("\n")) if line]


def _words(child: Token) -> str:
    if child.type in ("softbreak", "hardbreak"):
        return "\n"
    return child.content if child.type in ("text", "text_special", "code_inline") else ""


def _paragraphs(lines: Sequence[str]) -> list[str]:
    """Return the lines joined, divided only before "Q:" and "A:"."""
    found: list[list[str]] = []
    for line in lines:
        if found and not is_marked(line):
            found[-1].append(line)
        else:
            found.append([line])
    return [" ".join(part) for part in found]


def _is_bold(token: Token) -> bool:
    """Return whether all of a text is in bold."""
    children = [child for child in token.children or () if child.type != "text" or child.content.strip()]
    if len(children) < 3 or children[0].type != "strong_open" or children[-1].type != "strong_close":
        return False
    return sum(child.type == "strong_open" for child in children) == 1


def _goes_on(tokens: Sequence[Token], number: int) -> bool:
    """Return whether something that is neither a heading nor bold follows a paragraph."""
    following = tokens[number + 2 : number + 4]
    if not following or following[0].type not in ("paragraph_open", "bullet_list_open", "ordered_list_open"):
        return False
    return len(following) < 2 or not _is_bold(following[1])
