"""A web page to blocks: its main text, without what stands around it, and its questions and answers.

Where the main text is, trafilatura decides: every block gets a mark, and those are kept whose mark it gives back, with
what stands among them (see `container`). So the blocks are those of `html`, the same as from a Word file.
"""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import sys
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Final

from faqbot.documents import jsonld
from faqbot.documents.blocks import Document, Kind
from faqbot.documents.container import around, tokens_of
from faqbot.documents.encoding import cleaned, one_line
from faqbot.documents.headings import date_of, framed, key, paired
from faqbot.documents.html import Element, Found, found_in
from faqbot.errors import ExtraMissingError
from faqbot.text import word_set

NOT_FOUND: Final = "No main text was found in the page; all of its text was read."
LEFT_OUT: Final = "Left out among the text of the page: {} of links, forms, teasers and asides."
SHORTEST_LEAD: Final = 60  # characters of a sentence below the title that is no slogan
TOO_DEEP: Final = "The page is nested too deep; what stands inside was not read."

_AROUND: Final = ("footer", "dialog", "script", "style", "noscript", "template", "iframe", "svg")
_HOLDERS: Final = ("body", "main", "article")
_OFTEN_AROUND: Final = ("aside", "form", "nav")  # some servers put the page into one form, some authors close no nav
_JUNK: Final = word_set("""
    ad ads advert advertisement banner breadcrumb breadcrumbs comment comments consent cookie cookies disqus gdpr
    masthead menu modal nav navbar navigation newsletter pagination popup promo recommended related share sharing
    sidebar signup social sponsored subscribe subscription teaser teasers toolbar widget
""")
_JUNK_ROLES: Final = frozenset(["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alert"])
_MARK: Final = "\u29fc{}\u29fd"  # brackets of mathematics that no page uses; they are taken out before
_MARKS: Final = re.compile("\u29fc(\\d+)\u29fd")
_DATES: Final = (
    "article:published_time", "datepublished", "dc.date", "dc.date.issued", "dcterms.date", "date", "pubdate",
    "publish-date", "publication_date", "og:published_time",
)  # fmt: skip
_SEPARATORS: Final = re.compile(r" [|\u2013\u2014\u00b7\u00bb:-] ")


def parse(data: bytes, encoding: str | None = None) -> Document:
    """Return the document that a page is; without `encoding`, the page's own declaration counts.

    Raises:
        ExtraMissingError: the libraries that it takes are not installed.
    """
    tree, notes = _tree(data, encoding)
    page = jsonld.read(tree)
    named = _named(tree)
    meta = _meta(tree)
    date = next((meta[name] for name in _DATES if meta.get(name)), page.date)
    _open_accordions(tree)
    pruned = _prune(tree)
    found = found_in(tree)
    title = _title(found, meta, named)
    kept, left_out = _main(tree, found, {key(pair.question): pair for pair in page.pairs}, pruned)
    if left_out:
        notes.append(LEFT_OUT.format(f"{left_out} block{'s' * (left_out > 1)}"))
    if not kept:
        kept = _within_main(found)
        notes += [NOT_FOUND] * bool(kept)
    place = _place_of(title, found)
    date = next(
        (said for each in found[place : place + 3] if (said := date_of(each.block.text))), date.partition("T")[0]
    )
    kept = _lead(found[place:], kept) + kept
    blocks = [each.block for each in kept if each.block.kind is not Kind.HEADING or key(each.block.text) != key(title)]
    title, date, blocks = framed(blocks, title, date)
    return Document(tuple(jsonld.merged(paired(blocks), page.pairs)), title, date, (*notes, *page.notes))


def _tree(data: bytes, encoding: str | None) -> tuple[Element, list[str]]:
    try:
        from lxml import etree, html
    except ImportError:
        raise ExtraMissingError("Reading HTML", "documents") from None
    parser = html.HTMLParser(
        encoding=encoding, huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )  # fmt: skip
    data = data.replace(b"\0", b"") if encoding else data
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, ValueError):  # a page without an element
        return html.document_fromstring("<html><body></body></html>"), []
    for element in tree.iter():  # lxml reads characters that it refuses to write, and moving text is writing
        for name in ("text", "tail"):
            text = getattr(element, name)
            if text and not (text.isascii() and text.isprintable()):
                setattr(element, name, cleaned(text).replace("\u29fc", "("))
    deep = any("xcessive depth" in entry.message for entry in parser.error_log)
    return tree, [TOO_DEEP] * deep


