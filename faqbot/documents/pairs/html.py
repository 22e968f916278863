"""Turn a tree of HTML into lines of Markdown, in which questions that the page marks as such have a mark of ours.

The lines are what `nodes` reads. A question is marked by its element (`summary`, `dt`), by its role (what opens a
panel), by microdata, or by what its class calls it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from faqbot.documents.pairs.nodes import ASKED, ENDED, Line
from faqbot.documents.pairs.tags import BLOCKS, Element, Text

LONGEST_QUESTION: Final = 400  # characters; an element with more is a container of question and answer
_SKIPPED: Final = frozenset(
    ["script", "style", "noscript", "template", "svg", "head", "iframe", "object", "video", "audio", "canvas", "select"]
)
_AROUND: Final = frozenset(["nav", "footer", "aside", "dialog"])
_ROLES: Final = frozenset(["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert"])
_JUNK: Final = re.compile(
    r"(?:^|[\s_-])(?:breadcrumbs?|cookies?|consent|navbar|nav|menu|sidebar|pagination|newsletter|footer|social|share"
    r"|sharing|toolbar|popup|modal|banner|toc|skip-link|sr-only|visually-hidden)(?:$|[\s_-])", re.I
)  # fmt: skip
_CALLED: Final = re.compile(
    r"(?:^|[\s_-])(?:question|faq[-_]*(?:q|title|heading|header|question)|(?:accordion|collaps(?:e|ible)|toggle|tab|panel"
    r"|expander|disclosure|card)[-_]*(?:item[-_]*)?(?:title|head|header|heading|button|btn|trigger|toggle|label|question)"
    r"|collapsible|accordion[-_]*toggle)(?:$|[\s_-])", re.I
)  # fmt: skip
_GROUPED: Final = re.compile(r"accordion|faq|collaps|expand|toggle|question|disclosure|tabs?(?:$|[\s_-])", re.I)
_ANSWERS: Final = ("table", "pre", "ul", "ol", "dd")  # elements that no question has in it
_BOLD: Final = ("b", "strong")
_ITALIC: Final = ("i", "em")
_CODE: Final = ("code", "tt", "kbd", "samp", "var")
_SPACE: Final = re.compile(r"[ \t\r\f\v\n\xa0]+")
_SPECIAL: Final = re.compile(r"[\\`*<]|\[(?=[^\[\]]{0,200}\]\()|(?<!\w)_|_(?!\w)")
_START: Final = re.compile(r"(#{1,6}(?=\s)|[-+>](?=\s)|\d{1,9}[.)](?=\s)|=+\s*$|-+\s*$|~~~)")
_BLANK: Final = re.compile(r"[\n\x1e][ \t]*[\n\x1e]")
_LINK_WORDS: Final = frozenset(["¶", "#", "§", "🔗", "⚓", ""])


def lines(root: Element, is_page: bool = True) -> list[Line]:
    """Return the Markdown lines of a tree, each with the line of the page that it begins in.

    Args:
        root: of the tree.
        is_page: whether the text is that of a page; else it is Markdown, and kept as it is written.
    """
    return _Writer(is_page, _questions(root, is_page)).blocks(root, verbatim=not is_page)


def markdown(root: Element) -> str:
    """Return the Markdown of a tree that is one answer."""
    return "\n".join(text for _, text in _Writer(True, {}).blocks(root, verbatim=False)).strip()


def _questions(root: Element, is_page: bool) -> dict[Element, Element | None]:
    """Return the elements that are questions, each with the one whose end ends its answer, or None."""
    found: list[Element] = []
    inside: set[Element] = set()
    for element in root.walk():
        if element.parent in inside:
            inside.add(element)
        elif element.tag not in _SKIPPED and _is_question(element, is_page):
            found.append(element)
            inside.add(element)
    counts: dict[Element, int] = {}
    for element in found:
        above = element.parent
        while above is not None:
            counts[above] = counts.get(above, 0) + 1
            above = above.parent
    return {element: _container(element, counts) for element in found}


def _container(element: Element, counts: dict[Element, int]) -> Element | None:
    """Return the widest element that holds this question only, and more than it."""
    widest, above = None, element.parent
    while above is not None and above.tag not in ("body", "#root", "html", "main", "article"):
        if above.tag == "details":
            return above
        if counts[above] > 1 or above.tag == "dl":
            break
        widest, above = above, above.parent
    if widest is not None and widest.text == element.text:
        return None  # it holds nothing but the question: the answer stands beside it
    return widest


def _is_question(element: Element, is_page: bool) -> bool:
    tag = element.tag
    if tag in ("summary", "dt"):
        return bool(element.text)
    if tag not in BLOCKS and tag not in ("a", "span", "b", "strong", "input"):
        return bool(_component_title(element)) and not is_page
    if tag == "input" or tag in ("body", "html", "ul", "ol", "dl", "table", "tr", "main", "form"):
        return False
    opens = _opens(element) or any(
        isinstance(child, Element) and _opens(child) and child.text == element.text for child in element.children
    )
    if not (opens or _is_named(element) or _CALLED.search(element.get("class"))):
        return False
    text = element.text
    if not 2 <= len(text) <= LONGEST_QUESTION or not (" " in text or opens):
        return False
    inside = [within for within in element.walk() if within is not element]
    holds_answer = any(each.tag in _ANSWERS or "answer" in each.get("class").lower() for each in inside)
    return not holds_answer and sum(each.tag == "p" for each in inside) < 2


def _opens(element: Element) -> bool:
    """Return whether an element opens a panel on a click, and stands among such."""
    attributes = element.attributes
    toggles = element.get("data-toggle") or element.get("data-bs-toggle")
    is_opener = toggles == "collapse" or "aria-controls" in attributes or "aria-expanded" in attributes
    is_opener = is_opener or (element.tag == "label" and "for" in attributes) or "collapsible" in element.get("class")
    if not is_opener or toggles in ("tab", "dropdown", "modal", "tooltip"):
        return False
    text = element.text
    if text.endswith("?"):
        return True
    above, depth = element, 0
    while above.parent is not None and depth < 5:
        if _GROUPED.search(f"{above.get('class')} {above.get('id')}"):
            return True
        above, depth = above.parent, depth + 1
    return False


def _is_named(element: Element) -> bool:
    """Return whether microdata says that an element is the name of a question."""
    if "name" not in element.get("itemprop").split():
        return False
    above = element.parent
    while above is not None and "itemscope" not in above.attributes:
        above = above.parent
    return above is not None and "/Question" in above.get("itemtype")


def _component_title(element: Element) -> str:
    """Return the question of a component of MDX: `<Accordion title="…">`."""
    names = ("question", "title", "summary", "header", "q", "label", "heading")
    if element.tag in BLOCKS or (
        not _GROUPED.search(element.tag) and element.tag not in ("details", "qa", "expandable")
    ):
        return ""
    return next((element.get(name) for name in names if element.get(name)), "")


@dataclass(slots=True)
class _Writer:
    """Writes the blocks of elements as Markdown."""

    is_page: bool
    questions: dict[Element, Element | None]
    ends: dict[Element, int] = field(default_factory=dict)
    marks: bool = True  # whether questions are marked where they stand: not inside of lists and tables

    def __post_init__(self) -> None:
        for container in self.questions.values():
            if container is not None:
                self.ends[container] = 1

    def blocks(self, element: Element, verbatim: bool) -> list[Line]:
        """Return the lines of an element's content."""
        found: list[Line] = []
        run: list[tuple[int, str]] = []
        for child in element.children:
            if isinstance(child, Text):
                run.append((child.line, child.text if verbatim else self._escaped(child.text, element)))
            elif self._is_block(child):
                self._flush(run, found, verbatim)
                found += self._block(child, verbatim)
            else:
                run.append((child.line, self.inline(child)))
        self._flush(run, found, verbatim)
        return found

    def _is_block(self, element: Element) -> bool:
        if element in self.questions or element in self.ends:
            return True
        if element.tag in BLOCKS or element.tag in _SKIPPED:
            return True
        is_phrase = element.tag == "br" or element.tag in _INLINE_SAFE
        return not is_phrase and any(child.tag in BLOCKS or child in self.questions for child in element.walk())

    def _flush(self, run: list[tuple[int, str]], found: list[Line], verbatim: bool) -> None:
        text = "".join(part for _, part in run)
        if text.strip():
            line = run[0][0]
            if verbatim:
                rows = enumerate(text.split("\n"))
                found += [(line + number, part) for number, row in rows for part in row.split("\x1e")]
            else:
                line += len(run[0][1]) - len(run[0][1].lstrip("\n")) if self.is_page else 0
                parts = [_SPACE.sub(" ", part).strip() for part in text.split("\x1d")]
                shown = [part for part in parts if part]
                if shown:
                    shown[0] = _as_text(shown[0]) if self.is_page else shown[0]
                    found += [
                        (line, ""),
                        *((line, part + ("  " if n + 1 < len(shown) else "")) for n, part in enumerate(shown)),
                        (line, ""),
                    ]
        run.clear()

    def _block(self, element: Element, verbatim: bool) -> list[Line]:
        tag, line = element.tag, element.line
        if tag in _SKIPPED or (self.is_page and self._is_around(element)):
            return []
        if element in self.questions and self.marks:
            words = " ".join(self.inline(element).replace("\x1d", " ").split())
            title = _component_title(element) if tag not in BLOCKS else ""
            asked: list[Line] = [(line, ""), (line, ASKED + (title or words)), (line, "")]
            if title:
                return [*asked, *self.blocks(element, self._is_verbatim(element, verbatim)), (line, ENDED), (line, "")]
            return asked
        inner = self._inner(element, verbatim)
        if element in self.ends and self.marks:
            last = inner[-1][0] if inner else line
            inner = [*inner, (last, ""), (last, ENDED), (last, "")]
        return inner

    def _inner(self, element: Element, verbatim: bool) -> list[Line]:  # noqa: PLR0911 - a kind of element each
        tag, line = element.tag, element.line
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            words = " ".join(self.inline(element).replace("\x1d", " ").split())
            return [(line, ""), (line, f"{'#' * int(tag[1])} {words}"), (line, "")] if words else []
        if tag == "p" and _is_contents(element, fewest=1):
            return []
        if tag in ("ul", "ol"):
            return self._list(element)
        if tag == "pre":
            code = _text_of(element).strip("\n")
            return [(line, ""), (line, "```"), *((line, part) for part in code.split("\n")), (line, "```"), (line, "")]
        if tag == "blockquote":
            inner = self._within(element)
            return [(line, ""), *((number, f"> {text}".rstrip()) for number, text in inner), (line, "")]
        if tag == "table":
            return self._table(element)
        if tag == "hr":
            return [(line, ""), (line, "---"), (line, "")]
        if tag == "button" or (tag == "label" and element not in self.questions):
            return [] if tag == "button" else [(line, ""), (line, self.inline(element)), (line, "")]
        inner = self.blocks(element, self._is_verbatim(element, verbatim))
        return [(line, ""), *inner, (line, "")] if tag in BLOCKS else inner

    def _is_verbatim(self, element: Element, verbatim: bool) -> bool:
        """Return whether the text in an element is Markdown: CommonMark wants an empty line before it."""
        if self.is_page:
            return False
        return any(isinstance(child, Text) and _BLANK.search(child.text) for child in element.children)

    def _within(self, element: Element) -> list[Line]:
        """Return the content of what other lines stand around: tidy, and without marks of questions."""
        outer, self.marks = self.marks, False
        inner = _tidied(self.blocks(element, self._is_verbatim(element, False)))
        self.marks = outer
        return inner

    def _list(self, element: Element) -> list[Line]:
        if _is_contents(element):
            return []
        found: list[Line] = [(element.line, "")]
        holds_questions = self.marks and any(within in self.questions for within in element.walk())
        number = 0
        for child in element.children:
            if not isinstance(child, Element):
                continue
            if holds_questions:
                found += self._block(child, False)
                continue
            inner = self._within(child)
            if not inner:
                continue
            number += 1
            mark = f"{number}. " if element.tag == "ol" else "- "
            first, *rest = inner
            found.append((first[0], mark + first[1]))
            found += [(line, f"{' ' * len(mark)}{text}" if text else "") for line, text in rest]
        return [*found, (element.line, "")]

    def _table(self, element: Element) -> list[Line]:
        rows = [row for row in element.walk() if row.tag == "tr" and _table_around(row) is element]
        cells = [
            [cell for cell in row.children if isinstance(cell, Element) and cell.tag in ("td", "th")] for row in rows
        ]
        width = max(map(len, cells), default=0)
        if width < 2 or any(cell.tag == "table" for cell in element.walk() if cell is not element):
            return [line for row in cells for cell in row for line in self.blocks(cell, verbatim=False)]
        found: list[Line] = [(element.line, "")]
        for number, row in enumerate(cells):
            words = [self.inline(cell).replace("\x1d", " ").replace("|", "\\|") for cell in row]
            words = [" ".join(each.split()) for each in words] + [""] * (width - len(words))
            found.append((rows[number].line, f"| {' | '.join(words)} |"))
            if not number:
                found.append((rows[number].line, f"|{' --- |' * width}"))
        return [*found, (element.line, "")]

    def _is_around(self, element: Element) -> bool:
        """Return whether an element stands around the text: navigation and the like, unless it asks."""
        is_around = (
            element.tag in _AROUND or element.get("role") in _ROLES or bool(_JUNK.search(element.get("class")))
            or (element.tag == "header" and element.parent is not None and element.parent.tag == "body")
        )  # fmt: skip
        return is_around and not any(
            within in self.questions or within.tag in ("h1", "main", "article") for within in element.walk()
        )

    def inline(self, element: Element) -> str:
        r"""Return the content of an element on one line of Markdown; \\x1d stands for a line break."""
        parts = []
        for child in element.children:
            if isinstance(child, Text):
                parts.append(self._escaped(child.text, element) if self.is_page else child.text)
            elif child.tag not in _SKIPPED:
                parts.append(self.inline(child))
        return self._marked_up(element, "".join(parts))

    def _marked_up(self, element: Element, words: str) -> str:  # noqa: PLR0911 - a kind of element each
        tag, said = element.tag, words.strip()
        if tag == "br":
            return "\x1d"
        if tag == "img":
            return element.get("alt")
        if tag in _BOLD + _ITALIC and said and "\x1d" not in said:
            mark = "**" if tag in _BOLD else "*"
            bare = said if said.startswith(mark) else f"{mark}{said}{mark}"
            return words.replace(said, bare, 1)
        if tag in _CODE and said and "`" not in said:
            return f"`{_text_of(element).strip()}`"
        if tag == "a":
            href = element.get("href").strip().replace(" ", "%20")
            if said in _LINK_WORDS or not href or href.startswith(("#", "javascript:")):
                return "" if said in _LINK_WORDS and href.startswith("#") else words
            return words.replace(said, f"[{said}]({href})", 1) if "](" not in said else words
        return f" {words} " if tag in BLOCKS or tag in ("input",) else words

    def _escaped(self, text: str, element: Element) -> str:
        if not self.is_page or element.tag in _CODE:
            return text
        return _SPECIAL.sub(r"\\\g<0>", text) if _SPECIAL.search(text) else text


