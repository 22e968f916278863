"""Open knowledge files for a command, with the cache of the user's account."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from faqbot.bot import FaqBot  # brings numpy, which not every command needs


def cache() -> Path | None:
    """Return the folder where what takes long to compute is kept between runs; None for someone without a home."""
    try:
        return platformdirs.user_cache_path("faqbot")
    except RuntimeError:
        return None


def bot(paths: Sequence[str]) -> FaqBot:
    """Return a bot of knowledge files, of the one that ships with faqbot where none is named.

    Raises:
        KnowledgeError: a file that cannot be used.
    """
    from faqbot.bot import FaqBot

    return FaqBot.from_file(*paths, cache=cache()) if paths else FaqBot.bundled(cache=cache())
