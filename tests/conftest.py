"""Every test runs in a home of its own, with a plain terminal and no settings from outside."""

import contextlib
import os
import pty
import re
import select
import signal
import sys
import termios
import time
from pathlib import Path

import pytest

from faqbot import Entry, FaqBot, KnowledgeBase

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch):
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(scope="session")
def bundled():
    return FaqBot.bundled()


@pytest.fixture(scope="session")
def garage():
    """A small knowledge base of another trade: a bicycle garage."""
    return KnowledgeBase(
        [
            Entry(question="When are you open?", answer="From nine to five, Monday to Friday.", topic="visit"),
            Entry(
                question="Where do I park?", answer="Behind the house.", phrasings=("Is there a car park?",),
                topic="visit",
            ),
            Entry(
                question="How long does a repair take?", answer="Two days, a flat tyre an hour.", topic="repairs",
                phrasings=("When is my bike ready?", "Is it quick?"),
            ),
            Entry(question="Do you repair electric bikes?", answer="Yes, all makes.", topic="repairs"),
            Entry(question="How much is a new chain?", gap="Prices are not in this list. Ask at the desk."),
        ],
        title="The garage",
        groups=[("bike", "bicycle", "cycle"), ("tyre", "tire", "puncture")],
    )  # fmt: skip


@pytest.fixture(scope="session")
def bot(garage):
    return FaqBot(garage)


class Terminal:
    """The whole program under a pseudo-terminal."""

    def __init__(self, *arguments, columns=80):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            termios.tcsetwinsize(0, (24, columns))
            os.execv(sys.executable, [sys.executable, "-m", "faqbot", *map(str, arguments)])
        self.unread = self.raw = ""

    def until(self, text):
        """Read until `text` is on the screen, and return all that came before it."""
        end = time.monotonic() + 30
        while text not in self.unread:
            assert time.monotonic() < end, f"no {text!r} in {self.unread!r}"
            if not select.select([self.master], [], [], 0.1)[0]:
                continue
            data = os.read(self.master, 65536).decode("utf-8", "replace")
            if "\x1b[6n" in data:  # prompt_toolkit asks where the cursor is: a terminal answers
                os.write(self.master, b"\x1b[1;1R")
            self.raw += data
            self.unread += re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[=>]|\r", "", data)
        before, _, self.unread = self.unread.partition(text)
        return before

    def type(self, keys):
        os.write(self.master, keys)

    def leave(self):
        """Press Ctrl-D until the program ends, and return its exit status."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with contextlib.suppress(OSError):  # the other end is closed already
                os.write(self.master, b"\x04")
                if select.select([self.master], [], [], 0.2)[0]:
                    os.read(self.master, 65536)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        return None

    def kill(self):
        """End the program as nothing can be done against."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
