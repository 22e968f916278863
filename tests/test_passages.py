"""What of an article answers together: short sections, paragraphs, groups of sentences, lists whole, tables."""

import pytest

from faqbot.documents import reader
from faqbot.documents.article import Article
from faqbot.documents.blocks import Block, Document, Kind
from faqbot.extraction import runins
from faqbot.extraction.cohesion import opens_new_point, points_back
from faqbot.extraction.passages import MOST_WORDS, passages

LONG = "The old mill by the river was built of stone and oak in the year of the flood."
OTHER = "Every spring the miller and his sons repaired the wheel that the ice had damaged."
MANY = " ".join([LONG, OTHER] * 3)  # more than one passage of prose


def found(text):
    return passages(Article.of(reader.parse(text)))


def answers(text):
    return [passage.answer for passage in found(text)]


def test_a_short_section_is_one_passage_and_the_paragraphs_of_a_long_one_are_one_each():
    assert answers(f"# Mills\n\n## The old one\n\n{LONG}\n\n{OTHER}\n") == [f"{LONG}\n\n{OTHER}"]
    assert answers(f"# Mills\n\n## The old one\n\n{LONG} {OTHER} {LONG}\n\n{OTHER} {LONG} {OTHER}\n") == [
        f"{LONG} {OTHER} {LONG}", f"{OTHER} {LONG} {OTHER}",
    ]  # fmt: skip


def test_paragraphs_without_a_heading_are_passages_of_their_own():
    assert answers(f"{LONG}\n\n{OTHER}\n") == [LONG, OTHER]


def test_a_long_paragraph_is_divided_where_a_new_point_begins():
    new = "Furthermore, it has a saw that is driven by the wheel and that cuts the oak for the whole valley."
    divided = answers(f"{MANY} {new} It is loud.")
    assert divided[-1] == f"{new} It is loud."
    assert all(len(answer.split()) <= MOST_WORDS for answer in divided)


@pytest.mark.parametrize(
    ("sentence", "back", "new"),
    [
        ("It is still in use today for grinding rye.", True, False),
        ("For example, the third son carved a new axle.", True, False),
        ("Another benefit of it is the cool air in the cellar.", True, True),
        ("Secondly, they sold the flour in the town market.", False, True),
        ("The wheel turns.", False, False),
    ],
)
def test_cues_say_what_points_back_and_what_begins_anew(sentence, back, new):
    assert (points_back(sentence), opens_new_point(sentence)) == (back, new)


def test_a_list_is_whole_in_order_with_its_lead_in_and_its_numbers():
    items = "\n".join(f"{n}. Turn the wheel {'once ' * 12}and wait." for n in range(1, 9))
    (steps,) = found(f"# Milling\n\n## How to mill\n\nDo this with dry corn only:\n\n{items}\n")
    assert steps.answer.startswith("Do this with dry corn only:\n\n1. Turn the wheel")
    assert steps.answer.count("\n") == 9
    assert "\n8. Turn" in steps.answer
    assert steps.is_sequence


def test_what_stands_between_two_steps_belongs_to_them():
    steps = "1. Install it.\n\n```\napt install mill\n```\n\nThis takes a minute.\n\n2. Start it."
    assert answers(f"# A server\n\n## Steps\n\n{steps}\n") == [steps]


def test_headings_that_number_steps_are_items_of_one_list():
    text = (
        "# Milling\n\n## Step 1: Dry the corn\n\nIn the sun.\n\n## Step 2: Grind it\n\nSlowly.\n\n## Later\n\nRest.\n"
    )
    assert answers(text) == ["1. Dry the corn\n\n   In the sun.\n\n2. Grind it\n\n   Slowly.", "Rest."]


def test_the_lists_of_a_section_that_subheadings_divide_are_one_passage():
    text = "## Ingredients\n\n### Dough\n\n- flour\n- butter\n\n### Filling\n\n- apples\n- sugar\n\n# Past\n\nOld."
    first, second = found(text)
    assert first.answer == "**Dough**\n\n- flour\n- butter\n\n**Filling**\n\n- apples\n- sugar"
    assert (first.heading, second.heading) == ("Ingredients", "Past")


def test_a_question_within_a_paragraph_is_asked_of_what_follows():
    first, second = found(f"# Mills\n\n{LONG} What is a flume? {OTHER}\n")
    assert (first.question, first.answer) == ("", LONG)
    assert (second.question, second.answer) == ("What is a flume?", OTHER)


