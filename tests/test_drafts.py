"""What a bot says of drafts: what nobody has decided is offered and not denied, and the best sentence comes first."""

from dataclasses import replace

import pytest

from faqbot import Entry, FaqBot, KnowledgeBase, Status
from faqbot.cli.replies import plain
from faqbot.extraction.topics import _clauses
from faqbot.search.sentences import sentences

PASSAGE = Entry(
    question="After the graft",
    answer="Keep the dressing dry. Stitches come out after ten days. Most people are back at their desk in a week.",
    phrasings=["What happens after the graft?", "When do the stitches come out?"],
    draft=True,
)
COST = Entry(question="How much does the graft cost?", gap="The leaflet gives no price.", draft=True)
WORK = Entry(question="When can I go back to work?", gap="The leaflet does not say.", draft=True, next=[PASSAGE.id])


def bot(*entries):
    return FaqBot(KnowledgeBase([PASSAGE, *entries], procedure="graft"), encoder=None)


class TestOpenQuestion:
    def test_what_may_answer_it_is_suggested_and_nothing_is_denied(self):
        reply = bot(COST, WORK).ask("when can i go back to work")
        assert (reply.status, [match.entry for match in reply.suggestions]) == (Status.SUGGESTED, [PASSAGE])
        assert WORK.gap not in reply.text
        assert "nobody has decided" in reply.explain().sentence

    def test_a_searched_gap_is_still_a_gap(self):
        assert bot(COST, WORK).ask("how much does the graft cost").status is Status.GAP

    @pytest.mark.parametrize(
        "gap",
        [replace(WORK, draft=False), replace(WORK, next=()), replace(WORK, next=["nowhere"])],
        ids=["a person accepted it", "it names nothing", "what it names is gone"],
    )
    def test_it_is_a_gap_when(self, gap):
        assert bot(COST, gap).ask("when can i go back to work").status is Status.GAP

    def test_a_passage_is_listed_once(self):
        sooner = replace(WORK, question="When can I work again?", id="")
        reply = bot(WORK, sooner).ask("when can i work")
        assert [match.entry for match in reply.suggestions].count(PASSAGE) == 1


class TestHighlight:
    def test_the_sentence_that_answers_best_is_shown_before_its_passage(self):
        reply = bot().ask("when do the stitches come out")
        assert (reply.highlight, reply.text) == ("Stitches come out after ten days.", PASSAGE.answer)
        assert plain(reply, width=80).startswith(f"{reply.highlight}\n\nKeep the dressing dry.")

    def test_what_stands_first_is_not_repeated(self):
        assert bot().ask("what happens after the graft, keep the dressing dry").highlight == ""

    def test_what_a_person_approved_is_shown_as_it_is(self):
        approved = KnowledgeBase([replace(PASSAGE, draft=False)], procedure="graft")
        assert FaqBot(approved, encoder=None).ask("when do the stitches come out").highlight == ""


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("One thing is said.", ()),
        ("It is cold. It is wet outside.", ("It is cold.", "It is wet outside.")),
        ("Bring:\n\n- your old card\n- two new photos", ("your old card", "two new photos")),
        ("1. Drain the tank.\n2. Close the lid.", ("Drain the tank.", "Close the lid.")),
    ],
)
def test_sentences_of_a_draft(answer, found):
    assert sentences(Entry(question="q", answer=answer, draft=True)) == found
    assert sentences(Entry(question="q", answer=answer)) == ()


@pytest.mark.parametrize(
    ("sentences", "headings"),
    [
        (["Keep the dressing dry."], ["Keep the dressing dry"]),
        (["However, most people drive after a week."], ["most people drive after a week"]),
        (["Wash it with lukewarm water twice a day, because soap that dries on it would sting for hours."],
         ["Wash it with lukewarm water twice a day"]),
        (["It may sting.", "Ice helps most people."], ["Ice helps most people", "It may sting"]),
        (["After a week, the scabs that formed on both cheeks fall off without your help.", "Do not scratch."],
         ["Do not scratch", "After a week"]),
        (["The common signs of it that people tell us of again and again include:"],
         ["The common signs of it that people tell …"]),
        (["See https://example.org/a for what to do."], []),
    ],
)  # fmt: skip
def test_what_a_passage_begins_with_is_its_heading(sentences, headings):
    assert list(_clauses(sentences)) == headings
