"""Name what an article is about, from its title and from what its text repeats, and tell what kind of thing it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from faqbot.documents.article import Article
from faqbot.documents.blocks import Kind as Block
from faqbot.english.wordlists import is_english, is_name
from faqbot.extraction import kinds
from faqbot.extraction.grammar.lexicon import gerund, verb_forms
from faqbot.extraction.grammar.words import CONJUNCTIONS, PREPOSITIONS, as_reader
from faqbot.extraction.kinds import Kind
from faqbot.extraction.naming import (
    BRACKETED,
    GENERIC,
    abbreviations,
    as_written,
    is_head,
    name_of,
    says_little,
    spellings,
)
from faqbot.text import tokens

READ: Final = 3000  # words of the article that are counted
_ANY_GENERIC: Final = "|".join(GENERIC)
_THE_CONDITION: Final = r"(?:the|this) (?:disease|condition|disorder|infection|syndrome|illness)"
_NOTHING: Final = r"\b\B"  # what matches nowhere
_DEFINED: Final = re.compile(
    r"\b(?:is|are) (?:an?|the|one of the)\b(?: [^\s.,;]+){0,8}? (?:procedure|treatment|therapy|surgery|operation)s?\b"
)
_SPOKEN_OF: Final = re.compile(
    rf"\b(?:the|this|your|each|every|a|an|during|after|before) (?:\w+[- ]){{0,2}}(?:{_ANY_GENERIC})s?\b"
)
SPOKEN_OF_EVERY: Final = 80  # words: the generic word comes at least so often in an article about a procedure
_NAMED: Final = re.compile(r" (?:procedure|treatment|session|appointment)s?\b")
NAMED_SO: Final = 2  # times that its name is followed by "procedure" or the like
_AROUND: Final = re.compile(
    rf"\b(?:{_ANY_GENERIC}|practitioner|therapist|technician|dermatologist|dentist|surgeon|clinic|salon|patient|nurse)s?\b"
)
_BODY: Final = re.compile(
    r"\b(?:skin|body|bod(?:y|ies)|face|facial|tooth|teeth|hair|eyes?|ears?|blood|pain|wounds?|patients?|surgeons?|doctors?"
    r"|nurses?|muscles?|scars?|medicines?|anaesthe\w+|anesthe\w+|health)\b"
)
FEWEST_MENTIONS: Final = 2  # of "the procedure", "a session" and the like


_TASK: Final = re.compile(r"how (?:to|do i|do you|can i|can you) (.+)", re.IGNORECASE)
_ASIDE: Final = re.compile(r" ?\([^()]{0,80}\)|(?::| [-\u2013\u2014|] ).*|[?!.]$")  # "(for beginners)", "| My blog"
_ORDER: Final = re.compile(r"([A-Za-z]+) (?:for (?:an? |your |the )?|an? |your |the )(?=\w)")  # "Apply for a permit"
_TITLE_WORD: Final = re.compile(r"[\w'\u2019]+")
LONGEST_TASK: Final = 9  # words of a title
LONGEST_DISH: Final = 8


@dataclass(frozen=True, slots=True)
class Subject:
    """What an article is about.

    Attributes:
        name: as in a sentence ("micro-needling", "changing a tyre"); "" where nothing stands out.
        names: other spellings of it.
        kind: what it is.
        phrase: the name as it stands in a question: "a vasectomy", "laser hair removal".
        task: of a how-to that is named by its verb, that: "change a tyre".
    """

    name: str
    names: tuple[str, ...] = ()
    kind: Kind = Kind.NONE
    phrase: str = ""
    task: str = ""

    @property
    def is_procedure(self) -> bool:
        """Return whether it is something that people undergo."""
        return self.kind is Kind.PROCEDURE

    @property
    def mentions(self) -> re.Pattern[str]:
        """Return what finds it in a lower-case sentence: its names, "the procedure", "this disease"."""
        known = "|".join(re.escape(name.lower()) for name in (self.name, *self.names) if name)
        generic = rf"(?:the|this|that|your|each|a) (?:(?:{known}|\w+) )?(?:{_ANY_GENERIC})s?"
        if not self.is_procedure:
            generic = _THE_CONDITION if self.kind is Kind.CONDITION else _NOTHING
        return re.compile(rf"\b(?:{generic}|(?:the )?(?:{known or _ANY_GENERIC}))\b")


def of(article: Article, procedure: str = "") -> Subject:
    """Return what `article` is about, from its title, its headings and what it repeats.

    Where it does not look like a procedure, it is about `procedure`, if a person says so.
    """
    text = _beginning(article)
    title, is_order = _without_order(article.title)
    has_steps = any(p.kind is Block.ITEM and p.ordinal > 1 for p in article.paragraphs)
    if about := _titled(article.title, has_steps=is_order and has_steps):
        return about
    first = article.paragraphs[0].headings if article.paragraphs else ()
    guessed = _named(name_of((title, *first), text), text)
    guessed = replace(guessed, names=(*guessed.names, *abbreviations(guessed.name, f"{article.title} {text}")))
    is_condition = not procedure and not is_head(guessed.name) and kinds.is_condition(guessed.name, text)
    if guessed.is_procedure and not is_condition:
        return _small(guessed)
    headings = tuple(dict.fromkeys(heading for p in article.paragraphs for heading in p.headings))
    dish = _ASIDE.sub("", article.title)
    is_dealt_with = kinds.of(title, text) in (Kind.FORMALITY, Kind.SERVICE)  # nobody serves a registration with salad
    is_task = not is_condition and not is_dealt_with and kinds.is_task(article.title, headings, has_steps=has_steps)
    if is_task and 0 < len(dish.split()) <= LONGEST_DISH:
        return _small(_named(as_written(tokens(dish), dish, text), text, Kind.HOWTO))
    if procedure:
        return _named(procedure, text, kinds.of(procedure, text) or Kind.PROCEDURE)
    kind = kinds.of(guessed.name, text) if guessed.name else Kind.NONE
    found = _condition(guessed, title) if kind is Kind.CONDITION else replace(guessed, kind=kind)
    return _small(found) if kind in (Kind.CONDITION, Kind.FORMALITY) else found


def _titled(title: str, *, has_steps: bool) -> Subject | None:
    """Return the task that a title names: "How to change a tyre", or an order that steps follow."""
    asked = _TASK.match(title)
    plain = asked[1] if asked else title if has_steps and kinds.of("", title) is Kind.NONE else ""
    return _task(_ASIDE.sub("", plain)) if plain else None


def _condition(found: Subject, title: str) -> Subject:
    """Return a condition, with a longer title of the article as another name of it."""
    title = " ".join(_TITLE_WORD.findall(BRACKETED.sub("", title)))
    is_longer = 0 < len(title.split()) <= LONGEST_TASK and set(tokens(found.name)) < set(tokens(title))
    names = (*found.names, title) if is_longer else found.names
    return replace(found, kind=Kind.CONDITION, names=names)


def _without_order(title: str) -> tuple[str, bool]:
    """Return a title without the verb of an order, and whether it is one: "Apply for a permit", "Renew your pass"."""
    match = _ORDER.match(title)
    base = match and any(form.form == "base" for form in verb_forms(match[1].lower()))
    return (title[match.end() :], True) if match and base else (title, False)


def _small(subject: Subject) -> Subject:
    """Return a subject without the capitals of a title: "Caesar" is a name, and "Salad" none."""

    def small(name: str) -> str:
        return " ".join(
            word.lower() if word[1:].islower() and is_english(word.lower()) and not is_name(word.lower()) else word
            for word in name.split(" ")
        )

    return replace(subject, name=small(subject.name), phrase=small(subject.phrase))


def _task(title: str) -> Subject | None:
    """Return the subject of a title like "How to change a tyre"; None where it does not begin with a verb."""
    words = title.split()
    while len(words) > LONGEST_TASK:  # without its last phrase
        ends = [n for n, word in enumerate(words) if word.lower() in PREPOSITIONS | CONJUNCTIONS and n > 1]
        words = words[: ends[-1]] if ends else []
    if not words or not any(form.form == "base" for form in verb_forms(words[0].lower())):
        return None
    capitals = sum(word[:1].isupper() for word in words) > len(words) / 2  # a title in title case says nothing of names
    words = [
        word if word.isupper() or is_name(word.lower()) or not (capitals or not n) else word.lower()
        for n, word in enumerate(words)
    ]
    words = as_reader(" ".join(words)).split()
    name = " ".join((gerund(words[0]), *words[1:]))
    return Subject(name, (" ".join(words),), Kind.HOWTO, name, " ".join(words))


def kind_of(name: str, names: Sequence[str], text: str) -> Kind:
    """Return what kind of thing a name stands for in a text; NONE where it is no other."""
    return Kind.PROCEDURE if _is_procedure(name, tuple(names), text) else kinds.of(name, text)


def _named(name: str, text: str, kind: Kind | None = None) -> Subject:
    if not name or says_little(name):
        return Subject("")
    names = tuple(sorted(spellings(name, text) - {name}))
    if kind is None:
        kind = Kind.PROCEDURE if _is_procedure(name, names, text) else Kind.NONE
    return Subject(name, names, kind, _phrase(name, names, text))


def _phrase(name: str, names: tuple[str, ...], text: str) -> str:
    """Return the name with its article where the text counts it: "a vasectomy"."""
    known = "|".join(re.escape(spelling) for spelling in (name, *names))
    counted = re.findall(rf"\b[Aa]n? (?:{known})\b(?! \w+(?:ist|or|er)s?\b)", text)
    return f"{counted[0].split()[0].lower()} {name}" if counted else name


def _beginning(article: Article) -> str:
    words: list[str] = []
    for paragraph in article.paragraphs:
        words += paragraph.text.split()
        if len(words) > READ:
            break
    return " ".join(words[:READ])


def _is_procedure(name: str, names: tuple[str, ...], text: str) -> bool:
    """Return whether `name` is something that people undergo: by its head, its definition, or what stands around it."""
    last = re.split(r"[\s-]+", name)[-1]
    lower = text.lower()
    headed = is_head(last.lower()) or is_head(name.rsplit(maxsplit=1)[-1].lower())
    around = len(_AROUND.findall(lower)) >= FEWEST_MENTIONS
    if headed and (around or (" " in name and len(_BODY.findall(lower)) >= FEWEST_MENTIONS)):
        return True
    known = "|".join(re.escape(n.lower()) for n in (name, *names))
    named = 0
    for match in re.finditer(rf"\b(?:{known})\b", lower):
        if _DEFINED.match(lower, match.end() + 1, match.end() + 120):
            return True
        named += bool(_NAMED.match(lower, match.end())) and last.islower()  # a name in capitals is somebody's
    if named >= NAMED_SO:
        return True
    if not last.islower():
        return False
    words = max(1, len(lower.split()))
    spoken = len(_SPOKEN_OF.findall(lower)) * SPOKEN_OF_EVERY >= words
    return spoken and any(generic in lower for generic in ("procedure", "treatment"))
