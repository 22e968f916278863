"""`faqbot check`: what is wrong with knowledge files, or missing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from faqbot.cli import extract, signals
from faqbot.cli.status import DONE, FAILED, FINDINGS
from faqbot.cli.text import clean
from faqbot.documents.pairs import base
from faqbot.documents.pairs.base import Loaded
from faqbot.errors import FaqbotError, told
from faqbot.evaluation import lint
from faqbot.text import counted


def run(options: argparse.Namespace) -> int:
    """Print the findings in each file; one that cannot be read does not keep the others from being checked."""
    articles = [article for _, article in extract.read(options.source)]
    status = DONE
    for path in map(Path, options.files):
        try:
            with signals.at_once():
                loaded = base.load(base.contents(path), path)
        except FaqbotError as error:
            print(clean(str(error)))
            status = FAILED
            continue
        if (file := loaded.file) is None:
            for text in _foreign(path, loaded):
                print(clean(text))
            status = max(status, FINDINGS)
            continue
        found = [*lint.findings(file), *lint.against(file, articles)]
        for text in [
            *told(found),
            *lint.remarks(file, articles),
            *lint.twins(file),
            lint.summary(file, found, articles),
        ]:
            print(clean(text))
        status = max(status, FINDINGS if found else DONE)
    return status


def _foreign(path: Path, loaded: Loaded) -> Iterator[str]:
    """Yield what a FAQ in another form holds, and what of it was not read."""
    entries = counted(len(loaded.knowledge.entries), "entry", "entries")
    right = f"'faqbot import {path.name} -o FILE.md' makes a knowledge file of it"
    yield f"{path}: {entries}, read as {loaded.form}; {right}"
    for note in loaded.notes:
        yield f"{path}: {note}"
