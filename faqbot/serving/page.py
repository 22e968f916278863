"""The chat page and its widget, and a reply as HTML. Everything a knowledge file or a visitor wrote is escaped."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Final

from faqbot.answering.matched import matched
from faqbot.answering.reply import ALSO, WHERE_TO_TURN, Reply, Status, body, is_named, unreviewed
from faqbot.knowledge.entries import Entry
from faqbot.serving import markup
from faqbot.text import clean

NOTICE: Final = "Automatic answers from an approved FAQ, not a person."
RECORDED: Final = (
    "Questions without an answer are kept to improve the answers; e-mail addresses and long numbers are masked."
)
_ROW: Final = re.compile(r"\d{1,3}\. ")


def reply_html(reply: Reply) -> str:
    """Return a reply as HTML: its answer, what it was matched with, its source, and buttons for what can be asked.

    Buttons are called `question`, and their value is what to ask: a form sends it without a script, too.
    """
    inner = "".join(_parts(reply) if reply.parts else _one(reply))
    return f'<div class="reply {escape(str(reply.status))}">{inner}{_next(reply.related)}</div>'


def _parts(reply: Reply) -> Iterator[str]:
    """Yield the replies to a message's questions, each below its question, and what is said to all of them."""
    for part in reply.parts:
        if not is_named(part):
            yield f'<p class="about" dir="auto">{_line(part.question)}</p>'
        yield from _one(part)
    if any(map(is_named, reply.parts)):
        yield f'<p class="note" dir="auto">{WHERE_TO_TURN}</p>'
    yield from _noted(reply)


def _noted(reply: Reply) -> Iterator[str]:
    if reply.note:
        yield f'<div class="note">{markup.plain(reply.note)}</div>'


def _one(reply: Reply) -> Iterator[str]:
    entry = reply.entry
    if title := _line(matched(reply)):
        yield f'<p class="matched" dir="auto">{title}</p>'
    if reply.status is Status.ANSWERED:
        if reply.highlight:
            yield f'<p class="answer" dir="auto"><strong>{_line(reply.highlight)}</strong></p>'
        yield f'<div class="answer">{markup.html(body(reply))}</div>'
    else:
        role = ' role="alert"' if reply.status is Status.URGENT else ""
        yield f'<div class="answer"{role}>{markup.plain(_without_rows(reply))}</div>'
    yield from _noted(reply)
    if entry and (warning := unreviewed(entry)):
        yield f'<p class="note" dir="auto">{warning}</p>'
    if reply.source and reply.status is Status.ANSWERED:
        yield f'<p class="source" dir="auto">Source: {_line(str(reply.source))}</p>'
    yield _buttons([match.entry for match in reply.suggestions])


def _without_rows(reply: Reply) -> str:
    """Return the text of a reply without its note and its numbered suggestions, which are buttons here."""
    titles = {match.entry.title for match in reply.suggestions} | {entry.title for entry in reply.related}
    lines = ((line, _ROW.match(line)) for line in body(reply).split("\n"))
    return "\n".join(line for line, row in lines if not (row and line[row.end() :] in titles))


def _next(related: Sequence[Entry]) -> str:
    return f'<p class="note" dir="auto">{ALSO}</p>{_buttons(related)}' if related else ""


def _buttons(entries: Iterable[Entry]) -> str:
    return buttons(entry.title for entry in entries)


def buttons(questions: Iterable[str]) -> str:
    """Return questions as a list of buttons; nothing where there are none."""
    rows = "".join(
        f'<li><button name="question" value="{_line(question)}" dir="auto">{_line(question)}</button></li>'
        for question in questions
    )
    return f'<ul class="choices">{rows}</ul>' if rows else ""


def _line(text: str) -> str:
    return escape(" ".join(clean(text).split()))


def _resource(name: str) -> str:
    """Return a file of this package without the indentation and line breaks that only its authors need."""
    text = (files(__package__) / name).read_text(encoding="utf-8")
    return "\n".join(line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("//"))


@dataclass(frozen=True)
class Page:
    """What is shown around the replies of one knowledge base.

    Attributes:
        title: of the page; empty for the title of the knowledge base.
        notice: that no person answers.
        is_recorded: whether questions that got no answer are kept, which the page then says.
    """

    title: str = ""
    notice: str = NOTICE
    is_recorded: bool = False

    @cached_property
    def style(self) -> str:
        """The style sheet of page and widget."""
        return _resource("chat.css").replace("\n", "")

    @cached_property
    def widget(self) -> str:
        """The script of page and widget."""
        return _resource("widget.js").replace("STYLE", json.dumps(self.style), 1)

    @cached_property
    def policy(self) -> str:
        """The content security policy of the page: its own script, its own style, its own server, nothing else."""
        digest = base64.b64encode(sha256(self.style.encode()).digest()).decode()
        return (
            f"default-src 'none'; script-src 'self'; style-src 'sha256-{digest}'; connect-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        )

    def chat(self, title: str, starters: Sequence[str], log: str = "", conversation: str = "") -> str:
        """Return the chat as HTML, which works as it stands and which the script makes quicker.

        Args:
            title: of the knowledge base.
            starters: questions to begin with.
            log: what was asked and replied, as HTML.
            conversation: the id to go on with.
        """
        recorded = f'<p class="notice">{RECORDED}</p>' if self.is_recorded else ""
        begun = log or (f'<p class="note" dir="auto">For example:</p>{buttons(starters)}' if starters else "")
        return Template(_resource("chat.html")).substitute(
            title=_line(self.title or title), notice=_line(self.notice), recorded=recorded, log=begun,
            conversation=escape(conversation),
        )  # fmt: skip

    def document(self, title: str, starters: Sequence[str], log: str = "", conversation: str = "") -> str:
        """Return the whole page; see `chat`."""
        shown = self.title or title
        return Template(_resource("page.html")).substitute(
            title=_line(shown), direction=_direction(shown), style=self.style,
            chat=self.chat(title, starters, log, conversation),
        )  # fmt: skip

    @staticmethod
    def asked(question: str, html: str) -> str:
        """Return a question and its reply as they stand in the log."""
        return f'<p class="asked">{_line(question)}</p>{html}'


def _direction(text: str) -> str:
    """Return "rtl" where the first letter with a direction is of a script that runs from right to left, else "ltr"."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return "rtl" if next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L" else "ltr"
