"""Conversations: what a message means after those before it, and that complete questions mean the same after any."""

import json
import os
import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import DATA
from faqbot import Conversation, Entry, FaqBot, KnowledgeBase, Thresholds
from faqbot.answering import choices, followups, smalltalk
from faqbot.answering.choices import Answer, Choice
from faqbot.answering.feedback import Feedback, Verdict
from faqbot.answering.followups import Form
from faqbot.answering.smalltalk import Kind

TALKS = DATA / "talks"


def read_table():
    """Yield each conversation: its knowledge base, and the messages with what each gets, as `short` says it."""
    name = ""
    for block in (TALKS / "conversations.txt").read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line.strip()]
        if lines and lines[0].startswith("# "):
            name = lines.pop(0)[2:].strip()
        if lines:
            yield name, list(zip(lines[::2], (line.strip() for line in lines[1::2]), strict=True))


TABLE = list(read_table())


@pytest.fixture(scope="module")
def bots():
    """They match by words: what they are sure of is the same whatever is installed."""
    return {
        "bundled": FaqBot.bundled(encoder=None),
        **{name: FaqBot.from_file(TALKS / f"{name}.md", encoder=None) for name in ("card", "bike")},
    }


def short(reply):
    if reply.parts:
        return "parts " + " + ".join(map(short, reply.parts))
    named = [reply.entry] if reply.entry else [match.entry for match in reply.suggestions]
    return f"{reply.status} {' / '.join(entry.question for entry in named)}".strip()


@pytest.mark.parametrize(
    ("name", "turns"), TABLE, ids=[" | ".join(said for said, _ in turns)[:80] for _, turns in TABLE]
)
def test_a_conversation(bots, name, turns):
    chat = bots[name].conversation()
    assert [(said, short(chat.ask(said))) for said, _ in turns] == turns


def test_the_table_is_of_conversations_about_three_knowledge_bases():
    assert len(TABLE) >= 60
    assert {name for name, _ in TABLE} == {"bundled", "card", "bike"}
    assert all(2 <= len(turns) <= 6 for _, turns in TABLE)


def told(reply):
    """Return all of a reply that must not depend on what was said before."""
    parts = tuple(map(told, reply.parts))
    return reply.status, reply.entry, reply.text, reply.confidence, reply.suggestions, reply.reason, parts


def test_a_complete_question_gets_the_same_reply_whatever_was_said_before(bundled):
    lines = (DATA / "microneedling.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    assert [question for question in asked if followups.recognised(question) or choices.chosen(question)] == []
    asked = asked[:: 1 if os.environ.get("FAQBOT_LONG") else 6]
    alone = {question: told(bundled.conversation().ask(question)) for question in asked}
    for seed in range(2):  # five orders, of all of them, were tried when it was written
        random.Random(seed).shuffle(asked)
        chat = bundled.conversation()
        assert [question for question in asked if told(chat.ask(question)) != alone[question]] == []


@pytest.mark.parametrize("told", ["I'm pregnant.", "i have diabetes", "my son is 9", "We take blood thinners"])
@pytest.mark.parametrize(
    "asked", ["can I have it?", "ok should i do it then", "Is it suitable for me?", "am I allowed"]
)
def test_who_asks_leave_is_answered_by_what_they_told_of_themselves(bundled, told, asked):
    talk = bundled.conversation()
    entry = talk.ask(told).entry
    assert entry.is_gap
    for between in ("how long does it take", "does it reduce wrinkles?"):
        assert talk.ask(asked).entry == entry
        assert talk.ask(between).entry != entry
    assert bundled.conversation().ask(asked).entry != entry


@pytest.mark.parametrize("said", ["ok", "that's fine", "can I park", "is it normal?", "how can I do it", "it is safe"])
def test_other_messages_ask_no_leave(said):
    assert not followups.asks_leave(said)


@pytest.mark.parametrize(
    "said", ["my?", "I want to know what it costs", "is my son too young", "it is for my son", "my"]
)
def test_other_messages_tell_nothing_of_who_writes_them(said):
    assert not followups.tells_case(said)


def test_the_labelled_questions_are_no_small_talk(bundled):
    lines = (DATA / "microneedling.jsonl").read_text(encoding="utf-8").splitlines()
    talk = [said for line in lines if smalltalk.kind_of(said := json.loads(line)["question"])]
    assert talk == ["Are you a real person?"]  # which is labelled as one that nothing answers, and is about the bot


def test_conversations_know_nothing_of_each_other(bots):
    one, other = bots["bike"].conversation(), bots["bike"].conversation()
    one.ask("how much is a new chain")
    other.ask("what does a service include")
    assert one.ask("how much?").entry.question == "How much does a new chain cost?"
    assert other.ask("how much?").entry.question == "How much does a service cost?"
    assert other.ask("1").entry != one.ask("1").entry


def test_a_conversation_for_each_of_many_threads(bots):
    def talk(_):
        chat = bots["bike"].conversation()
        return [short(chat.ask(said)) for said in ("how much is a new chain", "and brakes?", "tell me more", "2")]

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(talk, range(24)))
    assert all(each == replies[0] for each in replies)


