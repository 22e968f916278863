"""How well labelled questions are answered: outcomes, confusions, fixes, and what `faqbot eval` prints."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from faqbot import Entry, FaqBot, KnowledgeBase
from faqbot.answering.reply import Reason, given, suggested, unanswered
from faqbot.cli import main
from faqbot.evaluation import metrics, trials
from faqbot.evaluation.labelled import Labelled
from faqbot.evaluation.metrics import Outcome, Share
from faqbot.search.ranking import Match

OPEN, PARK, REPAIR = "when-are-you-open", "where-do-i-park", "how-long-does-a-repair-take"

FILE = """\
# The garage

## When are you open?

From nine to five.

## Where do I park?

- also: Is there a car park?
- also: Can I leave my car with you?

Behind the house.

## How much is a new chain?

- gap: Prices are not in this list.
"""
QUESTIONS = """\
question,expected
when are you open,when-are-you-open
where can I leave my old car,where-do-i-park
is parking free,-
do you sell helmets,none
who is the king of spain,
"""


@pytest.fixture
def files(tmp_path, monkeypatch):
    (tmp_path / "garage.md").write_text(FILE)
    (tmp_path / "asked.csv").write_text(QUESTIONS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestOutcomes:
    A = Entry(question="a", answer="1")
    SAME = Entry(question="b", answer="1")
    OTHER = Entry(question="c", answer="2")
    GAP = Entry(question="d", gap="unknown")

    @pytest.mark.parametrize(
        ("reply", "expected", "outcome"),
        [
            (given("x", A, 1), [A], Outcome.RIGHT),
            (given("x", A, 1), [OTHER, A], Outcome.RIGHT),
            (given("x", SAME, 1), [A], Outcome.RIGHT),
            (given("x", OTHER, 1), [A], Outcome.MISLED),
            (given("x", A, 1), [GAP], Outcome.MISLED),
            (given("x", A, 1), [], Outcome.MADE_UP),
            (given("x", GAP, 1), [GAP], Outcome.RIGHT),
            (given("x", GAP, 1), [], Outcome.RIGHT),
            (given("x", GAP, 1), [A], Outcome.LOST),
            (suggested("x", (Match(OTHER, 0.4), Match(A, 0.3)), 0.4, Reason.AMBIGUOUS), [A], Outcome.SUGGESTED),
            (suggested("x", (Match(OTHER, 0.4),), 0.4, Reason.UNCERTAIN), [A], Outcome.LOST),
            (suggested("x", (Match(OTHER, 0.4),), 0.4, Reason.UNCERTAIN), [], Outcome.REFUSED),
            (suggested("x", (Match(GAP, 0.4),), 0.4, Reason.UNCERTAIN), [GAP], Outcome.SUGGESTED),
            (unanswered("x", Reason.NO_MATCH), [A], Outcome.LOST),
            (unanswered("x", Reason.NO_MATCH), [A, GAP], Outcome.LOST),
            (unanswered("x", Reason.NO_MATCH), [GAP], Outcome.REFUSED),
            (unanswered("x", Reason.NO_MATCH), [], Outcome.REFUSED),
        ],
    )
    def test_of_a_reply(self, reply, expected, outcome):
        assert metrics.judge(reply, expected) is outcome


class TestShares:
    @pytest.mark.parametrize(
        ("count", "total", "low", "high"),  # Newcombe 1998, table I: intervals by Wilson's score
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
    )
    def test_intervals(self, count, total, low, high):
        assert Share(count, total).interval == pytest.approx((low, high), abs=1e-4)

    def test_of_nothing_and_of_all(self):
        assert (Share(0, 0).value, Share(0, 0).interval) == (0.0, (0.0, 1.0))
        assert Share(20, 20).interval == (pytest.approx(0.8389, abs=1e-4), 1.0)


class TestConfusions:
    def test_most_questions_first_and_wrong_answers_before_none(self, garage):
        asked = [
            Labelled("bla", (OPEN,)),
            Labelled("blub", (OPEN,)),
            Labelled("Do you repair electric bikes?", (PARK,)),
            Labelled("When are you open?", (PARK,)),
            Labelled("when are you open", (PARK,)),
            Labelled("when are you open?", ()),
            Labelled("Is there a car park?", (PARK,)),
        ]
        done = metrics.evaluate(FaqBot(garage), asked)
        pairs = [
            (pair.wanted and pair.wanted.id, pair.got and pair.got.id, len(pair.judged)) for pair in done.confusions
        ]
        assert pairs == [
            (PARK, OPEN, 2), (PARK, "do-you-repair-electric-bikes", 1), (None, OPEN, 1), (OPEN, None, 2),
        ]  # fmt: skip
        assert not done.is_harmless

    def test_of_several_expected_entries_the_nearest_is_wanted(self, garage):
        done = metrics.evaluate(FaqBot(garage), [Labelled("When are you open?", (REPAIR, PARK))])
        assert done.judged[0].outcome is Outcome.MISLED
        assert done.judged[0].wanted.id in {REPAIR, PARK}
        done = metrics.evaluate(FaqBot(garage), [Labelled("parking a brontosaurus", (REPAIR, PARK))])
        assert done.judged[0].wanted.id == PARK


class TestFixes:
    def test_the_question_as_a_phrasing_and_all_others_again(self, garage):
        asked = [
            Labelled("my saddle squeaks", (REPAIR,)),
            Labelled("My saddle squeaks!", (REPAIR,)),  # a copy proves nothing
            Labelled("the saddle squeaks a lot", (REPAIR,)),
            Labelled("my saddle squeaks, are you open", (OPEN,)),
        ]
        done = metrics.evaluate(FaqBot(garage), asked)
        assert done.judged[0].outcome is Outcome.LOST
        fix = next(one for one in trials.fixes(FaqBot(garage), done) if one.judged is done.judged[0])
        assert fix.outcome is Outcome.RIGHT
        assert [one.question for one in fix.others.better] == ["the saddle squeaks a lot"]
        assert all(one.outcome in {Outcome.RIGHT, Outcome.SUGGESTED} for one in fix.others.better)

    def test_what_nothing_answers_becomes_a_gap(self, garage):
        asked = [Labelled("where do I park my dog", ()), Labelled("Where do I park?", (PARK,))]
        done = metrics.evaluate(FaqBot(garage), asked)
        assert done.judged[0].outcome is Outcome.MADE_UP
        (fix,) = trials.fixes(FaqBot(garage), done)
        assert (fix.judged.wanted, fix.outcome, fix.others.worse, fix.helps) == (None, Outcome.RIGHT, (), True)

    def test_a_fix_that_harms_more_than_it_helps_is_none(self, garage):
        asked = [
            Labelled("Can I leave my bike with you?", (OPEN,)),
            Labelled("Can I leave a bike with you?", (REPAIR,)),
        ]
        also = "Can I leave my bike with you?"
        garage = replace(garage, entries=[
            replace(entry, phrasings=[also, *entry.phrasings]) if entry.id == REPAIR else entry
            for entry in garage.entries
        ])  # fmt: skip
        done = metrics.evaluate(FaqBot(garage), asked)
        assert [one.outcome for one in done.judged] == [Outcome.MISLED, Outcome.RIGHT]
        (fix,) = trials.fixes(FaqBot(garage), done)
        assert [one.question for one in fix.others.worse] == ["Can I leave a bike with you?"]
        assert not fix.helps

    def test_each_confusion_has_its_turn_and_no_question_two(self, garage):
        asked = [Labelled(f"zyx{letter}", (OPEN,)) for letter in "abcd"] + [Labelled("zyxa", (PARK,))]
        fixes = trials.fixes(FaqBot(garage), metrics.evaluate(FaqBot(garage), asked))
        assert [fix.judged.question for fix in fixes] == ["zyxa", "zyxb"]

    def test_of_many_questions_fewer_fixes_are_tried(self, garage, monkeypatch):
        done = metrics.evaluate(
            FaqBot(garage), [Labelled("zyx", (OPEN,)), Labelled("zyx", (PARK,)), Labelled("wvu", (OPEN,))]
        )
        monkeypatch.setattr(trials, "MOST_ASKED", 2)
        assert len(trials.fixes(FaqBot(garage), done)) == 1
        assert trials.fixes(FaqBot(garage), metrics.evaluate(FaqBot(garage), [])) == ()

    def test_nothing_of_the_knowledge_base_changes(self, garage):
        before = replace(garage)
        trials.fixes(FaqBot(garage), metrics.evaluate(FaqBot(garage), [Labelled("zyx", (OPEN,))]))
        assert garage == before


class TestLeaveOneOut:
    def test_only_entries_with_another_phrasing_are_asked(self, garage):
        done = metrics.leave_one_out(FaqBot(garage))
        assert [one.question for one in done.judged] == [
            "Where do I park?", "Is there a car park?",
            "How long does a repair take?", "When is my bike ready?", "Is it quick?",
        ]  # fmt: skip
        assert done.judged[0].wanted == garage.entries[1]

    def test_copies_go_out_too(self):
        entry = Entry(question="Where do I park?", answer="Here.", phrasings=["where do i PARK", "Space for cars"])
        knowledge = KnowledgeBase([entry, Entry(question="Open?", answer="No.")])
        done = metrics.leave_one_out(FaqBot(knowledge, encoder=None))
        assert [(one.question, one.outcome) for one in done.judged] == [
            ("Where do I park?", Outcome.LOST), ("Space for cars", Outcome.LOST),
        ]  # fmt: skip

    def test_large_knowledge_bases_lose_several_at_once(self, garage, monkeypatch):
        steps = []
        monkeypatch.setattr(metrics, "MOST_INDEXED", 8 * 3)
        done = metrics.leave_one_out(FaqBot(garage), lambda number, total: steps.append((number, total)))
        assert len(done.judged) == 5
        assert steps == [(1, 3), (2, 3), (3, 3)]


class TestCommand:
    def test_a_table_confusions_and_fixes(self, files, capsys):
        assert main.main(["eval", "garage.md", "asked.csv"]) == 1
        out, err = capsys.readouterr()
        assert err == ""
        assert (
            out
            == """\
