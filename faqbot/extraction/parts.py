"""Parts of paragraphs, and how they are written as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from faqbot.documents.article import Paragraph
from faqbot.documents.blocks import Kind


@dataclass(frozen=True, slots=True)
class Part:
    """Sentences in a row of one paragraph."""

    paragraph: Paragraph
    start: int
    end: int
    skip: int = 0  # characters of the first sentence that are the heading of the part

    @classmethod
    def whole(cls, paragraph: Paragraph) -> Part:
        """Return all sentences of a paragraph."""
        return cls(paragraph, 0, len(paragraph.sentences))

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return them without the heading of the part."""
        found = self.paragraph.sentences[self.start : self.end]
        return (found[0][self.skip :].lstrip(), *found[1:]) if self.skip and found else found

    @property
    def text(self) -> str:
        """Return them joined by spaces."""
        return " ".join(self.sentences)


def markdown(parts: Sequence[Part]) -> str:
    """Return parts of paragraphs as Markdown: lists with their numbers, tables, code in fences.

    Rows of a table without a heading are items: "name: value" where there are two columns.
    """
    written: list[str] = []
    indents = {0: 0}  # columns of what stands in the item of each level
    for number, part in enumerate(parts):
        paragraph, text = part.paragraph, part.text
        before = parts[number - 1].paragraph if number else None
        row, above = _row(part), _row(parts[number - 1]) if number else ""
        tight = before and {paragraph.kind, before.kind} <= {Kind.ITEM, Kind.ROW} and bool(row) == bool(above)
        is_first = bool(row) and not (above and before and before.header == paragraph.header)
        written.append("" if not number else "\n" if tight and not (is_first and above) else "\n\n")
        if row:
            head = [f"| {' | '.join(paragraph.header)} |", f"|{'---|' * len(paragraph.header)}"] * is_first
            written.append("\n".join([*head, row]))
            continue
        level = max(0, paragraph.level)
        if paragraph.kind in (Kind.ITEM, Kind.ROW):
            if paragraph.kind is Kind.ROW and text.count(" | ") == 1:
                text = text.replace(": | ", ": ").replace(" | ", ": ")
            outer = max((k for k in indents if k < max(1, level)), default=0)
            marker = f"{paragraph.ordinal}. " if paragraph.ordinal else "- "
            indents = {k: v for k, v in indents.items() if k < max(1, level)}
            indents[max(1, level)] = indents[outer] + len(marker)
            written.append(f"{' ' * indents[outer]}{marker}{text}")
            continue
        if paragraph.kind is Kind.CODE:
            text = f"```\n{text}\n```"
        indent = " " * indents.get(max((k for k in indents if k <= level), default=0), 0)
        written.append("\n".join(f"{indent}{line}".rstrip() for line in text.split("\n")))
        indents = indents if level else {0: 0}
    return "".join(written)


def _row(part: Part) -> str:
    """Return a whole row of a table that has a heading as Markdown, else ""."""
    header = part.paragraph.header
    if part.paragraph.kind is not Kind.ROW or not header:
        return ""
    cells = [cell.strip() for cell in part.text.split("|")]
    return f"| {' | '.join(cells)} |" if len(cells) == len(header) else ""
