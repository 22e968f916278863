"""Two questions in one message, and one question that only looks like two."""

from dataclasses import replace

import pytest

from faqbot import Entry, FaqBot
from faqbot.answering import splitting


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("does it hurt and how long does it take?", ("does it hurt", "how long does it take?")),
        ("What does it cost? And is it safe?", ("What does it cost?", "is it safe?")),
        ("what does it cost, and is it safe", ("what does it cost", "is it safe")),
        ("how long does it take, does it hurt?", ("how long does it take", "does it hurt?")),
        ("where are you?when do you open?", ("where are you?", "when do you open?")),
        ("where are you\nwhen do you open", ("where are you", "when do you open")),
        ("does it hurt, and if so can i get a cream", ("does it hurt", "can i get a cream")),
        ("does it hurt? if so, can i get a cream?", ("does it hurt?", "can i get a cream?")),
        ("is it safe also can i drive home", ("is it safe", "can i drive home")),
        ("whats the price and wheres the shop", ("whats the price", "wheres the shop")),
        ("Is it safe? Does it hurt? How long is it?", ("Is it safe?", "Does it hurt?", "How long is it?")),
        ("what kind of card do i need & how much is it", ("what kind of card do i need", "how much is it")),
        ("tell me how long it takes and what it costs", ("how long it takes", "what it costs")),
        ("1) how much 2) how long 3) does it hurt", ("how much", "how long", "does it hurt")),
        ("first is it safe, second what is it", ("is it safe", "what is it")),
        ("does it help with acne? and wrinkles?", ("does it help with acne?", "wrinkles?")),
        ("how much and how long", ("how much", "how long")),
        ("tell me the price and the risks", ("the price", "the risks")),
        ("safe? painful? expensive?", ("safe?", "painful?", "expensive?")),
        ("I have acne. Does it help? Does it hurt?", ("Does it help?", "Does it hurt?")),
    ],
)
def test_each_whole_question_is_one(message, questions):
    assert splitting.questions_in(message) == questions


@pytest.mark.parametrize(
    "message",
    [
        "",
        "does it help with acne and scars?",
        "what can I eat and drink afterwards",
        "how and when will I see results",
        "is it safe and painless",
        "does it hurt or is it painless?",
        "does it work, or is it a waste of money?",
        "if I have acne, is it safe?",
        "I have acne. Does it help?",
        "I have acne and is it safe",
        "can I eat and can drink",
        "what is it? It sounds odd.",
        "do you rent films and how long can i keep them",
        "Is it safe? Is it safe? Is it safe? Is it safe?",
        "is it safe? " * 100,
        "and and and, and , and",
        "?!?! ... ,,,",
    ],
)
def test_other_messages_are_one_question(message):
    assert splitting.questions_in(message) == ()


def test_each_question_gets_its_answer(bundled):
    reply = bundled.ask_each("does it hurt and how long does it take?")
    assert [(part.question, part.status) for part in reply.parts] == [
        ("does it hurt", "gap"), ("how long does it take?", "answered"),
    ]  # fmt: skip
    assert (reply.status, reply.entry, reply.source) == ("answered", reply.parts[1].entry, None)
    assert reply.confidence == reply.parts[1].confidence
    hurts, takes = (part.text for part in reply.parts)
    assert reply.text == f'"does it hurt"\n{hurts}\n\n"how long does it take?"\n{takes}'
    explanation = reply.explain()
    assert explanation.asked == "how long does it take?"
    assert explanation.sentence.startswith('Read as 2 questions: "does it hurt" and "how long does it take?".')
    assert reply.parts[0].explain().status == "gap"


def test_a_question_that_nothing_answers_does_not_take_the_other_one_with_it(bundled):
    reply = bundled.ask_each("how long does it take? do you like dogs?")
    assert [part.status for part in reply.parts] == ["answered", "unanswered"]
    assert reply.status == "answered"


@pytest.mark.parametrize(
    "message",
    [
        "how long does it take and how much time does it need",
        "do you like dogs and do you like cats",
        "hi",
        "is it safe for men and women",
        "does my skin get red and a little sore",
    ],
)
def test_a_message_with_one_answer_or_none_is_one_question(bundled, message):
    assert bundled.ask_each(message) == bundled.ask(message)


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (
            "would it make me look younger and even out my skin tone",
            ["Does micro-needling make you look younger?", "Does micro-needling even out the skin tone?"],
        ),
    ],
)
def test_what_shares_a_subject_is_a_part_of_its_own(bundled, message, asked):
    assert [part.asked for part in bundled.ask_each(message).parts] == asked


def test_a_phrasing_is_not_split(garage, bot):
    both = Entry(question="Where are you?", phrasings=["where do i park and when are you open"], answer="See the map.")
    whole = FaqBot(replace(garage, entries=[*garage.entries, both]))
    assert whole.ask_each("Where do I park and when are you open?").text == "See the map."
    assert len(bot.ask_each("Where do I park and when are you open?").parts) == 2


def test_time_is_bounded():
    assert splitting.questions_in(("is it safe " + " , and " * 40)[:400]) == ()
