"""Look up of what kind a word is: weekdays, countries, meals, means of payment; see english/kinds.txt.

Beside it, english/alike.txt has words that are written for each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from faqbot.english import wordlists

SHORTEST_PLURAL: Final = 4  # letters: "gas" is not many "ga"


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds of things that are never the same.

    Attributes:
        single: by the singular of a word, each kind's number and the thing's number in it.
        double: the same by two words that stand beside each other.
        in_place: numbers of the kinds that count only where one thing stands in the other's place.
    """

    single: Mapping[str, frozenset[tuple[int, int]]]
    double: Mapping[tuple[str, str], frozenset[tuple[int, int]]]
    in_place: frozenset[int]


@cache
def listed() -> Kinds:
    """Read the list of kinds."""
    single: dict[str, set[tuple[int, int]]] = {}
    double: dict[tuple[str, str], set[tuple[int, int]]] = {}
    in_place = set()
    lines = [line for line in wordlists.text("kinds.txt").splitlines() if line and not line.startswith(("#", " "))]
    for kind, line in enumerate(lines):
        if line.startswith("?"):
            in_place.add(kind)
        for thing, names in enumerate(line.lstrip("?").split()):
            for name in names.split("="):
                first, dash, second = name.partition("-")
                single.setdefault(_key(first + second), set()).add((kind, thing))
                if dash:
                    double.setdefault((_key(first), _key(second)), set()).add((kind, thing))
    return Kinds(
        {word: frozenset(places) for word, places in single.items()},
        {words: frozenset(places) for words, places in double.items()},
        frozenset(in_place),
    )


def things(words: Sequence[str]) -> Mapping[int, Mapping[int, str]]:
    """Return the things among words, by the numbers of their kinds and their own, each with the word that names it."""
    known, found = listed(), dict[int, dict[int, str]]()
    keys = [_key(word) for word in words]
    place = 0
    while place < len(words):
        pair = tuple(keys[place : place + 2])
        places, length = known.double.get((pair[0], pair[-1])) if len(pair) == 2 else None, 2
        if places is None:
            places, length = known.single.get(keys[place], frozenset()), 1
        for kind, thing in places:
            found.setdefault(kind, {}).setdefault(thing, " ".join(words[place : place + length]))
        place += length
    return found


def may_stand_for(one: str, other: str) -> bool:
    """Return whether people write one word where others write the other: "kids" and "children"."""
    general, groups = _alike()
    keys = _key(one), _key(other)
    return not general.isdisjoint(keys) or not groups.get(keys[0], frozenset()).isdisjoint(groups.get(keys[1], ()))


@cache
def _alike() -> tuple[frozenset[str], Mapping[str, frozenset[int]]]:
    """Read the words that may stand for anything, and the groups that each of the others is in."""
    general, *lines = (line for line in wordlists.text("alike.txt").splitlines() if not line.startswith("#"))
    groups: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for word in line.split():
            groups.setdefault(_key(word), set()).add(number)
    return frozenset(map(_key, general.split())), {word: frozenset(found) for word, found in groups.items()}


IRREGULAR: Final = {
    "children": "child",
    "men": "man",
    "women": "woman",
    "feet": "foot",
    "teeth": "tooth",
    "mice": "mouse",
}


def _key(word: str) -> str:
    """Return the singular of a word: a stem is too short here, since "boxing" is no box."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]
