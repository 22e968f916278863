import pytest

from faqbot.text import LONGEST_EXPANSION, LONGEST_TEXT, LONGEST_WORD, Synonyms, normalise, stem, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How long does it take?", "how long does it take"),
        ("  spaced \t out\n\nlines ", "spaced out lines"),
        ("What's the patient's bill?", "what is the patient bill"),
        ("I can’t, I won't, we don't", "i can not i will not we do not"),
        ("whats it cost, dont know", "what is it cost do not know"),
        ("Café NAÏVE Ångström", "cafe naive angstrom"),
        ("0.5 mm, version 12.04.", "0.5 mm version 12.04"),
        ("e-mail and micro-needling", "e mail and micro needling"),
        ("snake_case", "snake case"),
        ("ﬁne ｗｉｄｅ", "fine wide"),
        ("a\x00b\x1b[31mc", "a b 31mc"),
        ("", ""),
        ("?!… 🙂", ""),
        ("\ud800lone", "lone"),
        ("ماذا يكلف", "ماذا يكلف"),
    ],
)
def test_tokens(text, words):
    assert " ".join(tokens(text)) == words


def test_normalising_twice_changes_nothing():
    for text in ("What’s  THIS?", "Ünï\u0301cödé", "ﬃ\u2028x", "İstanbul", "ß"):
        assert normalise(normalise(text)) == normalise(text)


def test_no_character_becomes_more_than_a_few():
    assert max(len(normalise(f"a{chr(code)}a")) for code in range(0x110000)) <= LONGEST_EXPANSION + 2
    assert normalise("a\ufdfab") == "a b"


@pytest.mark.parametrize(
    "marks", ["\u0301", "\u0301\u0323", "\u0315\u0300\u05ae\U0001d165"], ids=["one", "two", "four"]
)
def test_marks_without_end_are_left_out_in_no_time(marks):
    assert normalise(f"a{marks * (LONGEST_TEXT // 2 // len(marks))}b") == "ab"  # of NFKD alone it would take minutes


def test_of_an_endless_text_the_beginning_counts():
    assert tokens(f"{' ' * (LONGEST_TEXT - 3)}the end") == ("the",)


def test_an_endless_word_is_cut():
    assert len(tokens("x" * 5000)[0]) == LONGEST_WORD


@pytest.mark.parametrize(
    ("one", "other"), [("hurts", "hurting"), ("scars", "scarring"), ("removal", "removed"), ("bleed", "bleeding")]
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stem(one) == stem(other)


class TestSynonyms:
    synonyms = Synonyms(
        [("acne", "zits", "break outs"), ("take", "last")],
        dict.fromkeys(["micro-needling", "skin needling", "needling"], "it"),
    )

    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("zits", "acne"),
            ("my zit hurts", "my acne hurts"),
            ("does a break out last", "does a acne take"),
            ("micro needling", "it"),
            ("skin needling lasts", "it take"),
            ("a needle", "a needle"),
            ("out", "out"),
        ],
    )
    def test_members_become_the_first_of_their_group(self, text, read):
        assert " ".join(self.synonyms.apply(tokens(text))) == read

    def test_without_groups_nothing_changes(self):
        assert Synonyms().apply(("a", "b")) == ("a", "b")

    def test_blank_members_are_passed_over(self):
        assert Synonyms([("", "x"), ("y", "?")], {"-": "it"}).apply(("x", "y")) == ("x", "y")
