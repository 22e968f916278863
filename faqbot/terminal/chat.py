"""What a chat says to a line: replies and slash commands, with no terminal in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, TextIO

from faqbot.bot import Conversation
from faqbot.entries import Entry
from faqbot.terminal import recording, rendering, why
from faqbot.terminal.rendering import Fragments, clean, wrapped

PICK_HINT: Final = "Type its number, or ask in other words."
PLAIN_WORDS: Final = {"help": "help", "quit": "quit", "exit": "quit", "bye": "quit"}  # commands that people type bare


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
        """Return what to show for a line that was typed; nothing for a blank one. It survives a bug in an answer."""
        try:
            return self._respond(line.strip(), width)
        except Exception as error:
            return [("class:note", f"That went wrong inside faqbot ({type(error).__name__}); please report it.")]

    def _respond(self, line: str, width: int | None) -> Fragments:
        if not line:
            return []
        bare = PLAIN_WORDS.get(line.casefold().rstrip(".!"))
        if line.startswith("/") or bare:
            name, _, rest = line[1:].partition(" ")
            command = COMMANDS.get(bare or name.casefold())
            if command is None:
                return [("class:note", f"There is no command /{clean(name)[:20]}. Type /help to see them all.")]
            shown = command.run(self, "" if bare else rest.strip())
            return [(style, "\n".join(wrapped(row, width) for row in text.split("\n"))) for style, text in shown]
        reply = self.conversation.ask(line)
        shown = rendering.fragments(reply, width=width)
        return [*shown, ("", "\n"), ("class:note", wrapped(PICK_HINT, width))] if reply.suggestions else shown

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries that can be asked for."""
        return tuple(self.conversation.bot.knowledge.entries)


def by_lines(talk: Chat, lines: Iterable[str], output: TextIO) -> None:
    """Answer line by line, without prompt, colour or history, until the lines end or one of them says so."""
    width = rendering.columns(output)
    for line in lines:
        shown = "".join(text for _, text in talk.respond(line, width=width))
        if shown:
            output.write(f"{shown}\n\n")
            output.flush()
        if talk.ended:
            return


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: what it does in one line, and how."""

    help: str
    run: Callable[[Chat, str], Fragments]


def _help(_: Chat, __: str) -> Fragments:
    rows = [f"/{name}  {command.help}" for name, command in COMMANDS.items()]
    return [("class:note", "\n".join(["Ask in your own words, or:", *rows]))]


def _topics(chat: Chat, wanted: str) -> Fragments:
    topics: dict[str, list[Entry]] = {}
    for entry in chat.entries:
        topics.setdefault(clean(entry.topic or "other questions"), []).append(entry)
    chosen = {topic: entries for topic, entries in topics.items() if wanted.casefold() in topic.casefold()}
    if not wanted or not chosen:
        opening = "There is no topic like that. There are:" if wanted else "/topics WORD lists the questions of one:"
        rows = [f"- {topic} ({len(entries)})" for topic, entries in topics.items()]
        return [("class:note", opening), ("", "\n" + "\n".join(rows))]
    shown: Fragments = []
    for topic, entries in chosen.items():
        rows = [f"- {clean(entry.title)}{' (no answer known)' * entry.is_gap}" for entry in entries]
        shown += [("class:topic", "\n" * bool(shown) + topic), ("", "\n" + "\n".join(rows))]
    return shown


def _source(chat: Chat, _: str) -> Fragments:
    last = chat.conversation.last
    if last is None:
        return [("class:note", "Ask something first: /source tells where the last answer comes from.")]
    if last.entry is None or last.entry.is_gap:
        return [("class:note", "There was no answer, so there is no source.")]
    source = clean(str(last.source)) if last.source else "The knowledge file, which names no source"
    return [("class:source", f"{source}: {clean(last.entry.question)}")]


def _why(chat: Chat, _: str) -> Fragments:
    last = chat.conversation.last
    if last is None:
        return [("class:note", "Ask something first: /why tells how the last reply came about.")]
    return [("class:note", "\n".join(why.lines(last.explain())))]


def _record(_: Chat, wanted: str) -> Fragments:
    return [("class:note", recording.said(wanted))]


def _quit(chat: Chat, _: str) -> Fragments:
    chat.ended = True
    return []


COMMANDS: Final[dict[str, Command]] = {
    "topics": Command("what you can ask; /topics WORD for one topic", _topics),
    "source": Command("where the last answer comes from", _source),
    "why": Command("how the last reply came about", _why),
    "help": Command("this list", _help),
    "quit": Command("leave; so does Ctrl-D", _quit),
    "record": Command("whether questions without an answer are kept; /record on, /record off", _record),
}
