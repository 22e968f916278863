"""What holds for any bytes whatever: each function here takes some, and raises where a promise is broken.

`python tests/fuzz/run.py` looks for such bytes, and tests/test_fuzz.py keeps those that were found.
"""

import asyncio
import io
import unicodedata
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import files
import h11
import mcp_types
from mcp import MCPError
from pydantic import ValidationError

from faqbot import ArticleError, Entry, FaqBot, KnowledgeBase, KnowledgeError, Status
from faqbot.cli.markdown import typeset
from faqbot.cli.replies import plain
from faqbot.cli.text import clean
from faqbot.documents import reader as documents
from faqbot.documents.article import Article
from faqbot.documents.pairs import base
from faqbot.documents.pairs import reader as pairs
from faqbot.errors import QuestionsError
from faqbot.evaluation.labelled import parse as labelled
from faqbot.evaluation.redaction import LONGEST, masked
from faqbot.extraction import pipeline
from faqbot.knowledge import reader as knowledge
from faqbot.knowledge import writer
from faqbot.serving import tools
from faqbot.serving.app import App
from faqbot.serving.guard import LONGEST_HEAD, Rules
from faqbot.serving.page import Page
from faqbot.serving.service import Service

GARAGE = KnowledgeBase(
    [
        Entry(question="When are you open?", answer="From nine to five.", topic="visit"),
        Entry(question="Where do I park?", answer="Behind the **house**.", phrasings=("Is there a car park?",)),
        Entry(question="How long does a repair take?", answer="Two days.", phrasings=("When is it ready?",)),
        Entry(question="How much is a new chain?", gap="Prices are not in this list."),
    ],
    title="The garage",
    groups=[("bike", "cycle")],
)
REPLACED = "\ufffd"


@cache
def bot():
    return FaqBot(GARAGE, encoder=None)


def text_of(data):
    """Return bytes as a text that a program may be handed, halves of surrogate pairs among it."""
    return data.decode("utf-8", "surrogateescape")