_INLINE_SAFE: Final = frozenset([*_BOLD, *_ITALIC, *_CODE, "img", "input", "sup", "sub", "kbd"])


def _is_contents(element: Element, fewest: int = 2) -> bool:
    """Return whether a list or paragraph is links into the page, and nothing else."""
    links = [each.text for each in element.walk() if each.tag == "a" and each.get("href").startswith("#")]
    return len(links) >= fewest and len("".join(links).replace(" ", "")) >= len(element.text.replace(" ", ""))


def _as_text(text: str) -> str:
    """Return a paragraph so that its beginning is no mark of Markdown."""
    match = _START.match(text)
    if match is None:
        return text
    return f"{match[0][:-1]}\\{text[match.end() - 1 :]}" if text[0].isdigit() else f"\\{text}"


def _table_around(element: Element) -> Element | None:
    """Return the innermost table that an element stands in."""
    around = element.parent
    while around is not None and around.tag != "table":
        around = around.parent
    return around


def _text_of(element: Element) -> str:
    """Return the text of an element as it stands, line breaks included."""
    parts: list[str] = []
    rest: list[Element | Text] = [element]
    while rest:
        node = rest.pop()
        if isinstance(node, Text):
            parts.append(node.text)
        elif node.tag == "br":
            parts.append("\n")
        else:
            rest.extend(reversed(node.children))
    return "".join(parts)


def _tidied(found: Sequence[Line]) -> list[Line]:
    """Return lines without empty ones at the ends, and never two in a row."""
    tidy: list[Line] = []
    for line, text in found:
        if text.strip() or (tidy and tidy[-1][1].strip()):
            tidy.append((line, text))
    while tidy and not tidy[-1][1].strip():
        tidy.pop()
    return tidy
