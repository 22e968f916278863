"""Keep a transcript of the chat, and save it as Markdown or plain text."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from faqbot import files
from faqbot.cli.text import Fragments, clean_line
from faqbot.knowledge.markdown import escaped

LONGEST: Final = 10_000  # questions that are kept: a day of typing without a pause
MARKDOWN: Final = (".md", ".markdown")


@dataclass(slots=True)
class Transcript:
    """The lines typed and the replies shown for them, the newest `LONGEST`."""

    turns: deque[tuple[str, Fragments]] = field(default_factory=lambda: deque(maxlen=LONGEST))

    def add(self, typed: str, shown: Fragments) -> None:
        """Keep one question and what was shown for it."""
        self.turns.append((typed, shown))

    def text(self) -> str:
        """Return it as plain text."""
        return "\n\n".join(f"> {clean_line(typed)}\n{_plain(shown)}" for typed, shown in self.turns) + "\n"

    def markdown(self) -> str:
        """Return it as Markdown, each question a heading."""
        return "\n\n".join(f"## {escaped(clean_line(typed))}\n\n{_spaced(shown)}" for typed, shown in self.turns) + "\n"

    def save(self, name: str, *, is_replacing: bool = False) -> Path | None:
        """Write it to a file, as Markdown where the name says so, and return the path; None where there is one already.

        Raises:
            OSError: it cannot be written; what was there is untouched.
            ValueError: no file can have this name.
            RuntimeError: nobody has the home that the name begins with.
        """
        path = Path(name).expanduser()
        if path.exists() and not is_replacing:
            return None
        text = self.markdown() if path.suffix.casefold() in MARKDOWN else self.text()
        try:
            (files.write_bytes if is_replacing else files.write_new)(path, text.encode("utf-8"))
        except FileExistsError:  # made by somebody else meanwhile
            return None
        return path


def _plain(shown: Fragments) -> str:
    return "".join(text for _, text in shown)


def _spaced(shown: Fragments) -> str:
    """Return what was shown with the parts of a reply as paragraphs, which Markdown would join to one."""
    return "".join("\n\n" if text == "\n" else text for _, text in shown)
