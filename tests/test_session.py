import os
import re
import time

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from faqbot import Entry
from faqbot.cli.chat import completion, session
from faqbot.cli.chat.bots import Shelf
from faqbot.cli.chat.commands import Chat
from faqbot.cli.chat.completion import QuestionCompleter
from terminal import Terminal


class Screen(DummyOutput):
    """A terminal that keeps what is written to it."""

    def __init__(self):
        self.text = ""

    def write(self, data):
        self.text += data

    write_raw = write


def typed(bot, keys, **options):
    """Return what a chat shows for these keys."""
    screen = Screen()
    with create_pipe_input() as pipe:
        pipe.send_text(keys)
        session.chat(Chat(Shelf.of(bot)), input=pipe, output=screen, **options)
    return screen.text


def test_an_answer_is_shown_and_ctrl_d_leaves(bot):
    assert "Behind the house." in typed(bot, "were do i prak\r\x04")


def test_quit_leaves(bot):
    assert "Behind" not in typed(bot, "/quit\rwhere do i park\r\x04")


def test_ctrl_c_clears_the_line_and_stays(bot):
    shown = typed(bot, "when are you\x03where do i park\r\x04")
    assert "Behind the house." in shown
    assert "nine to five" not in shown


def test_a_pasted_question_of_several_lines_is_one_question(bot):
    assert "Behind the house." in typed(bot, "\x1b[200~where do\ni park?\x1b[201~\r\x04")


def test_ctrl_c_on_an_empty_line_says_how_to_leave(bot):
    assert "/quit leaves" not in typed(bot, "half\x03\x04")
    assert typed(bot, "half\x03\x03\x03\x04").count("Ctrl-D or /quit leaves.") == 2


def test_a_pasted_page_is_cut_and_told_to_be_too_long(bot):
    assert "That is too long" in typed(bot, f"\x1b[200~{'paste ' * 9_000}\x1b[201~\r\x04")


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (120, " The garage  /help  Ctrl-D leaves  Tab completes  Ctrl-C clears the line"),
        (60, " The garage  /help  Ctrl-D leaves  Tab completes"),
        (30, " The garage  /help"),
        (12, " /help"),
        (5, ""),
    ],
)
def test_the_toolbar_is_one_line_in_any_terminal(bot, columns, shown):
    assert session.toolbar(Chat(Shelf.of(bot)), "", columns) == shown


def test_vi_keys(bot):
    assert "Behind the house." in typed(bot, "xwhere do i park\x1b0x\r\x04", vi=True)


class TestHistory:
    def test_it_is_kept_for_its_owner_only(self, bot, own_home):
        path = session.history_path()
        assert path == own_home / "state/faqbot/history"
        assert not path.exists()
        typed(bot, "where do i park\r\x04", history=path)
        assert "+where do i park" in path.read_text()
        assert path.stat().st_mode & 0o777 == 0o600

    def test_the_last_question_comes_back(self, bot, tmp_path):
        typed(bot, "where do i park\r\x04", history=tmp_path / "h")
        history, warning = session.open_history(tmp_path / "h")
        assert (list(history.load_history_strings()), warning) == (["where do i park"], "")

    @pytest.mark.parametrize("place", ["/dev/null/x/history", "/proc/nothing/history"])
    def test_a_folder_that_cannot_be_made_is_told_once(self, bot, place):
        shown = typed(bot, "where do i park\r\x04", history=session.Path(place))
        assert "Behind the house." in shown
        assert shown.count("The history is not kept") == 1

    def test_what_is_no_file_is_no_history(self, tmp_path):
        os.mkfifo(tmp_path / "fifo")
        for path in (tmp_path, tmp_path / "fifo", session.Path("/dev/zero")):
            assert "The history is not kept" in session.open_history(path)[1]

    def test_the_permissions_of_what_a_link_leads_to_are_its_own(self, tmp_path):
        (tmp_path / "target").touch(mode=0o644)
        (tmp_path / "link").symlink_to(tmp_path / "target")
        assert session.open_history(tmp_path / "link")[1] == ""
        assert (tmp_path / "target").stat().st_mode & 0o777 == 0o644

    def test_a_folder_that_vanishes_does_not_end_the_chat(self, tmp_path):
        history, _ = session.open_history(tmp_path / "state/history")
        (tmp_path / "state/history").unlink()
        (tmp_path / "state").rmdir()
        history.store_string("x")
        assert list(history.load_history_strings()) == []


