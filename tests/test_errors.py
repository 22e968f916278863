"""Errors as text: every problem is carried, and a message is never longer than somebody reads."""

import copy
import pickle
from pathlib import Path

import pytest

from faqbot.errors import (
    MOST_TOLD,
    ArticleError,
    ChangedError,
    ExtraMissingError,
    FaqbotError,
    KnowledgeError,
    LogError,
    Problem,
    QuestionsError,
    UnfinishedError,
    told,
)

FILE = Path("faq.md")


def slips(count):
    return [Problem(FILE, n, f"unknown field 'fild {n}'", "did you mean 'field'?") for n in range(1, count + 1)]


def test_of_equal_problems_the_first_are_told_and_the_others_counted():
    error = KnowledgeError((*slips(1000), Problem(FILE, 5, "'A?' has no answer")))
    lines = str(error).splitlines()
    assert lines[:MOST_TOLD] == [str(problem) for problem in error.problems[:MOST_TOLD]]
    assert lines[MOST_TOLD:] == ["faq.md:5: 'A?' has no answer", "faq.md: 980 more like the one in line 20"]
    assert len(error.problems) == 1001


def test_problems_that_are_mended_in_another_way_are_others():
    asked = [Problem(FILE, None, f"people will ask '{n}?'", f"add '- gap: ask {chr(n)}'") for n in range(97, 122)]
    assert len(list(told(asked))) == len(asked)


def test_as_many_as_are_told_are_told_whole():
    assert str(KnowledgeError(tuple(slips(MOST_TOLD)))).splitlines() == [str(problem) for problem in slips(MOST_TOLD)]


def test_what_a_problem_quotes_is_cut_and_what_it_says_of_it_stays():
    problem = Problem(FILE, 1, f"the question {'x' * 10_000!r} is there twice", f"keep {'y' * 10_000!r}")
    assert str(problem) == f"faq.md:1: the question '{'x' * 99}…' is there twice; keep '{'y' * 99}…'"
    assert len(str(Problem(FILE, 1, "z" * 10_000))) < 1100


@pytest.mark.parametrize(
    "error",
    [
        KnowledgeError((Problem(FILE, 3, "it is wrong"),)),
        QuestionsError((Problem(FILE, 3, "it is wrong"),)),
        LogError(Problem(FILE, None, "it is wrong")),
        ChangedError(FILE, Problem(FILE, None, "it is gone")),
        UnfinishedError(FILE, "another run is writing it", "wait"),
        ArticleError("it is empty"),
        ExtraMissingError("Reading PDF", "documents"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_crosses_to_another_process_with_all_its_parts(error):
    for made in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(made) is type(error)
        assert str(made) == str(error)
        assert vars(made) == vars(error)


def test_every_kind_of_error_is_tried():
    tried = {type(case) for case in test_an_error_crosses_to_another_process_with_all_its_parts.pytestmark[0].args[1]}
    kinds = {kind for kind in FaqbotError.__subclasses__() if kind.__module__ == "faqbot.errors"}
    assert tried == kinds


@pytest.mark.parametrize("name", ["a\nfaqbot: all is well", "a\rb", "a\vb", "a\udcffb", "a\u2028b", "a\x85b"])
def test_a_name_of_a_file_stays_on_its_line_and_can_be_printed(name):
    for message in (str(Problem(Path(name), 1, "it is empty")), str(UnfinishedError(Path(name), "x", "y"))):
        assert message.isprintable()
        message.encode()
