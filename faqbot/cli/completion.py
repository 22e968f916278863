"""`faqbot completion`: print the completion of a shell."""

from __future__ import annotations

import argparse
from importlib.resources import files

from faqbot.cli.status import DONE


def run(options: argparse.Namespace) -> int:
    """Print what makes a shell complete commands and options; `python tests/generated.py` makes it."""
    print((files("faqbot.cli") / "shell" / f"faqbot.{options.shell}").read_text(encoding="utf-8"), end="")
    return DONE
