"""What a procedure does to what: the things behind verbs of effect in a sentence, and how people ask for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from faqbot.extraction.grammar.lexicon import classes, is_comparative, verb_forms
from faqbot.extraction.grammar.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PEOPLE,
    PREPOSITIONS,
    PRONOUNS,
    Word,
    joined,
    words,
)
from faqbot.text import word_set

# Verbs by what people hope for: a bad thing is got rid of, a good thing is had more of. Each is asked in its words.
LESS: Final = word_set("""
    alleviate banish break calm clear combat control correct cure decrease diminish ease eliminate eradicate erase fade
    fight fix heal lessen lighten lower minimise minimize prevent reduce relieve remove rid shrink soften soothe stop
    treat unclog
""")
MORE: Final = word_set("""
    boost brighten enhance even firm improve increase promote rejuvenate remodel renew repair restore revitalise
    revitalize smooth stimulate strengthen tighten whiten
""")
_SAID: Final = {"break": "break up", "rid": "get rid of", "even": "even out"}  # of more than one word
FARTHEST: Final = 16  # words after the verb
MOST_THINGS: Final = 6  # of one verb
_ENDS: Final = word_set("""
    because if when while although unless until before since but who where that which after in on at with from during by
    over within about
""")
# Words that stand between things, or before one.
_SMALL: Final = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | PRONOUNS
_LINKS: Final = _SMALL | word_set("""
    as well also and/or such instance example including various certain other new existing overall slight even further
""")
LONGEST_THING: Final = 4  # words
_BEFORE_BASE: Final = word_set("""
    to can may will could might should would does do help helps and or also not it they you we which that
""")
_BECOME: Final = word_set("become becomes get gets look looks appear appears")
# Nouns that only say what of a thing is meant, and those that are no thing by themselves.
_EMPTY: Final = word_set("""
    appearance look amount number level levels formation risk signs visibility size need needs area areas way ways use
    time spread gloves result results quality production chance step procedure procedures treatment treatments session
    sessions system role benefit benefits problem problems response person people instance
""")
# How people ask for the same; {name} and {thing} stand for themselves. The first of each is the entry's question.
ASKED: Final = {
    "less": (
        "Does {name} {verb} {thing}?", "Does {name} help with {thing}?", "Can {name} get rid of {thing}?",
        "Is {name} good for {thing}?", "I have {thing}",
    ),
    "more": (
        "Does {name} {verb} {thing}?", "Is {name} good for {thing}?", "What does {name} do for {thing}?",
        "What happens to {thing}?",
    ),
    "looks": ("Does {name} make you look {thing}?", "Will I look {thing} after {name}?"),
    "change": ("Does {name} make {verb} {thing}?", "Do {verb} get {thing}?", "What happens to {verb}?"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect on one thing: "reduce" the "fine lines".

    Attributes:
        verb: its base form; what changes, where the kind is "change".
        kind: of the ways to ask for it, a key of ASKED.
        thing: without determiners; what it becomes, where the kind is "looks" or "change".
    """

    verb: str
    kind: str
    thing: str

    def forms(self, name: str) -> tuple[str, ...]:
        """Return the ways to ask for it."""
        return tuple(form.format(name=name, verb=self.verb, thing=self.thing) for form in ASKED[self.kind])


def effects(sentence: str) -> list[Effect]:
    """Return the effects that a sentence of an article about a procedure speaks of, in its order."""
    read = words(sentence)
    found: dict[str, Effect] = {}
    for number, word in enumerate(read):
        lemma = _verb(read, number)
        kind = "less" if lemma in LESS else "more"
        for thing in _things(read[number + 1 : number + 1 + FARTHEST]) if lemma else ():
            found.setdefault(thing, Effect(_SAID.get(lemma, lemma), kind, thing))
        if word.lower in _BECOME and number and number + 1 < len(read) and is_comparative(read[number + 1].lower):
            who, new = read[number - 1].lower, read[number + 1].lower
            if who in PEOPLE | {"you", "one", "clients"}:
                found.setdefault(new, Effect("look", "looks", new))
            elif who.endswith("s"):
                found.setdefault(new, Effect(who, "change", new))
    return list(found.values())


def _verb(read: Sequence[Word], number: int) -> str:
    """Return the verb of effect at a place, or "": no participle, no order, nothing that people do."""
    word, before = read[number], read[number - 1].lower if number else ""
    forms = {form.form: form.lemma for form in verb_forms(word.lower) if form.lemma in LESS | MORE}
    if word.lower == "rid":
        return "rid"
    acts = next((form for form in ("third", "ing", "base") if form in forms), "")
    barred = PEOPLE | DETERMINERS - {"this", "that", "the"}
    if word.after or not acts or before in barred or (acts == "base" and not before):
        return ""
    plural = before.endswith("s") and not before.endswith(("ss", "us", "is"))
    if (before == "the" and acts != "ing") or (acts == "base" and not plural and before not in _BEFORE_BASE):
        return ""  # "smooth skin"
    following = read[number + 1].lower if number + 1 < len(read) else ""
    named = acts == "ing" and any(form.form == "third" for form in verb_forms(following))  # "whitening removes stains"
    return "" if named else forms[acts]


def _things(part: Sequence[Word]) -> Iterator[str]:
    """Yield the things that a verb is about: what stands between small words, up to the next clause or such verb."""
    end = next((n for n, word in enumerate(part) if word.lower in _ENDS | AUXILIARIES or _verb(part, n)), len(part))
    runs: list[list[Word]] = [[]]
    for word in part[:end]:
        if word.lower in _LINKS or (word.lower.endswith("ly") and classes(word.lower)[0] == "r"):
            runs.append([])
            continue
        runs[-1].append(word)
        if word.after:
            runs.append([])
    things = [
        run
        for run in runs
        if run and run[-1].lower not in _EMPTY and not run[0].text[0].isdigit() and len(run) <= LONGEST_THING
    ]
    for run in things[:MOST_THINGS]:
        plain = all(word.text[1:].islower() or not word.text[1:] for word in run)
        yield joined(run).replace(",", "").lower() if plain else joined(run).replace(",", "")
