"""Programs killed at random moments while they write, and what is on disk then.

python tests/killed.py KIND COUNT SEED prints as JSON how many runs there were, how many of them were killed before they
ended by themselves, how many left a half-written file of another name behind, and what was lost.
"""

import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from dataclasses import replace
from pathlib import Path

import numpy as np

from faqbot import FaqBot
from faqbot.answering.feedback import Feedback, Verdict
from faqbot.evaluation import gaps
from faqbot.evaluation import log as query_log
from faqbot.evaluation.triage import Triage
from faqbot.knowledge import reader, writer
from faqbot.knowledge.review import Review

ENTRIES = 60
LONGEST = 0.08  # seconds until a kill: all of what is written is written within
BASE = "# T\n\n" + "".join(f"## Number {n}?\n\n- draft: yes\n\nIt is {n}.\n\n" for n in range(ENTRIES))
ASKED = [f"may {word} come along" for word in ("ann", "bob", "cats", "dogs", "elk", "foxes", "gnus", "hens")]


class Letters:
    """An encoder of little sense: how often each letter occurs."""

    identity = "letters 1"

    def encode(self, texts):
        return np.array([[text.count(letter) + 0.1 for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts])


class Saving:
    """A knowledge file written over and over: it is one of the versions, to the letter."""

    def __init__(self, folder):
        self.path = folder / "faq.md"
        self.path.write_text(BASE)
        first = reader.read(self.path)
        entries = [replace(first.knowledge.entries[0], answer="Else."), *first.knowledge.entries[1:]]
        self.files = (first, writer.update(first, replace(first.knowledge, entries=entries)))

    def work(self, done):
        while True:
            for file in self.files:
                writer.save(file)
                done()

    def lost(self, done):
        text = self.path.read_text()
        return "" if text in [file.text for file in self.files] else f"the file has {len(text)} characters"


class Reviewing:
    """A review: what was accepted before the kill is accepted in the file, and all else is as it was."""

    def __init__(self, folder):
        self.path = folder / "faq.md"

    def work(self, done):
        walk = Review(reader.read(self.path))
        while walk.open:
            walk.accept()
            done()

    def prepare(self):
        self.path.write_text(BASE)

    def lost(self, done):
        drafts = [entry.draft for entry in reader.read(self.path).knowledge.entries]
        accepted = drafts.count(False)
        is_whole = len(drafts) == ENTRIES and drafts == sorted(drafts) and done <= accepted <= done + 1
        return "" if is_whole else f"{done} decisions, {accepted} in the file of {len(drafts)}"


class Gaps:
    """A walk through gaps: each answer is in the file, each dismissal in the log."""

    def __init__(self, folder):
        self.path, self.log = folder / "faq.md", folder / "log"

    def prepare(self):
        self.path.write_text(BASE)
        self.log.unlink(missing_ok=True)
        keep = query_log.recorder(self.log, "T")
        for question in ASKED:
            keep(Feedback(question, Verdict.UNANSWERED, 0.0))
        file = reader.read(self.path)
        log, bot = query_log.read(self.log, "T"), FaqBot(file.knowledge, encoder=None)
        self.walk = Triage(file, log, gaps.find(bot, log.asked), bot)

    def work(self, done):
        while gap := self.walk.cluster:
            self.walk.dismiss()
            done()
            if self.walk.cluster:
                self.walk.add_answer(self.walk.cluster.typical.text, "Yes.")
                done()
            assert self.walk.cluster is not gap

    def lost(self, done):
        entries = len(reader.read(self.path).knowledge.entries) - ENTRIES
        log = query_log.read(self.log, "T")
        is_whole = log.unreadable <= 1 and len(log.asked) + log.dismissed == len(ASKED)
        answered, dismissed = done // 2, (done + 1) // 2
        is_there = answered <= entries <= answered + 1 and log.dismissed >= dismissed
        return "" if is_whole and is_there else f"{done} decisions, {entries} entries, {log}"


class Recording:
    """A log that grows: every question before the kill is in it, and at most one line is torn."""

    def __init__(self, folder):
        self.log = folder / "log"

    def prepare(self):
        self.log.unlink(missing_ok=True)

    def work(self, done):
        keep = query_log.recorder(self.log, "T")
        for number in range(10**9):
            keep(Feedback(f"is it number {number}", Verdict.UNANSWERED, 0.0))
            done()

    def lost(self, done):
        if not self.log.exists():
            return "" if not done else "no log"
        log = query_log.read(self.log, "T")
        return "" if log.unreadable <= 1 and len(log.asked) >= min(done, query_log.MOST) else f"{done}: {log}"[:200]


class Caching:
    """What is kept between runs: a bot replies as it does without it, whatever was half made."""

    def __init__(self, folder):
        self.cache = folder / "cache"
        self.base = reader.parse(BASE, "faq.md").knowledge
        self.expected = FaqBot(self.base, encoder=Letters()).ask("numbr of them")

    def work(self, done):
        for number in range(10**9):
            more = replace(self.base, title=f"T{number}", entries=self.base.entries[: 1 + number % ENTRIES])
            for base in (more, self.base):
                FaqBot(base, encoder=Letters(), cache=self.cache).ask("numbr of them")
            for path in self.cache.rglob("*"):
                if path.is_file():
                    path.unlink()
            done()

    def lost(self, done):
        reply = FaqBot(self.base, encoder=Letters(), cache=self.cache).ask("numbr of them")
        return "" if reply == self.expected else f"{reply}"


KINDS = {"saving": Saving, "reviewing": Reviewing, "gaps": Gaps, "recording": Recording, "caching": Caching}


def killed(work, seconds):
    """Run work in a process of its own and kill it after so many seconds.

    Return how much it said was done by then, and whether it had not ended by itself before.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.write(writing, b"s")
            work(lambda: os.write(writing, b"."))
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    os.close(writing)
    os.read(reading, 1)  # it has begun
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if status > 0:
        raise RuntimeError("the work itself went wrong")
    done = 0
    while data := os.read(reading, 65536):
        done += len(data)
    os.close(reading)
    return done, status == -signal.SIGKILL


def main(kind, count, seed):
    chance = random.Random(seed)
    lost, torn, kills = [], 0, 0
    with tempfile.TemporaryDirectory() as name:
        one = KINDS[kind](Path(name))
        for _ in range(count):
            getattr(one, "prepare", lambda: None)()
            done, is_killed = killed(one.work, chance.uniform(0, LONGEST))
            kills += is_killed
            wrong = one.lost(done)
            lost += [wrong] * bool(wrong)
            torn += bool(list(Path(name).rglob(".faqbot-*")))
            for left in Path(name).rglob(".faqbot-*"):
                left.unlink()
    print(json.dumps({"runs": count, "kills": kills, "left": torn, "lost": lost}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
