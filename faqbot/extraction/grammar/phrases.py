"""Find the key noun phrases of a text: plain headings where no question can be asked."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from faqbot.extraction.grammar.clause import clause
from faqbot.extraction.grammar.lexicon import classes, is_comparative, is_verb, verb_forms
from faqbot.extraction.grammar.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    PEOPLE,
    PREPOSITIONS,
    PRONOUNS,
    SUBORDINATORS,
    Word,
    joined,
    words,
)
from faqbot.text import FUNCTION_WORDS, QUESTION_WORDS, stem, word_set

SUBJECT_BONUS: Final = 0.6  # of the score, for the subject of the first sentence: what a text is about heads it best
SINGLE_SHARE: Final = 0.5  # of the score of a phrase of one word
PHRASE_DISCOUNT: Final = 0.1  # for each phrase before it in its sentence: what is said first tells most
SENTENCE_DISCOUNT: Final = 0.25  # for each sentence before it
MOST_REPEATED: Final = 3  # times that a word counts
# Heads of phrases that are about nothing by themselves.
_EMPTY: Final = (
    word_set("""
    time times way ways part parts percent period periods year years month months week weeks day days hour hours case
    cases number numbers amount amounts thing things kind kinds type types form forms example examples lot end beginning
    century centuries addition use order fact reason reasons result results term terms place level levels first second
    third half majority variety range set sets side sides provider providers professional professionals individual
    individuals researcher researchers study studies somebody ones page website information button step steps
""")
    | PEOPLE
)
_NOMINAL: Final = re.compile(r"[\w'\u2019&.+-]*\w")
LONGEST_HEADING: Final = 7  # words of a phrase
_STOP: Final = (
    FUNCTION_WORDS | QUESTION_WORDS | PREPOSITIONS | PRONOUNS | DETERMINERS | CONJUNCTIONS | AUXILIARIES | SUBORDINATORS
    | frozenset(("either", "neither", "amongst", "amid", "versus", "et", "al", "et.", "al.", "etc"))
)  # fmt: skip


def _as_heading(subject: Sequence[Word]) -> Sequence[Word]:
    """Return a subject without its article, where it can stand alone; () where it cannot."""
    part = list(subject)
    while part and part[0].lower in DETERMINERS and part[0].lower not in ("all", "no"):
        if part[0].lower not in ("the", "a", "an"):
            return ()
        part.pop(0)
    if not part or part[-1].lower in _STOP or (len(part) == 1 and part[0].text.islower()):
        return ()
    if any(word.lower in PRONOUNS or word.text.isdigit() for word in part[:1]) or any(
        word.lower in DETERMINERS for word in part
    ):
        return ()
    return part


class Headings:
    """Finds plain headings for the passages of one article.

    Args:
        passages: the sentences of each; a word that many of them hold tells none from another.
    """

    def __init__(self, passages: Iterable[Sequence[str]]) -> None:
        held = [{stem(word.lower) for sentence in sentences for word in words(sentence)} for sentences in passages]
        self._held = Counter(word for stems in held for word in stems)
        self._total = len(held)

    def candidates(self, sentences: Sequence[str]) -> list[str]:
        """Return noun phrases of a passage that can head it, as they are written there, best first.

        A phrase scores by the weights of its words (their number in the passage, and their rarity in the others, as in
        TF-IDF), more where it is a subject, and less the later it stands.
        """
        said = Counter(stem(word.lower) for sentence in sentences for word in words(sentence))
        scored: dict[str, float] = {}

        def score(phrase: Sequence[Word], discount: float) -> None:
            text = joined(phrase)
            if text and phrase[-1].lower not in _EMPTY and not text[0].isdigit():
                scored[text] = max(scored.get(text, 0.0), self._score(phrase, said) / discount)

        for number, sentence in enumerate(sentences):
            main = clause(sentence)
            verb = main.verb.lower if main else ""
            discount = 1 + SENTENCE_DISCOUNT * number
            if main and (subject := _as_heading(main.subject)):
                score(subject, discount / (1 + SUBJECT_BONUS / (1 + number)))
            for place, phrase in enumerate(_noun_phrases(words(sentence), verb)):
                score(phrase, discount + PHRASE_DISCOUNT * place)
        return sorted(scored, key=lambda text: -scored[text])

    def _score(self, phrase: Sequence[Word], said: Counter[str]) -> float:
        stems = {stem(word.lower) for word in phrase if word.lower not in _STOP}
        weights = [
            min(said[word], MOST_REPEATED) * math.log(1 + self._total / max(1, self._held[word])) for word in stems
        ]
        share = SINGLE_SHARE if len(phrase) == 1 else 1.0
        return share * sum(weights) / math.sqrt(max(1, len(weights)))


def _noun_phrases(read: Sequence[Word], verb: str) -> Iterator[tuple[Word, ...]]:
    """Yield runs of words without function words and verbs: most are noun phrases."""
    held: list[Word] = []
    for number, word in enumerate(read):
        if held and word.text[:1].isdigit() and held[-1].text.islower():
            yield from _trimmed(held)  # "a semen sample 12 weeks after": two phrases
            held = []
        if word.lower != verb and _is_nominal(read, number):
            held.append(word)
            if not word.after:
                continue
        if held:
            yield from _trimmed(held)
        held = []
    if held:
        yield from _trimmed(held)


def _is_nominal(read: Sequence[Word], number: int) -> bool:
    """Return whether a word can be part of a noun phrase."""
    word, before = read[number], read[number - 1].lower if number else ""
    if not _NOMINAL.fullmatch(word.text) or word.lower.partition("'")[0] in _STOP:
        return False
    if word.text[0].isupper() and number:
        return True
    if classes(word.lower)[0] == "r" or (word.lower.endswith("ed") and len(word.lower) > len("speed")):
        return False
    readings = verb_forms(word.lower)
    if before in DETERMINERS - {"that"} and all(form.form == "base" for form in readings):
        return True  # "those pin holes"
    following = read[number + 1].lower if number + 1 < len(read) else ""
    acts = any(is_verb(form.lemma) or form.form == "past" for form in readings)
    acts = acts or (number > 0 and word.lower.endswith("s") and not word.after and following in DETERMINERS)
    return not acts and not (before == "to" and readings)


def _is_no_head(word: Word) -> bool:
    """Return whether a word cannot end a phrase: "2010", an adjective."""
    adjective = word.text.islower() and (classes(word.lower)[0] in "ar" or is_comparative(word.lower))
    return adjective or word.text.isdigit()


def _trimmed(held: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Yield the run unless its end cannot be the head of a phrase."""
    part = list(held)[-LONGEST_HEADING:]
    if len(part) > 1 and part[-2].lower.endswith("s") and any(f.form == "base" for f in verb_forms(part[-1].lower)):
        part.pop()  # "evergreen forests account for"
    while part and _is_no_head(part[-1]):
        part.pop()
    if part and any(len(word.text) > 2 and word.text[0].isalpha() for word in part):
        yield tuple(part)
