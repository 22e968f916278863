import dataclasses
import json
import subprocess
import sys

import pytest

from conftest import ROOT
from faqbot import Entry, Match, Thresholds
from faqbot.answering.decision import BY_MEANING as MEANING
from faqbot.answering.decision import BY_WORDS as WORDS
from faqbot.answering.decision import VERIFIED, Confidence, calibrated, confidence, decide, features, weighed_by
from faqbot.search.agreement import Conflict
from faqbot.search.question import Question
from faqbot.search.ranking import BY_MEANING, BY_WORDS, READ, Ranking

FEATURES = [field.name for field in dataclasses.fields(Confidence) if field.name != "intercept"]
ASKED = Question("will it hurt", ("will", "it", "hurt"), ())
A, B, C, D = (Entry(question=f"{letter}?", answer=f"{letter}!") for letter in "ABCD")
GAP = Entry(question="Price?", gap="Not said.")


def ranking(*scored, nearest=0.9, alike=True, explained=1.0, unknown=0.0, words=ASKED, by=BY_WORDS, **others):
    return Ranking(
        question=words,
        matches=tuple(Match(entry, score) for entry, score in scored),
        nearest=nearest,
        asks_alike=alike,
        explained=explained,
        unknown=unknown,
        unknown_words=("leather", "boots"),
        by=by,
        **({"ridge": nearest / 2} | others),
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
    reply = decided((A, 0.25), (B, 0.08), nearest=0.15)
    assert (reply.status, reply.reason, len(reply.suggestions)) == ("suggested", "uncertain", 1)
    assert reply.text == "I am not sure. Did you mean this?\n1. A?"


def test_a_weak_first_is_refused_and_says_where_it_looked():
    reply = decided((A, 0.1), (B, 0.09), nearest=0.1, explained=0.5, unknown=0.2)
    assert (reply.status, reply.reason, reply.entry, reply.suggestions) == ("unanswered", "no_match", None, ())
    assert reply.text == (
        'I do not have an answer to that. I looked in two answers about parking: no mention of "leather" or "boots". '
        "Try other words, or ask someone who knows your case."
    )


def test_by_words_alone_an_answer_shares_a_word_with_its_question():
    assert decided((A, 0.9), (B, 0.1), explained=0.0, unknown=0.0).status == "suggested"
    assert decided((A, 0.9), (B, 0.1), explained=0.0, unknown=1.0).reason == "off_topic"
    assert decided((A, 0.9), (B, 0.1), explained=0.0, unknown=1.0, by=BY_MEANING, answer=0.8).status == "answered"


def test_by_words_alone_a_draft_is_suggested_to_what_names_another_subject():
    draft = dataclasses.replace(A, draft=True)
    other = Question("how is measles treated", ("how", "measles", "treated"), ())
    assert decided((A, 0.9), (B, 0.1), words=other, unknown=0.6).status == "answered"
    assert decided((draft, 0.9), (B, 0.1), words=other, unknown=0.6).status == "suggested"
    assert decided((draft, 0.9), (B, 0.1), words=other, unknown=0.3).status == "answered"
    assert decided((draft, 0.9), (B, 0.1), words=ASKED, unknown=0.6).status == "answered"  # it names "it"
    assert decided((draft, 0.9), (B, 0.1), words=other, unknown=0.6, by=BY_MEANING, answer=0.8).status == "answered"


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


@pytest.mark.parametrize("phrasings", [1.0, 10.0])
@pytest.mark.parametrize(
    "stage", [{}, {"by": BY_MEANING}, {"by": READ, "log_odds": (0.0,)}], ids=["words", "meaning", "read"]
)
def test_each_of_these_raises_the_confidence(stage, phrasings):
    usual = {"nearest": 0.5, "alike": False, "explained": 0.7, "phrasings_per_entry": phrasings} | stage
    base = ranking((A, 0.5), (B, 0.3), **usual)
    better = [ranking((A, 0.5), (B, 0.2), **usual), ranking((A, 0.5), (B, 0.3), **usual | {"explained": 0.9})]
    if stage.get("by") is not BY_MEANING:  # there what the score is made of tells it all
        better.append(ranking((A, 0.6), (B, 0.36), **usual))
    if "log_odds" in stage:
        better.append(ranking((A, 0.5), (B, 0.3), **usual | {"log_odds": (4.0,)}))
    assert list(features(base)) == FEATURES
    assert [confidence(one) > confidence(base) for one in better] == [True] * len(better)


def test_rankings_by_words_by_meaning_and_with_the_verifier_are_weighed_apart():
    read = ranking((A, 1), by=READ, log_odds=(1.0,))
    by_stage = [weighed_by(one) for one in (ranking((A, 1)), ranking((A, 1), by=BY_MEANING), read)]
    assert by_stage == [WORDS, MEANING, VERIFIED]


def test_what_contradicts_the_question_is_at_most_suggested():
    conflict = Conflict("number", "101", "102")
    assert decided((A, 0.9), (B, 0.1)).status == "answered"
    assert decided((A, 0.9), (B, 0.1), conflicts=(conflict,)).status == "suggested"


def test_what_fits_as_well_is_offered_beside_the_first():
    scored = (A, 0.9), (B, 0.6)
    reply = decided(*scored, alternatives=(Match(B, 0.6),))
    assert (reply.status, reply.reason) == ("suggested", "ambiguous")
    assert [match.entry for match in reply.suggestions] == [A, B]


def test_what_holds_the_question_word_for_word_is_answered():
    assert decided((A, 0.5), (B, 0.45), nearest=0.5, verbatim=True).confidence >= 0.99
    assert decided((A, 0.9), (B, 0.1), verbatim=True, conflicts=(Conflict("name", "c", "c++"),)).status == "suggested"


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
        faq = {"entries": [{"q": f"Is {word} there?", "a": "Yes.", "asked": [word] * 4} for word in ("ink", "oil")]}
        (tmp_path / "faqs.jsonl").write_text(json.dumps(faq | {"near": ["is salt there"], "off": ["who are you"]}))
        run = self.calibrate(str(tmp_path), "--words", "--faqs", str(tmp_path / "faqs.jsonl"))
        assert run.returncode == 0, run.stderr
        assert "BY_WORDS = Confidence(intercept=(" in run.stdout
        assert all(f"{name}=" in run.stdout for name in FEATURES)

    def test_without_data_it_says_how_to_call_it(self):
        run = self.calibrate()
        assert (run.returncode, "DATA" in run.stderr) == (2, True)

    @staticmethod
    def calibrate(*arguments):
        command = [sys.executable, str(ROOT / "tests/calibrate.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize("value", [None, "0.5", True])
def test_thresholds_are_numbers(value):
    with pytest.raises(TypeError, match="thresholds are numbers from 0 to 1, not "):
        Thresholds(answer=value)
