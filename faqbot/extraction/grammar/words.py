"""The words of English sentences, and the closed classes that tell how a sentence is built."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from faqbot.text import word_set

AUXILIARIES: Final = word_set(
    "is are was were has have had can could will would may might must should shall does do did"
)
DETERMINERS: Final = word_set("""
    a an the this that these those its their his her our your my some any each every no all both most many several few
    another such one's
""")
PREPOSITIONS: Final = word_set("""
    about above across after against along among around as at before behind below beneath beside besides between beyond
    by despite down during except for from in inside into like near of off on onto out outside over past per since than
    through throughout to toward towards under underneath until up upon via with within without
""")
PRONOUNS: Final = word_set("""
    i you he she it we they me him us them this that these those who whom which what one ones there here mine yours hers
    ours theirs himself herself itself themselves yourself myself someone anyone everyone something anything everything
    nothing others
""")
SUBORDINATORS: Final = word_set("""
    after although as because before if once provided since so though unless until when whenever where whereas wherever
    whether while
""")
RELATIVES: Final = word_set("that which who whom whose where when why how what")
CONJUNCTIONS: Final = word_set("and or but nor yet so")
PEOPLE: Final = word_set("""
    people person man men woman women child children student students king queen president teacher teachers son sons
    daughter brother father mother wife husband friend friends patient patients doctor doctors nurse nurses artist
    artists author writer actor actress singer scientist scientists surgeon leader player players team teams company
    network government university council court army church party school band group board committee police family staff
""")
_READERS: Final = {
    "you": "I",
    "you're": "I am",
    "you\u2019re": "I am",
    "you've": "I have",
    "you\u2019ve": "I have",
    "your": "my",
    "yourself": "myself",
    "yours": "mine",
    "we": "you",
    "us": "you",
    "our": "your",
}  # as the one who asks says it; fmt: skip
_I_ARE: Final = re.compile(r"\bI are\b")
# What a sentence may begin with that says only how it follows the one before.
_CONNECTIVES: Final = (
    "additionally, also, as a result, as such, at the same time, besides, but, consequently, finally, first, firstly, "
    "first of all, for example, for instance, for this reason, furthermore, generally, hence, however, in addition, "
    "in conclusion, in fact, in general, in other words, in particular, in short, in turn, indeed, instead, last, "
    "lastly, last but not least, likewise, meanwhile, moreover, nevertheless, next, nonetheless, of course, on the "
    "other hand, on top of that, overall, rather, second, secondly, similarly, so, still, that said, then, therefore, "
    "third, thirdly, thus, to conclude, to sum up, typically, ultimately, unfortunately, usually, what is more, and, "
    "yet, in contrast"
)
CONNECTIVES: Final = tuple(sorted((c.split() for c in _CONNECTIVES.split(", ")), key=len, reverse=True))
_WITHOUT_COMMA: Final = frozenset(("but", "and", "so", "also", "then", "yet"))  # connectives, with or without one
_BRACKETS: Final = re.compile(r" ?(?:\([^()]{0,300}\)|\[[^\[\]]{0,300}\])")
_QUOTES: Final = r"\"'\u201c\u201d\u2018\u2019"
# Quotation marks are never given back, and the word ends at its last letter: no run of punctuation is tried twice.
_WORD: Final = re.compile(rf"[{_QUOTES}]*+((?:[^\"\u201c\u201d]*[^,;:.!?{_QUOTES}])?)([,;:.!?{_QUOTES}]*)")
_INITIALS: Final = re.compile(r"((?:[A-Za-z]\.){2,}|[A-Z]\.|(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|vs|No)\.)([,;:]?)")
_NEGATIVES: Final = (
    (re.compile(r"\b([Cc])an(?:not|['\u2019]t)\b"), r"\1an not"),
    (re.compile(r"\b([Ww])on['\u2019]t\b"), r"\1ill not"),
    (re.compile(r"\b(is|are|was|were|has|have|had|does|do|did|should|would|could|must)n['\u2019]t\b"), r"\1 not"),
)
_DASHES: Final = re.compile(r"(?<!\s)\s+[-\u2013\u2014]+\s+|[\u2013\u2014](?=[A-Za-z])|--+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence: as written, in lower case, and the punctuation after it."""

    text: str
    lower: str
    after: str = ""


@lru_cache(maxsize=8192)  # every rule reads the same sentence
def words(sentence: str) -> tuple[Word, ...]:
    """Return the words of a sentence with the punctuation after each; what stands in brackets is left out."""
    plain = _DASHES.sub(" ; ", _BRACKETS.sub("", sentence))
    for short, full in _NEGATIVES:
        plain = short.sub(full, plain)
    found: list[Word] = []
    for token in plain.split():
        match = _INITIALS.fullmatch(token) or _WORD.fullmatch(token)
        text, after = (match[1], match[2]) if match else (token, "")
        if text:
            found.append(Word(text, text.lower().replace("\u2019", "'"), after))
        elif found and after:
            found[-1] = Word(found[-1].text, found[-1].lower, found[-1].after + after)
    return tuple(found)


def joined(part: Sequence[Word]) -> str:
    """Return words as text, with the commas between them."""
    commas = ("," if "," in word.after and number < len(part) else "" for number, word in enumerate(part, 1))
    return " ".join(f"{word.text}{comma}" for word, comma in zip(part, commas, strict=True))


def without_connective(part: Sequence[Word]) -> tuple[Word, ...]:
    """Return the words of a sentence without the connective that opens it ("However, …")."""
    for connective in CONNECTIVES:
        size = len(connective)
        if [word.lower for word in part[:size]] == connective and len(part) > size + 1:
            if "," in part[size - 1].after or (size == 1 and connective[0] in _WITHOUT_COMMA):
                return without_connective(part[size:])
            return tuple(part)
    return tuple(part)


def as_reader(text: str) -> str:
    """Return what is said to a reader as the reader would say it: "your face" is "my face"."""
    return _I_ARE.sub("I am", " ".join(_READERS.get(word.lower(), word) for word in text.split()))
