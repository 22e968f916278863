"""A knowledge base's own labelled questions move its threshold, and few of them do not."""

from dataclasses import replace

import pytest

from faqbot import Entry, FaqBot, KnowledgeBase, Thresholds
from faqbot.cli import main
from faqbot.evaluation.labelled import Labelled
from faqbot.evaluation.tuning import FEWEST, STEPS, tuned
from faqbot.knowledge import reader, writer

THINGS = ("bread", "boat", "lamp", "rope", "chair", "stove", "glove", "bell")
SHOP = KnowledgeBase([Entry(question=f"Where is the {thing}?", answer=f"Shelf {n}.") for n, thing in enumerate(THINGS)])
KNOWN = [
    Labelled(f"i look for a {kind} {thing}", (f"where-is-the-{thing}",))
    for thing in THINGS
    for kind in ("cheap", "strong", "round", "french")
]
UNKNOWN = [
    Labelled(asked.format(thing), ())
    for thing in THINGS
    for asked in ("who stole the old {} of the king", "{} tax", "where is the {} king", "where is the {} war poem")
]


@pytest.fixture(scope="module")
def shop():
    return FaqBot(SHOP, encoder=None)


def test_where_fragments_are_meant_it_answers_sooner(shop):
    usual, best = tuned(shop, KNOWN)
    assert best.answer < usual.answer == Thresholds().answer
    assert best.right > usual.right


def test_where_near_misses_are_asked_it_answers_later(shop):
    usual, best = tuned(shop, UNKNOWN)
    assert best.answer > usual.answer
    assert best.wrong < usual.wrong


def test_the_answers_of_a_tuned_bot_are_those_that_were_counted(shop):
    _, best = tuned(shop, KNOWN)
    bot = shop.over(replace(SHOP, answer_from=best.answer))
    assert sum(bot.ask(one.question).status == "answered" for one in KNOWN) == best.right + best.wrong


def test_few_questions_tune_nothing(shop):
    assert tuned(shop, KNOWN[: FEWEST - 1]) is None


def test_questions_that_say_nothing_leave_the_usual_threshold(shop):
    usual, best = tuned(shop, [Labelled("zyx", ())] * FEWEST)
    assert best == usual
    assert usual.answer in STEPS


def test_thresholds_of_the_caller_are_left_alone():
    with pytest.raises(ValueError, match="thresholds of its own"):
        tuned(FaqBot(SHOP, encoder=None, thresholds=Thresholds(answer=0.9)), KNOWN)


def test_a_file_brings_its_threshold_along():
    file = writer.render(replace(SHOP, title="Shop", answer_from=0.7))
    assert "- answer from: 0.7\n" in file.text
    assert FaqBot(file.knowledge, encoder=None).thresholds == Thresholds(answer=0.7)
    low = replace(SHOP, answer_from=0.2)
    assert FaqBot(low, encoder=None).thresholds == Thresholds(answer=0.2, suggest=0.2)
    assert KnowledgeBase.merged([replace(low, entries=()), file.knowledge]).answer_from == 0.7


@pytest.mark.parametrize("value", ["1.5", "-0.1", "high", "0.12345", "1e-1", "nan"])
def test_a_threshold_that_is_none_is_refused(value):
    with pytest.raises(reader.KnowledgeError, match="'answer from' cannot be"):
        reader.parse(f"# Shop\n\n- answer from: {value}\n\n## Where?\n\nHere.\n", "shop.md")
    with pytest.raises(ValueError, match="from 0 to 1"):
        replace(SHOP, answer_from=1.5)


class TestCommand:
    @pytest.fixture(autouse=True)
    def files(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        writer.save(writer.render(replace(SHOP, title="Shop"), tmp_path / "shop.md"))
        rows = [f"{one.question},{one.expected[0] if one.expected else ''}" for one in UNKNOWN]
        (tmp_path / "asked.csv").write_text("\n".join(["question,expected", *rows]))
        return tmp_path

    def test_it_writes_what_it_says(self, files, capsys):
        main.main(["eval", "shop.md", "asked.csv", "--tune"])
        said = capsys.readouterr().err
        tuned_to = reader.read("shop.md").knowledge.answer_from
        assert f"shop.md: answers from {tuned_to:g} now: 0 right, " in said
        assert "from 0.55 as usual it would be 0 and " in said

    def test_too_few_questions_are_an_error_and_change_nothing(self, files, capsys):
        before = (files / "shop.md").read_bytes()
        (files / "asked.csv").write_text("question,expected\nwhere is the bread,where-is-the-bread\n")
        assert main.main(["eval", "shop.md", "asked.csv", "--tune"]) == 2
        assert capsys.readouterr().err == "faqbot: shop.md: 1 labelled question; tuning takes at least 30\n"
        assert main.main(["eval", "shop.md", "--tune"]) == 2
        assert (files / "shop.md").read_bytes() == before
