"""A follow-up answered: the completed question that the bot itself is sure of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from faqbot.answering import followups
from faqbot.answering import reply as replies
from faqbot.answering.answerer import Answerer
from faqbot.answering.decision import SUGGESTION_SHARE, SUGGESTIONS
from faqbot.answering.followups import OBJECTS, FollowUp, Form, Topic
from faqbot.answering.reply import Reason, Reply, Status
from faqbot.answering.splitting import AUXILIARIES
from faqbot.knowledge.entries import Entry
from faqbot.search.index import FUNCTION_STEMS, UNINFORMATIVE_STEMS
from faqbot.search.ranking import Match
from faqbot.text import stem, tokens, word_set

# What question words have an answer to by themselves, as surely as this, they are about: "how often?". Below it, an
# answer alone is one to other words: "how long?" after a question about pain.
SURE: Final = 0.9
_DOING: Final = frozenset(map(stem, word_set("work works happen happens mean means come comes possible")))

AGAIN: Final = (
    0.5  # what the entry that was just shown is worth: "and for acne?" wants more than all the benefits again
)
LEAST_SHARE: Final = 0.25  # of what the topic is about: "skin" alone is not what "will the skin bleed" was about
HOW_TO: Final = AUXILIARIES | {"to"}
Fitting = Callable[[Entry], float]


def completed(follow_up: FollowUp, topic: Topic, alone: Reply, bot: Answerer) -> tuple[str, Reply] | None:
    """Return what a follow-up asks in full, and the reply to that; None where it has to be taken as it stands.

    Every completion goes through the bot's own decision, and counts only where that gives an entry that fits: it holds
    the follow-up's own words and, of a question about the topic, a word of the topic. The surest one is taken. Of a new
    object, the message alone may be surer: "and opening hours?" is about nothing that came before. Where none is sure,
    entries that fit are suggested; and question words that have an answer alone ("why?" to "why is it done?") are sure
    of it no more after a question about something else.

    Args:
        follow_up: of another form than MORE.
        topic: what came before.
        alone: the reply to the follow-up as it stands.
        bot: who decides.
    """
    is_question = follow_up.form is Form.QUESTION
    again = topic.recognised if follow_up.form is Form.CORRECTION else ""
    tried = list(_tried(follow_up, topic, bot))
    given = [
        (fit * reply.confidence * (AGAIN if reply.entry.question == topic.recognised else 1), text, reply)
        for text, reply, fitting in tried
        if reply.entry and reply.entry.question != again and (fit := fitting(reply.entry))
    ]
    if given:
        worth, asked, best = max(given, key=lambda each: each[0])
        is_surer = alone.entry and alone.confidence >= worth
        return None if follow_up.form in OBJECTS and is_surer else (asked, best)
    if alone.status is not Status.UNANSWERED and not is_question:
        return None
    if is_question and alone.entry and alone.confidence >= SURE and _tells(follow_up.said, bot):
        return None
    near = _near(tried, bot) if topic.recognised else ()
    if not near and is_question and alone.entry and tried:
        near = (Match(alone.entry, alone.confidence),)
    return (tried[0][0], _suggested(tried[0][0], near, bot)) if near else None


def _tried(follow_up: FollowUp, topic: Topic, bot: Answerer) -> Iterator[tuple[str, Reply, Fitting]]:
    """Yield each completion, the reply to it, and what tells whether an entry fits it."""
    said = bot.read(follow_up.said)
    seen = set()
    for question in topic.questions:
        words = bot.steps(question)
        kept = frozenset(step.stem for step in words if step.stem not in UNINFORMATIVE_STEMS)
        fitting = _fitting(follow_up, kept, bot)
        if not kept and follow_up.form not in OBJECTS:
            continue
        for text in followups.completions(follow_up, words, names_one=bool(said.subjects)):
            if text not in seen:
                seen.add(text)
                yield text, bot.decided(text), fitting


def _fitting(follow_up: FollowUp, kept: frozenset[str], bot: Answerer) -> Fitting:
    """Return what tells how much of the topic's words an entry keeps, 0 to 1; 0 if it is not about the follow-up."""
    said = bot.read(follow_up.said)
    if follow_up.form in OBJECTS:
        own = [one for one in said.stems if one not in UNINFORMATIVE_STEMS]
        if said.subjects:
            return lambda entry: float(entry.subject in said.subjects and bot.holds(entry, own))
        return lambda entry: float(bool(own) and bot.holds(entry, own))
    weights = {one: bot.weight(one) for one in kept}
    whole = sum(weights.values()) or 1.0

    def share(stems: Iterable[str]) -> float:
        held = sum(weights[one] for one in kept.intersection(stems)) / whole
        return held if held >= LEAST_SHARE else 0.0

    if follow_up.form is Form.QUESTION:
        asks = tuple(follow_up.said.split())
        return lambda entry: max(share(bot.read(form).stems) if _opens(form, asks) else 0.0 for form in entry.forms)
    asked = [one for one in said.stems if one not in FUNCTION_STEMS | _DOING]
    return lambda entry: share(one for one in kept if bot.holds(entry, [one])) if bot.holds(entry, asked) else 0.0


def _opens(form: str, asks: tuple[str, ...]) -> bool:
    """Return whether a phrasing opens with question words; "how long" does not open with "how"."""
    words = tokens(form)
    is_longer = asks == ("how",) and not HOW_TO.intersection(words[1:2])
    return words[: len(asks)] == asks and not is_longer


def _tells(text: str, bot: Answerer) -> bool:
    return not UNINFORMATIVE_STEMS.issuperset(bot.read(text).stems)


def _near(tried: list[tuple[str, Reply, Fitting]], bot: Answerer) -> tuple[Match, ...]:
    """Return the entries that fit, best first, and come behind one that does not or is not sure."""
    found: dict[str, Match] = {}
    for text, reply, fitting in tried:
        if reply.confidence < bot.thresholds.suggest:
            continue
        for match in bot.rank(text, limit=SUGGESTIONS):
            if match.score >= SUGGESTION_SHARE * reply.confidence and fitting(match.entry):
                best = found.setdefault(match.entry.id, match)
                found[match.entry.id] = max(best, match, key=lambda each: each.score)
    return tuple(sorted(found.values(), key=lambda match: -match.score))[:SUGGESTIONS]


def _suggested(asked: str, near: tuple[Match, ...], bot: Answerer) -> Reply:
    reply = replies.suggested(asked, near, near[0].score, Reason.AMBIGUOUS if len(near) > 1 else Reason.UNCERTAIN)
    return bot.unranked(reply, "Suggested: no entry is surely meant.")
