"""The chat a line at a time: what pipes, dumb terminals and screen readers get; and that nothing typed can break it."""

import io
import re
from threading import Thread

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

import babble
from faqbot import Entry, FaqBot, KnowledgeBase
from faqbot.cli.chat import lines, session
from faqbot.cli.chat.bots import Shelf
from faqbot.cli.chat.commands import Chat
from terminal import Terminal

BROKEN = "went wrong inside faqbot"


@pytest.mark.parametrize(("options", "term"), [(["--plain"], "xterm-256color"), ([], "dumb")])
def test_a_plain_terminal_has_a_prompt_and_no_escape_sequences(monkeypatch, options, term):
    monkeypatch.setenv("TERM", term)
    terminal = Terminal("chat", *options, columns=60)
    terminal.until("> ")
    terminal.type(b"what will i pay\n")
    terminal.until("> ")  # it may have had to wait
    terminal.type(b"what will i pay\n")
    assert terminal.until("> ") == (
        "what will i pay\nHow much does micro-needling cost?\n"
        "The article gives no price. Ask the clinic that would treat\nyou.\n\n"
        "You may also ask:\n1. How long does a session of micro-needling take?\n"
        "2. Does the skin bleed with micro-needling?\n\n"
    )
    terminal.type(b"half\x03")
    terminal.until("Ctrl-D or /quit leaves.")
    terminal.until("> ")
    assert terminal.leave() == 0
    assert "\x1b" not in terminal.raw


def test_what_cannot_be_kept_is_told_after_the_chat_and_not_into_the_prompt(monkeypatch, tmp_path):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    terminal = Terminal("chat", "--plain")
    terminal.until("> ")
    terminal.type(b"what will i pay\n")
    terminal.until("The article gives no price.")
    terminal.until("> ")
    terminal.type(b"/quit\n")
    assert terminal.until("faqbot: the index is made anew at every start") == "/quit\n"


def test_a_question_that_comes_too_early_waits_with_a_note(tmp_path):
    entries = "".join(f"## What is part {number} of {number * 7}?\n\nPart {number}.\n\n" for number in range(4000))
    (tmp_path / "parts.md").write_text(entries)
    terminal = Terminal("chat", "--plain", tmp_path / "parts.md")
    terminal.type(b"what is part 12 of 84\n")
    assert "One moment: the knowledge base is still being read." in terminal.until("Part 12.")
    assert terminal.leave() == 0


def test_markup_is_no_noise_in_a_pipe():
    answer = "**Bring:**\n\n* your card\n* [the form](https://a.example)"
    out = io.StringIO()
    talk = Chat(Shelf.of(FaqBot(KnowledgeBase([Entry(question="What to bring?", answer=answer)]))))
    lines.by_lines(talk, ["what to bring"], out)
    assert out.getvalue() == "Bring:\n\n- your card\n- the form (https://a.example)\n\n"


class TestBabble:
    """Whatever comes in, no bug shows, no escape sequence gets through, and the prompt is back."""

    @pytest.fixture(autouse=True)
    def in_a_folder_of_its_own(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)

    def test_in_a_pipe(self, bot):
        out = io.StringIO()
        lines.by_lines(Chat(Shelf.of(bot)), babble.lines(1000, seed=1), out)
        assert BROKEN not in out.getvalue()
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", out.getvalue())

    def test_at_a_prompt(self, bundled):
        out = io.StringIO()
        typed = iter([*babble.lines(60, seed=2), None])
        lines.prompted(Chat(Shelf.of(bundled)), out, read=lambda: next(typed))
        assert out.getvalue().count(lines.PROMPT) >= 61
        assert BROKEN not in out.getvalue()

    def test_as_keys(self, bot):
        assert asked_between(bot, babble.lines(60, seed=3)) == 60


def asked_between(bot, typed):
    """Type lines at the chat as keys, with a question after each, and return how many of those were answered.

    What ends or stops the program is left out, and two Ctrl-C end a search, a paste or whatever else the keys began.
    """
    talk = Chat(Shelf.of(bot))

    def feed(pipe):
        for line in typed:
            keys = re.sub("[\x04\x1a\x1c]", "", line[:300])
            pipe.send_bytes(f"{keys}\x1b\x03\x1b[201~\x03\x03where do i park\r".encode("utf-8", "replace"))
        pipe.send_text("\x03\x04")

    with create_pipe_input() as pipe:
        feeder = Thread(target=feed, args=(pipe,))
        feeder.start()  # a pipe takes only so much before somebody reads it
        session.chat(talk, input=pipe, output=DummyOutput())
        feeder.join()
    return sum(said == "where do i park" for said, _ in talk.transcript.turns)
