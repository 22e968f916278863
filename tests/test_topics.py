"""Keywords of a sentence, and plain headings for a text."""

import pytest

from faqbot.extraction.grammar.keywords import MOST_PIECES, Headings, keywords


@pytest.mark.parametrize(
    ("sentence", "pieces"),
    [
        ("The wheel turns.", ["wheel turns"]),
        ("The tower of the old church was closed.", ["tower old church closed"]),
        ("It is what it is.", []),
        ("", []),
    ],
)
def test_keywords_are_the_telling_words_in_their_order(sentence, pieces):
    assert keywords(sentence) == pieces


def test_long_sentences_give_several_short_pieces_that_share_a_word():
    found = keywords("Copper wires carry current from power stations through hills and valleys to villages and towns.")
    assert len(found) > 1
    assert all(len(piece.split()) <= 5 for piece in found)


def test_pieces_are_few_and_different():
    found = keywords(" ".join(f"word{number}" for number in range(500)))
    assert len(found) == len(set(found)) <= MOST_PIECES


@pytest.mark.parametrize(
    ("sentence", "heading"),
    [
        ("The Bishop's Bridge fell into the river.", "Bishop's Bridge"),
        ("Although it rained, market days took place all over the county.", "market days"),
    ],
)
def test_a_heading_is_a_noun_phrase_of_the_text(sentence, heading):
    assert heading in Headings([sentence]).candidates([sentence])


def test_the_subject_of_a_sentence_is_its_best_heading():
    said = "The stone lantern was a present from the owner of the tea house."
    assert Headings([said]).candidates([said])[0] == "stone lantern"


def test_what_the_whole_article_speaks_of_tells_less():
    about = [f"The tea house was sold in {year}." for year in range(1900, 1920)]
    said = "Beside the tea house stood a stone lantern."
    found = Headings([*about, said]).candidates([said])
    assert found.index("stone lantern") < found.index("tea house")


@pytest.mark.parametrize("sentence", ["", "It is so.", "They did it again and again.", "123 456."])
def test_a_text_without_nouns_has_no_heading(sentence):
    assert Headings([sentence]).candidates([sentence]) == []
