"""What a sentence says that a procedure does to what."""

import pytest

from faqbot.extraction.effects import effects


def said(sentence):
    """Return the effects of a sentence as people would say them: "reduce tension"."""
    return [f"{e.verb} {e.thing}" for e in effects(sentence)]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        # one thing
        ("Regular massage reduces tension.", ["reduce tension"]),
        ("The brace corrects crooked teeth.", ["correct crooked teeth"]),
        ("Steam clears the airways.", ["clear airways"]),
        ("It boosts blood circulation.", ["boost blood circulation"]),
        ("Cupping may ease pain in the neck.", ["ease pain"]),
        ("The mask brightens dull skin.", ["brighten dull skin"]),
        ("Reducing stress is the aim.", ["reduce stress"]),
        ("The lotion repairs damaged hair.", ["repair damaged hair"]),
        # verbs of two words
        ("The therapy breaks up kidney stones.", ["break up kidney stones"]),
        ("It gets rid of warts.", ["get rid of warts"]),
        ("It evens out the skin tone.", ["even out skin tone"]),
        # lists
        ("The bath soothes itching and redness.", ["soothe itching", "soothe redness"]),
        ("Syringing removes ear wax, dirt and water.", ["remove ear wax", "remove dirt", "remove water"]),
        ("It helps to fade age spots, freckles or scars.", ["fade age spots", "fade freckles", "fade scars"]),
        (
            "It lowers blood pressure and cholesterol as well as blood sugar.",
            ["lower blood pressure", "lower cholesterol", "lower blood sugar"],
        ),
        ("The bath relieves back pain and improves sleep.", ["relieve back pain", "improve sleep"]),
        ("Training increases strength and decreases stiffness.", ["increase strength", "decrease stiffness"]),
        ("Acupuncture can alleviate migraine, nausea and other complaints.",
         ["alleviate migraine", "alleviate nausea", "alleviate complaints"]),
        # examples
        ("Whitening removes stains such as coffee and tea.", ["remove stains", "remove coffee", "remove tea"]),
        ("It may heal wounds, for example burns and cuts.", ["heal wounds", "heal burns", "heal cuts"]),
        # what is meant of a longer phrase
        ("The diet stimulates the production of saliva.", ["stimulate saliva"]),
        ("Peels reduce the appearance of scars.", ["reduce scars"]),
        ("Brushing reduces the risk of cavities.", ["reduce cavities"]),
        # comparatives
        ("After a month, gums become firmer.", ["gums firmer"]),
        ("Nails get stronger.", ["nails stronger"]),
        ("Clients look fresher after one session.", ["look fresher"]),
        # denials
        ("It does not cure snoring.", ["cure snoring"]),
        ("No treatment can stop hair loss, it cannot stop baldness.", ["stop hair loss", "stop baldness"]),
        ("It never removes moles.", ["remove moles"]),
        ("The bath relieves pain but does not heal fractures.", ["relieve pain", "heal fractures"]),
    ],
)  # fmt: skip
def test_effects_are_found_one_thing_at_a_time(sentence, found):
    assert said(sentence) == found


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "The clinic opens at nine.",
        "The session lasts an hour.",
        "The treated area stays warm.",
        "A reduced dose is enough.",
        "The improved lens is thinner.",
        "Patients report less pain.",
        "The nurse will call you.",
        "The swelling decreases after two days.",
        "It is a treatment.",
        "Our heal-all is a plant.",
        "They looked at it.",
        "Bring a towel and a book.",
    ],
)
def test_what_is_no_effect_is_none(sentence):
    assert effects(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "forms"),
    [
        ("It reduces swelling.", {"Does ear syringing reduce swelling?", "I have swelling"}),
        ("It restores hearing.", {"Does ear syringing restore hearing?", "What happens to hearing?"}),
        ("Nails get stronger.", {"Does ear syringing make nails stronger?", "Do nails get stronger?"}),
        ("Clients look fresher.", {"Does ear syringing make you look fresher?",
                                   "Will I look fresher after ear syringing?"}),
    ],
)  # fmt: skip
def test_an_effect_is_asked_for_in_the_words_of_its_kind(sentence, forms):
    (effect,) = effects(sentence)
    assert forms <= set(effect.forms("ear syringing"))
    assert effect.forms("ear syringing")[0].startswith("Does ear syringing ")


@pytest.mark.parametrize(
    ("sentence", "things"),
    [
        ("It reduces swelling and pain.", ["swelling", "pain"]),
        ("Nails get stronger.", ["stronger"]),
        ("Clients look fresher.", ["fresher"]),
    ],
)
def test_an_effect_knows_what_it_is_on(sentence, things):
    assert [effect.thing for effect in effects(sentence)] == things


def test_one_thing_is_named_once():
    assert said("It reduces pain, it relieves pain and it eases Pain.") == ["reduce pain"]


def test_a_long_list_is_cut():
    listed = ", ".join(f"{name} pain" for name in ("back", "neck", "knee", "hip", "elbow", "ankle", "wrist"))
    assert len(effects(f"It relieves {listed}.")) == 6
