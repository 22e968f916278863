"""What only the README promises: see test_manual for its transcripts, commands and examples."""

import doctest
import re

import screenshot
from conftest import ROOT
from faqbot import bot as bot_module

README = (ROOT / "README.md").read_text(encoding="utf-8")
LONGEST = 150  # lines; the rest is in the manual


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_it_is_short():
    assert len(README.splitlines()) <= LONGEST


def test_the_recorded_chat_is_what_the_program_shows():
    assert blocks("terminal")[0] == screenshot.recorded(), f"to record it anew: {screenshot.COMMAND}"


def test_the_examples_in_docstrings_say_what_they_show():
    assert doctest.testmod(bot_module) == (0, 3)


def test_ci_runs_the_readmes_test_command():
    command = next(block for block in blocks("sh") if "pytest" in block).strip()
    assert command in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
