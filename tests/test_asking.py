"""What questions a sentence answers: a table a rule, of sentences it asks about and of near ones it leaves alone."""

import pytest

from faqbot.extraction.grammar.questions import LONGEST_QUESTION, questions, without_lead
from faqbot.extraction.grammar.usage import Usage


def asked(sentence):
    """Return the questions of a sentence in an article that speaks of its things often."""
    return questions(sentence, Usage([sentence] * 3))


def each(table):
    """Return a table of (rule, sentence, …) with names that say which rule is meant."""
    return [pytest.param(*row, id=f"{row[0]}: {row[1]}") for row in table]


ANSWERED = [
    # what and who something is
    ("definition", "A lute is a stringed instrument with a rounded back.", "What is a lute?"),
    ("definition", "Granite is a coarse-grained rock.", "What is granite?"),
    ("definition", "However, barges are the slowest of boats.", "What are barges?"),
    ("definition", "Marta Lindqvist was a Swedish chemist.", "Who was Marta Lindqvist?"),
    ("called", "The outer part of the wheel is called the rim.", "What is the outer part of the wheel called?"),
    ("called", "The sauce is known as gravy.", "What is the sauce known as?"),
    ("called", "The disease was also called ague.", "What was the disease called?"),
    # how much, how long, how often, how many, when
    ("price", "The membership will cost 40 euros a year.", "How much will the membership cost?"),
    ("price", "A season ticket can cost 300 euros.", "How much can a season ticket cost?"),
    ("price", "The repair cost about 90 pounds.", "How much did the repair cost?"),
    ("duration", "The glue takes six hours to set.", "How long does the glue take to set?"),
    ("duration", "The crossing takes about forty minutes.", "How long does the crossing take?"),
    ("duration", "The dough is kneaded for ten minutes.", "How long is the dough kneaded?"),
    ("duration", "Cats sleep for most of the day.", "How long do cats sleep?"),
    ("frequency", "The tank is emptied once a week.", "How often is the tank emptied?"),
    ("frequency", "Members meet twice a month.", "How often do members meet?"),
    ("frequency", "Trains cross the border every two hours.", "How often do trains cross the border?"),
    ("frequency", "The council collects glass every second week.", "How often does the council collect glass?"),
    # why, how, where, what for
    ("cause", "The soil is red because it contains iron.", "Why is the soil red?"),
    ("cause", "The ferry was cancelled due to fog.", "Why was the ferry cancelled?"),
    ("cause", "Honey does not spoil because it contains very little water.", "Why does honey not spoil?"),
    ("cause", "The wire is coated so that it does not rust.", "Why is the wire coated?"),
    ("manner", "The paper is dried by pressing it.", "How is the paper dried?"),
    ("manner", "Bees communicate by dancing.", "How do bees communicate?"),
    ("manner", "Glass is made by melting sand with soda and lime.", "How is glass made?"),
    ("use", "The lever is used to open the gate.", "What is the lever used for?"),
    ("use", "Copper is used in wires.", "What is copper used in?"),
    ("use", "Wax is used as a polish.", "What is wax used as?"),
    # who does what, and to what
    # what is advised, and what is so
    ("condition", "If the tank is empty, the lamp goes out.", "What happens if the tank is empty?"),
    ("condition", "When the bell rings, the doors close.", "What happens when the bell rings?"),
    ("condition", "If you miss a lesson, you should call the office.", "What should you do if you miss a lesson?"),
    ("sign", "You can tell that the bread is done when it sounds hollow.", "How can I tell whether the bread is done?"),
    ("sign", "You will know that the cake is ready when it springs back.", "How can I tell whether the cake is ready?"),
    ("sign", "You see that the oil is hot because it shimmers.", "How can I tell whether the oil is hot?"),
]

