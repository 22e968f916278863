"""Going through unanswered questions as a person meets it: keys in, screens and files out; and as a list."""

import contextlib
import io
import json
import random
import re
import time

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input

from faqbot.answering.feedback import Feedback, Verdict
from faqbot.cli import gaps as grouped
from faqbot.cli import main
from faqbot.cli.chat import consent
from faqbot.cli.screens import gaps as screen
from faqbot.evaluation import log as query_log
from faqbot.knowledge import reader
from terminal import LOOK, Sized, Terminal, screens

FILE = """\
# Peel

- source: Leaflet

## Does it hurt?

- also: pain

A little.

## When may I wash?

The next day.
"""
QUESTIONS = ("is it vegan", "Is it vegan?", "is it a vegan peel", "where is the lift", "do you sell flowers")
EVIL = "\x1b]0;title\x07\x1b[2J\x9b31m\u202eevil"
SAVE, ESC, DOWN, LEFT, RIGHT = "\x13", "\x1b", "\x1b[B", "\x1b[D", "\x1b[C"
BEGINNING, REST_OF_LINE = "\x01", "\x0b"  # Ctrl-A and Ctrl-K


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "peel.md"
    path.write_text(FILE)
    return path


@pytest.fixture
def log(tmp_path):
    log = tmp_path / "log"
    keep = query_log.recorder(log, "Peel")
    for question in QUESTIONS:
        keep(Feedback(question, Verdict.UNANSWERED))
    return log


def pictures(path, log, *keys, **options):
    return screens(lambda: screen.GapsScreen(grouped.opened(str(path), str(log))).application(), *keys, **options)


def picture(path, log, *keys, **options):
    return pictures(path, log, *keys, LOOK, **options)[-1]


def entries(path):
    return {entry.question: entry for entry in reader.read(path).knowledge.entries}


def test_a_group_stands_above_the_entries_that_come_nearest(path, log):
    """How near depends on what is installed."""
    assert (
        re.sub(r"  0\.\d\d", "  0.12", picture(path, log, rows=14))
        == """\
group 1 of 3, 3 to go                                                    peel.md
────────────────────────────────────────────────────────────────────────────────
Asked     3 times
→         is it vegan (2 times)
          is it a vegan peel

Entries   that come nearest
       1  Does it hurt?  0.12
       2  When may I wash?  0.12

────────────────────────────────────────────────────────────────────────────────

1-5 add to that entry  f find entry  a answer  g gap  w next wording
e edit wording  x dismiss  s skip  b back  u undo  ? help  q quit"""
    )


@pytest.mark.parametrize(
    ("keys", "head", "said"),
    [
        ("1", "group 2 of 3, 2 to go", "Added to 'Does it hurt?'. All 2 wordings now get it; no other entry suffers."),
        ("9", "group 1 of 3, 3 to go", ""),
        ("5", "group 1 of 3, 3 to go", "There is no entry of that number."),
        ("aNo." + SAVE + "\r", "group 2 of 3, 2 to go", "Added as a new entry. All 2 wordings now get it"),
        ("a" + SAVE, "group 1 of 3, 3 to go", "An answer cannot be blank."),
        ("a# h" + SAVE + "\r", "group 1 of 3, 3 to go", "cannot be written to a knowledge file as it is"),
        ("aNo." + ESC, "group 1 of 3, 3 to go", "Left as it was."),
        ("aNo." + SAVE + ESC, "group 1 of 3, 3 to go", "Left as it was."),
        ("g\r", "group 2 of 3, 2 to go", "Added as a gap. All 2 wordings now get it"),
        ("x", "group 2 of 3, 2 to go", "Dismissed for good."),
        ("s", "group 2 of 3, 3 to go", ""),
        (RIGHT + LEFT, "group 1 of 3, 3 to go", ""),
        ("b", "group 1 of 3, 3 to go", "This is the first group."),
        ("sss", "group 3 of 3, 3 to go", "This is the last group."),
        ("1u", "group 1 of 3, 3 to go", "Undone."),
        ("xu", "group 1 of 3, 3 to go", "Undone."),
        ("u", "group 1 of 3, 3 to go", "There is nothing to undo."),
        ("sw", "group 2 of 3, 3 to go", "There is no other wording."),
        ("xyz? \r\t", "group 2 of 3, 2 to go", ""),
        ("xxx", "nothing to go", "Dismissed for good."),
        ("xxxu", "group 3 of 3, 1 to go", "Undone."),
        ("?q", "group 1 of 3, 3 to go", ""),
    ],
)
def test_a_key_a_decision(path, log, keys, head, said):
    shown = picture(path, log, keys, columns=120)
    assert shown.split("  ")[0].split("\n")[0] == head
    assert said in shown


