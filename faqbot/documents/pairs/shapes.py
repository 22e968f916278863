"""Tell which keys of records hold question and answer, and what their values hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from faqbot.documents.pairs import fields, marks

FAQ: Final = re.compile(r"faq|question|q_?and_?a|qna|accordion|^help$", re.I)  # a key over pairs
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_PROMPT: Final = re.compile(r"\"QnaId\"\s{0,3}:\s{0,3}\"?(\d{1,12})", re.I)
_NESTED: Final = ("data", "attributes", "fields", "node", "item", "faq", "acf")


def shape(values: Sequence[object], path: str) -> tuple[object, object] | None:
    """Return the keys of question and answer of the records in a list; None where they are no pairs."""
    records = [flattened(value) for value in values if isinstance(value, Mapping)]
    if not records or 2 * len(records) < len(values):
        return None
    names = list(Counter(name for record in records[:200] for name, value in record.items() if is_text(value)))
    said = fields.answered(names)
    asked = fields.asked(names, besides=said)
    if asked is not None and said is not None:
        return asked, said
    if asked is not None and (body := fields.bodied(names, besides=asked)) is not None:
        return asked, body
    if said is not None and (head := fields.headed(names, besides=said)) is not None:
        return head, said
    head = fields.headed(names)
    body = fields.bodied(names, besides=head)
    if head is None or body is None:
        return None
    titles = [str(record.get(head, "")) for record in records]
    asking = sum(marks.asks(title) for title in titles)
    return (head, body) if asking * 2 >= len(titles) or (FAQ.search(path) and len(records) > 1) else None


def is_text(value: object) -> bool:
    """Return whether a value is a text, or a list of texts, or one text in several languages."""
    if isinstance(value, str):
        return True
    if isinstance(value, list):
        return (bool(value) and all(isinstance(each, str) for each in value)) or _is_rich(value)
    return isinstance(value, Mapping) and _is_localised(value) and any(map(_is_wording, value.values()))


def _is_wording(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and bool(value) and isinstance(value[0], str))


def _is_rich(value: Sequence[object]) -> bool:
    return (
        bool(value)
        and all(
            isinstance(each, Mapping)
            and any(isinstance(each.get(n), str) for n in ("text", "answer", "content", "value"))
            for each in value
        )
        and not any(isinstance(each, Mapping) and fields.asked(each) is not None for each in value)
    )


def _is_localised(value: Mapping[Any, Any]) -> bool:
    return all(_LANGUAGE.fullmatch(str(name)) or name in ("text", "html", "markdown", "rendered") for name in value)


def texts(value: object) -> list[str]:
    """Return the texts that a value is: one, a list of them, one for each language."""
    if isinstance(value, str | int | float):
        return [str(value)] if str(value).strip() else []
    if isinstance(value, list):
        return [text for each in value for text in texts(each)]
    if isinstance(value, Mapping):
        for name in (
            "text",
            "answer",
            "content",
            "value",
            "html",
            "markdown",
            "rendered",
            "en",
            "en-US",
            "en_US",
            "en-GB",
        ):
            if name in value:
                return texts(value[name])
        if _is_localised(value) and value:
            return texts(next(iter(value.values())))
    return []


def flattened(record: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Return a record with what some services nest one level deeper as its own."""
    inner = next(
        (record[name] for name in record if fields.letters(name) in _NESTED and isinstance(record[name], Mapping)), None
    )
    if inner is None:
        return record
    flat = type(record)(record) if type(record) is dict else dict(record)
    found = Flat(
        {
            **{name: value for name, value in flat.items() if value is not inner},
            **{n: v for n, v in inner.items() if n not in flat},
        }
    )
    found.line, found.place = getattr(record, "line", 0), getattr(record, "place", "")
    found.place = found.place or f"line {found.line}"
    return found


class Flat(dict[Any, Any]):
    """A record that knows where it stands."""

    line: int = 0
    place: str = ""


def prompts(value: object) -> tuple[str, ...]:
    """Return the ids that the prompts of an entry lead to."""
    if isinstance(value, str):
        if value.startswith("["):
            return tuple(_PROMPT.findall(value))
        return (value,) if value else ()
    if isinstance(value, Mapping):
        return prompts(value.get("prompts") or value.get("Prompts") or [])
    if isinstance(value, list):
        ids = (each.get("qnaId", each.get("QnaId", "")) for each in value if isinstance(each, Mapping))
        return tuple(str(each).removesuffix(".0") for each in ids if each not in ("", None))
    return ()


def metadata(value: object) -> tuple[str, int] | None:
    """Return the topic among metadata, or "", and how many others there are."""
    found: dict[str, str] = {}
    if isinstance(value, str):
        for part in value.strip("{}").replace("\n", "|").split("|"):
            name, _, said = part.partition(":")
            found[name.strip(" \"'")] = said.strip(" \"'")
    elif isinstance(value, Mapping):
        found = {str(name): str(said) for name, said in value.items()}
    elif isinstance(value, list):
        found = {str(each.get("name", "")): str(each.get("value", "")) for each in value if isinstance(each, Mapping)}
    found = {name: said for name, said in found.items() if name and said}
    topic = next((said for name, said in found.items() if fields.role(name) == "topic"), "")
    return (topic, len(found) - bool(topic)) if found else None
