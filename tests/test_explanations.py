"""Explanations as text and as JSON."""

import dataclasses
import json

import pytest

from faqbot import Entry, Explanation, FaqBot, KnowledgeBase
from faqbot.cli import explanations

SAID_BY_THE_REPLY = {"question", "status", "reason"}


def test_the_sentence_comes_first_and_lines_without_content_are_left_out(bot):
    assert (
        explanations.plain(bot.explain(""), width=None)
        == "Refused: there are no words in the question that could be looked up."
    )
    lines = explanations.plain(bot.explain("were do i prak"), width=None).split("\n")
    assert lines[0].startswith('Answered with "Where do I park?"')
    assert lines[1:3] == ["- corrected: were -> where, prak -> park", "- words in the best entry: park"]
    assert lines[3].startswith("- confidence: ")
    assert lines[4].startswith("- phrasing ")
    assert not any("in no entry" in line or "replaced" in line for line in lines)


@pytest.mark.parametrize("width", [20, 40, 60])
def test_lines_fit_the_terminal(bundled, width):
    for question in ("my laptop will not start", "microneedling prise", "x y z " * 300):
        shown = explanations.plain(bundled.explain(question), width=width).split("\n")
        assert max(map(len, shown)) <= width


def test_many_words_are_counted(bot):
    shown = explanations.plain(bot.explain(" ".join(f"zx{letter}q" for letter in "abcdefghijkl")), width=None)
    assert shown.endswith("zxaq, zxbq, zxcq, zxdq, zxeq, zxfq, zxgq, zxhq, 4 more")


def test_nothing_in_it_steers_a_terminal():
    hostile = "Where \x1b[2Jdo\u202e I\npark\x9b?"
    bot = FaqBot(KnowledgeBase([Entry(question=hostile, answer="Here.", phrasings=("car\x1b]0;t\x07 park",))]))
    shown = explanations.plain(bot.explain("where do i park \x1b[2J"), width=60)
    assert all(character == "\n" or character.isprintable() for character in shown)
    assert shown.startswith('Answered with "Where [2Jdo I park ?": the confidence of 0.')
    assert all(
        line.startswith("- ") for line in explanations.plain(bot.explain("car park"), width=None).split("\n")[1:]
    )


@pytest.mark.parametrize("question", ["were do i prak", "repair my bicycle", "xyzzy", "", "a" * 10_001, "\ud800"])
def test_json_holds_all_of_an_explanation_that_the_reply_does_not(bot, question):
    told = explanations.as_json(bot.explain(question))
    fields = [field.name for field in dataclasses.fields(Explanation)]
    assert [*sorted(told)] == sorted(set(fields) - SAID_BY_THE_REPLY)
    assert json.loads(json.dumps(told)) == told


def test_json_by_example(bot):
    told = explanations.as_json(bot.explain("were do i prak my bicycle"))
    assert told["corrected"] == [{"written": "were", "read": "where"}, {"written": "prak", "read": "park"}]
    assert told["replaced"] == [{"written": "bicycle", "read": "bike"}]
    assert told["nearest"][0].keys() == {"id", "text", "similarity"}
    assert told["entries"][0].keys() == {"id", "question", "score"}
    assert [feature["name"] for feature in told["features"]] == [
        "score", "margin", "ridge", "nearest", "lexical", "answer", "verifier", "length", "alike", "astray",
    ]  # fmt: skip
    assert told["features"][0].keys() == {"name", "value", "coefficient", "contribution"}
