"""The reading of sentences with a parser, and what is said where there is none."""

import importlib.util
import re
import sys

import pytest

from conftest import ROOT
from faqbot import extract_faq
from faqbot.cli import main
from faqbot.errors import ExtraMissingError
from faqbot.extraction.grammar import spacy_parser
from faqbot.extraction.grammar.clause import clause
from faqbot.extraction.grammar.questions import questions
from faqbot.extraction.grammar.usage import Usage


@pytest.fixture(scope="module")
def read():
    try:
        return spacy_parser.reader()
    except ExtraMissingError as error:  # too large for the tests to need it
        pytest.skip(str(error))


def asked(sentence, read):
    return next(iter(questions(sentence, Usage([sentence] * 3), read)), None)


def shown(found):
    parts = [" ".join(word.text for word in part) for part in (found.opening, found.subject, found.rest)]
    return (*parts, found.verb, found.auxiliaries, found.adverbs, found.main)


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("The mill, which burnt down twice, was built in 1820.", "When was the mill built?"),
        ("The museum, a former mill, is located in the old town.", "Where is the museum located?"),
        ("The permit generally lasts three years.", "How long does the permit last?"),
        ("In the 19th century the harbour grew quickly.", "When did the harbour grow quickly?"),
        ("The harbour was quietly and finally closed because it silted up.", None),
        ("The harbour hardly freezes in winter.", None),  # "When does the harbour freeze?" asks something else
    ],
)
def test_what_a_parser_adds(sentence, question, read):
    assert clause(sentence) is None or asked(sentence, clause) is None
    assert asked(sentence, read) == question


@pytest.mark.parametrize(
    "sentence",
    [
        "However, barges are the slowest of boats.",
        "Marta Lindqvist founded the school in 1900, and died.",
        "In 1950, the factory closed.",
        "Honey does not spoil because it contains very little water.",
        "The paste has often been made from olives (and salt).",
        "The river is not the border.",
        "A beehive can hold 60,000 bees.",
        "In 1237 Batu Khan launched an invasion.",  # parsed as if his name were "1237 Batu Khan": left to the other
        "Wash the lid.",
        "It's a tree.",
        "Two words.",
    ],
)
def test_a_plain_sentence_is_read_as_without_a_parser(sentence, read):
    with_parser, without = read(sentence), clause(sentence)
    assert (with_parser and shown(with_parser)) == (without and shown(without))


def test_words_after_the_subject_keep_their_punctuation(read):
    found = read("The guild, founded in 1400, sells wool, linen and silk.")
    assert [(word.text, word.after) for word in found.subject] == [("The", ""), ("guild", "")]
    assert [word.after for word in found.rest] == [",", "", "", "."]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "a " * 100,
        "\u2014 \u2014",
        "''''",
        "x" * 1000,
        f"The {'x' * 1_000_001} is red.",
        "\U0001f600 \U0001f600 is.",
    ],
)
def test_any_text_can_be_read(text, read):
    read(text)


def test_a_draft_is_the_same_each_time(read):
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert extract_faq(text, read) == extract_faq(text, spacy_parser.reader())


@pytest.mark.parametrize("missing", ["spacy", "model"])
def test_without_it_the_error_names_the_extra(missing, monkeypatch):
    if missing == "spacy":
        monkeypatch.setitem(sys.modules, "spacy", None)
    else:
        pytest.importorskip("spacy")
        monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ExtraMissingError, match=re.escape("pip install 'faqbot[nlp]'")) as raised:
        spacy_parser.reader()
    assert raised.value.extra == "nlp"


ARTICLE = (
    "The mill stands by the river. The mill, which burnt down twice, was built in 1820. The permit of the mill "
    "generally lasts three years."
)


def test_the_command_line_uses_it_only_where_it_is_asked_for(tmp_path, capsys, monkeypatch):
    article = tmp_path / "mill.txt"
    article.write_text(ARTICLE)
    monkeypatch.setitem(sys.modules, "spacy", None)
    assert main.main(["extract", str(article)]) == main.DONE
    assert "When was the mill built?" not in capsys.readouterr().out
    target = tmp_path / "mill.md"
    assert main.main(["extract", "--nlp", str(article), "-o", str(target)]) == main.FAILED
    assert "faqbot[nlp]" in capsys.readouterr().err
    assert not target.exists()


@pytest.mark.usefixtures("read")
def test_the_command_line_with_it(tmp_path, capsys):
    article = tmp_path / "mill.txt"
    article.write_text(ARTICLE)
    assert main.main(["extract", "--nlp", str(article)]) == main.DONE
    assert "When was the mill built?" in capsys.readouterr().out
