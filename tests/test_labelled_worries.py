"""Labelled worries and look-alikes, and messages with several questions: shares that must not fall.

Half of tests/data/worries.jsonl was written before the signs were, and nobody looked at what goes wrong in it. Shares
are held a little below what was measured: 103 of 105 worries, 2 of 104 look-alikes.
"""

import json
import math

import pytest

from conftest import DATA
from faqbot import Entry, FaqBot, KnowledgeBase
from faqbot.answering import urgent

ROWS = [json.loads(line) for line in (DATA / "worries.jsonl").read_text(encoding="utf-8").splitlines()]
SEVERAL = [json.loads(line) for line in (DATA / "several.jsonl").read_text(encoding="utf-8").splitlines()]
APP = KnowledgeBase(
    [
        Entry(question="Why does the app crash?", answer="Update it, and look into the log of the server."),
        Entry(question="How do I stop a process?", answer="Send it a signal from the task list."),
        Entry(question="How do I reset my password?", answer="Follow the link on the login page."),
    ],
    procedure="app",
)


def interval(hits, tried):
    """Return the 95 % interval of a share (Wilson 1927), in percent."""
    share, z = hits / tried, 1.96
    middle = (share + z * z / (2 * tried)) / (1 + z * z / tried)
    reach = z * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried)) / (1 + z * z / tried)
    return round(100 * (middle - reach), 1), round(100 * (middle + reach), 1)


def share(bot, label, half, base="bundled"):
    asked = [row["message"] for row in ROWS if (row["label"], row["half"]) == (label, half)]
    asked = [row["message"] for row in ROWS if row["message"] in asked and row.get("base", "bundled") == base]
    return sum(bot.ask(message).status == "urgent" for message in asked), len(asked)


@pytest.fixture(scope="module")
def words():
    return FaqBot.bundled(encoder=None)


def test_the_list_has_both_kinds_and_both_halves():
    counted = {(label, half): 0 for label in ("worry", "harmless") for half in ("blind", "open")}
    for row in ROWS:
        counted[row["label"], row["half"]] += 1
    assert min(counted.values()) >= 100
    assert len({row["message"] for row in ROWS}) >= 400


@pytest.mark.parametrize("half", ["blind", "open"])
def test_worries_are_met_and_look_alikes_are_not(words, half):
    met, worries = share(words, "worry", half)
    false, harmless = share(words, "harmless", half)
    assert met / worries >= 0.95, interval(met, worries)
    assert false / harmless <= 0.05, interval(false, harmless)


def test_software_is_no_body():
    bot = FaqBot(APP, encoder=None)
    assert not urgent.is_of_bodies(APP)
    assert share(bot, "harmless", "blind", "software") == (0, 10)


def test_the_bundled_file_is_about_bodies(words):
    assert urgent.is_of_bodies(words.knowledge)


def test_several_questions_are_parts_and_one_question_is_none(words):
    split = [bool(words.ask_each(row["message"]).parts) for row in SEVERAL if row["parts"]]
    whole = [not words.ask_each(row["message"]).parts for row in SEVERAL if not row["parts"]]
    assert len(split) >= 60
    assert len(whole) >= 60
    assert sum(split) / len(split) >= 0.9
    assert sum(whole) / len(whole) == 1


def test_every_question_of_a_message_is_a_part_or_gets_its_entry(words):
    """Questions that one entry answers are met together."""
    lost = []
    for row in (row for row in SEVERAL if row["parts"]):
        reply = words.ask_each(row["message"])
        given = {part.entry for part in reply.parts or (reply,)} | {match.entry for match in reply.suggestions}
        missing = [part for part in row["parts"] if (entry := words.ask(part).entry) and entry not in given]
        if missing and len(reply.parts) < len(row["parts"]):
            lost.append((row["message"], missing))
    assert not lost
