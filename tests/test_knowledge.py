from pathlib import Path

import pytest

from conftest import DATA
from faqbot import KnowledgeError, Source
from faqbot.files import LARGEST_KNOWLEDGE
from faqbot.knowledge import reader

FULL = """\
# Tooth whitening

- procedure: tooth whitening
- also called: bleaching, teeth whitening
- source: Our leaflet
- same: sore, tender
- same: take, last

## How long does it last?

- also: Will my teeth
  stay white?
- also: duration
- topic: results
- from: page 2
- id: how-long

About a **year**.

## What does it cost?

- gap: The leaflet gives no price.
"""


def parsed(text):
    return reader.parse(text, "faq.md")


def entries(text):
    return [(entry.question, entry.answer) for entry in parsed(text).knowledge.entries]


def problems(text):
    with pytest.raises(KnowledgeError) as raised:
        parsed(text)
    return [(problem.line, problem.wrong) for problem in raised.value.problems]


def test_fields_of_the_title_and_of_the_entries():
    read = parsed(FULL).knowledge
    assert (read.title, read.procedure, read.source) == ("Tooth whitening", "tooth whitening", "Our leaflet")
    assert read.names == ("bleaching", "teeth whitening")
    assert read.groups == (("sore", "tender"), ("take", "last"))
    first, second = read.entries
    assert first.phrasings == ("Will my teeth stay white?", "duration")
    assert (first.id, first.topic, str(first.source)) == ("how-long", "results", "Our leaflet, page 2")
    assert first.answer == "About a **year**."
    assert (second.gap, second.answer, str(second.source)) == ("The leaflet gives no price.", "", "")


def test_fields_that_extraction_writes():
    read = parsed(
        "# T\n\n- source: Leaflet\n- dropped: a, b\n- dropped: c\n\n"
        "## A?\n\n- from: page 1\n- fingerprint: 1a2b3c4d\n- draft: yes\n\na\n\n"
        "## B?\n\n- source: Letter\n\nb\n\n"
        "## C?\n\n- gap: No.\n- draft: yes\n\n"
    ).knowledge
    assert read.dropped == ("a", "b", "c")
    assert [entry.draft for entry in read.entries] == [True, False, True]
    assert [entry.source for entry in read.entries] == [
        Source("Leaflet", "page 1", "1a2b3c4d"), Source("Letter"), Source(),
    ]  # fmt: skip


def test_what_a_draft_may_be_is_told():
    with pytest.raises(KnowledgeError, match="an entry that nobody has reviewed says '- draft: yes'"):
        parsed("## A?\n\n- draft: maybe\n\na\n")


def test_a_library_faq_from_elsewhere_loads():
    read = reader.read(DATA / "faqs/library.md").knowledge
    assert read.title == "Town library"
    assert [(e.question, e.topic) for e in read.entries] == [
        ("Who can join?", "Joining"),
        ("What does it cost?", "Joining"),
        ("When are you open?", ""),
        ("Can I renew online?", ""),
    ]
    assert "  - with proof of address" in read.entries[0].answer
    assert "[rules](rules.html" in read.entries[1].answer
    assert read.entries[2].answer.startswith("- Monday: closed")
    assert "# Not a heading of ours" in read.entries[2].answer


