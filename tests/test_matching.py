import numpy as np
import pytest

from faqbot import Entry, FaqBot, KnowledgeBase
from faqbot.search import ranking as matching
from faqbot.search import tfidf
from faqbot.search.arrays import (
    Postings,
    Strings,
    cells,
    distinct,
    lookup,
    places_among,
    recall,
    spans,
    sums,
    value_counts,
)
from faqbot.search.bm25 import Bm25
from faqbot.search.comparison import Comparison
from faqbot.search.index import Index
from faqbot.search.question import Question
from faqbot.search.tfidf import CharacterKernel, WordKernel
from faqbot.search.vectors import Vectors
from faqbot.search.vocabulary import Collector, Copies, Numbers, Vocabulary

TEXTS = [Question(" ".join(words), words, words) for words in (
    ("how", "long", "repair"), ("where", "park"), ("where", "car", "park"), ("open",),
)]  # fmt: skip
OWNERS = np.array([0, 1, 1, 2])
FIRSTS = np.array([0, 1, 3])
ALL = np.arange(4)


def gathered(texts):
    numbers = Numbers()
    collector = Collector(numbers)
    for words in texts:
        collector.add(words)
    vocabulary, renumbered = Vocabulary.of(numbers, np.ones(len(numbers), int))
    return vocabulary, collector.texts(renumbered)


VOCABULARY, PHRASINGS = gathered([text.words for text in TEXTS])
KERNELS = {
    "words": WordKernel.of(VOCABULARY, PHRASINGS, OWNERS, FIRSTS),
    "characters": CharacterKernel.of(VOCABULARY.words, PHRASINGS, OWNERS, FIRSTS),
}


def ranked(knowledge, question, limit=5):
    index = Index.build(knowledge)
    return matching.rank(Comparison.of(index, index.reader.question(question)), limit)


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
        assert index.verbatim(index.reader.question("How long does it take?")).tolist() == [0, 1]


