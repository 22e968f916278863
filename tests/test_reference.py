"""What "it", "he" and "she" stand for where that is certain."""

import pytest

from faqbot.documents.article import Article
from faqbot.documents.blocks import Block, Document, Kind
from faqbot.extraction.coreference import resolved


def named(name, *texts):
    """Return the sentences that were changed."""
    return list(resolved(Article.of(Document(tuple(Block(Kind.PARAGRAPH, text) for text in texts))), name).values())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A lute has many strings. It is played with a quill.", ["A lute is played with a quill."]),
        ("A lute is a gift. It has strings. It is old.", ["A lute has strings.", "A lute is old."]),
        ("A lute is old. However, it sounds well.", ["However, a lute sounds well."]),
        ("The first lute was round. It had frets.", ["A lute had frets."]),
    ],
)
def test_it_stands_for_the_subject_of_the_sentence_before(text, found):
    assert named("a lute", text) == found


@pytest.mark.parametrize(
    "text",
    [
        "A quill plays the lute. It is a feather.",  # the quill is the subject
        "A lute is old. It is important to keep it dry.",  # "it" stands for nothing
        "A lute is old. It is possible to mend it.",
        "A lute is old. Its back is round.",
        "A lute is old. They are rare.",
        "A lute is old. The case is new. It is black.",
        "It is old.",
    ],
)
def test_it_is_left_where_it_may_stand_for_something_else(text):
    assert named("a lute", text) == []


def test_it_does_not_reach_into_another_paragraph():
    assert named("a lute", "A lute is old.", "It is played with a quill.") == []


def test_in_an_article_about_a_person_every_paragraph_may_open_with_a_pronoun():
    assert named("Ada Byrne", "She was born in Cork. She built bridges.", "She died in 1950.") == [
        "Ada Byrne was born in Cork.", "Ada Byrne built bridges.", "Ada Byrne died in 1950.",
    ]  # fmt: skip


def test_in_an_article_about_a_woman_nobody_else_is_taken_for_her():
    found = named("Ada Byrne", "She was born in Cork. She built bridges. He paid for them. It rained.")
    assert found == ["Ada Byrne was born in Cork.", "Ada Byrne built bridges."]


@pytest.mark.parametrize("texts", [(), ("It is old.", "She left. She slept.")])
def test_without_a_name_nothing_is_changed(texts):
    assert named("", *texts) == []
