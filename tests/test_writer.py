import os
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from conftest import DATA, ROOT
from faqbot import Entry, KnowledgeBase, Source, files
from faqbot.knowledge import reader as knowledge
from faqbot.knowledge import writer

FAQ = """\
# Garage

- source: Leaflet
- same: bike, cycle

Some words of welcome.

## Visit

### When are you open? ###

* also: hours
* from: page 1

Nine to five.


### Where do I *park*?

Behind the house.

## Money

### What is the price?

- gap: Not said."""

ENTRY = Entry(
    question="Is it new?",
    answer="Yes.\n\n- quite\n- very",
    phrasings=("new?",),
    topic="age",
    source=Source("", "page 9"),
)


def edited(text, change):
    file = knowledge.parse(text, "faq.md")
    return writer.update(file, replace(file.knowledge, entries=change(list(file.knowledge.entries)))).text


@pytest.mark.parametrize(
    "path", [*sorted(DATA.glob("faqs/*.md")), *sorted((ROOT / "knowledge").glob("*.md"))], ids=lambda p: p.stem
)
def test_loading_and_saving_changes_nothing(path, tmp_path):
    file = knowledge.read(path)
    writer.save(writer.update(file, file.knowledge), tmp_path / "copy.md")
    assert (tmp_path / "copy.md").read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        FAQ,
        FAQ.replace("\n", "\r\n"),
        "\ufeff" + FAQ,
        FAQ + "\n\n\n",
        "# A?\ra\r",
        "## A?\na\n## B?\nb\n",
        "# T\n## A?\na",
        "---\ntitle: x\n---\n## A?\na\n",
    ],
)
def test_line_ends_and_marks_stay(text):
    assert edited(text, lambda entries: entries) == text


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("own", ["\n", "\r\n", "\r"])
def test_an_answer_takes_the_line_ends_of_the_file(ending, own):
    text = "# T\n\n## A?\n\na\n".replace("\n", ending)
    more = Entry(question="B?", answer=f"{own}one{own}two")
    assert edited(text, lambda entries: [*entries, more]) == text + "\n## B?\n\none\ntwo\n".replace("\n", ending)


def test_a_changed_entry_changes_its_own_lines_only():
    def change(entries):
        return [entries[0], replace(entries[1], phrasings=("parking",)), entries[2]]

    assert edited(FAQ, change) == FAQ.replace(
        "### Where do I *park*?\n\nBehind", "### Where do I park?\n\n- also: parking\n\nBehind"
    )


def test_a_new_entry_goes_after_the_one_before_it():
    text = edited(FAQ, lambda entries: [entries[0], ENTRY, *entries[1:]])
    added = "### Is it new?\n\n- also: new?\n- topic: age\n- from: page 9\n\nYes.\n\n- quite\n- very\n\n"
    assert text == FAQ.replace("### Where", added + "### Where")


def test_new_entries_at_both_ends():
    first, last = replace(ENTRY, question="First?", id="1"), replace(ENTRY, question="Last?", id="2")
    text = edited(FAQ, lambda entries: [first, *entries, last])
    assert [e.id for e in knowledge.parse(text, "x").knowledge.entries] == [
        "1", "when-are-you-open", "where-do-i-park", "what-is-the-price", "2",
    ]  # fmt: skip
    assert FAQ.split("## Visit")[1] in text


def test_a_dropped_entry_goes_and_the_headings_around_it_stay():
    text = edited(FAQ, lambda entries: entries[1:])
    assert "When are you open" not in text
    assert "## Visit" in text
    assert "welcome" in text


def test_the_last_entry_of_a_group_takes_its_heading_along():
    text = edited(FAQ, lambda entries: entries[2:])
    assert "Visit" not in text
    assert text.startswith(FAQ.split("## Visit", maxsplit=1)[0])


def test_a_byte_order_mark_survives_every_change():
    bom = "\ufeff" + "## A?\n\na\n\n## B?\n\nb\n"
    for change in (lambda e: [ENTRY, *e], lambda e: e[1:], lambda e: [replace(e[0], answer="new"), e[1]]):
        text = edited(bom, change)
        assert text.startswith("\ufeff## ")
        assert text.count("\ufeff") == 1


def test_changes_in_a_windows_file_have_its_line_ends():
    text = edited(FAQ.replace("\n", "\r\n"), lambda entries: [*entries, ENTRY])
    assert "\n" not in text.replace("\r\n", "")


