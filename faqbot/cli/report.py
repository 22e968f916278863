"""Report an extraction to the person who reviews it next: as lines that fit a terminal, or as JSON."""

from __future__ import annotations

import re
import shlex
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from faqbot.cli.text import NARROWEST, NO_BREAK, WIDEST, clean
from faqbot.documents.article import Article, Position
from faqbot.extraction.citation import cited_by
from faqbot.extraction.draft import Draft
from faqbot.extraction.update import Change, Fate
from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.text import counted, shortened

LABEL: Final = 11  # columns of a label and the blanks behind it
MOST: Final = 5  # lines of one list; the others are counted
CUT: Final = 100  # columns of a quoted sentence where there is no terminal to fit
NO_PROCEDURE: Final = (
    "nothing that people undergo was recognised; write '- procedure: …' below the title and extract again"
)
SEVERAL: Final = "several things ({}): give each an article of its own to be told what people ask of it"
LISTED: Final = (Fate.LOOK, Fate.REPLACED, Fate.REMOVED, Fate.KEPT, Fate.MOVED, Fate.ADDED)  # in this order


@dataclass(frozen=True)
class Report:
    """The report of an extraction.

    Attributes:
        draft: what was made of the articles.
        knowledge: what the file says now: the draft, or what was there with the draft in it.
        changes: what became of the entries that were there; None where there was no file.
        target: the name of the file, or "".
    """

    draft: Draft
    knowledge: KnowledgeBase
    changes: tuple[Change, ...] | None = None
    target: str = ""

    @cached_property
    def left_out(self) -> tuple[tuple[str, Article, tuple[Position, ...]], ...]:
        """Each article by its name, with the sentences that no entry cites."""
        articles = {one.article.document: one.article for one in self.draft.made}
        used = cited_by(self.knowledge.entries, articles)
        return tuple(
            (one.name, one.article, tuple(p for p in one.article.sentences if p not in used[one.article.document]))
            for one in self.draft.made
        )

    @cached_property
    def missing(self) -> tuple[Entry, ...]:
        """What people ask about any such procedure and nothing answers: the draft's gaps that the file has as gaps.

        So are gaps that the article answers now and that a person is to look at: the file does not answer them yet.
        """
        gaps = {entry.id for entry in self.draft.knowledge.entries if entry.is_gap and not entry.is_open}
        gaps |= {change.entry.id for change in self.changes or () if change.fate is Fate.LOOK}
        return tuple(entry for entry in self.knowledge.entries if entry.is_gap and entry.id in gaps)

    @cached_property
    def asked(self) -> int:
        """How many questions people ask about any such procedure, but for those dropped; 0 where it is about none."""
        considered = max(len(one.extraction.answered) + len(one.extraction.missing) for one in self.draft.made)
        gaps = {entry.id for entry in self.draft.knowledge.entries if entry.is_gap}
        return max(considered - len(gaps.intersection(self.knowledge.dropped)), len(self.missing))

    @property
    def possible(self) -> tuple[tuple[str, str], ...]:
        """What an article may answer, each with the question of the entry that may hold it."""
        asked = {entry.id: entry.question for one in self.draft.made for entry in one.extraction.knowledge.entries}
        return tuple((question, asked[key]) for one in self.draft.made for question, key in one.extraction.possible)

    @property
    def duplicates(self) -> tuple[Entry, ...]:
        """Entries left out since another one answers the same question."""
        return (*self.draft.duplicates, *(change.entry for change in self.changes or () if change.fate is Fate.LEFT))

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """What was not read, with the name of the article."""
        return tuple((one.name, note) for one in self.draft.made for note in one.article.notes)


def lines(report: Report, *, width: int | None, is_verbose: bool = False) -> Iterator[str]:
    """Yield a report as lines of at most `width` columns; None leaves them as long as they are.

    Of long lists, only the beginning is told, unless `is_verbose`.
    """
    most = 10**9 if is_verbose else MOST
    for label, texts in _parts(report, most):
        yield from _row(label, texts, width)