def test_a_reply_keeps_what_was_typed_and_explains_what_was_asked(bundled):
    chat = bundled.conversation()
    chat.ask("does it reduce acne?")
    reply = chat.ask("and wrinkles?")
    assert (reply.question, chat.last) == ("and wrinkles?", reply)
    assert reply.asked == "does it reduce wrinkles"
    explanation = reply.explain()
    assert (explanation.question, explanation.asked) == ("and wrinkles?", "does it reduce wrinkles")
    assert explanation.sentence.startswith(
        'Read as "does it reduce wrinkles", since it follows "does it reduce acne?".'
    )
    alone = bundled.ask("does it help with acne?")
    assert (alone.asked, alone.explain().asked) == ("Does micro-needling treat acne?", "")
    assert bundled.ask("do you like dogs").asked == ""


def test_what_about_another_procedure():
    chat = FaqBot.from_file(TALKS / "card.md", TALKS / "bike.md", encoder=None).conversation()
    assert chat.ask("how much does a library card cost").entry.subject == "library card"
    about = chat.ask("what about a bike repair")
    assert {match.entry.subject for match in about.suggestions} == {"bike repair"}
    assert chat.ask("and a library card?").entry.question == "How much does a library card cost?"


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("and wrinkles?", Form.OBJECT),
        ("And the risks?", Form.OBJECT),
        ("what about whiteheads instead", Form.OBJECT),
        ("wat about scars", Form.OBJECT),
        ("how about for men", Form.OBJECT),
        ("scars too?", Form.OBJECT),
        ("for men?", Form.OBJECT),
        ("no, I meant scars", Form.CORRECTION),
        ("i was talking about films", Form.CORRECTION),
        ("why?", Form.QUESTION),
        ("but why", Form.QUESTION),
        ("how long?", Form.QUESTION),
        ("and how much then?", Form.QUESTION),
        ("is that normal?", Form.REFERENCE),
        ("how does that work", Form.REFERENCE),
        ("is it normal?", Form.REFERENCE),
        ("tell me more", Form.MORE),
        ("anything else?", Form.MORE),
    ],
)
def test_a_follow_up_is_told_by_its_form(said, form):
    assert followups.recognised(said).form is form


@pytest.mark.parametrize(
    "said",
    [
        "", "wrinkles", "acne scars", "does it hurt", "does it hurt though", "is it safe then?", "opening hours",
        "and how long does it take?", "what does it do", "how does it work", "what is micro-needling about",
        "I have oily skin and large pores", "and can I go to work on the same day?", "how long does it take",
        "my skin is red and sore since the day before yesterday and I wonder why",
    ],
)  # fmt: skip
def test_a_complete_question_is_no_follow_up(said):
    assert followups.recognised(said) is None


PLACES = {
    "2": 2, "#2": 2, "2.": 2, " 1) ": 1, "the second one": 2, "second": 2, "option two": 2, "number 3": 3, "the 2nd": 2,
    "first": 1, "the first one please": 1, "the last one": -1, "two": 2, "I mean the third one": 3,
}  # fmt: skip


@pytest.mark.parametrize("said", PLACES)
def test_a_line_is_picked_in_many_ways(said):
    choice = choices.chosen(said)
    assert (choice.answer, choice.place) == (Answer.PLACE, PLACES[said])


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("yes", Answer.YES), ("yes please", Answer.YES), ("that one", Answer.YES), ("Yep!", Answer.YES),
        ("no", Answer.NO), ("none of these", Answer.NO), ("neither", Answer.NO), ("no, that's not it", Answer.NO),
        ("that's not what I meant", Answer.NO),
    ],
)  # fmt: skip
def test_yes_and_no(said, answer):
    assert choices.chosen(said) == Choice(answer)


