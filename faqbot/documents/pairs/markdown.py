"""Turn a Markdown file as people and site generators write it into the lines that `nodes` reads.

Front matter, comments, template languages, shortcodes and HTML become plain Markdown; what marks a question, whether by
a shortcode, a directive or an element, gets our mark. Code stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from faqbot.documents.encoding import cleaned
from faqbot.documents.pairs import html, templates
from faqbot.documents.pairs.nodes import ASKED, ENDED, Line
from faqbot.documents.pairs.tags import PRIVATE, parse

_FENCE: Final = re.compile(r"[ \t>]{0,20}(`{3,}|~{3,})")
_MASKED: Final = re.compile("\ue020(\\d+)\ue021")
_FLOW: Final = re.compile(r" {0,3}(?:[-*+]\s|\d{1,9}[.)]\s|<|!!!|\?\?\?|===|:::|\{[{%]|\[\^)")
_DEFINED: Final = re.compile(r":[ \t]{1,3}(?=\S)")
_TERM: Final = re.compile(r"(?![-*+]\s|[#>|:`~<\ue010])\S.{0,300}")
_TICKS: Final = re.compile(r"`+")
_CODE_ELEMENT: Final = re.compile(r"</?(?:pre|code)\b", re.I)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before a Markdown text for the program that makes a page of it.

    Attributes:
        text: between the fences.
        form: "yaml", "toml" or "".
        title: that it gives, or "".
        lines: that it takes, the fences with it.
    """

    text: str = ""
    form: str = ""
    title: str = ""
    lines: int = 0


def front_matter(text: str) -> FrontMatter:
    """Return the front matter of a text; an empty one where there is none."""
    lines = text.split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), 0)
    fence = lines[start].strip()
    form = {"---": "yaml", "+++": "toml"}.get(fence, "")
    if not form:
        return FrontMatter()
    end = next(
        (n for n in range(start + 1, len(lines)) if lines[n].rstrip() in (fence, "..." if form == "yaml" else fence)), 0
    )
    held = lines[start + 1 : end]
    if not end or not any(line.strip() for line in held) or (form == "yaml" and not any(":" in line for line in held)):
        return FrontMatter()
    title = next((_value(line) for line in held if line.startswith("title")), "")
    return FrontMatter("\n".join([""] * (start + 1) + held), form, title, end + 1)


def _value(line: str) -> str:
    return line.partition(":" if ":" in line else "=")[2].strip().strip("\"'").strip()


def lines(text: str, skipped: int = 0) -> list[Line]:
    """Return the plain Markdown of a text, a line each with its number.

    Args:
        text: as it is in the file.
        skipped: lines at the beginning that are left out.
    """
    given = PRIVATE.sub("", cleaned(text)).split("\n")
    given[:skipped] = [""] * skipped
    given = _definitions(given)
    mask = _Mask([])
    masked = templates.plain("\n".join(mask.spans(mask.blocks(given))))
    if "<" not in masked:
        rows = enumerate(masked.split("\n"), 1)
        found: list[Line] = [(number, part) for number, row in rows for part in row.split(templates.SOFT)]
    else:
        found = html.lines(parse(masked, is_page=False), is_page=False)
    return [(number, mask.shown(line.replace("\x1d", "  "))) for number, line in found]


def _definitions(given: list[str]) -> list[str]:
    """Return the lines with the terms of definition lists (PHP Markdown Extra) marked as questions.

    A term is a line of its own; what it means begins with a colon below it, and goes on in indented lines.
    """
    found = list(given)
    fence = ""
    inside = False  # a definition, whose lines may be indented
    for number, line in enumerate(given):
        if match := _FENCE.match(line):
            fence = "" if fence and match[1].startswith(fence) else fence or match[1]
        place = next((n for n in (number - 1, number - 2) if n >= 0 and given[n].strip()), -1)
        begins = _DEFINED.match(line)
        if begins and not fence and (inside or (place >= 0 and _TERM.fullmatch(given[place]))):
            if not (inside and (_DEFINED.match(given[place]) or given[place].startswith((" ", "\t")))):
                found[place] = f"{ASKED}{given[place]}"
            found[number] = line[begins.end() :]
            inside = True
        elif inside and line.startswith(("    ", "\t")):
            found[number] = line[1:] if line.startswith("\t") else line[4:]
        elif inside and line.strip() and not given[number - 1].strip():
            inside = False  # the next term, or what follows the list
            found[number - 1] = ENDED
    return found


@dataclass(slots=True)
class _Mask:
    """Code put aside, so that nothing in it is taken for markup."""

    held: list[str]

    def put(self, code: str) -> str:
        self.held.append(code)
        return f"\ue020{len(self.held) - 1}\ue021"

    def shown(self, line: str) -> str:
        return _MASKED.sub(lambda match: self.shown(self.held[int(match[1])]), line) if "\ue020" in line else line

    def blocks(self, lines: list[str]) -> list[str]:
        """Return the lines with the content of fenced code, and of indented code after an empty line, put aside."""
        found: list[str] = []
        fence = ""
        indented = False  # whether indented lines are code: they follow an empty line, no list and no HTML
        flow = False  # whether a list, a directive or an element is open, in which indentation is none of code
        for number, line in enumerate(lines):
            match = _FENCE.match(line)
            if fence:
                closes = match and match[1].startswith(fence) and not line.strip().strip("`~> ")
                found.append(self._indented(line))
                fence = "" if closes else fence
                continue
            if match and not ("`" in match[1] and "`" in line[match.end() :]):
                fence = match[1]
                found.append(self._indented(line))
                continue
            if not line.strip():
                found.append(line)
                continue
            if not line.startswith(("    ", "\t")):
                flow = bool(_FLOW.match(line)) or (flow and line.startswith(" "))
                indented = False
            elif not flow and (indented or not number or not lines[number - 1].strip()):
                indented = True
                found.append(self._indented(line))
                continue
            found.append(line)
        return found

    def _indented(self, line: str) -> str:
        bare = line.lstrip(" \t>")
        return line[: len(line) - len(bare)] + (self.put(bare) if bare else "")

    def spans(self, lines: list[str]) -> list[str]:
        """Return the lines with code spans put aside, those over two lines too, but not over an empty one."""
        found: list[str] = []
        start = 0
        for number in range(len(lines) + 1):
            if number == len(lines) or not lines[number].strip():
                if number > start:
                    found += self._spans("\n".join(lines[start:number])).split("\n")
                if number < len(lines):
                    found.append(lines[number])
                start = number + 1
        return found

    def _spans(self, text: str) -> str:
        if "`" not in text:
            return text
        runs = [(match.start(), match.end()) for match in _TICKS.finditer(text)]
        following: dict[int, int] = {}  # length of a run: the next one of that length
        after = [0] * len(runs)
        for number in range(len(runs) - 1, -1, -1):
            length = runs[number][1] - runs[number][0]
            after[number] = following.get(length, 0)
            following[length] = number
        parts: list[str] = []
        place = number = 0
        while number < len(runs):
            start, last = runs[number][0], after[number]
            if not last:
                number += 1
                continue
            end = runs[last][1]
            parts.append(text[place:start])
            parts.append("\n".join(map(self.put, text[start:end].split("\n"))))
            place, number = end, last + 1
        return "".join([*parts, text[place:]])