def test_a_software_faq_from_elsewhere_loads():
    read = reader.read(DATA / "faqs/tool.md").knowledge
    assert [e.question for e in read.entries] == ["How do I install it?", "Why is it slow?", "What does --force do?"]
    assert "# this is no heading" in read.entries[0].answer
    assert read.entries[1].answer.endswith("It is not.")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("# How long?\n\nAn hour.\n", [("How long?", "An hour.")], id="one question"),
        pytest.param("# A?\n\na\n\n# B?\n\nb", [("A?", "a"), ("B?", "b")], id="all of level 1"),
        pytest.param("# FAQ\n\nHello.\n\n## A?\n\na\n", [("A?", "a")], id="title with a text"),
        pytest.param("# A?\n\na\n\n## B?\n\nb\n", [("A?", "a"), ("B?", "b")], id="a question on top is no title"),
        pytest.param("\ufeff# FAQ\r\n\r\n## A?\r\n\r\none\r\ntwo\r\n", [("A?", "one\ntwo")], id="BOM and CRLF"),
        pytest.param("A?\n---\na\n\nB?\n---\nb\n", [("A?", "a"), ("B?", "b")], id="setext"),
        pytest.param("## A?\n\n- also: x\n\n- one\n- two\n", [("A?", "- one\n- two")], id="list after fields"),
        pytest.param("## A? ##\n\n    code\n", [("A?", "    code")], id="indented code"),
        pytest.param("## A?\n\n- Note: x\n- Form: y\n", [("A?", "- Note: x\n- Form: y")], id="list that is no fields"),
        pytest.param("## C?\n\na\n\n## C++?\n\nb\n", [("C?", "a"), ("C++?", "b")], id="symbols tell apart"),
        pytest.param("## A?\n\n- in: 9\n- out: 5\n", [("A?", "- in: 9\n- out: 5")], id="short names are no slips"),
        pytest.param("## A?\n\n* also: x\n\na\n", [("A?", "a")], id="star bullets"),
        pytest.param("## A?\ra\r", [("A?", "a")], id="CR alone"),
        pytest.param(
            "## A?\n\n- Monday: x\n- From: y\n", [("A?", "- Monday: x\n- From: y")], id="a field's name in text"
        ),
        pytest.param("---\ntitle: x\n---\n\n## A?\n\na\n", [("A?", "a")], id="front matter"),
        pytest.param("## A?\n\n<!-- b\n## c -->\n\na `<!-- d -->`\n", [("A?", "a `<!-- d -->`")], id="comments"),
    ],
)
def test_plain_markdown(text, found):
    assert entries(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("## A?\n\n- alos: x\n\na\n", [(3, "unknown field 'alos'")]),
        ("## A?\n\n- also: y\n- colour: x\n\na\n", [(4, "unknown field 'colour'")]),
        ("## A?\n\n- also: y\n- Topic: x\n\na\n", [(4, "unknown field 'Topic'")]),
        ("## A?\n\n- Also: y\n\na\n", [(3, "unknown field 'Also'")]),
        ("## A?\n\n- **also**: y\n\na\n", [(3, "unknown field '**also**'")]),
        ("# T\n\n- also-called: y\n\n## A?\n\na\n", [(3, "unknown field 'also-called'")]),
        ("## A?\n\n- also: y\n- no colon\n\na\n", [(4, "unknown field 'no colon'")]),
        ("## A?\n\n- also:\n- topic: x\n\na\n", [(3, "the field 'also' is empty")]),
        ("## A?\n\n- topic: x\n- topic: y\n\na\n", [(4, "the field 'topic' is given twice")]),
        ("## A?\n\n- also: x\nAn answer.\n", [(1, "'A?' has no answer"), (4, "this line belongs to the field 'also'")]),
        ("## A?\n\n- also: x\n\n  a\n\nb\n", [(5, "this line belongs to the field 'also'")]),
        ("## A?\n\n- also: x\n  - from: p\n\na\n", [(4, "this line belongs to the field 'also'")]),
        ("## A?\n\n## B?\n\nb\n", [(1, "'A?' has no answer")]),
        ("## A?\n\n<!-- later -->\n", [(1, "'A?' has no answer")]),
        ("## A?\n\n- gap: no\n\na\n", [(1, "'A?' is a gap and has an answer")]),
        ("## A?\n\na\n\n## a\n\nb\n", [(5, "the question 'a' is there twice")]),
        ("## A?\n\n- id: x\n\na\n\n## B?\n\n- id: x\n\nb\n", [(7, "the id 'x' is there twice")]),
        ("##\n\na\n", [(1, "a heading without words")]),
        ("# T\n\n- same: x\n\n## A?\n\na\n", [(3, "'same: x' holds one word")]),
        ("# T\n\n- urgent: ,\n\n## A?\n\na\n", [(3, "'urgent: ,' holds no word")]),
        ("# T\n\n- procedur: x\n\n## A?\n\na\n", [(3, "unknown field 'procedur'")]),
        ("## A?\n\n- draft: no\n\na\n", [(3, "the field 'draft' cannot be 'no'")]),
        ("## A?\n\n- draft: Yes\n\na\n", [(3, "the field 'draft' cannot be 'Yes'")]),
        ("## A?\n\n- draft: yes\n- draft: yes\n\na\n", [(4, "the field 'draft' is given twice")]),
        ("## A?\n\n- fingerprint: 12\n\na\n", [(3, "the field 'fingerprint' cannot be '12'")]),
        ("## A?\n\n- fingerprint: 1a2b3c4g\n\na\n", [(3, "the field 'fingerprint' cannot be '1a2b3c4g'")]),
        ("Just text.\n", [(None, "there is no question in it")]),
    ],
)
def test_what_is_wrong_and_where(text, found):
    assert problems(text) == found


def test_every_problem_is_told_at_once_with_what_would_be_right():
    with pytest.raises(KnowledgeError) as raised:
        parsed("## A?\n\n- alos: x\n- gap: no\n\n## B?\n\n## B?\n\n- topci: x\n\nb\n")
    assert [str(problem) for problem in raised.value.problems] == [
        "faq.md:3: unknown field 'alos'; did you mean 'also'?",
        "faq.md:6: 'B?' has no answer; write it below, after a blank line, or say with '- gap: …' that the source does "
        "not answer it",
        "faq.md:10: unknown field 'topci'; did you mean 'topic'?",
    ]
    assert (raised.value.path, raised.value.line) == (Path("faq.md"), 3)


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", None, "it is empty"),
        (b" \n\n", None, "it is empty"),
        (b"\xef\xbb\xbf", None, "it is empty"),
        (b"## A?\n\nCaf\xe9\n", 3, "byte 0xe9 is not UTF-8"),
        (b"## A?\r\rCaf\xe9\r", 3, "byte 0xe9 is not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\0\0", None, "not a text file"),
        ("## A?\n\na\n".encode("utf-16"), None, "not a text file"),
    ],
)
def test_files_that_are_no_text(tmp_path, data, line, says):
    path = tmp_path / "faq.md"
    path.write_bytes(data)
    with pytest.raises(KnowledgeError, match=says) as raised:
        reader.read(path)
    assert raised.value.line == line


def test_paths_that_are_no_file(tmp_path):
    with pytest.raises(KnowledgeError, match="no such file"):
        reader.read(tmp_path / "missing.md")
    with pytest.raises(KnowledgeError, match="a folder"):
        reader.read(tmp_path)
    with pytest.raises(KnowledgeError, match="not a regular file"):
        reader.read("/dev/zero")
    with pytest.raises(KnowledgeError, match="cannot be read"):
        reader.read("x" * 5000)
    with pytest.raises(KnowledgeError, match="cannot be read"):
        reader.read("a\0b")


def test_a_huge_file_is_refused_without_reading_it(tmp_path):
    path = tmp_path / "huge.md"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    with pytest.raises(KnowledgeError, match=f"at most {LARGEST_KNOWLEDGE:,}"):
        reader.read(path)
