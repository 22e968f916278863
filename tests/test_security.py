"""What nothing from outside can do: a knowledge file, an article, a question, a log, labelled questions or a cache."""

import json
import os
import stat
import subprocess
import sys
import unicodedata
import zlib
from importlib.metadata import packages_distributions
from pathlib import Path

import files
import pytest

import audited
from conftest import ROOT
from faqbot import ArticleError, FaqBot, KnowledgeError
from faqbot.cli.chat.bots import Shelf
from faqbot.cli.chat.commands import Chat
from faqbot.cli.chat.session import open_history
from faqbot.documents import pdf
from faqbot.documents import reader as documents
from faqbot.documents.encoding import MOST_TABS, untabbed
from faqbot.errors import LogError
from faqbot.evaluation import log as query_log
from faqbot.files import read_bytes
from faqbot.knowledge import reader as knowledge
from faqbot.knowledge import writer
from serving import served
from terminal import Terminal

CODE = f"__import__('os').system('touch {audited.CANARY}')"
STEERING = "\x1b]0;title\x07\x1b[2J\x9b31m\u202e"
EVIL = f"{STEERING}{CODE} ${{{CODE}}} `{CODE}` {{{{{CODE}}}}} %s %n ../../../../etc/passwd http://localhost:9/x"

KNOWLEDGE = f"""\
# Title {EVIL}

- procedure: ../../{audited.CANARY}
- source: /etc/passwd {STEERING}

## Is it ../../{audited.CANARY}?

- id: ../../../{audited.CANARY}
- topic: /tmp/{audited.CANARY}
- from: file:///etc/passwd
- draft: yes

{EVIL} ![image](http://localhost:9/i.png) <img src="http://localhost:9/x"> <script>{CODE}</script>

## How long does it take? {STEERING}

An hour. [link](javascript:{CODE})
"""
PAGE = f"""\
<!DOCTYPE html SYSTEM "http://localhost:9/x.dtd"><html><head><title>{CODE}</title>
<link rel="stylesheet" href="http://localhost:9/x.css"><base href="http://localhost:9/">
<script type="application/ld+json">{{"@type": "Question", "name": "{CODE}?", "acceptedAnswer": "a"}}</script></head>
<body><h1>Mud bathing</h1><iframe src="http://localhost:9/"></iframe><img src="http://localhost:9/x">
<p>Mud bathing takes about an hour. {STEERING} It reduces aches.</p><p>{CODE} is not for children.</p></body></html>
"""
LOG = {"question": EVIL, "verdict": "unanswered", "confidence": 0, "near": ["../../x"], "knowledge": "Title"}


