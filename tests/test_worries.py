"""Which messages are worries: reports of something bad, here and now, and not questions about a possibility."""

import json

import pytest

from conftest import DATA
from faqbot import Entry, FaqBot, KnowledgeBase
from faqbot.answering import urgent
from faqbot.knowledge import reader

URGENT = [
    "my toddler got hold of a needle",
    "i pricked myself with it",
    "my husband turned pale and slid off the chair",
    "she is not reacting",
    "pus is coming out",
    "stitches came apart after it",
    "my chin has been numb for three days",
    "my skin makes me want to end it",
    "i am thinking of taking them all",
    "the tablets are here, i want to swallow them all",
    "I am bleeding a lot",
    "i am bleeding",
    "im bleeding pretty badly",
    "I'm still bleeding after two days",
    "I think it is infected",
    "i think its infected",
    "my cheek looks infected",
    "the wound got infected",
    "My face is swelling badly and I have a fever",
    "my face swelling badly pls help",
    "my lips are swollen",
    "my eye is swollen shut",
    "i cant breathe",
    "I cannot breathe properly",
    "cant breathe!!",
    "I am having trouble breathing",
    "help i cant breathe",
    "got a fever since the treatment",
    "i got a fever since the treatment",
    "I have fever, is it normal?",
    "i have a fever is that ok",
    "i had the treatment on monday and now i have a fever",
    "fever since yesterday",
    "high fever since last night",
    "there is a lot of blood",
    "there's pus coming out",
    "my skin is oozing pus",
    "it is oozing",
    "it oozes yellow stuff",
    "blood everywhere please help",
    "it does not stop bleeding",
    "it won't stop bleeding",
    "the bleeding wont stop, it has been bleeding all night",
    "my gums are bleeding since the treatment",
    "I fainted after the session",
    "i passed out this morning",
    "I feel really ill",
    "my chin has blisters all over",
    "is it normal that my face is bleeding so much",
    "why is my face so swollen",
    "why am i bleeding so much",
    "how do i stop the bleeding",
    "what should i do my face is bleeding",
    "hello, i had it done yesterday. my whole face is swollen",
    "my daughter is bleeding a lot",
    "i think i am having an allergic reaction",
    "i have severe pain in my cheek",
    "bleding a lot since this morning",
    "hi doctor, my nose is bleeding",
    "so it started bleeding again",
]

NOT_URGENT = [
    "nobody is answering the phone",
    "i fell off the wagon with my creams",
    "should i take all my pills in the morning",
    "my hair turned white years ago",
    "oozing is normal, i read",
    "i stuck to the plan myself for a week",
    "will I bleed?",
    "will i bleed a lot",
    "is bleeding normal?",
    "is a bit of bleeding ok",
    "can it get infected?",
    "could I get an infection",
    "what are signs of infection",
    "what are the signs of an infection?",
    "what if it gets infected",
    "what if I have a fever",
    "what should i do if my face is swollen",
    "does it bleed",
    "is there a lot of blood",
    "how much bleeding is there",
    "why does it bleed",
    "is there pus afterwards",
    "how likely is an infection",
    "am I going to bleed",
    "do people get a fever",
    "do i get a fever from it",
    "I am afraid of bleeding",
    "i am worried about infection",
    "i am scared that it will get infected",
    "i want to avoid an infection",
    "my skin is not bleeding, did it work",
    "I have no fever",
    "there was no bleeding at all",
    "i have hay fever, can i have it?",
    "I have a bleeding disorder",
    "i take blood thinners",
    "I bleed easily, can I still have it?",
    "my gums bleed when I brush",
    "my gums keep bleeding when i brush my teeth",
    "bleeding",
    "infection",
    "fever after treatment",
    "swelling?",
    "risk of infection",
    "does my face swell",
    "will my face be swollen",
    "should my face be bleeding",
    "i heard there is a lot of blood",
    "i read that it can get infected",
    "i had a fever last year, may i have it?",
    "how long does the swelling last",
    "when does the bleeding stop",
    "is it bad if it bleeds",
    "is it dangerous if it is infected",
    "would you tell me whether there is swelling",
    "does it hurt",
    "my skin is oily",
    "i have acne",
    "my face is red",
    "can i breathe normally",
    "i will be swollen, right?",
    "how do i know whether it is infected",
]


