"""Tell what the columns of a table and the keys of a record hold, by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from faqbot.documents.pairs import marks

# Names as `letters` makes them, the likelier first. A name that ends in one of them counts too: "faqQuestion".
_NAMES: Final = """
asked       question questions q query ask asked prompt utterance utterances pattern patterns input frage pregunta
headed      title name heading header summary label term subject topic text problem
answered    answer answers a response responses reply replies solution output antwort respuesta
bodied      content contents body text description value details detail html markdown message explanation desc copy
            paragraph paragraphs panel
titled      title name category group section heading header label topic
restricted  accesscontrollist acl permissions roles allowedroles allowedgroups allowedusers visibleto restrictedto
            usersegmentid
keywords    keywords keyword k alternatives synonyms variants variations phrasings also altquestions
            alternatequestions alternativequestions aliases examples
language    language lang locale languagecode
on          enabled active published ispublished visible isactive show isenabled
off         draft isdraft hidden disabled archived deleted suggested isdeleted
topic       category topic section group theme area department categoria t tags
source      sourceuri source url uri link sourceurl reference href displayname
id          id qnaid qid tag intent intentname key slug uuid guid faqid anchor name
"""
_ROLES: Final = ("restricted", "keywords", "language", "on", "off", "topic", "source", "id")
_LOOSE: Final = ("restricted", "keywords")  # roles of which the end of a name is enough
LISTS_OF_ANSWERS: Final = frozenset(["answers", "responses", "replies", "outputs"])


def _listed(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    words: list[str] = []
    for line in filter(None, text.split("\n")):
        name, *rest = line.split() if line[0] != " " else ("", *line.split())
        words = found.setdefault(name, []) if name else words
        words += rest
    return found


_WORDS: Final = _listed(_NAMES)


def letters(name: object) -> str:
    """Return the name of a column or key as names are compared: its letters, in lower case."""
    return "".join(filter(str.isalpha, str(name).casefold()))


def best(names: Iterable[object], *groups: list[str], besides: object = None) -> object | None:
    """Return the name that fits a group best: the earlier group, then the earlier word, then the whole name."""
    known = [(name, letters(name)) for name in names if name != besides]
    for group in groups:
        for word in group:
            for name, bare in known:
                if bare == word:
                    return name
        for word in group:
            for name, bare in known:
                if len(word) > 3 and (bare.endswith(word) or bare.startswith(word)):
                    return name
    return None


def asked(names: Iterable[object], besides: object = None) -> object | None:
    """Return the name of the question where one says so."""
    return best(names, _WORDS["asked"], besides=besides)


def headed(names: Iterable[object], besides: object = None) -> object | None:
    """Return the name of what may be the question: a title."""
    return best(names, _WORDS["headed"], besides=besides)


def answered(names: Iterable[object], besides: object = None) -> object | None:
    """Return the name of the answer where one says so."""
    return best(names, _WORDS["answered"], besides=besides)


def bodied(names: Iterable[object], besides: object = None) -> object | None:
    """Return the name of what may be the answer: a body."""
    return best(names, _WORDS["bodied"], besides=besides)


def role(name: object) -> str:
    """Return what else a name is of: "topic", "keywords", "source", "id", "language", "on", "off", "restricted", ""."""
    return _role(letters(name))


@lru_cache(maxsize=1_000)
def _role(bare: str) -> str:
    for found in _ROLES:
        words = _WORDS[found]
        if bare in words or (found in _LOOSE and any(len(word) > 6 and bare.endswith(word) for word in words)):
            return found
    return ""


def titled(names: Iterable[object]) -> object | None:
    """Return the name of the title of a group."""
    return best(names, _WORDS["titled"])


def columns(cells: Sequence[str]) -> tuple[object, object] | None:
    """Return which cells of a first row name question and answer; None where they do not."""
    names = [cell.strip() for cell in cells if 0 < len(cell.strip()) <= 60]
    if len(names) < 2 or any(marks.asks(name) for name in names):
        return None
    said = answered(names)
    question = asked(names, besides=said)
    question = question if question is not None else headed(names, besides=said)
    said = said if said is not None else bodied(names, besides=question)
    return (question, said) if question is not None and said is not None else None
