"""A file of questions in, a file of replies out.

runner        answers the file, on all cores, resumable
workers       the process pool
output        replies as rows
checkpoint    what is done already, kept beside the output
ray           the same on many machines; the extra `ray`
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from faqbot.batch.runner import Answered, cores, run

__all__ = ["Answered", "cores", "run"]


def __getattr__(name: str) -> object:
    """Import the runner where it is first asked for."""
    if name in __all__:
        from faqbot.batch import runner  # noqa: PLC0415

        return getattr(runner, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
