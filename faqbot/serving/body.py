"""Read what a request holds: of the media type that is taken, within the limit, and whole."""

from __future__ import annotations

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

LARGEST: Final = 64 * 1024  # bytes


async def read(request: Request, kind: str) -> bytes:
    """Return what was sent.

    Args:
        request: the request.
        kind: the media type that it has to be of.

    Raises:
        HTTPException: it is of another type (415), above LARGEST (413), or the client has gone before its end (400).
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != kind:
        raise HTTPException(415, f"This takes Content-Type: {kind}.")
    body = b""
    length = request.headers.get("content-length", "0")
    is_large = length.isascii() and length.isdigit() and int(length[:20]) > LARGEST
    if not is_large:
        try:
            async for part in request.stream():
                body += part
                is_large = len(body) > LARGEST
                if is_large:
                    break
        except ClientDisconnect:
            raise HTTPException(400, "The request was broken off.") from None  # for the log: nobody reads it
    if is_large:  # the rest is not read
        raise HTTPException(413, f"This takes at most {LARGEST:,} bytes.", {"connection": "close"})
    return body