def test_the_title_is_rewritten_where_it_changed():
    file = knowledge.parse(FAQ, "faq.md")
    text = writer.update(file, replace(file.knowledge, groups=[("a", "b")])).text
    assert text == FAQ.replace("- same: bike, cycle", "- same: a, b")


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,
        Entry(question="What is *this* [thing] `x` <b> & \\ y_z?", answer="a"),
        Entry(question="# hash", answer="a"),
        Entry(question="A?", answer="```\n# code\n```"),
        Entry(question="A?", gap="No.", phrasings=("b: c", "- d", "*e*")),
        Entry(question="A?", answer="a", id="Some ID"),
        Entry(question="What about C #", answer="a"),
        Entry(question="A?", gap="No.", source=Source("", "page 3")),
        Entry(question="A?", answer="a", source=Source("Other paper", "page 3", "00ff12ab"), draft=True),
        Entry(question="A?", answer="a", source=Source("Other paper")),
        Entry(question="A?", gap="No.", source=Source("Other paper"), draft=True),
        Entry(question="A?", gap="No.", source=Source("", "", "12345678")),
    ],
)
def test_what_is_written_reads_back_the_same(entry):
    assert writer.render(KnowledgeBase([entry], title="T")).knowledge.entries == (entry,)


@pytest.mark.parametrize(
    "answer", ["# A heading\n\ntext", "Setext\n===\n\nx", "a\n\n## b\n\nc", "- also: no field", "<!-- x -->"]
)
def test_an_answer_that_would_become_entries_is_refused(answer):
    with pytest.raises(ValueError, match=r"cannot be written|come out of another"):
        writer.render(KnowledgeBase([Entry(question="A?", answer=answer)]))


def test_blanks_and_line_ends_that_say_nothing_are_not_kept():
    entry = Entry(question="A  b?", answer="one\r\ntwo \n", phrasings=(" c ",), topic="d  e")
    read = writer.render(KnowledgeBase([entry])).knowledge.entries[0]
    assert (read.question, read.answer, read.phrasings, read.topic) == ("A b?", "one\ntwo", ("c",), "d e")


def test_an_entry_of_another_procedure_is_refused():
    with pytest.raises(ValueError, match="another procedure"):
        writer.render(KnowledgeBase([replace(ENTRY, subject="peel")], title="T", source="Leaflet"))


def test_an_entry_names_its_document_where_it_is_not_the_title_s():
    own, other = (
        replace(ENTRY, source=Source("Leaflet", "page 9")),
        Entry(question="Old?", answer="No.", source=Source("Letter", "line 2", "1a2b3c4d"), draft=True),
    )
    base = KnowledgeBase([own, other], title="T", source="Leaflet")
    file = writer.render(base)
    assert file.knowledge == base
    assert file.text.split("## Old?")[1] == (
        "\n\n- source: Letter\n- from: line 2\n- fingerprint: 1a2b3c4d\n- draft: yes\n\nNo.\n"
    )
    assert file.text.count("- source: ") == 2


def test_entries_keep_their_document_when_the_title_names_another():
    file = knowledge.parse("# T\n\n- source: A\n\n## One?\n\n- from: p\n\n1\n\n## Two?\n\n- source: B\n\n2\n", "x")
    changed = writer.update(file, replace(file.knowledge, source="B"))
    assert [entry.source for entry in changed.knowledge.entries] == [Source("A", "p"), Source("B")]
    assert changed.text == "# T\n\n- source: B\n\n## One?\n\n- source: A\n- from: p\n\n1\n\n## Two?\n\n2\n"


@pytest.mark.parametrize(
    ("draft", "reviewed"),
    [
        ("## A?\n\n- from: page 1\n- draft: yes\n\na\n", "## A?\n\n- from: page 1\n\na\n"),
        ("*B*?\n---\n\n* draft:  yes\n* from: p\n\na\n<!-- who? -->\n", "*B*?\n---\n\n* from: p\n\na\n<!-- who? -->\n"),
        ("## A?\r\n\r\n- draft: yes\r\n\r\na", "## A?\r\n\r\na"),
        ("## A?\n- draft: yes\n\na\n\n    - draft: yes\n", "## A?\n\na\n\n    - draft: yes\n"),
        ("## A?\n\n- gap: No.\n- draft: yes\n", "## A?\n\n- gap: No.\n"),
    ],
)  # fmt: skip
def test_accepting_a_draft_takes_one_line_away(draft, reviewed):
    text = edited("## First?\n\n- draft: yes\n\nx\n\n" + draft, lambda e: [e[0], replace(e[1], draft=False)])
    assert text == "## First?\n\n- draft: yes\n\nx\n\n" + reviewed


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "# faq\n\n- dropped: x\n\n"),
        ("\ufeff", "\ufeff# faq\n\n- dropped: x\n\n"),
        ("---\ntitle: x\n---\n\n", "---\ntitle: x\n---\n\n# faq\n\n- dropped: x\n\n\n"),
        ("Hello.\n\n", "# faq\n\n- dropped: x\n\nHello.\n\n"),
    ],
)
def test_a_file_without_a_title_gets_one_where_it_needs_it(before, after):
    file = knowledge.parse(before + "## A?\n\na\n", "faq.md")
    assert writer.update(file, replace(file.knowledge, dropped=["x"])).text == after + "## A?\n\na\n"


