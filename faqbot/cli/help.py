"""`faqbot help`: the manual, a page a topic, set as answers are; paged where there is a terminal and a pager."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from importlib.resources import files
from typing import Final

from faqbot.cli.arguments import COMMANDS, parser
from faqbot.cli.markdown import typeset
from faqbot.cli.status import DONE, UsageError
from faqbot.cli.text import Fragments, clean, columns, has_screen
from faqbot.errors import QUOTED
from faqbot.text import counted

ENDING: Final = ".md"
PAGERS: Final = (["less"], ["more"])  # the first that is installed, where $PAGER names none
_LINK: Final = re.compile(r"\[[^][\n]{1,100}\]\(([a-z-]{1,40})\.md\)")  # to another page
_BOLD: Final = "\x1b[1m"
_ITALIC: Final = "\x1b[3m"
_PLAIN: Final = "\x1b[0m"


def run(options: argparse.Namespace) -> int:
    """Print the list of topics, a page of the manual, or the options of a command that has none."""
    if not options.topic:
        print(_listed())
    elif options.topic in topics():
        _show(page(options.topic))
    elif options.topic in COMMANDS:
        parser().parse_args([options.topic, "--help"])
    else:
        raise UsageError(f"the manual has no page {options.topic[:QUOTED]!r}; its pages are {', '.join(topics())}")
    return DONE


def topics() -> tuple[str, ...]:
    """Return the names of the manual's pages, sorted."""
    names = (one.name for one in (files("faqbot") / "manual").iterdir())
    return tuple(sorted(name.removesuffix(ENDING) for name in names if name.endswith(ENDING)))


def page(topic: str) -> str:
    """Return a page of the manual, as Markdown."""
    return (files("faqbot") / "manual" / f"{topic}{ENDING}").read_text(encoding="utf-8")


def _listed() -> str:
    width = max(map(len, topics()))
    rows = (f"  {topic:<{width}}  {page(topic).partition(chr(10))[0].removeprefix('# ')}" for topic in topics())
    return "\n".join([f"the manual has {counted(len(topics()), 'page')}; faqbot help TOPIC shows one:", "", *rows])


def _show(text: str) -> None:
    linked = _LINK.sub(r"`faqbot help \1`", text).rstrip()
    shown = typeset(linked, columns(sys.stdout))
    plain = "".join(part for _, part in shown)
    command = _pager() if has_screen() else None
    if command is None:
        print(plain)
        return
    # Only less is known to read what makes words bold.
    is_styled = command[0].endswith("less") and not os.environ.get("NO_COLOR")
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's while it runs
    try:
        subprocess.run(  # noqa: S603 - the program that the person's own setting names
            command, input=_styled(shown) if is_styled else plain, env={"LESS": "FRX", **os.environ},
            encoding="utf-8", errors="replace", check=False,
        )  # fmt: skip
    except OSError:
        print(plain)
    finally:
        signal.signal(signal.SIGINT, before)


def _pager() -> list[str] | None:
    """Return the command that shows a text page by page: $PAGER, or what there is; None for none."""
    own: list[str] = []
    with suppress(ValueError):  # a quotation mark that is not closed
        own = shlex.split(os.environ.get("PAGER", ""))
    for command in (own, *PAGERS):
        if command and (path := shutil.which(command[0])):
            return [path, *command[1:]]
    return None


def _styled(shown: Fragments) -> str:
    codes = {"bold": _BOLD, "italic": _ITALIC}
    parts = []
    for style, text in shown:
        begins = "".join(codes.get(word, "") for word in style.split())
        parts.append(f"{begins}{clean(text)}{_PLAIN}" if begins else clean(text))
    return "".join(parts)
