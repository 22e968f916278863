"""Ray, started here with two workers: the same replies as on one machine, whoever dies on the way."""

import contextlib
import os
import signal
import sys
from pathlib import Path

import pytest

from faqbot import FaqBot
from faqbot.batch import output
from faqbot.batch import ray as cluster
from faqbot.errors import ExtraMissingError

QUESTIONS = ["When are you open?", "Wher do I park?", "How much is a chain?", "Do you sell hats?", ""]
ROWS = 20_000


@pytest.fixture
def knowledge(garage, tmp_path):
    path = tmp_path / "faq.md"
    path.write_text("".join(f"## {entry.question}\n\n{entry.answer or entry.gap}\n\n" for entry in garage.entries))
    return path


def test_a_batch_gets_the_replies_of_ask(bot):
    given = {"id": [7, 8], "question": ["open?", "Where do I park?"]}
    batch = cluster.Answerer(bot)(given)
    assert [*batch] == ["id", "question", *output.FIELDS]
    assert batch["status"].tolist() == ["answered", "answered"]
    assert batch["answer"].tolist() == [reply.text for reply in bot.ask_many(given["question"])]


def test_files_are_opened_where_the_worker_is(knowledge):
    batch = cluster.Answerer([knowledge], "asked")({"asked": ["Where do I park?"]})
    assert batch["answer"].tolist() == ["Behind the house."]


def test_without_ray_its_extra_is_named(bot, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray.data", None)
    with pytest.raises(ExtraMissingError, match=r"Answering on many machines needs the extra 'ray': .*faqbot\[ray\]"):
        cluster.answered(None, bot)


@pytest.fixture(scope="module")
def ray():
    """Ray takes seconds to start, so that it is started once."""
    ray = pytest.importorskip("ray", reason="the extra ray is not installed")
    pytest.importorskip("ray.data")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    ray.data.DataContext.get_current().execution_options.preserve_order = True
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()


@pytest.fixture
def asked(ray):
    return ray.data.from_items([{"id": n, "question": QUESTIONS[n % 5]} for n in range(ROWS)])


@pytest.fixture
def expected(knowledge):
    """The rows that one machine writes."""
    bot = FaqBot.from_file(knowledge, encoder=None)
    fields = [output.fields(bot.ask(question)) for question in QUESTIONS]
    return [{"id": n, "question": QUESTIONS[n % 5], **fields[n % 5]} for n in range(ROWS)]


@pytest.mark.filterwarnings("ignore")
def test_two_workers_on_ray_give_the_replies_of_one_machine(asked, knowledge, expected):
    bot = FaqBot.from_file(knowledge, encoder=None)
    assert list(cluster.answered(asked, bot, workers=2).iter_rows()) == expected


@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="this system does not tell which processes there are")
def test_a_worker_that_is_killed_half_way_loses_and_repeats_nothing(asked, knowledge, expected):
    bot = FaqBot.from_file(knowledge, encoder=None)
    before, killed, found = set(workers()), [], []
    for row in cluster.answered(asked, bot, workers=2).iter_rows():
        found.append(row)
        if not killed and (new := set(workers()) - before):
            killed.append(new.pop())
            os.kill(killed[0], signal.SIGKILL)
            at = len(found)
    assert len(killed) == 1
    assert at < ROWS / 2
    assert found == expected


def workers():
    """Return the processes in which Ray answers."""
    pids = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            pids += [int(path.parent.name)] if b"ray::" in (line := path.read_bytes()) and b"Answerer" in line else []
    return pids
