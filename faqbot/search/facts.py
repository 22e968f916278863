"""Extract what another text may contradict: numbers, marked names, opposites, negations and directions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from faqbot.english import wordlists
from faqbot.search import kinds
from faqbot.text import FUNCTION_WORDS, QUESTION_WORDS, normalise, stem, tokens, word_set

LONGEST: Final = 2000  # characters of a text that are read: an answer's first paragraphs
REMEMBERED: Final = 4096  # texts: the same entries are compared with most questions
SHORTEST_NAME: Final = 3  # letters
APART: Final = 3  # words that may stand between the parts of "turn … off"
BOUND_BEFORE: Final = 4  # words from a bound to its number: "over the age of 12"
BOUND_BEHIND: Final = 3  # and from a number to its bound: "12 years or older"
LONGEST_PLACE: Final = 3  # words after "from" or "to"

NOT_ABOUT: Final = FUNCTION_WORDS | QUESTION_WORDS | word_set("not use back")
# Where a place or a person ends that something goes to.
NO_PLACE: Final = word_set("at in on by for with when and or if after before during because so then")
_HOURS: Final = {
    unit: hours
    for units, hours in (
        ("minute minutes min mins", 1 / 60), ("hour hours hr hrs", 1.0), ("day days", 24.0), ("week weeks", 168.0),
        ("month months", 720.0), ("year years yr yrs", 8760.0),
    )
    for unit in units.split()
}  # fmt: skip
_YEARS: Final = word_set("yr yrs year years")
_NUMERALS: Final = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
    "ten": "10", "eleven": "11", "twelve": "12", "fifteen": "15", "sixteen": "16", "eighteen": "18", "twenty": "20",
    "thirty": "30", "fifty": "50",
}  # fmt: skip
BOUNDS: Final = {
    word: side
    for side, words in (
        (1, "over above more older greater longer higher least min minimum from after exceeding beyond upwards"),
        (-1, "under below less fewer younger smaller shorter lower most max maximum until till before within up"),
    )
    for word in words.split()
}  # fmt: skip
_SAME_COUNT: Final = {
    "v": "version", "ver": "version", "release": "version", "aged": "age", "ages": "age", "$": "dollar",
    "dollars": "dollar", "usd": "dollar", "€": "euro", "euros": "euro", "eur": "euro", "£": "pound", "pounds": "pound",
    "%": "percent", "am": "clock", "pm": "clock", "hrs": "hours",
}  # fmt: skip
_NUMBER: Final = re.compile(
    r"(?P<sign>[$€£])?\s?(?P<letters>(?<![^\W_])[^\W\d_]{1,40})?-?(?<![\d.])(?P<number>\d{1,40}(?:[.:,]\d{1,40}){0,4})"
    r"(?P<after>[^\W\d_]{1,40}|%)?"
)
_LEADING: Final = re.compile(r"\d{1,40}(?:\.\d{1,40}){0,4}")
_MARKED: Final = re.compile(r"(?<!\w)(?P<name>[a-z]{1,2})(?P<mark>\+\+|\+|#|\*|-(?=[\s?.!,]|$)|(?!\w|['.-]))")
_WORDS_OF_A_LETTER: Final = word_set("a i s t u")
_NEGATIONS: Final = word_set("not never cannot no avoid forbidden prohibited banned unable unsuitable ineligible")
_CLAUSE: Final = re.compile(r"\b(?:if|because|when|while|although|unless)\b")
_UNWANTED: Final = re.compile(
    r"\b(?:(?:do|does|did|would) not|never|no longer) (?:really )?(?:want|wish|intend|plan|like to)\b|\brather not\b"
)
_ENDINGS: Final = word_set("cancel stop end quit terminate unsubscribe disable deactivate remove delete")
_SHORT_TITLES: Final = word_set("dr mr mrs ms prof")
_TITLES: Final = word_set("doctor professor nurse miss coach captain judge pastor rabbi")
_INNER: Final = re.compile(r"(?<=[\w,;] )[^\W\d_]{2,40}")  # a word that does not begin a sentence
_ARRIVING: Final = {"into": "to", "onto": "to", "towards": "to"}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text says that another may contradict.

    Attributes:
        words: in their order.
        stems: of the words.
        numbers: each with what it counts, "" where that is not told: ("version", "2.1").
        bounds: numbers that are a bound, with 1 where what is meant is above it and -1 where below: "under 12".
        marked: names of one or two letters, each with the sign that it ends in, if any: ("c", "++").
        sides: which side of each pair of opposites is there, by the number of the pair: its word, and 0 or 1.
        negated: whether the number of negations is odd.
        unwanted: stems of what the asker does not want.
        ends: whether it asks how to end something.
        sources: stems of where it goes from.
        targets: stems of where it goes to.
        has_from: whether it says "from".
        things: of the kinds that are listed; see `kinds.things`.
        proper: other words that are names, by a list or since they have a capital letter within a sentence.
        titled: the words behind a title: "Dr. Smith".
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    bounds: frozenset[tuple[int, str]]
    marked: frozenset[tuple[str, str]]
    sides: Mapping[int, tuple[str, int]]
    negated: bool
    unwanted: frozenset[str]
    ends: bool
    sources: frozenset[str]
    targets: frozenset[str]
    has_from: bool
    things: Mapping[int, Mapping[int, str]]
    proper: frozenset[str]
    titled: frozenset[str]

    @property
    def telling(self) -> Mapping[str, str]:
        """The words that it is about, by their stems."""
        return {root: word for word, root in zip(self.words, self.stems, strict=True) if word not in NOT_ABOUT}


def _unwanted(text: str) -> frozenset[str]:
    """Return the stems of the first words that are said not to be wanted."""
    if not (found := _UNWANTED.search(text)):
        return frozenset()
    about = [stem(word) for word in text[found.end() :].split() if word not in NOT_ABOUT]
    return frozenset(about[:1])


@lru_cache(maxsize=REMEMBERED)
def facts(text: str) -> Facts:
    """Return what a text says that another may contradict; of a long text, of its first LONGEST characters."""
    plain = normalise(text[:LONGEST])
    words = tokens(plain)
    stems = tuple(map(stem, words))
    sources, targets = _way(words, stems)
    things = kinds.things(words)
    main = tokens(_CLAUSE.split(plain, maxsplit=1)[0]) or words
    return Facts(
        words=words,
        stems=stems,
        numbers=_numbers(plain, words),
        bounds=_bounds(words),
        marked=frozenset(
            (found["name"], found["mark"])
            for found in _MARKED.finditer(plain)
            if found["mark"] or (len(found["name"]) == 1 and found["name"] not in _WORDS_OF_A_LETTER)
        ),
        sides=_sides(words, stems),
        negated=sum(word in _NEGATIONS for word in main) % 2 == 1,
        unwanted=_unwanted(" ".join(words)),
        ends=not _ENDINGS.isdisjoint(words),
        sources=sources,
        targets=targets,
        has_from="from" in words,
        things=things,
        proper=_proper(text[:LONGEST], words).difference(
            word for named in things.values() for name in named.values() for word in name.split()
        ),
        titled=frozenset(name for title, name in pairwise(words) if _is_titled(title, name)),
    )


def _proper(text: str, words: tuple[str, ...]) -> frozenset[str]:
    """Return the words that are names."""
    found = {word for word in words if len(word) >= SHORTEST_NAME and wordlists.is_name(word)}
    inner = _INNER.findall(text)
    capital = [word for word in inner if not word[0].islower()]
    if 2 * len(capital) <= len(inner):  # else it is a title, with a capital letter in every word
        found.update(word for each in capital for word in tokens(each) if word not in NOT_ABOUT)
    return frozenset(found)


def _is_titled(title: str, name: str) -> bool:
    if name in NOT_ABOUT or not name.isalpha():
        return False
    return title in _SHORT_TITLES or (title in _TITLES and (wordlists.is_name(name) or not wordlists.is_english(name)))


def _numbers(plain: str, words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the numbers of a text and what each counts."""
    spelt = " ".join(_NUMERALS.get(word, word) for word in plain.replace("-year", " year").split())
    found = []
    for match in _NUMBER.finditer(spelt):
        number = match["number"]
        if ":" not in number:
            number = number.replace(",", "")
        following = tokens(spelt[match.end() : match.end() + 40])[:2]
        preceding = tokens(spelt[max(0, match.start() - 40) : match.start()])[-1:]
        found.append(_counted(match, number, preceding, following))
    for place, word in enumerate(words[1:], 1):  # "vitamin D", "hepatitis A"
        is_name = word not in _WORDS_OF_A_LETTER or (word == "a" and place == len(words) - 1)
        if len(word) == 1 and word.isalpha() and is_name and (before := words[place - 1]) not in NOT_ABOUT:
            found.append((stem(before), word))
    return tuple(found)


