import pytest

from faqbot.documents import questions
from faqbot.errors import QuestionsError


@pytest.fixture
def scanned(tmp_path):
    def scan(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return questions.scanned(path)

    return scan


# name, contents, columns, questions
TABLES = [
    ("a.csv", "question\nOpen?\nSafe?\n", ["question"], ["Open?", "Safe?"]),
    ("a.csv", "id,Question,note\n1,Open?,x\n2,Safe?\n", ["id", "Question", "note"], ["Open?", "Safe?"]),
    ("a.csv", "ID;Query\r\n1;Open, now?\r\n", ["ID", "Query"], ["Open, now?"]),
    ("a.csv", "sep=;\r\nid;question\r\n1;Open?\r\n", ["id", "question"], ["Open?"]),
    ("a.tsv", "text\tid\nOpen?\t1\n", ["text", "id"], ["Open?"]),
    ("a.tsv", 'text\tid\n"Open?\t1\nSafe?\t2\n', ["text", "id"], ['"Open?', "Safe?"]),
    ("a.csv", 'question,id\n"Is it\nsafe?",1\n\nOpen?,2\n', ["question", "id"], ["Is it\nsafe?", "Open?"]),
    ("a.csv", "question,label\nWell, is it safe?,1\n", ["question", "label"], ["Well, is it safe?"]),
    ("a.csv", "question,,\nOpen?,,\n", ["question", "column_2", "column_3"], ["Open?"]),
    ("a.csv", "question,note,note\nOpen?,1,2\n", ["question", "note", "note_3"], ["Open?"]),
    ("a.csv", "Open?,1\nSafe?,2\n", ["question", "column_2"], ["Open?", "Safe?"]),
    ("a.csv", "Is it safe, and open?\nReally, is it?\n", ["question"], ["Is it safe, and open?", "Really, is it?"]),
    ("a.csv", "question\nWell, is it safe, then?\n", ["question"], ["Well, is it safe, then?"]),
    ("a.txt", 'Is it "safe"?\n"Open?\n', ["question"], ['Is it "safe"?', '"Open?']),
    ("a.txt", "Open?\r\rSafe?", ["question"], ["Open?", "Safe?"]),
    ("a.jsonl", '{"id": 1, "q": "Open?"}\n\n{"q": "Safe?", "x": [1]}\n', ["id", "q", "x"], ["Open?", "Safe?"]),
    ("asked", '{"question": "Open?"}\n"Safe?"\n', ["question"], ["Open?", "Safe?"]),
]


@pytest.mark.parametrize(("name", "data", "columns", "questions"), TABLES)
def test_questions_and_columns(scanned, name, data, columns, questions):
    sheet = scanned(name, data)
    rows = list(sheet.rows())
    assert list(sheet.columns) == columns
    assert [question for question, _ in rows] == questions
    assert sheet.total == len(rows)
    assert [question for question, _ in sheet.rows(1)] == [question for question, _ in rows[1:]]


@pytest.mark.parametrize(
    "data",
    [
        "question,id\nCafé?,1\n".encode("utf-8-sig"),
        "question,id\nCafé?,1\n".encode("utf-16"),
        "question,id\nCafé?,1\n".encode("utf-16-le"),
        "question,id\nCafé?,1\n".encode("cp1252"),
        b"question,id\n" + b"Open?,1\n" * 200_000 + "Café?,1\n".encode("cp1252") * 9,
    ],
    ids=["UTF-8 with a mark", "UTF-16", "UTF-16 without a mark", "Windows-1252", "only far behind"],
)
def test_encodings(scanned, data):
    assert [question for question, _ in scanned("a.csv", data).rows()][-1] == "Café?"


WRONG = [
    ("a.csv", "", "no question in it"),
    ("a.csv", "question\n\n", "no question in it"),
    ("a.csv", "id,question,note\n1,Open?,2,3\n", r"a\.csv:2: there are 4 columns where the first line has 3"),
    ("a.csv", 'question,id\nOpen?,1\n"Safe?,2\n', r"a\.csv:3: it is no table"),
    (
        "a.csv",
        "question,id\nOpen?,1\n" + "x" * 140_000 + ",2\n",
        r"a\.csv:3: a cell holds more than 131,072 characters",
    ),
    ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, "not a text file"),
    ("a.csv", "x" * 1_000_001, "more than 1,000,000 characters in a line"),
    ("a.csv", '"' + "x\n" * 100_000, "a cell holds more than 131,072"),
    ("a.jsonl", '{"question": "Open?"}\n{"question"', r"a\.jsonl:2: it is not JSON"),
    ("a.jsonl", '{"question": "Open?", "n": NaN}', r"a\.jsonl:1: it is not JSON"),
    ("a.jsonl", '{"question": "Open?", "n": [-Infinity]}', r"a\.jsonl:1: it is not JSON"),
    ("a.jsonl", '{"question": "Open?", "n": 1e999}', r"a\.jsonl:1: it is not JSON"),
    ("a.jsonl", '{"answer": "Open?"}\n', r"a\.jsonl:1: there is no question in it"),
    ("a.jsonl", '{"question": 7}\n', "no question in it"),
    ("a.jsonl", "[" * 100_000 + "\n", "a list of JSON"),
    ("a.json", '[{"question": "Open?"}]', "a list of JSON"),
    ("a.jsonl", '{"q": "a"' + "".join(f', "{n}": 1' for n in range(1001)) + "}", "more than 1,000 different keys"),
]


@pytest.mark.parametrize(("name", "data", "wrong"), WRONG, ids=[wrong for _, _, wrong in WRONG])
def test_what_is_no_file_of_questions_is_told_before_anything_is_asked(scanned, name, data, wrong):
    with pytest.raises(QuestionsError, match=wrong):
        scanned(name, data)


def test_a_file_that_is_none(tmp_path):
    for path, wrong in ((tmp_path, "a folder"), (tmp_path / "x", "no such file"), (tmp_path / "\0", "cannot be read")):
        with pytest.raises(QuestionsError, match=wrong):
            questions.scanned(path)