@pytest.mark.parametrize(
    ("keys", "question", "what"),
    [
        ("w1", "Does it hurt?", {"phrasings": ("pain", "is it a vegan peel")}),
        ("ww1", "Does it hurt?", {"phrasings": ("pain", "is it vegan")}),
        (
            "e" + BEGINNING + REST_OF_LINE + "Is a peel vegan?\r1",
            "Does it hurt?",
            {"phrasings": ("pain", "Is a peel vegan?")},
        ),
        ("fwash\r1", "When may I wash?", {"phrasings": ("is it vegan",)}),
        (
            "aNo.\r\r- not yet" + SAVE + BEGINNING + REST_OF_LINE + "The desk\r",
            "is it vegan",
            {"answer": "No.\n\n- not yet"},
        ),
        ("g" + BEGINNING + REST_OF_LINE + "Ask.\r", "is it vegan", {"gap": "Ask."}),
        ("e?\rg\r", "is it vegan?", {"gap": "The source does not say. Ask someone who knows your case."}),
        ("a\x1b[200~one\r\ntwo" + EVIL + "\x1b[201~" + SAVE + "\r", "is it vegan", {"answer": "one\ntwoevil"}),
    ],
)
def test_what_is_written(path, log, keys, question, what):
    picture(path, log, keys)
    assert {name: getattr(entries(path)[question], name) for name in what} == what


def test_the_source_of_an_answer_is_asked_for(path, log):
    shown = picture(path, log, "aNo." + SAVE)
    assert "─ Where the answer comes from ─" in shown
    assert "Leaflet" in shown.split("comes from ─")[1]
    picture(path, log, "aNo." + SAVE + BEGINNING + REST_OF_LINE + "The desk\r")
    assert entries(path)["is it vegan"].source.document == "The desk"


def test_a_file_without_a_source_asks_for_none(path, log):
    path.write_text(FILE.replace("- source: Leaflet\n", ""))
    picture(path, log, "aNo." + SAVE)
    assert entries(path)["is it vegan"].answer == "No."


def test_answers_that_people_did_not_like_say_so(path, tmp_path):
    keep = query_log.recorder(tmp_path / "log", "Peel")
    entry = entries(path)["Does it hurt?"]
    keep(Feedback("does it hurt", Verdict.BAD, 1.0, entry))
    shown = picture(path, tmp_path / "log", "1", columns=120)
    assert "does it hurt (was answered, and not liked)" in shown
    assert "It gets this entry already, and people did not like that" in shown


def test_the_end_says_what_became_of_it(path, log):
    shown = picture(path, log, "xxx")
    assert "peel.md:noquestionisleftwithoutananswer" in "".join(shown.split())  # wherever the path's lines end
    assert "q leaves, u takes the last decision back." in shown


def test_help_has_every_key(path, log):
    shown = picture(path, log, "?")
    assert all(what in " ".join(shown.split()) for _, what in screen.HELP)


@pytest.mark.parametrize("columns", [40, 79, 120])
@pytest.mark.parametrize("keys", ["", "?", "a", "e", "xxx"])
def test_nothing_is_cut_off_at_the_right(path, log, columns, keys):
    long = "A_word_that_is_longer_than_any_line_" * 4
    path.write_text(FILE.replace("Does it hurt?", f"Does it hurt {long}?"))
    shown = "".join(picture(path, log, keys, columns=columns, rows=60).split())
    assert long in shown or keys in ("?", "xxx")


