"""The commands, their arguments, and the help.

A new command is a module with `run(options) -> int`, a function here that adds its arguments, and a line in COMMANDS.
"""

from __future__ import annotations

import argparse
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NoReturn

from faqbot import __version__
from faqbot.cli import text

EXAMPLES: Final = """\
examples:
  faqbot                                    chat about micro-needling, the knowledge base that ships with faqbot
  faqbot chat clinic.md                     chat with your own knowledge file
  faqbot ask "how long does it take"        one answer
  faqbot ask -k clinic.md -k spa.md "price"   from your own files
  faqbot ask --json < asked.txt             a question a line in, a JSON object a line out
  faqbot ask --explain "price"              one answer, and how it came about
  faqbot ask --batch asked.csv -o replies.csv   a file of questions, on all cores; again, where that was broken off
  faqbot import faq.html -o clinic.md       a knowledge file of a FAQ that you have: page, table, JSON, export, …
  faqbot export clinic.md -o clinic.xlsx    and back, for a reviewer; also .csv, .json, .html, FAQPage data
  faqbot extract leaflet.pdf -o clinic.md   a draft from an article; again, when the article has changed
  faqbot review clinic.md                   go through what was extracted, and accept, mend or drop it
  faqbot review clinic.md --sheet clinic.xlsx   the same in a spreadsheet: written first, read back the next time
  faqbot check clinic.md                    what is wrong with a knowledge file, and what is missing
  faqbot check clinic.md --source leaflet.pdf   and whether the article still says what the entries cite
  faqbot eval clinic.md asked.csv           how many of these questions it answers rightly, and what would help
  faqbot gaps clinic.md                     what people asked that it does not answer, to be answered
  faqbot help extract                       more than this, a page a topic
  faqbot serve clinic.md                    a web page, an HTTP service and MCP on http://127.0.0.1:8000/

exit status: 0 answered or nothing found or left, 1 not answered or something found or left, 2 could not
environment: NO_COLOR turns colours off, XDG_STATE_HOME moves the history of the chat
"""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the program.

    Attributes:
        module: of `faqbot.cli`, which has `run(options) -> int`.
        help: what it does, in a line.
        add: adds its arguments.
    """

    module: str
    help: str
    add: Callable[[ArgumentParser], object]


def parser() -> ArgumentParser:
    """Return what reads the arguments: the command's name is in `command`, and its options beside it."""
    found = _Parser(
        prog="faqbot", description="Answers questions from a FAQ, cites its source, and says when it does not know.",
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    found.add_argument("--version", action="version", version=f"faqbot {__version__}")
    found.set_defaults(command="chat", files=[], no_history=False, vi=False, quiet=False, plain=False, record=None)
    commands = found.add_subparsers(title="commands", metavar="COMMAND")
    for name, command in COMMANDS.items():
        own = commands.add_parser(name, help=command.help, allow_abbrev=False)
        command.add(own)
        own.set_defaults(command=name)
    return found


def _chat(to: ArgumentParser) -> None:
    to.add_argument("files", nargs="*", metavar="FILE", help="knowledge files; micro-needling when none is given")
    to.add_argument("--no-history", action="store_true", help="keep no history of what was typed")
    to.add_argument("--vi", action="store_true", help="vi keys")
    to.add_argument(
        "--plain", action="store_true", help="one line after the other, without menus and colours: for screen readers"
    )
    to.add_argument("--quiet", action="store_true", help="no greeting")
    to.add_argument("--record", type=Path, metavar="FILE", help="keep the questions without an answer in this log")


def _ask(to: ArgumentParser) -> None:
    to.add_argument(
        "questions", nargs="*", metavar="QUESTION",
        help="one each, in quotes; a line each from standard input when none is given",
    )  # fmt: skip
    to.add_argument(
        "-k", "--knowledge", action="append", default=[], metavar="FILE", help="knowledge file; may be repeated"
    )
    to.add_argument("--json", action="store_true", help="one JSON object a line")
    to.add_argument("--explain", action="store_true", help="tell how each reply came about")
    to.add_argument(
        "--batch", default="", metavar="FILE", help="with -o: answer a file of questions: CSV, TSV or JSON Lines"
    )
    to.add_argument(
        "-o", "--output", default="", metavar="FILE", help="with --batch: where the replies go: .csv, .tsv or .jsonl"
    )
    to.add_argument("--restart", action="store_true", help="with --batch: begin anew what was broken off")


def _import(to: ArgumentParser) -> None:
    to.add_argument(
        "files", nargs="+", metavar="FILE", help="a FAQ: Markdown, HTML, text, CSV, Excel, JSON, YAML, Word, PDF, …"
    )
    to.add_argument("-o", "--output", default="", metavar="FILE", help="the knowledge file, else standard output")
    to.add_argument("--title", default="", help="of the knowledge file; else the FAQ's")


def _export(to: ArgumentParser) -> None:
    to.add_argument("file", metavar="FILE", help="knowledge file")
    to.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="FILE",
        help="its ending says the form: .xlsx, .csv, .tsv, .json, .html, .jsonld",
    )
    to.add_argument("--form", default="", choices=["qnamaker", "jsonld"], metavar="FORM", help="qnamaker, jsonld")


