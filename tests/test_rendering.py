import json
import re

import pytest

from faqbot import Entry, FaqBot, KnowledgeBase, Reply, Source, Status
from faqbot.answering import reply as reply_module
from faqbot.answering.matched import matched
from faqbot.answering.serialize import as_json
from faqbot.cli.replies import fragments, offers, plain
from faqbot.cli.text import clean, wrapped
from faqbot.serving.page import reply_html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07rest", "rest"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bPdevice\x1b\\x", "x"),
        ("\x9b2Jx\x9d0;t\x9cy", "xy"),
        ("\x1bcreset", "reset"),
        ("a\x00b\x07c\x08d\x7fe", "abcde"),
        ("one\r\ntwo\rthree\ttab", "one\ntwo\nthree    tab"),
        ("\u202eevil\u2066x", "evilx"),
        ("\ud800", "\ufffd"),
        ("a\u2028b", "ab"),
        ("café 🙂 نص", "café 🙂 نص"),
        ("\x1b", ""),
        ("\x1b[", ""),
    ],
)
def test_nothing_that_steers_a_terminal_is_left(text, shown):
    assert clean(text) == shown


@pytest.mark.parametrize("piece", ["\x1b[", "\x1b[0;", "\x1b]", "\x1bP", "\x1b[0000", "\x9b0", "\x1b]a\x1b"])
def test_a_megabyte_of_broken_sequences_is_cleaned(piece):
    """Were the time not in proportion to the text, this would not end."""
    assert "\x1b" not in clean(piece * 300_000)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three four five six", 20, ["one two three four", "five six"]),
        ("one\ntwo\n\nthree", 40, ["one two", "", "three"]),
        ("- a long item that is wrapped\n- b", 20, ["- a long item that", "  is wrapped", "- b"]),
        ("12. a long item that is wrapped", 20, ["12. a long item that", "    is wrapped"]),
        ("see https://example.org/a/very/long/address", 20, ["see", "https://example.org/a/very/long/address"]),
        ("```\nx    =    1234567890123456789012345\n```", 20, ["```", "x    =    1234567890123456789012345", "```"]),
        ("    kept as it is and not wrapped at all", 20, ["    kept as it is and not wrapped at all"]),
        ("one two three four five six", 5, ["one two three four five six"]),
        ("one\ntwo", None, ["one", "two"]),
        ("", 40, [""]),
    ],
)
def test_wrapping(text, width, lines):
    assert wrapped(text, width).split("\n") == lines


EVIL = FaqBot(
    KnowledgeBase(
        [Entry(question="What\x1b[2J now?", answer="\x1b]0;x\x07Run.", source=Source("Doc\x1b[1m", "p\x9b1m"))]
    ),
    encoder=None,
)


def test_an_answer_shows_its_source():
    reply = EVIL.ask("what now")
    assert plain(reply, width=80) == "Run.\nSource: Doc, p"
    assert [style for style, _ in fragments(reply, width=80)] == ["class:answered", "", "class:source"]


def bare(html):
    """Return HTML without the attributes of its tags."""
    return re.sub(r"<(\w+) [^>]*>", r"<\1>", html)


def test_an_answer_that_nobody_has_reviewed_says_so():
    draft = FaqBot(
        KnowledgeBase(
            [
                Entry(question="What now?", answer="Run.", source=Source("Doc", "page 1"), draft=True),
                Entry(question="How much is it?", gap="No price is given.", draft=True),
            ]
        )
    )
    assert plain(draft.ask("what now"), width=80) == (
        "Run.\nNot reviewed yet: taken from the article by machine.\nSource: Doc, page 1"
    )
    assert plain(draft.ask("how much"), width=80) == (
        "How much is it?\nNo price is given.\nNot reviewed yet: a machine found no answer in the article."
    )
    assert "<p>Not reviewed yet: taken from the article by machine.</p>" in bare(reply_html(draft.ask("what now")))
    assert "<p>Not reviewed yet: a machine found no answer in the article.</p>" in bare(
        reply_html(draft.ask("how much"))
    )
    assert max(map(len, plain(draft.ask("what now"), width=40).split("\n"))) <= 40
    assert as_json(draft.ask("what now"))["entry"]["draft"] is True


