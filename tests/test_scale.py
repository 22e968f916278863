"""Large knowledge bases: what is looked at of them gives the same as looking at everything."""

import itertools

import numpy as np
import pytest

from faqbot import Entry, FaqBot, KnowledgeBase
from faqbot.search import index, vectors
from faqbot.search.bm25 import MOST_READ

THINGS = [
    "boiler", "kettle", "toaster", "lamp", "fridge", "oven", "radio", "heater", "mixer", "iron", "fan", "clock",
    "freezer", "printer", "drill",
]  # fmt: skip
PLACES = ["kitchen", "cellar", "garage", "office", "attic", "garden", "bedroom", "hall", "shed", "workshop"]
ASPECTS = (
    "how long does the {} in the {} last", "who repairs the {} in the {}", "where do I switch off the {} in the {}",
    "why is the {} in the {} noisy", "what does a new {} for the {} cost", "may children use the {} in the {}",
    "how do I clean the {} in the {}", "is the {} in the {} insured", "how old is the {} in the {}",
)  # fmt: skip
QUESTIONS = (
    "noisy toaster cellar", "who mends the pritner in the office", "price of a new freezer for the garage",
    "is the clock in the hall insured?", "switch off", "how long", "clean the drill", "the radio, attic, noisy",
    "does the fan in the bedroom", "how do I clean the iron in the workshop",
)  # fmt: skip


@pytest.fixture(scope="module")
def house():
    said = itertools.product(ASPECTS, THINGS, PLACES)
    return KnowledgeBase(
        [
            Entry(
                question=aspect.format(thing, place).capitalize() + "?", answer=f"See leaflet {n}, under {thing}.",
                phrasings=(f"{thing} {place} leaflet {n}",) if n % 3 else (),
            )
            for n, (aspect, thing, place) in enumerate(said)
        ]
    )  # fmt: skip


@pytest.fixture(scope="module")
def both(house):
    """The same bot, once looking at everything."""
    few, whole = FaqBot(house, encoder=None), FaqBot(house, encoder=None)
    assert len(few.answerer._index.forms) > index.ALL_COMPARED
    everything = whole.answerer._index.everything
    whole.answerer._index = type(
        "Whole", (index.Index,), {"__slots__": (), "field": lambda _, question: everything(question)}
    )(**{name: getattr(whole.answerer._index, name) for name in index.Index.__dataclass_fields__})
    return few, whole


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_entries_come_first_with_the_same_confidence(question, both):
    few, whole = both
    assert (
        few.answerer._index.candidates(few.answerer._index.reader.question(question)).entries.size
        < len(few.knowledge.entries) / 2
    )
    ours, theirs = few.rank(question, limit=1), whole.rank(question, limit=1)
    assert [match.score for match in ours] == pytest.approx([match.score for match in theirs], abs=1e-6)
    assert few.ask(question).status == whole.ask(question).status


def test_what_shares_no_word_with_any_entry_is_refused_either_way(both):
    for bot in both:
        assert bot.ask("weather tomorrow").status == "unanswered"


@pytest.mark.parametrize("question", QUESTIONS)
def test_explanations_agree_with_the_reply(question, both):
    few, _ = both
    reply, why = few.ask(question), few.explain(question)
    assert (why.status, why.reason, why.confidence) == (reply.status, reply.reason, reply.confidence)
    assert why.entries == few.rank(question)


def test_every_entry_is_found_by_its_own_words(both):
    few, _ = both
    for entry in few.knowledge.entries[::61]:
        for form in entry.forms:
            assert few.rank(form, limit=1)[0].entry == entry


def test_the_best_by_bm25_are_the_best_of_all(both):
    bm25 = both[0].answerer._index.bm25
    for stems in (("noisi", "toaster", "cellar"), ("the", "long"), ("never", "heard")):
        scores = bm25.scores(stems)
        entries, found = bm25.best(stems, stems, 50)
        assert found == pytest.approx(scores[entries])
        assert np.sort(found)[::-1] == pytest.approx(np.sort(scores)[::-1][: len(found)])
        assert len(found) == min(50, np.count_nonzero(scores))


def test_common_words_are_looked_up_and_not_read():
    common = KnowledgeBase([Entry(question=f"Is part {n} in the shop?", answer="Yes.") for n in range(MOST_READ // 3)])
    bot = FaqBot(common, encoder=None)
    assert bot.rank("shop part 4711 is it in", limit=1)[0].entry.question == "Is part 4711 in the shop?"
    assert bot.ask("in the shop").status in {"suggested", "unanswered"}


class Meanings:
    """An encoder that knows one thing: what an icebox is."""

    def encode(self, texts):
        return np.array([[1, 0] if {"fridge", "icebox"} & set(text.lower().split()) else [0, 1] for text in texts])


@pytest.mark.parametrize("phrasings", [1, 300])
def test_vectors_find_what_shares_no_word_with_the_question(phrasings):
    few = phrasings > 1
    entries = [
        Entry(
            question=f"Who mends the {thing} in the {place}?", answer=f"{thing} {place}",
            phrasings=[f"{thing} {place} leaflet {n}" for n in range(phrasings)],
        )
        for place in PLACES for thing in (THINGS[4:5] if few else [*THINGS, *(f"thing {n}" for n in range(90))])
    ]  # fmt: skip
    bot = FaqBot(KnowledgeBase(entries), encoder=Meanings())
    assert len(bot.answerer._index.forms) > index.ALL_COMPARED
    assert (len(entries) > index.SHORTLISTED) is not few
    found = bot.rank("icebox", limit=10)
    assert {match.entry.answer for match in found} == {f"fridge {place}" for place in PLACES}


def test_a_question_without_words_makes_no_vectors():
    class Never:
        def encode(self, texts):
            raise AssertionError(texts)

    entries = [Entry(question=f"Where is thing {n}?", answer="Here.") for n in range(index.ALL_COMPARED + 1)]
    assert FaqBot(KnowledgeBase(entries), encoder=Never()).ask("?").reason == "empty"


def test_a_large_knowledge_base_is_matched_by_words_alone(garage, monkeypatch):
    class Ones:
        """An encoder that finds everything alike."""

        def encode(self, texts):
            return np.ones((len(texts), 2))

    assert isinstance(FaqBot(garage, encoder=Ones()).answerer._index.vectors, vectors.Vectors)
    monkeypatch.setattr(index, "MOST_VECTORS", 3)
    assert FaqBot(garage, encoder=Ones()).answerer._index.vectors is None
