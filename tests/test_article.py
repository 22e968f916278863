"""Paragraphs, and how places in an article are cited and found again."""

from itertools import chain, combinations

import pytest

from faqbot.documents import reader
from faqbot.documents.article import WIDEST_CITED, Article, Position, fingerprint
from faqbot.documents.blocks import Block, Document, Kind


def article(*texts, page=0, title="The mill"):
    return Article.of(Document(tuple(Block(Kind.PARAGRAPH, text, page=page) for text in texts), title))


def at(text):
    """Return positions written as "1.2 1.3 4.1"."""
    return tuple(Position(*map(int, place.split("."))) for place in text.split())


@pytest.fixture(scope="module")
def mill():
    return article(
        "One is here. Two is here. Three is here. Four is here. Five is here.",
        "The only sentence of its paragraph.",
        "The wheel turns. The miller sleeps. The cat does not.",
    )


@pytest.mark.parametrize(
    ("positions", "place"),
    [
        ("1.1", "paragraph 1, sentence 1"),
        ("1.2 1.3", "paragraph 1, sentences 2 to 3"),
        ("1.1 1.3", "paragraph 1, sentences 1 and 3"),
        ("1.1 1.3 1.5", "paragraph 1, sentences 1, 3 and 5"),
        ("1.1 1.2 1.4 1.5", "paragraph 1, sentences 1 to 2 and 4 to 5"),
        ("1.1 1.3 1.4 1.5", "paragraph 1, sentences 1 and 3 to 5"),
        ("1.1 1.2 1.3 1.4 1.5", "paragraph 1"),
        ("2.1", "paragraph 2, sentence 1"),
        ("1.5 2.1", "paragraph 1, sentence 5; paragraph 2, sentence 1"),
        ("2.1 3.1 3.2 3.3", "paragraph 2, sentence 1; paragraph 3"),
        ("1.2 3.1 3.3", "paragraph 1, sentence 2; paragraph 3, sentences 1 and 3"),
    ],
)
def test_a_place_is_written_as_people_cite(mill, positions, place):
    assert mill.place(at(positions)) == place
    assert mill.cited(place) == at(positions)


def test_every_place_that_is_written_is_read_as_the_same_sentences(mill):
    every = tuple(mill.sentences)
    choices = chain.from_iterable(combinations(every, size) for size in range(1, len(every) + 1))
    for positions in choices:
        assert mill.cited(mill.place(positions)) == positions


def test_pages_are_cited_where_the_document_has_them():
    book = article("One is here. Two is here.", "Three is here.", page=7)
    assert book.place(at("1.2 2.1")) == "page 7, paragraph 1, sentence 2; page 7, paragraph 2, sentence 1"
    assert book.cited(book.place(at("1.2 2.1"))) == at("1.2 2.1")


def test_order_and_repetition_of_positions_do_not_matter(mill):
    assert mill.place(at("3.1 1.2 3.1 1.1")) == mill.place(at("1.1 1.2 3.1"))


@pytest.mark.parametrize(
    ("place", "positions"),
    [
        ("", ""),
        ("the cover", ""),
        ("paragraph 9, sentence 1", ""),
        ("paragraph 0", ""),
        ("paragraph 1, sentences 4 to 9", "1.4 1.5"),
        ("paragraph 1, sentence 0", ""),
        ("paragraph 8; paragraph 2, sentence 1", "2.1"),
        ("page 3, paragraph 3, sentence 2", "3.2"),
    ],
)
def test_what_does_not_exist_is_not_cited(mill, place, positions):
    assert mill.cited(place) == at(positions)


def test_the_text_of_a_place_is_its_sentences(mill):
    assert mill.text(at("1.2 3.1")) == "Two is here. The wheel turns."


@pytest.mark.parametrize(
    "other",
    [
        "the wheel turns slowly.",
        "THE WHEEL TURNS SLOWLY.",
        "  The wheel\n turns\tslowly. ",
        "The wh\u00e9el turns slowly.",
    ],
)
def test_case_accents_and_spacing_do_not_change_a_fingerprint(other):
    assert fingerprint(other) == fingerprint("The wheel turns slowly.")


