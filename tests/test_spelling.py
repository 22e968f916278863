import pytest

from faqbot.spelling import Speller, is_english

SPELLER = Speller(
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
    assert Speller({}).correct(("anything", "goez")) == ("anything", "goez")


@pytest.mark.parametrize("word", ["aardvark", "the", "running", "zygotes", "spain", "colour", "color"])
def test_english_words(word):
    assert is_english(word)


@pytest.mark.parametrize("word", ["", "blackhaeds", "zzzz", "\n", "a\nb", "é", "\ud800", "zzzzzzzzzzzz", "aaaa"])
def test_other_words(word):
    assert not is_english(word)
