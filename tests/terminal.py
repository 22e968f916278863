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

import pyte
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
    """The whole program under a pseudo-terminal, and what its screen shows."""

    BEFORE = ()  # the command that runs it

    def __init__(self, *arguments, columns=80, rows=24):
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            termios.tcsetwinsize(0, (rows, columns))
            program = [*self.BEFORE, sys.executable, "-m", "faqbot", *map(str, arguments)]
            os.execv(program[0], program)
        self.unread = self.raw = ""
        self.page = pyte.Screen(columns, rows)
        self.page.write_process_input = lambda answer: os.write(self.master, answer.encode())
        self.stream = pyte.ByteStream(self.page)

    def read(self, seconds):
        """Read what comes within so many seconds, and return whether anything came."""
        if not select.select([self.master], [], [], seconds)[0]:
            return False
        data = os.read(self.master, 65536)
        self.stream.feed(data)  # asked where the cursor is, it answers
        text = data.decode("utf-8", "replace")
        self.raw += text
        self.unread += re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[=>]|\r", "", text)
        return True

    def until(self, text):
        """Read until `text` comes, and return all that came before it."""
        end = time.monotonic() + 30
        while text not in self.unread:
            assert time.monotonic() < end, f"no {text!r} in {self.unread!r}"
            self.read(0.1)
        before, _, self.unread = self.unread.partition(text)
        return before

    def screen(self):
        """Return the lines of the screen without blank ends; several blank ones in a row are one."""
        return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in self.page.display)).strip("\n")

    def comes_to(self, expected):
        """Read until the screen is this one."""
        end = time.monotonic() + 15
        while self.screen() != expected and time.monotonic() < end:
            self.read(0.1)
        assert self.screen() == expected

    def settles(self):
        """Read until nothing more comes, and return the screen."""
        while self.read(0.5):
            pass
        return self.screen()

    def resize(self, columns, rows=24):
        self.page.resize(rows, columns)
        termios.tcsetwinsize(self.master, (rows, columns))
        os.kill(self.pid, signal.SIGWINCH)

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