def test_dropped_ids_stand_in_the_title_ten_a_line():
    file = knowledge.parse(FAQ, "faq.md")
    ids = tuple(f"id-{n}" for n in range(12))
    changed = writer.update(file, replace(file.knowledge, dropped=ids))
    assert changed.knowledge.dropped == ids
    added = "- dropped: " + ", ".join(ids[:10]) + "\n- dropped: id-10, id-11\n"
    assert changed.text == FAQ.replace("bike, cycle\n", "bike, cycle\n" + added)
    assert writer.update(changed, replace(changed.knowledge, dropped=())).text == FAQ


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"title": "Any questions?"}, "title"),
        ({"names": ["a, b"]}, "names"),
        ({"groups": [("a, b", "c")]}, "groups"),
        ({"dropped": ["a, b"]}, "dropped"),
        ({"procedure": "a\n\n## b"}, "written"),
    ],
)
def test_a_title_that_would_read_differently_is_refused(fields, names):
    with pytest.raises(ValueError, match=names):
        writer.render(KnowledgeBase([ENTRY], **{"title": "T", **fields}))


def test_a_file_of_thousands_is_updated():
    entries = [Entry(question=f"Number {n}?", answer=f"It is {n}.") for n in range(3000)]
    file = writer.render(KnowledgeBase(entries, title="T"))
    assert writer.update(file, replace(file.knowledge, entries=entries[:-1])).knowledge.entries == tuple(entries[:-1])


class TestWriting:
    def test_the_old_file_survives_a_failure(self, tmp_path, monkeypatch):
        path = tmp_path / "faq.md"
        path.write_text("old")
        monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(OSError, match="No space"):
            files.write_text(path, "new")
        assert path.read_text() == "old"
        assert [p.name for p in tmp_path.iterdir()] == ["faq.md"]

    @pytest.mark.parametrize("has_links", [True, False])
    def test_of_many_who_make_a_file_at_once_one_does_and_the_others_hear_of_it(self, has_links, tmp_path, monkeypatch):
        if not has_links:
            monkeypatch.setattr(os, "link", lambda *_, **__: (_ for _ in ()).throw(PermissionError(1, "no links here")))
        path = tmp_path / "faq.md"
        path.write_text("theirs")
        with pytest.raises(FileExistsError):
            files.write_new(path, b"mine")
        assert path.read_text() == "theirs"
        path.unlink()
        files.write_new(path, b"mine")
        assert [p.name for p in tmp_path.iterdir()] == ["faq.md"]
        if not has_links:
            return
        path.unlink()
        together = threading.Barrier(8)

        def make(number):
            together.wait()
            try:
                files.write_new(path, b"%d" % number)
            except FileExistsError:
                return None
            return number

        with ThreadPoolExecutor(8) as threads:
            made = [number for number in threads.map(make, range(8)) if number is not None]
        assert [path.read_bytes()] == [b"%d" % number for number in made]
        assert [p.name for p in tmp_path.iterdir()] == ["faq.md"]

    def test_permissions_and_links_are_kept(self, tmp_path):
        path, link = tmp_path / "faq.md", tmp_path / "link.md"
        path.write_text("old")
        path.chmod(0o640)
        link.symlink_to(path)
        files.write_text(link, "new")
        assert link.is_symlink()
        assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", 0o640)

    def test_what_is_no_file_is_not_replaced(self, tmp_path):
        os.mkfifo(tmp_path / "fifo")
        (tmp_path / "loop").symlink_to(tmp_path / "loop")
        for name in ("fifo", "loop", "."):
            with pytest.raises(OSError, match=r"regular|loop"):
                files.write_text(tmp_path / name, "x")
        assert (tmp_path / "fifo").is_fifo()

    def test_half_a_surrogate_pair_is_refused_before_anything_is_written(self, tmp_path):
        with pytest.raises(ValueError, match="surrogates"):
            files.write_text(tmp_path / "faq.md", "\ud800")
        assert list(tmp_path.iterdir()) == []

    def test_the_longest_file_name(self, tmp_path):
        files.write_text(tmp_path / ("x" * 251 + ".md"), "new")

    def test_a_missing_folder_is_an_error(self, tmp_path):
        with pytest.raises(FileNotFoundError):
            files.write_text(tmp_path / "no/faq.md", "x")


def test_the_words_and_the_line_of_worries_are_written(tmp_path):
    knowledge = KnowledgeBase(
        [Entry(question="Q?", answer="A.")],
        title="T",
        urgent=[f"word {n}" for n in range(12)],
        urgent_answer="Call us.",
    )
    file = writer.render(knowledge, tmp_path / "t.md")
    assert "- urgent: word 10, word 11\n- urgent answer: Call us.\n" in file.text
    assert (file.knowledge.urgent, file.knowledge.urgent_answer) == (knowledge.urgent, "Call us.")
    changed = writer.update(file, replace(knowledge, urgent_answer="Call the desk."))
    assert changed.text == file.text.replace("Call us.", "Call the desk.")
    assert writer.update(file, knowledge).text == file.text
    with pytest.raises(ValueError, match="urgent"):
        writer.render(replace(knowledge, urgent=["a, b"]))
