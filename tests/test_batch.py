"""A file of questions in, a file of replies out: the same whatever happens on the way."""

import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from faqbot import Entry, FaqBot, KnowledgeBase, Thresholds
from faqbot.batch import output, runner
from faqbot.batch.checkpoint import Ledger
from faqbot.cli.batch import bar
from faqbot.errors import FaqbotError, QuestionsError, UnfinishedError

ROWS = 2_600  # eleven pieces
MAIN = """
import sys
from pathlib import Path
from faqbot import FaqBot, batch
knowledge, asked, out = map(Path, sys.argv[1:])
print(batch.run(FaqBot.from_file(knowledge, encoder=None), asked, out, workers=2).earlier)
"""

KILLS = """
import os, signal, sys
from pathlib import Path
from faqbot import FaqBot, FaqbotError, batch
knowledge, asked, out = map(Path, sys.argv[1:])
def kill_one(done, total):
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
    if len(children) > 2:
        os.kill(int(children[0]), signal.SIGKILL)
try:
    batch.run(FaqBot.from_file(knowledge, encoder=None), asked, out, workers=3, progress=kill_one)
except FaqbotError as error:
    print(error)
"""


@pytest.fixture
def asked(tmp_path):
    """Write a table of questions, each with its number."""

    def write(count=5, name="asked.csv", first=""):
        questions = ["When are you open?", "Wher do I park?", "How much is a chain?", "Do you sell hats?", ""]
        path = tmp_path / name
        lines = [f"{n},{first or questions[n % 5]}" for n in range(count)]
        path.write_text("\n".join(["number,question", *lines]))
        return path

    return write


def rows(path):
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def left(folder):
    return sorted(path.name for path in folder.iterdir() if ".part" in path.name)


