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
    ("amount", "A spider has eight legs.", "How many legs does a spider have?"),
    ("amount", "The library holds about 300,000 books.", "How many books does the library hold?"),
    ("amount", "The orchestra employs 90 musicians.", "How many musicians does the orchestra employ?"),
    ("amount", "A beehive can hold 60,000 bees.", "How many bees can a beehive hold?"),
    ("time", "In 1950, the factory closed.", "When did the factory close?"),
    ("time", "The tower was completed in 1340.", "When was the tower completed?"),
    ("time", "Swallows return to Europe in April.", "When do swallows return to Europe?"),
    ("time", "The harbour freezes in winter.", "When does the harbour freeze?"),
    # why, how, where, what for
    ("cause", "The soil is red because it contains iron.", "Why is the soil red?"),
    ("cause", "The ferry was cancelled due to fog.", "Why was the ferry cancelled?"),
    ("cause", "Honey does not spoil because it contains very little water.", "Why does honey not spoil?"),
    ("cause", "The wire is coated so that it does not rust.", "Why is the wire coated?"),
    ("manner", "The paper is dried by pressing it.", "How is the paper dried?"),
    ("manner", "Bees communicate by dancing.", "How do bees communicate?"),
    ("manner", "Glass is made by melting sand with soda and lime.", "How is glass made?"),
    ("place", "The statue is located in the main square.", "Where is the statue located?"),
    ("place", "The treasure was buried near the river.", "Where was the treasure buried?"),
    ("place", "Penguins are found in the south.", "Where are penguins found?"),
    ("use", "The lever is used to open the gate.", "What is the lever used for?"),
    ("use", "Copper is used in wires.", "What is copper used in?"),
    ("use", "Wax is used as a polish.", "What is wax used as?"),
    # who does what, and to what
    ("maker", "The mural was painted by Rosa Delgado.", "Who painted the mural?"),
    ("maker", "The roof was damaged by hail.", "What damaged the roof?"),
    ("maker", "The engine is cooled by water.", "What cools the engine?"),
    ("maker", "The rules were changed by the new board.", "Who changed the rules?"),
    ("claim", "The committee argued that the bridge was unsafe.", "What did the committee argue?"),
    ("claim", "Researchers found that bees can count.", "What did researchers find?"),
    ("claim", "The doctors believe that the fever will pass.", "What do the doctors believe?"),
    ("stranded", "Bread is made from flour and water.", "What is bread made from?"),
    ("stranded", "The country is divided into nine provinces.", "What is the country divided into?"),
    ("stranded", "The price depends on the size of the room.", "What does the price depend on?"),
    ("stranded", "Norway is famous for its fjords.", "What is Norway famous for?"),
    ("contents", "The soup contains celery.", "What does the soup contain?"),
    ("contents", "The job involves heavy lifting.", "What does the job involve?"),
    ("contents", "Compost needs air, water and warmth.", "What does compost need?"),
    ("thing", "The club won the cup in 1987.", "What did the club win in 1987?"),
    ("thing", "Herons build their nests in tall trees.", "What do herons build in tall trees?"),
    ("thing", "A frost killed the vines.", "What did a frost kill?"),
    ("agent", "Elena Ruiz designed the theatre.", "Who designed the theatre?"),
    ("agent", "The storm destroyed the harbour.", "What destroyed the harbour?"),
    ("agent", "The club won the cup in 1987.", "Who won the cup in 1987?"),
    # what is advised, and what is so
    ("recommended", "Visitors should wear sturdy shoes.", "What should visitors wear?"),
    ("recommended", "Guests must avoid the east wing.", "What must guests avoid?"),
    ("recommended", "Before the visit, you need to know the code.", "What do I need to know before the visit?"),
    ("recommended", "Parents should know the rules.", "What should parents know?"),
    ("condition", "If the tank is empty, the lamp goes out.", "What happens if the tank is empty?"),
    ("condition", "When the bell rings, the doors close.", "What happens when the bell rings?"),
    ("condition", "If you miss a lesson, you should call the office.", "What should you do if you miss a lesson?"),
    ("advice", "Do not touch the plug.", "Can I touch the plug?"),
    ("advice", "Never prune cherry trees in winter.", "Can I prune cherry trees in winter?"),
    ("advice", "Wash your hands before you eat.", "Should I wash my hands before I eat?"),
    ("advice", "Bring a list of your medicines.", "Should I bring a list of my medicines?"),
    ("advice", "Avoid the main road after a match.", "What should I avoid after a match?"),
    ("sign", "You can tell that the bread is done when it sounds hollow.", "How can I tell whether the bread is done?"),
    ("sign", "You will know that the cake is ready when it springs back.", "How can I tell whether the cake is ready?"),
    ("sign", "You see that the oil is hot because it shimmers.", "How can I tell whether the oil is hot?"),
    ("whether", "The museum is open on Sundays.", "Is the museum open on Sundays?"),
    ("whether", "You can cancel your order within 14 days.", "Can I cancel my order within 14 days?"),
    ("whether", "Salt lowers the freezing point of water.", "Does salt lower the freezing point of water?"),
    ("whether", "Astronomers measure distances in light years.", "Do astronomers measure distances in light years?"),
    ("whether", "Hand luggage may weigh up to eight kilograms.", "Can hand luggage weigh up to eight kilograms?"),
]

