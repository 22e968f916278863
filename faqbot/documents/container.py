"""Find the element of a page that holds its article, and read what an extractor left out of it: lists and headings.

An extractor judges block by block, and so loses a short list between two paragraphs. Whoever wrote the paragraphs
wrote the list, too: what stands among the kept blocks is kept, unless it is links or marked as something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from faqbot.documents.blocks import Kind
from faqbot.documents.headings import date_of, key
from faqbot.documents.html import Element, Found
from faqbot.text import word_set

# Of the characters of the kept text: fewer would choose one section of an article of three, more be led astray by one
# teaser that was kept. Not tuned; with it, 50 pages of a public service that nothing here was made on gave 2751 blocks
# where the extractor alone gave 2482, and lost ten that it gives: links to skip the menu, to news and to other pages.
MOST: Final = 0.7
LONGEST_TEASER: Final = 80  # words: what is longer is a section that ends with a link
LONGEST_LABEL: Final = 3  # words over a heading: "Guide for patients"
LONGEST_BUTTON: Final = 6  # words of a paragraph that is one link: "Back to our treatments"

_TOKEN: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# Names of what stands in the same element as an article without being of it. An extractor may be right to keep it.
_BESIDE: Final = word_set("""
    author bio bookmark bookmarks byline copyright footer meta print rating ratings tag tags toc
