"""Complete what somebody types: slash commands, and questions that resemble it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from rapidfuzz import fuzz, process

from faqbot.cli.chat.commands import COMMANDS
from faqbot.cli.text import clean
from faqbot.knowledge.entries import Entry
from faqbot.text import FUNCTION_WORDS, normalise, tokens

if TYPE_CHECKING:
    from faqbot.search.arrays import Array

COMPLETIONS: Final = 8
FEWEST_LETTERS: Final = 2  # before questions are offered
LONGEST_TYPED: Final = 200  # characters: what is longer was pasted, and is not waiting for an offer
MOST_WORDS: Final = 12  # of what is typed, the last ones: they say what the person is after now
LEAST_SIMILAR: Final = 60  # of 100


class QuestionCompleter(Completer):
    """Offers slash commands, and the questions of a knowledge base that resemble what is typed.

    Made for a thread of its own: the first offer reads all questions. A bug in it costs the offers, not the chat.

    Args:
        entries: returns what may be offered now; the same tuple as long as that is the same.

    Attributes:
        failure: what went wrong last, in a word; "" where nothing did.
    """

    def __init__(self, entries: Callable[[], Sequence[Entry]]) -> None:
        self._entries = entries
        self._offers: Offers | None = None
        self.failure = ""

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Yield completions of the whole line, best first."""
        try:
            yield from self._completions(document.text_before_cursor.lstrip())
        except Exception as error:
            self.failure = type(error).__name__

    def _completions(self, typed: str) -> Iterable[Completion]:
        if typed.startswith("/"):
            for name, command in COMMANDS.items():
                if command.help and name.startswith(typed[1:].casefold()):
                    yield Completion(f"/{name}", start_position=-len(typed), display_meta=command.help)
        elif FEWEST_LETTERS <= len(typed) <= LONGEST_TYPED:
            entries = self._entries()
            offers = self._offers
            if offers is None or offers.entries is not entries:
                offers = self._offers = Offers(entries)
            for entry in offers.for_text(typed):
                yield Completion(clean(entry.question), start_position=-len(typed), display_meta=clean(entry.topic))


class Offers:
    """The questions of a knowledge base, found by what somebody has typed so far.

    First the entries of which most of the typed words begin a word, in any of their phrasings; then by fuzzy similarity
    to the question. Completion offers and does not answer, so it may be generous. In 10,000
    entries it takes 10 to 130 ms, more the more words there are to look for.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._questions = [normalise(entry.question) for entry in entries]
        # A word of the question itself counts twice: it is what will be shown.
        self._postings = (
            _Beginnings(map(tokens, self._questions)),
            _Beginnings([word for form in entry.forms for word in tokens(form)] for entry in entries),
        )

    def for_text(self, typed: str) -> list[Entry]:
        """Return the entries to offer for `typed`, best first."""
        import numpy as np  # the prompt is there before it

        telling = list(dict.fromkeys(word for word in tokens(typed) if word not in FUNCTION_WORDS))[-MOST_WORDS:]
        similar = process.cdist([normalise(typed)], self._questions, scorer=fuzz.partial_ratio)[0]
        begun = np.zeros(len(self.entries), dtype=np.intp)
        for start in telling:
            for postings in self._postings:
                found = np.zeros(len(self.entries), dtype=np.bool_)
                postings.mark(start, found)
                begun += found
        fitting = np.flatnonzero((begun > 0) | (similar >= LEAST_SIMILAR))
        best = np.lexsort((fitting, -similar[fitting], -begun[fitting]))[:COMPLETIONS]
        return [self.entries[number] for number in fitting[best]]


class _Beginnings:
    """Which entries hold a word that begins in a certain way."""

    def __init__(self, words: Iterable[Iterable[str]]) -> None:
        postings: dict[str, list[int]] = defaultdict(list)
        for number, held in enumerate(words):
            for word in dict.fromkeys(held):
                postings[word].append(number)
        self._words = sorted(postings)
        self._postings = [postings[word] for word in self._words]

    def mark(self, start: str, found: Array) -> None:
        """Set `found` where an entry holds a word that begins with `start`."""
        place = bisect_left(self._words, start)
        while place < len(self._words) and self._words[place].startswith(start):
            found[self._postings[place]] = True
            place += 1
