import copy
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import ROOT
from faqbot import (
    ArticleError,
    Entry,
    FaqBot,
    FaqbotError,
    KnowledgeBase,
    KnowledgeError,
    Status,
    Thresholds,
    extract_faq,
)
from faqbot.bot import LONGEST_QUESTION

QUESTIONS = ["when are you open", "were do i prak", "how much is a chain", "who is the king", "", "repair bike?"]


@pytest.mark.parametrize(
    ("knowledge", "options"),
    [
        (None, {}),
        ("clinic.md", {}),
        ([Entry(question="q", answer="a")], {}),
        (KnowledgeBase([]), {"thresholds": 0.7}),
        (KnowledgeBase([]), {"encoder": 3}),
        (KnowledgeBase([]), {"encoder": "minilm"}),
    ],
    ids=str,
)
def test_a_bot_of_a_wrong_type_is_a_type_error_at_once(knowledge, options):
    with pytest.raises(TypeError, match=" not"):
        FaqBot(knowledge, **options)


@pytest.mark.parametrize(
    ("question", "status", "reason"),
    [
        ("when do you open", "answered", ""),
        ("were do i prak", "answered", ""),
        ("how much is a new chain?", "gap", "known_gap"),
        ("who is the king of france", "unanswered", "off_topic"),
        ("", "unanswered", "empty"),
        ("hello, thanks!", "unanswered", "empty"),
        (" \n\t ", "unanswered", "empty"),
        ("?!…", "unanswered", "empty"),
        ("\x00\x1b[2J", "unanswered", "off_topic"),
        ("\ud800\udfff", "unanswered", "empty"),
        ("\u202eesrever\u202c ni", "unanswered", "off_topic"),
        ("e\u0301" * 500, "unanswered", "off_topic"),
        ("אני רוצה לדעת", "unanswered", "off_topic"),
        ("x" * (LONGEST_QUESTION + 1), "unanswered", "too_long"),
        ("open " * 200_000, "unanswered", "too_long"),
    ],
)
def test_every_question_gets_a_reply(bot, question, status, reason):
    reply = bot.ask(question)
    assert (reply.status, reply.reason, reply.question) == (status, reason, question)
    assert reply.text
    assert 0 <= reply.confidence <= 1


def test_a_phrasing_that_two_entries_hold_is_not_answered_by_the_first():
    entries = [Entry(question=q, answer=q, phrasings=["opening hours"]) for q in ("One?", "Two?")]
    for order in (entries, entries[::-1]):
        reply = FaqBot(KnowledgeBase(order)).ask("opening hours")
        assert (reply.status, reply.reason, len(reply.suggestions)) == ("suggested", "ambiguous", 2)


@pytest.mark.parametrize("text", ["\ufdfa" * 10_000, "xyzzy qwert " * 800, "a " * 5000, "." * 10_000])
def test_a_long_question_is_read_in_bounded_time(bundled, text):
    """Were all of it read, this would take minutes."""
    assert bundled.ask(text).status in ("unanswered", "suggested")


def test_many_replies_are_the_replies_of_each(bot):
    assert bot.ask_many(QUESTIONS) == tuple(bot.ask(question) for question in QUESTIONS)
    assert bot.ask_many(iter([])) == ()


def test_one_bot_serves_many_threads(bot):
    alone = bot.ask_many(QUESTIONS)
    with ThreadPoolExecutor(8) as pool:
        assert all(replies == alone for replies in pool.map(bot.ask_many, [QUESTIONS] * 40))


def test_ranking_never_abstains_and_obeys_its_limit(bot):
    assert len(bot.rank("repair my bike at the house", limit=2)) == 2
    assert bot.rank("") == ()
    for question in QUESTIONS[:3]:
        assert bot.rank(question)[0].score == bot.ask(question).confidence
    with pytest.raises(ValueError, match="at least 1"):
        bot.rank("open", limit=0)


def test_a_question_is_a_string(bot):
    for ask in (bot.ask, bot.rank, bot.conversation().ask):
        with pytest.raises(TypeError, match="not bytes"):
            ask(b"open?")
    with pytest.raises(TypeError, match="not one string"):
        bot.ask_many("open?")


