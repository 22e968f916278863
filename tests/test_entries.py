import dataclasses

import pytest

from faqbot import Entry, KnowledgeBase, Source
from faqbot.knowledge.entries import slug


def test_an_id_is_made_of_the_question():
    assert Entry(question="How long does it take?", answer="An hour.").id == "how-long-does-it-take"


def test_a_blank_gap_is_none():
    assert not Entry(question="q", answer="a", gap=" ").is_gap


def test_a_given_id_stays():
    assert Entry(question="How long?", answer="An hour.", id="t1").id == "t1"


@pytest.mark.parametrize("text", ["?!", "", "🙂", "x" * 500, "\ud800"])
def test_every_text_has_a_slug_of_bounded_length(text):
    assert 0 < len(slug(text)) < 100


def test_a_slug_is_the_same_on_every_machine():
    assert slug("?!") == "556e289d"
    assert slug("What is C?") == "what-is-c"
    assert slug("What is C++?") == "what-is-c-9ccb4a8b"


def test_long_questions_that_begin_alike_differ():
    assert slug("word " * 40 + "one") != slug("word " * 40 + "two")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"question": " ", "answer": "a"}, "needs a question"),
        ({"question": "q"}, "needs an answer or a gap"),
        ({"question": "q", "answer": "a", "gap": "g"}, "one of the two"),
    ],
)
def test_an_entry_that_says_nothing_is_refused(fields, says):
    with pytest.raises(ValueError, match=says):
        Entry(**fields)


def test_a_string_of_phrasings_is_refused():
    with pytest.raises(TypeError, match="sequence"):
        Entry(question="q", answer="a", phrasings="abc")
    with pytest.raises(TypeError, match="sequence"):
        KnowledgeBase([], names="abc")
    with pytest.raises(TypeError, match="sequence"):
        KnowledgeBase([], dropped="abc")


@pytest.mark.parametrize(
    "fields",
    [
        {"question": 1},
        {"question": b"q"},
        {"answer": None},
        {"id": 7},
        {"topic": 1},
        {"gap": 0, "answer": "a"},
        {"phrasings": (1,)},
        {"phrasings": None},
        {"next": (1,)},
        {"source": "page 1"},
    ],
    ids=str,
)
def test_what_is_of_a_wrong_type_is_a_type_error_at_once(fields):
    with pytest.raises(TypeError):
        Entry(**{"question": "q", "answer": "a", **fields})


@pytest.mark.parametrize("entries", [None, "abc", [1], [{"question": "q", "answer": "a"}]], ids=str)
def test_what_is_no_sequence_of_entries_is_a_type_error_at_once(entries):
    with pytest.raises(TypeError):
        KnowledgeBase(entries)


def test_values_are_frozen_and_sequences_become_tuples():
    entry = Entry(question="q", answer="a", phrasings=["b"])
    knowledge = KnowledgeBase([entry], groups=[["a", "b"]])
    assert entry.phrasings == ("b",)
    assert knowledge.entries == (entry,)
    assert hash(knowledge) == hash(KnowledgeBase((entry,), groups=(("a", "b"),)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        entry.question = "other"


def test_two_entries_with_one_id_are_refused():
    with pytest.raises(ValueError, match="'same'"):
        KnowledgeBase([Entry(question="a", answer="a", id="same"), Entry(question="b", answer="b", id="same")])


def test_a_source_reads_as_a_citation():
    assert str(Source("Leaflet", "page 2")) == "Leaflet, page 2"
    assert str(Source(place="page 2")) == "page 2"
    assert str(Source()) == ""
    assert str(Source("Leaflet", fingerprint="1a2b3c4d")) == "Leaflet"


def test_merging_keeps_shared_ids_apart_and_knows_whose_names_are_whose():
    one = KnowledgeBase([Entry(question="How long?", answer="1")], title="Faq", procedure="peel", names=["peeling"])
    two = KnowledgeBase([Entry(question="How long?", answer="2"), Entry(question="Why?", answer="3")], title="Faq")
    merged = KnowledgeBase.merged([one, two, two])
    assert [entry.id for entry in merged.entries] == [
        "1-faq/how-long", "2-faq/how-long", "2-faq/why", "3-faq/how-long", "3-faq/why",
    ]  # fmt: skip
    assert [entry.title for entry in merged.entries[:2]] == ["How long? (peel)", "How long?"]
    assert merged.subjects == (("peel", "peeling"),)
    assert merged.all_names == ("peel", "peeling")


def test_merging_keeps_what_was_dropped():
    parts = [KnowledgeBase([Entry(question=q, answer="1")], dropped=[f"not-{q}"]) for q in ("a", "b")]
    assert KnowledgeBase.merged(parts).dropped == ("not-a", "not-b")


def test_merging_one_is_that_one(garage):
    assert KnowledgeBase.merged([garage]) is garage
