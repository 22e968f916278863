"""`faqbot extract`, and the article beside `faqbot check` and `faqbot review`: what a person at a shell meets."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time

import pytest
from files import pdf

from conftest import ROOT
from faqbot.documents import article
from faqbot.extraction import draft
from faqbot.knowledge import reader
from terminal import Terminal

GOATS = """\
# Brindle fever

Brindle fever is a disease of people who keep goats. Doctors know it well, and the disease has
been described for a century.

Symptoms usually begin on the third day. The first signs are a headache and sore eyes. Common symptoms last for a week.

Patients drink a lot and stay in bed. Whoever has kept goats since childhood hardly ever falls ill.
"""

EARS = """\
Ear syringing at our practice

5 May 2024

Ear syringing is a procedure that washes wax out of the ear with warm water. Ear syringing takes about ten minutes.

Ear syringing does not hurt. Do not have ear syringing if you have a hole in the eardrum.

We look forward to your visit, says Dr Ono.
"""
BOILER = """\
Boiler service

A boiler service is a procedure that keeps a boiler safe. A boiler service takes an hour.
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "ears.txt").write_text(EARS)
    (tmp_path / "boiler.txt").write_text(BOILER)
    return tmp_path


def faqbot(*arguments, stdin=b""):
    run = subprocess.run(
        [sys.executable, "-m", "faqbot", *arguments], input=stdin, capture_output=True, check=False, timeout=60
    )
    return run.returncode, run.stdout.decode(), run.stderr.decode()


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


