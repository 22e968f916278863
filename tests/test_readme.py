"""The README is run: its commands, its examples and its tables hold."""

import contextlib
import doctest
import io
import re
import shlex

import pytest

import screenshot
from conftest import ROOT
from faqbot import bot as bot_module
from faqbot.answering.serialize import as_json
from faqbot.cli import main
from faqbot.knowledge import reader

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def transcript():
    return [
        (command, output.strip())
        for command, output in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n?)*)", blocks("console")[0], re.M)
    ]


@pytest.mark.parametrize(("command", "output"), transcript())
def test_the_transcript_is_what_the_program_says(command, output, capsys):
    main.main(shlex.split(command)[1:])
    assert capsys.readouterr().out.strip() == output


def test_the_help_is_what_the_program_says(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        main.main(["--help"])
    assert blocks("text")[0].strip() == "$ faqbot --help\n" + capsys.readouterr().out.strip()


def test_the_recorded_chat_is_what_the_program_shows():
    assert blocks("terminal")[0] == screenshot.recorded(), f"to record it anew: {screenshot.COMMAND}"


def test_the_library_example_prints_what_its_comments_say():
    code = blocks("python")[0]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "README.md", "exec"), {})
    assert said.getvalue().splitlines() == re.findall(r"^print\(.*?\)\s+# (.*)$", code, re.M)


def test_the_examples_in_docstrings_say_what_they_show():
    assert doctest.testmod(bot_module) == (0, 3)


def test_the_example_of_a_knowledge_file_is_one():
    read = reader.parse(blocks("markdown")[0], "README.md").knowledge
    assert [entry.is_gap for entry in read.entries] == [False, True]


def test_every_field_is_in_the_table():
    fields = re.findall(r"^\| `([a-z ]+)` \| (title|entry) \|", README, re.M)
    assert sorted(name for name, where in fields if where == "title") == sorted(reader.TITLE_FIELDS)
    assert sorted(name for name, where in fields if where == "entry") == sorted(reader.ENTRY_FIELDS)


def test_every_json_key_is_in_the_table(bot):
    table = README.split("| key | what it holds |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.M) == [*as_json(bot.ask("x")), "explanation"]


def test_ci_runs_the_readmes_test_command():
    command = next(block for block in blocks("sh") if "pytest" in block).strip()
    assert command in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
