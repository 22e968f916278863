"""Answer a line of the chat: replies and slash commands, with no terminal in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from faqbot import files
from faqbot.answering.reply import Reply
from faqbot.cli import explanations, replies
from faqbot.cli.chat import consent
from faqbot.cli.chat.bots import Book, Shelf, described
from faqbot.cli.chat.transcript import Transcript
from faqbot.cli.text import Fragments, clean, wrapped
from faqbot.errors import FaqbotError
from faqbot.knowledge.entries import Entry, KnowledgeBase

if TYPE_CHECKING:
    from faqbot.answering.conversation import Conversation  # brings numpy, which the prompt need not wait for
    from faqbot.answering.feedback import Listener

PICK_HINT: Final = "Type its number, or ask in other words."
WAIT: Final = "One moment: the knowledge base is still being read."
PLAIN_WORDS: Final = {"help": "help", "quit": "quit", "exit": "quit", "bye": "quit"}  # commands that people type bare
ASK_FIRST: Final = "Ask something first: /{} {}."


@dataclass(slots=True)
class Chat:
    """One person's chat.

    Attributes:
        shelf: the knowledge files, and who answers from them.
        listener: is told of the questions that went wrong.
        book: the one file that answers; None where all of them do.
        related: what to ask next, after a line that was a question.
        transcript: what was said since the chat began or was cleared.
        ended: whether the person asked to leave.
        cleared: whether the person asked for an empty screen; whoever empties it sets this back.
    """

    shelf: Shelf
    listener: Listener | None = None
    book: Book | None = field(default=None, init=False)
    related: tuple[Entry, ...] = field(default=(), init=False)
    transcript: Transcript = field(default_factory=Transcript, init=False)
    ended: bool = field(default=False, init=False)
    cleared: bool = field(default=False, init=False)
    _conversation: Conversation | None = field(default=None, init=False)

    def respond(self, line: str, *, width: int | None) -> Fragments:
        """Return what to show for a line that was typed; nothing for a blank one. It survives a bug in an answer."""
        try:
            return self._respond(line.strip(), width)
        except FaqbotError as error:  # something that a person can mend, such as a model that was tampered with
            return [("class:note", wrapped(clean(str(error)), width))]
        except Exception as error:
            said = f"That went wrong inside faqbot ({type(error).__name__}); please report it."
            return [("class:note", wrapped(said, width))]

    def _respond(self, line: str, width: int | None) -> Fragments:
        self.related = ()
        if not line:
            return []
        bare = PLAIN_WORDS.get(line.casefold().rstrip(".!"))
        if line.startswith("/") or bare:
            name, _, rest = line[1:].partition(" ")
            command = COMMANDS.get(bare or name.casefold())
            if command is None:
                shown = _note(f"There is no command /{clean(name)[:20]}. Type /help to see them all.")
            else:
                shown = command.run(self, "" if bare else rest.strip())
            return [(style, "\n".join(wrapped(row, width) for row in text.split("\n"))) for style, text in shown]
        reply = self.conversation.ask(line)
        self.related = reply.related
        self.transcript.add(line, self._shown(reply, None))
        return self._shown(reply, width)

    def _shown(self, reply: Reply, width: int | None) -> Fragments:
        file_of = (lambda _: "") if self.book else self.shelf.file_of
        shown = replies.fragments(reply, width=width, file_of=file_of)
        return [*shown, ("", "\n"), ("class:note", wrapped(PICK_HINT, width))] if reply.suggestions else shown

    @property
    def conversation(self) -> Conversation:
        """The conversation, which begins with the first question; that waits for the bot to be built."""
        if self._conversation is None:
            self._conversation = self.shelf.bot(self.book).conversation(listener=self.listener)
        return self._conversation

    @property
    def last(self) -> Reply | None:
        """The reply given last, if there was one."""
        return self._conversation.last if self._conversation else None

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge base that it answers from."""
        return self.shelf.knowledge(self.book)

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries that can be asked for."""
        return self.knowledge.entries

    def is_waiting_for(self, line: str) -> bool:
        """Whether a line is a question that has to wait for the bot to be built."""
        return bool(line.strip()) and not line.lstrip().startswith("/") and not self.shelf.is_ready(self.book)

    def turn_to(self, book: Book | None) -> None:
        """Answer from one file, or from all of them, in a conversation of its own."""
        self.book = book
        self._conversation = None

    def clear(self) -> None:
        """Forget what was said."""
        self.transcript.turns.clear()
        self._conversation = None
        self.cleared = True


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: what it does in one line, and how."""

    help: str
    run: Callable[[Chat, str], Fragments]