def test_a_heading_that_runs_in_divides_a_paragraph():
    first, second = found(f"# Mills\n\n{LONG} Spring repairs. {OTHER}\n")
    assert (second.run_in, second.answer) == ("Spring repairs", OTHER)
    assert first.answer == LONG


@pytest.mark.parametrize(
    "nothing",
    [
        "In this article, we look at mills.",
        "Read more at mills.example.",
        "Photo: A. Miller",
        "Written by A. Miller.",
        "No comments:",
        "Post a comment",
        "Fresh flour is just a phone call away!",
        "By Ada Miller",
        "Book now!",
    ],
)
def test_what_says_nothing_to_a_reader_is_no_passage(nothing):
    assert answers(f"{LONG}\n\n{nothing}\n\n{OTHER}\n") == [LONG, OTHER]


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG} Spring Repairs Every spring the wheel is mended.",
        f"{LONG} Repairs In the spring the wheel is mended.",
    ],
)
def test_a_title_that_ran_into_its_text_divides_a_paragraph(text):
    *_, last = found(text)
    title = "Spring Repairs" if "Spring Repairs" in text else ""
    assert (last.run_in, last.answer.startswith("Every spring")) == (title, bool(title))


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Cough in Children No evidence shows that syrup helps.", "Cough in Children"),
        ("Type 1 Diabetes Type 1 diabetes begins early.", "Type 1 Diabetes"),
        ("Peels Peels take off the top layer.", "Peels"),
        ("Doppler Ultrasound A Doppler ultrasound shows the flow.", "Doppler Ultrasound"),
        ("Ada Byrne was an engineer.", ""),
        ("The Royal Mint is in Wales.", ""),
        ("In Bath The Royal is a theatre.", ""),
        ("Vitamin A is good for the eyes.", ""),
        ("Yes.", ""),
        ("", ""),
    ],
)
def test_a_title_is_known_by_its_capitals_and_by_what_opens_after_it(sentence, title):
    assert runins.title(sentence) == title


def test_a_question_or_a_title_set_as_a_paragraph_heads_what_follows():
    first, second = found(f"{LONG} {OTHER} {LONG}\n\nIs the wheel mended in spring?\n\nYes, it is, by the miller.\n")
    assert (second.question, second.answer) == ("Is the wheel mended in spring?", "Yes, it is, by the miller.")
    document = Document(tuple(Block(Kind.PARAGRAPH, text) for text in ("The Mill at Work", LONG, OTHER)))
    first, second = passages(Article.of(document))
    assert (first.run_in, first.answer, second.run_in) == ("The Mill at Work", LONG, "")


def test_a_table_is_one_passage():
    (table,) = found("# Prices\n\n## What it costs\n\n| Corn | Price |\n|---|---|\n| Rye | 2 |\n| Oats | 3 |\n")
    assert (table.kind, table.answer) == (Kind.ROW, "| Corn | Price |\n|---|---|\n| Rye | 2 |\n| Oats | 3 |")


def test_a_table_without_a_heading_is_a_list():
    rows = [
        Block(Kind.ROW, " | ".join(cells), cells=cells)
        for cells in (("Rye", "2"), ("Oats:", "3"), ("Barley", "4", "5"))
    ]
    (table,) = passages(Article.of(Document((Block(Kind.HEADING, "Prices", 2), *rows))))
    assert table.answer == "- Rye: 2\n- Oats: 3\n- Barley | 4 | 5"


def test_every_sentence_is_in_exactly_one_passage():
    blocks = (Block(Kind.PARAGRAPH, f"{MANY} It is old. So they say."), Block(Kind.PARAGRAPH, OTHER))
    article = Article.of(Document(blocks))
    positions = [position for passage in passages(article) for position in passage.positions]
    assert positions == list(article.sentences)


def test_a_step_follows_the_nearest_step_before_it():
    first = f"Do this in spring:\n\n1. Turn the wheel. {LONG}\n2. Oil the axle. {OTHER}"
    second = f"Do this in autumn:\n\n1. Lift the wheel. {LONG}\n2. Dry the axle. {OTHER}\n3. Shut the door."
    text = f"# Mills\n\n## Twice a year\n\n{first}\n\n{LONG} {OTHER} {LONG}\n\n{second}\n"
    assert answers(text) == [first, f"{LONG} {OTHER} {LONG}", second]
