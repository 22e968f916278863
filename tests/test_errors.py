"""Errors as text: every problem is carried, and a message is never longer than somebody reads."""

from pathlib import Path

from faqbot.errors import MOST_TOLD, KnowledgeError, Problem, told

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
