"""Standard input and output as MCP messages: a line each, bounded; what is no message gets an answer, too."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, BinaryIO, Final

import anyio
import mcp_types as types
from anyio.abc import ObjectReceiveStream, ObjectSendStream
from anyio.streams.memory import MemoryObjectSendStream
from mcp.server.stdio import stdio_server
from mcp.shared.message import SessionMessage

LONGEST_MESSAGE: Final = 1_000_000  # bytes: a hundred times the longest question
NO_MESSAGE: Final = f"This is no JSON-RPC message of at most {LONGEST_MESSAGE:,} bytes on one line."

TOO_LONG: Final = b"too long\n"

Heard = SessionMessage | Exception


class _Lines:
    """The lines of a stream, one after the other; the SDK reads them in the place of a text file."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[str]:
        while line := await anyio.to_thread.run_sync(self._read, abandon_on_cancel=True):
            if not line.isspace():
                yield _whole(line)

    def _read(self) -> bytes:
        """Return the next line; in the place of one that is too long, one that is no message."""
        line = self._stream.readline(LONGEST_MESSAGE + 1)
        is_long = len(line) > LONGEST_MESSAGE
        while is_long and line and not line.endswith(b"\n"):
            line = self._stream.readline(LONGEST_MESSAGE)
        return TOO_LONG if is_long else line


def _whole(line: bytes) -> str:
    r"""Return a line as text without halves of characters: JSON may hold "\ud800", and the SDK takes none."""
    text = line.decode("utf-8", "replace")
    if "\\ud" not in text.lower():
        return text
    try:
        plain = json.dumps(json.loads(text), ensure_ascii=False)
        return plain.encode("utf-8", "surrogatepass").decode("utf-8", "replace") + "\n"
    except (ValueError, RecursionError):
        return text


@asynccontextmanager
async def streams() -> AsyncIterator[tuple[ObjectReceiveStream[Heard], ObjectSendStream[SessionMessage]]]:
    """Yield what is heard on standard input, and what speaks on standard output."""
    lines: Any = _Lines(sys.stdin.buffer)
    async with stdio_server(stdin=lines) as (read, write), anyio.create_task_group() as tasks:
        sender, receiver = anyio.create_memory_object_stream[Heard](0)
        tasks.start_soon(_pass_on, read, sender, write.send)
        yield receiver, write


async def _pass_on(
    read: AsyncIterable[Heard], heard: MemoryObjectSendStream[Heard], say: Callable[[SessionMessage], Awaitable[None]]
) -> None:
    """Pass messages on; what is none is answered here, since the SDK would leave whoever sent it waiting."""
    async with heard:
        async for message in read:
            if isinstance(message, Exception):
                wrong = types.ErrorData(code=types.PARSE_ERROR, message=NO_MESSAGE)
                await say(SessionMessage(types.JSONRPCError(jsonrpc="2.0", id=None, error=wrong)))
            else:
                await heard.send(message)
