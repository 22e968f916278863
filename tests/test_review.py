"""What a review does to its file; the screen it is shown on is tested elsewhere."""

from dataclasses import replace

import pytest

from faqbot.errors import ChangedError
from faqbot.knowledge import edits, reader, writer
from faqbot.knowledge.review import Review

DRAFT = """\
# Peel

- source: Leaflet

Some words of welcome.

## What is a peel?

Written by hand.

## Does it hurt?

- also: pain
- from: page 1
- draft: yes

A little.

## For how long does it hurt?

- from: page 2
- draft: yes

An hour.

## What does it cost?

- gap: The leaflet gives no price.
- draft: yes

## When may I sun myself?

- gap: The leaflet does not say.
- draft: yes
"""

HURT, LONG, COST, SUN = "does-it-hurt", "for-how-long-does-it-hurt", "what-does-it-cost", "when-may-i-sun-myself"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "peel.md"
    path.write_text(DRAFT)
    return path


@pytest.fixture
def review(path):
    return Review(reader.read(path))


def on_disk(review):
    return reader.read(review.file.path).knowledge


def test_it_begins_at_the_first_draft_and_counts_drafts_only(review):
    assert (review.current, review.number, review.queue) == (HURT, 1, (HURT, LONG, COST, SUN))
    assert str(review.summary) == "0 reviewed: 0 accepted, 0 dropped, 0 merged, 4 left"


def test_accepting_takes_the_draft_line_away_and_nothing_else(review, path):
    assert review.accept() == "Accepted."
    assert path.read_text() == DRAFT.replace("- from: page 1\n- draft: yes\n", "- from: page 1\n")
    assert review.current == LONG


def test_dropping_remembers_the_id(review, path):
    review.drop()
    assert "Does it hurt?" not in path.read_text()
    assert on_disk(review).dropped == (HURT,)
    assert review.current == LONG


def test_merging_joins_it_to_the_one_before_and_shows_that(review):
    review.forward()
    review.merge()
    merged = on_disk(review).entries[1]
    assert (merged.answer, merged.draft, merged.source.place) == ("A little. An hour.", True, "page 1; page 2")
    assert merged.phrasings == ("pain", "For how long does it hurt?")
    assert on_disk(review).dropped == (LONG,)
    assert review.current == HURT


def test_merging_with_one_that_needs_no_review_goes_on(review):
    review.merge()
    assert on_disk(review).entries[0].answer == "Written by hand. A little."
    assert review.current == LONG


def test_a_gap_is_accepted_with_its_sentence(review):
    review.mark_gap("The leaflet does not say how much.")
    entry = on_disk(review).entries[1]
    assert (entry.gap, entry.answer, entry.draft) == ("The leaflet does not say how much.", "", False)
    assert review.current == LONG


def test_a_gap_that_an_entry_may_answer_is_not_accepted_with_all_others(path):
    path.write_text(
        DRAFT.replace("- gap: The leaflet does not say.\n", "- gap: The leaflet does not say.\n- next: does-it-hurt\n")
    )
    review = Review(reader.read(path))
    assert review.accept_gaps() == "Accepted 1 gap."
    assert SUN in review.open
    assert COST not in review.open


def test_all_gaps_at_once(review):
    assert review.accept_gaps() == "Accepted 2 gaps."
    assert review.open == (HURT, LONG)
    assert review.current == HURT
    review.undo()
    assert len(review.open) == 4


def test_an_edit_keeps_the_id_and_accepts_nothing(review):
    review.edit(edits.reworded(review.entry, "Is it painful?"))
    entry = on_disk(review).entries[1]
    assert (entry.question, entry.id, entry.draft) == ("Is it painful?", HURT, True)
    assert review.current == HURT


def test_an_edit_that_changes_nothing_writes_nothing(review, path):
    path.chmod(0o400)
    before = path.stat().st_mtime_ns
    assert review.edit(review.entry) == "Unchanged."
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda entry: edits.reworded(entry, "What is a peel"), "the question 'What is a peel' is there twice"),
        (lambda entry: edits.answered(entry, "# Heading\n\ntext"), "cannot be written"),
        (lambda entry: edits.answered(entry, "one\n\n## Two?\n\nthree"), "cannot be written"),
    ],
)
def test_what_no_file_can_hold_is_refused_in_a_sentence_and_nothing_is_written(review, path, change, says):
    with pytest.raises(ValueError, match=says) as raised:
        review.edit(change(review.entry))
    assert str(raised.value)[0].isupper()
    assert path.read_text() == DRAFT
    assert review.accept() == "Accepted."


@pytest.mark.parametrize(
    ("act", "says"),
    [
        (lambda review: review.undo(), "nothing to undo"),
        (lambda review: [review.forward(), review.forward(), review.merge()], "One of the two is a gap"),
        (lambda review: review.mark_gap(" "), "needs a sentence"),
        (lambda review: [review.accept_gaps(), review.accept_gaps()], "No gap is left"),
    ],
)
def test_what_makes_no_sense_is_said(review, act, says):
    with pytest.raises(ValueError, match=says):
        act(review)


def test_the_first_entry_has_none_before_it_and_the_only_one_cannot_go(path):
    path.write_text("# T\n\n## A?\n\n- draft: yes\n\na\n")
    review = Review(reader.read(path))
    with pytest.raises(ValueError, match="no entry before"):
        review.merge()
    with pytest.raises(ValueError, match="only entry"):
        review.drop()


