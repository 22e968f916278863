"""One person's messages in a row, each read in the light of those before it."""

from __future__ import annotations

import logging
from functools import partial
from typing import Final, Protocol

from faqbot.answering import choices, explain, followups, related, rewriting, several, smalltalk, urgent
from faqbot.answering import reply as replies
from faqbot.answering.answerer import LONGEST_QUESTION, Answerer
from faqbot.answering.choices import Answer, Choice
from faqbot.answering.feedback import Feedback, Listener, Verdict
from faqbot.answering.followups import Form, Topic
from faqbot.answering.reply import BEST_FIRST, Reason, Reply, Status
from faqbot.answering.smalltalk import Kind
from faqbot.answering.urgent import Worry
from faqbot.knowledge.entries import Entry
from faqbot.search.ranking import Match

_log: Final = logging.getLogger(__name__)

REMARKS: Final = (Kind.DOUBT, Kind.AGAIN, Kind.INSULT)  # about a reply, and no question about its subject
CALM: Final = (Kind.FINE, Kind.THANKS, Kind.GOODBYE, Kind.GREETING)  # small talk that seeks no help
REMEMBERED: Final = 8  # entries that "tell me more" goes back through
NEAREST: Final = 3  # entries that a report of an unanswered question names


class Bot(Protocol):
    """Who answers: a bot of files that may be edited, or one state of them."""

    @property
    def answerer(self) -> Answerer:
        """What answers now."""


