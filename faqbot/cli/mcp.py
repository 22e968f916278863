"""`faqbot mcp`: approved answers for an assistant, over standard input and output."""

from __future__ import annotations

import argparse
import asyncio

from faqbot.cli import serve
from faqbot.cli.status import DONE


def run(options: argparse.Namespace) -> int:
    """Answer MCP messages until the input ends; nothing else is printed on standard output."""
    from faqbot.serving import tools, workers

    try:
        asyncio.run(tools.over_stdio(workers.Thread(serve.service(options.files, None, 0))))
    except BaseExceptionGroup as group:
        broken, rest = group.split(OSError)  # the assistant has gone, or the disk that it listens with is full
        if broken is None or rest is not None:
            raise
        raise _first(broken) from None
    return DONE


def _first(error: BaseException) -> BaseException:
    """Return the first error in a group of groups."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
