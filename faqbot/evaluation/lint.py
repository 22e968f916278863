"""Lint a knowledge file: findings in one that can be used but could be better."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from faqbot.bot import FaqBot
from faqbot.documents.article import Article
from faqbot.documents.pairs import marks
from faqbot.errors import Problem
from faqbot.extraction import catalogue
from faqbot.extraction.citation import State, cited_by, is_foreign, looked_up, sources_of
from faqbot.knowledge import fields
from faqbot.knowledge.entries import Entry
from faqbot.knowledge.reader import Block, KnowledgeFile
from faqbot.search import encoder as encoders
from faqbot.search import verifier as verifiers
from faqbot.search.question import Question, Terms
from faqbot.search.ranking import same_meaning
from faqbot.text import counted, shortened, tokens

LONGEST_ANSWER: Final = 150  # words: a minute's reading, and more than a small terminal shows at once
QUOTED: Final = 80  # letters of what stands in an article
# Cosine of two entries' questions from which the verifier reads them: four pairs of cases that ask the same have .71 to
# .91. It only keeps the verifier from reading every pair of a large file.
ALIKE: Final = 0.4
NEIGHBOURS: Final = 5  # entries that each is compared with at most
QUOTED_BY: Final = ">|`\"'"  # begin lines of which a question is an example
CODE: Final = re.compile(r"```[^`]*```|`[^`\n]*`")
MARKUP: Final = re.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\{%[^{}\n]{0,60}%\}|</?(?:div|span|p|br|details|summary|table|td|li|a|b|i)\b[^<>\n]{0,60}>"
)
BULLETS: Final = "-*+ \t"


def findings(file: KnowledgeFile) -> Iterator[Problem]:
    """Yield what an author should look at, in the order of the file; what is missing from it comes last."""
    yield from _title(file)
    terms = Terms.of(file.knowledge)
    owners: dict[tuple[str, ...], Entry] = {}
    ids = {entry.id for entry in file.knowledge.entries}
    for entry, block in zip(file.knowledge.entries, file.blocks, strict=True):
        yield from _forms(file, block, entry, [terms.phrasing(form) for form in entry.forms], owners)
        yield from _answer(file, block, entry)
        for key in entry.next:
            if key not in ids:
                yield Problem(file.path, block.start + 1, f"'next' names {key!r}, which no entry has", "correct its id")
    for entry in catalogue.missing(FaqBot(file.knowledge, encoder=None)):
        yield Problem(file.path, None, f"people will ask {entry.question!r}", f"answer it, or add '- gap: {entry.gap}'")


def against(file: KnowledgeFile, articles: Sequence[Article]) -> Iterator[Problem]:
    """Yield the entries that cite what no longer stands where they say in these articles.

    Where an entry has no fingerprint, only its place is looked for. Entries from other documents are not judged.
    An article that holds nothing of what is cited from it is told once: it is another one.
    """
    sources = sources_of(file.knowledge, articles)
    if articles and not sources:
        named = " or ".join(repr(article.document) for article in articles)
        yield Problem(file.path, None, f"no entry comes from {named}", "is it the right article?")
    wrong = {document for document, article in sources.items() if is_foreign(file.knowledge, document, article)}
    for document in sources:
        if document in wrong:
            what = f"nothing that {file.path.name} cites stands in {sources[document].document!r}"
            yield Problem(file.path, None, what, "is it the right article?")
    for entry, block in zip(file.knowledge.entries, file.blocks, strict=True):
        if entry.is_gap or entry.source.document not in sources.keys() - wrong:
            continue
        found = looked_up(entry, sources[entry.source.document])
        was = entry.source.place or "an unknown place"
        now = f"there it reads {shortened(found.now, QUOTED)!r} now" if found.now else "there is no such place any more"
        what, right = {
            State.MOVED: (f"stands in {found.place} now, no longer in {was}", "correct its 'from', or extract again"),
            State.CHANGED: (f"is gone from {was}: {now}", "look whether the answer still holds"),
            State.NOWHERE: (f"should stand in {was}, which the article has not got", "correct its 'from'"),
        }.get(found.state, ("", ""))
        if what:
            yield Problem(file.path, block.start + 1, f"what {entry.question!r} cites {what}", right)


def remarks(file: KnowledgeFile, articles: Sequence[Article]) -> Iterator[str]:
    """Yield what is worth knowing and nothing to mend: text and sentences of the articles that no entry holds."""
    first = min((block.start for block in file.blocks), default=len(file.lines))
    is_comment = False
    for number, line in enumerate(map(str.strip, file.lines[file.head[1] : first]), file.head[1] + 1):
        is_comment = is_comment or line.startswith("<!--")
        if line and not is_comment and line[0] not in "#-*+":  # what looks like a field is told already
            yield f"{file.path}:{number}: no entry holds {shortened(line, QUOTED)!r}, so nobody is shown it"
            break
        is_comment = is_comment and "-->" not in line
    sources = sources_of(file.knowledge, articles)
    for document, cited in cited_by(file.knowledge.entries, sources).items():
        article = sources[document]
        if is_foreign(file.knowledge, document, article):
            continue
        left = [position for position in article.sentences if position not in cited]
        if left:
            of = f"{len(left)} of {len(article.sentences)} sentences of {article.document!r}"
            yield f"{file.path}: no entry cites {of}: {shortened(article.place(left), QUOTED)}"


def twins(file: KnowledgeFile) -> Iterator[str]:
    """Yield the pairs of entries that seem to ask the same, by the networks; nothing without the extra `semantic`.

    It is a remark and no finding: entries that differ in one thing, "at work" and "at home", are often taken for twins.
    """
    entries = [entry for entry in file.knowledge.entries if not entry.is_gap]
    encoder, verifier = encoders.installed(), verifiers.installed()
    if encoder is None or verifier is None or len(entries) < 2:
        return
    vectors = encoder.encode([entry.title for entry in entries])
    for place, entry in enumerate(entries[:-1]):
        cosines = vectors[place + 1 :] @ vectors[place]
        for near in np.argsort(-cosines, kind="stable")[:NEIGHBOURS].tolist():
            other = entries[place + 1 + near]
            if cosines[near] >= ALIKE and same_meaning(entry, other, verifier):
                both = f"{shortened(entry.title, QUOTED)!r} and {shortened(other.title, QUOTED)!r}"
                yield f"{file.path}: {both} seem to ask the same: where both fit, both are offered"


def summary(file: KnowledgeFile, found: Sequence[Problem], articles: Sequence[Article] = ()) -> str:
    """Return the last line of a check: how much was found, and what was not judged."""
    parts = [counted(len(found), "finding") if found else "nothing to mend"]
    entries = file.knowledge.entries
    drafts = sum(entry.draft for entry in entries)
    parts += [f"{counted(drafts, 'entry', 'entries')} not reviewed"] if drafts else []
    if articles:
        sources = sources_of(file.knowledge, articles)
        answers = [entry for entry in entries if not entry.is_gap]
        others = sum(
            entry.source.document not in sources
            or looked_up(entry, sources[entry.source.document]).state is State.UNKNOWN
            for entry in answers
        )
        parts += [f"{counted(others, 'entry', 'entries')} not compared with an article"] if others else []
    return f"{file.path}: {', '.join(parts)}"


def _title(file: KnowledgeFile) -> Iterator[Problem]:
    start, end = file.head
    if start == end:
        return
    first = min((block.start for block in file.blocks), default=end)
    text = [n for n in range(end, first) if file.lines[n].strip() and not file.lines[n].startswith("#")]
    for line in text:
        yield from _lookalike(file, line)
    groups: dict[tuple[str, ...], tuple[str, ...]] = {}
    for group in file.knowledge.groups:
        for word in group:
            if (other := groups.setdefault(tokens(word), group)) != group:
                what = f"{word!r} stands in two groups, with {other[0]!r} and with {group[0]!r}"
                yield Problem(file.path, start + 1, what, "the first one counts: join them, or keep it in one")


def _forms(
    file: KnowledgeFile, block: Block, entry: Entry, forms: list[Question], owners: dict[tuple[str, ...], Entry]
) -> Iterator[Problem]:
    """Yield the ways to ask that cannot find their entry: wordless ones, and those that another entry holds too."""
    own: set[tuple[str, ...]] = set()
    for form in forms:
        if not form.words:
            yield Problem(file.path, block.start + 1, f"{form.text!r} holds no words", "nobody can ask it: reword it")
        elif (owner := owners.setdefault(form.words, entry)) is not entry:
            what = f"{form.text!r} also belongs to {owner.question!r}"
            yield Problem(file.path, block.start + 1, what, "keep it in one of the two")
        elif form.words in own:
            yield Problem(file.path, block.start + 1, f"{form.text!r} is there twice", "once is enough")
        own.add(form.words)


def _answer(file: KnowledgeFile, block: Block, entry: Entry) -> Iterator[Problem]:
    words = len(entry.answer.split())
    if words > LONGEST_ANSWER:
        yield Problem(
            file.path, block.start + 1, f"the answer has {words} words", "an answer of a few sentences is read"
        )
    asking = [line for line in entry.answer.split("\n") if marks.asks(line) and line[:1] not in QUOTED_BY]
    if len(asking) > 1:
        what = (
            f"the answer to {entry.question!r} holds {len(asking)} questions, such as {shortened(asking[0], QUOTED)!r}"
        )
        yield Problem(file.path, block.start + 1, what, "give each a heading of its own, or 'faqbot import' the file")
    if raw := next(iter(MARKUP.findall(CODE.sub("", entry.answer))), ""):
        what = f"the answer to {entry.question!r} would show {raw!r}"
        yield Problem(file.path, block.start + 1, what, "write it as Markdown, or 'faqbot import' the file")
    shown = set(entry.answer.split("\n"))
    for number in range(block.start + 1, block.end):
        line = file.lines[number].rstrip("\r\n")
        if line in shown:
            yield from _lookalike(file, number)
            if line.startswith("#") and line.lstrip("#")[:1].isalnum():
                right = "put a blank after the #, or an answer would show it"
                yield Problem(file.path, number + 1, f"{line!r} looks like a heading and is text", right)


def _lookalike(file: KnowledgeFile, number: int) -> Iterator[Problem]:
    """Yield a line of text that reads like a field: in the wrong place, in another case, without its bullet.

    In a FAQ without any fields, "From: Monday" is a text like any other.
    """
    if not file.has_fields:
        return
    name, _ = fields.parted(file.lines[number].lstrip(BULLETS))
    meant = fields.nearest_name(name, fields.TITLE_FIELDS + fields.ENTRY_FIELDS)
    if meant:
        what = f"{name!r} looks like the field {meant!r} and is text, which readers see"
        right = f"a field is '- {meant}: …', straight below the heading, with a blank line after the last one"
        yield Problem(file.path, number + 1, what, right)
