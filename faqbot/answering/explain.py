"""Build the explanation of a reply. It repeats what ranking and decision did, and decides nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from faqbot.answering.decision import Thresholds, calibrated, features, names_another, rivals, weighed_by
from faqbot.answering.explanation import Change, Explanation, Feature, Phrasing
from faqbot.answering.reply import UNKNOWN_WORDS, Reason, Reply, Status, leading
from faqbot.knowledge.entries import Entry
from faqbot.search import ranking as matching
from faqbot.search.comparison import Comparison
from faqbot.search.index import Index
from faqbot.search.question import Question
from faqbot.search.ranking import Ranking

NEAREST: Final = 3  # phrasings
BEST: Final = 5  # entries
MOST_DIGITS: Final = 17  # that a float has


def explain(index: Index, ranking: Ranking, reply: Reply, thresholds: Thresholds) -> Explanation:
    """Return why a ranked question got this reply."""
    question = ranking.question
    matches = calibrated(ranking)
    best = ranking.first
    verbatim = best is not None and best in index.verbatim(question)
    values = features(ranking) if matches else {}
    by = weighed_by(ranking)
    matched, unexplained, unknown, common = _words(index, question, best)
    return Explanation(
        question=question.text,
        status=reply.status,
        reason=reply.reason,
        sentence=_sentence(ranking, reply, thresholds, is_verbatim=verbatim),
        answer_from=thresholds.answer,
        suggest_from=thresholds.suggest,
        confidence=matches[0].score if matches else 0.0,
        intercept=by.coefficient("intercept", ranking.phrasings_per_entry),
        features=tuple(
            Feature(name, value, by.coefficient(name, ranking.phrasings_per_entry)) for name, value in values.items()
        ),
        rivals=rivals(ranking),
        corrected=tuple(
            Change(" ".join(written), " ".join(read)) for written, read in index.reader.corrections(question.text)
        ),
        replaced=tuple(Change(" ".join(written), read) for written, read in index.reader.replacements(question.text)),
        procedures=tuple(sorted(question.subjects)),
        matched=matched,
        unexplained=unexplained,
        unknown=unknown,
        common=common,
        verbatim=verbatim,
        conflicts=ranking.conflicts if matches else (),
        log_odds=ranking.log_odds[0] if ranking.log_odds else None,
        nearest=_nearest(index, ranking),
        entries=matches[:BEST],
    )


def too_long(question: str, longest: int, thresholds: Thresholds) -> Explanation:
    """Return why a question is not read at all."""
    why = f"Refused: the question has {len(question):,} characters, and at most {longest:,} are read as one question."
    return unranked(question, Status.UNANSWERED, Reason.TOO_LONG, why, thresholds)


def several(question: str, parts: Sequence[Reply]) -> Explanation:
    """Return why a message with several questions got its reply: because of the part that gave it its status."""
    listed = " and ".join(f'"{_plain(part.question)}"' for part in parts)
    first = leading(parts)
    own = first.explain()
    why = f'Read as {len(parts)} questions: {listed}. To "{_plain(first.question)}": {own.sentence}'
    return replace(own, question=question, sentence=why, asked=first.question)


def completed(question: str, asked: str, after: str, reply: Reply) -> Explanation:
    """Return why a follow-up got its reply: that to `asked`, which completes it, because of what stood before."""
    own = reply.explain()
    why = f'Read as "{_plain(asked)}", since it follows "{_plain(after)}". {own.sentence}'
    return replace(own, question=question, sentence=why, asked=asked)


def unranked(question: str, status: Status, reason: Reason, sentence: str, thresholds: Thresholds) -> Explanation:
    """Return why a message got a reply that rests on no ranking of the entries."""
    return Explanation(
        question=question,
        status=status,
        reason=reason,
        sentence=sentence,
        answer_from=thresholds.answer,
        suggest_from=thresholds.suggest,
    )


def picked(asked: Reply, status: Status, reason: Reason, place: int) -> Explanation:
    """Return why a number got its reply: because of the question that the suggestions are for, and the choice."""
    if 1 <= place <= len(asked.suggestions):
        title = _quoted(asked.suggestions[place - 1].entry)
        why = f"Picked by a person: {title} is number {place} of what was suggested."
    else:
        why = f"Suggested once more: no suggestion has the number {place}."
    return replace(asked.explain(), status=status, reason=reason, sentence=why)


def _words(index: Index, question: Question, best: int | None) -> tuple[tuple[str, ...], ...]:
    """Return the words that the best entry holds, that others hold, that none holds, and that tell nothing."""
    said = dict(zip(question.stems, question.words, strict=True))
    telling = matching.informative(question)
    matched, unexplained, unknown = [], [], []
    for stem, word in (telling or said).items():
        if matching.holds(index, stem, best):
            matched.append(word)
        elif len(index.bm25.entries_with(stem)):
            unexplained.append(word)
        else:
            unknown.append(word)
    common = [word for stem, word in said.items() if telling and stem not in telling]
    return tuple(matched), tuple(unexplained), tuple(unknown), tuple(common)


def _nearest(index: Index, ranking: Ranking) -> tuple[Phrasing, ...]:
    question = ranking.question
    if not question.words or not index.entries:
        return ()
    comparison = Comparison.of(index, question)
    if ranking.by.vectors:
        comparison = comparison.widened()
    similarity = comparison.similarities(ranking.by.vectors)
    best = [place for place in np.argsort(-similarity, kind="stable")[:NEAREST] if similarity[place] > 0]
    return tuple(
        Phrasing(*index.phrasing(int(comparison.candidates.phrasings[place])), min(1.0, float(similarity[place])))
        for place in best
    )


def _sentence(ranking: Ranking, reply: Reply, thresholds: Thresholds, *, is_verbatim: bool) -> str:
    if reply.reason is Reason.EMPTY:
        return "Refused: there are no words in the question that could be looked up."
    if not ranking.matches:
        return f"Refused: no entry has anything in common with the question{_lacking(ranking)}."
    title = _quoted(ranking.matches[0].entry)
    chance = f"the confidence of {_compared(reply.confidence, thresholds)}"
    if reply.status in (Status.ANSWERED, Status.GAP):
        done = "Answered with" if reply.status is Status.ANSWERED else "Recognised as the gap"
        copied = ", which holds it word for word" if is_verbatim else ""
        return f"{done} {title}{copied}: {chance} reaches the {thresholds.answer:g} of an answer."
    return _doubt(ranking, reply, thresholds, title, chance)


def _doubt(ranking: Ranking, reply: Reply, thresholds: Thresholds, title: str, chance: str) -> str:
    """Return why the best entry was only suggested, or refused."""
    lacking, wrong = _lacking(ranking), f"{title} holds no word that the question is about"
    if names_another(ranking):
        wrong = f"{title} is a draft, and may be about something else than the question"
    if ranking.conflicts:
        said = "; ".join(f'{conflict.held} where the question has "{conflict.asked}"' for conflict in ranking.conflicts)
        wrong = f"{title} has another {ranking.conflicts[0].kind}: {_plain(said)}"
    if reply.status is Status.SUGGESTED:
        if ranking.matches[0].entry.is_open:
            return f"Suggested: nobody has decided yet whether what is listed answers {title}."
        if reply.confidence >= thresholds.answer:
            if not ranking.conflicts and ranking.alternatives:
                others = " and ".join(_quoted(match.entry) for match in ranking.alternatives)
                return f"Suggested: {chance} would do for {title}, but {others} answers it as well."
            return f"Suggested: {chance} would do, but {wrong}{lacking}."
        close = f", and {len(reply.suggestions)} entries fit about as well" * (reply.reason is Reason.AMBIGUOUS)
        return (
            f"Suggested: {chance} reaches the {thresholds.suggest:g} of a suggestion, but not the "
            f"{thresholds.answer:g} of an answer{close}{f'; {wrong}' if ranking.conflicts else ''}."
        )
    if reply.confidence >= thresholds.suggest:
        return f"Refused: {wrong}, nor does any entry hold most of them{lacking}."
    about = ", and most of the question is in no entry" * (reply.reason is Reason.OFF_TOPIC)
    return f"Refused: {chance} in {title} is below the {thresholds.suggest:g} of a suggestion{about}{lacking}."


def _compared(chance: float, thresholds: Thresholds) -> str:
    """Return a chance in as few digits, two at least, as leave it on its side of the thresholds."""
    for digits in range(2, MOST_DIGITS):
        shown = round(chance, digits)
        if all((shown >= least) == (chance >= least) for least in (thresholds.answer, thresholds.suggest)):
            return f"{shown:.{digits}f}"
    return str(chance)


def _quoted(entry: Entry) -> str:
    """Return the title of an entry for a sentence, in which a line break or an escape sequence would not be read."""
    return f'"{_plain(entry.title)}"'


def _plain(text: str) -> str:
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _lacking(ranking: Ranking) -> str:
    """Return the words that no entry holds, as the end of a sentence."""
    words = ranking.unknown_words
    quoted = ", ".join(f'"{word}"' for word in words[:UNKNOWN_WORDS])
    more = f" and {len(words) - UNKNOWN_WORDS} more" if len(words) > UNKNOWN_WORDS else ""
    return f" (unknown: {quoted}{more})" if quoted else ""
