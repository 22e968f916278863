"""Lay out the parts of a screen as lines of styled text that fit its width."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.layout import UIContent, UIControl, Window
from prompt_toolkit.layout.controls import GetLinePrefixCallable
from prompt_toolkit.utils import get_cwidth

from faqbot.cli.text import Fragments, clean, wrapped
from faqbot.knowledge.entries import Entry
from faqbot.knowledge.review import Review

LABEL: Final = 10  # columns of a field's name and the blanks behind it
GAP: Final = 2  # blanks between two hints
SHORTEST_QUOTE: Final = 12  # letters of a sentence that is looked for in the source: "No." stands everywhere
CONTEXT: Final = 3  # lines before a quoted sentence from which the source is shown; the first one says "more"
PHRASINGS: Final = 3  # of an entry in sight; the editor has them all
NO_SOURCE: Final = "No source text is given."

HINTS: Final = (
    ("a", "accept"), ("d", "drop"), ("m", "merge"), ("g", "gap"), ("e", "question"), ("r", "answer"),
    ("p", "phrasings"), ("t", "topic"), ("n", "next"), ("b", "back"), ("u", "undo"), ("?", "help"), ("q", "quit"),
)  # fmt: skip
FEW_HINTS: Final = (("a", "accept"), ("d", "drop"), ("n", "next"), ("b", "back"), ("?", "all keys"), ("q", "quit"))
HELP: Final = (
    ("a", "accept the entry as it is"),
    ("d", "drop it; it does not come back when extracting again"),
    ("m", "merge it with the entry before it"),
    ("g", "make it a gap: the source does not answer it"),
    ("j", "join a gap with the answer shown below it, which takes its questions"),
    ("G", "accept all gaps that are left"),
    ("e", "edit the question"),
    ("r", "edit the answer"),
    ("p", "edit the other ways to ask, one a line"),
    ("t", "edit the topic"),
    ("n →", "next entry, deciding nothing"),
    ("b ←", "back to the entry before"),
    ("u", "undo the last change, and the one before"),
    ("↑ ↓", "scroll, where a text is long"),
    ("q", "quit; every decision is saved already"),
)

Lines = list[Fragments]
_BULLET: Final = re.compile(r"^\s*[-*+]\s+")


def head(review: Review, width: int) -> Lines:
    """Return where the review stands: on the left the entry, on the right the file if there is room."""
    left = len(review.open)
    text = f"entry {review.number} of {len(review.queue)}, {left} to go"
    if review.current in review.entries and not review.entry.draft:
        text += ", accepted"
    return titled(text, review.file.path.name, width)


def titled(text: str, name: str, width: int) -> Lines:
    """Return the first line of a screen and a rule: where somebody is, and the name of the file if there is room."""
    name = clean(name).replace("\n", " ")
    room = width - len(text) - get_cwidth(name)
    shown: Fragments = [("class:head", text[:width])]
    return [[*shown, ("", " " * room + name)] if room > GAP else shown, rule(width)]


def rule(width: int, title: str = "") -> Fragments:
    """Return a line across the screen, with a title where something begins."""
    begins = f"─ {title} " if title else ""
    return [("class:rule", f"{begins}{'─' * width}"[:width])]


def entry(shown: Entry, width: int, home: str = "") -> Lines:
    """Return the fields of an entry but for its phrasings; `home` is the file's document, which need not be named."""
    source = shown.source.place if shown.source.document == home else str(shown.source)
    lines = field("Question", shown.question, width, "class:question")
    lines += field("Topic", shown.topic, width) if shown.topic else []
    lines += field("From", source, width) if source else []
    return [*lines, [], *field("Gap" if shown.is_gap else "Answer", shown.gap or shown.answer, width)]


def also(shown: Entry, width: int) -> Lines:
    """Return a blank line and the first phrasings, which come last: what is decided about is the answer."""
    lines: Lines = []
    rest = len(shown.phrasings) - PHRASINGS
    forms = [*shown.phrasings[:PHRASINGS], *([f"… and {rest} more"] if rest > 0 else [])]
    for number, form in enumerate(forms):
        lines += field("" if number else "Also", form, width)
    return [[], *lines] if lines else []


def source(text: str, shown: Entry, width: int) -> Lines:
    """Return the source text around an entry, with the sentences that its answer quotes marked."""
    if not text.strip():
        return [[("class:note", line)] for line in fitted(NO_SOURCE, width)]
    return list(_marked(list(fitted(text.strip("\n"), width)), shown.answer))


def from_citation(lines: Lines, room: int, shown: int) -> Lines:
    """Return the lines of a source text from where they are quoted, if that would else be out of sight.

    Args:
        lines: as `source` returns them.
        room: how many lines are in sight.
        shown: how many of the lines before have been asked for since.
    """
    quoted = (number for number, line in enumerate(lines) if ("class:cited" in dict(line)))
    first = next(quoted, 0)
    start = first - CONTEXT - shown if first + CONTEXT >= room else 0
    return [[("class:note", "↑ more")], *lines[start + 1 :]] if start > 0 else lines


