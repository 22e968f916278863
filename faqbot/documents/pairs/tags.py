"""Parse HTML, alone or within Markdown, to a tree of elements with line numbers. Never fails, linear in time.

The standard library's parser takes quadratic time for some broken pages, and lxml is an extra with its own opinion of
what is Markdown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from faqbot.text import word_set

DEEPEST: Final = 80  # elements within each other; what stands deeper is read as if it stood there
VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
BLOCKS: Final = word_set("""
    address article aside blockquote body button center dd details dialog div dl dt fieldset figcaption figure footer
    form h1 h2 h3 h4 h5 h6 head header hr html label legend li main nav ol p pre section select summary table tbody td
    tfoot th thead tr ul
""")
KNOWN: Final = BLOCKS | word_set("""
    a abbr acronym b bdi bdo big br cite code data del dfn em font i iframe img input ins kbd link mark meta noscript
    nobr object option picture q rp rt ruby s samp script small source span strike strong style sub sup svg template
    textarea time title tt u var video audio wbr
""")
_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w.-]{0,40}+)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
_ATTRIBUTE: Final = re.compile(r"([^\s\"'<>/=]++)(?:\s{0,9}+=\s{0,9}+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?")
PRIVATE: Final = re.compile("[\ue000-\uf8ff]")
_LINE_END: Final = re.compile("\n")
_CLOSING: Final = {
    "script": re.compile("</script", re.I),
    "style": re.compile("</style", re.I),
    "textarea": re.compile("</textarea", re.I),
    "title": re.compile("</title", re.I),
}
_CLOSED: Final = re.compile(r"</([A-Z][\w.-]{1,40}+)\s{0,9}+>")
_CLOSES: Final = {  # a start tag that ends what is open, up to the second names
    "li": ({"li"}, {"ul", "ol", "menu"}),
    "dt": ({"dt", "dd"}, {"dl"}),
    "dd": ({"dt", "dd"}, {"dl"}),
    "tr": ({"tr"}, {"table"}),
    "td": ({"td", "th"}, {"tr", "table"}),
    "th": ({"td", "th"}, {"tr", "table"}),
    "option": ({"option"}, {"select"}),
}


@dataclass(slots=True, eq=False)
class Text:
    """A run of text between tags."""

    text: str
    line: int


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name in lower case, attributes, children, and the line that it begins in."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 1
    parent: Element | None = None
    children: list[Element | Text] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Return the value of an attribute, or ""."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator[Element]:
        """Yield this element and those within, in the order of the page."""
        rest: list[Element] = [self]
        while rest:
            element = rest.pop()
            yield element
            rest.extend(child for child in reversed(element.children) if isinstance(child, Element))

    @property
    def text(self) -> str:
        """Return all text within, on one line."""
        parts: list[str] = []
        rest: list[Element | Text] = [self]
        while rest:
            node = rest.pop()
            if isinstance(node, Text):
                parts.append(node.text)
            elif node.tag not in ("script", "style"):
                parts.append(" " if node.tag in BLOCKS or node.tag == "br" else "")
                rest.extend(reversed(node.children))
        return " ".join("".join(parts).split())


@dataclass(slots=True)
class _Tree:
    """A tree that grows by tags."""

    source: str
    is_page: bool
    starts: list[int]  # of the lines
    root: Element = field(default_factory=lambda: Element("#root"))
    open: list[Element] = field(default_factory=list)

    @property
    def top(self) -> Element:
        return self.open[-1] if self.open else self.root

    def text(self, text: str, line: int) -> None:
        if text:
            self.top.children.append(Text(text, line))

    def add(self, start: int, end: int) -> None:
        """Take what stands between two places of the source as text."""
        if end > start:
            said = self.source[start:end]
            self.text(_read(said) if self.is_page else said, bisect_right(self.starts, start))

    def start(self, tag: str, attributes: dict[str, str], line: int, is_closed: bool) -> None:
        if tag in _CLOSES:
            self._end_implied(*_CLOSES[tag])
        elif tag in BLOCKS and tag != "button" and self.top.tag == "p":
            self.open.pop()
        element = Element(tag, attributes, line, self.top)
        self.top.children.append(element)
        if not is_closed and tag not in VOID and len(self.open) < DEEPEST:
            self.open.append(element)

    def _end_implied(self, names: set[str], outer: set[str]) -> None:
        for number in range(len(self.open) - 1, -1, -1):
            if self.open[number].tag in outer:
                return
            if self.open[number].tag in names:
                del self.open[number:]
                return

    def end(self, tag: str) -> None:
        for number in range(len(self.open) - 1, -1, -1):
            if self.open[number].tag == tag:
                del self.open[number:]
                return


def parse(text: str, is_page: bool = True) -> Element:
    """Return the root of the tree that a text is.

    Args:
        text: HTML, or Markdown with HTML in it and its code masked.
        is_page: whether it is HTML throughout: entities are then read, and unknown tags are tags.
    """
    starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    tree = _Tree(text, is_page, starts)
    closed = set(_CLOSED.findall(text))
    place, comments = 0, True
    while (at := text.find("<", place)) >= 0:
        if comments and text.startswith("<!--", at):
            end = text.find("-->", at + 4)
            comments = end >= 0
            if comments:
                tree.add(place, at)
                place = end + 3
                continue
        match = _TAG.match(text, at)
        if match and (is_page or _is_tag(match, closed)):
            tree.add(place, at)
            place = _tag(tree, match, text, bisect_right(starts, at))
        elif is_page and text.startswith("<!", at) and (end := text.find(">", at, at + 2000)) >= 0:
            tree.add(place, at)
            place = end + 1
        else:
            tree.add(place, at + 1)
            place = at + 1
    tree.add(place, len(text))
    return tree.root


def _read(text: str) -> str:
    """Return a text with its entities read, and without the private characters that are marks of ours."""
    return PRIVATE.sub("", unescape(text))


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes that a text holds as a tag does; of a name that is there twice, the first."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), _read(double or single or bare))
    return found


def _tag(tree: _Tree, match: re.Match[str], text: str, line: int) -> int:
    """Take a tag, and what may hold no other ones, and return where it ends."""
    slash, name, rest = match.groups()
    tag = name.lower()
    if slash:
        tree.end(tag)
        return match.end()
    tree.start(tag, attributes_of(rest), line, rest.endswith("/"))
    if tag in _CLOSING and not rest.endswith("/"):
        closing = _CLOSING[tag].search(text, match.end())
        end = closing.start() if closing else len(text)
        tree.text(text[match.end() : end] if tag in ("script", "style") else _read(text[match.end() : end]), line)
        tree.end(tag)
        after = text.find(">", end)
        return after + 1 if closing and after >= 0 else len(text)
    return match.end()


def _is_tag(match: re.Match[str], closed: set[str]) -> bool:
    """Return whether what looks like a tag within Markdown is one: of HTML, or a component that is closed."""
    name = match[2]
    return name.lower() in KNOWN or name in closed or (name[0].isupper() and len(name) > 1 and match[3].endswith("/"))
