"""What answers one message: a knowledge base, its index and thresholds. It remembers nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Final, Literal

from faqbot.answering import explain as explaining
from faqbot.answering import highlight, open_questions, splitting, urgent
from faqbot.answering import reply as replies
from faqbot.answering.decision import CERTAIN, Thresholds, calibrated, confidence, decide
from faqbot.answering.explanation import Explanation
from faqbot.answering.reply import Reason, Reply, Status
from faqbot.answering.urgent import Worry
from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.search import encoder as encoders
from faqbot.search import ranking as matching
from faqbot.search import verifier as verifiers
from faqbot.search.comparison import Comparison
from faqbot.search.encoder import Encoder
from faqbot.search.index import Index
from faqbot.search.question import Question, Step
from faqbot.search.ranking import BY_MEANING, READ, Match, Ranking, rank

LONGEST_QUESTION: Final = 10_000  # characters: patients' longest letters in public collections are half of that
URGENT: Final = "Urgent: the message reports something that a person has to see to."
CONSIDERED: Final = 8  # entries that a decision looks at

Choice = Encoder | Literal["auto"] | None


class Answerer:
    """Answers messages from a knowledge base. Immutable: one may serve many threads.

    Args:
        knowledge: what it knows.
        encoder: adds its sentence vectors to the matching; see FaqBot.
        thresholds: how sure to be before answering, and before suggesting.
        cache: the folder where what takes long to compute is kept between runs.
        index: of the knowledge by words, where it has been made already.
    """

    def __init__(
        self,
        knowledge: KnowledgeBase,
        *,
        encoder: Choice = "auto",
        thresholds: Thresholds | None = None,
        cache: Path | None = None,
        index: Index | None = None,
    ) -> None:
        if not isinstance(knowledge, KnowledgeBase):
            raise TypeError(f"knowledge is a KnowledgeBase, not {type(knowledge).__name__}")
        if not isinstance(thresholds, Thresholds | None):
            raise TypeError(f"thresholds are Thresholds, not {type(thresholds).__name__}")
        if encoder not in (None, "auto") and (isinstance(encoder, str) or not hasattr(encoder, "encode")):
            raise TypeError(f"an encoder has encode(texts), and is not {encoder!r:.40}")
        self._knowledge = knowledge
        self._thresholds = thresholds or Thresholds.of(knowledge.answer_from)
        self._given = thresholds
        self._encoder = encoders.installed() if encoder == "auto" else encoder
        self._cache = cache
        self._index = (index or Index.build(knowledge)).with_vectors(self._encoder, knowledge.all_names, cache)
        self._own_signs = urgent.of(knowledge)
        self._verifier = verifiers.installed() if self._index.vectors is not None else None
        answers = self._index.answers
        about = knowledge.procedure or " and ".join(names[0] for names in knowledge.subjects)
        self._looked_in = f"{answers} answer{'' if answers == 1 else 's'}" + (f" about {about}" if about else "")

    def __reduce__(self) -> tuple[Any, ...]:
        made = partial(Answerer, encoder=self._encoder, thresholds=self._given, cache=self._cache)
        return made, (self._knowledge,)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} with {self._looked_in}>"

    @property
    def answerer(self) -> Answerer:
        """Itself: what a bot of files may replace."""
        return self

    @property
    def settings(self) -> str:
        """What replies depend on beside the knowledge, in one text that differs if that does."""
        identity = getattr(self._encoder, "identity", type(self._encoder).__qualname__)
        verifier = self._verifier.identity if self._verifier else None
        return f"{self._thresholds}, encoder {identity}, verifier {verifier}"

    def prepare(self) -> None:
        """Compute now what the first question that needs it would wait for.

        Raises:
            FaqbotError: the encoder cannot be used.
        """
        if self._index.vectors is not None:
            self._index.vectors.prepared()
        if self._verifier is not None:
            self._verifier.prepare()

    @property
    def knowledge(self) -> KnowledgeBase:
        """What it answers from."""
        return self._knowledge

    @property
    def thresholds(self) -> Thresholds:
        """How sure it is before it answers, and before it suggests."""
        return self._thresholds

    @property
    def scope(self) -> str:
        """What it looks in, in words: "26 answers about micro-needling"."""
        return self._looked_in

    def ask(self, question: str) -> Reply:
        """Return the reply to a question; it never raises for what a question says.

        A worry gets the way to a person before anything else, whatever the knowledge base holds: see `urgent`.

        Raises:
            TypeError: the question is not a string.
        """
        worry = self.worry(question)
        if worry and worry.is_clear:
            return self.urgent(question, worry)
        return self.directed(self.decided(question), worry)

    def worry(self, message: str) -> Worry | None:
        """Return what a message reports that a person has to see to, None for most."""
        if len(_text(message)) > LONGEST_QUESTION:
            return None
        found = urgent.find(message, self._own_signs, is_of_bodies=True)
        if found is None or self.is_of_bodies:
            return found
        return urgent.find(message, self._own_signs, is_of_bodies=False)

    @cached_property
    def is_of_bodies(self) -> bool:
        """Whether the knowledge base is about bodies, so that the usual signs count in full."""
        return urgent.is_of_bodies(self._knowledge)

    def urgent(self, message: str, worry: Worry, listed: tuple[Match, ...] = ()) -> Reply:
        """Return the way to a person, and what there is to read about a worry: `listed`, where the message finds none.

        Whoever speaks of harming themselves gets the way to a person alone.
        """
        found = self.decided(message)
        parts = [self.decided(piece) for piece in splitting.questions_in(message)]
        entries = {part.entry.id: part.entry for part in parts or (found,) if part.entry}
        matches = tuple(Match(entry, found.confidence) for entry in entries.values()) or found.suggestions or listed
        line = urgent.line_of(self._knowledge, worry)
        reply = replies.safety(message, line, () if worry.is_crisis else matches, found.confidence)
        return self._reachable(self.unranked(reply, URGENT))

    def unranked(self, reply: Reply, why: str) -> Reply:
        """Return a reply that rests on no ranking, with the sentence that explains it."""
        said = (reply.question, reply.status, reply.reason, why, self._thresholds)  # no reply: it would hold itself
        return replies.explained(reply, partial(explaining.unranked, *said))

    def directed(self, reply: Reply, worry: Worry | None) -> Reply:
        """Return a reply with where to turn: if it refuses, and if what was asked may be about somebody now."""
        if worry:
            reply = replies.noted(reply, f"{urgent.IF_NOW} {urgent.line_of(self._knowledge, worry)}")
        is_refused = reply.status is Status.GAP or reply.reason in (Reason.NO_MATCH, Reason.OFF_TOPIC)
        return self._reachable(reply) if is_refused else reply

    def _reachable(self, reply: Reply) -> Reply:
        contact = self._knowledge.contact
        return replies.noted(reply, replies.TO_A_PERSON.format(contact)) if contact else reply

    def decided(self, question: str) -> Reply:
        """Return the reply to a question, whatever it reports.

        Raises:
            TypeError: the question is not a string.
        """
        if len(_text(question)) > LONGEST_QUESTION:
            reply = replies.unanswered(question, Reason.TOO_LONG)
        else:
            reply = self._decided(self.evidence(question))
        return replies.explained(reply, partial(self.explain, question))

    def explain(self, question: str) -> Explanation:
        """Return what the reply that `ask` gives to a question is made of; `reply.explain()` returns the same.

        Raises:
            TypeError: the question is not a string.
        """
        if len(_text(question)) > LONGEST_QUESTION:
            return explaining.too_long(question, LONGEST_QUESTION, self._thresholds)
        ranking = self.evidence(question)
        reply = self._decided(ranking)
        return explaining.explain(self._index, ranking, reply, self._thresholds)

    def _decided(self, ranking: Ranking) -> Reply:
        reply = decide(ranking, self._thresholds, self._looked_in)
        if reply.status is Status.ANSWERED and ranking.first is not None:
            best = highlight.of(self._index, ranking.question, ranking.first)
            return reply if reply.text.startswith(best) else replace(reply, highlight=best)
        return open_questions.offered(reply, self._knowledge.entries)

    def rank(self, question: str, *, limit: int = 5) -> tuple[Match, ...]:
        """Return the best entries for a question, best first; see `FaqBot.rank`."""
        if limit < 1:
            raise ValueError(f"limit is the number of matches wanted: at least 1, not {limit}")
        return calibrated(self.evidence(question, limit=max(limit, CONSIDERED)))[:limit]

    def evidence(self, question: str, *, limit: int = CONSIDERED) -> Ranking:
        """Return what a decision is made of: the best entries for a question, and what speaks for the first."""
        comparison = Comparison.of(self._index, self.read(question))
        ranking = rank(comparison, limit)
        if not comparison.question.words or self._index.vectors is None or confidence(ranking) >= CERTAIN:
            return ranking
        comparison = comparison.widened()
        ranking = rank(comparison, limit, BY_MEANING)
        if self._verifier is None or confidence(ranking) >= CERTAIN:
            return ranking
        return rank(comparison, limit, READ, self._verifier)

    def read(self, text: str) -> Question:
        """Return a text as it is read."""
        return self._index.reader.question(_text(text)[:LONGEST_QUESTION])

    def steps(self, text: str) -> tuple[Step, ...]:
        """Return the words of a text, and what each is read as."""
        return self._index.reader.steps(_text(text)[:LONGEST_QUESTION])

    def is_verbatim(self, question: str) -> bool:
        """Return whether an entry holds a question word for word."""
        read = self.read(question)
        return bool(read.words) and len(self._index.verbatim(read)) > 0

    def weight(self, stem: str) -> float:
        """Return how much a word of this stem tells about which entry is meant: the rarer, the more."""
        return float(self._index.bm25.weight(stem))

    def holds(self, entry: Entry, stems: Iterable[str]) -> bool:
        """Return whether an entry's question, phrasings or answer hold a word of each of these stems."""
        place = next((n for n, one in enumerate(self._index.entries) if one is entry), None)
        return all(matching.holds(self._index, stem, place) for stem in stems)


def _text(question: str) -> str:
    if not isinstance(question, str):
        raise TypeError(f"a question is a string, not {type(question).__name__}")
    return question
