"""From an article to a draft: what holds of every draft, and what becomes of three small articles."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import faqbot
from conftest import DATA, ROOT
from faqbot import ArticleError, FaqBot, Status, extract_faq
from faqbot.documents import reader
from faqbot.documents.article import Article, fingerprint
from faqbot.extraction import catalogue, extract
from faqbot.extraction.subject import of
from faqbot.knowledge import writer
from faqbot.text import tokens

ARTICLES = ("ear-syringing.txt", "heron.txt", "diary.txt")
PACKAGE = Path(faqbot.__file__).parent
BUNDLED = (
    "bot",
    "cli/arguments",
    "cli/chat/bots",
    "cli/serve",
)  # they offer the knowledge base that ships, and name it


def read(name):
    return Article.of(reader.read(DATA / "articles" / name))


@pytest.fixture(scope="module", params=ARTICLES)
def draft(request):
    return extract(read(request.param))


@pytest.fixture(scope="module")
def clinic():
    return extract(read("ear-syringing.txt"))


@pytest.fixture(scope="module")
def heron():
    return extract(read("heron.txt"))


@pytest.fixture(scope="module")
def diary():
    return extract(read("diary.txt"))


def answers(extraction):
    return [entry for entry in extraction.knowledge.entries if not entry.is_gap]


def gaps(extraction):
    return [entry for entry in extraction.knowledge.entries if entry.is_gap]


# what holds of every draft


def test_every_answer_is_the_sentences_that_it_cites_and_nothing_else(draft):
    for entry in answers(draft):
        cited = [draft.article.sentences[position] for position in draft.article.cited(entry.source.place)]
        plain = " ".join(re.sub(r"^(?:- |\d+\. )", "", line) for line in entry.answer.splitlines() if line)
        assert cited
        assert plain == " ".join(cited)


def test_every_answer_has_its_place_and_fingerprint(draft):
    for entry in answers(draft):
        positions = draft.article.cited(entry.source.place)
        assert draft.article.place(positions) == entry.source.place
        assert fingerprint(draft.article.text(positions)) == entry.source.fingerprint
        assert entry.source.document == draft.article.document == draft.knowledge.source


def test_every_entry_is_a_draft(draft):
    assert draft.knowledge.entries
    assert all(entry.draft for entry in draft.knowledge.entries)


def test_an_entry_answers_its_own_question(draft):
    bot = FaqBot(draft.knowledge)
    for entry in answers(draft):
        reply = bot.ask(entry.question)
        assert (reply.status, reply.entry.answer) == (Status.ANSWERED, entry.answer)


def test_no_two_entries_ask_the_same(draft):
    entries = draft.knowledge.entries
    assert len({tokens(entry.question) for entry in entries}) == len(entries)
    assert len({entry.id for entry in entries}) == len(entries)
    forms = [said for entry in answers(draft) for said in {tokens(form) for form in entry.forms} if said]
    assert len(set(forms)) == len(forms)


def test_no_form_is_blank_and_none_is_repeated(draft):
    for entry in draft.knowledge.entries:
        assert all(form.strip() == form and form for form in entry.forms)
        assert len(set(entry.forms)) == len(entry.forms)


def test_a_question_is_a_line_that_begins_with_a_capital(draft):
    for entry in draft.knowledge.entries:
        assert "\n" not in entry.question
        assert not entry.question[0].islower()


def test_every_sentence_is_cited_or_left_out(draft):
    cited = {p for entry in draft.knowledge.entries for p in draft.article.cited(entry.source.place)}
    assert draft.used == cited
    assert set(draft.left_out).isdisjoint(cited)
    assert cited | set(draft.left_out) == set(draft.article.sentences)
    assert list(draft.left_out) == sorted(draft.left_out)


def test_entries_stand_in_the_order_of_the_article_and_gaps_at_the_end(draft):
    entries = draft.knowledge.entries
    places = [draft.article.cited(entry.source.place)[0] for entry in answers(draft)]
    assert places == sorted(places)
    assert list(entries) == answers(draft) + gaps(draft)


def test_the_same_article_gives_the_same_draft(draft):
    assert extract(draft.article) == draft


def test_the_draft_does_not_depend_on_the_order_of_sets():
    """Python hashes strings anew in every process."""
    program = "import sys, faqbot, pathlib; print(faqbot.extract_faq(pathlib.Path(sys.argv[1])).entries)"
    path = str(DATA / "articles" / "ear-syringing.txt")
    drafts = {
        subprocess.run(
            [sys.executable, "-c", program, path],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(drafts) == 1


def test_headings_are_no_answers(draft):
    headings = {heading for paragraph in draft.article.paragraphs for heading in paragraph.headings}
    assert headings.isdisjoint(entry.answer for entry in answers(draft))


def test_gaps_are_the_questions_of_the_catalogue_that_nothing_answers(draft):
    procedure = draft.knowledge.procedure
    assert tuple(entry.question for entry in gaps(draft) if not entry.is_open) == draft.missing
    assert tuple((entry.question, *entry.next) for entry in gaps(draft) if entry.is_open) == draft.possible
    assert bool(gaps(draft)) is bool(procedure)
    if procedure:
        about = catalogue.Catalogue.about(of(draft.article))
        known = [entry.question for entry in about.entries.values()]
        possible = {question for question, _ in draft.possible}
        assert sorted({*draft.missing, *draft.answered, *possible}) == sorted(known)
        assert set(draft.missing).isdisjoint(draft.answered)
        asked = {about.recognise(entry.question) for entry in answers(draft)}
        assert asked.isdisjoint(key for key, gap in about.entries.items() if gap in gaps(draft))


def test_a_draft_is_the_same_after_it_was_written_and_read(draft):
    assert writer.render(draft.knowledge).knowledge == draft.knowledge


# a clinic's page


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is ear syringing?", "is a simple procedure"),
        ("What are the benefits of ear syringing?", "restores hearing"),
        ("Does ear syringing restore hearing?", "restores hearing"),
        ("Does ear syringing relieve itching?", "relieves itching"),
        ("How is ear syringing performed?", "looks into your ear with a small lamp"),
        ("How long does ear syringing take?", "about 20 minutes"),
        ("Does it hurt?", "not painful"),
        ("What should I do after ear syringing?", "Keep the ear dry"),
        ("How much does ear syringing cost?", "£35"),
        ("Who is ear syringing for?", "suitable for adults"),
        ("Is there an age limit?", "under 12"),
        ("Something feels wrong after ear syringing: what should I do?", "Call the practice"),
    ],
)
def test_a_clinics_page_answers_what_people_ask(clinic, question, said):
    (entry,) = (entry for entry in answers(clinic) if question in entry.forms)
    assert said in entry.answer


@pytest.mark.parametrize(
    "question",
    [
        "Is an anaesthetic or numbing used?",
        "Will I bleed?",
        "Can I have ear syringing while pregnant or breastfeeding?",
        "Can I drive home after ear syringing?",
        "Does insurance cover ear syringing?",
        "What are the alternatives to ear syringing?",
    ],
)
def test_a_clinics_page_says_what_it_does_not_answer(clinic, question):
    assert question in clinic.missing


def test_a_list_is_one_answer_with_the_sentence_that_introduces_it(clinic):
    (entry,) = (entry for entry in answers(clinic) if "\n- " in entry.answer and "blood thinners" in entry.answer)
    assert "Do not use cotton buds.\n\nTell us before the appointment if:\n\n- you have a hole" in entry.answer
    assert entry.answer.count("\n- ") == 3


def test_a_question_of_the_article_is_kept_in_its_words_and_found_in_the_catalogues(clinic):
    (entry,) = (entry for entry in answers(clinic) if entry.question == "Does it hurt?")
    assert "Does ear syringing hurt?" in entry.phrasings


def test_the_draft_knows_the_names_of_the_procedure(clinic):
    knowledge = clinic.knowledge
    assert (knowledge.procedure, knowledge.names) == ("ear syringing", ("syringing",))
    assert knowledge.title == "Ear syringing at the Mill Lane practice"
    assert knowledge.groups == catalogue.read().groups


def test_the_bot_of_a_draft_understands_other_words(clinic):
    bot = FaqBot(clinic.knowledge)
    for question, said in [
        ("how expensive is it", "£35"),
        ("is syringing painfull?", "not painful"),
        ("what happens during ear syringing", "lamp"),
    ]:
        assert said in bot.ask(question).text


# a text that is about no procedure


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is the grey heron?", "wading bird"),
    ],
)
def test_an_encyclopedias_text_is_asked_by_its_grammar(heron, question, said):
    (entry,) = (entry for entry in answers(heron) if question in entry.forms)
    assert said in entry.answer


def test_a_text_about_no_procedure_has_no_gaps_and_no_effects(heron):
    assert (heron.knowledge.procedure, heron.knowledge.names, heron.answered, heron.missing) == ("", (), (), ())
    assert gaps(heron) == []
    assert {entry.topic for entry in answers(heron)} <= {"", "Food", "Breeding", "Herons and people"}


# a text about nothing


def test_a_text_about_nothing_still_has_answers_and_no_gaps(diary):
    assert (diary.knowledge.procedure, diary.knowledge.title, gaps(diary)) == ("", "Questions", [])
    assert FaqBot(diary.knowledge).ask("What did the postman bring?").status is not Status.GAP


# what is no article


@pytest.mark.parametrize(
    "text",
    ["", " \n\t", "A", "Buy now!", "ok ok ok ok", "!!! ???", "1 2 3 4 5", "# Only a title", "## One\n\n## Two\n"],
)
def test_nothing_comes_of_what_is_no_article(text):
    with pytest.raises(ArticleError):
        extract_faq(text)


def test_nothing_comes_of_an_article_without_paragraphs():
    with pytest.raises(ArticleError):
        extract(Article("Ear syringing", "Ear syringing", ()))


# pages


BODY = "".join(
    f"<p>{sentence}</p>"
    for sentence in (
        "The library of Mill Lane has been lending books to the people of the town for more than a hundred years.",
        "Books are lent for four weeks, and every member may take home up to eight of them at a time.",
        "Members meet twice a month in the reading room on the first floor to talk about a book they have read.",
    )
)
NAVIGATION = (
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>Latest news</a></li></ul></nav>",
    "<footer><p>Copyright 2024 Mill Lane library. All rights reserved.</p></footer>",
)


def test_navigation_makes_no_entries():
    page = (
        f"<html><head><title>The library</title></head><body>{NAVIGATION[0]}"
        f"<article><h1>The library</h1>{BODY}</article>{NAVIGATION[1]}</body></html>"
    )
    knowledge = extract_faq(page)
    said = " ".join(f"{entry.question} {entry.answer}" for entry in knowledge.entries)
    assert "lent for four weeks" in said
    assert not any(word in said for word in ("Latest news", "Copyright", "Home"))


def test_a_path_and_its_text_give_the_same_draft():
    path = DATA / "articles" / "heron.txt"
    assert extract_faq(path) == extract_faq(path.read_text(encoding="utf-8")) == extract(read("heron.txt")).knowledge


def test_breaks_of_lines_change_nothing():
    text = (DATA / "articles" / "diary.txt").read_text(encoding="utf-8")
    assert extract_faq(text.replace(". ", ".\n")) == extract_faq(text)


def test_questions_that_a_text_asks_itself_are_its_entries():
    text = (
        "# The pool\n\n## When is the pool open?\n\nFrom seven to nine, every day.\n\n"
        "## May I bring my dog?\n\nNo, dogs are not allowed. They may wait outside.\n"
    )
    found = {entry.question: entry.answer for entry in extract_faq(text).entries}
    assert found["When is the pool open?"] == "From seven to nine, every day."
    assert found["May I bring my dog?"] == "No, dogs are not allowed. They may wait outside."


def test_a_question_that_is_asked_twice_is_one_entry_a_question():
    text = "# The pool\n\n## Is it warm?\n\nThe water has 28 degrees.\n\n## Is it warm?\n\nThe hall has 30 degrees.\n"
    entries = extract_faq(text).entries
    assert [entry.question for entry in entries].count("Is it warm?") == 1
    assert len({entry.id for entry in entries}) == len(entries)


# the rules know no article


MODULES = sorted(path.relative_to(PACKAGE).with_suffix("").as_posix() for path in PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("name", [name for name in MODULES if name not in BUNDLED])
def test_no_rule_knows_the_article_that_ships_with_the_bot(name):
    """Not in its data, that is: docstrings may take it as their example."""
    path = PACKAGE / f"{name}.py"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {id(node.body[0].value) for node in ast.walk(tree) if isinstance(node, documented)
                  and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    data = [
        node.value.lower()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]
    assert not [text for text in data if re.search(r"micro-?needl|dermaroll|derma ?pen|collagen induction", text)]


def test_a_lone_cue_does_not_beat_a_passage_that_is_about_the_matter():
    """A sentence about research names the symptoms in passing; those after it say which they are."""
    text = """# Brindle fever

Brindle fever is a disease of people who keep goats. Doctors know it well, and the disease is rare.

Research goes on: a study asks whether symptoms may be shortened by rest.

Symptoms usually begin on the third day. The first signs are a headache and sore eyes. Common symptoms last for a week.
"""
    extraction = extract(Article.of(reader.parse(text)), by_meaning=False)
    (told,) = [entry for entry in answers(extraction) if "What are the symptoms of brindle fever?" in entry.forms]
    assert "headache" in told.answer
    assert "study" not in told.answer


def test_a_list_keeps_the_question_of_its_lead_in_whatever_the_text_before_claims():
    text = (
        "Mud bathing\n\nMud bathing is an old treatment that helps with aches. It is good for sore joints.\n\n"
        "These are the benefits of mud bathing:\n\n- Warmth: it warms the joints.\n- Calm: it takes an hour of rest.\n"
    )
    asked = {entry.answer.split("\n")[0]: entry.question for entry in extract_faq(text).entries if entry.answer}
    assert asked["These are the benefits of mud bathing:"] == "What are the benefits of mud bathing?"
