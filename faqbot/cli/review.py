"""`faqbot review`: go through the drafts of a file on a screen."""

from __future__ import annotations

import argparse
from pathlib import Path

from faqbot.cli import extract
from faqbot.cli.status import DONE, FINDINGS, UsageError
from faqbot.cli.text import clean, has_screen
from faqbot.extraction import citation
from faqbot.knowledge import reader, review


def run(options: argparse.Namespace) -> int:
    """Review a file until the person leaves; the status tells whether drafts are left."""
    path = Path(options.file)
    walk = review.Review(reader.read(path))
    articles = [article for _, article in extract.read(options.source)]
    left = len(walk.open)
    if not left:
        print(clean(f"{path}: nothing to review"))
        return DONE
    if not has_screen():
        entries = "entry" if left == 1 else "entries"
        raise UsageError(f"{path} has {left} {entries} to review, which needs a terminal with a screen")
    from faqbot.cli.screens import review as screen

    sources = citation.sources_of(walk.file.knowledge, articles)
    screen.ReviewScreen(walk, lambda entry: citation.around(entry, sources)).run()
    print(walk.summary)
    return FINDINGS if walk.open else DONE
