"""English words by class: which can be verbs, adjectives and adverbs, and the forms of verbs."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final, NamedTuple

from faqbot.english import wordlists

VOWELS: Final = frozenset("aeiou")
BE: Final = {"am": "third", "is": "third", "are": "base", "was": "past", "were": "past", "been": "participle"}
_ES: Final = ("s", "x", "z", "ch", "sh", "o")  # after these, the third person ends in -es
# Counted as nouns or adjectives, and yet verbs in "it costs", "the film lasts".
ACTING: Final = frozenset(("cost", "last", "heal", "benefit", "heat", "question", "result", "test"))
SHORTEST: Final = 3  # letters of a stem before a suffix


class Form(NamedTuple):
    """A reading of a word as a verb: its base form, and which form it is: base, third, past, participle or ing."""

    lemma: str
    form: str


@cache
def _classes() -> tuple[dict[str, str], dict[str, tuple[str, str]], dict[str, list[Form]]]:
    """Read the list: classes of a word, most common first; irregular pasts and participles; and those backwards."""
    classes: dict[str, str] = {}
    irregular: dict[str, tuple[str, str]] = {}
    backwards: dict[str, list[Form]] = {}
    for line in wordlists.text("classes.txt").splitlines():
        lemma, letters, *forms = line.split()
        classes[lemma] = letters
        if forms:
            past, participle = forms
            irregular[lemma] = past, participle
            backwards.setdefault(past, []).append(Form(lemma, "past"))
            backwards.setdefault(participle, []).append(Form(lemma, "participle"))
    return classes, irregular, backwards


def classes(word: str) -> str:
    """Return the classes of a word in its base form, most common first: v(erb), a(djective), r (adverb), n(oun).

    The counts are of WordNet 3.0's tagged text. What the list does not hold is taken for a noun; words in -ly are
    adverbs.
    """
    return _classes()[0].get(word) or ("r" if word.endswith("ly") else "n")


def is_verb(lemma: str) -> bool:
    """Return whether a base form is more often a verb than anything else, or is one where a subject stands before."""
    return classes(lemma)[0] == "v" or lemma in ACTING


@lru_cache(maxsize=65536)
def verb_forms(word: str) -> tuple[Form, ...]:
    """Return the readings of a word, in lower case, as a form of a verb; () for one that is none."""
    listed, _, backwards = _classes()
    if word in BE:
        return (Form("be", BE[word]),)
    found = [Form(word, "base")] if "v" in listed.get(word, "") else []
    found += backwards.get(word, [])
    for suffix, form in (("ing", "ing"), ("ed", "past"), ("es", "third"), ("s", "third")):
        if word.endswith(suffix) and len(word) >= len(suffix) + SHORTEST - 1:
            stem = word.removesuffix(suffix)
            bases = _bases(stem, suffix)
            found += [Form(base, form) for base in bases if "v" in listed.get(base, "")][:1]
            if any(reading.form == form for reading in found):
                break
    if any(reading.form == "past" and reading.lemma not in _classes()[1] for reading in found):
        found += [Form(reading.lemma, "participle") for reading in found if reading.form == "past"]
    return tuple(dict.fromkeys(found))


def _bases(stem: str, suffix: str) -> list[str]:
    """Return what a stem may have been before its suffix: tak(ing) take, stopp(ed) stop, carri(ed) carry."""
    if suffix == "s":
        return [stem] if not stem.endswith("s") else []
    bases = [f"{stem}e", stem] if suffix in ("ing", "ed") and not stem.endswith("e") else [stem]
    if stem.endswith("i") and suffix in ("ed", "es"):
        bases = [f"{stem[:-1]}y", f"{stem}e"]
    elif suffix in ("ing", "ed") and len(stem) > SHORTEST and stem[-1] == stem[-2]:
        bases = [stem[:-1], stem]
    elif suffix == "es":
        bases = [stem] if stem.endswith(_ES) else []
    return bases


def gerund(lemma: str) -> str:
    """Return the gerund of a verb: change, changing; cut, cutting."""
    if lemma.endswith("ie"):
        return f"{lemma[:-2]}ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")):
        return f"{lemma[:-1]}ing"
    short = len(lemma) <= 4 and lemma[-1] not in "aeiouwxy" and lemma[-2:-1] in VOWELS and lemma[-3:-2] not in VOWELS
    return f"{lemma}{lemma[-1] if short else ''}ing"


def is_comparative(word: str) -> bool:
    """Return whether a word is the comparative of an adjective: smaller, larger, drier, thinner."""
    stem = word.removesuffix("er")
    return word != stem and any("a" in classes(base) for base in (stem, f"{stem}e", f"{stem[:-1]}y", stem[:-1]))
