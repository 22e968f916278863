"""Turn AsciiDoc into the Markdown lines that `nodes` reads."""

from __future__ import annotations

import re
from typing import Final

from faqbot.documents.pairs.nodes import ASKED, Line

_HEADING: Final = re.compile(r"(={1,6})\s{1,9}(\S.*)")
_DEFINED: Final = re.compile(r"(\S.{0,400}?)::+(?:\s{1,9}(.*))?")
_SKIPPED: Final = re.compile(
    r"(?::!?[\w-]{1,60}!?:.*|//(?!/).*|(?:ifdef|ifndef|endif|include|toc)::.*|\[\[.*\]\]|<<<|\[[^\]]*\])\s*"
)
_FENCE: Final = re.compile(r"(----+|\.\.\.\.+|\+\+\+\++)\s*")
_WRAPPER: Final = re.compile(r"(====+|\*\*\*\*+|____+|--)\s*")
_BULLET: Final = re.compile(r"(\*{1,5}|-|\.{1,5})\s{1,9}(\S.*)")
_BLOCK_IMAGE: Final = re.compile(r"image::[^\[\s]{1,400}\[([^\],]{0,300})[^\]]*\]\s*")
_LABEL: Final = re.compile(r"(NOTE|TIP|WARNING|IMPORTANT|CAUTION): ")
_LINK: Final = re.compile(
    r"(?:link:)?((?:https?|ftp|mailto|irc):[^\s\[\]<>]{1,1000})\[([^\[\]]{0,400})\]|link:([^\s\[\]]{1,400})\[([^\[\]]{0,400})\]"
)
_CROSS: Final = re.compile(r"xref:[^\s\[\]]{1,400}\[([^\[\]]{0,400})\]|<<([^<>,]{1,200})(?:,([^<>]{1,200}))?>>")
_ANCHOR: Final = re.compile(r"\[\[[^\[\]]{1,200}\]\]|\[#[^\[\]]{1,100}\]|anchor:[^\s\[\]]{1,200}\[[^\[\]]{0,200}\]")
_INLINE_IMAGE: Final = re.compile(r"image:[^\s\[\]]{1,400}\[([^\[\],]{0,300})[^\[\]]{0,300}\]")
_STRONG: Final = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,400})(?<=\S)\*(?![\w*])")
_ATTRIBUTE: Final = re.compile(r"\{(?:nbsp|zwsp|empty|sp)\}")


def lines(text: str) -> list[Line]:  # noqa: C901, PLR0912 - a kind of line a branch
    """Return the Markdown lines of an AsciiDoc text."""
    found: list[Line] = []
    fence = ""
    is_table = False
    for number, row in enumerate(text.split("\n"), 1):
        if fence:
            closes = row.strip() == fence
            found += [(number, "```"), (number, "")] if closes else [(number, row)]
            fence = "" if closes else fence
        elif match := _FENCE.fullmatch(row):
            fence = row.strip()
            found += [(number, ""), (number, "```")]
        elif row.startswith("|==="):
            is_table = not is_table
            found.append((number, ""))
        elif is_table:
            found.append((number, _inline(" | ".join(part.strip() for part in row.strip("| ").split("|")))))
        elif match := _HEADING.fullmatch(row):
            found += [(number, ""), (number, f"{'#' * len(match[1])} {_inline(match[2].rstrip('= '))}"), (number, "")]
        elif match := _BLOCK_IMAGE.fullmatch(row):
            found.append((number, match[1]))
        elif _SKIPPED.fullmatch(row) or _WRAPPER.fullmatch(row):
            found.append((number, ""))
        elif match := _DEFINED.fullmatch(row):
            found += [(number, ""), (number, ASKED + _inline(match[1])), (number, _inline(match[2] or ""))]
        elif match := _BULLET.fullmatch(row.strip()):
            mark = "1." if match[1][0] == "." else "-"
            depth = max(0, len(match[1]) - 1) if match[1] != "-" else 0
            found.append((number, f"{'   ' * depth}{mark} {_inline(match[2])}"))
        elif row.strip() == "+":
            found.append((number, ""))
        elif row.startswith(".") and len(row) > 1 and row[1].isalnum():
            found += [(number, f"**{row[1:].strip()}**"), (number, "")]
        else:
            found.append((number, _inline(row.strip())))
    return found


def is_asciidoc(text: str) -> bool:
    """Return whether a text is AsciiDoc by what it holds."""
    rows = text.split("\n")
    return sum(bool(_HEADING.fullmatch(row)) for row in rows) > 1 and not any(row.startswith("## ") for row in rows)


def _inline(text: str) -> str:
    text = _INLINE_IMAGE.sub(r"\1", _ANCHOR.sub("", _ATTRIBUTE.sub(" ", text)))
    text = _LABEL.sub(lambda match: f"**{match[1].capitalize()}:** ", text) if text[:1] in "NTWIC" else text
    text = _LINK.sub(lambda m: f"[{m[2] or m[1]}]({m[1]})" if m[1] else f"[{m[4] or m[3]}]({m[3]})", text)
    text = _CROSS.sub(lambda m: m[1] or m[3] or m[2] or "", text)
    return _STRONG.sub(r"**\1**", text)
