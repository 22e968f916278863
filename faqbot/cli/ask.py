"""`faqbot ask`: answer the questions of the command line, of standard input, or of a file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence

from faqbot.answering.reply import Status
from faqbot.answering.serialize import as_json
from faqbot.cli import paths, replies, text
from faqbot.cli.status import DONE, FINDINGS, UsageError


def run(options: argparse.Namespace) -> int:
    """Print a reply to each question; the status tells whether all of them were answered."""
    if options.batch or options.output or options.restart:
        return _batch(options)
    bot = paths.bot(options.knowledge)
    width = text.columns(sys.stdout)
    status = DONE
    first = True
    for question in _questions(options.questions):
        if not question.strip() and not options.json and not options.questions:
            continue  # a blank line says nothing; as JSON, every line in is a line out
        reply = bot.ask_each(question)
        status = status if reply.status is Status.ANSWERED else FINDINGS
        if options.explain:
            from faqbot.cli import explanations
        if options.json:
            more = {"explanation": explanations.as_json(reply.explain())} if options.explain else {}
            print(json.dumps(as_json(reply) | more), flush=True)
        else:
            more_text = f"\n{explanations.plain(reply.explain(), width=width)}" if options.explain else ""
            print(("" if first else "\n") + replies.plain(reply, width=width) + more_text, flush=True)
        first = False
    return status


def _batch(options: argparse.Namespace) -> int:
    if not (options.batch and options.output) or options.questions or options.json or options.explain:
        raise UsageError(
            "answering a file takes --batch FILE and -o FILE, and neither questions nor --json nor --explain"
        )
    from faqbot.cli import batch

    batch.answer(paths.bot(options.knowledge), options.batch, options.output, restart=options.restart)
    return DONE


def _questions(arguments: Sequence[str]) -> Iterable[str]:
    """Return the questions of the command line; words without quotes are one question; none: those of the input."""
    if not arguments:
        from faqbot.cli.chat import lines

        if sys.stdin.isatty():
            print("faqbot: type a question a line; Ctrl-D ends", file=sys.stderr)
        return lines.typed()
    unquoted = len(arguments) > 1 and not any(" " in argument for argument in arguments)
    return [" ".join(arguments)] if unquoted else arguments
