"""What holds for any bytes whatever: each function here takes some, and raises where a promise is broken.

`python tests/fuzz/run.py` looks for such bytes, and tests/test_fuzz.py keeps those that were found.
"""

import io
import unicodedata
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import files

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


def read_word(data):
    """The same of a Word file with these bytes as its text, which no checksum protects then."""
    packed = io.BytesIO(files.word([("paragraph", "x")]))
    with zipfile.ZipFile(packed) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    read_article(files.archive({**parts, "word/document.xml": data}))


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
        read_pairs_of_yaml, read_pairs_of_qna, extract, read_labelled, show,
    )
}  # fmt: skip
