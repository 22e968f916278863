"""Find the pairs among records: the rows of a table, the objects of JSON and YAML, whatever their keys are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from faqbot.documents.encoding import one_line
from faqbot.documents.pairs import answers, fields, marks, shapes
from faqbot.documents.pairs.outline import key
from faqbot.documents.pairs.tally import Tally
from faqbot.documents.pairs.values import MOST_PAIRS, Pair

MOST_VALUES: Final = 2_000_000  # values of a file, those that aliases repeat counted each time
DEEPEST: Final = 60  # values within each other
SHARED_ANSWER: Final = 5  # words from which on an answer that stands twice makes one entry of two questions
_SUGGESTED: Final = re.compile(r"autosuggested[^\d]{0,40}(\d{1,9})")
_COMMAS: Final = re.compile(r"[,;|\n]")
_NUMBERED: Final = re.compile(r"(.*?)[ _-]?(\d{1,3})")
_NO: Final = frozenset(["no", "false", "0", "off", "n", "draft", "disabled", "inactive", "unpublished", "archived"])
_YES: Final = frozenset(["yes", "true", "1", "on", "y", "x"])
_SMALL_TALK: Final = frozenset(
    [
        "greeting",
        "greetings",
        "hello",
        "hi",
        "hey",
        "welcome",
        "goodbye",
        "goodbyes",
        "bye",
        "farewell",
        "thanks",
        "thank",
        "thankyou",
        "noanswer",
        "fallback",
        "default",
        "defaultfallback",
        "defaultfallbackintent",
        "defaultwelcomeintent",
        "smalltalk",
        "chitchat",
        "jokes",
        "joke",
        "funny",
    ]
)


class TooMuchError(Exception):
    """A file holds more than any FAQ, or nests it deeper: says of what, and what is read at most."""


@dataclass(slots=True)
class Records:
    """Reads records and collects their pairs."""

    tally: Tally = field(default_factory=Tally)
    pairs: list[Pair] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)  # of each pair, "" where the file does not say
    seen: int = 0

    def read(self, value: object, topic: str = "", path: str = "", depth: int = 0) -> None:
        """Take the pairs within a value of JSON or YAML.

        Args:
            value: a mapping, a list or a text.
            topic: of the group that it is in.
            path: the key that it stands under.
            depth: how deep it stands.

        Raises:
            TooMuchError: see there.
        """
        self.seen += 1
        if depth > DEEPEST:
            raise TooMuchError(f"values nest deeper than {DEEPEST}", f"at most {DEEPEST} levels are read")
        if self.seen > MOST_VALUES:
            raise TooMuchError(f"it holds more than {MOST_VALUES:,} values", "divide it into several")
        if isinstance(value, Mapping):
            self._mapping(value, topic, path, depth)
        elif isinstance(value, list):
            if len(value) > 1 and all(isinstance(each, list) for each in value) and _are_turns(value):
                for number, turns in enumerate(value, 1):
                    self.turns(turns, topic, number)
                return
            shape = shapes.shape(value, path)
            for each in value:
                if shape and isinstance(each, Mapping) and self._pair(each, topic, *shape):
                    continue
                if isinstance(each, Mapping | list):
                    self.read(each, topic, path, depth + 1)

    def turns(self, turns: Sequence[object], topic: str, number: int) -> None:
        """Take a list of a question and its answers."""
        texts = [str(turn) for turn in turns if isinstance(turn, str) and turn.strip()]
        if len(texts) < 2:
            self.tally.incomplete.append(f"entry {number}")
            return
        if len(texts) > 2:
            self.tally.alternatives.append(f"entry {number} has {len(texts) - 1}")
        self.add(Pair(question=texts[0], answer=texts[1], topic=topic, line=number, place=f"entry {number}"))

    def _mapping(self, value: Mapping[Any, Any], topic: str, path: str, depth: int) -> None:
        strings = _strings(value)
        if self._numbered(_strings(shapes.flattened(value)), topic, fewest=2):
            return
        if (shape := shapes.shape([value], path)) and self._pair(value, topic, *shape):
            for name, inner in value.items():
                if isinstance(inner, list) and name not in shape and shapes.shape(inner, str(name)):
                    self.read(inner, topic, str(name), depth + 1)
            return
        asking = [name for name in strings if marks.asks(name)]
        if len(asking) > 1 and 2 * len(asking) >= len(value):
            for name, inner in strings.items():
                self._put((name,), inner, topic, value)
            return
        if self._numbered(strings, topic, fewest=1):
            return
        title = fields.titled([name for name in strings if len(strings[name]) < 120])
        group = one_line(strings[str(title)]) if title is not None and depth else ""
        for name, inner in value.items():
            if isinstance(inner, Mapping | list):
                named = str(name) if group == "" and _is_words(str(name)) and isinstance(inner, list) else ""
                self.read(inner, group or named or topic, str(name), depth + 1)

    def _numbered(self, strings: Mapping[str, str], topic: str, fewest: int) -> bool:
        """Take "question1" and "answer1", "q2" and "a2" where a mapping has those."""
        asked: dict[str, str] = {}
        said: dict[str, str] = {}
        for name in strings:
            if match := _NUMBERED.fullmatch(name):
                if fields.asked([match[1]]) is not None:
                    asked[match[2]] = name
                elif fields.answered([match[1]]) is not None:
                    said[match[2]] = name
        both = [number for number in asked if number in said]
        if len(both) < fewest:
            return False
        for number in both:
            self._put((strings[asked[number]],), strings[said[number]], topic, strings)
        return True

    def _pair(self, record: Mapping[Any, Any], topic: str, asked: object, said: object) -> bool:
        """Take the pair that a record is, and return whether it is one."""
        record = shapes.flattened(record)
        if asked not in record or said not in record:
            return False
        questions, answer = shapes.texts(record[asked]), self._answer(record, said)
        if not questions and not answer:
            return False
        self._put(questions, answer, topic, record, (asked, said))
        return True

    def _answer(self, record: Mapping[Any, Any], said: object) -> str:
        value = record[said]
        alternatives = fields.letters(said) in fields.LISTS_OF_ANSWERS
        alt = record.get("alt")
        if isinstance(alt, Mapping) and isinstance(alt.get("markdown"), str):
            return str(alt["markdown"])
        if isinstance(record.get("markdown"), str) and record["markdown"].strip() and said != "markdown":
            return str(record["markdown"])
        found = shapes.texts(value)
        if alternatives and len(found) > 1:
            self.tally.alternatives.append(f"{self._place(record)[1]} has {len(found)}")
            return found[0]
        return "\n\n".join(found)

    def _put(
        self, asked: Sequence[str], answer: str, topic: str, record: Mapping[Any, Any], taken: Sequence[object] = ()
    ) -> None:
        """Take a question with its phrasings and an answer; `taken` are the keys of both, () where nothing else is."""
        line, place = self._place(record)
        about = self._about(record, taken) if taken else _About()
        words, *phrasings = map(marks.question, asked or [""])
        if about.is_off or about.is_restricted or not words or not answer.strip():
            which = self.tally.switched_off if about.is_off else self.tally.incomplete
            which = self.tally.restricted if about.is_restricted else which
            which.append(f"{place}, {words[:60]!r}" if words else place)
            return
        if fields.letters(about.id) in _SMALL_TALK:
            self.tally.small_talk.append(about.id)
            return
        self.add(
            Pair(
                question=words, answer=answer, line=line, place=place, id=about.id, topic=about.topic or topic,
                source=about.source, next=about.following,
                phrasings=tuple(filter(None, (*phrasings, *map(marks.question, about.keywords)))),
            ),
            about.language,
        )  # fmt: skip

    def _place(self, record: Mapping[Any, Any]) -> tuple[int, str]:
        line = getattr(record, "line", 0)
        return (line, getattr(record, "place", f"line {line}")) if line else (0, f"entry {len(self.pairs) + 1}")

    def _about(self, record: Mapping[Any, Any], taken: Sequence[object]) -> _About:  # noqa: C901, PLR0912 - a role a branch
        """Return what else a record says, and count what has no place."""
        about = _About()
        for name, value in record.items():
            if name in taken or value in ("", None, [], {}):
                continue
            role = fields.role(name)
            text = one_line(str(value)) if isinstance(value, str | int | float) else ""
            bare = fields.letters(name)
            if role == "restricted":
                about.is_restricted = True
            elif bare in ("prompts", "context", "dialog", "next"):
                about.following = about.following or shapes.prompts(value)
            elif bare == "suggestedquestions":
                self.tally.suggested += sum(len(part) for part in _SUGGESTED.findall(text.lower())) or (text != "[]")
            elif bare == "iscontextonly":
                continue
            elif bare.startswith("question") or (bare in ("q", "pattern") and isinstance(value, str)):
                about.keywords += shapes.texts(value)
            elif role == "keywords":
                about.keywords += [part.strip() for part in _COMMAS.split(text)] if text else shapes.texts(value)
            elif role in ("topic", "source", "id", "language") and text and not getattr(about, role):
                setattr(about, role, text.removesuffix(".0") if role == "id" else text)
            elif role == "topic" and isinstance(value, list) and value and not about.topic:
                about.topic = one_line(str(value[0]))
            elif role == "on" and text:
                about.is_off |= text.casefold() in _NO
            elif role == "off" and text:
                about.is_off |= text.casefold() in _YES
            elif bare == "metadata" and (topic := shapes.metadata(value)):
                about.topic = about.topic or topic[0]
                if topic[1]:
                    self.tally.metadata["metadata"] += topic[1]
            elif bare not in ("metadata", "alt") and not (isinstance(value, list) and shapes.shape(value, "")):
                self.tally.metadata[str(name)[:40]] += 1
        return about

    def add(self, pair: Pair, language: str = "") -> None:
        """Take a pair, and the language that the file says it is in.

        Raises:
            TooMuchError: there are MOST_PAIRS already.
        """
        if len(self.pairs) == MOST_PAIRS:
            raise TooMuchError(f"it holds more than {MOST_PAIRS:,} questions", "divide it into several")
        self.pairs.append(pair)
        self.languages.append(language)

    def in_one_language(self) -> tuple[list[Pair], list[str]]:
        """Return the pairs in English, else in the language of most, and a note on what was left out."""
        counts = Counter(filter(None, self.languages))
        if len(counts) < 2:
            return self.pairs, []
        english = [name for name in counts if name.lower().startswith("en")]
        chosen = english[0] if english else counts.most_common(1)[0][0]
        kept = [pair for pair, name in zip(self.pairs, self.languages, strict=True) if name in ("", chosen)]
        left = len(self.pairs) - len(kept)
        return kept, [f"{left} entries in other languages than {chosen!r} were left out."]


@dataclass(slots=True)
class _About:
    id: str = ""
    topic: str = ""
    source: str = ""
    language: str = ""
    keywords: list[str] = field(default_factory=list)
    following: tuple[str, ...] = ()
    is_off: bool = False
    is_restricted: bool = False


def merged(pairs: Iterable[Pair]) -> list[Pair]:
    """Return the pairs, those with one id, or with one answer of some length, as one with several phrasings."""
    found: dict[str, Pair] = {}
    for number, pair in enumerate(pairs):
        answer = key(pair.answer)
        name = f"id {pair.id}" if pair.id else ""
        known = found.get(name) if name else None
        if known is None and len(answer.split()) >= SHARED_ANSWER and not pair.next:
            shared = f"answer {pair.topic} {answer}"
            name = shared if not pair.id or shared in found else name
            known = found.get(name)
        if known is not None and key(known.answer) == answer:
            found[name] = replace(
                known, phrasings=tuple(dict.fromkeys((*known.phrasings, pair.question, *pair.phrasings)))
            )
        else:
            found[name if name and known is None else f"row {number}"] = pair
    return list(found.values())


def _strings(value: Mapping[Any, Any]) -> dict[str, str]:
    return {name: inner for name, inner in value.items() if isinstance(inner, str) and isinstance(name, str)}


def _are_turns(value: Sequence[Any]) -> bool:
    return all(len(each) > 0 and all(isinstance(turn, str) for turn in each) for each in value)


def _is_words(name: str) -> bool:
    """Return whether a key is a title for people, and no name for programs."""
    return " " in name or (name.istitle() and not shapes.FAQ.search(name))


def shown(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield the pairs with answers as Markdown, whether they were HTML or had headings in them."""
    for pair in pairs:
        if answer := answers.markdown(pair.answer) or one_line(pair.answer):
            yield replace(pair, answer=answer)