def hostile_word():
    links = (
        f'<Relationships xmlns="{files.RELATIONS}"><Relationship Id="s" Type="{files.OFFICE}/styles" '
        'Target="../../../../etc/passwd"/><Relationship Id="i" TargetMode="External" '
        f'Type="{files.OFFICE}/image" Target="http://localhost:9/x.png"/><Relationship Id="f" TargetMode="External" '
        f'Type="{files.OFFICE}/image" Target="file:///etc/passwd"/></Relationships>'
    )
    drawn = "http://schemas.openxmlformats.org/drawingml/2006"
    pictures = "".join(
        "<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:link="{key}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
        "</w:r></w:p>"
        for key in "if"
    )
    document = (
        f'<w:document xmlns:w="{files.NAMESPACE}" xmlns:r="{files.OFFICE}" xmlns:wp="{drawn}/wordprocessingDrawing" '
        f'xmlns:a="{drawn}/main" xmlns:pic="{drawn}/picture"><w:body><w:p><w:r><w:t>Mud bathing takes an hour. It '
        f"reduces aches. {CODE}.</w:t></w:r></w:p>{pictures}</w:body></w:document>"
    )
    return files.word(
        [], **{f"../../{audited.CANARY}": CODE, "word/_rels/document.xml.rels": links, "word/document.xml": document}
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Every command on hostile files, under an audit hook, in a folder and a home of their own."""
    folder = tmp_path_factory.mktemp("hostile")
    report = folder.parent / f"{folder.name}.json"
    for name, data in {
        "faq.md": KNOWLEDGE, "page.html": PAGE, "text.txt": f"Mud\n\nIt takes an hour. {EVIL}\n",
        "broken.pdf": "%PDF-1.4\n" + EVIL, "log.jsonl": json.dumps(LOG) + "\n{\n", "asked.csv": f'"{EVIL}",-\n',
        "asked.json": json.dumps([{"question": EVIL, "expected": None}]),
        "rows.csv": f'question\n"{EVIL}"\n', "bad.md": f"## {EVIL}\n\n- {EVIL}: x\n- form: y\n",
    }.items():  # fmt: skip
        (folder / name).write_text(data)
    (folder / "word.docx").write_bytes(hostile_word())
    (folder / "leaflet.pdf").write_bytes(files.pdf([("title", "Mud"), ("paragraph", f"It takes an hour. {CODE}.")]))
    lines = f"/save\n/save! \nhow long does it take\n/why\n/source\n/topics\n/kb\n{EVIL}\n!touch {audited.CANARY}\n"
    commands = [
        *(["ask", "-k", "faq.md", "--explain", said] for said in ("how long", EVIL, f"/save! {audited.CANARY}")),
        ["ask", "-k", "faq.md", "--json", "is it", EVIL],
        ["ask", "-k", "bad.md", "x"],
        *(["extract", name, "-o", "draft.md"] for name in ("page.html", "text.txt", "word.docx", "leaflet.pdf")),
        ["extract", "broken.pdf"], ["extract", "page.html"], ["extract", "--json", "text.txt", "-o", "draft.md"],
        ["check", "faq.md", "bad.md", "--source", "page.html"],
        ["eval", "faq.md", "asked.csv"], ["eval", "faq.md", "asked.json", "--json"], ["eval", "faq.md"],
        ["gaps", "faq.md", "log.jsonl"], ["gaps", "--json", "faq.md", "log.jsonl"], ["review", "faq.md"],
        ["ask", "-k", "faq.md", "--batch", "rows.csv", "-o", "out.csv"],
        ["ask", EVIL.replace(" ", "")], [EVIL], ["ask", "-k", EVIL, "x"],
    ]  # fmt: skip
    given = [{"arguments": command} for command in commands]
    given += [{"arguments": ["chat", "faq.md"], "stdin": lines}, {"arguments": ["ask", "-k", "faq.md"], "stdin": lines}]
    home = folder / "home"
    home.mkdir()
    names = {"HOME": home, "XDG_STATE_HOME": home, "XDG_CACHE_HOME": home / "cache", "XDG_CONFIG_HOME": home}
    done = subprocess.run(
        [sys.executable, "-B", audited.__file__, report], input=json.dumps(given), text=True, capture_output=True,
        check=False, timeout=120, cwd=folder,
        env={**os.environ, **{name: str(path) for name, path in names.items()}, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder, given, json.loads(report.read_text())


def test_nothing_reaches_the_network_or_starts_a_program_or_runs_code(run):
    folder, _, found = run
    assert found["forbidden"] == []
    assert not list(folder.parent.rglob(f"{audited.CANARY}*"))


def test_only_the_named_file_and_the_cache_are_written(run):
    folder, _, found = run
    changed = {(folder / path).resolve() for path in found["changed"]} - {Path(os.devnull)}
    others = {path for path in changed if not path.is_relative_to(folder / "home/cache")}
    assert {path.name for path in others if not path.name.startswith(".faqbot-")} == {
        "draft.md", "out.csv", "out.csv.part", "out.csv.part.log",
    }  # fmt: skip
    assert {path.parent for path in others} == {folder}
    assert not list(folder.rglob(".faqbot-*"))


def test_nothing_steers_the_terminal_and_every_command_ends_well(run):
    _, given, found = run
    read = dict(zip([tuple(each["arguments"]) for each in given], found["statuses"], strict=True))
    assert [read["extract", name, "-o", "draft.md"] for name in ("page.html", "word.docx", "leaflet.pdf")] == [0, 0, 0]
    for command, status, said in zip(given, found["statuses"], found["said"], strict=True):
        steering = [letter for letter in said if unicodedata.category(letter) == "Cc" and letter not in "\n\t"]
        assert (steering, "\u202e" in said, "Traceback" in said) == ([], False, False), command
        assert status in (0, 1, 2), command


def packed_pdf(content, kids=1):
    """Return a PDF whose page is packed, and there so many times."""
    written = files.pdf_of(["PLACEHOLDER"]).decode("cp1252")
    stream = "<< /Length 11 >>\nstream\nPLACEHOLDER\nendstream"
    assert stream in written
    bomb = zlib.compress(content).decode("latin-1")
    packed = f"<< /Length {len(bomb)} /Filter /FlateDecode >>\nstream\n{bomb}\nendstream"
    return written.replace("/Kids [5 0 R]", f"/Kids [{'5 0 R ' * kids}]").replace(stream, packed).encode("latin-1")


NESTED = 50_000
LIMITS = {
    "pages of a PDF": (packed_pdf(b"BT ET", kids=pdf.MOST_PAGES + 1), "5,001 pages"),
    "a PDF that unpacks to 200 MB": (packed_pdf(b"\0" * 200_000_000), "no text"),
    "arrays in a PDF": (packed_pdf(b"[" * NESTED), "no text"),
    "a Word file that unpacks to 30 MB": (
        files.word([("paragraph", "x")], **{"word/media/a.bin": b"\0" * 30_000_000}), "unpacks to 30,00",
    ),
    "paragraphs in a Word file": (
        files.word([], **{"word/document.xml": f'<w:document xmlns:w="{files.NAMESPACE}">' + "<w:p>" * NESTED}),
        "damaged Word",
    ),
    "quotations in Markdown": (b"# A\n\n" + b"> " * NESTED, "no text"),
    "an article": (b"a" * (documents.LARGEST_ARTICLE + 1), "more than 50,000,000 bytes"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "says"), LIMITS.values(), ids=LIMITS)
def test_what_would_fill_the_memory_is_refused_in_a_sentence(data, says):
    with pytest.raises(ArticleError, match=says):
        documents.of_bytes(data, "article")


@pytest.mark.parametrize(
    "html",
    [b"<div class=sidebar>a" * NESTED, b"<b>a" * NESTED, b"<ul><li>a" * NESTED, b"<ol start=%s><li>a" % (b"9" * 5_000)],
    ids=["boxes", "bold", "lists", "a number of many digits"],
)
def test_pages_that_nest_or_count_far_are_read_as_far_as_is_safe(html):
    page = b"<html><body><p>Mud bathing takes about an hour. It reduces aches.</p>" + html
    assert documents.of_bytes(page, "page").blocks[0].text.startswith("Mud bathing")


def test_a_knowledge_file_of_too_many_lines_is_refused_before_it_is_read():
    with pytest.raises(KnowledgeError, match=r"1,000,002 lines; .* at most 1,000,000"):
        knowledge.parse("a\n=\n" * (knowledge.MOST_LINES // 2 + 1), "faq.md")


def test_an_entry_of_too_many_lines_is_refused_before_it_is_read():
    text = "# T\n\n## A?\n\na\n\n## B?\n" + "* b\n" * knowledge.LONGEST_ENTRY + "\n## C?\n\nc\n"
    with pytest.raises(KnowledgeError, match=r"faq\.md:7: too much text .* at most 10,000 lines"):
        knowledge.parse(text, "faq.md")


def test_a_file_of_tabs_becomes_no_larger():
    assert untabbed("a\tb\n\tc") == "a   b\n    c"
    assert untabbed("\t" * (MOST_TABS + 1)) == " " * (MOST_TABS + 1)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="this system tells the size of all files")
def test_no_more_is_read_than_is_allowed_whatever_size_a_file_tells():
    path = Path("/proc/self/environ")
    assert (path.stat().st_size, len(path.read_bytes()) > 3) == (0, True)
    with pytest.raises(ValueError, match="it holds more than 3 bytes"):
        read_bytes(path, 3, "a file", lambda _, wrong, right: ValueError(f"{wrong}; {right}"))


def test_saving_the_chat_replaces_nothing_unless_told_to(bot, tmp_path):
    chat = Chat(Shelf.of(bot))
    chat.respond("when are you open", width=80)
    kept = tmp_path / "kept.md"
    kept.write_text("mine")
    assert "left as it is" in "".join(text for _, text in chat.respond(f"/save {kept}", width=None))
    assert kept.read_text() == "mine"
    link = tmp_path / "link.md"
    link.symlink_to(kept)
    assert "left as it is" in "".join(text for _, text in chat.respond(f"/save {link}", width=None))
    assert kept.read_text() == "mine"


def test_what_people_typed_is_readable_by_them_alone(tmp_path):
    before = os.umask(0)
    try:
        open_history(tmp_path / "state" / "history")
        query_log.append(tmp_path / "log.jsonl", {"question": "q"}, 1000)
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes == {
        tmp_path / "state": 0o700, tmp_path / "state/history": 0o600, tmp_path / "log.jsonl": 0o600,
    }  # fmt: skip


def test_questions_are_not_kept_in_a_file_that_is_no_log(tmp_path):
    path = tmp_path / "faq.md"
    path.write_text("## A?\n\na\n")
    path.chmod(0o644)
    with pytest.raises(ValueError, match="it is there already, and no log of questions"):
        query_log.append(path, {"question": "q"}, 1000)
    with pytest.raises(LogError, match="no question can be kept there: it is there already"):
        query_log.ensure_writable(path)
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("## A?\n\na\n", 0o644)


def test_a_file_that_is_written_keeps_its_permissions_and_a_link_stays_one(tmp_path):
    path, link = tmp_path / "faq.md", tmp_path / "link.md"
    path.write_text("## A?\n\na\n")
    path.chmod(0o600)
    link.symlink_to(path)
    writer.save(knowledge.read(link))
    assert (stat.S_IMODE(path.stat().st_mode), link.is_symlink()) == (0o600, True)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["faq.md", "link.md"]


def test_names_in_knowledge_name_no_files(tmp_path):
    """An id that climbs out of a folder is a word like any other; the cache is named by what it holds."""
    text = "# ../../out\n\n- source: ../../out\n\n## a ../../out?\n\n- id: ../../out\n\na\n"
    FaqBot(knowledge.parse(text, "faq.md").knowledge, encoder=None, cache=tmp_path / "cache").ask("out")
    assert all(path.is_relative_to(tmp_path / "cache") for path in tmp_path.rglob("*"))


PLANTED = {*sys.stdlib_module_names, *packages_distributions()} - {"faqbot", "__main__"}
EVERY_COMMAND = f"""
import faqbot.cli.main as cli
for command in {[
    ["ask", "-k", "faq.md", "how long"], ["ask", "-k", "faq.md", "--batch", "asked.txt", "-o", "out.csv"],
    ["check", "faq.md"], ["eval", "faq.md"], ["extract", "text.txt", "-o", "draft.md"], ["gaps", "faq.md", "log.jsonl"],
    ["review", "faq.md"], ["help", "eval"], ["chat", "faq.md"],
]}:
    print(cli.main(command))
"""  # fmt: skip


def plant(folder, names):
    for name in names:
        (folder / f"{name}.py").write_text(f"open({str(folder / audited.CANARY)!r}, 'w').close()\n")


def test_python_m_imports_from_the_current_folder_only_what_python_had_looked_for_before(tmp_path, monkeypatch):
    """The chat, which has a terminal and a thread; what `python -m` itself needs comes before any line of ours."""
    code = "import importlib.util, pkgutil, runpy, sys; print(*sys.modules)"
    started = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    plant(tmp_path, PLANTED - {name.partition(".")[0] for name in started} - {"copyreg", "signal"})
    (tmp_path / "faq.md").write_text("# Mud\n\n## How long does it take?\n\nAn hour.\n")
    monkeypatch.chdir(tmp_path)
    terminal = Terminal("chat", "--no-history", "faq.md")
    terminal.until("Tab completes")
    terminal.type(b"how lng does it take\r")
    terminal.until("An hour.")
    assert terminal.leave() == 0
    assert not (tmp_path / audited.CANARY).exists()


def test_no_worker_of_a_service_imports_from_the_current_folder(tmp_path):
    plant(tmp_path, PLANTED)
    (tmp_path / "faq.md").write_text("# Mud\n\n## How long does it take?\n\nAn hour.\n")
    program = "-c", f"import sys; sys.path[:1] = [{str(ROOT)!r}]; from faqbot.__main__ import main; main()"
    with served("faq.md", "--workers", 2, program=program, folder=tmp_path) as found:
        assert found.ask("how long").json()["text"].startswith("An hour.")
    assert not (tmp_path / audited.CANARY).exists()


def test_no_command_and_no_process_of_it_imports_from_the_current_folder(tmp_path):
    plant(tmp_path, PLANTED)
    (tmp_path / "faq.md").write_text("# Mud\n\n## How long does it take?\n\nAn hour.\n")
    (tmp_path / "asked.txt").write_text("how long?\n" * 600)  # so many that several processes answer
    (tmp_path / "text.txt").write_text("Mud bathing\n\nMud bathing takes an hour. It reduces aches.\n")
    (tmp_path / "log.jsonl").write_text(json.dumps({**LOG, "question": "Is it warm?"}) + "\n")
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"import os; os.sched_getaffinity = lambda _: {{0, 1}}\n{EVERY_COMMAND}"],
        capture_output=True, text=True, check=False, timeout=120, cwd=tmp_path, input="how long?\n",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.stderr.count("Traceback") == 0, done.stderr
    assert not (tmp_path / audited.CANARY).exists()
    assert (tmp_path / "out.csv").read_text().count("An hour.") == 600
