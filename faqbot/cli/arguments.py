"""The arguments of the command line, and its help."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final, NoReturn

from faqbot import __version__
from faqbot.cli import text

COMMANDS: Final = ("chat", "ask", "extract", "check", "review", "eval", "gaps")

EXAMPLES: Final = """\
examples:
  faqbot                                    chat about micro-needling, the knowledge base that ships with faqbot
  faqbot chat clinic.md                     chat with your own knowledge file
  faqbot ask "how long does it take"        one answer
  faqbot ask -k clinic.md -k spa.md "price"   from your own files
  faqbot ask --json < asked.txt             a question a line in, a JSON object a line out
  faqbot ask --explain "price"              one answer, and how it came about
  faqbot ask --batch asked.csv -o replies.csv   a file of questions, on all cores; again, where that was broken off
  faqbot extract leaflet.pdf -o clinic.md   a draft from an article; again, when the article has changed
  faqbot review clinic.md                   go through what was extracted, and accept, mend or drop it
  faqbot check clinic.md                    what is wrong with a knowledge file, and what is missing
  faqbot check clinic.md --source leaflet.pdf   and whether the article still says what the entries cite
  faqbot eval clinic.md asked.csv           how many of these questions it answers rightly, and what would help
  faqbot gaps clinic.md                     what people asked that it does not answer, to be answered

exit status: 0 answered or nothing found or left, 1 not answered or something found or left, 2 could not
environment: NO_COLOR turns colours off, XDG_STATE_HOME moves the history of the chat
"""


def parser() -> argparse.ArgumentParser:
    """Return what reads the arguments: the command's name is in `command`, and its options beside it."""
    found = _Parser(
        prog="faqbot", description="Answers questions from a FAQ, cites its source, and says when it does not know.",
        epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    found.add_argument("--version", action="version", version=f"faqbot {__version__}")
    found.set_defaults(command="chat", files=[], no_history=False, vi=False, quiet=False, plain=False, record=None)
    commands = found.add_subparsers(title="commands", metavar="COMMAND")

    talk = commands.add_parser("chat", help="chat in the terminal (the default)", allow_abbrev=False)
    talk.add_argument("files", nargs="*", metavar="FILE", help="knowledge files; micro-needling when none is given")
    talk.add_argument("--no-history", action="store_true", help="keep no history of what was typed")
    talk.add_argument("--vi", action="store_true", help="vi keys")
    talk.add_argument(
        "--plain", action="store_true", help="one line after the other, without menus and colours: for screen readers"
    )
    talk.add_argument("--quiet", action="store_true", help="no greeting")
    talk.add_argument("--record", type=Path, metavar="FILE", help="keep the questions without an answer in this log")
    talk.set_defaults(command="chat")

    ask = commands.add_parser("ask", help="answer questions and leave", allow_abbrev=False)
    ask.add_argument(
        "questions",
        nargs="*",
        metavar="QUESTION",
        help="one each, in quotes; a line each from standard input when none is given",
    )
    ask.add_argument(
        "-k", "--knowledge", action="append", default=[], metavar="FILE", help="knowledge file; may be repeated"
    )
    ask.add_argument("--json", action="store_true", help="one JSON object a line")
    ask.add_argument("--explain", action="store_true", help="tell how each reply came about")
    ask.add_argument(
        "--batch", default="", metavar="FILE", help="with -o: answer a file of questions: CSV, TSV or JSON Lines"
    )
    ask.add_argument(
        "-o", "--output", default="", metavar="FILE", help="with --batch: where the replies go: .csv, .tsv or .jsonl"
    )
    ask.add_argument("--restart", action="store_true", help="with --batch: begin anew what was broken off")
    ask.set_defaults(command="ask")

    extract = commands.add_parser("extract", help="make a draft of an article, or renew one", allow_abbrev=False)
    extract.add_argument(
        "articles",
        nargs="+",
        metavar="ARTICLE",
        help="text, Markdown, HTML, PDF or .docx; - is standard input; several about one procedure make one draft",
    )
    extract.add_argument(
        "-o",
        "--output",
        default="",
        metavar="FILE",
        help="where the draft goes, else standard output; what people did in it stays",
    )
    extract.add_argument("--title", default="", help="of the knowledge file; else the article's")
    extract.add_argument(
        "--nlp", action="store_true", help="find more questions, with a parser: needs the extra 'nlp', and takes longer"
    )
    extract.add_argument("--json", action="store_true", help="with -o: the report as a JSON object on standard output")
    extract.add_argument("--verbose", action="store_true", help="report everything, however long the lists")
    extract.set_defaults(command="extract")

    check = commands.add_parser("check", help="find what is wrong with knowledge files, or missing", allow_abbrev=False)
    check.add_argument("files", nargs="+", metavar="FILE", help="knowledge files")
    check.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="ARTICLE",
        help="compare what the entries cite with this article; may be repeated",
    )
    check.set_defaults(command="check")

    walk = commands.add_parser("review", help="go through a draft, entry by entry", allow_abbrev=False)
    walk.add_argument("file", metavar="FILE", help="knowledge file with entries that are drafts")
    walk.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="ARTICLE",
        help="show this article beside the entries; may be repeated",
    )
    walk.set_defaults(command="review")

    scores = commands.add_parser("eval", help="find out how many questions are answered rightly", allow_abbrev=False)
    scores.add_argument("file", metavar="FILE", help="knowledge file")
    scores.add_argument(
        "questions",
        nargs="?",
        default="",
        metavar="QUESTIONS",
        help="CSV, TSV or JSON: questions, and the entries that answer them; - is standard input; without it, each "
        "phrasing of the knowledge file is asked with itself left out",
    )
    scores.add_argument("--json", action="store_true", help="everything as a JSON object")
    scores.add_argument(
        "--tune",
        action="store_true",
        help="let them decide how sure to be before answering: written into FILE",
    )
    scores.set_defaults(command="eval")

    left = commands.add_parser("gaps", help="go through what people asked and got no answer to", allow_abbrev=False)
    left.add_argument("file", metavar="FILE", help="knowledge file")
    left.add_argument(
        "log",
        nargs="?",
        default="",
        metavar="LOG",
        help="of the questions; without it, what /record on in the chat keeps",
    )
    left.add_argument("--json", action="store_true", help="everything as a JSON object, deciding nothing")
    left.set_defaults(command="gaps")
    return found


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        super().error(text.clean(message))
