import hashlib
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import faqbot
from faqbot import Entry, FaqBot, KnowledgeBase
from faqbot.errors import ExtraMissingError
from faqbot.search import encoder as encoders
from faqbot.search.wordpiece import numbers

VOCABULARY = Path(faqbot.__file__).parent / "english/wordpieces.txt"
START, END = 101, 102


@pytest.fixture(scope="module")
def encoder():
    try:
        return encoders.load()
    except ExtraMissingError as error:  # too large for the tests to need it
        pytest.skip(str(error))


def pieces(text, most=256):
    vocabulary = VOCABULARY.read_text(encoding="utf-8").split("\n")
    first, *found, last = numbers(text, most)
    assert (first, last) == (START, END)
    return " ".join(vocabulary[number] for number in found)


def test_the_vocabulary_is_the_one_that_the_model_was_made_with():
    digest = hashlib.sha256(VOCABULARY.read_bytes()).hexdigest()
    assert digest == "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Micro-needling, isn't it?", "micro - need ##ling , isn ' t it ?"),
        ("hyperpigmentation", "hyper ##pi ##gm ##entation"),
        ("Crème BRÛLÉE", "cr ##eme br ##ule ##e"),
        ("a\x00b\ufffd\u200bc\td", "abc d"),
        ("$5~", "$ 5 ~"),
        ("東京 ok", "東 京 ok"),
        ("[SEP]", "[ sep ]"),  # what somebody writes is never a mark for the model
        ("x" * 101, "[UNK]"),
        ("☃ snow", "[UNK] snow"),
        ("", ""),
    ],
)
def test_word_pieces(text, expected):
    assert pieces(text) == expected


def test_of_a_long_text_the_beginning_is_read():
    assert pieces("one two three four five", most=5) == "one two three"
    assert numbers("word " * 10_000, 256)[-2:] == [numbers("word", 3)[1], END]


def test_without_it_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ExtraMissingError, match=re.escape("pip install 'faqbot[semantic]'")) as raised:
        encoders.load.__wrapped__()
    assert raised.value.extra == "semantic"


def test_vectors_tell_meaning_and_do_not_depend_on_the_company(encoder):
    texts = ["does it hurt", "is the treatment painful", "where can I park my car", "", "one " * 1000]
    vectors = encoder.encode(texts)
    assert vectors.shape == (5, encoders.DIMENSIONS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
    hurt, painful, park = vectors[:3]
    assert hurt @ painful > 0.4 > hurt @ park
    for text, vector in zip(texts, vectors, strict=True):
        assert encoder.encode([text])[0].tolist() == vector.tolist()
    assert encoder.encode([]).shape == (0, encoders.DIMENSIONS)


def test_a_bot_with_it_finds_what_shares_no_words(encoder):
    knowledge = KnowledgeBase(
        [
            Entry(question="Is the treatment painful?", answer="Hardly."),
            Entry(question="Where can I leave my car?", answer="Behind the house."),
            Entry(question="Which cards do you take?", answer="All of them."),
        ]
    )
    bot = FaqBot(knowledge, encoder=encoder)
    for asked, answer in [
        ("will I feel an ache", "Hardly."),
        ("any spot for a vehicle nearby", "Behind the house."),
        ("visa or mastercard", "All of them."),
    ]:
        assert bot.rank(asked)[0].entry.answer == answer
    assert FaqBot(knowledge, encoder=None).rank("visa or mastercard", limit=1)[0].entry.answer != "All of them."


def test_it_keeps_no_record_of_its_use(encoder, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    code = "from faqbot import encoders; encoders.load().encode(['hello'])"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
