"""The review as a person meets it: keys in, screens and a file out."""

import os
import random
import re
import signal
import time

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input

from faqbot import Entry, Source
from faqbot.cli.screens import review, widgets
from faqbot.knowledge import reader
from faqbot.knowledge.review import Review
from terminal import LOOK, Sized, Terminal, screens

DRAFT = """\
# Peel

- source: Leaflet

## Does it hurt?

- also: pain
- topic: comfort
- from: sentence 2
- draft: yes

A little, for an hour.

## When may I wash?

- from: sentence 3
- draft: yes

The next day.

## What does it cost?

- gap: The leaflet gives no price.
- draft: yes

## Who may not have it?

- gap: The leaflet does not say.
- draft: yes
"""
LEAFLET = "A peel takes an hour. A little, for an hour. Wash the next day, with clear water."

SAVE, ESC, UP, DOWN, LEFT, RIGHT = "\x13", "\x1b", "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[C"
BEGINNING, REST_OF_LINE = "\x01", "\x0b"  # Ctrl-A and Ctrl-K


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "peel.md"
    path.write_text(DRAFT)
    return path


def opened(path):
    return Review(reader.read(path))


def pictures(path, *keys, columns=80, rows=24, source="", meanwhile=lambda: None):
    """Return the screens at each LOOK among the keys."""
    return screens(
        lambda: review.ReviewScreen(opened(path), lambda _: source).application(),
        *keys, columns=columns, rows=rows, meanwhile=meanwhile,
    )  # fmt: skip


def picture(path, *keys, **options):
    return pictures(path, *keys, LOOK, **options)[-1]


def entries(path):
    return reader.read(path).knowledge.entries


def test_the_entry_stands_above_its_source(path):
    assert (
        picture(path, source=LEAFLET, rows=18)
        == """\
entry 1 of 4, 4 to go                                                    peel.md
────────────────────────────────────────────────────────────────────────────────
Question  Does it hurt?
Topic     comfort
From      sentence 2

Answer    A little, for an hour.

─ Source ───────────────────────────────────────────────────────────────────────
A peel takes an hour. A little, for an hour. Wash the next day, with clear
water.

Also      pain

────────────────────────────────────────────────────────────────────────────────

a accept  d drop  m merge  g gap  e question  r answer  p phrasings  t topic
n next  b back  u undo  ? help  q quit"""
    )


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 24), (120, 24)])
def test_answer_and_source_are_in_sight_however_many_ways_to_ask_there_are(path, columns, rows):
    forms = [f"Is it number {n} of the ways to ask?" for n in range(12)]
    path.write_text(DRAFT.replace("- also: pain\n", "".join(f"- also: {form}\n" for form in forms)))
    shown, edited = pictures(path, LOOK, "p", LOOK, columns=columns, rows=rows, source=LEAFLET)
    assert "Answer    A little, for an hour." in shown
    assert "A peel takes an hour." in shown
    assert shown.index("Answer") < shown.index("Also")
    assert columns == 40 or "… and 9 more" in shown
    assert "number 3 of" not in shown
    assert "number 11 of" in edited


def test_on_a_wide_terminal_it_stands_beside(path):
    shown = picture(path, source=LEAFLET, columns=120)
    assert re.search(r"Question  Does it hurt\? +│ A peel takes an hour\.", shown)
    assert "Source ─" not in shown


def test_on_a_narrow_one_there_are_fewer_keys_and_help_has_them_all(path):
    shown, helped, closed = pictures(path, LOOK, "?", LOOK, "x", LOOK, columns=40, rows=40)
    assert shown.endswith("\n\na accept  d drop  n next  b back\n? all keys  q quit")
    assert "Question  Does it hurt?" not in helped
    assert "u         undo the last change, and the\n          one before" in helped
    assert closed == shown


