"""Labelled questions, in whatever layout and encoding they come."""

import codecs
import contextlib
import json
import random
from pathlib import Path

import pytest

from faqbot import Entry, KnowledgeBase
from faqbot.documents import tables
from faqbot.errors import QuestionsError
from faqbot.evaluation import labelled

OPEN, PARK = "when-are-you-open", "where-do-i-park"
TWO = [("opening times", (OPEN,)), ("do you sell jam?", ())]


def parsed(garage, text, name="asked.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return [(one.question, one.expected) for one in labelled.parse(data, Path(name), garage)]


def wrong(garage, text, name="asked.csv"):
    with pytest.raises(QuestionsError) as caught:
        parsed(garage, text, name)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        f"question,expected\nopening times,{OPEN}\ndo you sell jam?,\n",
        f"question;expected\r\nopening times;{OPEN}\r\ndo you sell jam?;-\r\n",
        f"question\texpected\nopening times\t{OPEN}\ndo you sell jam?\tnone\n",
        f"Query,Entry ID\nopening times,{OPEN}\ndo you sell jam?,\n",
        f"no,kind,expected_id,Q\n1,direct,{OPEN},opening times\n2,off,,do you sell jam?\n",
        f"id,question,expected\n1,opening times,{OPEN}\n2,do you sell jam?,\n",
        f"opening times,{OPEN}\ndo you sell jam?,\n",
        f"opening times,{OPEN},,\n\n , \ndo you sell jam?,none,,\n",
        f"sep=;\nquestion;answer\nopening times;{OPEN}\ndo you sell jam?;\n",
        f"label,text\n{OPEN},opening times\n,do you sell jam?\n",
        '"question","expected"\n"opening\ntimes","When are you open?"\n"do you sell jam?",""\n',
    ],
)
def test_tables(garage, text):
    assert parsed(garage, text) == TWO


@pytest.mark.parametrize(
    "text",
    [
        f'{{"query": "opening times", "gold": ["{OPEN}"]}}\n\n{{"query": "do you sell jam?", "gold": []}}\n',
        f'[{{"q": "opening times", "id": "{OPEN}"}},\n {{"q": "do you sell jam?", "id": null}}]',
        f'{{"asked": [{{"text": "opening times", "label": "{OPEN}"}},{{"text": "do you sell jam?", "label": ""}}]}}',
        f'[["opening times", "{OPEN}"], ["do you sell jam?", []]]',
        f'["opening times", "{OPEN}"]\n["do you sell jam?", null]\n',
    ],
)
@pytest.mark.parametrize("name", ["asked.json", "asked.jsonl", "asked"])
def test_json(garage, text, name):
    assert parsed(garage, text, name) == TWO


@pytest.mark.parametrize(
    "encoded",
    [
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-16"),
        lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("utf-16-be"),
    ],
)
def test_encodings(garage, encoded):
    text = f"question,expected\ncafé “open”?,{OPEN}\n"
    assert parsed(garage, encoded(text)) == [("café “open”?", (OPEN,))]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (PARK, (PARK,)),
        (PARK.upper(), (PARK,)),
        ("Where do I park?", (PARK,)),
        ("where do I PARK", (PARK,)),
        (f"{OPEN} | {PARK}", (OPEN, PARK)),
        (f"{OPEN}|{OPEN}|", (OPEN,)),
        (f'"[""{OPEN}"", ""{PARK}""]"', (OPEN, PARK)),
        ("—", ()),
        ("N/A", ()),
    ],
)
def test_what_is_expected(garage, value, expected):
    assert parsed(garage, f"question,expected\nx,{value}\n") == [("x", expected)]


def test_an_id_comes_before_a_question_and_one_question_may_have_two_entries():
    base = KnowledgeBase([
        Entry(question="Open?", answer="1", id="hours"), Entry(question="Shut?", answer="2", id="open"),
        Entry(question="none", answer="3"), Entry(question="Shut?", answer="4", id="gate"),
        Entry(question="this | that", answer="5", id="both"),
    ])  # fmt: skip
    text = "a,open\nb,Open?\nc,none\nd,shut\ne,this | that\nf,-\n"
    assert [expected for _, expected in parsed(base, text)] == [
        ("open",), ("hours",), ("none",), ("open", "gate"), ("both",), (),
    ]  # fmt: skip


def test_whatever_a_file_holds_is_questions_or_an_error(garage):
    pick = random.Random(3)
    good = [f'q,"a ""b"", c",{OPEN}\nx;y\t-\n', f'[{{"q": "a", "id": ["{OPEN}", null]}}, [1, {{"x": []}}]]\n,"\\u00']
    for _ in range(3000):
        data = bytearray(pick.choice(good), "utf-8")
        for _ in range(pick.randrange(6)):
            place = pick.randrange(len(data))
            data[place : place + pick.randrange(3)] = pick.choice([b"", b'"', b"[", b"}", b"\n", b",", b"\0", b"\xff"])
        with contextlib.suppress(QuestionsError):
            labelled.parse(bytes(data), Path(pick.choice(["a", "a.csv"])), garage)