class TestCompletion:
    @pytest.mark.parametrize(
        ("text", "first"),
        [
            ("/to", "/topics"),
            ("/", "/topics"),
            ("where", "Where do I park?"),
            ("car", "Where do I park?"),
            ("do you rep", "Do you repair electric bikes?"),
            ("elektric bi", "Do you repair electric bikes?"),
        ],
    )
    def test_the_first_offer(self, garage, text, first):
        assert self.offered(garage, text)[0].text == first

    @pytest.mark.parametrize("text", ["", "w", "/zzz", "zzzzzz", "x" * 1000])
    def test_nothing_to_offer(self, garage, text):
        assert self.offered(garage, text) == []

    def test_gaps_are_offered_too_and_topics_are_shown(self, garage):
        offers = {offer.text: offer.display_meta_text for offer in self.offered(garage, "how")}
        assert offers == {"How long does a repair take?": "repairs", "How much is a new chain?": ""}

    def test_ten_thousand_entries_take_little_time(self):
        entries = tuple(
            Entry(question=f"How much is part {number} of {number % 97}?", answer="x") for number in range(10_000)
        )
        completer = QuestionCompleter(lambda: entries)
        asked = ("how much is pa", "part 77", "pratt 9999", "zzz")
        offered = []
        for text in (*asked, *asked):  # once more, now that all is read
            started = time.monotonic()
            offered.append([offer.text for offer in completer.get_completions(Document(text), CompleteEvent())])
            took = time.monotonic() - started
        assert took < 1
        assert "How much is part 77 of 77?" in offered[-3]

    def test_a_bug_costs_the_offers_and_not_the_chat(self, bot, monkeypatch):
        monkeypatch.setattr(completion.Offers, "for_text", lambda *_: 1 / 0)
        completer = QuestionCompleter(lambda: bot.knowledge.entries)
        assert list(completer.get_completions(Document("where"), CompleteEvent())) == []
        assert completer.failure == "ZeroDivisionError"
        said = session.toolbar(Chat(Shelf.of(bot)), completer.failure, 80)
        assert said == " Completion went wrong (ZeroDivisionError); the chat goes on."
        assert "Behind the house." in typed(bot, "where do i park\r\x04")

    @staticmethod
    def offered(garage, text):
        completer = QuestionCompleter(lambda: garage.entries)
        return list(completer.get_completions(Document(text), CompleteEvent()))


def test_a_real_terminal(own_home):
    """Greeting, answer, lines wrapped to 40 columns, Ctrl-C, Ctrl-D."""
    terminal = Terminal(columns=40)
    terminal.until("Ctrl-D leaves.")
    terminal.until(">")
    terminal.type(b"how long does it take\r")
    assert "about an hour" in terminal.until("Micro-needling?, 27 Nov,\nparagraph 1, sentence 6")
    terminal.until(">")
    terminal.type(b"half a line")
    terminal.until("half a line")
    terminal.type(b"\x03")
    terminal.until(">")
    assert terminal.leave() == 0
    assert (own_home / "state/faqbot/history").exists()


@pytest.mark.parametrize(("setting", "coloured"), [("1", False), ("", True)])
def test_no_color_turns_colours_off(own_home, monkeypatch, setting, coloured):
    monkeypatch.setenv("NO_COLOR", setting)
    terminal = Terminal(columns=80)
    terminal.until(">")
    terminal.type(b"does it wr")
    terminal.until("reduce wrinkles?")
    colours = re.findall(r"\x1b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]", terminal.raw)
    assert bool(colours) is coloured
    terminal.type(b"\x03")
    assert terminal.leave() == 0