@pytest.mark.parametrize("columns", [40, 41, 60, 79, 99, 100, 101, 200])
@pytest.mark.parametrize("keys", ["", "?", "e", "p", "G", "am"])
def test_nothing_is_cut_off_at_the_right(path, columns, keys):
    text = "A_word_that_is_longer_than_any_line_" * 7 + " and 皮膚科で相談してください" * 9
    path.write_text(DRAFT.replace("The next day.", text))
    shown = picture(path, keys, columns=columns, rows=60, source=text)
    letters = "".join(shown.split()).replace("│", "")
    assert "to go" in shown
    assert keys or "Does it hurt?" in shown
    assert keys != "am" or "皮" in letters


def test_a_screen_too_small_for_anything_is_no_crash(path):
    for columns, rows in ((1, 1), (5, 3), (20, 5), (400, 100)):
        path.write_text(DRAFT)
        pictures(path, "eX\ra?", LOOK, "xnG", LOOK, "aa", LOOK, columns=columns, rows=rows)


def test_without_source_text_it_says_so(path):
    assert "No source text is given." in picture(path)
    assert "No source text is given." in picture(path, columns=160)


@pytest.mark.parametrize(
    ("answer", "marked"),
    [
        ("A little, for an hour.", ["A little, for an", "hour."]),
        ("A little,\nfor an hour.", ["A little, for an", "hour."]),
        ("Reworded. A peel takes an hour.", ["A peel takes an hour."]),
        ("Nothing of this is said there.", []),
        ("hour.", []),
    ],
)
def test_what_the_answer_quotes_is_marked(answer, marked):
    lines = widgets.source(LEAFLET, Entry(question="A?", answer=answer), 40)
    assert [text.strip() for line in lines for style, text in line if style == "class:cited"] == marked


def test_a_quoted_sentence_far_down_is_in_sight_and_what_is_before_it_can_be_scrolled_to(path):
    leaflet = "".join(f"This is sentence number {n} of them.\n\n" for n in range(30)) + LEAFLET
    shown, above, top = pictures(path, LOOK, UP * 3, LOOK, UP * 99, LOOK, source=leaflet)
    assert "Does it hurt?" in shown
    assert "─ Source ─" in shown
    assert shown.index("↑ more") < shown.index("number 29") < shown.index("A peel takes an hour.")
    assert "number 28" not in shown
    assert "number 28" in above
    assert "number 0" in top
    assert "↑ more" not in top
    assert "number 0" in picture(path, source=leaflet, rows=100)
    assert "number 29" in picture(path, source=leaflet, columns=120)


def test_another_document_than_the_file_s_is_named():
    entry = Entry(question="A?", answer="a", source=Source("Letter", "line 2"))
    texts = ["".join(text for _, text in line) for line in widgets.entry(entry, 80, "Leaflet")]
    assert "From      Letter, line 2" in texts


@pytest.mark.parametrize(
    ("keys", "head", "said"),
    [
        ("a", "entry 2 of 4, 3 to go", "Accepted."),
        ("d", "entry 2 of 4, 3 to go", "Dropped."),
        ("nm", "entry 1 of 4, 3 to go", "Merged into 'Does it hurt?'."),
        ("m", "entry 1 of 4, 4 to go", "There is no entry before this one."),
        ("G", "entry 1 of 4, 2 to go", "Accepted 2 gaps."),
        ("g\r", "entry 2 of 4, 3 to go", "Marked as a gap."),
        ("n", "entry 2 of 4, 4 to go", ""),
        (RIGHT, "entry 2 of 4, 4 to go", ""),
        ("nnnn", "entry 4 of 4, 4 to go", "This is the last entry."),
        ("nnb", "entry 2 of 4, 4 to go", ""),
        ("nn" + LEFT, "entry 2 of 4, 4 to go", ""),
        ("b", "entry 1 of 4, 4 to go", "This is the first entry."),
        ("ab", "entry 1 of 4, 3 to go, accepted", ""),
        ("aba", "entry 2 of 4, 3 to go", "Accepted already."),
        ("aau", "entry 2 of 4, 3 to go", "Undone."),
        ("aauuu", "entry 1 of 4, 4 to go", "There is nothing to undo."),
        ("nnna", "entry 1 of 4, 3 to go", "Accepted."),
        ("xyz5 \r\t", "entry 1 of 4, 4 to go", ""),
        ("?a", "entry 1 of 4, 4 to go", ""),
        ("?qa", "entry 2 of 4, 3 to go", "Accepted."),
    ],
)
def test_a_key_a_decision(path, keys, head, said):
    shown = picture(path, keys)
    assert shown.split("  ")[0] == head
    assert shown.split("\n")[-3] == said


