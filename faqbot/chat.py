"""What a chat says to a line: replies and slash commands, with no terminal in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from faqbot import rendering
from faqbot.bot import Conversation
from faqbot.entries import Entry
from faqbot.rendering import Fragments, clean, wrapped

PICK_HINT: Final = "Type its number, or ask in other words."


@dataclass(slots=True)
class Chat:
    """One person's chat.

    Attributes:
        conversation: who answers.
        ended: whether the person asked to leave.
    """

    conversation: Conversation
    ended: bool = field(default=False, init=False)

    def respond(self, line: str, *, width: int | None) -> Fragments:
        """Return what to show for a line that was typed; nothing for a blank one."""
        line = line.strip()
        if not line:
            return []
        if line.startswith("/"):
            name, _, rest = line[1:].partition(" ")
            command = COMMANDS.get(name.casefold())
            if command is None:
                return [("class:note", f"There is no command /{clean(name)[:20]}. Type /help to see them all.")]
            return [(style, wrapped(text, width)) for style, text in command.run(self, rest.strip())]
        reply = self.conversation.ask(line)
        shown = rendering.fragments(reply, width=width)
        if reply.suggestions:
            shown += [("", "\n"), ("class:note", wrapped(PICK_HINT, width))]
        return shown

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that can be asked for."""
        return tuple(self.conversation.bot.knowledge.entries)


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: what it does in one line, and how."""

    help: str
    run: Callable[[Chat, str], Fragments]


def _help(_: Chat, __: str) -> Fragments:
    lines = [f"/{name}  {command.help}" for name, command in COMMANDS.items()]
    return [("class:note", "\n\n".join(["Ask in your own words. Typos are fine.", *lines]).replace("\n\n/", "\n/"))]


def _topics(chat: Chat, wanted: str) -> Fragments:
    topics: dict[str, list[Entry]] = {}
    for entry in chat.entries:
        if not entry.is_gap:
            topics.setdefault(entry.topic or "questions", []).append(entry)
    chosen = {topic: entries for topic, entries in topics.items() if wanted.casefold() in topic.casefold()}
    if wanted and not chosen:
        return [("class:note", f"There is no topic like that. There are: {clean(', '.join(topics))}.")]
    shown: Fragments = []
    for topic, entries in chosen.items():
        shown += [("", "\n")] * bool(shown)
        shown += [("class:topic", clean(topic).capitalize())]
        shown += [("", f"\n- {clean(entry.question)}") for entry in entries]
    return shown


def _source(chat: Chat, _: str) -> Fragments:
    last = chat.conversation.last
    if last is None or last.entry is None:
        return [("class:note", "Ask something first: /source tells where the last answer comes from.")]
    if last.entry.is_gap:
        return [("class:note", "That was no answer: the source does not say.")]
    source = clean(str(last.source)) if last.source else "the knowledge file, which names no source"
    return [("class:source", f"{source}: {clean(last.entry.question)}")]


def _quit(chat: Chat, _: str) -> Fragments:
    chat.ended = True
    return []


COMMANDS: Final[dict[str, Command]] = {
    "topics": Command("what you can ask; /topics WORD for one topic", _topics),
    "source": Command("where the last answer comes from", _source),
    "help": Command("this list", _help),
    "quit": Command("leave; so does Ctrl-D", _quit),
}