@pytest.mark.parametrize(
    "said", ["", "-1", "1 2", "²", "99999999999", "yes it hurts", "no, i meant scars", "is it 2 hours"]
)
def test_other_messages_choose_nothing(said):
    assert choices.chosen(said) is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("hi", Kind.GREETING), ("Hello there!", Kind.GREETING), ("good morning", Kind.GREETING), ("thx", Kind.THANKS),
        ("ok thanks", Kind.THANKS), ("Thank you so much, that helped", Kind.THANKS), ("bye", Kind.GOODBYE),
        ("thanks, bye!", Kind.GOODBYE), ("how are you?", Kind.HOW_ARE_YOU), ("sup", Kind.HOW_ARE_YOU),
        ("are you a robot", Kind.BOT), ("hi, are you human?", Kind.BOT), ("who r u", Kind.BOT),
        ("who made you", Kind.MAKER), ("what can you do?", Kind.HELP), ("help", Kind.HELP), ("ok", Kind.FINE),
        ("you stupid bot", Kind.INSULT), ("you are useless!", Kind.INSULT), ("hi, how long does it take?", None),
        ("thanks, and does it hurt?", None), ("help with acne", None), ("", None), ("ok but why", None),
    ],
)  # fmt: skip
def test_small_talk_is_told_by_all_of_its_words(said, kind):
    assert smalltalk.kind_of(said) is kind


def test_small_talk_says_what_the_bot_is(bundled, bot):
    reply = bundled.conversation().ask("are you a doctor?")
    assert (reply.status, reply.reason, reply.entry) == ("small_talk", "", None)
    assert reply.text == (
        "I am a program, not a person: I give answers out of 26 answers about micro-needling, each approved by a "
        "person. I make nothing up, and I cannot diagnose anything or pass you on to a person."
    )
    assert reply.explain().sentence == "Small talk: bot."
    assert bot.conversation().ask("hi").text == "Hello. I have 4 answers. What would you like to know?"


def test_drafts_are_not_called_approved():
    chat = FaqBot(KnowledgeBase([Entry(question="Where?", answer="Here.", draft=True)])).conversation()
    assert "which no person has reviewed in full yet" in chat.ask("who are you").text


@pytest.mark.parametrize(
    "said", ["hi, where do i park?", "thanks, and where do i park", "ok but where do i park", "hello. were do i prak?"]
)
def test_small_talk_never_hides_a_question(bot, said):
    reply = bot.conversation().ask(said)
    assert (reply.status, reply.text, reply.question) == ("answered", "Behind the house.", said)


def test_small_talk_of_the_knowledge_base_itself_comes_first():
    own = [
        Entry(question="Hello", answer="Welcome to the garage."),
        Entry(question="Are you a bot?", answer="I am Bo."),
    ]
    chat = FaqBot(KnowledgeBase(own)).conversation()
    assert chat.ask("good morning").text == "Welcome to the garage."
    assert chat.ask("am i talking to a human?").text == "I am Bo."
    assert chat.ask("thanks").status == "small_talk"


def test_small_talk_is_for_conversations(bot):
    assert bot.ask("are you a robot").status == "unanswered"


class TestSuggestions:
    @pytest.fixture
    def careful(self, garage):
        return FaqBot(garage, thresholds=Thresholds(answer=1.0, suggest=0.0))

    def test_yes_takes_the_first(self, careful):
        chat = careful.conversation()
        assert chat.ask("yes please").status == "small_talk"  # nothing was suggested yet
        first = chat.ask("repair").suggestions[0].entry
        assert chat.ask("yes").entry == first

    def test_no_says_that_there_is_nothing_better(self, careful):
        chat = careful.conversation()
        chat.ask("repair")
        reply = chat.ask("none of these")
        assert (reply.status, reply.reason) == ("unanswered", "no_match")
        assert reply.text.startswith("Then I have nothing better in 4 answers.")
        assert "turned down" in reply.explain().sentence
        assert chat.ask("1").reason == "empty"

    def test_they_stay_open_through_small_talk(self, careful):
        chat = careful.conversation()
        last = chat.ask("repair").suggestions[-1].entry
        chat.ask("thanks")
        assert chat.ask("the last one").entry == last


class TestRelated:
    def test_answers_of_the_topic_are_worth_asking_next(self, bots):
        chat = bots["bike"].conversation()
        reply = chat.ask("how much does a service cost")
        assert [entry.topic for entry in reply.related[:3]] == ["service"] * 3
        assert reply.text == "Sixty euros, parts not included."

    def test_a_number_picks_one(self, bots):
        chat = bots["bike"].conversation()
        listed = chat.ask("how much does a service cost").related
        picked = chat.ask("2")
        assert (picked.status, picked.entry) == ("answered", listed[1])
        assert picked.explain().sentence == f'Picked by a person: "{listed[1].title}" was shown as worth asking next.'
        assert listed[1] not in picked.related

    def test_another_number_lists_them(self, bots):
        chat = bots["bike"].conversation()
        listed = chat.ask("how much does a service cost").related
        reply = chat.ask("9")
        assert (reply.status, reply.reason, reply.related) == ("unanswered", "empty", listed)
        assert chat.ask("1").entry == listed[0]

    def test_what_was_shown_and_gaps_are_left_out(self, bots):
        chat = bots["card"].conversation()
        seen = set()
        for said in ("when are you open", "is there wifi", "can i reserve a room", "how much is a card"):
            reply = chat.ask(said)
            seen.add(reply.entry.id)
            assert not any(entry.is_gap or entry.id in seen for entry in reply.related)
            assert len(reply.related) <= 3

    def test_they_are_the_same_every_time(self, bots):
        asked = ["when are you open", "how much is a card", "how many films can i borrow"]
        runs = [tuple(map(bots["card"].conversation().ask, asked)) for _ in range(2)]
        assert runs[0] == runs[1]

    def test_suggestions_have_precedence(self, garage):
        chat = FaqBot(garage, thresholds=Thresholds(answer=1.0, suggest=0.0)).conversation()
        suggested = chat.ask("repair")
        assert suggested.related == ()
        chat.ask("1")
        assert chat.ask("2").entry == suggested.suggestions[1].entry

    def test_a_bot_alone_has_none(self, bot):
        assert bot.ask("when are you open").related == ()


