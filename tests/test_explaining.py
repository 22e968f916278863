"""Explanations: they say what matching and the decision did, and change nothing about it."""

import copy
import dataclasses
import math
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from faqbot import Entry, Explanation, FaqBot, KnowledgeBase, Reply, Status, Thresholds
from faqbot.answering.decision import BY_WORDS, VERBATIM
from faqbot.answering.explain import BEST, NEAREST
from faqbot.answering.explanation import Change
from faqbot.bot import LONGEST_QUESTION
from faqbot.text import stem

QUESTIONS = [
    "when are you open", "were do i prak", "how much is a chain", "who is the king", "", "hello", "repair bike?",
    "what does it do", "is it", "my laptop will not open", "\ud800\udfff", "\x1b[2J", "אני רוצה לדעת", "1",
    "x" * (LONGEST_QUESTION + 1), "xyzzy qwert " * 800,
]  # fmt: skip


@pytest.fixture(scope="module")
def hesitant(garage):
    """It suggests whatever it finds."""
    return FaqBot(garage, encoder=None, thresholds=Thresholds(answer=1.0, suggest=0.0))


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_explanation_agrees_with_its_reply(bot, question):
    reply = bot.ask(question)
    why = reply.explain()
    assert why == bot.explain(question)
    assert (why.question, why.status, why.reason, why.confidence) == (
        question, reply.status, reply.reason, reply.confidence,
    )  # fmt: skip
    assert why.sentence.endswith(".")
    assert why.entries == bot.rank(question[:LONGEST_QUESTION], limit=BEST) or reply.reason == "too_long"


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_confidence_is_what_its_features_make(bot, question):
    why = bot.explain(question)
    if not why.features:
        assert (why.confidence, why.entries) == (0, ())
        return
    phrasings = bot.evidence(question).phrasings_per_entry
    assert {feature.name: feature.coefficient for feature in why.features} | {"intercept": why.intercept} == {
        field.name: BY_WORDS.coefficient(field.name, phrasings) for field in dataclasses.fields(BY_WORDS)
    }
    total = why.intercept + sum(feature.contribution for feature in why.features)
    chance = 1 / (1 + math.exp(-total))
    assert why.confidence == pytest.approx((max(chance, VERBATIM) if why.verbatim else chance) / (1 + why.rivals))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_word_is_of_one_kind(bot, question):
    why = bot.explain(question)
    kinds = [why.matched, why.unexplained, why.unknown, why.common]
    words = [word for kind in kinds for word in kind]
    assert len(words) == len(set(words))
    read = bot.evidence(question[:LONGEST_QUESTION] if why.reason != "too_long" else "").question
    assert set(words) <= set(read.words)
    assert set(map(stem, words)) == set(read.stems)


def test_words_by_who_holds_them(bot):
    why = bot.explain("do you repair the chain of a purple bike")
    assert why.entries[0].entry.question == "Do you repair electric bikes?"
    assert (why.matched, why.unexplained, why.unknown) == (("repair", "bike"), ("chain",), ("purple",))
    assert set(why.common) == {"do", "you", "the", "of", "a"}


def test_a_question_of_common_words_is_about_them(bot):
    why = bot.explain("is it you")
    assert why.common == ()
    assert set(why.matched + why.unexplained + why.unknown) == {"is", "it", "you"}


def test_how_the_question_was_read():
    knowledge = KnowledgeBase(
        [Entry(question="Do blackheads go away?", answer="Yes."), Entry(question="Does it cost much?", answer="No.")],
        procedure="skin needling",
        groups=[("cost", "price", "fee")],
    )
    why = FaqBot(knowledge).explain("do black heads vanish, what has skin needling? blackheadsmuch fees")
    assert why.corrected == (Change("black heads", "blackheads"), Change("blackheadsmuch", "blackheads much"))
    assert why.replaced == (Change("skin needling", "it"), Change("fees", "cost"))
    assert FaqBot(knowledge).explain("does it cost much").replaced == ()


def test_a_synonym_is_found_behind_a_typo(bot):
    why = bot.explain("do you repair my bicycel")
    assert (why.corrected, why.replaced) == ((Change("bicycel", "bicycle"),), (Change("bicycle", "bike"),))


