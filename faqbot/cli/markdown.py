"""Render Markdown as styled text: bold, lists, links and tables, with and without a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from markdown_it.token import Token

from faqbot.cli.text import NARROWEST, WIDEST, Fragments, breadth, clean
from faqbot.knowledge.markdown import answer_tokens

CODE_INDENT: Final = "    "
CELL_GAP: Final = "  "
_GAPS: Final = re.compile(r"([ \n]+)")
_LANGUAGE: Final = re.compile(r"[\w+#-]*")  # of a program; other words behind a fence are somebody's text
_SPACED: Final = frozenset({"heading_open", "paragraph_open", "table_open", "fence", "code_block", "hr"})
_STYLES: Final = {"strong_open": "bold", "em_open": "italic"}
_SHOWN_DEEP: Final = 8  # lists within lists: deeper ones have no columns left for words, and are shown as deep as this


def typeset(text: str, width: int | None, *, base: str = "") -> Fragments:
    """Return Markdown as styled text in lines of at most `width` columns where words allow.

    Words stay, markup goes: bullets are "- ", links are their text and their address. A width of None, as for a file
    or a pipe, leaves lines as long as they are; text without markup comes back as it was.

    Args:
        text: Markdown; what would steer a terminal is taken out.
        width: of the terminal, in columns.
        base: the style of everything.
    """
    text = clean(text)
    limit = None if width is None or width < NARROWEST else min(width, WIDEST)
    page = _Page(text.split("\n"), limit, base)
    tokens = answer_tokens(text)
    if not tokens:
        return [(base, text)]
    page.set(tokens)
    return page.fragments()


Run = tuple[str, str]  # style and text


@dataclass(slots=True)
class _Indent:
    """The indent of a block: before its first line, and before the others."""

    first: str
    rest: str
    is_used: bool = False

    def take(self) -> str:
        taken = self.rest if self.is_used else self.first
        self.is_used = True
        return taken


@dataclass(slots=True)
class _Page:
    """The lines set so far, and where the next one begins."""

    source: Sequence[str]
    width: int | None
    base: str
    lines: list[list[Run]] = field(default_factory=list)
    indents: list[_Indent] = field(default_factory=list)
    rows: list[list[list[Run]]] = field(default_factory=list)  # of the table that is open
    style: str = ""  # of the words that come next

    def fragments(self) -> Fragments:
        runs = [run for number, line in enumerate(self.lines) for run in ([("", "\n")] if number else []) + line]
        styled = ((f"{self.base} {style}".strip(), text) for style, text in runs)
        joined = [(style, "".join(text for _, text in same)) for style, same in groupby(styled, lambda run: run[0])]
        return joined or [(self.base, "")]

    def set(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type in _SPACED:
                self.space(token)
            if token.type.endswith("_open"):
                self.open(token)
            elif token.type.endswith("_close"):
                self.close(token)
            elif token.type == "inline":
                self.put(list(_runs(token.children or [], self.style)))
            elif token.type == "hr":
                self.add([("", "---")])
            else:  # code
                about = [] if _LANGUAGE.fullmatch(token.info) else [token.info]
                for line in [*about, *token.content.rstrip("\n").split("\n")]:
                    self.add([("", (CODE_INDENT + line).rstrip())])

    def open(self, token: Token) -> None:
        match token.type:
            case "blockquote_open":
                self.indents.append(_Indent("> ", "> "))
            case "list_item_open":
                marker = f"{token.info}{token.markup} " if token.info else "- "
                self.indents.append(_Indent(marker, " " * len(marker)))
            case "table_open":
                self.rows = []
            case "tr_open":
                self.rows.append([])
        self.style = "bold" if token.type in ("heading_open", "th_open") else ""

    def close(self, token: Token) -> None:
        if token.type in ("blockquote_close", "list_item_close"):
            if not self.indents[-1].is_used:
                self.add([])
            self.indents.pop()
        elif token.type == "table_close":
            self.table(self.rows)
            self.rows = []

    def put(self, runs: list[Run]) -> None:
        """Set the words of a paragraph, or keep those of a cell until its table is whole."""
        if self.rows:
            self.rows[-1].append(runs)
        else:
            self.paragraph(runs)

    def space(self, token: Token) -> None:
        """Leave as many lines blank as the source has above this block."""
        above = token.map[0] if token.map else 0
        while self.lines and above and not self.source[above - 1].strip("> "):
            self.lines.append([])
            above -= 1

    def add(self, runs: list[Run]) -> None:
        before = "".join(indent.take() for indent in self.indents[:_SHOWN_DEEP])
        for indent in self.indents[_SHOWN_DEEP:]:
            indent.take()
        self.lines.append([("", before), *runs] if before else runs)

    def paragraph(self, runs: Sequence[Run]) -> None:
        room = None
        if self.width is not None:
            room = max(self.width - sum(len(indent.first) for indent in self.indents[:_SHOWN_DEEP]), NARROWEST // 2)
        for line in _folded(runs, room):
            self.add(line)

    def table(self, rows: Sequence[Sequence[list[Run]]]) -> None:
        """Set rows in columns where they fit, and else a line a cell with the head of its column."""
        widths = [max(breadth(_text(row[n])) for row in rows) for n in range(len(rows[0]))]
        total = sum(widths) + len(CELL_GAP) * (len(widths) - 1)
        if self.width is None or total <= self.width:
            for row in rows:
                line: list[Run] = []
                padding = ""
                for cell, column in zip(row, widths, strict=True):
                    if _text(cell):
                        line += [("", padding), *cell]
                        padding = ""
                    padding += " " * (column - breadth(_text(cell))) + CELL_GAP
                self.add(line)
            return
        head, body = rows[0], rows[1:]
        if not body:
            self.paragraph([run for cell in head for run in [*cell, ("", " ")]])
        for row in body:
            for number, (name, cell) in enumerate(zip(head, row, strict=True)):
                self.indents.append(_Indent("- " if number == 0 else "  ", "  "))
                self.paragraph([*name, ("", ": "), *cell] if _text(name) else list(cell))
                self.indents.pop()


def _runs(children: Sequence[Token], heading: str) -> Iterator[Run]:
    styles = [heading] if heading else []
    links: list[tuple[str, list[str]]] = []

    def said(text: str) -> Run:
        safe = clean(text)
        for _, inside in links:
            inside.append(safe)
        return " ".join(dict.fromkeys(styles)), safe

    for token in children:
        match token.type:
            case "strong_open" | "em_open":
                styles.append(_STYLES[token.type])
            case "strong_close" | "em_close":
                styles.remove(_STYLES[token.type.replace("close", "open")])
            case "link_open":
                links.append((_address(token, "href"), []))
            case "link_close":
                address, inside = links.pop()
                yield said(_behind("".join(inside), address))
            case "image":
                yield said(token.content + _behind(token.content, _address(token, "src")))
            case "softbreak" | "hardbreak":
                yield said("\n" if token.type == "softbreak" else "\n\n")  # a hard one is told by being double
            case _:
                yield said(token.content)


def _address(token: Token, name: str) -> str:
    title = token.attrGet("title")
    return f"{token.attrGet(name)}" + (f' "{title}"' if title else "")


def _behind(text: str, address: str) -> str:
    """Return what is written behind the text of a link: its address, if the text is not that."""
    if address.removeprefix("mailto:") == text:
        return ""
    return f" ({address})" if text else address


def _folded(runs: Sequence[Run], room: int | None) -> Iterator[list[Run]]:
    """Yield the lines of a paragraph; without room to keep to, they break where the source does."""
    line: list[Run] = []
    filled = 0
    word: list[Run] = []
    gap = ""
    for style, piece in [*((style, part) for style, text in runs for part in _GAPS.split(text)), ("", "\n\n")]:
        if not piece:
            continue
        if not piece.isspace() or "\u00a0" in piece:
            word.append((style, piece))
            continue
        length = breadth(_text(word))
        if line and word and room is not None and filled + breadth(gap) + length > room:
            yield line
            line, filled, gap = [], 0, ""
        if word:
            line += [("", gap), *word] if gap else word
            filled += breadth(gap) + length
        word = []
        is_break = piece.count("\n") > (0 if room is None else 1)
        if is_break:
            yield line
            line, filled = [], 0
        gap = "" if is_break or not line else piece.replace("\n", " ")


def _text(runs: Sequence[Run]) -> str:
    return "".join(text for _, text in runs)
