import json
import os
import signal
import subprocess
import sys

import pytest

from conftest import DATA, ROOT

ANSWER = (
    "A session normally takes about an hour.\n"
    "Source: What Entails Benefits of Micro-needling?, 27 Nov, paragraph 1, sentence 6\n"
)


def faqbot(*arguments, stdin=b"", **environment):
    run = subprocess.run(
        [sys.executable, "-m", "faqbot", *arguments], input=stdin, capture_output=True, check=False, timeout=60,
        env={**os.environ, **environment},
    )  # fmt: skip
    return run.returncode, run.stdout.decode(), run.stderr.decode()


@pytest.fixture
def faq(tmp_path):
    def write(text):
        path = tmp_path / "faq.md"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


class TestAsk:
    def test_one_answer(self):
        assert faqbot("ask", "how long does it take") == (0, ANSWER, "")

    def test_no_answer_is_status_1(self):
        status, out, err = faqbot("ask", "what will i pay")
        assert (status, err) == (1, "")
        assert (
            out
            == "How much does micro-needling cost?\nThe article gives no price. Ask the clinic that would treat you.\n"
        )

    def test_two_questions_in_one_message_get_both_answers(self):
        _, said, _ = faqbot("ask", "is it bad for the skin? and how long does it take?")
        assert "how long does it take?\nA session normally takes about an hour." in said
        assert "is it bad for the skin?\nCan micro-needling make my skin worse?\nThe article does not say" in said

    def test_several_questions_and_one_without_an_answer(self):
        status, out, _ = faqbot("ask", "how long does it take", "who is the king of spain")
        assert status == 1
        assert out.startswith(ANSWER + "\nI do not have an answer")

    def test_questions_from_standard_input(self):
        assert faqbot("ask", stdin=b"how long does it take\n\n  \nhow long does it take") == (
            0,
            ANSWER + "\n" + ANSWER,
            "",
        )

    def test_words_without_quotes_are_one_question(self):
        assert faqbot("ask", "how", "long", "does", "it", "take") == (0, ANSWER, "")

    def test_json_answers_line_by_line_even_a_blank_one(self):
        _, out, _ = faqbot("ask", "--json", stdin=b"price\n\npain\n")
        assert [json.loads(line)["reason"] for line in out.splitlines()] == ["known_gap", "empty", "known_gap"]

    def test_no_question_at_all(self):
        assert faqbot("ask") == (0, "", "")

    def test_json_is_an_object_a_line(self):
        status, out, _ = faqbot("ask", "--json", "does it hurt", "how long does it take")
        first, second = map(json.loads, out.splitlines())
        assert (status, first["status"], second["status"]) == (1, "gap", "answered")
        assert second["entry"]["id"] == "how-long-does-a-session-of-micro-needling-take"
        assert second["source"]["place"] == "paragraph 1, sentence 6"

    def test_explain_tells_how_each_reply_came_about(self):
        status, out, err = faqbot("ask", "--explain", "how lng does it take", "xyzzy")
        assert (status, err) == (1, "")
        first, second = out.split("\n\n")
        assert first.startswith(ANSWER + 'Answered with "How long does a session of micro-needling take?"')
        assert "- corrected: lng -> long\n" in first
        assert second.split("\n")[1].startswith("Refused: the confidence of 0.")

    def test_json_has_the_explanation_only_where_it_is_asked_for(self):
        _, bare, _ = faqbot("ask", "--json", "price")
        _, out, _ = faqbot("ask", "--json", "--explain", "price")
        reply = json.loads(out)
        explanation = reply.pop("explanation")
        assert reply == json.loads(bare)
        assert explanation["replaced"] == [{"written": "price", "read": "cost"}]

    def test_json_holds_no_control_characters_whatever_was_asked(self, faq):
        path = faq("## What \x1b[31mnow?\n\n\x1b]0;x\x07Run\x9b2J.\n")
        _, out, _ = faqbot("ask", "--json", "-k", str(path), "what now \x1b[2J\x9b")
        assert out.isascii()
        assert out.rstrip("\n").isprintable()

    def test_own_knowledge_files(self):
        status, out, _ = faqbot(
            "ask", "-k", str(DATA / "faqs/library.md"), "-k", str(DATA / "faqs/tool.md"), "why is it slow?"
        )
        assert (status, "It is not." in out) == (0, True)

    @pytest.mark.parametrize(
        "stdin",
        [
            b"\xff\xfe\n",
            b"\0\0\0\n",
            b"x" * 1_000_000,
            b"\x1b[2J\x1b]0;t\x07\n",
            "א\u202eב\n".encode(),
            b"?!\n",
            b"\xed\xa0\x80\n",
        ],
        ids=["bytes", "NUL", "1 MB", "escapes", "right to left", "punctuation", "surrogate"],
    )
    @pytest.mark.parametrize(
        "as_json", [[], ["--json"], ["--explain"], ["--json", "--explain"]], ids=["text", "json", "why", "both"]
    )
    def test_any_input_gets_a_clean_reply(self, stdin, as_json):
        status, out, err = faqbot("ask", *as_json, stdin=stdin)
        assert (status, err) == (1, "")
        assert all(character == "\n" or character.isprintable() for character in out)
        assert out

    def test_arguments_that_are_no_text(self):
        status, out, err = faqbot("ask", b"\xff\xfeopen \x80")
        assert (status, err) == (1, "")
        assert out

    def test_a_terminal_without_unicode(self):
        status, _, err = faqbot("ask", "--json", "caf\u00e9?", PYTHONIOENCODING="ascii")
        assert (status, err) == (1, "")


