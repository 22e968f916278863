"""A Word file (.docx) to blocks, through the HTML that mammoth makes of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final

from faqbot.documents.archive import DAMAGED, excess
from faqbot.documents.blocks import Document
from faqbot.documents.headings import framed, paired
from faqbot.documents.html import Element, found_in
from faqbot.errors import ArticleError, ExtraMissingError, Problem

MOST_TAGS: Final = 1_000_000  # of a part: a thousand pages, which the libraries below read in half a minute

FOOTNOTES: Final = "Footnotes were left out."
_STYLES: Final = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => p:fresh
p[style-name='Intense Quote'] => p:fresh
"""


def parse(data: bytes, path: Path) -> Document:
    """Return the document that a .docx file holds.

    Raises:
        ArticleError: damaged, or it unpacks to more than a text would.
        ExtraMissingError: the libraries that it takes are not installed.
    """
    try:
        import mammoth
        from lxml import html
    except ImportError:
        raise ExtraMissingError("Reading Word files", "documents") from None
    _check(data, path)
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(lambda image: {})
        )
    except Exception as error:  # whatever a damaged file makes of the libraries below: none promises its errors
        raise _unusable(path, "it is a damaged Word file", "open it in Word and save it anew") from error
    parser = html.HTMLParser(huge_tree=True, encoding="utf-8")
    tree = html.document_fromstring(f"<html><body>{result.value}</body></html>".encode(), parser=parser)
    notes = (FOOTNOTES,) if _drop_footnotes(tree) else ()
    title, date, blocks = framed([each.block for each in found_in(tree)])
    return Document(tuple(paired(blocks)), title, date, notes)


def _check(data: bytes, path: Path) -> None:
    """Refuse what would fill the memory: parts that unpack to far more than they weigh, and XML with entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if unpacked := excess(archive, len(data)):
                raise _unusable(path, f"it unpacks to {unpacked:,} bytes", "a Word file with less in it can be read")
            for part in archive.infolist():
                if not part.filename.endswith((".xml", ".rels")):
                    continue
                text = archive.read(part)  # once; a part that holds more than its entry says makes zipfile raise
                if _has_entities(text):
                    raise _unusable(path, "its XML declares entities, as no Word file does", "save it anew in Word")
                if (tags := text.count(b"<")) > MOST_TAGS:
                    raise _unusable(path, f"it holds {tags:,} tags", f"at most {MOST_TAGS:,} are read; divide it")
    except DAMAGED as error:
        raise _unusable(path, "it is a damaged Word file", "open it in Word and save it anew") from error


def _has_entities(text: bytes) -> bool:
    """Return whether an XML part has a document type, which stands before its first element."""
    return b"<!DOCTYPE" in text or b"<\0!\0D\0O\0C\0T\0Y\0P\0E" in text or b"\0<\0!\0D\0O\0C\0T\0Y\0P\0E" in text


def _drop_footnotes(tree: Element) -> bool:
    notes = tree.xpath("//li[starts-with(@id, 'footnote-') or starts-with(@id, 'endnote-')]")
    for note in notes:
        note.drop_tree()
    return bool(notes)


def _unusable(path: Path, wrong: str, right: str) -> ArticleError:
    return ArticleError(str(Problem(path, None, wrong, right)))
