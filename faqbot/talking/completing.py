"""A follow-up answered: the completed question that the bot itself is sure of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from faqbot.answering import Answerer
from faqbot.entries import Entry
from faqbot.index import FUNCTION_STEMS, UNINFORMATIVE_STEMS
from faqbot.replies import Reply, Status
from faqbot.talking import followups
from faqbot.talking.followups import FollowUp, Form, Topic

GIVEN: Final = (Status.ANSWERED, Status.GAP)


def completed(follow_up: FollowUp, topic: Topic, alone: Reply, bot: Answerer) -> tuple[str, Reply] | None:
    """Return what a follow-up asks in full, and the reply to that; None where it has to be taken as it stands.

    Every completion goes through the bot's own decision, and counts only where that gives an entry which holds the
    follow-up's own words and, of a question about the topic, a word of the topic. The surest one is taken. Of a new
    object, the message alone may be surer: "and opening hours?" is about nothing that came before. Where none is sure
    and the message alone means nothing, the suggestions of a completion may still help.

    Args:
        follow_up: of another form than MORE.
        topic: what came before.
        alone: the reply to the follow-up as it stands.
        bot: who decides.
    """
    tried = list(_tried(follow_up, topic, bot))
    given = [each for each in tried if each[1].status in GIVEN]
    if given:
        best = max(given, key=lambda each: each[1].confidence)
        is_surer = alone.entry and (alone.entry is best[1].entry or alone.confidence >= best[1].confidence)
        return None if follow_up.form is Form.OBJECT and is_surer else best
    if alone.status is not Status.UNANSWERED:
        return None
    return max(tried, key=lambda each: each[1].confidence, default=None)


def _tried(follow_up: FollowUp, topic: Topic, bot: Answerer) -> Iterator[tuple[str, Reply]]:
    said = bot.read(follow_up.said)
    is_fitting = _fitting(follow_up, topic, bot)
    seen = set()
    for question in topic.questions:
        words = bot.steps(question)
        kept = [step.stem for step in words if step.stem not in UNINFORMATIVE_STEMS]
        for text in followups.completions(follow_up, words, names_one=bool(said.subjects)):
            if text in seen:
                continue
            seen.add(text)
            reply = bot.ask(text)
            entry = reply.entry or next((match.entry for match in reply.suggestions), None)
            if entry and is_fitting(entry, kept):
                yield text, reply


def _fitting(follow_up: FollowUp, topic: Topic, bot: Answerer) -> Callable[[Entry, list[str]], bool]:
    """Return what tells whether an entry is about both a follow-up and the topic's words."""
    said = bot.read(follow_up.said)
    if follow_up.form is Form.OBJECT:
        own = [stem for stem in said.stems if stem not in UNINFORMATIVE_STEMS]
        if said.subjects:
            return lambda entry, _: entry.subject in said.subjects and bot.holds(entry, own)
        return lambda entry, _: bool(own) and bot.holds(entry, own)
    asked = [stem for stem in said.stems if stem not in FUNCTION_STEMS]
    again = "" if follow_up.form is Form.REFERENCE else topic.recognised  # "why?" wants to hear something new
    return lambda entry, kept: (
        entry.question != again and bot.holds(entry, asked) and any(bot.holds(entry, [stem]) for stem in kept)
    )
