"""Worries: messages that report something bad, here and now. A person has to see to them, not a FAQ.

"I am bleeding", "got a fever since the treatment" and "my skin is oozing pus" report; "will I bleed?", "is bleeding
normal?" and "what if it gets infected?" ask about a possibility, and are questions like others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from rapidfuzz.distance import OSA

from faqbot.answering.splitting import AUXILIARIES
from faqbot.english.wordlists import is_english
from faqbot.knowledge.entries import KnowledgeBase
from faqbot.text import stem, tokens, word_set

# They hold for every knowledge base that names none. A shop needs none of them, but they cost it nothing: nobody
# reports a fever to it. Words that trades use of things alone ("broken", "leaking", "burnt") are left out.
DEFAULT_WORDS: Final = (
    "bleeding", "a lot of blood", "blood everywhere", "infected", "pus", "oozing", "fever", "cannot breathe",
    "trouble breathing", "chest pain", "heart attack", "stroke", "seizure", "unconscious", "fainted", "passed out",
    "allergic reaction", "swelling badly", "severe pain", "unbearable pain", "overdose", "suicidal", "kill myself",
)  # fmt: skip
DEFAULT_LINE: Final = (
    "This may need a person, not a program. Contact the clinic that treated you; "
    "in an emergency call your local emergency number."
)

LONGEST_REPORT: Final = 60  # words: alarms further on are told, not cried
SHORTEST_SLIP: Final = 5  # letters of a stem that may be misspelt by one: "bleding", "infectd"
REACH: Final = 7  # words from the subject to the alarm: "my whole face has been red and swollen"

_CLAUSE: Final = re.compile(r"[.,;:!?()\n]+|\s-+\s")
_TWO: Final = {"cannot": ("can", "not"), "its": ("it", "is")}  # "its infected" is how people type it
_PEOPLE: Final = word_set("i it there he she we they")
_OWNERS: Final = word_set("my the our his her their this")
_BE: Final = word_set("am is are was were been")
_FINITE: Final = _BE | word_set(
    "has have had got feel feels felt keeps keep kept started starts looks look became turned getting"
)
# Between subject and alarm, or anywhere before the subject, they make it a possibility, a fear or hearsay.
_UNREAL: Final = word_set("""
    will would can could may might should shall going supposed afraid scared worried worry fear fears risk risks chance
    never not no without if whether prone about want hope avoid prevent expect normal
    """)
_HEARSAY: Final = word_set("if whether unless until before heard hear read says told wonder wondering suppose")
# They make a habit or an old story of it.
_HABIT: Final = word_set(
    "when whenever easily always sometimes usually never year years month months child childhood teenager"
)
# Words that make another thing of an alarm before or behind them.
_BEFORE: Final = word_set("hay yellow dengue cabin anti")
_BEHIND: Final = word_set(
    "disorder disorders condition risk risks rate thinner thinners type pressure normal ok okay common usual"
)
_LEADS: Final = word_set("help please hi hello hey omg oh god doctor ok okay so and but also because lots of")
_SUBJECTLESS: Final = word_set("got have having feeling feel still keep keeps been am started just")
_NOW: Final = word_set("lot badly heavily everywhere since yesterday today now still help worse nonstop")


def words_of(knowledge: KnowledgeBase) -> tuple[tuple[str, ...], ...]:
    """Return the alarms of a knowledge base as stems, longest first."""
    alarms = {
        tuple(stem(part) for part in _words(word) if part not in _BE) for word in knowledge.urgent or DEFAULT_WORDS
    }
    return tuple(sorted(filter(None, alarms), key=lambda alarm: (-len(alarm), alarm)))


def line_of(knowledge: KnowledgeBase) -> str:
    """Return what a knowledge base says to a worry before anything else."""
    return knowledge.urgent_answer or DEFAULT_LINE


def is_report(message: str, alarms: Sequence[tuple[str, ...]]) -> bool:
    """Return whether a message reports one of the alarms: of somebody, now or lately, and not as a possibility."""
    left = LONGEST_REPORT
    for clause in _CLAUSE.split(message):
        words = _words(clause)[:left]
        left -= len(words)
        while words and words[0] in _LEADS:
            words = words[1:]
        if any(_reports(words, start, end) for start, end in _found(words, alarms)):
            return True
    return False


def _words(text: str) -> tuple[str, ...]:
    return tuple(chain.from_iterable(_TWO.get(word, (word,)) for word in tokens(text)))


def _is_alarm(word: str, said: str, alarm: str) -> bool:
    if said == alarm or len(said) < SHORTEST_SLIP or said[0] != alarm[0]:
        return said == alarm
    return OSA.distance(said, alarm, score_cutoff=1) <= 1 and not is_english(word)


def _found(words: Sequence[str], alarms: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Yield where alarms stand; "is" may stand within: "battery on fire" is said of a battery that is on fire."""
    stems = tuple(map(stem, words))
    for start in range(len(stems)):
        for alarm in alarms:
            end = start
            for part in alarm:
                end += end > start and end < len(words) and words[end] in _BE
                if end == len(words) or not _is_alarm(words[end], stems[end], part):
                    break
                end += 1
            else:
                yield start, end