class Conversation:
    """One person's questions in a row. Not for sharing between threads; each person has their own.

    A complete question gets the reply that it would get in a new conversation, whatever came before; only `related`
    differs. Messages of other kinds are told by their form alone, in this order: an answer to a list ("2", "the last
    one", "yes", "none of these"), a worry, a follow-up ("and wrinkles?"), small talk.

    Args:
        bot: who answers.
        listener: hears of every question that was not answered, of suggestions that were turned down, and what
            `feedback` is told. If it raises, that is logged (logger "faqbot.answering.conversation"), and the reply is
            given all the same.
    """

    def __init__(self, bot: Bot, listener: Listener | None = None) -> None:
        self._bot = bot
        self._answerer = bot.answerer  # each message is answered from one state of the files
        self._listener = listener
        self._last: Reply | None = None
        self._offer: Reply | None = None  # its suggestions can be picked
        self._guess: Reply | None = None  # its suggestions were neither picked nor turned down
        self._topic: Topic | None = None  # what follow-ups refer to
        self._shown: list[Entry] = []  # what "tell me more" is about, the last one first of all
        self._seen: set[str] = set()  # ids of entries that were shown or suggested
        self._case: tuple[str, Entry] | None = None  # what somebody has told of themselves, and what it got
        self._worry: Worry | None = None  # until the subject changes, or all is well again
        self._about_worry: tuple[Match, ...] = ()  # what there is to read about it

    @property
    def bot(self) -> Bot:
        """The bot that answers."""
        return self._bot

    @property
    def last(self) -> Reply | None:
        """The reply given last."""
        return self._last

    def ask(self, question: str) -> Reply:
        """Return the reply to a message.

        The suggestions stay open until the next question: people look at the second one after the first. Where there
        are none, a number picks one of `related`.

        Raises:
            TypeError: the message is not a string.
        """
        self._answerer = self._bot.answerer
        if not isinstance(question, str) or len(question) > LONGEST_QUESTION:
            self._last = self._answerer.ask(question)
            return self._last
        heard: list[Feedback] = []
        choice = choices.chosen(question)
        listed = self._chosen(question, choice, heard) if choice else None
        self._last = (
            self._minded(listed, question) if listed else self._worried(question) or self._next(question, heard)
        )
        for feedback in heard:
            self._tell(feedback)
        return self._last

    def feedback(self, good: bool) -> None:
        """Tell the listener what the person thinks of the last reply.

        Raises:
            ValueError: nothing was asked yet.
        """
        if self._last is None:
            raise ValueError("there is no reply yet to think well or badly of")
        self._tell(_about(self._last, Verdict.GOOD if good else Verdict.BAD))

    def _tell(self, feedback: Feedback) -> None:
        if self._listener:
            try:
                self._listener(feedback)
            except Exception:
                _log.exception("the listener of a conversation failed; the reply is given all the same")

    def _chosen(self, question: str, choice: Choice, heard: list[Feedback]) -> Reply | None:
        """Return the reply to what was said to a list; None where there is no list that it was said to."""
        offer, last = self._offer, self._last
        if offer and choice.answer is Answer.NO:
            if self._guess:
                heard.append(_about(self._guess, Verdict.REJECTED))
            self._guess = self._offer = None
            reply = self._answerer.directed(replies.nothing_better(question, self._answerer.scope), None)
            return self._answerer.unranked(
                reply, "Refused: what was suggested was turned down, and nothing else fits as well."
            )
        if offer:
            return self._picked(question, offer, choice.among(len(offer.suggestions)))
        if last and last.related and choice.answer is Answer.PLACE:
            return self._picked_related(question, last.related, choice.among(len(last.related)))
        if not choice.is_number:
            return None
        reply = replies.unanswered(question, Reason.EMPTY)
        return self._answerer.unranked(reply, "Refused: a number alone picks a suggestion, and nothing was suggested.")

    def _picked(self, question: str, offer: Reply, place: int) -> Reply:
        listed = offer.suggestions
        if 1 <= place <= len(listed):
            self._guess = None
            entry = listed[place - 1].entry
            reply = replies.given(question, entry, 1.0)
            self._note(entry, entry.question)
        else:
            reply = replies.suggested(question, listed, listed[0].score, Reason.AMBIGUOUS)
        return replies.explained(reply, partial(explain.picked, offer, reply.status, reply.reason, place))

    def _picked_related(self, question: str, listed: tuple[Entry, ...], place: int) -> Reply:
        if not 1 <= place <= len(listed):
            reply = replies.no_such_line(question, listed)
            return self._answerer.unranked(reply, f"Refused: nothing that was shown has the number {place}.")
        entry = listed[place - 1]
        reply = replies.given(question, entry, 1.0)
        why = f'Picked by a person: "{entry.title}" was shown as worth asking next.'
        return self._noted(self._answerer.unranked(reply, why), entry.question)

    def _worried(self, question: str) -> Reply | None:
        """Return the way to a person for a worry and for what goes on about one; None for another message."""
        worry = self._answerer.worry(question)
        is_new = worry is not None and (worry.is_clear or self._worry is not None)
        if not is_new and not (self._worry and self._goes_on(question)):
            return None
        self._worry = worry if worry and (worry.is_clear or not self._worry) else self._worry
        if self._worry is None:
            return None
        reply = self._answerer.urgent(question, self._worry, self._about_worry)
        self._about_worry = reply.suggestions
        self._offer, self._guess = (reply if reply.suggestions else None), None
        return reply

    def _goes_on(self, question: str) -> bool:
        kind = smalltalk.kind_of(question)
        return urgent.goes_on(question) or (kind is not None and kind not in CALM)

    def _next(self, question: str, heard: list[Feedback]) -> Reply:
        """Return the reply to a message that is no worry; until the subject changes, one before it stays in mind."""
        unclear = self._answerer.worry(question)
        if self._worry and urgent.is_over(question):
            self._worry, self._about_worry = None, ()
            talk = self._talk(question, Kind.FINE)
            reply = self._asked(question, heard) if "?" in question else talk
        else:
            reply = self._asked(question, heard)
        if unclear:
            reply = self._answerer.directed(reply, unclear)
        if self._worry and reply.status in (Status.ANSWERED, Status.GAP, Status.SUGGESTED):
            self._worry, self._about_worry = None, ()
        return self._minded(reply, question)

    def _minded(self, reply: Reply, question: str) -> Reply:
        """Return a reply with the way to a person below it, and nothing chatty, while a worry is in mind."""
        if self._worry is None:
            return reply
        if reply.status is Status.SMALL_TALK:
            reply = replies.changed(reply, text=urgent.WISH)
        line = urgent.line_of(self._answerer.knowledge, self._worry)
        return replies.noted(replies.changed(reply, related=()), line)

    def _asked(self, question: str, heard: list[Feedback]) -> Reply:
        """Return the reply to a message that is neither an answer to a list nor a worry."""
        said = smalltalk.without_courtesies(question)
        alone = self._alone(question, said)
        is_remark = smalltalk.kind_of(question) in REMARKS
        follow_up = None if is_remark or self._answerer.is_verbatim(said) else followups.recognised(said)
        if follow_up and follow_up.form is Form.MORE:
            reply = self._more(question)
            self._offer, self._guess = (reply if reply.suggestions else None), None
            return reply
        completed = (
            rewriting.completed(follow_up, self._topic, alone, self._answerer) if follow_up and self._topic else None
        )
        case = self._of_case(said)
        if case:
            asked, reply = case
        elif completed and self._topic:
            asked, own = completed
            why = partial(explain.completed, question, asked, self._topic.asked, own)
            reply = replies.explained(replies.changed(own, question=question, asked=asked), why)
        else:
            asked, reply = said, alone
            talk = self._small_talk(question, alone)
            if talk:
                return talk
        if reply.reason is not Reason.EMPTY:
            if self._guess:
                heard.append(_about(self._guess, Verdict.REJECTED))
            self._offer = self._guess = reply if reply.suggestions else None
            heard += [self._missed(part) for part in reply.parts or (reply,) if _is_missed(part)]
        return self._noted(reply, asked)

    def _of_case(self, said: str) -> tuple[str, Reply] | None:
        """Return "can I have it?" with what its asker has told of themselves, and the reply to that.

        Where the two together are not sure of the entry that was told, it is told again: who may have it in general is
        no answer to somebody who is pregnant.
        """
        if not (self._case and followups.asks_leave(said)):
            return None
        told, entry = self._case
        for asked in (f"{told.rstrip('.!')}, {said}", told):
            own = self._answerer.decided(asked)
            if own.entry and own.entry.id == entry.id:
                why = partial(explain.completed, said, asked, told, own)
                return asked, replies.explained(replies.changed(own, question=said, asked=asked), why)
        return None

    def _alone(self, question: str, said: str) -> Reply:
        """Return the reply to a message whatever came before; to `said`, its question alone, where that is clearer."""
        whole = several.decided_each(self._answerer, question)
        if said == question or whole.entry:
            return whole
        bare = several.decided_each(self._answerer, said)
        is_clearer = BEST_FIRST.index(bare.status) < BEST_FIRST.index(whole.status) or whole.reason is Reason.EMPTY
        return replies.changed(bare, question=question) if is_clearer else whole

    def _more(self, question: str) -> Reply:
        """Return what else there is about what was shown last, or what can be asked at all."""
        if not self._shown:
            return self._talk(question, Kind.HELP)
        for entry in reversed(self._shown):
            listed = related.to(entry, self._answerer, self._seen)
            if listed:
                self._seen.update(match.entry.id for match in listed)
                return self._answerer.unranked(
                    replies.more(question, listed), f'Suggested: asked for more after "{entry.title}".'
                )
        return self._answerer.unranked(
            replies.nothing_more(question), "Refused: every answer near what was shown was shown too."
        )

    def _small_talk(self, question: str, alone: Reply) -> Reply | None:
        """Return what to say to small talk, unless the knowledge base has an answer of its own to it."""
        kind = smalltalk.kind_of(question)
        if kind is None:
            said_to_nothing = choices.chosen(question) if self._last and not alone.entry else None
            if said_to_nothing is None or said_to_nothing.answer is Answer.PLACE:
                return None
            return self._talk(question, Kind.FINE if said_to_nothing.answer is Answer.YES else Kind.INSULT)
        if alone.entry and self._answerer.is_verbatim(question):
            return None
        own = smalltalk.own_entry(kind, self._answerer.knowledge)
        if own is None:
            return self._talk(question, kind)
        reply = replies.given(question, own, 1.0)
        return self._noted(self._answerer.unranked(reply, f'Small talk, which "{own.title}" answers.'), question)

    def _talk(self, question: str, kind: Kind) -> Reply:
        text = smalltalk.text(kind, self._answerer.scope, self._answerer.knowledge)
        return self._answerer.unranked(
            Reply(question, Status.SMALL_TALK, text), f"Small talk: {kind.replace('_', ' ')}."
        )

    def _noted(self, reply: Reply, asked: str) -> Reply:
        """Take note of a reply, and return it with what is worth asking next."""
        parts = reply.parts or (reply,)
        entries = [part.entry for part in parts if part.entry]
        for part in parts:
            self._note(part.entry, part.question if reply.parts else asked)
        self._seen.update(match.entry.id for match in reply.suggestions)
        if not entries or reply.suggestions:
            return reply
        listed = related.to(entries[-1], self._answerer, self._seen)
        return replies.changed(reply, related=tuple(match.entry for match in listed))

    def _note(self, entry: Entry | None, asked: str) -> None:
        if entry and followups.tells_case(asked):
            self._case = asked, entry
        self._topic = Topic(asked, entry.question if entry else "")
        if entry:
            self._shown = [*self._shown[1 - REMEMBERED :], entry]
            self._seen.add(entry.id)

    def _missed(self, reply: Reply) -> Feedback:
        near = self._answerer.rank(reply.question, limit=NEAREST) if self._listener else ()
        return Feedback(reply.question, Verdict.UNANSWERED, reply.confidence, None, near)


def _is_missed(reply: Reply) -> bool:
    return reply.status is Status.UNANSWERED and reply.reason in (Reason.NO_MATCH, Reason.OFF_TOPIC)


def _about(reply: Reply, verdict: Verdict) -> Feedback:
    return Feedback(reply.question, verdict, reply.confidence, reply.entry, reply.suggestions)
