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
        b"\xff\xfea", b"{\\rtf", b"---\n",
    ),
    "read_word": (b"", b"<w:document/>", b"<a>" * 9999, b"<?xml version='1.0' encoding='cp037'?><x/>"),
    "read_page": (b"", b"<p>\xff&#0;&#xD800;", b"<table><tr><td>a?<td>b" * 9, b"<dt><dd><dt>a", b"<sup><a>1</sup>b"),
    "read_pdf": (b"", b"BT (a) Tj", b"[" * 999, b"1 0 0 1 0 0 Tm ET (a)'", b"q " * 999),
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