def test_careful_thresholds_answer_less(garage):
    assert FaqBot(garage, encoder=None).ask("do you repair my electric bike").status == "answered"
    careful = FaqBot(garage, encoder=None, thresholds=Thresholds(answer=1.0))
    assert careful.ask("do you repair my electric bike").status == "suggested"


def test_a_status_is_its_word(bot):
    assert bot.ask("when are you open").status is Status.ANSWERED
    assert f"{Status.GAP}" == "gap"


def test_replies_can_be_copied_and_pickled(bot):
    reply = bot.ask("when are you open")
    assert pickle.loads(pickle.dumps(reply)) == copy.deepcopy(reply) == reply


class TestConversation:
    def test_a_number_picks_a_suggestion_and_another_may_follow(self, garage):
        chat = FaqBot(garage, encoder=None, thresholds=Thresholds(answer=1.0, suggest=0.0)).conversation()
        suggested = chat.ask("repair")
        assert suggested.status == "suggested"
        picked = chat.ask("2.")
        assert (picked.status, picked.entry) == ("answered", suggested.suggestions[1].entry)
        assert chat.ask(" 1 ").entry == suggested.suggestions[0].entry
        assert chat.last.entry == suggested.suggestions[0].entry

    @pytest.mark.parametrize("text", ["0", "9", "99"])
    def test_a_number_that_is_none_of_them_shows_them_again(self, garage, text):
        chat = FaqBot(garage, encoder=None, thresholds=Thresholds(answer=1.0, suggest=0.0)).conversation()
        suggested = chat.ask("repair")
        assert chat.ask(text).text == suggested.text
        assert chat.ask("#1").entry == suggested.suggestions[0].entry

    @pytest.mark.parametrize("text", ["-1", "1 2", "²", "99999999999", "one tyre"])
    def test_other_numbers_are_questions(self, garage, text):
        chat = FaqBot(garage, encoder=None, thresholds=Thresholds(answer=1.0, suggest=0.0)).conversation()
        chat.ask("repair")
        assert chat.ask(text) == chat.bot.ask(text)

    def test_a_number_without_suggestions_is_no_question(self, bot):
        assert bot.conversation().ask("1").reason == "empty"

    def test_conversations_know_nothing_of_each_other(self, garage):
        bot = FaqBot(garage, encoder=None, thresholds=Thresholds(answer=1.0, suggest=0.0))
        one, other = bot.conversation(), bot.conversation()
        one.ask("repair")
        assert other.ask("1").reason == "empty"


class TestFiles:
    def test_several_files_are_one_knowledge_base(self):
        bot = FaqBot.from_file(ROOT / "tests/data/faqs/library.md", ROOT / "tests/data/faqs/tool.md")
        assert bot.ask("who can join the library").status == "answered"
        assert bot.ask("how do i install it").entry.question == "How do I install it?"

    def test_the_same_file_twice_is_no_error(self):
        path = ROOT / "tests/data/faqs/tool.md"
        assert FaqBot.from_file(path, path).ask("why is it slow").status == "answered"

    def test_errors_of_files_pass_through(self, tmp_path):
        with pytest.raises(KnowledgeError, match="no such file"):
            FaqBot.from_file(tmp_path / "none.md")
        with pytest.raises(ValueError, match="at least one path"):
            FaqBot.from_file()


EAR_SYRINGING = """Ear syringing

Ear syringing is a procedure that washes wax out of the ear with warm water.

Ear syringing takes about fifteen minutes. The nurse who performs ear syringing looks into the ear before and after.

Ear syringing is not painful, but some patients feel dizzy for a few minutes afterwards.
"""


def test_an_article_becomes_a_knowledge_base_that_a_bot_answers_from():
    bot = FaqBot(extract_faq(EAR_SYRINGING))
    assert bot.knowledge.procedure == "ear syringing"
    reply = bot.ask("how long does it take")
    assert reply.status is Status.ANSWERED
    assert reply.text.startswith("Ear syringing takes about fifteen minutes.")
    assert bot.ask("does it hurt").text.startswith("Ear syringing is not painful")


def test_an_article_without_a_sentence_that_answers_is_an_error():
    with pytest.raises(ArticleError) as raised:
        extract_faq("")
    assert isinstance(raised.value, FaqbotError)
