"""What a question and a wording have to agree on, however alike they are otherwise.

A network reads "room 101" and "room 102" as nearly the same, and words alone read "from A to B" as "from B to A". So
what one asks and the other contradicts is looked for by rule: numbers and bounds with what they count, names, things of
a kind (weekdays, countries, meals), a noun in the place of another, opposites, who can and who cannot, and directions.
A rule finds a conflict only where both texts speak of the same thing; a wording that does not mention it contradicts
nothing. Of 9,168 ways to ask for an entry of 191 small FAQs, 40 were found to be in conflict with it; of 240 near
copies with one thing changed, 7 were answered, 104 by numbers, signs, opposites, negations and directions alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from operator import eq
from typing import Final

from rapidfuzz.distance import OSA

from faqbot.english.wordlists import is_english, is_noun
from faqbot.search.facts import BOUNDS, NO_PLACE, NOT_ABOUT, Facts, facts
from faqbot.search.kinds import listed, may_stand_for
from faqbot.text import stem, word_set

SHORTEST_STRANGE: Final = 4  # letters of a word that may be a name nobody has listed: "pls" is none
TOLD: Final = 6  # words that a question has and a wording lacks: more, and it tells of other things as well
CHANGED: Final = 2  # words of a near copy that its original lacks
DENIED_WITHIN: Final = 6  # words from the first: "not" behind them belongs to something else
SHORTEST_COPY: Final = 2  # words that a near copy is about, the changed one among them
SAME_START: Final = 4  # letters that forms of one word share
SLIPS: Final = 2  # letters that a misspelt word has wrong
SHORTEST_NEGATED: Final = 4  # letters; "it" and "unit" are no opposites

_MODALS: Final = word_set(
    "can cannot could may should must might allowed able permitted eligible suitable avoid forbidden prohibited banned"
)
_ASKS_WHICH: Final = {
    "who": "who", "whom": "who", "what": "what", "which": "what", "where": "where", "when": "when"
}  # fmt: skip
_SAYS_I: Final = word_set("i we my our is are do does why how will would")  # a sentence, and no keywords
_ENDING: Final = frozenset(map(stem, ("stop", "quit", "cancel", "end")))
_SIDES: Final = {1: "over", -1: "under"}
_EXCEPTING: Final = word_set("outside except other beyond besides another")
_CONVERSE: Final = word_set("buy buying purchase sell selling borrow borrowing lend lending give receive teach learn")
_PERSONS: Final = word_set("i we me us you")
_BEFORE_A_NOUN: Final = word_set(
    "after before during with without"
)  # opposites only where they say it of the same thing
_ASKS_WHETHER: Final = word_set("is are was were do does did can cannot could may should will would has have")
_DENYING: Final = frozenset({"not", "never"})
_SHUT_OUT: Final = word_set("banned forbidden prohibited excluded disallowed")
_TIME: Final = word_set("when time times hours hour late early until opening")
_DETERMINERS: Final = word_set("a an the my your our their his her its this that any some")
_DOERS: Final = word_set("to i we you they he she can may will do does not")  # before a verb
_BE: Final = word_set("is are was were be been being get gets")


@dataclass(frozen=True, slots=True)
class Conflict:
    """What a question asks, and what a wording says in its place.

    Attributes:
        kind: "number", "name", "thing", "opposite", "negation", "direction" or "language".
        asked: as the question has it.
        held: as the wording has it.
    """

    kind: str
    asked: str
    held: str


def conflicts(
    question: str,
    wording: str,
    also: Iterable[str] = (),
    are_same: Callable[[str, str], bool] = eq,
    *,
    answer: str = "",
) -> tuple[Conflict, ...]:
    """Return what a wording contradicts a question in.

    Args:
        question: as it was asked.
        wording: of the entry, the one most like the question.
        also: its other wordings, and its answer: what one of them says as the question does is no conflict.
        answer: of the entry; "Yes" and "No" answer what is asked, and not its opposite.
        are_same: whether two words mean the same, in a knowledge base that says so.
    """
    asked, held = facts(question), facts(wording)
    found = dict[str, Conflict]()
    for check in _CHECKS:
        conflict = check(asked, held)
        if conflict and not are_same(conflict.asked, conflict.held):
            found.setdefault(conflict.asked, conflict)
    if not found and (denial := _denial(asked, held, answer)):
        found[denial.asked] = denial
    if not found:
        return ()
    others = [facts(text) for text in also]
    return tuple(conflict for conflict in found.values() if not any(_settles(conflict, asked, each) for each in others))


def _settles(conflict: Conflict, asked: Facts, other: Facts) -> bool:
    """Return whether another text of the entry says what the question does."""
    match conflict.kind:
        case "number":
            return _says_number(conflict.asked, asked, other)
        case "thing":
            mine = [(kind, named.keys()) for kind, named in asked.things.items() if conflict.asked in named.values()]
            return conflict.asked in other.words or any(
                other.things.get(kind, {}).keys() & named for kind, named in mine
            )
        case "name":
            marked = {(name, mark) for name, mark in asked.marked if mark or len(name) == 1}
            return conflict.asked in other.words if conflict.asked in asked.words else marked <= other.marked
        case "opposite":
            return conflict.asked in other.words or any(
                word == conflict.asked and pair in other.sides and other.sides[pair][1] == side
                for pair, (word, side) in asked.sides.items()
            )
    return False


def _says_number(number: str, asked: Facts, other: Facts) -> bool:
    if " " in number:  # a bound
        return not asked.bounds.isdisjoint(other.bounds)
    if len(number) == 1 and number.isalpha():  # a letter alone may be any word's
        return any(value in other.numbers for value in asked.numbers if value[1] == number)
    return number in {value for _, value in other.numbers} | set(other.stems)


def _number(asked: Facts, held: Facts) -> Conflict | None:
    """Compare numbers that count the same."""
    for side, number in sorted(asked.bounds):
        theirs = {value: other for other, value in held.bounds if other == side or value == number}
        if theirs and (side, number) not in held.bounds:
            return Conflict("number", f"{_SIDES[side]} {number}", _told(theirs))
    if held.bounds:
        return None
    values = {number for _, number in held.numbers}
    for counted, number in asked.numbers:
        if any(_same_number(number, value) for value in values):
            continue
        wrong = next((value for what, value in held.numbers if not what or not counted or what == counted), None)
        if wrong is not None and not any(_same_number(wrong, mine) for _, mine in asked.numbers):
            return Conflict("number", number, wrong)
    return None


def _told(bounds: Mapping[str, int]) -> str:
    number, side = min(bounds.items())
    return f"{_SIDES[side]} {number}"


def _same_number(one: str, other: str) -> bool:
    """Return whether two numbers are the same, or one version is the other's: 3 and 3.0, 2 and 2.1."""
    short, long = sorted((one, other), key=len)
    return long == short or long.startswith(f"{short}.")


