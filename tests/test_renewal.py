"""Extracting again into a file that people have worked on: what stays, what goes, what is told."""

from dataclasses import replace

import pytest

from faqbot import Entry, KnowledgeBase, Source
from faqbot.documents import reader as documents
from faqbot.documents.article import Article, fingerprint
from faqbot.extraction import Extraction, catalogue
from faqbot.extraction.draft import Draft, Made
from faqbot.extraction.draft import draft as drafted
from faqbot.extraction.update import Fate, renewed
from faqbot.knowledge import reader as knowledge
from faqbot.knowledge import writer

TITLE = "Ear syringing"
OLD = "Ear syringing takes ten minutes. It does not hurt. Keep the ear dry for a day."
TAKES, HURTS, DRY = "Ear syringing takes ten minutes.", "It does not hurt.", "Keep the ear dry for a day."
COST = next(gap for gap in catalogue.named("ear syringing").values() if "cost" in gap.question)


def article(text):
    return Article.of(documents.parse(f"{TITLE}\n\n{text}"))


def entry(question, said, place, *forms, **more):
    source = Source(TITLE, place, fingerprint(said))
    return Entry(question=question, answer=said, phrasings=forms, source=source, draft=True, **more)


A = entry("How long does it take?", TAKES, "paragraph 1, sentence 1", "duration")
B = entry("Does it hurt?", HURTS, "paragraph 1, sentence 2", "pain")
C = entry("May I wash?", DRY, "paragraph 1, sentence 3", "water")
GAP = replace(COST, draft=True)


def base(*entries, **more):
    return KnowledgeBase(entries, title=TITLE, procedure="ear syringing", source=TITLE, **more)


def draft(text, *entries):
    found = article(text)
    made = Made("ears.txt", Extraction(base(*entries), found, frozenset(), (), (), ()), is_new=False)
    return Draft((made,), "ear syringing", base(*entries))


def reviewed(entry, **more):
    return replace(entry, draft=False, **more)


def at(entry, place):
    return replace(entry, source=replace(entry.source, place=place))


MOVED = "Welcome. " + OLD
GONE = OLD.replace(HURTS + " ", "")
CHANGED = OLD.replace("not hurt", "hurt a little")
B_MOVED = at(B, "paragraph 1, sentence 3")
B_CHANGED = entry("Does it hurt?", "It does hurt a little.", "paragraph 1, sentence 2", "ache")
EDITED = replace(B, answer="No, not at all.")
REWORDED = replace(B, question="Will I feel pain?", id=B.id)
BY_HAND = replace(B, question="Will I feel pain?", id="")
REPHRASED = replace(B, phrasings=("pain", "ouch"))
RETOPICED = replace(B, topic="comfort")
COSTS = entry(COST.question, "It costs 40 pounds.", "paragraph 1, sentence 4", *COST.phrasings)
PRICED = OLD + " It costs 40 pounds."

