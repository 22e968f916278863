"""Run a command and leave with its exit status. The only place that prints errors."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from faqbot.cli.arguments import COMMANDS, parser
from faqbot.cli.status import DONE, FAILED, INTERRUPTED
from faqbot.cli.text import clean
from faqbot.errors import QUOTED, FaqbotError, named
from faqbot.files import reason


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
                if error.filename:
                    wrong = f"{named(Path(os.fsdecode(error.filename)))}: {error.strerror}"
                else:
                    wrong = f"the output cannot be written: {reason(error)}"
                print(f"faqbot: {clean(wrong)}", file=sys.stderr, flush=True)
    os._exit(status)


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    if hasattr(sys.stdout, "reconfigure"):  # text that the terminal's encoding lacks must not end the program
        sys.stdout.reconfigure(errors="replace")
    if arguments and not arguments[0].startswith("-") and arguments[0] not in COMMANDS:
        wrong = f"there is no command {arguments[0][:QUOTED]!r}"
        hint = f"{wrong}; to ask it, or chat with that file: faqbot ask …, faqbot chat …"
        print(f"faqbot: {clean(hint)}", file=sys.stderr)
        return FAILED
    options = parser().parse_args(arguments)
    # Only the command that is run is loaded: prompt_toolkit alone takes as long as everything else.
    command: Callable[[argparse.Namespace], int] = import_module(f"faqbot.cli.{COMMANDS[options.command].module}").run
    try:
        return command(options)
    except FaqbotError as error:
        for wrong in str(error).splitlines():
            print(f"faqbot: {clean(wrong)}", file=sys.stderr)
        return FAILED
