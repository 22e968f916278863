"""The log: what a line holds, what is left out, and what no line can break."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from faqbot.answering.feedback import Feedback, Verdict
from faqbot.errors import LogError
from faqbot.evaluation import log as query_log
from faqbot.evaluation.log import Asked, dismiss, read, recorder


@pytest.fixture
def path(tmp_path):
    return tmp_path / "questions.jsonl"


def said(question, verdict=Verdict.UNANSWERED, **more):
    return Feedback(question, verdict, **more)


def line(question="is there parking?", **more):
    return json.dumps({"question": question, "verdict": "unanswered", "knowledge": "The garage", **more})


def test_a_line_is_the_question_masked_and_what_came_near_and_nothing_else(path, bot):
    keep = recorder(path, "The garage")
    near = bot.rank("is there a toilet")[:2]
    keep(
        said("is there a toilet, ask ann@example.org", Verdict.BAD, confidence=0.12345, given=near[0].entry, near=near)
    )
    assert json.loads(path.read_text()) == {
        "question": "is there a toilet, ask [e-mail]",
        "verdict": "bad",
        "confidence": 0.1235,
        "given": near[0].entry.id,
        "near": [match.entry.id for match in near],
        "knowledge": "The garage",
    }
    asked = Asked(
        "is there a toilet, ask [e-mail]", Verdict.BAD, 0.1235, near[0].entry.id, tuple(m.entry.id for m in near)
    )
    assert read(path, "The garage").asked == (asked,)


@pytest.mark.parametrize(
    ("feedback", "is_kept"),
    [
        (said("why?"), True),
        (said("why?", Verdict.REJECTED), True),
        (said("why?", Verdict.BAD), True),
        (said("why?", Verdict.GOOD), False),
        (said("?!"), False),
        (said("ann@example.org"), False),
        (said("0171 2345678"), False),
    ],
)
def test_what_is_kept(path, feedback, is_kept):
    recorder(path, "x")(feedback)
    assert path.exists() is is_kept


def test_a_conversation_tells_what_it_could_not_answer(path, bot):
    talk = bot.conversation(listener=recorder(path, "The garage"))
    for question in ("where do i park", "do you sell flowers", "?", "7"):
        talk.ask(question)
    talk.ask("where do i park")
    talk.feedback(False)
    assert [(one.question, one.verdict, one.given) for one in read(path, "The garage").asked] == [
        ("do you sell flowers", "unanswered", ""),
        ("where do i park", "bad", "where-do-i-park"),
    ]


def test_nobody_else_can_read_it(path):
    keep = recorder(path, "x")
    keep(said("why?"))
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    keep(said("when?"))
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_line_that_a_crash_has_cut_is_counted_and_the_next_begins_on_its_own(path):
    keep = recorder(path, "The garage")
    keep(said("one?"))
    path.write_bytes(path.read_bytes()[:-20])
    keep(said("two?"))
    log = read(path, "The garage")
    assert ([one.question for one in log.asked], log.unreadable) == (["two?"], 1)


def test_it_is_never_larger_than_its_limit_and_says_so_once(path, monkeypatch):
    monkeypatch.setattr(query_log, "LARGEST", 1000)
    told = []
    keep = recorder(path, "The garage", told.append)
    for _ in range(50):
        keep(said("why is it so?"))
    assert path.stat().st_size <= 1000
    assert told == [f"{path} holds 1,000 bytes: no more questions are kept until it is deleted."]
    path.unlink()
    recorder(path, "The garage", told.append)(said("why?"))
    assert len(read(path, "The garage").asked) == 1


def test_a_full_log_says_so_when_it_is_read(path):
    path.write_text((line() + "\n") * 3 + " " * query_log.LARGEST)
    assert read(path, "The garage").is_full


@pytest.mark.parametrize("name", ["", "missing/log", "/dev/full", "/dev/null/x"])
def test_a_log_that_cannot_be_written_is_told_once_and_the_chat_goes_on(tmp_path, name, bot):
    told = []
    talk = bot.conversation(listener=recorder(tmp_path / name, "x", told.append))
    assert [talk.ask("do you sell flowers").status for _ in range(2)] == ["unanswered"] * 2
    assert len(told) == 1
    assert told[0].startswith("No questions are kept: ")


def test_of_too_many_questions_the_newest_are_read(path, monkeypatch):
    monkeypatch.setattr(query_log, "MOST", 2)
    path.write_text("\n".join(line(f"{word}?") for word in ("one", "two", "three")))
    log = read(path, "The garage")
    assert ([one.question for one in log.asked], log.older) == (["two?", "three?"], 1)


def test_a_byte_order_mark_is_no_part_of_the_first_line(path):
    path.write_text("\ufeff" + line("why?"))
    log = read(path, "The garage")
    assert ([one.question for one in log.asked], log.unreadable) == (["why?"], 0)


HOSTILE = [
    "not JSON",
    "[]",
    "null",
    '"text"',
    "{}",
    "[" * 100_000,
    '{"question": ' + "9" * 5000 + "}",
    line(question=7),
    line(question=None),
    line(question=""),
    line(question="\u0007"),
    line(verdict="splendid"),
    line(verdict=["unanswered"]),
    line(verdict="good"),
    line(confidence="high"),
    line(confidence=7),
    line().replace('"question"', '"confidence": NaN, "question"'),
    line(given=[]),
    line(near="x"),
    line(near=[1]),
    line(knowledge=None),
    '{"knowledge": "The garage"}',
    '{"questions": "x", "dismissed": true, "knowledge": "The garage"}',
    '{"questions": [{}], "dismissed": true, "knowledge": "The garage"}',
    '{"questions": ["x"], "dismissed": 1, "knowledge": "The garage"}',
    b"\xff\xfe\x00".decode("latin-1"),
]


def test_lines_that_make_no_sense_are_counted_and_the_others_read(path):
    path.write_bytes("\n".join([line("first?"), *HOSTILE, "", "  ", line("last?")]).encode("latin-1"))
    log = read(path, "The garage")
    assert ([one.question for one in log.asked], log.unreadable) == (["first?", "last?"], len(HOSTILE))


def test_what_somebody_wrote_into_it_is_masked_and_cut_too(path):
    path.write_text(
        line("ann@example.org: \u001b[2J why?", near=["x" * 999] * 99, given="y" * 999) + "\n" + line("z " * 5000)
    )
    first, second = read(path, "The garage").asked
    assert first.question == "[e-mail]: why?"
    assert (len(first.near), len(first.near[0]), len(first.given), len(second.question)) == (10, 200, 200, 300)


def test_questions_of_other_knowledge_bases_are_counted_by_name(path):
    names = ["The garage", "Peel", "Peel", "Spa", "Spa and The garage", "The garage and Spa", "The garages", ""]
    path.write_text("\n".join(line(knowledge=name) for name in names))
    log = read(path, "The garage")
    assert len(log.asked) == 3
    assert log.others == (("Peel", 2), ("Spa", 1), ("The garages", 1), ("", 1))


def test_dismissed_questions_do_not_come_back_however_often_they_are_asked(path):
    keep = recorder(path, "The garage")
    for question in ("Is it vegan?", "is it VEGAN", "is it legal"):
        keep(said(question))
    before = path.read_bytes()
    dismiss(path, "The garage", ["Is it vegan?"])
    keep(said("is it vegan"))
    log = read(path, "The garage")
    assert ([one.question for one in log.asked], log.dismissed) == (["is it legal"], 3)
    assert path.read_bytes().startswith(before)
    dismiss(path, "The garage", ["Is it vegan?"], dismissed=False)
    assert len(read(path, "The garage").asked) == 4
    dismiss(path, "Peel", ["is it legal"])
    assert len(read(path, "The garage").asked) == 4


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "it is a folder"),
        (lambda path: path.write_bytes(b" " * (query_log.LARGEST_READ + 1)), "a log of questions holds at most"),
    ],
)
def test_what_is_no_log_is_said(path, make, says):
    make(path)
    with pytest.raises(LogError, match=says):
        read(path, "x")


KEEPER = """
import sys
from faqbot.answering.feedback import Feedback, Verdict
from faqbot.unanswered import recorder
keep = recorder(sys.argv[1], "The garage")
for number in range(int(sys.argv[2])):
    keep(Feedback(f"{sys.argv[3]} asks the same {'very ' * 40} long question again, {number}?", Verdict.UNANSWERED))
"""


def keeper(path, count, name):
    return subprocess.Popen([sys.executable, "-c", KEEPER, str(path), str(count), name])


def test_two_chats_at_once_tear_no_line(path):
    both = [keeper(path, 500, name) for name in ("ann", "bob")]
    assert [one.wait(60) for one in both] == [0, 0]
    log = read(path, "The garage")
    assert (len(log.asked), log.unreadable) == (1000, 0)


def test_killed_while_keeping_at_most_the_last_line_is_lost(path):
    one = keeper(path, 10**9, "ann")
    while not path.exists() or path.stat().st_size < 10_000:
        time.sleep(0.01)
    os.kill(one.pid, signal.SIGKILL)
    one.wait(60)
    log = read(path, "The garage")
    assert log.unreadable <= 1
    assert [one.question[-len(f", {number}?") :] for number, one in enumerate(log.asked)] == [
        f", {number}?" for number in range(len(log.asked))
    ]
