"""Find the signs of `english/signs.txt`, and those of a knowledge base, in the words of a message.

A sign is a sequence of words, alternatives and gaps, matched on stems; a word that is no English is read as the sign's
word that it is one slip away from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Final

from rapidfuzz.distance import OSA

from faqbot.english import wordlists
from faqbot.english.wordlists import is_english
from faqbot.text import stem, tokens, word_set

GAP: Final = 4  # words that a "~" may stand for: "broke off in my skin"
SHORTEST_SLIP: Final = 4  # letters of a word that may be misspelt by one: "blod", "infectd"
# They may stand within a sign: "I can't even breathe properly", "the battery is on fire".
LIGHT: Final = word_set("""
    a an the my his her its our their this that is are was were am be been being has have had got get getting to very so
    really quite just even still all both completely totally fully properly also now actually literally it like seem
    of some
    """)
_GAP: Final = frozenset({"~"})
_END: Final = frozenset({"$"})
_START: Final = frozenset({"^"})
MANY: Final = "<many>"  # how a large number reads: "I took 20 paracetamol"
YEAR: Final = "<year>"  # how a year reads: "I fainted in 2015"
CENTURIES: Final = ("19", "20")
EXACT: Final = "="  # before a word whose other endings do not count
MOST_USUAL: Final = "5"  # pills that people take at a time


class Level(StrEnum):
    """How much a sign weighs; see `english/signs.txt`."""

    EMERGENCY = "emergency"
    SERIOUS = "serious"
    MINOR = "minor"
    SELF_HARM = "selfharm"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Sign:
    """A phrase of a section: its parts are the stems that may stand at each place, a gap being "~"."""

    kind: str
    level: Level
    parts: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A sign where it stands: the places of its own words, in order."""

    sign: Sign
    places: tuple[int, ...]

    @property
    def start(self) -> int:
        """The place of its first word."""
        return self.places[0]

    @property
    def end(self) -> int:
        """The place behind its last word."""
        return self.places[-1] + 1


class Signs:
    """Signs, ready to be found.

    Args:
        signs: in any order.
    """

    def __init__(self, signs: Iterable[Sign]) -> None:
        by_key: dict[str, list[Sign]] = defaultdict(list)
        known: set[str] = set()
        for sign in signs:
            known.update(*sign.parts)
            for key in _key(sign.parts):
                by_key[key].append(sign)
        self._by_key = {key: tuple(group) for key, group in by_key.items()}
        self._turns = {
            key: tuple(
                tuple(part for part in sign.parts if part not in _ANCHORS.values())
                for sign in group
                if sign.level is not Level.FIGURE
            )
            for key, group in by_key.items()
            if any(sign.level is not Level.FIGURE for sign in group)
        }
        self._known = frozenset(known)
        self._read: dict[str, tuple[str, ...]] = {}

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self._by_key)

    @cached_property
    def _slips(self) -> dict[str, tuple[str, ...]]:
        """The known stems by what each is with one letter less, and as it is (a symmetric-delete index)."""
        slips: dict[str, set[str]] = defaultdict(set)
        for known in self._known:
            if len(known) >= SHORTEST_SLIP:
                for short in _shortened(known):
                    slips[short].add(known)
        return {short: tuple(sorted(group)) for short, group in slips.items()}

    def read(self, word: str) -> tuple[str, ...]:
        """Return the stems that a word may be: its own, and where it is no English word those one slip away."""
        found = self._read.get(word)
        if found is None:
            found = self._stems(word)
            if len(self._read) < REMEMBERED:
                self._read[word] = found
        return found

    def _stems(self, word: str) -> tuple[str, ...]:
        own = stem(word)
        if word.isdecimal():
            is_year = len(word) == 4 and word[:2] in CENTURIES
            return (own, YEAR) if is_year else (own, MANY) if len(word) > 1 or word > MOST_USUAL else (own,)
        exact = EXACT + word
        if exact in self._known:
            return (own, exact)
        if own in self._known or len(word) < SHORTEST_SLIP or is_english(word):
            return (own,)
        near = {slip for form in {own, word} for short in _shortened(form) for slip in self._slips.get(short, ())}
        meant = sorted(
            slip for slip in near if slip[0] == word[0] and min(OSA.distance(own, slip), OSA.distance(word, slip)) <= 1
        )
        return (own, *meant)

    def may_hold(self, words: Iterable[str]) -> bool:
        """Return whether the words of some sign are among these, in any order: most harmless messages end here."""
        stems = [own for word in words for own in self.read(word)]
        turned_on = [key for key in stems if key in self._turns]
        return bool(turned_on) and any(
            all(not part.isdisjoint(stems) for part in parts) for key in turned_on for parts in self._turns[key]
        )

    def find(self, words: Sequence[str]) -> Iterator[Hit]:
        """Yield the signs among the words of a clause, figures of speech as well."""
        stems = [self.read(word) for word in words]
        candidates = {id(sign): sign for own in stems for each in own for sign in self._by_key.get(each, ())}
        for sign in candidates.values():
            yield from (Hit(sign, places) for places in _found(sign.parts, words, stems))


