"""Which texts are questions that somebody would write: precision and recall on a list of our own."""

from pathlib import Path

import pytest

from faqbot.extraction.grammar.wellformed import is_well_formed

LISTED = Path(__file__).with_name("data").joinpath("wellformed.txt").read_text(encoding="utf-8").splitlines()
GOOD = [line[2:] for line in LISTED if line.startswith("+")]
BAD = [line[2:] for line in LISTED if line.startswith("-")]


def test_the_list_is_large_and_half_of_it_is_bad():
    assert len(GOOD) + len(BAD) == len(set(GOOD + BAD)) == len(LISTED) >= 200
    assert 0.4 < len(GOOD) / len(LISTED) < 0.6


def test_few_bad_questions_pass_and_few_good_ones_do_not():
    passed_good, passed_bad = (sum(map(is_well_formed, texts)) for texts in (GOOD, BAD))
    assert passed_good / (passed_good + passed_bad) >= 0.93  # precision
    assert passed_good / len(GOOD) >= 0.98  # recall


@pytest.mark.parametrize(
    "text", ["", "?", "What?", "What is a kiln", "A kiln.", "What\nis a kiln?", "What is «x»?" * 20]
)
def test_what_is_no_question_at_all_passes_nowhere(text):
    assert not is_well_formed(text)