def _bounds(words: tuple[str, ...]) -> frozenset[tuple[int, str]]:
    """Return the numbers of a text that are a bound, and on which side of it."""
    found = set()
    for place, word in enumerate(words):
        if number := _LEADING.match(_NUMERALS.get(word, word)):
            behind = words[place + 1 : place + 1 + BOUND_BEHIND]
            before = tuple(reversed(words[max(0, place - BOUND_BEFORE) : place]))
            is_goal = before[:1] == ("to",) and before[:2] != ("to", "up")
            if is_goal or (before[:1] == ("from",) and "to" in behind):  # from one to another
                continue
            side = (_side(behind) if {"or", "and"}.intersection(behind) else 0) or _side(before)
            if side:
                found.add((side, number[0]))
    return frozenset(found)


def _side(words: tuple[str, ...]) -> int:
    """Return on which side of its number the first of these words is that bounds it; 0 where none does."""
    place = next((place for place, word in enumerate(words) if word in BOUNDS), None)
    if place is None or any(word[0].isdigit() for word in words[:place]):
        return 0
    is_denied = words[place + 1 : place + 2] in (("no",), ("not",))  # the words before a number stand in reverse
    return -BOUNDS[words[place]] if is_denied else BOUNDS[words[place]]


def _counted(
    match: re.Match[str], number: str, preceding: tuple[str, ...], following: tuple[str, ...]
) -> tuple[str, str]:
    """Return what a number counts, and the number; a time span in hours, whatever its unit."""
    unit = match["after"] or (following[0] if following else "")
    if match["sign"]:
        counted = _SAME_COUNT[match["sign"]]
    elif ":" in number or unit in ("am", "pm"):
        counted, number = "clock", number.removesuffix(":00") + (unit if unit in ("am", "pm") else "")
    elif unit == "yo" or (unit in _YEARS and "old" in following):
        counted = "age"
    elif unit in _HOURS and number.count(".") <= 1:
        counted, number = "time", f"{float(number) * _HOURS[unit]:g}"
    elif match["letters"]:
        counted = _SAME_COUNT.get(match["letters"], stem(match["letters"]))
    elif unit in _SAME_COUNT:
        counted = _SAME_COUNT[unit]
    else:
        word = next((word for word in (*preceding, unit) if word and word not in NOT_ABOUT), "")
        counted = _SAME_COUNT.get(word, stem(word))
    return counted, number


