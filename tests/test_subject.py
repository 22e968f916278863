"""What an article is about, by its title and text: name, other names, and whether it is a procedure."""

import pytest

from faqbot.documents import reader
from faqbot.documents.article import Article
from faqbot.extraction import several
from faqbot.extraction.kinds import Kind
from faqbot.extraction.subject import of


def subject(title, text):
    return of(Article.of(reader.parse(f"# {title}\n\n{text}" if title else text)))


UNDERGONE = (
    "{Name} is a procedure that takes half an hour. During the treatment you lie on your side. The nurse explains the "
    "procedure first. {Name} is done at our clinic. After the treatment you may go home. Your skin and your ears are "
    "checked. Patients like {name}. Many ask for {name} every year.\n\nMost people need one session of {name}."
)
VASECTOMY = (
    "A vasectomy is a small operation. During the operation you lie on your back. The doctor numbs the skin. A "
    "vasectomy takes 20 minutes. After a vasectomy you rest at home. The procedure is done at our clinic. Pain is rare."
)
BOILER = (
    "A boiler service takes an hour. The technician checks the pump. After the service you get a report. The "
    "technician cleans the burner during the visit. A boiler service costs 90 pounds. Book your boiler service now."
)
HERON = "The heron is a large bird. Herons eat fish. The heron nests in trees. A heron stands still for hours."
RIGA = "Riga is the capital of Latvia. Riga was founded in 1201. The city lies on a river. Ships sail to Riga."
BYRNE = "Ada Byrne was an engineer. She was born in Cork. She designed bridges. Ada Byrne never married."
GRANITE = "Granite is a rock. Granite is hard. Granite forms slowly. Granite is grey."


def undergone(name):
    return UNDERGONE.format(name=name, Name=name[0].upper() + name[1:])


@pytest.mark.parametrize(
    ("title", "text", "name", "names", "phrase"),
    [
        ("Ear syringing", undergone("ear syringing"), "ear syringing", {"syringing"}, "ear syringing"),
        ("EAR SYRINGING", undergone("ear syringing"), "ear syringing", {"syringing"}, "ear syringing"),
        ("Ear syringing: what to expect", undergone("ear syringing"), "ear syringing", {"syringing"}, "ear syringing"),
        ("What is ear syringing?", undergone("ear syringing"), "ear syringing", {"syringing"}, "ear syringing"),
        ("Everything you need to know about ear syringing", undergone("ear syringing"), "ear syringing",
         {"syringing"}, "ear syringing"),
        ("Our guide to tattoo removal", undergone("tattoo removal"), "tattoo removal", set(), "tattoo removal"),
        ("10 things to know before laser eye surgery", undergone("laser eye surgery"), "laser eye surgery",
         {"eye surgery"}, "laser eye surgery"),
        ("Teeth whitening - costs, risks, results", undergone("teeth whitening"), "teeth whitening",
         {"whitening"}, "teeth whitening"),
        ("Vasectomy", VASECTOMY, "vasectomy", set(), "a vasectomy"),
        ("Is a vasectomy safe?", VASECTOMY, "vasectomy", set(), "a vasectomy"),
        ("Why you should service your boiler", BOILER, "boiler service", set(), "a boiler service"),
    ],
)  # fmt: skip
def test_a_procedure_is_named_by_its_title(title, text, name, names, phrase):
    about = subject(title, text)
    assert (about.name, set(about.names), about.phrase) == (name, names, phrase)
    assert about.is_procedure


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("Heron", HERON, "heron"),
        ("History of Riga", RIGA, "History of Riga"),
        ("Riga (Latvia)", RIGA, "Riga"),
        ("Ada Byrne", BYRNE, "Ada Byrne"),
        ("The hardest of them all, and why it lasts for ever", GRANITE, "granite"),
        ("", GRANITE, "granite"),
    ],
)
def test_a_thing_a_place_and_a_person_are_no_procedure(title, text, name):
    about = subject(title, text)
    assert (about.name, about.is_procedure) == (name, False)


def test_a_text_that_repeats_nothing_is_about_nothing():
    about = subject("", "The council met. It rained. Nobody came.")
    assert (about.name, about.names, about.is_procedure, about.phrase) == ("", (), False, "")


def test_both_spellings_of_a_name_are_known():
    text = undergone("cryo-lifting") + " Some write cryolifting."
    assert "cryolifting" in subject("Cryo-lifting", text).names


