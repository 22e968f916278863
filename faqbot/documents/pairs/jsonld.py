"""Find the pairs in schema.org FAQPage data, within a page or in a file of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from faqbot.documents.pairs import answers, marks
from faqbot.documents.pairs.tags import Element
from faqbot.documents.pairs.values import Pair

MOST_NODES: Final = 200_000
_WRAPPERS: Final = ("<!--", "-->", "//<![CDATA[", "<![CDATA[", "//]]>", "]]>")


def pairs(tree: Element) -> list[Pair]:
    """Return the pairs of the data in a page."""
    found: list[Pair] = []
    for element in tree.walk():
        if element.tag != "script" or "ld+json" not in element.get("type").lower():
            continue
        text = "".join(getattr(child, "text", "") for child in element.children).strip()
        for wrapper in _WRAPPERS:
            text = text.removeprefix(wrapper).removesuffix(wrapper).strip()
        try:
            found += of_value(json.loads(text, strict=False), element.line)
        except (ValueError, RecursionError):
            continue
    return found


def of_value(value: object, line: int = 0) -> list[Pair]:
    """Return the pairs of FAQPage data; none where a value is something else."""
    found: list[Pair] = []
    for node in _nodes(value):
        if "Question" in _types(node):
            question = marks.question(str(node.get("name") or node.get("text") or ""))
            accepted = node.get("acceptedAnswer") or node.get("suggestedAnswer")
            texts = [
                text
                for answer in (accepted if isinstance(accepted, list) else [accepted])
                for text in [_text(answer)]
                if text
            ]
            answer = answers.markdown("\n\n".join(texts))
            if question and answer:
                place = f"line {line}" if line else f"question {len(found) + 1}"
                found.append(
                    Pair(
                        question=question,
                        answer=answer,
                        line=line,
                        place=place,
                        id=_id(node),
                    )
                )
    return found


def _id(node: dict[str, Any]) -> str:
    name = node.get("identifier") or str(node.get("@id") or "").rpartition("#")[2]
    return name if isinstance(name, str) and "/" not in name else ""


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [str(each) for each in kind] if isinstance(kind, list) else [str(kind)]


def _text(answer: object) -> str:
    if isinstance(answer, dict):
        return str(answer.get("text") or answer.get("name") or "").strip()
    return answer.strip() if isinstance(answer, str) else ""


def _nodes(value: object) -> Iterator[dict[str, Any]]:
    rest, seen = [value], 0
    while rest and seen < MOST_NODES:
        node = rest.pop()
        seen += 1
        if isinstance(node, dict):
            yield node
            rest.extend(reversed(list(node.values())))
        elif isinstance(node, list):
            rest.extend(reversed(node))
