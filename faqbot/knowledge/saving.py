"""A changed knowledge file put on disk, never over what somebody else has written meanwhile."""

from __future__ import annotations

from faqbot import files
from faqbot.errors import ChangedError, KnowledgeError
from faqbot.knowledge import reader, writer
from faqbot.knowledge.entries import KnowledgeBase
from faqbot.knowledge.reader import KnowledgeFile


def changed(file: KnowledgeFile, base: KnowledgeBase) -> KnowledgeFile:
    """Return the file with this knowledge base in it, not yet written.

    Raises:
        ValueError: no file can hold it; the message is a sentence for a person.
    """
    try:
        return writer.update(file, base)
    except ValueError as error:
        raise ValueError(f"{str(error)[:1].upper()}{str(error)[1:]}.") from error


def theirs(file: KnowledgeFile) -> KnowledgeFile | None:
    """Return the file as somebody else has written it since it was read, or None where nobody has.

    Raises:
        ChangedError: somebody has, and it cannot be read.
    """
    try:
        text = files.read_text(file.path)
        return None if text == file.text else reader.parse(text, file.path)
    except KnowledgeError as error:
        raise ChangedError(file.path, error.problems[0]) from None
