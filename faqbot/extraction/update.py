"""Extracting again into a file that people have worked on: what they did stays, what a machine made is made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from faqbot.documents.article import Article
from faqbot.extraction import catalogue
from faqbot.extraction.citation import State, is_quotation, looked_up
from faqbot.extraction.draft import Draft, question_key
from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.text import tokens


class Fate(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    REPLACED = "replaced"  # what it cites was changed, or a gap is answered now
    MOVED = "moved"  # what it cites stands elsewhere
    KEPT = "kept"  # a person has worked on the draft
    REMOVED = "removed"  # an untouched draft of what is gone
    LOOK = "look again"  # a person's work, of which the article says something else now
    LEFT = "left out"  # another entry asks the same


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one entry, and why."""

    fate: Fate
    entry: Entry
    why: str = ""


@dataclass(frozen=True, slots=True)
class Renewal:
    """A knowledge base with a draft in it.

    Attributes:
        knowledge: what the file is to say.
        changes: what became of entries; those that are as they were are not among them.
    """

    knowledge: KnowledgeBase
    changes: tuple[Change, ...]


def renewed(known: KnowledgeBase, draft: Draft, title: str = "") -> Renewal:
    """Return a knowledge base with a draft of the articles that it was made of in it, or of others.

    A reviewed entry stays, but for its place where that has moved. So does a draft that a person has worked on: its
    answer is not what it cites, or its question or phrasings are not what is extracted from the same sentences. Any
    other draft is what the articles say now, phrasings included: where its sentences were changed, a phrasing that a
    person added cannot be told from those that a machine made of them, so it stays only with another question or once
    the entry is reviewed. Entries from other documents, dropped entries and the title stay.

    Args:
        known: what the file says.
        draft: of the articles, made with `known`.
        title: a new one, where it is to have one.
    """
    articles = {one.article.document: one.article for one in draft.made}
    mine = [entry for entry in known.entries if entry.is_gap or entry.source.document in articles]
    pairs = _pairs(mine, draft.knowledge.entries, frozenset(known.dropped))
    names = dict.fromkeys((*known.all_names, *draft.knowledge.all_names))
    untouched = frozenset((gap.id, gap.gap, gap.forms) for name in names for gap in catalogue.named(name).values())
    asked = {tokens(form): entry for entry in draft.knowledge.entries if not entry.is_gap for form in entry.forms}
    others = {entry.id for entry in known.entries} - {entry.id for entry in mine}
    changes: list[Change] = []
    entries: list[Entry] = []
    for entry in known.entries:
        kept: Entry | None = entry
        change: Change | None = None
        if entry.is_gap:
            kept, change = _gap(entry, pairs.get(entry.id), asked.get(tokens(entry.question)), untouched, others)
        elif entry.source.document in articles:
            kept, change = _answer(entry, pairs.get(entry.id), articles[entry.source.document])
        entries += [kept] if kept else []
        changes += [change] if change else []
    paired = {entry.id for entry in pairs.values()}
    new = [entry for entry in draft.knowledge.entries if entry.id not in paired and entry.id not in known.dropped]
    added, left_out = _without_duplicates(new, entries)
    changes += [*(Change(Fate.ADDED, entry) for entry in added), *(Change(Fate.LEFT, entry) for entry in left_out)]
    placed = _placed(entries, added, draft.knowledge.entries, pairs)
    return Renewal(replace(known, entries=placed, title=title or known.title), tuple(changes))


def _pairs(old: Sequence[Entry], new: Sequence[Entry], dropped: frozenset[str]) -> dict[str, Entry]:
    """Return the new entry of each old one, by the old one's id.

    That is the one with the same id; failing that, of those that cite the same sentences of the same document, the one
    with most phrasings in common, and rather one that nobody has dropped.
    """
    left = {entry.id: entry for entry in new}
    pairs = {entry.id: left.pop(entry.id) for entry in old if entry.id in left}
    for entry in old:
        if entry.id in pairs or not entry.source.fingerprint:
            continue
        forms = {tokens(form) for form in entry.forms}
        same = [
            other for other in left.values()
            if (other.source.document, other.source.fingerprint) == (entry.source.document, entry.source.fingerprint)
        ]  # fmt: skip
        if same:
            nearest = max(
                same, key=lambda other: (other.id not in dropped, sum(tokens(form) in forms for form in other.forms))
            )
            pairs[entry.id] = left.pop(nearest.id)
    return pairs


