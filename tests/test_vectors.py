"""Vectors are asked for only where words are not sure, made once, and kept where a folder is given."""

import numpy as np
import pytest

from faqbot import Entry, FaqBot, KnowledgeBase
from faqbot.answering.decision import BY_MEANING, BY_WORDS, CERTAIN, VERIFIED, weighed_by
from faqbot.search import verifier as verifiers
from faqbot.search.comparison import Comparison
from faqbot.search.encoder import Remembering
from faqbot.search.ranking import BY_WORDS as WORDS
from faqbot.search.ranking import VERIFIED as VERIFIED_ENTRIES
from faqbot.search.ranking import rank

UNSURE = "will my two-wheeler be fixed soon"
SURE = "Where do I park?"


class Letters:
    """An encoder of little sense: how often each letter occurs. It counts what it is given."""

    identity = "letters 1"

    def __init__(self):
        self.given = []

    def encode(self, texts):
        self.given += texts
        return np.array(
            [[text.lower().count(letter) + 0.1 for letter in "abcdefghijklmnopqrstuvwxyz"] for text in texts]
        )


class Nameless(Letters):
    identity = ""


def test_a_sure_question_is_answered_by_words_alone(garage):
    encoder = Letters()
    bot = FaqBot(garage, encoder=encoder)
    assert bot.ask(SURE) == FaqBot(garage, encoder=None).ask(SURE)
    assert bot.ask(SURE).confidence >= CERTAIN
    assert encoder.given == []


def test_an_unsure_one_is_decided_by_meaning(garage):
    bot = FaqBot(garage, encoder=Letters())
    evidence = bot.evidence(UNSURE)
    by_meaning = VERIFIED if verifiers.installed() else BY_MEANING
    assert (weighed_by(evidence), weighed_by(FaqBot(garage, encoder=None).evidence(UNSURE))) == (by_meaning, BY_WORDS)
    assert bot.explain(UNSURE).intercept == by_meaning.coefficient("intercept", evidence.phrasings_per_entry)


def test_an_unsure_one_is_read_by_the_verifier_where_it_is_installed(garage):
    evidence = FaqBot(garage, encoder=Letters()).evidence(UNSURE)
    assert len(evidence.log_odds) == (min(VERIFIED_ENTRIES, len(evidence.matches)) if verifiers.installed() else 0)
    sure = FaqBot(garage, encoder=Letters()).evidence("When are you open?")
    assert (sure.verbatim, sure.log_odds) == (True, ())


def test_a_question_is_encoded_once_however_often_it_is_asked(garage):
    encoder = Letters()
    bot = FaqBot(garage, encoder=encoder)
    bot.rank(UNSURE)
    before = len(encoder.given)
    bot.ask(UNSURE).explain()
    assert len(encoder.given) == before


WRONG = {
    "NaN": (lambda texts: [[float("nan"), 1.0] for _ in texts], "returned NaN or infinity for "),
    "infinity": (lambda texts: [[1e300, 1.0] for _ in texts], "returned NaN or infinity for "),
    "one too few": (lambda texts: [[1.0, 2.0] for _ in texts[1:]], r"returned shape \(.*one vector a text: shape \("),
    "one for all": (lambda texts: [1.0, 2.0], r"returned shape \(2,\)"),
    "no dimensions": (lambda texts: [[] for _ in texts], r"returned shape \(\d+, 0\)"),
    "ragged": (lambda texts: [[1.0] * (n + 1) for n in range(len(texts) + 1)], "returned no array of numbers"),
    "words": (lambda texts: texts, "returned no array of numbers"),
    "nothing": (lambda texts: None, "returned (no array of numbers|shape|NaN)"),
}


@pytest.mark.parametrize(("encode", "says"), WRONG.values(), ids=WRONG)
@pytest.mark.parametrize("from_the_start", [True, False])
def test_an_encoder_that_returns_no_vectors_is_told_and_nothing_of_it_is_kept(
    encode, says, from_the_start, garage, tmp_path
):
    class Wrong(Letters):
        is_wrong = from_the_start

        def encode(self, texts):
            return encode(texts) if self.is_wrong else super().encode(texts)

    encoder = Wrong()
    bot = FaqBot(garage, encoder=encoder, cache=tmp_path)
    if not from_the_start:
        bot.prepare()
        encoder.is_wrong = True
    for _ in range(2):
        with pytest.raises(ValueError, match=rf"the encoder .*Wrong {says}"):
            bot.ask(UNSURE)
    assert len(list(tmp_path.glob("vectors-*"))) == (not from_the_start)
    encoder.is_wrong = False
    assert bot.ask(UNSURE) == FaqBot(garage, encoder=Letters()).ask(UNSURE)