@pytest.fixture(scope="module")
def is_report(bundled):
    own = urgent.of(bundled.knowledge)

    def ask(message):
        worry = urgent.find(message, own)
        return worry is not None and worry.is_clear

    return ask


@pytest.mark.parametrize("message", URGENT)
def test_a_report_is_urgent(is_report, message):
    assert is_report(message)


@pytest.mark.parametrize("message", NOT_URGENT)
def test_a_question_about_a_possibility_is_not_urgent(is_report, message):
    assert not is_report(message)


def test_there_are_enough_of_both():
    assert min(len(set(URGENT)), len(set(NOT_URGENT))) >= 40


def test_no_labelled_question_is_urgent(is_report):
    asked = [json.loads(line)["question"] for line in (DATA / "microneedling.jsonl").read_text("utf-8").splitlines()]
    assert [question for question in asked if is_report(question)] == []


def test_the_safety_line_comes_before_anything_else(bundled):
    chat = bundled.conversation()
    reply = chat.ask("i am bleding a lot")
    assert (reply.status, reply.entry) == ("urgent", None)
    assert reply.text.startswith(bundled.knowledge.urgent_answer)
    assert "What I have about it:\n1. How long will I bleed?" in reply.text
    assert chat.ask("1").entry.question == "How long will I bleed?"
    assert reply.explain().sentence.startswith("Urgent:")


def test_a_worry_counts_wherever_it_is_asked(bundled):
    alone, each = bundled.ask("I am bleeding a lot"), bundled.ask_each("I am bleeding a lot. how much is it?")
    assert {alone.status, each.status, bundled.conversation().ask("I am bleeding a lot").status} == {"urgent"}
    assert alone.entry is None
    assert [match.entry.question for match in alone.suggestions] == ["How long will I bleed?"]


def test_a_knowledge_base_that_names_no_alarms_has_the_usual_ones(bot):
    reply = bot.conversation().ask("i cant breathe")
    assert (reply.status, reply.text) == ("urgent", urgent.DEFAULT_LINE)
    assert bot.conversation().ask("the chain is broken").status != "urgent"


def test_a_knowledge_base_says_what_is_urgent_and_what_to_say(tmp_path):
    path = tmp_path / "boiler.md"
    path.write_text(
        "# Boiler\n\n- urgent: gas, carbon monoxide\n- urgent answer: Leave the house, then call 555 0100.\n\n"
        "## How often is it serviced?\n\nOnce a year.\n",
        encoding="utf-8",
    )
    chat = FaqBot.from_file(path).conversation()
    assert chat.ask("there is a smell of gas").text == "Leave the house, then call 555 0100."
    assert chat.ask("is gas expensive").status != "urgent"
    assert chat.ask("i have a fever").status != "urgent"


def test_several_knowledge_bases_keep_the_alarms_of_each():
    parts = [
        KnowledgeBase([Entry(question="A?", answer="A.")], title="A", urgent=["gas"], urgent_answer="Get out."),
        KnowledgeBase([Entry(question="B?", answer="B.")], title="B", urgent=["smoke", "gas"], urgent_answer="Call."),
    ]
    merged = KnowledgeBase.merged(parts)
    assert (merged.urgent, merged.urgent_answer) == (("gas", "smoke"), "Get out. Call.")


def test_a_long_message_is_read_in_bounded_time(is_report):
    assert not is_report("i have " * 2000 + "a fever")
    assert not is_report("my " * 5000)
    assert is_report("i cannot breathe " * 500)


def test_urgent_is_a_sequence_of_words():
    with pytest.raises(TypeError, match="urgent"):
        KnowledgeBase([], urgent="gas")


def test_words_and_line_stand_in_the_file(tmp_path):
    file = reader.parse("# T\n\n- urgent: gas, smoke\n- urgent: fire\n\n## Q?\n\nA.\n", tmp_path / "t.md")
    assert (file.knowledge.urgent, file.knowledge.urgent_answer) == (("gas", "smoke", "fire"), "")
