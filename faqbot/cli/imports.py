"""`faqbot import`: make a knowledge file of a FAQ in any other form, and say what was not read."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from faqbot import files
from faqbot.cli import signals
from faqbot.cli.status import DONE
from faqbot.cli.text import clean
from faqbot.documents.pairs import base
from faqbot.documents.pairs.base import Loaded
from faqbot.errors import KnowledgeError, Problem
from faqbot.knowledge import reader, writer
from faqbot.knowledge.reader import KnowledgeFile


def run(options: argparse.Namespace) -> int:
    """Read the files, write one knowledge file or print it, and report on the standard error."""
    with signals.at_once():
        loaded = base.load_files([Path(name) for name in options.files], options.title)
    target = Path(options.output) if options.output not in ("", "-") else None
    file, notes = _written(loaded, target, options.files)
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(clean(file.text).encode("utf-8"))
        sys.stdout.buffer.flush()
    entries = file.knowledge.entries
    topics = len({entry.topic for entry in entries if entry.topic})
    phrasings = sum(len(entry.phrasings) for entry in entries)
    counts = [f"{len(entries)} {'entry' if len(entries) == 1 else 'entries'}"]
    counts += [f"{count} {name}" for name, count in (("phrasings", phrasings), ("topics", topics)) if count]
    print(clean(f"{options.output or 'standard output'}: {', '.join(counts)}, from {loaded.form}"), file=sys.stderr)
    for note in (*loaded.notes, *notes):
        print(clean(f"  {note}"), file=sys.stderr)
    return DONE


def _written(loaded: Loaded, target: Path | None, names: list[str]) -> tuple[KnowledgeFile, tuple[str, ...]]:
    """Return the knowledge file, after writing it to `target`, and what could not be written as it was."""
    notes: tuple[str, ...] = ()
    is_new = target is None or not target.exists()
    if target is None or is_new:
        path = target or "knowledge.md"
        try:
            file = writer.render(loaded.knowledge, path)
        except ValueError:
            knowledge, notes = base.writable(loaded.knowledge)
            file = writer.render(knowledge, path)
    else:
        if any(Path(name).exists() and target.samefile(name) for name in names):
            raise _unwritable(target, "it is the file itself", "name another file after -o")
        if not loaded.is_sheet:
            raise _there(target)
        try:
            old = reader.read(target)
            about = {} if loaded.has_about else old.knowledge.about
            file = writer.update(old, replace(loaded.knowledge, **about))
        except ValueError as error:
            raise _unwritable(target, str(error), "mend the row") from None
    if target is not None:
        try:
            (writer.save_new if is_new else writer.save)(file, target)
        except FileExistsError:  # made by somebody else meanwhile
            raise _there(target) from None
        except OSError as error:
            raise _unwritable(target, f"it cannot be written ({files.reason(error)})", "") from None
    return file, notes


def _there(path: Path) -> KnowledgeError:
    return _unwritable(path, "it exists already", "name another file after -o, or delete it first")


def _unwritable(path: Path, wrong: str, right: str) -> KnowledgeError:
    return KnowledgeError((Problem(path, None, wrong, right),))
