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
_TITLE: Final = re.compile(r"\.([^\W_].*)")
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


def lines(text: str) -> list[Line]:
    """Return the Markdown lines of an AsciiDoc text."""
    found: list[Line] = []
    fence = ""
    is_table = False
    for number, row in enumerate(text.split("\n"), 1):
        texts: tuple[str, ...]
        if fence:
            closes = row.strip() == fence
            texts, fence = (("```", ""), "") if closes else ((row,), fence)
        elif _FENCE.fullmatch(row):
            texts, fence = ("", "```"), row.strip()
        elif row.startswith("|==="):
            texts, is_table = ("",), not is_table
        elif is_table:
            texts = (_inline(" | ".join(part.strip() for part in row.strip("| ").split("|"))),)
        else:
            texts = _markdown(row)
        found += [(number, text) for text in texts]
    return found


def _markdown(row: str) -> tuple[str, ...]:
    """Return the Markdown of a row that is in no block, by the first rule that fits."""
    if match := _HEADING.fullmatch(row):
        return "", f"{'#' * len(match[1])} {_inline(match[2].rstrip('= '))}", ""
    if match := _BLOCK_IMAGE.fullmatch(row):
        return (match[1],)
    if _SKIPPED.fullmatch(row) or _WRAPPER.fullmatch(row) or row.strip() == "+":
        return ("",)
    if match := _DEFINED.fullmatch(row):
        return "", ASKED + _inline(match[1]), _inline(match[2] or "")
    if match := _BULLET.fullmatch(row.strip()):
        return (_item(match[1], match[2]),)
    match = _TITLE.fullmatch(row)
    return (f"**{match[1].strip()}**", "") if match else (_inline(row.strip()),)


def _item(bullet: str, text: str) -> str:
    depth = 0 if bullet == "-" else len(bullet) - 1
    return f"{'   ' * depth}{'1.' if bullet[0] == '.' else '-'} {_inline(text)}"


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
