"""A real terminal for tests: needs a system with pseudo-terminals, which not everything that runs the tests has."""

import contextlib
import os
import pty
import re
import select
import signal
import sys
import termios
import time


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