class TestDraft:
    def test_to_standard_output_with_the_report_beside_it(self, folder):
        status, out, err = faqbot("extract", "ears.txt")
        found = reader.parse(out, "x").knowledge
        assert status == 0
        assert found.title == "Ear syringing at our practice"
        answers = len([entry for entry in found.entries if not entry.is_gap])
        gaps = len(found.entries) - answers
        open_ = sum(entry.is_open for entry in found.entries)
        told = f"{answers} answers and {gaps} gaps ({open_} of them perhaps answered), {answers + gaps} to review"
        assert err.splitlines()[0] == f"Entries    {told}"
        assert "faqbot review" not in err

    def test_to_a_file(self, folder):
        status, out, err = faqbot("extract", "ears.txt", "-o", "ears.md", "--title", "Ears")
        assert (status, out) == (0, "")
        assert reader.read("ears.md").knowledge.title == "Ears"
        assert err.splitlines()[-1] == "Next       faqbot review ears.md --source ears.txt"

    def test_from_standard_input(self, folder):
        status, out, _ = faqbot("extract", "-", stdin=EARS.encode("utf-16"))
        assert status == 0
        assert out == faqbot("extract", "ears.txt")[1]

    def test_a_pdf_from_standard_input(self, folder):
        data = pdf([("title", "Ear syringing"), ("paragraph", "Ear syringing is a procedure that takes ten minutes.")])
        status, out, _ = faqbot("extract", "-", stdin=data)
        assert (status, "- from: page 1, paragraph 1" in out) == (0, True)

    def test_a_dash_as_the_file_is_standard_output(self, folder):
        assert faqbot("extract", "ears.txt", "-o", "-")[1].startswith("# Ear syringing")
        assert not (folder / "-").exists()

    def test_the_report_is_quiet_where_nobody_looks(self, folder):
        """No progress, no escapes, no line broken at a width that there is not."""
        _, _, err = faqbot("extract", "ears.txt", "ears.txt", "-o", "ears.md")
        assert "reading" not in err
        assert all(line.isprintable() for line in err.splitlines())

    def test_sentences_that_went_into_no_entry_are_told(self, folder):
        _, _, err = faqbot("extract", "ears.txt", "-o", "ears.md")
        file = folder / "ears.md"
        file.write_text("# T\n\n- source: Ear syringing at our practice, 5 May 2024\n- dropped: " + ", ".join(
            entry.id for entry in reader.read("ears.md").knowledge.entries
        ) + "\n\n## Own?\n\nYes.\n")  # fmt: skip
        _, _, err = faqbot("extract", "ears.txt", "-o", "ears.md")
        assert "Sentences  0 of 5 used\nLeft out   paragraph 1, sentence 1: Ear syringing is a procedure" in err

    def test_the_questions_missing_are_the_gaps_of_the_file(self, folder):
        """Whatever the procedure is called, and however the article words its own questions."""
        (folder / "cut.txt").write_text(
            "A vasectomy\n\nA vasectomy is a procedure that stops sperm. A vasectomy takes about twenty minutes.\n\n"
            "How much will I have to pay?\n\nA vasectomy costs 400 pounds.\n"
        )
        for name in ("ears", "cut"):
            told = json.loads(faqbot("extract", f"{name}.txt", "-o", f"{name}.md", "--json")[1])
            gaps = [entry for entry in reader.read(f"{name}.md").knowledge.entries if entry.is_gap]
            assert told["questions"]["missing"] == [gap.question for gap in gaps if not gap.is_open]
            assert [one["question"] for one in told["possible"]] == [gap.question for gap in gaps if gap.is_open] != []
            made = draft.draft([(name, draft.read(f"{name}.txt"))]).made
            assert told["questions"]["answered"] == len(made[0].extraction.answered) > 0

    def test_a_gap_that_a_person_answered_or_dropped_is_not_missing(self, folder):
        before = json.loads(faqbot("extract", "ears.txt", "-o", "ears.md", "--json")[1])["questions"]
        answered, dropped = [
            entry for entry in reader.read("ears.md").knowledge.entries if entry.is_gap and not entry.is_open
        ][:2]
        text = (folder / "ears.md").read_text()
        for gap in (answered, dropped):
            start = text.index(f"## {gap.question}\n")
            text = text[:start] + text[text.index("\n## ", start) + 1 :]
        text = text.replace("- source: ", f"- dropped: {dropped.id}\n- source: ", 1)
        (folder / "ears.md").write_text(f"{text}\n## {answered.question}\n\nAs a person says.\n")
        after = json.loads(faqbot("extract", "ears.txt", "-o", "ears.md", "--json")[1])["questions"]
        assert set(before["missing"]) - set(after["missing"]) == {answered.question, dropped.question}
        assert (after["asked"], after["answered"]) == (before["asked"] - 1, before["answered"] + 1)

    def test_what_it_is_about(self, folder):
        (folder / "shop.txt").write_text("Our shop\n\nThe shop opens at nine. The shop closes at six on Fridays.\n")
        assert "\nAbout      ear syringing\n" in faqbot("extract", "ears.txt")[2]
        _, _, err = faqbot("extract", "shop.txt")
        assert "\nAbout      nothing that people undergo was recognised; write '- procedure: …' below" in err
        assert "Questions" not in err

    def test_long_lists_are_cut_unless_all_is_asked_for(self, folder):
        _, _, short = faqbot("extract", "ears.txt", "-o", "a.md")
        _, _, long = faqbot("extract", "ears.txt", "-o", "b.md", "--verbose")
        more = int(re.search(r"… and (\d+) more", short)[1])
        assert "more" not in long
        assert len(long.splitlines()) == len(short.splitlines()) + more - 1

    def test_the_report_as_json(self, folder):
        status, out, err = faqbot("extract", "ears.txt", "-o", "ears.md", "--json")
        assert (status, err) == (0, "")
        told = json.loads(out)
        keys = re.search(
            r"The report, as one object: (.*?), which", (ROOT / "faqbot/manual/json.md").read_text(), re.S
        )[1]
        assert list(told) == re.findall(r"`(\w+)`", keys)
        assert told["changes"] is None
        assert told["questions"]["asked"] == told["questions"]["answered"] + len(told["questions"]["missing"])
        assert json.loads(faqbot("extract", "ears.txt", "-o", "ears.md", "--json")[1])["changes"] == []

    def test_the_json_names_what_an_article_may_answer_and_where(self, folder):
        (folder / "goats.md").write_text(GOATS)
        told = json.loads(faqbot("extract", "goats.md", "-o", "out.md", "--json")[1])
        entries = [entry for entry in reader.read(folder / "out.md").knowledge.entries if not entry.is_gap]
        assert "How common is brindle fever?" in [one["question"] for one in told["possible"]]
        assert {one["near"] for one in told["possible"]} <= {entry.question for entry in entries}
        assert not {one["question"] for one in told["possible"]} & set(told["questions"]["missing"])

    def test_a_long_article_shows_how_far_its_draft_is(self, folder):
        (folder / "long.md").write_text(GOATS + "".join(f"\nHerd {n} grazes on hill {n}.\n" for n in range(200)))
        terminal = Terminal("extract", "long.md", "-o", "out.md")
        terminal.until("Next")
        terminal.leave()
        assert "looking for answers: long.md, question 2 of " in terminal.raw
        assert re.search(r"\r +\r", terminal.raw)

    @pytest.mark.parametrize("columns", [10, 30, 40, 80, 200])
    def test_the_report_fits_the_terminal(self, folder, columns):
        terminal = Terminal("extract", "ears.txt", "-o", "ears.md", columns=columns)
        lines = (terminal.until("Next") if columns > 20 else terminal.until("faqbot")).splitlines()
        terminal.leave()
        assert max(map(len, lines)) <= columns or columns < 20
        assert lines[0].startswith("Entries")

    def test_several_files_show_how_far_they_are_and_take_it_back(self, folder):
        terminal = Terminal("extract", "ears.txt", "ears.txt", "-o", "ears.md")
        terminal.until("Next")
        terminal.leave()
        shown = terminal.raw
        assert "reading 2 of 2: ears.txt" in shown
        assert re.search(r"\r +\r", shown)

    def test_a_terminal_gets_no_escapes_from_an_article(self, folder):
        (folder / "evil.html").write_text(
            "<html><title>E\x1b]0;x\x07ars</title><body><p>Ear syringing is a procedure that \x1b[2Jtakes ten &#27;[31m"
            "&#x9b;2J minutes.</p></body></html>"
        )
        terminal = Terminal("extract", "evil.html")
        terminal.until("Questions")
        terminal.leave()
        assert "\x1b[2J" not in terminal.raw
        assert "\x1b]" not in terminal.raw
        assert "\x9b" not in terminal.raw


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["missing.txt"], "faqbot: missing.txt: there is no such file"),
            (["."], "faqbot: .: it is a folder"),
            (["empty.txt"], "faqbot: empty.txt: it is empty"),
            (["numbers.txt"], "faqbot: numbers.txt: nothing in it answers a question"),
            (["-"], "faqbot: standard input: it is empty"),
            (["picture"], "faqbot: picture: it is "),
            (["ears.txt", "missing.txt"], "faqbot: missing.txt: there is no such file"),
            (["ears.txt", "boiler.txt"], "faqbot: boiler.txt is about boiler service and ears.txt about ear syringing"),
            (["ears.txt", "-o", "no/ears.md"], "faqbot: no/ears.md: it cannot be written (there is no such folder)"),
            (["ears.txt", "-o", "."], "faqbot: .: it is a folder"),
            (["ears.txt", "-o", "ears.txt"], "faqbot: ears.txt: it is the article itself; name another file after -o"),
            (["ears.txt", "-o", "./link"], "faqbot: link: it is the article itself; name another file after -o"),
            (["ears.txt", "-o", "empty.txt"], "faqbot: empty.txt: it is empty"),
            (["ears.txt", "-o", "broken.md"], "faqbot: broken.md:1: 'A?' has no answer"),
            (["ears.txt", "-o", "loop.md"], "faqbot: loop.md: it cannot be written ("),
            (["ears.txt", "-o", "notes.md"], "faqbot: notes.md: it is no knowledge file: it has no fields, and no he"),
            (["ears.txt", "--json"], "faqbot: --json reports on standard output, where the draft goes"),
            (["e\x1b[2Jx"], "faqbot: ex: there is no such file"),
            ([], "the following arguments are required"),
        ],
    )
    def test_one_clear_line_status_2_and_nothing_written(self, folder, arguments, says):
        (folder / "empty.txt").touch()
        (folder / "numbers.txt").write_text("12345 67")
        (folder / "picture").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
        (folder / "broken.md").write_text("## A?\n")
        (folder / "link").symlink_to("ears.txt")
        (folder / "notes.md").write_text("# Notes\n\n## Shopping\n\nMilk.\n\n## Garden\n\nMow the lawn.\n")
        (folder / "loop.md").symlink_to("loop.md")
        before = {path: path.read_bytes() for path in folder.iterdir() if path.name != "loop.md"}
        status, out, err = faqbot("extract", *arguments)
        assert (status, out) == (2, "")
        assert says in err
        assert len([line for line in err.splitlines() if line.startswith("faqbot: ")]) == (1 if arguments else 0)
        assert "Traceback" not in err
        assert {path: path.read_bytes() for path in folder.iterdir() if path.name != "loop.md"} == before

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_may_not_be_written(self, folder):
        (folder / "locked").mkdir(mode=0o500)
        says = "faqbot: locked/a.md: it cannot be written (Permission denied)\n"
        assert faqbot("extract", "ears.txt", "-o", "locked/a.md") == (2, "", says)

    def test_an_existing_file_stays_if_the_article_came_to_nothing(self, folder):
        faqbot("extract", "ears.txt", "-o", "ears.md")
        before = (folder / "ears.md").read_bytes()
        (folder / "ears.txt").write_text("12345 67")
        assert faqbot("extract", "ears.txt", "-o", "ears.md")[0] == 2
        assert (folder / "ears.md").read_bytes() == before