@pytest.mark.parametrize(
    ("keys", "field", "value"),
    [
        ("e" + BEGINNING + REST_OF_LINE + "Is it painful?\r", "question", "Is it painful?"),
        ("e" + BEGINNING + REST_OF_LINE + "Is it painful?" + SAVE, "question", "Is it painful?"),
        ("r\n\n- one" + SAVE, "answer", "A little, for an hour.\n\n- one"),
        ("p\rache\r\r Is it  sore? " + SAVE, "phrasings", ("pain", "ache", "Is it sore?")),
        ("p" + BEGINNING + REST_OF_LINE + SAVE, "phrasings", ()),
        ("t and care\r", "topic", "comfort and care"),
        ("g\r", "gap", "The source does not say. Ask someone who knows your case."),
        ("g" + BEGINNING + REST_OF_LINE + "Ask.\r", "gap", "Ask."),
        ("e what?" + ESC, "question", "Does it hurt?"),
        ("e what?\x03", "question", "Does it hurt?"),
        ("e\x1b[200~ or\r\nwhat\x1b]0;x\x07\x1b[201~\r", "question", "Does it hurt? or what"),
    ],
)
def test_a_field_is_edited(path, keys, field, value):
    picture(path, keys)
    assert getattr(entries(path)[0], field) == value
    assert (entries(path)[0].id, entries(path)[0].draft) == ("does-it-hurt", "g" not in keys[0])


def test_the_editor_shows_how_it_ends(path):
    line, text = pictures(path, "e", LOOK, ESC, "r", LOOK)
    assert "─ Question ─" in line
    assert "Does it hurt?\n" in line.split("─ Question ─")[1]
    assert line.endswith("Enter saves, Esc leaves it as it was.")
    assert text.endswith("Ctrl-S saves, Esc leaves it as it was.")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("e" + BEGINNING + REST_OF_LINE + "\r", "A question cannot be blank."),
        ("e" + BEGINNING + REST_OF_LINE + "When may I wash\r", "the question 'When may I wash?' is there twice."),
        ("r\r\r## A heading\r\rtext" + SAVE, "cannot be written to a knowledge file as it is"),
        ("g" + BEGINNING + REST_OF_LINE + "\r", "A gap needs a sentence"),
    ],
)
def test_what_cannot_be_saved_is_said_and_stays_in_the_editor(path, keys, said):
    shown = picture(path, keys)
    assert said in " ".join(shown.split())
    assert "Esc leaves it as it was." in shown
    assert path.read_text() == DRAFT


def test_long_texts_scroll(path):
    path.write_text(DRAFT.replace("A little, for an hour.", "\n\n".join(f"Paragraph {n}." for n in range(40))))
    top, below, bottom, back = pictures(
        path, LOOK, DOWN * 3, LOOK, "\x1b[6~" * 20, LOOK, "\x1b[5~" * 20 + UP, LOOK, rows=20
    )
    assert "Question" in top
    assert "↓ more" in top
    assert "↑ more" in below
    assert "Paragraph 0." in below
    assert "No source text" in bottom
    assert "↓ more" not in bottom
    assert back == top


