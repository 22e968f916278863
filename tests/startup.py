"""How long the chat takes to its first prompt, beside loading prompt_toolkit alone: python tests/startup.py."""

import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import termios
import time

RUNS = 20
PROMPT = b">"


def to_the_prompt(*arguments):
    """Return the seconds from the start of the program to its prompt on a terminal."""
    start = time.perf_counter()
    pid, master = pty.fork()
    if pid == 0:
        termios.tcsetwinsize(0, (24, 80))
        os.execv(sys.executable, [sys.executable, "-m", "faqbot", *arguments])
    shown = b""
    while PROMPT not in shown:
        if not select.select([master], [], [], 30)[0]:
            raise TimeoutError(shown)
        shown += os.read(master, 65536)
        if b"\x1b[6n" in shown:  # it asks where the cursor is: a terminal answers
            os.write(master, b"\x1b[1;1R")
    took = time.perf_counter() - start
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    os.close(master)
    return took


def to_import(module):
    """Return the seconds that Python takes to start, import a module, and leave."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)
    return time.perf_counter() - start


def main(arguments):
    """Time both by turns, so that what else the machine does falls on both, and print the medians."""
    prompts, imports = [], []
    for _ in range(RUNS):
        prompts.append(to_the_prompt(*arguments))
        imports.append(to_import("prompt_toolkit"))
    prompt, alone = statistics.median(prompts), statistics.median(imports)
    print(
        f"first prompt {prompt * 1000:.0f} ms, import prompt_toolkit {alone * 1000:.0f} ms: {prompt / alone:.2f} times"
    )
    print(f"fastest: {min(prompts) * 1000:.0f} and {min(imports) * 1000:.0f} ms, {RUNS} runs each by turns")


if __name__ == "__main__":
    main(sys.argv[1:])
