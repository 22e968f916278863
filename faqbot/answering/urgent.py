"""Classify a message as a worry: a report of something bad, now, of somebody, that a person has to see to.

`english/signs.txt` names the signs, `frames` tells how each is spoken of. "My lips turned blue", "got a fever since the
treatment" and "struggling for air" report; "can it get infected?" and "what if I faint?" ask about a possibility; "I
fainted years ago" is past; "my sister had blisters, can that happen to me" is of another person, and past; "I'm dying
to try it" is a figure of speech. A message whose frame is not clear ("allergic reaction?") is answered as a question,
and told where to turn.

A worry missed costs more than a line too many: an emergency counts wherever nothing speaks against it, any other sign
where something speaks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from faqbot.answering import clauses, frames, signs
from faqbot.answering.frames import Frame
from faqbot.answering.signs import Hit, Level, Signs
from faqbot.english import wordlists
from faqbot.knowledge.entries import KnowledgeBase
from faqbot.text import stem, tokens

DEFAULT_LINE: Final = (
    "This may need a person, not a program. Contact the clinic that treated you; "
    "in an emergency call your local emergency number."
)
CRISIS_LINE: Final = (
    "You matter, and you do not have to carry this alone. Please talk to a person now: someone you trust, or a crisis "
    "line where you live. If you may act on it, call your local emergency number."
)
WISH: Final = "I hope that it turns out well."
IF_NOW: Final = "If this is happening to somebody now:"

LONGEST_REPORT: Final = 240  # words: alarms further on are told, not cried


@dataclass(frozen=True, slots=True)
class Worry:
    """What a message reports.

    Attributes:
        kind: the section of the signs: "breathing", "accident", "self-harm" ...
        is_clear: whether it is surely a report; else it may be one.
    """

    kind: str
    is_clear: bool

    @property
    def is_crisis(self) -> bool:
        """Whether it is of harming oneself."""
        return self.kind == "self-harm"


def of(knowledge: KnowledgeBase) -> Signs:
    """Return the signs that a knowledge base names itself, in its `urgent:` lines."""
    return Signs(signs.own(knowledge.urgent))


def line_of(knowledge: KnowledgeBase, worry: Worry | None = None) -> str:
    """Return what a knowledge base says to a worry before anything else."""
    line = knowledge.urgent_answer or DEFAULT_LINE
    if worry and worry.is_crisis:
        line = knowledge.crisis_answer or CRISIS_LINE
    return line


def find(message: str, own: Signs, *, is_of_bodies: bool = True) -> Worry | None:
    """Return the worry that a message reports, the clearest of several; None for any other message.

    Args:
        message: as it was typed.
        own: the signs that the knowledge base names.
        is_of_bodies: whether it is about bodies: of others, only what is said of a person outright counts.
    """
    plain = clauses.words_of(message)
    if not signs.usual().may_hold(plain) and not own.may_hold(plain):
        return None
    said = clauses.said_by(message, plain)
    found: list[tuple[Frame, Hit]] = []
    unclear = 0
    left = LONGEST_REPORT
    for clause in clauses.clauses(message):
        words = clause[:left]
        left -= len(words)
        spoken = list(frames.spoken(words, said, own, is_of_bodies=is_of_bodies))
        found += spoken
        unclear += _apart([hit for frame, hit in spoken if frame is Frame.UNCLEAR])
        if left <= 0:
            break
    frame, hit = max(found, key=lambda each: (each[0], each[1].sign.level is Level.SELF_HARM), default=(None, None))
    if not frame or not hit:
        return None
    is_clear = frame is Frame.REPORT or (unclear > 1 and not said.is_asking)  # "dizzy, and a cold sweat"
    return Worry(hit.sign.kind, is_clear)


def _apart(hits: Sequence[Hit]) -> int:
    """Return how many signs there are that share no word."""
    taken: set[int] = set()
    count = 0
    for hit in hits:
        if taken.isdisjoint(hit.places):
            count += 1
            taken.update(hit.places)
    return count


MANY_ENTRIES: Final = 400  # are looked at, evenly spread, to tell what a knowledge base is about
# Of the 191 invented FAQs of tests/data/faqs, a quarter of the entries and three words: 43 of 48 about bodies are known
# as such (not those of hearing aids, glasses, a barber, a spa hotel, giving up smoking), and of 143 about other things
# four (a travel insurer, an animal home, an adoption agency, a food bank); none about software or machines.
OF_BODIES: Final = (0.25, 3)


@cache
def _body_stems() -> frozenset[str]:
    lines = wordlists.text("bodies.txt").splitlines()
    return frozenset(stem(word) for line in lines if not line.startswith("#") for word in line.split())


def is_of_bodies(knowledge: KnowledgeBase) -> bool:
    """Return whether a knowledge base is about bodies, by its words: see `english/bodies.txt`."""
    looked_at = knowledge.entries[:: max(1, len(knowledge.entries) // MANY_ENTRIES)]
    found = [
        _body_stems().intersection(map(stem, tokens(f"{entry.question} {entry.answer} {entry.gap}")))
        for entry in looked_at
    ]
    share, words = OF_BODIES
    return sum(map(bool, found)) >= share * max(1, len(found)) and len(set().union(*found)) >= words


MOST_WORDS: Final = 14  # of a message that goes on about a worry


def goes_on(message: str) -> bool:
    """Return whether a message that follows a worry is about it, by its form: asks for help, or tells how it goes on.

    A question with a subject of its own ("how much does it cost") does not; nor is a statement one where it says that
    all is well again: see `is_over`.
    """
    words = clauses.words_of(message)
    while len(words) > 1 and words[0] in _COURTESIES:
        words = words[1:]
    if not 0 < len(words) <= MOST_WORDS or is_over(message):
        return False
    told = signs.sections(words)
    is_statement = "?" not in message and words[0] not in frames.OPENERS
    return "seeking" in told or (is_statement and "going-on" in told)


def is_over(message: str) -> bool:
    """Return whether a message says that what was wrong is well again: "ok it stopped now, thank you"."""
    return clauses.is_over(signs.sections(clauses.words_of(message)))


_COURTESIES: Final = frozenset({"ok", "okay", "please", "pls", "and", "but", "so", "then", "oh", "hey", "no", "yes"})
