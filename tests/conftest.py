"""Every test runs in a home of its own, with a plain terminal and no settings from outside."""

from pathlib import Path

import pytest

from faqbot import Entry, FaqBot, KnowledgeBase

DATA = Path(__file__).parent / "data"
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """Where the vectors of knowledge bases are kept: making those of the bundled one takes seconds."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory, monkeypatch, kept):
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE"):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture(scope="session")
def bundled(kept):
    return FaqBot.bundled(cache=kept / "faqbot")


@pytest.fixture(scope="session")
def garage():
    """A small knowledge base of another trade: a bicycle garage."""
    return KnowledgeBase(
        [
            Entry(question="When are you open?", answer="From nine to five, Monday to Friday.", topic="visit"),
            Entry(
                question="Where do I park?", answer="Behind the house.", phrasings=("Is there a car park?",),
                topic="visit",
            ),
            Entry(
                question="How long does a repair take?", answer="Two days, a flat tyre an hour.", topic="repairs",
                phrasings=("When is my bike ready?", "Is it quick?"),
            ),
            Entry(question="Do you repair electric bikes?", answer="Yes, all makes.", topic="repairs"),
            Entry(question="How much is a new chain?", gap="Prices are not in this list. Ask at the desk."),
        ],
        title="The garage",
        groups=[("bike", "bicycle", "cycle"), ("tyre", "tire", "puncture")],
    )  # fmt: skip


@pytest.fixture(scope="session")
def bot(garage):
    """It matches by words: what it is sure of is the same whatever is installed."""
    return FaqBot(garage, encoder=None)
