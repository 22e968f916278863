"""Drafts: what one or several articles come to as one knowledge base, before it is written anywhere; no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Final

from faqbot.documents import reader
from faqbot.documents.article import Article
from faqbot.errors import ArticleError, Problem
from faqbot.extraction import catalogue, pipeline
from faqbot.extraction.citation import articles_of
from faqbot.extraction.pipeline import Extraction
from faqbot.knowledge import writer
from faqbot.knowledge.entries import Entry, KnowledgeBase, slug
from faqbot.text import normalise, tokens

STDIN: Final = "-"  # as the name of an article


@dataclass(frozen=True, slots=True)
class Made:
    """What was made of one article.

    Attributes:
        name: of its file.
        extraction: what came of it, cited by the name that the knowledge base has for it.
        is_new: whether the knowledge base that it goes into has nothing from it yet.
    """

    name: str
    extraction: Extraction
    is_new: bool = True

    @property
    def article(self) -> Article:
        """Return the article."""
        return self.extraction.article

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name of what it is about."""
        return self.extraction.knowledge.all_names

    @property
    def procedure(self) -> str:
        """Return the procedure that it is about, or ""."""
        return self.extraction.knowledge.procedure


@dataclass(frozen=True, slots=True)
class Draft:
    """What several articles come to together.

    Attributes:
        made: the articles, in the order given.
        procedure: the name of what the questions are about, or "".
        knowledge: the entries of all of them.
        duplicates: entries left out since another article, or what is in the file, answers the same question.
        unwritable: entries left out since no knowledge file can hold them.
    """

    made: tuple[Made, ...]
    procedure: str
    knowledge: KnowledgeBase
    duplicates: tuple[Entry, ...] = ()
    unwritable: tuple[Entry, ...] = ()


def read(name: str, data: bytes | None = None, progress: Callable[[int, int], object] | None = None) -> Article:
    """Return the article in a file, or in these bytes; one without a title is cited by the name of its file.

    Raises:
        ArticleError: it cannot be read.
        ExtraMissingError: its format takes libraries that are not installed.
    """
    found = reader.read(name, progress) if data is None else reader.of_bytes(data, _shown(name), progress)
    article = Article.of(found)
    return (
        article if article.document or name == STDIN else replace(article, document=" ".join(Path(name).name.split()))
    )


def draft(
    articles: Sequence[tuple[str, Article]],
    known: KnowledgeBase | None = None,
    title: str = "",
    progress: Callable[[str, int, int], object] | None = None,
) -> Draft:
    """Return what articles come to together.

    The first article that answers a question keeps it. Where another answers it too, with other words, its entry takes
    the next way to ask that nobody has; without one it is left out, as a duplicate. What no article answers is a gap.

    Args:
        articles: the name of each file, and what it holds.
        known: the knowledge base that they go into: what it has from other documents counts as answered.
        title: of the knowledge base; that of the first article where it is not given.
        progress: is told the name of the article, and how many of how many questions have been looked for in it.

    Raises:
        ArticleError: nothing in an article can be asked for, or two are about different procedures.
    """
    made = _extracted(articles, known, progress)
    name = _procedure(made, known)
    entries, duplicates = joined([one.extraction.knowledge for one in made], known, name)
    first = made[0].extraction.knowledge
    about = next((one.extraction.knowledge for one in made if one.procedure), first)
    spellings = dict.fromkeys(chain.from_iterable(one.names for one in made))
    knowledge = KnowledgeBase(
        entries,
        title=_line(title or first.title),
        procedure=_line(about.procedure),
        names=[_line(spelling) for spelling in spellings if spelling != about.procedure and "," not in spelling],
        source=made[0].article.document,
        groups=about.groups,
    )
    unwritable = () if writer.is_writable(knowledge) else tuple(_unwritable(knowledge))
    if len(unwritable) == len(entries):
        raise ArticleError(str(Problem(Path(_shown(made[0].name)), None, "no knowledge file can hold its title")))
    return Draft(
        made=made,
        procedure=name,
        knowledge=replace(knowledge, entries=[entry for entry in entries if entry not in unwritable]),
        duplicates=tuple(duplicates),
        unwritable=unwritable,
    )


def _extracted(
    articles: Sequence[tuple[str, Article]],
    known: KnowledgeBase | None,
    progress: Callable[[str, int, int], object] | None,
) -> tuple[Made, ...]:
    named = {name: document for document, name in _documents(articles, known)}
    cited = set(named.values())
    made = []
    for number, (name, article) in enumerate(articles):
        document = named.get(number, _line(article.document))
        if number not in named and document in cited:  # two articles of one title are two sources
            document = f"{document} ({Path(name).name})"
        cited.add(document)
        try:
            titled = replace(article, title=_line(article.title), document=document)
            found = pipeline.extract(
                titled, known.procedure if known else "", progress=progress and partial(progress, name)
            )
        except ArticleError as error:
            raise ArticleError(str(Problem(Path(_shown(name)), None, str(error)))) from None
        if all(entry.is_gap for entry in found.knowledge.entries):
            raise ArticleError(str(Problem(Path(_shown(name)), None, "nothing in it answers a question")))
        made.append(Made(name, found, number not in named))
    return tuple(made)


def _documents(articles: Sequence[tuple[str, Article]], known: KnowledgeBase | None) -> Iterable[tuple[str, int]]:
    """Yield the documents of a knowledge base that are among the articles, each with the article's number."""
    given = [article for _, article in articles]
    for document, article in (articles_of(known, given) if known else {}).items():
        yield document, next(number for number, other in enumerate(given) if other is article)


