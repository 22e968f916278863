"""What is never kept of a question."""

import time

import pytest

from faqbot.evaluation.redaction import LONGEST, masked, unmasked


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("Does it hurt?", "Does it hurt?"),
        ("write to ann@example.org please", "write to [e-mail] please"),
        ("write to Ann.Bee+x@mail.example.co.uk?", "write to [e-mail]?"),
        ("(ann@example.org)", "[e-mail])"),
        ("ann @ example.org", "[e-mail]"),
        ("ann\uff20example.org", "[e-mail]"),
        ("ann\u200b@example.org", "[e-mail]"),
        ("see https://ann:secret@example.org/x?y=1", "see [link]"),
        ("see https://example.org/faq", "see https://example.org/faq"),
        ("my number is 01712345678", "my number is [number]"),
        ("call +49 (0)171 234-56-78!", "call [number]!"),
        ("call 0171/2345678.", "call [number]."),
        ("call 01 71 23 45 67", "call [number]"),
        ("call 0171\u2013234\u20135678", "call [number]"),
        ("call 0171\u00a0234\u00a05678", "call [number]"),
        ("call 0\u200b1\u200b7\u200b1\u200b2", "call [number]"),
        ("call \u0660\u0661\u0667\u0661\u0662\u0663", "call [number]"),
        ("born 12.03.1985", "born [number]"),
        ("passport AB123456", "passport AB[number]"),
        ("is it 1,500 a session", "is it 1,500 a session"),
        ("4 to 6 sessions, 30 minutes each, 2 days apart", "4 to 6 sessions, 30 minutes each, 2 days apart"),
        ("what is 1234", "what is 1234"),
        ("do you take 12345", "do you take [number]"),
        ("a\x1b[31mb\x07c\nd\te", "abc d e"),
        ("half \ud800 a pair", "half a pair"),
        ("a @ the desk", "[e-mail] desk"),  # rather too much than too little
        ("@home treatment", "@home treatment"),
        ("", ""),
    ],
)
def test_what_is_kept(asked, kept):
    assert masked(asked) == kept
    assert masked(kept) == kept


def test_a_long_question_is_cut_and_never_within_a_mask():
    for length in range(LONGEST - 30, LONGEST + 10):
        kept = masked("x" * length + " ann@example.org 0171 2345678 and more of it")
        assert len(kept) <= LONGEST
        assert "@" not in kept
        assert "2345" not in kept
        assert kept.count("[") == kept.count("]")
        assert masked(kept) == kept


def test_an_address_at_the_end_of_what_is_looked_at_is_not_halved():
    for length in range(2350, 2450):
        assert "ann" not in masked("1234567890 " * 30 + "x " * ((length - 330) // 2) + "ann@example.org " * 9)


@pytest.mark.parametrize("text", ["a" * 10_000, "1 " * 5_000, "@" * 10_000, "1 - " * 3_000, "[" * 10_000, "a@" * 5_000])
def test_no_text_takes_long(text):
    start = time.perf_counter()
    masked(text)
    assert time.perf_counter() - start < 0.5


def test_masks_are_taken_away_to_ask_again():
    assert unmasked("is it [number] for [e-mail] ?") == "is it for ?"
    assert unmasked("[link]") == ""
