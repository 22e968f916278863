"""`faqbot gaps`: the groups of questions without an answer, on a screen, as text or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any, Final

from faqbot.bot import FaqBot
from faqbot.cli import progress
from faqbot.cli import text as rendering
from faqbot.cli.chat import consent
from faqbot.cli.status import DONE, FINDINGS
from faqbot.evaluation import gaps, triage
from faqbot.evaluation import log as query_log
from faqbot.evaluation.gaps import Cluster
from faqbot.evaluation.triage import Triage, times
from faqbot.knowledge import reader
from faqbot.search import encoder
from faqbot.text import counted, shortened

WORDINGS: Final = 5  # of a group that are told; the others are counted, and --json has them all
CUT: Final = 100  # columns of a line where there is no terminal to fit
INDENT: Final = "    "
LONG: Final = 500  # questions: from there on it takes long enough to say so


def run(options: argparse.Namespace) -> int:
    """Go through the groups until the person leaves, or print them; the status tells whether any are left."""
    walk = opened(options.file, options.log)
    if options.json:
        print(json.dumps(as_json(walk)))
    elif not walk.left or not rendering.has_screen():
        print_lines(walk)
    else:
        from faqbot.cli.screens import gaps as screen

        screen.GapsScreen(walk).run()
        print(finished(walk))
    return FINDINGS if walk.left else DONE


def opened(name: str, log: str) -> Triage:
    """Return a walk through what a log holds that a knowledge file does not answer.

    Args:
        name: of the knowledge file.
        log: the name of the log, or "" for the one that a person agreed to.

    Raises:
        FaqbotError: one of the two cannot be used.
    """
    file = reader.read(name)
    read = query_log.read(consent.log_of(log), file.knowledge.title)
    bot = FaqBot(file.knowledge, encoder=encoder.remembering())
    with progress.line() as show:
        if len(read.asked) >= LONG:
            show(f"asking {len(read.asked):,} questions again")
        found = gaps.find(bot, read.asked)
    return Triage(file, read, found, bot)


def lines(walk: Triage, *, width: int | None) -> Iterator[str]:
    """Yield what `gaps` prints where nobody can be asked; questions that are wider than `width` columns are cut."""
    limit = CUT if width is None or width < rendering.NARROWEST else min(width, rendering.WIDEST)
    for indent, text in _groups(walk):
        yield shortened(indent + rendering.clean_line(text), limit)
    yield from map(rendering.clean_line, triage.remarks(walk))


def _groups(walk: Triage) -> Iterator[tuple[str, str]]:
    for cluster in walk.clusters:
        if cluster is not None:
            yield "", f"{times(cluster.count)}: {cluster.typical.text}"
            others = [one for one in cluster.wordings if one is not cluster.typical]
            for one in others[: WORDINGS - 1]:
                yield INDENT, one.text + (f" ({times(one.count)})" if one.count > 1 else "")
            if len(others) >= WORDINGS:
                yield INDENT, f"\u2026 and {counted(len(others) - WORDINGS + 1, 'wording')} more"
            for match in walk.near(cluster.typical.text)[:1]:
                yield INDENT, f"nearest: {match.entry.title} ({match.score:.2f})"
            yield "", ""


def as_json(walk: Triage) -> dict[str, Any]:
    """Return everything as what `--json` prints; the keys are stable, and new ones may come.

    file, log, groups (count, typical, wordings: question, count and verdicts each; near: id, question and score each),
    answered, dismissed, unreadable, older (how many of each), others (the questions asked of other knowledge bases, by
    name), full.
    """
    log = walk.log
    return {
        "file": str(walk.file.path),
        "log": str(log.path),
        "groups": [_group(walk, cluster) for cluster in walk.clusters if cluster is not None],
        "answered": walk.answered,
        "dismissed": log.dismissed,
        "unreadable": log.unreadable,
        "others": dict(log.others),
        "full": log.is_full,
        "older": log.older,
    }


def _group(walk: Triage, cluster: Cluster) -> dict[str, Any]:
    return {
        "count": cluster.count,
        "typical": cluster.typical.text,
        "wordings": [
            {"question": one.text, "count": one.count, "verdicts": list(map(str, one.verdicts))}
            for one in cluster.wordings
        ],
        "near": [
            {"id": match.entry.id, "question": match.entry.question, "score": round(match.score, 4)}
            for match in walk.near(cluster.typical.text)
        ],
    }


def finished(walk: Triage) -> str:
    """Ask what is left again, as the file is now, and return how much that is."""
    with progress.line() as show:
        if len(walk.clusters) >= LONG:
            show("asking the rest again")
        walk.ask_again()
    return rendering.clean_line(next(triage.remarks(walk)))


def print_lines(walk: Triage) -> None:
    """Print the groups and remarks."""
    for line in lines(walk, width=rendering.columns(sys.stdout)):
        print(line)