class TestErrors:
    @pytest.mark.parametrize(
        ("arguments", "says"),
        [
            (["clinic.md"], "faqbot: there is no command 'clinic.md'"),
            (["does it hurt\x1b[2J"], "faqbot: there is no command 'does it hurt\\x1b[2J'"),
            (["ask", "--nonsense"], "unrecognized arguments"),
            (["check"], "the following arguments are required"),
            (["ask", "-k", "missing.md", "x"], "faqbot: missing.md: there is no such file"),
            (["chat", "missing.md"], "faqbot: missing.md: there is no such file"),
            (["ask", "-k", "/", "x"], "faqbot: /: it is a folder"),
            (["ask", "-k", "/dev/null", "x"], "faqbot: /dev/null: it is not a regular file"),
            (["ask", "-k", "", "x"], "it is a folder"),
            (["ask", "-k", "a\x1b[2Jb", "x"], "faqbot: ab: there is no such file"),
        ],
    )
    def test_one_clear_line_and_status_2(self, arguments, says):
        status, out, err = faqbot(*arguments)
        assert (status, out) == (2, "")
        assert says in err
        assert "Traceback" not in err

    def test_all_problems_of_a_file(self, faq):
        path = faq("## A?\n\n- alos: x\n\na\n\n## B?\n")
        status, out, err = faqbot("ask", "-k", str(path), "a")
        assert (status, out) == (2, "")
        assert [line.split(": ")[1] for line in err.splitlines()] == [f"{path}:3", f"{path}:7"]

    @pytest.mark.parametrize("arguments", [["ask", "--x\x1b[2J"], ["--\x1b]0;x\x07"]])
    def test_errors_of_arguments_do_not_steer_the_terminal(self, arguments):
        status, _, err = faqbot(*arguments)
        assert status == 2
        assert "\x1b" not in err

    @pytest.mark.parametrize(
        ("command", "status"),
        [
            ("ask 'how long does it take' >&-", 0),
            ("ask 'how long does it take' 2>&-", 0),
            ("ask <&-", 0),
            ("<&-", 0),
            ("ask 'how long does it take' >/dev/full", 2),
            ("ask -k missing x 2>/dev/full", 2),
            ("--nonsense 2>/dev/full", 2),
            ("check missing | true; exit ${PIPESTATUS[0]}", 2),
            ("ask 0>/dev/null", 2),
            ("--version >/dev/full", 2),
            ("help >/dev/full", 2),
            ("chat <<<'how long' >/dev/full", 2),
        ],
    )
    def test_streams_that_are_closed_or_full(self, command, status):
        run = subprocess.run(
            ["bash", "-c", f"{sys.executable} -m faqbot {command}"],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        )
        assert run.returncode == status
        assert len(run.stderr.splitlines()) <= 1
        assert ">/dev/full" not in command or "cannot be written" in run.stderr or "2>" in command

    def test_a_reader_that_leaves_is_no_error(self):
        command = f"yes 'how long does it take' | head -n 3000 | {sys.executable} -m faqbot ask | head -n 1"
        run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
        assert (run.stdout, run.stderr) == ("A session normally takes about an hour.\n", "")


class TestChat:
    def test_a_pipe_is_answered_line_by_line(self):
        status, out, err = faqbot(stdin=b"how long does it take\n/quit\nmore\n")
        assert (status, out, err) == (0, ANSWER + "\n", "")

    def test_chat_with_a_file(self):
        _, out, _ = faqbot("chat", str(DATA / "faqs/tool.md"), stdin=b"why is it slow")
        assert "It is not." in out