class TestAgain:
    @pytest.mark.parametrize("names", [["ears.txt"], ["ears.txt", "more.txt"], ["more.txt"]])
    def test_twice_changes_nothing(self, folder, names):
        (folder / "more.txt").write_text(
            "Before and after ear syringing\n\nEar syringing is a procedure that takes an hour. "
            "Ear syringing costs 40 pounds. Keep the ear dry for a day after ear syringing.\n"
        )
        faqbot("extract", "ears.txt", "more.txt", "-o", "ears.md")
        before, when = (folder / "ears.md").read_bytes(), (folder / "ears.md").stat().st_mtime_ns
        status, _, err = faqbot("extract", *names, "-o", "ears.md")
        assert (status, "Changes    none" in err) == (0, True)
        assert (folder / "ears.md").read_bytes() == before
        assert (folder / "ears.md").stat().st_mtime_ns == when

    def test_what_a_person_did_stays_to_the_letter(self, folder):
        faqbot("extract", "ears.txt", "-o", "ears.md")
        file = folder / "ears.md"
        entries = [entry for entry in reader.read(file).knowledge.entries if not entry.is_gap]
        first, last = entries[0], entries[-1]
        text = file.read_text()
        text = text.replace(f"\n{first.answer}\n", "\nA *person*\nworded this.\n", 1)  # of a draft
        text = text.replace(f"## {last.question}\n", "##   What a person asks?  \n", 1)
        text = text.replace("# Ear syringing at our practice\n", "# Our ears\n", 1)
        text = text.replace("- source: ", "- also called: ear wash\n- source: ", 1)
        file.write_text(text)
        change(folder / "ears.txt", "5 May 2024", "6 June 2025")
        status, _, err = faqbot("extract", "ears.txt", "-o", "ears.md")
        assert (status, file.read_text()) == (0, text)
        assert "2 kept" in err

    def test_a_file_with_an_own_name_for_its_source(self, folder):
        faqbot("extract", "ears.txt", "-o", "ears.md")
        change(folder / "ears.md", "- source: Ear syringing at our practice, 5 May 2024", "- source: Our leaflet")
        before = (folder / "ears.md").read_bytes()
        assert "Changes    none" in faqbot("extract", "ears.txt", "-o", "ears.md")[2]
        assert (folder / "ears.md").read_bytes() == before

    def test_an_article_with_something_before_the_rest(self, folder):
        faqbot("extract", "ears.txt", "-o", "ears.md")
        before = (folder / "ears.md").read_text()
        change(
            folder / "ears.txt", "Ear syringing is a procedure", "Dr Ono wrote this.\n\nEar syringing is a procedure"
        )
        status, _, err = faqbot("extract", "ears.txt", "-o", "ears.md")
        assert status == 0
        assert " moved" in err
        assert "removed" not in err
        after = reader.read("ears.md").knowledge
        assert {e.id for e in after.entries} >= {e.id for e in reader.parse(before, "x").knowledge.entries}
        assert faqbot("check", "ears.md", "--source", "ears.txt")[1].count(" cites ") <= 1

    def test_dropped_entries_stay_away(self, folder):
        faqbot("extract", "ears.txt", "-o", "ears.md")
        key = reader.read("ears.md").knowledge.entries[0].id
        change(folder / "ears.md", "- source: ", f"- dropped: {key}\n- source: ")
        file = folder / "ears.md"
        text = file.read_text()
        start = text.index("\n## ") + 1
        file.write_text(text[:start] + text[text.index("\n## ", start) + 1 :])
        before = file.read_text()
        assert faqbot("extract", "ears.txt", "-o", "ears.md")[0] == 0
        assert file.read_text() == before

    def test_killed_at_any_moment_the_file_is_the_old_one_or_the_new_one(self, folder):
        faqbot("extract", "ears.txt", "-o", "ears.md")
        file = folder / "ears.md"
        old = file.read_bytes()
        change(folder / "ears.txt", "ten minutes", "twenty minutes")
        began = time.monotonic()
        faqbot("extract", "ears.txt", "-o", "ears.md")
        took = time.monotonic() - began
        new = file.read_bytes()
        assert new != old
        chance = random.Random(7)
        for _ in range(12):
            file.write_bytes(old)
            run = subprocess.Popen(
                [sys.executable, "-m", "faqbot", "extract", "ears.txt", "-o", "ears.md"], stderr=subprocess.DEVNULL
            )
            time.sleep(took * chance.uniform(0.3, 1.1))
            run.send_signal(signal.SIGKILL)
            run.wait()
            assert file.read_bytes() in (old, new)


