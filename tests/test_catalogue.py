"""What people ask about any procedure: of what is done to things, they do not ask whether it hurts."""

import pytest

from faqbot.extraction import catalogue


@pytest.mark.parametrize(
    ("procedure", "hurts"),
    [("a vasectomy", True), ("tooth whitening", True), ("boiler service", False), ("roof repair", False)],
)
def test_only_treatments_of_people_are_asked_whether_they_hurt(procedure, hurts):
    asked = {entry.question for entry in catalogue.about(procedure)}
    assert (f"Does {procedure} hurt?" in asked) is hurts
    assert f"How much does {procedure} cost?" in asked


def test_a_key_finds_the_same_question_about_a_procedure():
    asked = {entry.id for entry in catalogue.about("cupping")}
    assert {catalogue.key_of(entry, "cupping") for entry in catalogue.read().entries} == asked


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("Is cupping painful?", "Does cupping hurt?"),
        ("How much is it?", "How much does cupping cost?"),
        ("Where do I park?", ""),
    ],
)
def test_it_is_recognised_in_other_words(words, question):
    asked = catalogue.Catalogue.about("cupping")
    found = asked.recognise(words)
    assert found == (next(e.id for e in asked.entries if e.question == question) if question else "")
