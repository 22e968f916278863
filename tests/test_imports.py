"""FAQs in tables, JSON, YAML and the exports of services; `faqbot import` and `faqbot export`, and what both refuse."""

import base64
import csv
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import files
import pytest

from faqbot import Entry, FaqBot, KnowledgeBase, KnowledgeError, Source
from faqbot.cli import main
from faqbot.documents.pairs import base, export, reader
from faqbot.documents.pairs import sheet as sheets
from faqbot.knowledge import reader as knowledge_files
from faqbot.knowledge import writer


def workbook(**sheets):
    """Return an Excel workbook with these rows on these sheets."""
    import xlsxwriter  # noqa: PLC0415

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    book.close()
    return out.getvalue()


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in members.items():
            held.writestr(name.replace("__", "."), content)
    return out.getvalue()


def found(content, name):
    data = (
        content
        if isinstance(content, bytes)
        else json.dumps(content).encode()
        if not isinstance(content, str)
        else content.encode()
    )
    return reader.of_bytes(data, name)


def brief(pair):
    """Return a pair as question, answer, and whatever else it has."""
    more = {
        "also": list(pair.phrasings),
        "topic": pair.topic,
        "id": pair.id,
        "source": pair.source,
        "next": list(pair.next),
    }
    return (pair.question, pair.answer, {name: value for name, value in more.items() if value})


TABLES = {
    "names of columns": ("category,Question,answer\nnights,Is it cold?,Yes.\n", [("Is it cold?", "Yes.", {"topic": "nights"})]),
    "no names": ("Is it cold?,\"Yes, very.\"\nIs it far?,No.\n", [("Is it cold?", "Yes, very.", {}), ("Is it far?", "No.", {})]),
    "semicolons and Excel's own first line": ("sep=;\nq;a\nIs it cold?;Yes.\n", [("Is it cold?", "Yes.", {})]),
    "keywords and further questions": ("question1,question2,response,keywords,url\nCold?,Is it cold?,Yes.,\"frost, ice\",https://x.test\n",
                                       [("Cold?", "Yes.", {"also": ["Is it cold?", "frost", "ice"], "source": "https://x.test"})]),
    "rows with one id": ("id,question,answer\n7,Is it cold?,Yes.\n7,Does one freeze?,Yes.\n",
                         [("Is it cold?", "Yes.", {"also": ["Does one freeze?"], "id": "7"})]),
    "rows with one long answer": ("question,answer\nIs it cold?,Yes it is cold here.\nDoes one freeze?,Yes it is cold here.\n",
                                  [("Is it cold?", "Yes it is cold here.", {"also": ["Does one freeze?"]})]),
    "what is switched off": ("question,answer,enabled\nIs it cold?,Yes.,no\nIs it far?,No.,yes\n", [("Is it far?", "No.", {})]),
    "languages": ("question,answer,language\nIs it cold?,Yes.,en\nIst es kalt?,Ja.,de\n", [("Is it cold?", "Yes.", {})]),
    "Kendra": ("_question,_answer,_source_uri\nIs it cold?, Yes., https://x.test\n", [("Is it cold?", "Yes.", {"source": "https://x.test"})]),
    "HTML in cells": ("question,answer\nIs it cold?,<p>Yes <b>very</b></p><ul><li>ice</li></ul>\n", [("Is it cold?", "Yes **very**\n\n- ice", {})]),
}  # fmt: skip


@pytest.mark.parametrize("form", TABLES)
def test_tables(form):
    text, wanted = TABLES[form]
    assert [brief(pair) for pair in found(text, "faq.csv").pairs] == wanted


