"""Words of a sentence, and forms of verbs: what every rule reads a sentence by."""

import pytest

from faqbot.english.wordlists import is_name
from faqbot.extraction.grammar.lexicon import Form, classes, is_verb, verb_forms
from faqbot.extraction.grammar.words import joined, words


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("The wheel turns.", "The wheel turns"),
        ("Bring soap, a towel and a book.", "Bring soap, a towel and a book"),
        ("The mill (built in 1800) is old.", "The mill is old"),
        ("The mill [4] is old [see note].", "The mill is old"),
        ("“Stop,” he said.", "Stop, he said"),
        ("The U.S. mint is old.", "The U.S. mint is old"),
        ("Dr. Ames is here!", "Dr. Ames is here"),
        ("It’s 2.5 km away", "It’s 2.5 km away"),
        ("", ""),
        ("… !", "…"),
    ],
)
def test_words_are_read_without_marks_and_brackets(sentence, read):
    assert joined(words(sentence)) == read


def test_a_word_knows_how_it_is_written_and_what_follows():
    first, second, last = words("Don’t stop, Ada!")
    assert (first.text, first.lower, first.after) == ("Don’t", "don't", "")
    assert (second.text, second.after) == ("stop", ",")
    assert (last.text, last.lower, last.after) == ("Ada", "ada", "!")


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("takes", Form("take", "third")),
        ("carries", Form("carry", "third")),
        ("washes", Form("wash", "third")),
        ("taking", Form("take", "ing")),
        ("stopping", Form("stop", "ing")),
        ("carried", Form("carry", "past")),
        ("stopped", Form("stop", "past")),
        ("stopped", Form("stop", "participle")),
        ("baked", Form("bake", "past")),
        ("wrote", Form("write", "past")),
        ("written", Form("write", "participle")),
        ("cut", Form("cut", "base")),
        ("cut", Form("cut", "past")),
        ("is", Form("be", "third")),
        ("been", Form("be", "participle")),
        ("found", Form("find", "past")),
    ],
)
def test_a_form_of_a_verb_is_read(word, form):
    assert form in verb_forms(word)


@pytest.mark.parametrize("word", ["", "happiness", "oak", "between", "xyzzy", "gas", "bus"])
def test_what_is_no_verb_has_no_form(word):
    assert not [form for form in verb_forms(word) if form.form != "base"]


@pytest.mark.parametrize(
    ("word", "first"),
    [("eat", "v"), ("quickly", "r"), ("small", "a"), ("house", "n"), ("xyzzy", "n"), ("xyzzily", "r")],
)
def test_a_word_is_of_the_class_it_is_most_often(word, first):
    assert classes(word)[0] == first
    assert is_verb(word) is (first == "v")


@pytest.mark.parametrize(("word", "name"), [("paris", True), ("monday", True), ("table", False), ("granite", False)])
def test_a_word_that_is_only_a_name_is_known(word, name):
    assert is_name(word) is name
