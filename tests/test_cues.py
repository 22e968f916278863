"""Which questions of the catalogue a sentence answers: for each, two that do and a near one that does not."""

import pytest

from faqbot.extraction import catalogue
from faqbot.extraction.cues import CUES, patterns
from faqbot.extraction.headings import HEADINGS, by_heading
from faqbot.extraction.kinds import Kind
from faqbot.extraction.subject import Subject

EARS = Subject("ear syringing", ("syringing",), kind=Kind.PROCEDURE, phrase="ear syringing")

# What no wording of a single sentence shows.
WITHOUT_CUE = {
    "Can {procedure} make things worse?",
    "Does {procedure} help with a problem that is not mentioned here?",
}
PROCEDURES = [entry.question for entry in catalogue.read().entries]

# Question: two sentences that answer it, then near ones that do not.
TOLD = {
    "What is {procedure}?": (
        "Ear syringing is a way to wash wax out of the ear.",
        "Ear syringing refers to the washing of the ear canal.",
        "The nurse is an expert in ears.",
    ),
    "What is {procedure} done for?": (
        "Ear syringing is used to wash out wax.",
        "The aim of ear syringing is to hear well again.",
        "A torch is used to look into the ear.",
    ),
    "What are the benefits of {procedure}?": (
        "Here are the benefits that patients name.",
        "Another advantage is the price.",
        "Your ear benefits from a little oil.",
    ),
    "What should I know before I decide on {procedure}?": (
        "There are three things to weigh before you decide.",
        "It is important to know that some wax protects the ear.",
        "Do you know our nurses?",
    ),
    "How does {procedure} work?": (
        "Ear syringing works through the pressure of warm water.",
        "The drill works by turning very fast.",
        "Ear syringing works well for most patients.",
    ),
    "How is {procedure} performed?": (
        "During the treatment you hold a bowl under your ear.",
        "The nurse places a towel on your shoulder.",
        "The nurse has a car.",
    ),
    "Which device or equipment is used?": (
        "The machine is called an irrigator.",
        "We work with a quiet handpiece, using a small pen.",
        "A machine stands in the corner.",
    ),
    "Which parts of the body can be treated?": (
        "Other areas of the body are treated as well.",
        "Massage can be done on the feet.",
        "The body is made of water.",
    ),
    "How long does {procedure} take?": (
        "Ear syringing takes about 20 minutes.",
        "Each session is over in half an hour.",
        "The clinic is closed for two weeks.",
    ),
    "How many sessions are needed?": (
        "You will need three to five sessions.",
        "A course of treatments is cheaper.",
        "The session is over at noon.",
    ),
    "How often can {procedure} be repeated?": (
        "The sessions are four weeks apart.",
        "Have your ears checked once a year.",
        "Last year we moved.",
    ),
    "When will I see results?": (
        "Results are visible after two weeks.",
        "Most people notice a difference straight away.",
        "Results are sent by post.",
    ),
    "How can I tell whether {procedure} has worked?": (
        "You will notice that it worked when voices become clear.",
        "A sign that it has worked is a clear ear drum.",
        "You will notice the smell.",
    ),
    "How long do the results last?": (
        "The results last for a year.",
        "The effect wears off slowly.",
        "The last result was wrong.",
    ),
    "How long is the recovery?": (
        "The skin heals within ten days.",
        "There is no downtime.",
        "He recovered his umbrella.",
    ),
    "When can I go back to work?": (
        "You can go back to work the next day.",
        "Take a day off if you can.",
        "We work with care.",
    ),
    "Does {procedure} hurt?": (
        "Ear syringing is painless.",
        "Some feel a little discomfort.",
        "The walls were painted last week.",
    ),
    "Is an anaesthetic or numbing used?": (
        "The gum is numbed first.",
        "A local anaesthetic is given.",
        "The thumb is bandaged.",
    ),
    "What are the risks and side effects?": (
        "Like every treatment it carries risks.",
        "Common side effects are a dry mouth and thirst.",
        "The frisky dog ran off.",
    ),
    "Is {procedure} safe?": (
        "Ear syringing is very safe.",
        "It is generally considered safe.",
        "Keep this leaflet in a safe.",
    ),
    "Can {procedure} cause an infection?": (
        "An infection is rare.",
        "All tools are sterile.",
        "Her laughter is infectious.",
    ),
    "What if I have an allergic reaction?": (
        "Tell us if you are allergic to latex.",
        "Allergies have to be known before.",
        "The gallery is closed.",
    ),
    "Will there be swelling, redness or bruising?": (
        "A bruise may form.",
        "The skin turns a little red.",
        "The red door is ours.",
    ),
    "Will I bleed?": (
        "The gum may bleed for an hour.",
        "A drop of blood is normal.",
        "Your blood pressure is measured first.",
    ),
    "Something feels wrong after {procedure}: what should I do?": (
        "Call the clinic at once if the ear hurts.",
        "If you have a fever, see a doctor.",
        "You can call a taxi from here.",
    ),
    "Who is {procedure} for?": (
        "Ear syringing is suitable for adults.",
        "Patients who hear badly may benefit.",
        "The ideal temperature is 37 degrees.",
    ),
    "Who should not have {procedure}?": (
        "Syringing is not recommended after an operation on the ear.",
        "A hole in the ear drum is a contraindication.",
        "It is not raining.",
    ),
    "Can I have {procedure} while pregnant or breastfeeding?": (
        "Pregnant women need a note from their midwife.",
        "It may be done while breastfeeding.",
        "Eat a good breakfast.",
    ),
    "Is there an age limit?": (
        "We treat nobody under 16.",
        "There is no minimum age.",
        "It takes at least 20 minutes.",
    ),
    "Can I have {procedure} with a medical condition or medicine?": (
        "People with diabetes heal more slowly.",
        "Bring a list of your medicines.",
        "She studies media.",
    ),
    "Is {procedure} suitable for every skin colour and type?": (
        "It works on dark skin.",
        "All skin types can be treated.",
        "The dark room is upstairs.",
    ),
    "Who performs {procedure}?": (
        "Ear syringing is done by a nurse.",
        "Look for a licensed practitioner.",
        "The driver has a licence.",
    ),
    "Where can I have {procedure} done?": (
        "Our clinic is in Mill Lane.",
        "It is available at most pharmacies.",
        "Our nurse is not available today.",
    ),
    "How should I prepare for {procedure}?": (
        "To prepare, soften the wax with oil.",
        "Do not eat for six hours before the operation.",
        "The room was repaired last year.",
    ),
    "What should I do after {procedure}?": (
        "Drink a lot of water after the treatment.",
        "After your visit you should rest.",
        "We look after you.",
    ),
    "What should I avoid after {procedure}?": (
        "Do not swim for the next three days.",
        "After the operation, avoid alcohol.",
        "A void remained.",
    ),
    "Do I need a check-up or follow-up?": (
        "Come to a check-up after a week.",
        "A follow-up is free.",
        "Check the date.",
    ),
    "Can I drive home after {procedure}?": (
        "You must not drive on that day.",
        "A friend should take you home.",
        "The drums are loud.",
    ),
    "Can {procedure} be done at home?": (
        "Never try it at home.",
        "Home kits are sold in every pharmacy.",
        "She goes home early.",
    ),
    "How much does {procedure} cost?": (
        "Each ear is £35.",
        "Prices start in the low hundreds.",
        "It costs a lot of nerves.",
    ),
    "Does insurance cover {procedure}?": (
        "Most insurers pay half.",
        "Your insurance may cover it.",
        "We cannot be sure.",
    ),
    "How do I book an appointment?": (
        "You can make an appointment by telephone.",
        "To book, ring the desk.",
        "We read a book.",
    ),
    "What are the alternatives to {procedure}?": (
        "Drops are an alternative.",
        "Some use oil instead of ear syringing.",
        "Come on Tuesday instead.",
    ),
    "Can {procedure} be combined with other treatments?": (
        "It can be combined with a hearing test.",
        "The combination of both is stronger.",
        "A comb is enough.",
    ),
    "How well does {procedure} work?": (
        "The success rate is high.",
        "Studies show that it helps.",
        "She works well with children.",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def found():
    compiled = patterns(EARS.mentions.pattern, PROCEDURES)
    return lambda sentence: [key for key, pattern in compiled.items() if pattern.search(sentence.lower())]


def test_every_cue_belongs_to_a_question_of_a_catalogue_and_every_question_has_one():
    questions = {entry.question for kind in Kind if kind for entry in catalogue.read(kind).entries}
    assert set(CUES) <= questions
    assert questions - set(CUES) == WITHOUT_CUE
    assert {question for question, cues in CUES.items() if not cues} == {"How do I make {procedure}?"}


def test_every_question_about_procedures_with_a_cue_is_tested_here():
    assert set(TOLD) == set(PROCEDURES) - WITHOUT_CUE


def test_cues_stand_in_the_order_of_the_catalogue_where_no_note_says_otherwise():
    assert list(CUES)[:8] == PROCEDURES[:8]


@pytest.mark.parametrize(
    ("question", "sentence"), [(question, said) for question, row in TOLD.items() for said in row[:2]]
)
def test_a_sentence_answers_the_question_of_the_catalogue(found, question, sentence):
    assert question in found(sentence)


@pytest.mark.parametrize(("question", "sentence"), [(question, row[2]) for question, row in TOLD.items()])
def test_a_near_sentence_does_not_answer_it(found, question, sentence):
    assert question not in found(sentence)


@pytest.mark.parametrize(
    "sentence", ["", "The garden is lovely.", "Tea is served at four.", "He wrote three novels.", "It rained all day."]
)
def test_a_sentence_about_other_things_answers_nothing(found, sentence):
    assert found(sentence) == []


def test_a_sentence_may_answer_several_questions(found):
    assert {"Does {procedure} hurt?", "How long does {procedure} take?"} <= set(
        found("Ear syringing takes ten minutes and is painless.")
    )


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Prices", "How much does {procedure} cost?"),
        ("What it costs", "How much does {procedure} cost?"),
        ("Risks and complications", "What are the risks and side effects?"),
        ("AFTERCARE", "What should I do after {procedure}?"),
        ("After your visit", "What should I do after {procedure}?"),
        ("Before the operation", "How should I prepare for {procedure}?"),
        ("3. Getting ready", "How should I prepare for {procedure}?"),
        ("During your appointment", "How is {procedure} performed?"),
        ("Benefits", "What are the benefits of {procedure}?"),
        ("How it works", "How does {procedure} work?"),
        ("Other options", "What are the alternatives to {procedure}?"),
        ("Recovery", "How long is the recovery?"),
        ("When to call us", "Something feels wrong after {procedure}: what should I do?"),
        ("Who should avoid it", "Who should not have {procedure}?"),
        ("Are you a good candidate", "Who is {procedure} for?"),
        ("Equipment", "Which device or equipment is used?"),
        ("Our team", ""),
        ("Contact", ""),
        ("Late fees", ""),
        ("Appointments", "How do I book an appointment?"),
        ("The procedure", "How is {procedure} performed?"),
        ("The history of the thermometer", ""),
        ("", ""),
    ],
)
def test_a_heading_says_which_question_its_section_answers(heading, question):
    assert by_heading(heading, PROCEDURES, EARS) == question


def test_headings_lead_to_questions_of_the_catalogue():
    known = {entry.question for kind in Kind if kind for entry in catalogue.read(kind).entries}
    assert {question for _, question in HEADINGS} <= known


def test_a_name_with_signs_of_its_own_is_taken_as_it_is():
    odd = Subject("B.C.G. (live)", ("C++",), kind=Kind.PROCEDURE, phrase="B.C.G. (live)")
    assert patterns(odd.mentions.pattern, PROCEDURES)["Does {procedure} hurt?"].search("it hurts")
