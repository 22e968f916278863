"""Which sentences of a paragraph make one answer."""

import pytest

from faqbot.documents.article import Article
from faqbot.documents.blocks import Block, Document, Kind
from faqbot.extraction.passages import (
    FEW_WORDS_OF_PROCEDURES,
    MOST_SENTENCES,
    MOST_WORDS,
    groups,
    opens_new_point,
    points_back,
)

LONG = "The old mill by the river was built of stone and oak in the year of the flood."
OTHER = "Every spring the miller and his sons repaired the wheel that the ice had damaged."


def grouped(*texts, few=5):
    blocks = tuple(Block(Kind.PARAGRAPH, text) for text in texts)
    return [group.text for group in groups(Article.of(Document(blocks)), few)]


def test_sentences_of_their_own_are_answers_of_their_own():
    assert grouped(f"{LONG} {OTHER}") == [LONG, OTHER]


@pytest.mark.parametrize(
    "back",
    [
        "It is still in use today for grinding rye.",
        "They live in the house beside the weir.",
        "This took them a week of hard work every year.",
        "However, nobody has ground corn there since the war.",
        "As a result, the wheel never stood still in summer.",
        "For example, the third son carved a new axle out of elm.",
        "In contrast, the windmill on the hill was left to rot.",
        "Therefore the parish paid for half of the new timber.",
    ],
)
def test_a_sentence_that_points_back_stays_with_the_one_before(back):
    assert points_back(back)
    assert grouped(f"{LONG} {back}") == [f"{LONG} {back}"]


@pytest.mark.parametrize(
    "new",
    [
        "Furthermore, it has a saw that is driven by the wheel.",
        "Another benefit of it is the cool air in the cellar.",
        "Secondly, they sold the flour in the town market.",
        "Finally, it burnt down one night in a cold winter.",
    ],
)
def test_a_new_point_stands_alone_even_where_it_points_back(new):
    assert opens_new_point(new)
    assert grouped(f"{LONG} {new}") == [LONG, new]


def test_a_short_sentence_joins_its_neighbour():
    assert grouped(f"{LONG} Nobody minded.") == [f"{LONG} Nobody minded."]
    assert grouped(f"Nobody minded. {LONG}") == [f"Nobody minded. {LONG}"]


def test_a_short_sentence_may_stand_alone_in_an_article_about_a_procedure():
    text = "Your first visit here takes about twenty minutes. Each further visit of yours is a little shorter."
    assert len(grouped(text, few=FEW_WORDS_OF_PROCEDURES)) == 2
    assert len(grouped(text, few=15)) == 1


@pytest.mark.parametrize(
    "end", ["How did they repair it, year after year?", "They had three ways to repair the wheel:"]
)
def test_what_a_question_or_a_colon_announces_belongs_to_it(end):
    assert grouped(f"{end} {OTHER}") == [f"{end} {OTHER}"]


def test_a_group_holds_few_sentences():
    text = " ".join(["It turns."] * 10)
    assert [len(group.split(". ")) for group in grouped(text)] == [MOST_SENTENCES] * 3 + [1]


def test_a_group_holds_few_words():
    back = "It " + "really " * (MOST_WORDS - 10) + "turned."
    assert grouped(f"{LONG} {back}") == [LONG, back]


def test_a_group_ends_with_its_paragraph():
    assert grouped(LONG, "It is old.") == [LONG, "It is old."]


def test_answers_to_marked_questions_are_left_to_others():
    blocks = (Block(Kind.QUESTION, "Is it old?"), Block(Kind.ANSWER, LONG), Block(Kind.PARAGRAPH, OTHER))
    assert [group.text for group in groups(Article.of(Document(blocks)))] == [OTHER]


def test_every_sentence_is_in_exactly_one_group():
    article = Article.of(Document((Block(Kind.PARAGRAPH, f"{LONG} It is old. {OTHER} So they say."),
                                   Block(Kind.PARAGRAPH, OTHER))))  # fmt: skip
    positions = [position for group in groups(article) for position in group.positions]
    assert positions == list(article.sentences)
