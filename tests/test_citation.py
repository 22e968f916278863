"""What an entry cites, looked up in articles that change."""

import pytest

from faqbot import Entry, KnowledgeBase, Source
from faqbot.documents import reader
from faqbot.documents.article import Article, fingerprint
from faqbot.extraction.citation import (
    _MARKER,
    State,
    around,
    articles_of,
    cited_by,
    is_quotation,
    looked_up,
    sources_of,
)

TEXT = """\
Ear syringing

5 May 2024

Ear syringing washes wax out of the ear. The nurse uses warm water. It takes ten minutes.

Put olive oil in the ear for a week before. The oil makes the wax soft.
"""
WATER = "The nurse uses warm water."


def article(text=TEXT):
    return Article.of(reader.parse(text))


def cites(place, said, answer="Something."):
    return Entry(question="Q?", answer=answer, source=Source("Ear syringing, 5 May 2024", place, fingerprint(said)))


@pytest.mark.parametrize(
    ("entry", "changed", "state", "place"),
    [
        (cites("paragraph 1, sentence 2", WATER), TEXT, State.HELD, "paragraph 1, sentence 2"),
        (cites("paragraph 1, sentence 2", WATER), TEXT.replace("warm water", "WARM  water"), State.HELD, ""),
        (cites("paragraph 1, sentence 2", WATER), TEXT.replace("warm", "cold"), State.CHANGED, ""),
        (cites("paragraph 1, sentence 2", WATER), TEXT.replace(WATER + " ", ""), State.CHANGED, ""),
        (cites("paragraph 1, sentence 1", WATER), TEXT, State.MOVED, "paragraph 1, sentence 2"),
        (cites("paragraph 7", WATER), TEXT, State.MOVED, "paragraph 1, sentence 2"),
        (cites("page 3", WATER), TEXT, State.MOVED, "paragraph 1, sentence 2"),
        (
            cites("paragraph 1, sentence 2; paragraph 2, sentence 2", f"{WATER} The oil makes the wax soft."),
            TEXT, State.HELD, "",
        ),
        (
            cites(
                "paragraph 1; paragraph 2, sentence 1", f"{WATER} The oil makes the wax soft.",
                f"- {WATER}\n- The oil makes the wax soft.",
            ),
            TEXT, State.MOVED, "paragraph 1, sentence 2; paragraph 2, sentence 2",
        ),
        (
            cites("paragraph 1", f"{WATER} The oil makes the wax soft.", f"{WATER} The oil makes the wax soft."),
            TEXT, State.MOVED, "paragraph 1, sentence 2; paragraph 2, sentence 2",
        ),
        (Entry(question="Q?", answer="A", source=Source("", "paragraph 2, sentences 1 to 2")), TEXT, State.HELD, ""),
        (Entry(question="Q?", answer="A", source=Source("", "paragraph 2, sentence 3")), TEXT, State.NOWHERE, ""),
        (Entry(question="Q?", answer="A", source=Source("", "paragraph 1; paragraph 3")), TEXT, State.NOWHERE, ""),
        (Entry(question="Q?", answer="A", source=Source("", "page 2")), TEXT, State.UNKNOWN, ""),
        (Entry(question="Q?", answer="A"), TEXT, State.UNKNOWN, ""),
    ],
)  # fmt: skip
def test_what_became_of_a_citation(entry, changed, state, place):
    found = looked_up(entry, article(changed))
    assert found.state is state
    assert found.place == place or not place


def test_what_stands_there_now_is_told():
    found = looked_up(cites("paragraph 1, sentence 2", WATER), article(TEXT.replace("warm", "cold")))
    assert found.now == "The nurse uses cold water."


