"""The knowledge files of a chat: read at once, and made into bots behind the prompt.

A large file takes longer to read than what was kept of it and numpy together: then the bot comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Final, Self

from rapidfuzz import fuzz

from faqbot import files
from faqbot.cli.text import clean, clean_line
from faqbot.errors import FaqbotError
from faqbot.knowledge import reader as knowledge
from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.text import counted

if TYPE_CHECKING:
    from faqbot.bot import FaqBot  # brings numpy, which takes as long to load as the prompt to show

LARGE: Final = 256 * 1024  # bytes: reads in .1 s, as long as numpy takes to load
LEAST_SIMILAR: Final = 70  # of 100: "whitning" is 94 like "whitening", and "whitening" 44 like "implants"


@dataclass(frozen=True, slots=True, eq=False)  # each is itself: comparing thousands of entries would take long
class Book:
    """One knowledge file: where it is, and what it says."""

    path: Path
    knowledge: KnowledgeBase

    @property
    def name(self) -> str:
        """Return the name of the file."""
        return self.path.name

    @property
    def called(self) -> tuple[str, ...]:
        """Return what a person may call it."""
        names = (self.name, self.path.stem, self.knowledge.title, *self.knowledge.all_names)
        return tuple(name.casefold() for name in names if name)


class Shelf:
    """Knowledge files, and the bot of all of them or of one, each built when it is first needed.

    Several threads may ask for bots; each is built once.

    Args:
        books: the files, at least one.
        bot: the bot of all of them, where there is one already.
        cache: the folder where what takes long to compute is kept between runs; nothing is written without one.
    """

    def __init__(self, books: Sequence[Book], bot: FaqBot | None = None, *, cache: Path | None = None) -> None:
        self.books: Final = tuple(books)
        self._all = bot.knowledge if bot else KnowledgeBase.merged(book.knowledge for book in books)
        self._bots: dict[Book | None, FaqBot] = {None: bot} if bot else {}
        self._cache = cache
        self._lock = Lock()
        self._is_preparing = False
        owners = (book for book in books for _ in book.knowledge.entries)
        several = self._all.entries if len(self.books) > 1 else ()
        self._owners = {entry.id: book for entry, book in zip(several, owners, strict=False)}

    @classmethod
    def read(cls, paths: Sequence[str | Path], *, cache: Path | None = None) -> Self:
        """Read knowledge files, or the one that ships with faqbot where none is named.

        Raises:
            KnowledgeError: a file that cannot be used.
        """
        named = [Path(path) for path in paths] or [files.bundled("microneedling.md")]
        if len(named) == 1 and _is_large(named[0]) and (bot := _opened(named[0], cache)):
            return cls([Book(named[0], bot.knowledge)], bot, cache=cache)
        return cls([Book(path, knowledge.read(path).knowledge) for path in named], cache=cache)

    @classmethod
    def of(cls, bot: FaqBot) -> Self:
        """Return the shelf of a bot that was made elsewhere, of whose file nothing is known."""
        return cls([Book(Path(), bot.knowledge)], bot)

    def knowledge(self, book: Book | None = None) -> KnowledgeBase:
        """Return what a file says, or all of them."""
        return self._all if book is None or len(self.books) == 1 else book.knowledge

    def bot(self, book: Book | None = None) -> FaqBot:
        """Return the bot that answers from a file, or from all of them; it is built if it is not there yet."""
        with self._lock:
            if book not in self._bots:
                self._bots[book] = _built([book] if book else self.books, self.knowledge(book), self._cache)
            return self._bots[book]

    def is_ready(self, book: Book | None = None) -> bool:
        """Whether `bot` need not build anything."""
        return book in self._bots

    def prepare(self) -> None:
        """Build the bot of all files, vectors and all, in a thread of its own, which ends with the program."""
        if not self._is_preparing:
            self._is_preparing = True
            Thread(target=self._prepare, daemon=True).start()

    def _prepare(self) -> None:
        try:
            self.bot().prepare()
        except Exception:  # who asks meets it again, where it can be told
            return

    def file_of(self, entry: Entry) -> str:
        """Return the name of the file that an entry of the bot of all files stands in; "" where there is only one."""
        book = self._owners.get(entry.id)
        return book.name if book and len(self.books) > 1 else ""

    def called(self, name: str) -> Book | None:
        """Return the file that a person calls `name`, slips allowed; None where none or several are meant."""
        wanted = name.casefold().strip()
        same = [book for book in self.books if wanted in book.called]
        within = [book for book in self.books if any(wanted in own for own in book.called)]
        if len(same or within) == 1:
            return (same or within)[0]
        scored = [(max(fuzz.ratio(wanted, own) for own in book.called), book) for book in self.books]
        best = max(score for score, _ in scored)
        found = [book for score, book in scored if score == best]
        return found[0] if best >= LEAST_SIMILAR and len(found) == 1 else None


def _is_large(path: Path) -> bool:
    try:
        return path.stat().st_size >= LARGE
    except (OSError, ValueError):  # reading it tells what is wrong
        return False


def _opened(path: Path, cache: Path | None) -> FaqBot | None:
    """Return the bot of a file if what it takes was kept."""
    from faqbot.bot import FaqBot
    from faqbot.search import cache as index_cache

    found = index_cache.load_cached([path], cache)
    return FaqBot(found[0], cache=cache, index=found[1]) if found else None


def _built(books: Sequence[Book], base: KnowledgeBase, cache: Path | None) -> FaqBot:
    from faqbot.bot import FaqBot

    try:
        bot = FaqBot.from_file(*(book.path for book in books), cache=cache)
        return bot if bot.knowledge == base else FaqBot(base, cache=cache)  # somebody edited them meanwhile
    except FaqbotError:
        return FaqBot(base, cache=cache)


def described(book: Book, *, is_used: bool) -> list[str]:
    """Return what a book holds, in a line or two."""
    base = book.knowledge
    gaps = sum(entry.is_gap for entry in base.entries)
    drafts = sum(entry.draft for entry in base.entries)
    answered = counted(len(base.entries) - gaps, "answer")
    counts = f"{counted(len(base.entries), 'entry', 'entries')}, {answered} and {counted(gaps, 'gap')}"
    state = f"{drafts} not reviewed yet" if drafts else "all reviewed"
    title = clean_line(base.title or book.name)
    place = [clean(str(book.path.absolute()))] if book.name else []
    return [f"{title}: {counts}; {state}{'' if is_used else ' (not asked now)'}", *place]