def _name(asked: Facts, held: Facts) -> Conflict | None:
    """Compare names that differ in the sign at their end only."""
    for name, mark in sorted(asked.marked):
        signs = {sign for other, sign in held.marked if other == name}
        if signs and mark not in signs:
            return Conflict("name", name + mark, name + min(signs))
    mine = {name + mark for name, mark in asked.marked if mark}
    theirs = {name + mark for name, mark in held.marked if mark}
    return Conflict("name", min(mine), min(theirs)) if mine and theirs and not mine & theirs else None


def _person(asked: Facts, held: Facts) -> Conflict | None:
    """Compare names of people behind their titles, and names that stand for each other in near copies."""
    mine, theirs = asked.titled.difference(held.words), held.titled.difference(asked.words)
    if mine and theirs and len(mine) == len(asked.titled):
        return Conflict("name", min(mine), min(theirs))
    left, missing = _left_over(asked, held), _left_over(held, asked)
    names = held.proper.intersection(missing)
    if not names or not asked.telling.keys() & held.telling.keys():
        return None
    strange = [word for word in left if word in asked.proper or (len(left) == 1 and _is_strange(word))]
    if strange and not asked.proper.intersection(held.words):
        return Conflict("name", strange[0], min(names))
    return None


def _is_strange(word: str) -> bool:
    return len(word) >= SHORTEST_STRANGE and word.isalpha() and not is_english(word)


def _left_over(one: Facts, other: Facts) -> list[str]:
    """Return the words that a text is about and that another one lacks, in their order."""
    return [word for root, word in one.telling.items() if root not in other.stems]


def _thing(asked: Facts, held: Facts) -> Conflict | None:
    """Compare things of one kind: none of those that the question names is one that the wording names."""
    for kind in asked.things.keys() & held.things.keys():
        mine, theirs = asked.things[kind], held.things[kind]
        if mine.keys() & theirs.keys():
            continue
        if not _EXCEPTING.isdisjoint(held.words) or len(_left_over(asked, held)) > TOLD:
            continue
        if kind not in listed().in_place or _in_place(asked, held, mine.values(), theirs.values()):
            return Conflict("thing", min(mine.values()), min(theirs.values()))
    return None