def test_a_question_of_other_dimensions_is_told(garage):
    class Growing(Letters):
        def encode(self, texts):
            return super().encode(texts)[:, : 3 if len(texts) == 1 else 4]

    with pytest.raises(ValueError, match="returned 3 dimensions, and 4 before"):
        FaqBot(garage, encoder=Growing()).ask(UNSURE)


def test_a_verbatim_phrasing_comes_first_whatever_its_vector_is(garage):
    bot = FaqBot(garage, encoder=Letters())
    index = bot.answerer._index
    for entry in garage.entries:
        for form in entry.forms:
            for by in (WORDS, None):
                ranking = rank(Comparison.of(index, index.reader.question(form)), 1, by) if by else bot.evidence(form)
                assert ranking.matches[0].entry is entry


class TestKept:
    def test_the_next_run_encodes_the_question_only_and_replies_the_same(self, garage, tmp_path):
        first = FaqBot(garage, encoder=Letters(), cache=tmp_path).ask(UNSURE)
        encoder = Letters()
        assert FaqBot(garage, encoder=encoder, cache=tmp_path).ask(UNSURE) == first
        assert encoder.given == [UNSURE]

    @pytest.mark.parametrize(
        "damage",
        [lambda data: b"", lambda data: data[:200], lambda data: data[:-1], lambda data: data[:-9] + b"123456789",
         lambda data: b"\n" * 500, lambda data: b"{}\n" + data, lambda data: data.replace(b"float16", b"object_")],
        ids=["empty", "cut in its head", "a byte short", "bits flipped", "lines", "another head", "objects"],
    )  # fmt: skip
    def test_a_damaged_file_is_made_anew(self, garage, tmp_path, damage):
        first = FaqBot(garage, encoder=Letters(), cache=tmp_path).ask(UNSURE)
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert files
        for path in files:
            path.write_bytes(damage(path.read_bytes()))
        assert FaqBot(garage, encoder=Letters(), cache=tmp_path).ask(UNSURE) == first

    def test_other_knowledge_has_a_file_of_its_own(self, garage, bundled, tmp_path):
        FaqBot(garage, encoder=Letters(), cache=tmp_path).ask(UNSURE)
        encoder = Letters()
        FaqBot(bundled.knowledge, encoder=encoder, cache=tmp_path).ask(UNSURE)
        assert len(encoder.given) > 100

    def test_a_folder_that_cannot_be_written_does_no_harm(self, garage, tmp_path):
        (tmp_path / "file").write_text("no folder")
        bot = FaqBot(garage, encoder=Letters(), cache=tmp_path / "file")
        assert bot.ask(UNSURE) == FaqBot(garage, encoder=Letters()).ask(UNSURE)

    def test_nothing_is_kept_of_an_encoder_without_a_name(self, garage, tmp_path):
        FaqBot(garage, encoder=Nameless(), cache=tmp_path).ask(UNSURE)
        assert not [path for path in tmp_path.rglob("*") if path.is_file() and "vectors" in path.name]


def test_what_is_remembered_is_encoded_once():
    encoder = Letters()
    remembering = Remembering(encoder)
    first = remembering.encode(["a", "b", "a"])
    assert remembering.encode(["b", "a", "c"])[:2].tolist() == first[[1, 0]].tolist()
    assert encoder.given == ["a", "b", "c"]


def test_what_it_is_all_about_is_called_it():
    """Every phrasing names it, and most questions do not."""
    knowledge = KnowledgeBase(
        [Entry(question="How long does tooth-whitening take?", answer="Tooth Whitening takes an hour.")],
        procedure="tooth whitening",
        names=["whitening"],
    )
    encoder = Letters()
    FaqBot(knowledge, encoder=encoder).ask("is toothwhitening quick or will whitenings or whitening last ages")
    assert encoder.given == [
        "How long does it take?", "How long does tooth-whitening take? Tooth Whitening takes an hour.".replace(
            "tooth-whitening", "it").replace("Tooth Whitening", "it"),
        "is it quick or will whitenings or it last ages",
    ]  # fmt: skip
