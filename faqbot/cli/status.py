"""Exit statuses, and the error of a command that was called wrongly."""

from __future__ import annotations

from typing import Final

from faqbot.errors import FaqbotError

DONE: Final = 0  # answered, or nothing found or left
FINDINGS: Final = 1  # not answered, or something found or left
FAILED: Final = 2  # could not: usage, or a file that cannot be used
INTERRUPTED: Final = 130  # as a shell says of Ctrl-C


class UsageError(FaqbotError):
    """A command called with options that make no sense together, or where it cannot work."""
