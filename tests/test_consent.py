"""Nothing is kept unless somebody said so, and whoever said so can end it at once."""

import os
import subprocess
import sys

import pytest

from faqbot.answering.feedback import Feedback, Verdict
from faqbot.cli.chat import consent
from faqbot.cli.chat.bots import Shelf
from faqbot.cli.chat.commands import Chat
from faqbot.errors import LogError
from faqbot.evaluation.log import read
from terminal import Terminal


def asked(path):
    return [one.question for one in read(path, "x").asked] if path.exists() else []


def tell(listener, question):
    listener(Feedback(question, Verdict.UNANSWERED))


def test_nothing_is_kept_by_default_and_no_file_is_made(own_home):
    tell(consent.listener_for(None, "x"), "why?")
    assert consent.notice(None) == ""
    assert not consent.is_on()
    assert list(own_home.rglob("*")) == []


def test_consent_is_remembered_and_counts_at_once_in_every_chat():
    running = consent.listener_for(None, "x")
    on = consent.set_consent(True)
    tell(running, "one?")
    tell(consent.listener_for(None, "x"), "two?")
    off = consent.set_consent(False)
    tell(running, "three?")
    tell(consent.listener_for(None, "x"), "four?")
    log = consent.log_path()
    assert asked(log) == ["one?", "two?"]
    assert on == (
        f"On: questions that got no answer or a bad one are kept in {log}, which only you can read; "
        "e-mail addresses and long numbers are masked, names are not."
    )
    assert off == f"Off: no questions are kept. What was kept before stays in {log} until you delete it."
    assert log.stat().st_mode & 0o777 == 0o600


def test_a_log_that_is_deleted_begins_anew():
    consent.set_consent(True)
    consent.log_path().unlink()
    tell(consent.listener_for(None, "x"), "why?")
    assert asked(consent.log_path()) == ["why?"]


class TestALogNamedForOneRun:
    def test_it_is_kept_there_and_nothing_is_remembered(self, tmp_path, own_home):
        tell(consent.listener_for(tmp_path / "log", "x"), "why?")
        assert asked(tmp_path / "log") == ["why?"]
        assert not consent.is_on()
        assert not consent.log_path().exists()
        assert consent.notice(tmp_path / "log").startswith("The questions that got no answer or a bad one are kept in ")

    def test_who_says_off_during_the_run_is_not_kept(self, tmp_path):
        listener = consent.listener_for(tmp_path / "log", "x")
        tell(listener, "one?")
        consent.set_consent(False)
        tell(listener, "two?")
        consent.set_consent(True)
        tell(listener, "three?")
        assert asked(tmp_path / "log") == ["one?", "three?"]

    def test_what_was_said_before_the_run_does_not_count(self, tmp_path):
        consent.set_consent(False)
        listener = consent.listener_for(tmp_path / "log", "x")
        tell(listener, "one?")
        consent.set_consent(False)
        tell(listener, "two?")
        assert asked(tmp_path / "log") == ["one?"]

    @pytest.mark.parametrize(
        ("name", "says"),
        [(".", "it is a folder"), ("no/log", "there is no such folder"), ("/dev/null", "it is not a regular file")],
    )
    def test_one_that_cannot_be_written_is_refused_before_the_chat(self, tmp_path, name, says):
        with pytest.raises(LogError, match=says):
            consent.listener_for(tmp_path / name, "x")


@pytest.mark.parametrize("text", ["", "yes", "On", "on and off", "\xff", "on" * 99])
def test_a_setting_that_nobody_made_is_none(text):
    consent.setting_path().parent.mkdir(parents=True)
    consent.setting_path().write_text(text, encoding="latin-1")
    assert not consent.is_on()


def test_what_cannot_be_remembered_is_said(own_home):
    (own_home / "config").write_text("a file, no folder")
    assert consent.set_consent(True).startswith(f"That cannot be remembered in {consent.setting_path()}: ")
    assert not consent.is_on()


def test_the_command(bot):
    talk = Chat(Shelf.of(bot), consent.listener_for(None, bot.knowledge.title))
    told = [
        "".join(text for _, text in talk.respond(line, width=None)) for line in ("/record", "/record ON", "/record")
    ]
    assert told[0] == "Off: no questions are kept. Change it with /record on or /record off."
    assert told[1].startswith("On: ")
    assert told[2] == f"{told[1]} Change it with /record on or /record off."
    talk.respond("do you sell flowers", width=None)
    assert [one.question for one in read(consent.log_path(), "The garage").asked] == ["do you sell flowers"]


def faqbot(*arguments, stdin=""):
    run = subprocess.run(
        [sys.executable, "-m", "faqbot", *map(str, arguments)], input=stdin, capture_output=True, text=True,
        check=False, timeout=60, env=os.environ,
    )  # fmt: skip
    return run.returncode, run.stdout, run.stderr


def test_chat_keeps_what_it_could_not_answer_in_the_log_that_is_named(tmp_path):
    status, _, err = faqbot("chat", "--record", tmp_path / "log", stdin="where is parking\nhow long does it take\n")
    assert (status, err) == (0, "")
    assert [one.question for one in read(tmp_path / "log", "Micro-needling").asked] == ["where is parking"]


def test_chat_with_a_log_that_cannot_be_written(tmp_path):
    status, out, err = faqbot("chat", "--record", tmp_path, stdin="where is parking\n")
    assert (status, out) == (2, "")
    assert err == f"faqbot: {tmp_path}: it is a folder; name a file in it\n"


def test_a_chat_at_a_terminal_says_so_before_the_first_question(tmp_path):
    terminal = Terminal("chat", "--quiet", "--record", tmp_path / "log", columns=200)
    terminal.until("are kept in")
    terminal.until("/record off ends that.")
    terminal.type(b"where is parking\r")
    terminal.until("I do not have an answer")
    assert terminal.leave() == 0
    assert (tmp_path / "log").exists()