def test_commas_that_nobody_quoted(garage):
    assert parsed(garage, f"Hello, are you open, please?,{OPEN}\nwhy,-\nhow,-\n")[0] == (
        "Hello, are you open, please?",
        (OPEN,),
    )


def test_quotation_marks_in_a_table_with_tabs(garage):
    assert parsed(garage, f'what is 26" for\t{OPEN}\n"now"\t{OPEN}\nx\t\n')[0][0] == 'what is 26" for'


def test_lines_are_counted_as_an_editor_does(garage):
    found = labelled.parse(f'question,expected\n"a\nb",\n\nc,{OPEN}\n'.encode(), Path("x"), garage)
    assert [one.line for one in found] == [2, 5]
    found = labelled.parse(b'[\n["a", ""],\n\n["b", ""]]', Path("x"), garage)
    assert [one.line for one in found] == [2, 4]


def test_unknown_entries_name_the_line_and_the_nearest_id(garage):
    says = wrong(garage, f"question,expected\na,{OPEN}\nb,when-are-you-opne\nc,Where do I prak?\n")
    assert says.splitlines() == [
        f"asked.csv:3: there is no entry 'when-are-you-opne'; the nearest id is '{OPEN}'",
        f"asked.csv:4: there is no entry 'Where do I prak?'; the nearest id is '{PARK}'",
    ]


def test_of_many_problems_the_first_are_told(garage):
    says = wrong(garage, "question,expected\n" + "a,nowhere at all\n" * 30).splitlines()
    assert (len(says), says[-1]) == (labelled.MOST_PROBLEMS + 1, "asked.csv: 20 more like these")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "asked.csv: there is no question in it"),
        (" \n\n", "asked.csv: there is no question in it"),
        ("question,expected\n", "asked.csv: there is no question in it"),
        ("are you open?\nwhere?\n", "asked.csv:1: one column only; the first line names the columns"),
        ("a,b,c\nd,e,f\n", "asked.csv:1: no column is called 'question'"),
        ("question,b,c\nd,e,f\n", "asked.csv:1: no column is called 'expected'"),
        ("question,x,expected\na,b,c,d\n", "asked.csv:2: there are 4 columns where the first line has 3"),
        (f"question,expected\n,{OPEN}\n", "asked.csv:2: there is no question in it"),
        (f'question,expected\na,{OPEN}\n"b,{OPEN}\nc,{OPEN}\n', "asked.csv:3: it is no table"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "asked.csv: it is not a text file"),
        ("question,expected\n" + "x" * 200_000 + ",", "asked.csv:2: a cell holds more than 131,072 characters"),
    ],
)
def test_tables_that_cannot_be_used(garage, text, says):
    assert wrong(garage, text).startswith(says)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"question": "a", "expected": ""}\n{"question": ', "asked.jsonl:2: it is not JSON"),
        ('{"question": "a"}', "asked.jsonl:1: there is no key 'expected'"),
        ('\n{"expected": "a"}', "asked.jsonl:2: there is no key 'question'"),
        ('[{"question": "a", "expected": ""}', "asked.jsonl:1: its list is not closed"),
        ('{"question": 7, "expected": ""}', "asked.jsonl:1: a question is a text"),
        ('{"question": "a", "expected": {}}', "asked.jsonl:1: a question is a text"),
        ('["a"]', "asked.jsonl:1: it is no labelled question"),
        ("[" * 100_000, "asked.jsonl:1: it is"),
        (
            '{"question": "a", "expected": ' + "1" * 5000 + "}",
            "asked.jsonl:1: it is not JSON (a number has too many digits)",
        ),
        ("[]", "asked.jsonl: there is no question in it"),
    ],
)
def test_json_that_cannot_be_used(garage, text, says):
    assert wrong(garage, text, "asked.jsonl").startswith(says)


def test_files_that_cannot_be_used(garage, tmp_path, monkeypatch):
    def says(path):
        with pytest.raises(QuestionsError) as caught:
            labelled.read(path, garage)
        return str(caught.value)

    path = tmp_path / "q.csv"
    assert says(path) == f"{path}: there is no such file; check the name and the folder"
    assert says(tmp_path).startswith(f"{tmp_path}: it is a folder")
    assert says(Path("/dev/null")).startswith("/dev/null: it is not a regular file")
    path.write_text("a,-\nb,-\nc,-\n")
    assert len(labelled.read(path, garage)) == 3
    monkeypatch.setattr(labelled, "MOST", 2)
    assert says(path) == f"{path}: it holds 3 questions; divide it: at most 2 are asked at once"
    monkeypatch.setattr(labelled, "LARGEST", 5)
    assert (
        says(path)
        == f"{path}: it holds 12 bytes; a file with labelled questions holds at most 5; divide it into several"
    )


def test_no_name_of_a_column_means_two_things():
    assert not set(tables.ASKED) & set(labelled.EXPECTED)


def test_the_questions_of_the_tests_are_read(bundled):
    path = Path(__file__).parent / "data/microneedling.jsonl"
    found = labelled.read(path, bundled.knowledge)
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(one.question, list(one.expected)) for one in found] == [(row["question"], row["expected"]) for row in rows]