def _meta(tree: Element) -> dict[str, str]:
    """Return what the page says of itself, by name in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        found.setdefault(name, one_line(element.get("content") or ""))
    for element in tree.iter("time"):
        if "datePublished" in element.get("itemprop", "") or element.get("pubdate") is not None:
            found.setdefault("datepublished", one_line(element.text_content() or element.get("datetime", "")))
    return found


def _named(tree: Element) -> str:
    element = tree.find(".//title")
    return one_line(element.text or "") if element is not None else ""


def _open_accordions(tree: Element) -> None:
    """Make what opens on a click ordinary text: questions that are buttons, answers that are hidden until then."""
    opened = set()
    for button in [*tree.iter("button")]:
        opened.add(button.get("aria-controls"))
        above = button.getparent()
        if above is not None and (above.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary")):
            button.drop_tag()
        elif button.get("aria-controls") and one_line(button.text_content()).endswith("?"):
            button.tag = "h3"
        else:
            button.drop_tree()
    opened.discard(None)
    for element in tree.iter():
        if element.get("id") in opened:
            for name in ("hidden", "aria-hidden", "style", "class"):
                element.attrib.pop(name, None)


def _prune(tree: Element) -> list[Element]:
    """Take out what is around the text by its tag, its role, its class, or because it is hidden.

    Returns:
        What each aside and each form with text that was taken out stood in.
    """
    for element in [*tree.iter()]:
        if element.getparent() is not None and element.tag not in _HOLDERS and _is_never_text(element):
            element.drop_tree()
    holding = _holding(tree)
    parents = []
    for element in [*tree.iter()]:
        above = element.getparent()
        if above is None or element.tag in _HOLDERS or not _is_around(element):
            continue
        if element not in holding:
            if element.tag in ("aside", "form") and element.text_content().strip():
                parents.append(above)
            element.drop_tree()
        elif element.tag in _OFTEN_AROUND:
            element.tag = "div"  # which trafilatura reads
    return parents


def _is_never_text(element: Element) -> bool:
    if element.tag in _AROUND or element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    return "display:none" in element.get("style", "").replace(" ", "")


def _is_around(element: Element) -> bool:
    if element.tag in _OFTEN_AROUND or element.get("role") in _JUNK_ROLES:
        return True
    return not _JUNK.isdisjoint(tokens_of(element))


def _holding(tree: Element) -> set[Element]:
    """Return the elements that hold the article itself, whatever they are: "layout-sidebar-right" does.

    They hold a level-1 heading, what is marked as the main text, the longest article, or most of the text of the
    article or page that they stand in, links excepted. The level-1 heading of a menu may be the name of the site.
    """
    sizes: dict[Element, int] = {}
    for element in [*tree.iter()][::-1]:  # children before parents
        own = sum(len((text or "").strip()) for text in (element.text, *(child.tail for child in element)))
        sizes[element] = 0 if element.tag == "a" else own + sum(sizes[child] for child in element)
    articles = sorted(tree.iter("article"), key=sizes.__getitem__)
    holding: set[Element] = set()
    for element in (*tree.iter("h1", "main"), *articles[-1:]):
        holding.update(one for one in (element, *element.iterancestors()) if one.tag != "nav")
    for element in tree.iter(*_OFTEN_AROUND):
        whole = next(element.iterancestors(*_HOLDERS), None)
        if whole is not None and 2 * sizes[element] > sizes[whole]:
            holding.add(element)
    return holding


@contextlib.contextmanager
def _without_ports() -> Iterator[None]:
    """Import without a port being bound: urllib3, which trafilatura brings, else tries whether IPv6 works."""
    is_new, had = "urllib3" not in sys.modules, socket.has_ipv6
    if is_new:
        socket.has_ipv6 = False
    try:
        yield
    finally:
        socket.has_ipv6 = had
        if is_new and (connection := sys.modules.get("urllib3.util.connection")):
            vars(connection)["HAS_IPV6"] = had  # for whoever else uses it in this process


def _main(
    tree: Element, found: Sequence[Found], asked: dict[str, jsonld.Pair], pruned: Sequence[Element]
) -> tuple[list[Found], int]:
    """Return the blocks of the main text, with the questions that the page's data asks, and how many are left out."""
    marks = _extracted(tree, found)
    if not marks:
        return [], 0
    container = around(found, marks)
    blocks = set(container.blocks)
    inside = set(container.element.iter())
    kept: list[Found] = []
    in_answer = False  # to a question of the page's data that trafilatura may have left out with it
    for number, each in enumerate(found):
        if key(each.block.text) in asked:
            in_answer = True
        elif each.block.kind in (Kind.HEADING, Kind.QUESTION):
            in_answer = False
        if number in blocks or in_answer:
            kept.append(each)
    around_all = container.element.tag == "body"  # where the menus of the site stand, too
    return kept, container.left_out + sum(element in inside for element in pruned if not around_all)


