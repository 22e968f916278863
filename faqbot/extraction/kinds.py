"""Classify what an article is about by what people ask of it: a procedure, a condition, a task and others."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

WORDS_PER_SIGN: Final = 60  # words of text, at most, for each word that shows the kind
FEWEST_SIGNS: Final = 3  # different ones


class Kind(StrEnum):
    """What a subject is; the value names the catalogue of its questions."""

    PROCEDURE = "procedure"  # what people undergo, or have done to a thing
    CONDITION = "condition"  # of the body
    HOWTO = "howto"  # what people do themselves, step by step
    FORMALITY = "formality"  # what an office deals with
    SERVICE = "service"  # a place or an offer that people use
    NONE = ""


_CONDITION_NAME: Final = re.compile(
    r"(?:itis|osis|oses|iasis|emia|aemia|oma|algia|pathy|penia|trophy|plegia|rrhea|rrhoea|uria"
    r"|\b(?:disease|diseases|syndrome|disorder|disorders|infection|infections|fever|cancer|tumou?rs?|virus|palsy|injur(?:y|ies)"
    r"|deficiency|failure|allerg(?:y|ies)|pain|ache|migraine|asthma|diabetes|stroke|flu|influenza|measles|dementia|depression"
    r"|anxiety|autism|epilepsy|intolerance|attack|pressure|insomnia|blindness|impairment|poisoning|bleeding|hernia|ulcers?|stones?"
    r"|acne|eczema|rosacea|vitiligo|gout|shingles|warts?|verrucas?|hives|scabies|vertigo|coughs?|rash(?:es)?|obesity|snoring"
    r"|tinnitus|cataracts?|glaucoma|sciatica|concussion|fractures?|sprains?|constipation|nausea|indigestion|heartburn"
    r"|reflux|piles|cysts?|malaria|tuberculosis|pneumonia))$",
    re.IGNORECASE,
)
_SIGNS: Final = {
    Kind.CONDITION: re.compile(
        r"\b(?:symptoms?|diagnos\w+|diseases?|disorders?|syndrome|conditions?|infect(?:ions?|ed|ious)|patients?|doctors?|"
        r"health care|healthcare|prognosis|complications?|contagious|causes|risk factors?|medicines?|medications?)\b"
    ),
    Kind.FORMALITY: re.compile(
        r"\b(?:permits?|licen[cs]es?|visas?|passports?|appl(?:y|ies|ied|ication|ications|icants?)|eligib\w+|registration|"
        r"certificates?|council|municipal\w*|authorit(?:y|ies)|office|forms?|documents?|fees?|entitled|deadlines?)\b"
    ),
    Kind.SERVICE: re.compile(
        r"\b(?:open(?:s|ing hours)?|members?|membership|book(?:ing|ings)?|tickets?|visitors?|classes|courses?"
        r"|customers?|guests?|subscriptions?|admission|reservations?|prices?|cancel\w*|staff|monday|tuesday|wednesday|thursday|friday"
        r"|saturday|sunday)\b"
    ),
}
_PARTS_OF_TASKS: Final = re.compile(
    r"^(?:ingredients?|directions?|instructions?|method|preparation|steps?|materials|tools|equipment|supplies"
    r"|what you(?:'ll|\u2019ll| will)? need|you(?:'ll|\u2019ll| will)? need|how to \w+|step \d+)\b",
    re.IGNORECASE,
)


def is_task(title: str, headings: Iterable[str], *, has_steps: bool) -> bool:
    """Return whether an article tells how to do something: its title says so, or its headings and steps."""
    if re.match(r"how (?:to|do i|can i) ", title, re.IGNORECASE):
        return True
    parts = sum(bool(_PARTS_OF_TASKS.match(heading)) for heading in set(headings))
    return parts > 1 or bool(parts and has_steps)


def of(name: str, text: str) -> Kind:
    """Return what kind of thing a name stands for that is neither a procedure nor a task; NONE where it is no other."""
    lower = text.lower()
    words = max(1, len(lower.split()))
    signs = {kind: pattern.findall(lower) for kind, pattern in _SIGNS.items()}
    enough = {
        kind: len(found) for kind, found in signs.items()
        if len(set(found)) >= FEWEST_SIGNS and len(found) * WORDS_PER_SIGN >= words
    }  # fmt: skip
    if is_condition(name, text):
        return Kind.CONDITION
    return max(sorted(enough), key=lambda kind: enough[kind], default=Kind.NONE)


def is_condition(name: str, text: str) -> bool:
    """Return whether a name is that of a condition of the body, and its text speaks of it as one."""
    return bool(name and _CONDITION_NAME.search(name) and _SIGNS[Kind.CONDITION].search(text.lower()))