def test_a_screen_too_small_for_anything_is_no_crash(path, log):
    for columns, rows in ((1, 1), (5, 3), (20, 5)):
        pictures(path, log, "eX\ra?", LOOK, "x", DOWN, LOOK, columns=columns, rows=rows)


def test_long_groups_scroll_and_the_marked_wording_is_in_sight(path, log):
    keep = query_log.recorder(log, "Peel")
    for number in range(20):
        keep(Feedback(f"is it vegan {chr(97 + number) * 3}", Verdict.UNANSWERED))
    shown = picture(path, log, "w" * 12, rows=30)
    assert "→" in shown
    assert "more" in shown


def test_scrolling_ends_where_the_text_ends(path, log):
    path.write_text(FILE.replace("Does it hurt?", f"Does it hurt {'very ' * 200}much?"))
    top, bottom, back = pictures(path, log, LOOK, DOWN * 99, LOOK, "\x1b[A" * 99, LOOK, rows=16)
    assert "\u2193 more" in top
    assert "When may I wash?" in bottom
    assert "\u2191 more" in bottom
    assert back == top


@pytest.mark.parametrize("keys", ["q", "\x03", "\x04", "xxx\r", "xxxq", "?q\x03"])
def test_keys_that_leave(path, log, keys):
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=Sized(80, 24)):
        pipe.send_text(keys)
        screen.GapsScreen(grouped.opened(str(path), str(log))).run()


def test_another_editor_is_never_written_over(path, log):
    theirs = FILE + "\n## Is it vegan?\n\nNo.\n"
    _, after = pictures(path, log, LOOK, "aYes." + SAVE + "\r", LOOK, meanwhile=lambda: path.write_text(theirs))
    assert "The file was changed by somebody else, and is read again" in " ".join(after.split())
    assert "where is the lift" in after
    assert path.read_text() == theirs


def test_nothing_in_a_file_or_a_log_steers_the_terminal(path, log):
    path.write_text(FILE.replace("hurt", "hurt" + EVIL).replace("Leaflet", "Leaflet" + EVIL))
    with log.open("a") as lines:
        lines.write(
            json.dumps({"question": "vegan" + EVIL, "verdict": "bad", "given": EVIL, "knowledge": "Peel"}) + "\n"
        )
        lines.write(json.dumps({"question": "why", "verdict": "bad", "knowledge": EVIL}) + "\n")
    for shown in pictures(path, log, LOOK, "aX" + SAVE, LOOK, ESC, "xxxx", LOOK):
        assert all(letter == "\n" or letter.isprintable() for letter in shown)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_typed_no_entry_and_no_question_is_lost(path, log, seed):
    chance = random.Random(seed)
    before = set(entries(path))
    keys = [*"1122faegwxsbuu? \r\t", SAVE, ESC, LEFT, RIGHT, "# h\r\rx", BEGINNING + REST_OF_LINE, "- also: x"]
    pictures(path, log, *(chance.choice(keys) + chance.choice(["", LOOK]) for _ in range(50)))
    assert before <= set(entries(path))
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["question"] for line in lines if "question" in line] == list(QUESTIONS)


def faqbot(*arguments):
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        status = main.main(["gaps", *map(str, arguments)])
    return status, out.getvalue(), err.getvalue()


