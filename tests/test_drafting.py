"""Articles to a draft: one, several, and those that cannot go together."""

import pytest

from faqbot import ArticleError, Entry, KnowledgeBase, Source
from faqbot.documents import reader
from faqbot.documents.article import Article
from faqbot.documents.blocks import Block, Document, Kind
from faqbot.extraction import draft as drafting
from faqbot.knowledge import writer

EARS = """\
Ear syringing at our practice

5 May 2024

Ear syringing is a procedure that washes wax out of the ear with warm water. Ear syringing takes about ten minutes.

Ear syringing does not hurt. Do not have ear syringing if you have a hole in the eardrum.
"""
MORE = """\
Before and after ear syringing

Ear syringing is a procedure that takes a quarter of an hour with us. Ear syringing costs 40 pounds.

Put olive oil in the ear for a week before ear syringing. Keep the ear dry for a day after ear syringing.
"""
BOILER = """\
Boiler service

A boiler service is a procedure that keeps a boiler safe. A boiler service takes an hour.
A boiler service costs 90 pounds.
"""


def article(text):
    return Article.of(reader.parse(text))


def made(*texts, known=None, **more):
    return drafting.draft([(f"{number}.txt", article(text)) for number, text in enumerate(texts)], known, **more)


def questions(entries):
    return {entry.question for entry in entries}


class TestOneArticle:
    def test_every_entry_is_a_draft_that_cites_it(self):
        draft = made(EARS)
        answers = [entry for entry in draft.knowledge.entries if not entry.is_gap]
        assert answers
        assert all(entry.draft for entry in draft.knowledge.entries)
        assert {entry.source.document for entry in answers} == {"Ear syringing at our practice, 5 May 2024"}
        assert draft.knowledge.source == "Ear syringing at our practice, 5 May 2024"

    def test_the_title_can_be_given(self):
        assert made(EARS).knowledge.title == "Ear syringing at our practice"
        assert made(EARS, title="All about\near wax ").knowledge.title == "All about ear wax"

    def test_an_article_without_a_title_is_cited_by_the_name_of_its_file(self, tmp_path):
        path = tmp_path / "ears.txt"
        path.write_text(EARS.split("\n\n", 2)[2])
        assert drafting.read(str(path)).document == "ears.txt"
        assert drafting.read("-", path.read_bytes()).document == ""

    @pytest.mark.parametrize("text", ["12345 67", "+++ ---", "Hello."])
    def test_an_article_that_answers_nothing(self, text):
        with pytest.raises(ArticleError, match=r"^0\.txt: nothing in it answers a question"):
            made(text)

    @pytest.mark.parametrize("title", ["# *A* [b](c) `d` <e>", "- draft: yes", "a: b, c", "T: 100 % <!-- x -->", "\\#"])
    def test_a_title_with_markup_can_be_written(self, title):
        draft = made(EARS.replace("Ear syringing at our practice", title))
        assert [e for e in draft.knowledge.entries if not e.is_gap]
        writer.render(draft.knowledge)


