"""`faqbot export`: write a knowledge file in another form."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from faqbot import files
from faqbot.cli import signals
from faqbot.cli.status import DONE
from faqbot.cli.text import clean
from faqbot.documents.pairs import base, export, reader
from faqbot.errors import ExtraMissingError, KnowledgeError, Problem


def run(options: argparse.Namespace) -> int:
    """Write the file, and say what of it has no place there."""
    path, target = Path(options.file), Path(options.output)
    form = export.form_of(target, options.form)
    if target.exists() and target.samefile(path):
        raise KnowledgeError((Problem(target, None, "it is the file itself", "name another file after -o"),))
    if form.has_gaps and target.exists() and not _is_sheet(target):
        right = "name another file after -o, or delete it first"
        raise KnowledgeError((Problem(target, None, "it exists, and is no sheet of faqbot", right),))
    with signals.at_once():
        knowledge = base.load(files.read_knowledge(path), path).knowledge
        data = form.write(knowledge, target)
    try:
        files.write_bytes(target, data)
    except OSError as error:
        wrong = f"it cannot be written ({files.reason(error)})"
        raise KnowledgeError((Problem(target, None, wrong),)) from None
    left = sum(entry.is_gap or entry.draft for entry in knowledge.entries) if not form.has_gaps else 0
    without = f"; {left} gaps and drafts have no place there" if left else ""
    count = len(knowledge.entries) - left
    entries = "1 entry" if count == 1 else f"{count} entries"
    print(clean(f"{target}: {entries}, as {form.name}{without}"), file=sys.stderr)
    return DONE


def _is_sheet(path: Path) -> bool:
    """Return whether a file is one that this command writes anew: a table may be anybody's."""
    try:
        return bool(reader.own_sheets(base.contents(path), path))
    except (KnowledgeError, ExtraMissingError):
        return False
