"""What going through unanswered questions does to the knowledge file and the log; its screen is tested elsewhere."""

import pytest

from faqbot import FaqBot
from faqbot.answering.feedback import Feedback, Verdict
from faqbot.errors import ChangedError
from faqbot.evaluation import gaps
from faqbot.evaluation import log as query_log
from faqbot.evaluation.triage import Triage
from faqbot.knowledge import reader

FILE = """\
<!-- by hand -->
# The garage

- source: Our list
- same: bike, bicycle

Some words of welcome.

## Visit

### When are you open?

From nine to five.

### Where do I park?

- also:   Is there a car park?

Behind the house.

## Do you repair electric bikes?

Yes, all makes.
"""
QUESTIONS = (
    "do you rent scooters", "do you rent out scooters?", "do you rent scooters", "can i leave my car",
    "is it vegan", "can a pram be mended",
)  # fmt: skip


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "garage.md"
    path.write_text(FILE)
    return path


@pytest.fixture
def walk(path, tmp_path):
    keep = query_log.recorder(tmp_path / "log", "The garage")
    for question in QUESTIONS:
        keep(Feedback(question, Verdict.UNANSWERED))
    return opened(path)


def opened(path):
    file = reader.read(path)
    log = query_log.read(path.with_name("log"), file.knowledge.title)
    bot = FaqBot(file.knowledge)
    return Triage(file, log, gaps.find(bot, log.asked), bot)


def on_disk(path):
    return {entry.id: entry for entry in reader.read(path).knowledge.entries}


def typical(walk):
    return walk.cluster.typical.text if walk.cluster else None


def test_it_begins_with_what_was_asked_most(walk):
    assert (typical(walk), walk.cluster.count, walk.left) == ("do you rent scooters", 3, 4)


def test_a_phrasing_goes_to_its_entry_and_everything_else_stays(walk, path):
    walk.forward()
    assert typical(walk) == "can i leave my car"
    said = walk.add_phrasing("where-do-i-park", "Can I leave my car?")
    assert said == "Added to 'Where do I park?'. The question now gets it; no other entry suffers."
    assert path.read_text() == FILE.replace(
        "- also:   Is there a car park?\n", "- also: Is there a car park?\n- also: Can I leave my car?\n"
    )
    assert (typical(walk), walk.left) == ("is it vegan", 3)


def test_a_new_entry_stands_behind_its_nearest_with_its_source(walk, path):
    walk.add_answer("Do you rent scooters?", "No.\n\n- not yet", "Our boss")
    entry = on_disk(path)["do-you-rent-scooters"]
    assert (entry.answer, entry.source.document, entry.draft) == ("No.\n\n- not yet", "Our boss", False)
    assert path.read_text().replace("- source: Our boss\n\nNo.", "No.").count("\n") == FILE.count("\n") + 6
    assert walk.left == 3


def test_an_answer_that_names_no_source_has_the_file_s(walk, path):
    walk.add_answer("Do you rent scooters?", "No.")
    assert on_disk(path)["do-you-rent-scooters"].source.document == "Our list"


def test_a_gap_has_its_sentence_and_no_source(walk, path):
    said = walk.add_gap("Do you rent scooters?", "Ask at the desk.")
    assert said == "Added as a gap. All 2 wordings now get it; no other entry suffers."
    entry = on_disk(path)["do-you-rent-scooters"]
    assert (entry.gap, str(entry.source)) == ("Ask at the desk.", "")


def test_what_is_still_not_answered_stays_at_hand(walk):
    said = walk.add_phrasing("when-are-you-open", "Do you close at night?")
    assert "0 of 2 wordings now get it" in said
    assert typical(walk) == "do you rent scooters"


def test_other_groups_that_are_answered_by_the_way_are_passed_over(walk):
    walk.add_answer("Is it vegan, and do you rent scooters?", "No.")
    walk.add_gap("do you rent scooters", "No.")
    walk.add_gap("can i leave my car", "No.")
    walk.add_gap("is it vegan", "No.")
    walk.ask_again()
    assert walk.left <= 1


def test_dismissing_leaves_the_lines_and_remembers(walk, path):
    log = path.with_name("log")
    before = log.read_text()
    assert walk.dismiss() == "Dismissed for good."
    assert log.read_text().startswith(before)
    assert path.read_text() == FILE
    assert typical(walk) == "can i leave my car"
    again = opened(path)
    assert (typical(again), again.log.dismissed) == ("can i leave my car", 3)


