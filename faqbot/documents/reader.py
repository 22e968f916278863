"""Reading articles: plain text, Markdown, HTML, PDF and Word files, told apart by what they hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from faqbot import files
from faqbot.documents import docx, formats, mail, markdown, pdf, plaintext, webpage
from faqbot.documents.blocks import Document
from faqbot.documents.encoding import decoded
from faqbot.documents.formats import Format
from faqbot.documents.pairs import table
from faqbot.errors import ArticleError, Problem

LARGEST_ARTICLE: Final = 50_000_000  # bytes: a scanned book; an article has a thousandth of it
MOST_LINES: Final = 200_000  # of a text: ten times as many as the sentences of which entries are made
IMPORTED: Final = "'faqbot import {} -o faq.md' reads the questions in it"
READABLE: Final = "plain text, Markdown, HTML, PDF and Word (.docx) can be read"


def read(path: str | Path, progress: Callable[[int, int], object] | None = None) -> Document:
    """Return the document in a file, whatever its name says of its format.

    Args:
        path: the file.
        progress: told the pages read and the pages there are, after each page of a PDF.

    Raises:
        ArticleError: missing, a folder, not allowed, too large, empty, damaged, encrypted, or of another format.
        ExtraMissingError: HTML, PDF and Word files take libraries that are not installed.
    """
    path = Path(path)
    return of_bytes(files.read_bytes(path, LARGEST_ARTICLE, "an article", _unusable), path, progress)


def of_bytes(data: bytes, name: str | Path, progress: Callable[[int, int], object] | None = None) -> Document:
    """Return the document in the bytes of a file, or of standard input.

    Args:
        data: the bytes.
        name: where they come from, for what errors say.
        progress: as for `read`.

    Raises:
        ArticleError: too large, empty, damaged, encrypted, or of a format that can't be read.
        ExtraMissingError: HTML, PDF and Word files take libraries that are not installed.
    """
    path = Path(name)
    if len(data) > LARGEST_ARTICLE:
        raise _unusable(path, f"it holds more than {LARGEST_ARTICLE:,} bytes", "that is more than any article")
    if not data:
        raise _unusable(path, "it is empty", "an article has text")
    format_ = formats.of_bytes(data)
    if format_ is Format.PDF:
        return _checked(pdf.parse(data, path, progress), path)
    if format_ is Format.WORD:
        return _checked(docx.parse(data, path), path)
    if format_ == formats.OLD_OFFICE:
        raise _unusable(path, f"it is {format_}", "open it in Word and save it without a password as .docx or PDF")
    if format_ in (formats.EXCEL, formats.ZIP):
        raise _unusable(path, f"it is {format_}", IMPORTED.format(path.name))
    if format_:
        raise _unusable(path, f"it is {format_}", READABLE)
    if mail.is_mail(data):
        return _read_mail(data, path)
    return _read_text(data, path)


def parse(text: str, name: str = "") -> Document:
    """Return the document that a text is: plain text, Markdown or HTML, told apart by what it holds.

    Args:
        text: the text.
        name: where it comes from, for what errors say.

    Raises:
        ArticleError: empty, or of a format that can't be read.
        ExtraMissingError: it is HTML, which takes libraries that are not installed.
    """
    return _parse(text, Path(name or "text"), b"", ())


def _read_mail(data: bytes, path: Path) -> Document:
    if (count := mail.parts(data)) > mail.MOST_PARTS:
        raise _unusable(path, f"it is a mail of {count:,} parts", f"at most {mail.MOST_PARTS:,} are read")
    text = mail.text_of(data)
    if not text.strip():
        raise _unusable(path, "it is a mail or archived page without text", "save its text, or the page as HTML")
    return _parse(text, path, b"", ())


def _read_text(data: bytes, path: Path) -> Document:
    text, note = decoded(data) or ("", "")
    notes = (note,) if note else ()
    start = data[: formats.BEGINNING].decode("latin-1")
    if formats.declares_encoding(data) and formats.of_text(start) is Format.HTML:
        return _parse(start, path, data, ())
    if not text:
        raise _unusable(path, "it is no text and of no format known", READABLE)
    return _parse(text, path, b"", notes)


def _parse(text: str, path: Path, page: bytes, notes: tuple[str, ...]) -> Document:
    """Return the document that `text` is, or `page`, the bytes of a page that names its encoding."""
    if not text.strip("\ufeff \t\r\n\f\v\0"):
        raise _unusable(path, "it is empty", "an article has text")
    if path.suffix.lower() in formats.DATA:
        _refuse_data(text, path)
    format_ = formats.of_text(text)
    if format_ is not Format.HTML and (count := text.count("\n")) > MOST_LINES:
        raise _unusable(path, f"it has {count:,} lines", f"at most {MOST_LINES:,} are read; divide it into several")
    if format_ is Format.HTML:
        encoded = text.replace("\0", "").encode("utf-8", "replace")
        document = webpage.parse(page) if page else webpage.parse(encoded, "utf-8")
    elif format_ is Format.MARKDOWN or (format_ is Format.PLAIN and path.suffix.lower() in (".md", ".markdown")):
        document = markdown.parse(text)
    elif format_ is Format.PLAIN:
        _refuse_data(text, path)
        document = plaintext.parse(text)
    else:
        raise _unusable(path, f"it is {format_}", READABLE)
    document = Document(document.blocks, document.title, document.date, (*notes, *document.notes))
    return _checked(document, path)


def _refuse_data(text: str, path: Path) -> None:
    """Refuse a table, data, code and configuration, of which no entries are made, naming the command that reads it."""
    suffix = path.suffix.lower()
    found = "a table" if table.is_table(text, suffix) else formats.data_in(text, suffix)
    if found:
        is_faq = found in ("a table", formats.JSON, formats.YAML)
        raise _unusable(path, f"it is {found}", IMPORTED.format(path.name) if is_faq else "an article is text")


def _checked(document: Document, path: Path) -> Document:
    if not document.blocks:
        raise _unusable(path, "there is no text in it", "an article has paragraphs")
    return document


def _unusable(path: Path, wrong: str, right: str) -> ArticleError:
    return ArticleError(str(Problem(path, None, wrong, right)))
