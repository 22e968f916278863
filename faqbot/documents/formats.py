"""Which format bytes and texts are in, by what they hold: names of files lie."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from faqbot.documents.archive import DAMAGED
from faqbot.text import word_set

BEGINNING: Final = 4096  # characters or bytes in which a format shows itself


class Format(StrEnum):
    """A format that can be read."""

    PLAIN = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    PDF = "PDF"
    WORD = "Word"


OLD_OFFICE: Final = "an old Office file, or an encrypted one"
EXCEL: Final = "an Excel file"
ZIP: Final = "a zip archive"
JSON: Final = "JSON"
YAML: Final = "YAML"
SAMPLE: Final = 100_000  # characters that tell data and code from text
FEWEST_LINES: Final = 5  # fewer tell nothing
MOSTLY: Final = 0.6  # share of the lines: of 519 articles and FAQs the most were .57 (front matter alone), .53 and .05
_CODE: Final = word_set("""
    .py .js .ts .tsx .jsx .java .c .h .cpp .cs .go .rs .rb .php .sh .sql .css .scss .swift .kt .lua .pl .r .ipynb
""")
_SETTINGS: Final = frozenset([".toml", ".ini", ".cfg", ".conf", ".env", ".properties", ".lock"])
# Endings of files that are no articles.
DATA: Final = _CODE | _SETTINGS | {".json", ".jsonl", ".yml", ".yaml", ".csv", ".tsv", ".tab"}
_KEYED: Final = re.compile(r"\s{0,40}(?:- )?[a-z][\w.-]{1,60}:(?:\s|$)")
_CODED: Final = (";", "{", "}")  # ends of lines
_SET: Final = re.compile(r"\s{0,40}[\w.-]{1,60}\s{0,9}=\s{0,9}\S|\[[\w. \"-]{1,60}\]$")
_ARCHIVES: Final = (  # what a name in a zip archive says of it
    ("word/document.xml", Format.WORD),
    ("xl/workbook.xml", EXCEL),
    ("ppt/presentation.xml", "a PowerPoint file"),
)
_MIMETYPES: Final = (
    (b"application/epub", "an EPUB book"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (.odt)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
)
_MAGIC: Final = (
    (b"\xd0\xcf\x11\xe0", OLD_OFFICE),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
_DECLARED: Final = re.compile(rb"<meta[^>]{0,200}charset|<\?xml[^>]{0,100}encoding", re.IGNORECASE)
_PAGE: Final = re.compile(
    r"(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).){0,2000}-->\s*)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_FRAGMENT: Final = re.compile(
    r"<(article|section|main|div|p|h[1-6]|ul|ol|dl|table|details|blockquote|header|title|meta|script|style)\b[^<>]*>",
    re.I,
)
_MARKDOWN_LINE: Final = re.compile(r"#{1,6}[ \t]+\S|```|~~~|\|?[ \t]*:?-{3,}:?[ \t]*\|[-| :\t]*$|>[ \t]\S")
_MARKDOWN_INLINE: Final = re.compile(r"\*\*[^\s*][^*\n]{0,200}\*\*|!?\[[^\]\n]{1,200}\]\([^)\s]{1,500}\)")


def of_bytes(data: bytes) -> Format | str:
    """Return the format of `data` where its bytes show it, what it is otherwise, or "" for what may be text."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _of_archive(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "a WebP image"
    if data.startswith(b"BM") and data[6:10] == b"\0\0\0\0":
        return "a BMP image"
    return next((name for magic, name in _MAGIC if data.startswith(magic)), "")


def of_text(text: str) -> Format | str:
    """Return the format of a text, or what it is where it can't be read."""
    beginning = text[:BEGINNING].lstrip("\ufeff \t\r\n")
    if _PAGE.match(beginning):
        return Format.HTML
    if beginning.startswith("{\\rtf"):
        return "an RTF file"
    if beginning.startswith("<?xml"):
        return "an XML file"
    if (opening := _FRAGMENT.match(beginning)) and f"</{opening[1].lower()}" in text.lower():
        return Format.MARKDOWN if any(map(_is_markdown, text.splitlines())) else Format.HTML
    first = beginning.split("\n", 1)[0].rstrip()
    if first == "---" and "\n---" in text:
        return Format.MARKDOWN
    return Format.MARKDOWN if any(map(_is_markdown, text.splitlines())) else Format.PLAIN


def data_in(text: str, suffix: str) -> str:
    """Return which data, code or configuration a text is, "" where it may be an article.

    Args:
        text: of a file.
        suffix: of its name, in lower case, which tells code from text where the content does not.
    """
    lines = [line for line in text[:SAMPLE].split("\n") if line.strip()]
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if suffix == ".json" or (start in ("{", "[") and is_json(text)):
        return JSON
    listed = any(line.startswith("- ") and _KEYED.match(line) for line in lines)
    if suffix in (".yml", ".yaml") or (listed and _share(lines, _KEYED.match) > MOSTLY):
        return YAML
    if suffix in _CODE or text.startswith("#!") or _share(lines, _is_code) > MOSTLY:
        return "code"
    return "configuration" if suffix in _SETTINGS or _share(lines, _SET.match) > MOSTLY else ""


def _share(lines: list[str], is_one: Callable[[str], object]) -> float:
    return sum(bool(is_one(line)) for line in lines) / len(lines) if len(lines) >= FEWEST_LINES else 0.0


def _is_code(line: str) -> bool:
    return line.rstrip().endswith(_CODED)


def is_json(text: str) -> bool:
    """Return whether a text is JSON, however deep it nests."""
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def declares_encoding(data: bytes) -> bool:
    """Return whether a page says which encoding it is in."""
    return bool(_DECLARED.search(data[:BEGINNING]))


def _is_markdown(line: str) -> bool:
    return bool(_MARKDOWN_LINE.match(line) or (("**" in line or "](" in line) and _MARKDOWN_INLINE.search(line)))


def _of_archive(data: bytes) -> Format | str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            mime = archive.open("mimetype").read(100) if "mimetype" in names else b""
    except DAMAGED:
        return "a damaged archive"
    for name, format_ in _ARCHIVES:
        if name in names:
            return format_
    return next((name for beginning, name in _MIMETYPES if mime.startswith(beginning)), ZIP)