def test_procedures_that_the_question_names():
    parts = [
        KnowledgeBase([Entry(question="How long does it take?", answer=name)], procedure=name)
        for name in ("tattooing", "piercing")
    ]
    bot = FaqBot(KnowledgeBase.merged(parts), encoder=None)
    why = bot.explain("how long does piercing take")
    assert (why.procedures, why.entries[0].entry.answer, why.rivals) == (("piercing",), "piercing", 0)
    both = bot.explain("how long does it take")
    assert (both.procedures, both.rivals, both.reason) == ((), 1, "ambiguous")
    assert both.confidence <= 0.5


def test_nearest_phrasings_are_as_their_authors_wrote_them():
    entry = Entry(question="Where?", answer="Here.", phrasings=("Where?", "Is there a Car-Park?", "where is it"))
    why = FaqBot(KnowledgeBase([Entry(question="When?", answer="Now."), entry])).explain("is there a car park")
    assert (why.nearest[0].entry, why.nearest[0].text) == (entry, "Is there a Car-Park?")
    assert why.nearest[0].similarity == pytest.approx(1)


@pytest.mark.parametrize("question", QUESTIONS)
def test_nearest_phrasings_are_few_and_best_first(bot, question):
    nearest = bot.explain(question).nearest
    likeness = [near.similarity for near in nearest]
    assert len(nearest) <= NEAREST
    assert likeness == sorted(likeness, reverse=True)
    assert all(0 < near.similarity <= 1 and near.text in near.entry.forms for near in nearest)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("where do i park", 'Answered with "Where do I park?", which holds it word for word: the confidence of 1.00'),
        ("when open", 'Answered with "When are you open?": the confidence of '),
        ("how much is a chain", 'Recognised as the gap "How much is a new chain?": the confidence of '),
        ("repair bike", "Suggested: the confidence of "),
        ("who is the king of france", "Refused: "),
        ("0123", 'Refused: no entry has anything in common with the question (unknown: "0123").'),
        ("", "Refused: there are no words in the question that could be looked up."),
        ("open " * 3000, "Refused: the question has 15,000 characters, and at most 10,000 are read as one question."),
    ],
)
def test_the_sentence_says_why(bot, question, sentence):
    assert bot.explain(question).sentence.startswith(sentence)


def test_several_that_fit_are_counted():
    knowledge = KnowledgeBase(
        [Entry(question=f"{word}?", answer=word, phrasings=["opening hours"]) for word in ("A", "B")]
    )
    reply = FaqBot(knowledge, encoder=None).ask("opening hours")
    assert reply.explain().sentence.endswith("but not the 0.55 of an answer, and 2 entries fit about as well.")
    assert len(reply.suggestions) == 2


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("how much is a friday", ' would do, but "How much is a new chain?" holds no word that the question is about.'),
        (
            "how much is the desk",
            'Refused: "How much is a new chain?" holds no word that the question is about, nor does any entry hold '
            'most of them (unknown: "desk").',
        ),
    ],
)
def test_a_confidence_that_would_do_is_not_the_reason(garage, question, sentence):
    bold = FaqBot(garage, encoder=None, thresholds=Thresholds(answer=0.0, suggest=0.0))
    assert bold.explain(question).sentence.endswith(sentence)


def test_a_sentence_is_one_line_of_text_whatever_the_entry_is_called():
    bot = FaqBot(KnowledgeBase([Entry(question="Where\n do \x1b[2JI park\x9b?", answer="Here.")]))
    assert bot.explain("where do i park").sentence.isprintable()


def test_a_sentence_names_three_unknown_words_and_counts_the_others(bot):
    assert bot.explain("xyzzy qwert zxcvb plugh plover").sentence.endswith(
        '(unknown: "xyzzy", "qwert", "zxcvb" and 2 more).'
    )


