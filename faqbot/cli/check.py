"""`faqbot check`: what is wrong with knowledge files, or missing."""

from __future__ import annotations

import argparse
from pathlib import Path

from faqbot.cli import extract
from faqbot.cli.status import DONE, FAILED, FINDINGS
from faqbot.cli.text import clean
from faqbot.errors import FaqbotError, told
from faqbot.evaluation import lint
from faqbot.knowledge import reader


def run(options: argparse.Namespace) -> int:
    """Print the findings in each file; one that cannot be read does not keep the others from being checked."""
    articles = [article for _, article in extract.read(options.source)]
    status = DONE
    for path in map(Path, options.files):
        try:
            file = reader.read(path)
        except FaqbotError as error:
            print(clean(str(error)))
            status = FAILED
            continue
        found = [*lint.findings(file), *lint.against(file, articles)]
        for text in [*told(found), *lint.remarks(file, articles), lint.summary(file, found, articles)]:
            print(clean(text))
        status = max(status, FINDINGS if found else DONE)
    return status
