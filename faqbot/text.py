"""Normalise, tokenise and stem text, and replace words that mean the same. No scores here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from threading import local
from typing import Final

import Stemmer

LONGEST_WORD: Final = 40  # characters of a word that count: longer ones are links, keys or noise
LONGEST_PHRASE: Final = 8  # words of a synonym or a name
LONGEST_TEXT: Final = (
    1_000_000  # characters of one text that count: a book's; the longest answers people write have 1 %
)
# Characters that one may become when it is normalised. Squared words of Japanese and Korean have up to seven; an Arabic
# blessing in one character has 18, which made 8.7 GB of a file of 19 MB.
LONGEST_EXPANSION: Final = 7

# What a word with these endings stands for. The special ones come before the general: "can't" before "n't".
_CONTRACTIONS: Final = tuple(
    (re.compile(pattern), full)
    for pattern, full in (
        (r"\bcan't\b", "can not"),
        (r"\bwon't\b", "will not"),
        (r"n't\b", " not"),
        (r"'re\b", " are"),
        (r"'ll\b", " will"),
        (r"'ve\b", " have"),
        (r"'m\b", " am"),
        (r"'d\b", " would"),
        (r"\b(what|how|where|who|when|why|it|that|there|here)'s\b", r"\1 is"),
        (r"'s\b", ""),
    )
)
# The same, typed without the apostrophe: "cant" and "wont" are words too, but nobody asks about them.
_BARE_CONTRACTIONS: Final = {
    "cant": ("can", "not"), "couldnt": ("could", "not"), "didnt": ("did", "not"), "doesnt": ("does", "not"),
    "dont": ("do", "not"), "hasnt": ("has", "not"), "havent": ("have", "not"), "hows": ("how", "is"),
    "im": ("i", "am"), "isnt": ("is", "not"), "ive": ("i", "have"), "shouldnt": ("should", "not"),
    "thats": ("that", "is"), "wasnt": ("was", "not"), "whats": ("what", "is"), "wheres": ("where", "is"),
    "whos": ("who", "is"), "wont": ("will", "not"), "wouldnt": ("would", "not"), "arent": ("are", "not"),
}  # fmt: skip
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4\uff07", "'"))
_ENDLESS: Final = dict.fromkeys(map(ord, "\ufdfa\ufdfb"), " ")  # what would become more than LONGEST_EXPANSION
# Names like C++ and C# are words of their own: without the sign they are another's.
_WORD: Final = re.compile(r"(?<![^\W_])[a-z]{1,2}(?:\+\+?|#)(?![\w+#])|[^\W_]+(?:\.\d+)*")

# Escape sequences whole (CSI, OSC and other strings, two-character ones); each alternative stops at the next ESC, so
# the time is linear.
_ESCAPE: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x9d\x90])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|\x1b.?"
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_DIRECTION: Final = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")  # reorder what is shown
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as one string."""
    return frozenset(words.split())


def phrase_set(phrases: str) -> frozenset[str]:
    """Return the phrases of a list that is written as one string, with "|" between them."""
    return frozenset(" ".join(phrase.split()) for phrase in phrases.split("|"))


# Words that say little about which entry is meant. Question words (what, who, when, where, why, how, which, can) and
# "not" are left out: they tell siblings apart. Weighing these less in BM25 was worth 1.5 points of hit1 on nine sets.
FUNCTION_WORDS: Final = word_set("""
    a about also am an and any anything are as at be been being but by could did do does done even ever for from get
    gets getting give go got had has have having he her here hers him his i if in into is it its kind know let like
    make may me might mine must my myself need of off ok okay on onto or our ours over possible quite shall she
    should so some something sort still stuff tell than that the their theirs them then there these they thing
    things this those to too under up us very want was we were whom whose will with would yes you your yours
""")
# Said out of politeness or habit; a question is the same without them, and they are not read at all.
FILLERS: Final = word_set("""
    actually anyway basically exactly hello hey hi just kindly maybe perhaps please possibly really simply somehow thank
    thanks
""")
# They tell siblings apart, and yet no question is about them.
QUESTION_WORDS: Final = word_set("what which who whom whose when where why how can many much")
# What kind of answer a question wants is told by the first of these in it.
_ASKING: Final = {
    word: words.split()[0]
    for words in (
        "what which", "who whom whose", "when", "where", "why", "how", "can could may might", "do does did",
        "is are am was were be", "will would", "should must ought", "has have had",
    )
    for word in words.split()
}  # fmt: skip
_MEASURES: Final = {
    "long": "long", "much": "much", "many": "much", "often": "often", "soon": "soon", "quick": "soon",
    "quickly": "soon", "far": "far", "old": "old", "big": "big", "large": "big",
}  # fmt: skip