RECORDS = {
    "a list": ([{"question": "Is it cold?", "answer": "Yes."}], [("Is it cold?", "Yes.", {})]),
    "groups": ({"groups": [{"title": "Nights", "faqs": [{"id": "cold", "q": "Is it cold?", "a": "Yes."}]}]},
               [("Is it cold?", "Yes.", {"topic": "Nights", "id": "cold"})]),
    "titles and contents": ({"faq": {"items": [{"title": "Is it cold?", "content": "<p>Yes.</p>"}, {"title": "Lost key", "content": "Ring."}]}},
                            [("Is it cold?", "Yes.", {}), ("Lost key", "Ring.", {})]),
    "names of other kinds": ([{"faq_question": "Is it cold?", "faq_body": "Yes.", "faq_name": "cold"}], [("Is it cold?", "Yes.", {})]),
    "questions as keys": ({"Is it cold?": "Yes.", "Is it far?": "No."}, [("Is it cold?", "Yes.", {}), ("Is it far?", "No.", {})]),
    "numbered keys": ({"faq": {"q1": "Is it cold?", "a1": "Yes.", "q2": "Is it far?", "a2": "No."}},
                      [("Is it cold?", "Yes.", {}), ("Is it far?", "No.", {})]),
    "two texts each": ([["Is it cold?", "Yes."], ["Is it far?", "No."]], [("Is it cold?", "Yes.", {}), ("Is it far?", "No.", {})]),
    "topics as keys": ({"Night life": [{"q": "Is it cold?", "a": "Yes."}]}, [("Is it cold?", "Yes.", {"topic": "Night life"})]),
    "paragraphs": ([{"question": "Is it cold?", "answer": ["Yes.", "Very."]}], [("Is it cold?", "Yes.\n\nVery.", {})]),
    "intents": ({"intents": [{"tag": "greeting", "patterns": ["Hi"], "responses": ["Hello"]},
                             {"tag": "cold", "patterns": ["Is it cold?", "freezing?"], "responses": ["Yes.", "Brr."]}]},
                [("Is it cold?", "Yes.", {"also": ["freezing?"], "id": "cold"})]),
    "QnA Maker": ({"qnaDocuments": [{"id": 1, "answer": "Yes.", "source": "hut.docx", "questions": ["Is it cold?", "freezing?"],
                                     "metadata": [{"name": "category", "value": "nights"}, {"name": "x", "value": "1"}],
                                     "context": {"isContextOnly": False, "prompts": [{"displayOrder": 1, "qnaId": 2, "displayText": "Far"}]}},
                                    {"id": 2, "answer": "No.", "questions": ["Is it far?"], "metadata": []}]},
                  [("Is it cold?", "Yes.", {"also": ["freezing?"], "topic": "nights", "id": "1", "source": "hut.docx", "next": ["2"]}),
                   ("Is it far?", "No.", {"id": "2"})]),
    "Botpress": ({"qnas": [{"id": "cold", "data": {"questions": {"en": ["Is it cold?", "freezing?"]}, "answers": {"en": ["Yes."]}, "enabled": True}}]},
                 [("Is it cold?", "Yes.", {"also": ["freezing?"], "id": "cold"})]),
    "QnABot": ({"qna": [{"qid": "H.1", "q": ["Is it cold?", "freezing?"], "a": "Yes.", "alt": {"markdown": "**Yes.**"}, "t": "nights"}]},
               [("Is it cold?", "**Yes.**", {"also": ["freezing?"], "topic": "nights", "id": "H.1"})]),
    "nlp.js": ({"name": "hut", "data": [{"intent": "hut.cold", "utterances": ["is it cold", "freezing"], "answers": [{"answer": "Yes."}]}]},
               [("is it cold", "Yes.", {"also": ["freezing"], "id": "hut.cold"})]),
    "Kendra": ({"SchemaVersion": 1, "FaqDocuments": [{"Question": "Is it cold?", "Answer": "Yes.", "Attributes": {"_category": "nights", "_source_uri": "https://x.test"}}]},
               [("Is it cold?", "Yes.", {"topic": "nights", "source": "https://x.test"})]),
    "FAQPage data": ({"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Is it cold?", "acceptedAnswer": {"text": "<b>Yes.</b>"}}]},
                     [("Is it cold?", "**Yes.**", {})]),
    "FAQPage data with an answer that is only markup": (
        {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Is it cold?", "acceptedAnswer": {"text": "Yes."}},
                                            {"@type": "Question", "name": "Is it far?", "acceptedAnswer": {"text": "<br>"}}]},
        [("Is it cold?", "Yes.", {})]),
}  # fmt: skip


@pytest.mark.parametrize("form", RECORDS)
def test_records(form):
    value, wanted = RECORDS[form]
    assert [brief(pair) for pair in found(value, "faq.json").pairs] == wanted


YAMLS = {
    "scalars stay texts": ("- q: Is it cold?\n  a: no\n- q: When?\n  a: 12:30\n", [("Is it cold?", "no", {}), ("When?", "12:30", {})]),
    "blocks": ("faqs:\n- question: Is it cold?\n  answer: |\n    Yes:\n\n    - ice\n", [("Is it cold?", "Yes:\n\n- ice", {})]),
    "aliases": ("a: &a {q: Is it cold?, a: Yes.}\nb:\n- *a\n", [("Is it cold?", "Yes.", {})]),
    "Rasa": ("nlu:\n- intent: faq/cold\n  examples: |\n    - is it [cold](weather)?\n    - freezing\nresponses:\n  utter_faq/cold:\n  - text: Yes.\n",
             [("is it cold?", "Yes.", {"also": ["freezing"], "topic": "faq", "id": "cold"})]),
    "ChatterBot": ("categories:\n- hut\nconversations:\n- - Is it cold?\n  - Yes.\n  - Brr.\n", [("Is it cold?", "Yes.", {"topic": "hut"})]),
}  # fmt: skip


