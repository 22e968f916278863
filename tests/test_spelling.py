import random

import numpy as np
import pytest
from rapidfuzz.distance import OSA

from faqbot.english.wordlists import is_english
from faqbot.search.spelling import TWO_EDITS_FROM, Speller
from faqbot.search.vocabulary import Numbers, Vocabulary


def speller(counts):
    numbers = Numbers()
    for word in counts:
        _ = numbers[word]
    return Speller.of(Vocabulary.of(numbers, np.array([*counts.values()], int))[0])


SPELLER = speller(
    {"blackheads": 4, "acne": 3, "scars": 2, "long": 1, "laser": 2, "fine": 1, "lines": 1, "it": 9, "take": 2}
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("blackhaeds", "blackheads"),  # two letters swapped
        ("acen", "acne"),
        ("skars", "scars"),
        ("lng", "long"),
        ("lazer", "laser"),  # towards the knowledge base, not to "later"
        ("tkae", "take"),
        ("black heads", "blackheads"),
        ("fine blackheads", "fine blackheads"),  # nothing to join
        ("finelines", "fine lines"),
        ("scar", "scar"),  # another form of a known word
        ("later", "later"),  # a word of English stays, however near
        ("spain", "spain"),  # names are English too
        ("xq", "xq"),  # too short to tell
        ("b12x", "b12x"),  # not a word
        ("zzzzzz", "zzzzzz"),
        ("how lng tkae it", "how long take it"),
    ],
)
def test_correction(written, read):
    assert " ".join(SPELLER.correct(tuple(written.split()))) == read


def test_nothing_known_corrects_nothing():
    assert speller({}).correct(("anything", "goez")) == ("anything", "goez")


@pytest.mark.parametrize("word", ["aardvark", "the", "running", "zygotes", "spain", "colour", "color"])
def test_english_words(word):
    assert is_english(word)


@pytest.mark.parametrize("word", ["", "blackhaeds", "zzzz", "\n", "a\nb", "é", "\ud800", "zzzzzzzzzzzz", "aaaa"])
def test_other_words(word):
    assert not is_english(word)


def mistyped(chance, word):
    """One of the four slips that a distance of one stands for."""
    place = chance.randrange(len(word))
    letter = chance.choice("aeinrst\u00fc")
    return chance.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + letter + word[place:],
            word[:place] + letter + word[place + 1 :],
            word[:place] + word[place + 1 : place + 2] + word[place : place + 1] + word[place + 2 :],
        ]
    )


def test_neighbours_are_those_that_comparing_every_word_finds():
    chance = random.Random(3)
    words = ["".join(chance.choices("abcdeio\u00fc", k=chance.randint(3, 12))) for _ in range(2000)]
    words += [mistyped(chance, mistyped(chance, word)) or "abc" for word in words]
    neighbours = speller(dict.fromkeys(filter(lambda word: len(word) > 2, words), 1)).neighbours
    filed = {word for word in words if len(word) > 2}
    for word in [mistyped(chance, mistyped(chance, word)) for word in words[:300]]:
        if len(word) > 2:
            edits = 2 if len(word) >= TWO_EDITS_FROM else 1
            near = {other for other in filed if OSA.distance(word, other, score_cutoff=edits) <= edits}
            assert near <= set(neighbours.within(word, edits))
