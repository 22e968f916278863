"""The same article in every format gives the same blocks; what can't be read is named in a sentence."""

import os
import re
import subprocess
import sys
from dataclasses import replace

import files
import pytest

from conftest import DATA
from faqbot import ArticleError, Source, extract_faq
from faqbot.documents import reader
from faqbot.documents.blocks import Kind
from faqbot.errors import ExtraMissingError, FaqbotError

ARTICLES = DATA / "articles"
LASER = ARTICLES / "laser-hair-removal.txt"


def short(document):
    return [(str(block.kind), block.text) for block in document.blocks]


def parts():
    """Return title, date and blocks of the plain text, as pairs to write in another format."""
    read = reader.read(LASER)
    return [("title", read.title), ("paragraph", read.date), *short(read)]


def as_markdown():
    marks = {"title": "# ", "heading": "## ", "item": "* "}
    return "\n\n".join(marks.get(kind, "") + text for kind, text in parts())


def as_html():
    return (ARTICLES / "laser-hair-removal.html").read_bytes()


FORMATS = {
    "html": as_html,
    "html in UTF-16": lambda: as_html().decode().encode("utf-16"),
    "markdown": lambda: as_markdown().encode(),
    "word": lambda: files.word(parts()),
    "pdf": lambda: files.pdf(parts()),
    "pdf of many pages": lambda: files.pdf(parts(), lines=9, width=70, head="Lindenhof Skin Clinic"),
    "pdf in one font": lambda: files.pdf(parts(), styled=False),
    "plain text of Windows": lambda: LASER.read_bytes().replace(b"\n", b"\r\n"),
    "plain text in UTF-16": lambda: LASER.read_text().encode("utf-16"),
    "plain text with a mark": lambda: b"\xef\xbb\xbf" + LASER.read_bytes(),
    "plain text of short lines": lambda: files.textwrapped(LASER.read_text(), 72).encode(),
}


def test_plain_text():
    read = reader.read(LASER)
    assert (read.title, read.date, read.notes) == ("Laser hair removal at a glance", "14 March 2024", ())
    assert [(kind, text[:24]) for kind, text in short(read)] == [
        ("paragraph", "A laser sends light into"),
        ("paragraph", "Light works best on dark"),
        ("heading", "How many sessions do you"),
        ("paragraph", "Most people come six to "),
        ("heading", "Before your first visit"),
        ("paragraph", "We ask you to prepare yo"),
        ("item", "Stay out of the sun for "),
        ("item", "Shave the area on the ev"),
        ("item", "Leave your skin free of "),
        ("heading", "Does it hurt?"),
        ("paragraph", "People compare it with t"),
        ("heading", "Side effects"),
        ("paragraph", "The skin may be red and "),
    ]


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", ["article", "article.txt", "article.pdf"])
def test_an_article_reads_the_same_in_every_format_whatever_its_name(format_, name, tmp_path):
    path = tmp_path / name
    path.write_bytes(FORMATS[format_]())
    read, plain = reader.read(path), reader.read(LASER)
    assert short(read) == short(plain)
    assert (read.title, read.date, read.notes) == (plain.title, plain.date, ())


@pytest.fixture(scope="module")
def plain():
    return extract_faq(LASER)


@pytest.mark.parametrize("format_", ["html", "markdown", "word", "pdf", "pdf of many pages"])
def test_an_article_gives_the_same_entries_in_every_format(format_, plain, tmp_path):
    path = tmp_path / "article"
    path.write_bytes(FORMATS[format_]())
    assert [replace(entry, source=Source()) for entry in extract_faq(path).entries] == [
        replace(entry, source=Source()) for entry in plain.entries
    ]
    assert sum(not entry.is_gap for entry in plain.entries) >= 6