@pytest.mark.parametrize("form", YAMLS)
def test_yaml(form):
    text, wanted = YAMLS[form]
    assert [brief(pair) for pair in found(text, "faq.yml").pairs][: len(wanted)] == wanted


def test_qna_of_the_bot_framework():
    text = (
        "> !# @qna.pair.source = hut\n\n<a id = \"1\"></a>\n\n# ? Is it cold?\n- freezing?\n\n**Filters:**\n- season = winter\n\n"
        "```markdown\nYes.\n```\n\n**Prompts:**\n- [Far](#?2)\n\n<a id = \"2\"></a>\n\n# ? Is it far?\n\n```markdown\nNo.\n```\n"
    )  # fmt: skip
    result = found(text, "hut.qna")
    assert [brief(pair) for pair in result.pairs][1] == ("Is it far?", "No.", {"id": "2", "source": "hut"})
    assert result.pairs[0].phrasings == ("freezing?",)
    assert result.notes == ("There is no place for: filters (1).",)


QNA = "Question\tAnswer\tSource\tMetadata\tSuggestedQuestions\tIsContextOnly\tPrompts\tQnaId\n"


def test_a_table_of_qna_maker():
    rows = (
        'Is it cold?\tYes.\\n\\n"Very."\thut.docx\ttopic:nights\t[]\tFalse\t[{"DisplayOrder":0,"QnaId":2,"DisplayText":"Far"}]\t1\n'
        'Freezing?\tYes.\\n\\n"Very."\thut.docx\ttopic:nights\t[]\tFalse\t[]\t1\nIs it far?\tNo.\tEditorial\t\t[]\tFalse\t[]\t2\n'
    )
    result = found(QNA + rows, "kb.tsv")
    assert [brief(pair) for pair in result.pairs] == [
        ("Is it cold?", 'Yes.\n\n"Very."', {"also": ["Freezing?"], "topic": "nights", "id": "1", "source": "hut.docx", "next": ["2"]}),
        ("Is it far?", "No.", {"id": "2", "source": "Editorial"}),
    ]  # fmt: skip
    knowledge, _ = base.knowledge(result, files.__file__ and __import__("pathlib").Path("kb.tsv"))
    assert knowledge.entries[0].next == (knowledge.entries[1].id,)


def test_a_workbook_and_the_archive_of_an_export():
    rows = [("Question", "Answer", "QnaId"), ("Is it cold?", "Yes.", 1), ("Freezing?", "Yes.", 1)]
    assert [brief(pair) for pair in found(workbook(QnAs=rows), "kb.xlsx").pairs] == [("Is it cold?", "Yes.", {"also": ["Freezing?"], "id": "1"})]  # fmt: skip
    packed = archive(
        QnAs__tsv=QNA + "Is it cold?\tYes.\t\t\t[]\tFalse\t[]\t1\n", Settings__tsv="a\tb\n", page__txt="Is it?\nYes.\n"
    )
    assert [pair.question for pair in found(packed, "kb.zip").pairs] == ["Is it cold?"]


def test_entries_that_only_some_may_see_are_named_and_left_out():
    value = {"FaqDocuments": [{"Question": "Is it cold?", "Answer": "Yes.", "AccessControlList": [{"Name": "ann"}]}, {"Question": "Far?", "Answer": "No."}]}  # fmt: skip
    result = found(value, "faq.json")
    assert [pair.question for pair in result.pairs] == ["Far?"]
    assert result.notes == ("1 entry was left out, since only some may see it: entry 1, 'Is it cold?'.",)


@pytest.mark.parametrize("ending", ["csv", "tsv", "json", "xlsx"])
def test_export_writes_its_own_sheets_anew_and_nobody_elses(ending, tmp_path, capsys):
    (tmp_path / "faq.md").write_text("# Desk\n\n## Where?\n\n- id: where\n\nHere.\n")
    command = ["export", str(tmp_path / "faq.md"), "-o", str(tmp_path / f"mine.{ending}")]
    for _ in range(2):
        assert main.main(command) == 0
    assert capsys.readouterr().err.splitlines()[-1].split(": ", 1)[1].startswith("1 entry, as ")
    for content in (b"question,answer\nWhy?,So.\n", b"", b"\x00\xff"):
        (tmp_path / f"mine.{ending}").write_bytes(content)
        assert main.main(command) == 2
        assert "it exists, and is no sheet of faqbot; name another" in capsys.readouterr().err
        assert (tmp_path / f"mine.{ending}").read_bytes() == content


