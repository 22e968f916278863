"""Ask the questions that single sentences answer, by the few rules that were precise on real articles.

Of some 850 questions that eleven rules made of 150 leaflets, 40 how-tos and 15 web pages, those of the rules below were
publishable four times in five or more; those about causes, manners, uses, names, frequencies and what happens if … were
not ("Why does geographic location play a role as well?", "What are guidelines used for?"), and are gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from faqbot.english.wordlists import is_english, is_name
from faqbot.extraction.grammar.clause import Clause, clause
from faqbot.extraction.grammar.lexicon import is_verb, verb_forms
from faqbot.extraction.grammar.words import (
    DETERMINERS,
    PEOPLE,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    Word,
    as_reader,
    joined,
    words,
)
from faqbot.text import stem, word_set

LONGEST_QUESTION: Final = 16  # words
LONGEST_NAMED: Final = 5  # words of a thing that is asked for
FREQUENT: Final = 3  # sentences that mention a thing, for "the …" to need no explanation
CONDITION_WORDS: Final = range(3, 10)  # of a condition that people would repeat
SHORTEST_AFTER: Final = 3  # words of what follows a condition
UNCLEAR_WITHIN: Final = 12  # words at the beginning of a condition, none of which may point out of it
SHORTEST_SAID: Final = 15  # characters of a sentence behind its announcement
_LEAD: Final = re.compile(
    r"(?:(?:furthermore|moreover|also|lastly|finally|first|but|and|however),? )?"
    r"(?:(?:the|another|one)(?: \w+){0,3}? (?:thing|benefit|advantage|point|fact|reason|news|truth)"
    r"(?: (?:of|with|about|here) ?[\w -]{0,40}?)? is that"
    r"|(?:please )?(?:note|remember|keep in mind|bear in mind) that"
    r"|it is (?:important|good|worth) (?:to (?:note|know|remember)|noting|knowing) that"
    r"|this (?:means|implies) that),? ",
    re.IGNORECASE,
)
_ABOUT: Final = r"(?:(?:just|only|about|around|approximately|up to|at least|between|roughly) ){0,2}"
_NUMERAL: Final = (
    r"(?:\d[\d.,/]{0,8}|an?|half|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|a few|a couple of)"
)
_SPAN: Final = re.compile(
    r"(?:(?:will|can|may|should|usually|normally|generally|only|often|typically) ){0,3}(takes?|lasts?) "
    rf"{_ABOUT}{_NUMERAL}(?:[ -](?:to|or|and)[ -]{_NUMERAL})?(?: an?)?[ -]?(?:minute|hour|day|week|month|year)s?\b"
)
_PRICE: Final = re.compile(r"costs? (?:(?:about|around|only|from|at least|up to|between) )?[$£€]? ?\d")
_DANGLING: Final = word_set("""
    this that these those such former latter same he she it they i his her their its another other others
""")
_UNCLEAR: Final = _DANGLING | word_set("him them me my mine itself himself there here then")
_VAGUE: Final = word_set("""
    there here nobody nothing none neither either sometimes one some many most both each all almost nearly several few
    various certain much no more north south east west only even you we what everything anything something my our your