class TestKernels:
    @pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
    def test_a_phrasing_is_wholly_like_itself(self, kernel):
        for number, text in enumerate(TEXTS):
            assert kernel.similarities(text, ALL)[number] == pytest.approx(1, abs=1e-6)

    @pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
    def test_the_gram_matrix_agrees_with_the_similarities(self, kernel):
        some = np.array([0, 2, 3])
        gram = tfidf.gram([kernel.features(some)])
        assert np.diag(gram) == pytest.approx(1, abs=1e-6)
        assert gram[1] == pytest.approx(kernel.similarities(TEXTS[2], some), abs=1e-6)

    @pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
    def test_of_some_phrasings_they_are_what_they_are_of_all(self, kernel):
        some = np.array([1, 3])
        assert kernel.similarities(TEXTS[2], some).tolist() == kernel.similarities(TEXTS[2], ALL)[some].tolist()

    def test_neighbours_count_within_a_phrasing_only(self):
        asked = Question("", ("park", "open"), ("park", "open"))
        beside = Question("", ("car", "park"), ("car", "park"))
        words = KERNELS["words"]
        assert words.similarities(asked, ALL)[3] == pytest.approx(words.similarities(asked, np.array([3]))[0])
        assert words.similarities(beside, ALL)[2] > words.similarities(beside, ALL)[1]

    @pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)
    def test_unknown_words_are_like_nothing(self, kernel):
        unheard = Question("xyzzy", ("xyzzy",), ("xyzzy",))
        assert kernel.similarities(unheard, ALL).tolist() == [0, 0, 0, 0]

    def test_an_encoder_is_one_more_kernel(self, garage):
        class Lengths:
            """As little as an encoder can be: the number of letters, as two coordinates."""

            def encode(self, texts):
                return np.array([[len(text), 100 - len(text)] for text in texts])

        kernel = Vectors(Lengths(), lambda: ([text.text for text in TEXTS], [["one text"]]))
        assert kernel.similarities(TEXTS[1], ALL)[1] == pytest.approx(1, abs=0.001)
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
    def test_spans(self):
        assert spans(np.array([5, 0, 9]), np.array([7, 0, 10])).tolist() == [5, 6, 9]
        assert spans(np.array([], dtype=int), np.array([], dtype=int)).tolist() == []

    def test_sums_of_runs_some_of_which_are_empty(self):
        assert sums(np.array([1.0, 2, 4]), np.array([0, 2, 0, 1])).tolist() == [0, 3, 0, 4]
        assert sums(np.array([1.0, 2, 4]), np.array([2, 1, 0])).tolist() == [3, 4, 0]
        assert sums(np.array([]), np.array([0, 0])).tolist() == [0, 0]

    def test_cells_are_counted(self):
        rows, columns, counts = cells(np.array([0, 0, 1, 0]), np.array([2, 2, 0, 1]), 3)
        assert (rows.tolist(), columns.tolist(), counts.tolist()) == ([0, 0, 1], [1, 2, 0], [1, 2, 1])

    def test_what_is_looked_up_may_be_missing(self):
        places, found = lookup(np.array([2, 5]), np.array([5, 4, 9, 2]))
        assert (found.tolist(), places[found].tolist()) == ([True, False, False, True], [1, 0])
        assert lookup(np.array([]), np.array([1]))[1].tolist() == [False]

    def test_distinct_values_and_what_belongs_to_them(self):
        assert distinct(np.array([3, 1, 3])).tolist() == [1, 3]
        assert [part.tolist() for part in value_counts(np.array([3, 1, 3]))] == [[1, 3], [1, 2]]
        assert [part.tolist() for part in value_counts(np.array([], int))] == [[], []]
        places, many = places_among(np.array([3, 1, 3]))
        assert (places.tolist(), many) == ([1, 0, 1], 2)
        assert recall(np.array([1, 3]), np.array([0.5, 0.25]), np.array([3, 3, 1]), 9).tolist() == [0.25, 0.25, 0.5]

    def test_postings_are_gathered_a_block_at_a_time(self):
        blocks = [
            (np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([1.5, 2, 3])),
            (np.array([1]), np.array([2]), np.array([1])),
        ]
        postings = Postings.of(np.array([1, 3, 0]), blocks)
        found = [tuple(part.tolist() for part in postings.of_feature(feature)) for feature in range(3)]
        assert found == [([0], [1.5]), ([0, 1, 2], [2, 3, 1]), ([], [])]


class TestStrings:
    WORDS = ("", "a", "ab", "b", "\u00e9", "\ud800", "\U0001f600")  # half a surrogate pair, too

    def test_they_come_back_and_are_found(self):
        strings = Strings.of(self.WORDS)
        assert tuple(strings[number] for number in range(len(strings))) == self.WORDS
        assert [strings.find(word) for word in self.WORDS] == list(range(len(self.WORDS)))
        assert strings.find("c") is strings.find("zz") is Strings.of(()).find("") is None

    def test_copies_are_found_word_for_word(self):
        _, texts = gathered([("a", "b"), ("b", "a"), (), ("a", "b"), ("a",)])
        copies = Copies.of(texts)
        assert [copies.find(texts, texts.of(np.array([n]))[0]).tolist() for n in range(5)] == [
            [0, 3], [1], [2], [0, 3], [4],
        ]  # fmt: skip


def bm25(*entries, light=()):
    vocabulary, forms = gathered(entries)
    answers = Collector(Numbers())
    for _ in entries:
        answers.add(())
    return Bm25.of(vocabulary, forms, np.arange(len(entries)), answers.texts(np.zeros(0, np.int32)), light)


def test_rare_words_weigh_more_and_light_ones_less():
    found = bm25(("a", "b"), ("a", "c"), ("a", "the"), light={"the"})
    assert found.weight("never") > found.weight("b") > found.weight("the") > 0
    assert found.weight("b") > found.weight("a")
    assert found.scores(["b"]).argmax() == 0
    assert found.entries_with("a").tolist() == [0, 1, 2]
    assert found.entries_with("never").tolist() == []
    assert bm25().scores(["a"]).tolist() == []
