import io

import pytest

from faqbot import FaqBot, Thresholds
from faqbot.terminal.chat import Chat
from faqbot.terminal.lines import by_lines
from faqbot.terminal.shelf import Shelf


def session(bot, lines, width=60):
    talk = Chat(Shelf.of(bot))
    return ["".join(text for _, text in talk.respond(line, width=width)) for line in lines]


def test_a_short_session(bot):
    assert session(bot, ["when are you open", "", "how much is a chain", "/source", "/nonsense\x1b[2J"]) == [
        "From nine to five, Monday to Friday.",
        "",
        "Prices are not in this list. Ask at the desk.",
        "There was no answer, so there is no source.",
        "There is no command /nonsense. Type /help to see them all.",
    ]


def test_suggestions_are_numbered_and_picked(garage):
    careful = FaqBot(garage, thresholds=Thresholds(answer=1.0, suggest=0.0))
    first, second = session(careful, ["repair", "1"])
    assert first.startswith("I am not sure which of these you mean:\n1. ")
    assert first.endswith("Type its number, or ask in other words.")
    assert second in [entry.answer for entry in garage.entries]


def test_topics_lists_what_can_be_asked(bot):
    everything, repairs, none = session(bot, ["/topics", "/topics REP", "/topics cake"])
    assert everything == ("/topics WORD lists the questions of one:\n- visit (2)\n- repairs (2)\n- other questions (1)")
    assert repairs == "repairs\n- How long does a repair take?\n- Do you repair electric bikes?"
    assert none.startswith("There is no topic like that. There are:\n- visit (2)")
    assert session(bot, ["/topics other"]) == ["other questions\n- How much is a new chain? (no answer known)"]


def test_source_tells_where_the_last_answer_is_from(bundled, bot):
    before, answer, source = session(bundled, ["/source", "how long does it take", "/source"], width=200)
    assert before == "Ask something first: /source tells where the last answer comes from."
    assert answer == (
        "A session normally takes about an hour.\n"
        "Source: What Entails Benefits of Micro-needling?, 27 Nov, paragraph 1, sentence 6"
    )
    assert source.startswith("What Entails Benefits of Micro-needling?, 27 Nov, paragraph 1, sentence 6: How long")
    assert session(bot, ["park", "/source"])[1].startswith(
        "The knowledge file, which names no source: Where do I park?"
    )


def test_why_tells_how_the_last_reply_came_about(bot, garage):
    before, _, why = session(bot, ["/why", "were do i prak", "/why"], width=40)
    assert before == "Ask something first: /why tells how the\nlast reply came about."
    assert why.startswith('Answered with "Where do I park?"')
    assert "- corrected: prak -> park" in why.split("\n")
    assert max(map(len, why.split("\n"))) <= 40
    careful = FaqBot(garage, thresholds=Thresholds(answer=1.0, suggest=0.0))
    assert session(careful, ["repair", "1", "/why"])[2].startswith("Picked by a person: ")


def test_why_knows_only_its_own_conversation(bot):
    session(bot, ["where do i park"])
    assert session(bot, ["/why"])[0].startswith("Ask something first")


def test_help_is_a_line_a_command(bot):
    assert session(bot, ["/help"], width=60) == session(bot, ["help"]) == [
        "Ask in your own words, or:\n"
        "/topics  what you can ask; /topics WORD for one topic\n"
        "/source  where the last answer comes from\n"
        "/why  how the last reply came about\n"
        "/good  the last reply helped\n"
        "/bad  it did not\n"
        "/kb  which knowledge answers; /kb NAME for one, /kb all\n"
        "/save  what was said, to a file: /save chat.md\n"
        "/clear  empty the screen, and start afresh\n"
        "/help  this list\n"
        "/quit  leave; so does Ctrl-D"
    ]  # fmt: skip


def test_a_bug_in_an_answer_is_told_and_survived(bot, monkeypatch):
    ask = type(bot).ask
    monkeypatch.setattr(type(bot), "ask", lambda self, text: 1 / 0 if "boom" in text else ask(self, text))
    assert session(bot, ["boom", "where do i park"]) == [
        "That went wrong inside faqbot (ZeroDivisionError); please\nreport it.",
        "Behind the house.",
    ]


def test_lines_in_answers_out(bot):
    def lines():
        yield from ["where do i park", "", "/quit"]
        pytest.fail("it reads on after /quit")

    out = io.StringIO()
    by_lines(Chat(Shelf.of(bot)), lines(), out)
    assert out.getvalue() == "Behind the house.\n\n"


@pytest.mark.parametrize("line", ["/quit", "/QUIT", "  /quit now", "exit", "Bye!"])
def test_quit_ends_the_chat(bot, line):
    talk = Chat(Shelf.of(bot))
    assert talk.respond(line, width=60) == []
    assert talk.ended


def test_a_narrow_terminal(bundled):
    shown = session(bundled, ["how long does it take"], width=30)[0]
    assert max(map(len, shown.split("\n"))) <= 30
