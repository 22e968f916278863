import pytest

from faqbot import Entry, Source
from faqbot.knowledge import edits

ENTRY = Entry(question="How long?", answer="An hour.", phrasings=("duration",), id="x", source=Source("", "page 1"))
GAP = Entry(question="How much?", gap="Not said.")


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        (lambda: edits.reworded(ENTRY, " How  long\nis it? "), "question", "How long is it?"),
        (lambda: edits.answered(ENTRY, "\none \n\n- two\n"), "answer", "one\n\n- two"),
        (lambda: edits.answered(GAP, "Ten."), "gap", ""),
        (lambda: edits.as_gap(ENTRY, "Not\nsaid."), "gap", "Not said."),
        (lambda: edits.as_gap(ENTRY, "Not said."), "answer", ""),
        (lambda: edits.as_gap(ENTRY, "Not said."), "source", Source()),
        (lambda: edits.rephrased(ENTRY, ["a", " ", "b  c"]), "phrasings", ("a", "b c")),
        (lambda: edits.moved(ENTRY, " the  visit "), "topic", "the visit"),
        (lambda: edits.moved(ENTRY, ""), "topic", ""),
    ],
)
def test_a_change_is_this_and_the_id_stays(change, field, value):
    assert getattr(change(), field) == value
    assert change().id in (ENTRY.id, GAP.id)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda: edits.reworded(ENTRY, " "), "A question cannot be blank."),
        (lambda: edits.answered(ENTRY, "\n"), "An answer cannot be blank"),
        (lambda: edits.as_gap(ENTRY, ""), "A gap needs a sentence"),
        (lambda: edits.joined(ENTRY, GAP), "One of the two is a gap"),
        (lambda: edits.joined(GAP, ENTRY), "One of the two is a gap"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_in_a_sentence(change, says):
    with pytest.raises(ValueError, match=says):
        change()


class TestJoining:
    @pytest.mark.parametrize(
        ("first", "second", "joined"),
        [
            ("An hour.", "At most two.", "An hour. At most two."),
            ("One:\n\n- a", "Two.", "One:\n\n- a\n\nTwo."),
            ("One.", "- a\n- b", "One.\n\n- a\n- b"),
        ],
    )
    def test_answers(self, first, second, joined):
        one, two = (Entry(question=q, answer=a) for q, a in (("A?", first), ("B?", second)))
        assert edits.joined(one, two).answer == joined

    def test_the_other_s_question_and_phrasings_become_phrasings_once_each(self):
        second = Entry(question="How long is it?", answer="Two.", phrasings=("Duration?", "how long", "time"))
        assert edits.joined(ENTRY, second).phrasings == ("duration", "How long is it?", "time")

    def test_both_places_are_cited_and_the_fingerprint_of_one_is_not_that_of_both(self):
        one, two = (
            Entry(question=q, answer="a", source=Source("Doc", place, mark))
            for q, place, mark in (("A?", "page 1", "11111111"), ("B?", "page 2", "22222222"))
        )
        assert edits.joined(one, two).source == Source("Doc", "page 1; page 2")
        assert edits.joined(one, one).source == one.source

    def test_gaps_keep_the_first_sentence(self):
        assert edits.joined(GAP, Entry(question="Price?", gap="Ask.")).gap == "Not said."

    def test_an_answer_has_one_document(self):
        one, two = (Entry(question=name, answer="a", source=Source(name)) for name in ("A", "B"))
        with pytest.raises(ValueError, match="different documents"):
            edits.joined(one, two)
