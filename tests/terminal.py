"""Terminals for tests, drawn and real: the real one needs a system with pseudo-terminals, which not every one has."""

import contextlib
import os
import pty
import re
import select
import signal
import sys
import termios
import time

from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

LOOK, STOP = "\x1b[24~", "\x1b[23~"  # F12 takes a picture of the screen, F11 ends: keys that no screen has a use for


class Sized(DummyOutput):
    """A terminal of this size."""

    def __init__(self, columns, rows):
        self.size = Size(rows, columns)

    def get_size(self):
        return self.size


def screens(application, *keys, columns=80, rows=24, meanwhile=lambda: None):
    """Return the screens of an application at each LOOK among the keys, and do something at each of them."""
    taken = []
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=Sized(columns, rows)):
        app = application()

        @app.key_bindings.add("f12")
        def _(event):
            app.renderer.render(app, app.layout)
            buffer = app.renderer.last_rendered_screen.data_buffer
            lines = ("".join(buffer[row][column].char for column in range(columns)) for row in range(rows))
            taken.append("\n".join(line.rstrip() for line in lines))
            meanwhile()

        @app.key_bindings.add("f11")
        def _(event):
            app.exit()

        pipe.send_text("".join([*keys, STOP]))
        app.run()
    return taken


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