class TestTheEnd:
    def test_it_sums_up_and_waits(self, path):
        shown = picture(path, "adG")
        assert "4 reviewed: 3 accepted, 1 dropped, 0 merged, 0 left." in shown
        assert "entry 2" not in shown.split("\n")[1]

    def test_the_last_decision_can_be_taken_back(self, path):
        assert picture(path, "adGu").startswith("entry 3 of 4, 2 to go")

    def test_looking_again(self, path):
        assert picture(path, "aaaab").startswith("entry 4 of 4, 0 to go, accepted")

    def test_there_may_be_nothing_to_look_at(self, path):
        path.write_text("# T\n\n## By hand?\n\nYes.\n\n" + DRAFT.split("Leaflet\n\n")[1])
        shown, taken_back = pictures(path, "ddddbbn", LOOK, "u", LOOK)
        assert "4 reviewed: 0 accepted, 4 dropped" in shown
        assert taken_back.startswith("entry 4 of 4, 1 to go")

    @pytest.mark.parametrize("keys", ["q", "\x03", "\x04", "aaaa\r", "aaaaq", "?q\x03"])
    def test_keys_that_leave(self, path, keys):
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=Sized(80, 24)):
            pipe.send_text(keys)
            review.ReviewScreen(opened(path)).run()

    def test_a_terminal_that_goes_away(self, path):
        with create_pipe_input() as pipe, create_app_session(input=pipe, output=Sized(80, 24)):
            pipe.send_text("ae half")
            pipe.close()
            review.ReviewScreen(opened(path)).run()
        assert [entry.draft for entry in entries(path)] == [False, True, True, True]


def test_who_comes_back_goes_on_where_drafts_begin(path):
    pictures(path, "ad")
    assert picture(path).startswith("entry 1 of 2, 2 to go")
    assert "What does it cost?" in picture(path)


class TestAnotherEditor:
    def test_their_change_is_shown_and_the_decision_is_not_taken(self, path):
        theirs = DRAFT.replace("A little", "Much")
        before, after = pictures(path, LOOK, "a", LOOK, meanwhile=lambda: path.write_text(theirs))
        assert "A little" in before
        assert "Answer    Much" in after
        assert "The file was changed by somebody else, and is read again: look, then decide." in after
        assert path.read_text() == theirs

    def test_an_edit_stays_in_the_editor(self, path):
        theirs = DRAFT.replace("A little", "Much")
        keys = (LOOK, "t and care\r", LOOK, "\r")
        _, after = pictures(path, *keys, meanwhile=lambda: path.write_text(theirs))
        assert "comfort and care" in after
        assert entries(path)[0].answer.startswith("Much")

    def test_they_may_leave_nothing_to_review(self, path):
        theirs = "# Peel\n\n## Other?\n\nYes.\n"
        for keys in ("a", "e what?\r", "r Yes." + SAVE):
            path.write_text(DRAFT)
            _, after, *_ = pictures(path, LOOK + keys, LOOK, meanwhile=lambda: path.write_text(theirs))
            assert "The file was changed by somebody else" in after
            assert "0 left" in after
            assert path.read_text() == theirs

    def test_faults_are_told(self, path):
        _, after = pictures(path, LOOK, "a", LOOK, meanwhile=lambda: path.write_text("## A?\n\n- alos: x\n\na\n"))
        assert "unknown field 'alos'" in " ".join(after.split())


EVIL = "\x1b]0;title\x07\x1b[2J\x9b31m\u202eevil"


def test_nothing_in_a_file_or_a_source_steers_the_terminal(path):
    text = DRAFT
    for word in ("hurt", "pain", "comfort", "sentence 2", "little", "price"):
        text = text.replace(word, word + EVIL)
    path.write_text(text)
    for picture in pictures(path, LOOK, "e", LOOK, ESC, "r", LOOK, ESC, "nnG", LOOK, "u", LOOK, source=EVIL):
        assert all(letter == "\n" or letter.isprintable() for letter in picture)
        assert "evil" in picture


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_typed_no_entry_is_lost(path, seed):
    """Each one is in the file or among those that were dropped, and the file can be read."""
    chance = random.Random(seed)
    ids = {entry.id for entry in entries(path)}
    keys = [
        *"aadmmggGeerrptnbbuu?x \r\t",
        SAVE,
        ESC,
        UP,
        DOWN,
        LEFT,
        RIGHT,
        "# h\r\rx",
        BEGINNING + REST_OF_LINE,
        "- also: x",
    ]
    pictures(path, *(chance.choice(keys) + chance.choice(["", LOOK]) for _ in range(60)), source=LEAFLET)
    found = reader.read(path).knowledge
    assert ids == {entry.id for entry in found.entries} | set(found.dropped)