def normalise(text: str) -> str:
    """Return `text` in lower case without accents and control characters, with plain apostrophes and single spaces.

    Time and memory are in proportion to the text: combining marks go before NFKD, which sorts a run of them in a time
    that grows with its square, and nothing becomes longer than LONGEST_EXPANSION times.
    """
    if not text.isascii():
        text = without_marks(text.translate(_APOSTROPHES).translate(_ENDLESS))
        text = without_marks(unicodedata.normalize("NFKD", text))
    text = text.casefold()
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def without_marks(text: str) -> str:
    """Return `text` without its combining marks."""
    marks = {ord(letter): None for letter in set(text) if unicodedata.category(letter).startswith("M")}
    return text.translate(marks) if marks else text


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of `text` in order, contractions spelt out, punctuation gone; of LONGEST_TEXT characters."""
    plain = normalise(text[:LONGEST_TEXT])
    if "'" in plain:
        for pattern, full in _CONTRACTIONS:
            plain = pattern.sub(full, plain)
    words: list[str] = []
    for word in _WORD.findall(plain):
        words.extend(_BARE_CONTRACTIONS.get(word) or (word[:LONGEST_WORD],))
    return tuple(words)


_stemmers = local()  # a PyStemmer object is not re-entrant, and a lock could be held while another thread forks


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of an English word (the Snowball "English" stemmer, also called Porter 2)."""
    return stem_once(word)


def stem_once(word: str) -> str:
    """Return the same, and remember nothing: of a million words, some kept here and there hold on to all the memory."""
    try:
        stemmer = _stemmers.english
    except AttributeError:
        stemmer = _stemmers.english = Stemmer.Stemmer("english", 0)
    return str(stemmer.stemWord(word))


def asking(words: Sequence[str]) -> str:
    """Return how the words ask: "what", "how", "how long", "can" and so on; nothing where none of them asks."""
    for place, word in enumerate(words):
        if kind := _ASKING.get(word):
            measure = _MEASURES.get(words[place + 1]) if kind == "how" and place + 1 < len(words) else None
            return f"{kind} {measure}" if measure else kind
    return ""


class Synonyms:
    """Words and short phrases that stand for one word.

    Args:
        groups: each group's members mean the same; the first one stands for all. Members match by stem, so that
            "scar" covers "scars" and "scarring".
        names: each name, and what stands for it. Names match by word, since "needling" is not "needle".

    Members and names of more than LONGEST_PHRASE words are sentences, and match nothing.
    """

    def __init__(self, groups: Iterable[Sequence[str]] = (), names: Mapping[str, str] | None = None) -> None:
        self._phrases: dict[tuple[str, ...], str] = {}
        for group in groups:
            members = [tokens(member) for member in group]
            if members and members[0]:
                whole = "".join(members[0])
                for member in (member for member in members if 0 < len(member) <= LONGEST_PHRASE):
                    self._phrases.setdefault(tuple(map(stem, member)), whole)
        self._names = {
            words: whole for name, whole in (names or {}).items() if 0 < len(words := tokens(name)) <= LONGEST_PHRASE
        }
        self._longest = max(map(len, (*self._phrases, *self._names)), default=0)
        self._openings = frozenset(phrase[0] for phrase in (*self._phrases, *self._names))

    def apply(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return `words` with every member of a group replaced by what stands for it, longest members first."""
        if not self._openings:
            return tuple(words)
        return tuple(read for _, read in self.steps(tuple(words)))

    def steps(self, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
        """Yield the words in their order, as they were written and as what stands for them."""
        stems = tuple(map(stem, words))
        start = 0
        while start < len(words):
            length, read = 1, words[start]
            if words[start] in self._openings or stems[start] in self._openings:
                length, read = self._longest_at(words, stems, start)
            yield words[start : start + length], read
            start += length

    def _longest_at(self, words: tuple[str, ...], stems: tuple[str, ...], start: int) -> tuple[int, str]:
        """Return how many words from `start` are read as one, and as which."""
        for end in range(min(len(words), start + self._longest), start, -1):
            read = self._names.get(words[start:end]) or self._phrases.get(stems[start:end])
            if read:
                return end - start, read
        return 1, words[start]


def clean(text: str) -> str:
    """Return `text` without anything that steers a terminal; line breaks stay, tabs become spaces."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    plain = _CONTROL.sub("", _ESCAPE.sub("", plain))
    return _SURROGATE.sub("\ufffd", _DIRECTION.sub("", plain))


def one_line(text: str) -> str:
    """Return `text` on one line, with single spaces."""
    return " ".join(text.split())


def shortened(text: str, length: int) -> str:
    """Return `text` cut to at most `length` characters, with … where something is left out."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def counted(count: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 entry", "2,000 entries"; the plural takes an s where it is not given."""
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