def serving(folder):
    """Return the processes that answer for a program in this folder, where the system tells."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            is_ours = (path / "cwd").readlink() == folder and b"faqbot.batch.workers" in (path / "cmdline").read_bytes()
            found += [int(path.name)] if is_ours else []
    return found


class TestWhatIsWritten:
    def test_the_columns_of_the_questions_and_of_the_replies(self, bot, asked, tmp_path):
        done = runner.run(bot, asked(), tmp_path / "out.csv")
        assert done == runner.Answered(5, 0, {"answered": 2, "gap": 1, "unanswered": 2})
        found = rows(tmp_path / "out.csv")
        assert list(found[0]) == ["number", "question", *output.FIELDS]
        assert [row["number"] for row in found] == list("01234")
        assert [row["reason"] for row in found] == ["", "", "known_gap", "off_topic", "empty"]
        assert found[1]["entry"] == "where-do-i-park"
        assert found[1]["answer"] == "Behind the house."
        assert float(found[1]["confidence"]) == round(bot.ask("Wher do I park?").confidence, 4)
        assert left(tmp_path) == []

    def test_json_lines_keep_their_objects_as_they_are(self, bot, tmp_path):
        (tmp_path / "in.jsonl").write_text('{"tags": [1, null], "q": "open?", "answer": "mine"}\n"park?"\n')
        runner.run(bot, tmp_path / "in.jsonl", tmp_path / "out.jsonl")
        first, second = map(json.loads, (tmp_path / "out.jsonl").read_text().splitlines())
        assert {name: first[name] for name in ("tags", "answer", "faqbot_answer", "status")} == {
            "tags": [1, None], "answer": "mine", "faqbot_answer": "From nine to five, Monday to Friday.",
            "status": "answered",
        }  # fmt: skip
        assert second["question"] == "park?"

    def test_every_format_makes_every_other(self, bot, asked, tmp_path):
        asked()
        runner.run(bot, tmp_path / "asked.csv", tmp_path / "one.jsonl")
        runner.run(bot, tmp_path / "one.jsonl", tmp_path / "two.tsv")
        runner.run(bot, tmp_path / "two.tsv", tmp_path / "three.csv")
        found = rows(tmp_path / "three.csv")
        own, twice = ([f"{prefix}{name}" for name in output.FIELDS] for prefix in ("faqbot_", "faqbot_faqbot_"))
        assert list(found[0]) == ["number", "question", *output.FIELDS, *own, *twice]
        assert len(found) == 5

    @pytest.mark.parametrize(
        ("cell", "written"),
        [
            ("=1+1", "'=1+1"),
            ("+49 30 1234", "'+49 30 1234"),
            ("@name", "'@name"),
            ("- a list", "'- a list"),
            ("\tx", "'\tx"),
            ("\nx", "'\nx"),
            ("\r\nx", "'\r\nx"),
            ("\uff1d1+1", "'\uff1d1+1"),
            ("\uff0b1", "'\uff0b1"),
            ("\uff0dx", "'\uff0dx"),
            ("\uff20x", "'\uff20x"),
            ("\ufe66x", "'\ufe66x"),
            (" =1+1", "' =1+1"),
            ("\u00a0@x", "'\u00a0@x"),
            ("\ufeff=x", "'\ufeff=x"),
            ("\u200b\x00+x", "'\u200b\x00+x"),
            ("", ""),
            (" \u200b", " \u200b"),
            ("-1.5", "-1.5"),
            ("+30%", "+30%"),
            ("is 1=1?", "is 1=1?"),
            ("Is it\nsafe?\r", "Is it\nsafe?\r"),
            ("\ud800", "?"),
        ],
    )
    def test_a_spreadsheet_runs_no_cell_as_a_formula(self, bot, cell, written):
        layout = output.Layout.of(Path("out.csv"), ["note"])
        line = layout.row({"note": cell}, bot.ask("open?")).decode()
        assert next(csv.reader(io.StringIO(line, newline="")))[0] == written

    def test_another_ending_is_refused(self, bot, asked, tmp_path):
        with pytest.raises(
            FaqbotError, match=r"out\.xls: the ending has to say what to write: \.csv, \.tsv or \.jsonl"
        ):
            runner.run(bot, asked(), tmp_path / "out.xls")

    @pytest.mark.parametrize("name", ["out.csv", "out.csv.part", "out.csv.part.log"])
    def test_what_is_read_is_not_written_over(self, bot, asked, tmp_path, name):
        asked(3).rename(tmp_path / name)
        with pytest.raises(FaqbotError, match="the answers would take the place of the questions"):
            runner.run(bot, tmp_path / name, tmp_path / "out.csv")
        table, own = "question,answer\nWhen are you open?,At nine.\n", "## When are you open?\n\nAt nine.\n"
        (tmp_path / name).write_text(text := table if name.endswith(".csv") else own)
        with pytest.raises(FaqbotError, match="the answers would take the place of the knowledge"):
            runner.run(FaqBot.from_file(tmp_path / name, encoder=None), asked(3), tmp_path / "out.csv")
        assert (tmp_path / name).read_text() == text

    @pytest.mark.parametrize("restart", [False, True])
    @pytest.mark.parametrize("name", ["out.csv.part", "out.csv.part.log"])
    @pytest.mark.parametrize("kind", ["file", "JSON", "link", "dangling link", "pipe"])
    def test_what_is_not_of_a_run_is_not_written_over(self, bot, asked, tmp_path, *, name, kind, restart):
        foreign, path = tmp_path / "foreign", tmp_path / name
        foreign.write_text('{"question": "mine"}\n' if kind == "JSON" else "mine")
        if kind in ("file", "JSON"):
            foreign.rename(path)
        elif kind == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to(foreign if kind == "link" else tmp_path / "nowhere")
        with pytest.raises(UnfinishedError, match=f"{name}: it is there already, and not of a run"):
            runner.run(bot, asked(), tmp_path / "out.csv", restart=restart)
        assert not (tmp_path / "nowhere").exists()
        if kind in ("file", "JSON", "link"):
            assert "mine" in path.read_text()

    def test_a_fault_far_behind_is_told_before_anything_is_asked(self, bot, asked, tmp_path):
        path = asked(3_000)
        path.write_text(path.read_text() + '\n1,"open')
        with pytest.raises(QuestionsError, match=r"asked\.csv:3002: it is no table"):
            runner.run(bot, path, tmp_path / "out.csv")
        assert left(tmp_path) == []


class TestGoingOn:
    def test_killed_again_and_again_it_loses_and_repeats_nothing(self, garage, asked, tmp_path):
        (tmp_path / "main.py").write_text(MAIN)
        (tmp_path / "faq.md").write_text("".join(f"## {e.question}\n\n{e.answer or e.gap}\n\n" for e in garage.entries))
        command = [sys.executable, "main.py", "faq.md", asked(ROWS).name, "out.csv"]
        whole = FaqBot.from_file(tmp_path / "faq.md", encoder=None)
        runner.run(whole, tmp_path / "asked.csv", tmp_path / "whole.csv", workers=1)
        log = tmp_path / "out.csv.part.log"
        kills = 0
        for pieces in (1, 4, 7):
            running = subprocess.Popen(command, cwd=tmp_path)
            while running.poll() is None and not (log.exists() and log.read_bytes().count(b"\n") > pieces):
                time.sleep(0.002)
            running.kill()
            kills += running.wait() == -signal.SIGKILL
            ended = time.monotonic() + 10
            while serving(tmp_path):  # they leave by themselves
                assert time.monotonic() < ended
                time.sleep(0.01)
        assert kills == 3
        earlier = int(subprocess.check_output(command, cwd=tmp_path))
        assert earlier >= 7 * runner.PIECE
        assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
        assert left(tmp_path) == []

    @pytest.mark.skipif(not Path("/proc").is_dir(), reason="this system does not tell which processes there are")
    def test_a_program_that_uses_the_library_ends_after_a_process_of_it_was_killed(self, asked, tmp_path):
        (tmp_path / "main.py").write_text(KILLS)
        (tmp_path / "faq.md").write_text("## When are you open?\n\nAt nine.\n")
        done = subprocess.run(
            [sys.executable, "main.py", "faq.md", asked(ROWS).name, "out.csv"], cwd=tmp_path, capture_output=True,
            text=True, check=False, timeout=60,
        )  # fmt: skip
        assert "was killed, perhaps for want of memory" in done.stdout, done.stderr

    def test_an_encoder_that_processes_cannot_import_is_told(self, garage, asked, tmp_path):
        class Own:
            def encode(self, texts):
                return [[1.0] for _ in texts]

        Own.__qualname__, Own.__module__ = "Own", "__main__"
        sys.modules["__main__"].Own = Own
        with pytest.raises(FaqbotError, match=r"cannot import what it needs: .*Own"):
            runner.run(FaqBot(garage, encoder=Own()), asked(ROWS), tmp_path / "out.csv", workers=2)

    @pytest.fixture
    def broken_off(self, bot, asked, tmp_path):
        """A run that was broken off in its third piece, as by a full disk."""

        def progress(done, total):
            if done == 2 * runner.PIECE:
                raise OSError("full")

        with pytest.raises(OSError, match="full"):
            runner.run(bot, asked(ROWS), tmp_path / "out.csv", workers=1, progress=progress)
        assert left(tmp_path) == ["out.csv.part", "out.csv.part.log"]
        return tmp_path / "out.csv"

    @pytest.mark.parametrize("log", [b"", b"{", b'{"questions": "1', b"\0" * 300, b'{"questions": "12ab\0\0'])
    def test_a_power_failure_in_the_first_line_of_the_log_needs_no_clearing_up(self, bot, asked, tmp_path, log):
        (tmp_path / "out.csv.part.log").write_bytes(log)
        assert runner.run(bot, asked(9), tmp_path / "out.csv", workers=1).rows == 9
        assert left(tmp_path) == []

    @pytest.mark.parametrize("harm", ["torn piece", "torn log", "lost piece", "no part", "nothing"])
    def test_whatever_the_end_left_behind(self, bot, asked, tmp_path, broken_off, harm):
        part, log = tmp_path / "out.csv.part", tmp_path / "out.csv.part.log"
        if harm == "torn piece":
            part.write_bytes(part.read_bytes() + b"1,When are y")
        elif harm == "torn log":
            log.write_bytes(log.read_bytes() + b"[750, 1")
        elif harm == "lost piece":
            part.write_bytes(part.read_bytes()[:-9])
        elif harm == "no part":
            part.unlink()
        done = runner.run(bot, asked(ROWS), broken_off, workers=1)
        pieces = {"lost piece": 1, "no part": 0}.get(harm, 2)
        assert done.earlier == pieces * runner.PIECE
        assert sum(done.counts.values()) == ROWS
        assert [row["number"] for row in rows(broken_off)] == [str(n) for n in range(ROWS)]

    def test_a_run_that_ended_with_its_file_in_place_is_over(self, bot, asked, tmp_path):
        out = tmp_path / "out.csv"
        with Ledger(out, {}) as ledger:
            ledger.add(b"x\n", 1, {"answered": 1})
            log = (tmp_path / "out.csv.part.log").read_bytes()
            ledger.finish()
        (tmp_path / "out.csv.part.log").write_bytes(log + b'"finished"\n')
        with Ledger(out, {}) as ledger:
            assert (ledger.is_finished, ledger.rows, ledger.counts) == (True, 1, {"answered": 1})
        assert left(tmp_path) == []

    def test_other_questions_are_refused(self, bot, asked, broken_off):
        asked(ROWS, first="closed?")
        with pytest.raises(UnfinishedError, match="begun with other questions"):
            runner.run(bot, broken_off.parent / "asked.csv", broken_off)

    def test_other_knowledge_is_refused(self, asked, broken_off):
        other = FaqBot(KnowledgeBase([Entry(question="Open?", answer="No.")]), encoder=None)
        with pytest.raises(UnfinishedError, match="begun with other knowledge"):
            runner.run(other, asked(ROWS), broken_off)

    def test_other_settings_are_refused(self, garage, asked, broken_off):
        careful = FaqBot(garage, encoder=None, thresholds=Thresholds(answer=1.0))
        with pytest.raises(UnfinishedError, match="begun with other settings"):
            runner.run(careful, asked(ROWS), broken_off)

    def test_begun_anew_it_asks_everything(self, bot, asked, broken_off):
        asked(700, first="open?")
        done = runner.run(bot, broken_off.parent / "asked.csv", broken_off, workers=1, restart=True)
        assert (done.earlier, done.counts) == (0, {"answered": 700})

    def test_two_runs_do_not_write_one_file(self, bot, asked, tmp_path):
        path = asked()

        def progress(done, total):
            with pytest.raises(UnfinishedError, match="another run is writing it"):
                runner.run(bot, path, tmp_path / "out.csv")

        runner.run(bot, path, tmp_path / "out.csv", progress=progress)
        assert len(rows(tmp_path / "out.csv")) == 5

    def test_questions_that_change_meanwhile_are_noticed(self, bot, asked, tmp_path):
        with pytest.raises(UnfinishedError, match="the questions were changed while they were asked"):
            runner.run(bot, asked(), tmp_path / "out.csv", progress=lambda done, total: asked(7) and None)

    @pytest.mark.skipif(not Path("/proc").is_dir(), reason="this system does not tell which processes there are")
    def test_a_process_that_is_killed_is_told_and_the_run_goes_on_later(self, bot, asked, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)

        def progress(done, total):
            if done == runner.PIECE:
                os.kill(serving(tmp_path)[0], signal.SIGKILL)

        with pytest.raises(FaqbotError, match="was killed, perhaps for want of memory"):
            runner.run(bot, asked(ROWS), tmp_path / "out.csv", workers=2, progress=progress)
        done = runner.run(bot, asked(ROWS), tmp_path / "out.csv", workers=1)
        assert done.earlier >= runner.PIECE
        assert [row["number"] for row in rows(tmp_path / "out.csv")] == [str(n) for n in range(ROWS)]


def test_a_file_is_replaced_whole_and_keeps_its_permissions(bot, asked, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("old")
    out.chmod(0o600)

    def progress(done, total):
        assert out.read_text() == "old"
        assert (tmp_path / "out.csv.part").stat().st_mode & 0o777 == 0o600

    runner.run(bot, asked(), out, progress=progress)
    assert out.stat().st_mode & 0o777 == 0o600
    assert len(rows(out)) == 5


def test_memory_does_not_grow_with_the_questions(bot, asked, tmp_path):
    peaks = []
    for count in (100, 300):
        path = asked(count, first="open?")
        tracemalloc.start()
        runner.run(bot, path, tmp_path / "out.csv", workers=1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2


def test_how_far_a_run_is():
    assert bar(0, 10, 0.0) == "[....................] 0 %, 0 of 10"
    assert bar(450, 1_000, 10.0) == "[#########...........] 45 %, 450 of 1,000, 10 a second, 55 s left"
    assert bar(1_000, 10_000, 10.0).endswith("15 min left")
    assert bar(1_000, 1_000_000, 10.0).endswith("28 h left")