class TestWithoutATerminal:
    def test_the_groups_are_listed_most_asked_first(self, path, log):
        status, out, err = faqbot(path, log)
        assert (status, err) == (1, "")
        assert out.split("\n")[:2] == ["3 times: is it vegan", "    is it a vegan peel"]
        assert out.endswith(f"{path}: 3 groups left of questions without an answer, asked 5 times\n")

    def test_json_has_everything(self, path, log):
        status, out, err = faqbot(path, log, "--json")
        found = json.loads(out)
        assert (status, err) == (1, "")
        assert (found["file"], found["log"], found["answered"], found["full"]) == (str(path), str(log), 0, False)
        group = found["groups"][0]
        assert (group["count"], group["typical"]) == (3, "is it vegan")
        assert group["wordings"][0] == {"question": "is it vegan", "count": 2, "verdicts": ["unanswered"]}
        assert {"id", "question", "score"} == set(group["near"][0])

    def test_nothing_left_is_status_0(self, path, log):
        path.write_text(FILE + "".join(f"\n## {question}\n\nNo.\n" for question in QUESTIONS[2:]))
        status, out, _ = faqbot(path, log)
        assert status == 0
        assert out == (
            f"{path}: no question is left without an answer\n5 questions of the log answered by now, and left out\n"
        )

    def test_what_was_left_out_is_said(self, path, log):
        with log.open("a") as lines:
            lines.write(
                "half a li\n" + json.dumps({"question": "x", "verdict": "bad", "knowledge": "Spa" + EVIL}) + "\n"
            )
        query_log.dismiss(log, "Peel", ["where is the lift"])
        out = faqbot(path, log)[1].splitlines()
        assert out[-3:] == [
            "1 question dismissed earlier, and left out",
            "1 question asked of another knowledge base, 'Spaevil', and left out",
            f"1 line of {log} cannot be read, and left out",
        ]

    def test_the_log_of_somebody_who_agreed_is_the_default(self, path):
        consent.set_consent(True)
        assert faqbot(path) == (0, f"{path}: no question is left without an answer\n", "")
        query_log.recorder(consent.log_path(), "Peel")(Feedback("is it vegan", Verdict.UNANSWERED))
        assert faqbot(path)[0] == 1

    def test_where_nobody_agreed_it_says_how(self, path):
        status, out, err = faqbot(path)
        assert (status, out) == (2, "")
        assert err.endswith("no questions are kept; /record on in the chat keeps them, or name a log\n")

    @pytest.mark.parametrize("which", ["file", "log"])
    def test_what_cannot_be_used_is_one_sentence_and_status_2(self, path, log, which, tmp_path):
        missing = tmp_path / "missing"
        status, out, err = faqbot(*((missing, log) if which == "file" else (path, missing)))
        assert (status, out) == (2, "")
        assert err == f"faqbot: {missing}: there is no such file; check the name and the folder\n"

    @pytest.mark.parametrize(
        "data", [b"\x00\xff\xfe" * 999, b"[" * 100_000, b"{}\n" * 999, b'{"knowledge": "Peel"}', b"\n" * 999, b""]
    )
    def test_a_hostile_log_is_no_traceback(self, path, tmp_path, data):
        (tmp_path / "log").write_bytes(data)
        status, _, err = faqbot(path, tmp_path / "log")
        assert (status, err) == (0, "")


def wait(until):
    end = time.monotonic() + 30
    while not until():
        assert time.monotonic() < end
        time.sleep(0.005)


class TestARealTerminal:
    """The whole program, under a pseudo-terminal."""

    def test_from_beginning_to_end(self, path, log):
        terminal = Terminal("gaps", path, log, columns=120)
        terminal.until("group 1 of 3, 3 to go")
        terminal.type(b"1")
        terminal.until("no other entry suffers.")
        terminal.type(b"g\r")
        wait(lambda: len(entries(path)) == 3)  # only what changed is drawn: there is no sentence to wait for
        terminal.type(b"x")
        terminal.until("q leaves")
        terminal.type(b"q")
        terminal.until("no question is left without an answer")
        assert terminal.leave() == 0
        assert entries(path)["Does it hurt?"].phrasings == ("pain", "is it vegan")

    def test_leaving_early_is_status_1(self, path, log):
        terminal = Terminal("gaps", path, log, columns=120)
        terminal.until("group 1 of 3")
        terminal.type(b"xq")
        terminal.until("2 groups left")
        assert terminal.leave() == 1

    @pytest.mark.parametrize("seconds", [0.0, 0.05, 0.2])
    def test_killed_while_deciding_the_file_is_whole(self, path, log, seconds):
        path.write_text(FILE + "".join(f"\n## Number {n}?\n\nIt is {n}.\n" for n in range(300)))
        terminal = Terminal("gaps", path, log, columns=120)
        terminal.until("to go")
        terminal.type(b"g\ru" * 200)
        wait(lambda: len(entries(path)) == 303)
        time.sleep(seconds)
        terminal.kill()
        found = reader.read(path)
        assert len(found.knowledge.entries) in (302, 303)
