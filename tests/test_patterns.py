"""No regular expression of the package can be made slow: each is tried on what is meant to make it so."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import patterns
from faqbot.answering.splitting import LONGEST_MESSAGE

SIZES = (10, 14, 18, 20, 22, 23, 24, 25, 30, 40, 60, 120, 250, 500, 1000, 2000, 4000, 8000)
QUICK = 0.005  # seconds of the processor: what takes less is not looked at
GROWTH = 3.0  # times the time for twice the text: in proportion it is 2, with the square 4
ENDLESS = 0.1  # seconds: what takes as long, longer texts are not tried on
TRIES = 4

# Expressions whose time grows faster, and how many characters they are ever given.
GIVEN = {
    "documents.sentences._LAST_WORD": 40,  # the end of a sentence
    **{
        f"answering.splitting.{name}": LONGEST_MESSAGE
        for name in ("_JOINT", "_END", "_NUMBERED", "_ORDINAL", "_COLON", "_COMMA", "_LISTED", "_INDIRECT", "_SLASHED")
    },
}


@pytest.fixture(scope="module")
def compiled():
    script = Path(patterns.__file__)
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True, timeout=120)
    places = patterns.sites()
    found = []
    for path, line, pattern, flags, is_bytes in json.loads(run.stdout):
        names = [name for (file, first, last), name in places.items() if file == path and first <= line <= last]
        assert names, f"{path}:{line} makes an expression in a way that is not looked for"
        found.append((names[0], pattern, flags, is_bytes, patterns.methods(names[0])))
    return found


def test_every_expression_is_looked_at(compiled):
    assert {name for name, *_ in compiled} == set(patterns.sites().values())


def seconds(pattern, methods, text):
    """Return the seconds of the processor, the fewest of a few tries, that an expression takes as it is used."""
    least = float("inf")
    for _ in range(TRIES):
        start = time.thread_time()
        for method in methods:
            for _ in (getattr(pattern, method)(text),) if method != "finditer" else pattern.finditer(text):
                pass
        least = min(least, time.thread_time() - start)
        if not QUICK < least < ENDLESS:
            break
    return least


def slow_texts(name, expression, flags, is_bytes, methods=("finditer",)):
    """Yield the attacks that make an expression slow, and the seconds that they take."""
    pattern = re.compile(expression.encode("latin-1") if is_bytes else expression, flags)
    sizes = [size for size in SIZES if size <= GIVEN.get(name, SIZES[-1])]
    for opening, piece in patterns.attacks(expression, flags):
        before = took = 0.0
        for size in sizes:
            text = opening + piece * (size // len(piece)) + "\x00"
            before, took = took, seconds(pattern, methods, text.encode("latin-1", "replace") if is_bytes else text)
            if took > ENDLESS:
                break
        if took > QUICK and took > GROWTH * before:
            yield name, expression[:60], opening, piece, round(took, 4)


def test_none_of_them_is_slow_on_any_text(compiled):
    assert [slow for one in compiled for slow in slow_texts(*one)] == []


@pytest.mark.parametrize("bad", [r"(a+)+$", r"\s+x", r"a*a*b", r"<!--.*?-->"])
def test_bad_ones_would_be_found(bad):
    assert next(slow_texts("bad", bad, re.DOTALL.value | re.UNICODE.value, is_bytes=False))
