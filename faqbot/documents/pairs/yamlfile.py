"""Read YAML to plain values: every scalar a text, nothing run, aliases and depth bounded, each record with its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from faqbot.documents.pairs.records import DEEPEST, MOST_VALUES
from faqbot.documents.pairs.shapes import Flat
from faqbot.documents.pairs.values import unusable
from faqbot.errors import ExtraMissingError, KnowledgeError

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
        builder = _Builder(path)
        for event in yaml.parse(text, Loader=loader):
            builder.take(event)
        return builder.documents
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        wrong = getattr(error, "problem", None) or "a character that YAML does not allow"
        right = "put a text with ': ' or '#' in quotation marks, and indent alike"
        raise unusable(path, f"it is no YAML ({wrong})", right, mark.line + 1 if mark else None) from None
    except (ValueError, RecursionError) as error:
        raise unusable(path, f"it is no YAML ({error})") from None


@dataclass(slots=True)
class _Open:
    """A collection that is not closed yet.

    Attributes:
        value: the list or mapping so far.
        start: how many values were read before it.
        anchor: its name, "" where it has none.
        key: of a mapping: the name that waits for its value, None between two pairs.
    """

    value: list[Any] | Flat
    start: int
    anchor: str
    key: str | None = None

    def put(self, value: object) -> None:
        """Take an item of a list, or in turn a name and a value of a mapping."""
        if isinstance(self.value, list):
            self.value.append(value)
        elif self.key is None:
            self.key = value if isinstance(value, str) else repr(type(value))
        else:
            name, self.key = self.key, None
            if name == "<<" and isinstance(value, dict):
                for inherited, inner in value.items():
                    self.value.setdefault(inherited, inner)
            else:
                self.value[name] = value


class _Builder:
    """Builds values of events, without recursion."""

    def __init__(self, path: Path) -> None:
        self.documents: list[Any] = []
        self._path = path
        self._open: list[_Open] = []
        self._anchors: dict[str, tuple[Any, int]] = {}  # each with how many values it holds
        self._aliases = self._count = 0

    def take(self, event: Any) -> None:  # noqa: ANN401 - of PyYAML, which is loaded late
        """Take the next event.

        Raises:
            KnowledgeError: there are too many values, levels or aliases.
        """
        self._count += 1
        if self._count > MOST_VALUES or len(self._open) > DEEPEST:
            wrong = "its values nest too deep" if len(self._open) > DEEPEST else "it holds too many values"
            raise self._refusal(event, wrong, f"at most {DEEPEST} levels and {MOST_VALUES:,} values are read")
        match type(event).__name__:
            case "ScalarEvent":
                if event.anchor:
                    self._anchors[event.anchor] = event.value, 1
                self._put(event.value)
            case "AliasEvent":
                self._put(self._repeated(event))
            case "SequenceStartEvent":
                self._begin(event, [])
            case "MappingStartEvent":
                value = Flat()
                value.line = event.start_mark.line + 1
                value.place = f"line {value.line}"
                self._begin(event, value)
            case "MappingEndEvent" | "SequenceEndEvent":
                closed = self._open.pop()
                if closed.anchor:
                    self._anchors[closed.anchor] = closed.value, self._count - closed.start
                self._put(closed.value)

    def _put(self, value: object) -> None:
        if self._open:
            self._open[-1].put(value)
        else:
            self.documents.append(value)

    def _begin(self, event: Any, value: list[Any] | Flat) -> None:  # noqa: ANN401 - of PyYAML, which is loaded late
        self._open.append(_Open(value, self._count, event.anchor or ""))
        if event.anchor:
            self._anchors[event.anchor] = "", 1  # not within itself

    def _repeated(self, event: Any) -> object:  # noqa: ANN401 - of PyYAML, which is loaded late
        self._aliases += 1
        if self._aliases > MOST_ALIASES:
            raise self._refusal(event, "it repeats too much by aliases (*name)", f"at most {MOST_ALIASES:,} are read")
        value, size = self._anchors.get(event.anchor, ("", 1))
        self._count += size  # whoever walks through the values meets each of them again
        return value

    def _refusal(self, event: Any, wrong: str, right: str) -> KnowledgeError:  # noqa: ANN401 - of PyYAML, loaded late
        return unusable(self._path, wrong, right, event.start_mark.line + 1)
