"""Read the pairs of a file, whatever its form: the door of this package.

    found = reader.read("faq.html")     # or of_bytes(data, name), which is what `read` does with the file's bytes
    found.pairs                         # Pair(question=…, answer=…, line=…, topic=…, phrasings=…, …)
    found.notes                         # what was left out, a sentence each

What a file is, its content says; its name decides only where the content fits two forms.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from faqbot import files
from faqbot.documents import formats, mail, tables
from faqbot.documents.blocks import Document
from faqbot.documents.blocks import Kind as BlockKind
from faqbot.documents.encoding import cleaned, decoded
from faqbot.documents.formats import Format
from faqbot.documents.pairs import (
    asciidoc,
    html,
    jsonld,
    markdown,
    outline,
    records,
    restructured,
    services,
    sheet,
    table,
    tags,
    templates,
    workbook,
    yamlfile,
)  # fmt: skip
from faqbot.documents.pairs.nodes import ASKED, ENDED, Line
from faqbot.documents.pairs.outline import Outline
from faqbot.documents.pairs.records import Records, TooMuchError
from faqbot.documents.pairs.values import MOST_PAIRS, Found, Pair, place_list, unusable
from faqbot.errors import ArticleError, KnowledgeError

LARGEST: Final = 50_000_000  # bytes: of a workbook or PDF; of text a FAQ has a hundredth
LARGEST_TEXT: Final = 20_000_000  # bytes, as of a knowledge file
MOST_LINES: Final = 100_000  # of a text with markup: each takes up to a tenth of a millisecond
FORMS: Final = "Markdown, HTML, reStructuredText, AsciiDoc, text, CSV, Excel, JSON, YAML, Word and PDF are read"
_MARKDOWN: Final = (".md", ".markdown", ".mdx", ".mdown", ".qmd", ".rmd")
_PAGES: Final = (".html", ".htm", ".xhtml", ".vue", ".jsp", ".php", ".erb", ".njk", ".hbs", ".liquid")


def read(path: str | Path) -> Found:
    """Return the pairs of a file.

    Raises:
        KnowledgeError: missing, too large, damaged, of a form that is not read, or without a question and its answer;
            with the line where there is one.
        ExtraMissingError: Excel and YAML take the extra `formats`, Word files and PDF the extra `documents`.
    """
    path = Path(path)
    return of_bytes(contents(path), path)


def contents(path: Path) -> bytes:
    """Return what a file holds.

    Raises:
        KnowledgeError: missing, a folder, not allowed, or too large.
    """
    return files.read_bytes(path, LARGEST, "a FAQ", unusable)


def together(paths: Sequence[Path]) -> list[Found]:
    """Return what each of several files holds; of Rasa's, which lie in several, what they hold together.

    Raises:
        KnowledgeError: as `read`.
        ExtraMissingError: as `read`.
    """
    yamls = [path for path in paths if path.suffix.lower() in (".yml", ".yaml")]
    if len(yamls) == len(paths):
        reader = Records()
        values = [value for path in paths for value in yamlfile.read((decoded(contents(path)) or ("", ""))[0], path)]
        try:
            is_rasa = services.rasa(values, reader)
        except TooMuchError as error:
            raise unusable(paths[0], *error.args) from None
        if is_rasa:
            found = Found(tuple(records.shown(reader.pairs)), "Rasa", notes=tuple(reader.tally.notes()))
            return [_checked(found, paths[0])]
    return [read(path) for path in paths]


def own_sheets(data: bytes, path: Path) -> dict[str, list[tables.Row]]:
    """Return the sheets of a file that `export` wrote, by name; {} for any other.

    Raises:
        KnowledgeError: it is a damaged workbook or table.
        ExtraMissingError: it is a workbook, and python-calamine is not installed.
    """
    if formats.of_bytes(data) == formats.EXCEL:
        held = dict(workbook.sheets(data, path))
    elif path.suffix.lower() in tables.TABLES and len(data) <= LARGEST_TEXT:
        text, _ = decoded(data) or ("", "")
        held = {"": [(line, list(map(sheet.unquoted, cells))) for line, cells in table.rows(text, path)]}
    elif path.suffix.lower() == ".json" and f'"{sheet.MARK}"'.encode() in data[:40]:
        try:
            value = json.loads(data)
        except (ValueError, RecursionError):
            return {}  # what is wrong with it, the reader of JSON says
        return sheet.of_json(value, path) if isinstance(value, dict) else {}
    else:
        return {}
    return held if any(rows and sheet.is_sheet(rows[0][1]) for rows in held.values()) else {}


def of_bytes(data: bytes, name: str | Path) -> Found:
    """Return the pairs in the bytes of a file.

    Args:
        data: the bytes.
        name: of the file, for errors and where the content fits two forms.

    Raises:
        KnowledgeError: as `read`.
        ExtraMissingError: as `read`.
    """
    path = Path(name)
    try:
        return _checked(_found_in(data, path), path)
    except TooMuchError as error:
        raise unusable(path, *error.args) from None


def _found_in(data: bytes, path: Path) -> Found:
    format_ = formats.of_bytes(data)
    if format_ == formats.EXCEL:
        return table.of_rows(workbook.sheets(data, path), path, "an Excel workbook")
    if format_ == formats.ZIP:
        return _archive(data, path)
    if format_ in (Format.PDF, Format.WORD):
        return _document(data, path, str(format_))
    if format_:
        raise unusable(path, f"it is {format_}", FORMS)
    if mail.is_mail(data):
        if (count := mail.parts(data)) > mail.MOST_PARTS:
            raise unusable(path, f"it is a mail of {count:,} parts", f"at most {mail.MOST_PARTS:,} are read")
        data = mail.text_of(data).encode("utf-8", "replace")
    if len(data) > LARGEST_TEXT:
        raise unusable(
            path, f"it holds {len(data):,} bytes", f"a FAQ of text has at most {LARGEST_TEXT:,}; divide it into several"
        )
    text, note = decoded(data) or ("", "")
    if not text.strip("\ufeff\0 \t\r\n"):
        raise unusable(path, "it is empty" if not data.strip() else "it is no text and of no form known", FORMS)
    found = of_text(text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff"), path)
    return Found(found.pairs, found.form, found.title, (*([note] if note else []), *found.notes))


def of_text(text: str, path: Path) -> Found:  # noqa: PLR0911 - a form each
    """Return the pairs of a text; there may be none.

    Raises:
        KnowledgeError: it is JSON, YAML or a table with a fault, with the line; or a text of more than MOST_LINES.
        TooMuchError: see there.
        ExtraMissingError: it is YAML, and PyYAML is not installed.
    """
    suffix = path.suffix.lower()
    start = text.lstrip()[:1]
    if suffix == ".qna" or (suffix not in _PAGES and services.is_qna(text)):
        reader = Records()
        services.qna(text, reader)
        return Found(tuple(records.shown(reader.pairs)), "a .qna file", notes=tuple(reader.tally.notes()))
    if suffix in (".json", ".jsonl", ".ndjson") or (
        start in ("{", "[") and suffix not in _MARKDOWN and formats.is_json(text)
    ):
        return _json(text, path)
    if suffix in (".yml", ".yaml"):
        return _values(yamlfile.read(text, path), "YAML", path)
    if suffix not in _MARKDOWN and suffix not in _PAGES and table.is_table(text, suffix):
        return table.found(text, path)
    if (count := text.count("\n")) > MOST_LINES:
        raise unusable(path, f"it has {count:,} lines", f"a FAQ has at most {MOST_LINES:,}; divide it into several")
    if suffix == ".rst" or (suffix not in _MARKDOWN and restructured.is_restructured(text)):
        return _found(outline.outline(restructured.lines(tags.PRIVATE.sub("", cleaned(text)))), "reStructuredText")
    if suffix in (".adoc", ".asciidoc", ".asc") or (suffix not in _MARKDOWN and asciidoc.is_asciidoc(text)):
        return _found(outline.outline(asciidoc.lines(tags.PRIVATE.sub("", cleaned(text)))), "AsciiDoc")
    if suffix in _PAGES or (suffix not in _MARKDOWN and formats.of_text(text) is Format.HTML):
        return _page(text)
    return _markdown(text, path)


def _markdown(text: str, path: Path) -> Found:
    front = markdown.front_matter(text)
    is_prose = path.suffix.lower() not in _MARKDOWN and formats.of_text(text) is Format.PLAIN
    lines = markdown.lines(text, front.lines)
    if is_prose:
        lines = [(number, line.lstrip()) for number, line in lines]
    found = _found(outline.outline(lines, front.title, is_prose), "plain text" if is_prose else "Markdown")
    if found.pairs or not front.text or front.form != "yaml":
        return found
    inner = _values(yamlfile.read(front.text, path), "front matter", path)
    return Found(inner.pairs, "Markdown with the questions in its front matter", front.title, inner.notes)


def _page(text: str) -> Found:
    tree = tags.parse(templates.rendered(tags.PRIVATE.sub("", cleaned(text))))
    found = outline.outline(html.lines(tree))
    data = jsonld.pairs(tree)
    if len(data) > 1:
        asked = {outline.key(pair.question) for pair in data}
        found.pairs = [
            pair for pair in found.pairs if outline.key(pair.question) in asked or pair.question.endswith("?")
        ]
    shown = {outline.key(pair.question) for pair in found.pairs}
    found.pairs += [pair for pair in data if outline.key(pair.question) not in shown]
    title = next((element.text for element in tree.walk() if element.tag == "title"), "")
    found.title = found.title or title
    return _found(found, "HTML")


def _found(read_: Outline, form: str) -> Found:
    notes = []
    if read_.unanswered:
        places = [f"line {line}, {words[:60]!r}" for line, words in read_.unanswered]
        one = len(places) == 1
        notes.append(f"{len(places)} question{'' if one else 's'} without an answer: {place_list(places)}.")
    if read_.unheld and read_.pairs:
        places = [f"line {line}, {' '.join(text.split())[:40]!r}" for line, text in read_.unheld]
        notes.append(f"Text that belongs to no question: {place_list(places, 3)}.")
    return Found(tuple(read_.pairs), form, read_.title, tuple(notes))


def _json(text: str, path: Path) -> Found:
    lines = text.split("\n")
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        raise unusable(path, "its values nest too deep", f"at most {records.DEEPEST} levels are read") from None
    except ValueError as error:
        value = _json_lines(lines)
        if value is None:
            line = getattr(error, "lineno", None)
            wrong = getattr(error, "msg", "a number in it has too many digits")
            raise unusable(path, f"it is not JSON ({wrong})", "is the file whole?", line) from None
    found = _values([value], "JSON", path)
    places, start, line = [], 0, 1
    for pair in found.pairs:  # where each stands, so far as its question is written there as it is said
        at = text.find(json.dumps(pair.question, ensure_ascii=False)[:-1], start)
        if at < 0:
            places.append(pair)
            continue
        line, start = line + text.count("\n", start, at), at
        places.append(_placed(pair, line))
    return Found(tuple(places), found.form, found.title, found.notes)


def _placed(pair: Pair, line: int) -> Pair:
    return replace(pair, line=line, place=f"line {line}")


def _json_lines(lines: Sequence[str]) -> list[Any] | None:
    values = []
    for line in lines:
        if line.strip():
            try:
                values.append(json.loads(line, strict=False))
            except (ValueError, RecursionError):
                return None
    return values if len(values) > 1 else None


def _values(values: list[Any], form: str, path: Path) -> Found:
    """Return the pairs among the values of JSON or YAML."""
    reader = Records()
    for name, take in (("Rasa", services.rasa), ("a ChatterBot corpus", services.chatterbot)):
        if take(values, reader):
            return Found(tuple(records.shown(reader.pairs)), name, notes=tuple(reader.tally.notes()))
    data = [pair for value in values for pair in jsonld.of_value(value)]
    if data:
        return Found(tuple(data), "FAQPage data")
    for value in values:
        reader.read(value)
    title = next(
        (str(v[n]) for v in values if isinstance(v, dict) for n in ("title", "name") if isinstance(v.get(n), str)), ""
    )
    pairs, notes = reader.in_one_language()
    return Found(tuple(records.shown(records.merged(pairs))), form, title, (*notes, *reader.tally.notes()))


def _archive(data: bytes, path: Path) -> Found:
    """Return the pairs of the one file in an archive that holds any."""
    held: list[tuple[str, Found]] = []
    wrong: KnowledgeError | None = None
    for name, content in workbook.members(data, path):
        try:
            held.append((name, of_bytes(content, path / name)))
        except KnowledgeError as error:
            wrong = wrong or error
    structured = [each for each in held if not each[0].lower().endswith((".md", ".html", ".htm", ".txt"))]
    held = (
        structured if len(structured) == 1 else held
    )  # beside a knowledge base, exports hold the documents that it was made of
    if len(held) > 1:
        names = place_list([name for name, _ in held])
        raise unusable(
            path, f"it holds several files with questions: {names}", "unpack it and name the one, or several"
        )
    if not held:
        raise wrong or unusable(path, "no file in it can be read", FORMS)
    name, found = held[0]
    return Found(found.pairs, f"{found.form}, {name} in an archive", found.title, found.notes)


def _document(data: bytes, path: Path, form: str) -> Found:
    from faqbot.documents import reader as documents

    try:
        document = documents.of_bytes(data, path)
    except ArticleError as error:
        raise unusable(path, str(error).removeprefix(f"{path}: ")) from None
    found = outline.outline(list(_lines(document)), document.title, is_prose=True)
    return _found(found, form)


def _lines(document: Document) -> list[Line]:
    """Return the Markdown lines of a document; their numbers are those of its blocks."""
    found: list[Line] = []
    is_open = False
    for number, block in enumerate(document.blocks, 1):
        text = block.text
        if block.kind is BlockKind.QUESTION or (
            is_open and block.kind is not BlockKind.ANSWER and block.kind is BlockKind.HEADING
        ):
            if is_open:
                found.append((number, ENDED))
            is_open = block.kind is BlockKind.QUESTION
        if block.kind is BlockKind.HEADING:
            text = f"{'#' * max(1, block.level)} {text}"
        elif block.kind is BlockKind.QUESTION:
            text = ASKED + text
        elif block.kind is BlockKind.ITEM:
            found.append((number, f"{'  ' * max(0, block.level - 1)}- {text}"))
            continue
        found += [(number, ""), (number, text), (number, "")]
    return found


def _checked(found: Found, path: Path) -> Found:
    if len(found.pairs) > MOST_PAIRS:
        raise TooMuchError(f"it holds {len(found.pairs):,} questions", f"at most {MOST_PAIRS:,} are read")
    if not found.pairs:
        wrong = f"there is no question with an answer in it, read as {found.form}"
        said = " ".join(found.notes)
        right = (
            "'faqbot extract' makes a draft of an article"
            if found.form in ("plain text", "HTML", "PDF", "Word")
            else FORMS
        )
        raise unusable(path, f"{wrong} ({said})" if said else wrong, right)
    return found
