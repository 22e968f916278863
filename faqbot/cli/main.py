"""The command line: arguments, one function a command, exit statuses. The only place that prints errors."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NoReturn

from faqbot.answering.reply import Status
from faqbot.cli import paths, replies
from faqbot.cli import text as rendering
from faqbot.cli.arguments import COMMANDS, parser
from faqbot.errors import FaqbotError

DONE: Final = 0  # answered, or nothing found or left
FINDINGS: Final = 1  # not answered, or something found or left
FAILED: Final = 2  # could not: usage, or a file that cannot be used
INTERRUPTED: Final = 130  # as a shell says of Ctrl-C
LONGEST_LOG: Final = 100  # messages that a chat keeps
NEVER: Final = sys.maxsize  # a level that no message has


def run() -> NoReturn:
    """Run the command line and leave with its exit status, at once.

    A thread that still makes vectors is not waited for, nor does Python take apart what it uses, which aborts a
    process now and then. mypy leaves the same way.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by the caller
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open to the end
    try:
        try:
            status = main(sys.argv[1:])
        except SystemExit as left:  # argparse leaves by itself after --help and errors
            status = int(left.code or DONE)
        sys.stdout.flush()
        sys.stderr.flush()
    except KeyboardInterrupt:
        status = INTERRUPTED
        with contextlib.suppress(OSError):
            sys.stdout.flush()
    except OSError as error:
        status = FAILED
        with contextlib.suppress(OSError):
            if not isinstance(error, BrokenPipeError):  # then whoever read the output has enough, and knows
                print(f"faqbot: {rendering.clean(str(error))}", file=sys.stderr, flush=True)
    os._exit(status)


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    if hasattr(sys.stdout, "reconfigure"):  # text that the terminal's encoding lacks must not end the program
        sys.stdout.reconfigure(errors="replace")
    if arguments and not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        hint = f"there is no command {arguments[0]!r}; to ask it, or chat with that file: faqbot ask …, faqbot chat …"
        print(f"faqbot: {rendering.clean(hint)}", file=sys.stderr)
        return FAILED
    options = parser().parse_args(arguments)
    run_command = {
        "chat": _chat, "ask": _ask, "extract": _extract, "check": _check, "review": _review, "eval": _eval,
        "gaps": _gaps,
    }  # fmt: skip
    try:
        return run_command[options.command](options)
    except FaqbotError as error:
        for wrong in str(error).splitlines():
            print(f"faqbot: {rendering.clean(wrong)}", file=sys.stderr)
        return FAILED


def _chat(options: argparse.Namespace) -> int:
    from faqbot.cli.chat import bots, commands, consent, lines

    books = bots.Shelf.read(options.files, cache=paths.cache())
    about = books.knowledge().procedure or books.knowledge().title
    listener = consent.listener_for(options.record, books.knowledge().title)
    talk = commands.Chat(books, listener)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        lines.by_lines(talk, lines.typed(), sys.stdout)
        return DONE
    greeting = "" if options.quiet else f"Ask me about {about}. /help shows what else there is, Ctrl-D leaves."
    shown = " ".join(filter(None, (greeting, consent.notice(options.record))))
    with _told_afterwards():
        if options.plain or not _has_screen():
            lines.prompted(talk, sys.stdout, greeting=shown)
            return DONE
        # prompt_toolkit takes as long to load as everything else: only who chats pays for it
        from faqbot.cli.chat import session

        history = None if options.no_history else session.history_path()
        session.chat(talk, greeting=shown, history=history, vi=options.vi)
        return DONE


@contextlib.contextmanager
def _told_afterwards() -> Iterator[None]:
    """Keep what is logged until the end: it would be written into the line that somebody types."""
    from logging import StreamHandler, getLogger
    from logging.handlers import MemoryHandler

    held = MemoryHandler(LONGEST_LOG, flushLevel=NEVER, target=StreamHandler(sys.stderr))
    getLogger("faqbot").addHandler(held)
    try:
        yield
    finally:
        getLogger("faqbot").removeHandler(held)
        held.close()


