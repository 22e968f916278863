import random

import numpy as np
import pytest

import sampling
from conftest import DATA
from faqbot.text import stem, tokens

WORDS = 256


def embed(texts):
    """Return bags of stems as vectors: enough to tell which texts are alike."""
    vectors = np.full((len(texts), WORDS), 1e-6)
    for row, text in enumerate(texts):
        for word in tokens(text):
            vectors[row, sum(stem(word).encode()) % WORDS] += 1
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def faqs():
    return sampling.Faqs.read(DATA / "faqs/trained.jsonl", embed)


def test_faqs_teach_right_entries_and_the_ones_most_like_them(faqs):
    pairs = [pair for number in range(20) for pair in faqs.pairs(random.Random(number))]
    share = np.mean([label for *_, label in pairs])
    assert 0.2 < share < 0.5
    right = {asked: entry for faq in faqs.faqs for entry in faq["entries"] for asked in entry["asked"]}
    near = {question for faq in faqs.faqs for question in (*faq["near"], *faq["off"])}
    for question, text, label in pairs:
        if label:
            entry = right[question]
            assert any(part in text for part in (entry["q"], entry["a"], *entry["asked"]))
            assert text != question
        else:
            assert question in right or question in near


def test_intents_are_left_out_so_that_some_questions_have_no_answer():
    by_intent = [
        [f"{verb} the {thing} {n}" for n in range(12)] for verb, thing in zip("abcdefghij", "klmnopqrst", strict=True)
    ]
    drawn = sampling.Intents.of(by_intent, ["what is the weather"], embed)
    intent = {question: number for number, group in enumerate(by_intent) for question in group}
    for number in range(10):
        for question, text, label in drawn.pairs(random.Random(number)):
            assert label == float(intent.get(question) == intent[text])


def test_passages_that_are_all_too_alike_are_no_negatives():
    passages = [f"about topic {'x' * n}" for n in range(40)]
    asked = [(f"topic {'x' * n}", n) for n in range(40)]
    drawn = list(sampling.Passages.of(passages, asked, embed).pairs(random.Random(1)))
    assert {label for *_, label in drawn} == {0.0, 1.0}
    assert all(label == float(passages[int(dict(asked)[question])] == text) for question, text, label in drawn)


def test_typing_changes_how_a_question_looks_and_not_its_length_by_much():
    pick = random.Random(3)
    typed = [sampling.misspelt("How do I renew my library card?", pick) for _ in range(200)]
    assert len(set(typed)) > 20
    assert all(20 < len(one) < 70 for one in typed)


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("how do i enable it", "How do I enable it?", {"how do i disable it", None}),
        ("where is the garden", "The garden is behind the house.", {"where is the lamp"}),
        ("is it", "Is it?", {None}),  # nothing in it tells what it is about
    ],
)
def test_a_turned_question_asks_something_else(question, text, expected):
    found = {sampling.turned(question, text, ["lamp"], random.Random(number)) for number in range(20)}
    assert found & expected
    assert question not in found


def test_a_batch_has_its_size_and_both_labels(faqs):
    pairs = sampling.batch([(1.0, faqs.pairs)], ["lamp"], 64, random.Random(2))
    assert len(pairs) == 64
    assert {label for *_, label in pairs} == {0.0, 1.0}
