"""`faqbot ask --batch`, as it is typed."""

import subprocess
import sys

import pytest

from terminal import Terminal

KNOWLEDGE = "## When are you open?\n\nFrom nine to five.\n\n## Where do I park?\n\nBehind the house.\n"


@pytest.fixture
def faqbot(tmp_path, monkeypatch):
    (tmp_path / "desk.md").write_text(KNOWLEDGE)
    (tmp_path / "asked.csv").write_text("id,question\n1,When are you open?\n2,Do you sell hats?\n")
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        command = [sys.executable, "-m", "faqbot", "ask", "-k", "desk.md", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        return done.returncode, done.stdout, done.stderr

    return run


def test_a_file_of_questions_becomes_a_file_of_replies(faqbot, tmp_path):
    said = "replies.csv: 2 questions: 1 answered, 1 unanswered\n"
    assert faqbot("--batch", "asked.csv", "-o", "replies.csv") == (0, said, "")
    written = (tmp_path / "replies.csv").read_text(encoding="utf-8")
    head, first, *_ = written.splitlines()
    assert head == "id,question,status,reason,confidence,entry,answer,source"
    assert first.startswith("1,When are you open?,answered,,0.99")
    assert first.endswith(",when-are-you-open,From nine to five.,")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["asked.csv", "desk.md", "replies.csv"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--batch", "asked.csv"], "takes --batch FILE and -o FILE"),
        (["-o", "replies.csv", "open?"], "takes --batch FILE and -o FILE"),
        (["--restart"], "takes --batch FILE and -o FILE"),
        (["--batch", "asked.csv", "-o", "replies.csv", "open?"], "neither questions nor --json nor --explain"),
        (["--batch", "asked.csv", "-o", "replies.csv", "--json"], "neither questions nor --json nor --explain"),
        (["--batch", "asked.csv", "-o", "replies.xlsx"], "replies.xlsx: the ending has to say what to write"),
        (["--batch", "asked.csv", "-o", "asked.csv"], "the answers would take the place of the questions"),
        (["--batch", "none.csv", "-o", "replies.csv"], "none.csv: there is no such file; check the name"),
        (
            ["--batch", "asked.csv", "-o", "no/replies.csv"],
            "no/replies.csv: it cannot be written (there is no such folder)",
        ),
        (["--batch", "desk.md", "-o", "."], "the ending has to say what to write"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(faqbot, arguments, says):
    status, out, err = faqbot(*arguments)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("faqbot: ")
    assert says in err


def test_at_a_terminal_it_says_how_far_it_is_and_ctrl_c_leaves_it_to_be_gone_on_with(faqbot, tmp_path):
    questions = ["When are you open?", "Wher do I park?", "Do you sell hats?"]
    lines = [f"{n},{questions[n % 3]}\n" for n in range(3_000)]
    (tmp_path / "asked.csv").write_text("id,question\n" + "".join(lines))
    command = ["ask", "-k", "desk.md", "--batch", "asked.csv", "-o", "replies.csv"]
    first = Terminal(*command, columns=100)
    first.until("of 3,000, ")
    first.type(b"\x03")
    assert first.leave() == 130
    assert "Traceback" not in first.raw + first.unread
    (tmp_path / "desk.md").write_text(KNOWLEDGE.replace("five", "six"))
    status, _, err = faqbot(*command[3:])
    assert (status, err.count("\n")) == (2, 1)
    assert "the run that was broken off was begun with other knowledge; " in err
    (tmp_path / "desk.md").write_text(KNOWLEDGE)
    second = Terminal(*command, columns=100)
    assert "[###" in second.until("100 %, 3,000 of 3,000")
    assert "questions (" in second.until(" of them in an earlier run)")
    assert second.leave() == 0
    written = (tmp_path / "replies.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [line.split(",")[0] for line in written] == [str(n) for n in range(3_000)]