def test_json_keys_are_these(bot):
    keys = [
        "question", "asked", "status", "reason", "confidence", "text", "note", "highlight", "entry", "source",
        "suggestions",
        "parts",
    ]  # fmt: skip
    for question in ("when are you open", "chain price", "king of spain", "repair?"):
        shown = as_json(bot.ask(question))
        assert list(shown) == keys
        assert json.loads(json.dumps(shown)) == shown
    assert as_json(bot.ask("when are you open"))["entry"] == {
        "id": "when-are-you-open", "question": "When are you open?", "topic": "visit", "draft": False,
        "next": [],
    }  # fmt: skip
    assert as_json(bot.ask("when are you open?"))["asked"] == "When are you open?"
    assert as_json(bot.ask("king of spain"))["asked"] == ""
    assert as_json(reply_module.noted(bot.ask("when are you open"), "Ring us."))["note"] == "Ring us."
    assert as_json(EVIL.ask("what now"))["source"] == {"document": "Doc\x1b[1m", "place": "p\x9b1m"}


ANSWER = Reply("is it open", Status.ANSWERED, "From **nine**.", Entry(question="When?", answer="From **nine**."))
NONE = Reply("who is king", Status.UNANSWERED, "I do not know.")


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        (Reply("hi", Status.SMALL_TALK, "Hello. Ask me."), [("class:small_talk", "Hello. Ask me.")]),
        (Reply("help", Status.URGENT, "Ring 112 now."), [("class:urgent", "Ring 112 now.")]),
        (
            Reply("is it open and who is king", Status.ANSWERED, "both", parts=(ANSWER, NONE)),
            [
                ("class:topic", "is it open"), ("", "\n"), ("class:note", "When?"), ("", "\n"),
                ("class:answered", "From "), ("class:answered bold", "nine"),
                ("class:answered", "."), ("", "\n\n"), ("class:unanswered", "I do not know."), ("", "\n\n"),
                ("class:note", reply_module.WHERE_TO_TURN),
            ],
        ),
    ],
    ids=["small talk", "urgent", "parts"],
)  # fmt: skip
def test_replies_of_every_kind(reply, shown):
    assert fragments(reply, width=80) == shown


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Where can I have it done?", ""),
        ("where can i have it done pls", ""),
        ("wherre can I hve it done", ""),
        ("Were can I have it done?", "Where can I have it done?"),
        ("Where dose it get done", "Where can I have it done?"),
        ("where can i find it", "Where can I have it done?"),
    ],
)
def test_the_matched_question_is_shown_unless_it_was_asked_nearly_so(question, shown):
    """A slip that makes another English word may be meant, and is nearly so no more."""
    entry = Entry(question="Where can I have it done?", answer="Here.")
    assert matched(Reply(question, Status.ANSWERED, "Here.", entry)) == shown


def test_the_page_shows_what_the_terminal_shows():
    reply = reply_module.noted(Reply("is it open and who is king", Status.ANSWERED, "x", parts=(ANSWER, NONE)), "Ring.")
    shown = re.sub(r"</p>|</div>", "\n", reply_html(reply))
    lines = [line for line in re.sub(r"<[^>]*>", "", shown).split("\n") if line]
    assert lines == ["is it open", "When?", "From nine.", "I do not know.", reply_module.WHERE_TO_TURN, "Ring."]
    assert lines == [line for line in plain(reply, width=80).split("\n") if line]


def test_what_to_ask_next_is_numbered():
    related = (Entry(question="Where\x1b[2J is it to be found?", answer="x"), Entry(question="Who?", answer="y"))
    assert offers(related, width=24) == [
        ("", "\n\n"), ("class:note", "You may also ask:\n1. Where is it to be\n   found?\n2. Who?"),
    ]  # fmt: skip
    assert offers((), width=12) == []