def _procedure(made: Sequence[Made], known: KnowledgeBase | None) -> str:
    """Return the name of the procedure that the entries' questions are about.

    Questions about two procedures cannot share a file: "How long does it take?" would be answered for the wrong one.
    """
    groups = [(_shown(one.name), one.names) for one in made if one.is_new and one.procedure]
    if known and known.procedure:
        groups.insert(0, ("the file", known.all_names))
    for name, names in groups[1:]:
        if not any(_is_same(one, other) for one in names for other in groups[0][1]):
            raise ArticleError(
                f"{name} is about {names[0]} and {groups[0][0]} about {groups[0][1][0]}: give each a file of its own, "
                f"and chat with both (faqbot chat a.md b.md); where the two are one, say so in the file: "
                f"'- also called: {names[0]}'"
            )
    spellings = dict.fromkeys([*(known.all_names if known else ()), *(one.procedure for one in made)])
    ids = {entry.id for entry in known.entries} | set(known.dropped) if known else set()

    def known_gaps(name: str) -> int:
        return len(ids & {gap.id for gap in catalogue.named(name).values()})

    return max(filter(None, spellings), key=known_gaps, default="")


def _is_same(one: str, other: str) -> bool:
    """Return whether two names mean one thing: the words of the one are among those of the other."""
    first, second = set(tokens(one)), set(tokens(other))
    return first <= second or second <= first


def _unwritable(knowledge: KnowledgeBase) -> Iterable[Entry]:
    for entry in knowledge.entries:
        after = Entry(
            question=f"After {entry.question}", answer="An answer that is no fence swallows nothing after it."
        )
        if not writer.is_writable(replace(knowledge, entries=[entry, after])):
            yield entry


def _line(text: str) -> str:
    return " ".join(text.split())


def _shown(name: str) -> str:
    return "standard input" if name == STDIN else name


def joined(parts: Sequence[KnowledgeBase], known: KnowledgeBase | None, name: str) -> tuple[list[Entry], list[Entry]]:
    """Return the entries of all articles, gaps last, and those left out.

    The first article that answers a question keeps it. Where another answers it too, with other words, its entry takes
    the next way to ask that nobody has; without one it is left out. What nobody answers is a gap.

    Args:
        parts: the draft of each article, whose source is the name of its document.
        known: what they go into: what it has from other documents counts as answered.
        name: of the procedure.
    """
    again = {part.source for part in parts}
    asked = _Asked()
    if known:
        asked.add(entry for entry in known.entries if not entry.is_gap and entry.source.document not in again)
    entries: list[Entry] = []
    gaps: dict[str, Entry] = {}
    left_out: list[Entry] = []
    for part in parts:
        found = [_renamed(entry, part.procedure, name) for entry in part.entries]
        fitted = [(entry, asked.fitted(entry)) for entry in found if not entry.is_gap]
        left_out += [entry for entry, kept in fitted if kept is None]
        kept = list({entry.id: entry for _, entry in fitted if entry is not None}.values())
        asked.add(kept)
        entries += kept
        unchanged = {entry.id for entry, same in fitted if same and same.id == entry.id}
        for gap in found:
            if gap.is_gap and (gap.id not in gaps or not gaps[gap.id].next):
                gaps[gap.id] = replace(gap, next=tuple(key for key in gap.next if key in unchanged))
    answered = {key for key, gap in gaps.items() if gap.id in asked.ids or tokens(gap.question) in asked.forms}
    return [*entries, *(gap for key, gap in gaps.items() if key not in answered)], left_out


def _renamed(entry: Entry, was: str, name: str) -> Entry:
    """Return an entry that answers or is a question of the catalogue with the name that the others have for it."""
    if not was or was == name:
        return entry
    others = catalogue.named(name)
    own = next((key for key, gap in catalogue.named(was).items() if gap.id == entry.id), None)
    if own is None or own not in others:
        return entry
    gap, other = catalogue.named(was)[own], others[own]
    forms = dict(zip(gap.phrasings, other.phrasings, strict=True))
    renamed = [forms.get(form, form) for form in entry.phrasings]
    said = other.gap if entry.gap == gap.gap else entry.gap
    return replace(entry, question=other.question, id="", phrasings=renamed, gap=said)


def question_key(question: str) -> str:
    """Return what two entries of one file may not have in common."""
    return normalise(question).rstrip("?!. ")


@dataclass(slots=True)
class _Asked:
    """What is taken: ids, ways to ask, answers."""

    ids: set[str] = field(default_factory=set)
    forms: set[tuple[str, ...]] = field(default_factory=set)
    answers: set[str] = field(default_factory=set)

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.ids.add(entry.id)
            self.forms.update(tokens(form) for form in entry.forms)
            self.answers.add(normalise(entry.answer))

    def is_free(self, question: str, key: str) -> bool:
        return key not in self.ids and tokens(question) not in self.forms

    def fitted(self, entry: Entry) -> Entry | None:
        """Return the entry with a question and phrasings that are free, or None where there is none."""
        question = entry.question
        if not self.is_free(question, entry.id):
            free = [form for form in entry.phrasings if form.endswith("?") and self.is_free(form, slug(form))]
            if not free or normalise(entry.answer) in self.answers:
                return None
            question = free[0]
        forms = [form for form in entry.phrasings if form != question and tokens(form) not in self.forms]
        return replace(entry, question=question, phrasings=forms, id="" if question != entry.question else entry.id)
