import dataclasses
import json
import subprocess
import sys

import pytest

from conftest import ROOT
from faqbot import Entry, Match, Thresholds
from faqbot.answering.decision import BY_MEANING as MEANING
from faqbot.answering.decision import BY_WORDS as WORDS
from faqbot.answering.decision import Confidence, calibrated, confidence, decide, features, weighed_by
from faqbot.search.question import Question
from faqbot.search.ranking import BY_MEANING, BY_WORDS, Ranking

FEATURES = [field.name for field in dataclasses.fields(Confidence) if field.name != "intercept"]
ASKED = Question("will it hurt", ("will", "it", "hurt"), ())
A, B, C, D = (Entry(question=f"{letter}?", answer=f"{letter}!") for letter in "ABCD")
GAP = Entry(question="Price?", gap="Not said.")


def ranking(*scored, nearest=0.9, alike=True, explained=1.0, unknown=0.0, words=ASKED, by=BY_WORDS):
    return Ranking(
        question=words,
        matches=tuple(Match(entry, score) for entry, score in scored),
        nearest=nearest,
        asks_alike=alike,
        explained=explained,
        unknown=unknown,
        unknown_words=("leather", "boots"),
        by=by,
    )


def decided(*scored, **kwargs):
    return decide(ranking(*scored, **kwargs), Thresholds(), "two answers about parking")


def test_a_clear_first_is_answered():
    reply = decided((A, 0.9), (B, 0.1))
    assert (reply.status, reply.text, reply.entry, reply.reason) == ("answered", "A!", A, "")
    assert reply.confidence > 0.9


def test_a_clear_gap_says_its_sentence():
    reply = decided((GAP, 0.9), (B, 0.1))
    assert (reply.status, reply.text, reply.entry, reply.reason) == ("gap", "Not said.", GAP, "known_gap")


def test_two_that_fit_alike_are_suggested():
    reply = decided((A, 0.46), (B, 0.45), (C, 0.3), (D, 0.29), nearest=0.3)
    assert (reply.status, reply.reason, reply.entry) == ("suggested", "ambiguous", None)
    assert reply.text == "I am not sure which of these you mean:\n1. A?\n2. B?\n3. C?"
    assert [match.entry for match in reply.suggestions] == [A, B, C]


def test_what_is_far_behind_is_not_suggested():
    reply = decided((A, 0.35), (B, 0.12), nearest=0.15)
    assert (reply.status, reply.reason, len(reply.suggestions)) == ("suggested", "uncertain", 1)
    assert reply.text == "I am not sure. Did you mean this?\n1. A?"


def test_a_weak_first_is_refused_and_says_where_it_looked():
    reply = decided((A, 0.1), (B, 0.09), nearest=0.1, explained=0.5, unknown=0.2)
    assert (reply.status, reply.reason, reply.entry, reply.suggestions) == ("unanswered", "no_match", None, ())
    assert reply.text == (
        'I do not have an answer to that. I looked in two answers about parking: no mention of "leather" or "boots". '
        "Try other words, or ask someone who knows your case."
    )


def test_an_answer_shares_a_word_with_its_question():
    assert decided((A, 0.9), (B, 0.1), explained=0.0, unknown=0.0).status == "suggested"
    assert decided((A, 0.9), (B, 0.1), explained=0.0, unknown=1.0).reason == "off_topic"


def test_scores_of_suggestions_can_be_compared():
    scored = ranking((A, 0.46), (B, 0.23), nearest=0.3)
    first, second = calibrated(scored)
    assert first.score == confidence(scored)
    assert second.score == pytest.approx(first.score / 2)


def test_a_question_about_something_else_is_off_topic():
    assert decided((A, 0.1), nearest=0.1, explained=0.2, unknown=0.8).reason == "off_topic"
    assert decided(unknown=1.0).reason == "off_topic"


def test_a_question_without_words_is_empty():
    assert decided(words=Question("?!", (), ())).reason == "empty"


@pytest.mark.parametrize("by", [BY_WORDS, BY_MEANING], ids=["words", "meaning"])
@pytest.mark.parametrize("name", FEATURES)
def test_each_feature_moves_confidence_the_way_its_sentence_says(name, by):
    usual = {"nearest": 0.5, "alike": False, "explained": 0.7, "by": by}
    base = ranking((A, 0.5), (B, 0.3), **usual)
    better = {
        "score": ranking((A, 0.6), (B, 0.36), **usual),
        "margin": ranking((A, 0.5), (B, 0.2), **usual),
        "length": ranking((A, 0.5), (B, 0.3), **usual, words=Question("", ("a",) * 6, ())),
        "alike": ranking((A, 0.5), (B, 0.3), **usual | {"alike": True}),
        "astray": ranking((A, 0.5), (B, 0.3), **usual | {"explained": 0.9}),
    }[name]
    assert list(features(base)) == FEATURES
    assert confidence(better) > confidence(base)


def test_scores_by_words_and_by_meaning_are_weighed_apart():
    assert (weighed_by(ranking((A, 1))), weighed_by(ranking((A, 1), by=BY_MEANING))) == (WORDS, MEANING)


def test_thresholds_move_the_decision():
    middling = ranking((A, 0.5), (B, 0.3), nearest=0.5)
    chance = confidence(middling)
    assert decide(middling, Thresholds(answer=chance, suggest=0), "").status == "answered"
    assert decide(middling, Thresholds(answer=1, suggest=chance), "").status == "suggested"
    assert decide(middling, Thresholds(answer=1, suggest=1), "").status == "unanswered"


@pytest.mark.parametrize(("answer", "suggest"), [(0.2, 0.5), (1.5, 0.5), (0.5, -0.1)])
def test_thresholds_out_of_order_are_refused(answer, suggest):
    with pytest.raises(ValueError, match="0 <= suggest <= answer <= 1"):
        Thresholds(answer=answer, suggest=suggest)


class TestCalibration:
    """The command that refits the constants above goes on working."""

    def test_it_prints_every_constant(self, tmp_path):
        for name, trade in (("one", "bread"), ("two", "boat")):
            (tmp_path / name).mkdir()
            rows = [{"id": f"{n}", "question": f"Where is {trade} {n}?", "answer": "There."} for n in range(12)]
            asked = [{"query": f"{trade} {n}", "gold": [f"{n}"], "oos": False} for n in range(12)]
            asked.append({"query": "something else", "gold": [], "oos": True})
            for file, lines in (("kb", rows), ("queries", asked)):
                (tmp_path / name / f"{file}.jsonl").write_text("\n".join(map(json.dumps, lines)))
        run = self.calibrate(str(tmp_path))
        assert run.returncode == 0, run.stderr
        assert "BY_WORDS = Confidence(intercept=" in run.stdout
        assert all(f"{name}=" in run.stdout for name in FEATURES)

    def test_without_data_it_says_how_to_call_it(self):
        run = self.calibrate()
        assert (run.returncode, "calibrate.py DATA" in run.stderr) == (2, True)

    @staticmethod
    def calibrate(*arguments):
        command = [sys.executable, str(ROOT / "tests/calibrate.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("value", [None, "0.5", True])
def test_thresholds_are_numbers(value):
    with pytest.raises(TypeError, match="thresholds are numbers from 0 to 1, not "):
        Thresholds(answer=value)