class TestCheckAgainstTheArticle:
    @pytest.fixture
    def faq(self, folder):
        def cited(question, place, said):
            return (
                f"## {question}\n\n- from: {place}\n- fingerprint: {article.fingerprint(said)}\n\nAs a person puts it."
            )

        (folder / "faq.md").write_text(
            "# Ears\n\n- source: Ear syringing at our practice, 5 May 2024\n\n"
            + "\n\n".join(
                [
                    cited("How long?", "paragraph 1, sentence 2", "Ear syringing takes about ten minutes."),
                    cited("Does it hurt?", "paragraph 2, sentence 1", "Ear syringing does not hurt."),
                    "## Who not?\n\n- from: paragraph 2, sentence 2\n\nAs it says.",
                    "## Where?\n\n- source: Our web site\n- from: paragraph 9\n\nIn the high street.",
                    "## When?\n\n- gap: Not said.",
                ]
            )
            + "\n"
        )
        return folder

    def check(self, *arguments):
        status, out, err = faqbot("check", "faq.md", *arguments)
        assert err == ""
        return status, out.splitlines()

    def test_an_article_that_has_not_changed(self, faq):
        status, lines = self.check("--source", "ears.txt")
        assert status == 0
        assert lines == [
            "faq.md: no entry cites 2 of 5 sentences of 'Ear syringing at our practice, 5 May 2024': paragraph 1, "
            "sentence 1; paragraph 3, sentence 1",
            "faq.md: nothing to mend, 1 entry not compared with an article",
        ]

    def test_what_changed_moved_or_went(self, faq):
        change(faq / "ears.txt", "ten minutes", "an hour")
        change(faq / "ears.txt", "Ear syringing does not hurt. Do", "Do not worry. Ear syringing does not hurt.\n\nDo")
        status, lines = self.check("--source", "ears.txt")
        assert status == 1
        assert lines[:3] == [
            "faq.md:5: what 'How long?' cites is gone from paragraph 1, sentence 2: there it reads 'Ear syringing "
            "takes about an hour.' now; look whether the answer still holds",
            "faq.md:12: what 'Does it hurt?' cites stands in paragraph 2, sentence 2 now, no longer in paragraph 2, "
            "sentence 1; correct its 'from', or extract again",
            "faq.md: no entry cites 3 of 6 sentences of 'Ear syringing at our practice, 5 May 2024': paragraph 1, "
            "sentence 1; paragraph 3, sentence 1; paragraph 4, sentence 1",
        ]
        assert lines[3] == "faq.md: 2 findings, 1 entry not compared with an article"

    def test_a_place_that_is_not_there(self, faq):
        change(faq / "ears.txt", " Do not have ear syringing if you have a hole in the eardrum.", "")
        _, lines = self.check("--source", "ears.txt")
        assert lines[0] == (
            "faq.md:19: what 'Who not?' cites should stand in paragraph 2, sentence 2, which the article has not got; "
            "correct its 'from'"
        )

    def test_the_wrong_article(self, faq):
        status, lines = self.check("--source", "boiler.txt")
        assert (status, lines) == (
            1,
            [
                "faq.md: no entry comes from 'Boiler service'; is it the right article?",
                "faq.md: 1 finding, 4 entries not compared with an article",
            ],
        )

    def test_the_wrong_article_of_the_right_name_is_one_finding(self, faq):
        """As `sources_of` has it, the one article given is the one document of the file, by any name."""
        text = (faq / "faq.md").read_text()
        (faq / "faq.md").write_text(text[: text.index("## Who not?")])
        status, lines = self.check("--source", "boiler.txt")
        assert (status, lines[0]) == (
            1, "faq.md: nothing that faq.md cites stands in 'Boiler service'; is it the right article?",
        )  # fmt: skip
        assert len(lines) == 2
        assert lines[1].startswith("faq.md: 1 finding")

    def test_one_sentence_that_changed_is_no_other_article(self, faq):
        text = (faq / "faq.md").read_text()
        (faq / "faq.md").write_text(text[: text.index("## Does it hurt?")])
        change(faq / "ears.txt", "ten minutes", "an hour")
        _, lines = self.check("--source", "ears.txt")
        assert lines[0].startswith("faq.md:5: what 'How long?' cites is gone from")

    def test_an_article_that_cannot_be_read(self, faq):
        says = "faqbot: gone.txt: there is no such file; check the name and the folder\n"
        assert faqbot("check", "faq.md", "--source", "gone.txt") == (2, "", says)

    def test_without_an_article_nothing_is_compared(self, faq):
        assert self.check() == (0, ["faq.md: nothing to mend"])

    def test_drafts_are_counted_and_no_finding(self, faq):
        change(faq / "faq.md", "- gap: Not said.", "- gap: Not said.\n- draft: yes")
        assert self.check() == (0, ["faq.md: nothing to mend, 1 entry not reviewed"])


class TestReviewBesideTheArticle:
    def test_the_cited_paragraph_is_shown(self, folder):
        faqbot("extract", "ears.txt", "-o", "ears.md")
        terminal = Terminal("review", "ears.md", "--source", "ears.txt", columns=120)
        terminal.until("│Ear syringing is a procedure that washes wax out")
        terminal.type(b"q")
        assert terminal.leave() == 1

    def test_an_article_that_cannot_be_read(self, folder):
        faqbot("extract", "ears.txt", "-o", "ears.md")
        status, out, err = faqbot("review", "ears.md", "--source", "gone.txt")
        assert (status, out) == (2, "")
        assert "gone.txt: there is no such file" in err
