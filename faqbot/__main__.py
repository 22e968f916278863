"""The program `faqbot`, as `python -m faqbot` too. Whoever presses Ctrl-C while it loads gets no traceback."""

import contextlib
import gc
import os
import signal
import sys

SELDOM = 100_000  # new objects until garbage is looked for: a start makes fewer, and none of them is garbage


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.set_threshold(SELDOM)
    _leave_current_folder()
    os.environ["PYTHONSAFEPATH"] = "1"  # nor do the processes of `serve --workers`, which begin as `python -c`
    # Matrices are small here: threads would take longer to wake than to work, and a batch has a process a core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    is_usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # else somebody wants it ignored
    if is_usual:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # loading holds nothing that has to be left in order
    from faqbot.cli.main import run

    if is_usual:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


def _leave_current_folder() -> None:
    """Look for no module where the user stands, as `python -m` does: anybody may have put files there.

    What Python imports before this program it has looked for there: `python -P -m faqbot` does not, nor does `faqbot`.
    """
    with contextlib.suppress(OSError):  # the folder is gone
        here = os.getcwd()  # noqa: PTH109 - as Python spells it
        if not sys.flags.safe_path and sys.path[:1] == [here]:
            del sys.path[0]
            if os.path.dirname(os.path.dirname(__file__)) == here:  # noqa: PTH120 - a checkout that nobody installed
                sys.path.append(here)


if __name__ == "__main__":
    main()