def test_moving_decides_nothing_and_stops_at_the_ends(review, path):
    assert [review.back(), review.forward(), review.forward(), review.forward(), review.forward()] == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert review.number == 4
    assert path.read_text() == DRAFT


def test_entries_that_are_gone_are_passed_over(review):
    review.forward()
    review.drop()
    assert review.current == COST
    assert review.back()
    assert review.current == HURT


def test_after_the_last_one_those_that_were_left_out_come_back(review):
    review.forward()
    for _ in range(3):
        review.accept()
    assert review.current == HURT
    review.accept()
    assert review.open == ()


def test_all_decisions_undone_are_the_file_to_the_letter(review, path):
    texts = [path.read_text()]
    for act in (
        review.accept,
        lambda: review.edit(edits.moved(review.entry, "pain")),
        review.merge,
        lambda: review.mark_gap("No."),
        review.accept_gaps,
    ):
        act()
        texts.append(path.read_text())
    for text in reversed(texts[:-1]):
        review.undo()
        assert path.read_text() == text
    assert review.current == HURT
    assert str(review.summary) == "0 reviewed: 0 accepted, 0 dropped, 0 merged, 4 left"


def test_the_summary_counts_each_once(review):
    review.forward()
    review.merge()
    review.accept()
    review.drop()
    assert str(review.summary) == "3 reviewed: 1 accepted, 1 dropped, 1 merged, 1 left"
    review.undo()
    review.undo()
    review.undo()
    assert str(review.summary) == "0 reviewed: 0 accepted, 0 dropped, 0 merged, 4 left"


def test_who_comes_back_goes_on_at_the_first_draft(review, path):
    review.accept()
    review.drop()
    again = Review(reader.read(path))
    assert (again.current, len(again.queue)) == (COST, 2)


class TestAnotherEditor:
    def test_what_they_wrote_is_read_and_not_overwritten(self, review, path):
        review.accept()
        theirs = path.read_text().replace("An hour.", "Two hours.") + "\n## New?\n\n- draft: yes\n\nyes\n"
        path.write_text(theirs)
        with pytest.raises(ChangedError) as raised:
            review.accept()
        assert (raised.value.path, raised.value.problem) == (path, None)
        assert path.read_text() == theirs
        assert (review.entry.answer, review.entry.draft) == ("Two hours.", True)
        assert review.queue[-1] == "new"
        review.accept()
        assert "Two hours." in path.read_text()

    def test_their_change_cannot_be_undone(self, review, path):
        review.accept()
        theirs = path.read_text().replace("welcome", "hello")
        path.write_text(theirs)
        with pytest.raises(ChangedError):
            review.undo()
        with pytest.raises(ValueError, match="nothing to undo"):
            review.undo()
        assert path.read_text() == theirs

    def test_the_entry_at_hand_may_be_gone(self, review, path):
        file = reader.read(path)
        kept = [entry for entry in file.knowledge.entries if entry.id != HURT]
        writer.save(writer.update(file, replace(file.knowledge, entries=kept)))
        with pytest.raises(ChangedError):
            review.drop()
        assert review.current == LONG
        assert on_disk(review).dropped == ()

    @pytest.mark.parametrize("theirs", ["# Peel\n\n## A?\n\n- alos: x\n\na\n", ""])
    def test_a_file_with_faults_is_left_alone_until_it_is_mended(self, review, path, theirs):
        path.write_text(theirs)
        for _ in range(2):
            with pytest.raises(ChangedError, match="cannot be read") as raised:
                review.accept()
        assert raised.value.problem.path == path
        assert path.read_text() == theirs
        path.write_text(DRAFT)
        assert review.accept() == "Accepted."

    def test_a_file_that_was_deleted_is_not_written_again(self, review, path):
        path.unlink()
        with pytest.raises(ChangedError, match="no such file"):
            review.accept()
        assert not path.exists()
        assert review.current == HURT


def test_a_file_that_cannot_be_written_leaves_everything_as_it_was(review, path, monkeypatch):
    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        review.accept()
    assert (review.current, len(review.open), path.read_text()) == (HURT, 4, DRAFT)


def test_a_gap_is_joined_with_the_answer_that_holds_it_and_its_phrasings_are_kept(tmp_path):
    path = tmp_path / "pool.md"
    path.write_text(
        "# Pool\n\n## When is it open?\n\n- draft: yes\n\nFrom nine to five, also on Sundays.\n\n"
        "## Is it open on Sundays?\n\n- gap: Not said.\n- draft: yes\n- also: Sunday hours\n"
    )
    walk = Review(reader.read(path))
    with pytest.raises(ValueError, match="Only a gap"):
        walk.answer_with("when-is-it-open")
    walk.accept()
    with pytest.raises(ValueError, match="no answer near"):
        walk.answer_with("nowhere")
    assert walk.answer_with("when-is-it-open") == "Joined with 'When is it open?'."
    (entry,) = reader.read(path).knowledge.entries
    assert entry.phrasings == ("Is it open on Sundays?", "Sunday hours")
    assert (walk.summary.merged, walk.summary.left) == (1, 0)