def is_harmless(text):
    """Return whether nothing in a text steers a terminal."""
    return not any(unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n" for letter in text)


def refused(error):
    """Make sure that an error says in words that can be shown what is wrong."""
    assert is_harmless(clean(str(error)))
    assert len(str(error)) > len("article: ")


def read_knowledge(data):
    """A knowledge file is read or refused, written back to the letter, and rendered anew it says the same."""
    try:
        file = knowledge.parse(data.decode("utf-8", "replace"), "faq.md")
    except KnowledgeError as error:
        refused(error)
        return
    assert writer.update(file, file.knowledge).text == file.text
    try:
        written = writer.render(file.knowledge)
    except ValueError:
        return
    assert writer.render(written.knowledge).text == written.text
    first, *rest = file.knowledge.entries
    try:
        shorter = writer.update(file, replace(file.knowledge, entries=rest or [replace(first, answer="Yes.", gap="")]))
    except ValueError:
        return
    assert [entry.id for entry in shorter.knowledge.entries] == [entry.id for entry in rest or [first]]


def ask(data):
    """Whatever is said, there is a reply, sure from 0 to 1, which does no harm to a terminal and can be explained."""
    chat = bot().conversation()
    for message in text_of(data).split("\n")[:8]:
        for reply in (bot().ask(message), bot().ask_each(message), chat.ask(message)):
            assert 0 <= reply.confidence <= 1
            assert (reply.status is Status.ANSWERED) <= bool(reply.text)
            assert is_harmless(plain(reply, width=80))
            assert reply.explain().sentence
        scores = [match.score for match in bot().rank(message)]
        assert scores == sorted(scores, reverse=True)
        assert len(masked(message)) <= LONGEST


def read_article(data):
    """An article of any format is read or refused, and what is read has nothing in it that is not for reading."""
    try:
        document = documents.of_bytes(data, "article")
    except ArticleError as error:
        refused(error)
        return
    assert document.blocks
    assert all(is_harmless(block.text) for block in document.blocks)


@cache
def word_parts():
    with zipfile.ZipFile(io.BytesIO(files.word([("paragraph", "x")]))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_word(data):
    """The same of a Word file with these bytes as its text, which no checksum protects then."""
    read_article(files.archive({**word_parts(), "word/document.xml": data}))


def read_page(data):
    """The same of a web page with these bytes in it."""
    read_article(b"<html><body>" + data)


def read_pdf(data):
    """The same of a PDF with these bytes as what is set on its page."""
    read_article(files.pdf_of([data.decode("cp1252", "replace").replace(REPLACED, "?")]))


def read_pairs(data, name="faq.md"):
    """A FAQ of any form is read or refused, and what is read can be shown and makes a knowledge file."""
    try:
        found = pairs.of_bytes(data, name)
    except KnowledgeError as error:
        refused(error)
        return
    assert found.pairs
    assert all(pair.question.strip() and pair.answer.strip() for pair in found.pairs)
    knowledge, notes = base.knowledge(found, Path(name))
    assert is_harmless(clean("".join((*found.notes, *notes))))
    written, _ = base.writable(knowledge)
    if written.entries:
        assert writer.render(written).knowledge.entries


def read_pairs_of_page(data):
    """The same of a web page."""
    read_pairs(data, "faq.html")


def read_pairs_of_rst(data):
    """The same of reStructuredText."""
    read_pairs(data, "faq.rst")


def read_pairs_of_asciidoc(data):
    """The same of AsciiDoc."""
    read_pairs(data, "faq.adoc")


def read_pairs_of_text(data):
    """The same of plain text."""
    read_pairs(data, "faq.txt")


def read_pairs_of_table(data):
    """The same of a table."""
    read_pairs(data, "faq.csv")


def read_pairs_of_json(data):
    """The same of JSON."""
    read_pairs(data, "faq.json")


def read_pairs_of_yaml(data):
    """The same of YAML."""
    read_pairs(data, "faq.yml")


def read_pairs_of_qna(data):
    """The same of a `.qna` file."""
    read_pairs(data, "faq.qna")


def read_pairs_of_word(data):
    """The same of a Word file with these bytes as its text."""
    read_pairs(files.archive({**word_parts(), "word/document.xml": data}), "faq.docx")


def read_pairs_of_workbook(data):
    """The same of an Excel workbook with these bytes as its only sheet."""
    read_pairs(files.archive({**files.SHEETS, "xl/worksheets/sheet1.xml": data}), "faq.xlsx")


def read_pairs_of_archive(data):
    """The same of a zip archive: of these bytes, and of one with them in its members."""
    read_pairs(b"PK\x03\x04" + data, "faq.zip")
    name, _, held = data.partition(b"\n")
    read_pairs(files.archive({f"a{name.decode('latin-1')}.csv": held, "b.md": held[::-1]}), "faq.zip")


def read_pairs_of_mail(data):
    """The same of a mail with these bytes as the rest of its headers and its body."""
    read_pairs(b"From: a\nMIME-Version: 1.0\n" + data, "faq.eml")


def read_mail(data):
    """A mail or archived page with these bytes in it makes an article, or is refused."""
    read_article(b"From: a\nMIME-Version: 1.0\n" + data)


class InPlace:
    """Carries out the calls of the service where it is called."""

    def __init__(self, service):
        self.service = service

    async def start(self):
        """Be ready at once."""

    async def call(self, name, arguments):
        """Return the result of a call."""
        return self.service.call(name, arguments)


@cache
def loop():
    return asyncio.new_event_loop()


@cache
def workers():
    return InPlace(Service(bot()))


@cache
def app():
    served = App(workers(), Page(), Rules(), lambda line: None)
    loop().run_until_complete(served._start())
    return served


def read_request(data):
    """Whatever is sent to the service gets a reply that is no fault of the server, or the connection is closed."""
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=LONGEST_HEAD)
    connection.receive_data(data)
    head, body = None, b""
    try:
        while not isinstance(event := connection.next_event(), h11.EndOfMessage):
            if event in (h11.NEED_DATA, h11.PAUSED) or isinstance(event, h11.ConnectionClosed):
                break
            if isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                body += event.data
    except h11.RemoteProtocolError:
        return
    if head:
        codes = loop().run_until_complete(_codes(app(), head, body))
        assert len(codes) == 1
        assert 200 <= codes[0] < 500 or head.target.startswith(b"/mcp")


async def _codes(app, head, body):
    """Return the statuses of the replies to a request, as the server below would hand it on."""
    raw, _, query = head.target.partition(b"?")
    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "scheme": "http",
        "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 50_000), "root_path": "",
        "method": head.method.decode("ascii"), "path": unquote(raw.decode("ascii")), "raw_path": raw,
        "query_string": query, "headers": list(head.headers),
    }  # fmt: skip
    codes = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        if message["type"] == "http.response.start":
            codes.append(message["status"])

    if not scope["path"].startswith("/mcp"):  # which its library reads, and which starts once only
        await app.asgi(scope, receive, send)
    else:
        codes.append(200)
    return codes


def read_tool_call(data):
    """Whatever arguments an assistant gives a tool, there is a result, or a sentence about them."""
    try:
        asked = mcp_types.CallToolRequestParams.model_validate_json(data)
    except ValidationError:
        return
    try:
        result = loop().run_until_complete(tools._caller(workers())(None, asked))
    except MCPError as error:
        refused(error)
        return
    assert result.content


def extract(data):
    """From an article of any text a draft is made, or it is refused."""
    try:
        found = pipeline.extract(Article.of(documents.parse(text_of(data)))).knowledge
    except ArticleError:
        return
    assert found.entries


def read_labelled(data):
    """Labelled questions are read or refused."""
    try:
        found = labelled(data, Path("asked.csv" if data[:1] != b"[" else "asked.json"), GARAGE)
    except QuestionsError as error:
        refused(error)
        return
    assert all(is_harmless(one.question) for one in found)


def show(data):
    """What is shown of a text, bare or as Markdown, steers no terminal."""
    text = text_of(data)
    assert is_harmless(clean(text))
    assert clean(clean(text)) == clean(text)
    assert is_harmless("".join(shown for _, shown in typeset(text, 60)))


TARGETS = {
    target.__name__: target
    for target in (
        read_knowledge, ask, read_article, read_word, read_page, read_pdf, read_pairs, read_pairs_of_page,
        read_pairs_of_rst, read_pairs_of_asciidoc, read_pairs_of_text, read_pairs_of_table, read_pairs_of_json,
        read_pairs_of_yaml, read_pairs_of_qna, read_pairs_of_word, read_pairs_of_workbook, read_pairs_of_archive,
        read_pairs_of_mail, read_mail, read_request, read_tool_call, extract, read_labelled, show,
    )
}  # fmt: skip
