"""The things that a verb of effect is about: the objects that follow it in a sentence, and their examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from faqbot.extraction.grammar.lexicon import classes, verb_forms
from faqbot.extraction.grammar.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    Word,
    joined,
)
from faqbot.text import word_set

# Verbs by what people hope for: a bad thing is got rid of, a good thing is had more of. Each is asked in its words.
LESS: Final = word_set("""
    alleviate banish calm clear combat control correct cure decrease diminish ease eliminate eradicate erase fade fight
    fix heal lessen lighten lower minimise minimize prevent reduce relieve remove shrink soften soothe stop treat unclog
""")
MORE: Final = word_set("""
    boost brighten enhance firm improve increase promote rejuvenate remodel renew repair restore revitalise
    revitalize smooth stimulate strengthen tighten whiten
""")
MOST_OBJECTS: Final = 6  # of one verb
_LIST_MARKS: Final = (("as", "well", "as"), ("and", "also"), ("and",), ("or",), ("and/or",))
_EXAMPLE_MARKS: Final = (("for", "instance"), ("for", "example"), ("such", "as"), ("including",), ("like",))
FARTHEST_EXAMPLE: Final = 10  # words after the object they are examples of
LONGEST_OBJECT: Final = 4  # words
# Nouns that only say what of a thing is meant.
_HEADS: Final = word_set("""
    production appearance quality texture look amount number level levels formation risk signs visibility size
""")
# Those that say more together with the thing than it says alone: "oil production".
_KEPT_HEADS: Final = frozenset(("production", "texture", "quality"))
_NO_OBJECTS: Final = word_set("need needs area areas way ways use time spread gloves result results number")
# Words that an object can do without.
_DROPPED: Final = word_set("""
    slight slightly various certain other new existing overall general many some any also even further
""")


def is_effect(word: str) -> bool:
    """Return whether a word, in lower case, can be a verb of effect."""
    return any(form.lemma in LESS | MORE for form in verb_forms(word))


def objects(part: Sequence[Word]) -> Iterator[str]:
    """Yield the things named in the list that opens `part` ("the wrinkles and the fine lines"), and in its examples."""
    items: list[list[Word]] = [[]]
    number = 0
    while number < len(part):
        word = part[number]
        if size := _mark_at(part, number, _LIST_MARKS):
            items.append([])
            number += size
            continue
        if _ends(part, number, bool(items[-1])):
            break
        if not items[-1] and len(items) > 1 and (skip := _mark_at(part, number, _EXAMPLE_MARKS)):
            number += skip  # "…, including eczema"
            continue
        if not items[-1] and len(items) > 1 and (is_effect(word.lower) or word.lower in ("even", "evens")):
            break  # "improve the skin, fade spots": the next verb has objects of its own
        items[-1].append(word)
        if word.after:
            items.append([])
            if "," not in word.after:
                break
        number += 1
    owner = _owner(part[number:])
    things = [text for item in items if (text := thing(item))]
    yield from [f"{owner} {text}" if owner and text in _HEADS else text for text in things][:MOST_OBJECTS]
    yield from _examples(part[number:])


def _owner(part: Sequence[Word]) -> str:
    """Return whose quality or texture it is: "skin" of "… for the skin"."""
    if len(part) < 3 or part[0].lower not in ("of", "for", "in") or part[1].lower not in DETERMINERS:
        return ""
    return part[2].lower if part[2].lower.isalpha() and "n" in classes(part[2].lower) else ""


def _examples(part: Sequence[Word]) -> Iterator[str]:
    """Yield the things that examples name: "… such as pimples and blackheads"."""
    for number in range(min(len(part), FARTHEST_EXAMPLE)):
        if is_effect(part[number].lower):
            return  # they are the next verb's
        if number and part[number - 1].lower in ("look", "looks", "feel", "feels", "seem", "seems"):
            continue  # "look like" gives no examples
        if size := _mark_at(part, number, _EXAMPLE_MARKS):
            yield from objects(part[number + size :])
            return


def _mark_at(part: Sequence[Word], number: int, marks: Iterable[tuple[str, ...]]) -> int:
    """Return how many words the mark at a place has, or 0."""
    return next((len(mark) for mark in marks if tuple(w.lower for w in part[number : number + len(mark)]) == mark), 0)


def _ends(part: Sequence[Word], number: int, held: bool) -> bool:
    """Return whether the word at a place belongs to no object any more."""
    word = part[number]
    if word.lower in AUXILIARIES or any(word.lower == mark[0] for mark in _EXAMPLE_MARKS if len(mark) > 1):
        return True
    if held and word.lower in RELATIVES | SUBORDINATORS | PREPOSITIONS - {"of"}:
        return True
    if word.lower in CONJUNCTIONS | PREPOSITIONS - {"of"} or word.lower in PRONOUNS - DETERMINERS:
        return True
    following = part[number + 1].lower if number + 1 < len(part) else ""
    acts = any(form.form in ("third", "base", "past") for form in verb_forms(word.lower))
    return held and acts and (following in DETERMINERS | PRONOUNS or classes(word.lower)[0] == "r")


def thing(held: Sequence[Word]) -> str:
    """Return the words of one object without determiners; "" where they are none or too many."""
    part = [word for word in held if word.lower not in DETERMINERS | _DROPPED and not word.lower.endswith("'s")]
    part = [word for word in _without_of(part) if word.lower not in PREPOSITIONS]
    if not 1 <= len(part) <= LONGEST_OBJECT or not any(word.lower.isalpha() for word in part):
        return ""
    if len(part) == 1 and _says_little(part[0].lower):
        return ""
    text = joined(part)
    return text if any(word.text[1:2].isupper() for word in part) else text.replace(",", "").lower()


def _without_of(part: list[Word]) -> list[Word]:
    """Return an object without "of": "the production of oil" is "oil production", "the look of scars" is "scars"."""
    lower = [word.lower for word in part]
    if "of" not in lower:
        return part
    at = lower.index("of")
    owned = part[at + 1 :]
    if not at or lower[at - 1] not in _HEADS or not owned:
        return part[:at]
    return [*owned, part[at - 1]] if lower[at - 1] in _KEPT_HEADS else owned


def _says_little(word: str) -> bool:
    """Return whether a word is no object by itself: "it", "well", "clear", "signs"."""
    return word in PRONOUNS | _NO_OBJECTS or classes(word)[0] in "ra" or word in _HEADS - {"texture", "quality"}