ODD = [
    ("Open? ## Really", "Yes.\n\n## Is it far?\n\nNo."),
    ("Is it cold?", "Yes.\n\n**Can I swim?**\n\nNo."),
    ("Is it warm?", "Do you mean the water?\nIt is."),
    ("# Sharp?", "---"),
    ("[a]: b", "[a]: http://x.example"),
    ("###", "***"),
    ("- id: c?", "> quoted\n\n1. listed"),
    ("&amp;?", "&lt;b&gt;"),
    ("Q: d?", "A: e"),
]


@pytest.mark.parametrize("pairs", [ODD, *([pair] for pair in ODD)], ids=lambda pairs: pairs[0][0])
def test_what_is_imported_is_what_every_command_reads_then(pairs, tmp_path, capsys):
    (tmp_path / "faq.json").write_text(json.dumps([{"question": asked, "answer": told} for asked, told in pairs]))
    assert main.main(["import", str(tmp_path / "faq.json"), "-o", str(tmp_path / "faq.md")]) == 0
    strict = knowledge_files.read(tmp_path / "faq.md").knowledge.entries
    lenient = base.load(base.contents(tmp_path / "faq.md"), tmp_path / "faq.md").knowledge.entries
    assert len(strict) == len(pairs)
    assert [(one.id, one.question, one.answer) for one in lenient] == [
        (one.id, one.question, one.answer) for one in strict
    ]


def test_a_file_that_an_answer_makes_ambiguous_is_marked_as_ours(tmp_path):
    path = tmp_path / "faq.md"
    path.write_text("Is it cold?\n-----------\n\nYes.\n\nIs it far?\n----------\n\nNo.\n")
    file = knowledge_files.read(path)
    cold, far = file.knowledge.entries
    asks = replace(cold, answer="Yes.\n\n**Can I swim?**\n\nNo.")
    writer.save(writer.update(file, replace(file.knowledge, entries=(asks, far))))
    assert [one.question for one in base.load(path.read_bytes(), path).knowledge.entries] == [
        "Is it cold?",
        "Is it far?",
    ]


