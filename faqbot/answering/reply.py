"""Reply values: the status, its reason, and the canned sentences of refusals and lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from faqbot.knowledge.entries import Entry, Source

if TYPE_CHECKING:  # they bring numpy, which who only shows replies need not load
    from faqbot.answering.explanation import Explanation
    from faqbot.search.ranking import Match


class Status(StrEnum):
    """What was decided; equal to the plain strings."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    GAP = "gap"
    UNANSWERED = "unanswered"
    SMALL_TALK = "small_talk"  # in a conversation: a greeting, thanks, a question about the bot
    URGENT = "urgent"  # a worry that no FAQ may answer first


class Reason(StrEnum):
    """Why a question was not answered outright, in one stable word for programs."""

    NONE = ""  # it was answered
    KNOWN_GAP = "known_gap"  # the knowledge base knows the question, and that its source does not answer it
    AMBIGUOUS = "ambiguous"  # several entries fit about as well
    UNCERTAIN = "uncertain"  # one entry fits best, but not well enough to give its answer
    NO_MATCH = "no_match"  # no entry fits
    OFF_TOPIC = "off_topic"  # most of the question is about things that the knowledge base never mentions
    EMPTY = "empty"  # there are no words in it
    TOO_LONG = "too_long"  # more text than a question has


WHERE_TO_TURN: Final = "Try other words, or ask someone who knows your case."
UNREVIEWED: Final = "Not reviewed yet: taken from the article by machine."
UNREVIEWED_GAP: Final = "Not reviewed yet: a machine found no answer in the article."
ALSO: Final = "You may also ask:"
TO_A_PERSON: Final = "To reach a person: {}"
BEST_FIRST: Final = (Status.ANSWERED, Status.GAP, Status.SUGGESTED, Status.UNANSWERED)
UNKNOWN_WORDS: Final = 3  # more of them would hide the sentence


class _Explained:
    """Where a reply keeps how to explain it: no field, so that it is neither compared, shown, copied nor pickled."""

    __slots__ = ("_explain",)

    _explain: Callable[[], Explanation]


@dataclass(frozen=True, slots=True)
class Reply(_Explained):
    """What was decided about one question.

    Attributes:
        question: as it was asked.
        status: "answered", "suggested", "gap" or "unanswered", for a worry "urgent", in conversations also
            "small_talk"; compares equal to the string. With parts, the best of theirs, in the order answered, gap,
            suggested, unanswered.
        text: what to show, whatever the status.
        entry: the entry answered, or recognised as a gap; else None. With parts, that of the first one with the status.
        confidence: 0 to 1: the calibrated chance that the best entry is the right one. With parts, as the entry.
        suggestions: "did you mean", best first, with `suggested`, and with `urgent` what else there is to read.
        parts: of a message that holds several questions: a reply to each, in their order; else ().
        reason: why it was not answered; empty when it was.
        related: in a conversation, what else is worth asking after an answer.
        asked: the question as it was understood: a follow-up in full, else that of the entry given; empty where
            nothing was.
        note: the end of the text that is said in passing: where to turn; empty for most.
        highlight: of an answer that nobody has reviewed, the sentence that answers best, to be shown first; empty where
            that is what it begins with.
    """

    question: str
    status: Status
    text: str
    entry: Entry | None = None
    confidence: float = 0.0
    suggestions: tuple[Match, ...] = ()
    parts: tuple[Reply, ...] = ()
    reason: Reason = Reason.NONE
    related: tuple[Entry, ...] = ()
    asked: str = ""
    note: str = ""
    highlight: str = ""

    @property
    def source(self) -> Source | None:
        """Return where the answer comes from, if there is one answer that cites it; parts have each their own."""
        if self.parts:
            return None
        return self.entry.source if self.entry and str(self.entry.source) else None

    def explain(self) -> Explanation:
        """Return what the decision was made of. It is worked out here: a reply that nobody explains costs nothing.

        Raises:
            ValueError: no bot gave this very reply: it was copied, pickled or made by hand. `bot.explain` helps there.
        """
        try:
            explain = self._explain
        except AttributeError:
            raise ValueError(
                "a reply that was copied, pickled or made by hand knows no bot: use bot.explain(reply.question)"
            ) from None
        return explain()


def explained(reply: Reply, explain: Callable[[], Explanation]) -> Reply:
    """Return a reply that was just made, told how to explain itself."""
    object.__setattr__(reply, "_explain", explain)
    return reply


def changed(reply: Reply, **fields: object) -> Reply:
    """Return a reply with other fields, and with its explanation, which `dataclasses.replace` would leave behind."""
    other = replace(reply, **fields)  # type: ignore[arg-type]
    return explained(other, reply._explain) if hasattr(reply, "_explain") else other


def noted(reply: Reply, note: str) -> Reply:
    """Return a reply with something said in passing below its text."""
    if not note or note in reply.note:
        return reply
    notes = f"{reply.note}\n{note}" if reply.note else note
    return changed(reply, text=f"{body(reply)}\n\n{notes}", note=notes)


def body(reply: Reply) -> str:
    """Return the text of a reply without its note."""
    return reply.text.removesuffix(reply.note).rstrip("\n") if reply.note else reply.text


