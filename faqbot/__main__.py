"""The program `faqbot`, as `python -m faqbot` too. Whoever presses Ctrl-C while it loads gets no traceback."""

import gc
import os
import signal

SELDOM = 100_000  # new objects until garbage is looked for: a start makes fewer, and none of them is garbage


def main() -> None:
    """Run the command line and leave with its exit status."""
    gc.set_threshold(SELDOM)
    # Matrices are small here: threads would take longer to wake than to work, and a batch has a process a core.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    is_usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # else somebody wants it ignored
    if is_usual:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # loading holds nothing that has to be left in order
    from faqbot.cli.main import run

    if is_usual:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()