class TestSeveralArticles:
    def test_entries_of_the_second_cite_it(self):
        first, both = made(EARS), made(EARS, MORE)
        documents_ = {entry.source.document for entry in both.knowledge.entries if not entry.is_gap}
        assert documents_ == {"Ear syringing at our practice, 5 May 2024", "Before and after ear syringing"}
        answers = [entry for entry in first.knowledge.entries if not entry.is_gap]
        assert list(both.knowledge.entries)[: len(answers)] == answers

    def test_gaps_are_what_none_of_them_answers(self):
        def gaps(*texts):
            return {entry.question for entry in made(*texts).knowledge.entries if entry.is_gap}

        assert gaps(EARS, MORE) == gaps(EARS) & gaps(MORE)
        assert gaps(EARS, MORE) < gaps(EARS)

    def test_no_way_to_ask_belongs_to_two_of_them(self):
        answers = [entry for entry in made(EARS, MORE).knowledge.entries if not entry.is_gap]
        by_document = [
            {form.casefold() for entry in answers if entry.source.document == document for form in entry.forms}
            for document in dict.fromkeys(entry.source.document for entry in answers)
        ]
        assert not by_document[0] & by_document[1]

    def test_the_same_article_twice_adds_nothing(self):
        draft = made(EARS, EARS)
        assert draft.knowledge.entries == made(EARS).knowledge.entries
        assert len(draft.duplicates) == len([entry for entry in draft.knowledge.entries if not entry.is_gap])

    def test_articles_about_different_procedures_are_refused(self):
        says = r"^1\.txt is about boiler service and 0\.txt about ear syringing: give each a file of its own"
        with pytest.raises(ArticleError, match=says):
            made(EARS, BOILER)

    def test_a_file_about_another_procedure_too_unless_it_says_that_they_are_the_same(self):
        known = made(EARS).knowledge
        with pytest.raises(ArticleError, match=r"^0\.txt is about boiler service and the file about ear syringing"):
            made(BOILER, known=known)
        same = KnowledgeBase(
            known.entries, title="T", procedure=known.procedure, names=[*known.names, "boiler service"]
        )
        assert made(BOILER, known=same).procedure == "ear syringing"


class TestOneQuestionTwice:
    """The first article that answers it keeps it."""

    def entry(self, document, answer, *forms, **more):
        return Entry(
            question="How long does it take?",
            answer=answer,
            phrasings=forms,
            source=Source(document),
            draft=True,
            **more,
        )

    def joined(self, second):
        first = self.entry("A", "An hour.", "Is it quick?")
        parts = [KnowledgeBase([entry], source=entry.source.document) for entry in (first, second)]
        entries, left_out = drafting.joined(parts, None, "")
        assert entries[0] == first
        return entries[1:], left_out

    def test_the_other_takes_the_next_question_that_is_free(self):
        second = self.entry("B", "Ten minutes.", "is it quick", "ten minutes", "How many minutes?", "How slow is it?")
        (kept,), left_out = self.joined(second)
        assert (kept.question, kept.id, kept.answer) == ("How many minutes?", "how-many-minutes", "Ten minutes.")
        assert kept.phrasings == ("ten minutes", "How slow is it?")
        assert left_out == []

    def test_without_one_it_is_left_out(self):
        second = self.entry("B", "Ten minutes.", "is it quick", "ten minutes")
        assert self.joined(second) == ([], [second])

    def test_the_same_answer_is_not_given_twice(self):
        second = self.entry("B", "An hour.", "How many minutes?")
        assert self.joined(second) == ([], [second])

    def test_what_a_file_has_from_other_documents_counts(self):
        known = KnowledgeBase([self.entry("C", "A day.")])
        gap = Entry(question="How long does it take?", gap="Not said.")
        assert drafting.joined([KnowledgeBase([gap], source="A")], known, "") == ([], [])
        assert drafting.joined([KnowledgeBase([gap], source="C")], known, "") == ([gap], [])


@pytest.mark.parametrize("mark", ["#", "```"])
def test_an_entry_that_no_file_can_hold_is_left_out_and_named(mark):
    odd = f"{mark} Ear syringing costs 40 pounds, which are paid at the desk before the nurse begins."
    said = [
        "Ear syringing is a procedure that washes wax out of the ear with warm water.",
        odd,
        "Keep the ear dry for a day, and do not use any drops before the evening.",
    ]
    found = Article.of(Document(tuple(Block(Kind.PARAGRAPH, text) for text in said), "Ear  syringing\u2028today"))
    draft = drafting.draft([("ears.txt", found)])
    assert {entry.answer for entry in draft.unwritable} == {odd}
    assert odd not in writer.render(draft.knowledge).text
    assert draft.knowledge.title == "Ear syringing today"