def leading(parts: Sequence[Reply]) -> Reply:
    """Return the part that stands for all: the first of those with the best status."""
    return min(parts, key=lambda part: BEST_FIRST.index(part.status))


def joined(question: str, parts: tuple[Reply, ...]) -> Reply:
    """Return the reply to a message with several questions: each is repeated before what it gets."""
    first = leading(parts)
    text = "\n\n".join(part.text if is_named(part) else f"{named(part.question)}\n{part.text}" for part in parts)
    if any(map(is_named, parts)):
        text = f"{text}\n\n{WHERE_TO_TURN}"
    suggestions = tuple(match for part in parts for match in part.suggestions)
    return Reply(
        question, first.status, text, first.entry, first.confidence, suggestions, parts, first.reason, asked=first.asked
    )


def is_named(part: Reply) -> bool:
    """Return whether a part of a reply names its question itself: see `unknown_part`."""
    return part.status is Status.UNANSWERED


def unknown_part(part: Reply) -> Reply:
    """Return an unanswered part of a reply, in a sentence that names it."""
    return changed(part, text=f"About {named(part.question)}: I do not have an answer to that.")


def named(question: str) -> str:
    """Return a question of a message in quotation marks."""
    return f'"{question}"'


def given(question: str, entry: Entry, confidence: float) -> Reply:
    """Return the reply that gives an entry's answer, or says the sentence of a gap."""
    if entry.is_gap:
        return Reply(question, Status.GAP, entry.gap, entry, confidence, reason=Reason.KNOWN_GAP, asked=entry.question)
    return Reply(question, Status.ANSWERED, entry.answer, entry, confidence, asked=entry.question)


def unreviewed(entry: Entry) -> str:
    """Return the sentence below an entry that no person has reviewed, or "" where one has."""
    if not entry.draft:
        return ""
    return UNREVIEWED_GAP if entry.is_gap else UNREVIEWED


def suggested(question: str, matches: tuple[Match, ...], confidence: float, reason: Reason) -> Reply:
    """Return the reply that asks which of the matches was meant."""
    return Reply(question, Status.SUGGESTED, choices(matches), None, confidence, matches, reason=reason)


def choices(matches: tuple[Match, ...], start: int = 1) -> str:
    """Return the lines that ask which of the matches was meant, numbered from `start`."""
    opening = "I am not sure which of these you mean:" if len(matches) > 1 else "I am not sure. Did you mean this?"
    return "\n".join([opening, *(f"{number}. {match.entry.title}" for number, match in enumerate(matches, start))])


def unanswered(
    question: str, reason: Reason, *, looked_in: str = "", confidence: float = 0.0, unknown_words: tuple[str, ...] = ()
) -> Reply:
    """Return the reply that says that there is no answer, where it was looked for, and which words are not there."""
    match reason:
        case Reason.EMPTY:
            text = "There is no question in that. Ask in your own words."
        case Reason.TOO_LONG:
            text = "That is too long for one question. Ask it in a sentence or two."
        case _:
            quoted = " or ".join(f'"{word}"' for word in unknown_words[:UNKNOWN_WORDS])
            lacking = f": no mention of {quoted}" if quoted else ""
            text = f"I do not have an answer to that. I looked in {looked_in}{lacking}. {WHERE_TO_TURN}"
    return Reply(question, Status.UNANSWERED, text, None, confidence, reason=reason)


def safety(question: str, line: str, listed: tuple[Match, ...], confidence: float) -> Reply:
    """Return the reply to a worry: the safety line, and what there is to read about it.

    Its answers are offered and not given: one written for the usual case would reassure whoever's case is not usual.
    """
    rows = ["", "What I have about it:", *_numbered([match.entry for match in listed])] if listed else []
    return Reply(question, Status.URGENT, "\n".join([line, *rows]), confidence=confidence, suggestions=listed)


def more(question: str, listed: tuple[Match, ...]) -> Reply:
    """Return the reply to "tell me more"."""
    text = "\n".join(["There is more about this:", *_numbered([match.entry for match in listed])])
    return Reply(question, Status.SUGGESTED, text, suggestions=listed, reason=Reason.AMBIGUOUS)


def nothing_more(question: str) -> Reply:
    """Return the reply to "tell me more" after everything was told."""
    return Reply(question, Status.UNANSWERED, f"That is all I have about this. {WHERE_TO_TURN}", reason=Reason.EMPTY)


def nothing_better(question: str, scope: str) -> Reply:
    """Return the reply to whoever wants none of the suggestions; `scope` is what was looked in."""
    text = f"Then I have nothing better in {scope}. {WHERE_TO_TURN}"
    return Reply(question, Status.UNANSWERED, text, reason=Reason.NO_MATCH)


def no_such_line(question: str, listed: tuple[Entry, ...]) -> Reply:
    """Return the reply to the number of a line that was not there."""
    text = "\n".join(["These can be asked next:", *_numbered(listed)])
    return Reply(question, Status.UNANSWERED, text, reason=Reason.EMPTY, related=listed)


def _numbered(entries: Sequence[Entry]) -> list[str]:
    return [f"{number}. {entry.title}" for number, entry in enumerate(entries, 1)]
