"""What Windows lacks is taken away: answering, checking, extracting and the chat without a screen do without it.

The libraries are those of this system, so what they call of it is not tried; that it is faqbot which calls is seen by
where the call comes from. And what no run comes past is read: whoever uses a name that Windows lacks asks for it first.
"""

import ast
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
    "time": ["tzset", "clock_settime", "pthread_getcpuclockid"],
}  # fmt: skip
READ = NAMES | {
    "socket": ["AF_UNIX", "SO_REUSEPORT", "SCM_RIGHTS", "CMSG_LEN", "CMSG_SPACE", "sethostname", "if_nameindex"],
    "select": ["poll", "epoll", "kqueue", "devpoll", "PIPE_BUF"],
}  # fmt: skip
METHODS = {"add_signal_handler", "remove_signal_handler", "add_child_handler"}
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


def unguarded(source):
    """Return the lines of a program that use what Windows lacks without asking or without a way round."""
    tree = ast.parse(source)
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [name.name for name in node.names]
            taken = [name.name for name in node.names] if isinstance(node, ast.ImportFrom) else []
            lacks = {name.partition(".")[0] for name in names} & MODULES or {*taken} & {*READ.get(names[0], ())}
            wanted, errors = None, {"ImportError", "ModuleNotFoundError"}
        elif isinstance(node, ast.Attribute):
            module = node.value.id if isinstance(node.value, ast.Name) else ""
            lacks = node.attr in READ.get(module, METHODS)
            wanted, errors = node.attr, {"AttributeError", "NotImplementedError"}
        else:
            continue
        if lacks and not is_guarded(node, above, wanted, errors):
            found.append(node.lineno)
    return found


def is_guarded(node, above, wanted, errors):
    """Return whether a node is used only where `hasattr` finds it, or where its want is caught."""
    while node in above:
        child, node = node, above[node]
        if isinstance(node, ast.If | ast.IfExp) and wanted:
            body = [node.body] if isinstance(node, ast.IfExp) else node.body
            asked = {one.value for one in ast.walk(node.test) if isinstance(one, ast.Constant)}
            if child in body and wanted in asked:
                return True
        if isinstance(node, ast.Try) and child in node.body:
            caught = {name.id for handler in node.handlers for name in ast.walk(handler) if isinstance(name, ast.Name)}
            if caught & errors:
                return True
        if isinstance(node, ast.With) and child in node.body:
            named = {name.id for item in node.items for name in ast.walk(item) if isinstance(name, ast.Name)}
            if named & errors:
                return True
    return False


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("import os\nos.fork()", [2]),
        ("import os\nif hasattr(os, 'fork'):\n    os.fork()\nos.fork()", [4]),
        ("import os\nif hasattr(os, 'fork'):\n    pass\nelse:\n    os.fork()", [5]),
        ("import os\nx = os.uname() if hasattr(os, 'uname') else ''", []),
        ("import os\ny = getattr(os, 'O_NOFOLLOW', 0)", []),
        ("import signal\nsignal.SIGHUP", [2]),
        ("from signal import SIGHUP", [1]),
        ("import fcntl", [1]),
        ("try:\n    import fcntl\nexcept ImportError:\n    pass", []),
        ("with suppress(OSError):\n    import fcntl", [2]),
        ("with suppress(OSError, AttributeError):\n    os.chown(a, 1, 1)", []),
        ("loop.add_signal_handler(1, leave)", [1]),
    ],
)
def test_the_audit_sees_what_is_not_asked_for(source, lines):
    assert unguarded(source) == lines


def test_no_call_of_what_windows_lacks_is_unguarded():
    found = {path: unguarded(path.read_text(encoding="utf-8")) for path in (ROOT / "faqbot").rglob("*.py")}
    assert len(found) > 100
    assert {path: lines for path, lines in found.items() if lines} == {}
