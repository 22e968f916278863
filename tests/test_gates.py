"""Which questions of a passage are kept: it says what they presuppose, and no other passage answers them better."""

import pytest

from faqbot.documents import reader
from faqbot.documents.article import Article
from faqbot.extraction.gates import Gates, says
from faqbot.extraction.passages import passages
from faqbot.extraction.subject import Subject


@pytest.mark.parametrize(
    ("question", "answer", "kept"),
    [
        ("How long does the course take?", "It takes three weeks.", True),
        ("How long does the course take?", "It takes place in the hall.", False),
        ("How long does it last?", "The colour is permanent.", True),
        ("How much does the course cost?", "It costs £30.", True),
        ("How much does the course cost?", "The course is free.", True),
        ("How much does the course cost?", "The course is popular.", False),
        ("How many lessons are there?", "There are several.", True),
        ("How many lessons are there?", "The lessons are fun.", False),
        ("How often do we meet?", "Members meet twice in June.", True),
        ("When does it start?", "At 9 am.", True),
        ("When does it start?", "It starts in the hall.", False),
        ("Who teaches the course?", "A potter teaches it.", True),
        ("Who teaches the course?", "It is taught well.", False),
        ("Where is the course?", "In the town hall.", True),
        ("Where is the course?", "Bring clay.", False),
        ("What is the phone number?", "Call 020 7946 0000.", True),
        ("What is the phone number?", "Call the office.", False),
        ("What is clay?", "Clay is a kind of earth.", True),  # presupposes nothing
    ],
)
def test_an_answer_has_what_a_question_presupposes(question, answer, kept):
    assert says(question, answer) is kept


POTTERY = """# Pottery

The wheel is turned by foot, and the clay is centred on it.

The kiln is heated to a thousand degrees, and the pots stay in it for a day.
"""


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("How is the kiln heated?", [False, True]),
        ("Is the clay centred?", [True, False]),
        ("What is pottery?", [True, True]),  # the name tells no passage from another
        ("What should I wear?", [True, True]),  # no passage has these words
    ],
)
def test_a_question_leads_to_the_passage_that_has_its_words(question, places):
    texts = passages(Article.of(reader.parse(POTTERY)))
    gates = Gates(texts, Subject("pottery"))
    assert [gates.leads_to(question, number) for number in range(len(texts))] == places
