"""The manual is run: its transcripts, its commands and its examples hold, and `faqbot help` shows it."""

import contextlib
import io
import re
import shlex

import pytest

from conftest import ROOT
from faqbot.answering.serialize import as_json
from faqbot.cli import help as manual
from faqbot.cli import main
from faqbot.cli.arguments import COMMANDS, parser
from faqbot.knowledge import reader
from terminal import Terminal

PAGES = {"README": (ROOT / "README.md").read_text(encoding="utf-8")} | {
    topic: manual.page(topic) for topic in manual.topics()
}


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", PAGES[page], re.DOTALL | re.MULTILINE)


def having(language):
    return [page for page in PAGES if blocks(page, language)]


def transcript(block):
    return re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n?)*)", block, re.MULTILINE)


@pytest.mark.parametrize("page", having("console"))
def test_transcripts_are_what_the_program_says(page, tmp_path, monkeypatch, capsys):
    """A `cat` shows a file that the commands below it use; … stands for anything."""
    monkeypatch.chdir(tmp_path)
    for block in blocks(page, "console"):
        for line, output in transcript(block):
            command, *arguments = shlex.split(line)
            if command == "cat":
                (tmp_path / arguments[0]).write_text(f"{output.rstrip()}\n", encoding="utf-8")
                continue
            assert command == "faqbot"
            main.main(arguments)
            said = capsys.readouterr()
            expected = ".*?".join(map(re.escape, output.strip().split("…")))
            assert re.fullmatch(expected, (said.out + said.err).strip(), re.DOTALL), said.out + said.err


@pytest.mark.parametrize("page", having("sh"))
def test_commands_can_be_run_as_they_stand(page):
    lines = [shlex.split(line, comments=True) for block in blocks(page, "sh") for line in block.splitlines()]
    for arguments in [arguments for program, *arguments in lines if program == "faqbot"]:
        assert parser().parse_args(arguments).command == arguments[0]


@pytest.mark.parametrize("page", PAGES)
def test_options_exist(page, capsys):
    for command, rest in re.findall(r"`faqbot ([a-z]+)([^`]*)`", PAGES[page]):
        with pytest.raises(SystemExit):
            parser().parse_args([command, "--help"])
        options = re.findall(r"--[a-z-]+", capsys.readouterr().out)
        assert set(re.findall(r"--[a-z-]+", rest)) <= {*options}


@pytest.mark.parametrize("page", having("python"))
def test_library_examples_print_what_their_comments_say(page):
    for code in blocks(page, "python"):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            exec(compile(code, page, "exec"), {})
        assert said.getvalue().splitlines() == re.findall(r"^print\(.*?\)\s+# (.*)$", code, re.MULTILINE)


@pytest.mark.parametrize("page", having("markdown"))
def test_examples_of_knowledge_files_have_an_answer_and_a_gap(page):
    for text in blocks(page, "markdown"):
        assert [entry.is_gap for entry in reader.parse(text, page).knowledge.entries] == [False, True]


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page):
    folder = ROOT if page == "README" else ROOT / "faqbot/manual"
    links = re.findall(r"\]\(([^)#:]+)\)", PAGES[page])
    assert [link for link in links if not (folder / link).exists()] == []


def test_every_page_begins_with_a_heading():
    assert [page for page, text in PAGES.items() if not re.match(r"# \S", text)] == []


def test_every_package_has_a_row_in_the_readme():
    table = PAGES["README"].split("| package of `faqbot/` |")[1]
    packages = {path.parent.name for path in (ROOT / "faqbot").glob("*/__init__.py")}
    assert packages - set(re.findall(r"`(\w+)`", table)) == set()


def test_the_table_of_where_to_look_names_what_there_is():
    table = PAGES["development"].split("| to change | look into |")[1].split("\n\n")[0]
    named = re.findall(r"`([a-z_]+/[a-z_/.]*)`", table)
    homes = [ROOT / folder / f"{name}{ending}" for name in named for folder in ("", "faqbot") for ending in ("", ".py")]
    there = {str(home.relative_to(ROOT)).removeprefix("faqbot/").removesuffix(".py") for home in homes if home.exists()}
    assert len(named) > 10
    assert {name.removeprefix("faqbot/").rstrip("/") for name in named} - there == set()


def test_every_command_has_a_row_in_the_readme_and_its_example_runs_it():
    rows = re.findall(r"^\| `(\w+)` \| .* \| `faqbot (\w+)[^`]*` \|$", PAGES["README"], re.MULTILINE)
    assert [name for name, _ in rows] == [name for _, name in rows]
    assert sorted(name for name, _ in rows) == sorted(COMMANDS)


def test_every_field_is_in_the_table():
    fields = re.findall(r"^\| `([a-z ]+)` \| (title|entry) \|", PAGES["knowledge-file"], re.MULTILINE)
    assert sorted(name for name, where in fields if where == "title") == sorted(reader.TITLE_FIELDS)
    assert sorted(name for name, where in fields if where == "entry") == sorted(reader.ENTRY_FIELDS)


def test_every_json_key_is_in_the_table(bot):
    table = PAGES["json"].split("| key | what it holds |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == [*as_json(bot.ask("x")), "explanation"]


class TestHelp:
    """What `faqbot help` shows."""

    def test_the_list_has_every_page(self, capsys):
        assert main.main(["help"]) == 0
        listed = re.findall(r"^  ([a-z-]+)  +(.*)$", capsys.readouterr().out, re.MULTILINE)
        assert listed == [(topic, PAGES[topic].splitlines()[0].removeprefix("# ")) for topic in manual.topics()]

    @pytest.mark.parametrize("topic", manual.topics())
    def test_a_page_is_set_without_markup(self, topic, capsys):
        assert main.main(["help", topic]) == 0
        shown = capsys.readouterr().out
        assert shown.startswith(PAGES[topic].splitlines()[0].removeprefix("# ") + "\n\n")
        assert re.search(r"```|\]\(|^#", re.sub(r"^    .*", "", shown, flags=re.MULTILINE), re.MULTILINE) is None

    def test_a_command_without_a_page_shows_its_options(self, capsys):
        with pytest.raises(SystemExit) as left:
            main.main(["help", "ask"])
        assert left.value.code == 0
        assert capsys.readouterr().out.startswith("usage: faqbot ask ")

    def test_a_page_that_there_is_not(self, capsys):
        assert main.main(["help", "nonsense"]) == 2
        assert capsys.readouterr().err.startswith("faqbot: the manual has no page 'nonsense'; its pages are batch, ")

    def test_at_a_terminal_the_pager_of_the_person_shows_it_with_its_bold_words(self, tmp_path, monkeypatch):
        pager = tmp_path / "less"
        pager.write_text('#!/bin/sh\nprintf "paged %s:" "$1"\nexec cat\n')
        pager.chmod(0o755)
        monkeypatch.setenv("PAGER", f"{pager} -x")
        terminal = Terminal("help", "eval")
        assert terminal.until("How many questions are answered rightly").endswith("paged -x:")
        terminal.until("weigh more.")
        assert terminal.leave() == 0
        assert "\x1b[1mHow\x1b[0m" in terminal.raw

    @pytest.mark.parametrize("pager", ["'", "no-such-pager", "cat"])
    def test_whatever_the_pager_is_the_page_is_shown(self, pager, monkeypatch, tmp_path):
        monkeypatch.setenv("PAGER", pager)
        monkeypatch.setenv("PATH", str(tmp_path))  # without less
        terminal = Terminal("help", "review")
        terminal.until("Reviewing a draft")
        terminal.until("else 1.")
        assert terminal.leave() == 0
