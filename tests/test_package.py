"""What the package promises as a whole: its names, its imports, its types, its style, and its wheel."""

import ast
import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

import faqbot
from conftest import ROOT
from faqbot import documents, extraction
from faqbot.documents import reader
from faqbot.extraction import pipeline

# Each package imports only from those before it.
ORDER = (
    "errors", "text", "files", "english", "models", "knowledge", "documents", "search", "answering", "bot",
    "extraction", "evaluation", "batch", "serving", "cli",
)  # fmt: skip
# The names that programs import, of what has moved into packages.
MOVED = {"encoders": "search.encoder", "unanswered": "evaluation.log", "cluster": "batch.ray"}
LONGEST_MODULE = 400  # lines; the wish is 200
MODULES = {
    ".".join(path.relative_to(ROOT / "faqbot").with_suffix("").parts): path
    for path in sorted((ROOT / "faqbot").rglob("*.py"))
}


def run(*command, **kwargs):
    done = subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False, timeout=300, **kwargs
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_public_names():
    assert faqbot.__all__ == [
        "ArticleError", "Conversation", "Encoder", "Entry", "Explanation", "FaqBot", "FaqbotError", "KnowledgeBase",
        "KnowledgeError", "Match", "Problem", "Ranking", "Reason", "Reply", "Source", "Status", "Thresholds",
        "extract_faq",
    ]  # fmt: skip


def test_names_are_found_where_the_readme_and_the_packages_have_them():
    assert faqbot.documents is documents
    assert documents.read is reader.read
    assert faqbot.extract_faq is extraction.extract_faq is pipeline.extract_faq
    assert (extraction.extract, extraction.Extraction) == (pipeline.extract, pipeline.Extraction)


def test_importing_the_library_loads_neither_terminal_nor_model():
    loaded = run(sys.executable, "-c", "import sys, faqbot; print(*sys.modules)").split()
    heavy = (
        "prompt_toolkit", "platformdirs", "onnxruntime", "torch", "argparse", "sentencex",
        "trafilatura", "lxml", "pypdf", "mammoth", "faqbot.documents", "faqbot.extraction",
        "faqbot.evaluation", "faqbot.batch", "faqbot.serving", "faqbot.cli", "asyncio", "starlette", "uvicorn", "mcp",
    )  # fmt: skip
    assert [name for name in loaded if name.startswith(heavy)] == []


def test_answering_what_people_approved_reads_no_documents():
    code = (
        "import sys, faqbot; entry = faqbot.Entry(question='Where?', answer='Here. Or there.')\n"
        "assert faqbot.FaqBot(faqbot.KnowledgeBase([entry]), encoder=None).ask('where').status == 'answered'\n"
        "print(*sys.modules)"
    )
    loaded = run(sys.executable, "-c", code).split()
    assert [name for name in loaded if name.startswith(("sentencex", "faqbot.documents"))] == []


def test_the_prompt_waits_for_nothing_that_only_answers_need():
    code = "import sys; from faqbot.cli.chat import bots, session; bots.Shelf.read([]); print('numpy' in sys.modules)"
    assert run(sys.executable, "-c", code).strip() == "False"