def _swapped(asked: Facts, held: Facts) -> Conflict | None:
    """Compare near copies: both are about the same but for one noun, which is not written for the other."""
    mine, theirs = asked.telling, held.telling
    if len(mine) != len(theirs) or len(mine) < SHORTEST_COPY:
        return None
    apart = [(mine[a], theirs[b]) for a, b in zip(mine, theirs, strict=True) if a != b]
    if len(apart) != 1:
        return None
    said, missing = apart[0]
    if said in held.words or missing in asked.words or not (is_noun(said) and is_noun(missing)):
        return None
    if (
        said[:SAME_START] == missing[:SAME_START]
        or OSA.distance(said, missing) <= SLIPS
        or may_stand_for(said, missing)
    ):
        return None
    return Conflict("thing", said, missing)


def _in_place(asked: Facts, held: Facts, mine: Iterable[str], theirs: Iterable[str]) -> bool:
    """Return whether the texts are alike but for a few words, and these are among them."""
    left, missing = _left_over(asked, held), _left_over(held, asked)
    if max(len(left), len(missing)) > CHANGED or len(left) == len(asked.telling):
        return False
    return any(set(word.split()) & set(left) for word in mine) and any(
        set(word.split()) & set(missing) for word in theirs
    )


def _opposite(asked: Facts, held: Facts) -> Conflict | None:
    """Compare opposites; what is negated or to be ended on one side only is turned round."""
    negated = asked.negated != held.negated
    bounded = frozenset() if asked.bounds.isdisjoint(_turned(held)) else BOUNDS.keys()  # a matter of numbers then
    for pair in asked.sides.keys() & held.sides.keys():
        (mine, side), (theirs, other) = asked.sides[pair], held.sides[pair]
        ended = _ended(asked, mine) != _ended(held, theirs)
        if mine in bounded or (mine in _CONVERSE and _first_person(asked) != _first_person(held)):
            continue
        if "open" in (stem(mine), stem(theirs)) and not _TIME.isdisjoint((*asked.words, *held.words)):
            continue  # who asks for the hours may name either end
        if mine in _BEFORE_A_NOUN and _following(asked, mine) != _following(held, theirs):
            continue
        is_state = _is_state(asked, mine) and not _is_state(held, theirs)  # "it is locked" asks how to unlock it
        if (side != other and not negated and not ended and not is_state) or (side == other and ended):
            return Conflict("opposite", mine, theirs)
    return None if negated else _prefixed(asked, held)


def _prefixed(asked: Facts, held: Facts) -> Conflict | None:
    """Compare words of which one denies the other by its first letters: "unsafe" and "safe"."""
    together = {*map("".join, pairwise(asked.words)), *map("".join, pairwise(held.words))}
    for one, other, is_asked in ((asked, held, False), (held, asked, True)):
        for short in one.words:
            for long in (f"un{short}", f"non{short}"):
                if len(short) < SHORTEST_NEGATED or long not in other.words or long in together:
                    continue
                if short not in other.words and long not in one.words:
                    return Conflict("opposite", *((long, short) if is_asked else (short, long)))
    return None


def _first_person(text: Facts) -> bool:
    """Return whether who asks does it: what I buy of you is what you sell."""
    return next((word in ("i", "we", "me", "us") for word in text.words if word in _PERSONS), False)


def _turned(text: Facts) -> frozenset[tuple[int, str]]:
    return frozenset((-side, number) for side, number in text.bounds)


def _is_state(text: Facts, word: str) -> bool:
    """Return whether a word tells how something is: "is it locked?", "is the gate open?"."""
    if word.endswith("ed"):
        return True
    place = text.words.index(word) if word in text.words else 0
    return word == "open" and not _BE.isdisjoint(text.words[:place]) and text.words[place - 1] not in _DOERS


def _ended(text: Facts, word: str) -> bool:
    """Return whether a text asks to end what a word of it says: "stop following"."""
    if word in _BEFORE_A_NOUN:
        return False
    place = next((n for n, one in enumerate(text.words) if word.startswith(one)), 0)
    return not _ENDING.isdisjoint(text.stems[max(0, place - 2) : place])


