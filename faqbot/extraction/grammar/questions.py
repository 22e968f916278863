"""Questions from the grammar of a sentence: one small rule a kind of question, tried in one visible order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from faqbot.extraction.grammar.clause import Clause, clause
from faqbot.extraction.grammar.clause_questions import (
    called,
    cause,
    definition,
    duration,
    frequency,
    manner,
    price,
    time,
    use,
)
from faqbot.extraction.grammar.inversion import READERS, UNCLEAR
from faqbot.extraction.grammar.lexicon import is_verb, verb_forms
from faqbot.extraction.grammar.usage import Usage
from faqbot.extraction.grammar.words import (
    CONJUNCTIONS,
    DETERMINERS,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    Word,
    joined,
    words,
)
from faqbot.text import word_set

SHORTEST_CONDITION: Final = 5  # words of a sentence that opens with its condition
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
_I_ARE: Final = re.compile(r"\bI are\b")
_KNOWN_BY: Final = re.compile(
    r"\b(?:know|tell|see|notice) (?:that |whether |if )(the [\w ]{3,40}?|[\w ]{3,40}?) (?:if|when|because|by|once) ",
    re.IGNORECASE,
)
LONGEST_QUESTION: Final = 16  # words
_DANGLING: Final = word_set("""
    this that these those such former latter same he she it they i his her their its another other others
""")
_VAGUE: Final = word_set("""
    there here nobody nothing none neither either sometimes one some many most both each all almost nearly several few
    various certain much no more north south east west only even
""")
_READER: Final = {"we": "you", "us": "you", "our": "your", "ours": "yours", "ourselves": "yourselves"}


def questions(sentence: str, usage: Usage) -> list[str]:
    """Return the questions that a sentence answers, the most telling first; [] where its grammar is in doubt.

    Args:
        sentence: one sentence.
        usage: how its article uses words.
    """
    sentence = without_lead(sentence)
    found = [rule(sentence) for rule in SENTENCE_RULES]
    main = clause(sentence)
    if main and _is_clear(main, usage):
        main = replace(main, subject=_in_sentence(main, usage))
        found += [rule(main) for rule in CLAUSE_RULES]
    return list(dict.fromkeys(_finished(text) for text in found if text and _is_askable(text)))


def without_lead(sentence: str) -> str:
    """Return a sentence without what only announces it: "The good thing is that …", "Please note that …"."""
    match = _LEAD.match(sentence)
    return sentence[match.end() :] if match and len(sentence) - match.end() >= SHORTEST_SAID else sentence


def _is_askable(text: str) -> bool:
    said = text.split()
    return len(said) <= LONGEST_QUESTION and not any(mark in text for mark in ';:"\u201c\u201d()')


def _finished(text: str) -> str:
    said = [word if word.isupper() else _READER.get(word.lower(), word) for word in text.split()]
    whole = " ".join(said).rstrip(",.")
    return f"{whole[0].upper()}{whole[1:]}?"


def _is_clear(read: Clause, usage: Usage) -> bool:
    """Return whether a reader who sees the question alone knows what its subject is."""
    lower = [word.lower for word in read.subject]
    if any(word in _DANGLING for word in lower) or lower[0] in _VAGUE:
        return lower in (["you"], ["we"])
    if lower[0] in ("the", "a", "an") and len(lower) == 2:
        return usage.is_frequent(lower[1])
    return True


def _in_sentence(read: Clause, usage: Usage) -> tuple[Word, ...]:
    """Return the subject as it is written inside a sentence: without a capital that only opens one."""
    first = read.subject[0]
    capitalised = first.text[:1].isupper() and (len(first.text) == 1 or first.text[1:].islower())
    if read.opening or first.text == "I" or not capitalised:
        return read.subject
    closed = first.lower in DETERMINERS | PRONOUNS
    named = len(read.subject) > 1 and read.subject[1].text[:1].isupper()
    if closed or (usage.is_common(first.lower) and not named):
        return (replace(first, text=first.lower), *read.subject[1:])
    return read.subject


def condition(sentence: str) -> str | None:
    """If the tank is empty, the lamp goes out: What happens if the tank is empty?"""
    read = words(sentence)
    unclear = any(word.lower in UNCLEAR for word in read[:UNCLEAR_WITHIN])
    if len(read) < SHORTEST_CONDITION or read[0].lower not in ("if", "when") or unclear:
        return None
    end = next((number for number, word in enumerate(read) if "," in word.after), 0)
    inner, after = read[1 : end + 1], read[end + 1 :]
    if len(inner) not in CONDITION_WORDS or len(after) < SHORTEST_AFTER:
        return None
    inside = clause(" ".join(word.text for word in inner))
    if inside and _is_order(after):
        return f"What should I do {read[0].lower} {_mine(joined(inner))}"
    is_clause = after[0].lower not in RELATIVES | CONJUNCTIONS | PREPOSITIONS and clause(
        " ".join(w.text for w in after)
    )
    if inside is None or not is_clause:
        return None
    if any(word.lower in MODALS for word in after[:3]):
        advises = after[0].lower in ("you", "patients", "people") and after[1].lower in ("should", "must")
        return f"What should {after[0].lower} do {read[0].lower} {joined(inner)}" if advises else None
    past_form = inside.verb.form == "past" and not inside.auxiliaries
    return f"What {'happened' if past_form else 'happens'} {read[0].lower} {joined(inner)}"


def _is_order(read: Sequence[Word]) -> bool:
    """Return whether words are an order: "call the line", "do not wait"."""
    base = next((form.lemma for form in verb_forms(read[0].lower) if form.form == "base"), "")
    second = read[1].lower
    return read[0].lower == "do" or (is_verb(base) and (second in DETERMINERS | PREPOSITIONS or read[0].text.islower()))


def _mine(rest: str) -> str:
    """Return what is said to a reader as the reader would say it: "your face" is "my face"."""
    return _I_ARE.sub("I am", " ".join(READERS.get(word, word) for word in rest.split()))


def sign(sentence: str) -> str | None:
    """You can tell that the bread is done when it sounds hollow: How can I tell whether the bread is done?"""
    match = _KNOWN_BY.search(sentence)
    if not match or any(word.lower in UNCLEAR for word in words(match[1])) or not clause(match[1]):
        return None
    return f"How can I tell whether {match[1]}"


SENTENCE_RULES: Final = (condition, sign)
CLAUSE_RULES: Final[tuple[Callable[[Clause], str | None], ...]] = (
    definition, called, price, duration, frequency, time, cause, manner, use,
)  # fmt: skip