""")
_ABOVE: Final = word_set("header masthead topbar")  # the same, of what stands before its first block
_LISTS: Final = ("ul", "ol", "menu")
_CARDS: Final = ("li", "article", "section", "div")
_MORE: Final = frozenset(["readmore", "continuereading", "readon", "readthefullarticle", "readfullarticle"])


def tokens_of(element: Element) -> set[str]:
    """Return the words of the class and the identifier of an element, in lower case: "relatedPosts" has two."""
    return {token.lower() for token in _TOKEN.findall(f"{element.get('class', '')} {element.get('id', '')}")}


@dataclass(frozen=True, slots=True)
class Container:
    """The element that holds an article.

    Attributes:
        element: the one that a page marks as its main text, else the smallest that holds most of what was kept.
        blocks: of the article, as indices in order.
        left_out: how many blocks stand among them and are not of the article.
    """

    element: Element
    blocks: tuple[int, ...]
    left_out: int


def around(found: Sequence[Found], kept: Set[int]) -> Container:
    """Return the container of an article, and its blocks with those that an extractor left out of it.

    Args:
        found: the blocks of the page, in order.
        kept: which of them the extractor takes for the article, one at least.
    """
    homes = [each.element.getparent() if each.tail else each.element for each in found]
    teasers = set(_teasers(homes, found))
    if 2 * _length(found, kept & teasers) > _length(found, kept):  # an overview, and they are its text
        teasers = set()
    text = kept - teasers
    sizes = _sizes(homes, found, text)
    tight = _tightest(sizes, _length(found, text))
    wide = next((above for above in (tight, *tight.iterancestors()) if _is_main(above)), tight)
    first, last = min(text), max(text)
    near, far = set(tight.iter()), set(wide.iter())
    inside = {n for n, home in enumerate(homes) if home in near or (first < n < last and home in far)}
    beside, above = _named(wide, _BESIDE, sizes), _named(wide, _ABOVE, sizes)
    extra = {n for n in inside - text if _is_text(found[n]) and homes[n] not in beside}
    taken = text | {n for n in extra if n > first or found[n].block.kind is Kind.HEADING or homes[n] not in above}
    runs = list(_runs(found, homes))
    links = {*teasers, *_links(found, runs, text, inside), *_contents(found, runs), *_labels(found, text)}
    taken -= links | {n for n in text - inside if found[n].linked}
    taken |= set(_headings_over(found, min(taken, default=0), links))
    sure = {n for n in text & inside if not found[n].linked}
    taken -= set(_empty(found, sorted(taken))) - sure
    lost = sum(_is_text(found[n]) and not date_of(found[n].block.text) for n in (inside | kept) - taken)
    return Container(wide, tuple(sorted(taken)), lost)


def _length(found: Sequence[Found], numbers: Set[int]) -> int:
    return sum(len(found[number].block.text) for number in numbers)


def _sizes(homes: Sequence[Element], found: Sequence[Found], numbers: Set[int]) -> dict[Element, int]:
    """Return how many characters of these blocks stand in each element that holds some."""
    sizes: dict[Element, int] = {}
    for number in numbers:
        for element in (homes[number], *homes[number].iterancestors()):
            sizes[element] = sizes.get(element, 0) + len(found[number].block.text)
    return sizes


def _tightest(sizes: dict[Element, int], total: int) -> Element:
    holding = [element for element, size in sizes.items() if size >= MOST * total]
    return max(holding, key=lambda element: sum(1 for _ in element.iterancestors()))


def _is_main(element: Element) -> bool:
    return element.tag in ("main", "article") or element.get("role") == "main"


def _is_text(each: Found) -> bool:
    return any(map(str.isalpha, each.block.text))


def _named(container: Element, names: frozenset[str], holding: dict[Element, int]) -> set[Element]:
    """Return the elements of one of these names that hold nothing of the article, with what stands in them."""
    found: set[Element] = set()
    for element in container.iterdescendants("*"):
        is_named = element.tag in names or not names.isdisjoint(tokens_of(element))
        if element.getparent() in found or (is_named and element not in holding):
            found.add(element)
    return found


def _runs(found: Sequence[Found], homes: Sequence[Element]) -> Iterator[tuple[bool, list[int]]]:
    """Yield the indices of the blocks of each list, and of those between lists; and whether it is a list."""

    def list_of(number: int) -> Element:
        if found[number].block.kind is not Kind.ITEM:
            return None
        return next(
            (one for one in (homes[number], *homes[number].iterancestors()) if one.tag in _LISTS), homes[number]
        )

    for element, run in groupby(range(len(found)), key=list_of):
        yield element is not None, list(run)


def _links(
    found: Sequence[Found], runs: Sequence[tuple[bool, list[int]]], kept: Set[int], inside: Set[int]
) -> Iterator[int]:
    """Yield the blocks that are links to something else: buttons, menus, and headings with what they announce."""
    told = {number for number in kept & inside if not found[number].linked}
    announced = False  # whether the last heading leads to another page, and the text below is to lure the reader there
    for is_list, run in runs:
        before = run[0] - 1
        is_introduced = before in kept and found[before].block.text.endswith(":")
        is_menu = is_list and 2 * sum(found[number].linked for number in run) > len(run) and not is_introduced
        for number in run:
            each = found[number]
            is_kept = number in kept and number in inside
            if each.block.kind is Kind.HEADING or is_kept:
                is_kept = is_kept or number + 1 in told
                announced = each.linked and not is_kept
            is_head = is_kept and each.block.kind is Kind.HEADING
            is_button = each.block.kind is Kind.PARAGRAPH and len(each.block.text.split()) <= LONGEST_BUTTON
            if announced or (
                each.linked and (is_button or (number not in kept and (is_menu or not (is_list or is_head))))
            ):
                yield number


def _contents(found: Sequence[Found], runs: Sequence[tuple[bool, list[int]]]) -> Iterator[int]:
    """Yield the items of a table of contents: lists of links that are headings of the page."""
    headings = {key(each.block.text) for each in found if each.block.kind is Kind.HEADING}
    for is_list, run in runs:
        named = sum(found[number].linked and key(found[number].block.text) in headings for number in run)
        if is_list and 2 * named > len(run):
            yield from run


def _labels(found: Sequence[Found], kept: Set[int]) -> Iterator[int]:
    """Yield the words that stand over a heading to say of which kind it is."""
    for number, (each, below) in enumerate(pairwise(found)):
        heads = each.block.kind is Kind.PARAGRAPH and below.block.kind is Kind.HEADING and number not in kept
        if heads and len(each.block.text.split()) <= LONGEST_LABEL and each.block.text[-1].isalnum():
            yield number


def _teasers(homes: Sequence[Element], found: Sequence[Found]) -> Iterator[int]:
    """Yield the blocks that stand in one small element with a link to the rest of their text."""
    cards: set[Element] = set()  # with what stands in them
    for number, each in enumerate(found):
        if each.linked and key(each.block.text) in _MORE:
            card = next((one for one in homes[number].iterancestors() if one.tag in _CARDS and _is_told(one)), None)
            if card is not None and card not in cards and len("".join(card.itertext()).split()) <= LONGEST_TEASER:
                cards.update(card.iter())
    yield from (number for number, home in enumerate(homes) if home in cards)


def _is_told(card: Element) -> bool:
    """Return whether an element has more text than the link in it."""
    return len("".join(card.itertext()).split()) > LONGEST_BUTTON


def _headings_over(found: Sequence[Found], first: int, links: Set[int]) -> Iterator[int]:
    """Yield the headings right above the first block."""
    for number in range(first - 1, -1, -1):
        if found[number].block.kind is not Kind.HEADING or number in links or found[number].linked:
            return
        yield number


def _empty(found: Sequence[Found], taken: Sequence[int]) -> Iterator[int]:
    """Yield the headings with nothing below them."""
    for place in range(len(taken) - 1, -1, -1):
        block = found[taken[place]].block
        below = found[taken[place + 1]].block if place + 1 < len(taken) else None
        if block.kind is Kind.HEADING and (
            below is None or (below.kind is Kind.HEADING and below.level <= block.level)
        ):
            yield taken[place]
