import pickle
import sys

import numpy as np
import pytest

from faqbot.errors import ExtraMissingError, FaqbotError
from faqbot.models import loader
from faqbot.search import verifier as verifiers


@pytest.fixture(scope="module")
def verifier():
    return verifiers.installed() or pytest.skip("the extra semantic is not installed")


def test_it_tells_what_answers_from_what_only_sounds_like_it(verifier):
    for question, answers, does_not in [
        ("switch the alarm off", "How do I deactivate the alarm?", "How do I activate the alarm?"),
        ("my surname is another one since the wedding", "What if my name has changed?", "Where do I park?"),
        ("can i get my money back", "Do you offer refunds? Within 30 days.", "Do you take cards? All of them."),
    ]:
        good, bad = verifier.logits(question, [answers, does_not])
        assert good > 0 > bad, question


def test_a_pair_is_judged_alike_in_any_company_and_order(verifier):
    question, texts = "is there a fee", ["What does it cost?", "Where do I park? " * 30, "", "Is it free?"]
    together = verifier.logits(question, texts)
    fresh = verifiers.Verifier()
    assert [fresh.logits(question, [text])[0] for text in reversed(texts)][::-1] == together.tolist()
    assert verifier.logits(question, texts[::-1]).tolist() == together[::-1].tolist()
    assert verifier.logits(question, []).shape == (0,)


def test_of_endless_texts_the_beginning_is_read(verifier):
    question, text = "word " * verifiers.QUESTION_PIECES, "word " * verifiers.TEXT_PIECES
    assert verifier.logits(question + "other " * 500, [text + "other " * 500]) == verifier.logits(question, [text])


def test_it_remembers_a_bounded_number_of_pairs(verifier, monkeypatch):
    monkeypatch.setattr(verifiers, "REMEMBERED", 2)
    fresh = verifiers.Verifier()
    for number in range(6):
        assert np.isfinite(fresh.logits("how", [f"text {number}"])).all()
        assert len(fresh._known) <= 3


def test_it_can_be_sent_to_another_process(verifier):
    sent = pickle.loads(pickle.dumps(verifier))
    assert sent.logits("is it free", ["Does it cost?"]) == verifier.logits("is it free", ["Does it cost?"])


def test_without_onnxruntime_the_error_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ExtraMissingError) as raised:
        verifiers._loaded.__wrapped__()
    assert raised.value.extra == "semantic"


@pytest.mark.parametrize(("content", "wrong"), [(b"another", "not the model"), (None, "cannot be read")])
def test_another_file_is_refused(content, wrong, tmp_path):
    pytest.importorskip("onnxruntime")
    path = tmp_path / "model.onnx"
    if content:
        path.write_bytes(content)
    with pytest.raises(FaqbotError, match=wrong):
        loader.session(path, verifiers.MODEL_SHA256)