def hints(review: Review, width: int) -> Lines:
    """Return the keys, as many a line as fit; a narrow screen has the most needed ones."""
    chosen = list(HINTS if width >= 2 * len(HINTS) * GAP + LABEL else FEW_HINTS)
    gaps = len(review.plain_gaps)
    if gaps > 1 and review.entry.is_gap:
        chosen.insert(-2, ("G", f"accept all {gaps} gaps"))
    return keys(chosen, width)


def keys(hinted: Iterable[tuple[str, str]], width: int) -> Lines:
    """Return keys and what they do, as many a line as fit."""
    lines: Lines = [[]]
    used = 0
    for key, word in hinted:
        taken = len(f"{key} {word}") + GAP
        if used and used + taken - GAP > width:
            lines.append([])
            used = 0
        lines[-1] += [("class:key", key), ("", f" {word}{' ' * GAP}")]
        used += taken
    return lines


def note(text: str, width: int) -> Lines:
    """Return a sentence about what happened."""
    return [[("class:note", line)] for line in fitted(text, width)] if text else [[]]


def end(review: Review, width: int) -> Lines:
    """Return what stands there when nothing is left to decide."""
    texts = ("", f"{review.summary}.", "", "q leaves. u takes the last decision back, b looks at the entries again.")
    return [[("", line)] for text in texts for line in fitted(text, width)]


def visible(lines: Lines, height: int, offset: int) -> Lines:
    """Return the lines of a window of this height, which says so where there are more of them."""
    offset = max(0, min(offset, len(lines) - height))
    shown = lines[offset : offset + height]
    if offset and height > 2:
        shown[0] = [("class:note", "↑ more")]
    if offset + height < len(lines) and height > 1:
        shown[-1] = [("class:note", "↓ more")]
    return shown


class Pane(UIControl):
    """Lines that are made for the width there is, and scrolled."""

    def __init__(self, lines: Callable[[int], Lines], offset: Callable[[], int] = lambda: 0) -> None:
        self._lines = lines
        self._offset = offset
        self.overflow = 0  # lines that the last drawing had no room for

    def is_focusable(self) -> bool:
        """Take the keys that no editor takes."""
        return True

    def preferred_height(
        self, width: int, max_available_height: int, wrap_lines: bool, get_line_prefix: GetLinePrefixCallable | None
    ) -> int:
        """Ask for a line a line."""
        return len(self._lines(width))

    def create_content(self, width: int, height: int) -> UIContent:
        """Make the lines that are in sight."""
        lines = self._lines(width)
        self.overflow = max(0, len(lines) - height)
        shown: list[StyleAndTextTuples] = [list(line) for line in visible(lines, height, self._offset())]
        return UIContent(get_line=lambda number: shown[number], line_count=len(shown), show_cursor=False)


def fixed(pane: Pane) -> Window:
    """Return a window that is as high as its lines."""
    return Window(pane, dont_extend_height=True, always_hide_cursor=True)


def field(name: str, text: str, width: int, style: str = "") -> Lines:
    """Return a field's name, and beside it its text in as many lines as it takes."""
    labels = [name, *[""] * len(text)]
    parts = fitted(text, max(1, width - LABEL))
    return [[("class:label", f"{label:<{LABEL}}"), (style, line)] for label, line in zip(labels, parts, strict=False)]


def fitted(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a text, made safe and none wider than `width`, whatever its letters and words."""
    for line in wrapped(clean(text), width).split("\n"):
        held, used = "", 0
        for letter in line:
            wide = get_cwidth(letter)
            if held and used + wide > width:
                yield held
                held, used = "", 0
            held, used = held + letter, used + wide
        yield held


def _marked(lines: Sequence[str], answer: str) -> Iterator[Fragments]:
    """Yield the lines with what `answer` quotes of them marked, across line breaks."""
    letters = _letters("".join(lines))
    marks: set[int] = set()
    for part in (answer, *re.split(r"(?<=[.!?])\s+|\n", answer)):
        quoted = _letters(_BULLET.sub("", clean(part)))
        at = letters.find(quoted) if len(quoted) >= SHORTEST_QUOTE else -1
        marks.update(range(at, at + len(quoted)) if at >= 0 else ())
    number = 0
    for line in lines:
        numbered: list[tuple[str, bool]] = []
        for letter in line:
            numbered.append((letter, number in marks))  # a blank goes with the letter after it
            number += not letter.isspace()
        yield [
            ("class:cited" if marked else "", _joined(run)) for marked, run in groupby(numbered, lambda pair: pair[1])
        ]


def _joined(run: Iterable[tuple[str, bool]]) -> str:
    return "".join(letter for letter, _ in run)


def _letters(text: str) -> str:
    return "".join(text.split())