BAD = {
    "columns": ("faq.csv", b"name,age,town\nAnn,7,Ulm\n", "no column is called question or answer; the first row is 'name', 'age', 'town'"),
    "a row too long": ("faq.csv", b"question,answer\nCold?,Yes, very\n", "faq.csv:2: there are 3 cells where the first row has 2"),
    "a quotation mark": ("faq.csv", b'question,answer\nCold?,"Yes\n', "faq.csv:2: it is no table"),
    "empty cells": ("faq.csv", b"question,answer\nCold?,\n", "without a question or an answer: line 2"),
    "half a file": ("faq.json", b'{"faq": [{"question": "Cold?"', "faq.json:1: it is not JSON"),
    "a number too long": ("faq.json", b'{"faq": ' + b"9" * 5_000 + b"}", "it is not JSON (a number in it has too many digits)"),
    "JSON too deep": ("faq.json", b"[" * 10_000 + b"]" * 10_000, "its values nest too deep; at most 60 levels are read"),
    "YAML": ("faq.yml", b"- q: Is it: cold?\n", "faq.yml:1: it is no YAML"),
    "billion laughs": ("faq.yml", b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(b"%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n" % ((n, n) + (n - 1,) * 9) for n in range(98, 107)),
                       "it holds too many values"),
    "aliases": ("faq.yml", b"a: &a x\nb: [" + b"*a, " * 2_000 + b"]\n", "it repeats too much by aliases"),
    "YAML too deep": ("faq.yml", b"[" * 500 + b"]" * 500, "faq.yml: values nest deeper than 60"),
    "a damaged workbook": ("faq.xlsx", workbook(A=[("question", "answer")])[:-200], "faq.xlsx: it is a damaged archive"),
    "two files": ("faq.zip", archive(a__csv="question,answer\nA?,b\n", b__csv="question,answer\nC?,d\n"), "several files with questions: a.csv, b.csv"),
    "a bomb": ("faq.zip", archive(a__csv=b"question,answer\n" + b"a" * 30_000_000), "faq.zip: it unpacks to 30,000,016 bytes"),
    "a cell far away": ("faq.xlsx", workbook(A=[("question", "answer"), *[()] * 1_000, [""] * 9_999 + ["Cold?"]]), "more than 5,000,000 cells"),
    "questions within questions": ("faq.html", b"<dl><dt>Is it cold?<dd>" * 3_000, "there is no question with an answer"),
    "nothing": ("faq.md", b"\n", "it is empty"),
    "a picture": ("faq.md", b"\x89PNG\r\n", "it is a PNG image"),
    "rows": ("faq.csv", b"question,answer\n" + b"A?,b\n" * 60_000, "faq.csv: it has 60,001 rows; at most 50,000 are read"),
    "questions": ("faq.json", b'[["A?","b"]' + b',["A?","b"]' * 50_000 + b"]", "faq.json: it holds more than 50,000 questions"),
    "lines": ("faq.html", b"<p>a\n" * 100_001, "faq.html: it has 100,001 lines; a FAQ has at most 100,000"),
    "200 MB": ("faq.csv", b"a" * 20_000_001, "it holds 20,000,001 bytes"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_one_clear_sentence(case):
    name, data, wrong = BAD[case]
    with pytest.raises(KnowledgeError) as error:
        reader.of_bytes(data, name)
    assert wrong in str(error.value)
    assert len(error.value.problems) == 1


def faqbot(capsys, *arguments):
    try:
        status = main.main([str(one) for one in arguments])
    except SystemExit as left:
        status = left.code
    said = capsys.readouterr()
    return status, said.out, said.err


GARAGE = KnowledgeBase(
    [
        Entry(question="When are you open?", answer="From nine to five.\n\n- not on Sundays", topic="visit", next=["Where-do"]),
        Entry(question="Where do I park?", answer="=Behind **the house**", phrasings=["car park?", "-parking"], id="Where-do"),
        Entry(question="How long?", answer="Two days.", source=Source("leaflet", "page 2", "0123abcd"), draft=True),
        Entry(question="How much is a chain?", gap="Prices are not in this list."),
    ],
    title="The garage", procedure="repair", names=["mending", "a fix"], source="leaflet", groups=[("bike", "cycle")],
    urgent=["brakes"], urgent_answer="Stop.", answer_from=0.5, dropped=["a", "b"],
)  # fmt: skip


@pytest.fixture
def garage(tmp_path):
    path = tmp_path / "garage.md"
    writer.save(writer.render(GARAGE), path)
    return path


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_what_goes_out_comes_back_identical(garage, tmp_path, capsys, ending):
    sheet, back = tmp_path / f"garage.{ending}", tmp_path / "back.md"
    assert faqbot(capsys, "export", garage, "-o", sheet)[0] == 0
    assert faqbot(capsys, "import", sheet, "-o", back)[0] == 0
    assert back.read_bytes() == garage.read_bytes()


@pytest.mark.parametrize("ending", ["xlsx", "csv", "tsv", "json"])
@pytest.mark.parametrize(
    "answer",
    [
        "'-p' sets it.", "''=1", "'", "-p sets it.", "=1+1", "-1.5", "+49 30", "@me", "' =1", "'tis so.", "a'=1",
        "'\uff0bx", "\ufe62x", "\u2003=1",
    ],
)  # fmt: skip
def test_no_text_is_lost_on_its_way_through_a_sheet(tmp_path, ending, answer):
    path = tmp_path / f"faq.{ending}"
    path.write_bytes(export.form_of(path).write(KnowledgeBase([Entry(question="How?", answer=answer)]), path))
    assert base.load(path.read_bytes(), path).knowledge.entries[0].answer == answer


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("\u200b=1+1", "'\u200b=1+1"),
        ("\ufe62x", "'\ufe62x"),
        ("\nx", "'\nx"),
        ("-1.5", "'-1.5"),
        ("'=1+1", "''=1+1"),
        ("'tis", "'tis"),
        ("is 1=1?", "is 1=1?"),
        ("", ""),
    ],
)
def test_a_spreadsheet_runs_no_cell_of_an_export(cell, written):
    assert (sheets.quoted(cell), sheets.unquoted(written)) == (written, cell)


UNSEEN = "\x1b[31mSo\u202e it \u200bis.\x07"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("faq.csv", f"question,also,answer,gap,next\nHow?,,{UNSEEN},,\n".encode()),
        ("faq.json", json.dumps({"faqbot": 1, "questions": [{"question": "How?", "answer": UNSEEN + "\ud800"}]}).encode()),
        ("faq.json", json.dumps({"faqbot": 1, "title": UNSEEN, "questions": [{"question": "How?", "answer": "So it is."}]}).encode()),
        ("faq.xlsx", workbook(Questions=[("question", "also", "answer", "gap", "next"), ("How?", "", "So\u202e it is.", "", "")])),
    ],
)  # fmt: skip
def test_a_sheet_brings_nothing_that_nobody_sees(name, data, tmp_path, capsys):
    path, target = tmp_path / name, tmp_path / "faq.md"
    path.write_bytes(data)
    status, _, err = faqbot(capsys, "import", path, "-o", target)
    assert (status, target.exists()) == (0, True), err
    assert knowledge_files.read(target).knowledge.entries[0].answer == "So it is."
    assert not set("\x1b\x07\u202e\u200b") & set(target.read_text("utf-8"))


