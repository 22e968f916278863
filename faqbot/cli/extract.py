"""`faqbot extract`: articles in, a draft out, and a report for the person who reviews it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from faqbot import files
from faqbot.cli import progress, report, signals
from faqbot.cli import text as rendering
from faqbot.cli.report import Report
from faqbot.cli.status import DONE, UsageError
from faqbot.documents.article import Article
from faqbot.documents.reader import LARGEST_ARTICLE
from faqbot.errors import ArticleError, Problem
from faqbot.extraction import draft as drafting
from faqbot.extraction import update
from faqbot.extraction.draft import STDIN, Draft
from faqbot.knowledge import reader, writer
from faqbot.knowledge.entries import KnowledgeBase

MANY_SENTENCES: Final = 200  # from which a draft by meaning takes a second
MANY_PAGES: Final = 20  # from which reading takes long enough to say how far it is


def run(options: argparse.Namespace) -> int:
    """Extract a draft, or renew one."""
    target = "" if options.output == "-" else options.output
    if options.json and not target:
        raise UsageError("--json reports on standard output, where the draft goes: name a file with -o")
    extract(options.articles, target, title=options.title, as_json=options.json, is_verbose=options.verbose)
    return DONE


def extract(
    names: Sequence[str],
    target: str,
    *,
    title: str = "",
    as_json: bool = False,
    is_verbose: bool = False,
) -> None:
    """Write the draft of some articles to the file `target`, or to standard output where it is "", and report.

    What is in the file already is kept as `renewal` says. Nothing is written before everything is read.

    Raises:
        FaqbotError: an article or the file cannot be used; the file is untouched.
    """
    if target:
        _check_target(target, names)
    articles = read(names)
    done: Report | None = None
    if not target:
        draft = _drafted(articles, None, title)
        _print(writer.render(draft.knowledge).text)
        done = Report(draft, draft.knowledge)
    while done is None:
        done = _written(articles, target, title)
    if as_json:
        print(json.dumps(report.as_json(done)))
        return
    for line in report.lines(done, width=rendering.columns(sys.stderr), is_verbose=is_verbose):
        print(line, file=sys.stderr)


def read(names: Sequence[str]) -> list[tuple[str, Article]]:
    """Return the articles in some files, `-` being standard input, with their names; a terminal shows how far it is.

    Raises:
        FaqbotError: one cannot be read.
    """
    articles = []
    for number, name in enumerate(names, 1):
        of = f" {number} of {len(names)}" if len(names) > 1 else ""
        with signals.at_once(), progress.line() as show:
            if of:
                show(f"reading{of}: {name}")

            def paged(page: int, pages: int, name: str = name, of: str = of) -> None:
                if pages >= MANY_PAGES:
                    show(f"reading{of}: {name}, page {page} of {pages}")

            articles.append((name, drafting.read(name, _typed() if name == STDIN else None, paged)))
    return articles


def _drafted(articles: Sequence[tuple[str, Article]], known: KnowledgeBase | None, title: str) -> Draft:
    """Return the draft of some articles; a terminal shows how far it is where that takes long."""
    with progress.line() as show:
        long = {name for name, article in articles if len(article.sentences) >= MANY_SENTENCES}

        def asked(name: str, done: int, total: int) -> None:
            if name in long:
                show(f"looking for answers: {name}, question {done + 1} of {total}")

        return drafting.draft(articles, known, title, asked)


def _typed() -> bytes:
    if sys.stdin.isatty():
        print("faqbot: paste the article; Ctrl-D ends it", file=sys.stderr)
    return sys.stdin.buffer.read(LARGEST_ARTICLE + 1)


def _written(articles: Sequence[tuple[str, Article]], target: str, title: str) -> Report | None:
    """Write the draft and return its report; None, with nothing written, where somebody else wrote meanwhile."""
    path = Path(target)
    file = reader.read(path) if path.exists() else None
    draft = _drafted(articles, file.knowledge if file else None, title)
    changes = None
    try:
        if file is None:
            new = writer.render(draft.knowledge, path)
        else:
            found = update.renewed(file.knowledge, draft, title)
            new, changes = writer.update(file, found.knowledge), found.changes
    except ValueError as error:
        raise ArticleError(str(Problem(path, None, str(error)))) from None
    if path.exists() if file is None else reader.read(path).text != file.text:
        return None
    if file is None or new.text != file.text:
        try:
            (writer.save_new if file is None else writer.save)(new, path)
        except FileExistsError:  # made by somebody else meanwhile
            return None
        except OSError as error:
            raise _unwritable(target, files.reason(error)) from None
    return Report(draft, new.knowledge, changes, target)


def _check_target(target: str, names: Sequence[str]) -> None:
    """Find out before the articles are read, which may take long, whether the file could be written."""
    path = Path(target)
    if path.exists():
        if any(name != STDIN and Path(name).exists() and path.samefile(name) for name in names):
            raise ArticleError(str(Problem(path, None, "it is the article itself", "name another file after -o")))
        file = reader.read(path)
        if not file.has_fields and not any(entry.question.endswith("?") for entry in file.knowledge.entries):
            wrong = "it is no knowledge file: it has no fields, and no heading in it is a question"
            raise ArticleError(str(Problem(path, None, wrong, "name another file after -o")))
        return
    try:
        folder = path.resolve().parent
    except RuntimeError:  # before Python 3.13, a loop of links
        raise _unwritable(target, "it is a link that leads back to itself") from None
    except OSError as error:  # the folder that this runs in is gone, among others
        raise _unwritable(target, files.reason(error)) from None
    if not folder.is_dir():
        raise _unwritable(target, "there is no such folder")


def _unwritable(target: str, why: str) -> ArticleError:
    return ArticleError(str(Problem(Path(target), None, f"it cannot be written ({why})")))


def _print(text: str) -> None:
    """Print a draft: to a terminal without what would steer it, else as a knowledge file is, in UTF-8."""
    if sys.stdout.isatty():
        print(rendering.clean(text), end="")
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