def test_all_decisions_undone_are_the_file_to_the_letter_and_every_question_is_back(walk, path):
    walk.add_answer("Do you rent scooters?", "No.")
    walk.dismiss()
    walk.add_gap("Is it vegan?", "No.")
    walk.add_phrasing("do-you-repair-electric-bikes", "Can a pram be mended?")
    assert (walk.left, typical(walk)) == (0, None)
    for _ in range(4):
        assert walk.undo() == "Undone."
    assert path.read_text() == FILE
    assert (walk.left, typical(walk), len(opened(path).clusters)) == (4, "do you rent scooters", 4)
    with pytest.raises(ValueError, match="nothing to undo"):
        walk.undo()


def test_going_on_comes_back_to_what_was_skipped(walk):
    assert [walk.forward(), walk.forward(), walk.forward(), walk.forward()] == [True, True, True, False]
    walk.dismiss()
    assert typical(walk) == "do you rent scooters"
    assert not walk.back()


@pytest.mark.parametrize(
    ("do", "says"),
    [
        (lambda walk: walk.add_phrasing("nonsense", "x"), "no such entry"),
        (lambda walk: walk.add_phrasing("where-do-i-park", "Is there a car park?"), "has this phrasing already"),
        (lambda walk: walk.add_answer("x", " "), "An answer cannot be blank"),
        (lambda walk: walk.add_answer(" ", "x"), "A question cannot be blank"),
        (lambda walk: walk.add_answer("Where do I park", "x"), "the question 'Where do I park\\?*' is there twice"),
        (lambda walk: walk.add_answer("A?", "# Heading\n\nx"), "cannot be written"),
        (lambda walk: walk.add_gap("A?", " "), "needs a sentence"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_written(walk, path, do, says):
    with pytest.raises(ValueError, match=says):
        do(walk)
    assert path.read_text() == FILE
    assert walk.left == 4


def test_an_entry_that_people_did_not_like_is_not_offered_the_same_words_again(path):
    keep = query_log.recorder(path.with_name("log"), "The garage")
    entry = reader.read(path).knowledge.entries[1]
    keep(Feedback("where do i park", Verdict.BAD, 1.0, entry))
    walk = opened(path)
    with pytest.raises(ValueError, match="gets this entry already"):
        walk.add_phrasing(entry.id, "where do i park")


def test_a_question_with_the_id_of_another_gets_one_of_its_own(walk, path):
    path.write_text(FILE.replace("## Do you repair electric bikes?\n", "## Repairs\n\n- id: do-you-rent-scooters\n"))
    walk = opened(path)
    walk.add_answer("Do you rent scooters?", "No.")
    assert on_disk(path)["do-you-rent-scooters-2"].answer == "No."


class TestAnotherEditor:
    def test_their_change_is_read_and_nothing_is_saved_over_it(self, walk, path):
        theirs = FILE.replace("From nine", "From ten")
        path.write_text(theirs)
        with pytest.raises(ChangedError):
            walk.add_gap("Do you rent scooters?", "No.")
        assert path.read_text() == theirs
        walk.add_gap("Do you rent scooters?", "No.")
        assert "From ten" in path.read_text()

    def test_what_they_answered_is_left_no_more(self, walk, path):
        path.write_text(FILE + "\n## Do you rent scooters?\n\nNo.\n")
        with pytest.raises(ChangedError):
            walk.add_gap("Do you rent scooters?", "No.")
        assert typical(walk) == "can i leave my car"

    def test_undoing_never_takes_their_change_back(self, walk, path):
        walk.add_gap("Do you rent scooters?", "No.")
        path.write_text(path.read_text() + "\n## Theirs?\n\nYes.\n")
        with pytest.raises(ChangedError):
            walk.undo()
        assert "Theirs?" in path.read_text()

    def test_a_file_with_faults_is_said(self, walk, path):
        path.write_text("## A?\n\n- alos: x\n\na\n")
        with pytest.raises(ChangedError, match="unknown field 'alos'"):
            walk.add_gap("Do you rent scooters?", "No.")


def test_what_cannot_be_dismissed_is_still_at_hand(walk, path, monkeypatch):
    log = path.with_name("log")
    log.unlink()
    log.mkdir()
    with pytest.raises(IsADirectoryError):
        walk.dismiss()
    assert (walk.left, typical(walk)) == (4, "do you rent scooters")
