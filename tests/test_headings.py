"""A section's heading as the question that people ask, where a template makes it one."""

import pytest

from faqbot.extraction.headings import asked, led
from faqbot.extraction.kinds import Kind
from faqbot.extraction.subject import Subject

KNEE = Subject("knee replacement", ("TKR",), Kind.PROCEDURE, "a knee replacement")


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Can I drive?", "Can I drive?"),
        ("How to Change the Oil", "How do I change the oil?"),
        ("What to bring", "What should I bring?"),
        ("When to call a doctor", "When should I call a doctor?"),
        ("About knee replacement", "What is a knee replacement?"),
        ("TKR", "What is a knee replacement?"),
        ("Overview", "What is a knee replacement?"),
        ("Who can apply", "Who can apply?"),
        ("What happens on the day", "What happens on the day?"),
        ("How it works", "How does a knee replacement work?"),
        ("How long it takes", "How long does a knee replacement take?"),
        ("What you will need", "What will I need?"),
        ("When you can drive", "When can I drive?"),
        ("Can I eat before it", "Can I eat before it?"),
        ("Changing the filter", "How do I change the filter?"),
        ("Applying for your permit", "How do I apply for my permit?"),
        ("2. Drain the oil", "How do I drain the oil?"),
        ("Types of Grafts", "What are the types of grafts?"),
        ("See a GP if", "When should I see a GP?"),
        ("Call the ward if you have:", "When should I call the ward?"),
        ("Stop the exercises if", "When should I stop the exercises?"),
        ("How long a new knee lasts", "How long does a new knee last?"),
        ("What swollen knees can look like", "What can swollen knees look like?"),
        ("Why regular checks matter", "Why do regular checks matter?"),
        ("What it looks like", "What does a knee replacement look like?"),
        ("What causes it", "What causes a knee replacement?"),
        ("Which tools do I need", "Which tools do I need?"),
        ("Complications of surgery", "What are the complications of surgery?"),
        ("Cost of a new knee", "What is the cost of a new knee?"),
        ("Check if you can bend it", "How do I check if I can bend it?"),
        ("If you miss a visit", "What if I miss a visit?"),
        ("If you\u2019re late", "What if I am late?"),
        ("Having your operation", ""),
        ("Call the ward", ""),
        ("What knees with scars", ""),
        ("Opening hours", ""),
        ("Why choose us", ""),
        ("Your stay", ""),
        ("Reading list", ""),
        ("Store opening", ""),
        ("", ""),
    ],
)
def test_a_heading_asks_what_people_would_ask(heading, question):
    assert asked(heading, KNEE) == question


@pytest.mark.parametrize(
    ("lead", "question"),
    [
        ("Here are some of the main benefits of mud bathing:", "What are the benefits of mud bathing?"),
        ("The types of grafts are as follows:", "What are the types of grafts?"),
        ("Call your doctor if you have:", "When should I call my doctor?"),
        ("Contact us if your knee:", "When should I contact you?"),
        ("Call your doctor if you have", ""),
        ("Common symptoms include:", "What are the symptoms of a knee replacement?"),
        ("The main symptoms in children are:", "What are the symptoms in children?"),
        ("Bring:", ""),
        ("The benefits of mud, which many people have told us about since we opened, are these:", ""),
    ],
)
def test_the_lead_in_of_a_list_is_the_question_that_it_answers(lead, question):
    assert led(lead, KNEE) == question