def _note(text: str) -> Fragments:
    return [("class:note", text)]


def _help(_: Chat, __: str) -> Fragments:
    rows = [f"/{name}  {command.help}" for name, command in COMMANDS.items() if command.help]
    return _note("\n".join(["Ask in your own words, or:", *rows]))


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
    if chat.last is None:
        return _note(ASK_FIRST.format("source", "tells where the last answer comes from"))
    given = [part for part in chat.last.parts or (chat.last,) if part.entry and not part.entry.is_gap]
    if not given:
        return _note("There was no answer, so there is no source.")
    rows = []
    for part in given:
        source = clean(str(part.source)) if part.source else "The knowledge file, which names no source"
        rows.append(f"{source}: {clean(part.entry.question if part.entry else '')}")
    return [("class:source", "\n".join(rows))]


def _why(chat: Chat, _: str) -> Fragments:
    if chat.last is None:
        return _note(ASK_FIRST.format("why", "tells how the last reply came about"))
    rows = [row for part in chat.last.parts or (chat.last,) for row in explanations.lines(part.explain())]
    return _note("\n".join(rows))


def _judged(chat: Chat, is_good: bool) -> Fragments:
    if chat.last is None:
        name = "good" if is_good else "bad"
        return _note(ASK_FIRST.format(name, "says what you thought of the last reply"))
    chat.conversation.feedback(is_good)
    return _note("Thank you." if is_good else "Thank you. Try other words, or look through /topics.")


def _save(chat: Chat, name: str, *, is_replacing: bool = False) -> Fragments:
    name = name[1:-1] if len(name) > 1 and name[0] == name[-1] and name[0] in "\"'" else name
    if not name:
        return _note("Name the file: /save chat.md, or chat.txt for plain text.")
    if not chat.transcript.turns:
        return _note("There is nothing to save: ask something first.")
    shown = clean(name).replace("\n", " ")
    if any(_is_same(name, book.path) for book in chat.shelf.books):
        return _note(f"{shown} is what answers here: name another file.")
    try:
        path = chat.transcript.save(name, is_replacing=is_replacing)
    except (OSError, ValueError, RuntimeError) as error:
        reason = files.reason(error) if isinstance(error, OSError) else str(error)
        return _note(f"It was not saved: {shown}: {clean(reason).rstrip('.')}.")
    if path is None:
        return _note(f"There is {shown} already, and it was left as it is. /save! {shown} replaces it.")
    return _note(f"Saved in {clean(str(path))}.")


def _is_same(name: str, path: Path) -> bool:
    try:
        return path.is_file() and path.samefile(Path(name).expanduser())
    except (OSError, ValueError, RuntimeError):
        return False


def _kb(chat: Chat, name: str) -> Fragments:
    several = len(chat.shelf.books) > 1
    if not name:
        rows = [row for book in chat.shelf.books for row in described(book, is_used=chat.book in (None, book))]
        hint = ["/kb NAME asks one of them alone, /kb all asks them all."] if several else []
        return _note("\n".join([*rows, *hint]))
    if name.casefold() == "all" or not several:
        chat.turn_to(None)
        return _note("All of them answer." if several else "There is only one knowledge base, and it answers.")
    book = chat.shelf.called(name)
    if book is None:
        names = ", ".join(clean(each.name) for each in chat.shelf.books)
        return _note(f"Which one is meant? There are {names}.")
    chat.turn_to(book)
    return _note(f"{clean(book.name)} alone answers. /kb all asks them all.")


def _clear(chat: Chat, _: str) -> Fragments:
    chat.clear()
    return []


def _quit(chat: Chat, _: str) -> Fragments:
    chat.ended = True
    return []


COMMANDS: Final[dict[str, Command]] = {
    "topics": Command("what you can ask; /topics WORD for one topic", _topics),
    "source": Command("where the last answer comes from", _source),
    "why": Command("how the last reply came about", _why),
    "good": Command("the last reply helped", lambda chat, _: _judged(chat, is_good=True)),
    "bad": Command("it did not", lambda chat, _: _judged(chat, is_good=False)),
    "kb": Command("which knowledge answers; /kb NAME for one, /kb all", _kb),
    "save": Command("what was said, to a file: /save chat.md", _save),
    "save!": Command("", lambda chat, name: _save(chat, name, is_replacing=True)),
    "record": Command("keep unanswered questions: /record on, /record off", lambda _, said: _note(consent.said(said))),
    "clear": Command("empty the screen, and start afresh", _clear),
    "help": Command("this list", _help),
    "quit": Command("leave; so does Ctrl-D", _quit),
}
