"""What people ask about a thing, by what it is: of what is done to boilers, they do not ask whether it hurts."""

import pytest

from faqbot import Entry, KnowledgeBase
from faqbot.extraction import catalogue
from faqbot.extraction.catalogue import Catalogue
from faqbot.extraction.kinds import Kind
from faqbot.extraction.subject import Subject


def subject(name, kind=Kind.PROCEDURE, **more):
    return Subject(name, (), kind, name, **more)


def test_a_name_in_the_plural_takes_its_verb_along():
    asked = {entry.question for entry in catalogue.about(subject("milk teeth", Kind.CONDITION)).values()}
    assert "What are milk teeth?" in asked


@pytest.mark.parametrize(
    ("procedure", "hurts"),
    [("a vasectomy", True), ("tooth whitening", True), ("boiler service", False), ("roof repair", False)],
)
def test_only_treatments_of_people_are_asked_whether_they_hurt(procedure, hurts):
    asked = {entry.question for entry in catalogue.about(subject(procedure)).values()}
    assert (f"Does {procedure} hurt?" in asked) is hurts
    assert f"How much does {procedure} cost?" in asked


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind])
def test_every_kind_has_questions_without_answers_and_no_form_belongs_to_two(kind):
    entries = catalogue.about(subject("mud", kind)).values()
    assert len(entries) >= 10
    assert all(entry.is_gap and len(entry.phrasings) > 1 for entry in entries)
    forms = [form.casefold().rstrip("?") for entry in entries for form in entry.forms]
    assert len(set(forms)) == len(forms)
    assert "{" not in "".join(forms)


@pytest.mark.parametrize(
    ("about", "key", "question"),
    [
        (subject("gallstones", Kind.CONDITION), "What is {procedure}?", "What are gallstones?"),
        (subject("gallstones", Kind.CONDITION), "How common is {procedure}?", "How common are gallstones?"),
        (subject("diabetes", Kind.CONDITION), "What is {procedure}?", "What is diabetes?"),
        (subject("holes in the roof", Kind.CONDITION), "How is {procedure} treated?",
         "How are holes in the roof treated?"),
        (subject("pancakes", Kind.HOWTO), "How long does {procedure} take?", "How long do pancakes take?"),
        (subject("changing a tyre", Kind.HOWTO, task="change a tyre"), "How do I make {procedure}?",
         "How do I change a tyre?"),
        (subject("changing a tyre", Kind.HOWTO, task="change a tyre"), "What do I need for {procedure}?",
         "What do I need for changing a tyre?"),
    ],
)  # fmt: skip
def test_a_question_agrees_with_the_name_in_it(about, key, question):
    assert catalogue.about(about)[key].question == question


def test_of_a_task_nothing_is_made():
    forms = catalogue.about(subject("changing a tyre", Kind.HOWTO, task="change a tyre"))[
        "How do I make {procedure}?"
    ].forms
    assert not [form for form in forms if "make" in form or "made" in form]


def test_a_thing_of_no_kind_is_asked_nothing():
    assert catalogue.about(Subject("Riga")) == {}
    assert Catalogue.about(Subject("")).recognise("What is it?") == ""


@pytest.mark.parametrize(
    ("words", "question"),
    [
        ("Is cupping painful?", "Does {procedure} hurt?"),
        ("How much is it?", "How much does {procedure} cost?"),
        ("Where do I park?", ""),
    ],
)
def test_it_is_recognised_in_other_words(words, question):
    assert Catalogue.about(subject("cupping")).recognise(words) == question


def test_a_knowledge_base_tells_by_its_gaps_what_it_is_about():
    gaps = list(catalogue.about(subject("gout", Kind.CONDITION)).values())[1:]
    knowledge = KnowledgeBase([Entry(question="What is gout?", answer="A disease of joints."), *gaps], procedure="gout")
    assert catalogue.subject_of(knowledge).kind is Kind.CONDITION
    assert catalogue.subject_of(KnowledgeBase((), procedure="cupping")).kind is Kind.PROCEDURE
