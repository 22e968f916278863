"""What an article is about: its name, the name's spellings, and whether it is a procedure that people undergo."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from faqbot.documents.article import Article
from faqbot.extraction.naming import GENERIC, is_head, name_of, spellings

READ: Final = 3000  # words of the article that are counted
_GENERIC: Final = "|".join(GENERIC)
_NOTHING: Final = r"\b\B"  # what matches nowhere
_DEFINED: Final = re.compile(
    r"\b(?:is|are) (?:an?|the|one of the)\b(?: [^\s.,;]+){0,8}? (?:procedure|treatment|therapy|surgery|operation)s?\b"
)
_SPOKEN_OF: Final = re.compile(
    rf"\b(?:the|this|your|each|every|a|an|during|after|before) (?:\w+[- ]){{0,2}}(?:{_GENERIC})s?\b"
)
SPOKEN_OF_EVERY: Final = 80  # words: the generic word comes at least so often in an article about a procedure
_NAMED: Final = re.compile(r" (?:procedure|treatment|session|appointment)s?\b")
NAMED_SO: Final = 2  # times that its name is followed by "procedure" or the like
_AROUND: Final = re.compile(
    rf"\b(?:{_GENERIC}|practitioner|therapist|technician|dermatologist|dentist|surgeon|clinic|salon|patient|nurse)s?\b"
)
_BODY: Final = re.compile(
    r"\b(?:skin|body|bod(?:y|ies)|face|facial|tooth|teeth|hair|eyes?|ears?|blood|pain|wounds?|patients?|surgeons?|doctors?"
    r"|nurses?|muscles?|scars?|medicines?|anaesthe\w+|anesthe\w+|health)\b"
)
FEWEST_MENTIONS: Final = 2  # of "the procedure", "a session" and the like


@dataclass(frozen=True, slots=True)
class Subject:
    """What an article is about.

    Attributes:
        name: as in a sentence ("micro-needling"); "" where nothing stands out.
        names: other spellings of it.
        is_procedure: whether it is something that people undergo.
        phrase: the name as it stands in a question: "a vasectomy", "laser hair removal".
    """

    name: str
    names: tuple[str, ...] = ()
    is_procedure: bool = False
    phrase: str = ""

    @property
    def mentions(self) -> re.Pattern[str]:
        """Return what finds it in a lower-case sentence: its names, "the procedure", "this treatment"."""
        known = "|".join(re.escape(name.lower()) for name in (self.name, *self.names) if name)
        generic = rf"(?:the|this|that|your|each|a) (?:(?:{known}|\w+) )?(?:{_GENERIC})s?"
        generic = generic if self.is_procedure else _NOTHING
        return re.compile(rf"\b(?:{generic}|(?:the )?(?:{known or _GENERIC}))\b")


def of(article: Article, procedure: str = "") -> Subject:
    """Return what `article` is about, from its title and from what it repeats.

    Where it does not look like a procedure, it is about `procedure`, if a person says so.
    """
    text = _beginning(article)
    headings = article.paragraphs[0].headings if article.paragraphs else ()
    guessed = _named(name_of((article.title, *headings), text), text)
    if guessed.is_procedure or not procedure:
        return guessed
    return replace(_named(procedure, text), is_procedure=True)


def _named(name: str, text: str) -> Subject:
    names = tuple(sorted(spellings(name, text) - {name})) if name else ()
    return Subject(name, names, bool(name) and _is_procedure(name, names, text), _phrase(name, names, text))


def _phrase(name: str, names: tuple[str, ...], text: str) -> str:
    """Return the name with its article where the text counts it: "a vasectomy"."""
    if not name:
        return ""
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
    if not last.islower():  # a name in capitals is somebody's
        return False
    lower = text.lower()
    headed = is_head(last) or is_head(name.rsplit(maxsplit=1)[-1].lower())
    around = len(_AROUND.findall(lower)) >= FEWEST_MENTIONS
    if headed and (around or (" " in name and len(_BODY.findall(lower)) >= FEWEST_MENTIONS)):
        return True
    known = "|".join(re.escape(n.lower()) for n in (name, *names))
    named = 0
    for match in re.finditer(rf"\b(?:{known})\b", lower):
        if _DEFINED.match(lower, match.end() + 1, match.end() + 120):
            return True
        named += bool(_NAMED.match(lower, match.end()))
    if named >= NAMED_SO:
        return True
    words = max(1, len(lower.split()))
    spoken = len(_SPOKEN_OF.findall(lower)) * SPOKEN_OF_EVERY >= words
    return spoken and any(generic in lower for generic in ("procedure", "treatment"))
