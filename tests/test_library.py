"""Opening knowledge files by what was kept of them."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import numpy as np
import pytest

from conftest import DATA
from faqbot import Entry, FaqBot, KnowledgeBase, Source, files
from faqbot.knowledge import reader
from faqbot.search import arrayfile
from faqbot.search import cache as index_cache
from faqbot.search.cache import LazyEntries

BUNDLED = files.bundled("microneedling.md")
ASKED = [json.loads(line)["question"] for line in (DATA / "microneedling.jsonl").read_text("utf-8").splitlines()]
TEXT = """# Garage

- procedure: repair
- also called: fixing, mending
- same: bike, bicycle

## Where do I park?

- also: Is there a car park?
- topic: visit
- from: page 2

Behind the *house*.

## What does it cost?

- gap: Ask at the desk.
"""


@pytest.fixture
def garage_file(tmp_path):
    path = tmp_path / "garage.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def kept(folder):
    return sorted(path for path in folder.glob("*") if path.is_file() and path.name != arrayfile.TAG)


def test_replies_are_the_same_with_and_without_to_the_last_bit(tmp_path):
    plain, first, second = (
        FaqBot.bundled(encoder=None, cache=cache).ask_many(ASKED) for cache in (None, tmp_path, tmp_path)
    )
    assert plain == first == second
    assert [reply.confidence.hex() for reply in plain] == [reply.confidence.hex() for reply in second]
    assert len(kept(tmp_path)) == 1


def test_whoever_computes_something_else_raises_the_edition(tmp_path, garage_file):
    """What an older faqbot kept must not be taken for what this one would make: the key holds the edition."""
    FaqBot.from_file(garage_file, encoder=None, cache=tmp_path / "c")
    header = json.loads(kept(tmp_path / "c")[0].read_bytes().split(b"\n")[0][9:])
    made = {
        name: (kind, shape, checksum if "int" in kind else "rounded as the machine does")
        for name, (kind, shape, _, checksum) in header["arrays"].items()
    }
    whole = sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()
    assert (index_cache.EDITION, whole[:16]) == (5, "5ef53330185b1c7b")


def test_explanations_are_the_same(tmp_path, garage_file):
    made, opened = (FaqBot.from_file(garage_file, encoder=None, cache=tmp_path / "c") for _ in range(2))
    for question in ("were do i prak", "is fixing a bicycle dear", "zebra"):
        assert made.explain(question) == opened.explain(question)


def test_what_is_opened_is_the_knowledge_base_that_was_kept(tmp_path, garage_file):
    made = reader.read(garage_file).knowledge
    index_cache.load([garage_file], tmp_path / "c")
    opened, _ = index_cache.load([garage_file], tmp_path / "c")
    assert isinstance(opened.entries, LazyEntries)
    assert (opened, made) == (made, opened)
    assert repr(opened) == repr(made)


def test_kept_entries_are_to_all_appearances_a_tuple(tmp_path, garage_file):
    made = reader.read(garage_file).knowledge.entries
    index_cache.load([garage_file], tmp_path / "c")
    entries = index_cache.load([garage_file], tmp_path / "c")[0].entries
    assert (entries[0], entries[-1], entries[1:], entries[::-1]) == (made[0], made[-1], made[1:], made[::-1])
    assert (len(entries), list(entries), hash(entries), repr(entries)) == (2, list(made), hash(made), repr(made))
    assert (entries.index(made[1]), made[1] in entries, entries + made) == (1, True, made + made)
    assert [*entries] != [*made[:1]]
    assert entries != made[:1]
    with pytest.raises(IndexError):
        entries[2]


def test_every_attribute_of_an_entry_is_kept(tmp_path, garage_file):
    full = Entry(
        question="Q\ud800\n?", answer="A", phrasings=("b", "c"), id="i", topic="t", source=Source("d", "p", "f"),
        subject="s", draft=True,
    )  # fmt: skip
    path = tmp_path / "x"
    about, arrays = index_cache.pack(
        base := KnowledgeBase([full], title="T", dropped=["x"]), index_cache.Index.build(base)
    )
    arrayfile.write(path, "key", arrays, about)
    assert index_cache.unpack(*arrayfile.read(path, "key"))[0] == base


@pytest.mark.parametrize("change", ["text", "name"])
def test_another_text_or_name_is_another_knowledge_base(change, tmp_path, garage_file):
    cache = tmp_path / "c"
    FaqBot.from_file(garage_file, cache=cache, encoder=None)
    if change == "text":
        garage_file.write_text(TEXT.replace("house", "tower"), encoding="utf-8")
    else:
        garage_file = garage_file.rename(tmp_path / "other.md")
    FaqBot.from_file(garage_file, cache=cache, encoder=None)
    assert len(kept(cache)) == 2
    if change == "text":
        assert FaqBot.from_file(garage_file, cache=cache).ask("where do I park").text == "Behind the *tower*."


def damage(path, kind):
    data = bytearray(path.read_bytes())
    if kind == "empty":
        data = b""
    elif kind == "cut":
        data = data[: len(data) // 2]
    elif kind == "one byte short":
        data = data[:-1]
    elif kind == "longer":
        data += b"x"
    elif kind == "another version":
        data = data.replace(b"faqbot arrays 4", b"faqbot arrays 3")
    elif kind == "a wrong place":
        data = data.replace(b'"firsts": ["int32", [3]', b'"firsts": ["int32", [9]')
    elif kind == "an object":
        data = data.replace(b'"int32"', b'"objec"')
    elif kind == "a flipped bit":
        data[-200] ^= 1
    else:
        data = b"{" * 100_000
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    "kind",
    [
        "empty",
        "cut",
        "one byte short",
        "longer",
        "another version",
        "a wrong place",
        "an object",
        "a flipped bit",
        "noise",
    ],
)
def test_a_damaged_file_is_made_anew(kind, tmp_path, garage_file):
    cache = tmp_path / "c"
    FaqBot.from_file(garage_file, cache=cache, encoder=None)
    (path,) = kept(cache)
    whole = path.read_bytes()
    damage(path, kind)
    assert path.read_bytes() != whole
    assert FaqBot.from_file(garage_file, cache=cache, encoder=None).ask("where do I park").text == "Behind the *house*."
    assert path.read_bytes() == whole


def test_a_folder_that_cannot_be_written_costs_time_and_nothing_else(tmp_path, garage_file, caplog):
    (tmp_path / "c").write_text("a file, where the folder would be")
    bot = FaqBot.from_file(garage_file, cache=tmp_path / "c", encoder=None)
    assert bot.ask("where do I park").text == "Behind the *house*."
    (record,) = caplog.records
    assert record.getMessage().startswith("faqbot: the index is made anew at every start")


def test_the_command_line_says_so_in_one_line(tmp_path, garage_file):
    (tmp_path / "c").write_text("")
    done = subprocess.run(
        [sys.executable, "-m", "faqbot", "ask", "-k", garage_file, "where do I park"],
        capture_output=True, text=True, check=False, env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "c")},
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Behind the house.")
    (line,) = done.stderr.splitlines()
    assert line.startswith("faqbot: the index is made anew at every start")


def test_many_may_keep_the_same_at_once(tmp_path, garage_file):
    with ThreadPoolExecutor(4) as threads:
        bots = list(threads.map(lambda _: FaqBot.from_file(garage_file, cache=tmp_path / "c", encoder=None), range(12)))
    assert {bot.ask("where do I park").text for bot in bots} == {"Behind the *house*."}
    assert len(kept(tmp_path / "c")) == 1


def test_the_folder_does_not_grow_without_end(tmp_path):
    for number in range(arrayfile.MOST_FILES + 3):
        path = tmp_path / f"index-{number:016}"
        arrayfile.write(path, "key", {})
        os.utime(path, (number, number))
    other = tmp_path / "somebody-elses"
    other.touch()
    arrayfile.write(tmp_path / "index-ffffffffffffffff", "key", {})
    names = [path.name for path in kept(tmp_path)]
    assert len(names) == arrayfile.MOST_FILES + 1
    assert {"index-0000000000000004", "index-ffffffffffffffff", "somebody-elses"} <= set(names)
    assert "index-0000000000000003" not in names


def test_what_is_not_ours_is_not_deleted(tmp_path):
    """Names that look like ours, links, folders, and whatever lies in a folder that was there before the cache."""
    folder, others = tmp_path / "marked", tmp_path / "others"
    for path in (folder, others):
        path.mkdir()
    (others / "scan-20240101-1010.pdf").touch()
    arrayfile.write(folder / "index-ffffffffffffffff", "key", {})
    foreign = [
        folder / "scan-20240101-1010.pdf",
        folder / "index-GGGGGGGGGGGGGGGG",
        folder / "vectors-00000000000000ff",
    ]
    foreign[0].touch()
    foreign[1].touch()
    foreign[2].symlink_to(folder / "scan-20240101-1010.pdf")
    (folder / "index-00000000000000ff").mkdir()
    for at in (folder, others):
        for number in range(arrayfile.MOST_FILES + 3):
            arrayfile.write(at / f"index-{number:016}", "key", {})
    assert all(map(os.path.lexists, [*foreign, folder / "index-00000000000000ff"]))
    assert (len(list(folder.glob("index-0000000000000*"))), (folder / arrayfile.TAG).exists()) == (33, True)
    assert (len(list(others.iterdir())), (others / arrayfile.TAG).exists()) == (arrayfile.MOST_FILES + 4, False)


def test_the_cache_is_its_owners_alone_and_leaves_through_no_link(tmp_path, garage_file):
    FaqBot.from_file(garage_file, encoder=None, cache=tmp_path / "c")
    (path,) = kept(tmp_path / "c")
    outside = tmp_path / "outside"
    path.rename(outside)
    before = outside.read_bytes()
    path.symlink_to(outside)
    assert arrayfile.read(path, json.loads(before.split(b"\n")[0][9:])["key"]) is None
    FaqBot.from_file(garage_file, encoder=None, cache=tmp_path / "c")
    assert (path.is_symlink(), path.read_bytes(), outside.read_bytes()) == (False, before, before)
    assert [each.stat().st_mode & 0o777 for each in (path.parent, *sorted(path.parent.iterdir()))] == [
        0o700,
        0o600,
        0o600,
    ]


@pytest.mark.parametrize("place", [0.01, 0.3, 0.5, 0.7, 0.99])
@pytest.mark.parametrize("harm", ["a bit", "a page of zeros"])
def test_damage_anywhere_in_a_large_file_is_found_and_mended(place, harm, tmp_path, caplog):
    path, numbers = tmp_path / "index-0123456789abcdef", np.arange(700_000)
    assert numbers.nbytes > arrayfile.SMALL
    arrayfile.write(path, "key", {"numbers": numbers, "more": np.arange(1000, dtype=np.float32)})
    data = bytearray(path.read_bytes())
    at = int(place * len(data))
    data[at : at + 4096] = (
        b"\0" * len(data[at : at + 4096]) if harm != "a bit" else bytes([data[at] ^ 4]) + data[at + 1 : at + 4096]
    )
    path.write_bytes(bytes(data))
    assert arrayfile.read(path, "key") is None
    assert [record.getMessage() for record in caplog.records] == [f"faqbot: {path} is damaged, and is made anew"]


@pytest.mark.parametrize("apart", [1, 5, arrayfile.BLOCK, 3 * arrayfile.BLOCK + 2])
def test_damage_that_leaves_a_sum_as_it_was_is_found(apart, tmp_path):
    path, numbers = tmp_path / "index-0123456789abcdef", np.arange(10 * arrayfile.BLOCK, dtype=np.uint64)
    arrayfile.write(path, "key", {"numbers": numbers})
    start = path.read_bytes().index(numbers.tobytes())
    data = bytearray(path.read_bytes())
    for word, by in ((700, 1), (700 + apart, -1)):
        data[start + 8 * word + 7] = by % 256
    path.write_bytes(bytes(data))
    assert arrayfile.read(path, "key") is None


def test_a_folder_of_ours_that_others_may_enter_is_closed_and_one_of_somebody_else_left(tmp_path):
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(0o755)
    (tmp_path / "theirs/letter.txt").touch()
    for name in ("ours", "theirs"):
        arrayfile.write(tmp_path / name / "index-0123456789abcdef", "key", {})
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("ours", "theirs")] == [0o700, 0o755]


def test_what_a_program_has_open_is_not_shortened_by_another(tmp_path):
    path = tmp_path / "index-0123456789abcdef"
    arrayfile.write(path, "key", {"numbers": np.arange(700_000)})
    held = arrayfile.read(path, "key")[1]["numbers"]
    arrayfile.write(path, "key", {"numbers": np.arange(10)})
    assert (held.sum(), arrayfile.read(path, "key")[1]["numbers"].size) == (700_000 * 699_999 // 2, 10)


def test_a_small_file_is_in_memory_whatever_becomes_of_it(tmp_path):
    path = tmp_path / "index-0123456789abcdef"
    arrayfile.write(path, "key", {"numbers": np.arange(10)})
    held = arrayfile.read(path, "key")[1]["numbers"]
    os.truncate(path, 0)
    assert held.sum() == 45


def test_what_a_killed_program_began_to_write_is_deleted_later(tmp_path):
    left, begun = (tmp_path / f"{files.TEMPORARY}{digit * 16}" for digit in "0a")
    left.touch()
    begun.touch()
    os.utime(left, (0, 0))
    arrayfile.write(tmp_path / "index-ffffffffffffffff", "key", {})
    assert (left.exists(), begun.exists()) == (False, True)


def test_a_pipe_where_something_was_kept_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "index-0")
    assert arrayfile.read(tmp_path / "index-0", "key") is None


def test_a_missing_file_is_told_as_ever(tmp_path):
    with pytest.raises(Exception, match="there is no such file"):
        FaqBot.from_file(tmp_path / "none.md", cache=tmp_path)