""")
_SINGLED_OUT: Final = word_set(
    "next last first second third same only main best most reason problem question answer point"
)
_COMMON_ENDINGS: Final = ("ology", "ation", "ations", "ness", "ment", "ments", "ing", "itis", "osis", "ectomy")
_SOON: Final = frozenset(("immediately", "shortly", "soon", "right", "directly"))
_BEGINS: Final = frozenset(("begin", "start", "end", "open", "close", "finish", "stop"))
_READER: Final = {"we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves"}


def questions(sentence: str, held: Mapping[str, int]) -> list[str]:
    """Return the questions that a sentence answers, the most telling first; [] where its grammar is in doubt.

    Args:
        sentence: one sentence.
        held: how many sentences of its article hold a word, by its stem.
    """
    sentence = without_lead(sentence)
    main = clause(sentence)
    found = [advice(sentence)]
    if main and _is_clear(main, held):
        found += [rule(main, _in_sentence(main)) for rule in RULES]
    return [_finished(text) for text in found if text and _is_askable(text)]


def without_lead(sentence: str) -> str:
    """Return a sentence without what only announces it: "The good thing is that …", "Please note that …"."""
    match = _LEAD.match(sentence)
    return sentence[match.end() :] if match and len(sentence) - match.end() >= SHORTEST_SAID else sentence


def _is_askable(text: str) -> bool:
    return len(text.split()) <= LONGEST_QUESTION and not any(mark in text for mark in ';:"\u201c\u201d()')


def _finished(text: str) -> str:
    said = [word if word.isupper() else _READER.get(word.lower(), word) for word in text.split()]
    return f"{' '.join(said).rstrip(',.')}?"


def _is_clear(read: Clause, held: Mapping[str, int]) -> bool:
    """Return whether a reader who sees the question alone knows what its subject is."""
    lower = [word.lower for word in read.subject]
    twice = len(set(lower)) < len(lower)  # a heading that ran into its sentence
    if twice or not 0 < len(lower) <= LONGEST_NAMED or any(word in _DANGLING for word in lower) or lower[0] in _VAGUE:
        return False
    return lower[0] not in ("the", "a", "an") or len(lower) > 2 or held.get(stem(lower[1]), 0) >= FREQUENT


def _in_sentence(read: Clause) -> str:
    """Return the subject as it is written inside a sentence: without a capital that only opens one."""
    first, subject = read.subject[0], joined(read.subject)
    capitalised = first.text[:1].isupper() and (len(first.text) == 1 or first.text[1:].islower())
    if read.opening or not capitalised:
        return subject
    closed = first.lower in DETERMINERS | PRONOUNS
    named = len(read.subject) > 1 and read.subject[1].text[:1].isupper()
    known = all(map(is_english, first.lower.split("-"))) or first.lower.endswith(_COMMON_ENDINGS)
    common = closed or (known and not is_name(first.lower) and not named)
    return f"{subject[0].lower()}{subject[1:]}" if common else subject


def definition(read: Clause, subject: str) -> str | None:
    """A kiln is a furnace for pots: What is a kiln?"""
    rest = [word.lower for word in read.rest]
    if read.verb.lower not in ("is", "are") or read.opening or rest[:1] not in (["a"], ["an"], ["the"], ["one"]):
        return None
    if (rest[0] == "the" and rest[1] in _SINGLED_OUT) or (read.subject[0].lower == "the" and len(read.subject) == 2):
        return None
    ends = (n for n, word in enumerate(read.rest) if word.lower in PREPOSITIONS | RELATIVES or word.after)
    person = bool(PEOPLE & set(rest[: next(ends, len(rest)) + 1]))
    who = person and all(word.text[0].isupper() for word in read.subject)
    return f"{'Who' if who else 'What'} {read.verb.lower} {subject}"


def price(read: Clause, subject: str) -> str | None:
    """A lesson costs 30 pounds: How much does a lesson cost?"""
    said = " ".join(word.text for word in (read.verb, *read.rest))
    return f"How much {_does(read, 'costs')} {subject} cost" if _PRICE.match(said) else None


def duration(read: Clause, subject: str) -> str | None:
    """The operation will take two hours: How long does the operation take?"""
    said = " ".join(word.text for word in (read.verb, *read.rest))
    match = _SPAN.match(said)
    return f"How long {_does(read, match[1])} {subject} {match[1].removesuffix('s')}" if match else None


def onset(read: Clause, subject: str) -> str | None:
    """Right after the rain, the sale starts: When does the sale start?"""
    said = [word.lower for word in read.opening]
    timed = len(said) > 1 and (said[0] in _SOON or (said[0] in ("after", "before", "until", "at") and len(said) < 6))
    lemma = read.verb.lower.removesuffix("s")
    if not timed or read.rest or lemma not in _BEGINS:
        return None
    return f"When {_does(read, read.verb.lower)} {subject} {lemma}"


def _does(read: Clause, verb: str) -> str:
    plural = read.subject[-1].lower.endswith("s") and not read.subject[-1].lower.endswith(("ss", "us", "is"))
    return "does" if not plural or (verb == read.verb.lower and verb.endswith("s")) else "do"


RULES: Final[tuple[Callable[[Clause, str], str | None], ...]] = (definition, price, duration, onset)


def advice(sentence: str) -> str | None:
    """If the tank is empty, call the office: What should I do if the tank is empty?"""
    read = words(sentence)
    if not read or read[0].lower not in ("if", "when") or any(w.lower in _UNCLEAR for w in read[:UNCLEAR_WITHIN]):
        return None
    end = next((number for number, word in enumerate(read) if "," in word.after), 0)
    inner, after = read[1 : end + 1], read[end + 1 :]
    if len(inner) not in CONDITION_WORDS or len(after) < SHORTEST_AFTER or not clause(joined(inner).rstrip(",")):
        return None
    return f"What should I do {read[0].lower} {as_reader(joined(inner))}" if _is_order(after) else None


def _is_order(read: tuple[Word, ...]) -> bool:
    """Return whether words are an order: "call the line", "do not wait"."""
    base = next((form.lemma for form in verb_forms(read[0].lower) if form.form == "base"), "")
    second = read[1].lower
    return read[0].lower == "do" or (is_verb(base) and (second in DETERMINERS | PREPOSITIONS or read[0].text.islower()))
