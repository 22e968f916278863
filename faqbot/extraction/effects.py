"""What a procedure does to what: the effects that sentences speak of, and how people ask for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from faqbot.extraction.grammar.lexicon import classes, verb_forms
from faqbot.extraction.grammar.words import AUXILIARIES, CONJUNCTIONS, DETERMINERS, PEOPLE, PREPOSITIONS, Word, words
from faqbot.extraction.objects import LESS, MORE, is_effect, objects, thing
from faqbot.text import word_set

# Verbs of two words, with the word that makes them one.
PAIRED: Final = {("break", "up"): "less", ("get", "rid"): "less"}
_EVENED: Final = word_set("tone complexion texture colour color pigmentation surface")
_EVEN: Final = ("evening", "even", "evens")
FARTHEST_EVENED: Final = 4  # words after "even"
_BECOME: Final = ("become", "get", "look", "appear")
# Whose looks change, and not a thing of theirs.
_BEARERS: Final = word_set("you one people patients someone anybody everyone clients")
_NEGATIONS: Final = word_set("not never cannot without no n't don't doesn't can't won't")
FARTHEST_NEGATION: Final = 4  # words before the verb
# How people ask for the same; {name} and {object} stand for themselves. The first of each is the entry's question.
ASKED: Final = {
    "less": (
        "Does {name} {verb} {object}?", "Does {name} help with {object}?", "Can {name} get rid of {object}?",
        "Is {name} good for {object}?", "I have {object}",
    ),
    "more": (
        "Does {name} {verb} {object}?", "Is {name} good for {object}?", "What does {name} do for {object}?",
        "What happens to {object}?",
    ),
    "looks": (
        "Does {name} make you look {object}?", "Will I look {object} after {name}?",
        "Is {name} good for looking {object}?",
    ),
    "change": (
        "Does {name} {verb} {object}?", "What happens to {thing}?", "Do {thing} get {object}?",
        "What does {name} do for {thing}?",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect on one thing: "reduce" the "fine lines".

    Attributes:
        verb: its base form.
        kind: of the ways to ask for it, a key of ASKED.
        object: without determiners; what it becomes, where the kind is "looks" or "change".
        denied: whether the sentence says that it does not happen.
    """

    verb: str
    kind: str
    object: str
    denied: bool = False

    def forms(self, name: str) -> tuple[str, ...]:
        """Return the ways to ask for it."""
        known = {"name": name, "verb": self.verb, "object": self.object, "thing": self.thing}
        return tuple(form.format_map(known) for form in ASKED[self.kind])

    @property
    def thing(self) -> str:
        """Return what it is an effect on."""
        return self.verb.removeprefix("make ") if self.kind == "change" else self.object


_BEFORE_BASE: Final = word_set("""
    to can may will could might should would does do help helps and also not it they you we which that treatments
    sessions
""")
_BEFORE_PAST: Final = frozenset(("it", "they", "which", "that", "has", "have", "had"))


def effects(sentence: str) -> list[Effect]:
    """Return the effects that a sentence of an article about a procedure speaks of, in its order."""
    read = words(sentence)
    found: list[Effect] = []
    if [word.lower for word in read[:2]] in (["do", "not"], ["do", "n't"]):
        return []  # an order is no effect
    for number, word in enumerate(read):
        verb, kind, after = _effect_verb(read, number)
        if not verb or (word.lower.endswith("ed") and (not number or read[number - 1].lower in DETERMINERS)):
            continue  # "treated hairs", "the reduced swelling"
        if kind == "more" and any(word.lower in ("risk", "risks", "chance") for word in read[after : after + 3]):
            continue
        denied = _is_denied(read, number)
        found += [Effect(verb, kind, named, denied) for named in objects(read[after:])]
    found += _changes(read)
    seen: dict[str, Effect] = {}
    for effect in found:
        seen.setdefault(f"{effect.thing} {effect.object}".lower(), effect)
    return list(seen.values())


