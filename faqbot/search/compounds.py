"""Words that are written together, apart or like others that sound the same, read as a knowledge base writes them.

"wifi", "Wi-Fi" and "wi fi" are one word to whoever asks. Which of them counts is told by the knowledge base: by the
words that it has, and by those that stand side by side in its phrasings. Likewise "dose" and "does": both are words, so
a speller leaves them alone; what stands beside them tells which is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from faqbot.search.vocabulary import Vocabulary
from faqbot.text import FUNCTION_WORDS, QUESTION_WORDS, stem, word_set

SHORTEST: Final = 4  # letters of a word that may fall apart
# Written for each other by mistake, since they sound or look alike.
_ALIKE: Final = (
    "dose does", "form from", "their there", "were where", "then than", "whether weather", "buy by",
    "no know", "lose loose", "witch which", "our hour", "write right", "week weak", "hear here", "sale sail",
    "brake break", "peace piece", "quit quite quiet", "advice advise", "affect effect", "meat meet", "fair fare",
    "male mail", "plane plain", "waste waist", "of off", "too to",
)  # fmt: skip
SOUND_ALIKE: Final = {
    word: tuple(other for other in group.split() if other != word) for group in _ALIKE for word in group.split()
}
_UNJOINED: Final = FUNCTION_WORDS | QUESTION_WORDS | word_set("not no")  # "can not" is not to become "cannot"


@dataclass(frozen=True, slots=True, eq=False)
class Compounds:
    """Reads compounds as the phrasings of a knowledge base have them.

    Args:
        vocabulary: the words of the knowledge base.
        has_pair: whether two stems stand side by side in one of its phrasings.
    """

    vocabulary: Vocabulary
    has_pair: Callable[[str, str], bool]

    def correct(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the words as they are to be read."""
        return tuple(chain.from_iterable(read for _, read in self.steps(words)))

    def steps(self, words: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Yield the words in their order, as they were written and as they are to be read."""
        place = 0
        while place < len(words):
            word, following = words[place], words[place + 1] if place + 1 < len(words) else ""
            if following and self._is_joined(word, following):
                yield (word, following), (word + following,)
                place += 2
                continue
            before = words[place - 1] if place else ""
            yield (word,), self._halves(word) or (self._meant(before, word, following),)
            place += 1

    def _is_joined(self, left: str, right: str) -> bool:
        """Return whether the knowledge base writes two words as one, and never side by side."""
        if (left in _UNJOINED and right in _UNJOINED) or not self.vocabulary.count(left + right):
            return False
        return not self.has_pair(stem(left), stem(right))

    def _halves(self, word: str) -> tuple[str, ...]:
        """Return the two words that stand side by side where the question writes them as one, if any."""
        if len(word) < SHORTEST or self.vocabulary.knows(word):
            return ()
        cuts = ((word[:cut], word[cut:]) for cut in range(1, len(word)))
        return next((pair for pair in cuts if self.has_pair(*map(stem, pair))), ())

    def _meant(self, before: str, word: str, following: str) -> str:
        """Return which of the words that sound alike stands between the same neighbours in the knowledge base."""
        if word not in SOUND_ALIKE:
            return word

        def fits(one: str) -> bool:
            sides = [side for side in ((before, one), (one, following)) if all(side)]
            return bool(sides) and all(self.has_pair(*map(stem, side)) for side in sides)

        return next((one for one in SOUND_ALIKE[word] if not fits(word) and fits(one)), word)
