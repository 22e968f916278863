"""Tell well-formed questions from others: inversion, verb forms, and what may not stand at the ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from faqbot.extraction.grammar.lexicon import ACTING, classes, is_verb, verb_forms
from faqbot.extraction.grammar.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    SUBORDINATORS,
    words,
)
from faqbot.text import word_set

WORDS: Final = range(3, 17)  # of a question
_SURFACE: Final = re.compile(r'[A-Z][^;:"\u201c\u201d()?]*[^\s?]\?')
_AUXILIARY: Final = r"(?:is|are|was|were|am|has|have|had|do|does|did|can|could|will|would|may|might|must|should|shall)"
# How a question opens: the words that ask, those of them that may be the subject, and the auxiliary behind them.
_ASKS: Final = re.compile(
    r"(?:(what|who)|whom|when|where|why|how(?: (?:much|many|[a-z]+))?(?: [a-z-]+)??"
    rf"|((?:which|whose|what) (?:[a-z]+ of (?:[a-z-]+ ){{0,2}})?[a-z-]+)) ({_AUXILIARY})\b"
)
_ACTS: Final = re.compile(r"(?:what|who|((?:which|whose|how many) [a-z-]+)) ([a-z]+)")  # "What causes …?"
_WRONG_PAIR: Final = re.compile(
    r"\b(?:i (?:are|is|has)|(?:you|we|they) (?:am|is|has)|am (?!i\b)\w+|(?:is|are|does|has) i|(?:a|an|the) (?:a|an|the)"
    r"|(\w+) \1|to (?:to|a$))\b"
)
_DANGLING: Final = word_set("this these those that he she they them him")
_CLOSING: Final = word_set("for with of from in about like on")  # prepositions that a question may end in
_PLURALS: Final = word_set("people children men women teeth feet i you we they police")
_BE: Final = word_set("is are was were am")


def is_well_formed(question: str) -> bool:
    """Return whether a text is an English question that somebody would write; in doubt, it is.

    Of the 229 in tests/data/wellformed.txt, it finds the good ones with the precision and recall that
    tests/test_wellformed.py holds it to.
    """
    said = [word.lower for word in words(question)]
    plain = " ".join(said)
    if (
        not _SURFACE.fullmatch(question)
        or " ".join(question.split()) != question
        or " - " in question
        or len(said) not in WORDS
    ):
        return False
    if _WRONG_PAIR.search(plain) or not _DANGLING.isdisjoint(said) or not _may_end(said) or _breaks(question):
        return False
    if plain.startswith(("what if ", "what about ")):
        return True
    if said[0] in PREPOSITIONS and said[1] in ("what", "which", "whom"):
        plain = plain.partition(" ")[2]
    if said[0] in AUXILIARIES | {"am"}:
        return _is_clause(said[0], said[1:], asks_subject=False)
    if match := _ASKS.match(plain):
        return _is_clause(match[3], plain[match.end() :].split(), asks_subject=bool(match[1] or match[2]))
    acts = _ACTS.match(plain)
    return bool(acts) and _acts(acts[2], plural=bool(acts[1]) and _is_plural(acts[1].split()[-1])) if acts else False


def _may_end(said: Sequence[str]) -> bool:
    """Return whether a question may end in its last word: "used for", but not "the", "if" or "cost of"."""
    last, before = said[-1], said[-2]
    if last in DETERMINERS - {"all", "both", "any", "each"} | CONJUNCTIONS | AUXILIARIES | {"not"}:
        return False
    if last == "to":
        return verb_forms(before)[:1] == ((before, "base"),)
    if last in SUBORDINATORS - {"before", "after", "since", "once"}:
        return False
    if last in PREPOSITIONS - {"before", "after", "inside", "outside", "near", "past", "over", "up", "off", "out"}:
        forms = verb_forms(before)
        return last in _CLOSING and bool(forms) and is_verb(forms[0].lemma) and said[-3] not in DETERMINERS
    done = before in ("the", "a", "an") and any(form.form == "participle" for form in verb_forms(last))
    return not done


def _breaks(question: str) -> bool:
    """Return whether a heading or a second phrase ran into a question: "EKG An EKG", "the with risks"."""
    read = words(question)
    for first, second in pairwise(read):
        article = second.text in ("A", "An") and first.lower not in DETERMINERS | PREPOSITIONS | AUXILIARIES
        if article and classes(first.lower)[0] == "n" and not verb_forms(first.lower) and first.lower not in _PLURALS:
            return first.lower not in ("there", "what", "how", "many", "such", "i", "it")
        if first.lower in ("the", "a", "an") and second.lower in PREPOSITIONS | AUXILIARIES:
            return True
    title = re.search(r"\b(?:an?|the) [A-Z][a-z]+ [A-Z][a-z]+ [A-Z][\w'\u2019]+ [a-z]+\?", question)
    return bool(title)


def _is_clause(auxiliary: str, rest: Sequence[str], *, asks_subject: bool) -> bool:
    """Return whether what follows an auxiliary is a subject and a verb in the form that the auxiliary takes."""
    rest = [word for word in rest if word != "not"]
    placed = asks_subject and rest[:1] and rest[0] in PREPOSITIONS - {"of"}  # "Who is at risk?"
    if auxiliary in _BE and (placed or rest[1:2] == ["to"]):
        return True
    if not rest or rest[0] in AUXILIARIES | PREPOSITIONS | {"to"} or rest[1:2] == ["to"]:
        return False
    end = next((n for n, word in enumerate(rest) if n and word in SUBORDINATORS - PREPOSITIONS | {"and"}), len(rest))
    head, tail = rest[:end], rest[end:]
    later = head if asks_subject else head[1:]
    if any(word in AUXILIARIES - {"have", "do"} for word in later) or " do i " in f" {' '.join(later)} ":
        return False
    if auxiliary in _BE:
        return rest[0] != "i" or auxiliary in ("am", "was")
    if auxiliary in ("has", "have", "had"):
        done = any(form.form == "participle" for word in head[1:] for form in verb_forms(word))
        return done and "be" not in head
    return _has_verb(auxiliary, head, is_led=bool(tail), first=0 if asks_subject else 1)


def _has_verb(auxiliary: str, head: Sequence[str], *, is_led: bool, first: int) -> bool:
    """Return whether the base form of a verb stands where "do" or "can" needs one, after a subject that agrees."""
    place = next((n for n in range(first, len(head)) if _is_base(head, n)), None)
    left = head[-1].endswith("ed") and not {"be", "have"} & set(head)
    if place is None or (left and place < len(head) - 1):
        return bool(place) and is_led
    if any(word in ("i", "you", "we") for word in head[1:place]):
        return False
    return auxiliary not in ("do", "does") or not place or (auxiliary == "do") == _is_plural(_head(head[:place]))


def _is_base(said: Sequence[str], number: int) -> bool:
    """Return whether the word at a place is the base form of the verb of its clause, and no noun."""
    word, before = said[number], said[number - 1] if number else ""
    if word in ("be", "have", "do"):
        return True
    if not any(form.form == "base" for form in verb_forms(word)) or before in DETERMINERS | PREPOSITIONS:
        return False
    forms = verb_forms(before)
    owned = number > 1 and (said[number - 2] in DETERMINERS or classes(said[number - 2])[0] == "a")
    acted = not owned and any(form.form != "base" and is_verb(form.lemma) for form in forms) and not is_verb(word)
    described = bool(before) and classes(before)[0] == "a" and not is_verb(word)
    alone = number == len(said) - 1 or said[number + 1] in DETERMINERS | PREPOSITIONS
    return not acted and not described and (is_verb(word) or word in ACTING or before in _PLURALS | {"it"} or alone)


def _head(said: Sequence[str]) -> str:
    """Return the head of a noun phrase: its last word before a preposition."""
    end = next((n for n, word in enumerate(said) if n and word in PREPOSITIONS), len(said))
    return said[end - 1]


def _acts(word: str, *, plural: bool) -> bool:
    forms = verb_forms(word)
    if plural:
        return any(form.form == "base" for form in forms)
    return word in ("causes", "matters") or any(
        form.form in ("third", "past") and is_verb(form.lemma) for form in forms
    )


def _is_plural(word: str) -> bool:
    return word in _PLURALS or (
        word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "series", "species"))
    )
