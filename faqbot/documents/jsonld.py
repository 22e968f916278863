"""Questions and answers that a page holds for search engines: FAQPage data of schema.org as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from faqbot.documents.blocks import Block, Kind
from faqbot.documents.encoding import one_line
from faqbot.documents.headings import key
from faqbot.documents.html import Element, found_in

BROKEN: Final = "FAQ data in the page is not valid JSON and was left out."
_WRAPPERS: Final = ("<!--", "-->", "//<![CDATA[", "<![CDATA[", "//]]>", "]]>")


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the paragraphs of its answer."""

    question: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageData:
    """What the JSON-LD of a page says.

    Attributes:
        pairs: in order, each question once.
        date: of publication, as it is written there, or "".
        notes: what was left out.
    """

    pairs: tuple[Pair, ...]
    date: str = ""
    notes: tuple[str, ...] = ()


def read(tree: Element) -> PageData:
    """Return what the JSON-LD in a page says."""
    pairs: dict[str, Pair] = {}
    date, notes = "", []
    for script in tree.iter("script"):
        if "ld+json" not in script.get("type", "").lower():
            continue
        data = _loaded(script.text or "")
        if data is None:
            notes.append(BROKEN)
        for node in _nodes(data):
            published = node.get("datePublished")
            date = date or (one_line(published) if isinstance(published, str) else "")
            if "Question" in _as_list(node.get("@type")):
                pair = Pair(_plain(node.get("name") or node.get("text")), tuple(_answers(node)))
                if pair.question and pair.answers:
                    pairs.setdefault(key(pair.question), pair)
    return PageData(tuple(pairs.values()), date, tuple(dict.fromkeys(notes)))


def merged(blocks: Sequence[Block], pairs: Sequence[Pair]) -> list[Block]:
    """Return the blocks with the pairs in them: one that can be seen is marked where it stands, others go last.

    What a page shows under a question is its answer even where the data words it otherwise.
    """
    asked = {key(pair.question): pair for pair in pairs}
    found: list[Block] = []
    answer: str | None = None  # the letters of the answer that is being read
    waiting: Pair | None = None  # its question was the last block
    for block in blocks:
        pair = asked.pop(key(block.text), None) if block.kind is not Kind.ROW else None
        if waiting and (pair or block.kind in (Kind.HEADING, Kind.QUESTION)):
            found += _answer_blocks(waiting)
        if pair:
            found.append(replace(block, kind=Kind.QUESTION, level=0, text=pair.question))
            answer = "".join(map(key, pair.answers))
        elif block.kind in (Kind.HEADING, Kind.QUESTION):
            found.append(block)
            answer = None
        elif answer and block.kind is not Kind.ROW and key(block.text) in answer:
            found.append(replace(block, kind=Kind.ANSWER, level=0))
        else:
            found.append(replace(block, kind=Kind.ANSWER, level=0) if waiting and block.kind is not Kind.ROW else block)
            answer = None if block.kind is not Kind.ROW else answer
        waiting = pair
    if waiting:
        found += _answer_blocks(waiting)
    for pair in asked.values():
        found += [Block(Kind.QUESTION, pair.question), *_answer_blocks(pair)]
    return found


def _answer_blocks(pair: Pair) -> list[Block]:
    return [Block(Kind.ANSWER, answer) for answer in pair.answers]


def _loaded(text: str) -> Any:  # noqa: ANN401 - JSON is anything
    text = text.strip()
    for wrapper in _WRAPPERS:
        text = text.removeprefix(wrapper).removesuffix(wrapper).strip()
    try:
        return json.loads(text, strict=False)  # line breaks inside of strings are usual
    except (ValueError, RecursionError):
        return None


def _nodes(data: object) -> Iterator[dict[str, Any]]:
    """Yield every object in the data, those of @graph, lists and mainEntity among them, in order."""
    rest = [data]
    while rest:
        node = rest.pop()
        if isinstance(node, dict):
            yield node
            rest.extend(reversed(node.values()))
        elif isinstance(node, list):
            rest.extend(reversed(node))


def _answers(question: dict[str, Any]) -> Iterator[str]:
    for answer in _as_list(question.get("acceptedAnswer")) or _as_list(question.get("suggestedAnswer"))[:1]:
        text = answer.get("text") or answer.get("name") if isinstance(answer, dict) else answer
        if isinstance(text, str):
            yield from _texts(text)


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _plain(value: object) -> str:
    return " ".join(_texts(value)) if isinstance(value, str) else ""


def _texts(markup: str) -> list[str]:
    """Return the paragraphs of a text that may be HTML, as answers in the data often are."""
    if "<" not in markup and "&" not in markup:
        return [text] if (text := one_line(markup)) else []
    from lxml import html

    tree = html.document_fromstring(f"<html><body>{markup}</body></html>")
    return [each.block.text for each in found_in(tree)]
