"""`faqbot review` on a screen: keys to decisions, and an editor for one field at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

from prompt_toolkit.application import get_app
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.layout import AnyContainer, DynamicContainer, VSplit, Window

from faqbot.bot import FaqBot
from faqbot.cli.screens import widgets
from faqbot.cli.screens.editor import on
from faqbot.cli.screens.screen import Screen
from faqbot.cli.screens.widgets import Lines, Pane
from faqbot.cli.text import clean
from faqbot.knowledge import edits
from faqbot.knowledge.edits import Field
from faqbot.knowledge.entries import Entry, KnowledgeBase
from faqbot.knowledge.review import Review

WIDE: Final = 100  # columns from which the source stands beside the entry; else below it
FRAME: Final = 6  # lines around the body: two above it, four below
SOURCES: Final = 16  # texts that are kept: an entry is drawn more often than it is met

EDITS: Final = {
    "e": edits.QUESTION, "r": edits.ANSWER, "p": edits.PHRASINGS, "t": edits.TOPIC, "g": edits.GAP,
}  # fmt: skip
DECISIONS: Final[dict[str, Callable[[Review], str]]] = {
    "a": Review.accept, "d": Review.drop, "m": Review.merge, "G": Review.accept_gaps,
}  # fmt: skip


def no_source(_: Entry) -> str:
    """Return that there is no source text."""
    return ""


class ReviewScreen(Screen):
    """The screen of a review.

    Args:
        review: what to review; it has at least one draft.
        source_of: gives the text of the source around the place that an entry cites, or "".
    """

    HELP = widgets.HELP

    def __init__(self, review: Review, source_of: Callable[[Entry], str] = no_source) -> None:
        super().__init__()
        self.review = review
        self.source_of = lru_cache(maxsize=SOURCES)(source_of)
        self.is_over = False  # the last decision was made
        self._looked_for: tuple[Entry | None, KnowledgeBase | None, Entry | None] = (None, None, None)
        self.earlier = 0  # lines of the source before the quoted ones that were asked for
        self.beside = Pane(self._source, lambda: self.offset)

    @property
    def ended(self) -> bool:
        """Whether the end is shown: after the last decision, or where another editor took every entry away."""
        return self.is_over or self.review.current not in self.review.entries

    @property
    def is_wide(self) -> bool:
        """Whether the source stands beside the entry."""
        beside = not (self.helps or self.ended) and self.source_of(self.review.entry).strip()
        return bool(beside) and get_app().output.get_size().columns >= WIDE

    def middle(self) -> AnyContainer:
        """Return where the entry stands, with its source beside it where there is room."""
        body = Window(self.body, always_hide_cursor=True)
        wide = VSplit(
            [body, Window(width=1), Window(char="│", width=1, style="class:rule"), Window(width=1), Window(self.beside)]
        )
        return DynamicContainer(lambda: wide if self.is_wide else body)

    def head(self, width: int) -> Lines:
        """Return where the review stands."""
        return widgets.head(self.review, width)

    def hints(self, width: int) -> Lines:
        """Return the keys that can be pressed."""
        return widgets.hints(self.review, width)

    def shown(self, width: int) -> Lines:
        """Return the entry, with its source below it where there is no room beside; at the end, what came of it."""
        if self.ended:
            return widgets.end(self.review, width)
        lines = widgets.entry(self.review.entry, width, self.review.file.knowledge.source)
        near = self.near
        lines += [[], widgets.rule(width, "Answered here? j joins"), *widgets.entry(near, width)] if near else []
        also = widgets.also(self.review.entry, width)
        if self.is_wide:
            return [*lines, *also]
        lines += [[], widgets.rule(width, "Source")]
        return [*lines, *self._source(width, above=len(lines)), *also]

    @property
    def near(self) -> Entry | None:
        """The answer that may hold what the gap at hand asks: it names it, or by words; None where nothing is near."""
        gap, knowledge = self.review.entry, self.review.file.knowledge
        if not gap.is_gap:
            return None
        if self._looked_for[:2] != (gap, knowledge):
            answers = [entry for entry in knowledge.entries if not entry.is_gap]
            named = [entry for entry in answers if entry.id in gap.next]
            bot = FaqBot(replace(knowledge, entries=named or answers), encoder=None)
            found = bot.rank(gap.question, limit=1)
            near = found[0].entry if found else next(iter(named), None)
            self._looked_for = gap, knowledge, near
        return self._looked_for[2]

    def join(self, review: Review) -> str:
        """Join the gap at hand with the answer that is shown beside it."""
        near = self.near
        return review.answer_with(near.id if near else "")

    def _source(self, width: int, above: int = 0) -> Lines:
        lines = widgets.source(self.source_of(self.review.entry), self.review.entry, width)
        room = get_app().output.get_size().rows - FRAME - above
        return widgets.from_citation(lines, room, self.earlier)

    def show(self) -> None:
        """Show the entry at hand from its beginning."""
        self.offset = self.earlier = 0

    def decide(self, do: Callable[[Review], str]) -> None:
        """Decide about the entry at hand; with the last decision the end is shown."""
        if self.act(lambda: do(self.review)):
            self.is_over = not self.review.open

    def undo(self) -> None:
        """Take the last decision back."""
        self.decide(Review.undo)

    def turn(self, go: Callable[[], bool], otherwise: str) -> None:
        """Look at another entry; from the end, at the one that was decided last."""
        self.look(lambda: self.ended or go(), otherwise)
        self.show()
        self.is_over = False

    def scroll(self, lines: int) -> None:
        """Scroll by so many lines, beyond the beginning to what stands before the quoted ones."""
        last = max(self.body.overflow, self.beside.overflow if self.is_wide else 0)
        self.earlier += max(0, -lines - self.offset)
        self.offset = max(0, min(self.offset + lines, last))

    def begin(self, field: Field) -> None:
        """Open the editor on a field of the entry at hand."""
        self.note = ""
        self.editor.begin(field.name, field.text(self.review.entry), partial(self.save, field), is_long=field.is_long)

    def save(self, field: Field, text: str) -> None:
        """Save what is in the editor, and close it; what cannot be saved stays in it."""
        at_hand = self.review.current
        decides = field is edits.GAP
        review = self.review
        if text == clean(field.text(review.entry)) and not decides:
            self.close("Unchanged.")
        elif self.act(lambda: review.mark_gap(text) if decides else review.edit(field.revised(review.entry, text))):
            self.close(self.note)
            self.is_over = decides and not review.open
        elif self.ended or review.current != at_hand:  # another editor took the entry away
            self.close(self.note)

    def keys(self) -> KeyBindings:
        """Return what the keys do."""
        keys = super().keys()
        for key, decision in DECISIONS.items():
            on(keys, [key], self.at_hand, partial(self.decide, decision))
        on(keys, ["j"], self.at_hand, partial(self.decide, self.join))
        for key, field in EDITS.items():
            on(keys, [key], self.at_hand, partial(self.begin, field))
        on(keys, ["n", "right"], self.at_hand, partial(self.turn, self.review.forward, "This is the last entry."))
        on(keys, ["b", "left"], self.looking, partial(self.turn, self.review.back, "This is the first entry."))
        return keys
