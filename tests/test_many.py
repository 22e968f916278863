"""One bot, many askers: threads, tasks and processes get the replies that one asker gets."""

import asyncio
import multiprocessing
import os
import pickle
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from itertools import count, islice

import pytest

from faqbot import FaqBot, KnowledgeError, Thresholds, files
from faqbot.knowledge import watcher
from faqbot.search import encoder

ASKED = 600
THREADS = 32


class Lengths:
    """An encoder that another process can have."""

    def encode(self, texts):
        return [[len(text), 1.0] for text in texts]


class Here(Lengths):
    """One that cannot leave this process."""

    def __init__(self):
        self.lock = threading.Lock()


@pytest.fixture(scope="module")
def lexical():
    return FaqBot.bundled(encoder=None)


@pytest.fixture(scope="module")
def questions(lexical):
    """No two alike: every phrasing, with another letter left out, behind other words."""
    forms = [form for entry in lexical.knowledge.entries for form in entry.forms]
    openings = ("", "please: ", "hello, ", "my sister asks ", "doctor, ", "well ", "so ", "quick question ")
    made = (f"{opening}{form[:n]}{form[n + 1 :]}" for n in count(2) for opening in openings for form in forms)
    return list(dict.fromkeys(islice(made, ASKED)))


@pytest.fixture(scope="module")
def alone(lexical, questions):
    return lexical.ask_many(questions)


def test_thirty_two_threads_get_the_replies_of_one(lexical, questions, alone):
    with ThreadPoolExecutor(THREADS) as pool:
        together = tuple(pool.map(lexical.ask, questions))
    assert len(together) > ASKED * 0.9
    assert [pair for pair in zip(alone, together, strict=True) if pair[0] != pair[1]] == []


def test_tasks_get_the_replies_of_one_and_the_loop_goes_on(lexical, questions, alone):
    async def asked():
        beats = 0

        async def heart():
            nonlocal beats
            while True:
                beats += 1
                await asyncio.sleep(0)

        beating = asyncio.create_task(heart())
        replies = await asyncio.gather(*map(lexical.ask_async, questions[:200]))
        beating.cancel()
        return tuple(replies), beats

    replies, beats = asyncio.run(asked())
    assert replies == alone[:200]
    assert beats > 200


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes_get_the_replies_of_one(lexical, questions, alone, method):
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"no {method} on this system")
    with ProcessPoolExecutor(2, multiprocessing.get_context(method)) as pool:
        parts = pool.map(lexical.ask_many, [questions[:300], questions[300:600]])
        assert sum(parts, ()) == alone[:600]


