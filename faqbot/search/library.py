"""Opening knowledge files: at once where they have been opened before, by what was kept of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

import Stemmer

from faqbot import files
from faqbot.knowledge.entries import KnowledgeBase
from faqbot.search import arrayfile
from faqbot.search import cache as kept
from faqbot.search.index import Index

# Raised whenever something else is computed of the same knowledge file: what was kept then counts no more.
EDITION: Final = 3
KEY_LENGTH: Final = 16  # characters of a file's name


def read(paths: Sequence[Path], cache: Path | None) -> tuple[KnowledgeBase, Index]:
    """Return one knowledge base of these files, and its index.

    Args:
        paths: of the knowledge files.
        cache: the folder where both are kept between runs; a folder that cannot be written is told to the log.

    Raises:
        KnowledgeError: a file that cannot be used, with path, line and what was expected.
    """
    data = [files.read_knowledge(path) for path in paths]
    if cache is None:
        return _indexed(paths, data)
    path, key = _place(paths, data, cache)
    if found := _opened(path, key):
        return found
    knowledge, index = _indexed(paths, data)
    about, arrays = kept.packed(knowledge, index)
    try:
        arrayfile.write(path, key, arrays, about)
    except OSError as error:
        import logging  # noqa: PLC0415 - only for whoever has no such folder

        logging.getLogger("faqbot").warning("faqbot: the index is made anew at every start (%s)", error)
    return knowledge, index


def opened(paths: Sequence[Path], cache: Path | None) -> tuple[KnowledgeBase, Index] | None:
    """Return what `read` does if it was kept; None if it would have to be made.

    Raises:
        KnowledgeError: a file that cannot be read.
    """
    return _opened(*_place(paths, [files.read_knowledge(path) for path in paths], cache)) if cache else None


def _place(paths: Sequence[Path], data: Sequence[bytes], cache: Path) -> tuple[Path, str]:
    """Return where what is made of these files is kept, and by which key."""
    key = sha256("\0".join(_key(paths, data)).encode("utf-8", "surrogateescape")).hexdigest()
    return cache / f"index-{key[:KEY_LENGTH]}", key


def _opened(path: Path, key: str) -> tuple[KnowledgeBase, Index] | None:
    if found := arrayfile.read(path, key):
        with suppress(KeyError, TypeError, ValueError):  # of another edition that forgot to say so
            return kept.opened(*found)
    return None


def _indexed(paths: Sequence[Path], data: Sequence[bytes]) -> tuple[KnowledgeBase, Index]:
    from faqbot.knowledge import reader as knowledge_files  # noqa: PLC0415 - the parser is not needed for what was kept

    parts = [
        knowledge_files.parse(files.text_of(path, held), path).knowledge for path, held in zip(paths, data, strict=True)
    ]
    knowledge = KnowledgeBase.merged(parts)
    return knowledge, Index.build(knowledge)


def _key(paths: Sequence[Path], data: Sequence[bytes]) -> Iterator[str]:
    from faqbot import __version__  # noqa: PLC0415 - the package imports this module

    yield from (__version__, str(EDITION), Stemmer.version())
    for path, held in zip(paths, data, strict=True):
        yield path.stem  # the title of a file without one
        yield sha256(held).hexdigest()
