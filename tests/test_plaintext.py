"""Plain text and Markdown as blocks: literal tables of texts and what they are."""

import pytest

from faqbot.documents import markdown, plaintext
from faqbot.documents.headings import date_of, is_heading

LONG = (
    "The gel is put on first, and then the light is moved slowly over the skin, a hand's breadth at a time, " * 2
    + "done."
)


def plain(text):
    return [(str(block.kind), block.text) for block in plaintext.parse(text).blocks]


@pytest.mark.parametrize(
    ("text", "title", "date", "blocks"),
    [
        ("Title\n\n27 Nov\n\nOne. Two.", "Title", "27 Nov", [("paragraph", "One. Two.")]),
        ("Title\nPosted on March 3, 2021\n\nOne.", "Title", "March 3, 2021", [("paragraph", "One.")]),
        ("Title\n=====\n\nOne.", "Title", "", [("paragraph", "One.")]),
        ("A first sentence.\n\nOne.", "", "", [("paragraph", "A first sentence."), ("paragraph", "One.")]),
        ("Broken at a\nmargin.\n\nTwo.", "", "", [("paragraph", "Broken at a margin."), ("paragraph", "Two.")]),
        ("A guide for guests about\nmud bathing at home\n\nOne.", "A guide for guests about mud bathing at home", "",
         [("paragraph", "One.")]),
        (f"Title\n{LONG}\n{LONG}", "Title", "", [("paragraph", LONG), ("paragraph", LONG)]),
        (f"{LONG}\nAfterwards\n{LONG}", "", "", [("paragraph", LONG), ("heading", "Afterwards"), ("paragraph", LONG)]),
        ("Does it hurt?\n\nNo.\n\nIs it safe?\n\nYes.", "", "", [
            ("heading", "Does it hurt?"), ("paragraph", "No."), ("heading", "Is it safe?"), ("paragraph", "Yes."),
        ]),
        ("", "", "", []),
    ],
)  # fmt: skip
def test_titles_dates_and_paragraphs(text, title, date, blocks):
    read = plaintext.parse(text)
    assert (read.title, read.date, plain(text)) == (title, date, blocks)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Side effects\n\nRed skin.", ["heading", "paragraph"]),
        ("Side effects.\n\nRed skin.", ["paragraph", "paragraph"]),
        ("Side effects are few,\n\nas you see.", ["paragraph", "paragraph"]),
        ("afterwards\n\nRed skin.", ["paragraph", "paragraph"]),
        ("SIDE EFFECTS\nRed skin, which is\ngone soon.", ["heading", "paragraph"]),
        ("Side effects\n------------\nRed skin.", ["heading", "paragraph"]),
        ("Pier\n\n3 Linden Lane\n\nBerne\n\nCome and see us.", ["paragraph", "paragraph", "heading", "paragraph"]),
        ("See you soon", ["paragraph"]),
        ("1. Before\n\nShave.\n\n2. After\n\nRest.", ["heading", "paragraph", "heading", "paragraph"]),
        ("Bring:\n- a towel\n- cream, if you\n  have any", ["paragraph", "item", "item"]),
        ("1. Shave\n\n2. Rest\n\nThen come.", ["item", "item", "paragraph"]),
        ("It was cold - not much\n- but it was.", ["paragraph"]),
        ("a) one\nb) two", ["item", "item"]),
        ("Q: Safe?\nA: Yes.\n\nQuite.\n\nQ2. Sure?\nA. Yes.", ["question", "answer", "answer", "question", "answer"]),
        ("A: no question before.", ["paragraph"]),
        ("One.\n\n* * *\n\nTwo.\n____\nThree.", ["paragraph", "paragraph", "paragraph"]),
    ],
)  # fmt: skip
def test_kinds(text, kinds):
    assert [kind for kind, _ in plain(f"The first sentence of all.\n\n{text}")[1:]] == kinds


@pytest.mark.parametrize(
    "line",
    ["27 Nov", "27 Nov 2021", "November 27, 2021", "Nov 27th", "2021-03-03", "3.3.2021", "Posted on 3 March 2021",
     "Last updated: 3 March 2021", "Monday, 3 March 2021", "3 March 2021 | 5 min read", "March 2021"],
)  # fmt: skip
def test_dates(line):
    assert date_of(line)


@pytest.mark.parametrize(
    "line", ["May", "March on", "In 2021", "27 November was a good day. It rained.", "3 to 5 days", ""]
)
def test_no_dates(line):
    assert not date_of(line)


@pytest.mark.parametrize(
    ("line", "heads"),
    [("Side effects", True), ("Is it safe?", True), ("2. Is it safe?", True), ("Is it safe? It is", False),
     ("It hurts. A bit", False), ("and so on", False), ("It hurts!", False), ("27 Nov", False), ("Note:", False),
     ("one two three four five six seven eight nine ten eleven twelve thirteen", False)],
)  # fmt: skip
def test_headings(line, heads):
    assert is_heading(line) is heads


MARKDOWN = """\
---
title: "Laser: what to expect"
date: 2024-03-14
---

# Laser: what to expect

Words with [a link](http://example.org), `code`, <b>HTML</b>, an ![image](x.png) &amp; more
on the next line.

> A quotation.

## Before {x}

1. One
   - Two

   More of one.

| Area | Minutes |
|---|---|
| Lip | 5 |

**Only bold**

A paragraph.

```sh
rm
```

**Q:** Is it safe?
**A:** Yes.

<details><summary>Is it quick?</summary>

It is.
</details>
"""


def test_markdown():
    read = markdown.parse(MARKDOWN)
    assert (read.title, read.date, len(read.notes)) == ("Laser: what to expect", "2024-03-14", 0)
    assert [(str(block.kind), block.level, block.text) for block in read.blocks] == [
        ("paragraph", 0, "Words with a link, code, HTML, an & more on the next line."),
        ("paragraph", 0, "A quotation."),
        ("heading", 2, "Before {x}"),
        ("item", 1, "One"),
        ("item", 2, "Two"),
        ("paragraph", 1, "More of one."),
        ("row", 0, "Area | Minutes"),
        ("row", 0, "Lip | 5"),
        ("heading", 4, "Only bold"),
        ("paragraph", 0, "A paragraph."),
        ("code", 0, "rm"),
        ("question", 0, "Is it safe?"),
        ("answer", 0, "Yes."),
        ("question", 0, "Is it quick?"),
        ("paragraph", 0, "It is."),
    ]
    assert [block.cells for block in read.blocks if block.header] == [("Area", "Minutes")]
    assert [block.ordinal for block in read.blocks if str(block.kind) == "item"] == [1, 0]


def test_two_level_1_headings_are_no_title():
    read = markdown.parse("# One\n\nx\n\n# Two\n\ny")
    assert (read.title, [str(block.kind) for block in read.blocks]) == ("", ["heading", "paragraph"] * 2)
