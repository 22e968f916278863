"""Files of other formats to blocks, tables and sentences.

reader        any document to its blocks: start here
formats       which format some bytes are in
encoding      bytes to characters
blocks        Block and Document, the values that every format becomes
plaintext     plain text
markdown      Markdown, by markdown-it-py
html          a tree of HTML
webpage       the main text of a page
container     the element that holds it, found by what trafilatura keeps
jsonld        schema.org FAQPage data
archive       zip archives: what is damaged, and what is a bomb
docx          Word files, by mammoth
pdf           PDF, by pypdf
mail          mails and archived pages
pairs/        question-and-answer pairs in files of any form
layout        lines set on pages to paragraphs and headings
headings      titles, dates and headings told by their words; "Q: …" and "A: …"
tables        the dialect of a table, its rows, the names of its columns
questions     questions in a file of any size, a row at a time
sentences     text to sentences, by sentencex
article       numbered paragraphs of sentences, as extraction cites them; whether they are English
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faqbot.documents.reader import LARGEST_ARTICLE, READABLE, of_bytes, parse, read

__all__ = ["LARGEST_ARTICLE", "READABLE", "of_bytes", "parse", "read"]


def __getattr__(name: str) -> object:
    """Import the reader where it is first asked for."""
    if name in __all__:
        from faqbot.documents import reader  # noqa: PLC0415

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
