"""Name the fields of a knowledge file, and guess the one that a misspelt name means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from faqbot.knowledge.markdown import plain

TITLE_FIELDS: Final = (
    "procedure",
    "also called",
    "source",
    "same",
    "urgent",
    "urgent answer",
    "crisis answer",
    "contact",
    "answer from",
    "dropped",
)
ENTRY_FIELDS: Final = ("also", "topic", "source", "from", "fingerprint", "id", "gap", "draft", "next")
REPEATED: Final = frozenset({"also", "same", "also called", "urgent", "dropped", "next"})  # may be given more than once
# What a field holds that not every text will do for: the pattern, and how to say it.
VALUES: Final = {
    "answer from": (
        re.compile(r"0(\.[0-9]{1,4})?|1(\.0{1,4})?"),
        "it is a confidence from 0 to 1, such as 0.6; 'faqbot eval FILE QUESTIONS --tune' finds it",
    ),
    "draft": (
        re.compile("yes"),
        "an entry that nobody has reviewed says '- draft: yes'; a reviewed one has no such field",
    ),
    "fingerprint": (
        re.compile("[0-9a-f]{8}"),
        "it is eight digits 0 to 9 or a to f, made by machine; delete it if in doubt",
    ),
}
UNMISTAKEN: Final = frozenset({"next"})  # "text" and "best" are words that lists in answers begin with
LETTERS_AN_EDIT: Final = 4  # of an unknown name, for it to be a slip: "form" and "topci" are, "in" and "map" are not


def parted(text: str) -> tuple[str, str]:
    """Return the name and value of a text that reads `name: value`; ("", "") for others."""
    name, colon, value = text.partition(":")
    return (name.strip(), value.strip()) if colon and _letters(name).replace(" ", "").isalpha() else ("", "")


def nearest_name(name: str, known: Sequence[str]) -> str | None:
    """Return the field that `name` was probably meant to be: in another case, marked up, hyphenated or misspelt."""
    meant = _letters(name).casefold()
    found = process.extractOne(
        meant,
        [one for one in known if one not in UNMISTAKEN or one == meant],
        scorer=OSA.distance,
        score_cutoff=len(meant) // LETTERS_AN_EDIT,
    )
    return str(found[0]) if found else None


def are_fields(names: Sequence[str], known: Sequence[str]) -> bool:
    """Return whether a list below a heading is fields, right or wrong, and not the beginning of the text.

    One known name, or one that is nearly known and in lower case, makes it fields; so do slips alone. The list
    "- Monday: closed", "- From: Tuesday on" is text.
    """
    near = [name for name in names if name and nearest_name(name, known)]
    return any(name in known or name.islower() for name in near) or (bool(near) and len(near) == len(names))


def _letters(name: str) -> str:
    return " ".join(plain(name).replace("-", " ").replace("_", " ").split())