def as_json(report: Report) -> dict[str, Any]:
    """Return a report as what `--json` prints; the keys are stable, and new ones may come.

    file, entries and gaps (how many), articles (name, document, sentences, left_out: place and text each, notes,
    several: the things that it is about, where it is about several), questions (asked, answered, missing: the
    questions), possible (question, and near: that of the entry that may answer it), duplicates and unwritable (the
    questions), changes (fate, id, question, why each; null where the file is new).
    """
    entries = report.knowledge.entries
    return {
        "file": report.target,
        "entries": sum(not entry.is_gap for entry in entries),
        "gaps": sum(entry.is_gap for entry in entries),
        "drafts": sum(entry.draft for entry in entries),
        "articles": [
            {
                "name": name, "document": article.document, "sentences": len(article.sentences),
                "left_out": [{"place": article.place([p]), "text": article.sentences[p]} for p in positions],
                "notes": list(article.notes), "several": list(made.extraction.several),
            }
            for made, (name, article, positions) in zip(report.draft.made, report.left_out, strict=True)
        ],
        "questions": {
            "asked": report.asked, "answered": report.asked - len(report.missing),
            "missing": [entry.question for entry in report.missing],
        },
        "possible": [{"question": question, "near": near} for question, near in report.possible],
        "duplicates": [entry.question for entry in report.duplicates],
        "unwritable": [entry.question for entry in report.draft.unwritable],
        "changes": None if report.changes is None else [
            {"fate": str(change.fate), "id": change.entry.id, "question": change.entry.question, "why": change.why}
            for change in report.changes
        ],
    }  # fmt: skip


def _parts(report: Report, most: int) -> Iterator[tuple[str, list[str]]]:
    """Yield labels, each with texts of a line or more; a text that begins with a tab is cut to one."""
    entries = report.knowledge.entries
    gaps = sum(entry.is_gap for entry in entries)
    drafts = sum(entry.draft for entry in entries)
    open_ = sum(entry.is_open for entry in entries)
    undecided = f" ({open_} of them perhaps answered)" if open_ else ""
    yield (
        "Entries",
        [f"{counted(len(entries) - gaps, 'answer')} and {counted(gaps, 'gap')}{undecided}, {drafts} to review"],
    )
    about = [SEVERAL.format(", ".join(one.extraction.several)) for one in report.draft.made if one.extraction.several]
    yield "About", about or [report.draft.procedure or NO_PROCEDURE]
    yield from _changes(report.changes, most)
    several = len(report.draft.made) > 1
    for name, article, positions in report.left_out:
        total = len(article.sentences)
        of = f" of {Path(name).name}" if several else ""
        yield "Sentences", [f"{total - len(positions)} of {total}{of} used"]
        quoted = [f"\t{article.place([position])}: {article.sentences[position]}" for position in positions]
        yield "Left out", _listed(quoted, most)
    if report.asked:
        text = f"answers {report.asked - len(report.missing)} of {report.asked} that people ask"
        yield "Questions", [text + ("; missing:" if report.missing else "")]
        yield "", _listed([f"\t{entry.question}" for entry in report.missing], most)
        yield "Perhaps", _listed([f"\t{question} (see {near!r})" for question, near in report.possible], most)
    yield "Duplicates", _listed([f"\t{entry.question} ({entry.source})" for entry in report.duplicates], most)
    yield "Unwritable", _listed([f"\t{entry.question} ({entry.source})" for entry in report.draft.unwritable], most)
    yield "Not read", [f"{Path(name).name}: {note}" if several else note for name, note in report.notes]
    if report.target and drafts:
        sources = " ".join(f"--source {shlex.quote(one.name)}" for one in report.draft.made if one.name != "-")
        command = f"faqbot review {shlex.quote(report.target)} {sources}".rstrip()
        yield "Next", [command.replace(" ", NO_BREAK)]  # a command is copied whole


def _changes(changes: Sequence[Change] | None, most: int) -> Iterator[tuple[str, list[str]]]:
    if changes is None:
        return
    counts = {fate: sum(change.fate is fate for change in changes) for fate in Fate if fate is not Fate.LEFT}
    told = ", ".join(f"{count} {'to ' * (fate is Fate.LOOK)}{fate}" for fate, count in counts.items() if count)
    yield "Changes", [told or "none"]
    for fate in LISTED:
        told_of = [change for change in changes if change.fate is fate]
        texts = [f"{change.entry.question}{f': {change.why}' * bool(change.why)}" for change in told_of]
        yield str(fate).capitalize(), _listed(texts, most)


def _listed(texts: Sequence[str], most: int) -> list[str]:
    rest = len(texts) - most
    return [*texts[:most], *([f"… and {rest} more"] if rest > 0 else [])]


def _row(label: str, texts: Sequence[str], width: int | None) -> Iterator[str]:
    """Yield the lines of a label and its texts; on a very narrow terminal the texts begin below the label."""
    limit = None if width is None or width < NARROWEST else min(width, WIDEST) - LABEL
    for number, text in enumerate(texts):
        begins = f"{'' if number else label:<{LABEL}}"
        safe = re.sub(r"[ \n]+", " ", clean(text)).strip()
        if text.startswith("\t"):
            folded = [shortened(safe, limit or CUT)]
        else:
            folded = textwrap.wrap(safe, limit, break_on_hyphens=False, break_long_words=False) if limit else [safe]
        for line in folded:
            yield f"{begins}{line}".replace(NO_BREAK, " ").rstrip()
            begins = " " * LABEL