def _following(text: Facts, word: str) -> str:
    """Return the stem of the first word behind another that tells something."""
    behind = zip(text.words, text.stems, strict=True)
    return next(
        (root for one, root in list(behind)[text.words.index(word) :] if one not in NOT_ABOUT and one != word), ""
    )


def _negation(asked: Facts, held: Facts) -> Conflict | None:
    """Compare who can with who cannot, and what is wanted with what is not."""
    if (unwanted := asked.unwanted.intersection(held.stems)) and (asked.ends or not held.ends):
        return Conflict("negation", f"not {min(unwanted)}", min(unwanted))
    if asked.negated == held.negated or _MODALS.isdisjoint(asked.words) or _MODALS.isdisjoint(held.words):
        return None
    which, held_which = _which(asked), _which(held)
    if not held_which or which not in (held_which, None) or (which is None and not _SAYS_I.isdisjoint(asked.words)):
        return None
    return Conflict("negation", *(("not", "without it") if asked.negated else ("without it", "not")))


def _denial(asked: Facts, held: Facts, answer: str) -> Conflict | None:
    """Compare questions that "Yes" or "No" answers: is one asked whether it is, the other whether it is not?"""
    if not answer.lower().startswith(("yes", "no,", "no.", "no ", "no:")):
        return None
    if not (_ASKS_WHETHER.intersection(asked.words[:1]) and _ASKS_WHETHER.intersection(held.words[:1])):
        return None
    if _is_denied(asked) != _is_denied(held):
        return Conflict("negation", *(("not", "without it") if _is_denied(asked) else ("without it", "not")))
    for pair in asked.sides.keys() & held.sides.keys():
        (mine, side), (theirs, other) = asked.sides[pair], held.sides[pair]
        if side != other and mine not in _BEFORE_A_NOUN:
            return Conflict("opposite", mine, theirs)
    return None


def _is_denied(text: Facts) -> bool:
    """Return whether a question asks if something is not so; "isn't it so?" asks if it is."""
    denying = _DENYING.intersection(text.words[2:DENIED_WITHIN])
    return bool(denying) != (not _SHUT_OUT.isdisjoint(text.words))


def _which(text: Facts) -> str | None:
    return next((_ASKS_WHICH[word] for word in text.words[:2] if word in _ASKS_WHICH), None)


def _direction(asked: Facts, held: Facts) -> Conflict | None:
    """Compare from where to where, and who does it to whom."""
    there, back = asked.targets & held.sources, asked.sources & held.targets
    along = (asked.targets & held.targets) | (asked.sources & held.sources)
    one_way = (there and held.has_from) or (back and asked.has_from)
    if not along and ((there and back) or (one_way and _also_shared(asked, held, there | back))):
        return Conflict("direction", _arrow(asked), _arrow(held))
    for verb in dict.fromkeys(asked.stems):
        if verb not in held.stems or not verb.isalpha():
            continue
        before, after = _around(asked, verb)
        ahead, behind = _around(held, verb)
        if before & behind and after & ahead and not before & ahead and not after & behind:
            return Conflict("direction", f"{min(before)} {verb} {min(after)}", f"{min(ahead)} {verb} {min(behind)}")
    return None


_CHECKS: Final = (_number, _name, _opposite, _thing, _person, _swapped, _negation, _direction)


def _also_shared(asked: Facts, held: Facts, but: frozenset[str]) -> bool:
    telling = {root for word, root in zip(asked.words, asked.stems, strict=True) if word not in NOT_ABOUT}
    return bool(telling.intersection(held.stems) - but)


def _arrow(text: Facts) -> str:
    return f"{' '.join(sorted(text.sources)) or '…'} to {' '.join(sorted(text.targets)) or '…'}"


def _around(text: Facts, verb: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the stems that act and those that are acted on, by the place of a verb."""
    place = text.stems.index(verb)
    if text.words[place] in NOT_ABOUT or (place and text.words[place - 1] in _DETERMINERS):
        return frozenset(), frozenset()
    if not NO_PLACE.isdisjoint(text.words):
        return frozenset(), frozenset()
    about = [s if w not in NOT_ABOUT else "" for w, s in zip(text.words, text.stems, strict=True)]
    before, after = frozenset(about[:place]) - {""}, frozenset(about[place + 1 :]) - {""}
    if text.words[place].endswith("ed") and not _BE.isdisjoint(text.words[:place]):
        before, after = after, before
    return before - after, after - before