def _gap(
    old: Entry,
    new: Entry | None,
    asked: Entry | None,
    untouched: Set[tuple[str, str, tuple[str, ...]]],
    others: Set[str],
) -> tuple[Entry | None, Change | None]:
    """Return what becomes of a gap that `new` takes the place of, or that `asked` answers beside other questions.

    What may answer it is found anew, unless that comes from one of the `others`, which are not extracted again.
    """
    if new is None or new.is_gap:
        if asked is None:
            is_untouched = old.draft and (old.id, old.gap, old.forms) in untouched
            follows = new is not None and is_untouched and others.isdisjoint(old.next)
            return (replace(old, next=new.next) if new and follows else old), None
        new = asked
        if old.draft and (old.id, old.gap, old.forms) in untouched:
            return None, Change(Fate.REPLACED, new, "the article answers it now")
    elif old.draft and (old.id, old.gap, old.forms) in untouched:
        return replace(new, topic=old.topic or new.topic), Change(Fate.REPLACED, new, "the article answers it now")
    return old, Change(Fate.LOOK, old, f"the article answers it now: {new.source.place}")


def _answer(old: Entry, new: Entry | None, article: Article) -> tuple[Entry | None, Change | None]:
    is_same = new is not None and (old.answer, old.source.fingerprint) == (new.answer, new.source.fingerprint)
    if not old.draft or not (is_same or is_quotation(old)):
        return _worked_on(old, article)
    if new is None or new.is_gap:
        if looked_up(old, article).state is not State.CHANGED:
            return _worked_on(old, article)
        return new, Change(Fate.REMOVED, old, "what it cites is not in the article any more")
    if new.source.fingerprint != old.source.fingerprint:
        phrasings = new.phrasings if old.question == new.question else _joined(old, new)
        kept = replace(new, id=old.id, question=old.question, phrasings=phrasings, topic=old.topic or new.topic)
        return kept, Change(Fate.REPLACED, kept, "what it cites was changed")
    if (old.question, set(old.phrasings)) != (new.question, set(new.phrasings)):
        return _worked_on(old, article)
    kept = replace(old, source=new.source)
    return kept, Change(Fate.MOVED, kept, _moved(old, kept)) if kept != old else None


def _joined(old: Entry, new: Entry) -> tuple[str, ...]:
    """Return the phrasings of both: those below a person's question may be theirs, and nobody can tell which."""
    forms = {tokens(form): form for form in reversed((*old.phrasings, *new.phrasings))}
    forms.pop(tokens(old.question), None)
    return tuple(forms.values())[::-1]


def _worked_on(old: Entry, article: Article) -> tuple[Entry, Change | None]:
    """Return what a person has worked on as it is, but for its place where that has moved."""
    there = looked_up(old, article)
    if there.state in (State.CHANGED, State.NOWHERE):
        return old, Change(Fate.LOOK, old, "what it cites is not in the article any more")
    if there.state is State.MOVED:
        kept = replace(old, source=replace(old.source, place=there.place))
        return kept, Change(Fate.MOVED, kept, _moved(old, kept))
    return old, Change(Fate.KEPT, old, "it differs from what would be extracted now") if old.draft else None


def _moved(old: Entry, new: Entry) -> str:
    return f"from {old.source.place} to {new.source.place}"


def _without_duplicates(new: Iterable[Entry], kept: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return the new entries whose id and question none of those kept has, and the others."""
    ids = {entry.id for entry in kept}
    questions = {question_key(entry.question) for entry in kept}
    added: list[Entry] = []
    left_out: list[Entry] = []
    for entry in new:
        is_taken = entry.id in ids or question_key(entry.question) in questions
        (left_out if is_taken else added).append(entry)
    return added, left_out


def _placed(
    entries: Sequence[Entry], added: Sequence[Entry], order: Sequence[Entry], pairs: Mapping[str, Entry]
) -> list[Entry]:
    """Return the entries with each of those added behind the one that it follows in the draft.

    What follows nothing that is in the file, as the first entry of a further article does, goes behind the answers.
    """
    names = {new.id: old for old, new in pairs.items()}  # ids in the file by ids in the draft
    result = list(entries)
    is_added = {entry.id for entry in added}
    answers = [number for number, entry in enumerate(entries) if not entry.is_gap]
    at = answers[-1] + 1 if answers else 0
    if (
        order
        and order[0].id in is_added
        and any(entry.source.document == order[0].source.document for entry in entries)
    ):
        at = 0  # a new beginning of an article that is there
    for entry in order:
        if entry.id in is_added:
            result.insert(at, entry)
            at += 1
        else:
            key = names.get(entry.id, entry.id)
            at = next((number + 1 for number, other in enumerate(result) if other.id == key), at)
    return result
