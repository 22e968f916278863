"""Turn reStructuredText into the Markdown lines that `nodes` reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from faqbot.documents.encoding import one_line, untabbed
from faqbot.documents.pairs.marks import asks
from faqbot.documents.pairs.nodes import ASKED, ENDED, Line
from faqbot.text import word_set

_ADORNMENT: Final = re.compile(r"([=\-`:.'\"~^_*+#<>])\1{2,}\s*")
_DIRECTIVE: Final = re.compile(r"(\s*)\.\. ([\w:+.-]{1,60})::\s?(.*)")
_SUBSTITUTION: Final = re.compile(r"\.\. \|([^|]{1,100})\| (?:replace|unicode):: (.*)")
_TARGET: Final = re.compile(r"\.\. _`?([^:`]{1,200})`?: ?(\S.*)?")
_NAMED_LINK: Final = re.compile(r"`([^`<>]{1,400}?)\s{0,9}<([^`<>]{1,2000})>`__?")
_ROLE: Final = re.compile(r":[\w:.+-]{1,60}:`(?:([^`<>]{1,400}?)\s{0,9}<[^`<>]{1,400}>|([^`]{1,400}))`")
_LITERAL: Final = re.compile(r"``([^`]{1,1000})``")
_REFERENCE: Final = re.compile(r"`([^`]{1,400})`__?(?!\w)|(?<![\w`])([A-Za-z][\w.-]{0,60})_(?![\w`])")
_INTERPRETED: Final = re.compile(r"(?<![`:\w])`([^`\n]{1,400})`(?!`)")
_OPTION: Final = re.compile(r"\s{1,40}:[\w -]{1,40}:.*")
_SUBSTITUTED: Final = re.compile(r"\|(?=\S)([^|\n]{1,100})(?<=\S)\|")
_ITEM: Final = re.compile(r"[-*+]\s|\d{1,9}[.)]\s")
_NUMBERED: Final = re.compile(r"(\s*)(?:#\.|\(?(\d{1,4}|[a-z])[.)])\s{1,4}(?=\S)")
_SKIPPED: Final = word_set("""
    contents toctree index highlight default-role sectnum section-numbering raw include meta only currentmodule module
    tags image figure rst-class todo target-notes title
