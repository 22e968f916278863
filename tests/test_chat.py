import pytest

from faqbot import FaqBot, Thresholds
from faqbot.chat import COMMANDS, Chat


def session(bot, lines, width=60):
    talk = Chat(bot.conversation())
    return ["".join(text for _, text in talk.respond(line, width=width)) for line in lines]


def test_a_short_session(bot):
    assert session(bot, ["when are you open", "", "how much is a chain", "/source", "/nonsense\x1b[2J"]) == [
        "From nine to five, Monday to Friday.",
        "",
        "Prices are not in this list. Ask at the desk.",
        "That was no answer: the source does not say.",
        "There is no command /nonsense. Type /help to see them all.",
    ]


def test_suggestions_are_numbered_and_picked(garage):
    careful = FaqBot(garage, thresholds=Thresholds(answer=1.0, suggest=0.0))
    first, second = session(careful, ["repair", "1"])
    assert first.startswith("I am not sure which of these you mean:\n1. ")
    assert first.endswith("Type its number, or ask in other words.")
    assert second in [entry.answer for entry in garage.entries]


def test_topics_lists_the_questions_that_have_answers(bot):
    everything, repairs, none = session(bot, ["/topics", "/topics REP", "/topics cake"])
    assert everything.split("\n") == [
        "Visit", "- When are you open?", "- Where do I park?", "Repairs", "- How long does a repair take?",
        "- Do you repair electric bikes?",
    ]  # fmt: skip
    assert repairs.startswith("Repairs\n")
    assert none == "There is no topic like that. There are: visit, repairs."


def test_source_tells_where_the_last_answer_is_from(bundled, bot):
    before, answer, source = session(bundled, ["/source", "how long does it take", "/source"], width=200)
    assert before == "Ask something first: /source tells where the last answer comes from."
    assert answer == (
        "A session normally takes about an hour.\n"
        "Source: What Entails Benefits of Micro-needling?, 27 Nov, paragraph 1, sentence 6"
    )
    assert source.startswith("What Entails Benefits of Micro-needling?, 27 Nov, paragraph 1, sentence 6: How long")
    assert session(bot, ["park", "/source"])[1].startswith(
        "the knowledge file, which names no source: Where do I park?"
    )


def test_help_names_every_command(bot):
    shown = session(bot, ["/help"])[0]
    assert all(f"/{name}  " in shown for name in COMMANDS)


@pytest.mark.parametrize("line", ["/quit", "/QUIT", "  /quit now"])
def test_quit_ends_the_chat(bot, line):
    talk = Chat(bot.conversation())
    assert talk.respond(line, width=60) == []
    assert talk.ended


def test_a_narrow_terminal(bundled):
    shown = session(bundled, ["how long does it take"], width=30)[0]
    assert max(map(len, shown.split("\n"))) <= 30
