"""What an article asks itself: headings that are questions, questions marked as such, and lists with their lead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from faqbot.documents.article import Paragraph
from faqbot.documents.blocks import Kind
from faqbot.extraction.candidates import Candidate, Context, topic_of
from faqbot.extraction.grammar import questions


def own_questions(context: Context) -> Iterator[Candidate]:
    """Yield the questions that the article asks and answers itself."""
    for question, group in groupby((p for p in context.article.paragraphs if not p.is_foreign), key=asked_of):
        if question:
            paragraphs = list(group)
            positions = tuple(position for paragraph in paragraphs for position in paragraph.positions)
            pieces = context.keywords(positions)
            yield Candidate(question, positions, pieces, topic_of(paragraphs[0], question), markdown(paragraphs))


def asked_of(paragraph: Paragraph) -> str:
    """Return the question that a paragraph answers in so many words, or ""."""
    heading = paragraph.headings[-1] if paragraph.headings else ""
    return paragraph.question or (heading if heading.rstrip().endswith("?") else "")


def markdown(paragraphs: Sequence[Paragraph]) -> str:
    """Return paragraphs and list items as Markdown."""
    parts: list[str] = []
    for number, paragraph in enumerate(paragraphs):
        is_item = paragraph.kind is Kind.ITEM
        tight = is_item and number and paragraphs[number - 1].kind is Kind.ITEM
        parts.append(("" if not number else "\n" if tight else "\n\n") + ("- " if is_item else "") + paragraph.text)
    return "".join(parts)


def _list_of(paragraph: Paragraph) -> tuple[bool, tuple[str, ...]]:
    """Return whether a paragraph is an item of a list that no question heads, and what stands above it."""
    return paragraph.kind is Kind.ITEM and not (asked_of(paragraph) or paragraph.is_foreign), paragraph.headings


def lists(context: Context) -> Iterator[Candidate]:
    """Yield an entry for each list that a sentence or a heading introduces."""
    paragraphs = context.article.paragraphs
    for (is_list, _), group in groupby(paragraphs, key=_list_of):
        items = list(group)
        if not is_list or len(items) < 2:
            continue
        before = paragraphs[items[0].number - 2] if items[0].number > 1 else None
        led = before is not None and before.headings == items[0].headings and before.text.endswith(":")
        lead = before.sentences[-1] if before and led else ""
        asked = questions.questions(lead.rstrip(":"), context.usage) if lead else []
        heading = topic_of(items[0])
        forms = [*asked, *([heading] if heading else [])]
        if forms:
            positions = tuple(position for item in items for position in item.positions)
            pieces = (*forms[1:], *context.keywords(positions))
            if before and led:
                positions = (before.positions[-1], *positions)
            answer = f"{lead}\n\n{markdown(items)}" if lead else markdown(items)
            yield Candidate(forms[0], positions, pieces, heading, answer)
