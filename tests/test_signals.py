"""What the system's signals do to a program that has the terminal: it is put back, and the status is the usual one."""

import contextlib
import os
import signal
import termios
import time

import pytest

from terminal import Terminal

DRAFT = "# Peel\n\n## Does it hurt?\n\n- draft: yes\n\nA little.\n"
LOG = '{"question": "is it vegan", "verdict": "unanswered", "knowledge": "Peel"}\n'
READY = {"chat": "Tab completes", "review": "accept", "gaps": "find entry"}


@pytest.fixture(params=READY)
def command(request, tmp_path):
    (tmp_path / "peel.md").write_text(DRAFT)
    (tmp_path / "log").write_text(LOG)
    more = {"chat": ["--no-history"], "gaps": [tmp_path / "log"]}
    return [request.param, tmp_path / "peel.md", *more.get(request.param, [])]


def left(terminal):
    """Wait until the program has left, and return its exit status; below 0 the signal that it died of."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            terminal.read(0.1)
        except OSError:  # the other end is closed
            time.sleep(0.01)
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            with contextlib.suppress(OSError):
                while terminal.read(1):
                    pass
            return os.waitstatus_to_exitcode(status)
    terminal.kill()
    return None


def flags(terminal):
    return termios.tcgetattr(terminal.master)[3] & (termios.ICANON | termios.ECHO | termios.ISIG)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was(command, number):
    terminal = Terminal(*command)
    before = flags(terminal)
    terminal.until(READY[command[0]])
    assert flags(terminal) != before
    os.kill(terminal.pid, number)
    assert (left(terminal), flags(terminal)) == (-number, before)
    assert terminal.raw.rindex("\x1b[?2004l") > terminal.raw.rindex("\x1b[?2004h")  # pastes are plain again


def test_ctrl_d_typed_before_the_terminal_was_taken_leaves(command):
    terminal = Terminal(*command)
    terminal.type(b"\x04")
    assert left(terminal) == (0 if command[0] == "chat" else 1)