UNREADABLE = [
    (b"", "empty"),
    (b" \n\n ", "empty"),
    (b"\x89PNG\r\n\x1a\n\0\0\0", "PNG"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
    (b"{\\rtf1\\ansi Hello}", "RTF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ".docx"),
    (files.archive({"mimetype": "application/epub+zip"}), "EPUB"),
    (files.archive({"mimetype": "application/vnd.oasis.opendocument.text"}), ".odt"),
    (files.archive({"xl/workbook.xml": "<x/>"}), "Excel"),
    (files.archive({"holiday.jpg": "x"}), "zip"),
    (b"PK\x03\x04 and then nothing", "damaged archive"),
    (b"<?xml version='1.0'?><rss/>", "XML"),
    (b"From: a\nMIME-Version: 1.0\n\n" + b"--x\n" * 10_001, "mail of 10,001 parts"),
    (b"a\n" * 200_001, "at most 200,000"),
    (bytes(range(256)) * 9, "no text"),
    (b"%PDF-1.7\nand then nothing", "damaged PDF"),
    (files.pdf_of(["0 0 100 100 re f\n"]), "OCR"),
    (files.encrypted_pdf("secret"), "password"),
    (files.word([("paragraph", "x")], **{"word/document.xml": "<w:document"}), "damaged Word"),
    (files.word([], **{"word/document.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}), "entities"),
    (files.word([("paragraph", "x")], **{"word/media/a.bin": b"\0" * 30_000_000}), "unpacks to"),
    (files.word([]), "no text"),
    (files.word([], **{"word/document.xml": b"<x/>" * 1_000_001}), "at most 1,000,000"),
    (b"<html><body><script>1</script></body></html>", "no text"),
]


@pytest.mark.parametrize(("data", "says"), UNREADABLE, ids=[says for _, says in UNREADABLE])
def test_what_can_not_be_read_is_named_in_one_sentence(data, says, tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    with pytest.raises(ArticleError) as raised:
        reader.read(path)
    message = str(raised.value)
    assert message.startswith(f"{path}: ")
    assert says in message
    assert "\n" not in message


def test_places_without_an_article(tmp_path, monkeypatch):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    large = tmp_path / "large"
    large.write_text("x" * 100)
    monkeypatch.setattr(reader, "LARGEST_ARTICLE", 99)
    for path, says in [
        (tmp_path / "missing.txt", "there is no such file"), (tmp_path, "folder"), (pipe, "not a regular file"),
        (large, "100 bytes"), ("a\0b", "cannot be read"),
    ]:  # fmt: skip
        with pytest.raises(ArticleError, match=re.escape(says)):
            reader.read(path)


@pytest.mark.parametrize(
    ("library", "file"), [("lxml", as_html), ("pypdf", FORMATS["pdf"]), ("mammoth", FORMATS["word"])]
)
def test_a_missing_library_names_the_extra(library, file, tmp_path, monkeypatch):
    path = tmp_path / "article"
    path.write_bytes(file())
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ExtraMissingError, match=re.escape("pip install 'faqbot[documents]'")) as raised:
        reader.read(path)
    assert isinstance(raised.value, FaqbotError)
    assert raised.value.extra == "documents"


@pytest.mark.parametrize(
    ("data", "text", "notes"),
    [
        ("Café".encode(), "Café", 0),
        ("Café – “gut”".encode("cp1252"), "Café – “gut”", 1),
        ("Caféééé ".encode() + b"\xff", "Caféééé \ufffd", 1),
        (b"a < b and b > c \x1b[31mred\x1b[0m\x07", "a < b and b > c red", 0),
        ("soft\u00adware \u200bx\u202ey".encode(), "software xy", 0),
    ],
)
def test_encodings_and_what_is_not_for_reading(data, text, notes, tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes(data + b".")
    read = reader.read(path)
    assert short(read) == [("paragraph", text + ".")]
    assert len(read.notes) == notes


def test_a_text_is_told_apart_by_what_it_holds():
    assert short(reader.parse("<p>One.</p>")) == [("paragraph", "One.")]
    assert short(reader.parse("## One\n\nTwo **bold** words.")) == [
        ("heading", "One"),
        ("paragraph", "Two bold words."),
    ]
    assert short(reader.parse("<5 mm is thin.\n\nMore.")) == [
        ("paragraph", "<5 mm is thin."),
        ("paragraph", "More."),
    ]
    with pytest.raises(ArticleError, match=r"letter: it is empty"):
        reader.parse(" \n", "letter")


def test_pages_of_a_pdf(tmp_path):
    path = tmp_path / "article"
    path.write_bytes(files.pdf(parts(), lines=9, width=70))
    told = []
    read = reader.read(path, progress=lambda done, total: told.append((done, total)))
    pages = [block.page for block in read.blocks]
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert pages == sorted(pages)
    assert set(pages) == {1, 2, 3}


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("The derma-", "tologist rolls the", "needles."), "The dermatologist rolls the needles."),
        (("A micro-needling pen is a micro-", "needling device."), "A micro-needling pen is a micro-needling device."),
    ],
)
def test_words_divided_at_the_end_of_a_line(lines, text, tmp_path):
    path = tmp_path / "article"
    content = "".join(f"BT /F1 11 Tf 1 0 0 1 60 {700 - 14 * n} Tm ({line}) Tj ET\n" for n, line in enumerate(lines))
    path.write_bytes(files.pdf_of([content]))
    assert short(reader.read(path)) == [("paragraph", text)]


def test_a_pdf_that_opens_without_a_password_is_read(tmp_path):
    path = tmp_path / "article"
    path.write_bytes(files.encrypted_pdf(""))
    assert [block.kind for block in reader.read(path).blocks] == [Kind.PARAGRAPH]


def test_reading_says_nothing_and_loads_libraries_only_when_they_are_needed(tmp_path):
    page, broken = tmp_path / "page", tmp_path / "broken"
    page.write_text("<html><body><p>Short.</p></body></html>")
    broken.write_bytes(b"\n\n" + files.pdf([("paragraph", "Words.")]))  # every place in it is wrong
    code = (
        "import sys; from faqbot import documents; heavy = {'lxml', 'trafilatura', 'pypdf', 'mammoth'}\n"
        "documents.parse('## Title'); documents.parse('Plain words.')\n"
        "loaded = heavy & set(sys.modules)\n"
        "documents.read(sys.argv[1]); documents.read(sys.argv[2])\n"
        "sys.exit(str(loaded) if loaded else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code, page, broken], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
