"""`faqbot mcp`: approved answers for an assistant, over standard input and output."""

from __future__ import annotations

import argparse
import asyncio

from faqbot.cli import serve
from faqbot.cli.status import DONE


def run(options: argparse.Namespace) -> int:
    """Answer MCP messages until the input ends; nothing else is printed on standard output."""
    from faqbot.serving import tools, workers

    asyncio.run(tools.over_stdio(workers.Thread(serve.service(options.files, None, 0))))
    return DONE