garage.md: 5 questions

  that belong to an entry     2   share   95 % interval
  right                       2   100 %   34 to 100 %     answered with the right entry
  suggested                   0     0 %    0 to  66 %     the right entry is among the suggestions
  lost                        0     0 %    0 to  66 %     held back, though an entry answers
  misled                      0     0 %    0 to  66 %     answered with a wrong entry

  that nothing answers        3   share   95 % interval
  right                       0     0 %    0 to  56 %     recognised as a gap
  refused                     2    67 %   21 to  94 %     held back, rightly
  made up                     1    33 %    6 to  79 %     answered, though nothing answers

1 question that nothing answers
  got "Where do I park?":
    is parking free

What would help, each tried alone, and what became of all the other questions:
  better  worse
       0      0   ## is parking free
                     as a gap
"""
        )

    def test_questions_from_standard_input(self, files, capsys, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"when are you open,{OPEN}\n".encode())))
        assert main.main(["eval", "garage.md", "-"]) == 0
        assert capsys.readouterr().out.startswith("garage.md: 1 question\n")
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"x,opn\n")))
        assert main.main(["eval", "garage.md", "-"]) == 2
        assert "faqbot: standard input:1: there is no entry 'opn'" in capsys.readouterr().err

    def test_too_many_bytes_of_standard_input_are_refused_and_not_cut_short(self, files, capsys, monkeypatch):
        line = f"when are you open,{OPEN}\n".encode()
        monkeypatch.setattr("faqbot.evaluation.labelled.LARGEST", 2 * len(line))
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(2 * line)))
        assert main.main(["eval", "garage.md", "-"]) == 0
        capsys.readouterr()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(2 * line + b"\n")))
        assert main.main(["eval", "garage.md", "-"]) == 2
        assert f"standard input: it holds more than {2 * len(line)} bytes; " in capsys.readouterr().err

    @pytest.mark.parametrize(("width", "shown"), [(80, True), (None, False)])
    def test_a_long_run_says_how_far_it_is_at_a_terminal_only(self, files, capsys, monkeypatch, width, shown):
        monkeypatch.setattr("faqbot.cli.evaluate.LONG", 3)
        monkeypatch.setattr("faqbot.cli.text.columns", lambda stream: width)
        main.main(["eval", "garage.md", "asked.csv"])
        out, err = capsys.readouterr()
        assert ("\rquestion 5 of 5" in err, "question 5 of 5" in out) == (shown, False)
        assert err.strip("\r ").startswith("question 1 of 5" if shown else "")
        assert err[-1:] == ("\r" if shown else "")

    def test_its_own_phrasings(self, files, capsys):
        main.main(["eval", "garage.md"])
        out = capsys.readouterr().out
        assert out.startswith("garage.md: 3 questions, its own, each asked with itself left out\n")
        assert "What would help" not in out

    def test_harmless_is_status_0_even_where_some_are_lost(self, files, capsys):
        Path("asked.csv").write_text(f"when are you open,{OPEN}\nqwertz,{OPEN}\n")
        assert main.main(["eval", "garage.md", "asked.csv"]) == 0
        assert '1 question of "When are you open?"\n  got nothing:\n    qwertz\n' in capsys.readouterr().out

    def test_json_has_everything(self, files, capsys):
        assert main.main(["eval", "--json", "garage.md", "asked.csv"]) == 1
        out = json.loads(capsys.readouterr().out)
        assert list(out) == ["file", "questions", "asked", "outcomes", "results", "confusions", "fixes"]
        assert [(one["line"], one["outcome"]) for one in out["results"]] == [
            (2, "right"), (3, "right"), (4, "made up"), (5, "refused"), (6, "refused"),
        ]  # fmt: skip
        assert out["results"][0]["reply"]["status"] == "answered"
        assert sum(one["count"] for part in out["outcomes"].values() for one in part.values()) == out["asked"] == 5
        assert out["confusions"] == [{"wanted": None, "got": PARK, "questions": ["is parking free"]}]
        assert [(fix["question"], fix["entry"], fix["helps"]) for fix in out["fixes"]] == [
            ("is parking free", None, True)
        ]
        main.main(["eval", "--json", "garage.md"])
        own = json.loads(capsys.readouterr().out)
        assert (own["questions"], own["fixes"], own["results"][0]["line"]) == (None, None, None)

    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["missing.md"], "faqbot: missing.md: there is no such file; check the name and the folder\n"),
            (["garage.md", "missing"], "faqbot: missing: there is no such file; check the name and the folder\n"),
            (["garage.md", "garage.md"], "faqbot: garage.md:1: one column only"),
            (["bare.md"], "faqbot: bare.md: no entry has a second phrasing to ask; add '- also: …' to an entry"),
            (["garage.md", "bad.csv"], "faqbot: bad.csv:1: there is no entry 'opning'; the nearest id is"),
        ],
    )
    def test_what_cannot_be_used_is_status_2(self, files, capsys, arguments, says):
        Path("bare.md").write_text("## A?\n\na\n")
        Path("bad.csv").write_text("x,opn\x1b[2Jing\n")
        assert main.main(["eval", *arguments]) == 2
        out, err = capsys.readouterr()
        assert (out, err[: len(says)]) == ("", says)

    def test_nothing_steers_the_terminal(self, files, capsys):
        Path("asked.jsonl").write_text(json.dumps({"question": "qwertz \x1b[2J\u202e\x07", "expected": OPEN}) + "\n")
        main.main(["eval", "garage.md", "asked.jsonl"])
        assert all(character == "\n" or character.isprintable() for character in capsys.readouterr().out)

    def test_lines_are_not_longer_than_a_page(self, files, capsys):
        Path("asked.csv").write_text(f"{'qwertz ' * 60},{OPEN}\n")
        main.main(["eval", "garage.md", "asked.csv"])
        assert max(map(len, capsys.readouterr().out.splitlines())) <= 100
