"""Markdown of an answer as HTML: only tags and attributes of a whitelist, everything else as text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final
from urllib.parse import urlsplit

from markdown_it.token import Token

from faqbot.knowledge.markdown import answer_tokens
from faqbot.text import clean

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
# Their text runs in its own direction, so that an answer in Arabic reads right to left on an English page.
_BLOCKS: Final = {
    "paragraph": "p", "blockquote": "blockquote", "bullet_list": "ul", "ordered_list": "ol", "list_item": "li",
    "table": "table", "thead": "thead", "tbody": "tbody", "tr": "tr", "th": "th", "td": "td", "heading": "h4",
}  # fmt: skip
_INLINE: Final = {"strong": "strong", "em": "em"}
_TEXT: Final = frozenset({"p", "li", "th", "td", "h4"})


def html(text: str) -> str:
    """Return Markdown as HTML made of p, h4, lists, tables, quotations, code, strong, em, br, hr and safe links.

    HTML in it is shown as it is written, pictures as links to them; links lead to the web, mail or telephone only.
    """
    text = clean(text)
    tokens = answer_tokens(text)
    return "".join(map(_block, tokens)) if tokens else plain(text)


def plain(text: str) -> str:
    """Return text as HTML paragraphs: blank lines part them, line breaks stay."""
    parts = (part.strip("\n") for part in clean(text).split("\n\n"))
    return "".join(f'<p dir="auto">{escape(part).replace(chr(10), "<br>")}</p>' for part in parts if part.strip())


def _block(token: Token) -> str:
    if token.type == "inline":
        return _inline(token.children or [])
    if token.type == "hr":
        return "<hr>"
    name, _, end = token.type.rpartition("_")
    if name not in _BLOCKS:  # code, and whatever else there may be
        return f'<pre dir="ltr" tabindex="0"><code>{escape(token.content)}</code></pre>' if token.content else ""
    if token.hidden:  # the paragraph of a tight list
        return ""
    tag = _BLOCKS[name]
    if end == "close":
        return f"</{tag}>"
    start = token.attrGet("start") if tag == "ol" else None
    number = f' start="{start}"' if isinstance(start, int) else ""
    return f"<{tag}{number}{_direction(tag)}>"


def _direction(tag: str) -> str:
    return ' dir="auto"' if tag in _TEXT else ""


def _inline(children: Sequence[Token]) -> str:
    shown: list[str] = []
    links: list[bool] = []
    for token in children:
        name, _, end = token.type.rpartition("_")
        if name in _INLINE:
            shown.append(f"<{'/' * (end == 'close')}{_INLINE[name]}>")
        elif token.type == "link_open":
            opening = _link(str(token.attrGet("href") or ""))
            links.append(bool(opening))
            shown.append(opening)
        elif token.type == "link_close":
            shown.append("</a>" if links.pop() else "")
        elif token.type == "image":
            opening = "" if any(links) else _link(str(token.attrGet("src") or ""))
            shown.append(f"{opening}{escape(token.content or 'picture')}{'</a>' if opening else ''}")
        elif token.type == "code_inline":
            shown.append(f"<code>{escape(token.content)}</code>")
        elif token.type in ("softbreak", "hardbreak"):
            shown.append("\n" if token.type == "softbreak" else "<br>")
        else:
            shown.append(escape(token.content))
    return "".join(shown)


def _link(address: str) -> str:
    """Return the tag that opens a link; "" where it would lead anywhere else than to the web, mail or telephone."""
    try:
        scheme = urlsplit(address).scheme.lower()
    except ValueError:  # a bracket that no address has
        return ""
    if scheme not in SCHEMES:
        return ""
    return f'<a href="{escape(address)}" rel="noopener nofollow" target="_blank">'
