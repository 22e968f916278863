"""Open knowledge files with their index, from an on-disk cache where they are in it.

A file of the cache holds a knowledge base with its index as arrays; its entries are decoded lazily.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, overload

import Stemmer

from faqbot import files
from faqbot.errors import named
from faqbot.knowledge.entries import Entry, KnowledgeBase, Source
from faqbot.search import arrayfile
from faqbot.search.arrays import Array, Postings, Strings
from faqbot.search.bm25 import Bm25
from faqbot.search.compounds import Compounds
from faqbot.search.index import Index
from faqbot.search.question import Reader, Terms
from faqbot.search.spelling import Neighbours, Speller
from faqbot.search.tfidf import CharacterKernel, WordKernel
from faqbot.search.vocabulary import Copies, Texts, Vocabulary

# Raised whenever something else is computed of the same knowledge file: what was kept then counts no more.
EDITION: Final = 5
KEY_LENGTH: Final = 16  # characters of a file's name
_SUBJECT: Final = "subject "
_ATTRIBUTES: Final = tuple(field.name for field in fields(Entry))


def load(paths: Sequence[Path], cache: Path | None) -> tuple[KnowledgeBase, Index]:
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
    about, arrays = pack(knowledge, index)
    try:
        arrayfile.write(path, key, arrays, about)
    except OSError as error:
        import logging  # noqa: PLC0415 - only for whoever has no such folder

        why = f"{named(cache)}: {files.reason(error)}"
        logging.getLogger("faqbot").warning("faqbot: the index is made anew at every start (%s)", why)
    return knowledge, index


def load_cached(paths: Sequence[Path], cache: Path | None) -> tuple[KnowledgeBase, Index] | None:
    """Return what `load` does if it is in the cache; None if it would have to be made.

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
            return unpack(*found)
    return None


def _indexed(paths: Sequence[Path], data: Sequence[bytes]) -> tuple[KnowledgeBase, Index]:
    knowledge = KnowledgeBase.merged([_knowledge(path, held) for path, held in zip(paths, data, strict=True)])
    return knowledge, Index.build(knowledge)


def read(paths: Sequence[Path]) -> KnowledgeBase:
    """Return one knowledge base of these files, whatever form each is in.

    Raises:
        KnowledgeError: a file that cannot be used, with path, line and what was expected.
        ExtraMissingError: its form takes an extra that is not installed.
    """
    return KnowledgeBase.merged([_knowledge(path, files.read_knowledge(path)) for path in paths])


def _knowledge(path: Path, data: bytes) -> KnowledgeBase:
    # The parser is not needed for what is in the cache, nor are the readers of other forms for a knowledge file.
    from faqbot.knowledge import reader  # noqa: PLC0415

    if file := reader.own(data, path):
        return file.knowledge
    from faqbot.documents.pairs import base  # noqa: PLC0415

    return base.load(data, path).knowledge


def _key(paths: Sequence[Path], data: Sequence[bytes]) -> Iterator[str]:
    from faqbot import __version__  # noqa: PLC0415 - the package imports this module

    yield from (__version__, str(EDITION), Stemmer.version())
    for path, held in zip(paths, data, strict=True):
        yield path.name  # the title of a file without one, and where its content fits two forms, which it is in
        yield sha256(held).hexdigest()


class LazyEntries(Sequence[Entry]):
    """Decode entries lazily; to whoever looks, a tuple.

    Args:
        texts: of each entry, as `_written` makes it.
    """

    __slots__ = ("_made", "_texts")

    def __init__(self, texts: Strings) -> None:
        self._texts = texts
        self._made: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self._texts)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, place: int | slice) -> Entry | tuple[Entry, ...]:
        if isinstance(place, slice):
            return tuple(map(self._entry, range(*place.indices(len(self)))))
        return self._entry(range(len(self))[place])

    def __iter__(self) -> Iterator[Entry]:
        return map(self._entry, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, LazyEntries | tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __add__(self, other: tuple[Entry, ...]) -> tuple[Entry, ...]:
        return (*self, *other)

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _entry(self, number: int) -> Entry:
        """Return an entry, always the same object: entries are told apart by being it."""
        return self._made.get(number) or self._made.setdefault(number, self._read(number))

    def _read(self, number: int) -> Entry:
        values = dict(zip(_ATTRIBUTES, json.loads(self._texts[number]), strict=True))
        return Entry(**values | {"source": Source(*values["source"])})


def _written(entry: Entry) -> str:
    values = {name: getattr(entry, name) for name in _ATTRIBUTES}
    return json.dumps([*(values | {"source": astuple(entry.source)}).values()])


def pack(knowledge: KnowledgeBase, index: Index) -> tuple[dict[str, Any], dict[str, Array]]:
    """Return a knowledge base and its index as values for JSON and arrays by name."""
    words, characters = index.kernels
    parts: dict[str, Any] = {
        "entries": Strings.of(map(_written, knowledge.entries)), "forms": index.forms, "copies": index.copies,
        "vocabulary": index.vocabulary, "words": index.vocabulary.words, "stems": index.vocabulary.stems,
        "by words": words, "by characters": characters, "bm25": index.bm25, "postings": index.bm25.postings,
        "neighbours": index.reader.speller.neighbours,
    }  # fmt: skip
    arrays = {
        f"{part}.{field.name}": value
        for part, holder in parts.items()
        for field in fields(holder)
        if hasattr(value := getattr(holder, field.name), "dtype")
    }
    subjects = {f"{_SUBJECT}{name}": about for name, about in index.subjects.items()}
    return {"knowledge": knowledge.about, "answers": index.answers}, arrays | subjects | {"firsts": index.firsts}


def unpack(about: dict[str, Any], arrays: dict[str, Array]) -> tuple[KnowledgeBase, Index]:
    """Return what `pack` made these of.

    Raises:
        KeyError, TypeError, ValueError: they were not made by it.
    """

    def part(kind: type[Any], name: str, **known: object) -> Any:  # noqa: ANN401 - of that kind
        names = [field.name for field in fields(kind) if field.init and field.name not in known]
        return kind(**known, **{field: arrays[f"{name}.{field}"] for field in names})

    knowledge = KnowledgeBase.kept(LazyEntries(part(Strings, "entries")), about["knowledge"])
    words = part(Strings, "words")
    vocabulary = part(Vocabulary, "vocabulary", words=words, stems=part(Strings, "stems"))
    forms = part(Texts, "forms")
    by_words = part(WordKernel, "by words", vocabulary=vocabulary, texts=forms)
    speller = Speller(vocabulary, part(Neighbours, "neighbours", words=words))
    index = Index(
        entries=knowledge.entries,
        forms=forms,
        firsts=arrays["firsts"],
        copies=part(Copies, "copies"),
        vocabulary=vocabulary,
        kernels=(by_words, part(CharacterKernel, "by characters", texts=forms)),
        vectors=None,
        bm25=part(
            Bm25, "bm25", vocabulary=vocabulary, postings=part(Postings, "postings"), size=len(knowledge.entries)
        ),
        reader=Reader(speller, Compounds(vocabulary, by_words.has_pair), Terms.of(knowledge)),
        subjects={name.removeprefix(_SUBJECT): array for name, array in arrays.items() if name.startswith(_SUBJECT)},
        answers=about["answers"],
    )
    return knowledge, index