class TestFeedback:
    @pytest.fixture
    def heard(self):
        return []

    def test_what_was_not_answered_is_reported(self, bundled, heard):
        chat = bundled.conversation(listener=heard.append)
        chat.ask("my laptop will not start")
        assert [(one.question, one.verdict, one.given) for one in heard] == [
            ("my laptop will not start", Verdict.UNANSWERED, None)
        ]

    @pytest.mark.parametrize(
        "said", ["", "hi", "x" * 20_000, "how long does it take", "1", "does it hurt", "i cant breathe"]
    )
    def test_nothing_else_is(self, bundled, heard, said):
        bundled.conversation(listener=heard.append).ask(said)
        assert heard == []

    @pytest.mark.parametrize("said", ["no", "none of these", "when are you open"])
    def test_suggestions_that_nobody_wanted_are_reported_once(self, garage, heard, said):
        chat = FaqBot(garage, thresholds=Thresholds(answer=0.9, suggest=0.0)).conversation(listener=heard.append)
        suggested = chat.ask("bike quick repair")
        chat.ask("thanks")
        assert heard == []
        chat.ask(said)
        chat.ask("where do i park?")
        rejected = [one for one in heard if one.question == "bike quick repair"]
        assert rejected == [
            Feedback("bike quick repair", Verdict.REJECTED, suggested.confidence, None, suggested.suggestions)
        ]

    def test_suggestions_that_were_picked_are_not(self, garage, heard):
        chat = FaqBot(garage, thresholds=Thresholds(answer=1.0, suggest=0.0)).conversation(listener=heard.append)
        for said in ("repair", "2", "no"):
            chat.ask(said)
        assert heard == []

    def test_more_that_was_asked_for_is_no_guess(self, bots, heard):
        chat = bots["card"].conversation(listener=heard.append)
        for said in ("how much is a card", "tell me more", "when are you open"):
            chat.ask(said)
        assert heard == []

    def test_each_question_of_a_message_that_was_not_answered_is_reported(self, bundled, heard):
        bundled.conversation(listener=heard.append).ask("How much does it cost? Do you take dogs?")
        assert [one.question for one in heard] == ["Do you take dogs?"]

    def test_a_person_thinks_well_or_badly_of_a_reply(self, bot, heard):
        chat = bot.conversation(listener=heard.append)
        with pytest.raises(ValueError, match="no reply yet"):
            chat.feedback(good=True)
        reply = chat.ask("when are you open")
        chat.feedback(good=True)
        chat.feedback(good=False)
        assert [one.verdict for one in heard] == ["good", "bad"]
        assert heard[0] == Feedback("when are you open", Verdict.GOOD, reply.confidence, reply.entry)

    def test_a_listener_that_fails_costs_no_reply_and_is_logged(self, bot, caplog):
        def fail(_):
            raise OSError("disk full")

        chat = Conversation(bot, fail)
        assert chat.ask("who is the king of france").status == "unanswered"
        assert [(record.name, record.exc_info[1].args) for record in caplog.records] == [
            ("faqbot.answering.conversation", ("disk full",))
        ]
        assert chat.ask("where do i park").status == "answered"

    def test_without_a_listener_feedback_is_lost(self, bot):
        chat = bot.conversation()
        chat.ask("when are you open")
        chat.feedback(good=True)


class TestLast:
    def test_it_is_the_reply_given_last_of_whatever_kind(self, bundled):
        chat = bundled.conversation()
        assert chat.last is None
        for said in (
            "hi",
            "does it reduce acne",
            "and wrinkles?",
            "1",
            "i am bleeding",
            "",
            "x" * 20_000,
            "tell me more",
        ):
            assert chat.last is not chat.ask(said)
            assert chat.last.question == said

    def test_a_message_is_a_string(self, bot):
        chat = bot.conversation()
        with pytest.raises(TypeError, match="not bytes"):
            chat.ask(b"open?")
        assert chat.last is None
