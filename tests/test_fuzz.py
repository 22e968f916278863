"""Bytes that once broke what should hold for any, and a few that nearly do; tests/fuzz/run.py looks for more."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent / "fuzz"))
import targets

BYTES = {
    "read_knowledge": (
        b"", b"\xff", b"# A\n## B", b"## A?\n\n- gap: x\n\ny",
        b"---\n---\n## A?\r\ra", b"\xef\xbb\xbf# A?\na\n# B?\n\x0bb",
        b"## a\n\n\x0d0\n", b"> # A?\n> a", b"## A?\n<!-- x -->\n- also: b\n\na\n\n### C\n", b"A\n=\n\nB\n-\nc\n",
    ),
    "ask": (b"\xff\xfe", b"\x00\n2\nnone of these", b"why?\n9\nyes\nno", b"i am bleeding\xed\xa0\x80\nthanks"),
    "read_article": (
        b"\x00", b"PK\x03\x04", b"%PDF-", b"<html", b"<!--a-->" * 400, b"<?xml " * 400,
        b"\xff\xfea", b"{\\rtf", b"---\n", b"```c-\nR\t;-\n",
    ),
    "read_word": (
        b"", b"<w:document/>", b"<a>" * 9999, b"<?xml version='1.0' encoding='cp037'?><x/>",
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:pPr>'
        b'<w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p><w:tbl><w:tr><w:tc/></w:tr></w:tbl><w:p/>'
        b"</w:body></w:document>",
    ),
    "read_page": (b"", b"<p>\xff&#0;&#xD800;", b"<table><tr><td>a?<td>b" * 9, b"<dt><dd><dt>a", b"<sup><a>1</sup>b"),
    "read_pdf": (b"", b"BT (a) Tj", b"[" * 999, b"1 0 0 1 0 0 Tm ET (a)'", b"q " * 999),
    "read_pairs": (
        b"", b"## A?\n<label for='\n\n\n'>b", b"<details><summary>A?</summary>\n```\nb\n\n## C?\n\nd", b"{{< faq 'A?' >}}b",
        b"Q: A?\nA:\n\nQ: B?\nA: b", "## A?\n\n\ue010B?\n\nc".encode(), b"## A?\n\n[b][c]\n\n[c]: <x", b"??? q 'A?'\n!!! b\n:::",
    ),
    "read_pairs_of_page": (b"<summary>A?</summary>&#xE010;&#13;b", b"<dt>A?<dd><dt>B?<dd>c", b"<div>" * 999 + b"<h2>A?</h2>b"),
    "read_pairs_of_rst": (b"A?\n===\n\n.. x::\n\nB?\n===\n c\n", b"A?\n  b\n\n::\n\n  c", b".. _a: b\n=====\n"),
    "read_pairs_of_asciidoc": (b"= A\n\n== B?\n\nc", b"A?::\n----\nb", b"== A?\n|===\n|b"),
    "read_pairs_of_text": (b"A? b.\n\nC? d.", b"1. A?\nb\n2. C?\nd", b"\xffA?\nb\n\nC?\nd"),
    "read_pairs_of_table": (b"question,answer\nA?,<!-- -->\n", b"q\ta\nA?\t\"b", b"a|b\nA?|b|c", b"sep=;\n\x00;"),
    "read_pairs_of_json": (b"[" * 9999, b'{"A?": "b", "C?": "d"}', b'[["A?", "b"], ["C?"]]', b'{"q": 1, "a": {"b": []}}', b"{"),
    "read_pairs_of_yaml": (b"a: &a [*a, *a]", b"- q: A?\n  a: !!python/object:os.system b", b"[" * 999, b"a: b: c", b"? \n: q"),
    "read_pairs_of_qna": (b"# ? A?\n```\nb", b"# ? A?\n- b\n```\n<a x\n```\n# ? C?\n```\nd\n```", b"# ? \n```\n```"),
    "read_pairs_of_word": (
        b"", b"<w:document/>", b"<?xml version='1.0' encoding='cp037'?><x/>",
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>A?'
        b"</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p></w:body></w:document>",
    ),
    "read_pairs_of_workbook": (
        b"", b"<worksheet>", b"<row r='9'><c r='ZZZ9999999'/>",
        *(
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c '
            + at + b'><v>1</v></c></row></sheetData></worksheet>'
            for at in (
                b'r="Aautolink1"', b'r="AAAAA1"', b'r' + b" " * 40 + b'="ZZZ9999999"', b'a="<" r="ZZZ9999999"', b'a="1"r="ZZZ9999999"',
            )
        ),
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" '
        b't="inlineStr"><is><t>A?</t></is></c><c r="B1" t="inlineStr"><is><t>b</t></is></c></row></sheetData></worksheet>',
    ),
    "read_pairs_of_archive": (b"", b"a\nquestion,answer\nA?,b\n", b"../a\nA?,b", b"\x14\0\0\0\x08\0", b"__MACOSX/\n\xff"),
    "read_pairs_of_mail": (
        b"", b"\nA? b.\n\nC? d.\n", b"Content-Type: text/html; charset=x\n\n<h2>A?</h2>b",
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\n\nA?\nb\n--a--",
    ),
    "read_mail": (
        b"", b"\nIt takes an hour.\n", b"Content-Transfer-Encoding: base64\n\n\xff=", b"Content-Type: =?x?q?=\xff?=\n\na",
    ),
    "read_request": (
        b"", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"GET /questions?offset=%ff HTTP/1.1\r\nHost: [::1]:x\r\n\r\n",
        b"POST /ask HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n"
        b'{"question": "\\ud800 when"}',
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 13\r\n"
        b"\r\nquestion=%ff+",
    ),
    "read_tool_call": (
        b"", b'{"name": "ask"}', b'{"name": "ask", "arguments": {"question": "\\ud800"}}',
        b'{"name": "nearest", "arguments": {"question": "when", "limit": true}}', b'{"name": "x\\u001b"}',
    ),
    "extract": (b"", b"a", b"Q: ?\nA: !", b"It is 5. " * 9, b"\xed\xa0\x80 takes an hour.", b"'\"" * 99 + b"x\"y."),
    "read_labelled": (b"", b"[", b'"', b"q,id\n\x00", b"sep=;\n", b'[["a", {"b": 1}]]', b"[" * 9999, b"\xff\xfeq\x00"),
    "show": (b"", b"[a](\x1b]0;x)", b"\x1b", b"| a\n|--\n|\x9b", b"[[[](]]" * 9, b"* " * 99, b"```\n\x1b[2J"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data"), [(name, data) for name, several in BYTES.items() for data in several], ids=lambda each: each[:20]
)
def test_no_bytes_break_it(name, data):
    targets.TARGETS[name](data)


def test_each_target_is_tried():
    assert list(BYTES) == list(targets.TARGETS)