def test_nothing_in_json_of_ours_is_no_text():
    entry = {"question": "How?", "answer": "So.", "topic": None, "also": ["Why?", None], "gap": None}
    data = json.dumps({"faqbot": 1, "questions": [entry]}).encode()
    assert base.load(data, Path("faq.json")).knowledge.entries == (
        Entry(question="How?", answer="So.", phrasings=["Why?"]),
    )


@pytest.mark.parametrize("questions", [5, "How?", {"question": "How?"}, None])
def test_json_of_ours_without_a_list_of_questions_is_refused(questions, tmp_path, capsys):
    path = tmp_path / "faq.json"
    path.write_text(json.dumps({"faqbot": 1, "questions": questions}))
    status, _, err = faqbot(capsys, "import", path)
    assert (status, err.count("\n"), "there is no list of questions in it" in err) == (2, 1, True), err


@pytest.mark.parametrize("ending", ["xlsx", "csv", "tsv", "json"])
def test_a_reviewed_sheet_goes_into_the_file_that_it_came_from(garage, tmp_path, capsys, ending):
    sheet, before = tmp_path / f"garage.{ending}", garage.read_text()
    faqbot(capsys, "export", garage, "-o", sheet)
    assert faqbot(capsys, "import", sheet, "-o", garage)[0] == 0
    assert garage.read_text() == before


@pytest.mark.parametrize("ending", ["xlsx", "csv", "tsv"])
def test_a_draft_is_reviewed_in_a_sheet(tmp_path, capsys, ending):
    """Every draft is written; what is accepted, mended, dropped and added there is taken over, and the rest stays."""
    path, target = tmp_path / "shop.md", tmp_path / f"shop.{ending}"
    drafts = [replace(entry, draft=True) for entry in GARAGE.entries]
    writer.save(writer.render(replace(GARAGE, entries=drafts)), path)
    before = path.read_text()
    status, out, _ = faqbot(capsys, "review", path, "--sheet", target)
    assert (status, path.read_text()) == (1, before)
    assert "4 drafts to review" in out
    given = sheets.knowledge(_sheets(target), target)
    assert [entry.draft for entry in given.entries] == [True] * 4
    rows = sheets.rows(given)
    named = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    named[0] |= {"draft": "", "question": "When do you open?", "answer": "From eight to five."}
    named[1] |= {"draft": "accepted", "also": "car park?\nspace for my car"}
    named[2] |= {"draft": "Drop"}
    new = dict.fromkeys(rows[0], "") | {"question": "Do you sell tyres?", "answer": "Yes, all sizes."}
    _rewrite(target, rows[0], [*named[:3], new])  # the row of the gap is hidden
    status, out, _ = faqbot(capsys, "review", path, "--sheet", target)
    assert (status, out.partition(": ")[2]) == (1, "2 accepted, 2 changed, 1 dropped, 1 added, 1 left\n")
    after = knowledge_files.read(path).knowledge
    assert [(entry.id, entry.question, entry.draft) for entry in after.entries] == [
        (drafts[0].id, "When do you open?", False),
        ("Where-do", "Where do I park?", False),
        (drafts[3].id, "How much is a chain?", True),
        ("do-you-sell-tyres", "Do you sell tyres?", False),
    ]
    assert after.entries[0].answer == "From eight to five."
    assert after.entries[1].phrasings == ("car park?", "space for my car")
    assert after.dropped == ("a", "b", drafts[2].id)
    again = path.read_text()
    faqbot(capsys, "review", path, "--sheet", target)
    assert path.read_text() == again


def _sheets(path):
    return reader.own_sheets(path.read_bytes(), path)


