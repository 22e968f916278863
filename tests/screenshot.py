"""The chat in the README, recorded from a real run: python tests/screenshot.py rewrites it."""

import os
import re
import sys
import tempfile
from pathlib import Path

from faqbot.cli.chat.commands import WAIT
from terminal import Terminal

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(?<=```terminal\n).*?(?=```)", re.DOTALL)
ROWS = 15  # of the screen: enough for three lines of the menu
COMMAND = "python tests/screenshot.py"
TYPED = ("how lng does it tkae", "wrink")  # the last one is not sent: its menu shows


def recorded():
    """Return the screen after all of that was typed; that it had to wait for the first answer is left out."""
    terminal = Terminal("chat", "--no-history", rows=ROWS)
    terminal.until("/help  Ctrl-D")
    *sent, begun = TYPED
    for line in sent:
        terminal.type(line.encode() + b"\r")
        terminal.until(line)
        while not re.search(r"\n>\n\n.*$", terminal.screen()):
            terminal.read(0.1)
    terminal.type(begun.encode())
    terminal.until("wrinkles?")
    shown = terminal.settles()
    terminal.type(b"\x03")
    terminal.leave()
    return shown.replace(f"{WAIT}\n", "") + "\n"


def main():
    """Put a new recording into the README."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME": home, "XDG_STATE_HOME": home, "TERM": "xterm-256color"}
        text = README.read_text(encoding="utf-8")
        README.write_text(BLOCK.sub(lambda _: recorded(), text), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
