"""Follow-ups: messages that make sense only after another one, told by their form, and what they ask in full.

A message is a follow-up if it has at most MOST_WORDS words and, behind any "ok", "but" or "and", is one of these; all
others are complete questions, and whatever was said before does not touch them:

more        "tell me more", "anything else?"
question    question words alone: "why?", "how long?", "since when"
reference   "that", "this", "they" and so on, or "it" with "normal" or "common", and at most one word that tells
            something: "is that normal?", "how long does that take"
object      "what about X", "how about X"; or "and X", "X too", "X instead", "X?" where X has no verb
correction  "no, I meant X": an object, and what was answered before was wrong

A message that only asks leave, "can I have it?", belongs to what its asker has told of themselves, however long ago.
The name of a thing alone, "wrinkles", is complete: people search with such words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from faqbot.answering.splitting import AUXILIARIES, PRONOUNS
from faqbot.search.index import UNINFORMATIVE_STEMS
from faqbot.search.question import Step
from faqbot.text import QUESTION_WORDS, phrase_set, stem, tokens, word_set

MOST_WORDS: Final = 9  # "no, i meant the scars on my upper back" has them
MOST_OBJECT: Final = 3  # words of an "X?" with nothing before or behind it
REPLACEABLE: Final = 3  # of the words that a question is about, the last ones can be what the next one is not about


class Form(StrEnum):
    """How a follow-up refers to what came before it."""

    MORE = "more"
    QUESTION = "question"
    REFERENCE = "reference"
    OBJECT = "object"
    CORRECTION = "correction"


OBJECTS: Final = (Form.OBJECT, Form.CORRECTION)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up: its form, and its own words without those that only tie it to what came before."""

    form: Form
    said: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What a follow-up refers to: the question asked last, completed if it was one itself, and its entry's question."""

    asked: str
    recognised: str = ""

    @property
    def questions(self) -> tuple[str, ...]:
        """Return the ways in which the topic was asked."""
        return tuple(filter(None, (self.asked, self.recognised)))


_MORE: Final = phrase_set("""
    tell me more|tell me more about it|tell me more about that|tell me more about this|more|more please|more info
    |more information|more details|anything else|what else|something else|is there more|is there anything else
    |anything more|go on|continue|and what else|can you tell me more|i want to know more|can you explain more|say more
    |is that all|is that everything|is that it|what more|any more|anymore info|any other info|what else is there
    |what else can you tell me|what else should i know|anything else i should know|more on that|more about that
    |more about this|elaborate|please elaborate|can you elaborate|explain more|give me more|give me more details
    |could you tell me more|what else do you know|keep going|any more info|any more details|expand on that
    """)
_TIES: Final = word_set("ok okay so oh but well hm hmm then alright yes yeah and also plus or no nope ah n")
_ADDING: Final = word_set("and also plus or n but")
_OPENERS: Final = tuple(
    tuple(opener.split())
    for opener in (
        "what about", "how about", "wat about", "what bout", "how bout", "wot about", "what abt", "how abt", "what of",
        "same for", "same question for", "same with", "same question about", "what if it is",
    )
)  # fmt: skip
_CORRECTING: Final = tuple(
    tuple(opener.split())
    for opener in (
        "i meant", "i mean", "meant", "i actually meant", "i was asking about", "i am asking about", "i asked about",
        "i was talking about", "not that but", "not that one but", "rather",
    )
)  # fmt: skip
_DETERMINERS: Final = word_set("the a an my your some any these those")
_QUESTIONS: Final = QUESTION_WORDS | word_set("long often soon old far come so one ones for since until not is")
_BEFORE_QUESTIONS: Final = frozenset({"for", "since", "until"})
_TAILS: Final = word_set("then though tho exactly please pls again too either instead anyway so now")
_REFERENCES: Final = word_set("that this those these they them")
_JUDGEMENTS: Final = word_set("normal usual common expected")  # "is it" they: what came before, not the name
_FRAGMENT_OPENERS: Final = word_set("for with without on in at to from by as during under per")
_NOT_IN_OBJECTS: Final = (
    AUXILIARIES | PRONOUNS | QUESTION_WORDS | word_set("not me my tell want need help get give let like know")
)
_SELF: Final = frozenset({"it", "its"})
_TELLING: Final = word_set("i my we our")  # begin what somebody says of themselves, or of who is with them
_LEAVE: Final = word_set(
    "can could may should allowed allow ok okay fine safe suitable possible alright advisable right wise"
)
_ASKING_LEAVE: Final = (
    _LEAVE
    | _TAILS
    | _TIES
    | _SELF
    | word_set("is are am be would will do does i we he she they me us him her them for to that this one")
    | word_set("have had get do done try use take go ahead still even really just")
)
_POLITE: Final = word_set("please ok so and")


