"""The shipped knowledge is checked like code, and labelled questions hold it to a floor."""

import json
from dataclasses import replace

import pytest

from conftest import DATA, ROOT
from faqbot import Entry, FaqBot, KnowledgeBase
from faqbot.extraction import catalogue
from faqbot.knowledge import reader

QUESTIONS = [json.loads(line) for line in (DATA / "microneedling.jsonl").read_text(encoding="utf-8").splitlines()]
TESTED = QUESTIONS[1::2]  # the others are used to fit the decision

FILES = {name: reader.read(ROOT / f"knowledge/{name}.md").knowledge for name in ("microneedling", "procedure")}


def test_the_article_is_cited_by_every_answer():
    places = [entry.source.place for entry in FILES["microneedling"].entries if not entry.is_gap]
    assert len(places) >= 25
    assert all(place.startswith(("paragraph 1, sentence", "paragraph 2, sentence")) for place in places)


@pytest.mark.parametrize("name", FILES)
def test_every_entry_can_be_asked_in_several_ways(name):
    assert {entry.question: len(entry.phrasings) for entry in FILES[name].entries if len(entry.phrasings) < 3} == {}


def test_the_catalogue_is_questions_without_answers():
    entries = FILES["procedure"].entries
    assert len(entries) >= 30
    assert all(entry.is_gap for entry in entries)
    assert "{" not in "".join(form for entry in catalogue.named("peel").values() for form in (*entry.forms, entry.gap))


def test_nothing_of_the_catalogue_is_missing(bundled):
    assert catalogue.missing(bundled) == ()


def test_without_its_gaps_the_catalogue_finds_them_missing():
    full = FILES["microneedling"]
    bot = FaqBot(replace(full, entries=[entry for entry in full.entries if not entry.is_gap]))
    covered = {
        entry.question
        for entry in catalogue.about(catalogue.subject_of(FaqBot.bundled(encoder=None).knowledge)).values()
    } - {entry.question for entry in catalogue.missing(bot)}
    assert covered == {
        "What is micro-needling?",
        "What is micro-needling done for?",
        "What should I know before I decide on micro-needling?",
        "What are the benefits of micro-needling?",
        "How does micro-needling work?",
        "How long does micro-needling take?",
        "How can I tell whether micro-needling has worked?",
        "Will I bleed?",
        "Who is micro-needling for?",
    }


def test_other_words_for_the_same_question_are_not_missing():
    asked = ["Are there side effects?", "Does laser hurt?", "Who does it?", "Can I have it when pregnant?", "Price"]
    bot = FaqBot(KnowledgeBase([Entry(question=q, answer="Yes.") for q in asked], procedure="laser"))
    missing = {entry.question for entry in catalogue.missing(bot)}
    assert not missing & {
        "What are the risks and side effects?", "Does laser hurt?", "How much does laser cost?",
        "Can I have laser while pregnant or breastfeeding?",
    }  # fmt: skip


def test_labelled_questions(bundled):
    """Floors and ceilings a little below what was reached: a change that loses more than noise fails here."""
    assert len(TESTED) > 100
    right = misled = made_up = 0
    for item in TESTED:
        reply = bundled.ask(item["question"])
        if reply.status == "answered":
            right += reply.entry.id in item["expected"]
            misled += bool(item["expected"]) and reply.entry.id not in item["expected"]
            made_up += not item["expected"]
    answerable = sum(bool(item["expected"]) for item in TESTED)
    assert right / answerable >= 0.72
    assert misled <= 1
    assert made_up / (len(TESTED) - answerable) <= 0.08


@pytest.mark.parametrize("item", [q for q in TESTED if q["kind"] == "oos-near"], ids=lambda q: q["question"])
def test_a_question_that_the_article_leaves_open_is_not_answered(bundled, item):
    assert bundled.ask(item["question"]).status != "answered"
