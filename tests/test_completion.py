"""What is made of the parser: the completion of shells, and the man page."""

import shutil
import subprocess
import sys

import pytest

import generated
from faqbot.cli import main
from faqbot.cli.arguments import COMMANDS


@pytest.mark.skipif(sys.version_info >= (3, 13), reason="argparse lays out its help in another way from 3.13 on")
@pytest.mark.parametrize("name", [*(f"faqbot.{shell}" for shell in generated.SHELLS), "faqbot.1"])
def test_what_is_kept_is_what_would_be_made(name):
    kept = (generated.FOLDER / name).read_text(encoding="utf-8")
    assert kept == generated.made()[name], f"the options or the help have changed: run `{generated.COMMAND}`"


@pytest.mark.parametrize("shell", generated.SHELLS)
def test_the_program_prints_it(shell, capsys):
    assert main.main(["completion", shell]) == 0
    assert capsys.readouterr().out == (generated.FOLDER / f"faqbot.{shell}").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_all_of_it(name):
    assert all(name in path.read_text(encoding="utf-8") for path in generated.FOLDER.iterdir())


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash here")
@pytest.mark.parametrize(
    ("typed", "completed"),
    [("faqbot ser", "serve"), ("faqbot serve --allow-o", "--allow-origin"), ("faqbot completion z", "zsh")],
)
def test_bash_completes(typed, completed):
    script = (
        f". {generated.FOLDER}/faqbot.bash; COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1));"
        ' $(complete -p faqbot | sed "s/.*-F \\([^ ]*\\).*/\\1/"); echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=30, check=False)
    assert done.stdout.split() == [completed], done.stderr
