"""Bytes to characters: the encoding of a text found out, and what no reader is meant to see taken away."""

from __future__ import annotations

import codecs
import re
from typing import Final

MOST_CONTROLS: Final = 0.01  # share of control bytes from which on bytes are no text
MOST_TABS: Final = 1_000_000  # of a text, from which on each is one space: a file of nothing else becomes no larger
MOST_HIGH: Final = 0.4  # share of bytes above 127 in a text of an 8-bit encoding: Western texts stay far below

_MARKS: Final = (  # byte order marks; UTF-32 before UTF-16, whose mark it begins with
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL_BYTES: Final = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_HIGH_BYTES: Final = bytes(range(128, 256))
_LINE_ENDS: Final = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
# Sequences that steer a terminal. Each alternative stops at the next escape, so the time is linear.
_ESCAPE: Final = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?|(?:\x1b[\]PX^_]|[\x9d\x90])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?|\x1b.?"
)
# Controls, halves of surrogate pairs, and what has no width: soft hyphens, joiners of nothing, marks of direction.
_UNSEEN: Final = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u061c\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)


def encoding(data: bytes) -> tuple[str, bytes] | None:
    """Return the encoding that `data` is in and the mark that it begins with, or None where it is no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name, mark
    if b"\0" in data or len(data) - len(data.translate(None, _CONTROL_BYTES)) > 1 + MOST_CONTROLS * len(data):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        broken = data.decode("utf-8", "replace").count("\ufffd")
        high = len(data) - len(data.translate(None, _HIGH_BYTES))
        if high > 4 * broken:  # nearly all of it is UTF-8: in another encoding hardly any of it would be
            return "utf-8", b""
        return None if high > MOST_HIGH * len(data) else ("cp1252", b"")
    return "utf-8", b""


def decoded(data: bytes) -> tuple[str, str] | None:
    """Return the text that `data` holds and a note on what had to be guessed, or "", or None where it is no text."""
    found = encoding(data)
    if found is None:
        return None
    name, mark = found
    text = data[len(mark) :].decode(name, "replace")
    if name == "cp1252":
        return text, "The text is not UTF-8; it was read as Windows-1252."
    broken = 0 if mark else text.count("\ufffd") - data.count("\ufffd".encode())
    return text, f"The text is UTF-8 with {broken} broken characters, which were replaced." if broken else ""


def cleaned(text: str) -> str:
    """Return `text` with plain line ends and without anything that is not for reading."""
    return _UNSEEN.sub("", _ESCAPE.sub("", _LINE_ENDS.sub("\n", text)))


def untabbed(text: str, size: int = 4) -> str:
    """Return `text` with spaces up to the next column that `size` divides for its tabs; with one for each of many."""
    return text.expandtabs(size) if text.count("\t") <= MOST_TABS else text.replace("\t", " ")


def one_line(text: str) -> str:
    """Return `text` on one line, cleaned, with single spaces."""
    return " ".join((text if text.isascii() and text.isprintable() else cleaned(text)).split())
