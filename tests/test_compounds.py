import pytest

from faqbot import Entry, FaqBot, KnowledgeBase

ANSWERED = "Yes."


def bot(*questions):
    return FaqBot(KnowledgeBase([Entry(question=question, answer=ANSWERED) for question in questions]), encoder=None)


@pytest.mark.parametrize(
    ("written", "asked", "read"),
    [
        ("Is there Wi-Fi?", "wifi", "wi fi"),
        ("Is there WiFi?", "wi-fi", "wifi"),
        ("How do I log in?", "login trouble", "log in trouble"),
        ("Where is the login?", "log in", "login"),
        ("Is it a non-profit?", "nonprofits", "non profits"),
        ("Which T-shirt sizes are there?", "tshirts", "t shirts"),
        ("Which tshirt sizes are there?", "t-shirt", "tshirt"),
        ("Is COVID-19 covered?", "covid19", "covid 19"),
        ("Do you have cases for the Nova 7?", "nova7", "nova 7"),
        ("Do you have cases for the Nova7?", "nova 7", "nova7"),
        ("Can I set up two screens?", "setup", "set up"),
        ("Is the setup hard?", "set up", "setup"),
        ("What is my e-mail for?", "email", "e mail"),
    ],
)
def test_a_compound_is_read_as_the_knowledge_base_writes_it(written, asked, read):
    assert bot(written).answerer.read(asked).words == tuple(read.split())


@pytest.mark.parametrize(
    ("written", "asked", "read"),
    [
        ("Which dose is usual?", "which does is usual", "which dose is usual"),
        ("Does the lift work?", "dose the lift work", "does the lift work"),
        ("Is there a lift?", "is their a lift", "is there a lift"),
        ("Where can I smoke?", "were can i smoke", "where can i smoke"),
        ("What if the weather is bad?", "whether is bad", "weather is bad"),
    ],
)
def test_of_words_that_sound_alike_the_neighbours_tell_which_is_meant(written, asked, read):
    assert bot(written).answerer.read(asked).words == tuple(read.split())


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Is the backup safe? And is a back up needed?", "back up"),  # both are written
        ("Can I not cancel? I cannot find it", "can not"),  # a negation stays
        ("Which dose is usual? How does it work?", "how does it work"),
        ("Where is their office?", "is there parking"),  # nothing speaks for "their" here
    ],
)
def test_everything_else_is_left_as_it_is(written, asked):
    assert " ".join(bot(written).answerer.read(asked).words) == asked


def test_an_explanation_shows_what_was_joined_and_parted():
    why = bot("Is there Wi-Fi in the lounge?").ask("wifi in the loungue").explain()
    assert [(change.written, change.read) for change in why.corrected] == [("wifi", "wi fi"), ("loungue", "lounge")]


def test_what_is_asked_in_one_word_is_answered():
    assert bot("Do you have Wi-Fi?", "Do you have a pool?").ask("do you have wifi").text == ANSWERED