def imports_of(name):
    """Yield the modules of ours that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: a relative import"
            parts = [f"{node.module}.{one.name}" for one in node.names]
        elif isinstance(node, ast.Import):
            parts = [one.name for one in node.names]
        else:
            continue
        for part in (part.removeprefix("faqbot.") for part in parts if part.startswith("faqbot.")):
            known = next((one for one in (part, part.rpartition(".")[0], f"{part}.__init__") if one in MODULES), "")
            yield known or f"{part.rpartition('.')[0]}.__init__".lstrip(".")


def package_of(name):
    return name.partition(".")[0]


INNER = [name for name in MODULES if package_of(name) not in {"__init__", "__main__", *MOVED}]


def test_packages_import_only_from_those_before_them():
    for name in INNER:
        before = {*ORDER[: ORDER.index(package_of(name)) + 1], "__init__"}
        assert [used for used in imports_of(name) if package_of(used) not in before] == [], name


def test_no_modules_import_each_other_in_a_circle():
    left = {name: {used for used in imports_of(name) if used in INNER} for name in INNER}
    while ready := [name for name, needs in left.items() if not needs & left.keys()]:
        for name in ready:
            del left[name]
    assert left == {}


def test_the_root_has_few_doors():
    assert len([name for name in MODULES if "." not in name]) <= 9
    assert {name: set(imports_of(name)) for name in MOVED} == {name: {home} for name, home in MOVED.items()}


@pytest.mark.parametrize("package", [name for name in MODULES if name.endswith(".__init__") and "." in name])
def test_a_package_begins_with_its_map(package):
    inside = package.removesuffix(".__init__")
    modules = {name.removeprefix(f"{inside}.") for name in MODULES if name.startswith(f"{inside}.") and name != package}
    wanted = {f"{name.partition('.')[0]}/" if "." in name else name for name in modules}
    lines = ast.get_docstring(ast.parse(MODULES[package].read_text(encoding="utf-8"))).splitlines()[2:]
    assert sorted(line.split()[0] for line in lines) == sorted(wanted)
    assert all(len(line.split()) > 1 for line in lines)


def test_the_library_prints_nothing_and_reads_no_environment_and_no_clock():
    """One question with all three taken away: whatever touched them would raise.

    rapidfuzz looks at the environment when it is loaded, which is when the first word is corrected: that comes before.
    """
    code = (
        "import os, sys, time, faqbot\n"
        "faqbot.FaqBot.bundled().ask('how lng does it tkae')\n"
        "class Poison(dict):\n"
        "    def __getattribute__(self, name): raise AssertionError(name)\n"
        "    def __getitem__(self, name): raise AssertionError(name)\n"
        "os.environ, out, sys.stdout, sys.stderr = Poison(), sys.stdout, None, None\n"
        "time.time = time.monotonic = time.perf_counter = None\n"
        "text = faqbot.FaqBot.bundled().conversation().ask('how long does it take').text\n"
        "out.write(text)\n"
    )
    assert run(sys.executable, "-c", code) == "A session normally takes about an hour."


def test_modules_are_small():
    assert [name for name, path in MODULES.items() if len(path.read_text().splitlines()) > LONGEST_MODULE] == []


def test_style():
    run(sys.executable, "-m", "ruff", "check", ROOT)
    run(sys.executable, "-m", "ruff", "format", "--check", ROOT)


def test_types():
    run(sys.executable, "-m", "mypy", cwd=ROOT)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT)
    return next(folder.glob("*.whl"))


def test_a_wheel_in_a_clean_environment_answers_without_network_or_checkout(wheel, tmp_path):
    """Its dependencies are lent by this environment; faqbot itself comes from the wheel alone."""
    venv.create(tmp_path / "env", with_pip=False)
    python = next(path for path in (tmp_path / "env/bin/python", tmp_path / "env/Scripts/python.exe") if path.exists())
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    run(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site, wheel)
    lent = [str(Path(module.__file__).parent.parent) for module in (__import__("numpy"), __import__("rapidfuzz"))]
    (site / "lent.pth").write_text("\n".join(dict.fromkeys(lent)))
    code = (
        "import json, socket, sys, faqbot\n"
        "socket.socket.connect = None\n"
        "bot = faqbot.FaqBot.bundled()\n"
        "print(json.dumps([faqbot.__file__, bot.ask('how long does it take').text]))\n"
    )
    where, text = json.loads(run(python, "-I", "-c", code, cwd=tmp_path))  # -I: no PYTHONPATH
    assert Path(where).is_relative_to(tmp_path)
    assert text == "A session normally takes about an hour."
    assert (site / "faqbot/py.typed").is_file()
    assert sorted(path.name for path in (site / "faqbot/bundled").iterdir()) == [
        "condition.md", "formality.md", "howto.md", "microneedling.md", "procedure.md", "service.md",
    ]  # fmt: skip
