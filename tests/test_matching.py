import numpy as np
import pytest

from faqbot import Entry, FaqBot, KnowledgeBase, matching
from faqbot.bm25 import Bm25
from faqbot.index import Index
from faqbot.kernels import TfIdf
from faqbot.questions import Question
from faqbot.sparse import Counts, Postings, spans
from faqbot.text import character_grams, word_grams
from faqbot.vectors import Vectors

TEXTS = [Question(" ".join(words), words, words) for words in (
    ("how", "long", "repair"), ("where", "park"), ("where", "car", "park"), ("open",),
)]  # fmt: skip
FEATURES = {"words": (lambda q: word_grams(q.stems),), "characters": (lambda q: q.words, character_grams)}
OWNERS = np.array([0, 1, 1, 2])


def ranked(knowledge, question, limit=5):
    index = Index.build(knowledge)
    return matching.rank(index, index.reader.question(question), limit)


def first(knowledge, question):
    return ranked(knowledge, question).matches[0].entry.question


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("when are you open", "When are you open?"),
        ("opening hours open", "When are you open?"),
        ("were can i prak", "Where do I park?"),
        ("car park", "Where do I park?"),
        ("my cycle has a puncture, how long", "How long does a repair take?"),
        ("bicycle ready when", "How long does a repair take?"),
        ("electirc", "Do you repair electric bikes?"),
        ("chain", "How much is a new chain?"),
    ],
)
def test_the_right_entry_comes_first(garage, question, entry):
    assert first(garage, question) == entry


def test_each_phrasing_asked_word_for_word_wins(garage):
    for entry in garage.entries:
        for form in entry.forms:
            match = ranked(garage, form.upper()).matches[0]
            assert (match.entry, match.score) == (entry, 1.0)


@pytest.mark.parametrize(
    "said", ["Hello, where do I park please?", "where exactly do I park", "hi!! where do i just park thanks"]
)
def test_politeness_and_fillers_change_nothing(garage, said):
    assert ranked(garage, said).matches == ranked(garage, "Where do I park?").matches


def test_scores_are_between_0_and_1_and_fall(garage):
    scores = [match.score for match in ranked(garage, "how long until my bike is open").matches]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)


def test_the_order_of_entries_does_not_matter(garage):
    turned = KnowledgeBase(garage.entries[::-1], groups=garage.groups)
    for question in ("is it quick", "where is the car park", "electric"):
        one, other = ranked(garage, question).matches, ranked(turned, question).matches
        assert [m.entry.id for m in one] == [m.entry.id for m in other]
        assert [m.score for m in one] == pytest.approx([m.score for m in other])


def test_the_answer_is_evidence_too(garage):
    assert first(garage, "friday") == "When are you open?"


def test_nothing_in_common_matches_nothing(garage):
    assert ranked(garage, "zzz vvv").matches == ()
    assert ranked(garage, "").matches == ()
    assert ranked(KnowledgeBase([]), "open").matches == ()


def test_what_the_first_entry_explains(garage):
    ranking = ranked(garage, "where do I park my elephant")
    assert ranking.unknown_words == ("elephant",)
    assert 0 < ranking.explained < 1
    assert ranking.explained + ranking.unknown == pytest.approx(1)


def test_a_question_of_function_words_is_explained_by_them():
    knowledge = KnowledgeBase([Entry(question="What does it do?", answer="A."), Entry(question="Price?", answer="B.")])
    asked = ranked(knowledge, "what would it do")
    assert (asked.explained, asked.unknown_words) == (0.75, ())
    assert ranked(knowledge, "who are you").explained == 0


def test_the_procedures_name_does_not_decide():
    knowledge = KnowledgeBase(
        [
            Entry(question="Does laser peeling hurt?", answer="No."),
            Entry(question="How long does it take?", answer="An hour."),
        ],
        procedure="laser peeling",
        names=["lp"],
    )
    assert first(knowledge, "how long does laser peeling take") == "How long does it take?"
    assert first(knowledge, "does LP hurt") == "Does laser peeling hurt?"


class TestSeveralProcedures:
    knowledge = KnowledgeBase.merged(
        KnowledgeBase(
            [Entry(question="How long does it take?", answer=answer)], title=name, procedure=name, names=names
        )
        for name, names, answer in (("peel", ("peeling",), "One."), ("laser", ("light", "light therapy"), "Two."))
    )

    @pytest.mark.parametrize(
        ("question", "answer"),
        [
            ("how long does a peeling take", "One."),
            ("how long does the light take", "Two."),
            ("laser, how long does it take", "Two."),
            ("how lng dos light therpay tkae", "Two."),
        ],
    )
    def test_the_one_that_is_named_answers(self, question, answer):
        reply = FaqBot(self.knowledge).ask(question)
        assert (reply.status, reply.text) == ("answered", answer)

    def test_without_a_name_both_are_suggested_and_told_apart(self):
        reply = FaqBot(self.knowledge).ask("how long does it take")
        assert reply.text.split("\n")[1:] == ["1. How long does it take? (peel)", "2. How long does it take? (laser)"]

    def test_a_phrasing_of_either_is_verbatim(self):
        index = Index.build(self.knowledge)
        assert index.verbatim(index.reader.question("How long does it take?")) == (0, 1)


