"""What a reader does grows with what it reads, and not with its square: counted in calls, so that no clock is asked.

Each shape once took a reader minutes at four megabytes. Twice as much of it may take 2.4 times the calls: twice for
itself, and some for what is divided in halves.
"""

import sys
from pathlib import Path

import pytest

from faqbot import ArticleError, KnowledgeError
from faqbot.documents import reader as documents
from faqbot.documents.article import Article
from faqbot.documents.pairs import base
from faqbot.extraction import pipeline
from faqbot.knowledge import reader, writer

LINES = 250
MOST = 2.4  # times the calls for twice as much


def imported(name):
    """Return what makes a knowledge file of a text."""

    def run(text):
        loaded = base.load(text.encode(), Path(name))
        return writer.render(base.writable(loaded.knowledge)[0])

    return run


def extracted(name):
    """Return what makes a draft of a text."""
    return lambda text: pipeline.extract(Article.of(documents.of_bytes(text.encode(), name)))


def cited(text):
    return Article.of(documents.parse(text)).find("01234567")


def checked(text):
    return reader.parse(text, "faq.md")


def steps(unit):
    """Return what makes a text of numbered units."""
    return lambda count: "".join(unit.replace("%", str(number)) for number in range(count))


def indented(unit):
    """Return what makes a text of units, each a space deeper than the one before."""
    return lambda count: "".join(" " * number + unit for number in range(count))


BATH = " takes an hour, with salt and warm water from a well" * 3
SHAPES = {
    "rst: questions in questions": (imported("f.rst"), indented("What is it?\n")),
    "rst: notes in notes": (imported("f.rst"), indented(".. note:: a\n\n")),
    "rst: indented text": (imported("f.rst"), steps("  x %?\n\n")),
    "rst: substitutions": (imported("f.rst"), steps(".. |a%| replace:: b\n|a%| and |c|\n")),
    "Markdown: headings": (imported("f.md"), steps("## What is %?\n\nIt is %.\n\n")),
    "Markdown: lists": (imported("f.md"), steps("- What is %?\n  - It is %.\n")),
    "Markdown: code that nothing closes": (imported("f.md"), steps("## What is %?\n\n`a\n\n")),
    "CSV: answers that nothing closes": (imported("f.csv"), lambda n: "question,answer\n" + steps("A%?,```\n")(n)),
    "HTML: openers": (imported("f.html"), steps("<button aria-expanded=true>What is %?</button><div>It is %.</div>")),
    "HTML: spans": (imported("f.html"), lambda n: "<h2>A?</h2>" + "<span>" * n + "b" + "</span>" * n),
    "knowledge: headings": (checked, steps("## What is %?\n\nIt is %.\n\n")),
    "article: paragraphs": (extracted("f.txt"), steps("The thing % takes an hour.\n\n")),
    "article: one paragraph": (extracted("f.txt"), steps("The thing % takes an hour. ")),
    "article: one paragraph that is cited": (cited, steps("The thing % takes an hour. ")),
    "article: one of long sentences": (extracted("f.txt"), steps(f"Bath %{BATH}. ")),
    "article: a numbered list": (extracted("f.txt"), steps("%. Mix the thing for an hour.\n")),
    "article: a table": (extracted("f.html"), lambda n: "<table>" + steps("<tr><td>The %<td>It takes an hour.")(n)),
    "article: spans": (extracted("f.html"), lambda n: "<span>" * n + "It takes an hour." + "</span>" * n),
}  # fmt: skip


def calls(run, text):
    """Return how many calls reading a text takes, of Python's functions and of those of its library."""
    count = 0

    def counted(frame, event, argument):
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        run(text)
    except (KnowledgeError, ArticleError):
        pass  # refusing it is quick enough, too
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("shape", SHAPES)
def test_calls_grow_with_the_text_and_not_with_its_square(shape):
    run, make = SHAPES[shape]
    calls(run, make(9))  # what is loaded once
    few, many = (calls(run, make(count)) for count in (LINES, 2 * LINES))
    assert many < MOST * few
