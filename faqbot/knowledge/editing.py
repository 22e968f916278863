"""Edit a knowledge file: each change is on disk before the next, can be undone, and overwrites nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Generic, TypeVar

from faqbot import files
from faqbot.errors import ChangedError, KnowledgeError
from faqbot.knowledge import reader, writer
from faqbot.knowledge.entries import KnowledgeBase
from faqbot.knowledge.reader import KnowledgeFile

MOST_STEPS: Final = 100  # that can be undone: each keeps the whole text

_S = TypeVar("_S")  # where its owner stood before a change: what undoing goes back to


class Session(Generic[_S]):
    """An editing session on one file.

    Args:
        file: as it is on disk.
        follow: called when somebody else has written the file, and it was read again.

    Attributes:
        file: as it was last written or read.
    """

    def __init__(self, file: KnowledgeFile, follow: Callable[[], object]) -> None:
        self.file = file
        self._follow = follow
        self._steps: list[tuple[KnowledgeFile, _S]] = []

    def save(self, knowledge: KnowledgeBase, before: _S) -> None:
        """Write the file with this knowledge base in it, and remember the state before that.

        Raises:
            ValueError: no file can hold it; the message is a sentence for a person.
            ChangedError: somebody else wrote the file meanwhile; it was read again, and nothing was saved.
            OSError: it cannot be written; it is as it was.
        """
        try:
            file = writer.update(self.file, knowledge)
        except ValueError as error:
            raise ValueError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error
        self._ensure_unchanged()
        writer.save(file)
        self.remember(before)
        self.file = file

    def remember(self, before: _S) -> None:
        """Remember the state before a change of something else than the file, which undoing leaves as it is."""
        self._steps[:] = [*self._steps, (self.file, before)][-MOST_STEPS:]

    @property
    def last(self) -> _S:
        """The state before the last change.

        Raises:
            ValueError: there is none to undo.
        """
        if not self._steps:
            raise ValueError("There is nothing to undo.")
        return self._steps[-1][1]

    def undo(self) -> _S:
        """Take the last change back, to the letter, and return the state before it.

        Raises:
            ValueError: there is none to undo.
            ChangedError: see `save`.
            OSError: see `save`.
        """
        before = self.last
        file, _ = self._steps[-1]
        if file is not self.file:
            self._ensure_unchanged()
            writer.save(file)
        self._steps.pop()
        self.file = file
        return before

    def _ensure_unchanged(self) -> None:
        """Read the file again where somebody else has written it, and raise ChangedError then."""
        try:
            text = files.read_text(self.file.path)
            if text == self.file.text:
                return
            self.file = reader.parse(text, self.file.path)
        except KnowledgeError as error:
            raise ChangedError(self.file.path, error.problems[0]) from None
        self._steps.clear()  # undoing would take the other's changes back too
        self._follow()
        raise ChangedError(self.file.path)
