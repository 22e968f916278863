"""`faqbot review`: go through the drafts of a file on a screen, or in a spreadsheet."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from faqbot import files
from faqbot.cli import extract
from faqbot.cli.status import DONE, FINDINGS, UsageError
from faqbot.cli.text import clean, has_screen
from faqbot.documents.pairs import base, export, sheet
from faqbot.errors import KnowledgeError, Problem
from faqbot.extraction import citation
from faqbot.knowledge import reader, review, writer
from faqbot.knowledge.entries import KnowledgeBase
from faqbot.text import counted


def run(options: argparse.Namespace) -> int:
    """Review a file until the person leaves; the status tells whether drafts are left."""
    path = Path(options.file)
    if options.sheet:
        return _by_sheet(path, Path(options.sheet))
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


def _by_sheet(path: Path, target: Path) -> int:
    """Write the sheet of a file where there is none yet, else take over what was changed in it."""
    file = reader.read(path)
    if not target.exists():
        form = export.form_of(target)
        if not form.has_gaps:
            raise _unusable(
                target, f"as {form.name} it could not be read back", "name a file that ends in .xlsx, .csv or .tsv"
            )
        try:
            files.write_new(target, form.write(file.knowledge, target))
        except FileExistsError:
            raise _unusable(target, "somebody else has just made it", "run the same command again") from None
        except OSError as error:
            raise _unusable(target, f"it cannot be written ({files.reason(error)})") from None
        left = _drafts(file.knowledge)
        print(
            clean(f"{target}: {counted(left, 'draft')} to review; empty the column draft of what is right, write drop")
        )
        print("there to throw an entry away, mend what you like, and run the same command again")
        return FINDINGS if left else DONE
    loaded = base.load(base.contents(target), target)
    if not loaded.is_sheet:
        raise _unusable(target, "it exists, and is no sheet of faqbot", "name another file after --sheet")
    knowledge = sheet.returned(file.knowledge, loaded.knowledge, has_about=loaded.has_about)
    try:
        writer.save(writer.update(file, knowledge), path)
    except ValueError as error:
        raise _unusable(target, str(error), "mend the row") from None
    except OSError as error:
        raise _unusable(path, f"it cannot be written ({files.reason(error)})") from None
    print(clean(f"{path}: {_told(file.knowledge, knowledge)}"))
    return FINDINGS if _drafts(knowledge) else DONE


def _drafts(knowledge: KnowledgeBase) -> int:
    return sum(entry.draft for entry in knowledge.entries)


def _told(before: KnowledgeBase, after: KnowledgeBase) -> str:
    """Return in words what a sheet changed."""
    old, new = ({entry.id: entry for entry in one.entries} for one in (before, after))
    both = [(old[key], entry) for key, entry in new.items() if key in old]
    accepted = sum(was.draft and not entry.draft for was, entry in both)
    changed = sum(replace(was, draft=entry.draft) != entry for was, entry in both)
    counts = (
        (accepted, "accepted"),
        (changed, "changed"),
        (len(old.keys() - new.keys()), "dropped"),
        (len(new.keys() - old.keys()), "added"),
    )
    return ", ".join(f"{count} {done}" for count, done in counts) + f", {_drafts(after)} left"


def _unusable(path: Path, wrong: str, right: str = "") -> KnowledgeError:
    return KnowledgeError((Problem(path, None, wrong, right),))
