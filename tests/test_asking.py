"""What questions a sentence answers: a table a rule, of sentences it asks about and of near ones it leaves alone."""

from collections import Counter

import pytest

from faqbot.extraction.grammar.questions import LONGEST_QUESTION, questions, without_lead
from faqbot.text import stem, tokens


def held(*sentences):
    """Return how many of the sentences of an article hold a word, by its stem."""
    return Counter(word for sentence in sentences for word in {stem(token) for token in tokens(sentence)})


def asked(sentence):
    """Return the questions of a sentence in an article that speaks of its things often."""
    return questions(sentence, held(*[sentence] * 3))


def each(table):
    """Return a table of (rule, sentence, …) with names that say which rule is meant."""
    return [pytest.param(*row, id=f"{row[0]}: {row[1]}") for row in table]


ANSWERED = [
    ("definition", "A lute is a stringed instrument with a rounded back.", "What is a lute?"),
    ("definition", "Granite is a coarse-grained rock.", "What is granite?"),
    ("definition", "However, barges are the slowest of boats.", "What are barges?"),
    ("definition", "Marta Lindqvist is a Swedish chemist, and a writer.", "What is Marta Lindqvist?"),
    ("definition", "Marta Lindqvist is a writer.", "Who is Marta Lindqvist?"),
    ("price", "The season ticket costs 300 euros.", "How much does the season ticket cost?"),
    ("price", "Guided tours cost about 9 pounds.", "How much do guided tours cost?"),
    ("duration", "The crossing takes about 40 minutes.", "How long does the crossing take?"),
    ("duration", "The repair will usually take two to three hours.", "How long does the repair take?"),
    ("duration", "Guided tours last half an hour.", "How long do guided tours last?"),
    ("onset", "Right after the rain, the sale starts.", "When does the sale start?"),
    ("advice", "If the tank is empty, call the office.", "What should I do if the tank is empty?"),
    ("advice", "If you are late, do not wait at the gate.", "What should I do if I am late?"),
    ("advice", "When the bell rings, close your book.", "What should I do when the bell rings?"),
]
LEFT_ALONE = [
    ("definition", "The kettle is a gift.", "What is"),  # a kettle that the reader has not met
    ("definition", "Tofu is not a dairy product.", "What is"),
    ("definition", "You are a member from the first day.", "What are"),
    ("definition", "Our Aim Our aim is a clean river.", "What is"),  # a heading ran into the sentence
    ("definition", "The porter of the hall is the only one who knows.", "What is"),
    ("price", "The mistake was costly.", "How much"),
    ("price", "The cost of bread rose in spring.", "How much"),
    ("duration", "The house was not empty for ten years.", "How long"),
    ("duration", "It takes two hours.", "How long"),
    ("duration", "The dough takes care of itself.", "How long"),
    ("onset", "In Kent, the sale starts.", "When"),
    ("onset", "Right after the rain, the sale starts with a bell.", "When"),
    ("advice", "If it rains, call the office.", "What should I do if it"),
    ("advice", "If the tank is empty, the lamp goes out.", "What"),
    ("advice", "If only.", "What"),
    ("advice", "When in doubt, ask the porter.", "What should I do when in"),
]


@pytest.mark.parametrize(("rule", "sentence", "question"), each(ANSWERED))
def test_a_sentence_answers_the_question(rule, sentence, question):
    assert question in asked(sentence)


@pytest.mark.parametrize(("rule", "sentence", "opening"), each(LEFT_ALONE))
def test_a_near_sentence_is_not_asked_about(rule, sentence, opening):
    assert [question for question in asked(sentence) if question.startswith(opening)] == []


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Yes.",
        "Chapter 7",
        "And then?",
        "Such a pity!",
        "It was raining.",
        "They left early on Monday.",
        "This was the last of them.",
        "There are nine of them.",
        "Some say so, others do not.",
        "The former is cheaper than the latter.",
        "What a day it was for the town!",
        "Whatever the weather, the boat that they had hired left at noon.",
        "Not only did the roof leak, but the cellar filled with water.",
        "Having eaten, the guests left.",
        "Patients who grind their teeth may need a night guard.",
        "“Nobody,” she said, “has ever seen the lake frozen.”",
        "One of them was a potter, the other a smith.",
        "Between two and four in the afternoon nobody works.",
        "Blue, green, white and red.",
        "123 456 789",
        "!!! ??? …",
    ],
)
def test_no_question_where_a_reader_could_not_know_what_is_meant(sentence):
    assert asked(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "plain"),
    [
        ("The good news is that the lift works again.", "the lift works again."),
        ("Please note that the gate closes at nine.", "the gate closes at nine."),
        ("It is important to know that owls sleep by day.", "owls sleep by day."),
        ("Remember that the last bus leaves at ten.", "the last bus leaves at ten."),
        ("Another advantage of rye is that it grows on poor soil.", "it grows on poor soil."),
        ("Note that it is.", "Note that it is."),
        ("The rope is thick.", "The rope is thick."),
    ],
)
def test_what_only_announces_a_sentence_is_left_out(sentence, plain):
    assert without_lead(sentence) == plain


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("However, the tour takes 2 hours.", "How long does the tour take?"),
        ("Please note that the tour takes 2 hours.", "How long does the tour take?"),
        ("The tour (see above) takes 2 hours.", "How long does the tour take?"),
        ("The tour [3] takes 2 hours [4].", "How long does the tour take?"),
    ],
)
def test_a_connective_an_announcement_or_brackets_change_no_question(sentence, question):
    assert question in asked(sentence)


def test_a_thing_is_asked_about_by_its_article_only_where_the_text_speaks_of_it_often():
    sentence = "The tour takes 2 hours."
    assert questions(sentence, held(sentence)) == []
    assert questions(sentence, held(sentence, "The tour is free.", "A tour was sold."))


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Granite is a hard rock.", "What is granite?"),
        ("Velcro is a fastener.", "What is Velcro?"),
        ("NATO is an alliance.", "What is NATO?"),
        ("Tonsillitis is an infection.", "What is tonsillitis?"),
    ],
)
def test_a_capital_is_kept_where_the_word_is_a_name(sentence, question):
    assert asked(sentence) == [question]


@pytest.mark.parametrize("sentence", [sentence for _, sentence, _ in ANSWERED])
def test_every_question_reads_as_one(sentence):
    found = asked(sentence)
    for question in found:
        assert question.endswith("?")
        assert question[0].isupper()
        assert len(question.split()) <= LONGEST_QUESTION
        assert not set(question) & set(';:"“”()')
        assert " ".join(question.split()) == question
    assert len(set(found)) == len(found)