ANSWERED += [
    ("time", "In 1954, the heron was protected.", "When was the heron protected?"),
    ("time", "Shortly after the rain, the flowers open.", "When do the flowers open?"),
]
LEFT_ALONE = [
    ("time", "In spring, the station was painted.", "When"),
    ("definition", "The kettle is a gift.", "What is"),  # a kettle that the reader has not met
    ("definition", "Tofu is not a dairy product.", "What is"),
    ("definition", "You are a member from the first day.", "What are"),
    ("called", "The office calls members by their first names.", "What"),
    ("called", "The remedy is known to be useless.", "What is the remedy known"),
    ("price", "The mistake was costly.", "How much"),
    ("price", "The cost of bread rose in spring.", "How much"),
    ("duration", "The house was not empty for ten years.", "How long"),
    ("duration", "The driver stopped for petrol.", "How long"),
    ("duration", "He has been waiting for two hours.", "How long"),
    ("frequency", "The lock was changed twice.", "How often"),
    ("frequency", "Every guest gets a key.", "How often"),
    ("cause", "The owner sold it because he was ill.", "Why did he"),
    ("cause", "The rent is due on Friday.", "Why"),
    ("cause", "The coat is thick, so it is warm.", "Why"),
    ("manner", "The chair stands by the window.", "How"),
    ("manner", "Parcels are delivered by bicycle.", "How"),
    ("use", "The used lever is in the box.", "What is the used lever used"),
    ("use", "The hall is used every day.", "What is the hall used"),
    ("condition", "If it rains, the match is off.", "What happens if it"),
    ("condition", "If only.", "What"),
    ("condition", "When in doubt, ask the porter.", "What happens when in"),
    ("sign", "You can tell that it is done when it sounds hollow.", "How can I tell whether it"),
    ("sign", "You know the town if you grew up there.", "How can I tell"),
]


@pytest.mark.parametrize(("rule", "sentence", "question"), each(ANSWERED))
def test_a_sentence_answers_the_question(rule, sentence, question):
    assert question in asked(sentence)


@pytest.mark.parametrize(("rule", "sentence", "opening"), each(LEFT_ALONE))
def test_a_near_sentence_is_not_asked_about(rule, sentence, opening):
    assert [question for question in asked(sentence) if question.startswith(opening)] == []


def test_the_most_telling_question_comes_first():
    assert asked("The tank, a box, is emptied once a week.") == []
    assert asked("The tank is emptied once a week by pumping it dry.")[0] == "How often is the tank emptied?"


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
        ("However, the tank is emptied once a week.", "How often is the tank emptied?"),
        ("For example, bees communicate by dancing.", "How do bees communicate?"),
        ("Please note that the tank is emptied once a week.", "How often is the tank emptied?"),
        ("The tank (see above) is emptied once a week.", "How often is the tank emptied?"),
        ("The tank [3] is emptied once a week [4].", "How often is the tank emptied?"),
    ],
)
def test_a_connective_an_announcement_or_brackets_change_no_question(sentence, question):
    assert question in asked(sentence)


def test_the_reader_is_not_asked_what_the_writer_does():
    assert "How often is your practice cleaned?" in asked("Our practice is cleaned once a week.")


def test_a_thing_is_asked_about_by_its_article_only_where_the_text_speaks_of_it_often():
    sentence = "The tank is emptied once a week."
    assert questions(sentence, Usage([sentence])) == []
    assert questions(sentence, Usage([sentence, "The tank leaks.", "A tank was sold."]))


@pytest.mark.parametrize(
    ("sentence", "others", "question"),
    [
        ("Granite is a hard rock.", ["Some granite is pink."], "What is granite?"),
        ("Velcro is a fastener.", ["Few know what Velcro is."], "What is Velcro?"),
        ("Flint is a town.", ["She wrote to Flint.", "He left Flint."], "What is Flint?"),
        ("NATO is an alliance.", [], "What is NATO?"),
    ],
)
def test_a_capital_is_kept_where_the_article_writes_the_word_so(sentence, others, question):
    assert question in questions(sentence, Usage([sentence, *others]))


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
