"""Several questions in one message: where one ends and the next begins. By syntax alone, and rather too rarely."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from faqbot.answering import smalltalk
from faqbot.text import tokens, word_set

MOST_PARTS: Final = 5  # questions in a message: more is a letter, and its answers would fill the screen
MOST_FEW: Final = 2  # numbers that make a list
LONGEST_LISTED: Final = 6  # words of one of several things, where each has to be answered: "even out my skin tone"
LONGEST_ITEM: Final = 4  # words of one of several things that are asked about
LONGEST_FRAGMENT: Final = 7  # words of a fragment with a question mark behind it: "and what about my acne scars?"
LONGEST_MESSAGE: Final = 400  # characters: what is longer tells a story, and its sentences belong together
LONGEST_LOOK: Final = 3  # words of a quality: "a bit sore"
WH_REACH: Final = 5  # words: "what kind of card do" is as far as a question word stands from its verb

_END: Final = re.compile(r"(?<=[.?!;])\s+|(?<=[?!])(?=[A-Za-z])|\n+|\s+[/+]\s+")
_NUMBERED: Final = re.compile(
    r"(?:^|(?<=\s)|(?<=[,;:?]))\(?(?:[1-9]|[a-e]|[Qq][1-9])[.):]\s*(?=[A-Za-z])|(?:^|(?<=\s))[-*\u2022]\s+(?=[A-Za-z])"
)
_ORDINAL: Final = re.compile(r"\b(?:first|second|third|fourth)(?:ly)?\b[,: ]\s*(?:of all\b,?\s*)?", re.I)
_COLON: Final = re.compile(r"[^:?]{0,60}:\s+")
_COMMA: Final = re.compile(r"\s*[,;]\s*(?:(?:and|also|plus)\s+)?|\s+(?:and|also|plus|&)\s+(?:also\s+)?", re.I)
_LISTED: Final = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&|plus|as well as)\s+", re.I)
_NEVER_APART: Final = re.compile(r"\b(?:between|both|pros|more|again|husband|day|now|once)\b|\bor\b", re.I)
_ANNOUNCED: Final = re.compile(r"\bquestions?\b", re.I)
_INDIRECT: Final = re.compile(
    r"(?:(?:and|also|plus|please|pls|ok|so|hi|hello)[, ]+){0,2}"
    r"(?:(?:i (?:would like|want|wanted|need) to|i'd like to|id like to|can i|may i) (?:know|ask)(?: about)?"
    r"|(?:can |could )?(?:you )?(?:please )?(?:tell me(?: about)?|explain)"
    r"|(?:i am|i was|i'm|im) wondering|what about|how about)\b"
    r"(?:\s+(?:if|whether))?\s*",
    re.I,
)
_IF: Final = re.compile(r"(?:if|whether)\s+", re.I)
_SLASHED: Final = re.compile(r"\s*(?:[A-Za-z]+(?: [A-Za-z]+)?\s*/\s*){2,4}[A-Za-z]+(?: [A-Za-z]+)?\s*\??\s*")
_JOINT: Final = re.compile(
    r"(?:\s*,\s*(?:(?:and|also|plus)\s+){0,2}|\s+(?:and|also|plus|&)\s+(?:also\s+)?)(?:if (?:so|not|yes)\b[, ]*)?", re.I
)
_JOINING: Final = re.compile(r"(?:and|also|plus|but|so|then|if so|if not|if yes)\b[\s,]*|&\s*", re.I)
_MAYBE: Final = re.compile(r"[.?!;\n,&/+)]|\b(?:and|also|plus|second)\b", re.I)
_LEAD: Final = word_set("and also plus but so then ok okay oh well hi hello hey please thanks")
_CONDITIONS: Final = (["so"], ["not"], ["yes"])  # behind "if": of the question before
_BARE: Final = word_set("what which who when where why how much many long often soon far deep old big")
_BEING: Final = word_set("be is are am get gets getting feel look looks feels become")
_WH: Final = word_set("what which who whom whose when where why how")
AUXILIARIES: Final = word_set("""
    am is are was were do does did has have had can could will would shall should may might must
    """)
PRONOUNS: Final = word_set("i it you they we he she")
_REFERRING: Final = word_set("them those these")  # to something in the question before
_SUBJECTS: Final = PRONOUNS | word_set(
    "there this that these those the a an my your our their his her its any people someone anyone"
)


@dataclass(frozen=True, slots=True)
class Split:
    """A message in its questions.

    Attributes:
        questions: in their order; a fragment ("and wrinkles?") leans on the one before it.
        told: what the message tells beside them, which may be said for the sake of each; empty for most.
    """

    questions: tuple[str, ...]
    told: str = ""


def split(message: str) -> Split:
    """Return the questions of a message that holds two to MOST_PARTS, and none for any other.

    A question ends where a sentence does, or before the next number of a list ("1) price 2) pain", "first ... second
    ..."), or before "and", "also" or a comma with another whole question behind; a whole one has a verb before its
    subject, or is told indirectly ("I'd like to know if it hurts"). Between question marks, and where a list of things
    is asked for ("tell me the price and the risks"), fragments count too. "Does it help with acne and scars" is one
    question here: see `coordinated`. "I have acne. Does it help?" is one too, since the first is said for the sake of
    the other; so is a message whose later question speaks of "them".
    """
    if len(message) > LONGEST_MESSAGE or not _MAYBE.search(message):
        return Split(())
    found: list[str] = []
    told: list[str] = []
    for text, is_asked in _segments(message):
        pieces = _asked_in(text, is_asked=is_asked, is_first=not found)
        if pieces:
            found += pieces
        elif smalltalk.kind_of(text) is None and not _ANNOUNCED.search(text):
            told.append(text)
    questions = tuple(dict.fromkeys(filter(None, map(_bare, found))))
    refers = any(_REFERRING.intersection(tokens(question)) for question in questions[1:])
    if not 2 <= len(questions) <= MOST_PARTS or refers or len(told) > 1:
        return Split(())
    return Split(questions, " ".join(told))


def questions_in(message: str) -> tuple[str, ...]:
    """Return the questions of a message that holds several: see `split`."""
    return split(message).questions


def coordinated(question: str) -> tuple[str, ...]:
    """Return a question that names several things ("reduce acne, scars and pores") up to the first, then the others.

    By form alone: whether they are asked about one by one is for whoever knows the answers. Empty for any other.
    """
    if len(question) > LONGEST_MESSAGE or not is_whole(question) or _NEVER_APART.search(question):
        return ()
    pieces = [piece.strip(" ,?.!") for piece in _LISTED.split(question)]
    is_list = (
        2 <= len(pieces) <= MOST_PARTS and all(pieces) and all(len(tokens(one)) <= LONGEST_LISTED for one in pieces[1:])
    )
    # "Red and sore" is one look of the skin; "look younger and even out my skin tone" are two.
    is_quality = (
        tokens(pieces[0])[-2:-1] and tokens(pieces[0])[-2] in _BEING and len(tokens(pieces[-1])) <= LONGEST_LOOK
    )
    return tuple(pieces) if is_list and not is_quality and not any(map(is_whole, pieces[1:])) else ()


def _segments(message: str) -> Iterator[tuple[str, bool]]:
    """Yield the sentences or list items of a message, and whether each is marked as a question."""
    marks = list(_NUMBERED.finditer(message))
    ordinals = [
        mark for mark in _ORDINAL.finditer(message) if not message[: mark.start()].strip(" ,") or mark.start() > 0
    ]
    for listed in (marks, ordinals if _ORDINAL.match(message.strip()) else []):
        if len(listed) >= MOST_FEW:
            ends = [mark.start() for mark in listed[1:]] + [len(message)]
            if (lead := message[: listed[0].start()].strip(" :,-")) and is_whole(lead):
                yield lead, True
            for mark, end in zip(listed, ends, strict=True):
                yield message[mark.end() : end].strip(" ,;.?"), True
            return
    if _SLASHED.fullmatch(message):
        yield from ((item.strip(" ?"), True) for item in message.split("/"))
        return
    start = 0
    for first, last in (*(mark.span() for mark in _END.finditer(message)), (len(message), len(message))):
        text = message[start:first].strip()
        if text:
            yield text, text.endswith("?") or "+" in message or message[first:last].strip() == "/"
        start = last


def _asked_in(text: str, *, is_asked: bool, is_first: bool) -> list[str]:
    """Return the questions of one sentence."""
    lead = _INDIRECT.match(text)
    if lead:
        rest = text[lead.end() :]
        return [_behind(_IF, _behind(_INDIRECT, piece.strip())) for piece in _COMMA.split(rest) if piece.strip()]
    announced = _COLON.match(text)
    opened = text[announced.end() :] if announced else text
    bare = [piece for piece in _COMMA.split(opened) if _words(piece)]
    is_bare = all(_opens_bare(piece) or is_whole(piece) for piece in bare)
    if len(bare) > 1 and is_bare and (len(_words(bare[0])) > 1 or all(map(_is_bare, bare))):
        return bare
    pieces = list(_pieces(opened))
    if all(map(is_whole, pieces)):
        return pieces
    is_asked = is_asked or _is_bare(opened) or (not is_first and (_opens_bare(opened) or _words(opened)[:1] == ["any"]))
    is_fragment = is_asked and len(tokens(opened)) <= (LONGEST_FRAGMENT if not is_first else LONGEST_ITEM)
    return [opened] if is_fragment else []


def _behind(opening: re.Pattern[str], text: str) -> str:
    found = opening.match(text)
    return text[found.end() :] if found else text


def _opens_bare(text: str) -> bool:
    """Return whether a question word opens a text: "how many sessions", "for how long"."""
    words = _words(text)
    return bool(words) and (words[0] in _WH or words[:2] in (["for", "how"], ["since", "when"]))


def _is_bare(text: str) -> bool:
    """Return whether a text is question words alone: "how much"."""
    words = _words(text)
    return bool(words) and words[0] in _WH and _BARE.issuperset(words)


def is_whole(text: str) -> bool:
    """Return whether a text is a question with its own verb and subject, by its first words."""
    words = _words(text)
    if len(words) < 3 or words[0] not in AUXILIARIES | _WH:
        return False
    if words[0] in AUXILIARIES or (words[:2] == ["how", "long"] and words[2] in ("until", "till", "before")):
        return True
    for place, word in enumerate(words[1 : WH_REACH + 1], 1):
        if word in PRONOUNS:
            return False
        if word in AUXILIARIES:
            return place + 1 < len(words)
    return False


def _pieces(sentence: str) -> Iterator[str]:
    """Yield a sentence in pieces, cut before each whole question that follows a whole question."""
    start = 0
    for joint in _JOINT.finditer(sentence):
        left, right = sentence[start : joint.start()], sentence[joint.end() :]
        if _opens(right) and is_whole(left) and not _goes_on(left, joint[0], right):
            yield left.strip()
            start = joint.end()
    yield sentence[start:].strip()


def _goes_on(left: str, joint: str, right: str) -> bool:
    """Return whether a clause between commas only describes what stands before it: "will my mum, who is 70, ..."."""
    return joint.strip() == "," and _words(right)[0] in ("who", "which") and _words(left)[-2] in _SUBJECTS - PRONOUNS


def _opens(text: str) -> bool:
    """Return whether a whole question with a subject that cannot be mistaken opens a text."""
    words = _words(text)
    if words[:1] and words[0] in AUXILIARIES:
        return len(words) > 2 and words[1] in _SUBJECTS
    return is_whole(text)


def _words(text: str) -> list[str]:
    words = list(tokens(text))
    while words and words[0] in _LEAD:
        del words[0]
    return words[2:] if words[:1] == ["if"] and words[1:2] in _CONDITIONS else words


def _bare(piece: str) -> str:
    """Return a piece without the words that only join it to the one before."""
    rest = piece.strip(" ,&")
    while (first := _JOINING.match(rest)) and first.end() < len(rest):
        rest = rest[first.end() :]
    return rest
