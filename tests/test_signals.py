"""What the system's signals do to a program that has the terminal: it is put back, and the status is the usual one."""

import os
import signal

import pytest

from faqbot.cli import signals
from terminal import Terminal

DRAFT = "# Peel\n\n## Does it hurt?\n\n- draft: yes\n\nA little.\n"
LOG = '{"question": "is it vegan", "verdict": "unanswered", "knowledge": "Peel"}\n'
READY = {"chat": "Tab completes", "review": "accept", "gaps": "find entry"}


class Shell(Terminal):
    """A terminal whose shell runs the program, and then says how it ended and what became of the terminal."""

    THEN = 'echo "status $?"; stty -a; echo done'
    BEFORE = ("/bin/sh", "-c", f'ulimit -c 0; trap : TERM HUP QUIT USR1; "$@"; {THEN}', "sh")

    def stopped(self):
        self.until("status ")
        status, _, modes = self.until("done").partition("\n")
        return int(status), {"icanon", "echo", "isig"} & {*modes.replace(";", " ").split()}

    def end(self):
        found = self.stopped()
        os.waitpid(self.pid, 0)
        return found


@pytest.fixture(params=READY)
def command(request, tmp_path):
    (tmp_path / "peel.md").write_text(DRAFT)
    (tmp_path / "log").write_text(LOG)
    more = {"chat": ["--no-history"], "gaps": [tmp_path / "log"]}
    return [request.param, tmp_path / "peel.md", *more.get(request.param, [])]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1])
def test_a_signal_that_ends_it_leaves_the_terminal_as_it_was(command, number):
    terminal = Shell(*command)
    terminal.until(READY[command[0]])
    os.killpg(terminal.pid, number)
    assert terminal.end() == (128 + number, {"icanon", "echo", "isig"})
    assert terminal.raw.rindex("\x1b[?2004l") > terminal.raw.rindex("\x1b[?2004h")  # pastes are plain again


class Jobs(Shell):
    """One whose shell goes on when the program is stopped, and then lets it go on."""

    BEFORE = ("/bin/bash", "-c", f'set -m; "$@"; {Shell.THEN}; fg', "bash")


def test_a_program_that_is_stopped_puts_the_terminal_back_and_takes_it_again(tmp_path):
    (tmp_path / "peel.md").write_text(DRAFT.replace("- draft: yes\n\n", ""))
    terminal = Jobs("chat", tmp_path / "peel.md", "--no-history")
    terminal.until(READY["chat"])
    os.killpg(os.tcgetpgrp(terminal.master), signal.SIGTSTP)
    assert terminal.stopped() == (128 + signal.SIGTSTP, {"icanon", "echo", "isig"})
    terminal.type(b"does it hurt\r")
    terminal.until("A little.")
    assert terminal.leave() == 0


def test_ctrl_d_typed_before_the_terminal_was_taken_leaves(command):
    terminal = Shell(*command)
    terminal.type(b"\x04")
    assert terminal.end()[0] == (0 if command[0] == "chat" else 1)


def test_ctrl_c_ends_the_reading_of_an_article_whatever_library_is_at_work():
    """It dies of the signal: Python hears of one only when a library in C comes back."""
    terminal = Terminal("extract", "-")
    terminal.until("Ctrl-D ends it")
    os.kill(terminal.pid, signal.SIGINT)
    assert os.waitstatus_to_exitcode(os.waitpid(terminal.pid, 0)[1]) == -signal.SIGINT


def test_what_ends_at_once_is_over_afterwards_and_leaves_an_ignored_ctrl_c_ignored():
    usual = signal.getsignal(signal.SIGINT)
    try:
        for handler, inside in ((signal.default_int_handler, signal.SIG_DFL), (signal.SIG_IGN, signal.SIG_IGN)):
            signal.signal(signal.SIGINT, handler)
            with signals.at_once():
                assert signal.getsignal(signal.SIGINT) is inside
            assert signal.getsignal(signal.SIGINT) is handler
    finally:
        signal.signal(signal.SIGINT, usual)