def _way(words: tuple[str, ...], stems: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems of where a text goes from, and of where it goes to."""
    sources, targets = set[str](), set[str]()
    into: set[str] | None = None
    last = ""
    for word, root in zip(words, stems, strict=True):
        if word == "from":
            into = sources
        elif _ARRIVING.get(word, word) == "to":
            if into is None and last:
                sources.add(last)
            into = targets
        elif into is not None and (word in NO_PLACE or len(into) == LONGEST_PLACE):
            into = set()
        elif word not in NOT_ABOUT:
            last = root
            if into is not None:
                into.add(root)
    return frozenset(sources - targets), frozenset(targets - sources)


@cache
def _pairs() -> tuple[Mapping[str, tuple[tuple[int, int], ...]], tuple[tuple[str, str, int, int], ...]]:
    """Read the list of opposites: single words by stem, and those of two parts."""
    single: dict[str, list[tuple[int, int]]] = {}
    double = []
    for number, line in enumerate(wordlists.text("opposites.txt").splitlines()):
        for side, words in enumerate(line.split("/")):
            for word in words.split():
                first, dash, second = word.partition("-")
                if dash:
                    double.append((first, second, number, side))
                single.setdefault(stem(first + second), []).append((number, side))
    return {word: tuple(places) for word, places in single.items()}, tuple(double)


def _sides(words: tuple[str, ...], stems: tuple[str, ...]) -> Mapping[int, tuple[str, int]]:
    """Return which side of each pair of opposites a text has; a pair of which it has both is left out.

    What a thing already is gives way to what is done to it: "unlock a locked door" unlocks.
    """
    single, double = _pairs()
    deeds: dict[int, dict[int, str]] = {}
    states: dict[int, dict[int, str]] = {}
    for place, (word, root) in enumerate(zip(words, stems, strict=True)):
        found = states if _qualifies(words, place) else deeds
        for pair, side in single.get(root, ()):
            if word not in ("on", "off"):
                found.setdefault(pair, {}).setdefault(side, word)
    for first, second, pair, side in double:
        for place, root in enumerate(stems):
            if root == first and second in words[place + 1 : place + 2 + APART]:
                deeds.setdefault(pair, {}).setdefault(side, f"{first} {second}")
    return {
        pair: (word, side)
        for pair, sides in (states | deeds).items()
        if len(sides) == 1
        for side, word in sides.items()
    }


def _qualifies(words: tuple[str, ...], place: int) -> bool:
    """Return whether a word is a participle before what it tells of: "a locked door"."""
    return words[place].endswith("ed") and not NOT_ABOUT.issuperset(words[place + 1 : place + 2])