class TestCheck:
    def test_the_shipped_files_have_nothing_to_mend(self):
        paths = [str(path) for path in sorted((ROOT / "knowledge").glob("*.md"))]
        status, out, err = faqbot("check", *paths)
        assert (status, err) == (0, "")
        remarks = (": no entry holds ", " seem to ask the same")  # what a catalogue says of itself, what only may be
        told = [line for line in out.splitlines() if not any(remark in line for remark in remarks)]
        assert told == [f"{path}: nothing to mend" for path in paths]

    def test_findings_are_status_1(self, faq):
        path = faq(
            "# Peel\n\n- procedure: peel\n\n## How long does a peel take?\n\n- also: Does a peel hurt?\n\nAn hour.\n\n"
            "## Does a peel hurt?\n\nNo.\n\n## Essay?\n\n" + "word " * 200
        )
        status, out, _ = faqbot("check", str(path))
        assert status == 1
        assert f"{path}:11: 'Does a peel hurt?' also belongs to 'How long does a peel take?'" in out
        assert f"{path}:15: the answer has 200 words" in out
        assert f"{path}: people will ask 'How much does peel cost?'; answer it, or add '- gap: " in out
        assert "How long does peel take?" not in out

    def test_what_readers_would_see_of_a_slip(self, faq):
        path = faq(
            "# T\n\n- same: risk, danger\n- same: danger, harm\n\n- Procedure: x\n\n"
            "## A?\n\n- also: ?\n- also: b\n- also: B!\n\nText.\n- from: page 2\nalso: c\n##Heading\n"
        )
        _, out, _ = faqbot("check", str(path))
        assert [line.removeprefix(f"{path}:").split(";")[0] for line in out.splitlines()[:-1]] == [
            "6: 'Procedure' looks like the field 'procedure' and is text, which readers see",
            "1: 'danger' stands in two groups, with 'risk' and with 'danger'",
            "8: '?' holds no words",
            "8: 'B!' is there twice",
            "15: 'from' looks like the field 'from' and is text, which readers see",
            "16: 'also' looks like the field 'also' and is text, which readers see",
            "17: '##Heading' looks like a heading and is text",
        ]

    def test_entries_that_ask_the_same_are_named(self, faq):
        pytest.importorskip("onnxruntime")
        path = faq(
            "## How much is a ticket?\n\nTen euros.\n\n## What does a ticket cost?\n\nTen.\n\n"
            "## Where do I park?\n\nBehind the house.\n\n## Is room 4 free?\n\nYes.\n\n## Is room 5 free?\n\nNo.\n"
        )
        status, out, _ = faqbot("check", str(path))
        named = f"{path}: 'How much is a ticket?' and 'What does a ticket cost?' seem to ask the same"
        assert status == 0
        assert [line.split(":")[0:2] for line in out.splitlines()] == [
            named.split(":"),
            [str(path), " nothing to mend"],
        ]

    def test_a_file_name_that_steers_the_terminal(self, tmp_path):
        path = tmp_path / "a\x1b[31mb.md"
        path.write_text("## A?\n\na\n")
        assert faqbot("check", str(path))[1] == f"{tmp_path}/ab.md: nothing to mend\n"

    def test_a_faq_without_a_procedure_is_not_held_against_the_catalogue(self):
        status, out, _ = faqbot("check", str(DATA / "faqs/library.md"))
        assert (status, "nothing to mend" in out) == (0, True)

    def test_text_that_no_entry_holds_is_told(self, faq):
        head = "# Hut\n\n- also called: shed\n\n<!-- a\nnote -->\n\nWelcome.\n\n"
        path = faq(f"{head}## Visits\n\n### Is it open?\n\nYes.\n")
        status, out, _ = faqbot("check", str(path))
        assert (status, out.splitlines()[0]) == (0, f"{path}:8: no entry holds 'Welcome.', so nobody is shown it")

    def test_errors_are_status_2_and_the_other_files_are_checked(self, faq):
        status, out, _ = faqbot("check", str(faq("## A?\n")), str(DATA / "faqs/tool.md"))
        assert status == 2
        assert "'A?' has no answer" in out
        assert "tool.md: nothing to mend" in out


class TestReview:
    """What it says without a terminal; with one, see test_review_screen."""

    def test_it_needs_a_terminal(self, faq):
        path = faq("## A?\n\n- draft: yes\n\na\n")
        says = f"faqbot: {path} has 1 entry to review, which needs a terminal with a screen\n"
        assert faqbot("review", str(path)) == (2, "", says)

    def test_nothing_to_review(self, faq):
        path = faq("## A?\n\na\n")
        assert faqbot("review", str(path)) == (0, f"{path}: nothing to review\n", "")

    def test_a_file_that_cannot_be_used(self, faq):
        status, out, err = faqbot("review", str(faq("## A?\n\n- draft: no\n\na\n")))
        assert (status, out) == (2, "")
        assert "the field 'draft' cannot be 'no'; an entry that nobody has reviewed says '- draft: yes'" in err


IMPATIENT = """
import os, signal, sys
class Impatient:  # presses Ctrl-C as soon as a module is looked for
    def find_spec(self, name, *_):
        if name == MODULE:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Impatient())
from faqbot.__main__ import main
sys.argv[1:] = ["ask", "how long does it take"]
main()
"""


@pytest.mark.parametrize("module", ["faqbot.cli", "platformdirs", "faqbot.bot", "numpy"])
def test_ctrl_c_while_it_loads_ends_it_without_a_traceback(module):
    code = IMPATIENT.replace("MODULE", repr(module))
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60)
    assert (run.stdout, run.stderr) == (b"", b"")
    assert run.returncode in (-signal.SIGINT, 130)


def test_it_leaves_at_once_so_that_nothing_is_taken_apart_beneath_a_thread_that_still_works():
    code = "import atexit, sys; atexit.register(print, 'took apart'); sys.argv[1:] = ['--version']"
    code += "; from faqbot.__main__ import main; main()"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, timeout=60, text=True)
    assert (run.returncode, run.stdout, run.stderr) == (0, "faqbot 0.1.0\n", "")


def test_version():
    status, out, _ = faqbot("--version")
    assert (status, out) == (0, "faqbot 0.1.0\n")