FORKS = """
import os, signal, threading, time
from faqbot import FaqBot
bot = FaqBot.bundled(encoder=None)
bot.ask("how long does it take")
def ask():
    for n in range(10**9):
        bot.ask(f"is it safe for the skin of my hands in winter {n}")
for _ in range(4):
    threading.Thread(target=ask, daemon=True).start()
for n in range(12):
    time.sleep(0.01)
    child = os.fork()
    if not child:
        bot.ask(f"does it help against acne {n}")
        os._exit(0)
    ends = time.monotonic() + 20
    while not os.waitpid(child, os.WNOHANG)[0]:
        if time.monotonic() > ends:
            os.kill(child, signal.SIGKILL)
            os._exit(1)
        time.sleep(0.005)
os._exit(0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_child_that_is_forked_while_threads_ask_can_ask():
    """With as many threads of OpenBLAS as it wants: before, 20 of 20 waited for ever."""
    quiet = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", FORKS], env=quiet, check=False, timeout=120)
    assert done.returncode == 0


def test_replies_come_one_at_a_time_however_many_there_are(bot):
    endless = (f"where do i park my car number {number}" for number in count())
    assert [reply.text for reply in islice(bot.replies(endless), 3)] == ["Behind the house."] * 3


def test_replies_are_those_of_ask_many(bot):
    assert tuple(bot.replies(["open?", ""])) == bot.ask_many(iter(["open?", ""]))
    with pytest.raises(TypeError, match="not one string"):
        bot.replies("open?")


def test_a_pickled_bot_is_made_again_of_its_knowledge_and_settings(garage, tmp_path):
    bot = FaqBot(garage, encoder=Lengths(), thresholds=Thresholds(answer=1.0), cache=tmp_path)
    again = pickle.loads(pickle.dumps(bot))
    assert again.knowledge == garage
    assert again.ask("bike quick repair") == bot.ask("bike quick repair")
    assert again.ask("bike quick repair").status == "suggested"


def test_a_pickle_holds_no_index(garage):
    bot = FaqBot(garage, encoder=None)
    assert len(pickle.dumps(bot)) < len(pickle.dumps(garage)) + 1_000


def test_an_encoder_that_cannot_be_pickled_is_named(garage):
    with pytest.raises(
        pickle.PicklingError, match=r"a bot cannot be pickled if its encoder cannot, here a Here: .*lock"
    ):
        pickle.dumps(FaqBot(garage, encoder=Here()))


def test_the_encoder_of_the_extra_is_loaded_again_where_it_arrives():
    if encoder.installed() is None:
        pytest.skip("the extra semantic is not installed")
    assert pickle.loads(pickle.dumps(encoder.load())) is encoder.load()


@pytest.fixture
def write(tmp_path):
    """Write a knowledge file of many entries, which all say one word; as one who is in a hurry, in place."""
    path = tmp_path / "faq.md"

    def written(word):
        path.write_text("".join(f"## Question {n} of {word}?\n\nThis is {word}.\n\n" for n in range(20)))
        return path

    return written


class TestReload:
    def test_a_file_that_is_named_twice_is_read_once(self, write, tmp_path):
        path = write("spring")
        (tmp_path / "link.md").symlink_to(path)
        bot = FaqBot.from_file(path, tmp_path / "." / path.name, tmp_path / "link.md", encoder=None)
        assert len(bot.knowledge.entries) == 20
        assert bot.ask("Question 7 of spring?").status == "answered"

    def test_an_edited_file_is_read_again(self, write):
        bot = FaqBot.from_file(write("spring"), encoder=None)
        assert not bot.reload()
        before = bot.ask("question 7")
        write("autumn")
        assert bot.ask("question 7") == before
        assert bot.reload()
        assert bot.ask("question 7 of autumn").text == "This is autumn."
        assert len(bot.knowledge.entries) == 20

    def test_a_reply_is_explained_from_the_state_that_it_was_made_of(self, write):
        bot = FaqBot.from_file(write("spring"), encoder=None)
        reply = bot.ask("Question 7 of spring?")
        write("autumn")
        bot.reload()
        assert "Question 7 of spring?" in reply.explain().sentence
        assert "Question 7 of spring?" not in bot.explain("Question 7 of spring?").sentence

    def test_a_broken_file_raises_and_changes_nothing(self, write):
        path = write("spring")
        bot = FaqBot.from_file(path, encoder=None)
        path.write_text("## Without an answer?\n")
        with pytest.raises(KnowledgeError, match="has no answer"):
            bot.reload()
        assert bot.ask("Question 7 of spring?").text == "This is spring."

    def test_a_bot_of_no_files_has_none_to_read(self, bot):
        with pytest.raises(ValueError, match="not of files"):
            bot.reload()

    def test_a_pickled_bot_still_knows_its_files(self, write):
        bot = pickle.loads(pickle.dumps(FaqBot.from_file(write("spring"), encoder=None)))
        write("autumn")
        assert bot.reload()


class TestWatch:
    @pytest.fixture(autouse=True)
    def quick(self, monkeypatch):
        monkeypatch.setattr(watcher, "LOOKED_EVERY", 0.02)
        monkeypatch.setattr(watcher, "SETTLED", 0.02)

    def test_an_edited_file_is_in_force_at_the_next_question(self, write):
        bot = FaqBot.from_file(write("spring"), encoder=None, watch=True)
        assert bot.ask("Question 7 of spring?").text == "This is spring."
        write("autumn")
        time.sleep(0.03)
        assert bot.ask("Question 7 of autumn?").text == "This is autumn."

    def test_an_edit_that_keeps_size_and_time_is_seen(self, write):
        """A copy that keeps times, or a tool that sets them: the system's own note of the change stays."""
        path = write("spring")
        bot = FaqBot.from_file(path, encoder=None, watch=True)
        before = path.stat()
        write("winter")
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
        time.sleep(0.03)
        assert bot.ask("Question 7 of winter?").text == "This is winter."

    def test_it_looks_no_more_often_than_it_says(self, write, monkeypatch):
        monkeypatch.setattr(watcher, "LOOKED_EVERY", 60)
        bot = FaqBot.from_file(write("spring"), encoder=None, watch=True)
        write("autumn")
        assert bot.ask("Question 7 of spring?").text == "This is spring."

    def test_a_broken_edit_is_told_once_and_the_mended_one_counts(self, write):
        told = []
        path = write("spring")
        bot = FaqBot.from_file(path, encoder=None, watch=True, on_error=told.append)
        for broken in ("## Without an answer?\n", "## Without an answer?\n\n"):
            path.write_text(broken)
            for _ in range(3):
                time.sleep(0.03)
                assert bot.ask("Question 7 of spring?").text == "This is spring."
        assert [error.line for error in told] == [1]
        write("autumn")
        time.sleep(0.03)
        assert bot.ask("Question 7 of autumn?").text == "This is autumn."
        path.unlink()
        time.sleep(0.03)
        assert bot.ask("Question 7 of autumn?").text == "This is autumn."
        assert ["no such file" in str(error) for error in told] == [False, True]

    def test_without_a_listener_it_is_a_warning(self, write):
        path = write("spring")
        bot = FaqBot.from_file(path, encoder=None, watch=True)
        path.write_text("")
        time.sleep(0.03)
        with pytest.warns(RuntimeWarning, match="the knowledge stays as it was: .*it is empty"):
            assert bot.ask("Question 7 of spring?").text == "This is spring."

    def test_threads_that_ask_while_the_file_is_edited_meet_one_state_or_the_other(self, write):
        """The file is replaced all the time, as careful programs do; both of its states answer every question."""
        told = []
        path = write("spring")
        states = {word: write(word).read_text() for word in ("autumn", "spring")}
        bot = FaqBot.from_file(path, encoder=None, watch=True, on_error=told.append)
        done = threading.Event()

        def asks():
            texts = set()
            while not done.is_set():
                answerer = bot.answerer
                reply = answerer.ask("Question 7 of spring?")
                words = {entry.answer for entry in answerer.knowledge.entries}
                assert len(answerer.knowledge.entries) == 20
                assert len(words) == 1
                assert "spring" in reply.text or words == {"This is autumn."}
                texts |= words
            return texts

        with ThreadPoolExecutor(8) as pool:
            asking = [pool.submit(asks) for _ in range(8)]
            for word in ["autumn", "spring"] * 5:
                files.write_text(path, states[word])
                time.sleep(0.1)
            done.set()
            seen = set.union(*(one.result() for one in asking))
        assert seen == {"This is autumn.", "This is spring."}
        assert told == []
