"""A knowledge base and its index in one file: opened without reading the entries, each of which is made when wanted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, fields
from typing import Any, Final, overload

from faqbot.knowledge.entries import Entry, KnowledgeBase, Source
from faqbot.search.arrays import Array, Postings
from faqbot.search.bm25 import Bm25
from faqbot.search.index import Index
from faqbot.search.neighbours import Neighbours
from faqbot.search.question import Reader, Terms
from faqbot.search.spelling import Speller
from faqbot.search.strings import Strings
from faqbot.search.texts import Copies, Texts
from faqbot.search.tfidf import CharacterKernel, WordKernel
from faqbot.search.vocabulary import Vocabulary

_SUBJECT: Final = "subject "
_ATTRIBUTES: Final = tuple(field.name for field in fields(Entry))


class KeptEntries(Sequence[Entry]):
    """Entries that are made of their texts when they are looked at; to whoever looks, a tuple.

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
        return tuple(self) == tuple(other) if isinstance(other, KeptEntries | tuple) else NotImplemented

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


def packed(knowledge: KnowledgeBase, index: Index) -> tuple[dict[str, Any], dict[str, Array]]:
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


def opened(about: dict[str, Any], arrays: dict[str, Array]) -> tuple[KnowledgeBase, Index]:
    """Return what `packed` made these of.

    Raises:
        KeyError, TypeError, ValueError: they were not made by it.
    """

    def part(kind: type[Any], name: str, **known: object) -> Any:  # noqa: ANN401 - of that kind
        names = [field.name for field in fields(kind) if field.init and field.name not in known]
        return kind(**known, **{field: arrays[f"{name}.{field}"] for field in names})

    knowledge = KnowledgeBase.kept(KeptEntries(part(Strings, "entries")), about["knowledge"])
    words = part(Strings, "words")
    vocabulary = part(Vocabulary, "vocabulary", words=words, stems=part(Strings, "stems"))
    forms = part(Texts, "forms")
    index = Index(
        entries=knowledge.entries,
        forms=forms,
        firsts=arrays["firsts"],
        copies=part(Copies, "copies"),
        vocabulary=vocabulary,
        kernels=(
            part(WordKernel, "by words", vocabulary=vocabulary, texts=forms),
            part(CharacterKernel, "by characters", texts=forms),
        ),
        vectors=None,
        bm25=part(
            Bm25, "bm25", vocabulary=vocabulary, postings=part(Postings, "postings"), size=len(knowledge.entries)
        ),
        reader=Reader(Speller(vocabulary, part(Neighbours, "neighbours", words=words)), Terms.of(knowledge)),
        subjects={name.removeprefix(_SUBJECT): array for name, array in arrays.items() if name.startswith(_SUBJECT)},
        answers=about["answers"],
    )
    return knowledge, index
