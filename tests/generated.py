"""What is made of the command line's parser and kept in the package: python tests/generated.py makes it anew.

The completion of three shells, and the man page.
"""

import argparse
import os
import re
import sys

import shtab
from argparse_manpage.manpage import Manpage

from conftest import ROOT
from faqbot.cli.arguments import parser

COMMAND = "python tests/generated.py"
FOLDER = ROOT / "faqbot/cli/shell"
SHELLS = ("bash", "zsh", "fish")
PATHS = ("FILE", "ARTICLE", "QUESTIONS", "LOG")  # arguments that are completed with names of files


def made():
    """Return the texts by the names of their files."""
    os.environ["COLUMNS"] = "80"
    texts = {f"faqbot.{shell}": shtab.complete(with_paths(parser()), shell) for shell in SHELLS}
    return {name: f"{text.rstrip()}\n" for name, text in (texts | {"faqbot.1": man_page()}).items()}


def with_paths(found):
    """Return a parser whose arguments that name files say so to shtab, and those of its commands too."""
    for action in found._actions:
        if action.metavar in PATHS:
            action.complete = shtab.FILE
        if isinstance(action, argparse._SubParsersAction):
            for own in action.choices.values():
                with_paths(own)
    return found


def man_page():
    """Return the man page without a date, which would change it every day."""
    page = str(Manpage(parser(), format="single-commands-section", _data={"project_name": "faqbot", "author": []}))
    return re.sub(r"^\.TH .*$", '.TH FAQBOT 1 "" "faqbot" "faqbot"', page, count=1, flags=re.MULTILINE)


def main():
    FOLDER.mkdir(exist_ok=True)
    for name, text in made().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