@pytest.mark.parametrize(
    ("sentence", "mentioned"),
    [
        ("a vasectomy takes 20 minutes", True),
        ("the procedure is painless", True),
        ("your treatment starts at nine", True),
        ("the nurse is kind", False),
        ("vasectomies are common", False),
    ],
)
def test_a_sentence_mentions_a_procedure_by_name_or_as_the_procedure(sentence, mentioned):
    assert bool(subject("Vasectomy", VASECTOMY).mentions.search(sentence)) is mentioned


def test_a_thing_is_mentioned_by_its_name_only():
    heron = subject("Heron", HERON)
    assert heron.mentions.search("the heron eats fish")
    assert not heron.mentions.search("the treatment is short")


def test_a_title_names_a_procedure_that_its_text_never_spells_out():
    text = "The laser breaks the ink into dust. Each session takes ten minutes. The skin needs a month after a session."
    about = subject("11 facts about tattoo removal to read before you book", text)
    assert (about.name, about.is_procedure) == ("tattoo removal", True)


TONSILS = (
    "Tonsillitis is an infection of the throat. The symptoms are a sore throat and fever. A doctor can diagnose it. "
    "Tonsillitis goes away.\n\n## How to gargle\n\n1. Fill a glass.\n2. Gargle, and spit it out.\n"
)
PERMIT = (
    "You can apply for a fishing licence at the council's office. Bring the form and your documents. A fishing licence "
    "costs 20 pounds. The fee for the application is paid in advance. Who is eligible?"
)


@pytest.mark.parametrize(
    ("title", "text", "phrase", "kind"),
    [
        ("Tonsillitis", TONSILS, "tonsillitis", Kind.CONDITION),  # though steps stand in it
        ("Apply for a fishing licence", PERMIT, "a fishing licence", Kind.FORMALITY),
        ("Renew your fishing licence", PERMIT, "a fishing licence", Kind.FORMALITY),
        ("Change a fuse", "Take your time.\n\n1. Pull the plug.\n2. Open it.\n", "changing a fuse", Kind.HOWTO),
        (  # of more words than a question bears: whole phrases go
            "How to change the fuse of your old lamp without calling an electrician",
            "Take your time.\n\n1. Pull the plug.\n2. Open it.\n",
            "changing the fuse of my old lamp",
            Kind.HOWTO,
        ),
        ("Eczema", "Eczema is a rash. A doctor diagnoses eczema by its symptoms.", "eczema", Kind.CONDITION),
        ("Getting diagnosed", "Getting diagnosed takes time. Getting diagnosed helps a patient.", "", Kind.NONE),
        ("", "Ask the surgeon. The surgeon explains the operation. Then the surgeon operates.", "", Kind.NONE),
    ],
)
def test_what_kind_of_thing_an_article_is_about(title, text, phrase, kind):
    found = subject(title, text)
    assert (found.phrase, found.kind) == (phrase, kind)


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Lung infections (LIs)", ("LIs", "LI")),
        ("Lung infections", ()),
        ("Lung infections (ABC)", ()),
        ("Acute sinusitis (AS)", ()),  # a word, too
    ],
)
def test_an_abbreviation_in_brackets_is_another_name(title, names):
    name = title.partition(" (")[0].lower()
    text = f"Patients with {name} have symptoms. A doctor diagnoses {name}. The causes of {name} are many."
    assert subject(title, text).names == names


PEELS = "## Peels\n\nA peel is an acid for the skin. It takes an hour.\n\n"
CUPPING = "## Cupping\n\nCupping is an old treatment with glasses.\n\n"
LASER = "## Hair removal\n\nHair removal takes an hour. After hair removal you rest.\n\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (PEELS + CUPPING + LASER + "## Opening hours\n\nFrom nine to five.", ("Peels", "Cupping", "Hair removal")),
        (PEELS + CUPPING, ()),
        (PEELS + "## Risks\n\nThe skin is red.\n\n## Price\n\nA peel costs 40 pounds.", ()),
        ("".join(part.replace("is an", "for cats is an") for part in (PEELS, CUPPING, LASER)), ()),
        ("No headings here. A peel is an acid.", ()),
    ],
)
def test_an_article_about_several_things_names_them(text, found):
    article = Article.of(reader.parse(f"# At the clinic\n\n{text}"))
    assert several.things(article, of(article)) == found


def test_parts_of_one_thing_are_not_several():
    text = "## Mild asthma\n\nMild asthma is a form of asthma.\n\n## Severe asthma\n\nSevere asthma is a risk. "
    text += "\n\n## Work asthma\n\nWork asthma is a kind of asthma."
    article = Article.of(reader.parse(f"# Asthma\n\nAsthma is a disease of the lungs. Asthma has causes.\n\n{text}"))
    assert several.things(article, of(article)) == ()