def _rewrite(path, head, rows):
    """Write the rows of the first sheet as a person would leave them in a spreadsheet, without the second."""
    cells = [list(head), *([row[name] for name in head] for row in rows)]
    if path.suffix == ".xlsx":
        path.write_bytes(workbook(Questions=cells))
        return
    out = io.StringIO(newline="")
    csv.writer(out, delimiter="\t" if path.suffix == ".tsv" else ",").writerows(cells)
    path.write_text(out.getvalue(), "utf-8")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("page.html", None, "as a page it could not be read back; name a file that ends in .xlsx, .csv or .tsv"),
        ("other.csv", "question,answer\nHow?,So.\n", "it exists, and is no sheet of faqbot; name another file"),
        ("garage.csv", "question,also,answer,gap,next,draft\nHow?,,,,,\n", "row 2: "),
    ],
)
def test_a_sheet_that_cannot_be_used_leaves_the_file_as_it_is(garage, capsys, name, text, said):
    before, target = garage.read_text(), garage.with_name(name)
    if text:
        target.write_text(text)
    status, _, err = faqbot(capsys, "review", garage, "--sheet", target)
    assert (status, said in err, garage.read_text()) == (2, True, before), err


def test_a_change_in_a_sheet_is_a_change_in_the_file(garage, tmp_path, capsys):
    sheet = tmp_path / "garage.csv"
    faqbot(capsys, "export", garage, "-o", sheet)
    text = sheet.read_text("utf-8-sig")
    assert "'=Behind" in text  # no spreadsheet runs it
    sheet.write_text(text.replace("Two days.", "Three days."), "utf-8")
    faqbot(capsys, "import", sheet, "-o", garage)
    assert [entry.answer for entry in knowledge_files.read(garage).knowledge.entries][1:3] == [
        "=Behind **the house**",
        "Three days.",
    ]


def test_a_page_and_its_data_and_qna_maker_are_read_back(garage, tmp_path, capsys):
    wanted = [
        ("When are you open?", "From nine to five.\n\n- not on Sundays"),
        ("Where do I park?", "=Behind **the house**"),
    ]
    for name, more in (("faq.html", ()), ("faq.jsonld", ()), ("faq.tsv", ("--form", "qnamaker"))):
        status, _, said = faqbot(capsys, "export", garage, "-o", tmp_path / name, *more)
        assert (status, "2 gaps and drafts have no place there" in said) == (0, True)
        assert [(pair.question, pair.answer) for pair in reader.read(tmp_path / name).pairs] == wanted
    assert (
        b"<script"
        not in export.FORMS["html"].write(KnowledgeBase([Entry(question="</script>?", answer="<script>x")]), tmp_path)[
            400:
        ]
    )


def test_import_writes_a_knowledge_file_and_reports(tmp_path, capsys):
    source, target = tmp_path / "faq.csv", tmp_path / "faq.md"
    source.write_text("question,answer,colour\nIs it cold?,Yes.,blue\nIs it far?,,red\nIs it cold?,No.,green\n")
    status, _, said = faqbot(capsys, "import", source, "-o", target, "--title", "Hut")
    assert status == 0
    assert target.read_text() == "# Hut\n\n## Is it cold?\n\nYes.\n"
    assert said.splitlines()[1:] == [
        "  1 entry was left out, without a question or an answer: line 3, 'Is it far?'.",
        "  There is no place for: colour (3).",
        "  1 repeated question left out: line 4, 'Is it cold?', as in line 2.",
    ]
    assert faqbot(capsys, "import", source, "-o", target)[0] == 2
    assert target.read_text() == "# Hut\n\n## Is it cold?\n\nYes.\n"


def test_rasa_lies_in_several_files(tmp_path, capsys):
    (tmp_path / "nlu.yml").write_text("nlu:\n- intent: faq/cold\n  examples: |\n    - is it cold\n")
    (tmp_path / "responses.yml").write_text("responses:\n  utter_faq/cold:\n  - text: Yes.\n")
    status, out, _ = faqbot(capsys, "import", tmp_path / "nlu.yml", tmp_path / "responses.yml")
    assert (status, "## is it cold" in out, "Yes." in out) == (0, True, True)


def test_a_bot_answers_from_any_form_and_reads_it_again(tmp_path):
    path = tmp_path / "faq.json"
    path.write_text('[{"question": "Is it cold?", "answer": "<b>Yes.</b>"}]')
    bot = FaqBot.from_file(path, encoder=None, cache=tmp_path / "cache")
    assert bot.ask("is it cold").text == "**Yes.**"
    path.write_text('[{"question": "Is it cold?", "answer": "No."}]')
    assert bot.reload()
    assert FaqBot.from_file(path, encoder=None, cache=tmp_path / "cache").ask("is it cold").text == "No."