def recognised(message: str) -> FollowUp | None:
    """Return a message as a follow-up, or None where it is none by its form."""
    words = tokens(message)
    if not 0 < len(words) <= MOST_WORDS:
        return None
    if " ".join(word for word in words if word not in _POLITE) in _MORE:
        return FollowUp(Form.MORE, "")
    is_tied = False
    while len(words) > 1 and words[0] in _TIES and words[:2] != ("so", "what"):
        is_tied |= words[0] in _ADDING
        words = words[1:]
    for kind, openers in ((Form.OBJECT, _OPENERS), (Form.CORRECTION, _CORRECTING)):
        opener = max((len(opener) for opener in openers if words[: len(opener)] == opener), default=0)
        if 0 < opener < len(words):
            return FollowUp(kind, _thing(words[opener:]))
    bare = _without_tail(words)
    is_tied |= len(bare) < len(words) or (message.rstrip().endswith("?") and len(bare) <= MOST_OBJECT)
    form = _form(bare, is_tied=is_tied)
    if form is Form.QUESTION and len(bare) > 1 and bare[0] in _BEFORE_QUESTIONS:  # "for how long"
        bare = bare[1:]
    return FollowUp(form, _thing(bare) if form is Form.OBJECT else " ".join(bare)) if form else None


def tells_case(message: str) -> bool:
    """Return whether a message says something of whoever writes it, and asks nothing: "I'm pregnant", "my son is 9"."""
    words = tokens(message)
    asks = "?" in message or QUESTION_WORDS.intersection(words)
    return len(words) > 1 and words[0] in _TELLING and not asks


def asks_leave(message: str) -> bool:
    """Return whether a message only asks if somebody may: "can I have it?", "is it ok for me?", "should I?"."""
    words = tokens(message)
    while words and words[0] in _TIES:
        words = words[1:]
    return bool(_LEAVE.intersection(words)) and words[0] in AUXILIARIES and _ASKING_LEAVE.issuperset(words)


def _form(words: Sequence[str], *, is_tied: bool) -> Form | None:
    """Return the form of words without what opens and ends them; `is_tied`: whether that tied them to others."""
    if _QUESTIONS.issuperset(words) and QUESTION_WORDS.intersection(words):
        return Form.QUESTION
    telling = [word for word in words if stem(word) not in UNINFORMATIVE_STEMS and word not in _QUESTIONS]
    refers = _REFERENCES.intersection(words) or (_SELF.intersection(words) and _JUDGEMENTS.intersection(words))
    if refers and len(telling) <= 1 and (AUXILIARIES | QUESTION_WORDS).intersection(words[:2]):
        return Form.REFERENCE
    return Form.OBJECT if is_tied and telling and not _NOT_IN_OBJECTS.intersection(words) else None


def _thing(words: tuple[str, ...]) -> str:
    """Return an object without its determiner: the question that it goes into has one."""
    bare = _without_tail(words)
    return " ".join(bare[1:] if len(bare) > 1 and bare[0] in _DETERMINERS else bare)


def _without_tail(words: tuple[str, ...]) -> tuple[str, ...]:
    while len(words) > 1 and (words[-1] in _TAILS or words[-2:] == ("as", "well")):
        words = words[: -2 if words[-1] == "well" else -1]
    return words


def completions(follow_up: FollowUp, topic: Sequence[Step], *, names_one: bool) -> Iterator[str]:
    """Yield what a follow-up may ask in full, after a question that was read as these steps.

    Args:
        follow_up: of another form than MORE.
        topic: the question before it.
        names_one: whether the follow-up names one of several procedures: then it takes the place of another one's name.
    """
    words = [" ".join(step.written) for step in topic]
    told = [place for place, step in enumerate(topic) if step.stem not in UNINFORMATIVE_STEMS]
    named = [place for place, step in enumerate(topic) if step.is_name]
    if names_one:
        for place in named:
            yield " ".join((*words[:place], follow_up.said, *words[place + 1 :]))
        yield " ".join((*(word for place, word in enumerate(words) if place not in named), "with", follow_up.said))
    elif follow_up.form in OBJECTS:
        yield from _about_another(follow_up.said, words, sorted((*told[-REPLACEABLE:], *named[-1:])))
    elif follow_up.form is Form.QUESTION:
        yield from _asked_otherwise(follow_up.said, words, told)
    else:
        about = " ".join(words[place] for place in told)
        said = follow_up.said.split()
        yield " ".join(about if word in _REFERENCES | _SELF else word for word in said)
        yield f"{follow_up.said} {about}"


def _about_another(said: str, words: list[str], told: list[int]) -> Iterator[str]:
    """Yield a question with other words in one of the places told, or behind it."""
    for place in reversed(told):
        yield " ".join((*words[:place], said, *words[place + 1 :]))
        if place + 1 < len(words):
            yield " ".join((*words[:place], said))
    if said.split(" ", 1)[0] in _FRAGMENT_OPENERS:
        yield " ".join((*words, said))


def _asked_otherwise(said: str, words: list[str], told: list[int]) -> Iterator[str]:
    """Yield a question with other question words."""
    start = 0
    while start < len(words) and words[start] in _QUESTIONS - AUXILIARIES:
        start += 1
    yield " ".join((said, *words[start:]))
    yield " ".join((said, *(words[place] for place in told)))
    yield from (f"{said} {words[place]}" for place in told[:REPLACEABLE])