def _extracted(tree: Element, found: Sequence[Found]) -> set[int]:
    """Return which blocks trafilatura takes for the main text."""
    try:
        with _without_ports():
            import trafilatura
    except ImportError:
        raise ExtraMissingError("Reading HTML", "documents") from None
    logger = logging.getLogger("trafilatura")
    if not logger.handlers:  # that it found nothing would else be written to stderr
        logger.addHandler(logging.NullHandler())
    written = []
    for number in range(len(found) - 1, -1, -1):  # backwards: marks of one place are put before each other
        element, name = found[number].element, "tail" if found[number].tail else "text"
        before = getattr(element, name)
        written.append((element, name, before))
        setattr(element, name, f" {_MARK.format(number)} {before or ''}")
    marked = deepcopy(tree)
    for element, name, before in reversed(written):
        setattr(element, name, before)
    extracted = trafilatura.bare_extraction(marked, include_comments=False, include_tables=True, with_metadata=False)
    if extracted is None or isinstance(extracted, dict):
        return set()
    return {int(number) for number in _MARKS.findall("".join(extracted.body.itertext()))}


def _within_main(found: Sequence[Found]) -> list[Found]:
    for tag in ("main", "article"):
        if inside := [each for each in found if each.element.tag == tag or each.element.xpath(f"ancestor::{tag}")]:
            return inside
    return list(found)


def _title(found: Sequence[Found], meta: dict[str, str], named: str) -> str:
    """Return the title: the heading that the page's own name agrees with, else a level-1 heading, else that name."""
    site = key(meta.get("og:site_name", ""))
    names = [name for name in (meta.get("og:title", ""), named) if name]
    parts = {key(part) for name in names for part in (name, *_SEPARATORS.split(name)[:-1])}
    ones = [each for each in found if each.block.kind is Kind.HEADING and each.block.level == 1]
    ones = [each for each in ones if not each.linked] or ones  # the name of a site leads to its first page
    tops = [each.block.text for each in ones if key(each.block.text) != site]
    agreed = next((text for text in tops if key(text) in parts), "")
    if agreed or tops:
        return agreed or tops[0]
    if not names:
        return ""
    first, *rest = _SEPARATORS.split(names[0])
    return first if rest and site and key(rest[-1]) == site else names[0]


def _place_of(title: str, found: Sequence[Found]) -> int:
    """Return the place after the heading that is the title, or 0."""
    headings = (number for number, each in enumerate(found) if each.block.kind is Kind.HEADING)
    return next((number + 1 for number in headings if key(found[number].block.text) == key(title)), 0)


def _lead(found: Sequence[Found], kept: Sequence[Found]) -> list[Found]:
    """Return the sentences right below the title that trafilatura left out: it takes a lead for an advertisement."""
    taken = set(map(id, kept))
    lead = []
    for each in found:
        text = each.block.text
        if each.block.kind is not Kind.PARAGRAPH or id(each) in taken:
            break
        if len(text) >= SHORTEST_LEAD and text.endswith((".", "!", "?")):
            lead.append(each)
    return lead
