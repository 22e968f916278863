"""What holds for any knowledge base and any text.

FAQBOT_EXAMPLES=5000 in the environment tries so many of each, and new ones each time.
"""

import csv
import io
import json
import os
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from faqbot import Entry, FaqBot, KnowledgeBase, KnowledgeError, Source, Status, Thresholds
from faqbot.answering.decision import confidence
from faqbot.answering.splitting import MOST_PARTS, questions_in
from faqbot.cli.text import clean, wrapped
from faqbot.documents.encoding import one_line
from faqbot.evaluation.labelled import parse as labelled
from faqbot.evaluation.redaction import LONGEST, masked
from faqbot.knowledge import reader, writer
from faqbot.text import LONGEST_WORD, normalise, tokens, word_set

EXAMPLES = int(os.environ.get("FAQBOT_EXAMPLES", "0"))
USUAL = 40  # examples of each in the suite: a few seconds in all

settings.register_profile(
    "faqbot", max_examples=EXAMPLES or USUAL, derandomize=not EXAMPLES, deadline=None, database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
settings.load_profile("faqbot")

# Words of a trade, so that entries have much in common; slips, signs and letters of anywhere, so that they have not.
WORDS = sorted(
    word_set("""
    open opening closed price cost long take hurt pain repair bike tyre flat chain park car book cancel when where how
    what does is it the a my can i do you c++ don't naïve Größe 東京 🙂 1.5 2026 e-mail /save x
    """)
)
SIGNS = [*"?!.,;:\n \t#*-_`[]()<>&|\\\"'", "\r\n", "and", "\x1b[2J", "\u202e"]
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
anything = st.one_of(st.text(max_size=80), st.lists(st.sampled_from([*WORDS, *SIGNS])).map(" ".join))
lines = st.one_of(words, anything.map(lambda text: " ".join(text.split())).filter(bool))
answers = st.one_of(words, anything)


@st.composite
def entries(draw):
    said = draw(answers.filter(str.strip))
    is_gap = draw(st.integers(0, 5)) == 0
    return Entry(
        question=draw(lines),
        answer="" if is_gap else said,
        gap=said if is_gap else "",
        phrasings=draw(st.lists(lines, max_size=3)),
        topic=draw(st.one_of(st.just(""), words)),
        source=Source(place=draw(st.one_of(st.just(""), words))),
        draft=draw(st.booleans()),
    )


def distinct(found):
    """Return the entries of which no two have one id or one question."""
    kept = {}
    for entry in found:
        if entry.id not in kept and normalise(entry.question) not in {normalise(one.question) for one in kept.values()}:
            kept[entry.id] = entry
    return list(kept.values())


bases = st.lists(entries(), min_size=1, max_size=6).map(lambda found: KnowledgeBase(distinct(found), title="T"))
plain_entries = st.builds(
    lambda question, answer, more: Entry(question=question, answer=answer, phrasings=more),
    words, words, st.lists(words, max_size=2),
)  # fmt: skip
plain_bases = st.lists(plain_entries, min_size=1, max_size=6).map(lambda found: KnowledgeBase(distinct(found)))


def bot_of(base, **more):
    return FaqBot(base, encoder=None, **more)


def written(base):
    """Return a knowledge base as a file, if one can hold it."""
    try:
        return writer.render(base)
    except ValueError:
        assume(False)


class TestKnowledgeFiles:
    @given(bases)
    def test_what_is_written_reads_the_same(self, base):
        file = written(base)
        assert reader.parse(file.text, "faq.md").knowledge == file.knowledge
        assert writer.render(file.knowledge).text == file.text
        assert writer.update(file, file.knowledge).text == file.text

    @given(plain_bases, plain_entries, st.integers(0, 5), st.sampled_from(["\n", "\r\n"]))
    def test_what_did_not_change_stays_to_the_letter(self, base, other, place, ending):
        text = written(base).text.replace("\n", ending).replace("# Questions", f"# Questions{ending}{ending}* odd")
        file = reader.parse(text, "faq.md")
        old = list(file.knowledge.entries)
        place %= len(old)
        new = [*old[:place], replace(old[place], answer=other.answer), *old[place + 1 :]]
        changed = writer.update(file, replace(file.knowledge, entries=new))
        block = file.blocks[place]
        assert changed.text.startswith("".join(file.lines[: block.start]))
        assert changed.text.endswith("".join(file.lines[block.end :]))
        assert writer.update(changed, file.knowledge).knowledge == file.knowledge

    @given(anything)
    def test_any_text_is_read_or_refused_and_kept(self, text):
        try:
            file = reader.parse(text, "faq.md")
        except KnowledgeError:
            return
        assert file.text == text
        assert writer.update(file, file.knowledge).text == text


class TestWords:
    @given(anything)
    def test_normalising_is_done_after_once(self, text):
        once = normalise(text)
        assert normalise(once) == once
        assert once.isprintable()
        assert once == " ".join(once.split())
        assert len(once) <= MOST_GROWTH * len(text)

    @given(anything)
    def test_words_have_a_longest_length_and_only_letters_digits_and_the_signs_of_names(self, text):
        for word in tokens(text):
            assert 0 < len(word) <= LONGEST_WORD
            assert re.fullmatch(r"[^\W_]+(?:\.\d*)*(?:\+\+?|#)?", word)


MOST_GROWTH = 18  # letters that one letter stands for: the longest of Unicode is an Arabic greeting


class TestRanking:
    @given(plain_bases, words, st.randoms(use_true_random=False))
    def test_the_order_of_the_entries_does_not_matter(self, base, question, chance):
        other = list(base.entries)
        chance.shuffle(other)
        first, second = (
            {match.entry.id: match.score for match in bot_of(one).rank(question, limit=9)}
            for one in (base, replace(base, entries=other))
        )
        assert first == pytest.approx(second, abs=1e-4)

    @given(plain_bases, words)
    def test_an_unrelated_entry_does_not_change_who_wins(self, base, question):
        before = bot_of(base).rank(question, limit=2)
        assume(before and (len(before) == 1 or before[1].score < CLOSE * before[0].score))
        more = Entry(question="Жук?", answer="Щи.")
        after = bot_of(replace(base, entries=[*base.entries, more])).rank(question, limit=1)
        assert after[0].entry == before[0].entry

    @given(plain_bases)
    def test_a_phrasing_asked_to_the_letter_wins(self, base):
        bot = bot_of(base)
        for entry in base.entries:
            for form in entry.forms:
                holders = [one for one in base.entries if set(map(tokens, one.forms)) & {tokens(form)}]
                if len(holders) == 1 and tokens(form):
                    assert bot.rank(form, limit=1)[0].entry == entry


# Of the first one's score: nearer entries may change places. Where there are three, a fourth changes what a word of one
# weighs beside a word of all by a fifth.
CLOSE = 0.75


class TestDecisions:
    @given(bases, anything)
    def test_confidence_is_a_chance(self, base, question):
        bot = bot_of(base)
        assert 0 <= confidence(bot.evidence(question)) <= 1
        assert 0 <= bot.ask(question).confidence <= 1
        scores = [match.score for match in bot.rank(question)]
        assert scores == sorted(scores, reverse=True)

    @given(plain_bases, words, st.lists(st.floats(0, 1), min_size=4, max_size=4))
    def test_who_has_to_be_surer_answers_less(self, base, question, levels):
        low, suggest, high, more = sorted(levels)
        bold = bot_of(base, thresholds=Thresholds(answer=high, suggest=low)).ask(question)
        shy = bot_of(base, thresholds=Thresholds(answer=more, suggest=suggest)).ask(question)
        order = [Status.UNANSWERED, Status.SUGGESTED, Status.ANSWERED]
        assert order.index(shy.status) <= order.index(bold.status)
        assert shy.confidence == bold.confidence


class TestConversations:
    @given(bases, st.lists(anything, max_size=5))
    def test_any_message_gets_a_reply(self, base, messages):
        chat = bot_of(base).conversation()
        for message in messages:
            reply = chat.ask(message)
            assert reply.question == message
            assert 0 <= reply.confidence <= 1
            assert reply.explain().sentence

    @given(anything)
    def test_the_questions_of_a_message_are_parts_of_it(self, message):
        found = questions_in(message)
        assert len(found) != 1
        assert len(found) <= MOST_PARTS
        place = 0
        for question in found:
            place = message.index(question, place) + len(question)


PIECES = ["\x1b", "\x1b[", "\x1b]", "\x9b", "\x9d", "\x1bP", "\x07", "\x1b\\", "31m", ";", "\r", "\t", "\n", "text"]
STEERING = set("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
sequences = st.lists(st.one_of(st.sampled_from([*PIECES, *STEERING, "\ud800"]), st.text(max_size=5)), max_size=12).map(
    "".join
)


class TestTerminals:
    @given(sequences)
    def test_no_sequence_gets_through(self, text):
        shown = clean(text)
        assert [letter for letter in shown if unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n"] == []
        assert not set(shown) & set(
            "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
        )
        assert clean(shown) == shown

    @given(sequences, st.integers(1, 100))
    def test_wrapping_keeps_the_words(self, text, width):
        assert wrapped(clean(text), width).split() == clean(text).split()


class TestMasks:
    @given(anything, words, st.sampled_from(["ann@example.org", "0171 2345678", "bob.b@mail.example", "12.03.1985"]))
    def test_what_names_a_person_never_stays_and_masking_again_changes_nothing(self, before, after, name):
        kept = masked(f"{before} {name} {after}")
        assert name not in kept
        assert len(kept) <= LONGEST
        assert masked(kept) == kept
        assert one_line(kept) == kept


GARAGE = KnowledgeBase([Entry(question="Is it?", answer="a"), Entry(question="Or, not?", answer="b")])
rows = st.lists(st.tuples(words, st.sampled_from(["is-it", "or-not", "", "-", "is-it|or-not", "Or, not?"])), min_size=1)
EXPECTED = {"is-it": ("is-it",), "or-not": ("or-not",), "Or, not?": ("or-not",), "is-it|or-not": ("is-it", "or-not")}


class TestLabelledQuestions:
    @given(rows, st.sampled_from(["excel", "excel-tab", "unix"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
    def test_a_table_is_read_as_it_was_written(self, asked, dialect, encoding):
        text = io.StringIO()
        csv.writer(text, dialect).writerows([("question", "expected"), *asked])
        found = labelled(text.getvalue().encode(encoding), Path("asked.csv"), GARAGE)
        assert [(one.question, one.expected) for one in found] == [(said, EXPECTED.get(ids, ())) for said, ids in asked]

    @given(rows, st.booleans())
    def test_json_is_read_as_it_was_written(self, asked, is_list):
        values = [{"question": said, "expected": ids or None} for said, ids in asked]
        text = json.dumps(values) if is_list else "\n".join(map(json.dumps, values))
        found = labelled(text.encode(), Path("asked.json"), GARAGE)
        assert [(one.question, one.expected) for one in found] == [(said, EXPECTED.get(ids, ())) for said, ids in asked]
