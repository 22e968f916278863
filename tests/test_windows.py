"""What Windows lacks is taken away: answering, checking, extracting and the chat without a screen do without it.

The libraries are those of this system, so what they call of it is not tried; that it is faqbot which calls is seen by
where the call comes from.
"""

import os
import subprocess
import sys

import pytest

from conftest import ROOT

# The modules and names that the documentation of Python's standard library has as "Availability: Unix".
MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty", "curses", "readline", "crypt"}
NAMES = {
    "os": [
        "chown", "ctermid", "fchdir", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid", "getgid",
        "getgroups",
        "getpgid", "getpgrp", "getpriority", "getuid", "killpg", "lchown", "lockf", "mkfifo", "mknod", "nice",
        "openpty",
        "pread", "preadv", "pwrite", "register_at_fork", "sched_getaffinity", "sendfile", "setpgid", "setsid", "setuid",
        "statvfs", "sync", "tcgetpgrp", "tcsetpgrp", "ttyname", "uname", "wait", "wait3", "wait4", "waitid",
        "O_CLOEXEC", "O_DIRECTORY", "O_NOCTTY", "O_NOFOLLOW", "O_NONBLOCK", "O_SYNC", "WNOHANG", "fwalk",
    ],
    "signal": [
        "SIGALRM", "SIGCHLD", "SIGCONT", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGTSTP", "SIGUSR1", "SIGWINCH",
        "alarm", "pause", "pthread_kill", "pthread_sigmask", "setitimer", "siginterrupt", "sigwait", "SIG_BLOCK",
    ],
    "time": ["tzset", "clock_settime"],
}  # fmt: skip
PROGRAM = f"""
import builtins, os, signal, sys, time
sys.path.insert(0, {str(ROOT)!r})

def is_ours():
    frame = sys._getframe(2)
    while frame and frame.f_code.co_filename.startswith("<frozen"):
        frame = frame.f_back
    return frame is not None and {str(ROOT / "faqbot")!r} in frame.f_code.co_filename

load = builtins.__import__
def without(name, *more, **named):
    if name.partition(".")[0] in {MODULES} and is_ours():
        raise ModuleNotFoundError(f"Windows has no {{name}}")
    return load(name, *more, **named)
builtins.__import__ = without

class Windows:
    "A module without what Windows lacks, for whoever of ours asks."
    def __init__(self, module, names):
        self.__dict__.update(of=module, names=names)
    def __getattr__(self, name):
        if name in self.names and is_ours():
            raise AttributeError(f"Windows has no {{self.of.__name__}}.{{name}}")
        return getattr(self.of, name)
    def __setattr__(self, name, value):
        setattr(self.of, name, value)

for name, names in {NAMES}.items():
    sys.modules[name] = Windows(sys.modules[name], names)
from faqbot.cli import main as cli
status = cli.main(sys.argv[1:])
sys.stdout.flush()
os._exit(status)
"""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask", "-k", "faq.md", "how long"], "An hour."),
        (["ask", "-k", "faq.md", "--json", "how long"], '"text": "An hour."'),
        (["ask", "-k", "faq.md", "--batch", "asked.txt", "-o", "out.csv"], "out.csv: 1 question"),
        (["check", "faq.md"], "faq.md: nothing to mend"),
        (["extract", "mud.txt", "-o", "draft.md"], "faqbot review draft.md"),
        (["chat", "faq.md"], "An hour."),
        (["chat", "--record", "log.jsonl", "faq.md"], "Saved in "),
        (["gaps", "faq.md", "kept.jsonl"], "is it vegan"),
        (["eval", "faq.md", "asked.csv"], "1 question"),
        (["help", "eval"], "How many questions"),
    ],
)
def test_without_what_windows_lacks(arguments, says, tmp_path):
    (tmp_path / "faq.md").write_text("# Mud\n\n## How long does it take?\n\nAn hour.\n")
    (tmp_path / "mud.txt").write_text("Mud bathing\n\nMud bathing takes an hour.\n")
    (tmp_path / "asked.txt").write_text("how long\n")
    (tmp_path / "asked.csv").write_text("question,expected\nhow long,how-long-does-it-take\n")
    (tmp_path / "kept.jsonl").write_text('{"question": "is it vegan", "verdict": "unanswered", "knowledge": "Mud"}\n')
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], capture_output=True, text=True, check=False, timeout=60,
        input="how long\nis it vegan\n/save said.md\n/record off\n", cwd=tmp_path, env={**os.environ},
    )  # fmt: skip
    assert says in done.stdout + done.stderr, done.stderr
    assert "Windows has no" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
