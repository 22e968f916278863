"""The command line: arguments, one function a command, exit statuses. The only place that prints errors."""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import platformdirs

from faqbot.arguments import COMMANDS, parser
from faqbot.bot import FaqBot
from faqbot.errors import FaqbotError
from faqbot.replies import Status
from faqbot.terminal import chat, rendering, why

DONE: Final = 0  # answered, or nothing found or left
FINDINGS: Final = 1  # not answered, or something found or left
FAILED: Final = 2  # could not: usage, or a file that cannot be used
INTERRUPTED: Final = 130  # as a shell says of Ctrl-C

LONGEST_LINE: Final = 1_000_000  # bytes of standard input: far above the longest question, which is told to be too long


def run() -> None:
    """Run the command line and leave with its exit status."""
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
    except OSError as error:
        status = FAILED
        with contextlib.suppress(OSError):
            if not isinstance(error, BrokenPipeError):  # then whoever read the output has enough, and knows
                print(f"faqbot: {rendering.clean(str(error))}", file=sys.stderr, flush=True)
        # Python would try to write the rest once more at exit, and complain.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
    sys.exit(status)


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    if hasattr(sys.stdout, "reconfigure"):  # text that the terminal's encoding lacks must not end the program
        sys.stdout.reconfigure(errors="replace")
    if arguments and not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        hint = f"there is no command {arguments[0]!r}; to ask it, or chat with that file: faqbot ask …, faqbot chat …"
        print(f"faqbot: {rendering.clean(hint)}", file=sys.stderr)
        return FAILED
    options = parser().parse_args(arguments)
    run_command = {"chat": _chat, "ask": _ask, "extract": _extract, "check": _check, "review": _review, "eval": _eval}
    try:
        return run_command[options.command](options)
    except FaqbotError as error:
        for line in str(error).splitlines():
            print(f"faqbot: {rendering.clean(line)}", file=sys.stderr)
        return FAILED


def _bot(files: Sequence[str]) -> FaqBot:
    gc.disable()  # nothing of a knowledge base is garbage, and looking for some takes 8 % of a start
    try:
        cache = platformdirs.user_cache_path("faqbot")
    except RuntimeError:  # someone without a home
        cache = None
    bot = FaqBot.from_file(*files, cache=cache) if files else FaqBot.bundled(cache=cache)
    gc.freeze()
    gc.enable()
    return bot


def _chat(options: argparse.Namespace) -> int:
    bot = _bot(options.files)
    talk = chat.Chat(bot.conversation())
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        chat.by_lines(talk, _lines(), sys.stdout)
        return DONE
    # prompt_toolkit takes as long to load as everything else: only who chats pays for it
    from faqbot.terminal import repl

    about = bot.knowledge.procedure or bot.knowledge.title
    greeting = f"Ask me about {about}. /help shows what else there is, Ctrl-D leaves."
    history = None if options.no_history else repl.history_path()
    repl.chat(talk, greeting="" if options.quiet else greeting, history=history, vi=options.vi)
    return DONE


def _ask(options: argparse.Namespace) -> int:
    if options.batch or options.output or options.restart:
        return _batch(options)
    bot = _bot(options.knowledge)
    width = rendering.columns(sys.stdout)
    status = DONE
    first = True
    for question in _questions(options.questions):
        if not question.strip() and not options.json:
            continue  # as JSON, every line in is a line out
        reply = bot.ask(question)
        status = status if reply.status is Status.ANSWERED else FINDINGS
        if options.json:
            more = {"explanation": why.as_json(reply.explain())} if options.explain else {}
            print(json.dumps(rendering.as_json(reply) | more), flush=True)
        else:
            more_text = f"\n{why.plain(reply.explain(), width=width)}" if options.explain else ""
            print(("" if first else "\n") + rendering.plain(reply, width=width) + more_text, flush=True)
        first = False
    return status


def _batch(options: argparse.Namespace) -> int:
    if not (options.batch and options.output) or options.questions or options.json or options.explain:
        wrong = "answering a file takes --batch FILE and -o FILE, and neither questions nor --json nor --explain"
        print(f"faqbot: {wrong}", file=sys.stderr)
        return FAILED
    from faqbot.terminal import answering

    answering.answer(_bot(options.knowledge), options.batch, options.output, restart=options.restart)
    return DONE


def _questions(arguments: Sequence[str]) -> Iterable[str]:
    """Return the questions of the command line; words without quotes are one question; none: those of the input."""
    if not arguments:
        if sys.stdin.isatty():
            print("faqbot: type a question a line; Ctrl-D ends", file=sys.stderr)
        return _lines()
    unquoted = len(arguments) > 1 and not any(" " in argument for argument in arguments)
    return [" ".join(arguments)] if unquoted else arguments


def _extract(options: argparse.Namespace) -> int:
    from faqbot.terminal import extracting

    target = "" if options.output == "-" else options.output
    if options.json and not target:
        print("faqbot: --json reports on standard output, where the draft goes: name a file with -o", file=sys.stderr)
        return FAILED
    extracting.extract(
        options.articles,
        target,
        title=options.title,
        is_parsed=options.nlp,
        as_json=options.json,
        is_verbose=options.verbose,
    )
    return DONE


def _check(options: argparse.Namespace) -> int:
    from faqbot import checking, knowledge
    from faqbot.terminal import extracting

    articles = [article for _, article in extracting.read(options.source)]
    status = DONE
    for path in map(Path, options.files):
        try:
            file = knowledge.read(path)
        except FaqbotError as error:
            print(rendering.clean(str(error)))
            status = FAILED
            continue
        found = [*checking.findings(file), *checking.against(file, articles)]
        for text in [*map(str, found), *checking.remarks(file, articles), checking.summary(file, found, articles)]:
            print(rendering.clean(text))
        status = max(status, FINDINGS if found else DONE)
    return status


def _review(options: argparse.Namespace) -> int:
    from faqbot import knowledge, review
    from faqbot.extraction import citation
    from faqbot.terminal import extracting

    path = Path(options.file)
    walk = review.Review.of(knowledge.read(path))
    articles = [article for _, article in extracting.read(options.source)]
    left = len(walk.open)
    if not left:
        print(rendering.clean(f"{path}: nothing to review"))
        return DONE
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        wrong = (
            f"{path} has {left} {'entry' if left == 1 else 'entries'} to review, which needs a terminal with a screen"
        )
        print(f"faqbot: {rendering.clean(wrong)}", file=sys.stderr)
        return FAILED
    from faqbot.terminal import reviewing

    sources = citation.sources_of(walk.file.knowledge, articles)
    reviewing.walk(walk, source_of=lambda entry: citation.around(entry, sources))
    print(walk.summary)
    return FINDINGS if walk.open else DONE


def _eval(options: argparse.Namespace) -> int:
    from faqbot.terminal import evaluating

    return DONE if evaluating.evaluate(options.file, options.questions, is_json=options.json) else FINDINGS


def _lines() -> Iterator[str]:
    """Yield the lines of standard input; bytes that are no UTF-8 are replaced, and endless lines cut."""
    while raw := sys.stdin.buffer.readline(LONGEST_LINE):
        rest = raw
        while rest and not rest.endswith(b"\n"):
            rest = sys.stdin.buffer.readline(LONGEST_LINE)
        yield raw.decode("utf-8", "replace").rstrip("\r\n")
