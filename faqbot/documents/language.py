"""Whether a text is English: the rules of extraction are for English, and guess wildly at anything else."""

from __future__ import annotations

from typing import Final

from faqbot.english.wordlists import is_english as in_list
from faqbot.english.wordlists import is_name
from faqbot.text import FUNCTION_WORDS, QUESTION_WORDS, tokens

FEWEST_WORDS: Final = 4  # fewer tell nothing
# Of the words of a paragraph. Of 562 paragraphs in English the lowest share was .43 (a list of sports teams), then .53;
# of sentences of about ten words in seven other languages the highest was .36.
LEAST_SHARE: Final = 0.4
LAST_LATIN: Final = 0x24F  # the last letter of the Latin alphabets in Unicode
_SHORT_WORDS: Final = "a i an am as at be by do go he if in is it me my no of oh on or so to up us we"
_SHORT: Final = frozenset(_SHORT_WORDS.split())


def is_english(text: str) -> bool:
    """Return whether a text is English, or too short to tell."""
    words = [word for word in tokens(text) if word.isalpha()]
    if len(words) < FEWEST_WORDS:
        return not any(ord(character) > LAST_LATIN for character in text)
    known = sum(_is_known(word) for word in words)
    return known >= LEAST_SHARE * len(words)


def _is_known(word: str) -> bool:
    return word in _SHORT or word in FUNCTION_WORDS or word in QUESTION_WORDS or (in_list(word) and not is_name(word))
