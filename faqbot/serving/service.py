"""The calls that every front door makes: a bot and its conversations, with JSON in and out.

One thread at a time. Arguments and results are plain JSON, so that a call goes to another process as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from faqbot.answering.conversation import NEAREST
from faqbot.answering.feedback import Feedback, Listener, Verdict
from faqbot.answering.reply import Reason, Reply, Status
from faqbot.answering.serialize import as_json
from faqbot.bot import FaqBot
from faqbot.knowledge.entries import Entry
from faqbot.serving import page
from faqbot.serving.conversations import NEW, Conversations

Json = dict[str, Any]

CALLS: Final = frozenset({"about", "ask", "chat", "feedback", "questions", "nearest", "entry", "entries"})
MOST_QUESTIONS: Final = 1_000  # that a list holds; the next ones are asked for by their place
MOST_NEAREST: Final = 50
STARTERS: Final = 6  # questions that a page begins with


class Service:
    """Answers what is asked of one knowledge base, and remembers conversations.

    Args:
        bot: who answers.
        record: hears of the questions that went wrong; None where nothing is kept.
        number: of the worker that this is, counted from 0.
    """

    def __init__(self, bot: FaqBot, *, record: Listener | None = None, number: int = 0) -> None:
        self._bot = bot
        self._record = record
        self._conversations = Conversations(lambda: bot.conversation(listener=record), number)

    def prepare(self) -> None:
        """Compute now what the first question would wait for."""
        self._bot.prepare()
        self._bot.ask("?")

    def call(self, name: str, arguments: Json) -> Json:
        """Carry out one of CALLS by its name."""
        if name not in CALLS:
            raise ValueError(f"there is no call {name!r}")
        found: Json = getattr(self, name)(**arguments)
        return found

    def about(self) -> Json:
        """Return what a page and a health check show: title, number of entries, and questions to begin with."""
        knowledge = self._bot.answerer.knowledge
        first = (entry.title for entry in knowledge.entries[: 10 * STARTERS] if not entry.is_gap)
        starters = [title for title, _ in zip(first, range(STARTERS), strict=False)]
        return {"title": knowledge.title, "entries": len(knowledge.entries), "starters": starters}

    def ask(self, question: str, conversation: str = "") -> Json:
        """Return the JSON of a reply.

        With `conversation`, an id or "new", it is read in the light of what was said before, and two keys come on top:
        the id to go on with, and what is worth asking next.
        """
        reply, key = self._replied(question, conversation)
        return as_json(reply) | (_context(reply, key) if key else {})

    def chat(self, question: str, conversation: str = "") -> Json:
        """Return a reply as HTML, with the id of the conversation."""
        reply, key = self._replied(question, conversation or NEW)
        entry = reply.entry.id if reply.entry else None
        said = {"status": str(reply.status), "reason": str(reply.reason), "entry": entry and {"id": entry}}
        return said | {"html": page.reply_html(reply), "conversation": key}

    def feedback(self, good: bool, conversation: str = "", question: str = "") -> Json:
        """Take note of what somebody thinks of the last reply of a conversation, or of the reply to a question.

        The result tells whether there was such a reply (`found`), and whether bad ones are kept (`recorded`).
        """
        if conversation:
            talk = self._conversations.find(conversation)
            if talk is None or talk.last is None:
                return {"found": False, "recorded": False}
            talk.feedback(good)
        elif self._record:
            reply = self._bot.ask_each(question)
            verdict = Verdict.GOOD if good else Verdict.BAD
            self._record(Feedback(question, verdict, reply.confidence, reply.entry, reply.suggestions))
        return {"found": True, "recorded": bool(self._record)}

    def questions(self, offset: int = 0, limit: int = MOST_QUESTIONS) -> Json:
        """Return the questions of the knowledge base by topic, in its order, `limit` of them from `offset`."""
        knowledge = self._bot.answerer.knowledge
        topics: dict[str, list[Json]] = {}
        for entry in knowledge.entries[offset : offset + min(limit, MOST_QUESTIONS)]:
            topics.setdefault(entry.topic, []).append({"id": entry.id, "question": entry.title})
        listed = [{"topic": topic, "questions": questions} for topic, questions in topics.items()]
        return {"title": knowledge.title, "total": len(knowledge.entries), "offset": offset, "topics": listed}

    def nearest(self, question: str, limit: int = 5) -> Json:
        """Return the entries nearest to a question, best first, without deciding whether one answers it."""
        ranked = self._bot.rank(question, limit=limit)
        return {"matches": [_brief(match.entry) | {"score": round(match.score, 4)} for match in ranked]}

    def entries(self, offset: int = 0, limit: int = 100) -> Json:
        """Return ids and questions of entries in their order, and how many there are."""
        entries = self._bot.answerer.knowledge.entries
        return {"total": len(entries), "entries": [_brief(entry) for entry in entries[offset : offset + limit]]}

    def entry(self, id: str) -> Json:  # noqa: A002 - it is called that in what clients send
        """Return one entry as Markdown, or None as `markdown` where there is none with this id."""
        entries = self._bot.answerer.knowledge.entries
        found = next((entry for entry in entries if entry.id == id), None)
        return {"markdown": None if found is None else _markdown(found)}

    def _replied(self, question: str, conversation: str) -> tuple[Reply, str]:
        if conversation:
            key, talk = self._conversations.open(conversation)
            return talk.ask(question), key
        reply = self._bot.ask_each(question)
        if self._record:
            for part in reply.parts or (reply,):
                if part.status is Status.UNANSWERED and part.reason in (Reason.NO_MATCH, Reason.OFF_TOPIC):
                    near = self._bot.rank(part.question, limit=NEAREST)
                    self._record(Feedback(part.question, Verdict.UNANSWERED, part.confidence, None, near))
        return reply, ""


def _context(reply: Reply, key: str) -> Json:
    return {"conversation": key, "related": [{"id": entry.id, "question": entry.title} for entry in reply.related]}


def _brief(entry: Entry) -> Json:
    return {"id": entry.id, "question": entry.title, "topic": entry.topic}


def _markdown(entry: Entry) -> str:
    return "\n".join(_lines(entry))


def _lines(entry: Entry) -> Iterator[str]:
    yield f"# {entry.title}\n"
    yield entry.gap or entry.answer
    if str(entry.source):
        yield f"\nSource: {entry.source}"
    if entry.draft:
        yield "\nNot reviewed yet: extracted by machine."