def test_answers_that_a_file_could_not_hold_are_simplified(tmp_path):
    knowledge = KnowledgeBase(
        [Entry(question="Is it cold?", answer="Yes:\n\n```\n# ice"), Entry(question="Far?", answer="- gap: no")]
    )
    written, notes = base.writable(knowledge)
    assert [entry.answer for entry in writer.render(written).knowledge.entries] == [
        entry.answer for entry in written.entries
    ]
    assert len(notes) == sum(a != b for a, b in zip(written.entries, knowledge.entries, strict=True)) > 0


def test_what_is_named_comes_first_among_what_to_ask_next():
    entries = [
        Entry(question=f"What is {name}?", answer=f"{name} is a thing.", topic="things")
        for name in ("ink", "oil", "tar", "wax")
    ]
    entries[0] = Entry(
        question="What is ink?",
        answer="Ink is a thing.",
        topic="things",
        next=["what-is-wax", "what-is-tar", "no-such"],
    )
    reply = FaqBot(KnowledgeBase(entries), encoder=None).conversation().ask("What is ink?")
    assert [entry.id for entry in reply.related][:2] == ["what-is-wax", "what-is-tar"]


class TestCheck:
    def test_a_follow_up_that_leads_nowhere(self, tmp_path, capsys):
        path = tmp_path / "hut.md"
        path.write_text("# Hut\n\n## Is it cold?\n\n- next: far\n\nYes.\n")
        status, out, _ = faqbot(capsys, "check", path)
        assert (status, f"{path}:3: 'next' names 'far', which no entry has" in out) == (1, True)

    def test_a_faq_in_another_form(self, tmp_path, capsys):
        path = tmp_path / "faq.csv"
        path.write_text("question,answer,colour\nIs it cold?,Yes.,blue\n")
        status, out, _ = faqbot(capsys, "check", path)
        assert (status, out.splitlines()) == (1, [
            f"{path}: 1 entry, read as a table; 'faqbot import faq.csv -o FILE.md' makes a knowledge file of it",
            f"{path}: There is no place for: colour (1).",
        ])  # fmt: skip

    def test_several_questions_in_one_answer_and_markup_that_would_be_shown(self, tmp_path, capsys):
        path = tmp_path / "hut.md"
        path.write_text("# Hut\n\n## Stay\n\n- id: stay\n\nIs it cold?\nYes.\n\nIs it far?\nNo, see {{ site.map }}.\n")
        status, out, _ = faqbot(capsys, "check", path)
        assert status == 1
        assert "holds 2 questions, such as 'Is it cold?'" in out
        assert "would show '{{ site.map }}'" in out


EXTRACTED = {
    "a table": (
        "faq.csv",
        "question,answer\nIs it cold?,Yes.\n",
        "it is a table; 'faqbot import faq.csv -o faq.md' reads",
    ),
    "JSON": ("faq.json", '{"question": "Is it cold?"}', "it is JSON; 'faqbot import faq.json"),
    "YAML": ("faq.yml", "- q: Is it cold?\n  a: Yes.\n", "it is YAML; 'faqbot import faq.yml"),
    "code": ("hut.py", "def cold():\n    return True\n", "it is code; an article is text"),
    "configuration": ("hut.toml", "[hut]\ncold = true\n", "it is configuration; an article is text"),
}


@pytest.mark.parametrize("form", EXTRACTED)
def test_no_entries_are_made_of_data_and_code(form, tmp_path, capsys):
    name, text, wrong = EXTRACTED[form]
    (tmp_path / name).write_text(text)
    status, _, said = faqbot(capsys, "extract", tmp_path / name)
    assert (status, wrong in said) == (2, True)


def test_the_text_of_a_mail_is_an_article(tmp_path):
    from faqbot.documents import read  # noqa: PLC0415

    path = tmp_path / "a.eml"
    path.write_text("From: ann@x.test\nSubject: Hut\nMIME-Version: 1.0\nContent-Type: text/plain\n\nThe hut is cold.\n")
    assert [block.text for block in read(path).blocks] == ["The hut is cold."]


@pytest.mark.parametrize("charset", ["iso-8859-1", "utf-8", "utf-16"])
def test_a_page_in_a_mail_is_read_by_the_charset_of_the_mail(charset):
    from faqbot.documents import reader  # noqa: PLC0415

    page = '<head><meta charset="iso-8859-1"></head><body><p>The hut is naïve, and a crêpe costs £5.</p></body>'
    head = f"From: a@x.test\nMIME-Version: 1.0\nContent-Type: text/html; charset={charset}\n"
    body = base64.encodebytes(page.encode(charset)).decode()
    mail = f"{head}Content-Transfer-Encoding: base64\n\n{body}".encode()
    assert [block.text for block in reader.of_bytes(mail, "a.eml").blocks] == [
        "The hut is naïve, and a crêpe costs £5."
    ]
