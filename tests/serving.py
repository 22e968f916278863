"""A real server on a free port of this machine, for tests."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import httpx

START = 30  # seconds for a server to answer

GARAGE = """\
# The garage

- procedure: bike repair
- same: bike, bicycle, cycle
- same: tyre, tire, puncture

## When are you open?

- topic: visit
- from: leaflet, page 1

From **nine to five**, Monday to Friday. [Map](https://garage.example/map "Where")

## Where do I park?

- also: Is there a car park?
- topic: visit

Behind the house.

## How long does a repair take?

- also: When is my bike ready?
- topic: repairs

Two days:

1. a flat tyre, an hour
2. brakes, a day

## Do you repair electric bikes?

- topic: repairs

Yes, all makes. <img src=x onerror=alert(1)> [no](javascript:alert(1))

## Do you repair children's bikes?

- topic: repairs
- draft: yes

Yes.

## How much is a new chain?

- gap: Prices are not in this list. Ask at the desk.
"""


class Served:
    """A running server: its address, its lines on standard output and error, and a client of it."""

    def __init__(self, process):
        self.process = process
        self.log = []
        self.said = []
        self._threads = [
            threading.Thread(target=lambda: self.log.extend(line.decode() for line in process.stdout), daemon=True),
        ]
        self._threads[0].start()
        for line in process.stderr:
            self.said.append(line.decode())
            if found := re.search(r"http://\S+/", self.said[-1]):
                self.url = found[0].rstrip("/")
                break
        else:
            raise AssertionError("".join(self.said))
        self._threads.append(
            threading.Thread(target=lambda: self.said.extend(line.decode() for line in process.stderr), daemon=True)
        )
        self._threads[1].start()
        self.port = int(self.url.rpartition(":")[2])
        self.client = httpx.Client(base_url=self.url, timeout=30, trust_env=False)

    def ask(self, question, **more):
        return self.client.post("/ask", json={"question": question, **more})

    def lines(self):
        return [json.loads(line) for line in self.log]

    def until(self, is_so):
        """Wait until something holds, as long as a start may take."""
        end = time.monotonic() + START
        while not is_so() and time.monotonic() < end:
            time.sleep(0.01)

    def stop(self):
        """Tell it to stop, and return its exit status."""
        self.client.close()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(30)
        for thread in self._threads:
            thread.join(10)
        self.process.stdout.close()
        self.process.stderr.close()
        return status


@contextmanager
def served(*arguments, program=("-m", "faqbot"), folder=None):
    """Run `faqbot serve`, from this folder, on a free port until the end of the block."""
    process = subprocess.Popen(
        [sys.executable, *program, "serve", "--port", "0", *map(str, arguments)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        found = Served(process)
        yield found
        if process.poll() is None:
            found.stop()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()
