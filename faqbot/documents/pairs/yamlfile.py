"""Read YAML to plain values: every scalar a text, nothing run, aliases and depth bounded, each record with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from faqbot.documents.pairs.records import DEEPEST, MOST_VALUES
from faqbot.documents.pairs.shapes import Flat
from faqbot.documents.pairs.values import unusable
from faqbot.errors import ExtraMissingError

LARGEST: Final = 10_000_000  # characters: PyYAML takes some 10 s for those without its C half
MOST_ALIASES: Final = 1_000  # "billion laughs" are nine lists of nine aliases each


def read(text: str, path: Path) -> list[Any]:
    """Return the documents of a YAML text.

    Raises:
        KnowledgeError: it is no YAML, with the line; too large, too deep, or of too many aliases.
        ExtraMissingError: PyYAML is not installed.
    """
    try:
        import yaml
    except ImportError:
        raise ExtraMissingError("Reading YAML", "formats") from None
    if len(text) > LARGEST:
        raise unusable(path, f"it holds {len(text):,} characters", f"YAML may hold {LARGEST:,}; divide it into several")
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return _built(yaml.parse(text, Loader=loader), path)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        wrong = getattr(error, "problem", None) or "a character that YAML does not allow"
        right = "put a text with ': ' or '#' in quotation marks, and indent alike"
        raise unusable(path, f"it is no YAML ({wrong})", right, mark.line + 1 if mark else None) from None
    except (ValueError, RecursionError) as error:
        raise unusable(path, f"it is no YAML ({error})") from None


def _built(events: Any, path: Path) -> list[Any]:  # noqa: ANN401, C901 - a kind of event a branch
    """Return the values that events describe, without recursion."""
    documents: list[Any] = []
    stack: list[
        list[Any]
    ] = []  # of open collections: the value, the key that waits, the count at its start, its anchor
    anchors: dict[str, tuple[Any, int]] = {}  # each with how many values it holds
    aliases = count = 0

    def put(value: Any) -> None:  # noqa: ANN401 - YAML is anything
        if not stack:
            documents.append(value)
        elif isinstance(stack[-1][0], list):
            stack[-1][0].append(value)
        elif stack[-1][1] is None:
            stack[-1][1] = (value if isinstance(value, str) else repr(type(value)),)
        else:
            (name,), stack[-1][1] = stack[-1][1], None
            if name == "<<" and isinstance(value, dict):
                for inherited, inner in value.items():
                    stack[-1][0].setdefault(inherited, inner)
            else:
                stack[-1][0][name] = value

    for event in events:
        count += 1
        kind = type(event).__name__
        if count > MOST_VALUES or len(stack) > DEEPEST:
            raise unusable(
                path,
                "its values nest too deep" if len(stack) > DEEPEST else "it holds too many values",
                f"at most {DEEPEST} levels and {MOST_VALUES:,} values are read",
                event.start_mark.line + 1,
            )
        if kind == "ScalarEvent":
            if event.anchor:
                anchors[event.anchor] = event.value, 1
            put(event.value)
        elif kind == "AliasEvent":
            aliases += 1
            if aliases > MOST_ALIASES:
                raise unusable(
                    path,
                    "it repeats too much by aliases (*name)",
                    f"at most {MOST_ALIASES:,} are read",
                    event.start_mark.line + 1,
                )
            value, size = anchors.get(event.anchor, ("", 1))
            count += size  # whoever walks through the values meets each of them again
            put(value)
        elif kind in ("MappingStartEvent", "SequenceStartEvent"):
            value = [] if kind == "SequenceStartEvent" else Flat()
            if isinstance(value, Flat):
                value.line = event.start_mark.line + 1
                value.place = f"line {value.line}"
            stack.append([value, None, count])
            if event.anchor:
                anchors[event.anchor] = "", 1  # not within itself
                stack[-1].append(event.anchor)
        elif kind in ("MappingEndEvent", "SequenceEndEvent"):
            closed = stack.pop()
            if len(closed) > 3:
                anchors[closed[3]] = closed[0], count - closed[2]
            put(closed[0])
    return documents