CASES = {
    # what is in the file, the article now, what is extracted now: what the file says then, and what is told
    "nothing happened": ([B], OLD, [B], [B], {}),
    "an untouched draft follows its sentence": ([B], MOVED, [B_MOVED], [B_MOVED], {B.id: Fate.MOVED}),
    "an untouched draft has the new words": (
        [B], CHANGED, [B_CHANGED], [B_CHANGED], {B.id: Fate.REPLACED},
    ),
    "an untouched draft of what is gone goes": ([A, B], GONE, [A], [A], {B.id: Fate.REMOVED}),
    "an untouched list goes as well": (
        [A, replace(B, answer="- It does\n- not hurt.")], GONE, [A], [A], {B.id: Fate.REMOVED},
    ),
    "an untouched draft of what is there stays": ([A, B], OLD, [A], [A, B], {B.id: Fate.KEPT}),
    "a new entry goes behind the one before it": ([A, C], OLD, [A, B, C], [A, B, C], {B.id: Fate.ADDED}),
    "a new entry goes first": ([B, C], OLD, [A, B, C], [A, B, C], {A.id: Fate.ADDED}),
    "a topic that a person gave stays": ([RETOPICED], OLD, [B], [RETOPICED], {}),
    "a reviewed entry stays": ([reviewed(B)], OLD, [B], [reviewed(B)], {}),
    "a reviewed entry stays whatever is extracted": (
        [reviewed(EDITED, phrasings=("x",))], CHANGED, [B_CHANGED], [reviewed(EDITED, phrasings=("x",))],
        {B.id: Fate.LOOK},
    ),
    "a reviewed entry has its place refreshed, and nothing else": (
        [reviewed(EDITED)], MOVED, [B_MOVED], [reviewed(at(EDITED, "paragraph 1, sentence 3"))], {B.id: Fate.MOVED},
    ),
    "a reviewed entry of what is gone is looked at again": (
        [A, reviewed(B)], GONE, [A], [A, reviewed(B)], {B.id: Fate.LOOK},
    ),
    "a reviewed entry of a person's own stays": (
        [reviewed(B, source=Source(), id="own")], GONE, [A], [reviewed(B, source=Source(), id="own"), A],
        {A.id: Fate.ADDED},
    ),
    "an edited answer stays": ([EDITED], OLD, [B], [EDITED], {B.id: Fate.KEPT}),
    "an edited answer of what is gone is looked at again": ([A, EDITED], GONE, [A], [A, EDITED], {B.id: Fate.LOOK}),
    "an edited answer of what changed is looked at": ([EDITED], CHANGED, [B_CHANGED], [EDITED], {B.id: Fate.LOOK}),
    "a reworded question keeps its id": ([REWORDED], OLD, [B], [REWORDED], {B.id: Fate.KEPT}),
    "a question reworded by hand is known by its sentence": ([BY_HAND], OLD, [B], [BY_HAND], {BY_HAND.id: Fate.KEPT}),
    "a reworded question gets the new words": (
        [REWORDED], CHANGED, [B_CHANGED],
        [replace(B_CHANGED, question="Will I feel pain?", id=B.id, phrasings=("pain", "ache"))],
        {B.id: Fate.REPLACED},
    ),
    "other phrasings stay": ([REPHRASED], OLD, [B], [REPHRASED], {B.id: Fate.KEPT}),
    "a gap stays": ([A, GAP], OLD, [A, GAP], [A, GAP], {}),
    "a gap that nothing came of stays": ([A, GAP], OLD, [A], [A, GAP], {}),
    "an untouched gap is answered": (
        [A, GAP], PRICED, [A, COSTS], [A, replace(COSTS, topic=GAP.topic)], {GAP.id: Fate.REPLACED},
    ),
    "a gap that a person worded stays": (
        [A, replace(GAP, gap="Ring us.")], PRICED, [A, COSTS], [A, replace(GAP, gap="Ring us.")], {GAP.id: Fate.LOOK},
    ),
    "a reviewed gap stays": ([A, reviewed(GAP)], PRICED, [A, COSTS], [A, reviewed(GAP)], {GAP.id: Fate.LOOK}),
    "an answer that is gone is a gap again": ([A, COSTS], OLD, [A, GAP], [A, GAP], {GAP.id: Fate.REMOVED}),
    "a reviewed answer that is gone is looked at": (
        [A, reviewed(COSTS)], OLD, [A, GAP], [A, reviewed(COSTS)], {GAP.id: Fate.LOOK},
    ),
    "a new entry that asks what a person's entry asks is left out": (
        [A, reviewed(C, question="Does it hurt", id="own", source=Source())], OLD, [A, B],
        [A, reviewed(C, question="Does it hurt", id="own", source=Source())], {B.id: Fate.LEFT},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("known", "text", "found", "then", "told"), CASES.values(), ids=CASES)
def test_extracting_again(known, text, found, then, told):
    after = renewed(base(*known), draft(text, *found))
    assert list(after.knowledge.entries) == then
    assert {change.entry.id: change.fate for change in after.changes} == told
    again = renewed(after.knowledge, draft(text, *found))
    assert again.knowledge == after.knowledge
    assert not {change.fate for change in again.changes} & {Fate.ADDED, Fate.REPLACED, Fate.MOVED, Fate.REMOVED}


def test_a_dropped_entry_stays_away():
    known = base(A, dropped=(B.id,))
    assert renewed(known, draft(OLD, A, B)).knowledge == known


def test_of_two_entries_of_a_sentence_the_dropped_one_is_not_the_one_that_was_reworded():
    other = entry("Is it quick?", TAKES, "paragraph 1, sentence 1", "duration")
    reworded = replace(A, question="How many minutes?", id="")
    known = base(reworded, dropped=(other.id,))
    assert renewed(known, draft(OLD, other, A)).knowledge == known


def test_a_gap_is_untouched_whatever_other_spellings_the_procedure_has():
    """ "ear-syringing" gives the same id, and another sentence."""
    known = base(A, GAP, names=("ear-syringing", "syringing"))
    changes = renewed(known, draft(PRICED, A, COSTS)).changes
    assert [change.fate for change in changes] == [Fate.REPLACED]


def test_entries_of_other_documents_stay():
    other = replace(B, source=Source("Another leaflet", "paragraph 9", "00000000"))
    assert renewed(base(other), draft(GONE, A)).knowledge.entries == (other, A)


def test_the_title_stays_and_a_new_one_is_taken():
    known = base(B, names=("ear washing",), groups=[("ear", "lug")])
    changed = replace(draft(OLD, B), knowledge=replace(base(B), title="Other", names=("x",), groups=[("a", "b")]))
    assert renewed(known, changed).knowledge == known
    assert renewed(known, changed, "Ears").knowledge == replace(known, title="Ears")


def test_a_place_is_refreshed_in_its_line_alone():
    text = (
        f"# {TITLE}\n\n* source: {TITLE}\n\n### {B.question} ###\n\n* also: pain\n*  from:  paragraph 1, sentence 2\n"
        f"* fingerprint: {B.source.fingerprint}\n\nNo,\n*never*.\n"
    )
    file = knowledge.parse(text, "ears.md")
    new = writer.update(file, renewed(file.knowledge, draft(MOVED, B_MOVED)).knowledge)
    assert new.text == text.replace("sentence 2", "sentence 3")


FEES = """\
# The rowing club

## Fees

| Who | Fee | When |
|---|---|---|
| Grown-ups | {} pounds | at the beginning of the year |
| Children | 12 pounds | at the beginning of the year |

## Boats

The boats lie in the shed behind the inn, and whoever takes one out writes that into the book.

{}
"""
RUN_IN = "Life Jackets Life jackets hang beside the door of the shed, and everybody wears one on the river {}."


def club(fee="40", jackets="in March", known=None):
    text = FEES.format(fee, RUN_IN.format(jackets))
    return drafted([("club.md", Article.of(documents.parse(text)))], known)


def test_what_nobody_has_worked_on_is_nobodys_work():
    known = club().knowledge
    assert not renewed(known, club(known=known)).changes  # a table, and an answer without the heading in its sentence


def test_a_table_that_nobody_has_worked_on_has_the_new_words():
    known = club().knowledge
    found = renewed(known, club("45", known=known))
    assert [change.fate for change in found.changes] == [Fate.REPLACED]
    assert [entry.answer for entry in found.knowledge.entries] == [
        entry.answer for entry in club("45").knowledge.entries
    ]