def _extract(to: ArgumentParser) -> None:
    to.add_argument(
        "articles", nargs="+", metavar="ARTICLE",
        help="text, Markdown, HTML, PDF or .docx; - is standard input; several about one procedure make one draft",
    )  # fmt: skip
    to.add_argument(
        "-o", "--output", default="", metavar="FILE",
        help="where the draft goes, else standard output; what people did in it stays",
    )  # fmt: skip
    to.add_argument("--title", default="", help="of the knowledge file; else the article's")
    to.add_argument("--json", action="store_true", help="with -o: the report as a JSON object on standard output")
    to.add_argument("--verbose", action="store_true", help="report everything, however long the lists")


def _check(to: ArgumentParser) -> None:
    to.add_argument("files", nargs="+", metavar="FILE", help="knowledge files")
    _source(to, "compare what the entries cite with this article; may be repeated")


def _review(to: ArgumentParser) -> None:
    to.add_argument("file", metavar="FILE", help="knowledge file with entries that are drafts")
    _source(to, "show this article beside the entries; may be repeated")
    to.add_argument(
        "--sheet", default="", metavar="SHEET",
        help="without a screen: write the draft to this .xlsx, .csv or .tsv; once that is there, take its changes over",
    )  # fmt: skip


def _source(to: ArgumentParser, what: str) -> None:
    to.add_argument("--source", action="append", default=[], metavar="ARTICLE", help=what)


def _eval(to: ArgumentParser) -> None:
    to.add_argument("file", metavar="FILE", help="knowledge file")
    to.add_argument(
        "questions", nargs="?", default="", metavar="QUESTIONS",
        help="CSV, TSV or JSON: questions, and the entries that answer them; - is standard input; without it, each "
        "phrasing of the knowledge file is asked with itself left out",
    )  # fmt: skip
    to.add_argument("--json", action="store_true", help="everything as a JSON object")
    to.add_argument(
        "--tune", action="store_true", help="let them decide how sure to be before answering: written into FILE"
    )


def _gaps(to: ArgumentParser) -> None:
    to.add_argument("file", metavar="FILE", help="knowledge file")
    to.add_argument(
        "log", nargs="?", default="", metavar="LOG",
        help="of the questions; without it, what /record on in the chat keeps",
    )  # fmt: skip
    to.add_argument("--json", action="store_true", help="everything as a JSON object, deciding nothing")


def _serve(to: ArgumentParser) -> None:
    to.add_argument("files", nargs="*", metavar="FILE", help="knowledge files; micro-needling when none is given")
    to.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1: this machine alone)")
    to.add_argument("--port", type=_whole(0, 65_535), default=8000, help="port to listen on (8000); 0 is any free one")
    to.add_argument("--workers", type=_whole(1, 64), default=1, metavar="N", help="processes that answer (1)")
    to.add_argument("--title", default="", help="of the page; else that of the knowledge base")
    to.add_argument("--notice", default="", metavar="TEXT", help="on the page, instead of that no person answers")
    to.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME", help="a name of this server; may be repeated"
    )
    to.add_argument(
        "--allow-origin", action="append", default=[], metavar="ORIGIN",
        help="another site whose pages may ask, as https://clinic.example; may be repeated",
    )  # fmt: skip
    to.add_argument("--token-file", type=Path, metavar="FILE", help="ask every request for the token in this file")
    to.add_argument(
        "--rate", type=_whole(0, 1_000_000), metavar="N",
        help="requests a minute of one client; 0 is no limit (120, and none for this machine)",
    )  # fmt: skip
    to.add_argument("--proxy", action="store_true", help="behind a proxy, which names clients in X-Forwarded-For")
    to.add_argument("--record", type=Path, metavar="FILE", help="keep the questions without an answer in this log")


def _mcp(to: ArgumentParser) -> None:
    to.add_argument("files", nargs="*", metavar="FILE", help="knowledge files; micro-needling when none is given")


def _completion(to: ArgumentParser) -> None:
    to.add_argument("shell", choices=("bash", "zsh", "fish"), help="whose completion to print")


def _whole(lowest: int, highest: int) -> Callable[[str], int]:
    def number(written: str) -> int:
        if not (written.isascii() and written.isdigit() and lowest <= int(written[:9]) <= highest):
            raise argparse.ArgumentTypeError(f"{written!r} is no whole number from {lowest} to {highest}")
        return int(written)

    return number


def _help(to: ArgumentParser) -> None:
    to.add_argument("topic", nargs="?", default="", metavar="TOPIC", help="a page of the manual; without it, the list")


COMMANDS: Final = {
    "chat": Command("chat.start", "chat in the terminal (the default)", _chat),
    "ask": Command("ask", "answer questions and leave", _ask),
    "import": Command("imports", "make a knowledge file of a FAQ in another form", _import),
    "export": Command("exports", "write a knowledge file in another form", _export),
    "extract": Command("extract", "make a draft of an article, or renew one", _extract),
    "check": Command("check", "find what is wrong with knowledge files, or missing", _check),
    "review": Command("review", "go through a draft, entry by entry", _review),
    "eval": Command("evaluate", "find out how many questions are answered rightly", _eval),
    "gaps": Command("gaps", "go through what people asked and got no answer to", _gaps),
    "serve": Command("serve", "answer on a web page, over HTTP and over MCP", _serve),
    "mcp": Command("mcp", "answer an assistant over MCP on standard input and output", _mcp),
    "completion": Command("completion", "print the completion of a shell", _completion),
    "help": Command("help", "show a page of the manual", _help),
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(text.clean(message))