REMEMBERED: Final = 50_000  # words whose reading is kept


def among(words: Sequence[str], own: Signs) -> list[Hit]:
    """Return the signs, usual ones and a knowledge base's own, among the words of a clause.

    One is left out where half of its words are a figure of speech: "killing me", but not "the pain is killing me".
    """
    hits = [*own.find(words), *usual().find(words)]
    figures = [hit for hit in hits if hit.sign.level is Level.FIGURE]
    return [
        hit
        for hit in hits
        if hit.sign.level is not Level.FIGURE and not any(_covers(figure, hit) for figure in figures)
    ]


@cache
def spoken() -> Signs:
    """Return the phrases that tell how a sign is spoken of, by their sections."""
    return Signs(parsed(wordlists.text("frames.txt")))


def sections(words: Sequence[str]) -> dict[str, list[Hit]]:
    """Return the phrases of `english/frames.txt` among words, by their sections."""
    found: dict[str, list[Hit]] = {}
    for hit in spoken().find(words):
        found.setdefault(hit.sign.kind, []).append(hit)
    return found


@cache
def usual() -> Signs:
    """Return the signs that ship with the package."""
    return Signs(parsed(wordlists.text("signs.txt")))


def parsed(text: str) -> Iterator[Sign]:
    """Yield the signs of a text in the format of `english/signs.txt`.

    Raises:
        ValueError: a level or group that there is not.
    """
    groups: dict[str, frozenset[str]] = {}
    kind, level = "", Level.SERIOUS
    for line in (each.split("#")[0].strip() for each in text.splitlines()):
        if line.startswith("["):
            kind, _, named = line.strip("[]").partition(" ")
            level = Level(named) if named else Level.SERIOUS
        elif " = " in line:
            name, _, words = line.partition("=")
            groups[name.strip()] = frozenset(map(stem, words.split()))
        elif line:
            yield Sign(kind, level, tuple(_part(word, groups) for word in line.split()))


def own(phrases: Iterable[str]) -> Iterator[Sign]:
    """Yield the signs of a knowledge base, from its `urgent:` words and phrases."""
    for phrase in phrases:
        words = [part for word in tokens(phrase) for part in (("can", "not") if word == "cannot" else (word,))]
        if words:
            yield Sign("own", Level.SERIOUS, tuple(frozenset({stem(word)}) for word in words))


_ANCHORS: Final = {"~": _GAP, "^": _START, "$": _END}


def _part(word: str, groups: dict[str, frozenset[str]]) -> frozenset[str]:
    if word in _ANCHORS:
        return _ANCHORS[word]
    stems: set[str] = set()
    for each in word.split("/"):
        if each.startswith("@") and each not in groups:
            raise ValueError(f"there is no group {each}")
        stems |= groups[each] if each.startswith("@") else {each if each.startswith(EXACT) else stem(each)}
    return frozenset(stems)


def _key(parts: tuple[frozenset[str], ...]) -> frozenset[str]:
    """Return the part of a sign that says most: its words are looked up, and the rest is compared only there."""
    telling = [part for part in parts if part not in _ANCHORS.values()]
    return min(telling, key=lambda part: (bool(part & _COMMON), len(part)))


_COMMON: Final = frozenset(map(stem, word_set("""
    not can i it me my his her to in of on no so too all off up out down go gone going went get need want take took
    taken have had hard feel look be is need see about keep at will you for from with life doctor now face skin eye lip
    hand mouth needle what a an and after like stop stopped them see someone much done any left scar remove
    never think feeling was part bad point wish help someone would better sense reason give run head
    """)))  # fmt: skip


def _shortened(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _covers(figure: Hit, hit: Hit) -> bool:
    return 2 * len(set(figure.places).intersection(hit.places)) >= len(hit.places)


def _found(
    parts: tuple[frozenset[str], ...], words: Sequence[str], stems: Sequence[tuple[str, ...]]
) -> Iterator[tuple[int, ...]]:
    is_first = parts[0] is _START
    parts = parts[is_first:]
    for start in range(min(1, len(words)) if is_first else len(words)):
        if not parts[0].isdisjoint(stems[start]):
            places = _rest(parts, 1, words, stems, start + 1)
            if places is not None:
                yield (start, *places)


def _rest(
    parts: tuple[frozenset[str], ...], at: int, words: Sequence[str], stems: Sequence[tuple[str, ...]], place: int
) -> tuple[int, ...] | None:
    """Return where the parts from `at` on stand, from `place` on; None where they do not."""
    if at == len(parts):
        return ()
    if parts[at] is _GAP:
        tried = range(place, min(place + GAP + 1, len(words)))
        return next((found for one in tried if (found := _rest(parts, at + 1, words, stems, one)) is not None), None)
    if place == len(words):
        return () if parts[at] is _END else None
    if not parts[at].isdisjoint(stems[place]):
        found = _rest(parts, at + 1, words, stems, place + 1)
        if found is not None:
            return (place, *found)
    return _rest(parts, at, words, stems, place + 1) if words[place] in LIGHT else None
