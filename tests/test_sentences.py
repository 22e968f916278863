"""Where sentences end: a table of texts with their sentences, one a line."""

import pytest

from faqbot.documents.sentences import LONGEST_PIECE, split

TWO_SENTENCES = {
    "titles": ("Dr. Ames saw Mrs. Hill at nine.", "She left at once."),
    "initials": ("J. R. Hartley wrote about fly fishing.", "He was old."),
    "a country's initials": ("He lived in the U.S. for years.", "He liked it."),
    "a time of day": ("Take it at 8 p.m. on Monday.", "Do not eat before."),
    "a time of day at the end": ("Take it at 8 p.m.", "Do not eat after."),
    "approx.": ("The bath holds approx. 3 litres.", "It leaks."),
    "e.g. and i.e.": ("Use fruit, e.g. apples, i.e. what you have.", "Peel it."),
    "e.g. before a capital": ("Dogs (e.g. Poodles) are fine.", "Cats are not."),
    "fig.": ("See fig. 3 for the plan.", "The rest is simple."),
    "no.": ("No. 5 is closed.", "Go to no. 6."),
    "temp.": ("The temp. is 20 degrees.", "Open a window."),
    "tbsp.": ("Mix in 3 tbsp. Honey is best.", "Bake it."),
    "vs. in brackets": ("The patient (aged 40 vs. 41 yrs.) left.", "She slept."),
    "c. before a year": ("The mill (built c. 1800) still works.", "It is open."),
    "a firm": ("The firm ABC Inc. sold it.", "Nobody knew."),
    "etc. at the end": ("Bring towels, soap, etc.", "The rest is there."),
    "a decimal": ("Add 2.5 cups of milk.", "Stir well."),
    "a version": ("The version 2.0.1 is out.", "Install it."),
    "a unit at the end": ("It weighs 5 kg.", "Lift it with care."),
    "a unit of time at the end": ("It takes 5 min.", "Then rinse."),
    "a unit of volume at the end": ("Add 2.5 ml.", "Stir well."),
    "a quotation": ("He said: “Stop at once.”", "Then he left."),
    "a question inside a quotation": ('She asked, "Is it ready?" and waited.', "It was."),
    "single quotation marks": ("'It works.'", "'Does it?' she asked."),
    "a saint's church": ("The race was won by St. Mary's.", "They cheered."),
    "a sentence in brackets": ("(It heals quickly.)", "Then the swelling goes."),
    "a question": ("Who goes there?", "Nobody."),
    "a mark of both kinds": ("Really?!", "Yes."),
    "an ellipsis in the middle": ("Wait… it moves.", "Look!"),
}


@pytest.mark.parametrize("found", TWO_SENTENCES.values(), ids=TWO_SENTENCES.keys())
def test_a_text_is_split_where_its_sentences_end(found):
    assert split(" ".join(found)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Wear gloves.Rinse with water.", ("Wear gloves.", "Rinse with water.")),
        ("It costs 5.50 euros.Pay at the desk.", ("It costs 5.50 euros.", "Pay at the desk.")),
        ("Is it dry?Then paint it.", ("Is it dry?", "Then paint it.")),
        ("It sells 40%.Nobody knows why.", ("It sells 40%.", "Nobody knows why.")),
        ("Write to post@mill.org. Or ring.", ("Write to post@mill.org.", "Or ring.")),
    ],
)
def test_a_missing_space_after_a_full_stop_is_no_obstacle(text, found):
    assert split(text) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "It takes 5 min. for each of them.",
        "no capital. here. it goes on.",
        "The pH of 7.4 is normal.",
        "Open from 9.30 to 17.00 every day.",
        "No full stop at the end",
        "The firm of J.B. Smith & Sons.",
        "A",
        "…",
    ],
)
def test_one_sentence_stays_one(sentence):
    assert split(sentence) == (sentence,)


@pytest.mark.parametrize("text", ["", " ", "\n\t \n"])
def test_no_text_has_no_sentences(text):
    assert split(text) == ()


def test_spaces_and_breaks_of_lines_are_single_spaces():
    assert split(" Two   spaces\nand \t lines.\u00a0 Done. ") == ("Two spaces and lines.", "Done.")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"The {number}th ship left the port. " for number in range(3000)).strip(),
        "ha " * 20_000 + "ha",
        "x" * 70_000,
    ],
    ids=["many sentences", "one sentence", "one word"],
)
def test_a_very_long_line_is_split_without_losing_a_character(text):
    assert len(text) > 3 * LONGEST_PIECE
    found = split(text)
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.parametrize("found", TWO_SENTENCES.values(), ids=TWO_SENTENCES.keys())
def test_splitting_a_sentence_again_leaves_it_whole(found):
    assert [split(sentence) for sentence in found] == [(sentence,) for sentence in found]
