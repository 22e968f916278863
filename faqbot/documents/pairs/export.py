"""Write a knowledge base in other forms: sheets, JSON, FAQPage data, a page with that data, QnA Maker."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from markdown_it import MarkdownIt

from faqbot.documents.pairs import sheet
from faqbot.documents.pairs.values import unusable
from faqbot.errors import ExtraMissingError
from faqbot.knowledge.entries import Entry, KnowledgeBase

LONGEST_CELL: Final = 32_767  # characters: Excel's own limit
_WIDTHS: Final = (40, 40, 70, 30, 20, 20, 20, 20, 8, 20, 12)  # of the columns of a sheet, in characters


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is written.

    Attributes:
        name: for people.
        write: makes the bytes of a file.
        has_gaps: whether questions without an answer have a place in it.
    """

    name: str
    write: Callable[[KnowledgeBase, Path], bytes]
    has_gaps: bool = True


def form_of(path: Path, wanted: str = "") -> Form:
    """Return the form of a file: the wanted one, else that of its ending.

    Raises:
        KnowledgeError: there is none, with those that there are.
    """
    found = FORMS.get(wanted or path.suffix.lower().removeprefix("."))
    if found is None:
        endings = ", ".join(f".{name}" for name in FORMS if name not in ("qnamaker",))
        raise unusable(
            path,
            f"there is no form {wanted or path.suffix or 'without an ending'!r}",
            f"name a file that ends in {endings}",
        )
    return found


def _csv(delimiter: str) -> Callable[[KnowledgeBase, Path], bytes]:
    def write(knowledge: KnowledgeBase, path: Path) -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        writer.writerows([list(map(sheet.quoted, row)) for row in sheet.rows(knowledge)])
        return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")  # without the mark Excel takes it for cp1252

    return write


def _xlsx(knowledge: KnowledgeBase, path: Path) -> bytes:
    try:
        import xlsxwriter
    except ImportError:
        raise ExtraMissingError("Writing Excel files", "formats") from None
    for entry, row in zip(knowledge.entries, sheet.rows(knowledge)[1:], strict=True):
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise unusable(
                path,
                f"the entry {entry.question!r} has more than {LONGEST_CELL:,} characters",
                "no cell of Excel holds that; shorten it, or write .csv or .json",
            )
    out = io.BytesIO()
    # Texts stay texts: nothing becomes a formula, a number or a link.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": knowledge.title})
    wrap, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
    questions = book.add_worksheet(sheet.QUESTIONS)
    for number, width in enumerate(_WIDTHS):
        questions.set_column(number, number, width, wrap)
    for line, row in enumerate(sheet.rows(knowledge)):
        for number, cell in enumerate(row):
            questions.write_string(line, number, cell, bold if not line else wrap)
    questions.freeze_panes(1, 1)
    about = book.add_worksheet(sheet.ABOUT)
    about.set_column(0, 1, 40, wrap)
    for line, row in enumerate(sheet.about(knowledge)):
        for number, cell in enumerate(row):
            about.write_string(line, number, cell, wrap)
    book.close()
    return out.getvalue()


def _json(knowledge: KnowledgeBase, path: Path) -> bytes:
    head = dict(zip(sheet.COLUMNS, range(len(sheet.COLUMNS)), strict=True))
    entries = []
    for row in sheet.rows(knowledge)[1:]:
        entry: dict[str, Any] = {name: row[number] for name, number in head.items() if row[number]}
        for name in ("also", "next"):
            if name in entry:
                entry[name] = entry[name].split("\n")
        entries.append(entry)
    return _dumped({sheet.MARK: 1, **dict(sheet.about(knowledge)), "questions": entries})


def _dumped(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def page_data(knowledge: KnowledgeBase) -> dict[str, Any]:
    """Return the FAQPage data of schema.org: each question with its answer as HTML; gaps and drafts are left out."""
    render = _markdown().render
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "name": knowledge.title,
        "mainEntity": [
            {
                "@type": "Question",
                "name": entry.question,
                "acceptedAnswer": {"@type": "Answer", "text": render(entry.answer).strip()},
            }
            for entry in _answered(knowledge)
        ],
    }


def _answered(knowledge: KnowledgeBase) -> list[Entry]:
    return [entry for entry in knowledge.entries if not entry.is_gap and not entry.draft]


def _jsonld(knowledge: KnowledgeBase, path: Path) -> bytes:
    return _dumped(page_data(knowledge))


def _html(knowledge: KnowledgeBase, path: Path) -> bytes:
    render = _markdown().render
    title = html.escape(knowledge.title)
    data = json.dumps(page_data(knowledge), ensure_ascii=False, indent=1).replace("<", "\\u003c")
    parts = ["<!DOCTYPE html>", '<html lang="en">', "<head>", '<meta charset="utf-8">', f"<title>{title}</title>"]
    parts += ['<meta name="viewport" content="width=device-width, initial-scale=1">']
    parts += [
        f'<script type="application/ld+json">\n{data}\n</script>',
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{title}</h1>",
    ]
    topic = ""
    for entry in _answered(knowledge):
        if entry.topic != topic:
            topic = entry.topic
            parts += [f"<h2>{html.escape(topic)}</h2>"] if topic else []
        parts += [
            f'<section id="{html.escape(entry.id)}">',
            f"<h3>{html.escape(entry.question)}</h3>",
            render(entry.answer).strip(),
            "</section>",
        ]
    return ("\n".join([*parts, "</main>", "</body>", "</html>"]) + "\n").encode("utf-8", "replace")


def _qnamaker(knowledge: KnowledgeBase, path: Path) -> bytes:
    columns = ["Question", "Answer", "Source", "Metadata", "SuggestedQuestions", "IsContextOnly", "Prompts", "QnaId"]
    numbers = {entry.id: number for number, entry in enumerate(_answered(knowledge), 1)}
    questions = {entry.id: entry.question for entry in knowledge.entries}
    lines = ["\t".join(columns)]
    for entry in _answered(knowledge):
        prompts = [
            {"DisplayOrder": order, "QnaId": numbers[key], "Qna": None, "DisplayText": questions[key]}
            for order, key in enumerate(key for key in entry.next if key in numbers)
        ]
        topic = f"topic:{entry.topic}" if entry.topic else ""
        about = (entry.source.document or "Editorial", topic, "[]", "False", json.dumps(prompts, ensure_ascii=False))
        for form in entry.forms:
            cells = (form, entry.answer, *about, str(numbers[entry.id]))
            lines.append("\t".join(cell.replace("\t", " ").replace("\n", "\\n").replace("\r", "") for cell in cells))
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


FORMS: Final = {
    "xlsx": Form("an Excel workbook", _xlsx),
    "csv": Form("CSV", _csv(",")),
    "tsv": Form("TSV", _csv("\t")),
    "json": Form("JSON", _json),
    "jsonld": Form("FAQPage data", _jsonld, has_gaps=False),
    "html": Form("a page", _html, has_gaps=False),
    "qnamaker": Form("a QnA Maker table", _qnamaker, has_gaps=False),
}
