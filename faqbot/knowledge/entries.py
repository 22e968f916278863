"""The values everything else is about: an entry, its source, and the knowledge base that holds the entries."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, fields, replace
from itertools import chain
from typing import Any, Final

ID_LENGTH: Final = 80  # characters of a derived id before a digest takes over
_SYMBOL: Final = re.compile(r"[+#%&@*=<>$\u00a2-\u00a5\u20a0-\u20bf]")


def slug(text: str) -> str:
    """Return an id made of `text`: lower-case words joined by hyphens, the same on every machine.

    A digest follows where the words alone are not enough: none, too many, or with symbols that tell "C" from "C++".
    """
    words = "-".join(re.findall(r"[^\W_]+", text.casefold()))
    if words and len(words) <= ID_LENGTH and not _SYMBOL.search(text):
        return words
    digest = f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}"
    return f"{words[:ID_LENGTH]}-{digest}".lstrip("-")


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from: the document, and the place in it ("paragraph 1, sentence 6").

    The fingerprint is a short digest of the cited sentences: where it differs, the document was changed since.
    """

    document: str = ""
    place: str = ""
    fingerprint: str = ""

    def __str__(self) -> str:
        return ", ".join(part for part in (self.document, self.place) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One question, its other phrasings, one answer, and where it came from.

    An entry with `gap` is a question that people ask and the source does not answer: it has no answer, and the gap
    is the sentence that says so.

    Attributes:
        question: the question as a person would ask it; never blank.
        answer: Markdown; empty in a gap.
        phrasings: other ways to ask the same.
        id: given, or derived from the question; the same whatever the other entries are.
        topic: what it is about, for lists and related questions.
        source: where the answer comes from.
        gap: the sentence shown instead of an answer.
        subject: the procedure that the entry is about where a knowledge base holds several.
        draft: whether it was extracted by machine and no person has reviewed it yet.
        next: ids of entries to offer first after this one, in order; of a gap that is a draft, those that may hold
            the answer after all.

    Raises:
        ValueError: blank question, neither answer nor gap, or both.
        TypeError: a text that is no string, `phrasings` or `next` that is one, or a source that is no Source.
    """

    question: str
    answer: str = ""
    phrasings: Sequence[str] = ()
    id: str = ""
    topic: str = ""
    source: Source = Source()
    gap: str = ""
    subject: str = ""
    draft: bool = False
    next: Sequence[str] = ()

    def __post_init__(self) -> None:
        if isinstance(self.phrasings, str):
            raise TypeError("phrasings is a sequence of questions, not one string")
        if isinstance(self.next, str):
            raise TypeError("next is a sequence of ids, not one string")
        object.__setattr__(self, "phrasings", tuple(self.phrasings))
        object.__setattr__(self, "next", tuple(self.next))
        self._check_types()
        if not self.question.strip():
            raise ValueError("an entry needs a question")
        if bool(self.answer.strip()) == bool(self.gap.strip()):
            raise ValueError(f"the entry {self.question!r} needs an answer or a gap, one of the two")
        object.__setattr__(self, "id", self.id or slug(self.question))

    def _check_types(self) -> None:
        texts = (self.question, self.answer, self.id, self.topic, self.gap, self.subject, *self.phrasings, *self.next)
        for text in texts:
            if not isinstance(text, str):
                raise TypeError(f"the texts of an entry are strings, not {type(text).__name__}")
        if not isinstance(self.source, Source):
            raise TypeError(f"source is a Source, not {type(self.source).__name__}")

    @property
    def is_gap(self) -> bool:
        """Whether this is a known question without an answer."""
        return bool(self.gap.strip())

    @property
    def is_open(self) -> bool:
        """Whether it is a question that the entries in `next` may answer, which no person has decided yet."""
        return self.is_gap and self.draft and bool(self.next)

    @property
    def title(self) -> str:
        """Return the question, and the subject where there are several."""
        return f"{self.question} ({self.subject})" if self.subject else self.question

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the question and its phrasings."""
        return (self.question, *self.phrasings)


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """The entries of one subject, with its names and word groups.

    Any sequence may be passed; tuples are kept.

    Attributes:
        entries: in the author's order; no two with one id.
        title: what it is called.
        procedure: the name of what it is about; empty where it is about several things.
        names: what else the procedure is called.
        source: the document that the answers come from, unless an entry's own source names another.
        groups: words that mean one thing here, each group a tuple of words or short phrases.
        subjects: where it is about several procedures: the names of each, the first one being its entries' subject.
        urgent: words and short phrases that make a message a worry ("gas"), beside the usual signs.
        urgent_answer: what a worry is met with before anything else; empty for the usual line.
        crisis_answer: the same for whoever speaks of harming themselves; empty for the usual line.
        contact: how to reach a person ("the front desk, 555 0100"): said to worries, refusals and who asks for one.
        answer_from: how sure to be before answering, 0 to 1, as its own labelled questions have shown; None for the
            usual.
        dropped: ids of extracted entries that a reviewer threw away, so that extracting again leaves them out.

    Raises:
        ValueError: two entries with one id; `answer_from` below 0 or above 1.
        TypeError: an entry that is no Entry; `names`, `urgent` or `dropped` is a string.
    """

    entries: Sequence[Entry]
    _: KW_ONLY
    title: str = ""
    procedure: str = ""
    names: Sequence[str] = ()
    source: str = ""
    groups: Sequence[tuple[str, ...]] = ()
    subjects: Sequence[tuple[str, ...]] = ()
    urgent: Sequence[str] = ()
    urgent_answer: str = ""
    crisis_answer: str = ""
    contact: str = ""
    answer_from: float | None = None
    dropped: Sequence[str] = ()

    def __post_init__(self) -> None:
        if isinstance(self.names, str):
            raise TypeError("names is a sequence of names, not one string")
        if isinstance(self.urgent, str):
            raise TypeError("urgent is a sequence of words and phrases, not one string")
        if isinstance(self.dropped, str):
            raise TypeError("dropped is a sequence of ids, not one string")
        if self.answer_from is not None and not 0 <= self.answer_from <= 1:
            raise ValueError(f"answer_from is a confidence from 0 to 1, not {self.answer_from}")
        object.__setattr__(self, "entries", tuple(self.entries))
        object.__setattr__(self, "names", tuple(self.names))
        object.__setattr__(self, "urgent", tuple(self.urgent))
        object.__setattr__(self, "dropped", tuple(self.dropped))
        object.__setattr__(self, "groups", tuple(map(tuple, self.groups)))
        object.__setattr__(self, "subjects", tuple(map(tuple, self.subjects)))
        for entry in self.entries:
            if not isinstance(entry, Entry):
                raise TypeError(f"entries is a sequence of Entry, and holds {type(entry).__name__}")
        repeated = [key for key, count in Counter(entry.id for entry in self.entries).items() if count > 1]
        if repeated:
            raise ValueError(f"two entries have the id {repeated[0]!r}; every id has to be its own")

    @classmethod
    def kept(cls, entries: Sequence[Entry], about: Mapping[str, Any]) -> KnowledgeBase:
        """Return a knowledge base whose entries were found to be in order before: none of them is looked at.

        Args:
            entries: as they are to stay.
            about: the other attributes by name, as `about` gives them.
        """
        knowledge = cls((), **about)
        object.__setattr__(knowledge, "entries", entries)
        return knowledge

    @property
    def about(self) -> dict[str, Any]:
        """Return all attributes but the entries, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "entries"}

    def __repr__(self) -> str:
        gaps = sum(entry.is_gap for entry in self.entries)
        return f"<KnowledgeBase {self.title!r}: {len(self.entries) - gaps} answers, {gaps} gaps>"

    @property
    def all_names(self) -> tuple[str, ...]:
        """Return every name of the procedure, or of the procedures."""
        return tuple(name for name in (self.procedure, *self.names, *chain(*self.subjects)) if name)

    @classmethod
    def merged(cls, parts: Iterable[KnowledgeBase]) -> KnowledgeBase:
        """Return one knowledge base of several; of one, that one.

        Each entry keeps its procedure as its subject, so that a question which names one is answered about it. An id
        that two parts share is prefixed with the number and title of its part.
        """
        parts = tuple(parts)
        if len(parts) == 1:
            return parts[0]
        shared = Counter(entry.id for part in parts for entry in part.entries)
        entries: list[Entry] = []
        for number, part in enumerate(parts, 1):
            prefix = slug(f"{number} {part.title}")
            keys = {one.id: f"{prefix}/{one.id}" if shared[one.id] > 1 else one.id for one in part.entries}
            for entry in part.entries:
                following = tuple(keys.get(one, one) for one in entry.next)
                subject = entry.subject or part.procedure
                entries.append(replace(entry, id=keys[entry.id], subject=subject, next=following))
        return cls(
            tuple(entries),
            title=" and ".join(part.title for part in parts if part.title),
            source="; ".join(part.source for part in parts if part.source),
            groups=[group for part in parts for group in part.groups],
            subjects=[part.all_names for part in parts if part.procedure],
            urgent=list(dict.fromkeys(word for part in parts for word in part.urgent)),
            **{
                name: " ".join(dict.fromkeys(said for part in parts if (said := getattr(part, name))))
                for name in ("urgent_answer", "crisis_answer", "contact")
            },
            answer_from=max((part.answer_from for part in parts if part.answer_from is not None), default=None),
            dropped=[key for part in parts for key in part.dropped],
        )
