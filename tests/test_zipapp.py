"""The package in one archive, as `zipapp` makes it: it finds what ships with it."""

import shutil
import subprocess
import sys
import zipapp

import pytest

from conftest import ROOT


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("archive")
    left_out = shutil.ignore_patterns("__pycache__", "*.onnx")  # a model of 20 MB takes long to pack
    shutil.copytree(ROOT / "faqbot", folder / "app/faqbot", ignore=left_out)
    shutil.copytree(ROOT / "knowledge", folder / "app/faqbot/bundled")
    zipapp.create_archive(folder / "app", folder / "faqbot.pyz", main="faqbot.__main__:main")
    return folder / "faqbot.pyz"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask", "how lng does it tkae"], "A session normally takes about an hour."),
        (["chat"], "A session normally takes about an hour."),
        (["extract", "-"], "## How long does mud bathing take?"),
        (["help", "batch"], "A file of questions in, a file of replies out"),
        (["ask", "-k", "missing.md", "x"], "there is no such file"),
    ],
)
def test_it_finds_what_ships_with_it(archive, arguments, says, tmp_path):
    given = "how long does it take\n" if arguments == ["chat"] else "Mud bathing\n\nMud bathing takes an hour.\n"
    done = subprocess.run(
        [sys.executable, archive, *arguments], capture_output=True, text=True, check=False, timeout=60, input=given,
        cwd=tmp_path,
    )  # fmt: skip
    assert says in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
