"""Answer each question of a message by itself: none is dropped, and one that nothing answers is named.

A fragment takes over what it leaves out from the question before it: "does it help with acne? and wrinkles?" asks "does
it help with wrinkles" too. What is taken over is tried, and the decision of the bot tells which reading has an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from faqbot.answering import explain, splitting
from faqbot.answering import reply as replies
from faqbot.answering.answerer import Answerer
from faqbot.answering.reply import Reason, Reply, Status
from faqbot.answering.splitting import AUXILIARIES, Split
from faqbot.search.index import UNINFORMATIVE_STEMS
from faqbot.text import tokens

SHORTEST_LEAD: Final = 2  # words that a fragment takes over at least: "does it"
# Question words alone ask these, where no question before them says otherwise.
IN_FULL: Final = {
    "how much": "how much does it cost",
    "how long": "how long does it take",
    "how often": "how often can it be done",
    "how many": "how many are needed",
    "who": "who does it",
    "where": "where is it done",
    "how": "how is it done",
    "why": "why is it done",
    "when": "when is it done",
}
_TIED: Final = frozenset({"and", "or", "also", "plus", "what", "how", "about", "but", "for", "too", "with", "the"})


def ask_each(answerer: Answerer, message: str) -> Reply:
    """Return the reply to a message that may hold several questions: each gets one of `parts`; else as `ask` does.

    Raises:
        TypeError: the message is not a string.
    """
    worry = answerer.worry(message)
    if worry and worry.is_clear:
        return answerer.urgent(message, worry)
    return answerer.directed(decided_each(answerer, message), worry)


def decided_each(answerer: Answerer, message: str) -> Reply:
    """Return the same, whatever the message reports.

    It is one question where an entry holds the message word for word, or answers it with all the words that it is about
    and more surely than any entry answers a part; and where fewer than two of its questions are left once those that
    get the same entry are joined.
    """
    whole = answerer.decided(message)
    if whole.reason in (Reason.EMPTY, Reason.TOO_LONG) or answerer.is_verbatim(message):
        return whole
    found = splitting.split(message)
    parts = _asked(answerer, found) if found.questions else _listed(answerer, message, whole)
    parts = _distinct(parts)
    if len(parts) < MANY or not any(part.entry or part.suggestions for part in parts):
        return whole
    is_surer = whole.confidence > max(part.confidence for part in parts) and not all(part.entry for part in parts)
    is_one_of_them = bool(found.questions) and any(part.entry is whole.entry for part in parts)
    if whole.entry and is_surer and not is_one_of_them and answerer.evidence(message).explained >= 1:
        return whole
    return replies.explained(replies.joined(message, _numbered(parts)), partial(explain.several, message, parts))


MANY: Final = 2


def _asked(answerer: Answerer, found: Split) -> tuple[Reply, ...]:
    """Return the reply to each question, a fragment read in the light of the one before it."""
    parts: list[Reply] = []
    before = ""
    for question in found.questions:
        full = IN_FULL.get(" ".join(tokens(question)), question)
        reply = answerer.decided(full)
        if before and not splitting.is_whole(question):
            better = _completed(answerer, question, before, is_alone=True)
            reply = better if better and better.confidence > reply.confidence * bool(reply.entry) else reply
        elif found.told and not reply.entry:
            told = answerer.decided(f"{question} {found.told}")
            reply = told if told.entry else reply
        elif before and "they" in tokens(question):
            named = _naming(answerer, question, before)
            reply = named or reply
        before = reply.question if splitting.is_whole(reply.question) else before or full
        parts.append(replies.changed(reply, question=question))
    return tuple(parts)


def _listed(answerer: Answerer, message: str, whole: Reply) -> tuple[Reply, ...]:
    """Return the replies to a question about several things, asked one by one; () where it is better asked whole.

    Each has to be answered, by an entry that holds its words, and none by the entry that answers the whole with all.
    """
    first, *others = splitting.coordinated(message) or ("",)
    if not others:
        return ()
    if whole.entry and answerer.holds(whole.entry, _telling(answerer, message)):
        return ()
    # The last word that tells is the first of the things: an entry on safety does not answer "is it safe for men".
    alone = answerer.decided(first)
    if not (alone.entry and answerer.holds(alone.entry, _telling(answerer, first)[-1:])):
        return ()
    replied = [alone, *(_completed(answerer, other, first) for other in others)]
    parts = [reply for reply in replied if reply and reply.entry]
    if len(parts) < len(replied):
        return ()
    named = (first, *others)
    return tuple(replies.changed(part, question=name) for part, name in zip(parts, named, strict=True))


def _completed(answerer: Answerer, fragment: str, before: str, *, is_alone: bool = False) -> Reply | None:
    """Return the surest reply to a fragment with the beginning of the question before it; None where none is sure.

    Args:
        answerer: who decides.
        fragment: what is asked.
        before: the question before it.
        is_alone: whether the fragment may be a question by itself.
    """
    said = list(tokens(fragment))
    while len(said) > 1 and said[0] in _TIED:
        said = said[1:]
    words = list(tokens(before))
    own = _telling(answerer, " ".join(said))
    best: Reply | None = None
    for text in (*_readings(words, said), *([" ".join(said)] if is_alone else [])):
        reply = answerer.decided(text)
        is_about = reply.entry and (not own or answerer.holds(reply.entry, own))
        if is_about and (best is None or reply.confidence > best.confidence):
            best = reply
    return best


def _readings(words: Sequence[str], said: Sequence[str]) -> Iterator[str]:
    is_verbless = not AUXILIARIES.intersection(said)
    for end in range(len(words), SHORTEST_LEAD - 1, -1):
        if is_verbless:
            yield " ".join((*words[:end], *said))


def _naming(answerer: Answerer, question: str, before: str) -> Reply | None:
    """Return the surest reply to a question with "they" for a word of the question before: "how long do they last"."""
    best: Reply | None = None
    for step in answerer.steps(before):
        word = " ".join(step.written)
        if step.stem in UNINFORMATIVE_STEMS or not word.endswith("s"):
            continue
        reply = answerer.decided(" ".join(word if one == "they" else one for one in tokens(question)))
        if reply.entry and (best is None or reply.confidence > best.confidence):
            best = reply
    return best


def _telling(answerer: Answerer, text: str) -> list[str]:
    return [stem for stem in answerer.read(text).stems if stem not in UNINFORMATIVE_STEMS]


def _distinct(parts: Sequence[Reply]) -> tuple[Reply, ...]:
    """Return the parts without those that the entry of an earlier one answers too."""
    seen: set[str] = set()
    kept = []
    for part in parts:
        if part.entry is None or part.entry.id not in seen:
            kept.append(part)
        seen.update({part.entry.id} if part.entry else ())
    return tuple(kept)


def _numbered(parts: Sequence[Reply]) -> tuple[Reply, ...]:
    """Return the parts with the numbers of their suggestions going on, and those without an answer named."""
    start = 1
    numbered = []
    for part in parts:
        shown = part
        if part.status is Status.SUGGESTED:
            shown = replies.changed(part, text=replies.choices(part.suggestions, start))
            start += len(part.suggestions)
        elif part.status is Status.UNANSWERED:
            shown = replies.unknown_part(part)
        numbered.append(shown)
    return tuple(numbered)