class TestARealTerminal:
    """The whole program, under a pseudo-terminal."""

    @pytest.mark.parametrize("columns", [40, 120])
    def test_a_review_from_beginning_to_end(self, path, columns):
        terminal = Terminal("review", path, columns=columns)
        terminal.until("entry 1 of 4, 4 to go")
        terminal.type(b"ad")
        self.wait(lambda: len(entries(path)) == 3)
        terminal.type(b"G")
        terminal.until("q leaves.")
        terminal.type(b"q")
        terminal.until("4 reviewed: 3 accepted, 1 dropped, 0 merged, 0 left\n")
        assert terminal.leave() == 0

    def test_an_interrupt_from_outside_is_ctrl_c(self, path):
        terminal = Terminal("review", path)
        terminal.until("to go")
        os.kill(terminal.pid, signal.SIGINT)
        terminal.until("4 left\n")
        assert terminal.leave() == 1

    def test_leaving_early_is_status_1(self, path):
        terminal = Terminal("review", path)
        terminal.until("to go")
        terminal.type(b"a\x04")
        terminal.until("1 reviewed: 1 accepted, 0 dropped, 0 merged, 3 left\n")
        assert terminal.leave() == 1

    def test_control_sequences_of_the_file_do_not_arrive(self, path):
        path.write_text(DRAFT.replace("hurt", "hurt" + EVIL).replace("little", "little" + EVIL))
        terminal = Terminal("review", path)
        terminal.until("to go")
        terminal.type(b"q")
        terminal.until("4 left")
        assert "evil" in terminal.raw
        assert "title" not in terminal.raw
        assert "\x9b" not in terminal.raw
        assert "\u202e" not in terminal.raw

    def test_it_reads_the_same_without_colours(self, path, monkeypatch):
        monkeypatch.setenv("NO_COLOR", "1")
        terminal = Terminal("review", path)
        terminal.until("q quit")
        assert not re.search(r"\x1b\[(?:\d+;)*(?:3[1-8]|4[1-8]|9[0-7])[;m]", terminal.raw)
        terminal.type(b"q")
        assert terminal.leave() == 1

    def test_killed_in_the_middle_of_an_edit_every_decision_is_there(self, path):
        terminal = Terminal("review", path)
        terminal.until("to go")
        terminal.type(b"a")
        self.wait(lambda: not entries(path)[0].draft)
        terminal.type(b"e or what")
        terminal.until("Enter saves")
        text = path.read_text()
        terminal.kill()
        assert path.read_text() == text
        assert [entry.draft for entry in entries(path)] == [False, True, True, True]
        again = Terminal("review", path)
        assert "When may I wash?" in again.until("The next day.")
        again.kill()

    @pytest.mark.parametrize("seconds", [0.0, 0.05, 0.15])
    def test_killed_while_deciding_the_file_is_whole(self, path, seconds):
        path.write_text("# T\n\n" + "".join(f"## Number {n}?\n\n- draft: yes\n\nIt is {n}.\n\n" for n in range(300)))
        terminal = Terminal("review", path)
        terminal.until("to go")
        terminal.type(b"a" * 300)
        self.wait(lambda: not entries(path)[0].draft)
        time.sleep(seconds)
        terminal.kill()
        drafts = [entry.draft for entry in entries(path)]
        assert len(drafts) == 300
        assert drafts == sorted(drafts)  # decided ones first: none was left out

    @staticmethod
    def wait(until):
        end = time.monotonic() + 30
        while not until():
            assert time.monotonic() < end
            time.sleep(0.01)