def _changes(read: Sequence[Word]) -> Iterator[Effect]:
    """Yield what becomes smaller, brighter or the like: "pores become smaller"."""
    for number in range(1, len(read) - 1):
        adjective, before = read[number + 1].lower, read[number - 1].lower
        at = number - 1 if before in AUXILIARIES and number > 1 else number
        before = read[at - 1].lower
        if not _is_comparative(adjective) or not any(form.lemma in _BECOME for form in verb_forms(read[number].lower)):
            continue
        if before in _BEARERS:
            yield Effect("look", "looks", adjective)
        elif before.isalpha():
            start = max(0, at - 2)
            described = classes(read[start].lower)[0] == "a"
            named = thing(read[start if described else at - 1 : at])
            if named:
                yield Effect(f"make {named}", "change", adjective)


def _is_comparative(word: str) -> bool:
    return word.endswith("er") and "a" in classes(_positive(word))


def _positive(adjective: str) -> str:
    """Return the adjective of a comparative: smaller, small; larger, large; drier, dry; thinner, thin."""
    stem = adjective.removesuffix("er")
    for base in (stem, f"{stem}e", f"{stem[:-1]}y", stem[:-1]):
        if "a" in classes(base):
            return base
    return adjective


def _is_denied(read: Sequence[Word], number: int) -> bool:
    return any(word.lower in _NEGATIONS for word in read[max(0, number - FARTHEST_NEGATION) : number])


def _effect_verb(read: Sequence[Word], number: int) -> tuple[str, str, int]:
    """Return the effect verb at a place, its kind, and where its object begins; "" where there is none."""
    word = read[number]
    before = read[number - 1].lower if number else ""
    following = read[number + 1].lower if number + 1 < len(read) else ""
    names_it = word.lower.endswith("ing") and any(form.form == "third" for form in verb_forms(following))
    if word.after or names_it:  # "whitening removes stains"
        return "", "", 0
    if word.lower in _EVEN and any(w.lower in _EVENED for w in read[number + 1 : number + 1 + FARTHEST_EVENED]):
        return "even out", "more", number + 1 + (following == "out")
    for reading in verb_forms(word.lower):
        if _is_no_finite(reading.form, before):
            continue
        if kind := PAIRED.get((reading.lemma, following)):
            of = following == "rid"
            return f"{reading.lemma} {following}{' of' if of else ''}", kind, number + (3 if of else 2)
        kind = "less" if reading.lemma in LESS else "more" if reading.lemma in MORE else ""
        if kind and _governs(reading.form, before):
            return reading.lemma, kind, number + (3 if _is_coordinated(read, number) else 1)
    return "", "", 0


def _is_no_finite(form: str, before: str) -> bool:
    """Return whether a form of a verb tells of no effect where it stands: a participle, an order, a passive."""
    passive = form == "past" and before in AUXILIARIES | {"be", "been"}
    return form == "participle" or (form == "base" and not before) or passive


def _is_coordinated(read: Sequence[Word], number: int) -> bool:
    """Return whether another verb of effect shares the object of the one at a place: "soothe and heal the skin"."""
    return number + 3 < len(read) and read[number + 1].lower in CONJUNCTIONS and is_effect(read[number + 2].lower)


def _governs(form: str, before: str) -> bool:
    """Return whether a form of a verb can have an object where it stands, and is no adjective or noun there."""
    if before in PEOPLE:
        return False  # what the nurse removes is a step, and no effect
    if form == "base":
        return before in _BEFORE_BASE or (before.endswith("s") and not before.endswith(("ss", "us", "is")))
    if form == "past":
        return before in _BEFORE_PAST
    if form == "ing":
        return not before or before in PREPOSITIONS | CONJUNCTIONS | {"the", "of", "while", "also", "thereby", "not"}
    return before not in DETERMINERS - {"this", "that", "it"} and not before.endswith("'s")