def _ask(options: argparse.Namespace) -> int:
    if options.batch or options.output or options.restart:
        return _batch(options)
    bot = paths.bot(options.knowledge)
    width = rendering.columns(sys.stdout)
    status = DONE
    first = True
    for question in _questions(options.questions):
        if not question.strip() and not options.json:
            continue  # as JSON, every line in is a line out
        reply = bot.ask_each(question)
        status = status if reply.status is Status.ANSWERED else FINDINGS
        if options.explain:
            from faqbot.cli import explanations
        if options.json:
            more = {"explanation": explanations.as_json(reply.explain())} if options.explain else {}
            print(json.dumps(rendering.as_json(reply) | more), flush=True)
        else:
            more_text = f"\n{explanations.plain(reply.explain(), width=width)}" if options.explain else ""
            print(("" if first else "\n") + replies.plain(reply, width=width) + more_text, flush=True)
        first = False
    return status


def _batch(options: argparse.Namespace) -> int:
    if not (options.batch and options.output) or options.questions or options.json or options.explain:
        wrong = "answering a file takes --batch FILE and -o FILE, and neither questions nor --json nor --explain"
        print(f"faqbot: {wrong}", file=sys.stderr)
        return FAILED
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


def _extract(options: argparse.Namespace) -> int:
    from faqbot.cli import extract

    target = "" if options.output == "-" else options.output
    if options.json and not target:
        print("faqbot: --json reports on standard output, where the draft goes: name a file with -o", file=sys.stderr)
        return FAILED
    extract.extract(
        options.articles,
        target,
        title=options.title,
        is_parsed=options.nlp,
        as_json=options.json,
        is_verbose=options.verbose,
    )
    return DONE


def _check(options: argparse.Namespace) -> int:
    from faqbot.cli import extract
    from faqbot.evaluation import lint
    from faqbot.knowledge import reader

    articles = [article for _, article in extract.read(options.source)]
    status = DONE
    for path in map(Path, options.files):
        try:
            file = reader.read(path)
        except FaqbotError as error:
            print(rendering.clean(str(error)))
            status = FAILED
            continue
        found = [*lint.findings(file), *lint.against(file, articles)]
        for text in [*map(str, found), *lint.remarks(file, articles), lint.summary(file, found, articles)]:
            print(rendering.clean(text))
        status = max(status, FINDINGS if found else DONE)
    return status


def _review(options: argparse.Namespace) -> int:
    from faqbot.cli import extract
    from faqbot.extraction import citation
    from faqbot.knowledge import reader, review

    path = Path(options.file)
    walk = review.Review.of(reader.read(path))
    articles = [article for _, article in extract.read(options.source)]
    left = len(walk.open)
    if not left:
        print(rendering.clean(f"{path}: nothing to review"))
        return DONE
    if not _has_screen():
        wrong = (
            f"{path} has {left} {'entry' if left == 1 else 'entries'} to review, which needs a terminal with a screen"
        )
        print(f"faqbot: {rendering.clean(wrong)}", file=sys.stderr)
        return FAILED
    from faqbot.cli.screens import review as reviewing

    sources = citation.sources_of(walk.file.knowledge, articles)
    reviewing.walk(walk, source_of=lambda entry: citation.around(entry, sources))
    print(walk.summary)
    return FINDINGS if walk.open else DONE


def _eval(options: argparse.Namespace) -> int:
    from faqbot.cli import evaluate

    named = (options.file, options.questions)
    return DONE if evaluate.evaluate(*named, is_json=options.json, is_tuned=options.tune) else FINDINGS


def _gaps(options: argparse.Namespace) -> int:
    from faqbot.cli import gaps as grouped

    walk = grouped.opened(options.file, options.log)
    if options.json:
        print(json.dumps(grouped.as_json(walk)))
    elif not walk.left or not _has_screen():
        grouped.print_lines(walk)
    else:
        from faqbot.cli.screens import gaps as mending

        mending.walk(walk)
        print(grouped.finished(walk))
    return FINDINGS if walk.left else DONE


def _has_screen() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
