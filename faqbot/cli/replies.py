"""A reply as styled text: the answer, where it comes from, and what to ask next."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from faqbot.answering.matched import matched
from faqbot.answering.reply import ALSO, WHERE_TO_TURN, Reply, Status, body, is_named, unreviewed
from faqbot.cli.text import NO_BREAK, Fragments, clean, clean_line, wrapped
from faqbot.knowledge.entries import Entry

# One line without a character that Markdown reads: most answers need no parser, which takes 10 ms to load.
_PLAIN: Final = re.compile(r"[^\W\d_](?:[^\W_]|[ ,;:!?'\"()%/.-])*")

FileOf = Callable[[Entry], str]  # the name of the file that an entry stands in, or "" where that needs no telling


def _untold(_: Entry) -> str:
    return ""


def fragments(reply: Reply, *, width: int | None, file_of: FileOf = _untold) -> Fragments:
    """Return a reply as styled text, ready for a terminal of `width` columns, ending without a line break.

    Meaning never hangs on colour alone: without styles it reads the same.
    """
    return _parts(reply, width, file_of) if reply.parts else _one(reply, width, file_of)


def offers(related: Sequence[Entry], *, width: int | None) -> Fragments:
    """Return what to ask next, numbered, as what follows an answer; nothing where there is nothing."""
    if not related:
        return []
    rows = [f"{number}. {clean_line(entry.title)}" for number, entry in enumerate(related, 1)]
    return [("", "\n\n"), ("class:note", "\n".join(wrapped(row, width) for row in [ALSO, *rows]))]


def plain(reply: Reply, *, width: int | None) -> str:
    """Return a reply as plain text."""
    return "".join(text for _, text in fragments(reply, width=width))


def _parts(reply: Reply, width: int | None, file_of: FileOf) -> Fragments:
    """Return the replies to a message's questions one under the other, each below the question it answers."""
    shown: Fragments = []
    for part in reply.parts:
        shown += [("", "\n\n")] if shown else []
        if not is_named(part):
            shown += [("class:topic", wrapped(clean_line(part.question), width)), ("", "\n")]
        shown += _one(part, width, file_of)
    if any(map(is_named, reply.parts)):
        shown += [("", "\n\n"), ("class:note", wrapped(WHERE_TO_TURN, width))]
    return [*shown, *_noted(reply, width)]


def _noted(reply: Reply, width: int | None) -> Fragments:
    return [("", "\n\n"), ("class:note", wrapped(clean(reply.note), width))] if reply.note else []


def _one(reply: Reply, width: int | None, file_of: FileOf) -> Fragments:
    style = f"class:{reply.status}"
    text = clean(body(reply))
    answer = _answer(text, width, style) if reply.status is Status.ANSWERED else [(style, wrapped(text, width))]
    if reply.highlight:
        answer = [("class:answered bold", wrapped(clean_line(reply.highlight), width)), ("", "\n\n"), *answer]
    title = clean_line(matched(reply))
    shown = [("class:note", wrapped(title, width)), ("", "\n"), *answer] if title else answer
    entry = reply.entry
    if entry and (warning := unreviewed(entry)):
        shown += [("", "\n"), ("class:note", wrapped(warning, width))]
    if entry and reply.status is Status.ANSWERED:
        cited = _cited(reply, clean(file_of(entry)))
        # A place is not torn apart: "sentence 6" would leave the 6 alone on its line.
        shown += [("", "\n"), ("class:source", wrapped(cited, width).replace(NO_BREAK, " "))] if cited else []
    return [*shown, *_noted(reply, width)]


def _answer(text: str, width: int | None, style: str) -> Fragments:
    if _PLAIN.fullmatch(text):
        return [(style, wrapped(text, width))]
    from faqbot.cli.markdown import typeset  # see _PLAIN

    return typeset(text, width, base=style)


def _cited(reply: Reply, file: str) -> str:
    if not reply.source:
        return f"Source: {file}" if file else ""
    place = clean(reply.source.place).replace(" ", NO_BREAK)
    document = clean(str(replace(reply.source, place=place)))
    return f"Source: {document}" + (f" ({file})" if file else "")