""")
_CODES: Final = frozenset(
    ["code", "code-block", "sourcecode", "parsed-literal", "literalinclude", "prompt", "console", "doctest", "math"]
)
DEEPEST: Final = 40  # blocks within each other; what stands deeper is read as text
_BLANK: Final = -1  # the indentation of a row with nothing on it
_ASKED: Final = frozenset(["dropdown", "collapse", "details", "faq", "question", "toggle"])


@dataclass(slots=True)
class _Reader:
    """Reads a text line by line."""

    rows: list[str]
    indents: list[int]  # of the rows, in spaces
    links: dict[str, str]
    words: dict[str, str]
    levels: list[tuple[str, bool]] = field(default_factory=list)
    found: list[Line] = field(default_factory=list)
    depth: int = 0

    def read(self, start: int, end: int, indent: int) -> None:
        """Take the rows from `start` to `end`, which have an indentation of `indent` that means nothing."""
        self.depth += 1
        number = start
        while number < end:
            number = self._row(number, end, indent)
        self.depth -= 1

    def _row(self, number: int, end: int, indent: int) -> int:
        """Take what begins with a row, and return the number after it."""
        row = self.rows[number][indent:] if not self.rows[number][:indent].strip() else self.rows[number]
        if not row.strip() or self.depth > DEEPEST:
            self.put(number, self._inline(row.strip()))
            return number + 1
        if after := self._heading(number, end, indent):
            return after
        if match := _DIRECTIVE.fullmatch(row):
            return self._directive(number, end, indent, match)
        if row.startswith(".. "):
            return self._block_end(number + 1, end, indent + 1)
        if after := self._question(row, number, end, indent):
            return after
        return self._literal(row, number, end) if row.rstrip().endswith("::") else self._text(row, number)

    def _question(self, row: str, number: int, end: int, indent: int) -> int:
        """Take a question with its answer indented right below it; return 0 where the row is none."""
        body = number + 1
        if body >= end or self.indents[body] <= indent or row.startswith((" ", "-", "*", "|")) or not asks(row.strip()):
            return 0
        following = self._block_end(body, end, indent + 1)
        self.put(number, ASKED + self._inline(row.strip()))
        self.read(body, following, self.indents[body])
        self.put(following - 1, ENDED)
        return following

    def _literal(self, row: str, number: int, end: int) -> int:
        """Take a row that ends in "::", and the code below it."""
        if row.strip() != "::":
            self.put(number, self._inline(row.rstrip()[:-1]))
        start = self._first_text(number + 1, end)
        if start < end and self.indents[start] > self.indents[number]:
            return self._code(start, self._block_end(start, end, self.indents[number] + 1))
        return number + 1

    def _text(self, row: str, number: int) -> int:
        """Take a row of text or of a list."""
        text = row
        if numbered := _NUMBERED.match(row):
            mark = numbered[2] if (numbered[2] or "").isdigit() else "1"
            text = f"{numbered[1]}{mark}. {row[numbered.end() :]}"
        if text.startswith("    ") and not self._in_list():
            text = text.lstrip()
        self.put(number, self._inline(text.removeprefix("| ")))
        return number + 1

    def put(self, number: int, text: str) -> None:
        self.found.append((number + 1, text))

    def _in_list(self) -> bool:
        for _, text in reversed(self.found[-60:]):
            if text.strip() and not text.startswith(" "):
                return bool(_ITEM.match(text))
        return False

    def _first_text(self, number: int, end: int) -> int:
        while number < end and self.indents[number] == _BLANK:
            number += 1
        return number

    def _block_end(self, number: int, end: int, indent: int) -> int:
        """Return the number after the rows that are empty or indented by `indent`."""
        last = number
        while number < end and (self.indents[number] == _BLANK or self.indents[number] >= indent):
            number += 1
            if self.indents[number - 1] != _BLANK:
                last = number
        return last

    def _heading(self, number: int, end: int, indent: int) -> int:
        over = _ADORNMENT.fullmatch(self.rows[number])
        title = number + 1 if over else number
        under = title + 1
        if indent or under >= end or not self.rows[title].strip():
            return 0
        match = _ADORNMENT.fullmatch(self.rows[under])
        is_text = _ADORNMENT.fullmatch(self.rows[title]) is None and (over or not self.rows[title].startswith(" "))
        if match and is_text and (not over or over[1] == match[1]):
            style = (match[1], bool(over))
            if style not in self.levels:
                self.levels.append(style)
            self.put(number, "")
            self.put(title, f"{'#' * min(6, self.levels.index(style) + 1)} {self._inline(self.rows[title].strip())}")
            self.put(under, "")
            return under + 1
        return number + 1 if over and not match else 0

    def _directive(self, number: int, end: int, indent: int, match: re.Match[str]) -> int:
        space, name, argument = match.groups()
        inside = indent + len(space) + 1
        after = self._block_end(number + 1, end, inside)
        start = number + 1
        while start < after and (_OPTION.fullmatch(self.rows[start]) or (argument and not self.rows[start].strip())):
            start += 1
        start = self._first_text(start, after)
        name = name.rpartition(":")[2]
        if name in _CODES:
            return self._code(start, after) if start < after else after
        if name in _SKIPPED:
            return after
        self.put(number, "")
        if name in _ASKED and argument:
            self.put(number, ASKED + self._inline(argument))
        elif argument:
            self.put(number, self._inline(argument))
        if start < after:
            self.read(start, after, self.indents[start])
        self.put(max(number, after - 1), ENDED if name in _ASKED and argument else "")
        return after

    def _code(self, start: int, after: int) -> int:
        indent = min((each for each in self.indents[start:after] if each != _BLANK), default=0)
        self.put(start, "")
        self.put(start, "```")
        for number in range(start, after):
            self.put(number, untabbed(self.rows[number], 8)[indent:])
        self.put(max(start, after - 1), "```")
        self.put(max(start, after - 1), "")
        return after

    def _inline(self, text: str) -> str:
        text = _ROLE.sub(
            lambda match: (
                match[1] or match[2].lstrip("~!").rpartition(".")[2]
                if "~" in (match[2] or "")
                else match[1] or match[2]
            ),
            text,
        )
        if "|" in text:
            text = _SUBSTITUTED.sub(lambda match: self.words.get(match[1], match[0]), text)
        parts = _LITERAL.split(text)
        for number, part in enumerate(parts):
            parts[number] = f"`{part}`" if number % 2 else _INTERPRETED.sub(r"*\1*", _REFERENCE.sub(self._linked, part))
        return "".join(parts)

    def _linked(self, match: re.Match[str]) -> str:
        words = match[1] or match[2]
        href = self.links.get(" ".join(words.lower().split()))
        return f"[{words}]({href})" if href else words if match[1] or href == "" else match[0]


def lines(text: str) -> list[Line]:
    """Return the Markdown lines of a reStructuredText."""
    text = _NAMED_LINK.sub(
        lambda match: f"[{one_line(match[1])}]({one_line(match[2])})" + "\n" * match[0].count("\n"), text
    )
    rows = text.split("\n")
    links, words = {}, {}
    for row in rows:
        if match := _TARGET.fullmatch(row):
            links[" ".join(match[1].lower().split())] = match[2] or ""
        elif match := _SUBSTITUTION.fullmatch(row):
            words[match[1]] = match[2]
    reader = _Reader(rows, list(map(_indent, rows)), links, words)
    reader.read(0, len(rows), 0)
    return reader.found


def _indent(row: str) -> int:
    rest = row.lstrip(" \t")
    return len(row[: len(row) - len(rest)].expandtabs(8)) if rest.strip() else _BLANK


def is_restructured(text: str) -> bool:
    """Return whether a text is reStructuredText by what it holds."""
    rows = text.split("\n")
    marked = sum(bool(_DIRECTIVE.fullmatch(row) or _TARGET.fullmatch(row)) for row in rows)
    return (
        marked > 0 and any(map(_ADORNMENT.fullmatch, rows)) and not any(row.startswith(("# ", "## ")) for row in rows)
    )
