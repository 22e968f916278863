import random
import time

import pytest

from faqbot.cli.markdown import typeset


def text(markdown, width=None):
    return "".join(part for _, part in typeset(markdown, width))


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("plain", "plain"),
        ("", ""),
        ("two\nlines\n\n\nand  two  spaces", "two\nlines\n\n\nand  two  spaces"),
        ("20 % & more: a_b_c, 2 * 3, <10, C# [sic]", "20 % & more: a_b_c, 2 * 3, <10, C# [sic]"),
        ("**bold**, *italic*, ***both*** and `code`", "bold, italic, both and code"),
        (r"an escaped \*star\*", "an escaped *star*"),
        ("# Head\ntext", "Head\ntext"),
        ("[page](https://a.example/x)", "page (https://a.example/x)"),
        ('[page](https://a.example "Title")', 'page (https://a.example "Title")'),
        ("<https://a.example> and <me@a.example>", "https://a.example and me@a.example"),
        ("[https://a.example](https://a.example)", "https://a.example"),
        ("[evil](javascript:alert)", "[evil](javascript:alert)"),
        ("[page][1]\n\n[1]: https://a.example", "[page][1]\n\n[1]: https://a.example"),
        ("![a pen](pen.png)", "a pen (pen.png)"),
        ("* one\n+ two", "- one\n- two"),
        ("Bring:\n- one\n  - within\n- two", "Bring:\n- one\n  - within\n- two"),
        ("3. three\n4. four\n\n1) one", "3. three\n4. four\n\n1) one"),
        ("- loose\n\n- list", "- loose\n\n- list"),
        ("> quoted\n> text", "> quoted\n> text"),
        ("```sh\nx  =  *1*\n```", "    x  =  *1*"),
        ("```not a language\nx\n```", "    not a language\n    x"),
        ("<b>HTML</b> is <br> text", "<b>HTML</b> is <br> text"),
        ("line  \nbreak", "line\nbreak"),
        ("| What | Price |\n|---|---|\n| Chain | 20 |\n| **Tyre** | 35 |", "What   Price\nChain  20\nTyre   35"),
        ("- " * 30 + "deep", "- " * 30 + "deep"),
        ("&#x202e;x \x1b[2Jy", "x y"),
    ],
)  # fmt: skip
def test_markup_goes_and_words_stay(markdown, shown):
    assert text(markdown) == shown


@pytest.mark.parametrize(
    ("markdown", "width", "lines"),
    [
        ("one *two* three **four five** six", 20, ["one two three four", "five six"]),
        ("one\ntwo", 40, ["one two"]),
        ("- a long item that is **wrapped**\n  - one within it, too\n- b", 20,
         ["- a long item that", "  is wrapped", "  - one within it,", "    too", "- b"]),
        ("12. a long item that is wrapped", 20, ["12. a long item that", "    is wrapped"]),
        ("> a quotation that is wrapped", 20, ["> a quotation that", "> is wrapped"]),
        ("see <https://example.org/a/very/long/address>", 20, ["see", "https://example.org/a/very/long/address"]),
        ("    code    that  is  not  wrapped", 20, ["    code    that  is  not  wrapped"]),
        ("針で肌を刺激します 針で肌を刺激します", 20, ["針で肌を刺激します", "針で肌を刺激します"]),
        ("|What is done|Price|\n|-|-|\n|Chain|20 or so|\n|Tyre|35|", 20,
         ["- What is done:", "  Chain", "  Price: 20 or so", "- What is done: Tyre", "  Price: 35"]),
        ("one two three four five six", 5, ["one two three four five six"]),
    ],
)  # fmt: skip
def test_lines_fit_the_terminal(markdown, width, lines):
    assert text(markdown, width).split("\n") == lines


def test_styles_add_up():
    assert typeset("a **b *c*** d", 80, base="class:x") == [
        ("class:x", "a "), ("class:x bold", "b"), ("class:x", " "), ("class:x bold italic", "c"), ("class:x", " d"),
    ]  # fmt: skip


def test_no_word_is_lost_whatever_stands_around_it():
    """Only the name of a program's language, behind a fence, is not for reading."""
    chance = random.Random(1)
    pieces = [*" \n*_[]()<>&#|\\~+=!-1.:", "\n\n", "    ", "](", "|-|", "word", "word "]
    for _ in range(2000):
        markdown = "".join(chance.choices(pieces, k=40))
        for width in (None, 30):
            assert text(markdown, width).count("word") >= markdown.count("word"), markdown


@pytest.mark.parametrize("piece", ["*", "[", "> ", "- ", "_a ", "`", "![a", "&", "<", "a](b ", "|a", "**a", "\\"])
def test_twenty_thousand_of_a_kind_take_no_time(piece):
    started = time.monotonic()
    text(piece * 20_000, 80)
    assert time.monotonic() - started < 5
