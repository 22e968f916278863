"""Tell what the columns of a table and the keys of a record hold, by their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

# Names as `letters` makes them. A name that ends in one of these counts too: "faqQuestion", "answer_html".
_ASKED: Final = "question questions q query ask asked prompt utterance utterances pattern patterns input frage pregunta".split()
_HEADED: Final = "title name heading header summary label term subject topic text problem".split()
_ANSWERED: Final = "answer answers a response responses reply replies solution output antwort respuesta".split()
_BODIED: Final = "content contents body text description value details detail html markdown message explanation desc copy paragraph paragraphs panel".split()  # fmt: skip
_TOPICS: Final = "category topic section group theme area department categoria t tag tags".split()
_TITLES: Final = "title name category group section heading header label topic".split()
_KEYWORDS: Final = "keywords keyword k alternatives synonyms variants variations phrasings also altquestions alternatequestions alternativequestions aliases examples".split()  # fmt: skip
_SOURCES: Final = "sourceuri source url uri link sourceurl reference href displayname".split()
_IDS: Final = "id qnaid qid tag intent intentname key slug uuid guid faqid anchor name".split()
_LANGUAGES: Final = "language lang locale languagecode".split()
_SWITCHES: Final = "enabled active published ispublished visible isactive show isenabled".split()
_OFF: Final = "draft isdraft hidden disabled archived deleted suggested isdeleted".split()
_RESTRICTED: Final = "accesscontrollist acl permissions roles allowedroles allowedgroups allowedusers visibleto clientfiltervalues restrictedto usersegmentid".split()  # fmt: skip
LISTS_OF_ANSWERS: Final = frozenset("answers responses replies outputs".split())


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
    return best(names, _ASKED, besides=besides)


def headed(names: Iterable[object], besides: object = None) -> object | None:
    """Return the name of what may be the question: a title."""
    return best(names, _HEADED, besides=besides)


def answered(names: Iterable[object], besides: object = None) -> object | None:
    """Return the name of the answer where one says so."""
    return best(names, _ANSWERED, besides=besides)


def bodied(names: Iterable[object], besides: object = None) -> object | None:
    """Return the name of what may be the answer: a body."""
    return best(names, _BODIED, besides=besides)


def role(name: object) -> str:
    """Return what else a name is of: "topic", "keywords", "source", "id", "language", "on", "off", "restricted", ""."""
    bare = letters(name)
    for found, words in (
        ("restricted", _RESTRICTED), ("keywords", _KEYWORDS), ("language", _LANGUAGES), ("on", _SWITCHES),
        ("off", _OFF), ("topic", _TOPICS), ("source", _SOURCES), ("id", _IDS),
    ):  # fmt: skip
        if bare in words or (found in ("restricted", "keywords") and any(len(w) > 6 and bare.endswith(w) for w in words)):
            return found
    return ""


def titled(names: Iterable[object]) -> object | None:
    """Return the name of the title of a group."""
    return best(names, _TITLES)