def test_a_confidence_is_never_shown_on_the_wrong_side_of_a_threshold(garage):
    """Rounded to two digits, 0.5996 would be 0.60, and below 0.60 at once."""
    chance = FaqBot(garage, encoder=None).ask("bike quick repair").confidence
    above = math.nextafter(chance, 1)
    sentence = FaqBot(garage, encoder=None, thresholds=Thresholds(answer=above)).explain("bike quick repair").sentence
    assert sentence.startswith("Suggested: the confidence of ")
    assert float(sentence.split()[4]) < above
    exact = FaqBot(garage, encoder=None, thresholds=Thresholds(answer=chance)).explain("bike quick repair").sentence
    assert float(exact.split("confidence of ")[1].split()[0]) >= chance


def test_thresholds_are_those_of_the_bot(hesitant):
    why = hesitant.explain("repair")
    assert (why.answer_from, why.suggest_from) == (1.0, 0.0)
    assert hesitant.explain("x" * (LONGEST_QUESTION + 1)).answer_from == 1.0


class TestReplies:
    def test_nothing_is_worked_out_before_it_is_asked_for(self, bot, monkeypatch):
        monkeypatch.setattr("faqbot.answering.explain.explain", lambda *_: 1 / 0)
        reply = bot.ask("where do i park")
        with pytest.raises(ZeroDivisionError):
            reply.explain()

    def test_replies_compare_show_and_list_as_if_they_had_no_explanation(self, bot):
        reply = bot.ask("where do i park")
        bare = Reply(*(getattr(reply, field.name) for field in dataclasses.fields(reply)))
        assert (reply, repr(reply)) == (bare, repr(bare))
        assert list(dataclasses.asdict(reply)) == [field.name for field in dataclasses.fields(Reply)]

    @pytest.mark.parametrize(
        "copied", [copy.copy, copy.deepcopy, dataclasses.replace, lambda reply: pickle.loads(pickle.dumps(reply))]
    )
    def test_copies_are_equal_and_leave_their_bot_behind(self, bot, copied):
        reply = bot.ask("where do i park")
        other = copied(reply)
        assert other == reply
        with pytest.raises(ValueError, match=r"bot\.explain\(reply\.question\)"):
            other.explain()
        assert bot.explain(other.question) == reply.explain()

    def test_a_reply_made_by_hand_has_none(self):
        with pytest.raises(ValueError, match="made by hand"):
            Reply("what?", Status.ANSWERED, "that").explain()

    def test_explanations_are_values(self, bot):
        why = bot.explain("where do i park")
        assert isinstance(why, Explanation)
        assert pickle.loads(pickle.dumps(why)) == copy.deepcopy(why) == why
        with pytest.raises(dataclasses.FrozenInstanceError):
            why.sentence = "because"

    def test_a_question_is_a_string(self, bot):
        with pytest.raises(TypeError, match="not bytes"):
            bot.explain(b"open?")


class TestConversations:
    def test_a_pick_is_explained_by_the_question_it_was_suggested_for(self, hesitant):
        chat = hesitant.conversation()
        suggested = chat.ask("repair")
        picked = chat.ask("2")
        why = picked.explain()
        title = suggested.suggestions[1].entry.title
        assert why.sentence == f'Picked by a person: "{title}" is number 2 of what was suggested.'
        assert (why.question, why.status, why.reason) == ("repair", picked.status, picked.reason)
        assert why.features == suggested.explain().features

    def test_a_number_that_was_not_offered(self, hesitant):
        chat = hesitant.conversation()
        chat.ask("repair")
        assert chat.ask("9").explain().sentence == "Suggested once more: no suggestion has the number 9."

    def test_a_number_without_suggestions(self, bot):
        why = bot.conversation().ask("1").explain()
        assert why.sentence == "Refused: a number alone picks a suggestion, and nothing was suggested."
        assert (why.question, why.reason, why.features) == ("1", "empty", ())

    def test_an_older_reply_keeps_its_own_explanation(self, hesitant):
        chat = hesitant.conversation()
        first = chat.ask("repair")
        picked = chat.ask("1")
        before = picked.explain()
        chat.ask("where do i park")
        hesitant.conversation().ask("open")
        assert (first.explain().question, picked.explain()) == ("repair", before)


def test_one_bot_explains_to_many_threads(bot):
    alone = [bot.explain(question) for question in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        for replies in pool.map(bot.ask_many, [QUESTIONS] * 8):
            assert list(pool.map(Reply.explain, replies)) == alone