@pytest.mark.parametrize(
    ("answer", "said", "quoted"),
    [
        ("One thing. Another.", "One thing. Another.", True),
        ("- One thing.\n- Another.", "One thing. Another.", True),
        ("1. One thing.\n2. Another.", "One thing. Another.", True),
        ("One thing.\n\nAnother.", "one  thing. another.", True),
        ("One thing. And another.", "One thing. Another.", False),
        ("One - thing.", "One thing.", False),
        ("| Who | Fee |\n|---|---|\n| Boys | 4 |\n| Girls | 3 |", "Boys | 4 Girls | 3", True),
        ("| Who | Fee |\n|---|---|\n| Boys | 9 |\n| Girls | 3 |", "Boys | 4 Girls | 3", False),
    ],
)
def test_an_answer_in_the_words_of_the_article_is_nobodys_work(answer, said, quoted):
    assert is_quotation(cites("paragraph 1", said, answer)) is quoted


def test_a_mark_does_not_begin_in_the_blank_lines_before_it():  # else each of them is tried with all after it
    answer = "One." + "\n" * 9 + "  - Two.\n" + "\n" * 9 + " ```"
    assert [found.start() for found in _MARKER.finditer(answer)] == [answer.index("  - "), answer.index(" ```")]


def test_a_gap_quotes_nothing():
    assert not is_quotation(Entry(question="Q?", gap="Not said."))


class TestWhichArticle:
    def base(self, document):
        entry = cites("paragraph 1, sentence 2", WATER)
        return KnowledgeBase([Entry(question="Q?", answer="A", source=Source(document, "", entry.source.fingerprint))])

    @pytest.mark.parametrize(
        "document", ["Ear syringing, 5 May 2024", "Ear syringing, 1 April 2020", "Our leaflet", ""]
    )
    def test_it_is_known_by_its_name_its_title_or_what_it_holds(self, document):
        assert articles_of(self.base(document), [article()]) == {document: article()}

    def test_another_article_is_none_of_them(self):
        other = article("Boiler service\n\nA boiler service takes an hour. It is due every year.")
        assert articles_of(self.base("Our leaflet"), [other]) == {}

    def test_one_that_a_person_calls_the_source_is_it(self):
        other = article("Boiler service\n\nA boiler service takes an hour. It is due every year.")
        assert sources_of(self.base("Our leaflet"), [other]) == {"Our leaflet": other}
        assert sources_of(self.base("Our leaflet"), []) == {}

    def test_a_title_that_begins_another_is_not_it(self):
        assert (
            articles_of(
                KnowledgeBase([Entry(question="Q?", answer="A", source=Source("Ear syringing for dogs"))]), [article()]
            )
            == {}
        )


class TestAround:
    def shown(self, place, text=TEXT):
        found = article(text)
        return around(Entry(question="Q?", answer="A", source=Source("D", place)), {"D": found})

    def test_the_whole_paragraph(self):
        assert self.shown("paragraph 2, sentence 2").splitlines() == [
            "Put olive oil in the ear for a week before. The oil makes the wax soft."
        ]

    def test_merged_places(self):
        place = "paragraph 1, sentence 1; paragraph 2, sentences 1 to 2; paragraph 1, sentence 1"
        assert [line[:7] for line in self.shown(place).split("\n\n")] == ["Ear syr", "Put oli"]

    def test_headings_and_the_neighbours_of_list_items(self):
        text = "# Ears\n\n## Care\n\n"
        text += "### Before\n\nYou need this.\n\n- Olive oil.\n- A towel.\n\n### After\n\nDry the ear well.\n"
        assert self.shown("paragraph 2", text) == "Care > Before\n\nYou need this.\n\nOlive oil.\n\nA towel."

    @pytest.mark.parametrize("place", ["", "paragraph 9", "page 2", "paragraph 1, sentence 9", "in the middle"])
    def test_a_place_that_is_not_there(self, place):
        assert self.shown(place) == ""

    def test_another_document(self):
        assert around(cites("paragraph 1", WATER), {"D": article()}) == ""


def test_sentences_that_entries_cite():
    found = cited_by([cites("paragraph 2", WATER)], {"Ear syringing, 5 May 2024": article(), "other": article()})
    assert [len(positions) for positions in found.values()] == [2, 0]
