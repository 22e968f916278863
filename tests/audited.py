"""Commands of faqbot run under an audit hook, which hears of all that Python does to the world outside.

    python tests/audited.py REPORT < commands.json

The commands are a list of lists of arguments; REPORT gets what they did as JSON: files opened for writing or changed
otherwise, and everything that no command may do.
"""

import io
import json
import os
import sys

CANARY = "canary_of_the_tests"  # hostile texts hold code that names it: nobody may compile that

FORBIDDEN = (
    "socket.bind", "socket.connect", "socket.send", "socket.get", "subprocess.Popen", "os.system", "os.exec",
    "os.posix_spawn", "os.spawn", "os.fork", "os.startfile",
    "pty.spawn", "pickle.find_class", "urllib.Request", "ftplib.", "smtplib.", "http.client.", "webbrowser.open",
    "ctypes.dlsym/handle", "code.__new__", "cpython.run_",
)  # fmt: skip
CHANGES = {
    "os.rename": 1, "os.remove": 0, "os.rmdir": 0, "os.mkdir": 0, "os.link": 1, "os.symlink": 1, "os.truncate": 0,
    "os.chmod": 0, "os.chown": 0, "os.utime": 0, "shutil.copyfile": 1, "shutil.move": 1, "shutil.rmtree": 0,
}  # fmt: skip
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main():
    report, commands = sys.argv[1], json.load(sys.stdin)
    changed, forbidden = set(), []

    def hear(event, arguments):
        is_secret = event == "open" and str(arguments[0]).endswith("/passwd")
        if is_secret or event.startswith(FORBIDDEN):
            forbidden.append(f"{event} {str(arguments)[:200]}")
        elif event == "open" and not isinstance(arguments[0], int) and (arguments[2] or 0) & WRITING:
            changed.add(os.fsdecode(arguments[0]))
        elif event in CHANGES:
            changed.add(str(arguments[CHANGES[event]]))
        elif event in ("compile", "exec") and CANARY in str(getattr(arguments[0], "co_names", arguments[0])):
            forbidden.append(f"{event} {str(arguments)[:200]}")

    from faqbot.cli import main as cli  # noqa: PLC0415

    with open(report, "w") as written:  # noqa: PTH123 - opened before anything is heard
        sys.addaudithook(hear)
        statuses, said = [], []
        for command in commands:
            out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
            sys.stdout = sys.stderr = out
            sys.stdin = io.TextIOWrapper(io.BytesIO(command.get("stdin", "").encode()), encoding="utf-8")
            try:
                statuses.append(cli.main(command["arguments"]))
            except SystemExit as left:
                statuses.append(left.code)
            except BaseException as error:  # a traceback is what no command may show
                statuses.append(repr(error))
            out.flush()
            said.append(out.buffer.getvalue().decode("utf-8", "replace"))
        found = {"changed": sorted(changed), "forbidden": forbidden, "statuses": statuses, "said": said}
        written.write(json.dumps(found))


if __name__ == "__main__":
    main()
