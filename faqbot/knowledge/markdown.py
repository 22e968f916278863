"""Parse Markdown: its headings, the bullets below each, and their lines; and the tokens of an answer.

It knows CommonMark and nothing of knowledge files; markdown-it-py does the parsing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARKUP: Final = re.compile(r"[\\`*_\[\]<>&]")
_PLAIN_BULLET: Final = re.compile(r"- [A-Za-z][A-Za-z _-]{0,30}:")
PLAIN_LIST: Final = "plain_list"
DEEPEST: Final = 20  # levels of lists and quotations in an answer that are read; nobody writes half as many
LONGEST: Final = 50_000  # characters of an answer: the worst that can be written in so many takes the parser a second
LONGEST_INLINE: Final = 10_000  # characters of a line whose markup is read: brackets in brackets take ever more time
_FENCE: Final = "---"  # around the front matter that site generators put before a page


@dataclass(frozen=True, slots=True)
class Bullet:
    """One item of a list: its text on one line, and where it begins.

    Attributes:
        text: its first paragraph, continuation lines joined by spaces.
        line: counted from 0.
        stray: its first line that may not have been meant to belong to it, or None: a continuation that is not
            indented, a second paragraph, a list within.
    """

    text: str
    line: int
    stray: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it, up to the next heading.

    Attributes:
        level: 1 to 6.
        heading: its text without markup.
        start: the line of the heading, counted from 0.
        below: the first line after the heading.
        end: the line after the last one.
        bullets: the list that opens the section, up to its first blank line; () where it opens otherwise.
        after_bullets: the line after those bullets; `below` where there are none.
        comments: its lines that are HTML comments, which are not for readers.
    """

    level: int
    heading: str
    start: int
    below: int
    end: int
    bullets: tuple[Bullet, ...]
    after_bullets: int
    comments: frozenset[int] = frozenset()


def split_lines(text: str) -> list[str]:
    """Return the lines of `text` with their ends, as CommonMark counts lines: joined they are the text again."""
    return _LINE.findall(text)


def sections(lines: Sequence[str]) -> list[Section]:
    """Return the sections of a Markdown text; front matter and what stands before the first heading belong to none."""
    front = after_front_matter(lines)
    lines = ["\n"] * front + list(lines[front:])  # blanked, so that all others keep their places
    tokens = _blocks().parse("".join(lines).removeprefix("\ufeff"))
    top = [number for number, token in enumerate(tokens) if token.type == "heading_open" and token.level == 0]
    found = []
    for number, following in pairwise([*top, len(tokens)]):
        opening, inline = tokens[number], tokens[number + 1]
        start, below = _span(opening)
        end = _span(tokens[following])[0] if following < len(tokens) else len(lines)
        inside = tokens[number + 3 : following]
        bullets, after = _bullets(inside, lines)
        found.append(
            Section(
                level=int(opening.tag[1]), heading=plain(inline.content), start=start, below=below, end=end,
                bullets=bullets, after_bullets=after if bullets else below, comments=_comments(inside),
            )
        )  # fmt: skip
    return found


def plain(inline: str) -> str:
    """Return a line of Markdown without its markup: the words of links, code and emphasis stay.

    One above LONGEST_INLINE stays as it is.
    """
    if len(inline) > LONGEST_INLINE or not _MARKUP.search(inline):
        return " ".join(inline.split())
    children = _inline().parseInline(inline)[0].children or []
    texts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in children)
    return " ".join("".join(texts).split())


def escaped(text: str) -> str:
    """Return `text` on one line, written so that `plain` gives it back."""
    line = " ".join(text.split())
    written = line if plain(line) == line else _MARKUP.sub(r"\\\g<0>", line)
    return f"{written[:-1]}\\#" if written.endswith("#") else written  # it would close the heading


def answer_tokens(text: str) -> list[Token]:
    """Return the tokens of an answer that is to be shown; none where it is better shown as it stands.

    That is one above LONGEST, or with more within each other than DEEPEST, which the parser would drop.
    """
    tokens = _answers().parse(text) if len(text) <= LONGEST else []
    return [] if any(token.level >= DEEPEST - 1 for token in tokens) else tokens


def after_front_matter(lines: Sequence[str]) -> int:
    """Return the number of the line after the front matter; 0 where there is none."""
    stripped = [line.strip("\ufeff \t\r\n") for line in lines]
    has_one = stripped[:1] == [_FENCE] and _FENCE in stripped[1:]
    return stripped.index(_FENCE, 1) + 1 if has_one else 0


@cache
def _inline() -> MarkdownIt:
    return MarkdownIt("commonmark")


@cache
def _answers() -> MarkdownIt:
    # HTML is shown as it is written, and so are links by reference: definitions that nothing uses would vanish.
    return MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable("table").disable("reference")


@cache
def _blocks() -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.core.ruler.disable(["inline", "text_join"])  # only the block structure is needed, and it is the fast half
    parser.block.ruler.before("list", PLAIN_LIST, _plain_list)
    return parser


def _plain_list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a list of the plainest kind as one token: a knowledge file is mostly those, and reads four times as fast.

    Every line is a bullet `- name: value`, and what follows the list does not continue it. A block rule of markdown-it;
    every other list is left to its own.
    """
    after = start
    while after < end and not state.isEmpty(after):
        if not _PLAIN_BULLET.match(state.src, state.bMarks[after], state.eMarks[after]):
            return False
        after += 1
    following = state.skipEmptyLines(after)
    if state.level or (following < end and state.sCount[following]):
        return False
    if not silent:
        state.line = after
        state.push(PLAIN_LIST, "", 0).map = [start, after]
    return True


def _span(token: Token) -> tuple[int, int]:
    start, end = token.map or (0, 0)
    return start, end


def _comments(tokens: Sequence[Token]) -> frozenset[int]:
    blocks = (token for token in tokens if token.type == "html_block" and token.level == 0)
    found = (token for token in blocks if token.content.startswith("<!--") and token.content.rstrip().endswith("-->"))
    return frozenset(line for token in found for line in range(*_span(token)))


def _bullets(tokens: Sequence[Token], lines: Sequence[str]) -> tuple[tuple[Bullet, ...], int]:
    """Return the leading run of list items in `tokens` and the line after it."""
    if tokens and tokens[0].type == PLAIN_LIST:
        start, after = _span(tokens[0])
        return tuple(Bullet(" ".join(lines[number][1:].split()), number) for number in range(start, after)), after
    if not tokens or tokens[0].type != "bullet_list_open":
        return (), 0
    found: list[Bullet] = []
    after = _span(tokens[0])[0]
    for (start, end), paragraph, text in _items(tokens):
        if found and not lines[start - 1].strip():
            break
        rest = [number for number in range(start + 1, end) if lines[number].strip()]
        stray = next((number for number in rest if number >= paragraph or not lines[number][0].isspace()), None)
        found.append(Bullet(" ".join(text.split()), start, stray))
        after = max(rest, default=start) + 1
    return tuple(found), after


def _items(tokens: Sequence[Token]) -> Iterator[tuple[tuple[int, int], int, str]]:
    """Yield the lines of each item of the list that opens `tokens`, the line after its first text, and that text."""
    for number, token in enumerate(tokens):
        if token.type == "bullet_list_close" and token.level == 0:
            return
        if token.type == "list_item_open" and token.level == 1:
            inner = tokens[number + 2] if number + 2 < len(tokens) else token
            is_text = inner.type == "inline"
            yield _span(token), _span(inner)[1] if is_text else _span(token)[0], inner.content if is_text else ""