class TestKernels:
    @pytest.mark.parametrize("features", FEATURES.values(), ids=FEATURES)
    def test_a_phrasing_is_wholly_like_itself(self, features):
        kernel = TfIdf(TEXTS, OWNERS, *features)
        for number, text in enumerate(TEXTS):
            assert kernel.similarities(text)[number] == pytest.approx(1, abs=1e-6)

    @pytest.mark.parametrize("features", FEATURES.values(), ids=FEATURES)
    def test_the_gram_matrix_agrees_with_the_similarities(self, features):
        kernel = TfIdf(TEXTS, OWNERS, *features)
        gram = kernel.gram(np.array([0, 2, 3]))
        assert np.diag(gram) == pytest.approx(1, abs=1e-6)
        assert gram[1] == pytest.approx(kernel.similarities(TEXTS[2])[[0, 2, 3]], abs=1e-6)

    def test_unknown_words_are_like_nothing(self):
        unheard = Question("unheard", ("unheard",), ("unheard",))
        assert TfIdf(TEXTS, OWNERS, *FEATURES["words"]).similarities(unheard).tolist() == [0, 0, 0, 0]

    def test_an_encoder_is_one_more_kernel(self, garage):
        class Lengths:
            """As little as an encoder can be: the number of letters, as two coordinates."""

            def encode(self, texts):
                return np.array([[len(text), 100 - len(text)] for text in texts])

        kernel = Vectors(Lengths(), [text.text for text in TEXTS], ["one text"])
        assert kernel.similarities(TEXTS[1])[1] == pytest.approx(1, abs=0.001)
        assert FaqBot(garage, encoder=Lengths()).ask("where do I park").text == "Behind the house."

    def test_an_encoder_reads_sentences_with_their_spelling_corrected(self, garage):
        class Recorder:
            """Tells what it was given."""

            def encode(self, texts):
                given.extend(texts)
                return np.ones((len(texts), 2))

        given = []
        bot = FaqBot(garage, encoder=Recorder())
        assert given == []  # most questions need no vectors, and making them takes time
        bot.ask("Where is the garden?")
        assert {"Where do I park?", "Where do I park? Behind the house.", "Where is the garden?"} <= set(given)
        given.clear()
        bot.ask("Is your bicylce old?")
        assert given == ["is your bicycle old"]  # corrected, and yet no synonym put in its place


class TestSparse:
    def test_counts(self):
        counts = Counts.of([("a", "b", "a"), (), ("b",)])
        assert counts.vocabulary == {"a": 0, "b": 1}
        assert counts.counts.tolist() == [2, 1, 1]
        assert counts.lengths().tolist() == [3, 0, 1]
        assert counts.document_frequency().tolist() == [1, 2]
        assert counts.document_frequency(np.array([0, 0, 0])).tolist() == [1, 1]

    def test_counts_of_the_parts_of_words(self):
        counts = Counts.of([("ab", "b", "ab"), (), ("c",)], parts=tuple)
        assert counts.vocabulary == {"a": 0, "b": 1, "c": 2}
        assert list(zip(counts.rows, counts.columns, counts.counts, strict=True)) == [(0, 0, 2), (0, 1, 3), (2, 2, 1)]

    def test_postings_give_weighted_sums(self):
        counts = Counts.of([("a", "b"), ("b",)])
        postings = Postings.of(counts, np.array([1.0, 2.0, 4.0]))
        columns, times = postings.columns(["b", "b", "x"])
        assert times.tolist() == [2]
        assert postings.scores(columns, times).tolist() == [4, 8]
        assert postings.documents_with("b").tolist() == [0, 1]
        assert postings.documents_with("x").tolist() == []

    def test_spans(self):
        assert spans(np.array([5, 0, 9]), np.array([7, 0, 10])).tolist() == [5, 6, 9]
        assert spans(np.array([], dtype=int), np.array([], dtype=int)).tolist() == []

    def test_nothing_at_all(self):
        assert Bm25([], ()).scores(["a"]).tolist() == []
        assert Counts.of([]).document_frequency().tolist() == []


def test_rare_words_weigh_more_and_light_ones_less():
    bm25 = Bm25([("a", "b"), ("a", "c"), ("a", "the")], {"the"})
    assert bm25.weight("never") > bm25.weight("b") > bm25.weight("the") > 0
    assert bm25.weight("b") > bm25.weight("a")
    assert bm25.scores(["b"]).argmax() == 0
