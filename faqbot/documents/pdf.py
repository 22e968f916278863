"""A PDF to blocks: the lines of each page, read by pypdf, put together to paragraphs by `layout`."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from faqbot.documents import layout
from faqbot.documents.blocks import Document
from faqbot.documents.encoding import one_line
from faqbot.documents.headings import framed, paired
from faqbot.errors import ArticleError, ExtraMissingError, Problem

Progress = Callable[[int, int], object]

MOST_PAGES: Final = 5_000  # a file may name one page a million times; the longest textbooks have a third of this
_BOLD: Final = ("bold", "black", "heavy", "semibold", "demi")


def parse(data: bytes, path: Path, progress: Progress | None = None) -> Document:
    """Return the document that a PDF holds; `progress` is told the pages read and the pages there are.

    Raises:
        ArticleError: damaged, encrypted with a password, of more than MOST_PAGES, or pictures of pages without text.
        ExtraMissingError: the library that it takes is not installed.
    """
    try:
        import pypdf
    except ImportError:
        raise ExtraMissingError("Reading PDF", "documents") from None
    logger = logging.getLogger("pypdf")
    if not logger.handlers:  # what it repairs would else be written to stderr
        logger.addHandler(logging.NullHandler())
    lines: list[layout.Line] = []
    notes: list[str] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _unusable(path, "it is encrypted with a password", "save a copy without one")
        total = _counted(reader, path)
        for number in range(total):
            try:
                lines += _lines(reader.pages[number], number + 1)
            except Exception:  # one damaged page, whose errors pypdf does not promise, leaves the others
                notes.append(f"Page {number + 1} is damaged and was not read.")
            if progress is not None:
                progress(number + 1, total)
        named = one_line(str((reader.metadata.title if reader.metadata else "") or ""))
    except ArticleError:
        raise
    except Exception as error:  # whatever a damaged file makes of pypdf
        raise _unusable(path, "it is a damaged PDF", "open it in another program and save it anew") from error
    if not lines:
        raise _unusable(path, "it holds pictures of pages and no text", "run text recognition (OCR) on it first")
    title, date, blocks = framed(layout.blocks(lines))
    return Document(tuple(paired(blocks)), title or named, date, tuple(notes))


def _counted(reader: Any, path: Path) -> int:  # noqa: ANN401 - of pypdf, which is loaded late
    total = len(reader.pages)
    if total > MOST_PAGES:
        raise _unusable(path, f"it has {total:,} pages", f"at most {MOST_PAGES:,} can be read; divide it")
    return total


def _lines(page: Any, number: int) -> Iterator[layout.Line]:  # noqa: ANN401 - of pypdf, which is loaded late
    """Yield the lines of a page with where and how they are set."""
    spans: list[layout.Span] = []

    def visit(text: str, user: list[float], matrix: list[float], font: Any, size: float) -> None:  # noqa: ANN401
        if text:
            scale = (matrix[0] ** 2 + matrix[1] ** 2) ** 0.5 * (user[0] ** 2 + user[1] ** 2) ** 0.5
            name = str((font or {}).get("/BaseFont", "")).lower()
            x = user[0] * matrix[4] + user[2] * matrix[5] + user[4]
            y = user[1] * matrix[4] + user[3] * matrix[5] + user[5]
            spans.append(layout.Span(text, x, y, abs(size) * (scale or 1.0), any(weight in name for weight in _BOLD)))

    page.extract_text(visitor_text=visit)
    yield from layout.lines(spans, number)


def _unusable(path: Path, wrong: str, right: str) -> ArticleError:
    return ArticleError(str(Problem(path, None, wrong, right)))