LEFT_ALONE = [
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
    ("amount", "The race takes two hours.", "How many"),
    ("amount", "The house has large windows.", "How many"),
    ("amount", "The kit does not have two brushes.", "How many"),
    ("time", "The factory stands in Leeds.", "When"),
    ("time", "He died in 1790.", "When"),
    ("time", "The canal is 60 kilometres long.", "When"),
    ("cause", "The owner sold it because he was ill.", "Why did he"),
    ("cause", "The rent is due on Friday.", "Why"),
    ("cause", "The coat is thick, so it is warm.", "Why"),
    ("manner", "The chair stands by the window.", "How"),
    ("manner", "Parcels are delivered by bicycle.", "How"),
    ("place", "The bridge was built in 1911.", "Where"),
    ("place", "Lost keys are found by children.", "Where"),
    ("use", "The used lever is in the box.", "What is the used lever used"),
    ("use", "The hall is used every day.", "What is the hall used"),
    ("maker", "Honey is made by heating nothing.", "What makes honey"),
    ("maker", "The bridge was finished by 1911.", "What finished"),
    ("maker", "The flat was not cleaned by the tenant.", "Who cleaned"),
    ("claim", "The guide who said that left early.", "What did"),
    ("claim", "The council did not argue that the road was safe.", "What did"),
    ("stranded", "The engine is not made of steel.", "What is"),
    ("stranded", "The bread is made for the poor.", "What is"),
    ("contents", "The soup does not contain celery.", "What"),
    ("contents", "The bill may include tips.", "What does"),
    ("thing", "The barge became a restaurant.", "What did the barge become"),
    ("thing", "You found a key in the drawer.", "What did you"),
    ("thing", "The nurse helped the old man.", "What did the nurse"),
    ("agent", "She designed the theatre.", "Who"),
    ("agent", "The theatre became a ruin in 1950.", "What became"),
    ("recommended", "Visitors should not wear shoes.", "What should"),
    ("recommended", "Guests should have worn shoes.", "What should"),
    ("condition", "If it rains, the match is off.", "What happens if it"),
    ("condition", "If only.", "What"),
    ("condition", "When in doubt, ask the porter.", "What happens when in"),
    ("advice", "Never mind.", "Can I"),
    ("advice", "Water is scarce in summer.", "Should I"),
    ("advice", "Rinse the rice twice?", "Should I"),
    ("sign", "You can tell that it is done when it sounds hollow.", "How can I tell whether it"),
    ("sign", "You know the town if you grew up there.", "How can I tell"),
    ("whether", "The museum was open on Sundays.", "Was"),
    ("whether", "The museum is not open on Sundays.", "Is"),
    ("whether", "It is open on Sundays.", "Is"),
    ("whether", "Late at night, the museum opens its roof to the stars.", "Does late"),
]


@pytest.mark.parametrize(("rule", "sentence", "question"), each(ANSWERED))
def test_a_sentence_answers_the_question(rule, sentence, question):
    assert question in asked(sentence)


@pytest.mark.parametrize(("rule", "sentence", "opening"), each(LEFT_ALONE))
def test_a_near_sentence_is_not_asked_about(rule, sentence, opening):
    assert [question for question in asked(sentence) if question.startswith(opening)] == []


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("A lute is a stringed instrument.", ["What is a lute?", "Is a lute a stringed instrument?"]),
        (
            "The tank is emptied once a week.",
            ["How often is the tank emptied?", "Is the tank emptied once a week?"],
        ),
        ("Riga was founded in 1201 by Bishop Albert.", ["Who founded Riga in 1201?", "When was Riga founded?"]),
        (
            "Visitors should wear sturdy shoes.",
            ["What should visitors wear?", "Should visitors wear sturdy shoes?"],
        ),
        (
            "The storm destroyed the harbour.",
            ["What did the storm destroy?", "What destroyed the harbour?"],
        ),
    ],
)
def test_the_most_telling_question_comes_first(sentence, found):
    assert asked(sentence) == found


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
        ("Last but not least, a spider has eight legs.", "How many legs does a spider have?"),
        ("Please note that the tank is emptied once a week.", "How often is the tank emptied?"),
        ("The tank (see above) is emptied once a week.", "How often is the tank emptied?"),
        ("The tank [3] is emptied once a week [4].", "How often is the tank emptied?"),
    ],
)
def test_a_connective_an_announcement_or_brackets_change_no_question(sentence, question):
    assert question in asked(sentence)


def test_the_reader_is_not_asked_what_the_writer_does():
    assert "Is your practice closed on public holidays?" in asked("Our practice is closed on public holidays.")


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
