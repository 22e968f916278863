"""Find the pairs among records: the rows of a table, the objects of JSON and YAML, whatever their keys are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from faqbot.documents.encoding import one_line
from faqbot.documents.pairs import answers, fields, marks
from faqbot.documents.pairs.outline import key
from faqbot.documents.pairs.values import Pair, place_list

MOST_VALUES: Final = 2_000_000  # values of a file, those that aliases repeat counted each time
DEEPEST: Final = 60  # values within each other
SHARED_ANSWER: Final = 5  # words from which on an answer that stands twice makes one entry of two questions
_NUMBERED: Final = re.compile(r"(.*?)[ _-]?(\d{1,3})")
_FAQ: Final = re.compile(r"faq|question|q_?and_?a|qna|accordion|^help$", re.I)
_NO: Final = frozenset(["no", "false", "0", "off", "n", "draft", "disabled", "inactive", "unpublished", "archived"])
_YES: Final = frozenset(["yes", "true", "1", "on", "y", "x"])
_SMALL_TALK: Final = frozenset(
    """greeting greetings hello hi hey welcome goodbye goodbyes bye farewell thanks thank thankyou noanswer fallback
    default defaultfallback defaultfallbackintent defaultwelcomeintent smalltalk chitchat jokes joke funny""".split()
)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_NESTED: Final = ("data", "attributes", "fields", "node", "item", "faq", "acf")


class TooMuchError(Exception):
    """A file holds more values than any FAQ, or nests them deeper."""


@dataclass(slots=True)
class Tally:
    """What was left out, counted."""

    metadata: Counter[str] = field(default_factory=Counter)
    alternatives: list[str] = field(default_factory=list)
    restricted: list[str] = field(default_factory=list)
    switched_off: list[str] = field(default_factory=list)
    small_talk: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    suggested: int = 0

    def notes(self) -> list[str]:
        """Return what was left out, a sentence each."""
        said = [
            (self.restricted, "left out, since only some may see {it}: {places}"),
            (self.switched_off, "left out, as {it} {is_} switched off: {places}"),
            (self.small_talk, "left out, being small talk: {places}"),
            (self.incomplete, "left out, without a question or an answer: {places}"),
        ]
        found = []
        for places, text in said:
            if places:
                one = len(places) == 1
                count = f"{len(places)} {'entry was' if one else 'entries were'} "
                listed = place_list(places)
                found.append(count + text.format(it="it" if one else "them", is_="is" if one else "are", places=listed) + ".")
        if self.alternatives:
            found.append(f"Of several answers the first was taken: {place_list(self.alternatives)}.")
        if self.suggested:
            found.append(f"{self.suggested} suggested phrasings that nobody had accepted were left out.")
        if self.metadata:
            listed = ", ".join(f"{name} ({count})" for name, count in self.metadata.most_common(8))
            more = f" and {len(self.metadata) - 8} more" if len(self.metadata) > 8 else ""
            found.append(f"There is no place for: {listed}{more}.")
        return found


@dataclass(slots=True)
class Records:
    """Reads records and collects their pairs."""

    tally: Tally = field(default_factory=Tally)
    pairs: list[Pair] = field(default_factory=list)
    language: str = ""
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
        if self.seen > MOST_VALUES or depth > DEEPEST:
            raise TooMuchError("values nest deeper than 60" if depth > DEEPEST else "there are more than two million values")
        if isinstance(value, Mapping):
            self._mapping(value, topic, path, depth)
        elif isinstance(value, list):
            if len(value) > 1 and all(isinstance(each, list) for each in value) and _are_turns(value):
                for number, turns in enumerate(value, 1):
                    self.turns(turns, topic, number)
                return
            shape = _shape(value, path)
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
        if (shape := _shape([value], path)) and self._pair(value, topic, *shape):
            for name, inner in value.items():
                if isinstance(inner, list) and name not in shape and _shape(inner, str(name)):
                    self.read(inner, topic, str(name), depth + 1)
            return
        strings = {name: inner for name, inner in value.items() if isinstance(inner, str) and isinstance(name, str)}
        asking = [name for name in strings if marks.asks(name)]
        if len(asking) > 1 and 2 * len(asking) >= len(value):
            for name in strings:
                self._put(name, strings[name], topic, value, ())
            return
        if self._numbered(strings, topic):
            return
        title = fields.titled([name for name in strings if len(strings[name]) < 120])
        group = one_line(strings[str(title)]) if title is not None and depth else ""
        for name, inner in value.items():
            if isinstance(inner, Mapping | list):
                named = str(name) if group == "" and _is_words(str(name)) and isinstance(inner, list) else ""
                self.read(inner, group or named or topic, str(name), depth + 1)

    def _numbered(self, strings: Mapping[str, str], topic: str) -> bool:
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
        for number in both:
            self._put(strings[asked[number]], strings[said[number]], topic, strings, ())
        return bool(both)

    def _pair(self, record: Mapping[Any, Any], topic: str, asked: object, said: object) -> bool:
        """Take the pair that a record is, and return whether it is one."""
        record = _flattened(record)
        if asked not in record or said not in record:
            return False
        questions, answer = _texts(record[asked], self), self._answer(record, said)
        if not questions and not answer:
            return False
        self._put(questions[0] if questions else "", answer, topic, record, (asked, said), tuple(questions[1:]))
        return True

    def _answer(self, record: Mapping[Any, Any], said: object) -> str:
        value = record[said]
        alternatives = fields.letters(said) in fields.LISTS_OF_ANSWERS
        alt = record.get("alt")
        if isinstance(alt, Mapping) and isinstance(alt.get("markdown"), str):
            return str(alt["markdown"])
        if isinstance(record.get("markdown"), str) and record["markdown"].strip() and said != "markdown":
            return str(record["markdown"])
        found = _texts(value, self)
        if alternatives and len(found) > 1:
            self.tally.alternatives.append(f"{self._place(record)[1]} has {len(found)}")
            return found[0]
        return "\n\n".join(found)

    def _put(
        self, question: str, answer: str, topic: str, record: Mapping[Any, Any], taken: tuple[object, ...],
        phrasings: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        line, place = self._place(record)
        about = self._about(record, taken) if taken else _About()
        words = marks.question(question)
        if about.is_off or about.is_restricted or not words or not answer.strip():
            which = self.tally.restricted if about.is_restricted else self.tally.switched_off if about.is_off else self.tally.incomplete
            which.append(f"{place}, {words[:60]!r}" if words else place)
            return
        if fields.letters(about.id) in _SMALL_TALK:
            self.tally.small_talk.append(about.id)
            return
        self.add(
            Pair(
                question=words, answer=answer, line=line, place=place, id=about.id, topic=about.topic or topic,
                source=about.source, following=about.following,
                phrasings=tuple(filter(None, map(marks.question, (*phrasings, *about.keywords)))),
            ),
            about.language,
        )  # fmt: skip

    def _place(self, record: Mapping[Any, Any]) -> tuple[int, str]:
        line = getattr(record, "line", 0)
        return (line, getattr(record, "place", f"line {line}")) if line else (0, f"entry {len(self.pairs) + 1}")

    def _about(self, record: Mapping[Any, Any], taken: tuple[object, ...]) -> _About:
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
                about.following = about.following or _prompts(value)
            elif bare == "suggestedquestions":
                self.tally.suggested += sum(len(part) for part in re.findall(r"autosuggested[^\d]{0,40}(\d+)", text.lower())) or (text != "[]")
            elif bare == "iscontextonly":
                continue
            elif bare.startswith("question") or (bare in ("q", "pattern") and isinstance(value, str)):
                about.keywords += _texts(value, self)
            elif role == "keywords":
                about.keywords += [part.strip() for part in re.split(r"[,;|\n]", text)] if text else _texts(value, self)
            elif role in ("topic", "source", "id", "language") and text and not getattr(about, role):
                setattr(about, role, text.removesuffix(".0") if role == "id" else text)
            elif role == "topic" and isinstance(value, list) and value and not about.topic:
                about.topic = one_line(str(value[0]))
            elif role == "on" and text:
                about.is_off |= text.casefold() in _NO
            elif role == "off" and text:
                about.is_off |= text.casefold() in _YES
            elif bare == "metadata" and (topic := _metadata(value)):
                about.topic = about.topic or topic[0]
                self.tally.metadata["metadata"] += topic[1]
            elif bare not in ("metadata", "alt") and not (isinstance(value, list) and _shape(value, "")):
                self.tally.metadata[str(name)[:40]] += 1
        return about

    def add(self, pair: Pair, language: str = "") -> None:
        """Take a pair."""
        if language:
            self.tally.languages[language] += 1
        self.pairs.append(pair)


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
        if known is None and len(answer.split()) >= SHARED_ANSWER and not pair.following:
            shared = f"answer {pair.topic} {answer}"
            name = shared if not pair.id or shared in found else name
            known = found.get(name) or next((one for one in ()), None)
        if known is not None and key(known.answer) == answer:
            found[name] = replace(known, phrasings=tuple(dict.fromkeys((*known.phrasings, pair.question, *pair.phrasings))))
        else:
            found[name if name and known is None else f"row {number}"] = pair
    return list(found.values())


def _shape(values: Sequence[object], path: str) -> tuple[object, object] | None:
    """Return the keys of question and answer of the records in a list; None where they are no pairs."""
    records = [_flattened(value) for value in values if isinstance(value, Mapping)]
    if not records or 2 * len(records) < len(values):
        return None
    names = list(Counter(name for record in records[:200] for name, value in record.items() if _is_text(value)))
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
    return (head, body) if asking * 2 >= len(titles) or (_FAQ.search(path) and len(records) > 1) else None


def _is_text(value: object) -> bool:
    if isinstance(value, str):
        return True
    if isinstance(value, list):
        return bool(value) and all(isinstance(each, str) for each in value) or _is_rich(value)
    return isinstance(value, Mapping) and any(isinstance(each, str) for each in value.values()) and _is_localised(value)


def _is_rich(value: Sequence[object]) -> bool:
    return bool(value) and all(isinstance(each, Mapping) and any(isinstance(each.get(n), str) for n in ("text", "answer", "content", "value")) for each in value) and not any(isinstance(each, Mapping) and fields.asked(each) is not None for each in value)


def _is_localised(value: Mapping[Any, Any]) -> bool:
    return all(_LANGUAGE.fullmatch(str(name)) or name in ("text", "html", "markdown", "rendered") for name in value)


def _texts(value: object, records: Records | None = None) -> list[str]:
    """Return the texts that a value is: one, a list of them, one for each language."""
    if isinstance(value, str | int | float):
        return [str(value)] if str(value).strip() else []
    if isinstance(value, list):
        return [text for each in value for text in _texts(each, records)]
    if isinstance(value, Mapping):
        for name in ("text", "answer", "content", "value", "html", "markdown", "rendered", "en", "en-US", "en_US", "en-GB"):
            if name in value:
                return _texts(value[name], records)
        if _is_localised(value) and value:
            return _texts(next(iter(value.values())), records)
    return []


def _flattened(record: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """Return a record with what some services nest one level deeper as its own."""
    inner = next((record[name] for name in record if fields.letters(name) in _NESTED and isinstance(record[name], Mapping)), None)
    if inner is None:
        return record
    flat = type(record)(record) if type(record) is dict else dict(record)
    found = Flat({**{name: value for name, value in flat.items() if value is not inner}, **{n: v for n, v in inner.items() if n not in flat}})
    found.line, found.place = getattr(record, "line", 0), getattr(record, "place", "")
    found.place = found.place or f"line {found.line}"
    return found


class Flat(dict[Any, Any]):
    """A record that knows where it stands."""

    line: int = 0
    place: str = ""


def _are_turns(value: Sequence[Any]) -> bool:
    return all(len(each) > 0 and all(isinstance(turn, str) for turn in each) for each in value)


def _is_words(name: str) -> bool:
    """Return whether a key is a title for people, and no name for programs."""
    return name[:1].isupper() or " " in name


def _prompts(value: object) -> tuple[str, ...]:
    """Return the ids that the prompts of an entry lead to."""
    if isinstance(value, str):
        if value.startswith("["):
            return tuple(re.findall(r"\"QnaId\"\s{0,3}:\s{0,3}\"?(\d{1,12})", value, re.I))
        return (value,) if value else ()
    if isinstance(value, Mapping):
        return _prompts(value.get("prompts") or value.get("Prompts") or [])
    if isinstance(value, list):
        ids = (each.get("qnaId", each.get("QnaId", "")) for each in value if isinstance(each, Mapping))
        return tuple(str(each).removesuffix(".0") for each in ids if each not in ("", None))
    return ()


def _metadata(value: object) -> tuple[str, int] | None:
    """Return the topic among metadata, or "", and how many others there are."""
    found: dict[str, str] = {}
    if isinstance(value, str):
        for part in re.split(r"[|\n]", value.strip("{}")):
            name, _, said = part.partition(":")
            found[name.strip(" \"'")] = said.strip(" \"'")
    elif isinstance(value, Mapping):
        found = {str(name): str(said) for name, said in value.items()}
    elif isinstance(value, list):
        found = {str(each.get("name", "")): str(each.get("value", "")) for each in value if isinstance(each, Mapping)}
    found = {name: said for name, said in found.items() if name and said}
    topic = next((said for name, said in found.items() if fields.role(name) == "topic"), "")
    return (topic, len(found) - bool(topic)) if found else None


def shown(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Yield the pairs with answers as Markdown, whether they were HTML or had headings in them."""
    for pair in pairs:
        yield replace(pair, answer=answers.markdown(pair.answer))