@pytest.mark.parametrize("other", ["", "The wheel turns.", "The wheels turn slowly.", "Slowly the wheel turns."])
def test_another_wording_has_another_fingerprint(other):
    assert fingerprint(other) != fingerprint("The wheel turns slowly.")


def test_a_fingerprint_is_eight_hexadecimal_digits():
    for text in ("", "The wheel turns.", "\ud800", "Ω" * 5000):
        assert len(fingerprint(text)) == 8
        assert int(fingerprint(text), 16) >= 0


@pytest.mark.parametrize("positions", ["1.1", "1.2 1.3", "2.1", "3.1 3.2 3.3", "1.1 1.2 1.3 1.4 1.5"])
def test_sentences_in_a_row_are_found_by_their_fingerprint(mill, positions):
    assert mill.find(fingerprint(mill.text(at(positions)))) == at(positions)


def test_sentences_that_moved_are_found_where_they_are_now(mill):
    cited = fingerprint("The wheel turns. The miller sleeps.")
    moved = article("A new paragraph.", "News first. The wheel turns.  THE MILLER sleeps. The cat does not.")
    assert moved.find(cited) == at("2.2 2.3")


def test_sentences_that_were_changed_or_torn_apart_are_not_found(mill):
    cited = fingerprint("The wheel turns. The miller sleeps.")
    assert article("The wheel turned. The miller sleeps.").find(cited) == ()
    assert article("The wheel turns. The cat purrs. The miller sleeps.").find(cited) == ()
    assert mill.find("") == ()


def test_of_sentences_that_are_said_twice_the_first_are_found():
    assert article("It turns. It stops.", "It turns.").find(fingerprint("It turns.")) == at("1.1")


def test_a_longer_run_than_any_citation_is_not_looked_for():
    long = article(" ".join(f"Ship {number} left the port early." for number in range(WIDEST_CITED + 1)))
    assert long.find(fingerprint(long.paragraphs[0].text)) == ()


MANUSCRIPT = """\
# The mill

Welcome to the mill.

## Visits

- Bring a coat.
- Bring a lamp. It is dark.

### Groups

Ring us first.

## Prices

| Who | Price |
|---|---|
| Adults | 5 euros |
"""


def test_items_and_rows_are_paragraphs_under_their_headings():
    read = Article.of(reader.parse(MANUSCRIPT))
    assert read.title == "The mill"
    found = [(p.number, p.kind, p.headings, p.text) for p in read.paragraphs]
    assert found == [
        (1, Kind.PARAGRAPH, (), "Welcome to the mill."),
        (2, Kind.ITEM, ("Visits",), "Bring a coat."),
        (3, Kind.ITEM, ("Visits",), "Bring a lamp. It is dark."),
        (4, Kind.PARAGRAPH, ("Visits", "Groups"), "Ring us first."),
        (5, Kind.ROW, ("Prices",), "Adults | 5 euros"),
    ]


def test_a_document_is_cited_by_title_and_date():
    block = (Block(Kind.PARAGRAPH, "It turns."),)
    for title, date, cited in [
        ("The mill", "3 May 2020", "The mill, 3 May 2020"),
        ("The mill", "", "The mill"),
        ("", "3 May 2020", "3 May 2020"),
        ("", "", ""),
    ]:
        assert Article.of(Document(block, title, date)).document == cited


def test_an_answer_knows_the_question_before_it():
    blocks = (
        Block(Kind.QUESTION, "When is it open?"), Block(Kind.ANSWER, "From nine."), Block(Kind.ANSWER, "Daily."),
        Block(Kind.PARAGRAPH, "It is old."), Block(Kind.HEADING, "More", level=2), Block(Kind.ANSWER, "Bring a coat."),
    )  # fmt: skip
    read = Article.of(Document(blocks))
    assert [p.question for p in read.paragraphs] == ["When is it open?", "When is it open?", "", ""]