def _reports(words: Sequence[str], start: int, end: int) -> bool:
    behind = words[end : end + 1]
    if (
        _HABIT.intersection(words)
        or _BEHIND.intersection(behind)
        or _BEFORE.intersection(words[max(0, start - 1) : start])
    ):
        return False
    if _asks_why(words, start):
        return True
    if _is_subjectless(words, start, end):
        return True
    return any(_is_subject(words, place, start, end) for place in range(max(0, start - REACH), start))


def _is_subject(words: Sequence[str], place: int, start: int, end: int) -> bool:
    """Return whether the word at `place` begins the subject that the alarm at `start` is reported of."""
    between = words[place + 1 : start]
    if words[place] not in _PEOPLE | _OWNERS or _HEARSAY.intersection(words[:start]):
        return False
    if words[start] == "not" and AUXILIARIES.intersection(between[-1:]):  # "it will not stop bleeding"
        return True
    return not _UNREAL.intersection(between) and _has_verb(words, place, start, end)


def _has_verb(words: Sequence[str], place: int, start: int, end: int) -> bool:
    """Return whether the subject at `place` has a verb that makes a statement of the alarm at `start`."""
    between = words[place + 1 : start]
    before = words[place - 1] if place else ""
    owned = words[place] in _OWNERS
    if before in AUXILIARIES:  # inverted, unless there is another verb: "what should I do my face is bleeding"
        return any(word in _BE for word in between[owned:])
    if any(word in _FINITE for word in between[owned:]) or AUXILIARIES.intersection(words[start:end]):
        return True
    is_verb = words[start].endswith(("ing", "ed", "en")) or (words[start].endswith("s") and words[place] != "i")
    if words[place] == "my":  # "my face swelling badly"
        return len(between) == 1 and is_verb
    return words[place] in _PEOPLE and not between and is_verb  # "it oozes", "I fainted"


def _asks_why(words: Sequence[str], start: int) -> bool:
    """Return whether a question takes the alarm for granted: "why is my face bleeding", "how do I stop the pus"."""
    if words[:1] == ("why",) and words[1:2] and words[1] in _BE | {"has", "have"} and words[2:3]:
        return words[2] in ("i", "my") and not _UNREAL.intersection(words[3:start])
    return words[:1] == ("how",) and words[max(0, start - 2) : start] in {
        ("stop", "the"),
        ("stop", "this"),
        ("stop", "my"),
    }


def _is_subjectless(words: Sequence[str], start: int, end: int) -> bool:
    """Return whether it is said of oneself without saying so: "got a fever", "cant breathe", "bleeding a lot"."""
    if _UNREAL.intersection(words[:start]):
        return False
    if start == 0 and AUXILIARIES.intersection(words[:end]):  # "cant breathe", "battery is smoking"
        return True
    if 0 < start <= 4 and words[0] in _SUBJECTLESS:
        return not (_PEOPLE | AUXILIARIES).intersection(words[1:start])
    return start <= 1 and words[0] not in AUXILIARIES and bool(_NOW.intersection(words[end:]))
